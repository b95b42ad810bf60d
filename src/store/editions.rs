//! Issues of the list (第N期). A frozen one is only ever read.

use std::collections::HashMap;

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::chat::group::{Group, GroupId, Standing};
use crate::domain::list::edition::Edition;

impl Tx {
    /// Keeps an edition for ever. False, and nothing is kept, if its number is taken: somebody froze one meanwhile.
    pub async fn keep_edition(&mut self, edition: &Edition, made_by: &str, now: Millis) -> Result<bool> {
        let body = serde_json::to_string(edition)
            .map_err(|error| StoreError::inconsistent("editions", edition.number, error))?;
        let kept = on!(self, |conn| {
            sqlx::query(
            "INSERT INTO editions (number, body, made_by, at) VALUES ($1, $2, $3, $4) ON CONFLICT (number) DO NOTHING"
        )
        .bind(i64::from(edition.number))
        .bind(body)
        .bind(made_by)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(kept == 1)
    }

    /// One edition by its number.
    pub async fn edition(&mut self, number: u32) -> Result<Option<Edition>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM editions WHERE number = $1"
        )
        .bind(i64::from(number))
        .fetch_optional(conn)
        .await)?;
        row.map(|(body,)| read(&body, number)).transpose()
    }

    /// The newest edition.
    pub async fn newest_edition(&mut self) -> Result<Option<Edition>> {
        let row: Option<(i64, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT number, body FROM editions ORDER BY number DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?;
        row.map(|(number, body)| read(&body, number)).transpose()
    }

    /// Every edition, the newest first.
    pub async fn editions(&mut self) -> Result<Vec<Edition>> {
        let rows: Vec<(i64, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT number, body FROM editions ORDER BY number DESC"
        )
        .fetch_all(conn)
        .await)?;
        rows.iter().map(|(number, body)| read(body, number)).collect()
    }

    /// When the served revision of each entry was approved, by the entry's id.
    pub async fn approved_at(&mut self) -> Result<HashMap<String, Millis>> {
        let rows: Vec<(String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT e.id, r.at FROM entries e JOIN revisions r ON r.entry_id = e.id AND r.revision = e.revision
             WHERE e.active = 1"
        )
        .fetch_all(conn)
        .await)?;
        Ok(rows.into_iter().map(|(id, at)| (id, Millis(at))).collect())
    }
}

/// Groups that want to be told of new editions.
impl Tx {
    /// Whether a group wants to be told.
    pub async fn wants_editions(&mut self, group: GroupId) -> Result<bool> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT group_id FROM edition_readers WHERE group_id = $1"
        )
        .bind(group.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.is_some())
    }

    /// From now on the group is told.
    pub async fn tell_editions_to(&mut self, group: GroupId, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO edition_readers (group_id, at) VALUES ($1, $2) ON CONFLICT (group_id) DO NOTHING"
        )
        .bind(group.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// From now on the group is left in peace.
    pub async fn keep_editions_from(&mut self, group: GroupId) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM edition_readers WHERE group_id = $1"
        )
        .bind(group.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The bound groups that want to be told and where the bot can speak, oldest first.
    pub async fn edition_readers(&mut self) -> Result<Vec<Group>> {
        let rows: Vec<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT group_id FROM edition_readers ORDER BY group_id"
        )
        .fetch_all(conn)
        .await)?;
        let wanted = |group: &Group| rows.iter().any(|(id,)| *id == group.id.0);
        let here = |group: &Group| group.bound.is_some() && group.standing == Standing::Member;
        let mut groups = self.groups().await?;
        groups.retain(|group| wanted(group) && here(group));
        Ok(groups)
    }

    /// Notes that a group is told of an edition; false if it was told before.
    pub async fn mark_announced(&mut self, number: u32, group: GroupId, now: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO announcements (edition, group_id, at) VALUES ($1, $2, $3)
             ON CONFLICT (edition, group_id) DO NOTHING"
        )
        .bind(i64::from(number))
        .bind(group.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}

fn read(body: &str, number: impl std::fmt::Display) -> Result<Edition> {
    serde_json::from_str(body).map_err(|error| StoreError::inconsistent("editions", number, error))
}
