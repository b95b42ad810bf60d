//! What became of everything that was to be said about a question, for who looks into it.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Channel, Place};
use crate::domain::chat::role::Role;

/// One thing that was to be said.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Where to.
    pub place: Place,
    /// As what.
    pub role: Role,
    /// `waiting`, `sending`, `sent`, or how it was lost.
    pub state: String,
    /// Failed tries.
    pub attempts: i64,
    /// It went out a second time.
    pub again: bool,
    /// What the platform said last, never people's words.
    pub error: Option<String>,
    /// When it was decided.
    pub decided_at: Millis,
    /// When it was sent or given up.
    pub ended_at: Option<Millis>,
}

#[derive(sqlx::FromRow)]
struct Row {
    channel: String,
    chat: String,
    topic: Option<String>,
    role: String,
    state: String,
    attempts: i64,
    again: i64,
    error: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
}

impl Tx {
    /// Everything that was to be said about a question and is still kept, in the order it was decided.
    pub async fn sends_about(&mut self, question: QuestionId) -> Result<Vec<Sending>> {
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT channel, chat, topic, role, state, attempts, again, error, created_at, sent_at
                 FROM outbox WHERE question_id = $1 ORDER BY id",
            )
            .bind(question.0)
            .fetch_all(conn)
            .await
        })?;
        let sending = |row: Row| Sending {
            place: Place {
                channel: Channel(row.channel),
                chat: row.chat,
                topic: row.topic,
            },
            role: Role::read(&row.role),
            state: row.state,
            attempts: row.attempts,
            again: row.again != 0,
            error: row.error,
            decided_at: Millis(row.created_at),
            ended_at: row.sent_at.map(Millis),
        };
        Ok(rows.into_iter().map(sending).collect())
    }
}
