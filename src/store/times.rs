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

    /// Ends every wait of the outbox and of chats at `latest`, every lease at `lease`.
    pub async fn shorten_waits(&mut self, latest: Millis, lease: Millis) -> Result<()> {
        for (text, at) in [
            (
                "UPDATE outbox SET not_before = $1 WHERE state = 'waiting' AND not_before > $1",
                latest,
            ),
            (
                "UPDATE outbox SET lease_until = $1 WHERE state = 'sending' AND lease_until > $1",
                lease,
            ),
            ("UPDATE chat_waits SET until = $1 WHERE until > $1", latest),
        ] {
            on!(self, |conn| sqlx::query(text).bind(at.0).execute(conn).await.map(drop))?;
        }
        Ok(())
    }

    /// Ends waits at `latest` that only a wrong clock can have made: longer than a day for a chat, longer than a minute
    /// for a row whose chat has no wait of its own.
    pub async fn forget_impossible_waits(&mut self, now: Millis, latest: Millis) -> Result<()> {
        const DAY: i64 = 86_400_000;
        for (text, longest) in [
            ("UPDATE chat_waits SET until = $1 WHERE until > $2", DAY),
            (
                "UPDATE outbox SET not_before = $1 WHERE state = 'waiting' AND not_before > $2 AND NOT EXISTS
                 (SELECT 1 FROM chat_waits w WHERE w.channel = outbox.channel AND w.chat = outbox.chat AND w.until >= outbox.not_before)",
                60_000,
            ),
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(latest.0)
                .bind(now.plus(longest).0)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}
