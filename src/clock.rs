//! Time as a value. Everything that needs to know "now" asks a [`Clock`]; clippy bans every other source.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment in milliseconds since 1970-01-01 UTC, as the database keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Millis(pub i64);

impl Millis {
    /// This moment and `ms` milliseconds more (negative: earlier). Saturates at the ends of time.
    pub fn plus(self, ms: i64) -> Millis {
        Millis(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative if it lies before.
    pub fn since(self, earlier: Millis) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Where the time comes from: the machine, or a value that a test or a replay moves by hand.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still until moved.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now` until [`Clock::advance`] moves it.
    pub fn fixed(now: Millis) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(now.0)))
    }

    /// The moment now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Millis {
        match self {
            Clock::System => Millis(jiff::Timestamp::now().as_millisecond()),
            Clock::Fixed(at) => Millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock on by `ms`; the machine's clock is left alone.
    pub fn advance(&self, ms: i64) {
        if let Clock::Fixed(at) = self {
            at.fetch_add(ms, Ordering::SeqCst);
        }
    }
}
