//! What a moment is on the clocks and calendars of a zone, and back.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::clock::Millis;

/// The local date and time of a moment; what lies beyond the years people count is told as the beginning of 1970.
pub fn local(zone: &TimeZone, at: Millis) -> DateTime {
    zone.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The local day of a moment.
pub fn day(zone: &TimeZone, at: Millis) -> Date {
    local(zone, at).date()
}

/// The moment of a local date and time; none beyond the years people count.
pub fn moment(zone: &TimeZone, local: impl Into<DateTime>) -> Option<Millis> {
    let zoned = zone.to_zoned(local.into()).ok()?;
    Some(Millis(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_begins_at_local_midnight_and_the_way_back_leads_there() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let midnight = Millis(1_795_363_200_000);
        assert_eq!(day(&zone, midnight), date(2026, 11, 23));
        assert_eq!(day(&zone, midnight.plus(-1)), date(2026, 11, 22));
        assert_eq!(moment(&zone, date(2026, 11, 23)), Some(midnight));
        assert_eq!(
            moment(&zone, local(&zone, midnight.plus(61_000))),
            Some(midnight.plus(61_000))
        );
        assert_eq!(day(&zone, Millis(i64::MAX)), date(1970, 1, 1));
    }
}
