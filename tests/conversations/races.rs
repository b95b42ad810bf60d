//! Two things at once: claims, changes of what is still on its way, buttons whose time is over.

use bangban::platform::SendError;

use crate::conversation;
use crate::support::town::{MERGER, Said, Town};

fn patience() -> SendError {
    SendError::NotSent {
        reason: "429".into(),
        retry_after_ms: Some(20_000),
    }
}

fn labels(said: &Said) -> Vec<&str> {
    said.buttons.iter().map(|button| button.label.as_str()).collect()
}

conversation!(of_ten_claims_at_once_one_wins, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let card = group.hears(town, "请 王敏");
    let helpers = ["王敏", "李强", "周红", "孙丽", "赵岩", "沈洁", "杨帆"];
    town.press_at_once(&group, &card.buttons[0].token, &helpers).await;
    let claimed = group.hears(town, "来帮您办这件事，办完为止。");
    let winner = helpers.iter().find(|name| claimed.text.contains(*name)).unwrap();
    for name in helpers {
        let words = if name == *winner {
            "好的".to_owned()
        } else {
            format!("Q1 {winner}已认领")
        };
        town.helper(name).await.sees(&words);
    }
});

conversation!(
    a_card_that_is_claimed_on_its_way_arrives_without_a_button,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let li = town.helper("李强").await;
        town.asker("张三").says(&group, MERGER).await;
        town.next_send_fails(&group, patience());
        town.seconds_pass(5).await;
        li.says(&li.private(), "认领 1").await;
        li.private().hears(town, "Q1 您已认领");
        town.seconds_pass(30).await;
        assert!(group.hears(town, "请 王敏").buttons.is_empty());
        group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
    }
);

conversation!(
    a_question_edited_before_its_answer_went_out_is_answered_once,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.next_send_fails(&group, patience());
        let asked = town.asker("张三").says(&group, "简易注销要公示几天？").await;
        town.asker("张三")
            .edits(&group, &asked, "变更法定代表人要哪些材料？")
            .await;
        town.seconds_pass(30).await;
        let answer = group.hears(town, "新任法定代表人身份证明");
        assert_eq!(labels(&answer), ["解决了", "转人工"]);
    }
);

conversation!(putting_back_is_offered_for_two_minutes, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let li = town.helper("李强").await;
    li.presses(&group, "认领").await;
    li.sees("好的");
    assert_eq!(
        labels(&group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您")),
        ["放回", "办结", "求助市局", "转办"]
    );
    town.minutes_pass(3).await;
    assert_eq!(labels(&group.latest(town)), ["办结", "求助市局", "转办"]);
});

conversation!(
    an_ended_question_is_taken_up_within_seven_days_and_not_later,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let asked = town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        town.helper("李强")
            .await
            .replies_to(&group, &asked, "先签合并协议。")
            .await;
        let line = group.hears(town, "Q1 已由李强答复");
        town.hours_pass(25).await;
        group.shows_no_buttons(town);
        town.asker("张三").replies(&group, &line, "谢谢").await;
        town.asker("张三").replies(&group, &line, "协议要几份？").await;
        group.hears(town, "Q1 提问人追问，请 李强 接着答：\n协议要几份？");
        town.helper("李强").await.says(&group, "办结 1 电话里说清了").await;
        group.hears(town, "Q1 已办结");
        town.hours_pass(24 * 7 + 1).await;
        town.asker("张三").replies(&group, &line, "简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天");
        town.asker("张三").presses(&group, "解决了").await;
        town.asker("张三").sees("好的");
        group.hears(town, "Q2 已解决");
        drop(answer);
    }
);

conversation!(a_helper_who_left_is_replaced_by_the_one_on_duty, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let asked = town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.helper("李强")
        .await
        .replies_to(&group, &asked, "先签合并协议。")
        .await;
    let line = group.hears(town, "Q1 已由李强答复");
    town.leaves_the_roster("李强").await;
    town.asker("张三").replies(&group, &line, "协议要几份？").await;
    group.hears(town, "Q1 原来的帮办员不在岗了，请 王敏");
});
