//! A change of the list on its way from an editor to the public: written, handed in, approved by somebody else, tested,
//! published. What it changes is the knowledge base's business; here is who may do what, and when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::roster::people::PersonId;

/// A draft's number, as people type it: 草稿 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(pub i64);

/// A proposed change of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// Grows with each save; who read an older one starts again.
    pub version: i64,
    /// Everybody who wrote at it: none of them may approve it.
    pub authors: Vec<PersonId>,
    /// Where it stands.
    pub state: DraftState,
}

/// Where a draft stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftState {
    /// Being written.
    Writing,
    /// Handed in; waits for somebody who did not write it.
    Submitted,
    /// Sent back with a reason.
    Returned { by: PersonId, why: String },
    /// Approved; every entry's own tests run against it now.
    Testing { by: PersonId },
    /// Approved and tested; takes the place of the old words on that day.
    Scheduled { by: PersonId, on: Date },
    /// In the list, as that revision where it is of an entry.
    Done {
        by: PersonId,
        /// Older programs write and read a 0 for none.
        #[serde(with = "revision_or_0")]
        revision: Option<i64>,
        at: Millis,
    },
    /// Given up.
    Dropped { by: PersonId },
}

/// Why something cannot be done with a draft; said to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftRefusal {
    /// Who wrote a text does not approve it (author ≠ approver for public text).
    OwnText,
    /// Only what was handed in can be approved or sent back.
    NotSubmitted,
    /// It is approved, published or given up: write a new one.
    Closed,
}

mod revision_or_0 {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(revision: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(revision.unwrap_or(0))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
        let revision = i64::deserialize(deserializer)?;
        Ok(Some(revision).filter(|revision| *revision > 0))
    }
}

impl Draft {
    /// A new draft of an editor. Its number is given when it is kept.
    pub fn new(id: DraftId, author: PersonId) -> Draft {
        Draft {
            id,
            version: 0,
            authors: vec![author],
            state: DraftState::Writing,
        }
    }

    /// A draft that nobody wrote, handed in as it is. Its number is given when it is kept.
    pub fn proposed(id: DraftId) -> Draft {
        Draft {
            id,
            version: 0,
            authors: Vec::new(),
            state: DraftState::Submitted,
        }
    }

    /// Whether it can still be written at.
    pub fn is_open(&self) -> bool {
        match self.state {
            DraftState::Writing | DraftState::Submitted | DraftState::Returned { .. } => true,
            DraftState::Testing { .. }
            | DraftState::Scheduled { .. }
            | DraftState::Done { .. }
            | DraftState::Dropped { .. } => false,
        }
    }

    /// Somebody changes its words; what was handed in goes back to writing.
    pub fn written_by(mut self, person: PersonId) -> Result<Draft, DraftRefusal> {
        if !self.is_open() {
            return Err(DraftRefusal::Closed);
        }
        if !self.authors.contains(&person) {
            self.authors.push(person);
        }
        self.state = DraftState::Writing;
        Ok(self)
    }

    /// Something is taken out of it, which makes nobody its author; what was sent back waits again.
    pub fn trimmed(mut self) -> Result<Draft, DraftRefusal> {
        if !self.is_open() {
            return Err(DraftRefusal::Closed);
        }
        if self.authors.is_empty() {
            self.state = DraftState::Submitted;
        }
        Ok(self)
    }

    /// It is handed in.
    pub fn submitted(mut self) -> Result<Draft, DraftRefusal> {
        if !self.is_open() {
            return Err(DraftRefusal::Closed);
        }
        self.state = DraftState::Submitted;
        Ok(self)
    }

    /// Somebody who did not write it approves it; its tests run next.
    pub fn approved_by(mut self, person: PersonId) -> Result<Draft, DraftRefusal> {
        self.may_decide(person)?;
        self.state = DraftState::Testing { by: person };
        Ok(self)
    }

    /// It is sent back with a reason: by a person, or by its tests.
    pub fn returned_by(mut self, person: PersonId, why: &str) -> Result<Draft, DraftRefusal> {
        match self.state {
            DraftState::Submitted | DraftState::Testing { .. } | DraftState::Scheduled { .. } => {
                let why = why.to_owned();
                self.state = DraftState::Returned { by: person, why };
                Ok(self)
            }
            DraftState::Writing | DraftState::Returned { .. } => Err(DraftRefusal::NotSubmitted),
            DraftState::Done { .. } | DraftState::Dropped { .. } => Err(DraftRefusal::Closed),
        }
    }

    /// It is given up.
    pub fn dropped_by(mut self, person: PersonId) -> Result<Draft, DraftRefusal> {
        match self.state {
            DraftState::Done { .. } | DraftState::Dropped { .. } | DraftState::Testing { .. } => {
                Err(DraftRefusal::Closed)
            }
            DraftState::Writing
            | DraftState::Submitted
            | DraftState::Returned { .. }
            | DraftState::Scheduled { .. } => {
                self.state = DraftState::Dropped { by: person };
                Ok(self)
            }
        }
    }

    fn may_decide(&self, person: PersonId) -> Result<(), DraftRefusal> {
        match self.state {
            DraftState::Submitted if self.authors.contains(&person) => Err(DraftRefusal::OwnText),
            DraftState::Submitted => Ok(()),
            DraftState::Writing | DraftState::Returned { .. } => Err(DraftRefusal::NotSubmitted),
            DraftState::Testing { .. }
            | DraftState::Scheduled { .. }
            | DraftState::Done { .. }
            | DraftState::Dropped { .. } => Err(DraftRefusal::Closed),
        }
    }
}

impl DraftState {
    /// A word for the database and for looking up.
    pub fn phase(&self) -> &'static str {
        match self {
            DraftState::Writing => "writing",
            DraftState::Submitted => "submitted",
            DraftState::Returned { .. } => "returned",
            DraftState::Testing { .. } => "testing",
            DraftState::Scheduled { .. } => "scheduled",
            DraftState::Done { .. } => "done",
            DraftState::Dropped { .. } => "dropped",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANG: PersonId = PersonId(1);
    const ZHAO: PersonId = PersonId(2);

    #[test]
    fn who_wrote_a_text_does_not_approve_it() {
        let draft = Draft::new(DraftId(1), WANG);
        assert_eq!(draft.clone().approved_by(ZHAO), Err(DraftRefusal::NotSubmitted));
        let draft = draft.submitted().unwrap();
        assert_eq!(draft.clone().approved_by(WANG), Err(DraftRefusal::OwnText));
        let touched = draft.clone().written_by(ZHAO).unwrap().submitted().unwrap();
        assert_eq!(touched.approved_by(ZHAO), Err(DraftRefusal::OwnText));
        let approved = draft.approved_by(ZHAO).unwrap();
        assert_eq!(approved.state, DraftState::Testing { by: ZHAO });
        assert_eq!(approved.written_by(WANG), Err(DraftRefusal::Closed));
    }

    #[test]
    fn words_changed_after_handing_in_must_be_handed_in_again() {
        let draft = Draft::new(DraftId(1), WANG).submitted().unwrap();
        let changed = draft.written_by(WANG).unwrap();
        assert_eq!(changed.clone().approved_by(ZHAO), Err(DraftRefusal::NotSubmitted));
        let back = changed.submitted().unwrap().returned_by(ZHAO, "缺依据").unwrap();
        assert!(back.is_open());
        assert_eq!(back.clone().returned_by(ZHAO, "再看"), Err(DraftRefusal::NotSubmitted));
        let gone = back.dropped_by(WANG).unwrap();
        assert_eq!(gone.submitted(), Err(DraftRefusal::Closed));
    }
}
