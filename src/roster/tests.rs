use std::collections::HashSet;

use jiff::civil::Weekday;

use super::*;
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Days, Hours, Span};
use crate::domain::roster::plan::DutyRow;

const EXAMPLE: &str = "\
city: 许昌市
bureaus:
  - name: 市局
    city: true
    hours: always
    offices:
      - {name: 注册科, kind: window, landline: '0374-0000000', helpers: [{name: 王敏, mobile: '13900000001', landline: '0374-0000001', roles: [admin, editor]}]}
  - name: 魏都分局
    places: [魏都]
    hours:
      - {days: [mon, fri], from: '08:30', to: '12:00'}
    offices:
      - name: 窗口
        kind: window
        helpers:
          - {name: 张晓明, mobile: '139 0000 0011', landline: '0374-0000011', roles: [bureau_admin]}
          - {name: 李强, mobile: '13900000012'}
        reviewers:
          - {name: 张晓明, mobile: '13900000011', passed_on: '2018-07-20'}
        guides:
          - {name: 吴静, mobile: '13900000014', of: 示例银行网点}
    duty:
      - {days: all, from: '22:00', to: '02:00', helpers: [李强, 张晓明]}
";

fn problems(text: &str) -> Vec<String> {
    let Err(problems) = read_str(text, Path::new("r.yaml"), &TimeZone::UTC) else {
        return vec![];
    };
    problems.0.iter().map(ToString::to_string).collect()
}

#[test]
fn what_nobody_sees_and_other_dashes_do_not_matter() {
    let pasted = EXAMPLE
        .replace("name: 李强", "name: \u{202d}李强\u{202c}")
        .replace("[李强, 张晓明]", "[李\u{200b}强, 张晓明]")
        .replace("139 0000 0011", "139‑0000–0011")
        .replace("0374-0000011", "0374−0000011\u{200e}")
        .replace("2018-07-20", "2018–07–20");
    let read = |text: &str| read_str(text, Path::new("r.yaml"), &TimeZone::UTC).unwrap().roster;
    assert_eq!(read(&pasted), read(EXAMPLE));
}

#[test]
fn what_stands_for_a_name_is_refused_with_its_place() {
    for (name, said) in [
        ("以下空白", "这里应为姓名"),
        ("待定", "这里应为姓名"),
        ("'填表人：王敏'", "这里应为姓名"),
        ("李强、周红", "只能写一个姓名"),
        ("李强 周红", "只能写一个姓名"),
    ] {
        let text = EXAMPLE.replace("{name: 李强,", &format!("{{name: {name},"));
        let all = problems(&text).join("\n");
        assert!(all.contains("r.yaml:17:20: ") && all.contains(said), "{name}: {all}");
    }
}

#[test]
fn a_roster_is_read_in_the_order_of_the_file() {
    let submitted = read_str(EXAMPLE, Path::new("r.yaml"), &TimeZone::UTC).unwrap();
    let roster = submitted.roster;
    let weidu = roster.bureau_named("魏都").unwrap();
    assert_eq!(weidu.id, BureauId(2));
    assert_eq!(City::of(roster.clone()).unwrap().desk().name, "市局");
    let span = Span {
        days: Days::of(&[Weekday::Monday, Weekday::Friday]),
        from_min: 510,
        to_min: 720,
        season: None,
    };
    assert_eq!(weidu.hours, Hours::Weekly(vec![span]));
    let night = Span {
        days: Days::ALL,
        from_min: 1320,
        to_min: 120,
        season: None,
    };
    assert_eq!(
        roster.duty,
        [DutyRow {
            bureau: weidu.id,
            office: None,
            span: night,
            helpers: vec![PersonId(3), PersonId(2)]
        }]
    );
    let reviewer = roster.person(PersonId(2)).unwrap();
    assert!(reviewer.is_reviewer() && reviewer.has(Role::BureauAdmin));
    assert_eq!(reviewer.passed_on(), Some("2018-07-20".parse().unwrap()));
    assert_eq!(roster.person_of_phone("8613900000012").unwrap().name, "李强");
    assert_eq!(roster.admins_of(weidu.id).count(), 1);
    assert_eq!(submitted.warnings.len(), 2);
    assert_eq!(
        submitted.warnings[1].to_string(),
        "r.yaml:13:15: 魏都分局窗口报送帮办员 2 人，应不少于 4 人（许工商〔2018〕103号）"
    );
    assert_eq!(roster.shortfalls().len(), 2);
}

#[test]
fn the_public_list_has_helpers_and_landlines_only() {
    let roster = sample().unwrap();
    let public = serde_json::to_string(&roster.public_list()).unwrap();
    for person in &roster.people {
        assert_eq!(public.contains(&person.name), person.is_helper(), "{}", person.name);
        assert!(!public.contains(person.mobile.as_ref().unwrap().expose_for_storage()));
    }
    assert!(!public.contains("reviewer") && !public.contains("passed"));
}

/// What is replaced in the example, by what, and the line and the words of the problem.
const SLIPS: [(&str, &str, u32, &str); 18] = [
    ("city: true", "city: false", 1, "没有市局"),
    ("places: [魏都]", "city: true", 8, "市局只能有一个"),
    ("name: 魏都分局", "name: 市局", 8, "单位 市局 出现了两次"),
    (
        "helpers: [李强, 张晓明]",
        "helpers: [李强, 王敏]",
        23,
        "值班表里的 王敏 不是本单位的帮办员",
    ),
    ("'22:00'", "'22:60'", 23, "时间应写成"),
    ("'22:00'", "'24:00'", 23, "时间应写成"),
    ("to: '02:00'", "to: '22:00'", 23, "起止时间相同"),
    ("'13900000012'", "'13900000001'", 17, "李强 与 王敏 的手机号相同"),
    ("'13900000012'", "'1390000001'", 17, "这不是有效的手机号"),
    (
        "landline: '0374-0000011'",
        "landline: '13900000011'",
        16,
        "固定电话一栏填的是手机号",
    ),
    (
        "- {name: 张晓明, mobile: '13900000011', p",
        "- {name: 吴静, p",
        19,
        "审核员 吴静 不是本单位的帮办员",
    ),
    (
        "mobile: '13900000011', p",
        "mobile: '13900000012', p",
        19,
        "审核员 张晓明 的手机号与帮办员一栏不一致",
    ),
    ("[bureau_admin]", "[boss]", 16, "没有“boss”这个角色"),
    ("days: all", "days: [mon, 周二]", 23, "days 应为"),
    ("hours: always", "hours: sometimes", 5, "hours 应为"),
    (
        "name: 李强",
        "name: 李强13900000012",
        17,
        "名称“李强13900000012”里不能有数字",
    ),
    (
        "- name: 窗口\n        kind: window",
        "- name: 窗口\n        kind: shop",
        14,
        "kind 应为",
    ),
    ("of: 示例银行网点", "off: 示例银行网点", 21, ""),
];

#[test]
fn every_problem_is_named_with_its_place() {
    for (from, to, line, said) in SLIPS {
        assert!(EXAMPLE.contains(from), "{from}");
        let found = problems(&EXAMPLE.replacen(from, to, 1));
        let place = format!("r.yaml:{line}:");
        assert!(
            found
                .iter()
                .any(|problem| problem.starts_with(&place) && problem.contains(said)),
            "{from} → {to}: {found:#?}"
        );
    }
    let misnamed = EXAMPLE.replace("helpers: [李强, 张晓明]", "helpers: [李强, 王敏]");
    assert_eq!(
        problems(&misnamed),
        ["r.yaml:23:63: 值班表里的 王敏 不是本单位的帮办员，请核对姓名"]
    );
    let many = EXAMPLE
        .replace("'22:00'", "'2200'")
        .replace("[bureau_admin]", "[boss]")
        .replace("fri]", "friday]");
    assert_eq!(problems(&many).len(), 3);
}

#[test]
fn shifts_that_overlap_are_pointed_out() {
    let more = format!("{EXAMPLE}      - {{days: [fri], from: '23:00', to: '24:00', helpers: [李强]}}\n");
    let submitted = read_str(&more, Path::new("r.yaml"), &TimeZone::UTC).unwrap();
    let last = submitted.warnings.last().unwrap().to_string();
    assert!(last.starts_with("r.yaml:24:") && last.contains("时间重叠"), "{last}");
    assert_eq!(submitted.roster.duty.len(), 2);
}

#[test]
fn the_sample_city_shows_everything_and_lacks_nothing() {
    let submitted = read_str(SAMPLE, Path::new("sample_city.yaml"), &TimeZone::UTC).unwrap();
    assert_eq!(submitted.warnings, []);
    let roster = submitted.roster;
    let names: HashSet<&str> = roster.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names.len(), roster.people.len());
    for bureau in &roster.bureaus {
        assert_eq!(roster.admins_of(bureau.id).count(), 1, "{}", bureau.name);
        assert!(roster.duty_of(bureau.id).next().is_some());
    }
    assert!(
        roster
            .offices
            .iter()
            .all(|office| office.address.as_ref().is_some_and(|a| a.ends_with("（示例）")))
    );
    for role in [Role::Admin, Role::Editor, Role::Approver, Role::Supervisor] {
        assert!(roster.people.iter().any(|person| person.has(role)));
    }
    assert!(roster.people.iter().any(Person::is_reviewer));
    assert!(roster.people.iter().any(|person| !person.is_helper()));
}

/// What stands behind the example: an office's own shift, leave and cover.
const AWAY: &str = "    leave:
      - {helper: 李强, from: '2026-12-01', until: '2026-12-03', cover: 张晓明}
      - {helper: 张晓明, from: 2026-12-07 08:30, until: '2026-12-08'}
    cover:
      - {helper: 李强, by: 市局/王敏, from: '2026-12-09', until: '2026-12-09 12:00'}
";

fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn with_away() -> String {
    let own = "        duty: [{days: [mon], from: '08:30', to: '12:00', helpers: [张晓明]}]\n    duty:\n";
    format!("{}{AWAY}", EXAMPLE.replacen("    duty:\n", own, 1))
}

/// The order of leaves says nothing.
fn in_order(mut roster: Roster) -> Roster {
    roster.changes.leaves.sort_by_key(|leave| (leave.from, leave.person));
    roster
}

fn at(local: &str) -> Millis {
    let local: jiff::civil::DateTime = local.parse().unwrap();
    Millis(zone().to_zoned(local).unwrap().timestamp().as_millisecond())
}

#[test]
fn leave_cover_and_the_shifts_of_an_office_are_read_and_written_without_loss() {
    let submitted = read_str(&with_away(), Path::new("r.yaml"), &zone()).unwrap();
    assert_eq!(
        submitted.warnings.len(),
        2,
        "only the small offices: {:?}",
        submitted.warnings
    );
    let roster = submitted.roster;
    let offices: Vec<Option<OfficeId>> = roster.duty.iter().map(|row| row.office).collect();
    assert_eq!(offices, [None, Some(OfficeId(2))]);
    let changes = &roster.changes;
    let leaves: Vec<_> = changes
        .leaves
        .iter()
        .map(|leave| (leave.person.0, leave.from, leave.until))
        .collect();
    assert_eq!(
        leaves,
        [
            (3, at("2026-12-01T00:00"), at("2026-12-04T00:00")),
            (2, at("2026-12-07T08:30"), at("2026-12-09T00:00")),
        ]
    );
    let covers: Vec<_> = changes
        .covers
        .iter()
        .map(|cover| (cover.of.0, cover.by.0, cover.until))
        .collect();
    assert_eq!(covers, [(3, 2, at("2026-12-04T00:00")), (3, 1, at("2026-12-09T12:00"))]);
    let text = written::yaml(&roster, at("2026-11-25T10:00"), &zone()).unwrap();
    let again = read_str(&text, Path::new("r.yaml"), &zone()).unwrap().roster;
    assert_eq!(in_order(again), in_order(roster.clone()), "{text}");
    let later = written::yaml(&roster, at("2026-12-09T11:00"), &zone()).unwrap();
    assert!(!later.contains("leave:") && later.contains("by: 市局/王敏"), "{later}");
}

#[test]
fn leaves_that_overlap_as_chat_allows_are_written_so_that_they_can_be_read() {
    let mut roster = read_str(&with_away(), Path::new("r.yaml"), &zone()).unwrap().roster;
    let leave = |from, until| crate::domain::roster::plan::Leave {
        id: 0,
        person: PersonId(3),
        from: at(from),
        until: at(until),
        from_file: false,
    };
    // One within the leave that is there, one that goes on behind it.
    roster
        .changes
        .leaves
        .push(leave("2026-12-02T00:00", "2026-12-03T00:00"));
    roster
        .changes
        .leaves
        .push(leave("2026-12-03T12:00", "2026-12-06T00:00"));
    let text = written::yaml(&roster, at("2026-11-25T10:00"), &zone()).unwrap();
    let again = read_str(&text, Path::new("r.yaml"), &zone()).unwrap().roster;
    for hour in 0..24 * 20 {
        let now = at("2026-11-25T00:00").plus(hour * 3_600_000);
        for person in [PersonId(2), PersonId(3)] {
            let (one, other) = (roster.changes.stands(person, now), again.changes.stands(person, now));
            assert_eq!(one, other, "hour {hour} of {person}:\n{text}");
            let away = |roster: &Roster| roster.changes.leave_of(person, now).is_some();
            assert_eq!(away(&roster), away(&again), "hour {hour} of {person}:\n{text}");
        }
    }
}

#[test]
fn every_problem_of_leave_and_cover_is_named_with_its_place() {
    for (from, to, line, said) in [
        (
            "{helper: 李强, from: '2026-12-01'",
            "{helper: 王敏, from: '2026-12-01'",
            26,
            "王敏 不是本单位的帮办员",
        ),
        ("cover: 张晓明", "cover: 吴静", 26, "代班的 吴静 不是本单位的帮办员"),
        ("cover: 张晓明", "cover: 李强", 26, "李强 不能给自己代班"),
        ("until: '2026-12-03'", "until: '2026-11-30'", 26, "until 不晚于 from"),
        ("'2026-12-01'", "'12-01'", 26, "不能是“12-01”"),
        ("2026-12-07 08:30", "2026-12-07T08", 27, "不能是“2026-12-07T08”"),
        (
            "{helper: 张晓明, from: 2026-12-07 08:30",
            "{helper: 李强, from: 2026-12-03 08:30",
            27,
            "时间重叠",
        ),
        ("by: 市局/王敏", "by: 市局/李强", 29, "写成“单位/姓名”"),
        ("by: 市局/王敏, ", "", 29, "by"),
    ] {
        let text = with_away();
        assert!(text.contains(from), "{from}");
        let found = problems(&text.replacen(from, to, 1));
        let place = format!("r.yaml:{line}:");
        assert!(
            found
                .iter()
                .any(|problem| problem.starts_with(&place) && problem.contains(said)),
            "{from} → {to}: {found:#?}"
        );
    }
    let both = with_away().replace("2026-12-07 08:30", "2026-12-02 08:30");
    let submitted = read_str(&both, Path::new("r.yaml"), &zone()).unwrap();
    let last = submitted.warnings.last().unwrap().to_string();
    assert!(
        last.starts_with("r.yaml:26:") && last.contains("代班的 张晓明 这段时间自己也请假"),
        "{last}"
    );
}
