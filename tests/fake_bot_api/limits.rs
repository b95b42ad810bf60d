//! The server's limits: each wrong request gets its text and is noted as a violation.

use std::time::Duration;

use serde_json::{Value, json};

use super::{GROUP, ZHANG, call, done, refused, server};

fn html(text: &str) -> Value {
    json!({"chat_id": GROUP, "text": text, "parse_mode": "HTML"})
}

fn button(button: &Value) -> Value {
    let rows = json!({"inline_keyboard": [[button]]});
    json!({"chat_id": GROUP, "text": "x", "reply_markup": rows})
}

async fn all_refused(table: &[(Value, &str)]) {
    let server = server().await;
    for (params, expected) in table {
        let text = refused(&server, "sendMessage", params.clone()).await;
        assert_eq!(text, format!("Bad Request: {expected}"));
    }
    assert!(server.sent(GROUP).is_empty());
    assert_eq!(server.violations().len(), table.len());
}

#[tokio::test]
async fn wrong_words_are_refused() {
    let unmatched = "can't parse entities: Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"";
    all_refused(&[
        (json!({"text": "x"}), "chat_id is empty"),
        (json!({"chat_id": GROUP, "text": " "}), "message text is empty"),
        (
            json!({"chat_id": GROUP, "text": "长".repeat(4097)}),
            "message is too long",
        ),
        (
            json!({"chat_id": GROUP, "text": "😀".repeat(2049)}),
            "message is too long",
        ),
        (html("<b></b>"), "message text is empty"),
        (
            html("<b>x"),
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            html("<div>x</div>"),
            "can't parse entities: Unsupported start tag \"div\" at byte offset 0",
        ),
        (
            html("a < b"),
            "can't parse entities: Unclosed start tag at byte offset 2",
        ),
        (html("<b><i>x</b></i>"), unmatched),
        (
            html("x</b>"),
            "can't parse entities: Unexpected end tag at byte offset 1",
        ),
    ])
    .await;
}

#[tokio::test]
async fn wrong_buttons_are_refused() {
    let row = |n: i32| json!([{"text": "x", "callback_data": n.to_string()}]);
    let rows: Vec<Value> = (0..101).map(row).collect();
    let many = json!({"chat_id": GROUP, "text": "x", "reply_markup": {"inline_keyboard": rows}});
    all_refused(&[
        (
            button(&json!({"text": "x", "callback_data": "认".repeat(22)})),
            "BUTTON_DATA_INVALID",
        ),
        (
            button(&json!({"text": "x", "callback_data": ""})),
            "BUTTON_DATA_INVALID",
        ),
        (
            button(&json!({"text": "x"})),
            "text buttons are unallowed in the inline keyboard",
        ),
        (many, "reply markup is too long"),
    ])
    .await;
}

#[tokio::test]
async fn a_reply_to_nothing_is_refused_but_no_mistake() {
    let server = server().await;
    let reply = json!({"chat_id": GROUP, "text": "x", "reply_parameters": {"message_id": 9}});
    let text = refused(&server, "sendMessage", reply).await;
    assert_eq!(text, "Bad Request: message to be replied not found");
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn the_limits_themselves_are_allowed() {
    let server = server().await;
    let longest = format!("<b>{}</b>", "&lt;".repeat(4096));
    done(&server, "sendMessage", html(&longest)).await;
    let data = "认".repeat(21);
    done(
        &server,
        "sendMessage",
        button(&json!({"text": "x", "callback_data": data})),
    )
    .await;
    let reply = json!({
        "chat_id": GROUP, "text": "x",
        "reply_parameters": {"message_id": 9999, "allow_sending_without_reply": true},
    });
    done(&server, "sendMessage", reply).await;
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn a_flood_is_stopped_per_chat() {
    let server = server().await;
    server.set_time(Some(1_800_000_000_000));
    server.limit_floods(true);
    let send = |chat: i64| json!({"chat_id": chat, "text": "x"});
    for _ in 0..20 {
        done(&server, "sendMessage", send(GROUP)).await;
        server.advance(Duration::from_secs(1));
    }
    let answer = call(&server, "sendMessage", send(GROUP)).await;
    assert_eq!(answer["description"], "Too Many Requests: retry after 40");
    assert_eq!(answer["parameters"]["retry_after"], 40);
    done(&server, "sendMessage", send(ZHANG)).await;
    server.advance(Duration::from_secs(40));
    done(&server, "sendMessage", send(GROUP)).await;
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn menus_are_kept_per_scope() {
    let server = server().await;
    let menu = json!([{"command": "claim", "description": "认领"}]);
    let params = json!({"commands": menu, "scope": {"type": "chat", "chat_id": GROUP}});
    done(&server, "setMyCommands", params).await;
    assert_eq!(server.commands("chat -1001"), [("claim".to_owned(), "认领".to_owned())]);
    let wrong = json!({"commands": [{"command": "认领", "description": "x"}]});
    assert_eq!(
        refused(&server, "setMyCommands", wrong).await,
        "Bad Request: BOT_COMMAND_INVALID"
    );
}
