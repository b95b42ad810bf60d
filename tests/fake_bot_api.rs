//! The fake Bot API holds what it promises: its updates are the real ones' shape, its refusals the
//! real ones' words, and nothing is forgotten before it is confirmed.

mod client;
mod limits;
mod receiving;
mod sending;
mod shapes;

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::telegram_server::{GroupKind, TelegramServer};

const GROUP: i64 = -1001;
const ZHANG: i64 = 11;
const SOON: Duration = Duration::from_secs(5);

/// A server with one supergroup and 张三, who pressed start.
async fn server() -> TelegramServer {
    let server = TelegramServer::start().await;
    server.slow_repeated_polls(false);
    server.add_group(GROUP, "魏都分局帮办群", GroupKind::Supergroup { forum: false });
    server.add_user(ZHANG, "张三");
    server.add_private(ZHANG);
    server
}

fn url(server: &TelegramServer, method: &str) -> String {
    format!("{}/bot{}/{method}", server.api_url(), server.token())
}

async fn try_call(server: &TelegramServer, method: &str, params: Value) -> Result<Value, reqwest::Error> {
    let request = reqwest::Client::new().post(url(server, method)).json(&params);
    request.send().await?.json().await
}

async fn call(server: &TelegramServer, method: &str, params: Value) -> Value {
    try_call(server, method, params).await.unwrap()
}

/// The result of a call that must work.
async fn done(server: &TelegramServer, method: &str, params: Value) -> Value {
    let answer = call(server, method, params).await;
    assert_eq!(answer["ok"], true, "{method}: {answer}");
    answer["result"].clone()
}

/// The description of a refusal.
async fn refused(server: &TelegramServer, method: &str, params: Value) -> String {
    let answer = call(server, method, params).await;
    assert_eq!(answer["ok"], false, "{method}: {answer}");
    answer["description"].as_str().unwrap().to_owned()
}

async fn says(server: &TelegramServer, text: &str) -> i64 {
    let sent = done(server, "SendMessage", json!({"chat_id": GROUP, "text": text})).await;
    sent["message_id"].as_i64().unwrap()
}

async fn poll(server: &TelegramServer, offset: i64) -> Vec<i64> {
    let updates = done(server, "getUpdates", json!({"offset": offset})).await;
    let updates = updates.as_array().unwrap();
    updates
        .iter()
        .map(|update| update["update_id"].as_i64().unwrap())
        .collect()
}
