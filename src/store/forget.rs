//! What is erased: questions whose time is over, what somebody asked to be forgotten, the sample city's questions.

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history;
use crate::domain::chat::message::Account;

impl Tx {
    /// Forgets questions that ended before `before`, with everything that hangs on them; returns how many.
    pub async fn forget_questions(&mut self, before: Millis) -> Result<u64> {
        for text in [
            "DELETE FROM steps WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM links WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM buttons WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM ratings WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM reviews WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM recalls WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM entry_defects WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM collected WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
            "DELETE FROM lessons WHERE question_id IN (SELECT id FROM questions WHERE ended_at < $1)",
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
            "DELETE FROM questions",
            "DELETE FROM room_messages",
        ] {
            on!(self, |conn| sqlx::query(text).execute(conn).await.map(drop))?;
        }
        Ok(())
    }

    /// Erases what an asker said: words, name, pictures, room messages, private chat. The numbers stay, with nobody
    /// behind them. Returns how many questions there were.
    pub async fn erase_asker(&mut self, asker: &Account, at: Millis) -> Result<u64> {
        const THEIRS: &str = "(SELECT id FROM questions WHERE channel = $1 AND account = $2)";
        for text in [
            format!("UPDATE steps SET note = '' WHERE kind IN ({}) AND question_id IN {THEIRS}", listed(history::WITH_WORDS)),
            format!("UPDATE links SET body = NULL WHERE question_id IN {THEIRS}"),
            format!("UPDATE reviews SET note = NULL WHERE question_id IN {THEIRS}"),
            format!("UPDATE entry_defects SET must_not_hit = '' WHERE question_id IN {THEIRS}"),
            "UPDATE room_messages SET body = '{\"text\":[],\"buttons\":[],\"pictures\":[]}', name = '', deleted = 1 WHERE $1 = 'web' AND author = $2".to_owned(),
            "DELETE FROM windows WHERE channel = $1 AND chat IN (SELECT chat FROM private_chats WHERE channel = $1 AND account = $2)".to_owned(),
            "DELETE FROM told WHERE channel = $1 AND account = $2".to_owned(),
        ] {
            on!(self, |conn| sqlx::query(sqlx::AssertSqlSafe(text.clone()))
                .bind(&asker.channel.0)
                .bind(&asker.id)
                .execute(conn)
                .await
                .map(drop))?;
        }
        self.erase_owed(asker, at).await?;
        self.erase_lessons(asker, at).await?;
        Ok(on!(self, |conn| {
            sqlx::query(
            "UPDATE questions SET text = '', asker_name = '', media = '[]', account = '' WHERE channel = $1 AND account = $2"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?)
    }
    /// What was said, or was still to be said, to an asker and about their questions; and the private chat it was said in.
    async fn erase_owed(&mut self, asker: &Account, at: Millis) -> Result<()> {
        // All of theirs is over: nothing more is to be said about it. What is going out this moment cannot be stopped.
        on!(self, |conn| {
            sqlx::query(
            "UPDATE outbox SET body = '{}', told = 1, sent_at = COALESCE(sent_at, $3),
                 state = CASE WHEN state IN ('waiting', 'gone', 'muted') THEN 'void' ELSE state END
             WHERE state <> 'sending' AND question_id IN (SELECT id FROM questions WHERE channel = $1 AND account = $2)"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        for text in [
            "DELETE FROM outbox WHERE channel = $1 AND chat IN (SELECT chat FROM private_chats WHERE channel = $1 AND account = $2)",
            "DELETE FROM private_chats WHERE channel = $1 AND account = $2",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(&asker.channel.0)
                .bind(&asker.id)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}
