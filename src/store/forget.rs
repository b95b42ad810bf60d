//! What is forgotten when its time is over, and the sample city's questions. What somebody asks to be forgotten: `erase`.

use super::{BUSY, Db, Pools, Result, Tx};
use crate::clock::Millis;

impl Tx {
    /// Forgets questions that ended before `before`, with everything that hangs on them; returns how many.
    pub async fn forget_questions(&mut self, before: Millis) -> Result<u64> {
        for text in [
            "DELETE FROM courses WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM steps WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM links WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM buttons WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM ratings WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM reviews WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM recalls WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM entry_defects WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM collected WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM reply_drafts WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM wishes WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM lessons WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM sample_items WHERE verdict IS NULL AND question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "UPDATE disputes SET one_says = '', other_says = '' WHERE one_question IN (SELECT id FROM questions WHERE ended_at < $1)
             OR other_question IN (SELECT id FROM questions WHERE ended_at < $1)",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(before.0)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(on!(self, |conn| sqlx::query(
            "DELETE FROM questions WHERE ended_at < $1"
        )
        .bind(before.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?)
    }

    /// Forgets rows that are over since before `before`, and what was held so long that nobody waits for it any more.
    pub async fn forget_outbox(&mut self, before: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM outbox WHERE sent_at < $1 OR held = 1 AND state = 'waiting' AND created_at < $1"
        )
        .bind(before.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Forgets what was said before `before` in chats that nobody knows any more: of people who are forgotten.
    pub async fn forget_unknown_chats(&mut self, before: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM outbox WHERE sent_at < $1
             AND NOT EXISTS (SELECT 1 FROM groups g WHERE g.channel = outbox.channel AND g.chat = outbox.chat)
             AND NOT EXISTS (SELECT 1 FROM private_chats p WHERE p.channel = outbox.channel AND p.chat = outbox.chat)"
        )
        .bind(before.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Removes every question with all that hangs on it: when a real roster takes the sample city's place.
    pub async fn remove_all_questions(&mut self) -> Result<()> {
        for text in [
            "DELETE FROM courses",
            "DELETE FROM steps",
            "DELETE FROM links",
            "DELETE FROM buttons",
            "DELETE FROM ratings",
            "DELETE FROM reviews",
            "DELETE FROM recalls",
            "DELETE FROM entry_defects",
            "DELETE FROM disputes",
            "DELETE FROM collected",
            "DELETE FROM lessons",
            "DELETE FROM clusters",
            "DELETE FROM reply_drafts",
            "DELETE FROM wishes",
            "DELETE FROM sample_items",
            "DELETE FROM samples",
            "DELETE FROM board_hours",
            "DELETE FROM board_entries",
            "DELETE FROM board_days",
            "DELETE FROM digests",
            "DELETE FROM questions",
            "DELETE FROM room_messages",
            "DELETE FROM room_reads",
        ] {
            on!(self, |conn| sqlx::query(text).execute(conn).await.map(drop))?;
        }
        Ok(())
    }

    /// Forgets visitors whose browser was not seen since `before`, with the private chats that nobody can open any more;
    /// and sessions of staff that ran out long ago.
    pub async fn forget_visitors(&mut self, before: Millis) -> Result<u64> {
        let gone = on!(self, |conn| sqlx::query("DELETE FROM sessions WHERE seen_at < $1")
            .bind(before.0)
            .execute(conn)
            .await
            .map(|done| done.rows_affected()))?;
        on!(self, |conn| {
            sqlx::query(
                "DELETE FROM private_chats WHERE channel = 'web' AND opened_at < $1
                 AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.account = private_chats.account)
                 AND NOT EXISTS (SELECT 1 FROM bindings b WHERE b.channel = 'web' AND b.account = private_chats.account)
                 AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.channel = 'web' AND q.account = private_chats.account
                                 AND q.ended_at IS NULL)",
            )
            .bind(before.0)
            .execute(conn)
            .await
            .map(drop)
        })?;
        on!(self, |conn| sqlx::query(
            "DELETE FROM room_reads WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.account = room_reads.account)"
        )
        .execute(conn)
        .await
        .map(drop))?;
        Ok(gone)
    }
}

impl Db {
    /// Empties SQLite's write-ahead log, in which what was blanked can still be read. Where somebody reads just now it is
    /// left for the next time.
    pub async fn empty_log(&self) -> Result<()> {
        let Pools::Sqlite { writer, .. } = &self.pools else {
            return Ok(());
        };
        let mut connection = writer.acquire().await?;
        let (_, frames, copied): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)")
            .fetch_one(&mut *connection)
            .await?;
        if frames <= 0 || copied < frames {
            return Ok(());
        }
        // Writers wait meanwhile, so readers are not waited for.
        sqlx::query("PRAGMA busy_timeout = 100")
            .execute(&mut *connection)
            .await?;
        let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut *connection)
            .await;
        let patience = format!("PRAGMA busy_timeout = {}", BUSY.as_millis());
        sqlx::query(sqlx::AssertSqlSafe(patience))
            .execute(&mut *connection)
            .await?;
        emptied?;
        Ok(())
    }
}
