//! Choices, two questions at once, withdrawing, private chats, what is looked up.

use crate::conversation;
use crate::support::town::{MERGER, Town};

const EITHER: &str = "注销的公示期、公告期多久？";

conversation!(choices_are_offered_and_one_is_picked, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let asked = town.asker("张三").says(&group, EITHER).await;
    let offered = group.hears(town, "您是想问下面哪一个？");
    assert_eq!(offered.quote, Some(asked));
    let labels: Vec<&str> = offered.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["1", "2", "都不是"]);
    let second = offered.text.lines().find(|line| line.starts_with("2. ")).unwrap()[3..].to_owned();
    town.asker("李四").presses(&group, "2").await;
    town.asker("李四").sees("请提问人自己点");
    town.asker("张三").presses(&group, "2").await;
    town.asker("张三").sees("好的");
    let answer = group.hears(town, &second);
    assert!(answer.text.contains("有事找王敏"), "{}", answer.text);
});

conversation!(a_choice_is_picked_by_its_number, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, EITHER).await;
    let offered = group.hears(town, "您是想问下面哪一个？");
    let first = offered.text.lines().find(|line| line.starts_with("1. ")).unwrap()[3..].to_owned();
    town.asker("张三").says(&group, "1").await;
    group.hears(town, &first);
});

conversation!(none_of_the_choices_calls_a_person, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, EITHER).await;
    group.hears(town, "您是想问下面哪一个？");
    town.asker("张三").presses(&group, "都不是").await;
    town.asker("张三").sees("好的");
    let card = group.hears(town, "Q1 这就帮您叫人，请 王敏（魏都分局窗口，0374-0000011） 来答。");
    let labels: Vec<&str> = card.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["认领"]);
});

conversation!(two_questions_in_one_message_get_both_answers, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三")
        .says(&group, "简易注销要公示几天？变更法定代表人要哪些材料？")
        .await;
    let answer = group.hears(town, "公示 20 天");
    assert!(answer.text.contains("新任法定代表人身份证明"), "{}", answer.text);
    town.asker("张三").says(&group, "解决了，谢谢老师").await;
    group.hears(town, "Q1 已解决");
});

conversation!(the_asker_withdraws_at_any_time, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "Q1");
    town.helper("王敏").await.says(&group, "认领 1").await;
    group.hears(town, "王敏（魏都分局窗口，0374-0000011）来帮您");
    town.asker("李四").says(&group, "撤回 1").await;
    group.hears(town, "请提问人自己点");
    town.asker("张三").says(&group, "不用了").await;
    group.hears(town, "Q1 已撤回");
    group.shows_no_buttons(town);
    town.helper("王敏").await.says(&group, "答复 1 先签合并协议").await;
    group.hears(town, "Q1 已结束");
});

conversation!(in_private_it_answers_without_a_ticket, async |town: &Town| {
    let zhang = town.asker("张三");
    let private = zhang.private();
    zhang.says(&private, "简易注销要公示几天？").await;
    let answer = private.hears(town, "公示 20 天");
    assert!(answer.buttons.is_empty(), "{answer:?}");
    zhang.says(&private, EITHER).await;
    private.hears(town, "回复条号就能看");
    zhang.says(&private, "40").await;
    private.hears(town, "公告 45 天");
    zhang.presses(&private, "40").await;
    zhang.sees("好的");
    private.hears(town, "公告 45 天");
    zhang.says(&private, MERGER).await;
    let unknown = private.hears(town, "请到帮办群提问");
    assert!(
        unknown.text.contains("魏都分局窗口（示例街 2 号，0374-0000010）"),
        "{}",
        unknown.text
    );
    zhang.says(&private, "你好").await;
    private.hears(town, "我是帮办");
    zhang.says(&private, "/mine").await;
    private.hears(town, "没有在办的问题");
});

conversation!(everybody_can_look_things_up, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, "/faq").await;
    group.hears(town, "示例（");
    zhang.says(&group, "/faq 注销").await;
    group.hears(town, "37. 简易注销要公示多少天？");
    zhang.says(&group, "/目录 火星登陆").await;
    group.hears(town, "清单里没查到“火星登陆”");
    zhang.says(&group, "/faq 37").await;
    group.hears(town, "公示 20 天");
    zhang.says(&group, "/faq 41").await;
    group.hears(town, "没查到");
    town.minutes_pass(1).await;
    zhang.says(&group, "/duty").await;
    group.hears(
        town,
        "魏都分局现在值班：王敏（魏都分局窗口，0374-0000011）。工作时间：全天。",
    );
    zhang.says(&group, "/contacts").await;
    let list = group.hears(town, "王敏 0374-0000011");
    assert!(!list.text.contains("139"), "a mobile number: {}", list.text);
    zhang.says(&group, "/help").await;
    group.hears(town, "我是帮办（魏都分局）");
    zhang.says(&group, "/ask").await;
    group.hears(town, "请把问题写在后面");
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "Q1");
    zhang.tells_bot(&group, "进度").await;
    group.hears(town, "Q1 两家公司准备合并成一家，合并登记都要做哪… —— 已转王敏，等认领");
});
