//! Numbers of a person behind every word that the bot obeys: it says none of them back and keeps none.

use std::collections::BTreeSet;
use std::path::Path;

use super::guest::{BEHIND_PROXY, Guest, help_room};
use crate::support::kept;
use crate::support::program::Home;
use crate::support::town::{MERGER, Town};

/// A mobile, an identity number and a bank card of nobody; their checks are right.
const NUMBERS: [&str; 3] = ["13912345678", "411002199001010034", "6222021234567890128"];
/// Where the words stand that the bot obeys.
const PARSERS: [&str; 3] = [
    "src/domain/asking/request.rs",
    "src/domain/asking/request/typed.rs",
    "src/domain/list/curation.rs",
];

/// Every word in the places that read commands: a new one is found without anybody thinking of it.
fn obeyed() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in PARSERS {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let quoted = line.split('"').skip(1).step_by(2);
            let word = |word: &&str| (1..=10).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
            found.extend(quoted.filter(word).map(str::to_owned));
        }
    }
    for known in [
        "faq", "目录", "转办", "请假", "候选", "草稿", "填", "forget", "答复", "口径",
    ] {
        assert!(found.contains(known), "{known} of {found:?}");
    }
    found
}

/// What is typed of one word: each number alone behind it, all behind a question's number, and all behind a slash.
fn typed(word: &str) -> Vec<String> {
    let slash = if word.is_ascii() { "/" } else { "" };
    let all = NUMBERS.join(" ");
    let mut typed: Vec<String> = NUMBERS.iter().map(|number| format!("{slash}{word} {number}")).collect();
    typed.push(format!("{slash}{word} 1 {all}"));
    typed.push(format!("/{word} {all}"));
    typed
}

async fn everybody_types_everything(town: &Town) {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let (editor, approver, helper) = (
        town.reachable("赵岩").await,
        town.reachable("钱峰").await,
        town.reachable("王敏").await,
    );
    helper.says(&group, "认领 1").await;
    let asker = town.asker_called("李四", NUMBERS[0]);
    let mut said = town.now_said();
    for word in obeyed() {
        for words in typed(&word) {
            editor.says(&editor.private(), &words).await;
            helper.tells_bot(&group, &words).await;
        }
        // What is no command of theirs becomes a question, and each card looks through those before it: one is enough.
        asker
            .tells_bot(&group, &format!("{word} 1 {}", NUMBERS.join(" ")))
            .await;
        approver
            .says(&approver.private(), &format!("{word} 1 {}", NUMBERS[1]))
            .await;
        said.extend(town.now_said());
    }
    town.minutes_pass(30).await;
    said.extend(town.now_said());
    assert!(said.len() > 500, "the bot answered {} times", said.len());
    let kept = kept::everything(&town.url).await;
    for number in NUMBERS {
        let mut lines = said.iter().flat_map(|said| said.text.lines());
        let echoed = lines.find(|line| line.contains(number));
        assert!(echoed.is_none(), "{echoed:?}");
        assert!(!kept::holds(&kept, number.as_bytes()), "{number} is kept");
    }
    assert!(kept::holds(&kept, "［身份证号］".as_bytes()));
}

#[tokio::test]
async fn no_command_says_a_number_back_or_keeps_it() {
    Town::on_sqlite(async |town| Box::pin(everybody_types_everything(town)).await).await;
}

#[tokio::test]
async fn no_command_says_a_number_back_or_keeps_it_on_postgres() {
    Town::on_postgres(async |town| Box::pin(everybody_types_everything(town)).await).await;
}

/// A number over two messages, of which the first asks and the second says nothing: both lie masked.
async fn a_number_in_two_messages(town: &Town) {
    const BEGIN: &str = "1391234";
    let group = town.help_group("魏都分局").await;
    let asker = town.asker("张三");
    asker.says(&group, &format!("{MERGER}我手机{BEGIN}")).await;
    town.seconds_pass(5).await;
    asker.says(&group, "5678").await;
    town.seconds_pass(30).await;
    town.seconds_pass(30).await;
    town.all_was_heard();
    let kept = kept::everything(&town.url).await;
    assert!(kept::holds(&kept, "我手机［手机号］".as_bytes()));
    assert!(!kept::holds(&kept, BEGIN.as_bytes()));
}

#[tokio::test]
async fn a_number_split_over_two_messages_is_kept_in_neither() {
    Town::on_sqlite(a_number_in_two_messages).await;
}

#[tokio::test]
async fn a_number_split_over_two_messages_is_kept_in_neither_on_postgres() {
    Town::on_postgres(a_number_in_two_messages).await;
}

#[tokio::test]
async fn a_number_split_over_two_messages_is_shown_in_no_room() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.21", &room).await;
    let other = Guest::named(&home, "203.0.113.22", &room).await;
    for (one, two, public) in [
        ("我的手机是1391234", "5678", "1391234"),
        ("身份证411002199001", "010034，帮我看看", "411002199001"),
        ("一个门店⑬⑨", "谢谢老师", "门店⑬⑨"),
    ] {
        assert_eq!(visitor.say(&room, one).await, 200);
        assert_eq!(visitor.say(&room, two).await, 200);
        home.settled().await;
        let page = other.get(&room).await.text().await.unwrap();
        assert_eq!(page.contains(public), public.contains("门店"), "{one} {two}");
        assert!(!page.contains(">5678"), "{page}");
    }
}

#[tokio::test]
async fn a_room_shows_nobody_who_could_pass_for_staff() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let guest = Guest::from(&home, "203.0.113.23");
    for (name, status) in [
        ("魏都分局窗口", 422),
        ("工作人员", 422),
        ("李强老师", 422),
        ("张哓明", 422),
        ("魏都区张三餐饮店", 200),
        ("许昌某某商贸", 200),
    ] {
        let answer = guest
            .post(&format!("{room}/name"), serde_json::json!({ "nickname": name }))
            .await;
        assert_eq!(answer.status(), status, "{name}");
    }
}
