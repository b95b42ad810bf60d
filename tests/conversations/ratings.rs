//! Ratings, reviews, corrections that reach people (PRODUCT §2.4, §4; 国办发〔2019〕51号).

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(a_solved_question_is_rated_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    zhang.presses(&group, "解决了").await;
    zhang.sees("好的");
    group.hears(town, "Q1 已解决");
    town.asker("李四").presses(&group, "非常满意").await;
    town.asker("李四").sees("请提问人自己点");
    zhang.presses(&group, "基本满意").await;
    zhang.sees("好的");
    group.hears(town, "谢谢您的评价");
    group.shows_no_buttons(town);
    zhang.says(&group, "非常不满意").await;
    group.hears(town, "已经评价过了");
});

conversation!(a_low_rating_opens_a_review_of_five_working_days, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhou = town.reachable("周红").await;
    let zhang = town.asker("张三");
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let wang = town.helper("王敏").await;
    wang.says(&group, "答复 1 先签协议。").await;
    group.hears(town, "Q1");
    zhang.says(&group, "解决了").await;
    group.hears(town, "这次满意吗");
    zhang.presses(&group, "不满意").await;
    zhang.sees("好的");
    group.hears(town, "5 个工作日内会在群里再问您一次");
    town.seconds_pass(1).await;
    // Monday 23rd: the fifth working day after it is Monday 30th.
    zhou.private()
        .hears(town, "Q1（帮办员王敏）被评为“不满意”，请在 11月30日下班前回访");
    wang.says(&group, "回访 1 已道歉").await;
    group.hears(town, "回访由单位管理员来记");
    town.clock_is_set("2026-11-30T09:00").await;
    zhou.private().hears(town, "Q1 的回访要在");
    town.clock_is_set("2026-11-30T15:00").await;
    zhou.says(&zhou.private(), "回访 1 已致歉，材料已补").await;
    zhou.private().hears(town, "Q1 回访已记下");
    zhou.says(&zhou.private(), "回访 1 再来一次").await;
    zhou.private().hears(town, "没有要回访的评价");
});

conversation!(a_wrong_answer_is_withdrawn_where_it_stands, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhao = town.reachable("赵岩").await;
    let zhang = town.asker("张三");
    zhang.says(&group, "简易注销要公示几天？").await;
    let answer = group.hears(town, "公示 20 天");
    zhang.replies(&group, &answer, "/fix 不对").await;
    group.hears(town, "这个命令给帮办员用");
    let wang = town.helper("王敏").await;
    wang.says(&group, "/fix 应当是别的").await;
    group.hears(town, "请回复我的那条答复");
    wang.replies(&group, &answer, "/fix 您这种情况要走一般注销。").await;
    let withdrawn = group.hears(town, "对不起，刚才答得不准");
    assert_eq!(withdrawn.id, answer.id, "edited in its place");
    group.hears(town, "Q1 王敏答复：\n您这种情况要走一般注销。");
    zhao.private().hears(
        town,
        "清单第 037 条被王敏更正。问的是：简易注销要公示几天？\n更正为：您这种情况要走一般注销。",
    );
    let mut tx = town.db.read().await.unwrap();
    let question = tx
        .question(bangban::domain::asking::question::QuestionId(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(question.state.phase(), "replied");
});

conversation!(
    who_was_told_the_old_text_hears_of_the_new_one_once,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let asked = town.asker("张三").says(&group, "简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天");
        assert_eq!(answer.quote, Some(asked));
        town.asker("李四").says(&group, "变更法定代表人要哪些材料？").await;
        group.hears(town, "新任法定代表人身份证明");
        town.hours_pass(25).await;
        town.list_says("公示 20 天（自然日）", "公示 25 天（自然日）").await;
        town.seconds_pass(5).await;
        let corrected = group.hears(town, "更正：上面那条改了");
        assert!(corrected.text.contains("公示 25 天"), "{}", corrected.text);
        assert_eq!(corrected.quote, Some(answer.id));
        town.seconds_pass(5).await;
        town.list_without("dereg-003").await;
        town.seconds_pass(5).await;
        // The one who was told the first text was told the second too, and now hears that neither holds.
        group.hears(town, "不能用了，别照着办");
        town.seconds_pass(60).await;
    }
);

conversation!(
    who_was_told_a_text_that_ran_out_hears_of_it_once,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.list_says(
            "valid_from: 2022-03-01",
            "valid_from: 2022-03-01\n    valid_until: 2026-11-24",
        )
        .await;
        town.asker("张三").says(&group, "简易注销要公示几天？").await;
        group.hears(town, "公示 20 天");
        town.clock_is_set("2026-11-24T23:00").await;
        town.desk.look_ahead().await.unwrap();
        town.seconds_pass(5).await;
        town.clock_is_set("2026-11-25T01:00").await;
        town.desk.look_ahead().await.unwrap();
        town.seconds_pass(5).await;
        group.hears(town, "不能用了，别照着办");
        town.desk.look_ahead().await.unwrap();
        town.seconds_pass(5).await;
    }
);

conversation!(an_entry_is_adopted_in_other_words, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let wang = town.helper("王敏").await;
    wang.says(&group, "采用 1").await;
    group.hears(town, "请写上条号，例如：采用 1 37");
    wang.says(&group, "采用 1 999").await;
    group.hears(town, "这一条现在不能用了");
    wang.says(&group, "采用 1 37 先按简易注销公示，再谈合并。").await;
    group.hears(town, "Q1 王敏答复：\n先按简易注销公示，再谈合并。");
    let mut tx = town.db.read().await.unwrap();
    let steps = tx
        .steps(bangban::domain::asking::question::QuestionId(1))
        .await
        .unwrap();
    let edited = steps.iter().find(|noted| noted.step.key() == "adopted_edited").unwrap();
    assert_eq!(edited.step.note(), "dereg-003·1");
});

conversation!(a_review_is_said_until_it_is_done, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let guidance = town.guidance_group().await;
    let zhang = town.asker("张三");
    zhang.says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    zhang.says(&group, "解决了").await;
    group.hears(town, "这次满意吗");
    zhang.says(&group, "不满意").await;
    group.hears(town, "5 个工作日内会在群里再问您一次");
    town.seconds_pass(1).await;
    // Nobody who arranges things for the bureau can be told: the city passes it on.
    let told = guidance.hears(town, "魏都分局的管理员联系不上，请市局转告：");
    assert!(
        told.text.contains("Q1") && told.text.contains("被评为“不满意”"),
        "{}",
        told.text
    );
    let zhou = town.reachable("周红").await;
    zhou.says(&zhou.private(), "待办").await;
    let queue = zhou.private().hears(town, "还没回访的差评");
    assert!(queue.text.contains("Q1 请在 11月30日下班前回访"), "{}", queue.text);
    let wang = town.reachable("王敏").await;
    wang.says(&wang.private(), "待办").await;
    wang.private().hears(town, "现在没有待办");
    for day in ["24", "25"] {
        town.clock_is_set(&format!("2026-11-{day}T09:00")).await;
        town.the_round_is_made().await;
        zhou.private().hears(town, "Q1 请在 11月30日下班前回访");
    }
    town.clock_is_set("2026-11-30T09:00").await;
    zhou.private().hears(town, "Q1 的回访要在");
    town.clock_is_set("2026-12-02T09:00").await;
    town.the_round_is_made().await;
    zhou.private().hears(town, "Q1 应在 11月30日前回访，已超时");
    zhou.says(&zhou.private(), "回访 1 已致歉").await;
    zhou.private().hears(town, "Q1 回访已记下");
    town.clock_is_set("2026-12-03T09:00").await;
    town.the_round_is_made().await;
    let round = zhou.private().hears(town, "今后 14 天");
    assert!(!round.text.contains("回访"), "{}", round.text);
});
