//! The methods of the API, but for sending (`sending`) and receiving (`polling`).

use serde_json::{Value, json};

use super::faults::ApiError;
use super::http::Params;
use super::world::{BOT, Chat, ChatKind, Standing, World, bot_json, member_json};

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

impl World {
    /// Carries out any method but getUpdates.
    pub fn call(&mut self, method: &str, params: &Params) -> Result<Value, ApiError> {
        match method {
            "getme" => Ok(self.me()),
            "getwebhookinfo" => Ok(self.webhook_info()),
            "setwebhook" => self.set_webhook(params),
            "deletewebhook" => Ok(self.delete_webhook(params)),
            "setmycommands" => self.set_commands(params),
            "deletemycommands" => {
                self.commands.remove(&scope(params)?);
                Ok(json!(true))
            }
            "getmycommands" => {
                let commands = self.commands.get(&scope(params)?).cloned().unwrap_or_default();
                let shown = commands
                    .iter()
                    .map(|(name, about)| json!({"command": name, "description": about}));
                Ok(Value::Array(shown.collect()))
            }
            "getchat" => self.get_chat(params),
            "getchatmember" => self.get_member(params),
            "getchatadministrators" => self.get_administrators(params),
            "getchatmembercount" => self.count_members(params),
            "getfile" => self.get_file(params),
            "sendmessage" | "sendphoto" | "senddocument" | "sendvoice" => self.send(method, params),
            "copymessage" | "forwardmessage" => self.pass_on(method, params),
            "editmessagetext" | "editmessagecaption" | "editmessagereplymarkup" => self.edit(method, params),
            "deletemessage" => self.delete(params),
            "answercallbackquery" => self.answer_press(params),
            "sendchataction" => self.show_action(params),
            "setmessagereaction" => self.react(params),
            "pinchatmessage" => self.pin(params),
            "leavechat" => {
                let chat = self.reachable(params)?;
                self.bot_becomes(chat, BOT, Standing::Left);
                Ok(json!(true))
            }
            _ => Err(ApiError {
                code: 404,
                description: "Not Found: method not found".to_owned(),
                ..ApiError::mistake("")
            }),
        }
    }

    fn me(&self) -> Value {
        let mut me = bot_json();
        me["can_join_groups"] = json!(true);
        me["can_read_all_group_messages"] = json!(self.reads_all);
        me["supports_inline_queries"] = json!(false);
        me["can_connect_to_business"] = json!(false);
        me["has_main_web_app"] = json!(false);
        me
    }

    fn set_commands(&mut self, params: &Params) -> Result<Value, ApiError> {
        let list = params.object("commands")?.unwrap_or_default();
        let list = list
            .as_array()
            .ok_or_else(|| ApiError::mistake("can't parse commands: Expected an Array"))?;
        if list.len() > 100 {
            return Err(ApiError::mistake("BOT_COMMANDS_TOO_MUCH"));
        }
        let mut commands = Vec::new();
        for item in list {
            let name = item["command"]
                .as_str()
                .unwrap_or("")
                .trim_start_matches('/')
                .to_owned();
            let about = item["description"].as_str().unwrap_or("").to_owned();
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !(1..=32).contains(&name.len()) || !name.chars().all(plain) {
                return Err(ApiError::mistake("BOT_COMMAND_INVALID"));
            }
            if !(1..=256).contains(&about.chars().count()) {
                return Err(ApiError::mistake("BOT_COMMAND_DESCRIPTION_INVALID"));
            }
            commands.push((name, about));
        }
        self.commands.insert(scope(params)?, commands);
        Ok(json!(true))
    }

    fn get_chat(&self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.chat(self.reachable(params)?);
        let mut full = chat.json();
        full["accepted_gift_types"] = json!({
            "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
            "premium_subscription": false, "gifts_from_channels": false,
        });
        full["max_reaction_count"] = json!(11);
        full["accent_color_id"] = json!(0);
        if !chat.is_private() {
            full["permissions"] = json!({
                "can_send_messages": true, "can_send_audios": true, "can_send_documents": true,
                "can_send_photos": true, "can_send_videos": true, "can_send_video_notes": true,
                "can_send_voice_notes": true, "can_send_polls": true,
                "can_send_other_messages": true, "can_add_web_page_previews": true,
                "can_change_info": false, "can_invite_users": true, "can_pin_messages": false,
                "can_manage_topics": false,
            });
        }
        Ok(full)
    }

    fn get_member(&self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.chat(self.reachable(params)?);
        let user = params
            .int("user_id")
            .ok_or_else(|| ApiError::mistake("invalid user_id specified"))?;
        if user != BOT && !self.users.contains_key(&user) {
            return Err(ApiError::bad("PARTICIPANT_ID_INVALID"));
        }
        if chat.is_private() && (user == chat.id || user == BOT) {
            return Ok(member_json(self.user_json(user), Standing::Member));
        }
        Ok(self.member_json(chat, user))
    }

    fn get_administrators(&self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.chat(self.reachable(params)?);
        if chat.is_private() {
            return Err(ApiError::mistake("there are no administrators in the private chat"));
        }
        let rules = |standing: &Standing| matches!(standing, Standing::Owner | Standing::Administrator);
        let mut shown: Vec<Value> = chat
            .members
            .iter()
            .filter(|(_, standing)| rules(standing))
            .map(|(user, _)| self.member_json(chat, *user))
            .collect();
        if rules(&chat.bot) {
            shown.push(self.member_json(chat, BOT));
        }
        Ok(Value::Array(shown))
    }

    fn count_members(&self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.chat(self.reachable(params)?);
        let here = |standing: &&Standing| !matches!(standing, Standing::Left | Standing::Kicked);
        Ok(json!(1 + chat.members.values().filter(here).count()))
    }

    fn show_action(&mut self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.reachable(params)?;
        let action = params.text("action").unwrap_or_default();
        if !ACTIONS.contains(&action.as_str()) {
            return Err(ApiError::mistake("wrong parameter action in request"));
        }
        self.actions.push((chat, action));
        Ok(json!(true))
    }

    fn pin(&self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.chat(self.reachable(params)?);
        if !chat.messages.contains_key(&params.int("message_id").unwrap_or(0)) {
            return Err(ApiError::bad("message to pin not found"));
        }
        if chat.bot != Standing::Administrator && !chat.is_private() {
            return Err(ApiError::bad("not enough rights to manage pinned messages in the chat"));
        }
        Ok(json!(true))
    }

    fn get_file(&self, params: &Params) -> Result<Value, ApiError> {
        let id = params.text("file_id").unwrap_or_default();
        let Some(bytes) = self.files.get(&id) else {
            return Err(ApiError::mistake(
                "wrong file_id or the file is temporarily unavailable",
            ));
        };
        if bytes.len() > 20 * 1024 * 1024 {
            return Err(ApiError::bad("file is too big"));
        }
        Ok(json!({
            "file_id": id, "file_unique_id": format!("u-{id}"), "file_size": bytes.len(),
            "file_path": format!("files/{id}"),
        }))
    }

    fn react(&mut self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.reachable(params)?;
        let message = params.int("message_id").unwrap_or(0);
        if !self.chat(chat).messages.contains_key(&message) {
            return Err(ApiError::bad("message to react not found"));
        }
        let list = params.object("reaction")?.unwrap_or_else(|| json!([]));
        let emoji: Vec<String> = list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["emoji"].as_str().map(str::to_owned))
            .collect();
        const KNOWN: &str = "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 😢 🎉 🤩 🙏 👌 👀 ✍ 🤝 🫡 💯 😴 🆒";
        if emoji.len() > 1 || !emoji.iter().all(|e| KNOWN.split(' ').any(|known| known == e)) {
            return Err(ApiError::mistake("REACTION_INVALID"));
        }
        self.reactions.push((chat, message, emoji));
        Ok(json!(true))
    }

    /// The chat of `chat_id`, if it is there and the bot is in it.
    pub fn reachable(&self, params: &Params) -> Result<i64, ApiError> {
        self.reachable_by(params, "chat_id")
    }

    pub fn reachable_by(&self, params: &Params, name: &str) -> Result<i64, ApiError> {
        let given = params.text(name).unwrap_or_default();
        if given.is_empty() {
            return Err(ApiError::mistake(format!("{name} is empty")));
        }
        let Some(chat) = given.parse().ok().and_then(|id: i64| self.chats.get(&id)) else {
            let known = given.parse().is_ok_and(|id: i64| self.users.contains_key(&id));
            return Err(if known {
                never_started()
            } else {
                ApiError::bad("chat not found")
            });
        };
        present(self, chat)?;
        Ok(chat.id)
    }
}

fn never_started() -> ApiError {
    ApiError::forbidden("bot can't initiate conversation with a user")
}

fn present(world: &World, chat: &Chat) -> Result<(), ApiError> {
    if let Some(new) = chat.migrated_to {
        return Err(ApiError {
            parameters: Some(json!({"migrate_to_chat_id": new})),
            ..ApiError::bad("group chat was upgraded to a supergroup chat")
        });
    }
    if chat.deleted {
        return Err(ApiError::forbidden("the group chat was deleted"));
    }
    if chat.kind == ChatKind::Private {
        if world.users.get(&chat.id).is_some_and(|user| user.deactivated) {
            return Err(ApiError::forbidden("user is deactivated"));
        }
        return match chat.bot {
            Standing::Kicked => Err(ApiError::forbidden("bot was blocked by the user")),
            Standing::Left => Err(never_started()),
            _ => Ok(()),
        };
    }
    let noun = chat.noun();
    match chat.bot {
        Standing::Kicked => Err(ApiError::forbidden(&format!("bot was kicked from the {noun} chat"))),
        Standing::Left => Err(ApiError::forbidden(&format!("bot is not a member of the {noun} chat"))),
        _ => Ok(()),
    }
}

/// Names a command scope: `default`, `all_group_chats`, `chat -100…`.
fn scope(params: &Params) -> Result<String, ApiError> {
    let Some(scope) = params.object("scope")? else {
        return Ok("default".to_owned());
    };
    let mut name = scope["type"].as_str().unwrap_or("default").to_owned();
    for key in ["chat_id", "user_id"] {
        if !scope[key].is_null() {
            name.push_str(&format!(" {}", scope[key]));
        }
    }
    Ok(name)
}
