//! What the outbox owes, in Bot API calls. One parcel is one message at most; a second call is made only where the
//! first is known to have had no effect. Never sleeps.

use teloxide::payloads::{
    self, AnswerCallbackQuerySetters, CopyMessageSetters, EditMessageTextSetters, SendMessageSetters,
};
use teloxide::types::{CallbackQueryId, ChatId, LinkPreviewOptions, MessageId, ParseMode, ReplyMarkup};

use super::alone::Alone;
use super::api::{Api, ApiError};
use super::render;
use super::target::{Sent, Target, Way};
use crate::domain::chat::capabilities::{Capabilities, ChatLimits, Pushes, TextLimit, TextUnit};
use crate::domain::chat::message::{ChatKind, Media, MessageRef};
use crate::domain::chat::owed::{Button, Owed};
use crate::domain::chat::rich::Rich;
use crate::domain::wording;
use crate::platform::{Parcel, Platform, Refused, SendError, Sending};

/// Text: UTF-16 units after entities are parsed (Bot API, `sendMessage`). Telegram's FAQ on limits: one message a second
/// to a chat, 20 a minute to a group, about 30 a second in all; a little below, because the server counts in its own time.
pub const CAPABILITIES: Capabilities = Capabilities {
    buttons: true,
    edit: true,
    quote: true,
    text: TextLimit {
        most: 4096,
        unit: TextUnit::Utf16,
    },
    pushes: Pushes::Anytime,
    idempotent: false,
    vouches: true,
    private: ChatLimits {
        gap_ms: 1000,
        per_minute: None,
    },
    group: ChatLimits {
        gap_ms: 1000,
        per_minute: Some(18),
    },
    per_second: 28,
};
/// Longest toast (Bot API, `answerCallbackQuery`).
const TOAST_LIMIT: usize = 200;

/// Telegram as a place to write to.
#[derive(Clone, Debug)]
pub struct Telegram {
    api: Api,
}

impl Telegram {
    /// Writes through `api`.
    pub fn new(api: Api) -> Telegram {
        Telegram { api }
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<Option<String>, SendError> {
        let chat = number(&parcel.place.chat)?;
        // The General topic must be left out: "message thread not found".
        let topic = parcel
            .place
            .topic
            .as_deref()
            .and_then(|topic| topic.parse().ok())
            .filter(|topic| *topic != 1);
        let target = |quote: &Option<String>| Target {
            chat,
            topic,
            quote: quote.as_deref().and_then(|id| id.parse().ok()),
        };
        match &parcel.owed {
            Owed::Message {
                text,
                buttons,
                quote,
                whom: _,
                ask_contact,
            } => {
                let markup = markup(buttons, *ask_contact && chat > 0);
                self.message(&target(quote), text, markup).await
            }
            Owed::Media { media, from, quote } => self.media(&target(quote), media, from).await,
            Owed::Edit { message, text, buttons } => match self.edit(chat, message, text, buttons).await {
                Err(SendError::Refused(Refused::Gone(_))) => {
                    self.message(&target(&None), text, markup(buttons, false)).await
                }
                done => done,
            },
            Owed::Buttons { message, buttons } => self.buttons(chat, message, buttons).await,
            Owed::Toast {
                press,
                account: _,
                text,
            } => self.toast(press, text).await,
            Owed::Delete { message } => self.delete(chat, message).await,
        }
    }

    async fn message(
        &self,
        target: &Target,
        text: &Rich,
        markup: Option<ReplyMarkup>,
    ) -> Result<Option<String>, SendError> {
        let mut way = Way {
            html: true,
            topic: target.topic.is_some(),
        };
        loop {
            let sent: Result<Sent, ApiError> = self.api.call_for(&message(target, text, markup.clone(), way)).await;
            match sent {
                Ok(sent) => return Ok(Some(sent.message_id.to_string())),
                Err(error) => way = way.after(error, target.chat)?,
            }
        }
    }

    /// Sends the media: by itself where its message says more, else that message is copied. Its caption stays behind: the
    /// question's words are said masked elsewhere.
    async fn media(&self, target: &Target, media: &Media, from: &MessageRef) -> Result<Option<String>, SendError> {
        let alone = media.alone.as_deref().and_then(Alone::read);
        let mut way = Way {
            html: true,
            topic: target.topic.is_some(),
        };
        loop {
            let sent = match alone {
                Some((alone, file)) => alone.send(&self.api, file, target, way).await,
                None => self.copy(target, from, way).await?,
            };
            match sent {
                Ok(sent) => return Ok(Some(sent.message_id.to_string())),
                Err(error) if uncopyable(&error) => return self.message(target, &wording::media_lost(), None).await,
                Err(error) => way = way.after(error, target.chat)?,
            }
        }
    }

    async fn copy(&self, target: &Target, from: &MessageRef, way: Way) -> Result<Result<Sent, ApiError>, SendError> {
        let (chat, source) = (ChatId(target.chat), ChatId(number(&from.place.chat)?));
        let mut payload = payloads::CopyMessage::new(chat, source, message_id(&from.id)?).caption("");
        payload.message_thread_id = target.thread(way);
        payload.reply_parameters = target.reply();
        Ok(self.api.call_for(&payload).await)
    }

    async fn edit(
        &self,
        chat: i64,
        message: &str,
        text: &Rich,
        buttons: &[Vec<Button>],
    ) -> Result<Option<String>, SendError> {
        let id = message_id(message)?;
        let mut way = Way {
            html: true,
            topic: false,
        };
        loop {
            let words = if way.html { render::html(text) } else { text.words() };
            let mut payload =
                payloads::EditMessageText::new(ChatId(chat), id, words).link_preview_options(no_preview());
            payload.parse_mode = way.html.then_some(ParseMode::Html);
            payload.reply_markup = render::keyboard(buttons);
            let edited: Result<serde::de::IgnoredAny, ApiError> = self.api.call_for(&payload).await;
            match edited {
                Ok(_) => return Ok(None),
                Err(error) if error.not_modified() => return Ok(None),
                Err(error) => way = way.after(harmless(error), chat)?,
            }
        }
    }

    async fn buttons(&self, chat: i64, message: &str, buttons: &[Vec<Button>]) -> Result<Option<String>, SendError> {
        let mut payload = payloads::EditMessageReplyMarkup::new(ChatId(chat), message_id(message)?);
        payload.reply_markup = render::keyboard(buttons);
        self.settle(&payload, chat).await
    }

    async fn delete(&self, chat: i64, message: &str) -> Result<Option<String>, SendError> {
        let payload = payloads::DeleteMessage::new(ChatId(chat), message_id(message)?);
        self.settle(&payload, chat).await
    }

    async fn toast(&self, press: &str, text: &str) -> Result<Option<String>, SendError> {
        let text: String = text.chars().take(TOAST_LIMIT).collect();
        let press = CallbackQueryId(press.to_owned());
        let payload = payloads::AnswerCallbackQuery::new(press).text(text).show_alert(false);
        self.settle(&payload, 1).await
    }

    /// A call that may be repeated without harm and whose object may be gone already.
    async fn settle<P>(&self, payload: &P, chat: i64) -> Result<Option<String>, SendError>
    where
        P: teloxide::requests::Payload + serde::Serialize,
    {
        let done: Result<serde::de::IgnoredAny, ApiError> = self.api.call_for(payload).await;
        let error = match done {
            Ok(_) => return Ok(None),
            Err(error) if error.not_modified() || error.press_too_old() => return Ok(None),
            Err(error) => harmless(error).into_send_error(chat > 0),
        };
        match error {
            // "message can't be deleted" stays an error: the number is still there for all to read.
            SendError::Refused(Refused::Gone(_)) => Ok(None),
            // A missing right to change one message says nothing about writing.
            SendError::Refused(Refused::Muted(text)) => Err(SendError::Refused(Refused::Other(text))),
            other => Err(other),
        }
    }
}

impl Platform for Telegram {
    fn name(&self) -> &'static str {
        super::NAME
    }

    fn capabilities(&self) -> Capabilities {
        CAPABILITIES
    }

    /// Groups and channels have negative ids (Bot API, `Chat`).
    fn chat_kind(&self, chat: &str) -> ChatKind {
        if chat.starts_with('-') {
            ChatKind::Group
        } else {
            ChatKind::Private
        }
    }

    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(self.deliver(parcel))
    }
}

fn message(target: &Target, text: &Rich, markup: Option<ReplyMarkup>, way: Way) -> payloads::SendMessage {
    let words = if way.html { render::html(text) } else { text.words() };
    let mut payload = payloads::SendMessage::new(ChatId(target.chat), words).link_preview_options(no_preview());
    payload.parse_mode = way.html.then_some(ParseMode::Html);
    payload.message_thread_id = target.thread(way);
    payload.reply_parameters = target.reply();
    payload.reply_markup = markup;
    payload
}

fn markup(buttons: &[Vec<Button>], ask_contact: bool) -> Option<ReplyMarkup> {
    if ask_contact {
        return Some(render::contact_keyboard());
    }
    render::keyboard(buttons).map(ReplyMarkup::InlineKeyboard)
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// Doing it twice is doing it once, so a missing answer is no doubt.
fn harmless(error: ApiError) -> ApiError {
    match error {
        ApiError::Unknown(reason) => ApiError::NotSent(reason),
        ApiError::NotSent(_) | ApiError::Api { .. } => error,
    }
}

/// The original is gone, protected, or of a kind this chat does not take: words must do.
fn uncopyable(error: &ApiError) -> bool {
    error.says(&[
        "message to copy not found",
        "wrong file identifier",
        "wrong remote file identifier",
        "message can't be copied",
        "message_id_invalid",
        "chat_forwards_restricted",
        "_forbidden",
        "not enough rights to send photos",
        "not enough rights to send videos",
        "not enough rights to send documents",
        "not enough rights to send voice",
        "not enough rights to send stickers",
        "not enough rights to send polls",
        "not enough rights to send audio",
    ]) && !error.says(&["chat_write_forbidden"])
}

fn number(chat: &str) -> Result<i64, SendError> {
    chat.parse()
        .map_err(|_| SendError::Refused(Refused::Other(format!("chat id {chat} is no number"))))
}

/// Telegram's message ids are 32 bits wide; one that is not cannot have come from there.
fn message_id(id: &str) -> Result<MessageId, SendError> {
    let gone = |_| SendError::Refused(Refused::Gone(format!("message id {id} is no number")));
    id.parse().map(MessageId).map_err(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_written_as_the_bot_api_reads_it() {
        let target = Target {
            chat: -100,
            topic: Some(7),
            quote: Some(9),
        };
        let way = Way {
            html: true,
            topic: true,
        };
        let value = serde_json::to_value(message(&target, &Rich::default().bold("甲<乙"), None, way)).unwrap();
        assert_eq!(value["chat_id"], -100);
        assert_eq!(value["text"], "<b>甲&lt;乙</b>");
        assert_eq!(value["parse_mode"], "HTML");
        assert_eq!(value["message_thread_id"], 7);
        assert_eq!(value["link_preview_options"]["is_disabled"], true);
        let reply = serde_json::json!({"message_id": 9, "allow_sending_without_reply": true});
        assert_eq!(value["reply_parameters"], reply);
    }
}
