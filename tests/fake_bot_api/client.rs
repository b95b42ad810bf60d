//! The client library the program uses gets on with the fake.

use teloxide::payloads::{SendDocumentSetters, SendMessageSetters};
use teloxide::requests::Requester;
use teloxide::types::{ChatId, InputFile, MessageId, ParseMode, ReplyParameters};
use teloxide::{ApiError, Bot, RequestError};

use super::{GROUP, ZHANG, server};
use crate::support::telegram_server::{Fault, GroupKind, Post, TelegramServer};

fn bot(server: &TelegramServer) -> Bot {
    Bot::new(server.token()).set_api_url(server.api_url().parse().unwrap())
}

#[tokio::test]
async fn teloxide_reads_and_writes() {
    let server = server().await;
    let bot = bot(&server);
    assert_eq!(bot.get_me().await.unwrap().username(), "bangban_bot");
    let question = server.says_with(GROUP, ZHANG, Post::photo("licence").caption("这样行吗"));
    let updates = bot.get_updates().await.unwrap();
    assert_eq!(updates[0].chat().unwrap().id.0, GROUP);
    let reply = ReplyParameters::new(MessageId(question as i32)).allow_sending_without_reply();
    let group = ChatId(GROUP);
    let sent = bot
        .send_message(group, "<b>行</b>")
        .parse_mode(ParseMode::Html)
        .reply_parameters(reply)
        .await
        .unwrap();
    bot.edit_message_text(group, sent.id, "不行").await.unwrap();
    bot.copy_message(ChatId(ZHANG), group, MessageId(question as i32))
        .await
        .unwrap();
    bot.send_photo(ChatId(ZHANG), InputFile::file_id("licence".to_owned().into()))
        .await
        .unwrap();
    let upload = InputFile::memory("表").file_name("情况表.csv");
    bot.send_document(ChatId(ZHANG), upload)
        .caption("情况表")
        .await
        .unwrap();
    let sent = server.sent(ZHANG);
    assert_eq!(sent[2].text, "情况表");
    let file = bot.get_file(sent[2].file_id.clone().unwrap().into()).await.unwrap();
    assert_eq!(file.size as usize, "表".len());
    bot.get_webhook_info().await.unwrap();
    bot.get_chat(group).await.unwrap();
    bot.get_chat_administrators(group).await.unwrap();
    assert!(server.violations().is_empty());
}

#[tokio::test]
async fn teloxide_understands_refusals() {
    let server = server().await;
    let bot = bot(&server);
    server.user_blocks(ZHANG);
    let blocked = bot.send_message(ChatId(ZHANG), "您好").await.unwrap_err();
    assert!(matches!(blocked, RequestError::Api(ApiError::BotBlocked)));
    server.add_group(-5, "群", GroupKind::Group);
    server.migrates(-5, -1009, 11);
    let moved = bot.send_message(ChatId(-5), "您好").await.unwrap_err();
    assert!(matches!(moved, RequestError::MigrateToChatId(ChatId(-1009))));
    server.fail_next("sendMessage", None, Fault::too_many_requests(3));
    let flood = bot.send_message(ChatId(GROUP), "您好").await.unwrap_err();
    assert!(matches!(flood, RequestError::RetryAfter(wait) if wait.seconds() == 3));
}
