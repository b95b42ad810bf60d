//! How long a question may wait, and who is told then: the ladder from the card to the guidance group.
//! Counts plain time; it knows no working hours.

use crate::clock::Millis;

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
        const MINUTE: i64 = 60_000;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The card was shown.
    Card,
    /// The helper on duty was reminded.
    Remind,
    /// All helpers of the bureau were told.
    AllHelpers,
    /// The bureau's administrator was told.
    BureauAdmin,
    /// The guidance group was told.
    Guidance,
}

impl Clocks {
    /// The rung after `rung`; none after the guidance group.
    pub fn next_rung(&self, rung: Rung) -> Option<Rung> {
        match rung {
            Rung::Card => Some(Rung::Remind),
            Rung::Remind => Some(Rung::AllHelpers),
            Rung::AllHelpers => Some(Rung::BureauAdmin),
            Rung::BureauAdmin => Some(Rung::Guidance),
            Rung::Guidance => None,
        }
    }

    /// When `rung` is due for a question that has waited since `waiting_since`.
    pub fn due(&self, rung: Rung, waiting_since: Millis) -> Millis {
        waiting_since.plus(match rung {
            Rung::Card => 0,
            Rung::Remind => self.remind_ms,
            Rung::AllHelpers => self.all_helpers_ms,
            Rung::BureauAdmin => self.bureau_admin_ms,
            Rung::Guidance => self.guidance_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unclaimed_question_climbs_to_the_guidance_group() {
        let clocks = Clocks::default();
        let mut rung = Rung::Card;
        let mut climbed = vec![(rung, clocks.due(rung, Millis(5)).0)];
        while let Some(next) = clocks.next_rung(rung) {
            rung = next;
            climbed.push((rung, clocks.due(rung, Millis(5)).0));
        }
        assert_eq!(
            climbed,
            [
                (Rung::Card, 5),
                (Rung::Remind, 180_005),
                (Rung::AllHelpers, 600_005),
                (Rung::BureauAdmin, 1_200_005),
                (Rung::Guidance, 1_800_005)
            ]
        );
    }
}
