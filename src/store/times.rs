//! The time as it was known, and what a wrong one left behind.

use super::{Result, Tx};
use crate::clock::Millis;

/// The note that keeps the believed time.
const TIME: &str = "time";

impl Tx {
    /// Notes the time, which is believed.
    pub async fn note_time(&mut self, now: Millis) -> Result<()> {
        self.set_note(TIME, &now.0.to_string()).await
    }

    /// The time that was noted last.
    pub async fn confirmed_time(&mut self) -> Result<Option<Millis>> {
        Ok(self.note(TIME).await?.and_then(|at| at.parse().ok()).map(Millis))
    }

    /// The time as it was known last: as noted, else when something was last heard.
    pub async fn last_time(&mut self) -> Result<Option<Millis>> {
        let noted = self.confirmed_time().await?;
        let (heard,): (Option<i64>,) = on!(self, |conn| sqlx::query_as("SELECT MAX(heard_at) FROM questions")
            .fetch_one(conn)
            .await)?;
        Ok(noted.or(heard.map(Millis)))
    }
}
