//! Duty changes asked for in chat, the daily look ahead, the queue (许工商〔2018〕103号, D3 (四(三)), D12 (附件注)).

use crate::conversation;
use crate::support::town::{MERGER, Town};

/// A station of 魏都分局 with a morning of its own, behind this line of the roster.
const GUIDE: &str = "          - {name: 马引, mobile: \"13900000019\", of: 示例银行}\n";
const STATION: &str = "      - name: 南关工商所
        kind: station
        helpers:
          - {name: 许宁, mobile: \"13900000015\", landline: \"0374-0000015\"}
          - {name: 钱进, mobile: \"13900000016\", landline: \"0374-0000016\"}
        duty:
          - {days: [mon, tue, wed, thu, fri], from: \"08:30\", to: \"12:00\", helpers: [许宁, 钱进]}
";

conversation!(
    a_station_answers_its_own_people_while_it_is_there,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        town.roster_adds(GUIDE, STATION).await;
        let at_station = format!("我的店在南关，{MERGER}");
        town.asker("张三").says(&group, &at_station).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 许宁（魏都分局南关工商所，0374-0000015）");
        town.asker("李四").says(&group, &at_station).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 钱进");
        town.asker("赵六").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        town.asker("周七").says(&group, "南关的店，简易注销要公示几天？").await;
        let answer = group.hears(town, "公示 20 天");
        assert!(
            answer.text.contains("有事找许宁（魏都分局南关工商所"),
            "{}",
            answer.text
        );
        town.asker("周七").says(&group, "/duty").await;
        let duty = group.hears(town, "魏都分局现在值班：王敏");
        assert!(
            duty.text.contains("南关工商所 11月23日 8:30–12:00：许宁、钱进"),
            "{}",
            duty.text
        );
        town.helper("许宁").await.says(&group, "认领 1").await;
        group.hears(town, "Q1 许宁（");
        town.helper("钱进").await.says(&group, "认领 2").await;
        group.hears(town, "Q2 钱进（");
        town.helper("王敏").await.says(&group, "认领 3").await;
        group.hears(town, "Q3 王敏（");
    }
);

conversation!(when_a_station_goes_the_bureau_has_its_questions, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.roster_adds(GUIDE, STATION).await;
    town.clock_is_set("2026-11-23T11:59").await;
    town.asker("张三")
        .says(&group, &format!("我的店在南关，{MERGER}"))
        .await;
    town.seconds_pass(5).await;
    group.hears(town, "请 许宁");
    town.minutes_pass(3).await;
    group.hears(town, "Q1 还没人认领，请 王敏（魏都分局窗口，0374-0000011） 看一下");
    town.asker("李四").says(&group, &format!("南关的，{MERGER}")).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.asker("李四").says(&group, "/duty").await;
    let duty = group.hears(town, "魏都分局现在值班：王敏");
    assert!(!duty.text.contains("南关"), "over for today: {}", duty.text);
});

conversation!(leave_of_a_roster_file_counts_like_leave_of_chat, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let zhou = town.reachable("周红").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let wang = town.reachable("王敏").await;
    wang.says(&group, "认领 1").await;
    group.hears(town, "Q1 王敏（");
    zhou.says(&zhou.private(), "/leave 11-25").await;
    zhou.private().hears(town, "11月25日请假");
    let duty = "      - {days: all, from: \"00:00\", to: \"24:00\", helpers: [王敏]}\n";
    let leave = "    leave: [{helper: 王敏, from: 2026-11-23 10:10, until: 2026-11-24, cover: 李强}]\n";
    town.roster_adds(duty, leave).await;
    town.minutes_pass(9).await;
    town.minutes_pass(2).await;
    group.hears(town, "Q1 原来的帮办员不在岗了，请 李强");
    // The same file again doubles nothing; one without leave takes back what it gave, not what chat gave.
    town.roster_adds(duty, leave).await;
    let counted = |town: &Town| {
        let changes = town.desk.roster().changes.clone();
        (changes.leaves.len(), changes.covers.len())
    };
    assert_eq!(counted(town), (2, 1));
    town.roster_adds(duty, "    leave: [{helper: 周红, from: 2026-11-25, until: 2026-11-25}, {helper: 李强, from: 2026-11-20, until: 2026-11-22}]\n")
        .await;
    assert_eq!(counted(town), (1, 0), "chat's is there already, the other is over");
    assert!(!town.desk.roster().changes.leaves[0].from_file);
    town.roster_adds(duty, "").await;
    assert_eq!(counted(town), (1, 0));
    town.asker("李四").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "Q2 待认领");
});

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
    li.private().hears(town, "王敏 11月24日不请假了，李强不用代班");
    zhou.private().hears(town, "王敏 11月24日不请假了");
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
    group.hears(town, "Q2 王敏（");
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
    let said = group.hears(town, "现在下班了，沈洁（长葛市局窗口，0374-0000031） 明天 8:30 答您");
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

conversation!(leave_of_the_same_day_gives_back_at_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let li = town.reachable("李强").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    li.says(&group, "认领 1").await;
    group.hears(town, "Q1 李强（");
    town.asker("李四").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    li.says(&group, "答复 2 先签合并协议。").await;
    let answer = group.hears(town, "Q2 李强答复");
    li.says(&li.private(), "/leave 今天").await;
    group.hears(town, "Q1 原来的帮办员不在岗了，请 王敏");
    li.private()
        .hears(town, "已记下（编号 1）：11月23日请假。还没答的 Q1 已转给值班的人。");
    li.says(&li.private(), "/leave 今天").await;
    li.private().hears(town, "这段时间已经请过假了（编号 1）：11月23日");
    town.desk.refresh().await.unwrap();
    // What was answered stays answered; who goes on is helped by somebody who is there.
    town.asker("李四").replies(&group, &answer, "协议要公证吗？").await;
    group.hears(town, "Q2 原来的帮办员不在岗了，请 王敏");
});

conversation!(leave_of_a_file_read_during_it_gives_back_too, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.helper("李强").await.says(&group, "认领 1").await;
    group.hears(town, "Q1 李强（");
    town.minutes_pass(1).await;
    let duty = "      - {days: all, from: \"00:00\", to: \"24:00\", helpers: [王敏]}\n";
    let leave = "    leave: [{helper: 李强, from: 2026-11-23, until: 2026-11-24}]\n";
    town.roster_adds(duty, leave).await;
    town.seconds_pass(1).await;
    group.hears(town, "Q1 原来的帮办员不在岗了，请 王敏");
    // Who claims while on leave wants to, also when the file is read again.
    town.helper("李强").await.says(&group, "认领 1").await;
    group.hears(town, "Q1 李强（");
    town.minutes_pass(1).await;
    town.roster_adds(duty, leave).await;
    town.minutes_pass(1).await;
});

conversation!(a_day_that_is_over_is_not_noted, async |town: &Town| {
    let wang = town.reachable("王敏").await;
    let li = town.reachable("李强").await;
    town.clock_is_set("2026-11-29T15:00").await;
    wang.says(&wang.private(), "/leave 11-27").await;
    let told = wang.private().hears(town, "11月27日已经过了，没有记");
    assert!(told.text.contains("2027-11-27"), "{}", told.text);
    wang.says(&wang.private(), "/leave 今天上午").await;
    wang.private().hears(town, "这段时间已经过了，没有记");
    wang.says(&wang.private(), "/swap 11-27 李强").await;
    wang.private().hears(town, "11月27日已经过了");
    wang.says(&wang.private(), "/leave").await;
    wang.private().hears(town, "您没有要休的假");
    wang.says(&wang.private(), "/leave 1-4").await;
    wang.private().hears(town, "2027年1月4日请假");
    wang.says(&wang.private(), "/leave 2027-11-27").await;
    wang.private().hears(town, "2027年11月27日请假");
    let _ = li;
});

conversation!(an_administrator_notes_leave_of_others, async |town: &Town| {
    let zhou = town.reachable("周红").await;
    let wang = town.reachable("王敏").await;
    let li = town.reachable("李强").await;
    zhou.says(&zhou.private(), "/leave 11-25 王敏").await;
    let asked = zhou.private().hears(town, "是王敏请假，还是王敏替您代班？");
    assert!(asked.text.contains("/leave 王敏 11-25；"), "{}", asked.text);
    assert!(asked.text.ends_with("/leave 11-25 由王敏代"), "{}", asked.text);
    zhou.says(&zhou.private(), "/leave 王敏 11-25 李强").await;
    zhou.private()
        .hears(town, "已记下（编号 1）：王敏 11月25日请假，由李强代班");
    wang.private().hears(town, "王敏 11月25日请假，由李强代班");
    li.private().hears(town, "王敏 11月25日请假，由李强代班");
    zhou.says(&zhou.private(), "/leave 11-25 由王敏代").await;
    zhou.private().hears(town, "11月25日请假，由王敏代班");
    wang.private().hears(town, "周红 11月25日请假，由王敏代班");
    li.says(&li.private(), "/leave 王敏 11-26").await;
    li.private().hears(town, "替别人记请假，要本单位管理员来");
    zhou.says(&zhou.private(), "/leave 孙丽 11-26").await;
    zhou.private().hears(town, "替别人记请假，要本单位管理员来");
    zhou.says(&zhou.private(), "/leave 取消 1").await;
    zhou.private().hears(town, "编号 1 的请假已取消");
    wang.private().hears(town, "王敏 11月25日不请假了，李强不用代班");
    li.private().hears(town, "李强不用代班");
});

conversation!(an_administrator_who_stands_in_hears_once, async |town: &Town| {
    let zhou = town.reachable("周红").await;
    let wang = town.reachable("王敏").await;
    wang.says(&wang.private(), "/leave 明天 周红").await;
    wang.private().hears(town, "由周红代班");
    zhou.private().hears(town, "王敏 11月24日请假，由周红代班");
    wang.says(&wang.private(), "/leave 取消 1").await;
    wang.private().hears(town, "请假已取消");
    zhou.private().hears(town, "周红不用代班");
});

conversation!(a_swap_is_agreed_to_by_button, async |town: &Town| {
    let wang = town.reachable("王敏").await;
    let li = town.reachable("李强").await;
    wang.says(&wang.private(), "/swap 明天 李强").await;
    wang.private().hears(town, "已问李强");
    li.private().hears(town, "王敏想和您换班：您代王敏 11月24日");
    li.presses(&li.private(), "同意换班").await;
    li.sees("好的");
    li.private().hears(town, "换班定了：李强代王敏 11月24日");
    wang.private().hears(town, "换班定了");
    li.presses(&li.private(), "不换").await;
    li.sees("好的");
    li.private().hears(town, "没有编号 1 的换班");
});
