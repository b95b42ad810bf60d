//! How sending stands: chats the platform makes us wait for, what was sent lately, what is still to go.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::message::Place;

impl Tx {
    /// Keeps a platform's own waiting time for a chat.
    pub async fn chat_waits(&mut self, place: &Place, until: Millis) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO chat_waits (channel, chat, until) VALUES ($1, $2, $3) ON CONFLICT (channel, chat) DO UPDATE SET until = $3"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// Waiting times that are not over: channel, chat, until.
    pub async fn waiting_chats(&mut self, now: Millis) -> Result<Vec<(String, String, i64)>> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT channel, chat, until FROM chat_waits WHERE until > $1"
        )
        .bind(now.0)
        .fetch_all(conn)
        .await)?)
    }

    /// What was sent since `since`: channel, chat, when; so that a restart keeps to the limits.
    pub async fn sent_since(&mut self, since: Millis) -> Result<Vec<(String, String, i64)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
            "SELECT channel, chat, sent_at FROM outbox WHERE sent_at > $1 AND state = 'sent' AND role <> 'toast' ORDER BY sent_at"
        )
        .bind(since.0)
        .fetch_all(conn)
        .await
        })?)
    }

    /// Rows by state, for figures.
    pub async fn outbox_counts(&mut self) -> Result<Vec<(String, i64)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
            "SELECT CASE WHEN held = 1 AND state = 'waiting' THEN 'held' ELSE state END AS standing, COUNT(*) FROM outbox
             GROUP BY 1 ORDER BY 1"
        )
        .fetch_all(conn)
        .await
        })?)
    }

    /// How many messages are still to be sent. Not those that wait for the other side to write first.
    pub async fn unsent(&mut self) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending') AND (held = 0 OR state = 'sending')"
        )
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// Whether something is on its way to a chat just now.
    pub async fn is_sending_to(&mut self, place: &Place) -> Result<bool> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM outbox WHERE channel = $1 AND chat = $2 AND state = 'sending'"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .fetch_one(conn)
        .await)?;
        Ok(count > 0)
    }

    /// When the oldest row was decided that could have gone out and did not.
    // `held + 0`: found by the state, as few are; by `held` nearly everything that was ever sent would be gone through.
    pub async fn oldest_unsent(&mut self) -> Result<Option<Millis>> {
        let (oldest,): (Option<i64>,) = on!(self, |conn| sqlx::query_as(
            "SELECT MIN(created_at) FROM outbox WHERE state IN ('waiting', 'sending') AND held + 0 = 0"
        )
        .fetch_one(conn)
        .await)?;
        Ok(oldest.map(Millis))
    }
}
