//! Who keeps their number when a new roster takes the place of an old one: a bureau of the same name, an office of the
//! same name in its bureau, a person of the same name in their bureau, helpers and guides apart. All else is new.

use std::collections::HashMap;
use std::fmt;

use super::ids::{BureauId, OfficeId, PersonId};
use super::people::Roster;

/// The numbers that are given already, by what is called so.
#[derive(Clone, Debug, Default)]
pub struct Known {
    bureaus: HashMap<String, BureauId>,
    offices: HashMap<(BureauId, String), OfficeId>,
    people: HashMap<(BureauId, bool, String), PersonId>,
}

impl Known {
    /// The numbers of a roster.
    pub fn of(roster: &Roster) -> Known {
        let mut known = Known::default();
        for bureau in &roster.bureaus {
            known.bureau(bureau.id, bureau.name.clone());
        }
        for office in &roster.offices {
            known.office(office.id, office.bureau, office.name.clone());
        }
        for person in &roster.people {
            known.person(person.id, person.bureau, person.is_helper(), person.name.clone());
        }
        known
    }

    /// Adds a bureau.
    pub fn bureau(&mut self, id: BureauId, name: String) {
        self.bureaus.insert(name, id);
    }

    /// Adds an office.
    pub fn office(&mut self, id: OfficeId, bureau: BureauId, name: String) {
        self.offices.insert((bureau, name), id);
    }

    /// Adds a helper or a guide.
    pub fn person(&mut self, id: PersonId, bureau: BureauId, helper: bool, name: String) {
        self.people.insert((bureau, helper, name), id);
    }
}

/// What gets a new number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum New {
    Bureau,
    Office,
    Person,
}

/// A roster refers to a bureau, an office or a person that it does not have; their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing(pub i64);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the roster has nobody and nothing of the number {}", self.0)
    }
}

impl std::error::Error for Missing {}

/// A roster that counts on its own with the numbers that are known, and a fresh one for whatever is new.
pub fn renumbered(mut draft: Roster, known: &Known, mut fresh: impl FnMut(New) -> i64) -> Result<Roster, Missing> {
    let mut bureaus: HashMap<BureauId, BureauId> = HashMap::new();
    for bureau in &mut draft.bureaus {
        let same = known.bureaus.get(&bureau.name).copied();
        let id = same.unwrap_or_else(|| BureauId(fresh(New::Bureau)));
        bureaus.insert(std::mem::replace(&mut bureau.id, id), id);
    }
    let bureau_of = |id: BureauId| bureaus.get(&id).copied().ok_or(Missing(id.0));
    let mut offices: HashMap<OfficeId, OfficeId> = HashMap::new();
    for office in &mut draft.offices {
        office.bureau = bureau_of(office.bureau)?;
        let same = known.offices.get(&(office.bureau, office.name.clone())).copied();
        let id = same.unwrap_or_else(|| OfficeId(fresh(New::Office)));
        offices.insert(std::mem::replace(&mut office.id, id), id);
    }
    let office_of = |id: OfficeId| offices.get(&id).copied().ok_or(Missing(id.0));
    let mut people: HashMap<PersonId, PersonId> = HashMap::new();
    for person in &mut draft.people {
        person.bureau = bureau_of(person.bureau)?;
        person.office = office_of(person.office)?;
        let called = (person.bureau, person.is_helper(), person.name.clone());
        let same = known.people.get(&called).copied();
        let id = same.unwrap_or_else(|| PersonId(fresh(New::Person)));
        people.insert(std::mem::replace(&mut person.id, id), id);
    }
    for row in &mut draft.duty {
        row.bureau = bureau_of(row.bureau)?;
        row.office = row.office.map(office_of).transpose()?;
        for helper in &mut row.helpers {
            *helper = people.get(helper).copied().ok_or(Missing(helper.0))?;
        }
    }
    draft.changes = draft.changes.of(|person| people.get(&person).copied());
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::people::Standing;

    fn roster() -> Roster {
        crate::roster::sample().unwrap()
    }

    #[test]
    fn what_is_called_the_same_keeps_its_number_and_what_is_new_gets_its_own() {
        let known = roster();
        let mut draft = known.clone();
        for bureau in &mut draft.bureaus {
            bureau.id.0 += 100;
        }
        for office in &mut draft.offices {
            (office.id.0, office.bureau.0) = (office.id.0 + 200, office.bureau.0 + 100);
        }
        for person in &mut draft.people {
            person.id.0 += 300;
            (person.office.0, person.bureau.0) = (person.office.0 + 200, person.bureau.0 + 100);
        }
        draft.duty.clear();
        draft.changes.leaves.clear();
        draft.changes.covers.clear();
        // A helper's namesake among the guides of the same bureau is somebody else.
        let mut guide = draft.people.iter().find(|person| person.is_helper()).unwrap().clone();
        guide.id = PersonId(999);
        guide.standing = Standing::Guide { of: None };
        draft.people.push(guide);
        let mut asked = Vec::new();
        let there = renumbered(draft, &Known::of(&known), |new| {
            asked.push(new);
            1_000
        })
        .unwrap();
        assert_eq!(asked, [New::Person]);
        assert_eq!((&there.bureaus, &there.offices), (&known.bureaus, &known.offices));
        let (guide, others) = there.people.split_last().unwrap();
        assert_eq!((guide.id, others), (PersonId(1_000), &known.people[..]));
    }

    #[test]
    fn a_roster_that_refers_to_nobody_is_refused() {
        let known = roster();
        let mut draft = known.clone();
        draft.people[0].office = OfficeId(4_711);
        let refused = renumbered(draft, &Known::of(&known), |_| 1_000);
        assert_eq!(refused, Err(Missing(4_711)));
    }
}
