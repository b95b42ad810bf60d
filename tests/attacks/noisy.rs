//! Who makes the bot talk: one account, many accounts, senders without a name. Whoever asks something is answered.

use std::time::{Duration, Instant};

use crate::support::telegram_server::{Post, Sent, TelegramServer};
use crate::telegram::{ADMIN, GROUP, SURE, UNKNOWN, ZHANG, hears, no_mistakes, ready};

const NEIGHBOUR: i64 = 602;
const HELP: &str = "答企业登记的问题";

/// What the bot said in the group in answer to somebody.
fn said_to(server: &TelegramServer, asked: &[i64]) -> Vec<Sent> {
    let to = |sent: &Sent| sent.reply_to.is_some_and(|message| asked.contains(&message));
    server.sent(GROUP).into_iter().filter(to).collect()
}

/// A neighbour asks, and hears the answer within this time.
async fn is_answered_soon(server: &TelegramServer, patience: Duration) {
    let begun = Instant::now();
    let asked = server.says(GROUP, NEIGHBOUR, SURE);
    let answer = server
        .wait_for(
            |server| {
                said_to(server, &[asked])
                    .into_iter()
                    .find(|sent| sent.text.contains("公示 20 天"))
            },
            Duration::from_secs(60),
        )
        .await;
    assert!(
        begun.elapsed() < patience,
        "{:?} for {}\n{}",
        begun.elapsed(),
        answer.text,
        server.story()
    );
}

#[tokio::test]
async fn one_account_that_plays_keeps_nobody_waiting() {
    let (server, home, _program) = ready().await;
    server.add_user(NEIGHBOUR, "邻居");
    server.limit_floods(true);
    let asked: Vec<i64> = (0..60).map(|_| server.says(GROUP, ZHANG, "/help")).collect();
    is_answered_soon(&server, Duration::from_secs(5)).await;
    home.settled_within(Duration::from_secs(90)).await;
    let answers = said_to(&server, &asked);
    assert_eq!(answers.len(), 6, "{}", server.story());
    assert!(answers[..5].iter().all(|sent| sent.text.contains(HELP)), "{answers:#?}");
    assert!(answers[5].text.contains("我先去答别人的"), "{}", answers[5].text);
    no_mistakes(&server);
}

#[tokio::test]
async fn what_the_one_who_plays_really_asks_is_a_question_all_the_same() {
    let (server, home, _program) = ready().await;
    server.add_user(NEIGHBOUR, "邻居");
    for _ in 0..20 {
        server.says(GROUP, ZHANG, "/help");
    }
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    server.says(GROUP, NEIGHBOUR, UNKNOWN);
    hears(&server, GROUP, "Q2 ").await;
    home.settled().await;
    no_mistakes(&server);
}

#[tokio::test]
async fn many_accounts_that_play_keep_nobody_waiting() {
    let (server, _home, _program) = ready().await;
    server.add_user(NEIGHBOUR, "邻居");
    server.limit_floods(true);
    for user in 700..720 {
        server.add_user(user, "玩的人");
        for _ in 0..6 {
            server.says(GROUP, user, "/help");
        }
    }
    is_answered_soon(&server, Duration::from_secs(5)).await;
    no_mistakes(&server);
}

#[tokio::test]
async fn who_hides_behind_the_group_is_told_once() {
    let (server, home, _program) = ready().await;
    let mut asked = Vec::new();
    for _ in 0..10 {
        asked.push(server.says_with(GROUP, ADMIN, Post::text("/duty").anonymous_admin()));
        asked.push(server.says_with(GROUP, ADMIN, Post::text(SURE).anonymous_admin()));
        asked.push(server.says_with(GROUP, ADMIN, Post::text("/duty").through_channel(-100_777, "频道")));
    }
    hears(&server, GROUP, "请用个人身份发言").await;
    home.settled().await;
    let answers = said_to(&server, &asked);
    assert_eq!(
        answers.len(),
        2,
        "the group's own face, and the channel's\n{}",
        server.story()
    );
    no_mistakes(&server);
}
