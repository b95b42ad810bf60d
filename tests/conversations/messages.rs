//! Whose words a message holds, whatever it looks like: forwarded, changed, quoted, in several pictures.

use crate::conversation;
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
    group.hears(town, "Q1 由王敏");
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
        ("认领 1", "Q1 由王敏"),
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
