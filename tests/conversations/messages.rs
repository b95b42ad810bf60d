//! Whose words a message holds, whatever it looks like: forwarded, changed, quoted, in several pictures.

use bangban::domain::chat::message::MediaKind;

use crate::conversation;
use crate::conversations::responsible::claimed;
use crate::support::town::{MERGER, Town};

conversation!(a_forwarded_command_is_no_command, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "Q1 待认领");
    for words in [
        "认领 1",
        "答复 1 带身份证来",
        "办结 1 已答复",
        "转办 1 李强 我不在",
        "/duty",
        "/nothing",
    ] {
        wang.forwards(&group, words).await;
    }
    for words in ["解决了", "转人工", "不用了", "/forget 确认"] {
        town.asker("张三").forwards(&group, words).await;
    }
    wang.forwards(&wang.private(), "认领 1").await;
    wang.private().hears(town, "请您自己打一遍");
    wang.says(&group, "认领 1").await;
    group.hears(town, "Q1 王敏（");
});

conversation!(
    what_others_wrote_binds_nobody_and_approves_nothing,
    async |town: &Town| {
        let stray = town.stray_group("路人群");
        let qian = town.reachable("钱峰").await;
        qian.forwards(&stray, "/bind 魏都分局").await;
        stray.hears(town, "还没有绑定单位");
        for words in ["批准 5", "停用 37 不对", "/queue", "/start abc", "候选 1"] {
            qian.forwards(&qian.private(), words).await;
            qian.private().hears(town, "这是转来的话，我不照着办");
        }
    }
);

conversation!(an_edit_that_changes_nothing_is_nothing, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhang, wang) = (town.asker("张三"), town.helper("王敏").await);
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    for (words, said) in [
        ("认领 1", "Q1 王敏（"),
        ("/duty", "魏都分局现在值班"),
        ("/hot", "这一周"),
        ("/bind 魏都分局", "管理员"),
        ("办结 1 电话里说清了", "Q1 已办结"),
        ("认领 1", "Q1 已结束"),
    ] {
        let message = wang.says(&group, words).await;
        group.hears(town, said);
        wang.edits(&group, &message, words).await;
        town.minutes_pass(1).await;
        wang.edits(&group, &message, words).await;
    }
    let asked = zhang.says(&group, "/ask 简易注销要公示几天").await;
    group.hears(town, "公示 20 天");
    town.minutes_pass(30).await;
    zhang.edits(&group, &asked, "/ask 简易注销要公示几天").await;
});

conversation!(an_edit_and_its_taking_back_are_two_changes, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.helper("王敏").await;
    let message = wang.says(&group, "/dutty").await;
    wang.edits(&group, &message, "/duty").await;
    group.hears(town, "魏都分局现在值班");
    wang.edits(&group, &message, "/dutty").await;
    wang.edits(&group, &message, "/duty").await;
    group.hears(town, "魏都分局现在值班");
});

conversation!(
    a_reply_without_words_is_brought_to_the_asker_as_it_is,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.reachable("王敏").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.private().hears(town, "Q1 待认领");
        for kind in [
            MediaKind::Location,
            MediaKind::Contact,
            MediaKind::Sticker,
            MediaKind::Poll,
            MediaKind::Voice,
            MediaKind::Video,
        ] {
            let card = wang.private().latest(town);
            wang.shows(&wang.private(), kind, Some(&card)).await;
            let relayed = group.hears(town, "Q1 王敏答复：\n［");
            assert_eq!(relayed.buttons.len(), 1);
            group.hears(town, &format!("［{kind:?} "));
            wang.private().hears(town, "Q1 已转告提问人");
        }
    }
);

conversation!(
    a_reply_that_nobody_can_copy_is_no_answer_and_its_helper_types_it,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.reachable("王敏").await;
        let asked = town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        let card = wang.private().hears(town, "Q1 待认领");
        wang.shows_stuck(&wang.private(), Some(&card)).await;
        wang.private().hears(town, "Q1 这种消息我转不给提问人，请您打字答复");
        wang.says(&wang.private(), "认领 1").await;
        group.hears(town, "Q1 王敏（");
        let notice = wang.private().hears(town, "Q1 您已认领");
        wang.replies(&wang.private(), &notice, "带决议来窗口").await;
        group.hears(town, "Q1 王敏答复：\n带决议来窗口");
        wang.private().hears(town, "Q1 已转告提问人");
        // In the group itself everybody sees it.
        let li = town.helper("李强").await;
        let mut said = group.latest(town);
        said.id = asked;
        li.shows_stuck(&group, Some(&said)).await;
        group.hears(town, "Q1 已由李强答复");
    }
);

conversation!(what_was_asked_for_goes_to_the_helper_who_asked, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhang, wang) = (town.asker("张三"), town.reachable("王敏").await);
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "Q1 待认领");
    wang.says(&wang.private(), "认领 1").await;
    group.hears(town, "Q1 王敏（");
    wang.private().hears(town, "Q1 您已认领");
    town.minutes_pass(11).await;
    zhang.shows(&group, MediaKind::Location, None).await;
    wang.private().hears(town, "［Location ");
    zhang.shows_stuck(&group, None).await;
    group.hears(town, "这种消息我转不给帮办员，请您打字说一下");
    wang.says(&wang.private(), "答复 1 请发一下店铺的位置").await;
    let relayed = group.hears(town, "Q1 王敏答复");
    wang.private().hears(town, "Q1 已转告提问人");
    zhang.shows(&group, MediaKind::Sticker, Some(&relayed)).await;
    zhang.shows(&group, MediaKind::Location, None).await;
    group.hears(town, "Q1 提问人追问，请 王敏 接着答：\n［位置］");
    wang.private().hears(town, "［位置］");
    wang.private().hears(town, "［Location ");
});

conversation!(
    kinds_without_words_that_nobody_asked_for_are_silence,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.shows(&group, MediaKind::Location, None).await;
        zhang.shows_stuck(&group, None).await;
        zhang.says(&group, "简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天");
        zhang.shows(&group, MediaKind::Sticker, Some(&answer)).await;
        zhang.shows(&group, MediaKind::Sticker, None).await;
        zhang.shows_stuck(&group, Some(&answer)).await;
        group.hears(town, "请您打字说一下");
    }
);

conversation!(
    a_reply_that_its_helper_changes_changes_for_the_asker,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.reachable("王敏").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        let card = wang.private().hears(town, "Q1 待认领");
        let reply = wang.replies(&wang.private(), &card, "公告费 500 元").await;
        group.hears(town, "Q1 王敏答复：\n公告费 500 元");
        wang.private().hears(town, "Q1 已转告提问人");
        wang.edits(&wang.private(), &reply, "公告费 500 元").await;
        wang.edits(&wang.private(), &reply, "公告费 50 元").await;
        let changed = group.hears(town, "Q1 王敏答复：\n公告费 50 元");
        assert_eq!(changed.buttons[0].label, "解决了");
        wang.private().hears(town, "Q1 改过的答复已转告提问人");
        let typed = wang.says(&group, "答复 1 还要带章程").await;
        group.hears(town, "Q1 王敏答复：\n还要带章程");
        town.hours_pass(1).await;
        wang.edits(&group, &typed, "答复 1 还要带决议").await;
        group.hears(town, "Q1 王敏答复：\n还要带决议");
        town.asker("张三").says(&group, "解决了").await;
        group.hears(town, "Q1 已解决");
        wang.edits(&wang.private(), &reply, "公告费 5 元").await;
        group.hears(town, "Q1 王敏改了答复，请以这次的为准：\n公告费 5 元");
        wang.private().hears(town, "Q1 改过的答复已转告提问人");
    }
);

conversation!(
    a_card_with_a_mobile_number_is_not_shown_to_a_group,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.reachable("王敏").await;
        let zhang = town.asker("张三");
        zhang.says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        let card = wang.private().hears(town, "Q1 待认领");
        wang.shows_mobile(&wang.private(), Some(&card), "").await;
        wang.private()
            .hears(town, "Q1 名片上有手机号，不在群里公开，没有转给提问人");
        wang.shows_mobile(&wang.private(), Some(&card), "找注册科小李").await;
        group.hears(town, "Q1 王敏答复：\n找注册科小李");
        wang.private()
            .hears(town, "Q1 已转告提问人；名片上有手机号，不在群里公开，没有转");
        // To one person it is shown: the asker's own card, to the helper.
        zhang.shows_mobile(&group, None, "").await;
        group.hears(town, "Q1 提问人追问，请 王敏 接着答：\n［名片］");
        wang.private().hears(town, "［名片］");
        wang.private().hears(town, "［Contact ");
    }
);

conversation!(
    a_reply_that_its_helper_gives_to_another_question_moves_there,
    async |town: &Town| {
        let (group, other) = (town.help_group("魏都分局").await, town.help_group("禹州市局").await);
        let wang = town.reachable("王敏").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.private().hears(town, "Q1 待认领");
        let reply = wang.says(&wang.private(), "答复 1 带决议来，您的编号是 77").await;
        group.hears(town, "Q1 王敏答复：\n带决议来，您的编号是 77");
        wang.private().hears(town, "Q1 已转告提问人");
        // A number that is none: nothing moves, and its helper hears so.
        wang.edits(&wang.private(), &reply, "答复 9 带决议来，您的编号是 77")
            .await;
        wang.private()
            .hears(town, "没有这个编号的问题，请核对一下。Q1 的答复没有动");
        town.hours_pass(1).await;
        town.asker("李四").says(&other, MERGER).await;
        town.seconds_pass(5).await;
        other.hears(town, "Q2 ");
        wang.edits(&wang.private(), &reply, "答复 2 带决议来，您的编号是 77")
            .await;
        let gone = group.hears(town, "Q1 （这里原来的答复是给别的问题的");
        assert!(gone.buttons.is_empty());
        let told = group.hears(town, "Q1 更正：刚才有一条答复是给别的问题的，请不要照着办。王敏（");
        assert!(told.text.contains("会另外答复您"), "{}", told.text);
        wang.private().hears(
            town,
            "这条答复改给 Q2；Q1 的提问人我已告诉：那条不是给他的。Q1 还等答复。",
        );
        other.hears(town, "Q2 王敏答复：\n带决议来，您的编号是 77");
        wang.private().hears(town, "Q2 已转告提问人");
        // From now on it belongs there.
        wang.edits(&wang.private(), &reply, "答复 2 带决议来").await;
        other.hears(town, "Q2 王敏答复：\n带决议来");
        wang.private().hears(town, "Q2 改过的答复已转告提问人");
        wang.says(&wang.private(), "答复 1 带章程来").await;
        group.hears(town, "Q1 王敏答复：\n带章程来");
        wang.private().hears(town, "Q1 已转告提问人");
    }
);

conversation!(
    a_reply_that_moves_away_leaves_what_else_was_answered,
    async |town: &Town| {
        let group = claimed(town).await;
        let (wang, li) = (town.helper("王敏").await, town.reachable("李强").await);
        town.asker("李四").says(&group, "两家公司怎么合并登记？").await;
        town.seconds_pass(5).await;
        group.hears(town, "Q2 ");
        wang.private().hears(town, "Q2 待认领");
        // A colleague's help was the only answer: whoever has it is told that it was none.
        let reply = li.says(&li.private(), "答复 1 到二楼").await;
        group.hears(town, "Q1 李强答复：\n到二楼");
        li.private().hears(town, "Q1 已转告提问人");
        li.edits(&li.private(), &reply, "答复 2 到二楼").await;
        group.hears(town, "Q1 （这里原来的答复");
        group.hears(town, "Q1 更正：刚才有一条答复是给别的问题的，请不要照着办。王敏（");
        group.hears(town, "Q1 李强刚才的答复是给别的问题的");
        wang.private().hears(town, "Q1 李强刚才的答复是给别的问题的，还请您答");
        li.private().hears(town, "这条答复改给 Q2");
        group.hears(town, "Q2 李强答复：\n到二楼");
        li.private().hears(town, "Q2 已转告提问人");
        // Another reply stands, and one question is over.
        wang.says(&wang.private(), "答复 1 带决议来").await;
        group.hears(town, "Q1 王敏答复：\n带决议来");
        wang.private().hears(town, "Q1 已转告提问人");
        let more = wang.says(&wang.private(), "答复 1 到三楼").await;
        group.hears(town, "Q1 王敏答复：\n到三楼");
        wang.private().hears(town, "Q1 已转告提问人");
        wang.edits(&wang.private(), &more, "答复 2 到三楼").await;
        group.hears(town, "Q1 （这里原来的答复");
        group.hears(
            town,
            "Q1 更正：刚才有一条答复是给别的问题的，请不要照着办。其余的答复照旧。",
        );
        wang.private()
            .hears(town, "这条答复改给 Q2；Q1 的提问人我已告诉：那条不是给他的。");
        group.hears(town, "Q2 王敏答复：\n到三楼");
        wang.private().hears(town, "Q2 已转告提问人");
        town.asker("张三").says(&group, "解决了").await;
        group.hears(town, "Q1 已解决");
        wang.edits(&wang.private(), &more, "答复 1 到三楼").await;
        wang.private().hears(town, "Q1 已结束，还有疑问直接说。Q2 的答复没有动");
    }
);

conversation!(
    a_change_of_what_all_the_group_reads_says_nothing,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        let card = group.hears(town, "请 王敏");
        let li = town.helper("李强").await;
        let reply = li.replies(&group, &card, "公告费 500 元").await;
        group.hears(town, "Q1 已由李强答复");
        li.edits(&group, &reply, "公告费 50 元").await;
        li.edits(&group, &reply, "办结 1").await;
        group.hears(town, "Q1 已办结");
    }
);

conversation!(
    all_pictures_of_an_album_go_to_the_card_wherever_its_words_stand,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let (zhang, wang) = (town.asker("张三"), town.reachable("王敏").await);
        zhang.shows_of_album(&group, "七", "甲", "", None).await;
        zhang.shows_of_album(&group, "七", "乙", MERGER, None).await;
        zhang.shows_of_album(&group, "七", "丙", "", None).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        let card = wang.private().hears(town, "Q1 待认领");
        assert!(card.text.contains("（附 图片、图片、图片）"), "{}", card.text);
        for picture in ["甲", "乙", "丙"] {
            wang.private().hears(town, &format!("［Picture {picture}］"));
        }
        zhang.shows_of_album(&group, "七", "丁", "", None).await;
        let late = wang.private().hears(town, "［Picture 丁］");
        assert_eq!(late.chat, wang.private().chat);
    }
);

conversation!(an_album_is_one_reply, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let card = wang.private().hears(town, "Q1 待认领");
    wang.shows_of_album(&wang.private(), "八", "甲", "", Some(&card)).await;
    group.hears(town, "Q1 王敏答复：\n［图片］");
    group.hears(town, "［Picture 甲］");
    wang.private().hears(town, "Q1 已转告提问人");
    wang.shows_of_album(&wang.private(), "八", "乙", "照这样填", None).await;
    group.hears(town, "Q1 王敏答复：\n照这样填");
    group.hears(town, "［Picture 乙］");
    wang.shows_of_album(&wang.private(), "八", "丙", "", Some(&card)).await;
    group.hears(town, "［Picture 丙］");
});

conversation!(an_album_without_words_is_asked_for_words_once, async |town: &Town| {
    let private = town.asker("张三").private();
    for picture in ["甲", "乙", "丙", "丁"] {
        town.asker("张三")
            .shows_of_album(&private, "九", picture, "", None)
            .await;
    }
    private.hears(town, "请用文字说一下您的问题");
    town.asker("张三").shows_of_album(&private, "十", "戊", "", None).await;
    town.asker("张三")
        .shows_of_album(&private, "十", "己", "简易注销要公示几天？", None)
        .await;
    private.hears(town, "公示 20 天");
});

const SURE: &str = "简易注销要公示几天？";

conversation!(what_is_quoted_is_what_is_asked, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (li, wang) = (town.asker("李四"), town.helper("王敏").await);
    for words in ["这个怎么办", "", "？", "帮忙看看这个，谢谢"] {
        // A message that the bot has not seen, or that asked nobody.
        li.tells_bot_of(&group, "77", SURE, words).await;
        group.hears(town, "公示 20 天");
        li.says(&group, "解决了").await;
        group.hears(town, "已解决");
    }
    wang.tells_bot_of(&group, "77", SURE, "这个怎么答").await;
    group.hears(town, "公示 20 天");
    li.tells_bot_of(&group, "77", MERGER, SURE).await;
    group.hears(town, "公示 20 天");
});

conversation!(
    a_helper_who_asks_the_bot_about_a_question_answers_nobody,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let (zhang, li) = (town.asker("张三"), town.helper("李强").await);
        let asked = zhang.says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "Q1 ");
        li.tells_bot_of(&group, &asked, MERGER, "这个怎么办").await;
        town.seconds_pass(5).await;
        group.hears(town, "Q2 ");
        zhang.tells_bot_of(&group, &asked, "", "这个怎么办").await;
        group.hears(town, "Q1 还在办");
        li.replies_to(&group, &asked, "带决议来窗口").await;
        group.hears(town, "Q1 已由李强答复");
    }
);
