//! What helpers and the city desk do with a question.

use super::{Moved, held};
use crate::clock::Millis;
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::history::{Adopted, Step};
use crate::domain::asking::question::{Ending, Question, RELEASE_MS, Refusal, RevisionRef, State};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;

impl Question {
    /// 认领: the first helper who claims gets it, alone; where it was offered to this helper, 接手.
    pub fn claim(self, by: PersonId, now: Millis) -> Result<Moved, Refusal> {
        match &self.state {
            State::Waiting { .. } | State::Gathering { .. } => Ok(self.taken(by, now)),
            // Offered to this helper, who accepts; the first helper stays the first.
            State::Claimed { offered: Some(to), .. } if *to == by => {
                let accepted = self.with(held(by, now)).then(Step::Accepted { by });
                Ok(accepted.voiding_buttons())
            }
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if *holder == by => {
                Err(Refusal::AlreadyYours)
            }
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } => Err(Refusal::HeldBy(*holder)),
            State::Ended { .. } => Err(Refusal::Over),
            State::Suggested { .. } | State::Answered { .. } => Err(Refusal::NotNow),
        }
    }

    /// 更正: an answer of the bot is withdrawn by a helper, whose question it is from now on, whatever it was.
    pub fn fix(self, by: PersonId, said: RevisionRef, now: Millis) -> Moved {
        self.then(Step::Fixed { by, said })
            .then(|question| question.taken(by, now))
    }

    /// 放回: within two minutes of the claim, by who claimed. The first helper stays first.
    pub fn release(self, by: PersonId, duty: Option<PersonId>, now: Millis) -> Result<Moved, Refusal> {
        match self.state {
            State::Claimed { by: holder, .. } if holder != by => Err(Refusal::HeldBy(holder)),
            State::Claimed { at, .. } if now.since(at) > RELEASE_MS => Err(Refusal::TooLateToRelease),
            State::Claimed { .. } => {
                let released = self.waiting(duty, Rung::Card, now);
                Ok(released.then(Step::Released { by }).voiding_buttons())
            }
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Replied { .. } => Err(Refusal::NotNow),
        }
    }

    /// A helper's reply becomes the answer. A reply before any claim is the claim; a colleague may help out too,
    /// and the one who has the question keeps it.
    pub fn reply(self, by: PersonId, words: &Masked, until: Millis) -> Result<Moved, Refusal> {
        let holder = match &self.state {
            State::Claimed { offered: Some(to), .. } if *to == by => by,
            other => other.holder().unwrap_or(by),
        };
        match self.state {
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. } => {
                let replied = self
                    .with(State::Replied { by: holder, until })
                    .first_helped_by(Some(by));
                let words = words.as_str().to_owned();
                Ok(replied.then(Step::Replied { by, words }).voiding_buttons())
            }
        }
    }

    /// A reply was meant for another question. Where it was the only answer, whoever has this one still owes it one.
    pub fn take_back(self, by: PersonId, words: String, now: Millis) -> Moved {
        let took_back = Step::TookBack { by, words };
        match self.state {
            State::Replied { by: holder, .. } => {
                let claimed = self.with(held(holder, now));
                claimed.then(took_back).voiding_buttons()
            }
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Ended { .. } => self.then(took_back),
        }
    }

    /// 采用此答复: by whoever may claim it or has it. The words follow as a reply.
    pub fn adopt(self, by: PersonId, what: Adopted, edited: bool) -> Moved {
        self.then(Step::Adopted { by, what, edited })
    }

    /// 转办: offered to another helper by the one who has it or a bureau admin, with a reason. It stays where it is
    /// until they accept, and the first helper stays the first (许工商〔2018〕103号 三(三)3).
    pub fn offer(mut self, by: PersonId, admin: bool, to: PersonId, reason: &Masked) -> Result<Moved, Refusal> {
        let reason = reason.as_str();
        match &mut self.0.state {
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if *holder != by && !admin => {
                Err(Refusal::NotHolder)
            }
            State::Claimed { by: holder, .. } if *holder == to => Err(Refusal::HeldBy(*holder)),
            State::Claimed { .. } if reason.trim().is_empty() => Err(Refusal::WhyNeeded),
            State::Claimed { offered, .. } => {
                *offered = Some(to);
                let reason = reason.to_owned();
                Ok(self.then(Step::Offered { to, reason }))
            }
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Replied { .. } => Err(Refusal::NotNow),
        }
    }

    /// 不接: whoever it was offered to does not take it.
    pub fn decline(mut self, by: PersonId) -> Result<Moved, Refusal> {
        match &mut self.0.state {
            State::Claimed { offered, .. } if *offered == Some(by) => {
                *offered = None;
                Ok(self.then(Step::Declined { by }))
            }
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. }
            | State::Ended { .. } => Err(Refusal::NotOffered),
        }
    }

    /// 求助市局: by the helper who has it, and keeps it.
    pub fn ask_city(self, by: PersonId, note: &Masked) -> Result<Moved, Refusal> {
        match &self.state {
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if *holder == by => {
                let note = note.as_str().to_owned();
                Ok(self.then(Step::AskedCity { by, note }))
            }
            State::Claimed { .. } | State::Replied { .. } => Err(Refusal::NotHolder),
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Waiting { .. } => {
                Err(Refusal::NotNow)
            }
        }
    }

    /// 办结: by its helper or a bureau admin, from claimed or replied; before any reply only with a reason.
    pub fn close(self, by: PersonId, admin: bool, reason: &Masked, now: Millis) -> Result<Moved, Refusal> {
        let reason = reason.as_str().to_owned();
        match self.state {
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if holder != by && !admin => {
                Err(Refusal::NotHolder)
            }
            State::Claimed { .. } if reason.trim().is_empty() => Err(Refusal::ReasonNeeded),
            State::Claimed { .. } | State::Replied { .. } => Ok(self
                .then(Step::Closed { by, reason })
                .then(|question| question.end(Ending::Closed, Some(by), now))),
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Waiting { .. } => {
                Err(Refusal::NotNow)
            }
        }
    }
}
