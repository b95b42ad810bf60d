//! 一次性告知 (许工商〔2018〕103号, D25 (三(四)1)): everything that is missing in one message.

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(
    everything_is_told_at_once_and_a_second_time_is_flagged,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhou = town.reachable("周红").await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        let wang = town.helper("王敏").await;
        wang.says(&group, "告知").await;
        let list = group.hears(town, "常见补正");
        assert!(list.text.contains("1. 有人还没有签名"), "{}", list.text);
        wang.says(&group, "告知 1 9").await;
        group.hears(town, "补正清单里没有第 9 条");
        wang.says(&group, "告知 1 1 3 另：法人身份证反面没传").await;
        let told = group.hears(town, "一共 3 处要改，改好一起交");
        assert!(
            told.text.contains("1. 有人还没有签名。请没签的人签好后再提交。")
                && told.text.contains("3. 法人身份证反面没传"),
            "{}",
            told.text
        );
        wang.says(&group, "告知 1 3").await;
        group.hears(town, "一共 1 处要改，改好一起交");
        zhou.private().hears(town, "Q1 由王敏第二次告知补正");
    }
);
