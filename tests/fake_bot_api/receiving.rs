//! getUpdates: confirmation, long polls, second pollers, what is asked for, faults on the way.

use std::time::Duration;

use serde_json::json;

use super::{GROUP, SOON, ZHANG, call, done, poll, refused, says, server, try_call, url};
use crate::support::telegram_server::{Delivery, Fault};

#[tokio::test]
async fn an_update_is_forgotten_only_when_a_higher_offset_arrives() {
    let server = server().await;
    for text in ["一", "二", "三"] {
        server.says(GROUP, ZHANG, text);
    }
    let ids = poll(&server, 0).await;
    assert_eq!(ids.len(), 3);
    assert_eq!(poll(&server, 0).await, ids);
    assert!(server.confirmed().is_empty());
    assert_eq!(poll(&server, ids[0] + 1).await, ids[1..]);
    assert_eq!(server.confirmed(), ids[..1]);
    assert_eq!(poll(&server, -1).await, ids[2..]);
    assert_eq!(server.confirmed(), ids[..2]);
    assert!(poll(&server, ids[2] + 1).await.is_empty());
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn forgetting_what_was_never_delivered_is_a_violation() {
    let server = server().await;
    server.says(GROUP, ZHANG, "一");
    let id = server.pending()[0];
    poll(&server, id + 1).await;
    assert_eq!(server.violations().len(), 1);
}

#[tokio::test]
async fn a_long_poll_wakes_when_somebody_speaks() {
    let server = server().await;
    let waits = done(&server, "getUpdates", json!({"timeout": 50}));
    let speaks = async {
        server.wait_for(|server| server.is_idle().then_some(()), SOON).await;
        server.says(GROUP, ZHANG, "在吗");
    };
    let (updates, ()) = tokio::time::timeout(SOON, async { tokio::join!(waits, speaks) })
        .await
        .unwrap();
    assert_eq!(updates[0]["message"]["text"], "在吗");
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let server = server().await;
    let first = refused(&server, "getUpdates", json!({"timeout": 50}));
    let second = async {
        server.wait_idle(SOON).await;
        done(&server, "getUpdates", json!({})).await
    };
    let (text, _) = tokio::join!(first, second);
    assert!(text.starts_with("Conflict: terminated by other getUpdates request"));
}

#[tokio::test]
async fn a_webhook_excludes_polling() {
    let server = server().await;
    server.set_webhook(Some("https://elsewhere.cn/hook"));
    let text = refused(&server, "getUpdates", json!({})).await;
    assert!(text.starts_with("Conflict: can't use getUpdates method while webhook is active"));
    done(&server, "deleteWebhook", json!({})).await;
    poll(&server, 0).await;
}

#[tokio::test]
async fn members_and_reactions_come_only_when_asked_for() {
    let server = server().await;
    server.promotes_bot(GROUP, ZHANG);
    let before = server.pending().len();
    server.promotes(GROUP, ZHANG, ZHANG);
    assert_eq!(server.pending().len(), before);
    done(&server, "getUpdates", json!({"allowed_updates": ["chat_member"]})).await;
    done(&server, "getUpdates", json!({})).await;
    server.promotes(GROUP, ZHANG, ZHANG);
    server.says(GROUP, ZHANG, "不要");
    assert_eq!(server.pending().len(), before + 1);
}

#[tokio::test]
async fn privacy_mode_hides_plain_talk() {
    let server = server().await;
    server.set_reads_all(false);
    server.says(GROUP, ZHANG, "@bangban_bot 问题");
    assert!(server.pending().is_empty());
    server.says(GROUP, ZHANG, "/ask@bangban_bot 问题");
    assert_eq!(server.pending().len(), 1);
}

#[tokio::test]
async fn presses_expire_sooner_than_messages() {
    let server = server().await;
    let message = says(&server, "Q1").await;
    server.presses_data(ZHANG, GROUP, message, "x");
    server.says(GROUP, ZHANG, "还在");
    server.advance(Duration::from_secs(151));
    assert_eq!(poll(&server, 0).await.len(), 1);
    assert_eq!(server.expired().len(), 1);
}

#[tokio::test]
async fn ids_that_begin_anew_are_not_skipped() {
    let server = server().await;
    server.says(GROUP, ZHANG, "旧");
    let old = poll(&server, 0).await[0];
    poll(&server, old + 1).await;
    server.restart_update_ids(7);
    server.says(GROUP, ZHANG, "新");
    assert_eq!(poll(&server, old + 1).await, [7]);
}

#[tokio::test]
async fn copies_and_shuffling_keep_every_update() {
    let server = server().await;
    server.set_delivery(Delivery {
        extra_copies: 4,
        shuffle: true,
    });
    for n in 0..20 {
        server.says(GROUP, ZHANG, &n.to_string());
    }
    let mut ids = poll(&server, 0).await;
    assert!(ids.len() > 20 && !ids.is_sorted());
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids, server.pending());
}

#[tokio::test]
async fn raw_bytes_arrive_as_they_are() {
    let server = server().await;
    let id = server.queue_raw(r#"{"update_id":$ID,"message":{"text":"\ud800"}}"#);
    let request = reqwest::Client::new().post(url(&server, "GETUPDATES"));
    let body = request.send().await.unwrap().text().await.unwrap();
    assert!(body.contains(&format!(r#"{{"update_id":{id},"message":{{"text":"\ud800"}}}}"#)));
}

#[tokio::test]
async fn faults_break_the_way_they_are_told() {
    let server = server().await;
    let send = json!({"chat_id": GROUP, "text": "您好"});
    server.fail_next("sendMessage", Some(GROUP), Fault::ResetBeforeEffect);
    assert!(try_call(&server, "sendMessage", send.clone()).await.is_err());
    assert_eq!(server.sent(GROUP).len(), 0);
    server.fail_next("*", None, Fault::ResetAfterEffect);
    assert!(try_call(&server, "sendMessage", send.clone()).await.is_err());
    assert_eq!(server.sent(GROUP).len(), 1);
    server.fail_next("sendMessage", None, Fault::Truncated);
    assert!(
        try_call(&server, "sendMessage", send.clone())
            .await
            .unwrap_err()
            .is_decode()
    );
    server.fail_next("sendMessage", None, Fault::Status(502));
    assert!(
        try_call(&server, "sendMessage", send.clone())
            .await
            .unwrap_err()
            .is_decode()
    );
    server.fail_next("sendMessage", Some(GROUP), Fault::too_many_requests(30));
    let answer = call(&server, "sendMessage", send.clone()).await;
    assert_eq!(answer["parameters"]["retry_after"], 30);
    assert_eq!(call(&server, "sendMessage", send.clone()).await["error_code"], 429);
    assert_eq!(server.violations().len(), 1);
    server.advance(Duration::from_secs(30));
    done(&server, "sendMessage", send.clone()).await;
    server.goes_down();
    assert!(try_call(&server, "sendMessage", send.clone()).await.is_err());
    server.heal();
    done(&server, "sendMessage", send).await;
}
