use std::path::Path;

use super::*;
use crate::domain::roster::form::{self, Block};

const CITY: &str = "
city: 示例市
bureaus:
  - {name: 市局, city: true, hours: always}
  - name: 魏都分局
    hours: always
    offices:
      - name: 窗口
        kind: window
        helpers:
          - {name: 王敏, mobile: '13900000011', landline: '0374-0000011'}
          - {name: 李强, mobile: '13900000012', landline: '0374-0000012'}
          - {name: 周红, mobile: '13900000013', landline: '0374-0000013'}
          - {name: 郑洁, mobile: '13900000014', landline: '0374-0000014'}
        reviewers: [{name: 王敏, passed_on: '2018-07-20'}]
  - name: 禹州市局
    hours: always
    offices:
      - {name: 窗口, kind: window, helpers: [{name: 孙丽, mobile: '13900000021', landline: '0374-0000021'}]}
";

fn found(change: impl Fn(&mut Form)) -> Vec<Flaw> {
    let roster = crate::roster::read_str(CITY, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster;
    let weidu = roster.bureau_named("魏都").unwrap().id;
    let mut form = form::of(&roster, weidu).unwrap();
    change(&mut form);
    let flaws = flaws(&form, weidu, &roster, &[]);
    flaws.into_iter().map(|(_, flaw)| flaw).collect()
}

#[test]
fn a_good_form_has_none() {
    assert_eq!(found(|_| {}), []);
}

fn mobile(number: &str) -> Option<Mobile> {
    Mobile::parse(number).ok()
}

#[track_caller]
fn only(change: &dyn Fn(&mut Form), refuses: bool, said: &str) {
    let found = found(change);
    assert!(
        found.iter().any(|flaw| flaw.to_string().contains(said)),
        "{said}: {found:?}"
    );
    assert_eq!(found.iter().any(Flaw::refuses), refuses, "{said}: {found:?}");
}

#[test]
fn what_is_thin_is_a_reminder() {
    only(
        &|form| form.blocks[0].helpers.truncate(3),
        false,
        "魏都分局窗口报送帮办员 3 人，应不少于 4 人",
    );
    only(
        &|form| form.blocks[0].helpers[1].mobile = None,
        false,
        "李强 没有联系电话",
    );
    only(
        &|form| form.blocks[0].helpers[1].landline = None,
        false,
        "李强 没有固定电话",
    );
    only(
        &|form| form.blocks[0].helpers[1].name = "孙 丽".into(),
        false,
        "禹州市局也有一位 孙丽",
    );
    only(
        &|form| {
            let reviewer = form.blocks[0].helpers[1].clone();
            form.blocks[0].reviewers.push(reviewer);
        },
        false,
        "审核员 李强 没有考核合格日期",
    );
}

#[test]
fn what_is_wrong_with_a_helper_refuses() {
    only(
        &|form| form.blocks[0].helpers[1].name = "王　敏".into(),
        true,
        "王敏 出现了两次",
    );
    only(
        &|form| form.blocks[0].helpers[1].mobile = mobile("13900000011"),
        true,
        "李强 与 王敏 的联系电话相同",
    );
    only(
        &|form| form.blocks[0].helpers[1].mobile = mobile("13900000021"),
        true,
        "与禹州市局的 孙丽 相同",
    );
    only(
        &|form| form.blocks[0].helpers[1].name = "李强１".into(),
        true,
        "姓名“李强*”里不能有数字",
    );
}

#[test]
fn what_is_wrong_with_reviewers_and_places_refuses() {
    only(
        &|form| form.blocks[0].reviewers[0].name = "吴静".into(),
        true,
        "审核员 吴静 不在帮办员一栏",
    );
    only(
        &|form| form.blocks[0].reviewers[0].mobile = mobile("13900000012"),
        true,
        "号码与帮办员一栏不一致",
    );
    only(
        &|form| {
            let reviewer = form.blocks[0].reviewers[0].clone();
            form.blocks[0].reviewers.push(reviewer);
        },
        true,
        "审核员 王敏 出现了两次",
    );
    only(
        &|form| {
            let again = Block {
                helpers: vec![],
                reviewers: vec![],
                ..form.blocks[0].clone()
            };
            form.blocks.push(again);
        },
        true,
        "“窗口”出现了两次",
    );
    only(
        &|form| form.blocks[0].label = "南关".into(),
        true,
        "看不出“南关”是窗口还是工商所",
    );
}

#[test]
fn two_forms_of_one_workbook_are_read_against_each_other() {
    let roster = crate::roster::read_str(CITY, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster;
    let (weidu, yuzhou) = (
        roster.bureau_named("魏都").unwrap().id,
        roster.bureau_named("禹州市局").unwrap().id,
    );
    let (mut one, mut other) = (form::of(&roster, weidu).unwrap(), form::of(&roster, yuzhou).unwrap());
    let wang_min = one.blocks[0].helpers[0].clone();
    other.blocks[0].helpers.push(wang_min);
    let said: Vec<String> = flaws(&other, yuzhou, &roster, &[&one])
        .iter()
        .map(|(_, flaw)| flaw.to_string())
        .collect();
    assert!(
        said.iter().any(|said| said.starts_with("王敏 已在魏都分局的名册里")),
        "{said:?}"
    );
    // They moved: both forms agree, whatever the roster still says.
    one.blocks[0].helpers.remove(0);
    one.blocks[0].reviewers.clear();
    let grave = flaws(&other, yuzhou, &roster, &[&one])
        .into_iter()
        .filter(|(_, flaw)| flaw.refuses());
    assert_eq!(grave.count(), 0);
}
