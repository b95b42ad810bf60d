//! Raw updates: committed before they are confirmed to their platform, handled once, blanked when handled.

use super::each::{Readable, each, readable};
use super::{Result, Tx, row_id};
use crate::clock::Millis;

/// A raw update on its way in.
#[derive(Clone, Debug)]
pub struct RawUpdate {
    /// The platform's own identity of the thing, e.g. `m:chat:message:edit_date`; the same key is taken once.
    pub natural_key: String,
    /// Updates of one lane are handled one after another: channel and chat.
    pub lane: String,
    /// As the platform sent it.
    pub raw: String,
}

/// A raw update that waits to be handled.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Waiting {
    /// The row.
    pub id: i64,
    /// The channel it came from.
    pub channel: String,
    /// The lane it belongs to.
    pub lane: String,
    /// As the platform sent it.
    pub raw: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// Tries before an update is kept aside.
pub const MAX_ATTEMPTS: i64 = 3;

impl Tx {
    /// Writes an update down; returns its row, or none if it was taken before.
    pub async fn take_in(&mut self, channel: &str, update: &RawUpdate, at: Millis) -> Result<Option<i64>> {
        let id = self.propose_id(at);
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(concat!(
            "INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, received_at)
             VALUES (",
            row_id!("inbox"),
            ", $2, $3, $4, $5, 'waiting', 0, $6) ON CONFLICT (channel, natural_key) DO NOTHING RETURNING id"
        ))
        .bind(id)
        .bind(channel)
        .bind(&update.natural_key)
        .bind(&update.lane)
        .bind(&update.raw)
        .bind(at.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(id,)| id))
    }

    /// Everything that waits, oldest first, at most `limit` after row `after`.
    pub async fn waiting(&mut self, after: i64, limit: i64) -> Result<Readable<Waiting>> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "SELECT id, channel, lane, raw, attempts FROM inbox WHERE state = 'waiting' AND id > $1 ORDER BY id LIMIT $2"
        )
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect())
        })?;
        Ok(readable("inbox", rows, Ok))
    }

    /// Keeps rows aside that cannot even be read.
    pub async fn set_updates_aside(&mut self, ids: &[i64], at: Millis) -> Result<()> {
        for id in ids {
            on!(self, |conn| {
                sqlx::query(
                "UPDATE inbox SET state = 'aside', error = 'unreadable', handled_at = $2 WHERE id = $1 AND state = 'waiting'"
            )
            .bind(id)
            .bind(at.0)
            .execute(conn)
            .await
            .map(drop)
            })?;
        }
        Ok(())
    }

    /// Marks a row handled and blanks it; false if somebody else already did.
    pub async fn mark_handled(&mut self, id: i64, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE inbox SET state = 'handled', raw = '', handled_at = $2 WHERE id = $1 AND state = 'waiting'"
        )
        .bind(id)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Counts a failed try; after [`MAX_ATTEMPTS`] the row is kept aside with its error. True if it was kept aside.
    pub async fn mark_failed(&mut self, id: i64, error: &str, at: Millis) -> Result<bool> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "UPDATE inbox SET attempts = attempts + 1, error = $2, handled_at = $3,
                    state = CASE WHEN attempts + 1 >= $4 THEN 'aside' ELSE 'waiting' END
             WHERE id = $1 AND state = 'waiting' RETURNING state"
        )
        .bind(id)
        .bind(error)
        .bind(at.0)
        .bind(MAX_ATTEMPTS)
        .fetch_optional(conn)
        .await)?;
        Ok(row.is_some_and(|(state,)| state == "aside"))
    }

    /// Forgets handled rows before `handled` and rows kept aside before `aside`.
    pub async fn forget_inbox(&mut self, handled: Millis, aside: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM inbox WHERE (state = 'handled' AND handled_at < $1) OR (state = 'aside' AND handled_at < $2)"
        )
        .bind(handled.0)
        .bind(aside.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// When the oldest update that waits came in.
    pub async fn oldest_waiting(&mut self) -> Result<Option<Millis>> {
        let (oldest,): (Option<i64>,) = on!(self, |conn| sqlx::query_as(
            "SELECT MIN(received_at) FROM inbox WHERE state = 'waiting'"
        )
        .fetch_one(conn)
        .await)?;
        Ok(oldest.map(Millis))
    }

    /// How many updates wait, and how many are kept aside.
    pub async fn inbox_counts(&mut self) -> Result<(i64, i64)> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(COALESCE(SUM(CASE WHEN state = 'aside' THEN 1 ELSE 0 END), 0) AS BIGINT)
             FROM inbox WHERE state IN ('waiting', 'aside')"
        )
        .fetch_one(conn)
        .await)?)
    }
}
