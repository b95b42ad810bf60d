//! One account that makes the bot talk: so much a minute, then one short word, then nothing; what is asked is answered.

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(who_plays_is_answered_for_a_while_and_told_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    for _ in 0..5 {
        zhang.says(&group, "/help").await;
        group.hears(town, "答企业登记的问题");
    }
    zhang.says(&group, "/duty").await;
    group.hears(town, "我先去答别人的");
    for words in [
        "/help",
        "/duty",
        "/contacts",
        "/faq 注销",
        "/hot",
        "/mine",
        "/bind 魏都分局",
        "认领 1",
    ] {
        zhang.says(&group, words).await;
    }
    // Somebody else is answered as ever, and so is a question.
    town.asker("李四").says(&group, "/help").await;
    group.hears(town, "答企业登记的问题");
    zhang.says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    town.minutes_pass(1).await;
    zhang.says(&group, "/help").await;
    group.hears(town, "答企业登记的问题");
});

conversation!(what_is_asked_behind_the_noise_is_handed_over, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    for _ in 0..5 {
        zhang.says(&group, "/help").await;
        group.hears(town, "答企业登记的问题");
    }
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let li = town.helper("李强").await;
    for _ in 0..8 {
        li.says(&group, "/duty").await;
        group.hears(town, "现在值班");
    }
    li.says(&group, "认领 1").await;
    group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
});
