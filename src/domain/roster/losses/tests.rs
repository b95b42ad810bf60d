use std::path::Path;

use super::*;
use crate::domain::roster::form;

const CITY: &str = "
city: 示例市
bureaus:
  - name: 市局
    city: true
    hours: always
    offices: [{name: 窗口, kind: window, helpers: [{name: 赵岩, mobile: '13900000002', roles: [admin]}]}]
  - name: 魏都分局
    hours: always
    offices:
      - name: 窗口
        kind: window
        helpers:
          - {name: 王敏, mobile: '13900000011', roles: [bureau_admin]}
          - {name: 李强, mobile: '13900000012'}
          - {name: 周红, mobile: '13900000013'}
          - {name: 郑洁, mobile: '13900000014'}
          - {name: 许宁, mobile: '13900000015'}
        reviewers: [{name: 李强}]
    duty:
      - {days: all, from: '08:30', to: '12:00', helpers: [王敏, 李强]}
      - {days: all, from: '14:30', to: '17:30', helpers: [周红]}
";

/// What is lost when these people leave, in a word each.
fn without(bureau: &str, names: &[&str]) -> Vec<&'static str> {
    let before = crate::roster::read_str(CITY, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster;
    let id = before.bureau_named(bureau).unwrap().id;
    let mut form = form::of(&before, id).unwrap();
    for block in &mut form.blocks {
        block.helpers.retain(|helper| !names.contains(&helper.name.as_str()));
        block
            .reviewers
            .retain(|reviewer| !names.contains(&reviewer.name.as_str()));
    }
    let word = |loss: &Loss| match loss {
        Loss::Below { .. } => "below",
        Loss::NobodyIn { .. } => "nobody",
        Loss::NobodyOnDuty { .. } => "shift",
        Loss::FewerOnDuty { .. } => "fewer",
        Loss::ReviewerGone { .. } => "reviewer",
        Loss::LastOfRole { .. } => "role",
    };
    losses(&before, &form::merge(&before, id, &form))
        .iter()
        .map(word)
        .collect()
}

#[test]
fn what_gets_worse_is_a_loss_and_what_was_thin_before_is_none() {
    assert!(without("魏都", &[]).is_empty());
    assert!(without("魏都", &["许宁"]).is_empty(), "four are enough");
    assert_eq!(without("魏都", &["许宁", "郑洁"]), ["below"]);
    assert_eq!(without("魏都", &["周红"]), ["shift"]);
    assert_eq!(without("魏都", &["李强"]), ["fewer", "reviewer"]);
    assert_eq!(without("魏都", &["王敏"]), ["fewer", "role"]);
    assert_eq!(without("市局", &["赵岩"]), ["below", "nobody", "role"]);
}

#[test]
fn a_shift_of_an_office_is_named_with_it() {
    let own = CITY.replace(
        "        reviewers: [{name: 李强}]\n",
        "        duty: [{days: all, from: '14:30', to: '17:30', helpers: [郑洁]}]\n",
    );
    let before = crate::roster::read_str(&own, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster;
    let id = before.bureau_named("魏都").unwrap().id;
    let mut form = form::of(&before, id).unwrap();
    form.blocks[0].helpers.retain(|helper| helper.name != "郑洁");
    // The bureau's own shift at that time is another one.
    let losses = losses(&before, &form::merge(&before, id, &form));
    let [Loss::NobodyOnDuty { place, names, .. }] = losses.as_slice() else {
        panic!("{losses:?}")
    };
    assert_eq!(
        (place.as_str(), names.as_slice()),
        ("魏都分局窗口", &["郑洁".to_owned()][..])
    );
}

#[test]
fn a_corrected_name_loses_nothing() {
    let before = crate::roster::read_str(CITY, Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
        .unwrap()
        .roster;
    let id = before.bureau_named("魏都").unwrap().id;
    let mut form = form::of(&before, id).unwrap();
    form.blocks[0].helpers[1].name = "李蔷".into();
    form.blocks[0].reviewers[0].name = "李蔷".into();
    form.blocks[0].helpers[2].name = "周虹".into();
    assert_eq!(losses(&before, &form::merge(&before, id, &form)), []);
}
