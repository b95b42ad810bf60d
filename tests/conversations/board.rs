//! The week's digest and the blind sample, as they come and go in chats.

use bangban::desk::page::Actor;
use bangban::domain::chat::message::{Account, Channel, Place};
use bangban::domain::list::sample::Verdict;

use crate::conversation;
use crate::support::town::{MERGER, Town};

const SURE: &str = "简易注销要公示几天？";

/// Two questions on a Monday, one answered by the list and one handed over; then the next Monday comes.
async fn a_week_goes_by(town: &Town, monday: &str) {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, SURE).await;
    // Who still waits for an answer asks the same again, and not anew.
    town.asker(&format!("李四{}", &monday[..10])).says(&group, MERGER).await;
    town.seconds_pass(5).await;
    town.clock_is_set(monday).await;
    town.board_is_kept().await;
    town.all_was_heard();
}

/// The digests that were said since the story last looked.
async fn digests(town: &Town) -> Vec<String> {
    town.the_round_is_made().await;
    let said = town.now_said().into_iter().map(|said| said.text);
    said.filter(|text| text.contains("上周小结")).collect()
}

conversation!(
    who_keeps_a_bureau_gets_last_weeks_digest_once_and_can_switch_it_off,
    async |town: &Town| {
        let keeper = town.reachable("周红").await;
        let _helper = town.reachable("王敏").await;
        a_week_goes_by(town, "2026-11-30T08:31").await;
        let said = digests(town).await;
        let [digest] = said.as_slice() else { panic!("{said:?}") };
        for line in [
            "魏都分局上周小结",
            "11月23日–11月29日",
            "提问 2 个",
            "清单直接答 1 个，其中后来没解决 0 个",
            "转人工 1 个，帮办员答复了 0 个",
            "现在有 1 个问题超时",
        ] {
            assert!(digest.contains(line), "{line}: {digest}");
        }
        assert!(
            !digest.contains("前一周"),
            "of the week before nothing is known: {digest}"
        );
        assert!(digests(town).await.is_empty(), "once");
        town.restarts().await;
        assert!(digests(town).await.is_empty(), "nor after a restart");
        keeper.says(&keeper.private(), "/小结").await;
        keeper.private().hears(town, "每周小结：开");
        keeper.says(&keeper.private(), "/小结 关").await;
        keeper.private().hears(town, "以后不给您发每周小结了");
        a_week_goes_by(town, "2026-12-07T08:31").await;
        assert!(digests(town).await.is_empty(), "it is not wanted");
        keeper.says(&keeper.private(), "/小结 开").await;
        keeper.private().hears(town, "以后每周一上班时给您发上周小结");
        assert!(digests(town).await[0].contains("提问 2 个（前一周 2）"));
        let helper = town.helper("李强").await;
        helper.says(&helper.private(), "/小结 关").await;
        helper.private().hears(town, "没有这个开关");
    }
);

conversation!(a_digest_is_ended_by_its_button, async |town: &Town| {
    let keeper = town.reachable("周红").await;
    a_week_goes_by(town, "2026-11-30T08:31").await;
    town.the_round_is_made().await;
    keeper.presses(&keeper.private(), "不再发小结").await;
    let said = town.now_said();
    assert!(
        said.iter().any(|said| said.text.contains("以后不给您发每周小结了")),
        "{said:?}"
    );
    a_week_goes_by(town, "2026-12-07T08:31").await;
    assert!(digests(town).await.is_empty());
});

conversation!(a_wrong_answer_of_the_sample_reaches_the_editors, async |town: &Town| {
    let editor = town.reachable("赵岩").await;
    a_week_goes_by(town, "2026-11-30T00:05").await;
    let roster = town.desk.roster();
    let person = |name: &str| roster.people_named(name).next().unwrap().clone();
    let (own, _) = town.desk.next_sample(&person("王敏"), None).await.unwrap();
    assert!(own.is_none(), "asked of their own bureau");
    let judge = person("孙丽");
    let (sample, many) = town.desk.next_sample(&judge, None).await.unwrap();
    let sample = sample.unwrap();
    assert_eq!((many, sample.words.as_str()), (1, SURE));
    assert!(
        sample.said.iter().any(|line| line.contains("公示 20 天")),
        "{:?}",
        sample.said
    );
    let actor = Actor {
        person: judge,
        account: Account {
            channel: Channel::new("town"),
            id: "h-孙丽".into(),
        },
        place: Place::chat(&Channel::new("town"), "private-h-孙丽"),
    };
    let done = town
        .desk
        .judge_sample(&actor, sample.question.0, Verdict::Wrong, "没说自然日")
        .await
        .unwrap();
    assert!(!done.refused);
    town.deliver().await;
    let told = editor.private().hears(town, "质量抽查里，清单第 037 条的答复被判为错");
    assert!(told.text.contains("说明：没说自然日"), "{}", told.text);
    let again = town
        .desk
        .judge_sample(&actor, sample.question.0, Verdict::Right, "")
        .await
        .unwrap();
    assert!(again.refused, "judged once");
    let defects = town.db.read().await.unwrap().open_defects().await.unwrap();
    assert_eq!(defects.len(), 1);
});

conversation!(
    what_was_drawn_is_gone_when_its_asker_is_forgotten,
    async |town: &Town| {
        a_week_goes_by(town, "2026-11-30T00:05").await;
        let judge = town.desk.roster().people_named("孙丽").next().unwrap().clone();
        assert!(town.desk.next_sample(&judge, None).await.unwrap().0.is_some());
        let asker = town.asker("张三");
        asker.says(&asker.private(), "/forget 确认").await;
        town.all_was_heard();
        assert!(town.desk.next_sample(&judge, None).await.unwrap().0.is_none());
        let weeks = town.desk.judged_weeks().await.unwrap();
        assert!(weeks.is_empty(), "{weeks:?}");
    }
);
