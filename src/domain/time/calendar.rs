//! Which days are worked: public holidays and make-up workdays (调休) of the years whose calendar is known, and the
//! local time in which hours are written.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::clock::Millis;
use crate::domain::time::zone;

/// The days that differ from the ordinary week as one year's notice has them; over New Year it may name days of the
/// year before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// Days off although they may be weekdays.
    pub holidays: BTreeSet<Date>,
    /// Weekend days that are worked instead.
    pub makeup: BTreeSet<Date>,
}

/// The years that are known. Without its year a day counts by its weekday alone, which is said loudly elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, Year>,
}

impl Calendar {
    /// Adds a year, or takes another one's place.
    pub fn set(&mut self, year: i16, days: Year) {
        self.years.insert(year, days);
    }

    /// Whether the calendar of a year is known.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// The weekday whose hours a day follows; none on a public holiday. A make-up workday follows Friday's.
    pub fn follows(&self, day: Date) -> Option<Weekday> {
        // Of two notices that name a day the later one counts.
        let notices = [day.year().saturating_add(1), day.year(), day.year().saturating_sub(1)];
        let named = notices.iter().filter_map(|year| self.years.get(year)).find_map(|year| {
            let off = year.holidays.contains(&day).then_some(None);
            off.or_else(|| year.makeup.contains(&day).then_some(Some(Weekday::Friday)))
        });
        named.unwrap_or(Some(day.weekday()))
    }

    /// Whether people work on a day in general: Monday to Friday, but holidays and make-up workdays.
    pub fn workday(&self, day: Date) -> bool {
        self.follows(day)
            .is_some_and(|weekday| !matches!(weekday, Weekday::Saturday | Weekday::Sunday))
    }

    /// The day on which `count` workdays after `from` are over; `from` itself does not count.
    pub fn workdays_after(&self, from: Date, count: u32) -> Date {
        let mut day = from;
        let mut left = count;
        while left > 0 {
            // The end of time is far beyond any review.
            let Ok(next) = day.tomorrow() else { return day };
            day = next;
            left -= u32::from(self.workday(day));
        }
        day
    }
}

/// Local time: the zone, and the days that are worked. Hours of a bureau that is always there ignore the latter.
#[derive(Clone, Copy, Debug)]
pub struct LocalTime<'a> {
    zone: &'a TimeZone,
    calendar: Option<&'a Calendar>,
}

impl<'a> LocalTime<'a> {
    /// Local time with the days that are worked.
    pub fn new(zone: &'a TimeZone, calendar: &'a Calendar) -> LocalTime<'a> {
        LocalTime {
            zone,
            calendar: Some(calendar),
        }
    }

    /// The same time in which every day is an ordinary day (`hours: always`).
    #[must_use]
    pub fn without_holidays(self) -> LocalTime<'a> {
        LocalTime { calendar: None, ..self }
    }

    /// The local date and time of a moment.
    pub fn local(&self, at: Millis) -> Option<DateTime> {
        Timestamp::from_millisecond(at.0)
            .is_ok()
            .then(|| zone::local(self.zone, at))
    }

    /// The local day of a moment.
    pub fn day(&self, at: Millis) -> Option<Date> {
        self.local(at).map(|local| local.date())
    }

    /// The moment `minute` of a local day begins; 1440 is the next midnight.
    pub fn moment(&self, day: Date, minute: u16) -> Option<Millis> {
        let (day, minute) = if minute >= 1440 {
            (day.tomorrow().ok()?, 0)
        } else {
            (day, minute)
        };
        let hour = i8::try_from(minute / 60).ok()?;
        let minute = i8::try_from(minute % 60).ok()?;
        zone::moment(self.zone, day.at(hour, minute, 0, 0))
    }

    /// The weekday whose hours a day follows; none on a public holiday.
    pub fn follows(&self, day: Date) -> Option<Weekday> {
        match self.calendar {
            Some(calendar) => calendar.follows(day),
            None => Some(day.weekday()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        let mut calendar = Calendar::default();
        calendar.set(
            2026,
            Year {
                holidays: [date(2026, 10, 1), date(2026, 10, 2)].into(),
                makeup: [date(2026, 10, 10)].into(),
            },
        );
        calendar
    }

    #[test]
    fn holidays_are_off_and_make_up_days_follow_friday() {
        let calendar = calendar();
        assert_eq!(calendar.follows(date(2026, 10, 1)), None);
        assert_eq!(calendar.follows(date(2026, 10, 10)), Some(Weekday::Friday));
        assert_eq!(calendar.follows(date(2026, 10, 11)), Some(Weekday::Sunday));
        assert_eq!(
            calendar.follows(date(2027, 10, 1)),
            Some(Weekday::Friday),
            "an unknown year"
        );
        assert!(!calendar.knows(2027));
    }

    #[test]
    fn days_over_new_year_belong_to_the_notice_that_names_them() {
        let mut calendar = calendar();
        calendar.set(
            2027,
            Year {
                holidays: [date(2026, 12, 31), date(2027, 1, 1), date(2026, 10, 10)].into(),
                makeup: [date(2026, 12, 27), date(2026, 10, 2)].into(),
            },
        );
        assert_eq!(calendar.follows(date(2026, 12, 31)), None);
        assert_eq!(calendar.follows(date(2027, 12, 31)), Some(Weekday::Friday));
        assert_eq!(calendar.follows(date(2026, 12, 27)), Some(Weekday::Friday));
        assert_eq!(calendar.follows(date(2026, 10, 10)), None, "the later notice counts");
        assert_eq!(calendar.follows(date(2026, 10, 2)), Some(Weekday::Friday));
        assert_eq!(calendar.follows(date(2026, 10, 1)), None);
    }

    #[test]
    fn workdays_are_counted_over_weekends_and_holidays() {
        let calendar = calendar();
        assert_eq!(calendar.workdays_after(date(2026, 9, 30), 1), date(2026, 10, 5));
        assert_eq!(calendar.workdays_after(date(2026, 10, 9), 1), date(2026, 10, 10));
        assert_eq!(calendar.workdays_after(date(2026, 11, 23), 5), date(2026, 11, 30));
    }
}
