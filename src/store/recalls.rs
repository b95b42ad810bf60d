//! 更正追达: who was told a text that has changed since, and the defects that helpers noted on entries.

use std::fmt;

use super::{Result, Tx, row_id};
use crate::clock::Millis;
use crate::domain::asking::question::{QuestionId, RevisionRef};
use crate::domain::roster::people::PersonId;

/// How long back people are told (PRODUCT §4).
const BACK_MS: i64 = 30 * 86_400_000;

/// Why what was said of an entry is no longer valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outdated {
    /// A newer revision is valid now; one further than the last where it was withdrawn.
    By(i64),
    /// The revision has run out.
    Expired(i64),
}

impl Outdated {
    /// The revision that is valid now, or the one that has run out.
    pub fn revision(self) -> i64 {
        match self {
            Outdated::By(revision) | Outdated::Expired(revision) => revision,
        }
    }

    /// As the column `revision` keeps it: what has run out as its negative, so that a later correction is told apart.
    fn key(self) -> i64 {
        match self {
            Outdated::By(revision) => revision,
            Outdated::Expired(revision) => -revision,
        }
    }

    fn from_key(key: i64) -> Outdated {
        if key < 0 {
            Outdated::Expired(-key)
        } else {
            Outdated::By(key)
        }
    }
}

impl fmt::Display for Outdated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key().fmt(f)
    }
}

/// Somebody to be told that an entry changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// The entry.
    pub entry: String,
    /// Why what they were told is no longer valid.
    pub outdated: Outdated,
    /// The question that was answered with it.
    pub question: QuestionId,
}

impl Tx {
    /// Everybody who was answered in the last thirty days with what is no longer valid is to be told, once.
    pub async fn recall(&mut self, entry: &str, outdated: Outdated, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO recalls (entry_id, revision, question_id, made_at)
             SELECT DISTINCT $1, CAST($2 AS BIGINT), question_id, CAST($3 AS BIGINT) FROM steps
             WHERE kind = 'answered' AND at > $4 AND note LIKE $5 AND note <> $6
             ON CONFLICT (entry_id, revision, question_id) DO NOTHING"
        )
        .bind(entry)
        .bind(outdated.key())
        .bind(now.0)
        .bind(now.plus(-BACK_MS).0)
        .bind(format!("{entry}·%"))
        .bind(format!("{entry}·{outdated}"))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
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
            .map(|(entry, key, question)| Recall {
                entry,
                outdated: Outdated::from_key(key),
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
        .bind(recall.outdated.key())
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
