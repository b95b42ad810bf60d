//! What was owed and did not arrive, as far as anybody knows.

use super::{Result, StoreError, Tx};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Channel, Place};

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
    /// There was nothing to change.
    Void,
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
            Loss::Void => "void",
        }
    }

    fn from_key(key: &str) -> Option<Loss> {
        [
            Loss::Unknown,
            Loss::Refused,
            Loss::Muted,
            Loss::Gone,
            Loss::Unreadable,
            Loss::Void,
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
                "SELECT id, channel, chat, topic, question_id, state FROM outbox
             WHERE state IN ('unknown', 'refused', 'muted', 'gone', 'unreadable') AND told = 0 AND role <> 'delete' ORDER BY id LIMIT 100",
            )
            .fetch_all(conn)
            .await
        })?;
        rows.into_iter().map(LostRow::read).collect()
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
