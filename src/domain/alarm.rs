//! What whoever keeps the installation is told of by itself: once when something goes wrong, and once when it is over. A
//! figure that goes up and down around its limit is not told twice.

use crate::clock::Millis;

/// Something that goes wrong by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// Sign-ins that failed within ten minutes.
    SignIns,
    /// How long the oldest message that came in waits, ms.
    Inbox,
    /// How long the oldest message that is owed waits, ms.
    Outbox,
    /// Messages of the last hour that did not arrive.
    GivenUp,
    /// Messages and records of the last day that nobody could make sense of.
    PutAside,
    /// Working time since anything was heard, ms.
    Silence,
    /// How long a channel has not been asked with success for what came in, ms.
    Deaf,
    /// Bytes of the disk that are free.
    Disk,
    /// Bytes of memory that the program holds.
    Memory,
    /// Reviews whose day has passed, of ratings and of entries.
    Reviews,
}

/// From which figures on something is an alarm; 0: never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Working time without a message.
    pub silence_ms: i64,
    /// The wait of a message, in or out.
    pub wait_ms: i64,
    /// Bytes left on the disk.
    pub disk: i64,
    /// Bytes of memory held.
    pub memory: i64,
    /// Reviews whose day has passed.
    pub reviews: i64,
}

/// Sign-ins that fail within [`SIGN_INS_MS`] until they are many.
const SIGN_INS: i64 = 20;
/// The time in which failed sign-ins are counted.
pub const SIGN_INS_MS: i64 = 600_000;
/// Messages that do not arrive within [`GIVEN_UP_MS`] until they are many; single ones are told of by their questions.
const GIVEN_UP: i64 = 5;
/// The time in which messages that did not arrive are counted.
pub const GIVEN_UP_MS: i64 = 3_600_000;
/// The time in which what was put aside is counted.
pub const PUT_ASIDE_MS: i64 = 86_400_000;
/// A channel that was not asked with success this long is deaf (R09).
pub const DEAF_MS: i64 = 60_000;
/// An alarm is over when its figure was calm this long.
const CALM_MS: i64 = 600_000;
/// What nobody has looked at this long is over: the program that did is gone.
const UNSEEN_MS: i64 = 900_000;

impl Default for Limits {
    fn default() -> Limits {
        const GB: i64 = 1 << 30;
        Limits {
            silence_ms: 4 * 3_600_000,
            wait_ms: 60_000,
            disk: 2 * GB,
            memory: GB,
            reviews: 10,
        }
    }
}

/// How a figure stands to its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Bad,
    /// Neither: what was goes on.
    Between,
    Calm,
}

/// An alarm that is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Since when.
    pub since: Millis,
    /// The figure when it was looked at last.
    pub figure: i64,
    /// When that was.
    pub seen: Millis,
    /// Since when it has been calm, if it is.
    pub calm: Option<Millis>,
    /// Somebody was told.
    pub told: bool,
}

impl Alarm {
    /// Every one.
    pub const ALL: [Alarm; 10] = [
        Alarm::SignIns,
        Alarm::Inbox,
        Alarm::Outbox,
        Alarm::GivenUp,
        Alarm::PutAside,
        Alarm::Silence,
        Alarm::Deaf,
        Alarm::Disk,
        Alarm::Memory,
        Alarm::Reviews,
    ];

    /// The name in the database and among the figures.
    pub fn key(self) -> &'static str {
        match self {
            Alarm::SignIns => "sign_ins",
            Alarm::Inbox => "inbox",
            Alarm::Outbox => "outbox",
            Alarm::GivenUp => "given_up",
            Alarm::PutAside => "put_aside",
            Alarm::Silence => "silence",
            Alarm::Deaf => "deaf",
            Alarm::Disk => "disk",
            Alarm::Memory => "memory",
            Alarm::Reviews => "reviews",
        }
    }

    /// From the name.
    pub fn from_key(key: &str) -> Option<Alarm> {
        Alarm::ALL.into_iter().find(|alarm| alarm.key() == key)
    }

    /// How it stands after its figure was looked at; none while there is nothing to tell.
    pub fn look(self, before: Option<&Standing>, figure: i64, limits: &Limits, now: Millis) -> Option<Standing> {
        let level = self.level(figure, limits);
        let Some(before) = before else {
            return (level == Level::Bad).then_some(Standing {
                since: now,
                figure,
                seen: now,
                calm: None,
                told: false,
            });
        };
        let calm = match level {
            Level::Bad => None,
            Level::Between => before.calm,
            Level::Calm => before.calm.or(Some(now)),
        };
        Some(Standing {
            figure,
            seen: now,
            calm,
            ..*before
        })
    }

    fn level(self, figure: i64, limits: &Limits) -> Level {
        let (bad, calm) = self.bounds(limits);
        let (worse, better) = match self {
            // The less is left, the worse.
            Alarm::Disk => (figure <= bad, figure >= calm),
            Alarm::SignIns
            | Alarm::Inbox
            | Alarm::Outbox
            | Alarm::GivenUp
            | Alarm::PutAside
            | Alarm::Silence
            | Alarm::Deaf
            | Alarm::Memory
            | Alarm::Reviews => (figure >= bad, figure <= calm),
        };
        match (worse, better) {
            _ if bad <= 0 => Level::Calm,
            (true, _) => Level::Bad,
            (false, true) => Level::Calm,
            (false, false) => Level::Between,
        }
    }

    /// The figure from which on it is bad, and that at which it is calm again.
    fn bounds(self, limits: &Limits) -> (i64, i64) {
        let half = |bad| (bad, bad / 2);
        match self {
            Alarm::SignIns => half(SIGN_INS),
            Alarm::Inbox | Alarm::Outbox => half(limits.wait_ms),
            Alarm::GivenUp => half(GIVEN_UP),
            Alarm::PutAside => (1, 0),
            Alarm::Silence => half(limits.silence_ms),
            Alarm::Deaf => half(DEAF_MS),
            Alarm::Disk => (limits.disk, limits.disk.saturating_add(limits.disk / 4)),
            Alarm::Memory => (limits.memory, limits.memory - limits.memory / 5),
            Alarm::Reviews => half(limits.reviews),
        }
    }
}

impl Standing {
    /// Whether it is over.
    pub fn is_over(&self, now: Millis) -> bool {
        self.calm.is_some_and(|calm| now.since(calm) >= CALM_MS) || now.since(self.seen) >= UNSEEN_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    /// The minutes in which it is raised, and in which it is over, of figures a minute.
    fn told(alarm: Alarm, figures: impl IntoIterator<Item = i64>) -> Vec<(i64, bool)> {
        let (mut standing, mut told) = (None, Vec::new());
        for (minute, figure) in (0..).zip(figures) {
            let now = Millis(minute * MINUTE);
            let after = alarm.look(standing.as_ref(), figure, &Limits::default(), now);
            if standing.is_none() && after.is_some() {
                told.push((minute, true));
            }
            standing = after.filter(|standing| !standing.is_over(now));
            if after.is_some() && standing.is_none() {
                told.push((minute, false));
            }
        }
        told
    }

    #[test]
    fn a_figure_around_its_limit_is_told_once() {
        let around = [19, 20, 19, 20, 11, 20, 15];
        let calm = [10, 11, 19, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(told(Alarm::SignIns, around), [(1, true)]);
        assert_eq!(
            told(Alarm::SignIns, [around.as_slice(), &calm].concat()),
            [(1, true), (17, false)]
        );
        let again = [around.as_slice(), &calm[..9], &[25], &calm].concat();
        assert_eq!(told(Alarm::SignIns, again), [(1, true), (27, false)]);
        assert_eq!(told(Alarm::Disk, [3 << 30, 2 << 30, 1 << 30]), [(1, true)]);
        assert_eq!(told(Alarm::PutAside, [0, 1, 2, 1]), [(1, true)]);
        // Asked with success every fifty seconds, looked at in between.
        let polled = [70_000, 5_000].into_iter().chain((0..20).map(|at| at % 3 * 20_000));
        assert_eq!(told(Alarm::Deaf, polled), [(0, true), (11, false)]);
    }

    #[test]
    fn nothing_is_an_alarm_without_a_limit_and_everything_has_a_name() {
        let never = Limits {
            silence_ms: 0,
            wait_ms: 0,
            disk: 0,
            memory: 0,
            reviews: 0,
        };
        for alarm in [Alarm::Silence, Alarm::Inbox, Alarm::Disk, Alarm::Memory, Alarm::Reviews] {
            for figure in [0, 1, i64::MAX] {
                assert_eq!(alarm.look(None, figure, &never, Millis(0)), None, "{alarm:?} {figure}");
            }
        }
        assert!(
            Alarm::ALL
                .iter()
                .all(|alarm| Alarm::from_key(alarm.key()) == Some(*alarm))
        );
    }

    #[test]
    fn what_nobody_looks_at_any_more_is_over() {
        let raised = Alarm::Memory
            .look(None, i64::MAX, &Limits::default(), Millis(0))
            .unwrap();
        assert!(!raised.is_over(Millis(UNSEEN_MS - 1)));
        assert!(raised.is_over(Millis(UNSEEN_MS)));
    }
}
