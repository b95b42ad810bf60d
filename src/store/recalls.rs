//! 更正追达: who was told a text that has changed since, and the defects that helpers noted on entries.

use super::{Result, Tx, row_id};
use crate::clock::Millis;
use crate::domain::asking::question::{QuestionId, RevisionRef};
use crate::domain::roster::people::PersonId;

/// How long back people are told (PRODUCT §4).
const BACK_MS: i64 = 30 * 86_400_000;

/// Somebody to be told that an entry changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// The entry.
    pub entry: String,
    /// The revision that is valid now; one further than the last where it was withdrawn.
    pub revision: i64,
    /// The question that was answered with an older one.
    pub question: QuestionId,
}

impl Tx {
    /// Everybody who was answered with an older revision of an entry in the last thirty days is to be told.
    pub async fn recall(&mut self, entry: &str, revision: i64, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO recalls (entry_id, revision, question_id, made_at)
             SELECT DISTINCT $1, CAST($2 AS BIGINT), question_id, CAST($3 AS BIGINT) FROM steps
             WHERE kind = 'answered' AND at > $4 AND note LIKE $5 AND note <> $6
             ON CONFLICT (entry_id, revision, question_id) DO NOTHING"
        )
        .bind(entry)
        .bind(revision)
        .bind(now.0)
        .bind(now.plus(-BACK_MS).0)
        .bind(format!("{entry}·%"))
        .bind(format!("{entry}·{revision}"))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Everybody who was answered with a revision that has run out is to be told, once. Kept as the revision's negative,
    /// which is told apart from a later correction.
    pub async fn recall_expired(&mut self, entry: &str, revision: i64, now: Millis) -> Result<()> {
        self.recall(entry, -revision, now).await
    }

    /// Those who are still to be told, oldest first.
    pub async fn recalls_due(&mut self, limit: i64) -> Result<Vec<Recall>> {
        let rows: Vec<(String, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT entry_id, revision, question_id FROM recalls WHERE told_at IS NULL
             ORDER BY made_at, question_id LIMIT $1"
        )
        .bind(limit)
        .fetch_all(conn)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(entry, revision, question)| Recall {
                entry,
                revision,
                question: QuestionId(question),
            })
            .collect())
    }

    /// Notes that somebody was told; false if they were before.
    pub async fn mark_recalled(&mut self, recall: &Recall, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "UPDATE recalls SET told_at = $4 WHERE entry_id = $1 AND revision = $2 AND question_id = $3 AND told_at IS NULL"
        )
        .bind(&recall.entry)
        .bind(recall.revision)
        .bind(recall.question.0)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }

    /// Notes a defect that a helper found: the entry said the wrong thing to some words.
    pub async fn add_entry_defect(
        &mut self,
        said: &RevisionRef,
        question: QuestionId,
        by: PersonId,
        words: &str,
        must_not_hit: &str,
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
            .bind(words)
            .bind(must_not_hit)
            .bind(at.0)
            .execute(conn)
            .await
            .map(drop)
        })?;
        Ok(())
    }
}
