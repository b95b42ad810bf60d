//! What a bureau would lose by a new roster: the guard that goes on when people leave.

use crate::domain::roster::changes::{Side, rota};
use crate::domain::roster::form::same_name;
use crate::domain::roster::people::{BureauId, Office, Person, PersonId, Role, Roster};
use crate::domain::time::hours::Span;

/// What a bureau would lack afterwards and had before (许工商〔2018〕103号 附件注, 三(三)2, 三(三)3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// An office has fewer helpers than before, and fewer than it needs.
    Below {
        place: String,
        had: usize,
        has: usize,
        needs: usize,
    },
    /// No helper at all is left in the bureau.
    NobodyIn { bureau: String },
    /// Nobody of a duty shift is left; it goes from the plan.
    NobodyOnDuty {
        place: String,
        span: Span,
        names: Vec<String>,
    },
    /// Somebody left a shift that others still stand in.
    FewerOnDuty { place: String, span: Span, name: String },
    /// A 审核员 is no longer a helper.
    ReviewerGone { bureau: String, name: String },
    /// The last holder of a role that the bureau, or the whole city, had.
    LastOfRole { bureau: String, name: String, role: Role },
}

impl Loss {
    /// Whether it is taken over only when it is expressly wanted.
    pub fn needs_force(&self) -> bool {
        match self {
            Loss::Below { .. } | Loss::NobodyIn { .. } | Loss::NobodyOnDuty { .. } | Loss::LastOfRole { .. } => true,
            Loss::FewerOnDuty { .. } | Loss::ReviewerGone { .. } => false,
        }
    }
}

/// Everything that gets worse. A bureau that is not in `after` is a change, not a loss.
pub fn losses(before: &Roster, after: &Roster) -> Vec<Loss> {
    let mut losses = Vec::new();
    for old in &before.bureaus {
        let Some(new) = after.bureaus.iter().find(|new| new.name == old.name) else {
            continue;
        };
        below((before, old), (after, new), &mut losses);
        on_duty((before, old), (after, new), &mut losses);
        standing((before, old), (after, new), &mut losses);
    }
    let holds = |roster: &Roster, role| roster.people.iter().any(|person| person.has(role));
    for role in [Role::Admin, Role::Editor, Role::Approver, Role::Supervisor] {
        if holds(before, role) && !holds(after, role) {
            let last = before.people.iter().find(|person| person.has(role));
            losses.extend(last.map(|person| Loss::LastOfRole {
                bureau: bureau_name(before, person.bureau),
                name: person.name.clone(),
                role,
            }));
        }
    }
    losses
}

fn bureau_name(roster: &Roster, id: BureauId) -> String {
    roster.bureau(id).map(|bureau| bureau.name.clone()).unwrap_or_default()
}

fn below((before, old): Side<'_>, (after, new): Side<'_>, out: &mut Vec<Loss>) {
    let count = |roster: &Roster, office: &Office| {
        let helpers = roster.helpers_of(office.bureau);
        helpers.filter(|person| person.office == office.id).count()
    };
    for office in after.offices_of(new.id) {
        let Some(was) = before.offices_of(old.id).find(|was| was.name == office.name) else {
            continue;
        };
        let (had, has, needs) = (count(before, was), count(after, office), office.kind.least_helpers());
        if has < had && has < needs {
            out.push(Loss::Below {
                place: format!("{}{}", new.name, office.name),
                had,
                has,
                needs,
            });
        }
    }
    if before.helpers_of(old.id).next().is_some() && after.helpers_of(new.id).next().is_none() {
        out.push(Loss::NobodyIn {
            bureau: new.name.clone(),
        });
    }
}

fn on_duty((before, old): Side<'_>, (after, new): Side<'_>, out: &mut Vec<Loss>) {
    let plan = rota((after, new));
    let here = |name: &str| after.helpers_of(new.id).any(|person| same_name(&person.name, name));
    let renamed = |id: &PersonId| {
        let number = before.person(*id).and_then(|person| person.mobile.clone());
        number.is_some() && after.helpers_of(new.id).any(|person| person.mobile == number)
    };
    for row in before.duty_of(old.id) {
        let gone = |id: &&PersonId| {
            before
                .person(**id)
                .is_some_and(|person| !here(&person.name) && !renamed(id))
        };
        let names: Vec<String> = row
            .helpers
            .iter()
            .filter(gone)
            .filter_map(|id| Some(before.person(*id)?.name.clone()))
            .collect();
        let office = row
            .office
            .and_then(|id| before.office(id))
            .map(|office| office.name.clone());
        let stands = plan
            .iter()
            .any(|shift| shift.office == office && shift.span == row.span && !shift.helpers.is_empty());
        let place = format!("{}{}", new.name, office.unwrap_or_default());
        if names.is_empty() {
            continue;
        }
        if stands {
            out.extend(names.into_iter().map(|name| Loss::FewerOnDuty {
                place: place.clone(),
                span: row.span,
                name,
            }));
        } else {
            out.push(Loss::NobodyOnDuty {
                place,
                span: row.span,
                names,
            });
        }
    }
}

/// Reviewers and bureau administrators who left.
fn standing((before, old): Side<'_>, (after, new): Side<'_>, out: &mut Vec<Loss>) {
    let here = |person: &Person| {
        let mut helpers = after.helpers_of(new.id);
        helpers.any(|other| {
            same_name(&other.name, &person.name) || (person.mobile.is_some() && other.mobile == person.mobile)
        })
    };
    let gone = before
        .helpers_of(old.id)
        .filter(|person| person.is_reviewer() && !here(person));
    out.extend(gone.map(|person| Loss::ReviewerGone {
        bureau: new.name.clone(),
        name: person.name.clone(),
    }));
    if after.admins_of(new.id).next().is_none() {
        out.extend(before.admins_of(old.id).last().map(|person| Loss::LastOfRole {
            bureau: new.name.clone(),
            name: person.name.clone(),
            role: Role::BureauAdmin,
        }));
    }
}

#[cfg(test)]
mod tests;
