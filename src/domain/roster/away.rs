//! Leave and cover by name, as a roster file carries them and as differences are said.

use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, PersonId, Roster};

/// One leave, or one cover of a helper's duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    pub helper: String,
    pub from: Millis,
    pub until: Millis,
    /// Who does the helper's duty; none for the leave itself. `单位/姓名` for a colleague of another bureau.
    pub by: Option<String>,
    /// Given by a roster file, not asked for in chat.
    pub from_file: bool,
}

impl Away {
    /// Whether both say the same, whoever made them.
    pub fn same(&self, other: &Away) -> bool {
        let told = |away: &Away| (away.from, away.until);
        told(self) == told(other) && self.helper == other.helper && self.by == other.by
    }
}

/// Every leave of a bureau's helpers, then every cover, each in the order they were made.
pub fn rows(roster: &Roster, bureau: BureauId) -> Vec<Away> {
    let helper = |id| {
        let mut helpers = roster.helpers_of(bureau);
        helpers.find(|person| person.id == id).map(|person| person.name.clone())
    };
    let leaves = roster.changes.leaves.iter().filter_map(|leave| {
        Some(Away {
            helper: helper(leave.person)?,
            from: leave.from,
            until: leave.until,
            by: None,
            from_file: leave.from_file,
        })
    });
    let covers = roster.changes.covers.iter().filter_map(|cover| {
        Some(Away {
            helper: helper(cover.of)?,
            from: cover.from,
            until: cover.until,
            by: Some(called(roster, bureau, cover.by)?),
            from_file: cover.from_file,
        })
    });
    leaves.chain(covers).collect()
}

/// A colleague as written in a bureau's part of the file.
fn called(roster: &Roster, bureau: BureauId, id: PersonId) -> Option<String> {
    let person = roster.person(id).filter(|person| person.is_helper())?;
    if person.bureau == bureau {
        return Some(person.name.clone());
    }
    Some(format!("{}/{}", roster.bureau(person.bureau)?.name, person.name))
}

/// The helper of a bureau who is called `name`.
pub fn helper(roster: &Roster, bureau: BureauId, name: &str) -> Option<PersonId> {
    let mut helpers = roster.helpers_of(bureau);
    helpers.find(|helper| helper.name == name).map(|helper| helper.id)
}

/// A helper of the bureau, or one of another as `单位/姓名`.
pub fn colleague(roster: &Roster, bureau: BureauId, written: &str) -> Option<PersonId> {
    helper(roster, bureau, written).or_else(|| {
        let (other, name) = written.split_once('/')?;
        helper(roster, roster.bureau_named(other)?.id, name.trim())
    })
}
