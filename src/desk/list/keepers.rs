//! Who keeps the list, and who of them is responsible for an entry.

use crate::desk::ground::sitting::Sitting;
use crate::domain::roster::people::PersonId;
use crate::domain::roster::rights::Right;
use crate::faq::Entry;

/// The people who keep the list: editors, or approvers.
pub(in crate::desk) fn keepers_of_list(sitting: &Sitting<'_>, right: Right) -> Vec<PersonId> {
    let people = sitting.roster.people.iter();
    people
        .filter(|person| sitting.has_right(person, right, person.bureau))
        .map(|person| person.id)
        .collect()
}

/// Whoever is responsible for an entry: the person named, else the helpers of the office named who keep the list,
/// else all who do.
pub(in crate::desk) fn keepers_of(sitting: &Sitting<'_>, entry: &Entry) -> Vec<PersonId> {
    if let Some(person) = sitting.roster.people_named(&entry.owner).next() {
        return vec![person.id];
    }
    let keepers = keepers_of_list(sitting, Right::Curate);
    let of_office = |person: &&PersonId| {
        let office = sitting
            .roster
            .person(**person)
            .and_then(|person| sitting.roster.office(person.office));
        office.is_some_and(|office| office.name == entry.owner)
    };
    let own: Vec<PersonId> = keepers.iter().filter(of_office).copied().collect();
    if own.is_empty() { keepers } else { own }
}

/// A person's name; who left the roster has none.
pub(in crate::desk) fn name_of(sitting: &Sitting<'_>, person: PersonId) -> String {
    sitting
        .roster
        .person(person)
        .map_or_else(String::new, |person| person.name.clone())
}
