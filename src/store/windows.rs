//! Channels that let the bot write only in answer: when a person wrote last, how much went out since, what waits.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::message::Place;

impl Tx {
    /// Somebody wrote in a chat: the bot may answer again, and what waited for that goes out.
    pub async fn open_window(&mut self, place: &Place, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO windows (channel, chat, wrote_at, used) VALUES ($1, $2, $3, 0)
             ON CONFLICT (channel, chat) DO UPDATE SET wrote_at = $3, used = 0"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        on!(self, |conn| sqlx::query(
            "UPDATE outbox SET held = 0, told = 0 WHERE held = 1 AND channel = $1 AND chat = $2"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Takes one of the answers that a chat's window still allows, for the leased row `id`; if there is none, the row is
    /// put back and held until the person writes again. `since`: windows that were opened before are over.
    pub async fn use_window(&mut self, place: &Place, id: i64, since: Millis, replies: u32) -> Result<bool> {
        // Touched first in any case, so that whoever opens it at the same time waits or is waited for.
        on!(self, |conn| sqlx::query(
            "INSERT INTO windows (channel, chat, wrote_at, used) VALUES ($1, $2, $3, $4)
             ON CONFLICT (channel, chat) DO UPDATE SET used = windows.used"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .bind(i64::MIN)
        .bind(0_i64)
        .execute(conn)
        .await
        .map(drop))?;
        let taken = on!(self, |conn| sqlx::query(
            "UPDATE windows SET used = used + 1 WHERE channel = $1 AND chat = $2 AND wrote_at > $3 AND used < $4"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .bind(since.0)
        .bind(i64::from(replies))
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if taken == 1 {
            return Ok(true);
        }
        on!(self, |conn| sqlx::query(
            "UPDATE outbox SET held = 1, state = 'waiting', holder = NULL WHERE id = $1 AND state = 'sending'"
        )
        .bind(id)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(false)
    }

    /// Gives an answer back that is known not to have gone out.
    pub async fn give_window_back(&mut self, place: &Place) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE windows SET used = used - 1 WHERE channel = $1 AND chat = $2 AND used > 0"
        )
        .bind(&place.channel.0)
        .bind(&place.chat)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Forgets windows opened before `before`: they are over in every channel.
    pub async fn forget_windows(&mut self, before: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM windows WHERE wrote_at < $1")
            .bind(before.0)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }
}
