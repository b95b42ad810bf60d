//! What is owed to a chat, as the outbox keeps it: said, changed, shown to one person, removed.

use serde::{Deserialize, Serialize};

use crate::domain::chat::message::{Media, MessageRef};
use crate::domain::chat::rich::Rich;

/// A button as it is sent: what people read, and an opaque token that only this server understands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What people read.
    pub label: String,
    /// 1–64 bytes.
    pub token: String,
    /// The words that do the same where there are no buttons.
    #[serde(default)]
    pub typed: String,
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
        /// Whose message that is, by the name shown, kept only for channels that cannot quote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whom: Option<String>,
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
        /// At most 200 characters.
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
            (
                Owed::Message {
                    quote,
                    whom,
                    ask_contact,
                    ..
                },
                Owed::Edit { text, buttons, .. },
            )
            | (
                Owed::Message {
                    text,
                    quote,
                    whom,
                    ask_contact,
                    ..
                },
                Owed::Buttons { buttons, .. },
            ) => Some(Owed::Message {
                text,
                buttons,
                quote,
                whom,
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
            typed: String::new(),
        };
        let owed = Owed::Message {
            text: Rich::from("甲"),
            buttons: vec![vec![button("认领")]],
            quote: Some("1".into()),
            whom: None,
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
}
