//! What the asker does: asks, goes on, picks, ends, rates.

use super::{Asked, More, Moved, held};
use crate::clock::Millis;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Ending, Facts, Question, REOPEN_MS, Refusal, State};
use crate::domain::asking::rating::Rating;
use crate::domain::chat::message::Media;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;

impl Question {
    /// A question is asked. Nothing is decided yet.
    pub fn ask(asked: Asked, now: Millis) -> Moved {
        let question = Question(Facts {
            id: asked.id,
            version: 0,
            asker: asked.asker,
            asker_name: asked.asker_name,
            group: asked.group,
            bureau: asked.bureau,
            message: asked.message,
            text: asked.text,
            media: asked.media,
            registered_at: asked.registered_at,
            first_helper: None,
            state: State::Gathering { until: now },
            asked_at: asked.at.min(now),
            heard_at: now,
        });
        question.then(Step::Asked)
    }

    /// The same asked again while it is open.
    pub fn ask_again(mut self, now: Millis) -> Moved {
        self.0.heard_at = now;
        self.then(Step::AskedAgain)
    }

    /// Pictures without words travel with it.
    pub fn add_media(mut self, media: &[Media], now: Millis) -> Moved {
        self.0.heard_at = now;
        self.0.media.extend(media.iter().cloned());
        self.then(Step::Media)
    }

    /// One more part of a question whose asker is still typing.
    pub fn extend(mut self, more: More, now: Millis) -> Moved {
        self.0.heard_at = now;
        self.0.text = self.0.text.joined(&more.text);
        self.0.media.extend(more.media);
        self.0.registered_at = self.0.registered_at.or(more.registered_at);
        self.into()
    }

    /// The asker goes on: what is said from now on quotes this message. Who must act next is the caller's business.
    pub fn go_on(self, more: More, now: Millis) -> Moved {
        let (message, id) = (more.message.clone(), more.message.id.clone());
        let Moved { mut question, .. } = self.extend(more, now);
        question.0.message = message;
        match &question.state {
            State::Waiting { .. } | State::Claimed { .. } => question.then(Step::Added),
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } => {
                question.then(Step::FollowedUp { message: id }).voiding_buttons()
            }
            State::Replied { .. } => question.into(),
            State::Ended { .. } => question.then(Step::Reopened { message: id }),
        }
    }

    /// The asker changed the words.
    pub fn reword(mut self, text: Masked) -> Moved {
        self.0.text = text;
        self.then(Step::Reworded)
    }

    /// One of the offered choices, counted from 1; its entry. It is answered next.
    pub fn pick(self, number: usize) -> Result<(Moved, String), Refusal> {
        let chosen = match &self.state {
            State::Suggested { choices, .. } => number.checked_sub(1).and_then(|index| choices.get(index)).cloned(),
            State::Gathering { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. }
            | State::Ended { .. } => None,
        };
        let entry = chosen.ok_or(Refusal::Stale)?;
        let picked = self.then(Step::Picked { entry: entry.clone() }).voiding_buttons();
        Ok((picked, entry))
    }

    /// 解决了, by its asker; `by` is who they are in the roster, if they are in it.
    pub fn solve(self, by: Option<PersonId>, now: Millis) -> Result<Moved, Refusal> {
        self.end_by_asker(Ending::Solved, by, now)
    }

    /// 不用了 / 撤回, by its asker, at any time before the end.
    pub fn withdraw(self, by: Option<PersonId>, now: Millis) -> Result<Moved, Refusal> {
        self.end_by_asker(Ending::Withdrawn, by, now)
    }

    fn end_by_asker(self, how: Ending, by: Option<PersonId>, now: Millis) -> Result<Moved, Refusal> {
        match self.open() {
            true => Ok(self.end(how, by, now)),
            false => Err(Refusal::Over),
        }
    }

    /// 追问 after a helper's answer, or within seven days of the end: the same helper goes on (一帮到底).
    pub fn follow_up(self, now: Millis) -> Result<Moved, Refusal> {
        let to = match self.state {
            State::Replied { by, .. } => by,
            State::Ended { at, by: Some(by), .. } if now.since(at) <= REOPEN_MS => by,
            State::Ended { .. } => return Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. } => return Err(Refusal::NotNow),
        };
        let back = self.with(held(to, now)).then(Step::WentBack { to });
        Ok(back.voiding_buttons())
    }

    /// The asker rates it: a solved one only.
    pub fn rate(self, rating: Rating) -> Result<Moved, Refusal> {
        match &self.state {
            State::Ended { how, .. } if *how == Ending::Solved => Ok(self.then(Step::Rated(rating)).voiding_buttons()),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. }
            | State::Ended { .. } => Err(Refusal::NotNow),
        }
    }
}
