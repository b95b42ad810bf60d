//! Drafts of the list: written by one, approved by another, tested before they count (D5, D6 (四(三))).

use bangban::desk::list::issue::{self, LeaveOut, Maker};

use crate::conversation;
use crate::support::town::{MERGER, Someone, Town};

async fn asks_for(town: &Town, who: &Someone<'_>, words: &str) -> String {
    who.says(&who.private(), words).await;
    let said = who.private().latest(town);
    town.all_was_heard();
    said.text
}

/// A whole new entry, written field by field.
async fn writes_merger(town: &Town, zhao: &Someone<'_>) {
    let begun = asks_for(town, zhao, "新条 公司合并怎么登记？").await;
    assert!(
        begun.contains("草稿 1") && begun.contains("还要写：答案、依据"),
        "{begun}"
    );
    for words in [
        "改稿 1 答案 结论：各公司一起到登记机关办。\n材料：\n1. 合并协议\n2. 决议\n时限：1个工作日",
        "改稿 1 依据 《公司法》第二百一十八条",
        "改稿 1 问法 两家公司准备合并成一家，合并登记都要做哪些；公司合并登记；两家公司合成一家",
        "改稿 1 专题 变更",
        "改稿 1 责任 注册科",
        "改稿 1 复核 2027-06-30",
    ] {
        let said = asks_for(town, zhao, words).await;
        assert!(said.contains("记下了"), "{said}");
    }
}

conversation!(a_new_entry_is_written_approved_and_said, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    writes_merger(town, &zhao).await;
    zhao.says(&zhao.private(), "送审 1").await;
    qian.private().hears(town, "赵岩送来草稿 1（新条 公司合并怎么登记？）");
    zhao.private().hears(town, "草稿 1 已送审");
    // Who wrote it does not approve it, nor does an editor.
    assert!(asks_for(town, &zhao, "批准 1").await.contains("由市局审批来做"));
    let shown = asks_for(town, &qian, "草稿 1").await;
    assert!(
        shown.contains("【依据】《公司法》第二百一十八条") && shown.contains("拟稿：赵岩"),
        "{shown}"
    );
    assert!(
        asks_for(town, &qian, "批准 1")
            .await
            .contains("正在用全部条目的自测和评测题检验")
    );
    town.list_is_kept().await;
    qian.private().hears(town, "通过检验，已是第 1 版");
    zhao.private().hears(town, "通过检验，已是第 1 版");
    town.asker("张三").says(&group, MERGER).await;
    let answer = group.hears(town, "各公司一起到登记机关办");
    assert!(answer.text.contains("编号 042"), "{}", answer.text);
    assert!(asks_for(town, &qian, "批准 1").await.contains("已经定了"));
});

conversation!(who_touched_a_text_does_not_approve_it, async |town: &Town| {
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    writes_merger(town, &zhao).await;
    asks_for(town, &qian, "改稿 1 分类 变更/合并").await;
    asks_for(town, &zhao, "送审 1").await;
    assert!(asks_for(town, &qian, "批准 1").await.contains("要请另一位审批来批"));
});

conversation!(a_draft_that_steals_a_question_is_stopped, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    asks_for(town, &zhao, "改 38 应答 换法人都要交啥材料呀").await;
    asks_for(town, &zhao, "改稿 1 复核 2027-06-30").await;
    asks_for(town, &zhao, "送审 1").await;
    asks_for(town, &qian, "批准 1").await;
    town.list_is_kept().await;
    town.all_was_heard();
    writes_thief(town, &zhao).await;
    asks_for(town, &zhao, "送审 2").await;
    asks_for(town, &qian, "批准 2").await;
    town.list_is_kept().await;
    let stopped = zhao.private().hears(town, "草稿 2 没有通过检验，清单没有变");
    assert!(
        stopped
            .text
            .contains("“换法人都要交啥材料呀”应答本条，却被 own-042 抢走"),
        "{}",
        stopped.text
    );
    qian.private().hears(town, "草稿 2 没有通过检验");
    town.asker("张三").says(&group, "换法人要交什么材料？").await;
    group.hears(town, "提交变更登记申请书");
    // Sent back, it can be written on.
    assert!(
        asks_for(town, &zhao, "改稿 2 问法 换了名字的法人")
            .await
            .contains("记下了")
    );
});

async fn writes_thief(town: &Town, zhao: &Someone<'_>) {
    for words in [
        "新条 法人改名字怎么办？",
        "改稿 2 答案 结论：先到派出所办，再来备案。",
        "改稿 2 依据 《户口登记条例》第十八条",
        "改稿 2 问法 换法人都要交啥材料；法人改名",
        "改稿 2 专题 变更",
        "改稿 2 责任 注册科",
        "改稿 2 复核 2027-06-30",
    ] {
        let said = asks_for(town, zhao, words).await;
        assert!(said.contains("记下了"), "{said}");
    }
}

conversation!(an_edit_reaches_those_who_were_told_otherwise, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    town.asker("张三").says(&group, "换法人要交什么材料？").await;
    group.hears(town, "提交变更登记申请书");
    asks_for(town, &zhao, "改 38 答案 结论：提交申请书和新任法定代表人身份证明。").await;
    asks_for(town, &zhao, "改稿 1 复核 2027-06-30").await;
    let shown = asks_for(town, &zhao, "草稿 1").await;
    assert!(
        shown.contains("【答案】原：") && shown.contains("→ 提交申请书和新任"),
        "{shown}"
    );
    asks_for(town, &zhao, "送审 1").await;
    asks_for(town, &qian, "批准 1").await;
    town.list_is_kept().await;
    town.all_was_heard();
    town.seconds_pass(1).await;
    group.hears(town, "更正：上面那条改了");
    // Both revisions stay, and the old one can come back after approval.
    let revisions = asks_for(town, &zhao, "版本 38").await;
    assert!(
        revisions.contains("第 1 版") && revisions.contains("第 2 版 2026-11-23 钱峰"),
        "{revisions}"
    );
    let compared = asks_for(town, &zhao, "对比 38 1 2").await;
    assert!(
        compared.contains("【答案】原：") && compared.contains("【复核】"),
        "{compared}"
    );
    let restored = asks_for(town, &zhao, "恢复 38 1").await;
    assert!(restored.contains("草稿 2"), "{restored}");
    assert!(asks_for(town, &zhao, "改 38 答案 别的").await.contains("已经有草稿 2"));
});

conversation!(a_draft_with_somebodys_number_is_not_handed_in, async |town: &Town| {
    let (zhao, _qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    asks_for(town, &zhao, "改 38 答案 结论：找小王13900009999办。").await;
    asks_for(town, &zhao, "改稿 1 复核 2027-06-30").await;
    let refused = asks_for(town, &zhao, "送审 1").await;
    assert!(
        refused.contains("还不能送审") && refused.contains("找小王［手机号］"),
        "{refused}"
    );
    asks_for(town, &zhao, "改稿 1 答案 结论：打窗口电话 0374-0000001。").await;
    assert!(asks_for(town, &zhao, "送审 1").await.contains("已送审"));
});

conversation!(a_withdrawn_entry_is_said_no_more, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    assert!(asks_for(town, &zhao, "停用 38").await.contains("请写明原因"));
    asks_for(town, &zhao, "停用 38 新规出台").await;
    asks_for(town, &zhao, "送审 1").await;
    assert!(
        asks_for(town, &qian, "退回 1 先等文件")
            .await
            .contains("被钱峰退回：先等文件")
    );
    asks_for(town, &zhao, "送审 1").await;
    asks_for(town, &qian, "批准 1").await;
    town.list_is_kept().await;
    zhao.private().hears(town, "第 038 条停用了");
    town.all_was_heard();
    town.asker("张三").says(&group, "换法人要交什么材料？").await;
    town.seconds_pass(5).await;
    let heard = group.latest(town);
    assert!(!heard.text.contains("变更登记申请书"), "{}", heard.text);
    town.all_was_heard();
    // Files that say what they said do not bring it back.
    town.list_says("公示 20 天", "公示 20 天").await;
    assert!(!asks_for(town, &zhao, "/faq 38").await.contains("变更登记申请书"));
});

conversation!(an_entry_may_wait_for_its_day, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    asks_for(town, &zhao, "改 40 答案 公告 30 天（自然日）。").await;
    asks_for(town, &zhao, "改稿 1 生效 2026-11-25").await;
    asks_for(town, &zhao, "改稿 1 复核 2027-06-30").await;
    asks_for(town, &zhao, "送审 1").await;
    asks_for(town, &qian, "批准 1").await;
    town.list_is_kept().await;
    zhao.private().hears(town, "2026-11-25 起用，在那之前照旧的答");
    town.all_was_heard();
    town.asker("张三").says(&group, "一般注销公告期").await;
    group.hears(town, "公告 45 天");
    town.clock_is_set("2026-11-25T09:00").await;
    town.list_is_kept().await;
    zhao.private().hears(town, "已是第 2 版");
    town.all_was_heard();
    town.asker("李四").says(&group, "一般注销公告期").await;
    let answer = group.latest(town);
    assert!(answer.text.contains("公告 30 天"), "{}", answer.text);
    town.all_was_heard();
});

conversation!(a_value_is_filled_for_one_bureau, async |town: &Town| {
    let (weidu, yuzhou) = (town.help_group("魏都分局").await, town.help_group("禹州市局").await);
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    assert!(asks_for(town, &zhao, "填 platform.web 网址").await.contains("请这样写"));
    asks_for(town, &zhao, "填 魏都分局 platform.url https://example.cn").await;
    asks_for(town, &zhao, "送审 1").await;
    asks_for(town, &qian, "批准 1").await;
    town.list_is_kept().await;
    zhao.private().hears(
        town,
        "填 魏都分局 platform.url：https://example.cn。用到它的条目现在能直接答了",
    );
    town.all_was_heard();
    town.asker("张三").says(&weidu, "平台账号去哪注册？").await;
    weidu.hears(town, "打开 https://example.cn，点“注册”");
    town.asker("李四").says(&yuzhou, "平台账号去哪注册？").await;
    town.seconds_pass(5).await;
    let heard = yuzhou.latest(town);
    assert!(!heard.text.contains("example.cn"), "{}", heard.text);
    town.all_was_heard();
});

conversation!(what_nobody_filled_in_is_left_out_and_named, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let (zhao, qian) = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    let answer = "改 37 答案 结论：公示 20 天（自然日）。\n费用：{{post.rule}}";
    asks_for(town, &zhao, answer).await;
    asks_for(town, &zhao, "改稿 1 复核 2027-03-31").await;
    asks_for(town, &zhao, "送审 1").await;
    asks_for(town, &qian, "批准 1").await;
    town.list_is_kept().await;
    town.all_was_heard();
    let zhang = town.asker("张三");
    zhang.says(&group, "简易注销公示期").await;
    let answer = group.latest(town);
    assert!(
        answer.text.contains("公示 20 天") && !answer.text.contains("post.rule"),
        "{}",
        answer.text
    );
    assert!(
        answer.text.contains("“费用”我还没有准信：请打窗口电话 0374-"),
        "{}",
        answer.text
    );
    town.all_was_heard();
    // The printed list says what is sure as well.
    let config = &town.desk.config;
    let frozen = issue::freeze(
        &town.db,
        config,
        &town.clock,
        Maker::Operator("operator"),
        LeaveOut::Unfilled,
    );
    let frozen = frozen.await.unwrap().unwrap();
    let printed = frozen.edition.items.iter().find(|item| item.no == 37).unwrap();
    assert_eq!(
        printed.lines,
        ["公示 20 天（自然日）。", "“费用”请打附表里的窗口电话问。"]
    );
    assert!(frozen.left_out.iter().any(|left| left.names == ["post.rule"]));
    assert!(
        frozen.edition.items.iter().all(|item| item.no != 39),
        "a conclusion with a hole"
    );
    // The rest is handed over when it is wanted.
    zhang.says(&group, "转人工").await;
    group.hears(town, "请 王敏（魏都分局窗口");
    town.all_was_heard();
});

conversation!(
    what_rests_on_a_changed_ground_waits_for_its_keeper,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let zhao = town.reachable("赵岩").await;
        assert!(town.desk.event("不相干的文件").await.unwrap().is_empty());
        let frozen = town.desk.event("《中华人民共和国市场主体登记管理条例》").await.unwrap();
        assert_eq!(frozen.len(), 2, "{frozen:?}");
        town.desk.refresh().await.unwrap();
        town.deliver().await;
        let told = zhao.private().hears(town, "这些条目先停下来，问到就转人工");
        assert!(told.text.contains("第 038 条"), "{}", told.text);
        town.asker("张三").says(&group, "换法人要交什么材料？").await;
        town.seconds_pass(5).await;
        let heard = group.latest(town);
        assert!(heard.text.contains("正在核对"), "{}", heard.text);
        town.all_was_heard();
        assert!(asks_for(town, &zhao, "解冻 38").await.contains("又照它答了"));
        town.desk.refresh().await.unwrap();
        town.asker("李四").says(&group, "换法人要交什么材料？").await;
        group.hears(town, "提交变更登记申请书");
        town.hours_pass(5 * 24 + 1).await;
        town.all_was_heard();
        town.the_round_is_made().await;
        let heard = zhao.private().latest(town);
        assert!(
            heard.text.contains("清单一周提醒") && heard.text.contains("口径更新中 1 条"),
            "{}",
            heard.text
        );
        town.all_was_heard();
    }
);
