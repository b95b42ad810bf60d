//! Everything the bot writes: sending, editing, deleting, passing on, answering presses.

use serde_json::{Map, Value, json};

use super::content::{formatted, media, put_words, written};
use super::faults::ApiError;
use super::http::Params;
use super::markup;
use super::records::{Sent, Toast};
use super::world::{BOT, ChatKind, Standing, World, bot_json};

const TEXT: usize = 4096;
const CAPTION: usize = 1024;
/// How long a press waits for its answer.
const PRESS: i64 = 150_000;

struct Target {
    chat: i64,
    reply: Option<i64>,
    topic: Option<i64>,
}

/// What of a message is copied or forwarded; nothing of kinds that are not, such as a quiz whose answer the bot does not know.
fn passed_on(original: &Map<String, Value>) -> Map<String, Value> {
    const KINDS: [&str; 16] = [
        "text",
        "entities",
        "photo",
        "document",
        "voice",
        "caption",
        "caption_entities",
        "contact",
        "location",
        "venue",
        "sticker",
        "video",
        "video_note",
        "animation",
        "audio",
        "poll",
    ];
    let quiz = original.get("poll").is_some_and(|poll| poll["type"] == "quiz");
    let kept = |key: &&str| !quiz && original.contains_key(*key);
    let kept = KINDS.into_iter().filter(kept);
    kept.map(|key| (key.to_owned(), original[key].clone())).collect()
}

impl World {
    pub fn send(&mut self, method: &str, params: &Params) -> Result<Value, ApiError> {
        let (name, field, right) = match method {
            "sendphoto" => ("sendPhoto", Some("photo"), "photos"),
            "senddocument" => ("sendDocument", Some("document"), "documents"),
            "sendvoice" => ("sendVoice", Some("voice"), "voice notes"),
            _ => ("sendMessage", None, "text messages"),
        };
        let target = self.target(params, right)?;
        let words = match field {
            None => formatted(params, "text", TEXT)?,
            Some(_) => formatted(params, "caption", CAPTION)?,
        };
        let markup = markup::read(params)?;
        let mut fields = Map::new();
        let mut file = None;
        if let Some(field) = field {
            let id = params.text(field).unwrap_or_default();
            if !self.files.contains_key(&id) {
                return Err(ApiError::mistake("wrong file identifier/HTTP URL specified"));
            }
            fields.insert(field.into(), media(field, &id));
            file = Some(id);
        }
        put_words(&mut fields, &words, field.is_none());
        self.admit(target.chat)?;
        Ok(self.write(name, target, fields, words.text, written(params, field), markup, file))
    }

    #[expect(clippy::too_many_arguments, reason = "one place where all parts of a message meet")]
    fn write(
        &mut self,
        method: &'static str,
        target: Target,
        fields: Map<String, Value>,
        text: String,
        html: Option<String>,
        markup: Option<Value>,
        file_id: Option<String>,
    ) -> Value {
        let message_id = self.next_message_id(target.chat);
        let mut json = Map::new();
        json.insert("message_id".into(), json!(message_id));
        json.insert("from".into(), bot_json());
        json.insert("chat".into(), self.chat(target.chat).json());
        json.insert("date".into(), json!(self.seconds()));
        json.extend(self.place(target.chat, target.reply, target.topic));
        json.extend(fields);
        if let Some(markup) = markup.as_ref().filter(|m| m.get("inline_keyboard").is_some()) {
            json.insert("reply_markup".into(), markup.clone());
        }
        let sent = Sent {
            method,
            chat: target.chat,
            message_id,
            text,
            html,
            buttons: markup::buttons(markup.as_ref()),
            reply_to: target.reply,
            topic: target.topic,
            file_id,
            history: Vec::new(),
            deleted: false,
            at: self.now(),
        };
        self.sent.push(sent);
        let position = self.sent.len() - 1;
        self.store(target.chat, json, Some(position))
    }

    /// Where to write, if the bot may write there.
    fn target(&mut self, params: &Params, right: &str) -> Result<Target, ApiError> {
        let id = self.reachable(params)?;
        let chat = self.chat(id);
        if chat.bot == Standing::Restricted {
            return Err(ApiError::bad(format!("not enough rights to send {right} to the chat")));
        }
        let topic = params.int("message_thread_id").filter(|topic| *topic != 0);
        if let Some(topic) = topic {
            match chat.topics.get(&topic) {
                Some(open) if chat.is_forum() && topic != 1 => {
                    if open.closed && chat.bot != Standing::Administrator {
                        return Err(ApiError::bad("TOPIC_CLOSED"));
                    }
                }
                _ => return Err(ApiError::mistake("message thread not found")),
            }
        }
        let asked = match params.object("reply_parameters")? {
            Some(reply) => Some((
                reply["message_id"].as_i64().unwrap_or(0),
                reply["allow_sending_without_reply"].as_bool().unwrap_or(false),
            )),
            None => params
                .int("reply_to_message_id")
                .map(|id| (id, params.yes("allow_sending_without_reply"))),
        };
        let reply = match asked {
            Some((message, _)) if chat.messages.contains_key(&message) => Some(message),
            Some((_, false)) => return Err(ApiError::bad("message to be replied not found")),
            _ => None,
        };
        // A reply goes to the topic of what it answers, whatever else was said.
        let answered = reply.and_then(|id| {
            let json = &chat.messages[&id].json;
            json.get("is_topic_message")
                .and(json.get("message_thread_id"))
                .and_then(Value::as_i64)
        });
        let topic = if chat.is_forum() { topic.or(answered) } else { topic };
        Ok(Target { chat: id, reply, topic })
    }

    pub fn pass_on(&mut self, method: &str, params: &Params) -> Result<Value, ApiError> {
        let target = self.target(params, "text messages")?;
        let from = self.reachable_by(params, "from_chat_id")?;
        let message = params.int("message_id").unwrap_or(0);
        let copies = method == "copymessage";
        let Some(stored) = self.chat(from).messages.get(&message) else {
            let verb = if copies { "copy" } else { "forward" };
            return Err(ApiError::bad(format!("message to {verb} not found")));
        };
        let original = stored.json.clone();
        let mut fields = passed_on(&original);
        if fields.is_empty() {
            let verb = if copies { "copied" } else { "forwarded" };
            return Err(ApiError::mistake(format!("the message can't be {verb}")));
        }
        let markup = if copies { markup::read(params)? } else { None };
        if copies && params.value("caption").is_some() && !fields.contains_key("text") {
            let words = formatted(params, "caption", CAPTION)?;
            fields.retain(|key, _| !key.starts_with("caption"));
            put_words(&mut fields, &words, false);
        }
        if !copies {
            let origin = json!({
                "type": "user", "date": original["date"], "sender_user": original["from"],
            });
            fields.insert("forward_origin".into(), origin);
        }
        let words = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let text = words("text").or_else(|| words("caption")).unwrap_or_default();
        let file = ["document", "voice"]
            .iter()
            .find_map(|key| fields.get(*key)?["file_id"].as_str().map(str::to_owned))
            .or_else(|| {
                let sizes = fields.get("photo")?.as_array()?;
                sizes.last()?["file_id"].as_str().map(str::to_owned)
            });
        self.admit(target.chat)?;
        let name = if copies { "copyMessage" } else { "forwardMessage" };
        let json = self.write(name, target, fields, text, None, markup, file);
        Ok(if copies {
            json!({"message_id": json["message_id"]})
        } else {
            json
        })
    }

    pub fn edit(&mut self, method: &str, params: &Params) -> Result<Value, ApiError> {
        let chat = self.reachable(params)?;
        let message = params
            .int("message_id")
            .ok_or_else(|| ApiError::mistake("message identifier is not specified"))?;
        let Some(stored) = self.chat(chat).messages.get(&message) else {
            return Err(ApiError::bad("message to edit not found"));
        };
        let Some(position) = stored.sent.filter(|_| !stored.json.contains_key("forward_origin")) else {
            return Err(ApiError::mistake("message can't be edited"));
        };
        let before = stored.json.clone();
        let mut after = before.clone();
        let mut text = self.sent[position].text.clone();
        let mut html = self.sent[position].html.clone();
        if method != "editmessagereplymarkup" {
            let is_text = method == "editmessagetext";
            let (field, limit, key) = if is_text {
                ("text", TEXT, "text")
            } else {
                ("caption", CAPTION, "caption")
            };
            if is_text != before.contains_key("text") {
                return Err(ApiError::mistake(format!("there is no {key} in the message to edit")));
            }
            let words = formatted(params, field, limit)?;
            after.remove(if is_text { "entities" } else { "caption_entities" });
            put_words(&mut after, &words, is_text);
            text = words.text;
            html = written(params, (!is_text).then_some("caption"));
        }
        // Left out means taken away.
        let markup = markup::read(params)?;
        after.remove("reply_markup");
        if let Some(markup) = &markup {
            if markup.get("inline_keyboard").is_none() {
                return Err(ApiError::mistake("inline keyboard expected"));
            }
            if !markup::buttons(Some(markup)).is_empty() {
                after.insert("reply_markup".into(), markup.clone());
            }
        }
        if after == before {
            return Err(ApiError::bad(
                "message is not modified: specified new message content and reply markup are \
                 exactly the same as a current content and reply markup of the message",
            ));
        }
        after.insert("edit_date".into(), json!(self.seconds()));
        let now = self.now();
        let sent = &mut self.sent[position];
        sent.turn_page(now);
        sent.text = text;
        sent.html = html;
        sent.buttons = markup::buttons(markup.as_ref());
        let json = Value::Object(after.clone());
        // The next edit is compared with the content, not with the date of this one.
        after.remove("edit_date");
        let kept = self.chat_mut(chat).messages.get_mut(&message).expect("found above");
        kept.json = after;
        Ok(json)
    }

    pub fn delete(&mut self, params: &Params) -> Result<Value, ApiError> {
        let chat = self.reachable(params)?;
        let message = params.int("message_id").unwrap_or(0);
        let Some(stored) = self.chat(chat).messages.get(&message) else {
            return Err(ApiError::bad("message to delete not found"));
        };
        let place = self.chat(chat);
        let rules = place.bot == Standing::Administrator || place.kind == ChatKind::Private;
        if stored.sent.is_none() && !rules {
            return Err(ApiError::bad("message can't be deleted"));
        }
        if let Some(position) = stored.sent {
            self.sent[position].deleted = true;
        }
        self.chat_mut(chat).messages.remove(&message);
        Ok(json!(true))
    }

    pub fn answer_press(&mut self, params: &Params) -> Result<Value, ApiError> {
        let id = params.text("callback_query_id").unwrap_or_default();
        let text = params.text("text").unwrap_or_default();
        if text.chars().count() > 200 {
            return Err(ApiError::mistake("MESSAGE_TOO_LONG"));
        }
        let now = self.now();
        let press = self.presses.get_mut(&id).filter(|p| !p.answered && now - p.at <= PRESS);
        let Some(press) = press else {
            return Err(ApiError::bad(
                "query is too old and response timeout expired or query ID is invalid",
            ));
        };
        press.answered = true;
        let user = press.user;
        let alert = params.yes("show_alert");
        self.toasts.push(Toast {
            callback: id,
            user,
            text,
            alert,
            at: now,
        });
        Ok(json!(true))
    }

    /// Changes what the bot is in a chat and tells the bot.
    pub fn bot_becomes(&mut self, chat: i64, by: i64, standing: Standing) {
        let old = self.member_json(self.chat(chat), BOT);
        self.chat_mut(chat).bot = standing;
        let new = self.member_json(self.chat(chat), BOT);
        let update = json!({
            "chat": self.chat(chat).json(), "from": self.user_json(by), "date": self.seconds(),
            "old_chat_member": old, "new_chat_member": new,
        });
        self.queue("my_chat_member", update);
    }
}
