//! What a person can post: text, media, mentions, replies, other identities.

use serde_json::{Map, Value, json};

use super::content::media;
use super::html::units;
use super::world::{ANONYMOUS_ADMIN, CHANNEL_BOT, World};

/// A message to be said with `says_with`.
#[derive(Clone, Debug, Default)]
pub struct Post {
    text: String,
    media: Option<(&'static str, String)>,
    contact: Option<String>,
    fields: Map<String, Value>,
    reply_to: Option<i64>,
    topic: Option<i64>,
    mentions: Vec<(String, i64)>,
    forwarded_from: Option<i64>,
    identity: Identity,
}

#[derive(Clone, Debug, Default)]
enum Identity {
    #[default]
    Own,
    AnonymousAdmin,
    Channel(i64, String),
}

impl Post {
    pub fn text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    pub fn photo(file_id: &str) -> Self {
        Self {
            media: Some(("photo", file_id.to_owned())),
            ..Self::default()
        }
    }

    pub fn voice(file_id: &str) -> Self {
        Self {
            media: Some(("voice", file_id.to_owned())),
            ..Self::default()
        }
    }

    pub fn document(file_id: &str) -> Self {
        Self {
            media: Some(("document", file_id.to_owned())),
            ..Self::default()
        }
    }

    /// The sender shares the own phone number, as after a `request_contact` button.
    pub fn contact(phone: &str) -> Self {
        Self {
            contact: Some(phone.to_owned()),
            ..Self::default()
        }
    }

    /// Content of any other kind, as the fields of a message: `{"location":{…}}`, `{"rich_message":{…}}`.
    pub fn content(fields: Value) -> Self {
        let Value::Object(fields) = fields else {
            panic!("{fields} are no fields of a message")
        };
        Self {
            fields,
            ..Self::default()
        }
    }

    /// The words under a file; beside content of another kind, the text.
    pub fn caption(mut self, text: &str) -> Self {
        self.text = text.to_owned();
        self
    }

    pub fn reply_to(mut self, message: i64) -> Self {
        self.reply_to = Some(message);
        self
    }

    pub fn topic(mut self, topic: i64) -> Self {
        self.topic = Some(topic);
        self
    }

    /// Makes `label` in the text a mention of a person without a username.
    pub fn mention(mut self, label: &str, user: i64) -> Self {
        self.mentions.push((label.to_owned(), user));
        self
    }

    pub fn forwarded_from(mut self, user: i64) -> Self {
        self.forwarded_from = Some(user);
        self
    }

    pub fn anonymous_admin(mut self) -> Self {
        self.identity = Identity::AnonymousAdmin;
        self
    }

    pub fn through_channel(mut self, id: i64, title: &str) -> Self {
        self.identity = Identity::Channel(id, title.to_owned());
        self
    }
}

impl World {
    /// Stores the post as a message and queues it if the bot may see it.
    pub fn post(&mut self, chat: i64, user: i64, post: &Post) -> i64 {
        let from = self.user_json(user);
        let id = self.next_message_id(chat);
        let place = self.chat(chat);
        assert!(
            post.reply_to.is_none_or(|to| place.messages.contains_key(&to)),
            "nobody can reply to {:?} in {chat}: there is no such message",
            post.reply_to
        );
        let topic = post.topic.or_else(|| {
            let json = &place.messages.get(&post.reply_to?)?.json;
            json.get("is_topic_message")
                .and(json.get("message_thread_id")?.as_i64())
        });
        let mut message = Map::new();
        message.insert("message_id".into(), json!(id));
        match &post.identity {
            Identity::Own => {
                message.insert("from".into(), from);
            }
            Identity::AnonymousAdmin => {
                let bot = json!({
                    "id": ANONYMOUS_ADMIN, "is_bot": true, "first_name": "Group",
                    "username": "GroupAnonymousBot",
                });
                message.insert("from".into(), bot);
                message.insert("sender_chat".into(), place.json());
            }
            Identity::Channel(channel, title) => {
                let bot = json!({
                    "id": CHANNEL_BOT, "is_bot": true, "first_name": "Channel",
                    "username": "Channel_Bot",
                });
                message.insert("from".into(), bot);
                let channel = json!({"id": channel, "type": "channel", "title": title});
                message.insert("sender_chat".into(), channel);
            }
        }
        message.insert("chat".into(), place.json());
        message.insert("date".into(), json!(self.seconds()));
        message.extend(self.place(chat, post.reply_to, topic));
        if let Some(original) = post.forwarded_from {
            let origin = json!({
                "type": "user", "date": self.seconds(), "sender_user": self.user_json(original),
            });
            message.insert("forward_origin".into(), origin);
        }
        self.put_content(&mut message, user, post);
        let sees = self.sees(chat, post);
        let json = self.store(chat, message, None);
        if sees {
            self.queue("message", json);
        }
        id
    }

    fn put_content(&mut self, message: &mut Map<String, Value>, user: i64, post: &Post) {
        if let Some(phone) = &post.contact {
            let contact = json!({
                "phone_number": phone, "first_name": self.users[&user].first_name, "user_id": user,
            });
            message.insert("contact".into(), contact);
            return;
        }
        message.extend(post.fields.clone());
        if let Some((field, file)) = &post.media {
            message.insert((*field).into(), media(field, file));
            for name in [file.clone(), format!("{file}-small")] {
                self.files.entry(name).or_insert_with(|| vec![0; 1024]);
            }
        }
        put_words(message, &post.text, post.media.is_some(), &self.entities(post));
    }

    fn entities(&self, post: &Post) -> Vec<Value> {
        let mut entities = simple_entities(&post.text);
        for (label, user) in &post.mentions {
            let at = post
                .text
                .find(label.as_str())
                .unwrap_or_else(|| panic!("the text {:?} does not contain {label:?}", post.text));
            entities.push(json!({
                "type": "text_mention", "offset": units(&post.text[..at]),
                "length": units(label), "user": self.user_json(*user),
            }));
        }
        entities.sort_by_key(|entity| entity["offset"].as_u64());
        entities
    }

    /// Privacy mode: what a bot that may not read everything gets from a group.
    fn sees(&self, chat: i64, post: &Post) -> bool {
        use super::world::Standing::{Administrator, Kicked, Left};
        let chat = self.chat(chat);
        if matches!(chat.bot, Kicked | Left) {
            return false;
        }
        if chat.is_private() || self.reads_all || chat.bot == Administrator {
            return true;
        }
        let answers_bot = post
            .reply_to
            .and_then(|to| chat.messages.get(&to))
            .is_some_and(|answered| answered.sent.is_some());
        let command = post.text.split_whitespace().next().filter(|word| word.starts_with('/'));
        let addressed = command.is_some_and(|command| match command.split_once('@') {
            Some((_, bot)) => bot.eq_ignore_ascii_case(super::world::BOT_USERNAME),
            None => chat.bot_spoke_last,
        });
        answers_bot || addressed
    }
}

/// Writes text or caption with its entities, taking away what was there.
pub fn put_words(message: &mut Map<String, Value>, text: &str, is_caption: bool, entities: &[Value]) {
    let (key, list) = if is_caption {
        ("caption", "caption_entities")
    } else {
        ("text", "entities")
    };
    message.remove(key);
    message.remove(list);
    if !text.is_empty() {
        message.insert(key.into(), json!(text));
    }
    if !entities.is_empty() {
        message.insert(list.into(), json!(entities));
    }
}

/// Commands and @usernames, found as the server finds them.
pub fn simple_entities(text: &str) -> Vec<Value> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut before = ' ';
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        let starts = at >= skip && !word(before) && before != '/' && before != '@';
        before = c;
        if !starts || !(c == '/' || c == '@') {
            continue;
        }
        let rest = &text[at + 1..];
        let name = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let (kind, length) = match c {
            '/' if name > 0 => {
                let bot = rest[name..]
                    .strip_prefix('@')
                    .map_or(0, |bot| 1 + bot.find(|c| !word(c)).unwrap_or(bot.len()));
                ("bot_command", 1 + name + bot)
            }
            '@' if name >= 4 => ("mention", 1 + name),
            _ => continue,
        };
        skip = at + length;
        found.push(json!({"type": kind, "offset": units(&text[..at]), "length": length}));
    }
    found
}
