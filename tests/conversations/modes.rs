//! How the bot may speak (`/mode`), and people's own data.

use bangban::store::audit::Chain;

use crate::conversation;
use crate::support::town::{MERGER, Town};

const SURE: &str = "简易注销要公示几天？";

conversation!(a_bureau_says_how_the_bot_may_speak_in_its_group, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhou = town.helper("周红").await;
    let zhang = town.asker("张三");
    zhang.says(&group, "/mode 旁听").await;
    group.hears(town, "方式由管理员或本单位管理员来定");
    town.helper("沈洁").await.says(&group, "/mode 旁听").await;
    group.hears(town, "方式由管理员或本单位管理员来定");
    zhou.says(&group, "/mode").await;
    group.hears(town, "本群方式：自动（有问就答）");
    zhou.says(&group, "/mode 旁听").await;
    group.hears(town, "本群方式：旁听");
    zhang.says(&group, SURE).await;
    town.seconds_pass(10).await;
    zhang.says(&group, "转人工").await;
    group.hears(town, "请 王敏");
    zhang.says(&group, "撤回").await;
    group.hears(town, "已撤回");
    zhou.says(&group, "/mode 被@才答").await;
    group.hears(town, "有人@我才答");
    zhang.says(&group, SURE).await;
    town.seconds_pass(10).await;
    zhang.tells_bot(&group, SURE).await;
    group.hears(town, "公示 20 天");
    zhou.says(&group, "/mode 安静").await;
    group.hears(town, "请在群里这样写：/mode");
    let mut tx = town.db.read().await.unwrap();
    let mut done = Vec::new();
    let chain = tx.audit_chain(|row| done.push(row.action.clone())).await.unwrap();
    let [set, refused] = ["mode", "refused"].map(|action| done.iter().filter(|done| *done == action).count());
    assert!(matches!(chain, Chain::Whole { .. }), "{chain:?}");
    assert_eq!((set, refused), (2, 2), "{done:?}");
});

conversation!(a_proposal_is_whispered_to_the_helper_on_duty, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    let zhou = town.helper("周红").await;
    zhou.says(&group, "/mode 提议 示例").await;
    group.hears(town, "示例：提议");
    town.asker("张三").says(&group, SURE).await;
    town.seconds_pass(5).await;
    let line = group.hears(town, "Q1");
    assert!(!line.text.contains("公示 20 天"), "{}", line.text);
    let card = wang.private().hears(town, "Q1 待认领");
    // The whole answer that the button sends, not its title alone.
    assert!(
        card.text.contains("公示 20 天（自然日）。\n时限：公示期满后") && card.text.contains("编号 037"),
        "{}",
        card.text
    );
    wang.presses(&wang.private(), "采用此答复").await;
    wang.sees("好的");
    let answer = group.hears(town, "公示 20 天");
    assert!(answer.text.contains("王敏答复"), "{}", answer.text);
    wang.private().hears(town, "已转告提问人");
    town.asker("李四").says(&group, "变更法定代表人要哪些材料？").await;
    group.hears(town, "新任法定代表人身份证明");
});

conversation!(what_most_people_ask_is_counted_by_people, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "/hot").await;
    group.hears(town, "这一周还没有问得多的问题");
    for name in ["张三", "李四", "张三"] {
        town.asker(name).says(&group, SURE).await;
        group.hears(town, "");
        town.asker(name).says(&group, "撤回").await;
        group.hears(town, "已撤回");
    }
    // By then 张三 has been answered often enough for one minute.
    town.minutes_pass(1).await;
    town.asker("张三").says(&group, "/hot").await;
    group.hears(town, "37 简易注销要公示多少天？（2 人）");
});

conversation!(people_see_and_erase_what_is_kept_of_them, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    let private = zhang.private();
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    zhang.says(&group, "/mydata").await;
    group.hears(town, "这个只给您本人看");
    zhang.says(&private, "/mydata").await;
    let kept = private.hears(town, "我存着您的：1 个问题");
    assert!(kept.text.contains("合并"), "{}", kept.text);
    zhang.says(&private, "/forget").await;
    private.hears(town, "您还有在办的 Q1");
    zhang.says(&group, "撤回").await;
    group.hears(town, "已撤回");
    zhang.says(&private, "/forget").await;
    private.hears(town, "确定请发：/forget 确认");
    zhang.says(&private, "/forget 确认").await;
    private.hears(town, "已删除：1 个问题的原文和称呼");
    zhang.says(&private, "/mydata").await;
    assert!(!private.hears(town, "我存着您的").text.contains("合并"));
});

/// Everything the outbox holds, as text.
async fn owed(town: &Town) -> String {
    use sqlx::Row as _;
    const ALL: &str =
        "SELECT channel || chat || lane || COALESCE(message_id, '') || body || COALESCE(error, '') FROM outbox";
    macro_rules! read {
        ($connection:ty) => {{
            let mut database = <$connection as sqlx::Connection>::connect(&town.url).await.unwrap();
            let rows = sqlx::query(ALL).fetch_all(&mut database).await.unwrap();
            rows.iter()
                .map(|row| row.get::<String, _>(0))
                .collect::<Vec<_>>()
                .join("\n")
        }};
    }
    match town.url.starts_with("sqlite") {
        true => read!(sqlx::SqliteConnection),
        false => read!(sqlx::PgConnection),
    }
}

conversation!(whoever_is_forgotten_is_gone_from_the_outbox, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    let zhang = town.asker("张三");
    let private = zhang.private();
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "两家公司");
    zhang.says(&group, "/mine").await;
    group.hears(town, "合并");
    zhang.says(&private, "简易注销要公示几天？").await;
    private.hears(town, "公示 20 天");
    zhang.says(&private, "/mydata").await;
    private.hears(town, "合并");
    zhang.presses(&group, "认领").await;
    zhang.sees("认领、答复要由帮办员来做");
    zhang.says(&group, "撤回").await;
    group.hears(town, "已撤回");
    wang.private().hears(town, "不用再办");
    assert!(owed(town).await.contains("合并"));
    zhang.says(&private, "/forget 确认").await;
    private.hears(town, "已删除");
    town.hours_pass(2).await;
    town.desk.tidy().await.unwrap();
    let left = owed(town).await;
    for theirs in ["张三", "合并", "公示 20 天"] {
        assert!(!left.contains(theirs), "{theirs}: {left}");
    }
});

conversation!(
    an_identity_number_is_not_kept_and_its_sender_is_asked_to_delete_it,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhang = town.asker("张三");
        zhang.says(&group, "我的身份证号11010519491231002X，记一下").await;
        group.hears(town, "请长按它撤回");
        zhang
            .says(&group, "简易注销要公示几天？我身份证11010519491231002X")
            .await;
        group.hears(town, "请长按它撤回");
        group.hears(town, "公示 20 天");
        assert_eq!(town.deleted().len(), 2);
        zhang.says(&group, "电话13912345678，记一下").await;
        let mut tx = town.db.read().await.unwrap();
        let question = tx
            .question(bangban::domain::asking::question::QuestionId(1))
            .await
            .unwrap()
            .unwrap();
        assert!(!question.text.as_str().contains("19491231"), "{}", question.text);
    }
);

conversation!(
    a_helper_is_told_in_private_why_the_bot_answered_so,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.reachable("王敏").await;
        town.asker("张三").says(&group, SURE).await;
        let answer = group.hears(town, "公示 20 天");
        town.asker("张三").replies(&group, &answer, "/why").await;
        group.hears(town, "这个命令给帮办员用");
        wang.replies(&group, &answer, "/why").await;
        let why = wang.private().hears(town, "有把握，直接答");
        assert!(
            why.text.contains("第 037 条") && why.text.contains("对上的词："),
            "{}",
            why.text
        );
        wang.says(&wang.private(), &format!("/why {MERGER}")).await;
        wang.private().hears(town, "转人工");
    }
);
