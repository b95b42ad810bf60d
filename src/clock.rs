//! Time as a value. Everything that needs to know "now" asks a [`Clock`]; clippy bans every other source.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

/// What the operator reads while the clock is not believed.
pub const UNSURE: &str =
    "时钟和上次运行时对不上：先不到期、不清理，连续运行两小时后照它走。核对过时间是对的，可以现在就确认：bangban clock";
/// What the operator reads once a person confirmed it.
pub const CONFIRMED: &str = "时间已由人确认，照常到期和清理";

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
    Fixed(Arc<Hands>),
}

/// What a fixed clock shows, ms: the time, and how long it has been running.
#[derive(Debug, Default)]
pub struct Hands {
    time: AtomicI64,
    steady: AtomicI64,
}

/// When this process first asked for its steady count.
static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock {
    /// A clock that stands at `now` until [`Clock::advance`] moves it.
    pub fn fixed(now: Millis) -> Clock {
        Clock::Fixed(Arc::new(Hands {
            time: AtomicI64::new(now.0),
            steady: AtomicI64::new(0),
        }))
    }

    /// The moment now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Millis {
        match self {
            Clock::System => Millis(jiff::Timestamp::now().as_millisecond()),
            Clock::Fixed(hands) => Millis(hands.time.load(Ordering::SeqCst)),
        }
    }

    /// Milliseconds this clock has been running: whoever sets the time does not change it.
    pub fn steady(&self) -> i64 {
        match self {
            Clock::System => i64::try_from(BEGUN.elapsed().as_millis()).unwrap_or(i64::MAX),
            Clock::Fixed(hands) => hands.steady.load(Ordering::SeqCst),
        }
    }

    /// Moves a fixed clock on by `ms`; the machine's clock is left alone.
    pub fn advance(&self, ms: i64) {
        if let Clock::Fixed(hands) = self {
            hands.time.fetch_add(ms, Ordering::SeqCst);
            hands.steady.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Sets a fixed clock ahead by `ms` without any time going by; the machine's clock is left alone.
    pub fn jump(&self, ms: i64) {
        if let Clock::Fixed(hands) = self {
            hands.time.fetch_add(ms, Ordering::SeqCst);
        }
    }
}
