//! What the bot may write, where, and what a person then sees.

use serde_json::{Value, json};

use super::{GROUP, SOON, ZHANG, call, done, refused, says, server, url};
use crate::support::telegram_server::{GroupKind, Post, TelegramServer};

#[tokio::test]
async fn a_message_is_kept_as_a_person_sees_it() {
    let server = server().await;
    let question = server.says(GROUP, ZHANG, "问题");
    let params = json!({
        "chat_id": GROUP, "text": " <b>A&amp;B</b> &lt;x&gt; ", "parse_mode": "HTML",
        "reply_parameters": {"message_id": question},
        "reply_markup": {"inline_keyboard": [[{"text": "认领", "callback_data": "c"}]]},
    });
    let id = done(&server, "SENDMESSAGE", params).await["message_id"]
        .as_i64()
        .unwrap();
    let sent = server.wait_sent(GROUP, 1, SOON).await;
    assert_eq!((sent.method, sent.text.as_str()), ("sendMessage", "A&B <x>"));
    assert_eq!(sent.reply_to, Some(question));
    assert_eq!(sent.buttons, [[("认领".to_owned(), "c".to_owned())]]);
    let edit = json!({"chat_id": GROUP, "message_id": id, "text": "已认领"});
    done(&server, "editMessageText", edit.clone()).await;
    let sent = &server.sent(GROUP)[0];
    assert_eq!((sent.text.as_str(), sent.buttons.len()), ("已认领", 0));
    assert_eq!(sent.history[0].text, "A&B <x>");
    let text = refused(&server, "editMessageText", edit).await;
    assert!(text.starts_with("Bad Request: message is not modified: "));
    done(&server, "deleteMessage", json!({"chat_id": GROUP, "message_id": id})).await;
    assert!(server.sent(GROUP)[0].deleted);
    let gone = json!({"chat_id": GROUP, "message_id": id, "text": "x"});
    let text = refused(&server, "editMessageText", gone).await;
    assert_eq!(text, "Bad Request: message to edit not found");
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn forms_and_queries_work_like_json() {
    let server = server().await;
    let client = reqwest::Client::new();
    let form = [
        ("chat_id", "-1001"),
        ("text", "表 单&"),
        (
            "reply_parameters",
            "{\"message_id\":9,\"allow_sending_without_reply\":true}",
        ),
    ];
    client
        .post(url(&server, "sendMessage"))
        .form(&form)
        .send()
        .await
        .unwrap();
    let query = url(&server, "sendMessage?chat_id=-1001&text=%E9%97%AE+1");
    client.get(query).send().await.unwrap();
    let parts = reqwest::multipart::Form::new()
        .text("chat_id", "-1001")
        .text("text", "多段");
    client
        .post(url(&server, "sendMessage"))
        .multipart(parts)
        .send()
        .await
        .unwrap();
    let texts: Vec<String> = server.sent(GROUP).into_iter().map(|sent| sent.text).collect();
    assert_eq!(texts, ["表 单&", "问 1", "多段"]);
}

#[tokio::test]
async fn wrong_tokens_and_methods_are_refused() {
    let server = server().await;
    for (path, code) in [
        ("/bot1:wrong/getMe", 401),
        ("/botwrong/getMe", 404),
        ("/nowhere", 404),
        (&format!("/bot{}/flyAway", server.token()), 404),
    ] {
        let answer = reqwest::get(format!("{}{path}", server.api_url())).await.unwrap();
        assert_eq!(answer.status().as_u16(), code, "{path}");
        assert_eq!(answer.json::<Value>().await.unwrap()["error_code"], code);
    }
}

#[tokio::test]
async fn topics_must_exist_and_be_open() {
    let server = server().await;
    server.add_group(-1002, "指导群", GroupKind::Supergroup { forum: true });
    let topic = server.opens_topic(-1002, ZHANG, "迁移");
    let to = |chat: i64, topic: i64| json!({"chat_id": chat, "text": "x", "message_thread_id": topic});
    done(&server, "sendMessage", to(-1002, topic)).await;
    assert_eq!(server.sent(-1002)[0].topic, Some(topic));
    for wrong in [to(-1002, 1), to(-1002, 99), to(GROUP, topic)] {
        let text = refused(&server, "sendMessage", wrong).await;
        assert_eq!(text, "Bad Request: message thread not found");
    }
    server.closes_topic(-1002, ZHANG, topic);
    let text = refused(&server, "sendMessage", to(-1002, topic)).await;
    assert_eq!(text, "Bad Request: TOPIC_CLOSED");
}

#[tokio::test]
async fn each_place_the_bot_may_not_write_says_why() {
    let server = server().await;
    let basic = server.add_group(-5, "群", GroupKind::Group);
    server.add_user(12, "李强");
    let to = |chat: i64| json!({"chat_id": chat, "text": "x"});
    let say = async |chat: i64| refused(&server, "sendMessage", to(chat)).await;
    assert_eq!(say(-404).await, "Bad Request: chat not found");
    assert_eq!(say(12).await, "Forbidden: bot can't initiate conversation with a user");
    server.user_blocks(ZHANG);
    assert_eq!(say(ZHANG).await, "Forbidden: bot was blocked by the user");
    server.user_is_deactivated(ZHANG);
    assert_eq!(say(ZHANG).await, "Forbidden: user is deactivated");
    server.mutes_bot(GROUP, 12);
    let muted = "Bad Request: not enough rights to send text messages to the chat";
    assert_eq!(say(GROUP).await, muted);
    server.removes_bot(GROUP, 12);
    assert_eq!(say(GROUP).await, "Forbidden: bot was kicked from the supergroup chat");
    server.removes_bot(basic, 12);
    assert_eq!(say(basic).await, "Forbidden: bot was kicked from the group chat");
    server.adds_bot(basic, 12);
    done(&server, "leaveChat", json!({"chat_id": basic})).await;
    assert_eq!(say(basic).await, "Forbidden: bot is not a member of the group chat");
    server.adds_bot(basic, 12);
    server.migrates(basic, -1009, 12);
    let answer = call(&server, "sendMessage", to(basic)).await;
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], -1009);
    done(&server, "sendMessage", to(-1009)).await;
    server.deletes_group(-1009);
    assert_eq!(say(-1009).await, "Forbidden: the group chat was deleted");
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn a_press_is_answered_once_and_in_time() {
    let server = server().await;
    let message = says(&server, "Q1").await;
    let answer = |id: &str| json!({"callback_query_id": id, "text": "好"});
    let callback = server.presses_data(ZHANG, GROUP, message, "x");
    done(&server, "answerCallbackQuery", answer(&callback)).await;
    assert_eq!(
        (server.toasts()[0].user, server.toasts()[0].text.as_str()),
        (ZHANG, "好")
    );
    let late = server.presses_data(ZHANG, GROUP, message, "x");
    assert_eq!(server.unanswered(), [late.as_str()]);
    server.advance(std::time::Duration::from_secs(151));
    for id in ["nonsense", &late] {
        let text = refused(&server, "answerCallbackQuery", answer(id)).await;
        assert!(text.starts_with("Bad Request: query is too old and response timeout expired"));
    }
}

#[tokio::test]
async fn photos_are_passed_on_and_downloaded() {
    let server = server().await;
    server.add_file("licence", b"jpeg");
    let photo = server.says_with(GROUP, ZHANG, Post::photo("licence").caption("执照"));
    let params = json!({"chat_id": ZHANG, "from_chat_id": GROUP, "message_id": photo});
    for method in ["copyMessage", "forwardMessage"] {
        done(&server, method, params.clone()).await;
    }
    let params = json!({"chat_id": ZHANG, "photo": "licence", "caption": "再看"});
    done(&server, "sendPhoto", params).await;
    let seen: Vec<_> = server.sent(ZHANG).into_iter().map(|s| (s.text, s.file_id)).collect();
    let file = Some("licence".to_owned());
    let expected = ["执照", "执照", "再看"].map(|text| (text.to_owned(), file.clone()));
    assert_eq!(seen, expected);
    let file = done(&server, "getFile", json!({"file_id": "licence"})).await;
    let path = file["file_path"].as_str().unwrap();
    let url = format!("{}/file/bot{}/{path}", server.api_url(), server.token());
    let bytes = reqwest::get(url).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"jpeg");
}

#[tokio::test]
async fn a_dropped_server_refuses_its_port() {
    let server = TelegramServer::start().await;
    let url = server.api_url();
    drop(server);
    let refused = async {
        while reqwest::get(&url).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, refused).await.unwrap();
}
