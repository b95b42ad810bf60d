//! Questions of the past, page by page, for a replay. Reads only.

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history::{self, Step};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::group::GroupKind;
use crate::domain::replay::history::Happened;
use crate::domain::roster::people::{BureauId, PersonId};

/// A question as it is kept, without who asked it.
#[derive(Clone, Debug)]
pub struct Past {
    pub id: QuestionId,
    pub bureau: BureauId,
    /// Of the group it was asked in; none once that is bound to nobody.
    pub kind: Option<GroupKind>,
    pub asked_at: Millis,
    /// Masked; empty once it was erased.
    pub text: String,
    /// What happened to it, in order.
    pub history: Vec<(Millis, Happened)>,
}

/// A stretch of time, its end excluded.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    pub since: Millis,
    pub until: Millis,
}

type StepRow = (i64, i64, String, Option<i64>, String);

impl Tx {
    /// How many questions were asked in a stretch of time.
    pub async fn count_asked(&mut self, stretch: Stretch) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM questions WHERE asked_at >= $1 AND asked_at < $2"
        )
        .bind(stretch.since.0)
        .bind(stretch.until.0)
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// The next questions of a stretch of time after a number, or the first, at most `limit`, by number, with their
    /// histories.
    pub async fn asked_after(&mut self, stretch: Stretch, after: Option<QuestionId>, limit: i64) -> Result<Vec<Past>> {
        let after = after.map_or(i64::MIN, |after| after.0);
        let rows: Vec<(i64, i64, Option<String>, i64, String)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT q.id, q.bureau_id, g.kind, q.asked_at, q.text FROM questions q JOIN groups g ON g.id = q.group_id
             WHERE q.id > $1 AND q.asked_at >= $2 AND q.asked_at < $3 ORDER BY q.id LIMIT $4"
        )
        .bind(after)
        .bind(stretch.since.0)
        .bind(stretch.until.0)
        .bind(limit)
        .fetch_all(conn)
        .await
        })?;
        let Some(last) = rows.last().map(|row| row.0) else {
            return Ok(Vec::new());
        };
        // The text of replies is long and not needed.
        let text = format!(
            "SELECT s.question_id, s.at, s.kind, s.person_id, CASE WHEN s.kind IN ({}) THEN s.note ELSE '' END
             FROM steps s JOIN questions q ON q.id = s.question_id
             WHERE q.id > $1 AND q.id <= $2 AND q.asked_at >= $3 AND q.asked_at < $4 ORDER BY s.question_id, s.id",
            listed(history::ANSWERS)
        );
        let steps: Vec<StepRow> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(after)
            .bind(last)
            .bind(stretch.since.0)
            .bind(stretch.until.0)
            .fetch_all(conn)
            .await)?;
        let mut steps = steps.into_iter().peekable();
        let past = |(id, bureau, kind, asked_at, text): (i64, i64, Option<String>, i64, String)| {
            let mut history = Vec::new();
            while let Some((_, at, kind, person, note)) = steps.next_if(|step| step.0 == id) {
                history.push((
                    Millis(at),
                    Happened::of(&Step::read(&kind, person.map(PersonId), &note)),
                ));
            }
            Past {
                id: QuestionId(id),
                bureau: BureauId(bureau),
                kind: kind.as_deref().and_then(GroupKind::from_key),
                asked_at: Millis(asked_at),
                text,
                history,
            }
        };
        Ok(rows.into_iter().map(past).collect())
    }
}
