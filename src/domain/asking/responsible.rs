//! 首问负责、一帮到底 (许工商〔2018〕103号 三(三)3): at every moment somebody answers for each open question.

use crate::clock::Millis;
use crate::domain::asking::question::{Question, State};
use crate::domain::duty::{self, Post};
use crate::domain::roster::city::City;
use crate::domain::roster::people::{BureauId, Person, PersonId, Roster};
use crate::domain::time::calendar::LocalTime;

/// Who answers for a question now: whoever has it or was asked and is there, else the helper on duty, else anybody
/// who could. None only for a question that is over, or for a roster without helpers.
pub fn responsible(question: &Question, city: &City, now: Millis, time: LocalTime<'_>) -> Option<PersonId> {
    let roster: &Roster = city;
    let here = |person: &PersonId| is_here(roster, *person, now);
    let named = match &question.state {
        State::Waiting { duty, .. } => {
            duty.filter(|person| duty::may_be_on_duty(roster, question.bureau, *person, now, time))
        }
        State::Claimed { by, at, .. } => Some(*by).filter(|by| keeps(roster, *by, *at, now)),
        State::Replied { by, .. } => Some(*by).filter(here),
        State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } => {
            question.first_helper.filter(here)
        }
        State::Ended { .. } => return None,
    };
    named
        .or_else(|| duty::on_duty(city, post(question, roster, now, time), now, 0, time).helper())
        .or_else(|| anybody(city, question.bureau))
}

/// Whose plan answers for a question now: its station's, or its bureau's.
pub fn post(question: &Question, roster: &Roster, now: Millis, time: LocalTime<'_>) -> Post {
    duty::post_for(roster, question.bureau, question.text.as_str(), now, time)
}

/// In the roster as a helper, and not on leave.
pub fn is_here(roster: &Roster, person: PersonId, now: Millis) -> bool {
    let helps = roster.person(person).is_some_and(Person::is_helper);
    helps && roster.changes.leave_of(person, now).is_none()
}

/// Whether whoever claimed a question at `claimed` still has it: not once they left the roster, or a leave began after
/// the claim. Who claims while on leave wants to.
pub fn keeps(roster: &Roster, by: PersonId, claimed: Millis, now: Millis) -> bool {
    let helps = roster.person(by).is_some_and(Person::is_helper);
    let leaves = roster.changes.leaves.iter().filter(|leave| leave.person == by);
    let mut began_since = leaves.filter(|leave| claimed < leave.from && leave.from <= now && now < leave.until);
    helps && began_since.next().is_none()
}

/// A helper of the bureau, else of the city desk, else of any bureau: where the duty plan names nobody.
pub fn anybody(city: &City, bureau: BureauId) -> Option<PersonId> {
    let of = |bureau| city.helpers_of(bureau).next().map(|helper| helper.id);
    let any = || city.people.iter().find(|person| person.is_helper());
    of(bureau)
        .or_else(|| of(city.desk().id))
        .or_else(|| any().map(|helper| helper.id))
}
