//! Which buttons under a message are for whom: who could only be told that it is not for them does not see them.

use crate::clock::Millis;
use crate::domain::asking::question::{QuestionId, State};
use crate::domain::chat::message::Account;
use crate::domain::chat::owed::Button;
use crate::domain::chat::rich::Span;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::store::{StoreError, Tx};

/// Who looks, and when.
pub struct Looker {
    /// Their account; none for a visitor without a name.
    pub account: Option<String>,
    /// Who of the roster.
    pub person: Option<PersonId>,
    /// A helper, so that what is for helpers is for them.
    pub helper: bool,
    /// When.
    pub now: Millis,
}

impl Looker {
    /// Whether they have this account.
    pub fn is(&self, account: &str) -> bool {
        self.account.as_deref() == Some(account)
    }
}

/// For whom a button is.
enum For {
    /// Who asked.
    Asker,
    /// Any helper (无差别帮办).
    Helpers,
    /// The helper who has the question.
    Holder,
}

impl For {
    /// By the action's key, as the desk keeps it with the button.
    fn of(action: &str) -> For {
        match action {
            "solved" | "human" | "none" => For::Asker,
            "release" => For::Holder,
            action if action.starts_with("pick") || action.starts_with("rate") => For::Asker,
            _ => For::Helpers,
        }
    }
}

/// What a viewer finds to press under a message.
#[derive(Debug, Default)]
pub struct Presses {
    /// Choices, each a line that is pressed: the button with the words it stands for.
    pub choices: Vec<Button>,
    /// Rows of buttons.
    pub rows: Vec<Vec<Button>>,
    /// The question that the viewer has claimed and not answered yet: a reply to this message answers it.
    pub owes: Option<QuestionId>,
}

impl Presses {
    /// Takes the choices out of the words: a line that can be pressed stands there once.
    pub fn lift(&mut self, spans: &mut Vec<Span>) {
        for choice in &mut self.choices {
            let Ok(number) = choice.label.parse() else { continue };
            let is_line = |span: &Span| wording::is_choice(span.words(), number);
            if let Some(at) = spans.iter().position(is_line) {
                spans.remove(at).words().trim_end().clone_into(&mut choice.label);
            }
        }
    }
}

/// The buttons of `rows` that are for this looker. One that is no longer known is left: pressing it says so.
pub async fn of(looker: &Looker, tx: &mut Tx, rows: &[Vec<Button>]) -> Result<Presses, StoreError> {
    let mut presses = Presses::default();
    for row in rows {
        let mut kept = Vec::with_capacity(row.len());
        for button in row {
            let Some(known) = tx.button(&button.token, looker.now).await? else {
                kept.push(button.clone());
                continue;
            };
            let Some(id) = known.question else {
                // About no question: it stands in the chat of whoever it is for.
                let entry = known.action.starts_with("look");
                let to = if entry { &mut presses.choices } else { &mut kept };
                to.push(button.clone());
                continue;
            };
            let Some(question) = tx.question(id).await? else {
                continue;
            };
            let holds = looker.person.is_some() && question.state.holder() == looker.person;
            let seen = match For::of(&known.action) {
                For::Asker => asked(looker, &question.asker, &known.channel.0),
                For::Helpers => looker.helper,
                For::Holder => holds,
            };
            if seen && known.action.starts_with("pick") {
                presses.choices.push(button.clone());
            } else if seen {
                kept.push(button.clone());
            }
            if holds && matches!(question.state, State::Claimed { .. }) {
                presses.owes = Some(id);
            }
        }
        if !kept.is_empty() {
            presses.rows.push(kept);
        }
    }
    Ok(presses)
}

fn asked(looker: &Looker, asker: &Account, channel: &str) -> bool {
    asker.channel.0 == channel && looker.is(&asker.id)
}
