//! The ladder, lapses, doubtful sends.

use bangban::platform::SendError;

use crate::conversation;
use crate::support::town::{MERGER, Town};

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
    group.hears(town, "Q1 一直没人认领，请单位管理员安排：周红");
    town.minutes_pass(10).await;
    guidance.hears(town, "Q1 魏都分局一直没人认领");
    group.hears(town, "已请市局一起帮忙");
    town.minutes_pass(60).await;
    town.helper("赵岩").await.presses(&guidance, "认领").await;
    town.helper("赵岩").await.sees("好的");
    group.hears(town, "赵岩（市局注册科");
    guidance.hears(town, "您已认领");
});

conversation!(a_claimer_who_says_nothing_is_reminded_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.helper("王敏").await.says(&group, "认领 1").await;
    group.hears(town, "王敏（魏都分局窗口，0374-0000011）来帮您");
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

conversation!(limits_are_counted_in_working_time, async |town: &Town| {
    let group = town.help_group("长葛市局").await;
    // Monday 17:28: two minutes before the bureau closes.
    town.minutes_pass(7 * 60 + 28).await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 杨帆");
    town.minutes_pass(10).await;
    town.hours_pass(14).await;
    // Tuesday 7:38; three working minutes are over at 8:31.
    town.minutes_pass(52).await;
    town.minutes_pass(2).await;
    group.hears(town, "Q1 还没人认领，请 杨帆");
});

conversation!(what_waited_overnight_is_said_in_one_message, async |town: &Town| {
    let group = town.help_group("长葛市局").await;
    town.hours_pass(9).await;
    for asker in ["张三", "李四", "王五"] {
        town.asker(asker).says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "现在下班了");
    }
    town.hours_pass(13).await;
    town.minutes_pass(33).await;
    // 沈洁 and 杨帆 are asked in turn.
    let reminder = group.hears(town, "Q1、Q3 还没人认领，请 沈洁");
    assert!(reminder.text.contains("回复“认领 编号”"), "{}", reminder.text);
    group.hears(town, "Q2 还没人认领，请 杨帆");
});

conversation!(
    whoever_must_act_is_warned_in_private_before_the_next_rung,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.helper("王敏").await;
        wang.says(&wang.private(), "/start").await;
        wang.private().hears(town, "已和名册对上");
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.private().hears(town, "Q1 待认领");
        town.minutes_pass(3).await;
        group.hears(town, "Q1 还没人认领");
        wang.private().hears(town, "Q1 还没人认领");
        town.minutes_pass(5).await;
        wang.private().hears(town, "Q1 还没人认领，快要请全体帮办员了");
        wang.says(&wang.private(), "认领 1").await;
        group.hears(town, "王敏（魏都分局窗口，0374-0000011）来帮您");
        wang.private().hears(town, "您已认领");
        town.minutes_pass(24).await;
        wang.private().hears(town, "Q1 认领有一会儿了");
        town.minutes_pass(6).await;
        group.hears(town, "Q1 提问人还在等，请 王敏 答复一下");
        wang.private().hears(town, "Q1 提问人还在等");
        town.hours_pass(5).await;
    }
);

conversation!(
    a_holiday_is_no_working_time_and_a_make_up_day_is,
    async |town: &Town| {
        let group = town.help_group("长葛市局").await;
        // Wednesday 2026-09-30 18:00 is before the October holiday; the 1st to the 7th are off.
        town.clock_is_set("2026-09-30T18:00").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "沈洁（长葛市局窗口，0374-0000031） 10月8日 8:30 答您");
        town.clock_is_set("2026-10-08T08:29").await;
        town.clock_is_set("2026-10-08T08:33").await;
        group.hears(town, "Q1 还没人认领，请 沈洁");
        // Saturday the 10th is worked as a Friday.
        town.helper("沈洁").await.says(&group, "答复 1 先签合并协议").await;
        group.hears(town, "沈洁答复");
        town.clock_is_set("2026-10-10T15:00").await;
        town.asker("李四").says(&group, "/duty").await;
        group.hears(town, "长葛市局现在值班：杨帆");
    }
);

conversation!(a_clock_that_was_ahead_loses_no_question, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.hours_pass(24 * 365).await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.hours_pass(-24 * 365).await;
    town.minutes_pass(3).await;
    group.hears(town, "Q1 还没人认领");
});

conversation!(
    a_helper_on_leave_is_passed_over_and_keeps_no_unanswered_question,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        town.helper("李强").await.says(&group, "认领 1").await;
        group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
        town.is_away("李强", 60, 600).await;
        town.minutes_pass(30).await;
        group.hears(town, "提问人还在等，请 李强");
        town.minutes_pass(30).await;
        group.hears(town, "Q1 原来的帮办员不在岗了，请 王敏");
        town.is_away("王敏", 0, 600).await;
        town.asker("李四").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 周红");
        town.minutes_pass(3).await;
        group.hears(town, "Q1、Q2 还没人认领，请 周红");
    }
);

conversation!(who_asks_late_hears_what_is_being_done, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    zhang.says(&group, "/mine").await;
    group.hears(town, "预计 今天 10:10 前有回音");
    town.minutes_pass(15).await;
    group.hears(town, "请哪位帮办员认领");
    zhang.says(&group, "/mine").await;
    let late = group.hears(town, "比预计晚了，对不起；已请全体帮办员来接");
    assert!(!late.text.contains("10:10"), "{}", late.text);
    let wang = town.reachable("王敏").await;
    wang.says(&wang.private(), "待办").await;
    wang.private().hears(town, "应在今天 10:10前，已超时");
    wang.says(&wang.private(), "认领 1").await;
    group.hears(town, "王敏（魏都分局窗口，0374-0000011）来帮您");
    wang.private().hears(town, "您已认领");
    town.minutes_pass(24).await;
    wang.private().hears(town, "认领有一会儿了");
    town.minutes_pass(16).await;
    group.hears(town, "提问人还在等");
    wang.private().hears(town, "提问人还在等");
    zhang.says(&group, "/mine").await;
    group.hears(town, "王敏正在办，比预计晚了，对不起；已催帮办员尽快答复");
});
