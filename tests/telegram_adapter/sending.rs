use bangban::domain::chat::message::{Media, MediaKind, MessageRef};
use bangban::domain::chat::owed::Button;
use bangban::platform::Refused;
use bangban::platform::telegram::diagnose;

use super::*;
use crate::support::telegram_server::{Fault, Post};

fn buttons() -> Vec<Vec<Button>> {
    vec![vec![Button {
        label: "解决了".to_owned(),
        token: "t1".to_owned(),
        typed: "解决了 1".to_owned(),
    }]]
}

fn edit(message: &str, text: &str) -> Owed {
    Owed::Edit {
        message: message.to_owned(),
        text: Rich::from(text),
        buttons: buttons(),
    }
}

#[tokio::test]
async fn every_form_arrives_as_it_was_meant() {
    let server = server().await;
    let telegram = telegram(&server);
    let asked = server.says(GROUP, ZHANG, "变更法定代表人要哪些材料？");
    let text = Rich::default()
        .bold("变更 <法人> & \"材料\"\n")
        .plain("1 < 2\n")
        .person("张三", Some("11"));
    let answer = Owed::Message {
        text,
        buttons: buttons(),
        quote: Some(asked.to_string()),
        whom: None,
        ask_contact: false,
    };
    let id = send(&telegram, GROUP, answer).await.unwrap().unwrap();
    let sent = server.sent(GROUP).remove(0);
    assert_eq!(sent.text, "变更 <法人> & \"材料\"\n1 < 2\n张三");
    assert_eq!((sent.reply_to, sent.labels()), (Some(asked), vec!["解决了"]));

    assert_eq!(send(&telegram, GROUP, edit(&id, "更正：…")).await, Ok(None));
    assert_eq!(
        send(&telegram, GROUP, edit(&id, "更正：…")).await,
        Ok(None),
        "not modified is success"
    );
    for _ in 0..2 {
        let none = Owed::Buttons {
            message: id.clone(),
            buttons: vec![],
        };
        assert_eq!(send(&telegram, GROUP, none).await, Ok(None));
    }
    let stripped = server.sent(GROUP).remove(0);
    assert_eq!((stripped.text.as_str(), stripped.labels().len()), ("更正：…", 0));
    assert_eq!(server.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn presses_are_answered_and_messages_deleted() {
    let server = server().await;
    let telegram = telegram(&server);
    let card = Owed::Message {
        text: "Q1".into(),
        buttons: buttons(),
        quote: None,
        whom: None,
        ask_contact: false,
    };
    let card: i64 = send(&telegram, GROUP, card).await.unwrap().unwrap().parse().unwrap();
    let press = server.presses(ZHANG, GROUP, card, "解决了");
    let toast = Owed::Toast {
        press,
        account: ZHANG.to_string(),
        text: "好".repeat(300),
    };
    assert_eq!(send(&telegram, GROUP, toast).await, Ok(None));
    assert_eq!(server.toasts()[0].text.chars().count(), 200);

    assert_eq!(
        send(
            &telegram,
            GROUP,
            Owed::Delete {
                message: card.to_string()
            }
        )
        .await,
        Ok(None)
    );
    assert_eq!(
        send(
            &telegram,
            GROUP,
            Owed::Delete {
                message: card.to_string()
            }
        )
        .await,
        Ok(None)
    );
    let share = Owed::Message {
        text: "请分享".into(),
        buttons: vec![],
        quote: None,
        whom: None,
        ask_contact: true,
    };
    assert!(send(&telegram, ZHANG, share).await.unwrap().is_some());
    assert_eq!(server.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn pictures_travel_without_their_unmasked_words() {
    let server = server().await;
    let telegram = telegram(&server);
    server.add_file("pic", b"jpeg");
    let asked = server.says_with(GROUP, ZHANG, Post::photo("pic").caption("身份证 411002199001011234"));
    let media = |message: i64| Owed::Media {
        media: Media::new(MediaKind::Picture, "pic"),
        from: MessageRef {
            place: place(GROUP),
            id: message.to_string(),
        },
        quote: None,
    };
    assert!(send(&telegram, ZHANG, media(asked)).await.unwrap().is_some());
    let copy = server.sent(ZHANG).remove(0);
    assert_eq!((copy.text.as_str(), copy.file_id.as_deref()), ("", Some("pic")));
    server.deletes(GROUP, asked);
    assert!(send(&telegram, ZHANG, media(asked)).await.unwrap().is_some());
    assert!(server.sent(ZHANG)[1].text.contains("图片"));
    assert_eq!(server.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_go_the_first_way_goes_the_second() {
    let server = server().await;
    let telegram = telegram(&server);
    let topic = server.opens_topic(FORUM, ZHANG, "变更");
    let in_topic = Place {
        topic: Some(topic.to_string()),
        ..place(FORUM)
    };
    send_to(&telegram, in_topic.clone(), words("在话题里")).await.unwrap();
    server.closes_topic(FORUM, ZHANG, topic);
    send_to(&telegram, in_topic, words("话题关了")).await.unwrap();
    let topics: Vec<_> = server.sent(FORUM).iter().map(|sent| sent.topic).collect();
    assert_eq!(topics, [Some(topic), None]);

    server.fail_next(
        "sendMessage",
        None,
        Fault::api(400, "Bad Request: can't parse entities: unsupported"),
    );
    send(&telegram, GROUP, words("1 < 2")).await.unwrap();
    let sent = server.sent(GROUP).remove(0);
    assert_eq!((sent.text.as_str(), sent.html), ("1 < 2", None));

    let id = send(&telegram, GROUP, edit("4040", "新的话")).await.unwrap();
    assert_eq!(id, Some(server.sent(GROUP)[1].message_id.to_string()));
    let asked = server.says(GROUP, ZHANG, "删掉的问题");
    server.deletes(GROUP, asked);
    let answer = Owed::Message {
        text: "答".into(),
        buttons: vec![],
        quote: Some(asked.to_string()),
        whom: None,
        ask_contact: false,
    };
    assert!(send(&telegram, GROUP, answer).await.unwrap().is_some());
    let stale = Owed::Toast {
        press: "123".to_owned(),
        account: "11".to_owned(),
        text: "晚了".to_owned(),
    };
    assert_eq!(send(&telegram, GROUP, stale).await, Ok(None));
}

#[tokio::test]
async fn refusals_say_what_is_wrong_with_the_chat() {
    let server = server().await;
    let telegram = telegram(&server);
    let kind = |result: Result<Option<String>, SendError>| match result {
        Err(SendError::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    server.mutes_bot(GROUP, ZHANG);
    assert!(matches!(
        kind(send(&telegram, GROUP, words("…")).await),
        Refused::Muted(_)
    ));
    server.removes_bot(GROUP, ZHANG);
    assert!(matches!(
        kind(send(&telegram, GROUP, words("…")).await),
        Refused::Lost(_)
    ));
    assert!(matches!(kind(send(&telegram, -4, words("…")).await), Refused::Lost(_)));
    server.user_blocks(ZHANG);
    assert!(matches!(
        kind(send(&telegram, ZHANG, words("…")).await),
        Refused::Unreachable(_)
    ));
    server.add_user(12, "李四");
    assert!(matches!(
        kind(send(&telegram, 12, words("…")).await),
        Refused::Unreachable(_)
    ));
    server.add_group(-5, "老群", GroupKind::Group);
    server.migrates(-5, -1005, ZHANG);
    assert_eq!(
        kind(send(&telegram, -5, words("…")).await),
        Refused::Moved("-1005".to_owned())
    );
    assert!(matches!(
        kind(send(&telegram, FORUM, words(&"长".repeat(4097))).await),
        Refused::Other(_)
    ));
}

#[tokio::test]
async fn what_went_wrong_on_the_way_is_known_or_openly_unknown() {
    let server = server().await;
    let telegram = telegram(&server);
    for fault in [Fault::ResetAfterEffect, Fault::Truncated] {
        server.fail_next("sendMessage", None, fault.clone());
        let result = send(&telegram, GROUP, words("…")).await;
        assert!(
            matches!(&result, Err(SendError::Unknown(said)) if !said.contains(server.token())),
            "{fault:?} {result:?}"
        );
    }
    for fault in [502, 503, 504].map(Fault::Status) {
        server.fail_next("sendMessage", None, fault.clone());
        let page = send(&telegram, GROUP, words("…")).await;
        assert!(matches!(page, Err(SendError::NotSent { .. })), "{fault:?} {page:?}");
    }
    server.fail_next("sendMessage", None, Fault::too_many_requests(7));
    let flood = send(&telegram, FORUM, words("…")).await;
    assert!(
        matches!(
            flood,
            Err(SendError::NotSent {
                retry_after_ms: Some(7000),
                ..
            })
        ),
        "{flood:?}"
    );
    server.fail_next("deleteMessage", None, Fault::ResetAfterEffect);
    let deleted = send(
        &telegram,
        GROUP,
        Owed::Delete {
            message: "1".to_owned(),
        },
    )
    .await;
    assert!(
        matches!(deleted, Err(SendError::NotSent { .. })),
        "harmless to repeat: {deleted:?}"
    );

    let closed = Api::new(Token::new("7:SECRET"), Some("http://127.0.0.1:1".to_owned())).unwrap();
    let refused = send(&Telegram::new(closed), GROUP, words("…")).await.unwrap_err();
    assert!(matches!(refused, SendError::NotSent { .. }), "{refused:?}");
    assert!(!format!("{refused:?}").contains("SECRET"), "{refused:?}");
}

#[tokio::test]
async fn a_server_error_comes_back_at_once() {
    let server = server().await;
    let telegram = telegram(&server);
    server.fail_next("sendMessage", None, Fault::api(500, "Internal Server Error: restart"));
    let broken = send(&telegram, GROUP, words("…")).await;
    assert!(
        matches!(
            broken,
            Err(SendError::NotSent {
                retry_after_ms: None,
                ..
            })
        ),
        "{broken:?}"
    );
    send(&telegram, GROUP, words("…")).await.unwrap();
    let times: Vec<i64> = server.calls().iter().map(|call| call.at).collect();
    assert!(times[1] - times[0] < 5_000, "teloxide would have slept 10 s: {times:?}");
}

#[tokio::test]
async fn missing_rights_are_told_in_sentences() {
    let server = server().await;
    let api = api(&server);
    server.set_reads_all(false);
    assert_eq!(diagnose(&api, GROUP).await.len(), 2);
    server.promotes_bot(GROUP, ZHANG);
    assert_eq!(diagnose(&api, GROUP).await, Vec::<String>::new());
    server.removes_bot(GROUP, ZHANG);
    assert!(diagnose(&api, GROUP).await[0].contains("不在"));
}
