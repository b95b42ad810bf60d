//! Order in web groups: what other visitors do not see, how groups are kept, who may not write.

use super::rooms::{COLUMNS, RoomMessage, Row, message};
use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::Question;
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::Account;
use crate::domain::chat::order::{Order, Veil};
use crate::domain::roster::people::PersonId;

/// Who may not write in a web group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// On the channel.
    pub account: String,
    /// The name it had.
    pub name: String,
    /// Who blocked it.
    pub by: PersonId,
    /// Since when.
    pub at: Millis,
}

impl Tx {
    /// Puts a veil over a message and what the bot said in reply to it, or takes it off. Listed words stay where they are:
    /// the bot does not say them. False where nothing changed.
    pub async fn veil_room_message(&mut self, room: &str, id: i64, veil: Veil) -> Result<bool> {
        let revision = self.room_revision(room).await?;
        let changed = on!(self, |conn| {
            sqlx::query(
                "UPDATE room_messages SET revision = $4, veil = $3 WHERE room = $1 AND id = $2 AND deleted = 0 AND veil <> $3",
            )
            .bind(room)
            .bind(id)
            .bind(veil.key())
            .bind(revision)
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
        })?;
        let over_replies = veil.over_the_bots_reply();
        on!(self, |conn| {
            sqlx::query(
                "UPDATE room_messages SET revision = $4, veil = $3
                 WHERE room = $1 AND quote = $2 AND author = 'bot' AND deleted = 0 AND veil <> $3",
            )
            .bind(room)
            .bind(id)
            .bind(over_replies.key())
            .bind(revision)
            .execute(conn)
            .await
            .map(drop)
        })?;
        Ok(changed == 1)
    }

    /// What a question's asker wrote and was held back until it is answered is shown, with what the bot said about it.
    pub async fn show_answered(&mut self, question: &Question) -> Result<()> {
        let room = question.place().chat.clone();
        let held: Vec<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT id FROM room_messages WHERE room = $1 AND veil = $2 AND author <> 'bot'"
        )
        .bind(&room)
        .bind(Veil::Unanswered.key())
        .fetch_all(conn)
        .await)?;
        if held.is_empty() {
            return Ok(());
        }
        let linked: Vec<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT message_id FROM links WHERE question_id = $1 AND chat = $2"
        )
        .bind(question.id.0)
        .bind(&room)
        .fetch_all(conn)
        .await)?;
        for (id,) in held {
            let named = id.to_string();
            if named == question.message.id || linked.iter().any(|(linked,)| *linked == named) {
                self.veil_room_message(&room, id, Veil::None).await?;
            }
        }
        Ok(())
    }

    /// What visitors wrote in a room and others do not see, the newest first, at most `limit`.
    pub async fn veiled_in(&mut self, room: &str, limit: i64) -> Result<Vec<RoomMessage>> {
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
                "SELECT {COLUMNS} FROM room_messages
                 WHERE room = $1 AND veil <> '' AND author <> 'bot' AND deleted = 0 ORDER BY id DESC LIMIT $2"
            )))
            .bind(room)
            .bind(limit)
            .fetch_all(conn)
            .await
        })?;
        rows.into_iter().map(message).collect()
    }

    /// How many messages of visitors wait in a room for staff to look at them.
    pub async fn veiled_to_look_at(&mut self, room: &str) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM room_messages
             WHERE room = $1 AND veil <> '' AND veil <> $2 AND author <> 'bot' AND deleted = 0"
        )
        .bind(room)
        .bind(Veil::Hidden.key())
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// Whether a picture is part of a message that other visitors do not see.
    pub async fn picture_is_veiled(&mut self, room: &str, picture: &str) -> Result<bool> {
        let bodies: Vec<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM room_messages WHERE room = $1 AND veil <> '' AND author <> 'bot' AND deleted = 0"
        )
        .bind(room)
        .fetch_all(conn)
        .await)?;
        // A picture's number is random and stands nowhere else.
        Ok(bodies.iter().any(|(body,)| body.contains(picture)))
    }

    /// Keeps how a group is kept.
    pub async fn set_order(&mut self, id: GroupId, order: Order) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE groups SET approval = $2, closed = $3 WHERE id = $1"
        )
        .bind(id.0)
        .bind(i64::from(order.approval))
        .bind(i64::from(order.closed))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps an account from writing. False where it was kept from it already.
    pub async fn block(&mut self, account: &Account, name: &str, by: PersonId, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "INSERT INTO blocked (channel, account, name, by_person, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            )
            .bind(&account.channel.0)
            .bind(&account.id)
            .bind(name)
            .bind(by.0)
            .bind(at.0)
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }

    /// Lets an account write again. False where nothing kept it from it.
    pub async fn unblock(&mut self, account: &Account) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "DELETE FROM blocked WHERE channel = $1 AND account = $2"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Whether an account may not write.
    pub async fn is_blocked(&mut self, account: &Account) -> Result<bool> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT at FROM blocked WHERE channel = $1 AND account = $2"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .fetch_optional(conn)
        .await)?;
        Ok(row.is_some())
    }

    /// Who may not write on a channel, the latest first.
    pub async fn blocked(&mut self, channel: &str) -> Result<Vec<Blocked>> {
        let rows: Vec<(String, String, i64, i64)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT account, name, by_person, at FROM blocked WHERE channel = $1 ORDER BY at DESC, account",
            )
            .bind(channel)
            .fetch_all(conn)
            .await
        })?;
        let blocked = |(account, name, by, at)| Blocked {
            account,
            name,
            by: PersonId(by),
            at: Millis(at),
        };
        Ok(rows.into_iter().map(blocked).collect())
    }
}
