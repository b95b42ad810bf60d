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
        for helper in shifts
            .iter()
            .filter(|shift| shift.runs(at, time))
            .flat_map(|shift| &shift.helpers)
        {
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
            let Some(from) = time.moment(date, hour * 60) else {
                continue;
            };
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

/// Who of the plan is away in an uncovered stretch, and who could stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relief {
    /// Whose duty it is.
    pub of: PersonId,
    /// Helpers of the bureau who are there and have no duty then, the one with the least duty in the next days first.
    pub by: Vec<PersonId>,
}

/// Who could stand in for an uncovered stretch; none where nobody of the plan is away, so that the plan itself has a hole.
/// `days`: how far ahead everybody's duty is counted.
pub fn relief(
    roster: &Roster,
    bureau: BureauId,
    (from, until): (Millis, Millis),
    (now, days): (Millis, u32),
    time: LocalTime<'_>,
) -> Option<Relief> {
    let time = bureau_time(roster, bureau, time);
    let shifts = shifts(roster, bureau.into());
    let running = shifts.iter().filter(|shift| shift.runs(from, time));
    let mut named = running.flat_map(|shift| &shift.helpers);
    let of = *named.find(|helper| roster.changes.stands(**helper, from).is_none())?;
    let busy = there(roster, bureau, from, time);
    let away = |person: PersonId| {
        let mut leaves = roster.changes.leaves.iter();
        leaves.any(|leave| leave.person == person && leave.from < until && leave.until > from)
    };
    let hours = duty_hours(roster, bureau, now, days, time);
    let free = roster.helpers_of(bureau).map(|helper| helper.id);
    let mut by: Vec<PersonId> = free
        .filter(|id| *id != of && !busy.contains(id) && !away(*id))
        .collect();
    // Of those with as much duty the roster's order stays.
    by.sort_by_key(|id| hours.iter().filter(|other| *other == id).count());
    Some(Relief { of, by })
}

/// Whoever is on duty in each hour of the next days, hour after hour.
fn duty_hours(roster: &Roster, bureau: BureauId, now: Millis, days: u32, time: LocalTime<'_>) -> Vec<PersonId> {
    let hours = (0..i64::from(days) * 24).map(|hour| now.plus(hour * HOUR_MS));
    hours.flat_map(|at| there(roster, bureau, at, time)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::plan::Leave;
    use crate::domain::time::calendar::{Calendar, Year};
    use jiff::civil::{DateTime, date};
    use jiff::tz::TimeZone;

    const ROSTER: &str = "
city: 示例市
bureaus:
  - {name: 市局, city: true, hours: always}
  - name: 魏都分局
    hours: [{days: [mon, tue, wed, thu, fri], from: '08:30', to: '12:00'}, {days: [mon, tue, wed, thu, fri], from: '14:30', to: '17:30'}]
    offices:
      - {name: 窗口, kind: window, helpers: [{name: 张晓明}, {name: 李强}, {name: 孙丽}]}
    duty:
      - {days: [mon, tue, wed, thu, fri], from: '08:30', to: '12:00', helpers: [张晓明]}
      - {days: [mon, tue, wed, thu, fri], from: '14:30', to: '17:30', helpers: [张晓明, 李强]}
";

    /// 6 questions come between 9 and 10 on a Monday, 2 between 10 and 11.
    fn curve() -> Curve {
        let mut curve = Curve::default();
        (curve.0[0][9], curve.0[0][10]) = (6.0, 2.0);
        curve
    }

    #[test]
    fn hours_with_too_few_are_seen_ahead_with_who_could_stand_in() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let mut calendar = Calendar::default();
        // The second Monday is a holiday, the Saturday before it is worked as a Friday.
        let (holidays, makeup) = ([date(2026, 11, 30)].into(), [date(2026, 11, 28)].into());
        calendar.set(2026, Year { holidays, makeup });
        let time = LocalTime::new(&zone, &calendar);
        let at = |written: &str| {
            let local: DateTime = written.parse().unwrap();
            crate::domain::time::zone::moment(&zone, local).unwrap()
        };
        let read = crate::roster::read_str(ROSTER, std::path::Path::new("r.yaml"), &zone);
        let mut roster = read.unwrap().roster;
        let weidu = roster.bureau_named("魏都分局").unwrap().id;
        let [zhang, li, sun] = ["张晓明", "李强", "孙丽"].map(|name| roster.people_named(name).next().unwrap().id);
        let now = at("2026-11-23T08:00");
        let overloaded = |day: &str| Stretch {
            from: at(&format!("{day}T09:00")),
            until: at(&format!("{day}T10:00")),
            expected: 6.0,
            tight: Tight::Overloaded { there: 1 },
        };
        assert_eq!(
            ahead(&roster, weidu, now, 13, &curve(), time),
            [overloaded("2026-11-23")]
        );
        let (from, until) = (at("2026-11-23T00:00"), at("2026-11-24T00:00"));
        roster.changes.leaves.push(Leave {
            id: 1,
            person: zhang,
            from,
            until,
            from_file: false,
        });
        let uncovered = Stretch {
            from: at("2026-11-23T08:30"),
            until: at("2026-11-23T12:00"),
            expected: 8.0,
            tight: Tight::Uncovered,
        };
        assert_eq!(
            ahead(&roster, weidu, now, 13, &curve(), time),
            [uncovered],
            "李强 is there after noon"
        );
        let relief = relief(&roster, weidu, (uncovered.from, uncovered.until), (now, 14), time);
        assert_eq!(
            relief,
            Some(Relief {
                of: zhang,
                by: vec![sun, li]
            }),
            "孙丽 has no duty at all"
        );
    }
}
