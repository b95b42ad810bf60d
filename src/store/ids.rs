//! Ids of the rows several programs may add to at once: `outbox`, `inbox`, `steps`, `freezes`, `entry_defects`.
//!
//! An id is `ms << 22 | turn << 10 | writer`: milliseconds since 2024-01-01 UTC as the caller's
//! [`Clock`](crate::clock::Clock) tells them (41 bits, until 2091), a turn that runs on inside the process, and the
//! process's number, taken from the `writers` counter. Ids never repeat, and inside a process they grow even where the
//! clock stands still or jumps back.
//!
//! Between processes the table says what is next: the statement that adds a row takes the id proposed to it only where
//! that is greater than every id it sees, else the next millisecond after the greatest ([`row_id`]). So a row sorts
//! behind every row that was committed before it was written, whoever wrote that and whatever their clocks say. Rows of
//! two transactions that overlap sort either way, and the later commit may hold the smaller id: a reader who keeps a
//! cursor over such a table can miss a row. Cursors therefore go over numbers of [`Tx::count_up`](super::Tx::count_up)
//! (`room_messages`, `audit`, `questions`), whose counter is held until the commit, so that they are seen in order.
//!
//! Ids of before this form are small (blocks of a million) and sort first.

use std::sync::atomic::{AtomicI64, Ordering};

use tokio::sync::OnceCell;

use crate::clock::Millis;

/// 2024-01-01 UTC.
const EPOCH: Millis = Millis(1_704_067_200_000);
const TURNS: i64 = 1 << 12;
const WRITERS: i64 = 1 << 10;
/// A clock further ahead counts as this (2091): two years of milliseconds are left to go on from there.
const LAST_MS: i64 = (1 << 41) - (1 << 36);

/// The SQL of a new row's id in `$table`, where `$1` is what [`Tx::propose_id`](super::Tx::propose_id) gave.
macro_rules! row_id {
    ($table:literal) => {
        concat!(
            "(SELECT CASE WHEN COALESCE(MAX(id), 0) < $1 THEN $1 ELSE (MAX(id) / 4194304 + 1) * 4194304 + $1 % 4194304 END FROM ",
            $table,
            ")"
        )
    };
}
pub(super) use row_id;

const _: () = assert!(TURNS * WRITERS == 4_194_304, "as row_id has it");

/// Where the proposals of one process come from; opaque outside the store.
#[derive(Debug, Default)]
pub struct Ids {
    /// This process's number; taken with its first writing transaction.
    pub(super) writer: OnceCell<i64>,
    /// The last proposal without the writer.
    last: AtomicI64,
}

impl Ids {
    /// An id for a row written at `at`, greater than every one given before.
    pub(super) fn propose(&self, at: Millis) -> i64 {
        let mut last = self.last.load(Ordering::SeqCst);
        loop {
            let next = after(last, at);
            match self
                .last
                .compare_exchange_weak(last, next, Ordering::SeqCst, Ordering::SeqCst)
            {
                Ok(_) => return next * WRITERS + self.writer.get().map_or(0, |number| number % WRITERS),
                Err(newer) => last = newer,
            }
        }
    }
}

/// An id that is smaller than those of rows written later than `ms` before `at`.
pub(super) fn back(at: Millis, ms: i64) -> i64 {
    at.plus(-ms).since(EPOCH).clamp(0, LAST_MS) * TURNS * WRITERS
}

/// The milliseconds of `at`, or those of `last` if they are later, with the turn after `last`'s. The turn is not begun
/// anew with each millisecond: two rows moved behind the same greatest one keep different turns and never meet.
fn after(last: i64, at: Millis) -> i64 {
    let ms = at.since(EPOCH).clamp(0, LAST_MS).max(last / TURNS);
    let next = ms * TURNS + (last + 1) % TURNS;
    if next > last { next } else { next + TURNS }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_399_200_000);

    #[test]
    fn ids_grow_with_a_clock_that_stands_still_jumps_back_or_is_mad() {
        let ids = Ids::default();
        ids.writer.set(3 + 5 * WRITERS).unwrap();
        let clocks = [NOW, NOW.plus(-86_400_000), NOW.plus(1), Millis(0), Millis(i64::MIN)];
        let mut last = 0;
        for at in clocks.into_iter().chain([Millis(i64::MAX); 3]).cycle().take(40_000) {
            let id = ids.propose(at);
            assert!(id > last, "{id} after {last}");
            assert_eq!(id % WRITERS, 3);
            last = id;
        }
    }

    #[test]
    fn an_id_tells_its_millisecond() {
        let ids = Ids::default();
        for at in [NOW, NOW.plus(1), NOW.plus(1_000)] {
            let ms = ids.propose(at) / (TURNS * WRITERS);
            assert_eq!(ms, at.since(EPOCH));
        }
        assert!(Ids::default().propose(Millis(0)) > 0);
    }
}
