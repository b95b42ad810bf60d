//! What is next for a question, and when: one function for the clock, the queue and whoever writes a question back.

use crate::clock::Millis;
use crate::domain::asking::clocks::{Clocks, Nudge, Rung, Working};
use crate::domain::asking::question::{Question, RELEASE_MS, State};
use crate::domain::asking::responsible;
use crate::domain::roster::people::{PersonId, Roster};

/// A question said to have been heard this far in the future was written while the clock was wrong.
pub const CLOCK_SLACK_MS: i64 = 10 * 60_000;

/// What time asks of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// The burst is over.
    HandOver,
    /// Nobody said anything more.
    Lapse,
    /// Nobody claims it.
    Climb(Rung),
    /// Nobody replies.
    Nudge(Nudge),
    /// Its helper is away or gone.
    Release,
    /// It can no longer be put back.
    Keep,
    /// It was written while the clock was wrong.
    PutRight,
}

/// What the next move depends on besides the question.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub now: Millis,
    /// The clock is believed.
    pub believed: bool,
    pub roster: &'a Roster,
    /// The limits of its bureau.
    pub clocks: Clocks,
    /// The working time of whoever must act on it.
    pub working: Working<'a>,
}

/// The next move and its moment: due if that is not after `now`, and then doing it makes progress. None: only people
/// move it.
pub fn next(question: &Question, around: &Around<'_>) -> Option<(Millis, Move)> {
    let Around { now, believed, .. } = *around;
    if believed && question.open() && latest(question) > now.plus(CLOCK_SLACK_MS) {
        return Some((now, Move::PutRight));
    }
    match &question.state {
        State::Gathering { until } => Some((*until, Move::HandOver)),
        State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. } => {
            Some((*until, Move::Lapse))
        }
        State::Waiting { since, rung, .. } => climb(*since, *rung, around),
        State::Claimed {
            by, at, nudge, kept, ..
        } => claimed(*by, *at, *nudge, *kept, around),
        State::Ended { .. } => None,
    }
}

/// The latest moment a question knows of that was past when it was written.
fn latest(question: &Question) -> Millis {
    match &question.state {
        State::Waiting { since: at, .. } | State::Claimed { at, .. } => question.heard_at.max(*at),
        State::Gathering { .. }
        | State::Suggested { .. }
        | State::Answered { .. }
        | State::Replied { .. }
        | State::Ended { .. } => question.heard_at,
    }
}

/// Nobody is called outside duty time, however late the clock comes; after a pause only the highest rung speaks.
fn climb(since: Millis, rung: Rung, around: &Around<'_>) -> Option<(Millis, Move)> {
    let Around {
        now, clocks, working, ..
    } = around;
    let due = |rung| working.open_from(clocks.due(rung, since, *working).max(*now));
    let mut next = clocks.next_rung(rung)?;
    while let Some(higher) = clocks.next_rung(next).filter(|higher| due(*higher) <= *now) {
        next = higher;
    }
    Some((due(next), Move::Climb(next)))
}

fn claimed(by: PersonId, at: Millis, nudge: Nudge, kept: bool, around: &Around<'_>) -> Option<(Millis, Move)> {
    let Around {
        now,
        roster,
        clocks,
        working,
        ..
    } = around;
    if !responsible::keeps(roster, by, at, *now) {
        return Some((*now, Move::Release));
    }
    let keep = (!kept).then_some((at.plus(RELEASE_MS + 1), Move::Keep));
    let nudged = clocks.next_nudge(nudge, at, *working);
    let nudged = nudged.map(|(nudge, due)| (working.open_from(due.max(*now)), Move::Nudge(nudge)));
    let leave = roster.changes.next_leave(by, *now).map(|at| (at, Move::Release));
    keep.into_iter().chain(nudged).chain(leave).min()
}

/// When something must have happened: all helpers are called, the first reply is overdue, or an answer lapses. None
/// where nobody waits for a helper.
pub fn deadline(question: &Question, around: &Around<'_>) -> Option<Millis> {
    let Around { clocks, working, .. } = around;
    let after = |from: Millis, limit: i64| working.hours.after(from, limit, working.time);
    match &question.state {
        State::Waiting { since, .. } => Some(after(*since, clocks.all_helpers_ms)),
        State::Claimed { at, .. } => Some(after(*at, clocks.first_reply_ms)),
        State::Replied { until, .. } => Some(*until),
        State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Ended { .. } => None,
    }
}

#[cfg(test)]
mod tests;
