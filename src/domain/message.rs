//! What is heard and what is said, in words that no chat product knows: places, senders, events, sayings.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;

/// A chat product by its short name, e.g. `telegram` or `web`.
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
    pub name: String,
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
    /// Text or caption, without the mention of the bot.
    pub text: String,
    /// Pictures, voice, files.
    pub media: Vec<Media>,
    /// The message it replies to.
    pub reply_to: Option<ReplyTo>,
    /// The bot was mentioned by name.
    pub addressed: bool,
    /// Somebody else was mentioned.
    pub mentions_others: bool,
    /// Forwarded from elsewhere.
    pub forwarded: bool,
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

/// Rich text: plain pieces, bold pieces and people, each escaped by the adapter that renders it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rich(pub Vec<Span>);

/// A piece of rich text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// As it stands, line breaks included.
    Plain(String),
    /// Emphasised.
    Bold(String),
    /// A person, mentioned by account where the channel can.
    Person {
        /// The name shown.
        name: String,
        /// Their account in the channel where this is said.
        account: Option<String>,
    },
}

impl Span {
    /// The words without their dress.
    pub fn words(&self) -> &str {
        match self {
            Span::Plain(text) | Span::Bold(text) => text,
            Span::Person { name, .. } => name,
        }
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Rich {
        Rich(vec![Span::Plain(text.to_owned())])
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Rich {
        Rich(vec![Span::Plain(text)])
    }
}

impl Rich {
    /// Adds plain words.
    #[must_use]
    pub fn plain(mut self, text: impl Into<String>) -> Rich {
        self.0.push(Span::Plain(text.into()));
        self
    }

    /// Adds emphasised words.
    #[must_use]
    pub fn bold(mut self, text: impl Into<String>) -> Rich {
        self.0.push(Span::Bold(text.into()));
        self
    }

    /// Adds a person.
    #[must_use]
    pub fn person(mut self, name: &str, account: Option<&str>) -> Rich {
        self.0.push(Span::Person {
            name: name.to_owned(),
            account: account.map(str::to_owned),
        });
        self
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(Span::words).collect()
    }

    /// Length in UTF-16 units, the unit of Telegram's limit (4096 after entities are parsed).
    pub fn utf16_len(&self) -> usize {
        self.0.iter().map(|span| span.words().encode_utf16().count()).sum()
    }

    /// Parts of at most `limit` UTF-16 units, cut on line ends where there are any, never inside a span's markup.
    pub fn split(&self, limit: usize) -> Vec<Rich> {
        let mut parts = vec![Rich::default()];
        let mut room = limit;
        for span in &self.0 {
            for piece in lines_within(span, limit) {
                let length = piece.words().encode_utf16().count();
                if length > room {
                    parts.push(Rich::default());
                    room = limit;
                }
                room -= length;
                if let Some(part) = parts.last_mut() {
                    part.0.push(piece);
                }
            }
        }
        parts.retain(|part| !part.words().trim().is_empty());
        parts
    }
}

/// The span cut after each line end, and lines longer than `limit` cut between characters.
fn lines_within(span: &Span, limit: usize) -> Vec<Span> {
    let dressed = |text: String| match span {
        Span::Plain(_) => Span::Plain(text),
        Span::Bold(_) => Span::Bold(text),
        Span::Person { account, .. } => Span::Person {
            name: text,
            account: account.clone(),
        },
    };
    let mut pieces = Vec::new();
    for line in span.words().split_inclusive('\n') {
        let mut piece = String::new();
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf16() > limit {
                pieces.push(dressed(std::mem::take(&mut piece)));
                length = 0;
            }
            length += character.len_utf16();
            piece.push(character);
        }
        if !piece.is_empty() {
            pieces.push(dressed(piece));
        }
    }
    pieces
}

/// A button as it is sent: what people read, and an opaque token that only this server understands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What people read.
    pub label: String,
    /// 1–64 bytes (Telegram's limit for callback data).
    pub token: String,
}

/// One thing owed to a chat, as the outbox keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Owed {
    /// A new message.
    Message {
        /// What is said.
        text: Rich,
        /// Rows of buttons.
        buttons: Vec<Vec<Button>>,
        /// The message it quotes, by its id in the same chat.
        quote: Option<String>,
        /// Ask the reader to share their own contact (private chats only).
        ask_contact: bool,
    },
    /// Media that travel with a question.
    Media {
        /// What to show.
        media: Media,
        /// The message it was part of, for channels that copy.
        from: MessageRef,
        /// The message it quotes.
        quote: Option<String>,
    },
    /// New words and buttons for something said before.
    Edit {
        /// The message to change.
        message: String,
        /// What it says now.
        text: Rich,
        /// Its buttons now.
        buttons: Vec<Vec<Button>>,
    },
    /// Other buttons under something said before; none takes them off.
    Buttons {
        /// The message.
        message: String,
        /// Its buttons now.
        buttons: Vec<Vec<Button>>,
    },
    /// A short notice that only the presser sees.
    Toast {
        /// The press it answers.
        press: String,
        /// Who pressed.
        account: String,
        /// At most 200 characters (Telegram's limit).
        text: String,
    },
    /// Removes a message with somebody's identity number, where the platform lets the bot.
    Delete {
        /// The message.
        message: String,
    },
}

impl Owed {
    /// Whether it shows buttons.
    pub fn has_buttons(&self) -> bool {
        match self {
            Owed::Message { buttons, .. } | Owed::Edit { buttons, .. } | Owed::Buttons { buttons, .. } => {
                !buttons.is_empty()
            }
            Owed::Media { .. } | Owed::Toast { .. } | Owed::Delete { .. } => false,
        }
    }

    /// The message it changes, where it changes one.
    pub fn target(&self) -> Option<&str> {
        match self {
            Owed::Edit { message, .. } | Owed::Buttons { message, .. } | Owed::Delete { message } => Some(message),
            Owed::Message { .. } | Owed::Media { .. } | Owed::Toast { .. } => None,
        }
    }

    /// The same thing after `change`: how a change reaches what has not gone out yet. None where they do not go
    /// together.
    pub fn changed_by(&self, change: &Owed) -> Option<Owed> {
        match (self.clone(), change.clone()) {
            (Owed::Message { quote, ask_contact, .. }, Owed::Edit { text, buttons, .. })
            | (
                Owed::Message {
                    text,
                    quote,
                    ask_contact,
                    ..
                },
                Owed::Buttons { buttons, .. },
            ) => Some(Owed::Message {
                text,
                buttons,
                quote,
                ask_contact,
            }),
            (Owed::Edit { message, .. } | Owed::Buttons { message, .. }, Owed::Edit { text, buttons, .. })
            | (Owed::Edit { message, text, .. }, Owed::Buttons { buttons, .. }) => {
                Some(Owed::Edit { message, text, buttons })
            }
            (Owed::Buttons { message, .. }, Owed::Buttons { buttons, .. }) => Some(Owed::Buttons { message, buttons }),
            _ => None,
        }
    }

    /// The same change of the message `id`.
    #[must_use]
    pub fn aimed_at(self, id: &str) -> Owed {
        let message = id.to_owned();
        match self {
            Owed::Edit { text, buttons, .. } => Owed::Edit { message, text, buttons },
            Owed::Buttons { buttons, .. } => Owed::Buttons { message, buttons },
            Owed::Delete { .. } => Owed::Delete { message },
            Owed::Message { .. } | Owed::Media { .. } | Owed::Toast { .. } => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reaches_words_that_have_not_gone_out() {
        let button = |label: &str| Button {
            label: label.into(),
            token: "t".into(),
        };
        let owed = Owed::Message {
            text: Rich::from("甲"),
            buttons: vec![vec![button("认领")]],
            quote: Some("1".into()),
            ask_contact: false,
        };
        let stripped = owed.changed_by(&Owed::Buttons {
            message: String::new(),
            buttons: vec![],
        });
        let Some(Owed::Message {
            text, buttons, quote, ..
        }) = stripped
        else {
            panic!("{stripped:?}")
        };
        assert_eq!((text, buttons, quote), (Rich::from("甲"), vec![], Some("1".into())));
        assert_eq!(owed.changed_by(&owed), None);
    }

    #[test]
    fn long_text_is_cut_on_line_ends_and_nothing_is_lost() {
        let text = Rich::default()
            .bold("标题\n")
            .plain("一二三四五\n六七八九十\n")
            .plain("😀😀😀");
        let parts = text.split(8);
        assert_eq!(parts.iter().map(Rich::words).collect::<String>(), text.words());
        assert!(parts.iter().all(|part| part.utf16_len() <= 8));
        assert_eq!(parts[0].words(), "标题\n");
    }

    #[test]
    fn a_line_longer_than_the_limit_is_cut_between_characters() {
        let parts = Rich::from("😀".repeat(5)).split(4);
        assert_eq!(
            parts.iter().map(Rich::words).collect::<Vec<_>>(),
            ["😀😀", "😀😀", "😀"]
        );
    }
}
