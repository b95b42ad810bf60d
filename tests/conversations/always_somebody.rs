//! D7 (三(三)3) and D8 (三(三)3) over random histories: at every moment each open question has somebody of the
//! roster who answers for it, and who helped first is never rewritten.

use std::collections::HashMap;

use bangban::domain::asking::question::{QuestionId, State};
use bangban::domain::asking::responsible::{keeps, responsible};
use bangban::domain::roster::people::PersonId;
use bangban::domain::time::calendar::LocalTime;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::town::{Group, MERGER, Town};

const HELPERS: [&str; 5] = ["王敏", "李强", "周红", "孙丽", "杨帆"];
const ASKERS: [&str; 4] = ["张三", "李四", "赵六", "钱七"];
const QUESTIONS: [&str; 4] = [
    MERGER,
    "简易注销要公示几天？",
    "怎么在登记平台注册账号？",
    "变更法定代表人要哪些材料？",
];
/// Steps of all histories together: HISTORIES × STEPS.
const HISTORIES: u32 = 6;
const STEPS: usize = 400;

#[derive(Clone, Copy, Debug)]
enum Step {
    Asks(usize, usize),
    /// A helper types a command about a question counted back from the newest.
    Types(usize, usize, usize),
    /// An asker types a word.
    AskerTypes(usize, usize),
    GoesAway(usize, i64),
    LeavesTheRoster(usize),
    MinutesPass(i64),
    ClockGoesBack(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..ASKERS.len(), 0..QUESTIONS.len()).prop_map(|(who, what)| Step::Asks(who, what)),
        8 => (0..HELPERS.len(), 0..8usize, 0..5usize).prop_map(|(who, what, back)| Step::Types(who, what, back)),
        2 => (0..ASKERS.len(), 0..4usize).prop_map(|(who, what)| Step::AskerTypes(who, what)),
        1 => (0..HELPERS.len(), 1..600i64).prop_map(|(who, minutes)| Step::GoesAway(who, minutes)),
        // The others stand in a duty plan or are the only ones of their bureau.
        1 => (1..3usize).prop_map(Step::LeavesTheRoster),
        5 => (0..90i64).prop_map(Step::MinutesPass),
        1 => (0..600i64).prop_map(Step::ClockGoesBack),
    ]
}

async fn takes(town: &Town, groups: &[Group], newest: i64, step: Step) -> i64 {
    let here = |name: &str| town.desk.roster().people_named(name).next().is_some();
    match step {
        Step::Asks(who, what) => {
            let group = &groups[(who + what) % groups.len()];
            town.asker(ASKERS[who]).says(group, QUESTIONS[what]).await;
            town.seconds_pass(5).await;
        }
        Step::Types(who, what, back) if here(HELPERS[who]) && newest > 0 => {
            let number = (newest - i64::try_from(back).unwrap()).max(1);
            let colleague = HELPERS[(who + 1) % HELPERS.len()];
            let words = [
                format!("认领 {number}"),
                format!("答复 {number} 请带身份证。"),
                format!("办结 {number} 电话里说清了"),
                format!("转办 {number} {colleague} 我去现场了"),
                format!("不接 {number}"),
                format!("放回 {number}"),
                format!("求助 {number}"),
                format!("告知 {number} 1 3"),
            ];
            town.helper(HELPERS[who]).await.says(&groups[0], &words[what]).await;
        }
        Step::AskerTypes(who, what) => {
            let word = ["解决了", "转人工", "撤回", "非常不满意"][what];
            town.asker(ASKERS[who]).says(&groups[what % groups.len()], word).await;
        }
        Step::GoesAway(who, minutes) if here(HELPERS[who]) => town.is_away(HELPERS[who], 0, minutes).await,
        Step::LeavesTheRoster(who) => town.leaves_the_roster(HELPERS[who]).await,
        Step::MinutesPass(minutes) => town.minutes_pass(minutes).await,
        Step::ClockGoesBack(minutes) => town.minutes_pass(-minutes).await,
        Step::Types(..) | Step::GoesAway(..) => {}
    }
    let mut tx = town.db.read().await.unwrap();
    let mut newest = newest;
    while tx.question(QuestionId(newest + 1)).await.unwrap().is_some() {
        newest += 1;
    }
    newest
}

async fn somebody_answers_for_each(town: &Town, newest: i64, first: &mut HashMap<i64, PersonId>) {
    let (roster, calendar, now) = (town.desk.roster(), town.desk.calendar(), town.clock.now());
    let time = LocalTime::new(&town.desk.config.timezone, &calendar);
    let mut tx = town.db.read().await.unwrap();
    for id in 1..=newest {
        let question = tx.question(QuestionId(id)).await.unwrap().unwrap();
        if let Some(helper) = question.first_helper {
            assert_eq!(
                *first.entry(id).or_insert(helper),
                helper,
                "Q{id}: the first helper was rewritten"
            );
        }
        if !question.open() {
            continue;
        }
        let somebody = responsible(&question, &roster, now, time);
        let somebody = somebody.unwrap_or_else(|| panic!("nobody answers for {question:?}"));
        assert!(
            roster.person(somebody).is_some_and(|person| person.is_helper()),
            "{question:?}"
        );
        if let State::Claimed { by, at, .. } = question.state {
            assert!(
                keeps(&roster, by, at, now),
                "left with somebody who is away: {question:?}"
            );
        }
    }
}

#[test]
fn each_open_question_always_has_somebody_who_answers_for_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: HISTORIES,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    };
    let history = proptest::collection::vec(step(), STEPS);
    let told = TestRunner::new(config).run(&history, |steps| {
        runtime.block_on(Town::on_sqlite(async |town: &Town| {
            let groups = [town.help_group("魏都分局").await, town.help_group("长葛市局").await];
            town.guidance_group().await;
            let (mut newest, mut first) = (0, HashMap::new());
            for step in &steps {
                newest = takes(town, &groups, newest, *step).await;
                // A leave or a loss is noticed within a second.
                town.seconds_pass(1).await;
                somebody_answers_for_each(town, newest, &mut first).await;
            }
            assert!(newest > 20, "{newest} questions are no history");
            town.all_was_heard();
        }));
        Ok(())
    });
    told.unwrap();
}
