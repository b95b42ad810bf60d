//! 更正追达: who was told a text that has changed since, and the defects that helpers noted on entries.

use super::{Result, Tx, row_id};
use crate::clock::Millis;
use crate::domain::asking::question::{QuestionId, RevisionRef, Told};
use crate::domain::chat::message::Place;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;

/// How long back people are told (PRODUCT §4).
const BACK_MS: i64 = 30 * 86_400_000;

/// Somebody to be told that an entry changed. What they are told is what is served then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// The entry.
    pub entry: String,
    /// The question that was answered with what is not valid any more.
    pub question: QuestionId,
}

/// Why somebody is to be told: what a row is kept by, beside entry and question.
#[derive(Clone, Copy)]
enum Cause {
    /// This revision came.
    Came(i64),
    /// The entry is gone; this revision was the last.
    Gone(i64),
    /// It was answered from a list that was already being replaced.
    Late,
}

impl Cause {
    /// The column `revision`, in which gone ones are negative; the queries below tell them apart by that.
    fn key(self) -> i64 {
        match self {
            Cause::Came(revision) => revision,
            Cause::Gone(last) => -last,
            Cause::Late => 0,
        }
    }
}

impl Tx {
    /// Everybody who was answered with an older revision of an entry in the last thirty days is to be told.
    pub async fn recall(&mut self, entry: &str, revision: i64, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO recalls (entry_id, revision, question_id, made_at)
             SELECT DISTINCT $1, CAST($2 AS BIGINT), question_id, CAST($3 AS BIGINT) FROM steps
             WHERE kind = 'answered' AND at > $4 AND note LIKE $5 AND note <> $6
             ON CONFLICT (entry_id, revision, question_id) DO UPDATE SET told_at = NULL, made_at = $3"
        )
        .bind(entry)
        .bind(Cause::Came(revision).key())
        .bind(now.0)
        .bind(now.plus(-BACK_MS).0)
        .bind(format!("{entry}·%"))
        .bind(format!("{entry}·{revision}"))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// How many questions were answered with an entry in the last thirty days: those who asked hear of a change.
    pub async fn answered_lately(&mut self, entry: &str, now: Millis) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(DISTINCT question_id) FROM steps WHERE kind = 'answered' AND at > $1 AND note LIKE $2"
        )
        .bind(now.plus(-BACK_MS).0)
        .bind(format!("{entry}·%"))
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// Everybody who was answered with an entry that was withdrawn or has run out is to be told, once for that revision.
    pub async fn recall_gone(&mut self, entry: &str, revision: i64, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO recalls (entry_id, revision, question_id, made_at)
             SELECT DISTINCT $1, CAST($2 AS BIGINT), question_id, CAST($3 AS BIGINT) FROM steps
             WHERE kind = 'answered' AND at > $4 AND note LIKE $5
             ON CONFLICT (entry_id, revision, question_id) DO NOTHING"
        )
        .bind(entry)
        .bind(Cause::Gone(revision).key())
        .bind(now.0)
        .bind(now.plus(-BACK_MS).0)
        .bind(format!("{entry}·%"))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// An entry that was gone is said again, as that revision: who heard that it is gone hears it, who did not yet need
    /// not.
    pub(super) async fn recall_returned(&mut self, entry: &str, revision: i64, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO recalls (entry_id, revision, question_id, made_at)
             SELECT DISTINCT $1, CAST($2 AS BIGINT), question_id, CAST($3 AS BIGINT) FROM recalls
             WHERE entry_id = $1 AND revision < 0 AND told_at IS NOT NULL AND made_at > $4
             ON CONFLICT (entry_id, revision, question_id) DO UPDATE SET told_at = NULL, made_at = $3"
        )
        .bind(entry)
        .bind(Cause::Came(revision).key())
        .bind(now.0)
        .bind(now.plus(-BACK_MS).0)
        .execute(conn)
        .await
        .map(drop))?;
        on!(self, |conn| sqlx::query(
            "DELETE FROM recalls WHERE entry_id = $1 AND revision < 0"
        )
        .bind(entry)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// A question was answered while the list it was answered from was already being replaced: looked at once more.
    pub async fn recall_late(&mut self, entry: &str, question: QuestionId, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO recalls (entry_id, revision, question_id, made_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (entry_id, revision, question_id) DO UPDATE SET told_at = NULL, made_at = $4"
        )
        .bind(entry)
        .bind(Cause::Late.key())
        .bind(question.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Those who are still to be told, the oldest change first and of that the newest question; entries that wait for
    /// their owner last, so that they hold up nobody.
    pub async fn recalls_due(&mut self, limit: i64) -> Result<Vec<Recall>> {
        let rows: Vec<(String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT entry_id, question_id FROM recalls WHERE told_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM switched_off s JOIN questions q ON q.channel = s.channel
             AND (s.group_id = 0 OR s.group_id = q.group_id) WHERE q.id = recalls.question_id)
             ORDER BY CASE WHEN EXISTS (SELECT 1 FROM freezes WHERE freezes.entry_id = recalls.entry_id
             AND lifted_at IS NULL) THEN 1 ELSE 0 END, made_at, question_id DESC LIMIT $1"
        )
        .bind(limit)
        .fetch_all(conn)
        .await)?;
        let recall = |(entry, question)| Recall {
            entry,
            question: QuestionId(question),
        };
        Ok(rows.into_iter().map(recall).collect())
    }

    /// Notes that somebody was told what is valid of an entry now; false if they were before.
    pub async fn mark_recalled(&mut self, recall: &Recall, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query("UPDATE recalls SET told_at = $3 WHERE entry_id = $1 AND question_id = $2 AND told_at IS NULL")
                .bind(&recall.entry)
                .bind(recall.question.0)
                .bind(at.0)
                .execute(conn)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(rows > 0)
    }

    /// Who was corrected in a chat to that revision since some moment: their accounts.
    pub async fn corrected_there(&mut self, told: &Told, place: &Place, since: Millis) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT DISTINCT q.account FROM recalls r
             JOIN steps s ON s.question_id = r.question_id AND s.kind = 'recalled' AND s.note = $2 AND s.at > $3
             JOIN links l ON l.question_id = r.question_id AND l.role = 'answer' AND l.channel = $4 AND l.chat = $5
             JOIN questions q ON q.id = r.question_id
             WHERE r.entry_id = $1 AND r.told_at > $3"
        )
        .bind(told.entry())
        .bind(told.to_string())
        .bind(since.0)
        .bind(&place.channel.0)
        .bind(&place.chat)
        .fetch_all(conn)
        .await)?;
        Ok(rows.into_iter().map(|(account,)| account).collect())
    }

    /// Notes a defect that a helper found: the entry said the wrong thing to some words.
    pub async fn add_entry_defect(
        &mut self,
        said: &RevisionRef,
        question: QuestionId,
        by: PersonId,
        words: &Masked,
        must_not_hit: &Masked,
        at: Millis,
    ) -> Result<()> {
        let id = self.propose_id(at);
        on!(self, |conn| {
            sqlx::query(concat!(
                "INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at)
             VALUES (",
                row_id!("entry_defects"),
                ", $2, $3, $4, $5, $6, $7, $8)",
            ))
            .bind(id)
            .bind(&said.entry)
            .bind(said.revision)
            .bind(question.0)
            .bind(by.0)
            .bind(words.as_str())
            .bind(must_not_hit.as_str())
            .bind(at.0)
            .execute(conn)
            .await
            .map(drop)
        })?;
        Ok(())
    }
}
