//! What is heard and what is said, in words that no chat product knows: places, senders, events, sayings.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::privacy::Masked;

/// A chat product by its short name, as its adapter gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel(pub String);

impl Channel {
    /// The channel named `name`.
    pub fn new(name: &str) -> Channel {
        Channel(name.to_owned())
    }
}

/// Somebody's account in one channel. Roles are looked up by this and nothing else: names prove nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// The chat product.
    pub channel: Channel,
    /// The account's stable id there.
    pub id: String,
}

impl Account {
    /// Enough of the id for its owner to know it by: …0012.
    pub fn shown(&self) -> String {
        let skipped = self.id.chars().count().saturating_sub(4);
        format!("…{}", self.id.chars().skip(skipped).collect::<String>())
    }
}

/// Where something is said: a chat of a channel, and the topic inside it if the chat has topics.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The chat product.
    pub channel: Channel,
    /// The chat's id there.
    pub chat: String,
    /// The topic's id, in chats that have topics.
    pub topic: Option<String>,
}

impl Place {
    /// The whole chat, in no topic.
    pub fn chat(channel: &Channel, chat: &str) -> Place {
        Place {
            channel: channel.clone(),
            chat: chat.to_owned(),
            topic: None,
        }
    }
}

/// A message as its platform names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// Where it stands.
    pub place: Place,
    /// Its id in that chat.
    pub id: String,
}

impl MessageRef {
    /// The message that holds one of the media that came with this one.
    pub fn holding(&self, media: &Media) -> MessageRef {
        MessageRef {
            place: self.place.clone(),
            id: media.message.clone().unwrap_or_else(|| self.id.clone()),
        }
    }
}

/// Private chat with one person, or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChatKind {
    /// One person and the bot.
    Private,
    /// Everything else.
    Group,
}

/// Whether there is a person behind an account who can be answered and held to what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SenderKind {
    /// A person's own account.
    Person,
    /// An administrator who posts as the group: no account to authorise.
    Anonymous,
    /// A channel's identity.
    ChannelIdentity,
    /// Another bot.
    Bot,
}

/// Who sent something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Stable account id in the channel.
    pub id: String,
    /// The name shown; proves nothing.
    pub name: Masked,
    /// Person or not.
    pub kind: SenderKind,
}

/// Something heard, as every adapter hands it to the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// Chat and topic.
    pub place: Place,
    /// Private or group.
    pub chat_kind: ChatKind,
    /// The group's title, empty in private.
    pub title: String,
    /// Who.
    pub from: Sender,
    /// When, by the platform's clock.
    pub at: Millis,
    /// What.
    pub event: Event,
}

impl Incoming {
    /// The sender's account.
    pub fn account(&self) -> Account {
        Account {
            channel: self.place.channel.clone(),
            id: self.from.id.clone(),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A new message.
    Message(Heard),
    /// The same message with new words.
    Edited(Heard),
    /// A button was pressed.
    Press(Press),
    /// A person shared their own contact in private; the number as the platform vouches for it.
    OwnContact(String),
    /// Something about the chat itself.
    Chat(ChatEvent),
}

/// A message's content, the bot's own name already cut out of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// The message's id in its chat.
    pub id: String,
    /// Text or caption, without the mention of the bot: masked before anything reads it.
    pub text: Masked,
    /// What a link carried behind /start: a token, no words.
    #[serde(default)]
    pub carried: String,
    /// Pictures, voice, files.
    pub media: Vec<Media>,
    /// Something in it cannot be brought to another chat: a checklist, a story, a game.
    #[serde(default)]
    pub stuck: bool,
    /// The album it is a part of.
    #[serde(default)]
    pub album: Option<String>,
    /// The sender's own number, where they sent their contact as a reply.
    #[serde(default)]
    pub own_number: Option<String>,
    /// The message it replies to.
    pub reply_to: Option<ReplyTo>,
    /// Somebody's words that it replies to or quotes, as far as the platform shows them; never the bot's own.
    #[serde(default)]
    pub quoted: Masked,
    /// The bot was mentioned by name.
    pub addressed: bool,
    /// Somebody else was mentioned.
    pub mentions_others: bool,
    /// Forwarded from elsewhere.
    pub forwarded: bool,
    /// Written by another bot, which the sender only picked it from.
    #[serde(default)]
    pub by_bot: bool,
    /// The place shows it masked, so that nothing of it needs to be deleted.
    #[serde(default)]
    pub shown_masked: bool,
}

impl Heard {
    /// Whether the words are the sender's own: only those command anything.
    pub fn own_words(&self) -> bool {
        !self.forwarded && !self.by_bot
    }

    /// Whether it is a part of an album whose words may still come, or that was asked for words already: that is done at
    /// its second picture.
    pub fn waits_for_words(&self) -> bool {
        self.album.is_some() && self.media.len() != 2
    }

    /// Whether it is a sticker and nothing else: mostly thanks, never a question.
    pub fn only_sticker(&self) -> bool {
        let sticker = |media: &Media| media.kind == MediaKind::Sticker;
        self.text.trim().is_empty() && !self.media.is_empty() && self.media.iter().all(sticker)
    }
}

/// The message another one answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplyTo {
    /// Its id.
    pub id: String,
    /// The bot said it.
    pub to_bot: bool,
}

/// A picture, voice or file: kept by reference, never answered from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// 图片, 语音, 文件 …
    pub kind: MediaKind,
    /// The platform's reference.
    pub reference: String,
    /// The message it came in, where that is known: an album's pictures come in one each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// By what the platform sends it again alone, where the message it came in says more than it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<String>,
    /// It shows a number that is told to one person and not to a group: somebody's mobile on a card.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
}

impl Media {
    /// Something in no message so far.
    pub fn new(kind: MediaKind, reference: impl Into<String>) -> Media {
        let reference = reference.into();
        Media {
            kind,
            reference,
            message: None,
            alone: None,
            confidential: false,
        }
    }

    /// The same thing, in whatever message.
    pub fn same(&self, other: &Media) -> bool {
        self.kind == other.kind && self.reference == other.reference
    }
}

/// Kinds of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaKind {
    /// 图片
    Picture,
    /// 语音
    Voice,
    /// 视频
    Video,
    /// 文件
    File,
    /// 位置
    Location,
    /// 名片
    Contact,
    /// 表情
    Sticker,
    /// 投票
    Poll,
}

/// A pressed button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Press {
    /// The press itself, for the toast.
    pub id: String,
    /// The button's opaque token; comes from the client and proves nothing by itself.
    pub token: String,
    /// The message the button hangs on, where the platform tells.
    pub message: Option<String>,
}

/// What happens to a chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ChatEvent {
    /// The bot came in.
    BotAdded {
        /// Whether it hears every message there (an administrator, or privacy mode off).
        hears_all: bool,
    },
    /// The bot was removed or the group is gone.
    BotRemoved,
    /// The bot may no longer write.
    BotMuted,
    /// The bot's rights changed and it may write.
    BotMayWrite {
        /// Whether it hears every message there (an administrator, or privacy mode off).
        hears_all: bool,
    },
    /// The group has a new id.
    MigratedTo(String),
    /// Somebody else left the group.
    MemberLeft(String),
}
