//! What a question counts as: its course held against hours, limits and the roster. Everything here is computed when it
//! is asked for; nothing of it is kept, so that a calendar put right puts the figures right.

use std::collections::HashMap;

use crate::clock::Millis;
use crate::domain::asking::clocks::Clocks;
use crate::domain::asking::rating::Rating;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::supervision::course::{Course, Mark};
use crate::domain::time::ruler::Ruler;

/// Something a question is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fact {
    Asked,
    Sure,
    Unsolved,
    Handed,
    HandedByBot,
    HandedByAsker,
    HandedByHelper,
    Claimed,
    Replied,
    /// Known to be in time or late.
    Judged,
    InTime,
    ClaimLate,
    ReplyLate,
    Cross,
    Ended,
    Solved,
    Closed,
    Lapsed,
    Withdrawn,
    /// Ended with an answer.
    Finished,
    AtOnce,
    Twice,
    Rated,
    Good,
    Bad,
    /// A low rating whose follow-up is done, or was due.
    FollowUpDue,
    FollowedUp,
    TookBack,
    Fixed,
    Recalled,
    AgainAfterPublication,
}

/// How many facts there are.
pub const FACTS: usize = 31;

/// All of them, in order.
pub const ALL: [Fact; FACTS] = [
    Fact::Asked,
    Fact::Sure,
    Fact::Unsolved,
    Fact::Handed,
    Fact::HandedByBot,
    Fact::HandedByAsker,
    Fact::HandedByHelper,
    Fact::Claimed,
    Fact::Replied,
    Fact::Judged,
    Fact::InTime,
    Fact::ClaimLate,
    Fact::ReplyLate,
    Fact::Cross,
    Fact::Ended,
    Fact::Solved,
    Fact::Closed,
    Fact::Lapsed,
    Fact::Withdrawn,
    Fact::Finished,
    Fact::AtOnce,
    Fact::Twice,
    Fact::Rated,
    Fact::Good,
    Fact::Bad,
    Fact::FollowUpDue,
    Fact::FollowedUp,
    Fact::TookBack,
    Fact::Fixed,
    Fact::Recalled,
    Fact::AgainAfterPublication,
];

/// What one question counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    facts: u64,
    /// Working time from the hand-over to the claim, ms.
    pub claim: Option<i64>,
    /// Working time from the hand-over to the first answer of a person, ms.
    pub reply: Option<i64>,
}

impl Counted {
    /// Whether it counts under a fact.
    pub fn has(&self, fact: Fact) -> bool {
        self.facts & (1 << fact as u8) != 0
    }

    /// Counts under some facts and nothing else.
    pub fn only(facts: impl IntoIterator<Item = Fact>) -> Counted {
        let mut counted = Counted::default();
        facts.into_iter().for_each(|fact| counted.put(fact, true));
        counted
    }

    fn put(&mut self, fact: Fact, holds: bool) {
        self.facts |= u64::from(holds) << fact as u8;
    }
}

/// How a bureau's questions are judged.
#[derive(Clone, Debug)]
pub struct Yardstick<'a> {
    /// Its working time.
    pub ruler: Ruler<'a>,
    /// Its limits.
    pub clocks: Clocks,
}

/// Everything a question is held against.
#[derive(Clone, Debug)]
pub struct Judge<'a> {
    /// By bureau; a question of another counts nothing.
    pub bureaus: HashMap<BureauId, Yardstick<'a>>,
    /// Where people sit.
    pub homes: HashMap<PersonId, BureauId>,
    /// What is not over lasts until now.
    pub now: Millis,
}

impl Judge<'_> {
    /// What a question counts as, but for whether the list had an entry for it already. None for one that was only
    /// listened to, or whose bureau nobody knows.
    pub fn counted(&self, course: &Course) -> Option<Counted> {
        let yard = self.bureaus.get(&course.bureau)?;
        if course.marks.has(Mark::Observed) {
            return None;
        }
        let mut counted = Counted::default();
        counted.put(Fact::Asked, true);
        counted.put(Fact::Sure, course.marks.has(Mark::Sure));
        counted.put(Fact::Unsolved, course.marks.has(Mark::Unsolved));
        self.handed(&mut counted, course, yard);
        ended(&mut counted, course);
        self.rated(&mut counted, course);
        counted.put(Fact::Twice, course.marks.has(Mark::InformedTwice));
        counted.put(Fact::TookBack, course.marks.has(Mark::TookBack));
        counted.put(Fact::Fixed, course.marks.has(Mark::Fixed));
        counted.put(Fact::Recalled, course.marks.has(Mark::Recalled));
        Some(counted)
    }

    fn handed(&self, counted: &mut Counted, course: &Course, yard: &Yardstick<'_>) {
        let Some(handed) = course.handed else { return };
        counted.put(Fact::Handed, true);
        counted.put(Fact::HandedByBot, course.marks.has(Mark::HandedByBot));
        counted.put(Fact::HandedByAsker, course.marks.has(Mark::HandedByAsker));
        counted.put(Fact::HandedByHelper, course.marks.has(Mark::HandedByHelper));
        counted.claim = course.claimed.map(|claimed| yard.ruler.between(handed, claimed));
        counted.reply = course.replied.map(|replied| yard.ruler.between(handed, replied));
        counted.put(Fact::Claimed, course.claimed.is_some());
        counted.put(Fact::Replied, course.replied.is_some());
        let elsewhere = |person: Option<PersonId>| {
            let home = person.and_then(|person| self.homes.get(&person));
            home.is_some_and(|home| *home != course.bureau)
        };
        counted.put(Fact::Cross, elsewhere(course.helper) || elsewhere(course.last));
        self.limits(counted, course, handed, yard);
    }

    fn limits(&self, counted: &mut Counted, course: &Course, handed: Millis, yard: &Yardstick<'_>) {
        let until = course.ended.unwrap_or(self.now);
        let waited = yard.ruler.between(handed, course.claimed.unwrap_or(until));
        let claim_late = waited > yard.clocks.guidance_ms;
        let worked = course.claimed.map(|claimed| {
            let to = course.replied.unwrap_or(until);
            yard.ruler.between(claimed, to)
        });
        let reply_late = worked.is_some_and(|worked| worked > yard.clocks.first_reply_ms);
        let in_time = course.replied.is_some() && !claim_late && !reply_late;
        counted.put(Fact::ClaimLate, claim_late);
        counted.put(Fact::ReplyLate, reply_late);
        counted.put(Fact::InTime, in_time);
        counted.put(Fact::Judged, in_time || claim_late || reply_late);
    }

    fn rated(&self, counted: &mut Counted, course: &Course) {
        let Some(rating) = course.rating else { return };
        counted.put(Fact::Rated, true);
        counted.put(Fact::Good, rating <= Rating::Content);
        counted.put(Fact::Bad, rating.is_bad());
        let Some(due) = course.review_due else { return };
        let kept = course.review_done.is_some_and(|done| done <= due);
        counted.put(Fact::FollowedUp, kept);
        counted.put(Fact::FollowUpDue, kept || due < self.now);
    }
}

fn ended(counted: &mut Counted, course: &Course) {
    if course.ended.is_none() {
        return;
    }
    let has = |mark| course.marks.has(mark);
    counted.put(Fact::Ended, true);
    counted.put(Fact::Solved, has(Mark::Solved));
    counted.put(Fact::Closed, has(Mark::Closed));
    counted.put(Fact::Lapsed, has(Mark::Lapsed));
    counted.put(Fact::Withdrawn, has(Mark::Withdrawn));
    let finished = has(Mark::Answered) && !has(Mark::Withdrawn);
    counted.put(Fact::Finished, finished);
    counted.put(Fact::AtOnce, finished && has(Mark::FirstHeld));
}
