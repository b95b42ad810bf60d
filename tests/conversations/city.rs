//! 求助市局 and the guidance group (许工商〔2018〕103号, D4 (四(三))).

use crate::conversation;
use crate::conversations::responsible::claimed;
use crate::support::town::{Group, MERGER, Said, Town};

conversation!(
    a_masked_copy_goes_to_the_city_and_its_advice_comes_back,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let guidance = town.guidance_group().await;
        let wang = town.reachable("王敏").await;
        let words = format!("{MERGER}我手机13912345678");
        town.asker("张三").says(&group, &words).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.private().hears(town, "Q1 待认领");
        wang.says(&group, "认领 1").await;
        group.hears(town, "Q1 王敏（");
        wang.presses(&group, "求助市局").await;
        wang.sees("好的");
        let copy = guidance.hears(town, "Q1 魏都分局王敏求助");
        assert!(
            !copy.text.contains("13912345678") && !copy.text.contains("张三"),
            "{}",
            copy.text
        );
        wang.private().hears(town, "已请市局帮办台帮忙");
        let zhao = town.helper("赵岩").await;
        zhao.replies(&guidance, &copy, "按合并公告45日后办。").await;
        let advice = wang.private().hears(town, "市局赵岩答复您：\n按合并公告45日后办。");
        guidance.hears(town, "Q1 已转给王敏");
        let _ = advice;
        wang.presses(&wang.private(), "采用此答复").await;
        wang.sees("好的");
        group.hears(town, "Q1 王敏答复：\n按合并公告45日后办。");
        wang.private().hears(town, "已转告提问人");
    }
);

/// 王敏 has a question and asks the city desk for advice: the group, the guidance group, and the copy there.
async fn the_city_is_asked(town: &Town) -> (Group, Group, Said) {
    let guidance = town.guidance_group().await;
    let group = claimed(town).await;
    let wang = town.helper("王敏").await;
    wang.says(&wang.private(), "求助 1").await;
    let copy = guidance.hears(town, "Q1 魏都分局王敏求助");
    wang.private().hears(town, "已请市局帮办台帮忙");
    (group, guidance, copy)
}

conversation!(an_album_is_one_advice, async |town: &Town| {
    let (group, guidance, copy) = the_city_is_asked(town).await;
    let wang = town.helper("王敏").await;
    let zhao = town.helper("赵岩").await;
    zhao.shows_of_album(&guidance, "七", "甲", "", Some(&copy)).await;
    wang.private().hears(town, "市局赵岩答复您：\n［图片］");
    wang.private().hears(town, "［Picture 甲］");
    guidance.hears(town, "Q1 已转给王敏");
    zhao.shows_of_album(&guidance, "七", "乙", "照这样填", Some(&copy))
        .await;
    wang.private().hears(town, "市局赵岩答复您：\n照这样填");
    wang.private().hears(town, "［Picture 乙］");
    zhao.shows_of_album(&guidance, "七", "丙", "", Some(&copy)).await;
    wang.private().hears(town, "［Picture 丙］");
    wang.presses(&wang.private(), "采用此答复").await;
    wang.sees("好的");
    group.hears(town, "Q1 王敏答复：\n照这样填");
    wang.private().hears(town, "已转告提问人");
});

conversation!(
    advice_that_the_city_changes_changes_for_the_helper,
    async |town: &Town| {
        let (group, guidance, copy) = the_city_is_asked(town).await;
        let wang = town.helper("王敏").await;
        let zhao = town.helper("赵岩").await;
        let advice = zhao.replies(&guidance, &copy, "公告 20 天").await;
        wang.private().hears(town, "市局赵岩答复您：\n公告 20 天");
        guidance.hears(town, "Q1 已转给王敏");
        zhao.edits(&guidance, &advice, "公告 20 天").await;
        town.minutes_pass(1).await;
        zhao.edits(&guidance, &advice, "公告 45 天").await;
        wang.private().hears(town, "市局赵岩答复您：\n公告 45 天");
        wang.private().hears(town, "Q1 市局赵岩改了给您的答复");
        // What is adopted is what it says now.
        wang.presses(&wang.private(), "采用此答复").await;
        wang.sees("好的");
        group.hears(town, "Q1 王敏答复：\n公告 45 天");
        wang.private().hears(town, "已转告提问人");
    }
);

conversation!(the_helper_may_say_it_in_other_words, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let guidance = town.guidance_group().await;
    let wang = town.reachable("王敏").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    wang.private().hears(town, "Q1 待认领");
    wang.says(&group, "求助 1").await;
    group.hears(town, "Q1");
    wang.says(&group, "认领 1").await;
    group.hears(town, "Q1 王敏（");
    wang.says(&group, "求助 1 要不要公告").await;
    let copy = guidance.hears(town, "说明：要不要公告");
    wang.private().hears(town, "已请市局帮办台帮忙");
    town.helper("赵岩").await.replies(&guidance, &copy, "要。").await;
    let advice = wang.private().hears(town, "要。");
    guidance.hears(town, "已转给王敏");
    wang.replies(&wang.private(), &advice, "要公告45天，登报就行。").await;
    group.hears(town, "Q1 王敏答复：\n要公告45天，登报就行。");
    wang.private().hears(town, "已转告提问人");
});

conversation!(
    staff_entries_answer_bureaus_and_never_a_help_group,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let guidance = town.guidance_group().await;
        let staff = "疑难问题怎么报市局注册科？";
        let words = "业务流水号";
        let wang = town.helper("王敏").await;
        wang.says(&guidance, staff).await;
        let answer = guidance.hears(town, words);
        assert!(answer.text.contains("编号 041"), "{}", answer.text);
        town.asker("张三").says(&group, staff).await;
        town.seconds_pass(5).await;
        let card = group.hears(town, "Q2");
        assert!(!card.text.contains(words), "{}", card.text);
        for command in ["/faq 疑难问题", "/faq 41", "/hot"] {
            town.asker("张三").says(&group, command).await;
            let shown = group.latest(town);
            assert!(
                !shown.text.contains(words) && !shown.text.contains(staff),
                "{command}: {}",
                shown.text
            );
            group.hears(town, "");
        }
        // Nor by a helper who types its number.
        wang.says(&group, "采用 2 41").await;
        group.hears(town, "这一条现在不能用了");
        let private = town.asker("李四").private();
        town.asker("李四").says(&private, staff).await;
        assert!(!private.hears(town, "").text.contains(words));
    }
);
