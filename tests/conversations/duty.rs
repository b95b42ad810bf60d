//! Duty changes asked for in chat, the daily look ahead, the queue (许工商〔2018〕103号, D3 (四(三)), D12 (附件注)).

use crate::conversation;
use crate::support::town::{MERGER, Town};

conversation!(a_swap_needs_the_colleagues_yes, async |town: &Town| {
    let wang = town.reachable("王敏").await;
    let group = town.help_group("魏都分局").await;
    wang.says(&wang.private(), "/swap 明天 李强").await;
    wang.private().hears(town, "李强没有私聊过我");
    let li = town.reachable("李强").await;
    wang.says(&wang.private(), "/swap 明天").await;
    wang.private().hears(town, "请这样写：/swap");
    wang.says(&wang.private(), "/swap 明天 李强").await;
    wang.private().hears(town, "已问李强");
    let asked = li.private().hears(town, "王敏想和您换班：您代王敏 11月24日");
    let number = asked
        .text
        .rsplit("同意 ")
        .next()
        .unwrap()
        .trim_end_matches("”。")
        .to_owned();
    let zhou = town.reachable("周红").await;
    zhou.says(&zhou.private(), &format!("/swap 同意 {number}")).await;
    zhou.private().hears(town, "不是问您的");
    li.says(&li.private(), &format!("/swap 同意 {number}")).await;
    li.private().hears(town, "换班定了：李强代王敏 11月24日");
    wang.private().hears(town, "换班定了");
    zhou.private().hears(town, "换班定了");
    town.desk.refresh().await.unwrap();
    town.clock_is_set("2026-11-24T10:00").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 李强");
    li.private().hears(town, "Q1 待认领");
});

conversation!(leave_with_a_cover_can_be_taken_back, async |town: &Town| {
    let wang = town.reachable("王敏").await;
    let zhou = town.reachable("周红").await;
    let li = town.reachable("李强").await;
    wang.says(&wang.private(), "/leave 明天 李强").await;
    wang.private().hears(town, "11月24日请假，由李强代班");
    zhou.private().hears(town, "王敏 11月24日请假，由李强代班");
    li.private().hears(town, "由李强代班");
    town.desk.refresh().await.unwrap();
    wang.says(&wang.private(), "/leave").await;
    let own = wang.private().hears(town, "您的请假");
    let number = own.text.lines().nth(1).unwrap().split('.').next().unwrap().to_owned();
    wang.says(&wang.private(), &format!("/leave 取消 {number}")).await;
    wang.private().hears(town, "请假已取消");
    town.asker("张三")
        .says(&town.asker("张三").private(), "/leave 明天")
        .await;
    town.asker("张三").private().hears(town, "这个命令给帮办员用");
});

conversation!(the_next_fourteen_days_are_told_once_a_day, async |town: &Town| {
    let shen = town.reachable("沈洁").await;
    town.desk.look_ahead().await.unwrap();
    town.deliver().await;
    let told = shen.private().hears(town, "长葛市局 今后 14 天");
    assert!(
        told.text.contains("人手不足：窗口帮办员 2 人，应不少于 4 人"),
        "{}",
        told.text
    );
    town.desk.look_ahead().await.unwrap();
    town.deliver().await;
    town.is_away("杨帆", 24 * 60, 24 * 60).await;
    town.clock_is_set("2026-11-24T08:31").await;
    town.desk.look_ahead().await.unwrap();
    town.deliver().await;
    let told = shen.private().hears(town, "没人值班：11月24日 14:30–17:30");
    assert!(!told.text.contains("11月25日"), "{}", told.text);
});

conversation!(the_queue_shows_own_questions_first, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    wang.says(&group, "/queue").await;
    wang.private().hears(town, "现在没有待办");
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "Q1");
    wang.private().hears(town, "Q1 待认领");
    town.asker("李四").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "Q2");
    wang.private().hears(town, "Q2 待认领");
    wang.says(&group, "认领 2").await;
    group.hears(town, "Q2 由王敏");
    wang.says(&group, "待办").await;
    wang.says(&wang.private(), "待办").await;
    let queue = wang.private().hears(town, "待办，您的在前");
    let (own, other) = (queue.text.find("Q2").unwrap(), queue.text.find("Q1").unwrap());
    assert!(own < other, "{}", queue.text);
    assert!(
        queue.text.contains("10:30前") && queue.text.contains("10:10前"),
        "{}",
        queue.text
    );
    let _ = group;
});

conversation!(nobody_is_called_outside_duty_time, async |town: &Town| {
    let group = town.help_group("长葛市局").await;
    let shen = town.reachable("沈洁").await;
    let yang = town.reachable("杨帆").await;
    town.clock_is_set("2026-11-24T20:00").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let said = group.hears(
        town,
        "现在不在值班时间，沈洁（长葛市局窗口，0374-0000031） 明天 8:30 起答复您",
    );
    assert_eq!(said.buttons.len(), 1);
    town.clock_is_set("2026-11-25T08:29").await;
    town.clock_is_set("2026-11-25T08:30").await;
    shen.private().hears(town, "Q1 待认领");
    town.clock_is_set("2026-11-25T08:33").await;
    group.hears(town, "Q1 还没人认领，请 沈洁 看一下");
    shen.private().hears(town, "Q1 还没人认领");
    let _ = yang;
});

conversation!(what_nobody_claimed_is_told_again_the_next_day, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.minutes_pass(31).await;
    group.hears(town, "让您久等了");
    let zhou = town.reachable("周红").await;
    town.clock_is_set("2026-11-24T09:00").await;
    town.desk.look_ahead().await.unwrap();
    town.deliver().await;
    zhou.private().hears(town, "魏都分局 一直没人认领：Q1。请今天安排人接");
});
