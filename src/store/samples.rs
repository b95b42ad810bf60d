//! The blind sample: answers that were drawn of a week, and what helpers made of them. The words stay with the question.

use std::collections::BTreeMap;

use super::{Result, StoreError, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history::{self, Step};
use crate::domain::asking::question::{QuestionId, RevisionRef};
use crate::domain::list::sample::{Judged, Verdict};
use crate::domain::roster::people::{BureauId, PersonId};

/// An answer of the list that may be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawable {
    /// To which question.
    pub question: QuestionId,
    /// In whose group it was asked.
    pub bureau: BureauId,
    /// What was said.
    pub said: RevisionRef,
}

/// An answer that was drawn and not judged.
#[derive(Clone, Debug)]
pub struct Item {
    /// To which question.
    pub question: QuestionId,
    /// What was asked.
    pub words: String,
    /// What was said.
    pub said: RevisionRef,
}

impl Tx {
    /// The list's own first answers to what was asked in a time, without those that the asker picked and those to
    /// words that were erased.
    pub async fn drawable(&mut self, from: Millis, until: Millis) -> Result<Vec<Drawable>> {
        let text = format!(
            "SELECT q.id, q.bureau_id, s.note FROM questions q JOIN steps s ON s.question_id = q.id
             WHERE q.asked_at >= $1 AND q.asked_at < $2 AND q.text <> '' AND s.kind IN ({})
             AND NOT EXISTS (SELECT 1 FROM steps p WHERE p.question_id = q.id AND p.kind = '{}') ORDER BY q.id, s.id",
            listed(history::ANSWERS),
            Step::Picked { entry: String::new() }.key(),
        );
        let rows: Vec<(i64, i64, String)> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(from.0)
            .bind(until.0)
            .fetch_all(conn)
            .await)?;
        let mut drawable: Vec<Drawable> = Vec::with_capacity(rows.len());
        for (question, bureau, note) in rows {
            let question = QuestionId(question);
            if drawable.last().is_some_and(|last| last.question == question) {
                continue;
            }
            // A step of a newer program names its answer otherwise: it is not drawn.
            let Ok(said) = note.parse() else { continue };
            let bureau = BureauId(bureau);
            drawable.push(Drawable { question, bureau, said });
        }
        Ok(drawable)
    }

    /// Whether a week was drawn; by its Monday.
    pub async fn is_sampled(&mut self, week: &str) -> Result<bool> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as("SELECT at FROM samples WHERE week = $1")
            .bind(week)
            .fetch_optional(conn)
            .await)?;
        Ok(row.is_some())
    }

    /// Keeps what was drawn of a week; false, and nothing is kept, if it was drawn before. `pool`: of how many.
    pub async fn keep_sample(&mut self, week: &str, pool: i64, drawn: &[Drawable], at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO samples (week, pool, at) VALUES ($1, $2, $3) ON CONFLICT (week) DO NOTHING"
        )
        .bind(week)
        .bind(pool)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if rows == 0 {
            return Ok(false);
        }
        for item in drawn {
            on!(self, |conn| {
                sqlx::query(
                "INSERT INTO sample_items (question_id, week, bureau_id, entry_id, revision) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (question_id) DO NOTHING"
            )
            .bind(item.question.0)
            .bind(week)
            .bind(item.bureau.0)
            .bind(&item.said.entry)
            .bind(item.said.revision)
            .execute(conn)
            .await
            .map(drop)
            })?;
        }
        Ok(true)
    }

    /// What somebody of a bureau may judge: of the weeks since one, asked of another bureau and belonging to another,
    /// in which they had no part.
    pub async fn to_judge(&mut self, since: &str, bureau: BureauId, person: PersonId) -> Result<Vec<Item>> {
        type Row = (i64, String, String, i64);
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT i.question_id, q.text, i.entry_id, i.revision FROM sample_items i JOIN questions q ON q.id = i.question_id
             WHERE i.week >= $1 AND i.verdict IS NULL AND q.text <> '' AND i.bureau_id <> $2
             AND (q.registered_at IS NULL OR q.registered_at <> $2)
             AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.question_id = q.id AND s.person_id = $3) ORDER BY i.question_id"
        )
        .bind(since)
        .bind(bureau.0)
        .bind(person.0)
        .fetch_all(conn)
        .await
        })?;
        let item = |(question, words, entry, revision): Row| Item {
            question: QuestionId(question),
            words,
            said: RevisionRef { entry, revision },
        };
        Ok(rows.into_iter().map(item).collect())
    }

    /// Judges an answer; false if somebody did before.
    pub async fn judge(&mut self, question: QuestionId, verdict: Verdict, by: PersonId, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "UPDATE sample_items SET verdict = $2, judged_by = $3, judged_at = $4 WHERE question_id = $1 AND verdict IS NULL"
        )
        .bind(question.0)
        .bind(verdict.key())
        .bind(by.0)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }

    /// What came of the samples of the weeks since one, the oldest first.
    pub async fn judged(&mut self, since: &str) -> Result<Vec<(String, Judged)>> {
        type Row = (String, Option<String>, i64);
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(
            "SELECT week, verdict, COUNT(*) FROM sample_items WHERE week >= $1 GROUP BY week, verdict ORDER BY week"
        )
        .bind(since)
        .fetch_all(conn)
        .await)?;
        let mut weeks: BTreeMap<String, Judged> = BTreeMap::new();
        for (week, verdict, count) in rows {
            let judged = weeks.entry(week.clone()).or_default();
            judged.drawn += count;
            let Some(verdict) = verdict else { continue };
            judged.judged += count;
            match Verdict::read(&verdict) {
                Some(Verdict::Right) => {}
                Some(Verdict::Incomplete) => judged.incomplete += count,
                Some(Verdict::Wrong) => judged.wrong += count,
                Some(Verdict::NotAQuestion) => judged.not_a_question += count,
                None => return Err(StoreError::inconsistent("sample_items", week, "an unknown verdict")),
            }
        }
        Ok(weeks.into_iter().collect())
    }
}
