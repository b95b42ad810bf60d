use std::path::Path;

use super::*;

const CITY: &str = "
city: 示例市
bureaus:
  - {name: 市局, city: true, hours: always}
  - name: 魏都分局
    hours: always
    places: [魏都]
    offices:
      - name: 窗口
        kind: window
        address: 示例街 2 号
        helpers:
          - {name: 王敏, mobile: '13900000011', roles: [bureau_admin]}
          - {name: 李强, mobile: '13900000012', landline: '0374-0000012'}
        reviewers: [{name: 王敏, passed_on: '2018-07-20'}]
        guides: [{name: 吴静, mobile: '13900000019'}]
      - name: 南关工商所
        kind: station
        helpers: [{name: 许宁, mobile: '13900000015'}]
    duty:
      - {days: all, from: '08:30', to: '12:00', helpers: [王敏]}
";

fn read(text: &str) -> Roster {
    crate::roster::read_str(text, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster
}

/// What is replaced in the city, by what, and the one change it is.
type Slip = (&'static str, &'static str, RosterChange);

/// Of bureaus and offices.
fn slips_of_places() -> Vec<Slip> {
    vec![
        ("places: [魏都]", "places: []", RosterChange::BureauDiffers),
        (
            "街 2 号",
            "街 3 号",
            RosterChange::OfficeDiffers {
                office: "窗口".into()
            },
        ),
    ]
}

/// Of names and numbers.
fn slips_of_people() -> Vec<Slip> {
    vec![
        (
            "name: 李强",
            "name: 李蔷",
            RosterChange::Renamed {
                id: PersonId(2),
                from: "李强".into(),
                to: "李蔷".into(),
            },
        ),
        (
            "'13900000012'",
            "'13900000022'",
            RosterChange::Mobile {
                name: "李强".into(),
                from: Mobile::parse("13900000012").ok(),
                to: Mobile::parse("13900000022").ok(),
            },
        ),
        (
            ", landline: '0374-0000012'",
            "",
            RosterChange::Landline {
                name: "李强".into(),
                from: Landline::parse("0374-0000012").ok(),
                to: None,
            },
        ),
    ]
}

/// Of reviewers, roles, the rota, and who is there.
fn slips_of_standing() -> Vec<Slip> {
    vec![
        (
            "        reviewers: [{name: 王敏, passed_on: '2018-07-20'}]\n",
            "",
            RosterChange::Reviewer {
                name: "王敏".into(),
                now: false,
            },
        ),
        (
            "2018-07-20",
            "2019-07-20",
            RosterChange::Details { name: "王敏".into() },
        ),
        (
            "[bureau_admin]",
            "[editor]",
            RosterChange::Details { name: "王敏".into() },
        ),
        ("'12:00'", "'11:00'", RosterChange::Rota { office: None }),
        (
            "helpers: [{name: 许宁, mobile: '13900000015'}]",
            "helpers: [{name: 许宁, mobile: '13900000015'}]\n        duty: [{days: all, from: '08:30', to: '12:00', helpers: [许宁]}]",
            RosterChange::Rota {
                office: Some("南关工商所".into()),
            },
        ),
        (
            "\n        guides: [{name: 吴静, mobile: '13900000019'}]",
            "",
            RosterChange::Left {
                office: "窗口".into(),
                name: "吴静".into(),
                helper: false,
                reviewer: false,
                roles: vec![],
            },
        ),
        (
            "[{name: 许宁, mobile: '13900000015'}]",
            "[{name: 许宁, mobile: '13900000015'}, {name: 钱进}]",
            RosterChange::Came {
                office: "南关工商所".into(),
                name: "钱进".into(),
                helper: true,
                mobile: None,
                landline: None,
            },
        ),
    ]
}

#[test]
fn each_difference_is_one_change() {
    let before = read(CITY);
    assert_eq!(between(&before, &before), []);
    let slips = [slips_of_places(), slips_of_people(), slips_of_standing()].concat();
    for (from, to, change) in slips {
        assert!(CITY.contains(from), "{from}");
        let changed = between(&before, &read(&CITY.replacen(from, to, 1)));
        let what: Vec<RosterChange> = changed.into_iter().map(|one| one.what).collect();
        assert_eq!(what, [change], "{from} → {to}");
    }
}

#[test]
fn people_who_move_or_change_places_are_seen() {
    let before = read(CITY);
    let mut after = before.clone();
    after.people.swap(0, 1);
    let what: Vec<RosterChange> = between(&before, &after).into_iter().map(|one| one.what).collect();
    assert_eq!(
        what,
        [RosterChange::Reordered {
            office: "窗口".into()
        }]
    );
    let mut after = before.clone();
    after.people[1].office = after.people[3].office;
    let what: Vec<RosterChange> = between(&before, &after).into_iter().map(|one| one.what).collect();
    let moved = RosterChange::Moved {
        name: "李强".into(),
        from: "窗口".into(),
        to: "南关工商所".into(),
    };
    assert_eq!(what, [moved]);
    let without = read(CITY.split("  - name: 魏都分局").next().unwrap());
    assert_eq!(between(&before, &without)[0].what, RosterChange::BureauLeft);
    assert_eq!(between(&without, &before)[0].what, RosterChange::BureauCame);
}
