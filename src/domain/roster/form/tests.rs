use std::path::Path;

use super::*;

pub const CITY: &str = "
city: 示例市
bureaus:
  - {name: 市局, city: true, hours: always}
  - name: 魏都分局
    hours: always
    offices:
      - name: 登记大厅
        kind: window
        helpers:
          - {name: 王敏, mobile: '13900000011', landline: '0374-0000011', roles: [bureau_admin]}
          - {name: 李强, mobile: '13900000012'}
        reviewers: [{name: 王敏, passed_on: '2018-07-20'}]
        guides: [{name: 吴静, mobile: '13900000019'}]
      - name: 南关工商所
        kind: station
        helpers: [{name: 许宁, landline: '0374-0000015'}]
    duty:
      - {days: all, from: '08:30', to: '12:00', helpers: [王敏, 许宁]}
      - {days: all, from: '14:30', to: '17:30', helpers: [许宁]}
  - name: 禹州市局
    hours: always
    offices:
      - {name: 东窗口, kind: window, helpers: [{name: 孙丽, mobile: '13900000021'}]}
      - {name: 大厅, kind: window, helpers: []}
";

fn city() -> Roster {
    crate::roster::read_str(CITY, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster
}

fn bureau(roster: &Roster, name: &str) -> BureauId {
    roster.bureau_named(name).unwrap().id
}

#[test]
fn cells_are_named_as_people_name_them() {
    for (row, column, named) in [
        (0, 0, "s!A1"),
        (4, 7, "s!H5"),
        (9, 25, "s!Z10"),
        (0, 26, "s!AA1"),
        (1, 16_383, "s!XFD2"),
    ] {
        let place = Place {
            sheet: "s".into(),
            row,
            column,
        };
        assert_eq!(place.to_string(), named);
    }
}

#[test]
fn spaces_that_only_align_are_no_part_of_a_name() {
    for (written, name) in [
        ("王　敏", "王敏"),
        (" 王 敏 ", "王敏"),
        ("Li  Wei", "Li Wei"),
        ("南关 工商所", "南关工商所"),
        ("\u{feff}王敏", "王敏"),
        ("", ""),
    ] {
        assert_eq!(tidy(written), name);
    }
}

#[test]
fn a_label_means_a_place_of_the_bureau_or_a_new_one() {
    let roster = city();
    let weidu = bureau(&roster, "魏都");
    let yuzhou = bureau(&roster, "禹州市局");
    let known =
        |id: BureauId, name: &str| Where::Known(roster.offices_of(id).find(|office| office.name == name).unwrap().id);
    for (id, label, place) in [
        (weidu, "窗 口", known(weidu, "登记大厅")),
        (weidu, "登记大厅", known(weidu, "登记大厅")),
        (weidu, "南关 工商所", known(weidu, "南关工商所")),
        (
            weidu,
            "北关工商所",
            Where::New(OfficeKind::Station, "北关工商所".into()),
        ),
        (weidu, "二号窗口", Where::New(OfficeKind::Window, "二号窗口".into())),
        (weidu, "南关", Where::Neither),
        (yuzhou, "窗口", Where::WhichWindow),
        (yuzhou, "窗口（大厅）", known(yuzhou, "大厅")),
        (yuzhou, "东窗口", known(yuzhou, "东窗口")),
        (
            bureau(&roster, "市局"),
            "窗口",
            Where::New(OfficeKind::Window, "窗口".into()),
        ),
    ] {
        assert_eq!(place_of(&roster, id, label), place, "{label}");
    }
    let labels: Vec<String> = of(&roster, yuzhou)
        .unwrap()
        .blocks
        .into_iter()
        .map(|block| block.label)
        .collect();
    assert_eq!(labels, ["东窗口", "窗口（大厅）"]);
}

#[test]
fn a_bureaus_own_form_changes_nothing() {
    let roster = city();
    for bureau in &roster.bureaus {
        let form = of(&roster, bureau.id).unwrap();
        assert_eq!(merge(&roster, bureau.id, &form), roster, "{}", bureau.name);
    }
}

#[test]
fn a_form_says_who_is_there_and_nothing_of_what_it_does_not_carry() {
    let roster = city();
    let weidu = bureau(&roster, "魏都");
    let mut form = of(&roster, weidu).unwrap();
    let xu_ning = form.blocks[1].helpers.remove(0);
    form.blocks[0].helpers[1].name = "李蔷".into();
    form.blocks[0].reviewers.clear();
    let station = Block {
        label: "北关工商所".into(),
        at: Place::default(),
        helpers: vec![Listed {
            name: "新人".into(),
            ..xu_ning
        }],
        reviewers: vec![],
    };
    form.blocks.push(station);
    let after = merge(&roster, weidu, &form);
    let names: Vec<&str> = after.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["王敏", "李蔷", "吴静", "新人", "孙丽"]);
    let wang_min = after.people_named("王敏").next().unwrap();
    assert!(!wang_min.is_reviewer() && wang_min.passed_on().is_some() && !wang_min.roles.is_empty());
    let corrected = after.people_named("李蔷").next().unwrap().id;
    assert_eq!(
        corrected,
        roster.people_named("李强").next().unwrap().id,
        "the same mobile, the same person"
    );
    assert_eq!(after.offices_of(weidu).count(), 3, "an office without people stays");
    let rows: Vec<usize> = after.duty_of(weidu).map(|row| row.helpers.len()).collect();
    assert_eq!(rows, [1], "who left is out of the rota, and so is a shift of nobody");
    let ids: std::collections::HashSet<PersonId> = after.people.iter().map(|person| person.id).collect();
    assert_eq!(ids.len(), after.people.len());
}
