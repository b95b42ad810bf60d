//! Whether the machine's clock is believed. What cannot be undone (a lapse, a deletion) is done only in believed time: a
//! clock that jumped, or that is far from where the program last knew it, must run on for hours first, or a person
//! confirms it.

use crate::clock::Millis;

/// Clocks that differ by less are the same.
pub const SLACK_MS: i64 = 10 * 60_000;
/// A program that was away for no longer finds the time as it left it.
const AWAY_MS: i64 = 60 * 60_000;
/// A clock that ran on for so long is right.
const HOURS_MS: i64 = 2 * 60 * 60_000;

/// What is known of the clock. Its error is seen against the steady count of milliseconds the program has been running.
#[derive(Clone, Copy, Debug)]
pub struct Trust {
    /// The believed clock minus the steady count.
    right: i64,
    /// Another one that is being watched, and since which steady moment.
    other: Option<(i64, i64)>,
}

impl Trust {
    /// At the start: `last` is the believed time that was noted last, if any.
    pub fn begin(last: Option<Millis>, now: Millis, steady: i64) -> Trust {
        let shown = now.0.saturating_sub(steady);
        match last {
            Some(last) if !(-SLACK_MS..=AWAY_MS).contains(&now.since(last)) => Trust {
                right: last.0.saturating_sub(steady),
                other: Some((shown, steady)),
            },
            Some(_) | None => Trust {
                right: shown,
                other: None,
            },
        }
    }

    /// Looks at the clock; true if it is believed now.
    pub fn look(&mut self, now: Millis, steady: i64) -> bool {
        let shown = now.0.saturating_sub(steady);
        let near = |other: i64| shown.saturating_sub(other).saturating_abs() <= SLACK_MS;
        let confirmed = match self.other {
            _ if near(self.right) => true,
            Some((other, since)) if near(other) => steady.saturating_sub(since) >= HOURS_MS,
            Some(_) | None => {
                self.other = Some((shown, steady));
                false
            }
        };
        if confirmed {
            self.confirm(now, steady);
        }
        confirmed
    }

    /// This is the right time.
    pub fn confirm(&mut self, now: Millis, steady: i64) {
        self.right = now.0.saturating_sub(steady);
        self.other = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_399_200_000);
    const HOUR: i64 = 3_600_000;
    const YEAR: i64 = 365 * 24 * HOUR;

    #[test]
    fn a_start_far_from_where_the_time_was_last_known_is_not_believed() {
        for (away, believed) in [
            (0, true),
            (HOUR / 2, true),
            (-HOUR / 10, true),
            (2 * HOUR, false),
            (-HOUR, false),
            (2 * YEAR, false),
            (-5 * YEAR, false),
        ] {
            let mut trust = Trust::begin(Some(NOW), NOW.plus(away), 7);
            assert_eq!(trust.look(NOW.plus(away), 7), believed, "{away}");
        }
        assert!(Trust::begin(None, NOW, 7).look(NOW, 7), "nothing is known yet");
    }

    #[test]
    fn hours_of_running_or_a_person_confirm_it() {
        for away in [3 * HOUR, 2 * YEAR, -5 * YEAR] {
            let mut trust = Trust::begin(Some(NOW), NOW.plus(away), 0);
            let mut at = |ran: i64| trust.look(NOW.plus(away + ran), ran);
            assert_eq!(
                [at(0), at(HOUR), at(2 * HOUR - 1), at(2 * HOUR)],
                [false, false, false, true]
            );
            let mut trust = Trust::begin(Some(NOW), NOW.plus(away), 0);
            trust.confirm(NOW.plus(away), 1);
            assert!(trust.look(NOW.plus(away + 5), 6));
        }
    }

    #[test]
    fn a_clock_that_jumps_is_not_believed_until_it_is_back() {
        let mut trust = Trust::begin(None, NOW, 0);
        assert!(trust.look(NOW.plus(30 * 24 * HOUR), 30 * 24 * HOUR), "it only ran on");
        let ran = 30 * 24 * HOUR;
        for jump in [HOUR, YEAR, -HOUR, -YEAR] {
            assert!(!trust.look(NOW.plus(ran + jump), ran), "{jump}");
            assert!(trust.look(NOW.plus(ran), ran), "set right after {jump}");
        }
        assert!(!trust.look(NOW.plus(ran + YEAR), ran));
        assert!(
            !trust.look(NOW.plus(ran + 2 * YEAR), ran + HOUR),
            "jumping on confirms nothing"
        );
        assert!(!trust.look(NOW.plus(ran + 2 * YEAR), ran + 2 * HOUR));
    }
}
