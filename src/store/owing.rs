//! What is owed to chats, written in the transaction that decided it: each chat's answers and cards one after another, and
//! beside them help and refusals, which go out when nothing else is owed.

use super::outbox::{Lane, OutboxRow, kept};
use super::tidings::Tiding;
use super::{Result, StoreError, Tx, row_id};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::Place;
use crate::domain::chat::owed::{Change, Due, Owed};
use crate::domain::chat::role::Role;

impl Tx {
    /// Owes something to a chat.
    pub async fn owe(
        &mut self,
        place: &Place,
        question: Option<QuestionId>,
        role: Role,
        owed: &Owed,
        now: Millis,
    ) -> Result<()> {
        self.owe_in((place, Lane::Chat), question, role, owed, now).await
    }

    /// Owes something in a lane of a chat.
    pub async fn owe_in(
        &mut self,
        (place, lane): (&Place, Lane),
        question: Option<QuestionId>,
        role: Role,
        owed: &Owed,
        now: Millis,
    ) -> Result<()> {
        let due = Due::Owed(owed.clone());
        self.owe_row((place, lane), question, role, &due, now).await.map(drop)
    }

    /// Changes what is owed already: before it goes out, or behind it where it is going out just now.
    pub async fn owe_change(&mut self, row: &OutboxRow, change: Change, now: Millis) -> Result<()> {
        if let Some(due) = row.due.changed_by(&change)
            && self.rewrite(row.id, &due).await?
        {
            return Ok(());
        }
        let due = Due::ChangeOf { row: row.id, change };
        self.owe_row((&row.place, row.own_lane()), row.question, row.role, &due, now)
            .await
            .map(drop)
    }

    /// Keeps only the first part of a row that `holder` leased, and owes the others behind all that is owed to its chat
    /// already.
    pub async fn split_leased(
        &mut self,
        (row, holder): (&OutboxRow, &str),
        parts: &[Owed],
        now: Millis,
    ) -> Result<Option<Owed>> {
        let Some((first, others)) = parts.split_first() else {
            return Ok(None);
        };
        let body = serde_json::to_string(first).map_err(|error| StoreError::inconsistent("outbox", row.id, error))?;
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE outbox SET body = $2 WHERE id = $1 AND state = 'sending' AND holder = $3"
        )
        .bind(row.id)
        .bind(body)
        .bind(holder)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if rows == 0 {
            return Err(StoreError::Stale);
        }
        for part in others {
            let due = Due::Owed(part.clone());
            self.owe_row((&row.place, row.own_lane()), row.question, row.role, &due, now)
                .await?;
        }
        Ok(Some(first.clone()))
    }

    pub(super) async fn owe_row(
        &mut self,
        (place, lane): (&Place, Lane),
        question: Option<QuestionId>,
        role: Role,
        due: &Due,
        now: Millis,
    ) -> Result<i64> {
        self.tell(Tiding::Owed);
        let id = self.propose_id(now);
        let (body, changes) = kept(id, due)?;
        let lane = self.lane_of(place, question).await?.unwrap_or(lane);
        let lane = match due {
            Due::Owed(Owed::Toast { press, .. }) => format!("toast:{press}"),
            Due::Owed(
                Owed::Message { .. }
                | Owed::Media { .. }
                | Owed::Edit { .. }
                | Owed::Buttons { .. }
                | Owed::Delete { .. },
            )
            | Due::ChangeOf { .. } => lane.of(&place.chat),
        };
        let held_back = self.is_held_back(place, role).await?;
        let (state, over) = if held_back {
            ("void", Some(now.0))
        } else {
            ("waiting", None)
        };
        let (row,): (i64,) = on!(self, |conn| {
            sqlx::query_as(concat!(
                "INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told,
                 not_before, created_at, sent_at)
             VALUES (",
                row_id!("outbox"),
                ", $2, $3, $4, $5, $6, $7, $8, $10, $11, 0, 0, 0, $9, $9, $12) RETURNING id"
            ))
        .bind(id)
        .bind(&place.channel.0)
        .bind(&place.chat)
        .bind(place.topic.as_deref())
        .bind(lane)
        .bind(question.map(|question| question.0))
        .bind(role.key())
        .bind(body)
        .bind(now.0)
        .bind(changes)
        .bind(state)
        .bind(over)
        .fetch_one(conn)
        .await
        })?;
        Ok(row)
    }

    /// The lane in which something about a question is still on its way to a place: what follows keeps behind it.
    async fn lane_of(&mut self, place: &Place, question: Option<QuestionId>) -> Result<Option<Lane>> {
        let Some(question) = question else { return Ok(None) };
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT lane FROM outbox WHERE question_id = $1 AND state IN ('waiting', 'sending')
             AND channel = $2 AND chat = $3 AND role <> 'toast' ORDER BY id DESC LIMIT 1"
        )
        .bind(question.0)
        .bind(&place.channel.0)
        .bind(&place.chat)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(lane,)| Lane::read(&lane)))
    }
}
