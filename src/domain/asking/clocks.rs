//! How long a question may wait, and who is told then: the ladder from the card to the guidance group. Limits are
//! counted in working time; only lapsing is not.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::hours::Hours;

const MINUTE: i64 = 60_000;
/// Limits of at least this are warned of when four fifths are over (PRODUCT §2.3).
const WARNED_FROM_MS: i64 = 10 * MINUTE;

/// One bureau's limits in milliseconds (PRODUCT §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// Until the helper on duty is reminded; GB/T 33358-2016 gives 3 minutes for text channels.
    pub remind_ms: i64,
    /// Until all helpers of the bureau are told.
    pub all_helpers_ms: i64,
    /// Until the bureau's administrator is told.
    pub bureau_admin_ms: i64,
    /// Until the city's guidance group is told.
    pub guidance_ms: i64,
    /// From claim to first reply.
    pub first_reply_ms: i64,
    /// Silence after which an answered question lapses; wall clock.
    pub lapse_ms: i64,
    /// Messages of one asker within this are one question.
    pub burst_ms: i64,
}

impl Default for Clocks {
    fn default() -> Clocks {
        Clocks {
            remind_ms: 3 * MINUTE,
            all_helpers_ms: 10 * MINUTE,
            bureau_admin_ms: 20 * MINUTE,
            guidance_ms: 30 * MINUTE,
            first_reply_ms: 30 * MINUTE,
            lapse_ms: 24 * 60 * MINUTE,
            burst_ms: 4_000,
        }
    }
}

/// How far a question that nobody claims has climbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Asked outside duty time: the helper is not disturbed before it begins.
    Queued,
    /// The card was shown.
    Card,
    /// The helper on duty was reminded.
    Remind,
    /// The helper on duty was warned that all helpers are called soon.
    WarnAllHelpers,
    /// All helpers of the bureau were told.
    AllHelpers,
    /// The helper on duty was warned that the administrator is called soon.
    WarnBureauAdmin,
    /// The bureau's administrator was told.
    BureauAdmin,
    /// The administrator was warned that the guidance group is called soon.
    WarnGuidance,
    /// The guidance group was told.
    Guidance,
}

/// How far a claimed question that nobody replied to has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nudge {
    /// Nothing was said yet.
    #[default]
    None,
    /// The helper was warned.
    Warned,
    /// The first reply is overdue, and it was said.
    Overdue,
}

/// The working time of whoever must act, as limits are counted in it.
#[derive(Clone, Copy, Debug)]
pub struct Working<'a> {
    /// Their hours.
    pub hours: &'a Hours,
    /// Local time with the days that are worked.
    pub time: LocalTime<'a>,
}

impl Working<'_> {
    /// The first moment from `at` on at which somebody may be called.
    pub fn open_from(&self, at: Millis) -> Millis {
        self.after(at, 0)
    }

    fn after(&self, from: Millis, ms: i64) -> Millis {
        self.hours.after(from, ms, self.time)
    }
}

const LADDER: [Rung; 8] = [
    Rung::Card,
    Rung::Remind,
    Rung::WarnAllHelpers,
    Rung::AllHelpers,
    Rung::WarnBureauAdmin,
    Rung::BureauAdmin,
    Rung::WarnGuidance,
    Rung::Guidance,
];

impl Clocks {
    /// The rung after `rung`; none after the guidance group. A limit too short to be warned of has no warning.
    pub fn next_rung(&self, rung: Rung) -> Option<Rung> {
        LADDER
            .into_iter()
            .find(|next| *next > rung && self.limit(*next).is_some())
    }

    /// When `rung` is due for a question that has waited since `since`.
    pub fn due(&self, rung: Rung, since: Millis, working: Working<'_>) -> Millis {
        working.after(since, self.limit(rung).unwrap_or(0))
    }

    /// What comes next for a claimed question, and when.
    pub fn next_nudge(&self, nudge: Nudge, claimed: Millis, working: Working<'_>) -> Option<(Nudge, Millis)> {
        let (next, limit) = match nudge {
            Nudge::None => match warning(self.first_reply_ms) {
                Some(limit) => (Nudge::Warned, limit),
                None => (Nudge::Overdue, self.first_reply_ms),
            },
            Nudge::Warned => (Nudge::Overdue, self.first_reply_ms),
            Nudge::Overdue => return None,
        };
        Some((next, working.after(claimed, limit)))
    }

    /// Working time until a rung; none for a warning that is not given.
    fn limit(&self, rung: Rung) -> Option<i64> {
        match rung {
            Rung::Queued | Rung::Card => Some(0),
            Rung::Remind => Some(self.remind_ms),
            Rung::WarnAllHelpers => warning(self.all_helpers_ms),
            Rung::AllHelpers => Some(self.all_helpers_ms),
            Rung::WarnBureauAdmin => warning(self.bureau_admin_ms),
            Rung::BureauAdmin => Some(self.bureau_admin_ms),
            Rung::WarnGuidance => warning(self.guidance_ms),
            Rung::Guidance => Some(self.guidance_ms),
        }
    }
}

/// Four fifths of a limit that is long enough.
fn warning(limit: i64) -> Option<i64> {
    (limit >= WARNED_FROM_MS).then_some(limit / 5 * 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::calendar::Calendar;
    use jiff::tz::TimeZone;

    fn minutes(clocks: &Clocks) -> Vec<(Rung, i64)> {
        let (zone, calendar) = (TimeZone::UTC, Calendar::default());
        let working = Working {
            hours: &Hours::Always,
            time: LocalTime::new(&zone, &calendar),
        };
        let mut rung = Rung::Card;
        let mut climbed = vec![];
        while let Some(next) = clocks.next_rung(rung) {
            rung = next;
            climbed.push((rung, clocks.due(rung, Millis(0), working).0 / MINUTE));
        }
        climbed
    }

    #[test]
    fn an_unclaimed_question_climbs_to_the_guidance_group_with_warnings_at_four_fifths() {
        assert_eq!(
            minutes(&Clocks::default()),
            [
                (Rung::Remind, 3),
                (Rung::WarnAllHelpers, 8),
                (Rung::AllHelpers, 10),
                (Rung::WarnBureauAdmin, 16),
                (Rung::BureauAdmin, 20),
                (Rung::WarnGuidance, 24),
                (Rung::Guidance, 30)
            ]
        );
        let short = Clocks {
            all_helpers_ms: 5 * MINUTE,
            bureau_admin_ms: 7 * MINUTE,
            guidance_ms: 9 * MINUTE,
            ..Clocks::default()
        };
        let rungs: Vec<i64> = minutes(&short).into_iter().map(|(_, minute)| minute).collect();
        assert_eq!(rungs, [3, 5, 7, 9]);
    }
}
