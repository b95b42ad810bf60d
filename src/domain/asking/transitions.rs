//! How a question moves: each transition consumes the old question, says what happened, or why it does not (PRODUCT §2).
//! Nothing else changes a question.

mod asker;
mod helper;
mod list;
mod time;

use crate::clock::Millis;
use crate::domain::asking::clocks::Nudge;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Ending, Question, QuestionId, Refusal, State};
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::{Account, Media, MessageRef};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};

/// A question that moved, with what happened to it, in order. It is written down by the desk's one `settle`.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The question as it is now.
    pub question: Question,
    steps: Vec<Step>,
    voids_buttons: bool,
}

impl From<Question> for Moved {
    fn from(question: Question) -> Moved {
        Moved {
            question,
            steps: Vec::new(),
            voids_buttons: false,
        }
    }
}

impl Moved {
    /// The same, with one more thing that happened.
    pub fn noting(mut self, step: Step) -> Moved {
        self.steps.push(step);
        self
    }

    /// Buttons shown before do nothing any more.
    fn voiding_buttons(mut self) -> Moved {
        self.voids_buttons = true;
        self
    }

    /// Moves on: what happened before comes first.
    pub fn then(mut self, on: impl FnOnce(Question) -> Moved) -> Moved {
        let next = on(self.question);
        self.steps.extend(next.steps);
        Moved {
            question: next.question,
            steps: self.steps,
            voids_buttons: self.voids_buttons || next.voids_buttons,
        }
    }

    /// Moves on, unless that is refused.
    pub fn try_then(self, on: impl FnOnce(Question) -> Result<Moved, Refusal>) -> Result<Moved, Refusal> {
        let next = on(self.question.clone())?;
        Ok(self.then(|_| next))
    }

    /// Question, steps in order, and whether buttons shown before do nothing any more.
    pub fn into_parts(self) -> (Question, Vec<Step>, bool) {
        (self.question, self.steps, self.voids_buttons)
    }
}

/// What somebody asks: everything a new question begins with.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: QuestionId,
    pub asker: Account,
    /// The name shown in the group, masked.
    pub asker_name: Masked,
    pub group: GroupId,
    pub bureau: BureauId,
    pub message: MessageRef,
    pub text: Masked,
    pub media: Vec<Media>,
    pub registered_at: Option<BureauId>,
    /// When it was asked, as far as that is earlier than now.
    pub at: Millis,
}

/// One more message of the asker about a question.
#[derive(Clone, Debug)]
pub struct More {
    pub message: MessageRef,
    pub text: Masked,
    pub media: Vec<Media>,
    pub registered_at: Option<BureauId>,
}

impl Question {
    /// The same question in another state.
    fn with(mut self, state: State) -> Question {
        self.0.state = state;
        self
    }

    /// 首问负责 (三(三)3): set by the first helper who claims, replies or stands for the bot's answer; later ones change
    /// nothing.
    fn first_helped_by(mut self, person: Option<PersonId>) -> Question {
        self.0.first_helper = self.0.first_helper.or(person);
        self
    }

    fn then(self, step: Step) -> Moved {
        Moved::from(self).noting(step)
    }

    fn taken(self, by: PersonId, now: Millis) -> Moved {
        let taken = self.with(held(by, now)).first_helped_by(Some(by));
        taken.then(Step::Claimed { by }).voiding_buttons()
    }

    fn end(self, how: Ending, by: Option<PersonId>, at: Millis) -> Moved {
        let holder = self.state.holder();
        let ended = self.with(State::Ended { how, at, by: holder });
        ended.then(Step::Ended { how, by }).voiding_buttons()
    }
}

fn held(by: PersonId, at: Millis) -> State {
    State::Claimed {
        by,
        at,
        nudge: Nudge::None,
        offered: None,
        kept: false,
    }
}

#[cfg(test)]
mod tests;
