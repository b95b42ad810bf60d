//! What exists in the fake: people, chats, messages, and the queue of updates.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use super::faults::{Flood, Rule};
use super::polling::Polling;
use super::records::{Call, Sent, Toast};
use super::webhook::Webhook;

pub const BOT: i64 = 7_000_000_001;
pub const BOT_USERNAME: &str = "bangban_bot";
pub const TOKEN: &str = "7000000001:token-of-the-fake-server";
pub const ANONYMOUS_ADMIN: i64 = 1_087_968_824;
pub const CHANNEL_BOT: i64 = 136_817_688;

/// Which sort of group to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    Group,
    Supergroup { forum: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatKind {
    Private,
    Group,
    Supergroup { forum: bool },
}

/// What somebody is in a chat. For the bot in a private chat: `Left` before the person pressed
/// start, `Kicked` when the person blocked it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Owner,
    Administrator,
    Member,
    Restricted,
    Left,
    Kicked,
}

#[derive(Clone, Debug)]
pub struct User {
    pub id: i64,
    pub first_name: String,
    pub username: Option<String>,
    pub deactivated: bool,
}

#[derive(Clone, Debug)]
pub struct Topic {
    pub closed: bool,
}

#[derive(Clone, Debug)]
pub struct Stored {
    pub json: Map<String, Value>,
    /// Position in `World::sent` when the bot wrote it.
    pub sent: Option<usize>,
    /// First message of its reply chain; supergroups show it as `message_thread_id`.
    pub root: i64,
}

#[derive(Clone, Debug)]
pub struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    pub title: String,
    pub bot: Standing,
    pub members: BTreeMap<i64, Standing>,
    pub topics: BTreeMap<i64, Topic>,
    pub messages: BTreeMap<i64, Stored>,
    pub last_id: i64,
    pub migrated_to: Option<i64>,
    pub deleted: bool,
    pub bot_spoke_last: bool,
}

impl Chat {
    pub fn new(id: i64, kind: ChatKind, title: &str, bot: Standing) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            bot,
            members: BTreeMap::new(),
            topics: BTreeMap::new(),
            messages: BTreeMap::new(),
            // Message 1 is the group's creation, and the id of a forum's General topic.
            last_id: 1,
            migrated_to: None,
            deleted: false,
            bot_spoke_last: false,
        }
    }

    pub fn json(&self) -> Value {
        match self.kind {
            ChatKind::Private => {
                json!({"id": self.id, "type": "private", "first_name": self.title})
            }
            ChatKind::Group => json!({
                "id": self.id, "type": "group", "title": self.title,
                "all_members_are_administrators": false,
            }),
            ChatKind::Supergroup { forum: false } => {
                json!({"id": self.id, "type": "supergroup", "title": self.title})
            }
            ChatKind::Supergroup { forum: true } => {
                json!({"id": self.id, "type": "supergroup", "title": self.title, "is_forum": true})
            }
        }
    }

    pub fn is_private(&self) -> bool {
        self.kind == ChatKind::Private
    }

    pub fn is_forum(&self) -> bool {
        self.kind == ChatKind::Supergroup { forum: true }
    }

    /// The word error texts use for this chat.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            ChatKind::Supergroup { .. } => "supergroup",
            ChatKind::Private | ChatKind::Group => "group",
        }
    }
}

pub struct World {
    pub users: BTreeMap<i64, User>,
    pub chats: BTreeMap<i64, Chat>,
    pub files: BTreeMap<String, Vec<u8>>,
    pub polling: Polling,
    pub faults: Vec<Rule>,
    pub flood: Flood,
    pub sent: Vec<Sent>,
    pub toasts: Vec<Toast>,
    pub calls: Vec<Call>,
    pub violations: Vec<String>,
    pub presses: BTreeMap<String, Press>,
    pub commands: BTreeMap<String, Vec<(String, String)>>,
    pub actions: Vec<(i64, String)>,
    pub reactions: Vec<(i64, i64, Vec<String>)>,
    pub webhook: Option<Webhook>,
    pub reads_all: bool,
    pub fixed_now: Option<i64>,
    /// Message ids of private chats and basic groups come from one counter, as on the real server.
    pub shared_last_id: i64,
    pub serial: u64,
    pub random: u64,
}

pub struct Press {
    pub user: i64,
    pub at: i64,
    pub answered: bool,
}

impl World {
    pub fn new() -> Self {
        Self {
            users: BTreeMap::new(),
            chats: BTreeMap::new(),
            files: BTreeMap::new(),
            polling: Polling::new(),
            faults: Vec::new(),
            flood: Flood::default(),
            sent: Vec::new(),
            toasts: Vec::new(),
            calls: Vec::new(),
            violations: Vec::new(),
            presses: BTreeMap::new(),
            commands: BTreeMap::new(),
            actions: Vec::new(),
            reactions: Vec::new(),
            webhook: None,
            reads_all: true,
            fixed_now: None,
            shared_last_id: 0,
            serial: 0,
            random: 0x9E37_79B9_7F4A_7C15,
        }
    }

    /// Milliseconds UTC: the fixed time of the test, or the wall clock.
    pub fn now(&self) -> i64 {
        self.fixed_now.unwrap_or_else(|| {
            std::time::UNIX_EPOCH
                .elapsed()
                .expect("the clock is after 1970")
                .as_millis() as i64
        })
    }

    pub fn seconds(&self) -> i64 {
        self.now() / 1000
    }

    /// A repeatable number below `bound`.
    pub fn chance(&mut self, bound: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % bound.max(1)
    }

    pub fn user_json(&self, id: i64) -> Value {
        if id == BOT {
            return bot_json();
        }
        let Some(user) = self.users.get(&id) else {
            panic!("user {id} is not in the fake; call add_user first");
        };
        let mut json = json!({
            "id": id, "is_bot": false, "first_name": user.first_name, "language_code": "zh-hans",
        });
        if let Some(username) = &user.username {
            json["username"] = json!(username);
        }
        json
    }

    pub fn chat(&self, id: i64) -> &Chat {
        self.chats
            .get(&id)
            .unwrap_or_else(|| panic!("chat {id} is not in the fake"))
    }

    pub fn chat_mut(&mut self, id: i64) -> &mut Chat {
        self.chats
            .get_mut(&id)
            .unwrap_or_else(|| panic!("chat {id} is not in the fake"))
    }

    pub fn member_json(&self, chat: &Chat, user: i64) -> Value {
        let standing = if user == BOT {
            chat.bot
        } else {
            chat.members.get(&user).copied().unwrap_or(Standing::Left)
        };
        member_json(self.user_json(user), standing)
    }

    pub fn next_message_id(&mut self, chat: i64) -> i64 {
        let own_counter = matches!(self.chat(chat).kind, ChatKind::Supergroup { .. });
        if own_counter {
            let chat = self.chat_mut(chat);
            chat.last_id += 1;
            return chat.last_id;
        }
        self.shared_last_id += 1;
        self.shared_last_id
    }

    /// The message as it is shown inside another one (no deeper nesting).
    pub fn quoted(&self, chat: i64, message: i64) -> Option<Value> {
        let mut json = self.chat(chat).messages.get(&message)?.json.clone();
        json.remove("reply_to_message");
        Some(Value::Object(json))
    }

    /// Fields that say where a message stands: reply and topic.
    pub fn place(&self, chat: i64, reply: Option<i64>, topic: Option<i64>) -> Map<String, Value> {
        let mut fields = Map::new();
        let chat = self.chat(chat);
        if let Some(topic) = topic.filter(|topic| *topic != 1) {
            fields.insert("message_thread_id".into(), json!(topic));
            fields.insert("is_topic_message".into(), json!(true));
        } else if let (Some(reply), ChatKind::Supergroup { forum: false }) = (reply, chat.kind)
            && let Some(stored) = chat.messages.get(&reply)
        {
            fields.insert("message_thread_id".into(), json!(stored.root));
        }
        // A topic's message that answers nobody still quotes the service message that opened it.
        if let Some(quoted) = reply.or(topic).and_then(|id| self.quoted(chat.id, id)) {
            fields.insert("reply_to_message".into(), quoted);
        }
        fields
    }

    /// Keeps a message in its chat and gives its JSON.
    pub fn store(&mut self, chat: i64, json: Map<String, Value>, sent: Option<usize>) -> Value {
        let id = json["message_id"].as_i64().expect("a message has its id");
        let root = json.get("message_thread_id").and_then(Value::as_i64).unwrap_or(id);
        let value = Value::Object(json.clone());
        let chat = self.chat_mut(chat);
        chat.bot_spoke_last = sent.is_some();
        chat.messages.insert(id, Stored { json, sent, root });
        value
    }

    pub fn fresh(&mut self, prefix: &str) -> String {
        self.serial += 1;
        format!("{prefix}{}", self.serial)
    }
}

pub fn bot_json() -> Value {
    json!({"id": BOT, "is_bot": true, "first_name": "帮办", "username": BOT_USERNAME})
}

pub fn member_json(user: Value, standing: Standing) -> Value {
    match standing {
        Standing::Owner => json!({"user": user, "status": "creator", "is_anonymous": false}),
        Standing::Administrator => json!({
            "user": user, "status": "administrator", "can_be_edited": false, "is_anonymous": false,
            "can_manage_chat": true, "can_change_info": true, "can_delete_messages": true,
            "can_invite_users": true, "can_restrict_members": true, "can_pin_messages": true,
            "can_manage_topics": true, "can_promote_members": false,
            "can_manage_video_chats": true, "can_post_stories": false,
            "can_edit_stories": false, "can_delete_stories": false,
        }),
        Standing::Member => json!({"user": user, "status": "member"}),
        Standing::Restricted => json!({
            "user": user, "status": "restricted", "until_date": 0, "is_member": true,
            "can_send_messages": false, "can_send_audios": false, "can_send_documents": false,
            "can_send_photos": false, "can_send_videos": false, "can_send_video_notes": false,
            "can_send_voice_notes": false, "can_send_polls": false,
            "can_send_other_messages": false, "can_add_web_page_previews": false,
            "can_change_info": false, "can_invite_users": false, "can_pin_messages": false,
            "can_manage_topics": false,
        }),
        Standing::Left => json!({"user": user, "status": "left"}),
        Standing::Kicked => json!({"user": user, "status": "kicked", "until_date": 0}),
    }
}

/// One update that waits to be fetched.
pub struct Queued {
    pub id: i64,
    pub body: Vec<u8>,
    pub at: i64,
    pub expires: i64,
    pub delivered: bool,
}

pub type Queue = VecDeque<Queued>;
