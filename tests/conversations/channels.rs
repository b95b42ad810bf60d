//! Channels that can do less: long texts in parts, answers only while a window is open. (Every other story runs on a plain
//! channel too.)

use std::path::Path;

use bangban::domain::chat::capabilities::{Capabilities, Pushes};
use bangban::domain::chat::message::{Channel, Place};
use bangban::domain::chat::owed::Owed;
use bangban::domain::chat::role::Role;

use crate::support::plain::{FULL, NOT_ON_PLAIN, PLAIN};
use crate::support::town::{MERGER, Town};

/// An answer of some 900 characters, sentence by sentence.
fn long_answer() -> String {
    let step = |number| format!("第{number}步，请带营业执照副本和公章到窗口，当场就能办好。");
    (101..134).map(step).collect()
}

#[tokio::test]
async fn a_long_answer_comes_in_parts_in_their_order() {
    Town::on_channel(PLAIN, async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let long = long_answer();
        assert!(long.len() > 2_000, "{} bytes", long.len());
        town.list_says("公示 20 天（自然日）。", &long).await;
        let asked = town.asker("张三").says(&group, "简易注销要公示几天？").await;
        let first = group.hears(town, "第101步");
        assert_eq!(first.quote, Some(asked));
        assert!(first.buttons.is_empty() && first.text.ends_with('。'), "{}", first.text);
        let second = group.hears(town, "第133步");
        assert!(
            second.text.starts_with('第') && second.quote.is_none(),
            "{}",
            second.text
        );
        let labels: Vec<&str> = second.buttons.iter().map(|button| button.label.as_str()).collect();
        assert_eq!(labels, ["解决了", "转人工"]);
        let said = first.text + &second.text;
        assert!(said.contains(&long) && said.contains("有事找王敏"), "{said}");
        town.asker("张三").presses(&group, "解决了").await;
        group.hears(town, "Q1 已解决");
    })
    .await;
}

#[tokio::test]
async fn what_was_owed_too_long_by_whoever_is_cut_when_it_goes_out() {
    Town::on_channel(PLAIN, async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let owed = Owed::Message {
            text: long_answer().into(),
            buttons: vec![],
            quote: None,
            whom: None,
            ask_contact: false,
        };
        let place = Place::chat(&Channel::new("town"), &group.chat);
        let mut tx = town.db.begin().await.unwrap();
        tx.owe(&place, None, Role::Line, &owed, town.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        town.deliver().await;
        let said = group.hears(town, "第101步").text + &group.hears(town, "第133步").text;
        assert_eq!(said, long_answer());
    })
    .await;
}

/// As the customer service of some messengers: an hour and two answers after each message.
const ANSWERS_ONLY: Capabilities = Capabilities {
    pushes: Pushes::Within {
        window_ms: 3_600_000,
        replies: 2,
    },
    ..FULL
};

#[tokio::test]
async fn what_a_window_keeps_in_waits_until_somebody_writes_even_over_a_restart() {
    Town::on_channel(ANSWERS_ONLY, window).await;
}

#[tokio::test]
async fn what_a_window_keeps_in_waits_until_somebody_writes_postgres() {
    Town::on_postgres_with(ANSWERS_ONLY, window).await;
}

async fn window(town: &Town) {
    let group = town.help_group("魏都分局").await;
    let zhou = town.reachable("周红").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.minutes_pass(3).await;
    group.hears(town, "Q1 还没人认领");
    // The two answers are used up: the claim is noted, and its line waits.
    let li = town.helper("李强").await;
    li.says(&li.private(), "认领 1").await;
    li.private().hears(town, "Q1 您已认领");
    town.seconds_pass(1).await;
    zhou.private().hears(town, "Q1 有一条消息暂时发不到“魏都分局帮办群”群");
    town.courier_is_restarted().await;
    town.minutes_pass(2).await;
    town.asker("李四").says(&group, "老师好").await;
    group.hears(town, "Q1 李强（");
    // The hour is over.
    town.asker("李四").says(&group, "老师好").await;
    town.minutes_pass(61).await;
    let heard = group.latest(town).text;
    assert!(heard.contains("Q1 李强（"), "{heard}");
    town.asker("李四").says(&group, "老师好").await;
    group.hears(town, "Q1 提问人还在等，请 李强");
    town.all_was_heard();
}

#[test]
fn each_story_that_is_left_out_on_a_plain_channel_is_there_and_has_a_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations");
    let files = std::fs::read_dir(folder).unwrap();
    let stories: String = files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    for (story, reason) in NOT_ON_PLAIN {
        assert!(
            stories.contains(&format!("{story}, async")) || stories.contains(&format!("{story},\n")),
            "{story}"
        );
        assert!(reason.len() > 20, "{story}: {reason}");
    }
}
