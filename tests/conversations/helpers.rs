//! Hand-over, exclusive claim, replies from everywhere, 追问, the end.

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(a_claimed_question_cannot_be_claimed_again, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let (wang, li) = (town.helper("王敏").await, town.helper("李强").await);
    wang.presses(&group, "认领").await;
    wang.sees("好的");
    group.hears(town, "Q1 王敏（魏都分局窗口，0374-0000011）来帮您办这件事");
    li.says(&group, "认领 1").await;
    group.hears(town, "Q1 王敏已认领");
    town.asker("张三").says(&group, "认领 1").await;
    group.hears(town, "要由帮办员来做");
});

conversation!(from_question_to_solved_with_a_native_reply, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let asked = town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let card = group.hears(town, "请 王敏");
    assert_eq!(card.quote, Some(asked.clone()));
    let wang = town.helper("王敏").await;
    wang.says(&group, "认领 1").await;
    group.hears(town, "王敏（魏都分局窗口，0374-0000011）来帮您");
    wang.replies_to(&group, &asked, "先签合并协议，再公告45日。").await;
    group.hears(town, "Q1 已由王敏答复");
    town.asker("张三").presses(&group, "解决了").await;
    town.asker("张三").sees("好的");
    group.hears(town, "Q1 已解决");
    group.shows_only_ratings(town);
});

conversation!(
    a_reply_to_the_card_before_any_claim_is_the_answer,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        let card = group.hears(town, "请 王敏");
        town.helper("李强").await.replies(&group, &card, "带决议来窗口。").await;
        group.hears(town, "Q1 已由李强答复");
    }
);

conversation!(a_human_who_answers_first_keeps_the_bot_still, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let asked = town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(2).await;
    town.helper("李强")
        .await
        .replies_to(&group, &asked, "带决议来窗口。")
        .await;
    group.hears(town, "Q1 已由李强答复");
    town.minutes_pass(20).await;
});

conversation!(a_reply_in_private_is_brought_to_the_asker, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.helper("王敏").await;
    wang.says(&wang.private(), "/start").await;
    wang.private().hears(town, "已和名册对上");
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "Q1 待认领");
    wang.presses(&wang.private(), "认领").await;
    wang.sees("好的");
    group.hears(town, "Q1 王敏（");
    let notice = wang.private().hears(town, "您已认领");
    wang.replies(&wang.private(), &notice, "先签合并协议。").await;
    group.hears(town, "Q1 王敏答复：\n先签合并协议。");
    wang.private().hears(town, "已转告提问人");
});

conversation!(a_follow_up_goes_to_the_same_helper, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.helper("李强").await.says(&group, "答复 1 先签合并协议").await;
    let reply = group.hears(town, "Q1 李强答复：\n先签合并协议");
    town.asker("张三").replies(&group, &reply, "协议要公证吗").await;
    group.hears(town, "提问人追问，请 李强");
    town.helper("李强").await.says(&group, "办结 1").await;
    group.hears(town, "请写明原因");
    town.helper("李强").await.says(&group, "办结 1 已电话说明").await;
    group.hears(town, "Q1 已办结");
    town.hours_pass(6 * 24).await;
    town.asker("张三").replies(&group, &reply, "还要交什么材料？").await;
    group.hears(town, "提问人追问，请 李强");
});

conversation!(a_claim_can_be_put_back_for_two_minutes, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let li = town.helper("李强").await;
    li.says(&group, "认领 1").await;
    group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
    li.presses(&group, "放回").await;
    li.sees("好的");
    group.hears(town, "Q1 已放回，请 王敏");
    li.says(&group, "认领 1").await;
    group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
    town.minutes_pass(3).await;
    li.says(&group, "放回 1").await;
    group.hears(town, "认领超过两分钟");
});

conversation!(the_asker_wants_a_person_after_an_answer, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    town.asker("张三").says(&group, "没解决").await;
    group.hears(town, "Q1 这就帮您叫人，请 王敏");
});

conversation!(with_a_duty_group_the_card_goes_there, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let duty = town.duty_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(
        town,
        "Q1 已转给王敏（魏都分局窗口，0374-0000011），预计 30 分钟内答复您。",
    );
    duty.hears(town, "张三 在“魏都分局帮办群”问：\n两家公司");
    let li = town.helper("李强").await;
    li.presses(&duty, "认领").await;
    li.sees("好的");
    group.hears(town, "Q1 李强（");
    let notice = duty.hears(town, "您已认领");
    li.replies(&duty, &notice, "先签合并协议。").await;
    group.hears(town, "Q1 李强答复：\n先签合并协议。");
    duty.hears(town, "已转告提问人");
});

conversation!(what_helpers_say_among_themselves_is_no_question, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.helper("王敏").await.says(&group, "简易注销要公示几天？").await;
    town.helper("王敏")
        .await
        .says(&group, "/ask 简易注销要公示几天？")
        .await;
    group.hears(town, "公示 20 天");
});

conversation!(a_forged_or_foreign_token_changes_nothing, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let other = town.help_group("禹州市局").await;
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    let answer = group.hears(town, "公示 20 天");
    town.asker("张三")
        .presses_token(&group, "00000000000000000000000000000000")
        .await;
    town.asker("张三").sees("过期了");
    town.asker("张三").presses_token(&other, &answer.buttons[0].token).await;
    town.asker("张三").sees("过期了");
});

conversation!(an_unbound_group_is_told_once, async |town: &Town| {
    let group = town.stray_group("路人群");
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "还没有绑定单位");
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    town.asker("张三").says(&group, "/bind 魏都分局").await;
    group.hears(town, "绑定要由管理员");
    town.helper("周红").await.says(&group, "/bind 市局 指导").await;
    group.hears(town, "绑定要由管理员");
    town.helper("周红").await.says(&group, "/bind 魏都分局").await;
    group.hears(town, "本群是魏都分局的帮办群");
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
});

conversation!(help_and_duty_are_for_the_one_who_asks, async |town: &Town| {
    let zhou = town.reachable("周红").await;
    zhou.says(&zhou.private(), "帮助").await;
    let heard = zhou.private().hears(town, "就是答复提问人");
    assert!(
        heard.text.contains("管理员：") && !heard.text.contains("分享自己的手机号"),
        "{}",
        heard.text
    );
    zhou.says(&zhou.private(), "/duty").await;
    zhou.private().hears(town, "魏都分局");
    let zhao = town.reachable("赵岩").await;
    zhao.says(&zhao.private(), "/help").await;
    zhao.private().hears(town, "编审：发 候选");
});
