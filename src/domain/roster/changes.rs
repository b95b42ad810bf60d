//! What a new roster changes of the old one: said before anything is taken over.

use crate::domain::roster::away::{self, Away};
use crate::domain::roster::form::same_name;
use crate::domain::roster::people::{
    Bureau, BureauId, Landline, Mobile, Office, OfficeId, Person, PersonId, Role, Roster, Standing,
};
use crate::domain::time::hours::Span;

/// One difference, with the bureau it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub bureau: String,
    pub what: RosterChange,
}

/// What is different. People are found again by name; one who left and one who came with the same mobile are one
/// person whose name was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterChange {
    BureauCame,
    BureauLeft,
    /// Hours, places, whether it is the city bureau.
    BureauDiffers,
    OfficeCame {
        office: String,
    },
    OfficeLeft {
        office: String,
    },
    /// Kind, address or its own landline.
    OfficeDiffers {
        office: String,
    },
    Came {
        office: String,
        name: String,
        helper: bool,
        mobile: Option<Mobile>,
        landline: Option<Landline>,
    },
    Left {
        office: String,
        name: String,
        helper: bool,
        reviewer: bool,
        roles: Vec<Role>,
    },
    Renamed {
        id: PersonId,
        from: String,
        to: String,
    },
    Moved {
        name: String,
        from: String,
        to: String,
    },
    Mobile {
        name: String,
        from: Option<Mobile>,
        to: Option<Mobile>,
    },
    Landline {
        name: String,
        from: Option<Landline>,
        to: Option<Landline>,
    },
    Reviewer {
        name: String,
        now: bool,
    },
    /// Exam date, roles, or where a 引导员 comes from.
    Details {
        name: String,
    },
    /// The helpers of an office stand in another order; without a rota they are asked in it.
    Reordered {
        office: String,
    },
    /// Leave or cover that the file gives.
    AwayCame(Away),
    /// Leave or cover that an earlier file gave.
    AwayLeft(Away),
    /// The duty plan of the bureau, or of one office.
    Rota {
        office: Option<String>,
    },
}

/// Every difference, bureau by bureau.
pub fn between(before: &Roster, after: &Roster) -> Vec<Changed> {
    let mut changes = Vec::new();
    for old in &before.bureaus {
        let mut own = Vec::new();
        match after.bureaus.iter().find(|new| new.name == old.name) {
            Some(new) => bureau((before, old), (after, new), &mut own),
            None => own.push(RosterChange::BureauLeft),
        }
        changes.extend(own.into_iter().map(|what| Changed {
            bureau: old.name.clone(),
            what,
        }));
    }
    let came = |new: &&Bureau| !before.bureaus.iter().any(|old| old.name == new.name);
    for new in after.bureaus.iter().filter(came) {
        changes.push(Changed {
            bureau: new.name.clone(),
            what: RosterChange::BureauCame,
        });
    }
    changes
}

/// One bureau of one of the two rosters.
pub(super) type Side<'a> = (&'a Roster, &'a Bureau);

fn bureau(old: Side<'_>, new: Side<'_>, out: &mut Vec<RosterChange>) {
    let told = |bureau: &Bureau| (bureau.city, bureau.hours.clone(), bureau.places.clone());
    if told(old.1) != told(new.1) {
        out.push(RosterChange::BureauDiffers);
    }
    offices(old, new, out);
    people(old, new, out);
    plans(old, new, out);
    away(old, new, out);
}

/// The duty plans: the bureau's, and those of its offices.
fn plans(old: Side<'_>, new: Side<'_>, out: &mut Vec<RosterChange>) {
    let (was, is) = (rota(old), rota(new));
    let mut offices: Vec<&Option<String>> = was.iter().chain(&is).map(|shift| &shift.office).collect();
    offices.sort_unstable();
    offices.dedup();
    for office in offices {
        let of =
            |plan: &[Shift]| -> Vec<Shift> { plan.iter().filter(|shift| shift.office == *office).cloned().collect() };
        if of(&was) != of(&is) {
            out.push(RosterChange::Rota { office: office.clone() });
        }
    }
}

fn offices((before, old): Side<'_>, (after, new): Side<'_>, out: &mut Vec<RosterChange>) {
    let told = |office: &Office| (office.kind, office.address.clone(), office.landline.clone());
    for office in before.offices_of(old.id) {
        let name = office.name.clone();
        match after.offices_of(new.id).find(|other| other.name == name) {
            None => out.push(RosterChange::OfficeLeft { office: name }),
            Some(other) if told(other) != told(office) => out.push(RosterChange::OfficeDiffers { office: name }),
            Some(_) => {}
        }
    }
    for office in after.offices_of(new.id) {
        if !before.offices_of(old.id).any(|other| other.name == office.name) {
            out.push(RosterChange::OfficeCame {
                office: office.name.clone(),
            });
        }
    }
}

fn people((before, old): Side<'_>, (after, new): Side<'_>, out: &mut Vec<RosterChange>) {
    let own = |roster: &'_ Roster, bureau: BureauId| -> Vec<Person> {
        let people = roster.people.iter();
        people.filter(|person| person.bureau == bureau).cloned().collect()
    };
    let (was, is) = (own(before, old.id), own(after, new.id));
    let same = |one: &Person, other: &Person| one.stands_like(other) && same_name(&one.name, &other.name);
    let left = was.iter().filter(|person| !is.iter().any(|other| same(person, other)));
    let mut came: Vec<&Person> = is
        .iter()
        .filter(|person| !was.iter().any(|other| same(person, other)))
        .collect();
    let mut pairs: Vec<(&Person, &Person)> = Vec::new();
    for person in left {
        let number = |other: &&Person| other.stands_like(person) && other.mobile == person.mobile;
        match came.iter().position(|other| person.mobile.is_some() && number(other)) {
            Some(at) => {
                let other = came.remove(at);
                out.push(RosterChange::Renamed {
                    id: person.id,
                    from: person.name.clone(),
                    to: other.name.clone(),
                });
                pairs.push((person, other));
            }
            None => out.push(RosterChange::Left {
                office: office_name(before, person.office),
                name: person.name.clone(),
                helper: person.is_helper(),
                reviewer: person.is_reviewer(),
                roles: person.roles.clone(),
            }),
        }
    }
    out.extend(came.iter().map(|person| RosterChange::Came {
        office: office_name(after, person.office),
        name: person.name.clone(),
        helper: person.is_helper(),
        mobile: person.mobile.clone(),
        landline: person.landline.clone(),
    }));
    pairs.extend(
        was.iter()
            .filter_map(|person| Some((person, is.iter().find(|other| same(person, other))?))),
    );
    for (person, other) in &pairs {
        details((before, person), (after, other), out);
    }
    reordered((before, old), (after, new), &pairs, out);
}

fn details((before, old): (&Roster, &Person), (after, new): (&Roster, &Person), out: &mut Vec<RosterChange>) {
    let name = new.name.clone();
    let (from, to) = (office_name(before, old.office), office_name(after, new.office));
    if from != to {
        out.push(RosterChange::Moved {
            name: name.clone(),
            from,
            to,
        });
    }
    if old.mobile != new.mobile {
        out.push(RosterChange::Mobile {
            name: name.clone(),
            from: old.mobile.clone(),
            to: new.mobile.clone(),
        });
    }
    if old.landline != new.landline {
        out.push(RosterChange::Landline {
            name: name.clone(),
            from: old.landline.clone(),
            to: new.landline.clone(),
        });
    }
    if old.is_reviewer() != new.is_reviewer() {
        out.push(RosterChange::Reviewer {
            name: name.clone(),
            now: new.is_reviewer(),
        });
    }
    let roles = |person: &Person| {
        let mut roles = person.roles.clone();
        roles.sort_unstable();
        roles
    };
    let exam = old.is_reviewer() && new.is_reviewer() && old.passed_on() != new.passed_on();
    let of = |person: &Person| match &person.standing {
        Standing::Guide { of } => of.clone(),
        Standing::Helper { .. } => None,
    };
    if exam || roles(old) != roles(new) || of(old) != of(new) {
        out.push(RosterChange::Details { name });
    }
}

/// Those who stayed in an office, in their old and their new order.
fn reordered((before, _): Side<'_>, (after, new): Side<'_>, pairs: &[(&Person, &Person)], out: &mut Vec<RosterChange>) {
    for office in after.offices_of(new.id) {
        let stayed = |(old, now): &&(&Person, &Person)| {
            now.is_helper() && now.office == office.id && office_name(before, old.office) == office.name
        };
        let mut order: Vec<(Option<usize>, Option<usize>)> = pairs
            .iter()
            .filter(stayed)
            .map(|(old, now)| (seat(after, now.id), seat(before, old.id)))
            .collect();
        order.sort_unstable();
        if !order.is_sorted_by_key(|(_, old)| *old) {
            out.push(RosterChange::Reordered {
                office: office.name.clone(),
            });
        }
    }
}

fn seat(roster: &Roster, id: PersonId) -> Option<usize> {
    roster.people.iter().position(|person| person.id == id)
}

fn office_name(roster: &Roster, id: OfficeId) -> String {
    roster.office(id).map(|office| office.name.clone()).unwrap_or_default()
}

/// Leave and cover of files; what was asked for in chat stays and is no difference.
fn away((before, old): Side<'_>, (after, new): Side<'_>, out: &mut Vec<RosterChange>) {
    let (was, is) = (away::rows(before, old.id), away::rows(after, new.id));
    let lacks = |rows: &[Away], row: &Away| !rows.iter().any(|other| other.same(row));
    let left = was.iter().filter(|row| row.from_file && lacks(&is, row));
    out.extend(left.cloned().map(RosterChange::AwayLeft));
    let came = is.iter().filter(|row| row.from_file && lacks(&was, row));
    out.extend(came.cloned().map(RosterChange::AwayCame));
}

/// One row of a duty plan by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub office: Option<String>,
    pub span: Span,
    pub helpers: Vec<String>,
}

/// The duty plan by name.
pub(super) fn rota((roster, bureau): Side<'_>) -> Vec<Shift> {
    let name = |id: &PersonId| roster.person(*id).map(|person| person.name.clone()).unwrap_or_default();
    let rows = roster.duty_of(bureau.id);
    rows.map(|row| Shift {
        office: row.office.map(|office| office_name(roster, office)),
        span: row.span,
        helpers: row.helpers.iter().map(name).collect(),
    })
    .collect()
}

#[cfg(test)]
mod tests;
