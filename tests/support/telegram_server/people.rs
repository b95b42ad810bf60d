//! What people and groups do; each act queues the updates the real server would send.

use serde_json::{Map, Value, json};

use super::TelegramServer;
use super::post::{Post, put_words, simple_entities};
use super::world::{ANONYMOUS_ADMIN, BOT, Chat, ChatKind, GroupKind, Press, Standing, Topic, User, World};

impl TelegramServer {
    /// A person the fake knows; without `user_starts` the bot cannot write to them.
    pub fn add_user(&self, id: i64, first_name: &str) -> i64 {
        let user = User {
            id,
            first_name: first_name.to_owned(),
            username: None,
            deactivated: false,
        };
        self.world().users.insert(id, user);
        id
    }

    pub fn set_username(&self, user: i64, username: &str) {
        self.user_mut(user, |user| user.username = Some(username.to_owned()));
    }

    /// A group that has the bot as a member already. No update is queued.
    pub fn add_group(&self, id: i64, title: &str, kind: GroupKind) -> i64 {
        let kind = match kind {
            GroupKind::Group => ChatKind::Group,
            GroupKind::Supergroup { forum } => ChatKind::Supergroup { forum },
        };
        let chat = Chat::new(id, kind, title, Standing::Member);
        self.world().chats.insert(id, chat);
        id
    }

    /// A group the bot is not in yet; `adds_bot` brings it in.
    pub fn add_group_without_bot(&self, id: i64, title: &str, kind: GroupKind) -> i64 {
        self.add_group(id, title, kind);
        self.world().chat_mut(id).bot = Standing::Left;
        id
    }

    pub fn set_standing(&self, chat: i64, user: i64, standing: Standing) {
        self.world().chat_mut(chat).members.insert(user, standing);
    }

    /// A private chat that was started long ago. No update is queued.
    pub fn add_private(&self, user: i64) -> i64 {
        let mut world = self.world();
        let name = world.users[&user].first_name.clone();
        let chat = Chat::new(user, ChatKind::Private, &name, Standing::Member);
        world.chats.entry(user).or_insert(chat).bot = Standing::Member;
        user
    }

    /// The person presses start; gives the id of the `/start` message.
    pub fn user_starts(&self, user: i64) -> i64 {
        self.user_starts_with(user, "")
    }

    pub fn user_starts_with(&self, user: i64, payload: &str) -> i64 {
        self.add_private(user);
        self.says(user, user, format!("/start {payload}").trim_end())
    }

    pub fn user_blocks(&self, user: i64) {
        self.act(|world| world.bot_becomes(user, user, Standing::Kicked));
    }

    /// The account is gone; nothing tells the bot.
    pub fn user_is_deactivated(&self, user: i64) {
        self.user_mut(user, |user| user.deactivated = true);
    }

    pub fn says(&self, chat: i64, user: i64, text: &str) -> i64 {
        self.says_with(chat, user, Post::text(text))
    }

    pub fn says_with(&self, chat: i64, user: i64, post: Post) -> i64 {
        self.act(|world| {
            let place = world.chat_mut(chat);
            if !place.is_private() {
                place.members.entry(user).or_insert(Standing::Member);
            }
            world.post(chat, user, &post)
        })
    }

    pub fn edits(&self, chat: i64, message: i64, text: &str) {
        self.act(|world| {
            let now = world.seconds();
            let stored = world.chat_mut(chat).messages.get_mut(&message);
            let stored = stored.unwrap_or_else(|| panic!("no message {message} in {chat}"));
            let is_caption = !stored.json.contains_key("text");
            put_words(&mut stored.json, text, is_caption, &simple_entities(text));
            stored.json.insert("edit_date".into(), json!(now));
            let json = Value::Object(stored.json.clone());
            if !matches!(world.chat(chat).bot, Standing::Left | Standing::Kicked) {
                world.queue("edited_message", json);
            }
        });
    }

    /// Puts content of any kind in the place of a message's words: fields as of `Post::content`. With none nothing is
    /// changed, as when a link's preview appears.
    pub fn edits_into(&self, chat: i64, message: i64, fields: Value) {
        self.act(|world| {
            let now = world.seconds();
            let stored = world.chat_mut(chat).messages.get_mut(&message);
            let stored = stored.unwrap_or_else(|| panic!("no message {message} in {chat}"));
            let Value::Object(fields) = fields else {
                panic!("{fields} are no fields of a message")
            };
            if !fields.is_empty() {
                for gone in ["text", "entities", "rich_message"] {
                    stored.json.remove(gone);
                }
            }
            stored.json.extend(fields);
            stored.json.insert("edit_date".into(), json!(now));
            let json = Value::Object(stored.json.clone());
            world.queue("edited_message", json);
        });
    }

    /// A person deletes a message; the bot is not told.
    pub fn deletes(&self, chat: i64, message: i64) {
        self.act(|world| world.chat_mut(chat).messages.remove(&message));
    }

    /// Presses a button by its label or its data; gives the callback id.
    pub fn presses(&self, user: i64, chat: i64, message: i64, button: &str) -> String {
        let data = {
            let world = self.world();
            let sent = world.sent.iter().find(|s| s.chat == chat && s.message_id == message);
            let sent = sent.unwrap_or_else(|| panic!("the bot wrote no {message} in {chat}"));
            let found = sent.buttons.iter().flatten().find(|(l, d)| l == button || d == button);
            found
                .unwrap_or_else(|| panic!("no button {button:?} in {:?}", sent.buttons))
                .1
                .clone()
        };
        self.presses_data(user, chat, message, &data)
    }

    /// Presses with any data, as from a stale or forged keyboard.
    pub fn presses_data(&self, user: i64, chat: i64, message: i64, data: &str) -> String {
        self.act(|world| {
            let id = world.fresh("49000000000000");
            let at = world.now();
            world.presses.insert(
                id.clone(),
                Press {
                    user,
                    at,
                    answered: false,
                },
            );
            let gone = json!({"chat": world.chat(chat).json(), "message_id": message, "date": 0});
            let shown = world.chat(chat).messages.get(&message);
            let shown = shown.map_or(gone, |stored| Value::Object(stored.json.clone()));
            let query = json!({
                "id": id, "from": world.user_json(user), "message": shown,
                "chat_instance": format!("-77{}", chat.unsigned_abs()), "data": data,
            });
            world.queue("callback_query", query);
            id
        })
    }

    /// Puts an emoji on a message; told only to an administrator bot that asked for it.
    pub fn reacts(&self, chat: i64, user: i64, message: i64, emoji: &str) {
        self.act(|world| {
            let update = json!({
                "chat": world.chat(chat).json(), "message_id": message,
                "user": world.user_json(user), "date": world.seconds(), "old_reaction": [],
                "new_reaction": [{"type": "emoji", "emoji": emoji}],
            });
            world.queue_for_administrator(chat, "message_reaction", update);
        });
    }

    pub fn adds_bot(&self, chat: i64, by: i64) {
        self.act(|world| {
            world.bot_becomes(chat, by, Standing::Member);
            let bot = world.user_json(BOT);
            world.service(chat, by, &[("new_chat_members", json!([bot]))]);
        });
    }

    pub fn removes_bot(&self, chat: i64, by: i64) {
        self.act(|world| world.bot_becomes(chat, by, Standing::Kicked));
    }

    pub fn mutes_bot(&self, chat: i64, by: i64) {
        self.act(|world| world.bot_becomes(chat, by, Standing::Restricted));
    }

    pub fn unmutes_bot(&self, chat: i64, by: i64) {
        self.act(|world| world.bot_becomes(chat, by, Standing::Member));
    }

    pub fn promotes_bot(&self, chat: i64, by: i64) {
        self.act(|world| world.bot_becomes(chat, by, Standing::Administrator));
    }

    /// The group is deleted for everybody; nothing tells the bot.
    pub fn deletes_group(&self, chat: i64) {
        self.act(|world| world.chat_mut(chat).deleted = true);
    }

    pub fn joins(&self, chat: i64, user: i64) {
        self.act(|world| {
            world.member_becomes(chat, user, user, Standing::Member);
            let who = world.user_json(user);
            world.service(chat, user, &[("new_chat_members", json!([who]))]);
        });
    }

    pub fn leaves(&self, chat: i64, user: i64) {
        self.act(|world| {
            world.member_becomes(chat, user, user, Standing::Left);
            let who = world.user_json(user);
            world.service(chat, user, &[("left_chat_member", who)]);
        });
    }

    pub fn promotes(&self, chat: i64, by: i64, user: i64) {
        self.act(|world| world.member_becomes(chat, by, user, Standing::Administrator));
    }

    pub fn renames(&self, chat: i64, by: i64, title: &str) {
        self.act(|world| {
            world.chat_mut(chat).title = title.to_owned();
            world.service(chat, by, &[("new_chat_title", json!(title))]);
        });
    }

    /// Opens a forum topic; its id is that of the service message.
    pub fn opens_topic(&self, chat: i64, user: i64, name: &str) -> i64 {
        self.act(|world| {
            assert!(world.chat(chat).is_forum(), "{chat} is not a forum");
            let topic = world.chat(chat).last_id + 1;
            world.chat_mut(chat).topics.insert(topic, Topic { closed: false });
            let about = json!({"name": name, "icon_color": 7_322_096});
            world.service_in(chat, user, Some(topic), &[("forum_topic_created", about)])
        })
    }

    pub fn closes_topic(&self, chat: i64, user: i64, topic: i64) {
        self.set_topic(chat, user, topic, true);
    }

    pub fn reopens_topic(&self, chat: i64, user: i64, topic: i64) {
        self.set_topic(chat, user, topic, false);
    }

    fn set_topic(&self, chat: i64, user: i64, topic: i64, closed: bool) {
        self.act(|world| {
            world.chat_mut(chat).topics.insert(topic, Topic { closed });
            let kind = if closed {
                "forum_topic_closed"
            } else {
                "forum_topic_reopened"
            };
            world.service_in(chat, user, Some(topic), &[(kind, json!({}))]);
        });
    }

    /// A basic group becomes a supergroup under a new id.
    pub fn migrates(&self, old: i64, new: i64, by: i64) {
        self.act(|world| {
            let before = world.chat(old).clone();
            let kind = ChatKind::Supergroup { forum: false };
            let mut after = Chat::new(new, kind, &before.title, before.bot);
            after.members = before.members;
            world.chats.insert(new, after);
            world.service(old, by, &[("migrate_to_chat_id", json!(new))]);
            world.chat_mut(old).migrated_to = Some(new);
            world.service(new, ANONYMOUS_ADMIN, &[("migrate_from_chat_id", json!(old))]);
        });
    }

    /// Queues any bytes as one update; `$ID` becomes its update id, which is given back.
    pub fn queue_raw(&self, bytes: impl AsRef<[u8]>) -> i64 {
        self.act(|world| world.queue_bytes(bytes.as_ref()))
    }

    fn user_mut(&self, id: i64, change: impl FnOnce(&mut User)) {
        let mut world = self.world();
        change(
            world
                .users
                .get_mut(&id)
                .unwrap_or_else(|| panic!("user {id} is not in the fake")),
        );
    }
}

impl World {
    fn queue_for_administrator(&mut self, chat: i64, kind: &str, update: Value) {
        if self.chat(chat).bot == Standing::Administrator {
            self.queue(kind, update);
        }
    }

    fn member_becomes(&mut self, chat: i64, by: i64, user: i64, standing: Standing) {
        let old = self.member_json(self.chat(chat), user);
        self.chat_mut(chat).members.insert(user, standing);
        let new = self.member_json(self.chat(chat), user);
        let update = json!({
            "chat": self.chat(chat).json(), "from": self.user_json(by), "date": self.seconds(),
            "old_chat_member": old, "new_chat_member": new,
        });
        self.queue_for_administrator(chat, "chat_member", update);
    }

    fn service(&mut self, chat: i64, by: i64, fields: &[(&str, Value)]) -> i64 {
        self.service_in(chat, by, None, fields)
    }

    fn service_in(&mut self, chat: i64, by: i64, topic: Option<i64>, fields: &[(&str, Value)]) -> i64 {
        let id = self.next_message_id(chat);
        let mut message = Map::new();
        message.insert("message_id".into(), json!(id));
        let from = if by == ANONYMOUS_ADMIN {
            message.insert("sender_chat".into(), self.chat(chat).json());
            json!({
                "id": ANONYMOUS_ADMIN, "is_bot": true, "first_name": "Group",
                "username": "GroupAnonymousBot",
            })
        } else {
            self.user_json(by)
        };
        message.insert("from".into(), from);
        message.insert("chat".into(), self.chat(chat).json());
        message.insert("date".into(), json!(self.seconds()));
        message.extend(self.place(chat, None, topic));
        message.extend(fields.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        let json = self.store(chat, message, None);
        if !matches!(self.chat(chat).bot, Standing::Left | Standing::Kicked) {
            self.queue("message", json);
        }
        id
    }
}
