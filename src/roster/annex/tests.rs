use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::clock::Millis;
use crate::domain::roster::people::{
    Bureau, BureauId, Hours, Landline, Mobile, Office, OfficeId, OfficeKind, Person, PersonId, Roster, Standing,
};
use crate::domain::roster::{changes, form};
use crate::workbook::Value;

/// A sheet from lines of cells divided by `|`; a leading `#` is a number, `=` a formula.
fn sheet(lines: &[&str], merged: &[(At, At)]) -> Sheet {
    let mut cells = BTreeMap::new();
    for (row, line) in (0..).zip(lines) {
        for (column, text) in (0..).zip(line.split('|')) {
            let value = match text.chars().next() {
                None => continue,
                Some('#') => Value::Number(text[1..].to_owned()),
                Some('=') => Value::Formula,
                Some(_) => Value::Text(text.to_owned()),
            };
            cells.insert((row, column), value);
        }
    }
    Sheet {
        name: "表".to_owned(),
        cells,
        merged: merged.to_vec(),
        ..Sheet::default()
    }
}

fn read_one(lines: &[&str], merged: &[(At, At)]) -> Result<Annex, AnnexError> {
    read(&[sheet(lines, merged)], Path::new("f.xlsx"), None)
}

/// The forms in short: bureau, then each block with its helpers and, behind a `/`, its reviewers.
fn short(annex: &Annex) -> Vec<String> {
    let people = |listed: &[form::Listed]| {
        let one = |listed: &form::Listed| {
            let landline = listed.landline.as_ref().map_or("-", |landline| landline.as_str());
            let mobile = listed.mobile.as_ref().map_or("-", |mobile| mobile.expose_for_storage());
            format!("{} {mobile} {landline}", listed.name)
        };
        listed.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let block = |block: &form::Block| {
        format!(
            "{}: {} / {}",
            block.label,
            people(&block.helpers),
            people(&block.reviewers)
        )
    };
    let form = |form: &Form| {
        let blocks: Vec<String> = form.blocks.iter().map(block).collect();
        format!("{} {}", form.bureau, blocks.join("; "))
    };
    annex.forms.iter().map(form).collect()
}

fn problems(lines: &[&str], merged: &[(At, At)]) -> Vec<String> {
    match read_one(lines, merged) {
        Err(AnnexError::Problems(problems)) => problems.iter().map(ToString::to_string).collect(),
        Err(AnnexError::Workbook(error)) => vec![error.to_string()],
        Ok(annex) => panic!("{annex:?}"),
    }
}

const HEAD: [&str; 2] = [
    "单位||帮办员|||审核员",
    "||姓名|联系电话|固定电话|姓名|联系电话|固定电话",
];

#[test]
fn merged_cells_speak_for_all_their_rows() {
    let lines = [
        HEAD[0],
        HEAD[1],
        "甲局|窗口|王敏|13900000011|0374-0000010",
        "||李强|13900000012",
        "|南所|周红",
        "|南所|郑洁",
    ];
    let merged = [((2, 0), (5, 0)), ((2, 1), (3, 1)), ((2, 4), (4, 4))];
    let annex = read_one(&lines, &merged).unwrap();
    assert_eq!(
        short(&annex),
        [
            "甲局 窗口: 王敏 13900000011 0374-0000010, 李强 13900000012 0374-0000010 / ; \
          南所: 周红 - 0374-0000010, 郑洁 - - / "
        ]
    );
}

#[test]
fn spaces_full_width_digits_numbers_and_dashes_are_understood() {
    let lines = [
        "|　单 位||帮 办 员|||审 核 员",
        "|||姓　名|联系 电话|固定电话|姓名|联系电话|固定电话",
        "|甲 局|窗　口|王　敏|１３９００００００１１|０３７４－０００００１０|—|/|无",
        "|||李强|#13900000012|#3740000012|李强||",
        "|||||||",
        "|注：各单位请于8月1日前报送",
    ];
    let annex = read_one(&lines, &[]).unwrap();
    assert_eq!(
        short(&annex),
        ["甲局 窗口: 王敏 13900000011 0374-0000010, 李强 13900000012 0374-0000012 / 李强 - -"]
    );
    assert_eq!(annex.reminders, []);
}

#[test]
fn the_bureau_may_stand_over_the_table_and_several_may_share_a_sheet() {
    let over = [
        "填报单位：甲局（盖章）",
        HEAD[0],
        HEAD[1],
        "xx局|窗口|王敏",
        "|xx 工商所",
        "|xx 工商所",
    ];
    assert_eq!(short(&read_one(&over, &[]).unwrap()), ["甲局 窗口: 王敏 - - / "]);
    let shared = [HEAD[0], HEAD[1], "甲局|窗口|王敏", "甲局|窗口|李强", "乙局|窗口|周红"];
    assert_eq!(
        short(&read_one(&shared, &[]).unwrap()),
        ["甲局 窗口: 王敏 - -, 李强 - - / ", "乙局 窗口: 周红 - - / "]
    );
}

#[test]
fn what_is_not_read_is_said() {
    let lines = [
        "单位||帮办员|||审核员|||备注",
        HEAD[1],
        "甲局|窗口|王敏||||||组长",
        "注：截止",
        "||李强",
    ];
    let annex = read_one(&lines, &[]).unwrap();
    let said: Vec<String> = annex.reminders.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "f.xlsx: 表!I3: 这一列不属于情况表，没有读",
            "f.xlsx: 表!C5: “注”以下的内容没有读"
        ]
    );
    let other = sheet(&["说明"], &[]);
    let form = sheet(&[HEAD[0], HEAD[1], "甲局|窗口|王敏"], &[]);
    let annex = read(&[other, form], Path::new("f.xlsx"), None).unwrap();
    assert_eq!(annex.reminders[0].message, "这张工作表不是情况表，没有读");
}

#[test]
fn every_problem_of_a_sheet_is_named_at_once() {
    let lines = [
        HEAD[0],
        HEAD[1],
        "甲局|窗口|=x|139|13900000011|#5",
        "|=y|李强|13900000012|座机",
        "||王敏\n李强",
        "|||13900000013",
    ];
    let found = problems(&lines, &[]);
    let starts = [
        "表!C3: 这里是公式",
        "表!D3: 这不是有效的手机号",
        "表!E3: 固定电话一栏填的是手机号",
        "表!F3: 这里应为姓名",
        "表!B4: 这里是公式",
        "表!E4: 这不是有效的固定电话",
        "表!C5: 一格只能写一个姓名",
        "表!D6: 这一行有号码没有姓名",
    ];
    for start in starts {
        assert!(found.iter().any(|said| said.contains(start)), "{start}: {found:#?}");
    }
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    assert!(found.iter().all(|said| !said.contains("139")), "{found:#?}");
    assert_eq!(
        problems(&[HEAD[0], HEAD[1], "甲局||王敏"], &[]),
        ["f.xlsx: 表!B3: 这一行的人没有写在哪个窗口或工商所，请在“单位”的第二列写明"]
    );
    assert_eq!(
        problems(&[HEAD[0], HEAD[1], "甲局|xx工商所|王敏"], &[]),
        ["f.xlsx: 表!B3: 请把“xx工商所”改成真实名称"]
    );
    assert_eq!(
        problems(
            &["单位|帮办员|||审核员", "|姓名|联系电话|固定电话|姓名|联系电话|固定电话"],
            &[]
        )
        .len(),
        1,
        "one column for 单位 only"
    );
}

fn helper(number: i64, (bureau, office): (i64, i64), kind: u8) -> Person {
    Person {
        id: PersonId(number),
        bureau: BureauId(bureau),
        office: OfficeId(office),
        name: format!(
            "人{}",
            "甲乙丙丁戊己庚辛壬癸".chars().nth((number % 10) as usize).unwrap()
        ) + &"子".repeat((number / 10) as usize),
        standing: Standing::Helper {
            reviewer: kind & 4 == 0,
            passed_on: None,
        },
        mobile: (kind & 1 == 0).then(|| Mobile::parse(&format!("139{number:08}")).unwrap()),
        landline: (kind & 2 == 0).then(|| Landline::parse(&format!("0374-{:07}", number / 2)).unwrap()),
        roles: vec![],
    }
}

/// A roster of up to three bureaus with windows and stations of any number of people.
fn rosters() -> impl Strategy<Value = Roster> {
    let office = prop::collection::vec(0..8_u8, 1..9);
    let offices = prop::collection::vec((any::<bool>(), office), 1..5);
    prop::collection::vec(offices, 1..4).prop_map(|shape| {
        let mut roster = Roster {
            city: "示例市".into(),
            ..Roster::default()
        };
        for (bureau, offices) in (1_i64..).zip(shape) {
            roster.bureaus.push(Bureau {
                id: BureauId(bureau),
                name: format!("{}区分局", ["东", "西", "南"][(bureau - 1) as usize]),
                city: bureau == 1,
                hours: Hours::Always,
                places: vec![],
            });
            for (index, (window, people)) in offices.into_iter().enumerate() {
                let id = roster.offices.len() as i64 + 1;
                let place = ["一", "二", "三", "四"][index];
                roster.offices.push(Office {
                    id: OfficeId(id),
                    bureau: BureauId(bureau),
                    name: if window {
                        format!("{place}厅")
                    } else {
                        format!("{place}工商所")
                    },
                    kind: if window {
                        OfficeKind::Window
                    } else {
                        OfficeKind::Station
                    },
                    address: None,
                    landline: None,
                });
                for kind in people {
                    let number = roster.people.len() as i64 + 1;
                    roster.people.push(helper(number, (bureau, id), kind));
                }
            }
        }
        roster
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_roster_goes_out_and_comes_in_without_loss(roster in rosters()) {
        let forms: Vec<Form> = roster.bureaus.iter().filter_map(|bureau| form::of(&roster, bureau.id)).collect();
        let pages: Vec<workbook::Page> = forms.iter().map(page).collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f.xlsx");
        std::fs::write(&file, workbook::bytes(&pages).unwrap()).unwrap();
        let annex = read_file(&file, None).unwrap();
        let mut after = roster.clone();
        for form in &annex.forms {
            let bureau = roster.bureau_named(&form.bureau).unwrap().id;
            after = form::merge(&after, bureau, form);
        }
        prop_assert_eq!(changes::between(&roster, &after), vec![]);
        prop_assert_eq!(after, roster);
    }

    #[test]
    fn any_roster_is_the_same_in_yaml(roster in rosters()) {
        let text = crate::roster::written::yaml(&roster, Millis(0), &TimeZone::UTC).unwrap();
        let read = crate::roster::read_str(&text, Path::new("r.yaml"), &TimeZone::UTC).unwrap().roster;
        prop_assert_eq!(read, roster);
    }
}

/// The sheet with its rows hidden, as the workbook reader hands it over.
fn with_hidden_rows(lines: &[&str], rows: &[u32]) -> Sheet {
    let mut sheet = sheet(lines, &[]);
    sheet.unseen = sheet
        .cells
        .keys()
        .copied()
        .filter(|(row, _)| rows.contains(row))
        .collect();
    sheet.cells.retain(|(row, _), _| !rows.contains(row));
    sheet
}

#[test]
fn what_is_hidden_is_not_read_and_named() {
    let lines = [
        HEAD[0],
        HEAD[1],
        "甲局|窗口|王敏",
        "||李强|13900000012",
        "||周红",
        "|南所|郑洁",
    ];
    let last_year = Sheet {
        name: "去年".to_owned(),
        hidden: true,
        ..Sheet::default()
    };
    let sheets = [with_hidden_rows(&lines, &[3]), last_year];
    let annex = read(&sheets, Path::new("f.xlsx"), None).unwrap();
    assert_eq!(short(&annex), ["甲局 窗口: 王敏 - -, 周红 - - / ; 南所: 郑洁 - - / "]);
    let said: Vec<String> = annex.reminders.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("f.xlsx: 表!C4: ") && said[0].contains("隐藏或被筛选"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("f.xlsx: 去年!A1: ") && said[1].contains("隐藏"),
        "{said:?}"
    );
    let Err(AnnexError::Problems(found)) = read(&[with_hidden_rows(&lines[..4], &[2, 3])], Path::new("f.xlsx"), None)
    else {
        panic!("nobody is left")
    };
    assert!(
        found.iter().any(|problem| problem.message.contains("隐藏")),
        "{found:?}"
    );
}

#[test]
fn who_would_slip_under_another_places_name_is_refused() {
    let lines = [HEAD[0], HEAD[1], "甲局|窗口|王敏", "|南所|李强", "||周红"];
    let Err(AnnexError::Problems(found)) = read(&[with_hidden_rows(&lines, &[3])], Path::new("f.xlsx"), None) else {
        panic!("周红 belongs to 南所")
    };
    assert!(found[0].to_string().starts_with("f.xlsx: 表!B5: "), "{found:?}");
}

#[test]
fn what_stands_for_a_name_is_no_helper() {
    let lines = [
        HEAD[0],
        HEAD[1],
        "甲局|窗口|王敏",
        "||（以下空白）",
        "||合计陆人",
        "填表人：王敏||负责人签字：",
        "|南所|郑洁|||周红",
    ];
    let annex = read_one(&lines, &[]).unwrap();
    assert_eq!(short(&annex), ["甲局 窗口: 王敏 - - / ; 南所: 郑洁 - - / 周红 - -"]);
    assert_eq!(annex.reminders.len(), 4, "{:?}", annex.reminders);
    for (cell, said) in [
        ("王敏、李强", "一格只能写一个姓名"),
        ("王敏 李强", "一格只能写一个姓名"),
        ("待定", "没有写明是谁"),
        ("同上", "没有写明是谁"),
    ] {
        let row = format!("甲局|窗口|{cell}|13900000011");
        let found = problems(&[HEAD[0], HEAD[1], &row], &[]);
        assert!(
            found.len() == 1 && found[0].contains("表!C3: ") && found[0].contains(said),
            "{found:?}"
        );
    }
    let nobody = problems(&[HEAD[0], HEAD[1], "甲局|窗口|无|13900000011"], &[]);
    assert!(nobody[0].contains("有号码没有姓名"), "{nobody:?}");
}

#[test]
fn heads_with_notes_and_marks_nobody_sees_are_understood() {
    let lines = [
        "\u{200b}单位名称||帮办员（不少于四人）|||审核员\u{200e}",
        "||姓\u{202c}名|联系电话|固定电话（公布）|姓名|联系电话|固定电话",
        "甲\u{ad}局|窗口|\u{202d}王敏\u{202c}|139‑0000‑0011\u{200e}|0374–0000010\u{fe0f}",
    ];
    let annex = read_one(&lines, &[]).unwrap();
    assert_eq!(short(&annex), ["甲局 窗口: 王敏 13900000011 0374-0000010 / "]);
}

#[test]
fn a_head_that_is_merged_over_several_rows_is_understood() {
    let lines = [
        "单位||帮办员|||审核员",
        "",
        "||姓名|联系电话|固定电话|姓名|联系电话|固定电话",
        "甲局|窗口|王敏|13900000011|0374-0000010|李强|13900000012",
    ];
    let merged = [((0, 0), (2, 1)), ((0, 2), (1, 4)), ((0, 5), (1, 7))];
    let annex = read_one(&lines, &merged).unwrap();
    assert_eq!(
        short(&annex),
        ["甲局 窗口: 王敏 13900000011 0374-0000010 / 李强 13900000012 -"]
    );
    // Only one of them is.
    let lines = [
        "单位||帮办员|||审核员",
        "||姓名|联系电话|固定电话",
        "|||||姓名|联系电话|固定电话",
        "甲局|窗口|王敏|13900000011|0374-0000010|李强|13900000012",
    ];
    let annex = read_one(&lines, &[((0, 5), (1, 7))]).unwrap();
    assert_eq!(
        short(&annex),
        ["甲局 窗口: 王敏 13900000011 0374-0000010 / 李强 13900000012 -"]
    );
}
