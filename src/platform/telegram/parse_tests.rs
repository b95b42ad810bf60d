use super::*;

fn me() -> Me {
    Me {
        id: 7,
        username: "bangban_bot".to_owned(),
        can_read_all_group_messages: true,
    }
}

const GROUP: &str = r#""chat":{"id":-100,"type":"supergroup","title":"魏都帮办群","is_forum":true}"#;
const PRIVATE: &str = r#""chat":{"id":42,"type":"private","first_name":"三"}"#;
const PERSON: &str =
    r#""from":{"id":42,"is_bot":false,"first_name":"三\u202e","last_name":"张","language_code":"zh-hans"}"#;

fn update(kind: &str, fields: &str) -> String {
    format!(r#"{{"update_id":1,"{kind}":{{{fields}}}}}"#)
}

/// A message with `rest` of its fields in `chat`.
fn said(chat: &str, rest: &str) -> Option<Incoming> {
    parse(
        &update("message", &format!(r#""message_id":5,"date":1700000000,{chat},{rest}"#)),
        &me(),
    )
    .unwrap()
}

fn heard(rest: &str) -> Heard {
    match said(GROUP, &format!("{PERSON},{rest}")).map(|incoming| incoming.event) {
        Some(Event::Message(heard)) => heard,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_group_message_is_heard_with_place_sender_and_time() {
    let incoming = said(
        GROUP,
        &format!(r#"{PERSON},"text":"怎么注销？","some_new_field":{{"a":[1]}}"#),
    )
    .unwrap();
    assert_eq!(incoming.place, Place::chat(&Channel::new("telegram"), "-100"));
    assert_eq!(
        (incoming.chat_kind, incoming.title.as_str()),
        (ChatKind::Group, "魏都帮办群")
    );
    let from = Sender {
        id: "42".to_owned(),
        name: "三 张".into(),
        kind: SenderKind::Person,
    };
    assert_eq!(incoming.from, from);
    assert_eq!(incoming.at, Millis(1_700_000_000_000));
    let heard = Heard {
        id: "5".to_owned(),
        text: "怎么注销？".into(),
        ..Heard::default()
    };
    assert_eq!(incoming.event, Event::Message(heard));
}

#[test]
fn an_edit_carries_the_time_of_the_message() {
    let fields = format!(r#""message_id":5,"date":1700000000,"edit_date":1700000009,{GROUP},{PERSON},"text":"改了""#);
    let incoming = parse(&update("edited_message", &fields), &me()).unwrap().unwrap();
    assert_eq!(incoming.at, Millis(1_700_000_000_000));
    assert!(matches!(incoming.event, Event::Edited(heard) if heard.text.as_str() == "改了"));
}

#[test]
fn media_are_kept_by_reference_with_the_caption_as_text() {
    let photo = heard(
        r#""caption":"看@bangban_bot图","photo":[{"file_id":"s","width":90,"height":90},{"file_id":"L","width":800,"height":600}]"#,
    );
    assert_eq!((photo.text.as_str(), photo.addressed), ("看图", true));
    assert_eq!(photo.media, [Media::new(MediaKind::Picture, "L")]);
    let table = [
        (r#""voice":{"file_id":"f","duration":3}"#, MediaKind::Voice),
        (r#""video":{"file_id":"f"}"#, MediaKind::Video),
        (r#""document":{"file_id":"f"}"#, MediaKind::File),
        (
            r#""animation":{"file_id":"f"},"document":{"file_id":"f"}"#,
            MediaKind::Video,
        ),
    ];
    for (fields, kind) in table {
        assert_eq!(heard(fields).media, [Media::new(kind, "f")], "{fields}");
    }
}

#[test]
fn a_picture_keeps_its_album_and_a_reference_that_stays_the_same() {
    let photo = r#""media_group_id":"77","photo":[{"file_id":"a1","file_unique_id":"u1","width":9,"height":9}]"#;
    let again = r#""photo":[{"file_id":"a2","file_unique_id":"u1","width":9,"height":9}]"#;
    assert_eq!(heard(photo).album.as_deref(), Some("77"));
    assert_eq!(heard(photo).media, heard(again).media);
}

#[test]
fn what_has_no_words_is_heard_by_what_it_is() {
    let table = [
        (r#""sticker":{"file_id":"s"}"#, Some(MediaKind::Sticker)),
        (
            r#""location":{"latitude":34.0,"longitude":113.8}"#,
            Some(MediaKind::Location),
        ),
        (
            r#""venue":{"location":{},"title":"政务大厅"},"location":{"latitude":34.0}"#,
            Some(MediaKind::Location),
        ),
        (
            r#""contact":{"phone_number":"1","first_name":"x"}"#,
            Some(MediaKind::Contact),
        ),
        (r#""poll":{"id":"9","type":"regular"}"#, Some(MediaKind::Poll)),
        (r#""video_note":{"file_id":"v"}"#, Some(MediaKind::Video)),
        (r#""poll":{"id":"9","type":"quiz"}"#, None),
        (r#""paid_media":{"star_count":1}"#, None),
        (r#""checklist":{"title":"清单","tasks":[]}"#, None),
        (r#""story":{"id":1}"#, None),
        (r#""game":{"title":"g"}"#, None),
        (r#""dice":{"emoji":"🎲","value":3}"#, None),
        (r#""gift":{"gift":{}}"#, None),
    ];
    for (fields, kind) in table {
        let heard = heard(fields);
        assert_eq!(heard.media.first().map(|media| media.kind), kind, "{fields}");
        assert_eq!(
            (heard.media.len(), heard.stuck),
            (usize::from(kind.is_some()), kind.is_none()),
            "{fields}"
        );
    }
}

/// What came after this was written, as a reply to the bot: heard, and asked for in words.
#[test]
fn a_kind_that_does_not_exist_yet_is_heard_as_a_reply() {
    let reply = r#""reply_to_message":{"message_id":3,"from":{"id":7}}"#;
    for content in [r#""hologram":{"file_id":"h"}"#, r#""hologram":{},"edit_date":3"#] {
        let heard = heard(&format!("{content},{reply}"));
        assert_eq!(
            (heard.stuck, heard.media.len(), heard.text.as_str()),
            (true, 0, ""),
            "{content}"
        );
        assert!(said(GROUP, &format!("{PERSON},{content}")).is_none(), "{content}");
        assert!(said(PRIVATE, &format!("{PERSON},{content}")).is_some(), "{content}");
    }
    assert!(heard(r#""hologram":{},"caption":"看这个""#).stuck);
    // Beside known content it is one more mark.
    let known = heard(&format!(r#""text":"带章程来","sparkle":{{"n":1}},{reply}"#));
    assert!(!known.stuck);
    let picture = heard(&format!(r#""photo":[{{"file_id":"f"}}],"sparkle":true,{reply}"#));
    assert_eq!((picture.stuck, picture.media.len()), (false, 1));
}

#[test]
fn what_the_platform_says_by_itself_is_heard_nowhere() {
    let reply = r#""reply_to_message":{"message_id":3,"from":{"id":7}}"#;
    for content in [
        r#""pinned_message":{"message_id":3}"#,
        r#""checklist_tasks_done":{"checklist_message":{},"marked_as_done_task_ids":[1]}"#,
        r#""video_chat_started":{}"#,
        r#""poll_option_added":{},"sparkle":1"#,
        r#""new_chat_members":[{"id":9}],"new_chat_member":{"id":9}"#,
        r#""effect_id":"5","is_paid_post":true"#,
    ] {
        for chat in [GROUP, PRIVATE] {
            assert!(
                said(chat, &format!("{PERSON},{content},{reply}")).is_none(),
                "{content}"
            );
        }
    }
}

#[test]
fn a_live_photo_is_one_picture_with_or_without_its_still() {
    for content in [
        r#""live_photo":{"file_id":"l","duration":3}"#,
        r#""live_photo":{"file_id":"l"},"photo":[{"file_id":"p","width":9,"height":9}]"#,
    ] {
        let found = heard(content).media;
        assert_eq!((found.len(), found[0].kind), (1, MediaKind::Picture), "{content}");
    }
}

#[test]
fn a_card_with_somebodys_mobile_is_confidential_and_a_landline_is_not() {
    for (number, expected) in [
        ("13800000001", true),
        ("8613800000001", true),
        ("+86 138 0000 0001", true),
        ("03740000011", false),
        ("0374-0000011", false),
    ] {
        let card = heard(&format!(r#""contact":{{"phone_number":"{number}","first_name":"x"}}"#));
        assert_eq!(card.media[0].confidential, expected, "{number}");
    }
}

#[test]
fn pictures_among_blocks_are_media() {
    let found = heard(
        r#""rich_message":{"blocks":[{"type":"paragraph","text":"看图"},{"type":"photo","photo":[{"file_id":"f","width":9,"height":9}]}]}"#,
    );
    assert_eq!((found.text.as_str(), found.stuck), ("看图", false));
    assert_eq!(found.media[0].alone.as_deref(), Some("photo:f"));
}

#[test]
fn replies_know_whether_the_bot_said_it_and_topics_are_no_replies() {
    let to_bot = heard(r#""text":"谢谢","reply_to_message":{"message_id":3,"from":{"id":7,"is_bot":true},"date":1}"#);
    assert_eq!(
        to_bot.reply_to,
        Some(ReplyTo {
            id: "3".to_owned(),
            to_bot: true
        })
    );
    let to_person = heard(r#""text":"好","reply_to_message":{"message_id":3,"from":{"id":8}}"#);
    assert_eq!(
        to_person.reply_to,
        Some(ReplyTo {
            id: "3".to_owned(),
            to_bot: false
        })
    );
    let in_topic = format!(
        r#"{PERSON},"text":"问","message_thread_id":2,"is_topic_message":true,"reply_to_message":{{"message_id":2,"from":{{"id":7}}}}"#
    );
    let incoming = said(GROUP, &in_topic).unwrap();
    assert_eq!(incoming.place.topic.as_deref(), Some("2"));
    assert!(matches!(incoming.event, Event::Message(heard) if heard.reply_to.is_none()));
    let chain = said(GROUP, &format!(r#"{PERSON},"text":"问","message_thread_id":2"#)).unwrap();
    assert_eq!(chain.place.topic, None, "a chain of replies is no topic");
    let general = said(
        GROUP,
        &format!(r#"{PERSON},"text":"问","message_thread_id":1,"is_topic_message":true"#),
    )
    .unwrap();
    assert_eq!(general.place.topic, None, "general is the chat itself");
}

#[test]
fn what_is_replied_to_or_quoted_is_known_but_for_the_bots_own_words() {
    let person = r#""reply_to_message":{"message_id":3,"from":{"id":8},"text":"@bangban_bot 怎么注销？要多久？"}"#;
    let bot = r#""reply_to_message":{"message_id":3,"from":{"id":7},"text":"公示 20 天"}"#;
    let rich = r#""reply_to_message":{"message_id":3,"from":{"id":8},"rich_message":{"blocks":[{"type":"paragraph","text":"怎么注销？"}]}}"#;
    let photo = r#""reply_to_message":{"message_id":3,"from":{"id":8},"caption":"看图"}"#;
    let part = r#""quote":{"text":"要多久？","position":6}"#;
    let elsewhere = r#""external_reply":{"origin":{"type":"user","sender_user":{"id":8}}}"#;
    let own_elsewhere = r#""external_reply":{"origin":{"type":"user","sender_user":{"id":7}}}"#;
    for (rest, quoted) in [
        (person.to_owned(), "怎么注销？要多久？"),
        (format!("{person},{part}"), "要多久？"),
        (bot.to_owned(), ""),
        (format!("{bot},{part}"), ""),
        (rich.to_owned(), "怎么注销？"),
        (photo.to_owned(), "看图"),
        (format!("{elsewhere},{part}"), "要多久？"),
        (format!("{own_elsewhere},{part}"), ""),
        (part.replace("quote", "no_quote"), ""),
    ] {
        let heard = heard(&format!(r#""text":"这个怎么办",{rest}"#));
        assert_eq!(heard.quoted.as_str(), quoted, "{rest}");
    }
}

#[test]
fn senders_without_an_own_account_are_told_apart() {
    let table = [
        (
            r#""from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-100,"type":"supergroup","title":"群"}"#,
            SenderKind::Anonymous,
        ),
        (r#""from":{"id":1087968824,"is_bot":true}"#, SenderKind::Anonymous),
        (
            r#""from":{"id":136817688,"is_bot":true},"sender_chat":{"id":-200,"type":"channel","title":"频道"}"#,
            SenderKind::ChannelIdentity,
        ),
        (
            r#""from":{"id":9,"is_bot":true,"first_name":"别的机器人"}"#,
            SenderKind::Bot,
        ),
        (r#""from":{"id":9,"first_name":"人"}"#, SenderKind::Person),
    ];
    for (from, kind) in table {
        let incoming = said(GROUP, &format!(r#"{from},"text":"认领 1024""#)).unwrap();
        assert_eq!(incoming.from.kind, kind, "{from}");
    }
}

#[test]
fn what_a_linked_channel_forwards_by_itself_is_not_heard() {
    let channel = r#""sender_chat":{"id":-200,"type":"channel","title":"公告频道"}"#;
    let table = [
        format!(r#""from":{{"id":777000}},{channel},"is_automatic_forward":true"#),
        format!(r#"{channel},"is_automatic_forward":true"#),
        r#""from":{"id":777000}"#.to_owned(),
        // A group may be linked to a channel that bears its own title, and posts as itself.
        r#""from":{"id":777000},"sender_chat":{"id":-100,"type":"supergroup"},"is_automatic_forward":true"#.to_owned(),
    ];
    let words = [
        r#""text":"个体户怎么注销？看这里""#,
        r#""text":"/duty@bangban_bot""#,
        r#""caption":"@bangban_bot 怎么注销","photo":[{"file_id":"f"}]"#,
    ];
    for (from, words) in table.iter().flat_map(|from| words.map(|words| (from, words))) {
        let rest = format!(r#"{from},"forward_origin":{{"type":"channel"}},{words}"#);
        assert_eq!(said(GROUP, &rest), None, "{rest}");
        let fields = format!(r#""message_id":5,"date":1,"edit_date":2,{GROUP},{rest}"#);
        assert_eq!(parse(&update("edited_message", &fields), &me()), Ok(None), "{rest}");
    }
}

#[test]
fn forwards_and_mentions_of_others_are_marked() {
    assert!(heard(r#""text":"x","forward_origin":{"type":"user"}"#).forwarded);
    for origin in ["user", "hidden_user", "chat", "channel"] {
        let forward = heard(&format!(
            r#""text":"认领 1","forward_origin":{{"type":"{origin}"}},"forward_date":1"#
        ));
        assert!(forward.forwarded && !forward.own_words(), "{origin}");
    }
    let picked = heard(r#""text":"认领 1","via_bot":{"id":9,"is_bot":true,"first_name":"别的机器人"}"#);
    assert!(picked.by_bot && !picked.forwarded && !picked.own_words());
    assert!(heard(r#""text":"认领 1""#).own_words());
    assert!(heard(r#""text":"@wangmin01 看下""#).mentions_others);
    let entity = r#""text":"王敏 看下","entities":[{"type":"text_mention","offset":0,"length":2,"user":{"id":8,"first_name":"王敏"}}]"#;
    assert!(heard(entity).mentions_others);
}

#[test]
fn commands_for_other_bots_service_messages_and_own_words_are_no_messages() {
    let table = [
        r#""text":"/start@other_bot""#,
        r#""new_chat_members":[{"id":9,"first_name":"新"}]"#,
        r#""pinned_message":{"message_id":1}"#,
        r#""new_chat_title":"新名""#,
        r#""migrate_from_chat_id":-5"#,
        r#""left_chat_member":{"id":7,"is_bot":true}"#,
        r#""forum_topic_created":{"name":"话题"}"#,
    ];
    for rest in table {
        assert_eq!(said(GROUP, &format!("{PERSON},{rest}")), None, "{rest}");
    }
    assert_eq!(
        said(GROUP, r#""from":{"id":7,"is_bot":true},"text":"我自己说的""#),
        None
    );
    assert_eq!(said(r#""chat":{"id":-3,"type":"channel"}"#, r#""text":"频道""#), None);
    assert_eq!(
        said(
            r#""chat":{"id":-3,"type":"galaxy"}"#,
            &format!(r#"{PERSON},"text":"新种类""#)
        ),
        None
    );
    for other in [
        r#"{"update_id":1,"channel_post":{"message_id":1}}"#,
        r#"{"update_id":1,"poll":{}}"#,
        r#"{"update_id":1}"#,
    ] {
        assert_eq!(parse(other, &me()), Ok(None), "{other}");
    }
}

#[test]
fn only_the_senders_own_contact_counts_and_only_in_private() {
    let own = r#""contact":{"phone_number":"8613800000000","first_name":"三","user_id":42}"#;
    let other = r#""contact":{"phone_number":"8613800000000","first_name":"三","user_id":43}"#;
    let event = |chat, rest: &str| said(chat, &format!("{PERSON},{rest}")).map(|incoming| incoming.event);
    assert_eq!(event(PRIVATE, own), Some(Event::OwnContact("8613800000000".to_owned())));
    // Anybody's else is a card like any other.
    for (chat, card) in [
        (PRIVATE, other.to_owned()),
        (GROUP, own.to_owned()),
        (PRIVATE, format!(r#"{own},"forward_origin":{{"type":"user"}}"#)),
        (PRIVATE, r#""contact":{"phone_number":"1","first_name":"x"}"#.to_owned()),
    ] {
        let heard = event(chat, &card);
        assert!(
            matches!(&heard, Some(Event::Message(heard)) if heard.own_number.is_none() && heard.media.len() == 1),
            "{card}: {heard:?}"
        );
    }
    let reply = event(PRIVATE, &format!(r#"{own},"reply_to_message":{{"message_id":3}}"#));
    assert!(
        matches!(&reply, Some(Event::Message(heard)) if heard.own_number.as_deref() == Some("8613800000000")),
        "{reply:?}"
    );
}

#[test]
fn presses_are_heard_also_under_messages_too_old_to_see() {
    let press = |message: &str| {
        let fields = format!(r#""id":"99",{PERSON},"chat_instance":"1","data":"tok","message":{{{message}}}"#);
        parse(&update("callback_query", &fields), &me()).unwrap().unwrap()
    };
    let topic = press(&format!(
        r#""message_id":5,"date":1700000000,{GROUP},"message_thread_id":2,"is_topic_message":true"#
    ));
    assert_eq!(topic.place.topic.as_deref(), Some("2"));
    let expected = Press {
        id: "99".to_owned(),
        token: "tok".to_owned(),
        message: Some("5".to_owned()),
    };
    assert_eq!(topic.event, Event::Press(expected.clone()));
    let old = press(r#""message_id":5,"date":0,"chat":{"id":42,"type":"private"}"#);
    assert_eq!((old.chat_kind, old.event), (ChatKind::Private, Event::Press(expected)));
    let without = update(
        "callback_query",
        &format!(r#""id":"99",{PERSON},"chat_instance":"1","data":"tok""#),
    );
    assert_eq!(parse(&without, &me()), Ok(None));
}

#[test]
fn the_bots_own_standing_becomes_an_event_of_the_chat() {
    let change = |chat: &str, old: &str, new: &str| {
        let member = |status: &str| format!(r#"{{"user":{{"id":7,"is_bot":true}},{status}}}"#);
        let fields = format!(
            r#"{chat},{PERSON},"date":1,"old_chat_member":{},"new_chat_member":{}"#,
            member(old),
            member(new)
        );
        // With privacy mode on, only an administrator hears everything.
        let shy = Me {
            can_read_all_group_messages: false,
            ..me()
        };
        match parse(&update("my_chat_member", &fields), &shy)
            .unwrap()
            .map(|incoming| incoming.event)
        {
            Some(Event::Chat(event)) => event,
            other => panic!("{other:?}"),
        }
    };
    let (left, member, admin) = (
        r#""status":"left""#,
        r#""status":"member""#,
        r#""status":"administrator""#,
    );
    let muted = r#""status":"restricted","is_member":true,"can_send_messages":false"#;
    let out = r#""status":"restricted","is_member":false,"can_send_messages":false"#;
    let kicked = r#""status":"kicked""#;
    assert_eq!(change(GROUP, left, member), ChatEvent::BotAdded { hears_all: false });
    assert_eq!(change(GROUP, kicked, admin), ChatEvent::BotAdded { hears_all: true });
    assert_eq!(change(GROUP, member, admin), ChatEvent::BotMayWrite { hears_all: true });
    assert_eq!(change(GROUP, member, muted), ChatEvent::BotMuted);
    assert_eq!(
        change(GROUP, muted, member),
        ChatEvent::BotMayWrite { hears_all: false }
    );
    assert_eq!(change(GROUP, member, kicked), ChatEvent::BotRemoved);
    assert_eq!(change(GROUP, member, out), ChatEvent::BotRemoved);
    assert_eq!(change(PRIVATE, member, kicked), ChatEvent::BotRemoved);
    assert_eq!(
        change(PRIVATE, kicked, member),
        ChatEvent::BotMayWrite { hears_all: false }
    );
}

#[test]
fn leaving_members_and_moving_groups_are_heard() {
    let change = |old: &str, new: &str| {
        let member = |status: &str| format!(r#"{{"user":{{"id":8,"first_name":"王敏"}},"status":"{status}"}}"#);
        let fields = format!(
            r#"{GROUP},{PERSON},"date":1,"old_chat_member":{},"new_chat_member":{}"#,
            member(old),
            member(new)
        );
        parse(&update("chat_member", &fields), &me())
            .unwrap()
            .map(|incoming| incoming.event)
    };
    let gone = Some(Event::Chat(ChatEvent::MemberLeft("8".to_owned())));
    assert_eq!(change("member", "left"), gone);
    assert_eq!(change("administrator", "kicked"), gone);
    assert_eq!(change("left", "member"), None);
    assert_eq!(change("left", "kicked"), None);
    let service = said(
        GROUP,
        &format!(r#"{PERSON},"left_chat_member":{{"id":8,"first_name":"王敏"}}"#),
    );
    assert_eq!(service.map(|incoming| incoming.event), gone);
    let moved = said(
        r#""chat":{"id":-5,"type":"group"}"#,
        &format!(r#"{PERSON},"migrate_to_chat_id":-100"#),
    )
    .unwrap();
    assert_eq!(
        (moved.place.chat.as_str(), moved.event),
        ("-5", Event::Chat(ChatEvent::MigratedTo("-100".to_owned())))
    );
}

#[test]
fn an_unreadable_update_is_an_error_that_does_not_quote_it() {
    let raw = update("message", r#""message_id":"张三的身份证","date":1"#);
    let error = parse(&raw, &me()).unwrap_err().to_string();
    assert!(!error.contains("张三"), "{error}");
    assert!(parse("not json", &me()).is_err());
    assert!(parse(r#"{"update_id":1,"message":{"message_id":1,"text":"\ud800"}}"#, &me()).is_err());
}
