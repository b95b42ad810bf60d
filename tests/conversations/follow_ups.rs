//! 追问 after an answer of the bot: read along with the question before (PRODUCT §2.1).

use crate::conversation;
use crate::support::town::{MERGER, Said, Town};

const FIRST: &str = "简易注销要公示几天？";
/// On its own the town's list surely answers it with what a change of the legal representative takes.
const HALF: &str = "要交什么";
/// On its own it means nothing to the list.
const UNKNOWN_HALF: &str = "那个咋弄";

fn choices(said: &Said) -> Vec<&str> {
    let numbered = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    said.text.lines().filter(numbered).map(|line| &line[3..]).collect()
}

conversation!(half_a_sentence_after_an_answer_gets_choices, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    group.hears(town, "公示 20 天");
    town.minutes_pass(2).await;
    zhang.says(&group, HALF).await;
    let offered = group.hears(town, "您是想问下面哪一个？");
    assert_eq!(
        choices(&offered)[..2],
        ["简易注销要公示多少天？", "变更法定代表人要哪些材料？"]
    );
    zhang.presses(&group, "1").await;
    zhang.sees("好的");
    group.hears(town, "公示 20 天");
    let mut tx = town.db.read().await.unwrap();
    let question = tx
        .question(bangban::domain::asking::question::QuestionId(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(question.text.as_str(), format!("{FIRST}\n{HALF}"));
});

conversation!(half_a_sentence_as_a_reply_gets_choices_too, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    let answer = group.hears(town, "公示 20 天");
    town.minutes_pass(30).await;
    zhang.replies(&group, &answer, HALF).await;
    let offered = group.hears(town, "您是想问下面哪一个？");
    assert_eq!(choices(&offered)[0], "简易注销要公示多少天？");
});

conversation!(
    a_whole_question_after_an_answer_is_answered_at_once,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.says(&group, FIRST).await;
        group.hears(town, "公示 20 天");
        town.minutes_pass(2).await;
        zhang.says(&group, "换法人要交什么材料").await;
        group.hears(town, "新任法定代表人身份证明");
    }
);

conversation!(half_a_sentence_edited_still_gets_choices, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    group.hears(town, "公示 20 天");
    let half = zhang.says(&group, HALF).await;
    group.hears(town, "您是想问下面哪一个？");
    zhang.edits(&group, &half, "那得交什么").await;
    group.hears(town, "您是想问下面哪一个？");
});

conversation!(half_a_sentence_long_after_stands_alone, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    group.hears(town, "公示 20 天");
    town.minutes_pass(11).await;
    zhang.says(&group, HALF).await;
    group.hears(town, "新任法定代表人身份证明");
});

conversation!(thanks_in_reply_to_an_answer_call_nobody, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    let answer = group.hears(town, "公示 20 天");
    for words in ["好的知道了", "明白了，谢谢老师", "嗯嗯"] {
        zhang.replies(&group, &answer, words).await;
        town.minutes_pass(1).await;
    }
});

conversation!(not_that_in_reply_to_an_answer_calls_somebody, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    let answer = group.hears(town, "公示 20 天");
    zhang.replies(&group, &answer, "不是").await;
    town.seconds_pass(5).await;
    group.hears(town, "Q1 这个我答不准，请 王敏");
});

conversation!(
    asking_for_somebody_in_reply_to_an_answer_is_heard,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.says(&group, FIRST).await;
        let answer = group.hears(town, "公示 20 天");
        zhang.replies(&group, &answer, "老师在吗").await;
        group.hears(town, "您是想问下面哪一个？");
    }
);

conversation!(
    thanks_after_half_a_sentence_do_not_bring_the_answer_again,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.says(&group, FIRST).await;
        let answer = group.hears(town, "公示 20 天");
        zhang.replies(&group, &answer, UNKNOWN_HALF).await;
        town.seconds_pass(1).await;
        zhang.says(&group, "谢谢老师").await;
        town.seconds_pass(5).await;
        group.hears(town, "Q1 这个我答不准，请 王敏");
    }
);

conversation!(
    half_a_sentence_edited_within_the_burst_does_not_bring_the_answer_again,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.says(&group, FIRST).await;
        let answer = group.hears(town, "公示 20 天");
        let half = zhang.replies(&group, &answer, UNKNOWN_HALF).await;
        town.seconds_pass(1).await;
        zhang.edits(&group, &half, &format!("{UNKNOWN_HALF}呢")).await;
        town.seconds_pass(5).await;
        group.hears(town, "Q1 这个我答不准，请 王敏");
    }
);

conversation!(
    half_a_sentence_while_a_helper_is_awaited_goes_to_the_helper,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "Q1 这个我答不准，请 王敏");
        town.minutes_pass(1).await;
        zhang.says(&group, HALF).await;
        group.hears(town, HALF);
    }
);

conversation!(a_helper_is_told_that_both_were_read_together, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    let zhang = town.asker("张三");
    zhang.says(&group, FIRST).await;
    group.hears(town, "公示 20 天");
    zhang.says(&group, HALF).await;
    let offered = group.hears(town, "您是想问下面哪一个？");
    wang.replies(&group, &offered, "/why").await;
    let why = wang.private().hears(town, "拿不准，给提问人选");
    for words in [
        &format!("“{HALF}”"),
        &format!("连着上一问“{FIRST}”一起读了：有把握是第 037 条"),
        "单看这句有把握，连着读却是另一条",
    ] {
        assert!(why.text.contains(words), "{}", why.text);
    }
});
