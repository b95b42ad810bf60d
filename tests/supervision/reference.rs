//! The figures once more, slow and obvious: each question looked through anew for each measure, working time counted
//! minute by minute on the wall. Knows nothing of how the program does it.

use std::sync::OnceLock;

use bangban::clock::Millis;
use bangban::domain::asking::history::Step;
use bangban::domain::asking::question::Ending;
use bangban::domain::asking::rating::Rating;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::histories::{History, MINUTE};

/// What a bureau's working time is.
#[derive(Clone, Debug)]
pub struct Worked {
    pub zone: TimeZone,
    pub holidays: Vec<Date>,
    pub makeup: Vec<Date>,
    /// Weekdays and minutes of the day, `None` for always.
    pub spans: Option<Vec<(Vec<Weekday>, i64, i64)>>,
    /// Working minutes before each minute from [`BEGIN`] on, counted once.
    pub before: OnceLock<Vec<i64>>,
}

/// 2026-08-01 and some; no history reaches further back, and none lasts longer than so many days.
const BEGIN: i64 = 1_785_500_000_000 / MINUTE;
const DAYS: i64 = 170;

impl Worked {
    fn open(&self, at: Millis) -> bool {
        let Some(spans) = &self.spans else { return true };
        let zoned = jiff::Timestamp::from_millisecond(at.0)
            .unwrap()
            .to_zoned(self.zone.clone());
        let minute = i64::from(zoned.hour()) * 60 + i64::from(zoned.minute());
        let on = |day: Date, minute: i64| {
            let weekday = if self.makeup.contains(&day) {
                Weekday::Friday
            } else {
                day.weekday()
            };
            !self.holidays.contains(&day)
                && spans.iter().any(|(days, from, to)| {
                    let end = if to < from { to + 1_440 } else { *to };
                    days.contains(&weekday) && *from <= minute && minute < end
                })
        };
        on(zoned.date(), minute) || on(zoned.date().yesterday().unwrap(), minute + 1_440)
    }

    /// Minutes of working time; histories have whole minutes.
    pub fn minutes(&self, from: Millis, to: Millis) -> i64 {
        let before = self.before.get_or_init(|| {
            let minutes = (BEGIN..BEGIN + DAYS * 1_440).scan(0, |counted, minute| {
                let before = *counted;
                *counted += i64::from(self.open(Millis(minute * MINUTE)));
                Some(before)
            });
            minutes.collect()
        });
        let upto = |at: Millis| before[usize::try_from(at.0 / MINUTE - BEGIN).unwrap()];
        if from < to { upto(to) - upto(from) } else { 0 }
    }
}

/// What can be said of one question, each looked for on its own.
pub struct Told<'a> {
    pub history: &'a History,
    pub worked: &'a Worked,
    pub now: Millis,
}

impl Told<'_> {
    fn steps(&self) -> &[(Millis, Step)] {
        &self.history.steps
    }

    fn first(&self, wanted: impl Fn(&Step) -> bool) -> Option<usize> {
        self.steps().iter().position(|(_, step)| wanted(step))
    }

    fn any(&self, wanted: impl Fn(&Step) -> bool) -> bool {
        self.first(wanted).is_some()
    }

    pub fn observed(&self) -> bool {
        self.any(|step| matches!(step, Step::Observed { .. }))
    }

    /// Where it came to a helper: handed over, or taken up before that.
    fn handed_at(&self) -> Option<usize> {
        self.first(|step| {
            matches!(
                step,
                Step::HandedOver { .. } | Step::Claimed { .. } | Step::Accepted { .. } | Step::Replied { .. }
            )
        })
    }

    pub fn handed(&self) -> bool {
        self.handed_at().is_some()
    }

    pub fn cause(&self) -> Option<&'static str> {
        let at = self.handed_at()?;
        let before = &self.steps()[..at];
        let by_asker = before
            .iter()
            .any(|(_, step)| matches!(step, Step::Answered(_) | Step::Suggested));
        let withdrawn = before.iter().any(|(_, step)| matches!(step, Step::Fixed { .. }));
        let handed = matches!(self.steps()[at].1, Step::HandedOver { .. });
        Some(match (handed && !withdrawn, by_asker) {
            (false, _) => "helper",
            (true, true) => "asker",
            (true, false) => "bot",
        })
    }

    pub fn sure(&self) -> bool {
        let answered = self.first(|step| matches!(step, Step::Answered(_)));
        let other = self.first(|step| {
            matches!(
                step,
                Step::Suggested
                    | Step::HandedOver { .. }
                    | Step::Claimed { .. }
                    | Step::Accepted { .. }
                    | Step::Replied { .. }
            )
        });
        answered.is_some_and(|at| other.is_none_or(|other| at < other))
    }

    pub fn unsolved(&self) -> bool {
        let answered = self.first(|step| matches!(step, Step::Answered(_)));
        let after = |at: usize| &self.steps()[at..];
        let first_hand = self.first(|step| matches!(step, Step::HandedOver { .. }));
        let taken_before = self.first(|step| {
            matches!(
                step,
                Step::Claimed { .. } | Step::Accepted { .. } | Step::Replied { .. }
            )
        });
        // A hand-over after a helper took it up by themselves is nothing the asker wanted.
        let wanted = first_hand.is_some_and(|hand| taken_before.is_none_or(|taken| hand < taken));
        let fixed = answered.is_some_and(|at| after(at).iter().any(|(_, step)| matches!(step, Step::Fixed { .. })));
        self.sure() && (wanted || fixed)
    }

    /// Who has claimed it first, and when: a claim that was put back before any answer is none.
    pub fn claimed(&self) -> Option<(Millis, i64)> {
        let mut claim = None;
        let mut replied = false;
        for (at, step) in self.steps() {
            match step {
                Step::Claimed { by } | Step::Accepted { by } => claim = claim.or(Some((*at, by.0))),
                Step::Replied { by, .. } => {
                    claim = claim.or(Some((*at, by.0)));
                    replied = true;
                }
                Step::Released { .. } if !replied => claim = None,
                _ => {}
            }
        }
        claim
    }

    pub fn last(&self) -> Option<i64> {
        let mut last = None;
        let mut replied = false;
        for (_, step) in self.steps() {
            match step {
                Step::Claimed { by } | Step::Accepted { by } => last = Some(by.0),
                Step::Replied { by, .. } => (last, replied) = (Some(by.0), true),
                Step::Released { .. } if !replied => last = None,
                _ => {}
            }
        }
        last
    }

    fn at(&self, index: usize) -> Millis {
        self.steps()[index].0
    }

    pub fn claim_minutes(&self) -> Option<i64> {
        let handed = self.at(self.handed_at()?);
        Some(self.worked.minutes(handed, self.claimed()?.0))
    }

    pub fn reply_minutes(&self) -> Option<i64> {
        let handed = self.at(self.handed_at()?);
        let replied = self.first(|step| matches!(step, Step::Replied { .. }))?;
        Some(self.worked.minutes(handed, self.at(replied)))
    }

    /// When it ended, and how, if nothing opened it again.
    pub fn ended(&self) -> Option<(Millis, Ending)> {
        let mut ended = None;
        for (at, step) in self.steps() {
            match step {
                Step::Ended { how, .. } => ended = Some((*at, *how)),
                Step::WentBack { .. } | Step::Reopened { .. } | Step::HandedOver { .. } => ended = None,
                _ => {}
            }
        }
        ended
    }

    /// Every way it ended since it was last opened.
    pub fn endings(&self) -> Vec<Ending> {
        let opened = self.steps().iter().rposition(|(_, step)| {
            matches!(
                step,
                Step::WentBack { .. } | Step::Reopened { .. } | Step::HandedOver { .. }
            )
        });
        let since = &self.steps()[opened.unwrap_or(0)..];
        since
            .iter()
            .filter_map(|(_, step)| {
                if let Step::Ended { how, .. } = step {
                    Some(*how)
                } else {
                    None
                }
            })
            .collect()
    }

    /// In time, claimed late, replied late; with limits of half an hour of working time.
    pub fn limits(&self) -> (bool, bool, bool) {
        let Some(handed) = self.handed_at().map(|at| self.at(at)) else {
            return (false, false, false);
        };
        let until = self.ended().map_or(self.now, |(at, _)| at);
        let claimed = self.claimed().map(|(at, _)| at);
        let claim_late = self.worked.minutes(handed, claimed.unwrap_or(until)) > 30;
        let replied = self
            .first(|step| matches!(step, Step::Replied { .. }))
            .map(|at| self.at(at));
        let reply_late = claimed.is_some_and(|claimed| self.worked.minutes(claimed, replied.unwrap_or(until)) > 30);
        (replied.is_some() && !claim_late && !reply_late, claim_late, reply_late)
    }

    fn answered_at(&self) -> Option<usize> {
        self.first(|step| matches!(step, Step::Answered(_) | Step::Replied { .. }))
    }

    pub fn finished(&self) -> bool {
        self.ended().is_some() && self.answered_at().is_some() && !self.endings().contains(&Ending::Withdrawn)
    }

    pub fn at_once(&self) -> bool {
        let came_back = |(_, step): &(Millis, Step)| {
            matches!(
                step,
                Step::AskedAgain
                    | Step::FollowedUp { .. }
                    | Step::WentBack { .. }
                    | Step::Reopened { .. }
                    | Step::HandedOver { .. }
                    | Step::Fixed { .. }
            )
        };
        self.finished()
            && self
                .answered_at()
                .is_some_and(|at| !self.steps()[at..].iter().any(came_back))
    }

    pub fn twice(&self) -> bool {
        self.any(|step| matches!(step, Step::Informed { again: true, .. }))
    }

    pub fn took_back(&self) -> bool {
        self.any(|step| matches!(step, Step::TookBack { .. }))
    }

    pub fn fixed(&self) -> bool {
        self.any(|step| matches!(step, Step::Fixed { .. }))
    }

    pub fn rating(&self) -> Option<Rating> {
        self.steps().iter().find_map(|(_, step)| {
            if let Step::Rated(rating) = step {
                Some(*rating)
            } else {
                None
            }
        })
    }

    /// A follow-up that counts, and whether it was kept.
    pub fn follow_up(&self) -> Option<bool> {
        let (due, done) = self.history.review?;
        let kept = done.is_some_and(|done| done <= due);
        (kept || due < self.now).then_some(kept)
    }
}
