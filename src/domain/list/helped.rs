//! Whether an item of the list helps since it was published: how often it is asked, how often it could be said at once,
//! how often the asker still needed a person (PRODUCT §5).

use crate::clock::Millis;

/// The days before and after publication that are compared.
pub const DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;
/// Fewer answers say nothing.
const ENOUGH: usize = 5;
/// From this share of people who still needed a person on, an item does not help.
const UNSOLVED: f64 = 0.3;
/// Below this share of questions that could be answered at once, an item is not found.
const SURE: f64 = 0.5;

/// One question about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub at: Millis,
    /// Whether the list could answer it at once.
    pub sure: bool,
    /// Answered by the list; and whether the asker then needed a person.
    pub answered: Option<bool>,
}

/// How an item fares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Helped {
    /// Questions in the thirty days before it was published.
    pub before: usize,
    /// Questions since, at most thirty days.
    pub after: usize,
    /// Days since it was published, at most thirty.
    pub days: i64,
    /// Share of the questions since that could be answered at once.
    pub sure: f64,
    /// Answers since.
    pub answered: usize,
    /// Share of those after which a person was needed.
    pub unsolved: f64,
}

/// Why an item goes back to the editors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weak {
    /// Askers still needed a person.
    Unsolved(f64),
    /// It is asked about and not found.
    NotFound(f64),
}

/// How an item fares that was published at a moment.
pub fn helped(asked: &[Asked], published: Millis, now: Millis) -> Helped {
    let until = published.plus(DAYS * DAY_MS).0.min(now.0);
    let since = published.plus(-DAYS * DAY_MS);
    let before = asked.iter().filter(|one| one.at >= since && one.at < published).count();
    let after: Vec<&Asked> = asked
        .iter()
        .filter(|one| one.at >= published && one.at.0 <= until)
        .collect();
    let answered: Vec<bool> = after.iter().filter_map(|one| one.answered).collect();
    let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
    Helped {
        before,
        after: after.len(),
        days: (until - published.0).max(0) / DAY_MS,
        sure: share(after.iter().filter(|one| one.sure).count(), after.len()),
        answered: answered.len(),
        unsolved: share(answered.iter().filter(|unsolved| **unsolved).count(), answered.len()),
    }
}

impl Helped {
    /// Why it goes back to the editors; none while it helps, or too little is known.
    pub fn weak(&self) -> Option<Weak> {
        if self.answered >= ENOUGH && self.unsolved >= UNSOLVED {
            Some(Weak::Unsolved(self.unsolved))
        } else if self.after >= ENOUGH && self.sure < SURE {
            Some(Weak::NotFound(self.sure))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(day: i64, sure: bool, answered: Option<bool>) -> Asked {
        Asked {
            at: Millis(day * DAY_MS),
            sure,
            answered,
        }
    }

    #[test]
    fn an_item_that_does_not_help_goes_back() {
        let mut asks: Vec<Asked> = (70..80).map(|day| asked(day, false, None)).collect();
        asks.extend((100..106).map(|day| asked(day, true, Some(day % 2 == 0))));
        asks.push(asked(60, false, None));
        let fares = helped(&asks, Millis(100 * DAY_MS), Millis(110 * DAY_MS));
        assert_eq!((fares.before, fares.after, fares.days, fares.answered), (10, 6, 10, 6));
        assert_eq!(fares.weak(), Some(Weak::Unsolved(0.5)));
        let unfound: Vec<Asked> = (100..110).map(|day| asked(day, day < 103, None)).collect();
        assert_eq!(
            helped(&unfound, Millis(100 * DAY_MS), Millis(200 * DAY_MS)).weak(),
            Some(Weak::NotFound(0.3))
        );
        let fine: Vec<Asked> = (100..110).map(|day| asked(day, true, Some(false))).collect();
        assert_eq!(helped(&fine, Millis(100 * DAY_MS), Millis(200 * DAY_MS)).weak(), None);
        assert_eq!(
            helped(&fine[..3], Millis(100 * DAY_MS), Millis(200 * DAY_MS)).weak(),
            None
        );
    }
}
