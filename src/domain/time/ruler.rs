//! Working time measured many times over: hours laid out once, then read by two searches a stretch.

use crate::clock::Millis;
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::hours::Hours;

/// The working time of some hours between two moments. What reaches beyond them is counted from the hours themselves.
#[derive(Clone, Debug)]
pub struct Ruler<'a> {
    hours: &'a Hours,
    time: LocalTime<'a>,
    from: Millis,
    until: Millis,
    /// Each stretch: its beginning, its end, and the working time before it, ms.
    stretches: Vec<(i64, i64, i64)>,
}

impl<'a> Ruler<'a> {
    /// Lays `hours` out from one moment to another.
    pub fn new(hours: &'a Hours, time: LocalTime<'a>, from: Millis, until: Millis) -> Ruler<'a> {
        let mut before = 0;
        let laid = hours.stretches(from, time).take_while(|(start, _)| *start < until);
        let stretches = laid.map(|(start, end)| {
            let stretch = (start.0, end.0, before);
            before += end.since(start);
            stretch
        });
        Ruler {
            hours,
            time,
            from,
            until,
            stretches: stretches.collect(),
        }
    }

    /// Working time from one moment to another, ms; none where the second is not after the first (a clock that was set
    /// back). The same as [`Hours::between`].
    pub fn between(&self, from: Millis, to: Millis) -> i64 {
        if to <= from {
            return 0;
        }
        if from < self.from || to > self.until {
            return self.hours.between(from, to, self.time);
        }
        self.upto(to) - self.upto(from)
    }

    fn upto(&self, at: Millis) -> i64 {
        let after = self.stretches.partition_point(|(start, _, _)| *start < at.0);
        match after.checked_sub(1).map(|last| self.stretches[last]) {
            Some((start, end, before)) => before + at.0.min(end) - start,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::calendar::{Calendar, Year};
    use crate::domain::time::hours::{Days, Span};
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ruler_measures_what_the_hours_count(
            start in 0i64..4_000_000, length in -200_000i64..1_500_000, from in 0u16..1_440, to in 0u16..1_440, west in proptest::bool::ANY,
        ) {
            prop_assume!(from != to);
            let zone = TimeZone::get(if west { "America/New_York" } else { "Asia/Shanghai" }).unwrap();
            let mut calendar = Calendar::default();
            calendar.set(2026, Year { holidays: [date(2026, 11, 9)].into(), makeup: [date(2026, 11, 8)].into() });
            let days = Days::of(&[jiff::civil::Weekday::Monday, jiff::civil::Weekday::Wednesday, jiff::civil::Weekday::Friday]);
            let span = |from_min, to_min| Span { days, from_min, to_min, season: None };
            let hours = Hours::Weekly(vec![span(from, to), span(510, 720)]);
            let time = LocalTime::new(&zone, &calendar);
            let begin = Millis(1_793_000_000_000);
            let ruler = Ruler::new(&hours, time, begin, begin.plus(4_000_000_000));
            let (one, other) = (begin.plus(start * 1_000), begin.plus((start + length) * 1_000));
            let counted = if other <= one { 0 } else { hours.between(one, other, time) };
            prop_assert_eq!(ruler.between(one, other), counted);
            let always = Hours::Always;
            let ruler = Ruler::new(&always, time.without_holidays(), begin, begin.plus(4_000_000_000));
            prop_assert_eq!(ruler.between(one, other), other.since(one).max(0));
        }
    }
}
