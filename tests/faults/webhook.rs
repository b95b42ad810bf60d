//! Telegram posts to the program instead of being polled: nothing that is answered with 200 is lost, nothing that is not
//! Telegram's leaves a trace, and it can be changed back and forth.

use std::collections::HashSet;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection, SqliteConnection};

use crate::support::program::{Home, says};
use crate::support::telegram_server::{GroupKind, Sent, TelegramServer};
use crate::support::town::postgres_schema;
use crate::support::wire::Wire;
use crate::telegram::{ADMIN, GROUP, SURE, ZHANG, hears, no_mistakes, town};

const SOON: Duration = Duration::from_secs(15);
pub(super) const SECRET: &str = "x-telegram-bot-api-secret-token";

/// How the program is to receive from now on, and under which address Telegram reaches it.
fn receives(home: &Home, how: &str, public_url: &str) {
    let settings =
        format!("public_url = \"{public_url}\"\n[clocks]\nburst = \"300ms\"\n[telegram]\nreceive = \"{how}\"\n");
    std::fs::write(home.path("bangban.toml"), settings).unwrap();
}

/// The town, whose program Telegram posts to.
pub(super) async fn called() -> (TelegramServer, Home) {
    let (server, home) = town().await;
    receives(&home, "webhook", &home.http);
    (server, home)
}

pub(super) async fn bound(server: &TelegramServer) {
    server.says(GROUP, ADMIN, "/bind 魏都分局");
    hears(server, GROUP, "本群是魏都分局的帮办群").await;
}

/// The answers to a sure question, by what they reply to.
fn answers(server: &TelegramServer) -> Vec<Sent> {
    let sent = server.sent(GROUP).into_iter();
    sent.filter(|sent| sent.text.contains("公示 20 天")).collect()
}

pub(super) async fn answered(server: &TelegramServer, asked: &[i64]) {
    let all = |server: &TelegramServer| {
        let told: HashSet<_> = answers(server).iter().filter_map(|sent| sent.reply_to).collect();
        asked.iter().all(|id| told.contains(id)).then_some(())
    };
    server.wait_for(all, SOON).await;
}

/// Somebody new asks what is surely answered.
pub(super) fn asks(server: &TelegramServer, asker: i64) -> i64 {
    server.add_user(ZHANG + 100 + asker, "企业");
    server.says(GROUP, ZHANG + 100 + asker, SURE)
}

/// Rows of the inbox by hand.
pub(super) async fn taken_in(home: &Home) -> i64 {
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let mut db = SqliteConnection::connect(&url).await.unwrap();
    let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM inbox")
        .fetch_one(&mut db)
        .await
        .unwrap();
    count
}

pub(super) fn update(id: i64, text: &str) -> String {
    let person = serde_json::json!({"id": 30_000 + id, "is_bot": false, "first_name": "企业"});
    let chat = serde_json::json!({"id": GROUP, "type": "supergroup", "title": "魏都帮办群"});
    serde_json::json!({"update_id": id, "message": {
        "message_id": id, "date": 1_795_399_200, "from": person, "chat": chat, "text": text
    }})
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_telegram_posts_is_answered_and_nothing_is_polled() {
    let (server, home) = called().await;
    let _program = home.serve().await;
    bound(&server).await;
    let asked = server.says(GROUP, ZHANG, SURE);
    answered(&server, &[asked]).await;
    assert_eq!(server.webhook(), Some(format!("{}/telegram", home.http)));
    let mut kinds = server.allowed_updates().unwrap();
    kinds.sort();
    assert_eq!(
        kinds,
        [
            "callback_query",
            "chat_member",
            "edited_message",
            "message",
            "my_chat_member"
        ]
    );
    let answer = answers(&server).remove(0);
    server.presses(ZHANG, GROUP, answer.message_id, "解决了");
    hears(&server, GROUP, "Q1 已解决").await;
    assert_eq!(server.polls(), 0);
    let pending = |server: &TelegramServer| server.pending().is_empty().then_some(());
    server.wait_for(pending, SOON).await;
    says(&home, &["check"], 1, &["消息推到", "在等的 0 条"]);
    let secret = server.webhook_secret().unwrap();
    assert!(!home.log().contains(&secret), "the secret is in the log");
    no_mistakes(&server);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_telegrams_leaves_no_trace() {
    let (server, home) = called().await;
    let _program = home.serve().await;
    bound(&server).await;
    home.settled().await;
    let before = taken_in(&home).await;
    let secret = server.webhook_secret().unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/telegram", home.http);
    let forged = update(77, SURE);
    let other: String = secret.chars().rev().collect();
    for wrong in ["", "x", &secret[1..], &other, &format!("{secret}0")] {
        let post = http.post(&url).header(SECRET, wrong).body(forged.clone());
        assert_eq!(post.send().await.unwrap().status(), 401, "{wrong}");
    }
    assert_eq!(http.post(&url).body(forged.clone()).send().await.unwrap().status(), 401);
    let twice = http.post(&url).header(SECRET, &secret).header(SECRET, &secret);
    assert_eq!(twice.body(forged.clone()).send().await.unwrap().status(), 401);
    assert_eq!(
        http.get(&url).header(SECRET, &secret).send().await.unwrap().status(),
        405
    );
    for path in ["/telegram/", "/telegram/x", "/bot"] {
        let post = http.post(format!("{}{path}", home.http)).header(SECRET, &secret);
        let status = post.body(forged.clone()).send().await.unwrap().status();
        assert!(status == 403 || status == 404, "{path} {status}");
    }
    let large = "一".repeat(500_000);
    let unread = http.post(&url).body(large.clone()).send().await;
    assert!(unread.is_err() || unread.unwrap().status() == 401);
    let refused = http.post(&url).header(SECRET, &secret).body(large).send().await;
    assert!(refused.is_err() || refused.unwrap().status() == 413);
    assert_eq!(taken_in(&home).await, before);
    assert!(!home.log().contains(&secret) && !home.log().contains("公示"));
    // Telegram's own, also one nobody can read: taken in, and answered with 200.
    for (number, body) in [forged.as_str(), "{\"update_id\":", ""].into_iter().enumerate() {
        let post = http.post(&url).header(SECRET, &secret).body(body.to_owned());
        assert_eq!(post.send().await.unwrap().status(), 200, "{body}");
        assert_eq!(taken_in(&home).await, before + 1 + number as i64);
    }
    hears(&server, GROUP, "公示 20 天").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_again_is_handled_once() {
    let (server, home) = called().await;
    let _program = home.serve().await;
    bound(&server).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/telegram", home.http);
    let secret = server.webhook_secret().unwrap();
    let posts = (0..40).map(|number| {
        let post = http.post(&url).header(SECRET, &secret);
        post.body(update(70 + number % 4, SURE)).send()
    });
    for post in futures_util::future::join_all(posts).await {
        assert_eq!(post.unwrap().status(), 200);
    }
    let four = |server: &TelegramServer| (answers(server).len() >= 4).then_some(());
    server.wait_for(four, SOON).await;
    home.settled().await;
    assert_eq!(answers(&server).len(), 4, "{}", server.story());
}

/// It is written down, and before Telegram hears of that the program is killed.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_commit_and_200_loses_and_doubles_nothing() {
    let (server, home) = town().await;
    let wire = Wire::before(vec![home.http.trim_start_matches("http://").parse().unwrap()]).await;
    receives(&home, "webhook", &format!("http://{}", wire.address()));
    let mut program = home.serve().await;
    bound(&server).await;
    let mut asked = Vec::new();
    for round in 0..3 {
        let before = taken_in(&home).await;
        wire.swallow_answers();
        asked.push(asks(&server, round));
        while taken_in(&home).await == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        program.kill();
        assert_eq!(server.pending().len(), 1, "round {round}: it was not confirmed");
        wire.heal();
        program = home.serve().await;
        answered(&server, &asked).await;
        let confirmed = |server: &TelegramServer| server.pending().is_empty().then_some(());
        server.wait_for(confirmed, SOON).await;
    }
    home.settled().await;
    let unmarked = answers(&server).into_iter().filter(|sent| !sent.text.contains("重发"));
    assert_eq!(unmarked.count(), asked.len(), "{}", server.story());
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_from_polling_to_a_webhook_and_back_loses_nothing() {
    let (server, home) = town().await;
    let mut program = home.serve().await;
    bound(&server).await;
    let mut asked = vec![asks(&server, 0)];
    answered(&server, &asked).await;
    for (number, how) in ["webhook", "polling", "webhook"].into_iter().enumerate() {
        let number = number as i64;
        // Some wait while nothing runs, some come while it starts.
        assert_eq!(program.signal("TERM").await, Some(0));
        asked.push(asks(&server, 1 + number));
        receives(&home, how, &home.http);
        program = home.serve().await;
        asked.push(asks(&server, 11 + number));
        answered(&server, &asked).await;
        assert_eq!(server.webhook().is_some(), how == "webhook");
    }
    home.settled().await;
    assert_eq!(answers(&server).len(), asked.len(), "{}", server.story());
    assert!(server.pending().is_empty());
    let dropped = server
        .calls()
        .into_iter()
        .filter(|call| call.params["drop_pending_updates"] == true);
    assert_eq!(dropped.count(), 0);
}

/// Somebody else polls under the same token: first of all their library removes the webhook.
#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_somebody_removed_is_set_again_and_said() {
    let (server, home) = called().await;
    let _program = home.serve().await;
    bound(&server).await;
    server.set_webhook(None);
    let asked = server.says(GROUP, ZHANG, SURE);
    let set = |server: &TelegramServer| server.webhook();
    server.wait_for(set, Duration::from_secs(30)).await;
    answered(&server, &[asked]).await;
    assert!(home.log().contains("另一个程序在用同一个 token"), "{}", home.log());
}

#[test]
fn a_webhook_that_telegram_cannot_reach_is_refused_at_the_start() {
    let home = Home::new("[telegram]\nreceive = \"webhook\"\n").with("TELOXIDE_TOKEN", "1:SECRET");
    says(&home, &["serve"], 1, &["receive = \"webhook\"：还没有写 public_url"]);
    let home = Home::new("public_url = \"https://help.example.cn:8080\"\n[telegram]\nreceive = \"webhook\"\n")
        .with("TELOXIDE_TOKEN", "1:SECRET");
    says(&home, &["serve"], 1, &["端口 443、80、88 或 8443"]);
}

/// Behind a balancer each of two programs takes in what comes to it; one of them handles it, in the chats' order.
#[tokio::test(flavor = "multi_thread")]
async fn every_program_takes_in_and_one_handles_on_postgres() {
    let server = TelegramServer::start().await;
    server.set_reads_all(true);
    server.add_user(ADMIN, "管理员甲");
    server.add_user(ZHANG, "张三");
    server.add_group(GROUP, "魏都帮办群", GroupKind::Supergroup { forum: false });
    let url = postgres_schema().await;
    let homes = [(); 2].map(|()| {
        Home::new("")
            .on_telegram(&server, ADMIN)
            .with("BANGBAN_SAMPLE", "0")
            .with("DATABASE_URL", &url)
    });
    let ends = homes
        .iter()
        .map(|home| home.http.trim_start_matches("http://").parse().unwrap());
    let wire = Wire::before(ends.collect()).await;
    for home in &homes {
        receives(home, "webhook", &format!("http://{}", wire.address()));
    }
    let roster = format!("{}/tests/data/town.yaml", env!("CARGO_MANIFEST_DIR"));
    says(&homes[0], &["roster", "import", &roster], 0, &[]);
    let _programs = [homes[0].serve().await, homes[1].serve().await];
    bound(&server).await;
    let mut asked = Vec::new();
    for number in 0..16 {
        if number % 2 == 0 {
            asked.push(asks(&server, number));
        } else {
            server.says(GROUP, ZHANG, "大家好");
        }
    }
    let all = |server: &TelegramServer| (answers(server).len() >= asked.len()).then_some(());
    server.wait_for(all, Duration::from_secs(60)).await;
    homes[0].settled_within(Duration::from_secs(60)).await;
    let order: Vec<i64> = answers(&server).iter().filter_map(|sent| sent.reply_to).collect();
    assert_eq!(order, asked);
    // The last part of a row's number says which program wrote it (`store/ids`).
    let mut db = PgConnection::connect(&url).await.unwrap();
    let text = "SELECT COUNT(DISTINCT id % 1024) FROM inbox";
    let (writers,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
    assert!(writers >= 2, "one program took everything in");
}
