//! 首问负责、一帮到底 (许工商〔2018〕103号, D7 (三(三)3), D8 (三(三)3)): who answers first stays responsible; handing on needs a reason
//! and the colleague's yes.

use crate::conversation;
use crate::support::town::{Group, MERGER, Town};

/// A question claimed by 王敏 in her private chat; 李强 can be reached.
pub(super) async fn claimed(town: &Town) -> Group {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "Q1 待认领");
    wang.says(&wang.private(), "认领 1").await;
    group.hears(town, "Q1 王敏（");
    wang.private().hears(town, "您已认领");
    group
}

async fn first_helper(town: &Town) -> String {
    let mut tx = town.db.read().await.unwrap();
    let question = tx
        .question(bangban::domain::asking::question::QuestionId(1))
        .await
        .unwrap()
        .unwrap();
    let first = question.first_helper.unwrap();
    town.desk.roster().person(first).unwrap().name.clone()
}

conversation!(a_question_is_handed_on_with_a_reason_and_a_yes, async |town: &Town| {
    let group = claimed(town).await;
    let wang = town.helper("王敏").await;
    let li = town.reachable("李强").await;
    wang.says(&wang.private(), "转办 1 李强").await;
    wang.private().hears(town, "转办要写原因");
    wang.says(&wang.private(), "转办 1 李强 我去现场了").await;
    let card = li.private().hears(town, "我去现场了");
    assert!(card.text.contains("接手以前仍由王敏负责"), "{}", card.text);
    wang.private().hears(town, "Q1 已去问李强，接手以前还是您负责");
    li.says(&li.private(), "不接 1").await;
    wang.private().hears(town, "李强接不了，还请您接着办");
    wang.says(&wang.private(), "转办 1 李强 他熟悉合并").await;
    li.private().hears(town, "他熟悉合并");
    wang.private().hears(town, "Q1 已去问李强");
    li.presses(&li.private(), "认领").await;
    li.sees("好的");
    group.hears(town, "李强");
    li.private().hears(town, "您已认领");
    wang.private().hears(town, "李强");
    assert_eq!(first_helper(town).await, "王敏");
    wang.says(&wang.private(), "答复 1 我还知道一点").await;
    group.hears(town, "Q1 王敏答复");
    wang.private().hears(town, "已转告提问人");
    assert_eq!(first_helper(town).await, "王敏");
});

conversation!(only_who_has_a_question_hands_it_on, async |town: &Town| {
    let group = claimed(town).await;
    let li = town.helper("李强").await;
    li.says(&group, "转办 1 周红 不想办").await;
    group.hears(town, "王敏");
    let zhou = town.helper("周红").await;
    zhou.says(&group, "转办 1 查无此人 忙").await;
    group.hears(town, "名册里找不到帮办员“查无此人”");
    zhou.says(&group, "转办 1 李强 王敏去现场了").await;
    // Askers read along: the reason is for staff.
    let card = group.hears(town, "Q1 请 李强");
    assert!(!card.text.contains("现场"), "{}", card.text);
    li.says(&group, "认领 1").await;
    group.hears(town, "李强");
    town.helper("王敏").await.private().hears(town, "李强");
});

conversation!(
    leave_gives_the_unanswered_back_and_the_first_stays_first,
    async |town: &Town| {
        let group = claimed(town).await;
        let wang = town.helper("王敏").await;
        wang.says(&wang.private(), "/leave 今天 下午").await;
        wang.private().hears(town, "您手上还有 Q1");
        town.desk.refresh().await.unwrap();
        town.clock_is_set("2026-11-23T10:20").await;
        town.clock_is_set("2026-11-23T12:01").await;
        group.hears(town, "Q1 原来的帮办员不在岗了，请 周红");
        assert_eq!(first_helper(town).await, "王敏");
    }
);
