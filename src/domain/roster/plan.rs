//! The duty plan as the roster holds it: shifts, and the leave and cover that differ from them.

use super::ids::{BureauId, OfficeId, PersonId};
use crate::clock::Millis;
use crate::domain::time::hours::Span;

/// One shift of a bureau's duty plan (值班表) or of one of its offices'; several helpers take turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    pub bureau: BureauId,
    /// The office whose own shift it is; none for the whole bureau.
    pub office: Option<OfficeId>,
    pub span: Span,
    pub helpers: Vec<PersonId>,
}

/// A helper is away (请假).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    pub id: i64,
    pub person: PersonId,
    pub from: Millis,
    pub until: Millis,
    /// Given by a roster file, whose next import replaces it.
    pub from_file: bool,
}

/// A helper does another one's duty for a time (换班, 代班).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    pub id: i64,
    pub of: PersonId,
    pub by: PersonId,
    pub from: Millis,
    pub until: Millis,
    /// Given by a roster file, whose next import replaces it.
    pub from_file: bool,
}

/// What differs from the duty plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanChanges {
    pub leaves: Vec<Leave>,
    pub covers: Vec<Cover>,
}

impl PlanChanges {
    /// Without what is over at `now`.
    pub fn drop_past(&mut self, now: Millis) {
        self.leaves.retain(|leave| leave.until > now);
        self.covers.retain(|cover| cover.until > now);
    }

    /// The same with people called by other ids; what is about somebody without one is left out.
    #[must_use]
    pub fn of(&self, id: impl Fn(PersonId) -> Option<PersonId>) -> PlanChanges {
        let leave = |leave: &Leave| {
            let person = id(leave.person)?;
            Some(Leave {
                person,
                ..leave.clone()
            })
        };
        let cover = |cover: &Cover| {
            let (of, by) = (id(cover.of)?, id(cover.by)?);
            Some(Cover {
                of,
                by,
                ..cover.clone()
            })
        };
        PlanChanges {
            leaves: self.leaves.iter().filter_map(leave).collect(),
            covers: self.covers.iter().filter_map(cover).collect(),
        }
    }

    /// The leave a helper is on at a moment.
    pub fn leave_of(&self, person: PersonId, at: Millis) -> Option<&Leave> {
        let mut leaves = self.leaves.iter();
        leaves.find(|leave| leave.person == person && leave.from <= at && at < leave.until)
    }

    /// When a helper's next leave begins after a moment.
    pub fn next_leave(&self, person: PersonId, after: Millis) -> Option<Millis> {
        let coming = self
            .leaves
            .iter()
            .filter(|leave| leave.person == person && leave.from > after);
        coming.map(|leave| leave.from).min()
    }

    /// Who does a helper's duty at a moment: whoever covers, the helper, or nobody while they are away.
    pub fn stands(&self, person: PersonId, at: Millis) -> Option<PersonId> {
        let mut stands = person;
        // Whoever covers may be covered in turn; a ring ends where it began.
        for _ in 0..=self.covers.len() {
            let mut covers = self.covers.iter().rev();
            match covers.find(|cover| cover.of == stands && cover.from <= at && at < cover.until) {
                Some(cover) if cover.by != person => stands = cover.by,
                Some(_) | None => break,
            }
        }
        self.leave_of(stands, at).is_none().then_some(stands)
    }
}
