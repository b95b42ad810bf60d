//! How often somebody may do something. Each kind of doing has its own allowance, so that who presses much can still ask,
//! and nobody who visits keeps staff from signing in.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::clock::Millis;
use crate::config::Limit;

const MINUTE_MS: i64 = 60_000;
/// More keys than this are not kept; who comes then shares one allowance.
const MANY: usize = 50_000;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Trying a link that is not good.
    SignIn,
    /// Writing down that somebody tried.
    Noting,
    /// Choosing a name.
    Name,
    /// Coming for the first time.
    Session,
    /// Saying or changing something.
    Say,
    /// Pressing a button.
    Press,
    /// Sending a picture.
    Picture,
    /// Reading what was said.
    Read,
    /// Looking at a picture; a room shows many.
    Look,
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Doer {
    /// The account of a session that exists.
    Account(String),
    /// Whoever is behind an address.
    Address(IpAddr),
    /// Everybody.
    All,
}

impl Doing {
    /// Its name among the figures.
    pub fn key(self) -> &'static str {
        match self {
            Doing::SignIn => "sign_in",
            Doing::Noting => "noting",
            Doing::Name => "name",
            Doing::Session => "session",
            Doing::Say => "say",
            Doing::Press => "press",
            Doing::Picture => "picture",
            Doing::Read => "read",
            Doing::Look => "look",
        }
    }

    /// What one account may do.
    pub fn of_account(self) -> Limit {
        match self {
            Doing::Name => a_minute(10),
            Doing::Say => a_minute(30),
            Doing::Press => a_minute(60),
            Doing::Picture => a_minute(12),
            Doing::Read => a_minute(240),
            Doing::Look => a_minute(600),
            Doing::SignIn | Doing::Noting | Doing::Session => a_minute(30),
        }
    }

    /// What may be done from one address: a whole office may stand behind it.
    pub fn of_address(self) -> Limit {
        match self {
            Doing::Name | Doing::SignIn => a_minute(30),
            Doing::Say => a_minute(120),
            Doing::Press => a_minute(300),
            Doing::Picture => a_minute(40),
            Doing::Read => a_minute(1_200),
            Doing::Look => a_minute(3_000),
            Doing::Session => a_minute(60),
            // A row that is kept for good: the whole network writes so many.
            Doing::Noting => Limit {
                count: 60,
                within_ms: 60 * MINUTE_MS,
            },
        }
    }
}

/// So many a minute.
pub fn a_minute(count: u32) -> Limit {
    Limit {
        count,
        within_ms: MINUTE_MS,
    }
}

/// Counts what is done, a period at a time.
#[derive(Default)]
pub struct Allowances(Mutex<HashMap<(Doing, Doer), Spent>>);

struct Spent {
    since: Millis,
    within_ms: i64,
    count: u32,
}

impl Spent {
    fn is_over(&self, now: Millis) -> bool {
        // A clock that was set back begins anew as well.
        !(0..self.within_ms).contains(&now.since(self.since))
    }
}

impl Allowances {
    /// Takes one; false if all are taken in this period.
    pub fn take(&self, doing: Doing, doer: Doer, most: Limit, now: Millis) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut key = (doing, doer);
        if spent.len() >= MANY && !spent.contains_key(&key) {
            spent.retain(|_, spent| !spent.is_over(now));
            if spent.len() >= MANY {
                key.1 = Doer::All;
            }
        }
        let fresh = Spent {
            since: now,
            within_ms: most.within_ms,
            count: 0,
        };
        let entry = spent.entry(key).or_insert(fresh);
        if entry.is_over(now) {
            entry.since = now;
            entry.count = 0;
        }
        let left = entry.count < most.count;
        entry.count += u32::from(left);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(last: u32) -> Doer {
        Doer::Address(IpAddr::from(last.to_be_bytes()))
    }

    #[test]
    fn the_thirty_first_in_a_minute_waits_for_the_next() {
        let limits = Allowances::default();
        let take = |doing, doer, ms| limits.take(doing, doer, a_minute(30), Millis(ms));
        assert!((0..30).all(|_| take(Doing::Say, at(1), 0)));
        assert!(!take(Doing::Say, at(1), 59_999));
        assert!(take(Doing::Press, at(1), 59_999), "each doing has its own");
        assert!(take(Doing::Say, at(2), 59_999));
        assert!(take(Doing::Say, at(1), 60_000));
        assert!(take(Doing::Say, at(1), -1));
    }

    #[test]
    fn many_addresses_take_no_more_room() {
        let limits = Allowances::default();
        let take = |last| limits.take(Doing::Say, at(last), a_minute(1), Millis(0));
        let let_in = (0..MANY as u32 * 2).filter(|last| take(*last)).count();
        assert_eq!(let_in, MANY + 1);
        assert!(limits.0.lock().unwrap().len() <= MANY + 8);
        assert!(limits.take(Doing::Say, at(7), a_minute(1), Millis(60_000)));
    }
}
