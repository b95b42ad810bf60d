//! The ladder, lapses, doubtful sends.

use bangban::platform::SendError;

use crate::conversation;
use crate::support::town::Town;

const MERGER: &str = "两家公司准备合并成一家，合并登记都要做哪些？";

conversation!(nobody_claims_and_the_ladder_is_climbed, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let guidance = town.guidance_group().await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.minutes_pass(3).await;
    group.hears(town, "Q1 还没人认领，请 王敏");
    town.minutes_pass(7).await;
    let call = group.hears(town, "请哪位帮办员认领");
    assert!(call.text.contains("王敏") && call.text.contains("李强") && call.text.contains("周红"));
    town.minutes_pass(10).await;
    group.hears(town, "20 分钟没人认领，请单位管理员安排：周红");
    town.minutes_pass(10).await;
    guidance.hears(town, "Q1 魏都分局 30 分钟没人认领");
    group.hears(town, "已请市局一起帮忙");
    town.minutes_pass(60).await;
    town.helper("赵岩").await.presses(&guidance, "认领").await;
    town.helper("赵岩").await.sees("好的");
    group.hears(town, "由赵岩（市局注册科");
    guidance.hears(town, "您已认领");
});

conversation!(a_claimer_who_says_nothing_is_reminded_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.helper("王敏").await.says(&group, "认领 1").await;
    group.hears(town, "由王敏");
    town.minutes_pass(30).await;
    group.hears(town, "提问人还在等，请 王敏");
    town.hours_pass(5).await;
});

conversation!(an_answer_lapses_silently_after_a_day, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    let answer = group.hears(town, "公示 20 天");
    town.hours_pass(24).await;
    group.shows_no_buttons(town);
    town.asker("张三").presses_token(&group, &answer.buttons[0].token).await;
    town.asker("张三").sees("Q1 已结束");
});

conversation!(a_doubtful_send_is_repeated_once_and_says_so, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.next_send_fails(&group, SendError::Unknown("the line broke".into()));
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    town.seconds_pass(31).await;
    group.hears(town, "（重发 Q1）");
});

conversation!(a_platform_that_asks_for_patience_gets_it, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wait = SendError::NotSent {
        reason: "429".into(),
        retry_after_ms: Some(20_000),
    };
    town.next_send_fails(&group, wait);
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    town.seconds_pass(19).await;
    town.seconds_pass(2).await;
    group.hears(town, "公示 20 天");
});
