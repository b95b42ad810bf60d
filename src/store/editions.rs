//! Issues of the list (第N期). A frozen one is only ever read.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::edition::Edition;

impl Tx {
    /// Keeps an edition for ever. False, and nothing is kept, if its number is taken: somebody froze one meanwhile.
    pub async fn keep_edition(&mut self, edition: &Edition, made_by: &str, now: Millis) -> Result<bool> {
        let body = serde_json::to_string(edition)
            .map_err(|error| StoreError::inconsistent("editions", edition.number, error))?;
        let kept = on!(self, |conn| {
            sqlx::query(
            "INSERT INTO editions (number, body, made_by, at) VALUES ($1, $2, $3, $4) ON CONFLICT (number) DO NOTHING"
        )
        .bind(i64::from(edition.number))
        .bind(body)
        .bind(made_by)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(kept == 1)
    }

    /// One edition by its number.
    pub async fn edition(&mut self, number: u32) -> Result<Option<Edition>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM editions WHERE number = $1"
        )
        .bind(i64::from(number))
        .fetch_optional(conn)
        .await)?;
        row.map(|(body,)| read(&body, number)).transpose()
    }

    /// The newest edition.
    pub async fn newest_edition(&mut self) -> Result<Option<Edition>> {
        let row: Option<(i64, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT number, body FROM editions ORDER BY number DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?;
        row.map(|(number, body)| read(&body, number)).transpose()
    }
}

fn read(body: &str, number: impl std::fmt::Display) -> Result<Edition> {
    serde_json::from_str(body).map_err(|error| StoreError::inconsistent("editions", number, error))
}
