//! Other bureaus, other hours, other groups: 无差别帮办, after hours, the guidance group, media, groups in trouble.

use bangban::platform::{Refused, SendError};

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(a_helper_of_any_bureau_may_help, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let sun = town.helper("孙丽").await;
    sun.presses(&group, "认领").await;
    sun.sees("好的");
    group.hears(town, "Q1 孙丽（禹州市局窗口，0374-0000021）来帮您办这件事");
});

conversation!(
    after_hours_the_asker_is_told_when_a_helper_is_there,
    async |town: &Town| {
        let group = town.help_group("长葛市局").await;
        town.hours_pass(9).await;
        town.asker("张三").says(&group, "简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天");
        assert!(
            answer
                .text
                .contains("有事找沈洁（长葛市局窗口，0374-0000031），明天 8:30 上班"),
            "{}",
            answer.text
        );
        town.asker("李四").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "现在下班了，沈洁（长葛市局窗口，0374-0000031） 明天 8:30 答您。");
    }
);

conversation!(a_bureau_without_helpers_hands_to_the_city_desk, async |town: &Town| {
    let group = town.help_group("鄢陵县局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 赵岩（市局注册科，0374-0000002） 来答。");
});

conversation!(
    in_the_guidance_group_bureaus_ask_and_the_city_desk_answers,
    async |town: &Town| {
        let guidance = town.guidance_group().await;
        town.helper("赵岩")
            .await
            .says(&guidance, "疑难问题怎么报市局注册科？")
            .await;
        let asked = town
            .helper("王敏")
            .await
            .says(&guidance, "疑难问题怎么报市局注册科？")
            .await;
        let answer = guidance.hears(town, "业务流水号");
        assert_eq!(answer.quote, Some(asked));
        town.helper("王敏").await.says(&guidance, MERGER).await;
        town.seconds_pass(5).await;
        let card = guidance.hears(town, "请 赵岩 来答");
        town.helper("赵岩")
            .await
            .replies(&guidance, &card, "按吸收合并办。")
            .await;
        guidance.hears(town, "已由赵岩答复");
        let group = town.help_group("魏都分局").await;
        town.asker("张三").says(&group, "/ask 疑难问题怎么报市局注册科？").await;
        town.seconds_pass(5).await;
        group.hears(town, "我答不准");
    }
);

conversation!(a_picture_travels_with_its_question, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let duty = town.duty_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.asker("张三").shows_picture(&group, "p7").await;
    town.seconds_pass(5).await;
    group.hears(town, "已转给王敏");
    let card = duty.hears(town, "Q1 待认领");
    assert!(card.text.contains("附 图片"), "{}", card.text);
    duty.hears(town, "［Picture p7］");
    town.asker("张三").shows_picture(&group, "p8").await;
    duty.hears(town, "［Picture p8］");
});

conversation!(what_is_asked_is_changed_in_the_duty_group_too, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let duty = town.duty_group("魏都分局").await;
    let asked = town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "已转给王敏");
    duty.hears(town, "两家公司准备合并");
    town.asker("张三")
        .edits(&group, &asked, "三家公司准备合并成一家，合并登记怎么做？")
        .await;
    duty.hears(town, "三家公司准备合并");
    let li = town.helper("李强").await;
    li.says(&duty, "认领 1").await;
    group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
    duty.hears(town, "您已认领");
    town.asker("张三")
        .edits(&group, &asked, "四家公司准备合并成一家，合并登记怎么做？")
        .await;
    duty.hears(town, "Q1 提问人改了问题，请 李强 看：\n四家公司");
    group.hears(town, "Q1 已转告李强");
});

conversation!(
    a_group_that_turned_mute_is_told_to_those_who_can_mend_it,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhou = town.helper("周红").await;
        zhou.says(&zhou.private(), "/start").await;
        zhou.private().hears(town, "已和名册对上");
        let muted = SendError::Refused(Refused::Muted("not enough rights".into()));
        town.next_send_fails(&group, muted.clone());
        town.asker("张三").says(&group, "简易注销要公示几天？").await;
        town.seconds_pass(1).await;
        zhou.private().hears(town, "我在“魏都分局帮办群”群里被禁言");
        town.next_send_fails(&group, muted);
        town.asker("李四").says(&group, "简易注销要公示几天？").await;
        town.seconds_pass(1).await;
    }
);

conversation!(what_stays_in_doubt_is_flagged, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhou = town.helper("周红").await;
    zhou.says(&zhou.private(), "/start").await;
    zhou.private().hears(town, "已和名册对上");
    let broke = SendError::Unknown("the line broke".into());
    town.next_send_fails(&group, broke.clone());
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    town.next_send_fails(&group, broke);
    town.seconds_pass(31).await;
    town.seconds_pass(1).await;
    zhou.private()
        .hears(town, "Q1 有一条消息没能确认送到“魏都分局帮办群”群");
});
