//! Every update the fake makes is one teloxide understands, of the right kind.

use serde_json::json;
use teloxide::types::{Me, MediaKind, MessageKind, Update, UpdateKind};

use super::{GROUP, ZHANG, done, server, try_call};
use crate::support::telegram_server::{GroupKind, Post, TelegramServer};

const FORUM: i64 = -1002;
const OLD: i64 = -55;
const LI: i64 = 12;

fn parsed(server: &TelegramServer) -> Vec<UpdateKind> {
    let bodies = server.pending_bodies();
    bodies
        .iter()
        .map(|body| serde_json::from_slice::<Update>(body).unwrap().kind)
        .collect()
}

fn last(server: &TelegramServer) -> UpdateKind {
    let kind = parsed(server).pop().unwrap();
    assert!(!matches!(kind, UpdateKind::Error(_)), "{kind:?}");
    kind
}

fn last_message(server: &TelegramServer) -> teloxide::types::Message {
    match last(server) {
        UpdateKind::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

fn last_media(server: &TelegramServer) -> MediaKind {
    match last_message(server).kind {
        MessageKind::Common(common) => common.media_kind,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_people_say_parses() {
    let server = server().await;
    server.add_user(LI, "李强");
    let first = server.says(GROUP, ZHANG, "@bangban_bot 跨省迁移要交什么材料？");
    assert!(last_message(&server).text().unwrap().contains("迁移"));
    assert!(last_message(&server).mentioned_users().count() > 0);
    server.says_with(GROUP, LI, Post::text("找 李强 问").reply_to(first).mention("李强", LI));
    let message = last_message(&server);
    assert_eq!(message.reply_to_message().unwrap().id.0 as i64, first);
    let entities = message.parse_entities().unwrap();
    assert_eq!(entities[0].text(), "李强");
    server.says(GROUP, ZHANG, "/claim@bangban_bot 1");
    assert_eq!(
        last_message(&server).parse_entities().unwrap()[0].text(),
        "/claim@bangban_bot"
    );
    server.says_with(GROUP, ZHANG, Post::photo("p").caption("营业执照"));
    assert!(matches!(last_media(&server), MediaKind::Photo(p) if p.caption.is_some()));
    server.says_with(GROUP, ZHANG, Post::voice("v"));
    assert!(matches!(last_media(&server), MediaKind::Voice(_)));
    server.says_with(GROUP, ZHANG, Post::document("d"));
    assert!(matches!(last_media(&server), MediaKind::Document(_)));
    server.says_with(ZHANG, ZHANG, Post::contact("13800000000"));
    assert!(matches!(last_media(&server), MediaKind::Contact(_)));
    server.says_with(GROUP, ZHANG, Post::text("转").forwarded_from(LI));
    assert!(last_message(&server).forward_origin().is_some());
    server.says_with(GROUP, ZHANG, Post::text("认领 Q1").anonymous_admin());
    let message = last_message(&server);
    assert_eq!(message.sender_chat.unwrap().id.0, GROUP);
    assert_eq!(message.from.unwrap().id.0, 1_087_968_824);
    server.says_with(GROUP, ZHANG, Post::text("认领 Q1").through_channel(-1009, "频道"));
    assert!(last_message(&server).sender_chat.unwrap().is_channel());
    server.user_starts_with(ZHANG, "bind_1");
    assert_eq!(last_message(&server).text(), Some("/start bind_1"));
    server.edits(GROUP, first, "改过的问题");
    assert!(matches!(last(&server), UpdateKind::EditedMessage(m) if m.edit_date().is_some()));
}

#[tokio::test]
async fn what_happens_to_groups_parses() {
    let server = server().await;
    server.add_user(LI, "李强");
    let all = [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "message_reaction",
    ];
    done(&server, "getUpdates", json!({"allowed_updates": all})).await;
    server.add_group_without_bot(OLD, "老群", GroupKind::Group);
    server.adds_bot(OLD, ZHANG);
    assert!(matches!(last_message(&server).kind, MessageKind::NewChatMembers(_)));
    server.migrates(OLD, -1005, ZHANG);
    assert_eq!(last_message(&server).migrate_from_chat_id().unwrap().0, OLD);
    server.add_group(FORUM, "指导群", GroupKind::Supergroup { forum: true });
    let topic = server.opens_topic(FORUM, ZHANG, "迁移");
    assert!(matches!(last_message(&server).kind, MessageKind::ForumTopicCreated(_)));
    server.says_with(FORUM, ZHANG, Post::text("在吗").topic(topic));
    let message = last_message(&server);
    assert!(message.is_topic_message);
    assert_eq!(message.thread_id.unwrap().0.0 as i64, topic);
    server.closes_topic(FORUM, ZHANG, topic);
    assert!(matches!(last_message(&server).kind, MessageKind::ForumTopicClosed(_)));
    server.reopens_topic(FORUM, ZHANG, topic);
    server.renames(GROUP, ZHANG, "新名");
    assert!(matches!(last_message(&server).kind, MessageKind::NewChatTitle(_)));
    for act in [
        TelegramServer::mutes_bot,
        TelegramServer::unmutes_bot,
        TelegramServer::removes_bot,
        TelegramServer::promotes_bot,
    ] {
        act(&server, GROUP, ZHANG);
        assert!(matches!(last(&server), UpdateKind::MyChatMember(_)));
    }
    server.joins(GROUP, LI);
    assert!(matches!(last_message(&server).kind, MessageKind::NewChatMembers(_)));
    server.promotes(GROUP, ZHANG, LI);
    assert!(matches!(last(&server), UpdateKind::ChatMember(_)));
    let message = server.says(GROUP, LI, "好");
    server.reacts(GROUP, LI, message, "👍");
    assert!(matches!(last(&server), UpdateKind::MessageReaction(_)));
    server.leaves(GROUP, LI);
    assert!(matches!(last_message(&server).kind, MessageKind::LeftChatMember(_)));
    server.user_blocks(ZHANG);
    assert!(matches!(last(&server), UpdateKind::MyChatMember(_)));
    for kind in parsed(&server) {
        assert!(!matches!(kind, UpdateKind::Error(_)), "{kind:?}");
    }
}

#[tokio::test]
async fn presses_parse_also_when_the_message_is_gone() {
    let server = server().await;
    let keyboard = json!({"inline_keyboard": [[{"text": "认领", "callback_data": "c1"}]]});
    let params = json!({"chat_id": GROUP, "text": "Q1", "reply_markup": keyboard});
    let sent = done(&server, "sendMessage", params).await;
    let id = sent["message_id"].as_i64().unwrap();
    let callback = server.presses(ZHANG, GROUP, id, "认领");
    let UpdateKind::CallbackQuery(query) = last(&server) else {
        panic!()
    };
    assert_eq!((query.id.0, query.data.as_deref()), (callback, Some("c1")));
    assert_eq!(query.message.unwrap().id().0 as i64, id);
    server.deletes(GROUP, id);
    server.presses_data(ZHANG, GROUP, id, "c1");
    let UpdateKind::CallbackQuery(query) = last(&server) else {
        panic!()
    };
    assert!(query.message.unwrap().regular_message().is_none());
}

#[tokio::test]
async fn answers_parse() {
    let server = server().await;
    let me = done(&server, "GetMe", json!({})).await;
    let me: Me = serde_json::from_str(&me.to_string()).unwrap();
    assert_eq!(me.username(), TelegramServer::bot_username());
    assert!(me.can_read_all_group_messages);
    let html = "<b>您好</b>，见<a href=\"https://a.cn/?x=1&amp;y=2\">清单</a>";
    let params = json!({"chat_id": GROUP, "text": html, "parse_mode": "HTML"});
    let sent = done(&server, "sendMessage", params).await;
    let sent: teloxide::types::Message = serde_json::from_str(&sent.to_string()).unwrap();
    assert_eq!(sent.text(), Some("您好，见清单"));
    assert_eq!(sent.entities().unwrap().len(), 2);
    for method in ["GetChat", "GetChatAdministrators", "GetWebhookInfo"] {
        done(&server, method, json!({"chat_id": GROUP})).await;
    }
    let chat = done(&server, "GetChat", json!({"chat_id": GROUP})).await;
    serde_json::from_str::<teloxide::types::ChatFullInfo>(&chat.to_string()).unwrap();
    let member = done(&server, "GetChatMember", json!({"chat_id": GROUP, "user_id": ZHANG})).await;
    serde_json::from_str::<teloxide::types::ChatMember>(&member.to_string()).unwrap();
    let info = try_call(&server, "getWebhookInfo", json!({})).await.unwrap()["result"].to_string();
    serde_json::from_str::<teloxide::types::WebhookInfo>(&info).unwrap();
}
