//! 更正追达: who was told something that changed hears what is valid now, never what it corrects; also when the program
//! ends and starts again in between.

use crate::conversation;
use crate::support::town::{Group, Someone, Town};

const LONG: &str = "公示 20 天";
const ASKED: &str = "简易注销要公示几天？";

async fn curates(town: &Town, who: &Someone<'_>, words: &str) -> String {
    who.says(&who.private(), words).await;
    let said = who.private().latest(town);
    town.all_was_heard();
    said.text
}

/// Asked and answered by the text that will change.
async fn is_told(town: &Town, group: &Group, who: &str) {
    town.asker(who).says(group, ASKED).await;
    group.hears(town, LONG);
}

/// A draft goes through: written by one, approved by another, tested.
async fn is_approved(town: &Town, draft: i64, words: &str) {
    let (zhao, qian) = (town.helper("赵岩").await, town.helper("钱峰").await);
    curates(town, &zhao, words).await;
    curates(town, &zhao, &format!("改稿 {draft} 复核 2027-06-30")).await;
    curates(town, &zhao, &format!("送审 {draft}")).await;
    let said = curates(town, &qian, &format!("批准 {draft}")).await;
    assert!(said.contains("正在用全部条目的自测"), "{said}");
}

/// Drafts are tested, and nothing but what goes to helpers is said by that.
async fn the_list_changes(town: &Town, group: &Group) {
    let before = group.latest(town).id;
    town.desk.keep_list().await.unwrap();
    town.deliver().await;
    assert_eq!(group.latest(town).id, before);
    town.all_was_heard();
}

conversation!(an_import_corrects_with_the_new_text, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    is_told(town, &group, "张三").await;
    town.list_says_elsewhere(LONG, "公示 10 天").await;
    // Not before the new list is here.
    town.seconds_pass(1).await;
    // Answered from the old one in the same moment: corrected as well.
    is_told(town, &group, "李四").await;
    town.restarts().await;
    town.seconds_pass(1).await;
    let late = group.hears(town, "更正：上面那条改了");
    assert!(
        late.text.contains("公示 10 天") && late.text.contains("第 2 版"),
        "{}",
        late.text
    );
    assert!(!late.text.contains(LONG), "{}", late.text);
    let short = group.hears(town, "照本群刚才那条更正办（编号 037，第 2 版）");
    assert!(!short.text.contains("10 天") && short.quote.is_some(), "{}", short.text);
    town.restarts().await;
    town.seconds_pass(1).await;
});

conversation!(an_approval_is_told_once_the_new_list_answers, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let _keepers = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    is_told(town, &group, "张三").await;
    town.asker("张三").says(&group, "简易注销挂网多久").await;
    town.all_was_heard();
    is_approved(town, 1, "改 37 答案 公示 10 天（自然日）。").await;
    town.restarts().await;
    the_list_changes(town, &group).await;
    town.restarts().await;
    town.seconds_pass(1).await;
    // Twice asked by one person in one room: told once.
    let corrected = group.hears(town, "更正：上面那条改了");
    assert!(
        corrected.text.contains("公示 10 天") && corrected.text.contains("第 2 版"),
        "{}",
        corrected.text
    );
    town.asker("李四").says(&group, ASKED).await;
    group.hears(town, "公示 10 天");
});

conversation!(a_withdrawal_never_sends_the_text_again, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let _keepers = (town.reachable("赵岩").await, town.reachable("钱峰").await);
    is_told(town, &group, "张三").await;
    is_approved(town, 1, "停用 37 新规出台").await;
    the_list_changes(town, &group).await;
    town.restarts().await;
    town.seconds_pass(1).await;
    group.hears(town, "更正：上面那条不能用了");
    // 恢复: the text is valid again, and who heard that it is not hears it.
    is_approved(town, 2, "恢复 37 1").await;
    town.restarts().await;
    the_list_changes(town, &group).await;
    town.seconds_pass(1).await;
    let again = group.hears(town, "更正：上面那条改了");
    assert!(
        again.text.contains(LONG) && again.text.contains("第 2 版"),
        "{}",
        again.text
    );
    // And gone once more.
    is_approved(town, 3, "停用 37 又有新规").await;
    the_list_changes(town, &group).await;
    town.seconds_pass(1).await;
    group.hears(town, "更正：上面那条不能用了");
    town.seconds_pass(1).await;
});

conversation!(what_comes_back_before_it_was_told_is_not_told, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    is_told(town, &group, "张三").await;
    town.list_without("dereg-003").await;
    town.list_says(LONG, LONG).await;
    town.seconds_pass(1).await;
    town.list_says(LONG, "公示 10 天").await;
    town.list_says(LONG, LONG).await;
    town.seconds_pass(1).await;
});

conversation!(
    a_text_that_ran_out_is_called_back_on_the_day_after,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        is_told(town, &group, "张三").await;
        let end = "    valid_from: 2022-03-01\n  - id: account-001";
        let until = format!("    valid_until: 2026-11-24\n{end}");
        town.list_says(end, &until).await;
        town.clock_is_set("2026-11-24T23:59").await;
        town.restarts().await;
        town.clock_is_set("2026-11-25T00:00").await;
        group.hears(town, "更正：上面那条不能用了");
        town.restarts().await;
        town.clock_is_set("2026-11-25T08:00").await;
        // Published again by another process: the new text, not before it is here.
        town.list_says_elsewhere(LONG, "公示 10 天").await;
        town.seconds_pass(1).await;
        town.restarts().await;
        town.seconds_pass(1).await;
        let corrected = group.hears(town, "更正：上面那条改了");
        assert!(
            corrected.text.contains("公示 10 天") && corrected.text.contains("第 3 版"),
            "{}",
            corrected.text
        );
    }
);

conversation!(while_an_entry_waits_nothing_is_said_of_it, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    is_told(town, &group, "张三").await;
    town.desk.event("《中华人民共和国市场主体登记管理条例》").await.unwrap();
    town.list_says(LONG, "公示 10 天").await;
    town.seconds_pass(1).await;
    let zhao = town.helper("赵岩").await;
    zhao.says(&zhao.private(), "解冻 37").await;
    town.all_was_heard();
    town.restarts().await;
    town.seconds_pass(1).await;
    let corrected = group.hears(town, "更正：上面那条改了");
    assert!(corrected.text.contains("公示 10 天"), "{}", corrected.text);
});
