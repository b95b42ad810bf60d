//! What is owed to a chat, as the outbox keeps it: said, changed, shown to one person, removed.

use serde::{Deserialize, Serialize};

use crate::domain::chat::message::{Media, MessageRef};
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

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
        whom: Option<Masked>,
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

    /// Puts words in the place of others that somebody wrote; whether these stood in it.
    pub fn replace_said(&mut self, said: &str, by: &str) -> bool {
        match self {
            Owed::Message { text, .. } | Owed::Edit { text, .. } => text.replace_said(said, by),
            Owed::Media { .. } | Owed::Buttons { .. } | Owed::Toast { .. } | Owed::Delete { .. } => false,
        }
    }

    /// The message it changes, where it changes one.
    pub fn target(&self) -> Option<&str> {
        match self {
            Owed::Edit { message, .. } | Owed::Buttons { message, .. } | Owed::Delete { message } => Some(message),
            Owed::Message { .. } | Owed::Media { .. } | Owed::Toast { .. } => None,
        }
    }

    /// The same thing after a change: how a change reaches what has not gone out yet. None where they do not go
    /// together.
    pub fn changed_by(&self, change: &Change) -> Option<Owed> {
        match (self.clone(), change.clone()) {
            (
                Owed::Message {
                    quote,
                    whom,
                    ask_contact,
                    ..
                },
                Change::Words { text, buttons },
            )
            | (
                Owed::Message {
                    text,
                    quote,
                    whom,
                    ask_contact,
                    ..
                },
                Change::Buttons(buttons),
            ) => Some(Owed::Message {
                text,
                buttons,
                quote,
                whom,
                ask_contact,
            }),
            (Owed::Edit { message, .. } | Owed::Buttons { message, .. }, Change::Words { text, buttons })
            | (Owed::Edit { message, text, .. }, Change::Buttons(buttons)) => {
                Some(Owed::Edit { message, text, buttons })
            }
            (Owed::Buttons { message, .. }, Change::Buttons(buttons)) => Some(Owed::Buttons { message, buttons }),
            (
                Owed::Media { .. } | Owed::Toast { .. } | Owed::Delete { .. },
                Change::Words { .. } | Change::Buttons(_),
            ) => None,
        }
    }
}

/// A change of something said before, whichever message that is or becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// New words and buttons.
    Words {
        /// What it says now.
        text: Rich,
        /// Its buttons now.
        buttons: Vec<Vec<Button>>,
    },
    /// Other buttons; none takes them off.
    Buttons(Vec<Vec<Button>>),
}

impl Change {
    /// The change of the message of that id.
    #[must_use]
    pub fn of(self, message: String) -> Owed {
        match self {
            Change::Words { text, buttons } => Owed::Edit { message, text, buttons },
            Change::Buttons(buttons) => Owed::Buttons { message, buttons },
        }
    }

    /// Both changes in one.
    #[must_use]
    pub fn then(self, next: Change) -> Change {
        match (self, next) {
            (Change::Words { text, .. }, Change::Buttons(buttons)) => Change::Words { text, buttons },
            (_, next) => next,
        }
    }

    /// Whether it shows buttons.
    pub fn has_buttons(&self) -> bool {
        match self {
            Change::Words { buttons, .. } | Change::Buttons(buttons) => !buttons.is_empty(),
        }
    }
}

/// What a row of the outbox holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// Something by itself, or a change of a message that is known.
    Owed(Owed),
    /// A change of what another row says, wherever that has got to.
    ChangeOf {
        /// The row.
        row: i64,
        /// The change.
        change: Change,
    },
}

impl Due {
    /// Whether it shows buttons.
    pub fn has_buttons(&self) -> bool {
        match self {
            Due::Owed(owed) => owed.has_buttons(),
            Due::ChangeOf { change, .. } => change.has_buttons(),
        }
    }

    /// The same after a change. None where they do not go together.
    pub fn changed_by(&self, change: &Change) -> Option<Due> {
        match self {
            Due::Owed(owed) => owed.changed_by(change).map(Due::Owed),
            Due::ChangeOf { row, change: first } => Some(Due::ChangeOf {
                row: *row,
                change: first.clone().then(change.clone()),
            }),
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
        let stripped = owed.changed_by(&Change::Buttons(vec![]));
        let Some(Owed::Message {
            text, buttons, quote, ..
        }) = stripped
        else {
            panic!("{stripped:?}")
        };
        assert_eq!((text, buttons, quote), (Rich::from("甲"), vec![], Some("1".into())));
        let gone = Owed::Delete { message: "1".into() };
        assert_eq!(gone.changed_by(&Change::Buttons(vec![])), None);
    }

    #[test]
    fn two_changes_are_one_and_the_later_buttons_stay() {
        let words = |text: &str| Change::Words {
            text: Rich::from(text),
            buttons: vec![],
        };
        let button = Button {
            label: "认领".into(),
            token: "t".into(),
            typed: String::new(),
        };
        let buttons = Change::Buttons(vec![vec![button]]);
        let both = words("甲").then(buttons.clone());
        assert!(both.has_buttons() && !words("甲").has_buttons());
        assert_eq!(both.then(words("乙")), words("乙"));
        assert_eq!(buttons.clone().then(words("乙")), words("乙"));
        let due = Due::ChangeOf {
            row: 3,
            change: words("甲"),
        };
        let changed = due.changed_by(&buttons);
        assert_eq!(
            changed,
            Some(Due::ChangeOf {
                row: 3,
                change: words("甲").then(buttons),
            })
        );
    }
}
