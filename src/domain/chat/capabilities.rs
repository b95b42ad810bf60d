//! What a channel can do. Differences between channels are these figures, never the channel's name.

use std::collections::BTreeMap;

use crate::domain::chat::message::Channel;

/// How a channel counts the length of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextUnit {
    /// UTF-16 units.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Characters (Unicode scalar values).
    Characters,
}

impl TextUnit {
    /// The length of some words in this unit.
    pub fn count(self, words: &str) -> usize {
        match self {
            TextUnit::Utf16 => words.encode_utf16().count(),
            TextUnit::Bytes => words.len(),
            TextUnit::Characters => words.chars().count(),
        }
    }
}

/// The longest text a channel takes in one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLimit {
    /// At most so many.
    pub most: usize,
    /// Of these.
    pub unit: TextUnit,
}

/// When a channel lets the bot write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushes {
    /// At any time.
    Anytime,
    /// Only in answer: within so long of what the person wrote last, and so many messages at most.
    Within {
        /// So long, ms.
        window_ms: i64,
        /// So many messages.
        replies: u32,
    },
}

/// How fast one chat may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatLimits {
    /// Least time between two messages in the long run, ms; 0 for none.
    pub gap_ms: i64,
    /// Messages a minute; none where the channel sets no such limit.
    pub per_minute: Option<usize>,
}

/// What a channel can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Messages can carry buttons; without, what to type is written under them.
    pub buttons: bool,
    /// Own messages can be changed; without, what is new is said anew.
    pub edit: bool,
    /// Messages can quote others; without, whom they are for is named.
    pub quote: bool,
    /// The longest text.
    pub text: TextLimit,
    /// When the bot may write.
    pub pushes: Pushes,
    /// Sending twice with the same outbox id is known to the channel, so a doubt can simply be sent again.
    pub idempotent: bool,
    /// Whoever writes in a private chat owns an account that the channel vouches for: it may become a person's. Without,
    /// it is whoever holds a cookie.
    pub vouches: bool,
    /// How fast one person's private chat may be written to.
    pub private: ChatLimits,
    /// How fast one group may be written to.
    pub group: ChatLimits,
    /// Messages a second over all chats.
    pub per_second: usize,
}

impl Capabilities {
    /// What every channel can do: for channels that nobody knows yet, so that what is owed to them fits later.
    pub const LEAST: Capabilities = Capabilities {
        buttons: false,
        edit: false,
        quote: false,
        text: TextLimit {
            most: 2_000,
            unit: TextUnit::Bytes,
        },
        pushes: Pushes::Anytime,
        idempotent: false,
        vouches: false,
        private: ChatLimits {
            gap_ms: 1_000,
            per_minute: Some(20),
        },
        group: ChatLimits {
            gap_ms: 1_000,
            per_minute: Some(20),
        },
        per_second: 1,
    };
}

/// The channels this program knows, with what each can do.
#[derive(Clone, Debug, Default)]
pub struct Channels(BTreeMap<Channel, Capabilities>);

impl Channels {
    /// The channels by their names.
    pub fn new<'a>(known: impl IntoIterator<Item = (&'a str, Capabilities)>) -> Channels {
        let known = known.into_iter().map(|(name, can)| (Channel::new(name), can));
        Channels(known.collect())
    }

    /// What they are called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|channel| channel.0.as_str())
    }

    /// What a channel can do; the least where it is not known.
    pub fn can(&self, channel: &Channel) -> Capabilities {
        self.0.get(channel).copied().unwrap_or(Capabilities::LEAST)
    }
}
