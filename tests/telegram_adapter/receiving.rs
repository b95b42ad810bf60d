use std::sync::atomic::Ordering;

use bangban::domain::chat::message::{ChatEvent, ChatKind, Event, Heard, SenderKind};
use bangban::store::inbox::RawUpdate;

use super::*;
use crate::support::telegram_server::{Call, Delivery, Fault, Outcome, Post, TOKEN};

fn message(incoming: Option<Incoming>) -> Heard {
    match incoming.map(|incoming| incoming.event) {
        Some(Event::Message(heard)) => heard,
        other => panic!("{other:?}"),
    }
}

fn raw_update(key: &str) -> RawUpdate {
    RawUpdate {
        natural_key: key.to_owned(),
        lane: "telegram:?".to_owned(),
        raw: r#"{"update_id":1,"poll":{}}"#.to_owned(),
    }
}

#[tokio::test]
async fn what_people_do_is_heard_as_it_was_meant() {
    let (server, home) = (server().await, database().await);
    let mut running = run(api(&server), &home.db, impatient());
    server.says(GROUP, ZHANG, "请问@bangban_bot怎么注销？");
    let heard = message(running.hears().await);
    assert_eq!((heard.text.as_str(), heard.addressed), ("请问怎么注销？", true));

    let telegram = telegram(&server);
    let button = bangban::domain::chat::owed::Button {
        label: "认领".to_owned(),
        token: "t1".to_owned(),
        typed: "认领 1".to_owned(),
    };
    let card = Owed::Message {
        text: "Q1".into(),
        buttons: vec![vec![button]],
        quote: None,
        whom: None,
        ask_contact: false,
    };
    let card: i64 = send(&telegram, GROUP, card).await.unwrap().unwrap().parse().unwrap();
    server.says_with(GROUP, ZHANG, Post::text("收到").reply_to(card));
    assert!(
        message(running.hears().await)
            .reply_to
            .is_some_and(|reply| reply.to_bot)
    );
    server.presses(ZHANG, GROUP, card, "认领");
    let Some(Event::Press(press)) = running.hears().await.map(|incoming| incoming.event) else {
        panic!()
    };
    assert_eq!((press.token.as_str(), press.message), ("t1", Some(card.to_string())));

    let topic = server.opens_topic(FORUM, ZHANG, "变更");
    assert_eq!(running.hears().await, None);
    server.says_with(FORUM, ZHANG, Post::text("变更地址要多久").topic(topic));
    let incoming = running.hears().await.unwrap();
    assert_eq!(incoming.place.topic, Some(topic.to_string()));
    assert_eq!(message(Some(incoming)).reply_to, None);

    server.says_with(GROUP, ZHANG, Post::text("认领 1").anonymous_admin());
    assert_eq!(running.hears().await.unwrap().from.kind, SenderKind::Anonymous);
    server.says_with(ZHANG, ZHANG, Post::contact("8613800000000"));
    assert_eq!(
        running.hears().await.unwrap().event,
        Event::OwnContact("8613800000000".to_owned())
    );
    server.user_blocks(ZHANG);
    let blocked = running.hears().await.unwrap();
    assert_eq!(
        (blocked.chat_kind, blocked.event),
        (ChatKind::Private, Event::Chat(ChatEvent::BotRemoved))
    );
    running.stops().await;
    assert_eq!(server.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn one_poisoned_update_does_not_hold_up_the_others() {
    let (server, home) = (server().await, database().await);
    let poison = [
        r#"{"update_id":$ID,"message":{"message_id":900,"date":1,"chat":{"id":-1001,"type":"supergroup"},"text":"\ud800\u0000"}}"#,
        r#"{"update_id":$ID,"message":{"message_id":"?","text":"没有日期"}}"#,
        r#"{"update_id":$ID,"brand_new_kind":{"a":1}}"#,
    ];
    for raw in poison {
        server.queue_raw(raw);
    }
    server.queue_raw(b"{\"update_id\":$ID,\"message\":{\"message_id\":901,\"text\":\"\xff\xfe\x01\"}}");
    for number in 0..20 {
        server.says(GROUP, ZHANG, &format!("问题{number}"));
    }
    let mut running = run(api(&server), &home.db, impatient());
    let mut raws = Vec::new();
    for _ in 0..24 {
        raws.push(running.next().await.raw);
    }
    let heard = raws.iter().filter_map(|raw| parse(raw, &me()).ok().flatten());
    assert_eq!(
        heard.filter(|incoming| incoming.from.id == ZHANG.to_string()).count(),
        20
    );
    server.wait_idle(SOON).await;
    assert_eq!(server.confirmed().len(), 24);
    running.stops().await;
}

#[tokio::test]
async fn nothing_is_confirmed_before_it_is_committed() {
    let (server, home) = (server().await, database().await);
    let asked = server.says(GROUP, ZHANG, "第一问");
    // A transaction in the way: of SQLite's one writer, and of the same key on PostgreSQL.
    let mut held = home.db.begin().await.unwrap();
    let key = format!("m:{GROUP}:{asked}:0");
    held.take_in("telegram", &raw_update(&key), Clock::System.now())
        .await
        .unwrap();
    let running = run(api(&server), &home.db, impatient());
    let second_poll = server.wait_for(|server| (server.polls() > 1).then_some(()), SOON);
    let waited = tokio::time::timeout(Duration::from_millis(300), second_poll).await;
    assert!(
        waited.is_err() && server.polls() == 1,
        "the batch is not written down, so nothing more is asked for"
    );
    assert_eq!(server.confirmed(), Vec::<i64>::new());
    running.dies().await;
    drop(held);

    let mut again = run(api(&server), &home.db, impatient());
    assert_eq!(message(again.hears().await).text.as_str(), "第一问");
    again.stops().await;
}

#[tokio::test]
async fn what_was_committed_and_not_confirmed_is_not_handled_twice() {
    let (server, home) = (server().await, database().await);
    let mut running = run(api(&server), &home.db, impatient());
    server.wait_idle(SOON).await;
    // The poll that is open already answers; the next one, which would confirm, never arrives.
    server.fail_always("getUpdates", None, Fault::HangFor(Duration::from_secs(60)));
    server.says(GROUP, ZHANG, "第一问");
    assert_eq!(message(running.hears().await).text.as_str(), "第一问");
    running.dies().await;
    assert_eq!((server.confirmed().len(), server.pending().len()), (0, 1));
    server.heal();
    let mut again = run(api(&server), &home.db, impatient());
    server.wait_idle(SOON).await;
    server.says(GROUP, ZHANG, "第二问");
    assert_eq!(message(again.hears().await).text.as_str(), "第二问");
    again.stops().await;
}

#[tokio::test]
async fn updates_left_waiting_are_handled_once_the_bots_name_is_known() {
    let (server, home) = (server().await, database().await);
    let update = raw_update("u:1:x");
    let mut tx = home.db.begin().await.unwrap();
    tx.take_in("telegram", &update, Clock::System.now()).await.unwrap();
    tx.take_in("web", &update, Clock::System.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut running = run(api(&server), &home.db, impatient());
    assert_eq!(running.next().await.channel, "telegram");
    running.stops().await;
}

#[tokio::test]
async fn polling_goes_on_after_a_second_poller_a_webhook_and_unreadable_answers() {
    let (server, home) = (server().await, database().await);
    let mut running = run(api(&server), &home.db, impatient());
    server.wait_idle(SOON).await;
    let other = reqwest::Client::new().post(format!("{}/bot{}/getUpdates", server.api_url(), server.token()));
    let other = other.json(&serde_json::json!({"timeout": 0})).send().await.unwrap();
    assert!(other.status().is_success());
    let conflict = |server: &TelegramServer| {
        let refused = |call: &Call| matches!(call.outcome, Outcome::Refused { code: 409, .. });
        server.calls().iter().any(refused).then_some(())
    };
    server.wait_for(conflict, SOON).await;
    server.says(GROUP, ZHANG, "第一问");
    assert_eq!(message(running.hears().await).text.as_str(), "第一问");

    server.set_webhook(Some("https://example.org/hook"));
    server.says(GROUP, ZHANG, "第二问");
    assert_eq!(message(running.hears().await).text.as_str(), "第二问");

    let page = |status| Fault::Answer {
        status,
        headers: vec![],
        body: "<html>出错</html>".into(),
    };
    for fault in [
        Fault::Truncated,
        Fault::Status(502),
        page(200),
        page(403),
        Fault::ResetAfterEffect,
    ] {
        server.fail_next("getUpdates", None, fault);
    }
    server.fail_next("getUpdates", None, Fault::too_many_requests(1));
    server.says(GROUP, ZHANG, "第三问");
    assert_eq!(message(running.hears().await).text.as_str(), "第三问");
    running.stops().await;
    let refusals = server
        .calls()
        .into_iter()
        .filter(|call| call.method == "deletewebhook")
        .count();
    assert_eq!(refusals, 1);
}

#[tokio::test]
async fn ids_that_start_anew_lower_are_no_repetition() {
    let (server, home) = (server().await, database().await);
    let mut running = run(api(&server), &home.db, impatient());
    server.says(GROUP, ZHANG, "上周的问题");
    assert_eq!(message(running.hears().await).text.as_str(), "上周的问题");
    server.wait_idle(SOON).await;
    server.restart_update_ids(17);
    server.says(GROUP, ZHANG, "这周的问题");
    assert_eq!(message(running.hears().await).text.as_str(), "这周的问题");
    running.stops().await;
}

#[tokio::test]
async fn a_start_without_net_waits_for_the_net() {
    let home = database().await;
    let broken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = broken.local_addr().unwrap().port();
    let api = Api::new(Token::new(TOKEN), Some(format!("http://127.0.0.1:{port}"))).unwrap();
    let mut running = run(api, &home.db, impatient());
    drop(broken.accept().await.unwrap());
    drop(broken);
    assert_eq!(running.heartbeat.load(Ordering::SeqCst), 0);
    let server = TelegramServer::start_on(port).await;
    furnish(&server);
    server.says(GROUP, ZHANG, "网通了吗");
    assert_eq!(message(running.hears().await).text.as_str(), "网通了吗");
    assert!(running.heartbeat.load(Ordering::SeqCst) > 0);
    server
        .wait_for(
            |server| (!server.commands("all_group_chats").is_empty()).then_some(()),
            SOON,
        )
        .await;
    running.stops().await;
}

#[tokio::test]
async fn a_wrong_token_is_not_hammered() {
    let (server, home) = (server().await, database().await);
    server.fail_always("getMe", None, Fault::api(401, "Unauthorized"));
    let running = run(api(&server), &home.db, Patience::default());
    server
        .wait_for(|server| (!server.calls().is_empty()).then_some(()), SOON)
        .await;
    running.stops().await;
    assert_eq!(server.calls().len(), 1);
}

#[tokio::test]
async fn what_telegram_repeats_and_reorders_is_handled_once() {
    let (server, home) = (server().await, database().await);
    server.set_delivery(Delivery {
        extra_copies: 4,
        shuffle: true,
    });
    for number in 0..100 {
        server.says(GROUP, ZHANG, &format!("问题{number}"));
    }
    let mut running = run(api(&server), &home.db, impatient());
    let mut texts = std::collections::BTreeSet::new();
    for _ in 0..100 {
        assert!(texts.insert(message(running.hears().await).text.to_string()));
    }
    server.wait_idle(SOON).await;
    assert!(running.handled.try_recv().is_err());
    running.stops().await;
}
