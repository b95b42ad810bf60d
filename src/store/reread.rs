//! What was kept before it was read together with what the same person said next: it is kept and shown with less.

use super::links::Link;
use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Account, MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;

impl Tx {
    /// The messages in a chat that an account asked with since `since`, with their words, in the order they were said.
    pub async fn asked_with(&mut self, asker: &Account, chat: &str, since: Millis) -> Result<Vec<Link>> {
        let rows: Vec<(i64, String, Option<String>, String)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT l.question_id, l.message_id, l.topic, l.body FROM links l JOIN questions q ON q.id = l.question_id
             WHERE q.channel = $1 AND q.account = $2 AND q.heard_at >= $3 AND l.channel = $1 AND l.chat = $4 AND l.role = $5
               AND l.body IS NOT NULL ORDER BY q.id, l.seq"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .bind(since.0)
        .bind(chat)
        .bind(Role::Ask.key())
        .fetch_all(conn)
        .await
        })?;
        let link = |(question, id, topic, body): (i64, String, Option<String>, String)| Link {
            question: QuestionId(question),
            role: Role::Ask,
            message: MessageRef {
                place: Place {
                    channel: asker.channel.clone(),
                    chat: chat.to_owned(),
                    topic,
                },
                id,
            },
            body: Some(body),
        };
        Ok(rows.into_iter().map(link).collect())
    }

    /// Notes a message that a question was asked with, or its words anew.
    pub async fn asks(&mut self, message: &MessageRef, question: QuestionId, words: &Masked) -> Result<()> {
        self.link(message, question, Role::Ask, Some(words.as_str())).await
    }

    /// Puts words in the place of those they were before, wherever these were said about a question: in the outbox and
    /// in rooms, so that open pages change.
    pub async fn say_less(&mut self, question: QuestionId, before: &str, now: &Masked) -> Result<()> {
        let rows: Vec<(i64, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, body FROM outbox WHERE question_id = $1"
        )
        .bind(question.0)
        .fetch_all(conn)
        .await)?;
        for (id, body) in rows {
            // What is over may be erased; what cannot be read is set aside when its turn comes.
            let Ok(mut owed) = serde_json::from_str::<Owed>(&body) else {
                continue;
            };
            if owed.replace_said(before, now.as_str()) {
                let body =
                    serde_json::to_string(&owed).map_err(|error| StoreError::inconsistent("outbox", id, error))?;
                on!(self, |conn| sqlx::query("UPDATE outbox SET body = $2 WHERE id = $1")
                    .bind(id)
                    .bind(body)
                    .execute(conn)
                    .await
                    .map(drop))?;
            }
        }
        for mut message in self.said_about(question).await? {
            if message.body.text.replace_said(before, now.as_str()) {
                self.change_room_message(&message.room, message.id, &message.body, false)
                    .await?;
            }
        }
        Ok(())
    }
}
