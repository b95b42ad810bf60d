//! Ratings of solved questions, and the reviews that low ones open.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::asking::rating::Rating;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};

/// An open review of a low rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// What was rated.
    pub question: QuestionId,
    /// Whose it is.
    pub bureau: BureauId,
    /// Until when it must be done.
    pub due: Millis,
    /// How often those who keep the bureau were told.
    pub told: i64,
}

impl Tx {
    /// How a question was rated.
    pub async fn rating(&mut self, id: QuestionId) -> Result<Option<Rating>> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT level FROM ratings WHERE question_id = $1"
        )
        .bind(id.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.and_then(|(level,)| Rating::of_level(level)))
    }

    /// Rates a question; false if it was rated before.
    pub async fn add_rating(&mut self, id: QuestionId, rating: Rating, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO ratings (question_id, level, at) VALUES ($1, $2, $3) ON CONFLICT (question_id) DO NOTHING"
        )
        .bind(id.0)
        .bind(i64::from(rating.level()))
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Opens a review that must be done before `due`.
    pub async fn open_review(&mut self, id: QuestionId, due: Millis, at: Millis) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO reviews (question_id, opened_at, due_at, told) VALUES ($1, $2, $3, 0) ON CONFLICT (question_id) DO NOTHING"
        )
        .bind(id.0)
        .bind(at.0)
        .bind(due.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// Open reviews that nobody was told of yet, and those that are due before `before` and were not reminded of.
    // Joined crosswise, or SQLite goes through all questions there ever were, four times a second.
    pub async fn reviews_to_tell(&mut self, before: Millis) -> Result<Vec<Review>> {
        let rows: Vec<(i64, i64, i64, i64)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT r.question_id, q.bureau_id, r.due_at, r.told FROM reviews r CROSS JOIN questions q
                 WHERE q.id = r.question_id AND r.closed_at IS NULL AND (r.told = 0 OR (r.told = 1 AND r.due_at <= $1)) ORDER BY r.due_at, r.question_id",
            )
            .bind(before.0)
            .fetch_all(conn)
            .await
        })?;
        Ok(rows
            .into_iter()
            .map(|(question, bureau, due, told)| Review {
                question: QuestionId(question),
                bureau: BureauId(bureau),
                due: Millis(due),
                told,
            })
            .collect())
    }

    /// A bureau's open reviews, the nearest end first.
    pub async fn open_reviews(&mut self, bureau: BureauId) -> Result<Vec<Review>> {
        let rows: Vec<(i64, i64, i64)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT r.question_id, r.due_at, r.told FROM reviews r JOIN questions q ON q.id = r.question_id
                 WHERE r.closed_at IS NULL AND q.bureau_id = $1 ORDER BY r.due_at, q.id",
            )
            .bind(bureau.0)
            .fetch_all(conn)
            .await
        })?;
        Ok(rows
            .into_iter()
            .map(|(question, due, told)| Review {
                question: QuestionId(question),
                bureau,
                due: Millis(due),
                told,
            })
            .collect())
    }

    /// Notes that a review was spoken of once more; false if somebody else did meanwhile.
    pub async fn mark_review_told(&mut self, id: QuestionId, before: i64) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE reviews SET told = told + 1 WHERE question_id = $1 AND told = $2"
        )
        .bind(id.0)
        .bind(before)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Closes an open review; false if there is none.
    pub async fn close_review(&mut self, id: QuestionId, by: PersonId, note: &Masked, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "UPDATE reviews SET closed_at = $2, closed_by = $3, note = $4 WHERE question_id = $1 AND closed_at IS NULL"
        )
        .bind(id.0)
        .bind(at.0)
        .bind(by.0)
        .bind(note.as_str())
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }
}
