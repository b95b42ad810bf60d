//! A copy of the database while it is in use, and what must not live on in a database that was brought back.

use std::path::Path;

use sqlx::AssertSqlSafe;

use super::undelivered::Loss;
use super::{Db, Pools, Result, StoreError, Tx};
use crate::clock::Millis;

/// The note that holds when the newest copy was made, ms; none while none was.
pub const BACKED_UP: &str = "backed_up";

/// What was laid to rest in a database that was brought back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaidToRest {
    /// Owed to chats, perhaps said already since the copy was made.
    pub owed: u64,
    /// Heard and not handled yet, perhaps handled already since.
    pub heard: u64,
    /// Sessions of staff and links that were good.
    pub ways_in: u64,
}

impl Db {
    /// Writes a whole copy of an SQLite database, as it is at one moment, into a file that is not there yet; others may
    /// write meanwhile. False on PostgreSQL, which has tools of its own for it.
    pub async fn copy_into(&self, file: &Path) -> Result<bool> {
        let Pools::Sqlite { readers, .. } = &self.pools else {
            return Ok(false);
        };
        let name = file.display().to_string().replace('\'', "''");
        let mut connection = readers.acquire().await?;
        sqlx::query(AssertSqlSafe(format!("VACUUM INTO '{name}'")))
            .execute(&mut *connection)
            .await?;
        Ok(true)
    }

    /// Looks at every page of an SQLite database. The error names the first thing that is wrong.
    pub async fn look_through(&self) -> Result<()> {
        let Pools::Sqlite { readers, .. } = &self.pools else {
            return Ok(());
        };
        let mut connection = readers.acquire().await?;
        let (found,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)")
            .fetch_one(&mut *connection)
            .await?;
        match found.as_str() {
            "ok" => Ok(()),
            wrong => Err(StoreError::inconsistent("database", "integrity_check", wrong)),
        }
    }
}

impl Tx {
    /// In a database that was brought back: what was on its way is never sent again but looked at by people, what was not
    /// handled is kept aside, and nobody is signed in.
    pub async fn lay_to_rest(&mut self, now: Millis) -> Result<LaidToRest> {
        let owed = on!(self, |conn| sqlx::query(
            "UPDATE outbox SET state = $1, error = 'restored', sent_at = $2, holder = NULL, told = 0,
                 body = CASE WHEN question_id IS NULL THEN '{}' ELSE body END WHERE state IN ('waiting', 'sending')"
        )
        .bind(Loss::Unknown.key())
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        let heard = on!(self, |conn| sqlx::query(
            "UPDATE inbox SET state = 'aside', error = 'restored', handled_at = $1 WHERE state = 'waiting'"
        )
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        let mut ways_in = 0;
        for text in [
            "DELETE FROM sessions WHERE person_id IS NOT NULL",
            "DELETE FROM invitations WHERE used_at IS NULL",
        ] {
            ways_in += on!(self, |conn| sqlx::query(text)
                .execute(conn)
                .await
                .map(|done| done.rows_affected()))?;
        }
        Ok(LaidToRest { owed, heard, ways_in })
    }
}
