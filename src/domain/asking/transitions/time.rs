//! What time does, and what waits for a helper.

use super::Moved;
use crate::clock::Millis;
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Ending, Question, REOPEN_MS, Refusal, State};
use crate::domain::roster::people::PersonId;

impl Question {
    /// It waits for a helper: `duty` is asked first; `later` where they begin later and are not disturbed before. From
    /// whatever state: an answer that cannot be had, a helper who left, a burst that is over.
    pub fn wait(self, duty: Option<PersonId>, later: bool, now: Millis) -> Moved {
        let rung = if later { Rung::Queued } else { Rung::Card };
        self.waiting(duty, rung, now)
            .then(Step::HandedOver { duty })
            .voiding_buttons()
    }

    /// The same, waiting from now on.
    pub(super) fn waiting(self, duty: Option<PersonId>, rung: Rung, since: Millis) -> Question {
        self.with(State::Waiting { duty, since, rung })
    }

    /// 转人工 / 都不是, or an answer that cannot be had, within seven days of an end.
    pub fn hand_over(self, duty: Option<PersonId>, later: bool, now: Millis) -> Result<Moved, Refusal> {
        match self.state {
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } => {
                Ok(self.wait(duty, later, now))
            }
            State::Waiting { .. } | State::Claimed { .. } | State::Replied { .. } => Err(Refusal::NotNow),
            State::Ended { at, .. } if now.since(at) <= REOPEN_MS => Ok(self.wait(duty, later, now)),
            State::Ended { .. } => Err(Refusal::Over),
        }
    }

    /// Twenty-four hours of silence.
    pub fn lapse(self, now: Millis) -> Moved {
        self.end(Ending::Lapsed, None, now)
    }

    /// Nobody claims it: a rung higher, with who is asked now.
    pub fn climb(mut self, reached: Rung, asked: Option<PersonId>) -> Moved {
        if let State::Waiting { duty, rung, .. } = &mut self.0.state {
            (*duty, *rung) = (asked, reached);
        }
        self.then(Step::climbed(reached, asked))
    }

    /// Its helper does not reply.
    pub fn nudge(mut self, reached: Nudge) -> Moved {
        let State::Claimed { by, nudge, .. } = &mut self.0.state else {
            return self.into();
        };
        *nudge = reached;
        let step = Step::nudged(reached, *by);
        step.into_iter().fold(self.into(), Moved::noting)
    }

    /// Two minutes after the claim it can no longer be put back.
    pub fn keep(mut self) -> Moved {
        if let State::Claimed { kept, .. } = &mut self.0.state {
            *kept = true;
        }
        self.into()
    }

    /// What was written while the clock was ahead is brought back to now. `lapse` is the silence in ms after which an
    /// answered question lapses.
    pub fn put_right(mut self, lapse: i64, now: Millis) -> Moved {
        self.0.heard_at = self.0.heard_at.min(now);
        match &mut self.0.state {
            State::Waiting { since: at, .. } | State::Claimed { at, .. } => *at = (*at).min(now),
            State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. } => {
                *until = (*until).min(now.plus(lapse));
            }
            State::Gathering { until } => *until = (*until).min(now),
            State::Ended { .. } => {}
        }
        self.into()
    }
}
