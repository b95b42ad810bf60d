//! Where a message goes, and how it is tried: in which ways, each given up once.

use serde::Deserialize;
use teloxide::types::{MessageId, ReplyParameters, ThreadId};

use super::api::ApiError;
use crate::platform::SendError;

/// The part of a sent message that is needed; reading less, an unknown field cannot turn a success into a doubt.
#[derive(Deserialize)]
pub(super) struct Sent {
    pub message_id: i64,
}

/// Where a message goes.
pub(super) struct Target {
    pub chat: i64,
    pub topic: Option<i32>,
    pub quote: Option<i32>,
}

/// How a message is tried; each way is given up once, for the reason its error names.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub html: bool,
    pub topic: bool,
}

impl Way {
    /// The next way to try after `error`, or the error if there is none.
    pub fn after(self, error: ApiError, chat: i64) -> Result<Way, SendError> {
        if self.html && error.bad_markup() {
            tracing::error!("telegram: rendered html refused, sending plain");
            return Ok(Way { html: false, ..self });
        }
        if self.topic && error.bad_topic() {
            tracing::warn!(chat, "telegram: topic closed or gone, sending to the general topic");
            return Ok(Way { topic: false, ..self });
        }
        Err(error.into_send_error(chat > 0))
    }
}

impl Target {
    pub fn thread(&self, way: Way) -> Option<ThreadId> {
        self.topic.filter(|_| way.topic).map(|topic| ThreadId(MessageId(topic)))
    }

    /// Always allowed to go without: the asker may have deleted the message meanwhile.
    pub fn reply(&self) -> Option<ReplyParameters> {
        self.quote
            .map(|id| ReplyParameters::new(MessageId(id)).allow_sending_without_reply())
    }
}
