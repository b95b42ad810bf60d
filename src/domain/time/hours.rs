//! Hours of the week, and time counted in them: when a bureau is open, and when so many working minutes are over.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::time::calendar::LocalTime;

/// How far ahead the next opening is looked for, in days.
const DAYS_AHEAD: i32 = 14;
/// Beyond this many days working time is counted as plain time: hours that never come.
const MOST_DAYS: i32 = 400;

/// A set of weekdays; bit 0 is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(u8);

impl Days {
    /// Every day of the week.
    pub const ALL: Days = Days(0x7f);

    /// Exactly these days.
    pub fn of(days: &[Weekday]) -> Days {
        Days(days.iter().fold(0, |bits, day| bits | bit(*day)))
    }

    /// Whether `day` is one of them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

/// A part of every year, from one day to another, both included: 夏令时 06-01 to 09-30. It may go over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Season {
    /// Month and day it begins.
    pub from: (i8, i8),
    /// Month and day it ends.
    pub to: (i8, i8),
}

impl Season {
    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        let day = (day.month(), day.day());
        if self.from <= self.to {
            self.from <= day && day <= self.to
        } else {
            day >= self.from || day <= self.to
        }
    }
}

/// The same hours on each of some weekdays, in minutes of the local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// On which weekdays.
    pub days: Days,
    /// From this minute of the day.
    pub from_min: u16,
    /// Up to 1440 (24:00); before `from_min` it is a minute of the next day.
    pub to_min: u16,
    /// Only in this part of the year.
    pub season: Option<Season>,
}

impl Span {
    /// Whether the two run at the same time on some day of some week.
    pub fn overlaps(self, other: Span) -> bool {
        const WEEK: i32 = 7 * 1440;
        let share_a_day = || {
            let days = (0..366).filter_map(|day| Date::constant(2024, 1, 1).checked_add(i64::from(day).days()).ok());
            let within = |season: Option<Season>, day| season.is_none_or(|season| season.contains(day));
            days.into_iter()
                .any(|day| within(self.season, day) && within(other.season, day))
        };
        let meet = |(start, length): (i32, i32), (other_start, other_length): (i32, i32)| {
            let ahead = (other_start - start).rem_euclid(WEEK);
            ahead < length || WEEK - ahead < other_length
        };
        let (own, others) = (self.minutes_of_week(), other.minutes_of_week());
        own.iter().any(|own| others.iter().any(|theirs| meet(*own, *theirs))) && share_a_day()
    }

    /// Each day's stretch as minutes from Monday 0:00, and its length.
    fn minutes_of_week(self) -> Vec<(i32, i32)> {
        let (from, to) = (i32::from(self.from_min), i32::from(self.to_min));
        let length = if to > from { to - from } else { to + 1440 - from };
        let on = |day: &i32| self.days.0 & (1 << day) != 0;
        (0..7).filter(on).map(|day| (day * 1440 + from, length)).collect()
    }

    /// Whether `now` lies in it; one that runs past midnight belongs to the day it began.
    pub fn runs(self, now: Millis, time: LocalTime<'_>) -> bool {
        let Some(today) = time.day(now) else {
            return false;
        };
        [today.yesterday().ok(), Some(today)]
            .into_iter()
            .flatten()
            .filter_map(|day| self.on(day, time))
            .any(|(from, to)| from <= now && now < to)
    }

    /// When it next begins after `now`, within fourteen days.
    pub fn next_start(self, now: Millis, time: LocalTime<'_>) -> Option<Millis> {
        let today = time.day(now)?;
        (0..=DAYS_AHEAD)
            .filter_map(|ahead| today.checked_add(ahead.days()).ok())
            .filter_map(|day| self.on(day, time))
            .map(|(from, _)| from)
            .find(|from| *from > now)
    }

    /// Its beginning and end on `day`, if it is one of its days.
    pub fn on(self, day: Date, time: LocalTime<'_>) -> Option<(Millis, Millis)> {
        if !self.days.contains(time.follows(day)?) || self.season.is_some_and(|season| !season.contains(day)) {
            return None;
        }
        let end_day = if self.to_min < self.from_min {
            day.tomorrow().ok()?
        } else {
            day
        };
        Some((time.moment(day, self.from_min)?, time.moment(end_day, self.to_min)?))
    }
}

/// When a bureau works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Day and night; ignores weekends and holidays.
    Always,
    /// These hours of the week.
    Weekly(Vec<Span>),
}

impl Hours {
    /// Whether somebody is there.
    pub fn open(&self, now: Millis, time: LocalTime<'_>) -> bool {
        match self {
            Hours::Always => true,
            Hours::Weekly(spans) => spans.iter().any(|span| span.runs(now, time)),
        }
    }

    /// `now` if somebody is there, else when somebody is next; none within fourteen days.
    pub fn opens(&self, now: Millis, time: LocalTime<'_>) -> Option<Millis> {
        match self {
            Hours::Weekly(spans) if !self.open(now, time) => {
                spans.iter().filter_map(|span| span.next_start(now, time)).min()
            }
            Hours::Always | Hours::Weekly(_) => Some(now),
        }
    }

    /// When `ms` of working time after `from` are over: a moment within the hours, so that what ends with the day is due
    /// when the next begins. Hours that never come count as plain time.
    pub fn after(&self, from: Millis, ms: i64, time: LocalTime<'_>) -> Millis {
        let mut left = ms;
        for (start, end) in self.stretches(from, time) {
            let start = start.max(from);
            if end.since(start) > left {
                return start.plus(left);
            }
            left -= end.since(start);
        }
        from.plus(ms)
    }

    /// Working time from one moment to another, ms.
    pub fn between(&self, from: Millis, to: Millis, time: LocalTime<'_>) -> i64 {
        self.stretches(from, time)
            .take_while(|(start, _)| *start < to)
            .map(|(start, end)| end.min(to).since(start.max(from)))
            .sum()
    }

    /// Stretches of working time that end after `from`, in order, none touching another.
    pub(super) fn stretches<'a>(
        &'a self,
        from: Millis,
        time: LocalTime<'a>,
    ) -> impl Iterator<Item = (Millis, Millis)> + 'a {
        let first = time.day(from).and_then(|day| day.yesterday().ok()).unwrap_or(Date::MIN);
        let always = matches!(self, Hours::Always).then_some((from, Millis(i64::MAX)));
        let days = (0..MOST_DAYS).filter_map(move |ahead| first.checked_add(ahead.days()).ok());
        let spans: &[Span] = match self {
            Hours::Always => &[],
            Hours::Weekly(spans) => spans,
        };
        let weekly = days.flat_map(move |day| merged(spans, day, time));
        // A stretch that ran past midnight may reach into the next day's first one.
        let mut last = from;
        always.into_iter().chain(weekly).filter_map(move |(start, end)| {
            let start = start.max(last);
            last = last.max(end);
            (start < end).then_some((start, end))
        })
    }
}

/// A day's spans in order, overlapping ones as one.
fn merged(spans: &[Span], day: Date, time: LocalTime<'_>) -> Vec<(Millis, Millis)> {
    let mut found: Vec<(Millis, Millis)> = spans.iter().filter_map(|span| span.on(day, time)).collect();
    found.sort_unstable();
    let mut merged: Vec<(Millis, Millis)> = Vec::with_capacity(found.len());
    for (start, end) in found {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::calendar::{Calendar, Year};
    use jiff::civil::{DateTime, date};
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    const WORKDAYS: [Weekday; 5] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
    ];
    const MINUTE: i64 = 60_000;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    /// 2026-11-23 is a Monday.
    fn at(written: &str) -> Millis {
        let local: DateTime = written.parse().unwrap();
        Millis(zone().to_zoned(local).unwrap().timestamp().as_millisecond())
    }

    fn span(from_min: u16, to_min: u16) -> Span {
        Span {
            days: Days::of(&WORKDAYS),
            from_min,
            to_min,
            season: None,
        }
    }

    fn office() -> Hours {
        Hours::Weekly(vec![span(510, 720), span(870, 1050)])
    }

    fn calendar() -> Calendar {
        let mut calendar = Calendar::default();
        let year = Year {
            holidays: [date(2026, 11, 25)].into(),
            makeup: [date(2026, 11, 28)].into(),
        };
        calendar.set(2026, year);
        calendar
    }

    #[test]
    fn working_minutes_wait_for_the_morning_the_weekend_and_the_holiday() {
        let (zone, calendar) = (zone(), calendar());
        let time = LocalTime::new(&zone, &calendar);
        for (from, minutes, expected) in [
            ("2026-11-23T10:00", 3, "2026-11-23T10:03"),
            ("2026-11-23T11:58", 3, "2026-11-23T14:31"),
            ("2026-11-23T20:00", 3, "2026-11-24T08:33"),
            ("2026-11-23T12:00", 0, "2026-11-23T14:30"),
            ("2026-11-24T17:29", 2, "2026-11-26T08:31"),
            ("2026-11-27T17:00", 60, "2026-11-28T09:00"),
            ("2026-11-28T17:30", 10, "2026-11-30T08:40"),
        ] {
            let due = office().after(at(from), minutes * MINUTE, time);
            assert_eq!(due, at(expected), "{from} + {minutes}");
            assert_eq!(office().between(at(from), due, time), minutes * MINUTE, "{from}");
        }
        assert_eq!(
            Hours::Always.after(at("2026-11-25T03:00"), MINUTE, time),
            at("2026-11-25T03:01")
        );
        let never = Hours::Weekly(vec![]);
        assert_eq!(
            never.after(at("2026-11-25T03:00"), MINUTE, time),
            at("2026-11-25T03:01")
        );
        assert_eq!(never.opens(at("2026-11-25T03:00"), time), None);
    }

    #[test]
    fn summer_and_winter_have_their_own_hours() {
        let (zone, calendar) = (zone(), Calendar::default());
        let time = LocalTime::new(&zone, &calendar);
        let summer = Season {
            from: (6, 1),
            to: (9, 30),
        };
        let winter = Season {
            from: (10, 1),
            to: (5, 31),
        };
        let seasonal = |from, to, season| Span {
            season: Some(season),
            ..span(from, to)
        };
        let hours = Hours::Weekly(vec![seasonal(870, 1050, summer), seasonal(840, 1020, winter)]);
        assert_eq!(hours.opens(at("2026-07-01T12:00"), time), Some(at("2026-07-01T14:30")));
        assert_eq!(hours.opens(at("2026-12-01T12:00"), time), Some(at("2026-12-01T14:00")));
        assert_eq!(hours.opens(at("2026-09-30T18:00"), time), Some(at("2026-10-01T14:00")));
    }

    #[test]
    fn shifts_that_run_at_the_same_time_overlap() {
        let on = |days: Days, from, to| Span { days, ..span(from, to) };
        let week = Days::of(&[jiff::civil::Weekday::Monday, jiff::civil::Weekday::Sunday]);
        assert!(span(510, 720).overlaps(span(700, 800)));
        assert!(!span(510, 720).overlaps(span(720, 800)), "one ends as the other begins");
        assert!(
            on(week, 1320, 120).overlaps(on(Days::of(&[jiff::civil::Weekday::Monday]), 60, 90)),
            "over midnight"
        );
        assert!(!on(week, 510, 720).overlaps(on(Days::of(&[jiff::civil::Weekday::Tuesday]), 510, 720)));
        let (summer, winter) = (
            Season {
                from: (6, 1),
                to: (9, 30),
            },
            Season {
                from: (10, 1),
                to: (5, 31),
            },
        );
        let in_season = |season| Span {
            season: Some(season),
            ..span(510, 720)
        };
        assert!(!in_season(summer).overlaps(in_season(winter)));
        assert!(in_season(summer).overlaps(span(510, 720)));
    }

    #[test]
    fn a_night_shift_and_overlapping_hours_count_once() {
        let (zone, calendar) = (zone(), Calendar::default());
        let time = LocalTime::new(&zone, &calendar);
        let hours = Hours::Weekly(vec![span(1320, 120), span(60, 180), span(90, 240)]);
        let (from, to) = (at("2026-11-23T22:00"), at("2026-11-24T06:00"));
        assert_eq!(hours.between(from, to, time), 6 * 60 * MINUTE);
    }

    proptest! {
        #[test]
        fn time_added_is_time_counted(start in 0i64..20_000_000, minutes in 0i64..3_000, from in 0u16..1_440, to in 0u16..1_440) {
            let (zone, calendar) = (zone(), calendar());
            let time = LocalTime::new(&zone, &calendar);
            prop_assume!(from != to);
            let hours = Hours::Weekly(vec![span(from, to), span(510, 720)]);
            let start = Millis(1_793_000_000_000 + start * 1_000);
            let due = hours.after(start, minutes * MINUTE, time);
            prop_assert!(due >= start);
            prop_assert_eq!(hours.between(start, due, time), minutes * MINUTE);
            prop_assert!(hours.open(due, time));
        }
    }
}
