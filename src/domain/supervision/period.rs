//! A stretch of days that figures are of.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::clock::Millis;
use crate::domain::time::zone;

/// Longer periods are not asked for.
const MOST_DAYS: i32 = 800;

/// Days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    first: Date,
    last: Date,
}

/// Why days are no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPeriod {
    /// Not written as 2026-11 or 2026-11-01.
    Unreadable,
    /// The last day comes before the first.
    Backwards,
    /// Longer than two years and some.
    TooLong,
}

impl Period {
    /// From one day to another.
    ///
    /// # Errors
    /// Why they are no period.
    pub fn new(first: Date, last: Date) -> Result<Period, NoPeriod> {
        let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
        match days {
            ..0 => Err(NoPeriod::Backwards),
            MOST_DAYS.. => Err(NoPeriod::TooLong),
            0..MOST_DAYS => Ok(Period { first, last }),
        }
    }

    /// The month of a day.
    pub fn month_of(day: Date) -> Period {
        Period {
            first: day.first_of_month(),
            last: day.last_of_month(),
        }
    }

    /// A month as it is written: 2026-11.
    ///
    /// # Errors
    /// It is not written so.
    pub fn month(written: &str) -> Result<Period, NoPeriod> {
        let (year, month) = written.trim().split_once('-').ok_or(NoPeriod::Unreadable)?;
        let number = |text: &str| text.parse::<i16>().map_err(|_| NoPeriod::Unreadable);
        let (year, month) = (number(year)?, number(month)?);
        let day = i8::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month) && (2000..2200).contains(&year));
        Ok(Period::month_of(date(year, day.ok_or(NoPeriod::Unreadable)?, 1)))
    }

    /// Two days as they are written: 2026-11-01.
    ///
    /// # Errors
    /// Why they are no period.
    pub fn read(first: &str, last: &str) -> Result<Period, NoPeriod> {
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| NoPeriod::Unreadable);
        let (first, last) = (day(first)?, day(last)?);
        let known = |day: Date| (2000..2200).contains(&day.year());
        match known(first) && known(last) {
            true => Period::new(first, last),
            false => Err(NoPeriod::Unreadable),
        }
    }

    pub fn first(self) -> Date {
        self.first
    }

    pub fn last(self) -> Date {
        self.last
    }

    /// The month it is, as it is written, if it is one: 2026-11.
    pub fn whole_month(self) -> Option<String> {
        let month = Period::month_of(self.first);
        (month == self).then(|| self.first.strftime("%Y-%m").to_string())
    }

    /// As it is said: 2026年11月, or 2026年11月2日至2026年11月8日.
    pub fn said(self) -> String {
        let day = |day: Date| day.strftime("%Y年%-m月%-d日").to_string();
        match (self.whole_month(), self.first == self.last) {
            (Some(_), _) => self.first.strftime("%Y年%-m月").to_string(),
            (None, true) => day(self.first),
            (None, false) => format!("{}至{}", day(self.first), day(self.last)),
        }
    }

    /// The period of the same kind before it: the month before, or as many days.
    pub fn before(self) -> Option<Period> {
        let eve = self.first.yesterday().ok()?;
        match self.whole_month() {
            Some(_) => Some(Period::month_of(eve)),
            None => {
                let days = self.first.until(self.last).ok()?.get_days();
                Some(Period {
                    first: eve.checked_sub(days.days()).ok()?,
                    last: eve,
                })
            }
        }
    }

    /// The moments it begins and ends, the end not included.
    pub fn moments(self, zone: &TimeZone) -> Option<(Millis, Millis)> {
        let begin = zone::moment(zone, self.first)?;
        Some((begin, zone::moment(zone, self.last.tomorrow().ok()?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_and_said_and_follows_another() {
        let november = Period::month("2026-11").unwrap();
        assert_eq!(
            (november.first(), november.last()),
            (date(2026, 11, 1), date(2026, 11, 30))
        );
        assert_eq!(november.said(), "2026年11月");
        assert_eq!(november.before(), Some(Period::month("2026-10").unwrap()));
        let week = Period::read("2026-11-02", "2026-11-08").unwrap();
        assert_eq!(week.said(), "2026年11月2日至2026年11月8日");
        assert_eq!(week.before(), Some(Period::read("2026-10-26", "2026-11-01").unwrap()));
        assert_eq!(week.whole_month(), None);
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for written in ["2026-13", "2026", "", "今年-11", "0001-01", "2026-11-01"] {
            assert_eq!(Period::month(written), Err(NoPeriod::Unreadable), "{written}");
        }
        assert_eq!(Period::read("2026-11-02", "2026-11-01"), Err(NoPeriod::Backwards));
        assert_eq!(Period::read("2020-11-02", "2026-11-01"), Err(NoPeriod::TooLong));
        assert_eq!(Period::read("2026-02-30", "2026-03-01"), Err(NoPeriod::Unreadable));
    }
}
