//! What people showed in the groups is proposed, read, approved, and taken back.

use crate::conversation;
use crate::support::town::{Group, MERGER, Someone, Town};

const SOLVED: &str = "俺公司简易注销公示要公示几天呀";
const DAY_HOURS: i64 = 24;

async fn asks_for(town: &Town, who: &Someone<'_>, words: &str) -> String {
    Box::pin(who.says(&who.private(), words)).await;
    let said = who.private().latest(town);
    town.all_was_heard();
    said.text
}

/// 张三 is content with an answer, 李四 with an entry that a helper gave, 王五 says nothing more; a week passes.
async fn a_week_of_questions(town: &Town) -> Group {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, SOLVED).await;
    town.asker("张三").says(&group, "解决了").await;
    town.asker("李四").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let wang = town.helper("王敏").await;
    wang.says(&group, "采用 2 37").await;
    town.asker("李四").says(&group, "解决了").await;
    town.asker("王五").says(&group, "变更法定代表人都要啥材料呀").await;
    town.all_was_heard();
    for _ in 0..8 {
        town.hours_pass(DAY_HOURS).await;
        Box::pin(town.the_round_is_made()).await;
    }
    group
}

conversation!(what_people_showed_is_learnt, async |town: &Town| {
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    Box::pin(a_week_of_questions(town)).await;
    let waits = zhao.private().hears(town, "大家确认过答案的话有 2 句");
    assert!(waits.text.contains("草稿 1"), "{}", waits.text);
    town.all_was_heard();
    let shown = asks_for(town, &zhao, "草稿 1").await;
    for part in [
        "由帮办从群里收来",
        "简易注销",
        &format!("{SOLVED}（Q1 魏都分局，企业说解决了）"),
        "帮办员采用的",
        "去掉 1 2 5",
    ] {
        assert!(shown.contains(part), "{part} not in {shown}");
    }
    assert!(!shown.contains("变更法定代表人都要啥"), "{shown}");
    // An editor takes one out; whoever approves may do so too.
    assert!(
        asks_for(town, &zhao, "去掉 1 3")
            .await
            .contains("没有第 3 句，一共 2 句")
    );
    let merger = if shown.find(MERGER) < shown.find(SOLVED) { 1 } else { 2 };
    assert!(
        asks_for(town, &qian, &format!("去掉 1 {merger}"))
            .await
            .contains("还剩 1 句")
    );
    asks_for(town, &qian, "批准 1").await;
    Box::pin(town.list_is_kept()).await;
    qian.private().hears(town, "从群里学 1 句）通过检验");
    town.all_was_heard();
});

conversation!(what_was_learnt_is_taken_back, async |town: &Town| {
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    let group = Box::pin(a_week_of_questions(town)).await;
    town.all_was_heard();
    let shown = asks_for(town, &zhao, "草稿 1").await;
    let merger = if shown.find(MERGER) < shown.find(SOLVED) { 1 } else { 2 };
    asks_for(town, &zhao, &format!("去掉 1 {merger}")).await;
    asks_for(town, &qian, "批准 1").await;
    Box::pin(town.list_is_kept()).await;
    town.all_was_heard();
    let learnt = asks_for(town, &zhao, "草稿 1").await;
    assert!(learnt.contains("收回 1"), "{learnt}");
    assert!(asks_for(town, &zhao, "收回 1 2").await.contains("没有第 2 句"));
    asks_for(town, &zhao, "收回 1").await;
    asks_for(town, &zhao, "送审 2").await;
    assert!(asks_for(town, &zhao, "批准 2").await.contains("由市局审批来做"));
    asks_for(town, &qian, "批准 2").await;
    Box::pin(town.list_is_kept()).await;
    zhao.private().hears(town, "收回草稿 1 学的 1 句）");
    town.all_was_heard();
    assert!(asks_for(town, &zhao, "收回 1").await.contains("没有可以收回的"));
    town.asker("赵六").says(&group, SOLVED).await;
    group.hears(town, "");
});

conversation!(what_an_asker_had_erased_is_not_learnt, async |town: &Town| {
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    Box::pin(a_week_of_questions(town)).await;
    town.all_was_heard();
    let zhang = town.asker("张三");
    // Once while it is only proposed …
    zhang.says(&zhang.private(), "/forget 确认").await;
    town.all_was_heard();
    let shown = asks_for(town, &zhao, "草稿 1").await;
    assert!(!shown.contains(SOLVED) && shown.contains("1. "), "{shown}");
    // … and once when the list has learnt it.
    asks_for(town, &qian, "批准 1").await;
    Box::pin(town.list_is_kept()).await;
    town.all_was_heard();
    assert!(asks_for(town, &zhao, "草稿 1").await.contains(MERGER));
    let li = town.asker("李四");
    li.says(&li.private(), "/forget 确认").await;
    town.all_was_heard();
    assert!(!asks_for(town, &zhao, "草稿 1").await.contains(MERGER));
    assert!(asks_for(town, &zhao, "收回 1").await.contains("没有可以收回的"));
});
