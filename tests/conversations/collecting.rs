//! From what people keep asking to candidates (许工商〔2018〕103号, D5 (四(三))), and replies that contradict each other.

use crate::conversation;
use crate::support::town::{Group, MERGER, Someone, Town};

/// Three people ask about a merger in two bureaus; nobody minds what the groups heard.
async fn three_ask(town: &Town) -> (Group, Group) {
    let weidu = town.help_group("魏都分局").await;
    let yuzhou = town.help_group("禹州市局").await;
    town.asker("张三").says(&weidu, MERGER).await;
    town.asker("李四")
        .says(&weidu, "两家公司想合并成一家，合并登记怎么办？")
        .await;
    town.asker("王五")
        .says(&yuzhou, "我们两家公司要合并成一家，合并登记要做哪些？")
        .await;
    town.seconds_pass(5).await;
    town.list_is_kept().await;
    (weidu, yuzhou)
}

async fn asks_for(town: &Town, who: &Someone<'_>, words: &str) -> String {
    who.says(&who.private(), words).await;
    let said = who.private().latest(town);
    town.all_was_heard();
    said.text
}

conversation!(three_who_ask_the_same_make_a_candidate, async |town: &Town| {
    let zhao = town.reachable("赵岩").await;
    three_ask(town).await;
    // Chatter and what the list answers make none.
    let group = town.help_group("魏都分局").await;
    for name in ["赵六", "钱七", "孙八"] {
        town.asker(name).says(&group, "简易注销要公示几天？").await;
        town.asker(name).says(&group, "收到，谢谢老师").await;
    }
    town.list_is_kept().await;
    town.all_was_heard();
    town.the_round_is_made().await;
    let note = zhao.private().hears(town, "这些问题问的人多，清单里还没有");
    assert!(
        note.text.contains("合并") && note.text.contains("3 人问，新出现"),
        "{}",
        note.text
    );
    assert!(!note.text.contains("简易注销"), "{}", note.text);
    // Told once.
    town.the_round_is_made().await;
    let seen = asks_for(town, &zhao, "候选 1").await;
    for part in [
        "3 人问了 3 次",
        "魏都分局、禹州市局",
        "清单里没有，转人工 2",
        "收录 1（新条）",
        "（Q1）",
    ] {
        assert!(seen.contains(part), "{part} not in {seen}");
    }
});

conversation!(what_few_asked_is_found_by_words, async |town: &Town| {
    let zhao = town.reachable("赵岩").await;
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "商标注册证丢了去哪里补？").await;
    town.seconds_pass(5).await;
    town.list_is_kept().await;
    town.all_was_heard();
    assert!(asks_for(town, &zhao, "候选").await.contains("眼下没有要处理的"));
    let found = asks_for(town, &zhao, "候选 商标").await;
    assert!(found.contains("商标注册证丢了") && found.contains("1 人问"), "{found}");
    assert!(
        asks_for(town, &zhao, "候选 专利")
            .await
            .contains("没有问到“专利”的候选")
    );
});

conversation!(curators_merge_split_rename_and_dismiss, async |town: &Town| {
    let zhao = town.reachable("赵岩").await;
    three_ask(town).await;
    town.all_was_heard();
    let renamed = asks_for(town, &zhao, "改名 1 公司合并怎么登记").await;
    assert!(renamed.contains("公司合并怎么登记"), "{renamed}");
    let split = asks_for(town, &zhao, "拆出 1 Q3").await;
    assert!(split.contains("1 个问题从候选 1 拆到了候选 2"), "{split}");
    let left = asks_for(town, &zhao, "候选 1").await;
    assert!(
        left.contains("2 人问了 2 次") && left.contains("公司合并怎么登记"),
        "{left}"
    );
    // What is asked next goes by what the curator decided.
    let merged = asks_for(town, &zhao, "合并 1 2").await;
    assert!(merged.contains("候选 2 的 1 个问题并到候选 1"), "{merged}");
    let whole = asks_for(town, &zhao, "候选 1").await;
    assert!(whole.contains("3 人问了 3 次"), "{whole}");
    assert!(asks_for(town, &zhao, "候选 2").await.contains("没有候选 2"));
    assert!(asks_for(town, &zhao, "不收 1").await.contains("请写明原因"));
    assert!(
        asks_for(town, &zhao, "不收 1 合并归注册科当面办")
            .await
            .contains("不收了")
    );
    let closed = asks_for(town, &zhao, "收录 1").await;
    assert!(closed.contains("不收：合并归注册科当面办"), "{closed}");
    assert!(!asks_for(town, &zhao, "/candidates").await.contains("公司合并"));
});

conversation!(only_keepers_of_the_list_see_candidates, async |town: &Town| {
    let wang = town.reachable("王敏").await;
    three_ask(town).await;
    town.all_was_heard();
    wang.says(&wang.private(), "/candidates").await;
    wang.private().hears(town, "这件事由市局编辑、审批来做");
    // For everybody else the words are a question like any other.
    wang.says(&wang.private(), "批准 1").await;
    let heard = wang.private().latest(town);
    assert!(!heard.text.contains("草稿"), "{}", heard.text);
    town.all_was_heard();
});

conversation!(replies_that_contradict_each_other_are_a_dispute, async |town: &Town| {
    let guidance = town.guidance_group().await;
    let zhao = town.reachable("赵岩").await;
    let (weidu, yuzhou) = three_ask(town).await;
    let (wang, sun) = (town.helper("王敏").await, town.helper("孙丽").await);
    wang.says(&weidu, "认领 1").await;
    wang.says(&weidu, "答复 1 合并登记审核要3个工作日。").await;
    sun.says(&yuzhou, "认领 3").await;
    sun.says(&yuzhou, "答复 3 合并登记审核要10个工作日。").await;
    town.all_was_heard();
    town.the_round_is_made().await;
    let case = guidance.hears(town, "口径不一致");
    for part in ["时限", "Q1 答“3个工作日”", "Q3 答“10个工作日”"] {
        assert!(case.text.contains(part), "{part} not in {}", case.text);
    }
    town.all_was_heard();
    // Once.
    town.the_round_is_made().await;
    assert!(asks_for(town, &zhao, "候选").await.contains("口径不一致"));
    assert!(asks_for(town, &zhao, "口径 1").await.contains("请把结论写在后面"));
    assert!(
        asks_for(town, &zhao, "口径 1 一律3个工作日")
            .await
            .contains("口径 1 已定")
    );
    assert!(!asks_for(town, &zhao, "候选").await.contains("口径不一致"));
    town.the_round_is_made().await;
});

conversation!(what_an_asker_had_erased_is_in_no_candidate, async |town: &Town| {
    let zhao = town.reachable("赵岩").await;
    let (weidu, _) = three_ask(town).await;
    let asker = town.asker("张三");
    asker.says(&weidu, "撤回").await;
    asker.says(&asker.private(), "/forget 确认").await;
    town.all_was_heard();
    let shown = asks_for(town, &zhao, "候选 1").await;
    assert!(!shown.contains("（Q1）") && shown.contains("（Q3）"), "{shown}");
});

conversation!(
    candidates_that_sound_alike_stand_beside_each_other,
    async |town: &Town| {
        let zhao = town.reachable("赵岩").await;
        three_ask(town).await;
        town.all_was_heard();
        // Each small now, as if nobody had seen that they are one.
        asks_for(town, &zhao, "拆出 1 Q2").await;
        asks_for(town, &zhao, "拆出 1 Q3").await;
        let shown = asks_for(town, &zhao, "候选 1").await;
        let beside = shown.split("说法相近的候选：").nth(1).unwrap_or_default();
        for part in [
            "2 两家公司想合并成一家",
            "3 我们两家公司要合并成一家",
            "（1 人问）",
            "合并 1 ",
        ] {
            assert!(beside.contains(part), "{part} not in {shown}");
        }
        let desk = asks_for(town, &zhao, "候选").await;
        for part in [
            "问得少、说法相近的\n1 ",
            "\n2 两家公司想合并成一家",
            "是一回事就发：合并 1 2 3",
        ] {
            assert!(desk.contains(part), "{part} not in {desk}");
        }
        let merged = asks_for(town, &zhao, "合并 1 2 3").await;
        assert!(merged.contains("候选 2、3 的 2 个问题并到候选 1"), "{merged}");
        let desk = asks_for(town, &zhao, "候选").await;
        assert!(desk.contains("3 人问") && !desk.contains("说法相近"), "{desk}");
    }
);
