//! 督导通报 of a month (许工商〔2018〕103号 四(二)、四(三)): its figures as they were frozen, its words as people edit them,
//! how far it is. Bureaus are heard before it is issued, and whoever wrote the words does not issue them.

mod frozen;
mod words;

pub use frozen::{Column, Frozen, Line, freeze};
pub use words::{MOST, Part, Words};

use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, Person, PersonId, Role};

/// A bulletin's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BulletinId(pub i64);

/// How far a bulletin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Being written; figures can be counted anew.
    Draft,
    /// Bureaus can object; words can still be edited.
    Heard,
    /// Issued: nothing changes any more.
    Issued,
    /// Given up before it was issued.
    Dropped,
}

impl Phase {
    const ALL: [Phase; 4] = [Phase::Draft, Phase::Heard, Phase::Issued, Phase::Dropped];

    /// As it is kept.
    pub fn key(self) -> &'static str {
        match self {
            Phase::Draft => "draft",
            Phase::Heard => "heard",
            Phase::Issued => "issued",
            Phase::Dropped => "dropped",
        }
    }

    /// The phase of a key.
    pub fn of_key(key: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.key() == key)
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Draft => "起草中",
            Phase::Heard => "征求意见",
            Phase::Issued => "已印发",
            Phase::Dropped => "已作废",
        }
    }
}

/// What becomes of a bulletin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Its words are others.
    Edit(Words),
    /// Its figures are counted anew.
    Recount(Frozen),
    /// Bureaus are asked.
    Hear,
    /// Back to the writer: figures can be counted anew.
    Back,
    /// It gets this number of its year and goes out.
    Issue(i64),
    /// It is given up.
    Drop,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// Needs a supervisor or the administrator.
    NotTheirs,
    /// It is not that far, or further.
    Phase(Phase),
    /// Whoever wrote the words cannot issue them.
    OwnWords,
    /// So many objections wait for a decision.
    Undecided(usize),
    /// Somebody else changed it meanwhile.
    Changed,
    /// A part has no words.
    Empty(Part),
    /// There is none, or nothing was asked in its month.
    Nothing,
    /// There is one of this month already.
    Exists,
}

/// A bulletin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulletin {
    pub id: BulletinId,
    /// Its number in the year it was issued.
    pub number: Option<i64>,
    pub phase: Phase,
    /// Counts changes: whoever saw another one changes nothing.
    pub version: i64,
    pub words: Words,
    pub figures: Frozen,
    /// Who touched the words or figures last.
    pub written_by: PersonId,
    pub drafted_at: Millis,
    pub issued: Option<(PersonId, Millis)>,
}

impl Bulletin {
    /// The only way a bulletin changes.
    ///
    /// # Errors
    /// Why it does not.
    pub fn moved(mut self, act: Act, by: PersonId, undecided: usize, now: Millis) -> Result<Bulletin, NotDone> {
        let phase = self.phase;
        self.phase = match (phase, &act) {
            (Phase::Draft | Phase::Heard, Act::Edit(_)) | (Phase::Draft, Act::Recount(_)) => phase,
            (Phase::Draft, Act::Hear) => Phase::Heard,
            (Phase::Heard, Act::Back) => Phase::Draft,
            (Phase::Heard, Act::Issue(_)) => Phase::Issued,
            (Phase::Draft | Phase::Heard, Act::Drop) => Phase::Dropped,
            _ => return Err(NotDone::Phase(phase)),
        };
        match act {
            Act::Edit(words) => {
                self.words = words;
                self.written_by = by;
            }
            Act::Recount(figures) => {
                self.words = Words::of(&figures);
                self.figures = figures;
                self.written_by = by;
            }
            Act::Hear => self.words.whole()?,
            Act::Issue(_) if self.written_by == by => return Err(NotDone::OwnWords),
            Act::Issue(_) if undecided > 0 => return Err(NotDone::Undecided(undecided)),
            Act::Issue(number) => {
                self.words.whole()?;
                self.number = Some(number);
                self.issued = Some((by, now));
            }
            Act::Back | Act::Drop => {}
        }
        self.version += 1;
        Ok(self)
    }
}

/// Whether somebody writes, hears and issues bulletins.
pub fn keeps(person: &Person) -> bool {
    person.has(Role::Supervisor) || person.has(Role::Admin)
}

/// What a bureau says against a bulletin before it is issued (申诉).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub id: i64,
    pub bureau: BureauId,
    pub by: PersonId,
    pub words: String,
    pub at: Millis,
    /// What was decided: taken or not, and why.
    pub decision: Option<(bool, String)>,
}

#[cfg(test)]
mod tests;
