//! By what somebody passes for a person of the roster: a browser's session, an account of a chat, a program's token, a
//! link nobody opened yet. What each is and how long it holds; that it began and ended is written down by the store.

use crate::clock::Millis;
use crate::domain::chat::message::Account;
use crate::domain::roster::people::PersonId;

/// A member of staff signs in anew at the latest after this long, and sooner who does nothing (`staff_idle`).
pub const SESSION_MOST_MS: i64 = 12 * 3_600_000;
/// A visitor's browser that was not seen for so long is nobody's any more; what they asked is kept in the questions.
pub const VISITOR_IDLE_MS: i64 = 180 * 86_400_000;

/// A token of the JSON API is made anew at the latest after a year.
pub const TOKEN_MOST_MS: i64 = 365 * 86_400_000;

/// What proves that an account is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A one-time link that was made for them.
    Link,
    /// Their own number, as the channel vouches for it, stands in the roster.
    OwnNumber,
}

impl Proof {
    /// Its name in the audit.
    pub fn key(self) -> &'static str {
        match self {
            Proof::Link => "link",
            Proof::OwnNumber => "own number",
        }
    }
}

/// One way in which somebody is a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// By which it is named in lists; nobody gets in with it.
    pub key: String,
    /// As whom.
    pub person: PersonId,
    /// What it is.
    pub way: Way,
}

/// What an access is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A browser that signed in.
    Session {
        /// When.
        since: Millis,
        /// When it was used last.
        seen: Millis,
        /// From which address; empty where that was not written down.
        from: String,
    },
    /// An account of a chat product.
    Account {
        /// Which.
        account: Account,
        /// When it was bound.
        since: Millis,
    },
    /// A link that nobody opened yet.
    Link {
        /// How long it can be opened.
        until: Millis,
    },
    /// A token by which another program works as them.
    Token {
        /// When it was made.
        since: Millis,
        /// When it was used last; when it was made, where it never was.
        seen: Millis,
    },
}

impl Way {
    /// Its name in the audit.
    pub fn name(&self) -> &'static str {
        match self {
            Way::Session { .. } => "session",
            Way::Account { .. } => "binding",
            Way::Link { .. } => "link",
            Way::Token { .. } => "token",
        }
    }

    /// Whether somebody gets in by it now. `idle_ms`: how long a session lasts without use.
    pub fn holds(&self, idle_ms: i64, now: Millis) -> bool {
        match self {
            Way::Session { since, seen, .. } => session_holds(*since, *seen, idle_ms, now),
            Way::Account { .. } => true,
            Way::Link { until } => *until > now,
            Way::Token { since, .. } => token_holds(*since, now),
        }
    }
}

/// Whether a token is still good.
pub fn token_holds(since: Millis, now: Millis) -> bool {
    now.since(since) < TOKEN_MOST_MS
}

/// Whether a session of staff is still good.
pub fn session_holds(since: Millis, seen: Millis, idle_ms: i64, now: Millis) -> bool {
    now.since(seen) < idle_ms && now.since(since) < SESSION_MOST_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_holds_while_it_is_used_and_half_a_day_at_most() {
        const IDLE: i64 = 30 * 60_000;
        let session = |since, seen| Way::Session {
            since: Millis(since),
            seen: Millis(seen),
            from: String::new(),
        };
        for (since, seen, now, holds) in [
            (0, 0, IDLE - 1, true),
            (0, 0, IDLE, false),
            (0, SESSION_MOST_MS - 2, SESSION_MOST_MS - 1, true),
            (0, SESSION_MOST_MS - 1, SESSION_MOST_MS, false),
        ] {
            assert_eq!(
                session(since, seen).holds(IDLE, Millis(now)),
                holds,
                "{since} {seen} {now}"
            );
        }
        let token = Way::Token {
            since: Millis(5),
            seen: Millis(5),
        };
        assert!(token.holds(IDLE, Millis(TOKEN_MOST_MS + 4)) && !token.holds(IDLE, Millis(TOKEN_MOST_MS + 5)));
        let link = Way::Link { until: Millis(5) };
        assert!(link.holds(IDLE, Millis(4)) && !link.holds(IDLE, Millis(5)));
    }
}
