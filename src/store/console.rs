//! What the console keeps beside the questions: what somebody is writing, and how far they have read.

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history::{self, Step};
use crate::domain::asking::question::QuestionId;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};

/// Unread messages are counted up to this many.
pub const UNREAD_COUNTED: i64 = 100;

/// A question of today, and who answered it.
#[derive(Clone, Copy, Debug)]
pub struct Came {
    /// In whose group it was asked.
    pub bureau: BureauId,
    /// When.
    pub at: Millis,
    /// The list answered.
    pub by_list: bool,
    /// It was handed to a helper.
    pub handed: bool,
    /// A helper answered.
    pub replied: bool,
}

impl Tx {
    /// Keeps what a helper is writing as the answer to a question, in the place of what was kept before.
    pub async fn keep_reply_draft(
        &mut self,
        person: PersonId,
        question: QuestionId,
        words: &Masked,
        at: Millis,
    ) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO reply_drafts (person_id, question_id, words, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, question_id) DO UPDATE SET words = $3, at = $4"
        )
        .bind(person.0)
        .bind(question.0)
        .bind(words.as_str())
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// What a helper was writing as the answer to a question.
    pub async fn reply_draft(&mut self, person: PersonId, question: QuestionId) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT words FROM reply_drafts WHERE person_id = $1 AND question_id = $2"
        )
        .bind(person.0)
        .bind(question.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(words,)| words))
    }

    /// It was sent, or is not wanted any more.
    pub async fn drop_reply_draft(&mut self, person: PersonId, question: QuestionId) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM reply_drafts WHERE person_id = $1 AND question_id = $2"
        )
        .bind(person.0)
        .bind(question.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// How many questions wait for a helper: those nobody of the bureau has, and their own that are not answered.
    pub async fn waiting_for(&mut self, bureau: BureauId, helper: PersonId) -> Result<usize> {
        let (count,): (i64,) = on!(self, |conn| {
            sqlx::query_as(
            "SELECT COUNT(*) FROM questions WHERE (phase = 'waiting' AND bureau_id = $1) OR (phase = 'claimed' AND holder = $2)"
        )
        .bind(bureau.0)
        .bind(helper.0)
        .fetch_one(conn)
        .await
        })?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The questions asked since local midnight, with who answered.
    pub async fn asked_since_midnight(&mut self, midnight: Millis) -> Result<Vec<Came>> {
        type Row = (i64, i64, i64, i64, i64);
        let text = format!(
            "SELECT q.bureau_id, q.asked_at,
                 CAST(MAX(CASE WHEN s.kind IN ({}) THEN 1 ELSE 0 END) AS BIGINT),
                 CAST(MAX(CASE WHEN s.kind = '{}' THEN 1 ELSE 0 END) AS BIGINT),
                 CAST(MAX(CASE WHEN s.kind IN ({}) THEN 1 ELSE 0 END) AS BIGINT)
             FROM questions q JOIN steps s ON s.question_id = q.id
             WHERE q.id IN (SELECT id FROM questions WHERE asked_at >= $1) GROUP BY q.id, q.bureau_id, q.asked_at",
            listed(history::ANSWERS),
            Step::HandedOver { duty: None }.key(),
            listed(history::REPLIES),
        );
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(midnight.0)
            .fetch_all(conn)
            .await)?;
        let came = |(bureau, at, by_list, handed, replied): Row| Came {
            bureau: BureauId(bureau),
            at: Millis(at),
            by_list: by_list != 0,
            handed: handed != 0,
            replied: replied != 0,
        };
        Ok(rows.into_iter().map(came).collect())
    }

    /// How many messages of a room an account has not read, others' only; at most [`UNREAD_COUNTED`].
    pub async fn unread(&mut self, account: &str, room: &str) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM (SELECT id FROM room_messages WHERE room = $2 AND author <> $1 AND deleted = 0
                 AND id > COALESCE((SELECT upto FROM room_reads WHERE account = $1 AND room = $2), 0)
                 ORDER BY id DESC LIMIT $3) AS newest"
        )
        .bind(account)
        .bind(room)
        .bind(UNREAD_COUNTED)
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// The number of a room's newest message, 0 where there is none.
    pub async fn newest_message(&mut self, room: &str) -> Result<i64> {
        let (id,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COALESCE(MAX(id), 0) FROM room_messages WHERE room = $1"
        )
        .bind(room)
        .fetch_one(conn)
        .await)?;
        Ok(id)
    }

    /// An account has read a room up to a message; what it read before stays read.
    pub async fn read_upto(&mut self, account: &str, room: &str, message: i64) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO room_reads (account, room, upto) VALUES ($1, $2, $3)
             ON CONFLICT (account, room) DO UPDATE SET upto = $3 WHERE room_reads.upto < $3"
        )
        .bind(account)
        .bind(room)
        .bind(message)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}
