//! What the list does: nothing but listening, an answer, choices, a moment for the rest of the words.

use super::Moved;
use crate::clock::Millis;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Ending, Question, RevisionRef, State};
use crate::domain::roster::people::PersonId;

impl Question {
    /// Recorded where the bot only listens, with the entry it would have said.
    pub fn observe(self, entry: Option<String>, now: Millis) -> Moved {
        let (how, at, by) = (Ending::Observed, now, None);
        self.with(State::Ended { how, at, by }).then(Step::Observed { entry })
    }

    /// Not answerable so far; the asker may still be typing until then.
    pub fn gather(self, until: Millis) -> Moved {
        let shown = !matches!(self.state, State::Gathering { .. });
        let gathering = Moved::from(self.with(State::Gathering { until }));
        if shown { gathering.voiding_buttons() } else { gathering }
    }

    /// The bot says entries, for which a helper stands; it lapses at `until`.
    pub fn answer(self, said: &[RevisionRef], stands: Option<PersonId>, until: Millis) -> Moved {
        let Some(first) = said.first().cloned() else {
            return self.into();
        };
        let answered = self
            .with(State::Answered { said: first, until })
            .first_helped_by(stands);
        let steps = said.iter().cloned().map(Step::Answered);
        steps.fold(answered.into(), Moved::noting)
    }

    /// The bot offers entries; it lapses at `until`.
    pub fn suggest(self, choices: Vec<String>, until: Millis) -> Moved {
        self.with(State::Suggested { choices, until })
            .then(Step::Suggested)
            .voiding_buttons()
    }
}
