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
