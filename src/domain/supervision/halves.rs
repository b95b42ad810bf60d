//! 缺岗半天: half-days of working time in which the duty plan leaves somebody's place empty.

use crate::clock::Millis;
use crate::domain::duty::bureau_time;
use crate::domain::duty::coverage::{Gap, gaps};
use crate::domain::roster::people::{BureauId, Roster};
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::ruler::Ruler;

const DAY_MS: i64 = 86_400_000;
/// Where a day is halved, in minutes.
const NOON: u16 = 720;

/// Half-days with working time from one moment to another, and how many of them have some that nobody of the plan covers:
/// uncovered, all.
pub fn uncovered(roster: &Roster, bureau: BureauId, from: Millis, until: Millis, time: LocalTime<'_>) -> (u64, u64) {
    let Some(hours) = roster.bureau(bureau).map(|bureau| &bureau.hours) else {
        return (0, 0);
    };
    let own = bureau_time(roster, bureau, time);
    let ruler = Ruler::new(hours, own, from, until);
    let days = u32::try_from(until.since(from).max(0) / DAY_MS + 1).unwrap_or_default();
    let gaps = gaps(roster, bureau, from, days, time);
    let (mut empty, mut all) = (0, 0);
    let mut day = own.day(from);
    while let Some(date) = day.filter(|date| own.moment(*date, 0).is_some_and(|begin| begin < until)) {
        for (begin, end) in [(0, NOON), (NOON, 1440)] {
            let (Some(begin), Some(end)) = (own.moment(date, begin), own.moment(date, end)) else {
                continue;
            };
            let (begin, end) = (begin.max(from), end.min(until));
            if ruler.between(begin, end) > 0 {
                let open = |gap: &Gap| ruler.between(gap.from.max(begin), gap.until.min(end)) > 0;
                all += 1;
                empty += u64::from(gaps.iter().any(open));
            }
        }
        day = date.tomorrow().ok();
    }
    (empty, all)
}
