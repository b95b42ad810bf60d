//! What the fake remembers of what the bot did.

use serde_json::Value;

/// A message of the bot as it stands now, with what it was before.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The Bot API's spelling, such as `sendMessage`.
    pub method: &'static str,
    pub chat: i64,
    pub message_id: i64,
    /// As a person reads it, without tags. The caption for a photo or document.
    pub text: String,
    /// As the bot wrote it, when it asked for HTML.
    pub html: Option<String>,
    /// Rows of (label, data); a link's data is its URL.
    pub buttons: Vec<Vec<(String, String)>>,
    pub reply_to: Option<i64>,
    pub topic: Option<i64>,
    pub file_id: Option<String>,
    /// Earlier contents, oldest first.
    pub history: Vec<Version>,
    pub deleted: bool,
    /// Milliseconds UTC.
    pub at: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub text: String,
    pub buttons: Vec<Vec<(String, String)>>,
    pub until: i64,
}

impl Sent {
    pub fn labels(&self) -> Vec<&str> {
        self.buttons.iter().flatten().map(|(label, _)| label.as_str()).collect()
    }

    /// Puts the present content into the history.
    pub fn turn_page(&mut self, now: i64) {
        let (text, buttons) = (self.text.clone(), self.buttons.clone());
        self.history.push(Version {
            text,
            buttons,
            until: now,
        });
    }
}

/// The answer to a press, as the person saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub callback: String,
    pub user: i64,
    pub text: String,
    pub alert: bool,
    pub at: i64,
}

/// One request of the bot and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Lower case, as the server compares it.
    pub method: String,
    pub chat: Option<i64>,
    pub params: Value,
    pub at: i64,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Done,
    Refused {
        code: u16,
        description: String,
    },
    /// A fault of the test took the answer; `effect` says whether the request had been carried out.
    Broken {
        effect: bool,
    },
}
