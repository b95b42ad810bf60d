//! Where the bot is switched off: in one group, or in a channel as a whole. There it says nothing of its own; what a
//! person said is still brought, and what a press answers only the presser sees.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::group::{Group, GroupId};
use crate::domain::chat::message::{Channel, Place};
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;

/// The number in the place of a group's that means its whole channel.
const WHOLE: i64 = 0;

/// A place in which the bot is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    /// The channel.
    pub channel: Channel,
    /// The group; none: the whole channel.
    pub group: Option<GroupId>,
    /// Why, as people are told.
    pub reason: Masked,
    /// Since when.
    pub at: Millis,
}

type Row = (String, i64, String, i64);

fn off((channel, group, reason, at): Row) -> Off {
    Off {
        channel: Channel(channel),
        group: (group != WHOLE).then_some(GroupId(group)),
        reason: Masked::from_storage(reason),
        at: Millis(at),
    }
}

fn number(group: Option<GroupId>) -> i64 {
    group.map_or(WHOLE, |group| group.0)
}

/// Whether something is held back from where the bot is switched off.
fn is_the_bots_own(role: Role) -> bool {
    match role {
        // A person's words; what only takes away; what only one person sees.
        Role::Reply | Role::Media | Role::Delete | Role::Buttons | Role::Toast => false,
        Role::Ask
        | Role::Again
        | Role::Answer
        | Role::Card
        | Role::Notice
        | Role::Rating
        | Role::Withdrawn
        | Role::City
        | Role::Advice
        | Role::Advised
        | Role::Whisper
        | Role::Line => true,
    }
}

impl Tx {
    /// Everywhere it is switched off, the newest first.
    pub async fn off(&mut self) -> Result<Vec<Off>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(
            "SELECT channel, group_id, reason, at FROM switched_off ORDER BY at DESC, channel, group_id"
        )
        .fetch_all(conn)
        .await)?;
        Ok(rows.into_iter().map(off).collect())
    }

    /// What switched it off in a channel as a whole, or in one group of it.
    pub async fn off_in(&mut self, channel: &Channel, group: Option<GroupId>) -> Result<Option<Off>> {
        let row: Option<Row> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT channel, group_id, reason, at FROM switched_off WHERE channel = $1 AND group_id IN ($2, $3)
                 ORDER BY group_id DESC",
            )
            .bind(&channel.0)
            .bind(WHOLE)
            .bind(number(group))
            .fetch_optional(conn)
            .await
        })?;
        Ok(row.map(off))
    }

    /// Switches it off; false where it is off already.
    pub async fn switch_off(&mut self, place: &Off) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "INSERT INTO switched_off (channel, group_id, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
        )
        .bind(&place.channel.0)
        .bind(number(place.group))
        .bind(place.reason.as_str())
        .bind(place.at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }

    /// Switches it on again; false where it was not off.
    pub async fn switch_on(&mut self, channel: &Channel, group: Option<GroupId>) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "DELETE FROM switched_off WHERE channel = $1 AND group_id = $2"
        )
        .bind(&channel.0)
        .bind(number(group))
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// What the bot owes a group of its own and has not sent is not sent any more.
    pub async fn take_back_unsent(&mut self, group: &Group, now: Millis) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE outbox SET state = 'void', error = 'switched off', sent_at = $3
                 WHERE channel = $1 AND chat = $2 AND state = 'waiting'
                 AND role NOT IN ('reply', 'media', 'delete', 'buttons', 'toast')",
            )
            .bind(&group.channel.0)
            .bind(&group.chat)
            .bind(now.0)
            .execute(conn)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Whether something that is owed is held back, because the bot is switched off there. Groups of staff are not.
    pub(super) async fn is_held_back(&mut self, place: &Place, role: Role) -> Result<bool> {
        if !is_the_bots_own(role) {
            return Ok(false);
        }
        let (count,): (i64,) = on!(self, |conn| {
            sqlx::query_as(
                "SELECT COUNT(*) FROM switched_off s
                 JOIN groups g ON g.channel = s.channel AND (s.group_id = 0 OR s.group_id = g.id)
                 WHERE s.channel = $1 AND g.channel = $1 AND g.chat = $2 AND (g.kind = 'help' OR g.kind IS NULL)",
            )
            .bind(&place.channel.0)
            .bind(&place.chat)
            .fetch_one(conn)
            .await
        })?;
        Ok(count > 0)
    }
}
