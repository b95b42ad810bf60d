//! Silence, answers, choices, joining, editing.

use bangban::domain::asking::question::QuestionId;
use bangban::domain::chat::role::Role;

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(nobody_asked_and_nothing_is_said, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    for words in [
        "老师好",
        "谢谢",
        "收到",
        "执照已领到",
        "专业代理记账，工商注册，价格优惠，加V详聊",
    ] {
        town.asker("张三").says(&group, words).await;
    }
    town.asker("张三").shows_picture(&group, "p1").await;
    town.minutes_pass(5).await;
});

// D21 (三(三)5): one complete message, with somebody to call.
conversation!(
    a_sure_answer_names_basis_number_revision_and_helper,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let asked = town.asker("张三").says(&group, "简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天（自然日）。");
        assert_eq!(answer.quote, Some(asked));
        assert!(
            answer
                .text
                .contains("依据：《市场主体登记管理条例》第三十三条 ｜ 编号 037"),
            "{}",
            answer.text
        );
        assert!(
            answer.text.contains("有事找王敏（魏都分局窗口，0374-0000011）"),
            "{}",
            answer.text
        );
        assert!(!answer.text.contains("139"), "a mobile number: {}", answer.text);
        assert_eq!(
            answer
                .buttons
                .iter()
                .map(|button| button.label.as_str())
                .collect::<Vec<_>>(),
            ["解决了", "转人工"]
        );
        town.asker("李四").presses(&group, "解决了").await;
        town.asker("李四").sees("请提问人自己点");
        town.asker("张三").presses(&group, "解决了").await;
        town.asker("张三").sees("好的");
        group.hears(town, "Q1 已解决");
        group.shows_only_ratings(town);
    }
);

conversation!(an_answer_with_a_hole_is_handed_over, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "怎么在登记平台注册账号？").await;
    group.hears(town, "正在核对");
});

conversation!(
    a_burst_is_one_question_and_only_the_hand_over_waits,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三")
            .says(&group, "两家公司准备合并成一家，咋办合并登记？")
            .await;
        town.seconds_pass(2).await;
        town.asker("张三").says(&group, "合并登记都要做哪些？").await;
        town.seconds_pass(2).await;
        town.asker("张三").says(&group, "急用").await;
        town.seconds_pass(5).await;
        group.hears(town, "Q1 这个我答不准，请 王敏");
    }
);

conversation!(the_same_thing_asked_again_joins, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "Q1");
    town.minutes_pass(1).await;
    town.asker("张三").says(&group, MERGER).await;
    group.hears(town, "Q1 还在办，王敏会答复您");
});

conversation!(an_edited_question_changes_its_answer, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let message = town.asker("张三").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    town.asker("张三")
        .edits(&group, &message, "变更法定代表人要哪些材料？")
        .await;
    group.hears(town, "新任法定代表人身份证明");
});

conversation!(
    words_that_asked_nothing_are_read_again_when_edited,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let message = town.asker("张三").says(&group, "老师好").await;
        town.asker("张三").edits(&group, &message, "简易注销要公示几天？").await;
        group.hears(town, "公示 20 天");
    }
);

conversation!(
    words_that_are_changed_within_two_days_are_read_again,
    async |town: &Town| {
        let (group, zhang) = (town.help_group("魏都分局").await, town.asker("张三"));
        let message = zhang.says(&group, "老师好").await;
        let early = zhang.says(&group, "谢谢老师").await;
        town.hours_pass(40).await;
        // Only a link's preview, or an emoji under it.
        zhang.edits_after(&group, &message, "老师好", 40).await;
        zhang.edits_after(&group, &message, "简易注销要公示几天？", 40).await;
        group.hears(town, "公示 20 天");
        zhang.edits_after(&group, &message, "简易注销要公示几天？", 40).await;
        town.hours_pass(9).await;
        // What it said is forgotten: perhaps nobody changed anything.
        zhang
            .edits_after(&group, &early, "变更法定代表人要哪些材料？", 49)
            .await;
    }
);

conversation!(a_question_changed_when_it_is_over_is_not_lost, async |town: &Town| {
    let (group, zhang) = (town.help_group("魏都分局").await, town.asker("张三"));
    let message = zhang.says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    zhang.presses(&group, "解决了").await;
    zhang.sees("好的");
    group.hears(town, "Q1 已解决");
    zhang.edits(&group, &message, "谢谢，解决了").await;
    zhang.edits(&group, &message, "变更法定代表人要哪些材料？").await;
    group.hears(town, "Q1 已结束，改过的这句没有再办。还要问，请新发一条。");
    zhang.edits(&group, &message, "变更法定代表人要什么材料？").await;
});

conversation!(
    another_place_of_registration_is_told_where_the_licence_is,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三")
            .says(&group, "公司在禹州，变更法定代表人要哪些材料？")
            .await;
        let answer = group.hears(town, "新任法定代表人身份证明");
        assert!(
            answer
                .text
                .contains("请到登记地窗口领取，禹州市局窗口（示例大道 3 号，0374-0000020）；也可以邮寄"),
            "{}",
            answer.text
        );
    }
);

conversation!(tax_is_sent_to_tax_unless_the_asker_insists, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "增值税怎么申报？").await;
    group.hears(town, "12366");
    town.asker("张三").says(&group, "增值税怎么申报？").await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
});

conversation!(too_many_questions_are_told_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    for turn in 0..22 {
        town.seconds_pass(1).await;
        town.asker("张三")
            .tells_bot(
                &group,
                if turn % 2 == 0 {
                    "简易注销要公示几天？"
                } else {
                    "变更法定代表人要哪些材料？"
                },
            )
            .await;
        // Withdrawn at once, so that each is a question of its own.
        if turn < 20 {
            group.hears(town, "有事找");
            town.asker("张三").says(&group, "不用了").await;
            group.hears(town, "已撤回");
        }
    }
    group.hears(town, "10 分钟内最多 20 个问题");
});

conversation!(
    addressed_with_no_question_the_bot_gives_the_help_line,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三").tells_bot(&group, "你好").await;
        group.hears(town, "我是帮办（魏都分局）");
    }
);

conversation!(identity_numbers_never_reach_the_card, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let duty = town.duty_group("魏都分局").await;
    town.asker("张三")
        .says(
            &group,
            "我身份证11010519491231002X，手机13900001234，两家公司准备合并成一家，合并登记都要做哪些？",
        )
        .await;
    town.seconds_pass(5).await;
    group.hears(town, "请长按它撤回");
    group.hears(town, "Q1 已转给王敏（魏都分局窗口，0374-0000011）");
    let card = duty.hears(town, "待认领");
    assert!(
        card.text.contains("［身份证号］") && card.text.contains("［手机号］"),
        "{}",
        card.text
    );
    assert!(
        !card.text.contains("11010519491231002X") && !card.text.contains("13900001234"),
        "{}",
        card.text
    );
});

conversation!(
    a_number_told_over_two_messages_is_kept_in_neither,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang
            .says(&group, "两家公司准备合并成一家，合并登记都要做哪些？我是110105194912")
            .await;
        zhang.says(&group, "31002X，帮我查查").await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        let mut tx = town.db.read().await.unwrap();
        let question = tx.question(QuestionId(1)).await.unwrap().unwrap();
        assert!(question.text.as_str().contains("［身份证号］"), "{:?}", question.text);
        let links = tx.links_of(QuestionId(1), Role::Ask).await.unwrap();
        let kept: Vec<&str> = links.iter().filter_map(|link| link.body.as_deref()).collect();
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(
            kept[0].ends_with("我是［身份证号］") && kept[1] == "，帮我查查",
            "{kept:?}"
        );
    }
);

conversation!(
    where_to_go_is_the_window_of_the_place_the_words_name,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.list_says("费用: 不收费。", "去哪里: \"{{office.name}}，{{office.address}}\"")
            .await;
        let zhang = town.asker("张三");
        zhang.says(&group, "我的公司在禹州，简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天");
        assert!(answer.text.contains("示例大道 3 号"), "{}", answer.text);
        assert!(!answer.text.contains("示例街 2 号"), "{}", answer.text);
        let li = town.asker("李四");
        li.says(&group, "简易注销要公示几天？").await;
        assert!(group.hears(town, "公示 20 天").text.contains("示例街 2 号"));
        li.says(&li.private(), "禹州的公司，简易注销要公示几天？").await;
        assert!(li.private().hears(town, "公示 20 天").text.contains("示例大道 3 号"));
    }
);

conversation!(
    whoever_leaves_a_number_hears_that_nobody_can_read_it,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三")
            .says(&group, "简易注销要公示几天？请打13912345678，邮箱zhang@example.com")
            .await;
        let answer = group.hears(town, "公示 20 天");
        assert!(
            answer
                .text
                .contains("您写的手机号、邮箱我没有存，帮办员看不到；有事请在群里说。"),
            "{}",
            answer.text
        );
        town.asker("李四")
            .says(&group, &format!("{MERGER}微信号zhangsan88"))
            .await;
        town.seconds_pass(5).await;
        let card = group.hears(town, "请 王敏");
        assert!(card.text.contains("您写的微信号我没有存"), "{}", card.text);
    }
);
