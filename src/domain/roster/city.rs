//! A roster that a desk can open with.

use std::ops::Deref;

use super::people::{Bureau, Roster};

/// A roster with its city desk, 市局, which takes what no bureau can: the guidance group, people without a bureau, what
/// belonged to a bureau that left. A roster alone may still be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    roster: Roster,
    /// The desk's position among the bureaus, which nobody can change any more.
    desk: usize,
}

impl City {
    /// None for a roster in which no bureau is 市局, as before the first import.
    pub fn of(roster: Roster) -> Option<City> {
        let desk = roster.bureaus.iter().position(|bureau| bureau.city)?;
        Some(City { roster, desk })
    }

    /// 市局, whose desk answers the guidance group.
    pub fn desk(&self) -> &Bureau {
        &self.roster.bureaus[self.desk]
    }
}

impl Deref for City {
    type Target = Roster;

    fn deref(&self) -> &Roster {
        &self.roster
    }
}
