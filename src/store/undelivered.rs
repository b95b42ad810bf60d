//! What was owed and did not arrive, as far as anybody knows.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Channel, Place};
use crate::domain::chat::role::Role;

/// How a row ended without arriving, as far as anybody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Twice nobody could tell whether it arrived.
    Unknown,
    /// The platform refused it.
    Refused,
    /// The bot may not write in that group.
    Muted,
    /// The bot is not in that group any more.
    Gone,
    /// What should have gone out cannot be read.
    Unreadable,
    /// Whoever alone was told lets the bot not write any more.
    Unreachable,
    /// There was nothing to change.
    Void,
    /// Not lost yet: it waits until the person writes again, because the channel lets the bot only answer.
    Held,
}

impl Loss {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Loss::Unknown => "unknown",
            Loss::Refused => "refused",
            Loss::Muted => "muted",
            Loss::Gone => "gone",
            Loss::Unreadable => "unreadable",
            Loss::Unreachable => "unreachable",
            Loss::Void => "void",
            Loss::Held => "held",
        }
    }

    fn from_key(key: &str) -> Option<Loss> {
        [
            Loss::Unknown,
            Loss::Refused,
            Loss::Muted,
            Loss::Gone,
            Loss::Unreadable,
            Loss::Unreachable,
            Loss::Void,
            Loss::Held,
        ]
        .into_iter()
        .find(|loss| loss.key() == key)
    }
}

/// Something that did not arrive and that nobody was told of yet.
#[derive(Clone, Debug)]
pub struct Undelivered {
    /// The row.
    pub id: i64,
    /// Where it should have gone.
    pub place: Place,
    /// The question it was about.
    pub question: Option<QuestionId>,
    /// As what it counted.
    pub role: Role,
    /// How it ended.
    pub loss: Loss,
}

#[derive(sqlx::FromRow)]
struct LostRow {
    id: i64,
    channel: String,
    chat: String,
    topic: Option<String>,
    question_id: Option<i64>,
    role: String,
    state: String,
}

impl LostRow {
    fn read(self) -> Result<Undelivered> {
        let loss = Loss::from_key(&self.state);
        let loss = loss.ok_or_else(|| StoreError::inconsistent("outbox", self.id, &self.state))?;
        Ok(Undelivered {
            id: self.id,
            place: Place {
                channel: Channel(self.channel),
                chat: self.chat,
                topic: self.topic,
            },
            question: self.question_id.map(QuestionId),
            role: Role::read(&self.role),
            loss,
        })
    }
}

impl Tx {
    /// What did not arrive and nobody was told of yet, oldest first. Not messages the bot may not delete: their senders
    /// were asked to.
    pub async fn undelivered(&mut self) -> Result<Vec<Undelivered>> {
        let rows: Vec<LostRow> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, channel, chat, topic, question_id, role, CASE WHEN held = 1 THEN 'held' ELSE state END AS state
             FROM outbox WHERE (state IN ('unknown', 'refused', 'muted', 'gone', 'unreadable', 'unreachable') OR held = 1 AND state = 'waiting')
             AND told = 0 AND role <> 'delete' ORDER BY id LIMIT 100",
            )
            .fetch_all(conn)
            .await
        })?;
        rows.into_iter().map(LostRow::read).collect()
    }

    /// Owes a chat again what helpers replied and the bot could not say there; the questions, in order.
    pub async fn owe_replies_again(&mut self, place: &Place, now: Millis) -> Result<Vec<QuestionId>> {
        let rows: Vec<(Option<i64>,)> = on!(self, |conn| {
            sqlx::query_as(
                "UPDATE outbox SET state = 'waiting', attempts = 0, told = 0, error = NULL, sent_at = NULL, not_before = $3
             WHERE channel = $1 AND chat = $2 AND state IN ('gone', 'muted') AND role IN ('reply', 'media')
             RETURNING CASE WHEN role = 'reply' THEN question_id END",
            )
            .bind(&place.channel.0)
            .bind(&place.chat)
            .bind(now.0)
            .fetch_all(conn)
            .await
        })?;
        let mut questions: Vec<QuestionId> = rows.into_iter().filter_map(|(id,)| id.map(QuestionId)).collect();
        questions.sort_unstable();
        questions.dedup();
        Ok(questions)
    }

    /// Notes that what did not arrive was seen to; false if somebody else did.
    pub async fn mark_told(&mut self, id: i64) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE outbox SET told = 1 WHERE id = $1 AND told = 0"
        )
        .bind(id)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}
