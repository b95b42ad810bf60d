//! What comes to helpers by the hour of the week, held against who is there for it in the next days.

use jiff::ToSpan as _;

use super::{Post, bureau_time, coverage, shifts};
use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, PersonId, Roster};
use crate::domain::time::calendar::LocalTime;

/// More questions an hour than this, for each helper who is there, are more than they can answer well: 15 minutes for
/// one, half of the 30 in which the first reply must come (PRODUCT §2.3).
pub const MOST_EACH: f64 = 4.0;

const HOUR_MS: i64 = 3_600_000;

/// Questions handed to helpers on average in each hour of the week; Monday first, local hours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve(pub [[f64; 24]; 7]);

/// What is wrong with a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tight {
    /// Nobody of the plan is there.
    Uncovered,
    /// So many are there, for more questions an hour than [`MOST_EACH`] each.
    Overloaded { there: usize },
}

/// A stretch of the next days in which there are too few.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// From when.
    pub from: Millis,
    /// Until when.
    pub until: Millis,
    /// Questions expected in the whole of it.
    pub expected: f64,
    /// How there are too few.
    pub tight: Tight,
}

/// Everybody of a bureau's plans, its own and its offices', who is there at a moment: in the order of the plan, each once.
pub fn there(roster: &Roster, bureau: BureauId, at: Millis, time: LocalTime<'_>) -> Vec<PersonId> {
    let time = bureau_time(roster, bureau, time);
    let mut there = Vec::new();
    for office in coverage::plans(roster, bureau) {
        let shifts = shifts(roster, Post { bureau, office });
        for helper in shifts.iter().filter(|shift| shift.runs(at, time)).flat_map(|shift| &shift.helpers) {
            if let Some(stands) = roster.changes.stands(*helper, at)
                && !there.contains(&stands)
            {
                there.push(stands);
            }
        }
    }
    there
}

/// Where a bureau has too few helpers in the next `days` days, in order of time. Uncovered stretches end where the plan
/// says, overloaded ones with the hour.
pub fn ahead(
    roster: &Roster,
    bureau: BureauId,
    now: Millis,
    days: u32,
    curve: &Curve,
    time: LocalTime<'_>,
) -> Vec<Stretch> {
    let time = bureau_time(roster, bureau, time);
    let gaps = coverage::gaps(roster, bureau, now, days, time);
    let of_bureau = gaps.iter().filter(|gap| gap.office.is_none());
    let mut stretches: Vec<Stretch> = of_bureau
        .map(|gap| Stretch {
            from: gap.from,
            until: gap.until,
            expected: 0.0,
            tight: Tight::Uncovered,
        })
        .collect();
    let Some(today) = time.day(now) else { return stretches };
    for date in (0..=i64::from(days)).filter_map(|ahead| today.checked_add(ahead.days()).ok()) {
        let Some(follows) = time.follows(date) else { continue };
        let weekday = usize::try_from(follows.to_monday_zero_offset()).unwrap_or_default();
        for hour in 0..24_u16 {
            let load = curve.0[weekday][usize::from(hour)];
            let Some(from) = time.moment(date, hour * 60) else { continue };
            let until = from.plus(HOUR_MS);
            if from < now || load == 0.0 {
                continue;
            }
            expect(&mut stretches, (from, until), load);
            let there = there(roster, bureau, from.plus(HOUR_MS / 2 - 60_000), time).len();
            // Lossless: nobody has 2^32 helpers.
            let each = load / f64::from(u32::try_from(there).unwrap_or(u32::MAX));
            if there > 0 && each > MOST_EACH {
                stretches.push(Stretch {
                    from,
                    until,
                    expected: load,
                    tight: Tight::Overloaded { there },
                });
            }
        }
    }
    stretches.sort_by_key(|stretch| (stretch.from, stretch.until));
    joined(stretches)
}

/// Adds what is expected of an hour to the uncovered stretches that it is in, by their share of it.
#[expect(clippy::cast_precision_loss, reason = "parts of an hour in ms are far below 2^52")]
fn expect(stretches: &mut [Stretch], (from, until): (Millis, Millis), load: f64) {
    for stretch in stretches.iter_mut().filter(|stretch| stretch.tight == Tight::Uncovered) {
        let within = stretch.until.min(until).since(stretch.from.max(from));
        stretch.expected += load * within.max(0) as f64 / HOUR_MS as f64;
    }
}

/// Overloaded hours that follow each other, with as many there, are one stretch.
fn joined(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if last.until == stretch.from && last.tight == stretch.tight => {
                last.until = stretch.until;
                last.expected += stretch.expected;
            }
            _ => joined.push(stretch),
        }
    }
    joined
}
