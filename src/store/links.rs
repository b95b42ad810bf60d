//! Which message belongs to which question, and what a button's opaque token stands for.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Channel, MessageRef, Place};
use crate::domain::chat::role::Role;

/// A message that belongs to a question.
#[derive(Clone, Debug)]
pub struct Link {
    /// The question.
    pub question: QuestionId,
    /// As what.
    pub role: Role,
    /// The message.
    pub message: MessageRef,
    /// What it showed, for messages with buttons that may change.
    pub body: Option<String>,
}

/// What a button stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// The chat it was put into.
    pub channel: Channel,
    /// The chat it was put into.
    pub chat: String,
    /// The question; none for what is about none.
    pub question: Option<QuestionId>,
    /// The action's key.
    pub action: String,
}

/// Channel, chat, message, topic, body.
type LinkRow = (String, String, String, Option<String>, Option<String>);

impl Tx {
    /// Notes that a message belongs to a question. The order of a question's messages is the order in which they were
    /// noted first; one that is noted again (its words changed) keeps its turn.
    pub async fn link(
        &mut self,
        message: &MessageRef,
        question: QuestionId,
        role: Role,
        body: Option<&str>,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES ($1, $2, $3, $4, $5, $6, $7,
             (SELECT COALESCE(MAX(seq), 0) + 1 FROM links WHERE question_id = $4))
             ON CONFLICT (channel, chat, message_id) DO UPDATE SET question_id = $4, role = $5, topic = $6, body = $7"
        )
        .bind(&message.place.channel.0)
        .bind(&message.place.chat)
        .bind(&message.id)
        .bind(question.0)
        .bind(role.key())
        .bind(message.place.topic.as_deref())
        .bind(body)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// What a message belongs to.
    pub async fn link_of(&mut self, channel: &Channel, chat: &str, message: &str) -> Result<Option<Link>> {
        let row: Option<(i64, String, Option<String>, Option<String>)> = on!(self, |conn| sqlx::query_as(
            "SELECT question_id, role, topic, body FROM links WHERE channel = $1 AND chat = $2 AND message_id = $3"
        )
        .bind(&channel.0)
        .bind(chat)
        .bind(message)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(question, role, topic, body)| {
            let place = Place {
                channel: channel.clone(),
                chat: chat.to_owned(),
                topic,
            };
            Link {
                question: QuestionId(question),
                role: Role::read(&role),
                message: MessageRef {
                    place,
                    id: message.to_owned(),
                },
                body,
            }
        }))
    }

    /// Messages of a question that show buttons, of whatever role, oldest first.
    pub async fn links_with_buttons(&mut self, question: QuestionId) -> Result<Vec<Link>> {
        let rows: Vec<(String, LinkRow)> = on!(self, |conn| {
            sqlx::query_as::<_, (String, String, String, String, Option<String>, Option<String>)>(
                "SELECT role, channel, chat, message_id, topic, body FROM links WHERE question_id = $1 AND body = 'buttons'
                 ORDER BY seq",
            )
            .bind(question.0)
            .fetch_all(conn)
            .await
            .map(|rows| rows.into_iter().map(|(role, a, b, c, d, e)| (role, (a, b, c, d, e))).collect())
        })?;
        Ok(rows
            .into_iter()
            .map(|(role, row)| link(question, Role::read(&role), row))
            .collect())
    }

    /// A question's messages of one role, oldest first.
    pub async fn links_of(&mut self, question: QuestionId, role: Role) -> Result<Vec<Link>> {
        let rows: Vec<LinkRow> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT channel, chat, message_id, topic, body FROM links WHERE question_id = $1 AND role = $2 ORDER BY seq"
        )
        .bind(question.0)
        .bind(role.key())
        .fetch_all(conn)
        .await
        })?;
        Ok(rows.into_iter().map(|row| link(question, role, row)).collect())
    }

    /// The message that a row of the outbox arrived as; none where it has not arrived, or is forgotten.
    pub async fn arrived_as(&mut self, row: i64) -> Result<Option<MessageRef>> {
        let found: Option<(String, String, Option<String>, String)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT channel, chat, topic, message_id FROM outbox WHERE id = $1 AND state = 'sent' AND message_id IS NOT NULL"
        )
        .bind(row)
        .fetch_optional(conn)
        .await
        })?;
        Ok(found.map(|(channel, chat, topic, id)| MessageRef {
            place: Place {
                channel: Channel(channel),
                chat,
                topic,
            },
            id,
        }))
    }

    /// Forgets a message's buttons once they are stripped.
    pub async fn forget_link_body(&mut self, message: &MessageRef) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE links SET body = NULL WHERE channel = $1 AND chat = $2 AND message_id = $3"
        )
        .bind(&message.place.channel.0)
        .bind(&message.place.chat)
        .bind(&message.id)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps what new buttons stand for: token and action of each.
    pub async fn add_buttons(
        &mut self,
        buttons: &[(String, String)],
        place: &Place,
        question: Option<QuestionId>,
        expires: Millis,
    ) -> Result<()> {
        const HEAD: &str = "INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) ";
        if buttons.is_empty() {
            return Ok(());
        }
        on!(self, |conn| {
            let mut insert = sqlx::QueryBuilder::new(HEAD);
            insert.push_values(buttons, |mut row, (token, action)| {
                row.push_bind(token)
                    .push_bind(&place.channel.0)
                    .push_bind(&place.chat)
                    .push_bind(question.map(|id| id.0))
                    .push_bind(action)
                    .push_bind(expires.0);
            });
            insert.build().execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    /// What a token stands for, if it is known and not expired.
    pub async fn button(&mut self, token: &str, now: Millis) -> Result<Option<Pressed>> {
        let row: Option<(String, String, Option<i64>, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT channel, chat, question_id, action FROM buttons WHERE token = $1 AND expires_at > $2"
        )
        .bind(token)
        .bind(now.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(channel, chat, question, action)| Pressed {
            channel: Channel(channel),
            chat,
            question: question.map(QuestionId),
            action,
        }))
    }

    /// Forgets buttons that expired.
    pub async fn forget_buttons(&mut self, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM buttons WHERE expires_at < $1")
            .bind(now.0)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }
}

fn link(question: QuestionId, role: Role, (channel, chat, id, topic, body): LinkRow) -> Link {
    let channel = Channel(channel);
    let place = Place { channel, chat, topic };
    Link {
        question,
        role,
        message: MessageRef { place, id },
        body,
    }
}
