//! What was put aside because nobody could make sense of it, and its way back once somebody has looked at it.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::store::tidings::Tiding;

/// Why a row is aside that came back with a backup: it was perhaps handled, or said, already.
pub const RESTORED: &str = "restored";

/// A row that was put aside.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PutAside {
    /// Its number.
    pub id: i64,
    /// Where it came from.
    pub channel: String,
    /// Since when (ms).
    pub since: Option<i64>,
    /// Why, without anybody's words.
    pub error: Option<String>,
}

impl Tx {
    /// Updates that were put aside, oldest first, at most `limit`.
    pub async fn updates_aside(&mut self, limit: i64) -> Result<Vec<PutAside>> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT id, channel, handled_at AS since, error FROM inbox WHERE state = 'aside' ORDER BY id LIMIT $1"
        )
        .bind(limit)
        .fetch_all(conn)
        .await)?)
    }

    /// Lets one update be handled again, with all its tries; false if it is not aside.
    pub async fn handle_again(&mut self, id: i64) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE inbox SET state = 'waiting', attempts = 0, error = NULL, handled_at = NULL
             WHERE id = $1 AND state = 'aside'"
        )
        .bind(id)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        self.tell(Tiding::Arrived);
        Ok(rows == 1)
    }

    /// The same for all that failed; what came back with a backup stays aside. How many they are.
    pub async fn handle_all_again(&mut self) -> Result<u64> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE inbox SET state = 'waiting', attempts = 0, error = NULL, handled_at = NULL
             WHERE state = 'aside' AND COALESCE(error, '') <> $1"
        )
        .bind(RESTORED)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        self.tell(Tiding::Arrived);
        Ok(rows)
    }

    /// Messages to people that were put aside because they could not be read, oldest first, at most `limit`.
    pub async fn messages_aside(&mut self, limit: i64) -> Result<Vec<PutAside>> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT id, channel, sent_at AS since, error FROM outbox WHERE state = 'unreadable' ORDER BY id LIMIT $1"
        )
        .bind(limit)
        .fetch_all(conn)
        .await)?)
    }
}

impl PutAside {
    /// Since when.
    pub fn since(&self) -> Millis {
        Millis(self.since.unwrap_or_default())
    }
}
