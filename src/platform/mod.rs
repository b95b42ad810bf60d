//! The seam to chat products. Receiving is not in it: an adapter is a loop that writes the inbox.

pub mod webgroup;

use std::future::Future;
use std::pin::Pin;

use crate::clock::Millis;
use crate::domain::chat::capabilities::{Capabilities, Channels};
use crate::domain::chat::message::{ChatKind, Place};
use crate::domain::chat::owed::Owed;

pub mod telegram;

/// The channels of this program, whether they are connected or not.
pub fn channels() -> Channels {
    Channels::new([
        (telegram::NAME, telegram::CAPABILITIES),
        (webgroup::NAME, webgroup::CAPABILITIES),
    ])
}

/// One outbox row on its way out.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The outbox row's id.
    pub id: i64,
    /// Where to.
    pub place: Place,
    /// What.
    pub owed: Owed,
    /// When the row was written.
    pub at: Millis,
}

/// Why something was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Known not to have arrived; may be tried again.
    #[error("not sent: {reason}")]
    NotSent {
        /// What the platform or the network said.
        reason: String,
        /// The platform's own waiting time, ms.
        retry_after_ms: Option<i64>,
    },
    /// Refused for good.
    #[error("refused: {0}")]
    Refused(Refused),
    /// Nobody knows whether it arrived.
    #[error("unknown whether sent: {0}")]
    Unknown(String),
}

/// Why a platform refuses for good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The group has a new id.
    #[error("the group moved to {0}")]
    Moved(String),
    /// The bot may not write in this group.
    #[error("the bot may not write here: {0}")]
    Muted(String),
    /// The bot is no longer in this group.
    #[error("the bot is not in this group: {0}")]
    Lost(String),
    /// The person has blocked the bot or never opened a private chat.
    #[error("the person cannot be written to: {0}")]
    Unreachable(String),
    /// The message to change is gone.
    #[error("the message is gone: {0}")]
    Gone(String),
    /// This message cannot be sent as it is.
    #[error("{0}")]
    Other(String),
}

/// The result of a send: the new message's id, or none where there is no message (toasts, edits).
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Option<String>, SendError>> + Send + 'a>>;

/// A chat product that can be written to.
pub trait Platform: Send + Sync {
    /// The channel's short name, as in the database.
    fn name(&self) -> &'static str;
    /// What it can do.
    fn capabilities(&self) -> Capabilities;
    /// Whether a chat of this channel is one person's or a group's, by its id.
    fn chat_kind(&self, chat: &str) -> ChatKind;
    /// Sends one parcel. Never sleeps: waiting is the courier's business.
    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a>;
}
