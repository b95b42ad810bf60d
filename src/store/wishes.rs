//! 我也想问: who else waits for the answer to a question. Each is told once when it comes, and counts as one who asked.

use std::collections::BTreeMap;

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::chat::message::{Account, Channel};
use crate::domain::chat::order::Veil;

impl Tx {
    /// Somebody waits for the same answer; false if that was known.
    pub async fn wish(&mut self, question: QuestionId, account: &Account, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO wishes (question_id, channel, account, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (question_id, channel, account) DO NOTHING"
        )
        .bind(question.0)
        .bind(&account.channel.0)
        .bind(&account.id)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// They no longer do.
    pub async fn unwish(&mut self, question: QuestionId, account: &Account) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM wishes WHERE question_id = $1 AND channel = $2 AND account = $3"
        )
        .bind(question.0)
        .bind(&account.channel.0)
        .bind(&account.id)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// How many wait for the same answer, and whether an account is one of them. Whoever may not write does not count.
    pub async fn wishes(&mut self, question: QuestionId, account: &str) -> Result<(i64, bool)> {
        let (count, own): (i64, i64) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*), COALESCE(SUM(CASE WHEN w.account = $2 THEN 1 ELSE 0 END), 0) FROM wishes w
             WHERE w.question_id = $1
               AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.channel = w.channel AND b.account = w.account)"
        )
        .bind(question.0)
        .bind(account)
        .fetch_one(conn)
        .await)?;
        Ok((count, own > 0))
    }

    /// Takes those who wait for an answer and were not told of one; nobody while others do not see what was asked.
    pub async fn take_wishers(&mut self, question: &Question, at: Millis) -> Result<Vec<Account>> {
        let message = match question.message.id.parse() {
            Ok(id) => self.room_message(&question.place().chat, id).await?,
            Err(_) => None,
        };
        if message.is_none_or(|message| message.deleted || message.veil != Veil::None) {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, String)> = on!(self, |conn| sqlx::query_as(
            "UPDATE wishes SET told_at = $2 WHERE question_id = $1 AND told_at IS NULL RETURNING channel, account"
        )
        .bind(question.id.0)
        .bind(at.0)
        .fetch_all(conn)
        .await)?;
        let account = |(channel, id): (String, String)| Account {
            channel: Channel::new(&channel),
            id,
        };
        Ok(rows.into_iter().map(account).collect())
    }

    /// A question begins or ceases to wait for a helper: what stands beside its message in a room of the pages is another.
    pub async fn show_waits(&mut self, question: &Question) -> Result<()> {
        let room = &question.place().chat;
        let Ok(id) = question.message.id.parse() else {
            return Ok(());
        };
        if let Some(message) = self.room_message(room, id).await?.filter(|message| !message.deleted) {
            self.change_room_message(room, id, &message.body, false).await?;
        }
        Ok(())
    }

    /// Who waits for the same answers as the askers of questions that were collected, as channel and account.
    pub(super) async fn wishers_of_collected(&mut self, since: Millis) -> Result<BTreeMap<i64, Vec<String>>> {
        let rows: Vec<(i64, String, String)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT w.question_id, w.channel, w.account FROM wishes w JOIN collected c ON c.question_id = w.question_id
             WHERE w.at > $1
               AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.channel = w.channel AND b.account = w.account)"
        )
        .bind(since.0)
        .fetch_all(conn)
        .await
        })?;
        let mut found: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for (question, channel, account) in rows {
            found.entry(question).or_default().push(format!("{channel}:{account}"));
        }
        Ok(found)
    }
}
