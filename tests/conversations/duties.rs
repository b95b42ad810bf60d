//! What the document asks for most plainly, told once more by its own words (许工商〔2018〕103号).

use crate::conversation;
use crate::support::town::{MERGER, Town};

// D1 (四(三)): each bureau has its 帮办群, the city its 工作指导群; what is said in one stays there.
conversation!(
    a_bureau_has_a_help_group_and_the_city_a_guidance_group,
    async |town: &Town| {
        let zhou = town.helper("周红").await;
        let group = town.stray_group("新建的群");
        town.asker("张三").says(&group, MERGER).await;
        group.hears(town, "/bind");
        zhou.says(&group, "/bind 魏都分局").await;
        group.hears(town, "魏都分局的帮办群");
        let guidance = town.guidance_group().await;
        zhou.says(&guidance, "/bind 市局 指导").await;
        guidance.hears(town, "管理员");
        town.asker("张三").says(&group, "简易注销要公示几天？").await;
        group.hears(town, "公示 20 天");
    }
);

// D2 (四(三)), D15 (三(三)2): the bureau's named helpers answer; a guide speaks up but claims nothing.
conversation!(only_named_helpers_answer_for_the_bureau, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    let guide = town.helper("马引").await;
    guide.says(&group, "认领 1").await;
    group.hears(town, "要由帮办员来做");
    guide.presses(&group, "认领").await;
    guide.sees("帮办员");
    guide.tells_bot(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    town.asker("李四").says(&group, "答复 1 不用办").await;
    group.hears(town, "要由帮办员来做");
});

// D9 (三(三)3): any bureau's helper serves anybody, whatever the place of registration.
conversation!(a_helper_of_another_bureau_answers_as_well, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, &format!("公司在禹州，{MERGER}")).await;
    town.seconds_pass(5).await;
    let card = group.hears(town, "请 王敏");
    // D10 (三(三)3): the reminder stands on the card too.
    assert!(
        card.text.contains("执照请到登记地窗口领取，禹州市局窗口"),
        "{}",
        card.text
    );
    let yang = town.helper("杨帆").await;
    yang.presses(&group, "认领").await;
    yang.sees("好的");
    group.hears(town, "Q1 杨帆（长葛市局窗口，0374-0000032）来帮您办这件事");
    yang.says(&group, "答复 1 在魏都办也行。").await;
    group.hears(town, "Q1 杨帆答复");
    let mut tx = town.db.read().await.unwrap();
    let steps = tx
        .steps(bangban::domain::asking::question::QuestionId(1))
        .await
        .unwrap();
    assert!(
        steps.iter().any(|step| step.step.key() == "reminded_of_place"),
        "{steps:?}"
    );
});

// D14 (四(三), 附件注): names and landlines are public, nothing else. (Every story also checks that no mobile number
// was said anywhere.)
conversation!(the_public_list_has_names_and_landlines, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, "/contacts").await;
    let list = group.hears(town, "王敏");
    assert!(
        list.text.contains("0374-0000011") && !list.text.contains("马引"),
        "{}",
        list.text
    );
    assert!(!list.text.contains("审核员"), "{}", list.text);
});
