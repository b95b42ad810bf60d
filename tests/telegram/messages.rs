//! Messages of every make: composed of blocks, of kinds without words, forwarded by a channel, changed or not.

use serde_json::{Value, json};

use super::*;

/// `words` as a message composed of blocks: a heading, and a list whose second item holds them.
fn composed(words: &str) -> Value {
    let paragraph = |text: &str| json!({"type": "paragraph", "text": text});
    json!({"rich_message": {"blocks": [
        {"type": "heading", "size": 1, "text": ["您好", {"type": "bold", "text": "："}]},
        {"type": "list", "items": [
            {"label": "1.", "blocks": [paragraph("我们是小微企业")]},
            {"label": "2.", "blocks": [paragraph(words)]},
        ]},
    ]}})
}

/// `words` alone in a paragraph.
fn paragraph(words: &str) -> Value {
    json!({"rich_message": {"blocks": [{"type": "paragraph", "text": words}]}})
}

#[tokio::test]
async fn a_message_composed_of_blocks_is_read_as_its_text() {
    let (server, _home, _program) = ready().await;
    let asked = server.says_with(GROUP, ZHANG, Post::content(composed(SURE)));
    assert_eq!(hears(&server, GROUP, "公示 20 天").await.reply_to, Some(asked));
    server.says_with(GROUP, LI, Post::content(paragraph("/duty@bangban_bot")));
    hears(&server, GROUP, "魏都分局现在值班").await;
    server.user_starts(ZHANG);
    server.says_with(ZHANG, ZHANG, Post::content(composed(SURE)));
    hears(&server, ZHANG, "公示 20 天").await;

    let late = server.says(OTHER, ZHANG, "大家好");
    server.edits_into(OTHER, late, composed(SURE));
    assert_eq!(hears(&server, OTHER, "公示 20 天").await.reply_to, Some(late));

    let other = server.add_user(ZHANG + 1, "企业");
    server.says_with(OTHER, other, Post::content(composed(UNKNOWN)));
    let card = hears(&server, OTHER, "Q3 ").await;
    server.says_with(WANG, WANG, Post::content(paragraph("认领 3")));
    let notice = hears(&server, WANG, "Q3 您已认领").await;
    let reply = Post::content(composed("先签合并协议")).reply_to(notice.message_id);
    server.says_with(WANG, WANG, reply);
    let relayed = hears(&server, OTHER, "Q3 王敏答复").await;
    assert!(
        relayed.text.contains("您好：\n1. 我们是小微企业\n2. 先签合并协议"),
        "{}\n{card:?}",
        relayed.text
    );
    no_mistakes(&server);
}

#[tokio::test]
async fn a_channels_automatic_forward_is_met_with_silence() {
    let (server, _home, _program) = ready().await;
    let before = server.sent(GROUP).len();
    let forward = |kind: &str, content: &str| {
        format!(
            r#"{{"update_id":$ID,"{kind}":{{"message_id":9001,"date":1795942532,"edit_date":1795942533,"from":{{"id":777000,"is_bot":false,"first_name":"Telegram"}},
            "sender_chat":{{"id":-1003,"type":"channel","title":"公告频道"}},"is_automatic_forward":true,
            "forward_origin":{{"type":"channel","date":1795942531,"chat":{{"id":-1003,"type":"channel","title":"公告频道"}},"message_id":1}},
            "chat":{{"id":{GROUP},"type":"supergroup","title":"魏都帮办群"}},{content}}}}}"#
        )
    };
    for content in [
        r#""text":"个体户怎么注销？看这里""#,
        r#""text":"/duty""#,
        r#""text":"@bangban_bot 认领 1""#,
        r#""caption":"简易注销要公示几天？","photo":[{"file_id":"f","width":1,"height":1}]"#,
    ] {
        server.queue_raw(forward("message", content));
        server.queue_raw(forward("edited_message", content));
    }
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    assert_eq!(server.sent(GROUP).len(), before + 1, "{}", server.story());
}

#[tokio::test]
async fn an_emoji_or_a_preview_under_a_message_says_nothing_again() {
    let (server, home, _program) = ready().await;
    server.says(GROUP, ZHANG, UNKNOWN);
    hears(&server, GROUP, "Q1 ").await;
    for (words, said) in [
        ("认领 1", "Q1 李强（"),
        ("/duty", "现在值班"),
        ("办结 1 已答", "Q1 已办结"),
    ] {
        let message = server.says(GROUP, LI, words);
        hears(&server, GROUP, said).await;
        home.settled().await;
        let before = server.sent(GROUP).len();
        // Its second must be another one than that of the message.
        server.advance(Duration::from_secs(2));
        server.edits_into(GROUP, message, json!({}));
        server.wait_idle(SOON).await;
        home.settled().await;
        assert_eq!(server.sent(GROUP).len(), before, "{}", server.story());
    }
}

#[tokio::test]
async fn a_forwarded_command_is_not_carried_out() {
    let (server, _home, _program) = ready().await;
    server.says(GROUP, ZHANG, UNKNOWN);
    hears(&server, GROUP, "Q1 ").await;
    let before = server.sent(GROUP).len();
    for words in ["认领 1", "答复 1 带身份证来", "/duty@bangban_bot"] {
        server.says_with(GROUP, LI, Post::text(words).forwarded_from(WANG));
    }
    server.says(GROUP, LI, "/duty");
    hears(&server, GROUP, "现在值班").await;
    assert_eq!(server.sent(GROUP).len(), before + 1, "{}", server.story());
    server.says_with(WANG, WANG, Post::text("认领 1").forwarded_from(LI));
    hears(&server, WANG, "请您自己打一遍").await;
    no_mistakes(&server);
}

/// Everything people can send instead of words, as a helper's reply to a card: copied, or asked for in words.
#[tokio::test]
async fn a_helpers_reply_of_every_kind_arrives_or_its_helper_hears_so() {
    let (server, _home, _program) = ready().await;
    server.says(GROUP, ZHANG, UNKNOWN);
    hears(&server, GROUP, "Q1 ").await;
    let card = hears(&server, WANG, "Q1 待认领").await.message_id;
    let place = json!({"latitude": 34.02, "longitude": 113.85});
    let copied = [
        json!({"location": place}),
        json!({"venue": {"location": place, "title": "政务大厅", "address": "示例路"}, "location": place}),
        json!({"contact": {"phone_number": "03740000011", "first_name": "窗口"}}),
        json!({"sticker": {"file_id": "st", "file_unique_id": "u"}}),
        json!({"poll": {"id": "9", "question": "哪天来", "type": "regular", "options": []}}),
        json!({"video_note": {"file_id": "vn", "file_unique_id": "u"}}),
    ];
    for content in copied {
        let before = (server.sent(GROUP).len(), server.sent(WANG).len());
        server.says_with(WANG, WANG, Post::content(content.clone()).reply_to(card));
        let done = |server: &TelegramServer| {
            let told = server
                .sent(WANG)
                .into_iter()
                .nth(before.1)?
                .text
                .contains("已转告提问人");
            let copy = server.sent(GROUP).into_iter().nth(before.0 + 1)?;
            Some((told, copy.method))
        };
        assert_eq!(server.wait_for(done, SOON).await, (true, "copyMessage"), "{content}");
    }
    let typed = [
        json!({"poll": {"id": "9", "question": "几天", "type": "quiz", "options": []}}),
        json!({"checklist": {"title": "材料", "tasks": []}}),
        json!({"paid_media": {"star_count": 1, "paid_media": []}}),
        json!({"story": {"id": 1, "chat": {"id": 5, "type": "private"}}}),
        json!({"dice": {"emoji": "🎲", "value": 2}}),
        json!({"game": {"title": "g", "description": "d", "photo": []}}),
        json!({"hologram": {"file_id": "of tomorrow"}}),
    ];
    for content in typed {
        let before = (server.sent(GROUP).len(), server.sent(WANG).len());
        server.says_with(WANG, WANG, Post::content(content.clone()).reply_to(card));
        let told = |server: &TelegramServer| server.sent(WANG).into_iter().nth(before.1);
        let told = server.wait_for(told, SOON).await;
        assert!(told.text.contains("请您打字答复"), "{content}: {}", told.text);
        assert_eq!(server.sent(GROUP).len(), before.0, "{content}");
    }
    let before = server.sent(GROUP).len();
    let mobile = json!({"contact": {"phone_number": "8613900000099", "first_name": "小李"}});
    server.says_with(WANG, WANG, Post::content(mobile).reply_to(card));
    hears(&server, WANG, "名片上有手机号，不在群里公开").await;
    assert_eq!(server.sent(GROUP).len(), before);
    no_mistakes(&server);
}

/// Copying the message would bring its words, which are masked elsewhere: the picture is sent by itself.
#[tokio::test]
async fn a_picture_among_blocks_travels_alone() {
    let (server, _home, _program) = ready().await;
    server.add_file("form", b"picture");
    let sizes = json!([{"file_id": "form", "file_unique_id": "u", "width": 9, "height": 9}]);
    let blocks = json!([
        {"type": "paragraph", "text": format!("{UNKNOWN}手机13912345678")},
        {"type": "photo", "photo": sizes},
    ]);
    server.says_with(GROUP, ZHANG, Post::content(json!({"rich_message": {"blocks": blocks}})));
    hears(&server, GROUP, "Q1 ").await;
    let card = hears(&server, WANG, "Q1 待认领").await;
    let picture =
        |server: &TelegramServer, chat: i64| server.sent(chat).into_iter().find(|sent| sent.file_id.is_some());
    let sent = server.wait_for(|server| picture(server, WANG), SOON).await;
    assert_eq!((sent.method, sent.text.as_str()), ("sendPhoto", ""));
    let blocks = json!([{"type": "paragraph", "text": "照这样填"}, {"type": "photo", "photo": sizes}]);
    let reply = Post::content(json!({"rich_message": {"blocks": blocks}})).reply_to(card.message_id);
    server.says_with(WANG, WANG, reply);
    hears(&server, GROUP, "Q1 王敏答复：\n照这样填").await;
    let sent = server.wait_for(|server| picture(server, GROUP), SOON).await;
    assert_eq!(sent.method, "sendPhoto");
    no_mistakes(&server);
}

/// The words stand under the second picture, and the third is late.
#[tokio::test]
async fn an_album_reaches_the_helper_whole() {
    let (server, home, _program) = ready().await;
    let picture = |name: &str, caption: &str| {
        let sizes = json!([{"file_id": name, "file_unique_id": format!("u-{name}"), "width": 9, "height": 9}]);
        let mut fields = json!({"media_group_id": "77", "photo": sizes});
        if !caption.is_empty() {
            fields["caption"] = json!(caption);
        }
        Post::content(fields)
    };
    server.says_with(GROUP, ZHANG, picture("a", ""));
    server.says_with(GROUP, ZHANG, picture("b", UNKNOWN));
    hears(&server, GROUP, "Q1 ").await;
    hears(&server, WANG, "Q1 待认领").await;
    server.says_with(GROUP, ZHANG, picture("c", ""));
    let pictures = |server: &TelegramServer| {
        let files: Vec<String> = server.sent(WANG).into_iter().filter_map(|sent| sent.file_id).collect();
        (files.len() == 3).then_some(files)
    };
    assert_eq!(server.wait_for(pictures, SOON).await, ["a", "b", "c"]);
    drop(home);
    no_mistakes(&server);
}

/// What was relayed is changed where it stands; after the end a correction follows.
#[tokio::test]
async fn a_changed_reply_changes_what_the_asker_reads() {
    let (server, _home, _program) = ready().await;
    server.says(GROUP, ZHANG, UNKNOWN);
    hears(&server, GROUP, "Q1 ").await;
    let card = hears(&server, WANG, "Q1 待认领").await;
    let reply = server.says_with(WANG, WANG, Post::text("公告费 500 元").reply_to(card.message_id));
    let relayed = hears(&server, GROUP, "公告费 500 元").await;
    hears(&server, WANG, "Q1 已转告提问人").await;
    server.edits(WANG, reply, "公告费 50 元");
    let changed = hears(&server, GROUP, "公告费 50 元").await;
    assert_eq!(
        (changed.message_id, changed.labels()),
        (relayed.message_id, vec!["解决了"])
    );
    hears(&server, WANG, "Q1 改过的答复已转告提问人").await;
    server.says(GROUP, ZHANG, "解决了");
    hears(&server, GROUP, "Q1 已解决").await;
    server.advance(Duration::from_secs(2));
    server.edits(WANG, reply, "公告费 5 元");
    hears(&server, GROUP, "Q1 王敏改了答复，请以这次的为准：\n公告费 5 元").await;
    no_mistakes(&server);
}

#[tokio::test]
async fn what_a_message_to_the_bot_replies_to_or_quotes_is_asked() {
    let (server, _home, _program) = ready().await;
    let said = server.says(GROUP, WANG, SURE);
    let asked = server.says_with(GROUP, ZHANG, Post::text("@bangban_bot 这个怎么办").reply_to(said));
    assert_eq!(hears(&server, GROUP, "公示 20 天").await.reply_to, Some(asked));
    let said = server.says_with(OTHER, WANG, Post::content(composed(SURE)));
    let asked = server.says_with(OTHER, ZHANG, Post::text("/ask@bangban_bot").reply_to(said));
    assert_eq!(hears(&server, OTHER, "公示 20 天").await.reply_to, Some(asked));

    let quoting = json!({
        "quote": {"text": SURE, "position": 0},
        "external_reply": {"origin": {"type": "hidden_user", "sender_user_name": "某人", "date": 1}},
    });
    let other = server.add_user(ZHANG + 1, "企业");
    let asked = server.says_with(GROUP, other, Post::content(quoting).caption("@bangban_bot 帮忙看下"));
    let answered = |server: &TelegramServer| {
        let answers = server.sent(GROUP).into_iter();
        answers
            .rev()
            .find(|sent| sent.reply_to == Some(asked) && sent.text.contains("公示 20 天"))
    };
    server.wait_for(answered, SOON).await;
    no_mistakes(&server);
}

/// A picture's words are changed: the picture is not sent again, and a second edit that changes nothing says nothing.
#[tokio::test]
async fn a_changed_caption_changes_the_words_alone() {
    let (server, home, _program) = ready().await;
    server.says(GROUP, ZHANG, UNKNOWN);
    hears(&server, GROUP, "Q1 ").await;
    let card = hears(&server, WANG, "Q1 待认领").await;
    let reply = Post::photo("form").caption("填 500 元").reply_to(card.message_id);
    let reply = server.says_with(WANG, WANG, reply);
    hears(&server, WANG, "Q1 已转告提问人").await;
    let picture = |server: &TelegramServer| server.sent(GROUP).into_iter().find(|sent| sent.file_id.is_some());
    server.wait_for(picture, SOON).await;
    let before = server.sent(GROUP).len();
    server.edits(WANG, reply, "填 50 元");
    hears(&server, GROUP, "Q1 王敏答复：\n填 50 元").await;
    hears(&server, WANG, "Q1 改过的答复已转告提问人").await;
    server.advance(Duration::from_secs(2));
    server.edits_into(WANG, reply, json!({}));
    server.says(WANG, WANG, "/duty");
    hears(&server, WANG, "现在值班").await;
    let files = server.sent(GROUP).into_iter().filter(|sent| sent.file_id.is_some());
    assert_eq!(
        (files.count(), server.sent(GROUP).len()),
        (1, before),
        "{}",
        server.story()
    );
    drop(home);
    no_mistakes(&server);
}
