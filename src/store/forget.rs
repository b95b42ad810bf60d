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
    pub async fn erase_asker(&mut self, asker: &Account) -> Result<u64> {
        const THEIRS: &str = "(SELECT id FROM questions WHERE channel = $1 AND account = $2)";
        for text in [
            format!("UPDATE steps SET note = '' WHERE kind IN ({}) AND question_id IN {THEIRS}", listed(history::WITH_WORDS)),
            format!("UPDATE links SET body = NULL WHERE question_id IN {THEIRS}"),
            format!("UPDATE reviews SET note = NULL WHERE question_id IN {THEIRS}"),
            format!("UPDATE entry_defects SET must_not_hit = '' WHERE question_id IN {THEIRS}"),
            format!("UPDATE outbox SET body = '{{}}' WHERE state NOT IN ('waiting', 'sending') AND question_id IN {THEIRS}"),
            "UPDATE room_messages SET body = '{\"text\":[],\"buttons\":[],\"pictures\":[]}', name = '', deleted = 1 WHERE $1 = 'web' AND author = $2".to_owned(),
            "DELETE FROM windows WHERE channel = $1 AND chat IN (SELECT chat FROM private_chats WHERE channel = $1 AND account = $2)".to_owned(),
            "DELETE FROM private_chats WHERE channel = $1 AND account = $2".to_owned(),
            "DELETE FROM told WHERE channel = $1 AND account = $2".to_owned(),
        ] {
            on!(self, |conn| sqlx::query(sqlx::AssertSqlSafe(text.clone()))
                .bind(&asker.channel.0)
                .bind(&asker.id)
                .execute(conn)
                .await
                .map(drop))?;
        }
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
}
