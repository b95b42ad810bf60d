//! Groups and what they are bound to.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::chat::group::{Group, GroupId, GroupKind, Standing};
use crate::domain::chat::message::Channel;
use crate::domain::chat::mode::Modes;
use crate::domain::chat::order::Order;
use crate::domain::roster::people::BureauId;

type Row = (
    i64,
    String,
    String,
    String,
    Option<i64>,
    Option<String>,
    String,
    String,
    i64,
    i64,
);

const COLUMNS: &str = "id, channel, chat, title, bureau_id, kind, standing, modes, approval, closed";

fn group((id, channel, chat, title, bureau, kind, standing, modes, approval, closed): Row) -> Result<Group> {
    let kind = match kind {
        Some(key) => Some(GroupKind::from_key(&key).ok_or_else(|| StoreError::inconsistent("groups", id, &key))?),
        None => None,
    };
    let standing = Standing::from_key(&standing).ok_or_else(|| StoreError::inconsistent("groups", id, &standing))?;
    let bound = bureau.map(BureauId).zip(kind);
    Ok(Group {
        id: GroupId(id),
        channel: Channel(channel),
        chat,
        title,
        bound,
        standing,
        modes: serde_json::from_str(&modes).map_err(|error| StoreError::inconsistent("groups", id, error))?,
        order: Order {
            approval: approval != 0,
            closed: closed != 0,
        },
    })
}

/// A group that chose nothing.
const NO_MODES: &str = "{\"all\":null,\"by_category\":{}}";

impl Tx {
    /// A group by its number.
    pub async fn group(&mut self, id: GroupId) -> Result<Option<Group>> {
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM groups WHERE id = $1"
        )))
        .bind(id.0)
        .fetch_optional(conn)
        .await)?;
        row.map(group).transpose()
    }

    /// A group by its chat.
    pub async fn group_of_chat(&mut self, channel: &Channel, chat: &str) -> Result<Option<Group>> {
        let row: Option<Row> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
                "SELECT {COLUMNS} FROM groups WHERE channel = $1 AND chat = $2"
            )))
            .bind(&channel.0)
            .bind(chat)
            .fetch_optional(conn)
            .await
        })?;
        row.map(group).transpose()
    }

    /// Every group, oldest first.
    pub async fn groups(&mut self) -> Result<Vec<Group>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM groups ORDER BY id"
        )))
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(group).collect()
    }

    /// Bureau's groups of one kind where the bot can speak, oldest first.
    pub async fn groups_of(&mut self, bureau: BureauId, kind: GroupKind) -> Result<Vec<Group>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM groups WHERE bureau_id = $1 AND kind = $2 AND standing = 'member' ORDER BY id"
        )))
        .bind(bureau.0)
        .bind(kind.key())
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(group).collect()
    }

    /// Notes a group that was not known, unbound; one that is known keeps all but its title.
    pub async fn meet_group(&mut self, channel: &Channel, chat: &str, title: &str, at: Millis) -> Result<Group> {
        if let Some(known) = self.group_of_chat(channel, chat).await? {
            if known.title != title && !title.is_empty() {
                on!(self, |conn| sqlx::query("UPDATE groups SET title = $2 WHERE id = $1")
                    .bind(known.id.0)
                    .bind(title)
                    .execute(conn)
                    .await
                    .map(drop))?;
            }
            return Ok(known);
        }
        let id = self.count_up("groups", 1).await?;
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO groups (id, channel, chat, title, standing, modes, created_at) VALUES ($1, $2, $3, $4, 'member', $6, $5)"
        )
        .bind(id)
        .bind(&channel.0)
        .bind(chat)
        .bind(title)
        .bind(at.0)
        .bind(NO_MODES)
        .execute(conn)
        .await
        .map(drop)
        })?;
        let (channel, chat, title) = (channel.clone(), chat.to_owned(), title.to_owned());
        Ok(Group {
            id: GroupId(id),
            channel,
            chat,
            title,
            bound: None,
            standing: Standing::Member,
            modes: Modes::default(),
            order: Order::default(),
        })
    }

    /// Makes a group a bureau's; binding again replaces.
    pub async fn bind_group(&mut self, id: GroupId, bureau: BureauId, kind: GroupKind) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE groups SET bureau_id = $2, kind = $3 WHERE id = $1"
        )
        .bind(id.0)
        .bind(bureau.0)
        .bind(kind.key())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps how the bot may speak in a group.
    pub async fn set_modes(&mut self, id: GroupId, modes: &Modes) -> Result<()> {
        let modes = serde_json::to_string(modes).map_err(|error| StoreError::inconsistent("groups", id.0, error))?;
        on!(self, |conn| sqlx::query("UPDATE groups SET modes = $2 WHERE id = $1")
            .bind(id.0)
            .bind(modes)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Notes whether the bot can speak in a group.
    pub async fn set_standing(&mut self, id: GroupId, standing: Standing) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE groups SET standing = $2 WHERE id = $1"
        )
        .bind(id.0)
        .bind(standing.key())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// True if the group was not told since `before`; notes that it is told now.
    pub async fn tell_group_once(&mut self, id: GroupId, before: Millis, now: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE groups SET told_at = $3 WHERE id = $1 AND (told_at IS NULL OR told_at < $2)"
        )
        .bind(id.0)
        .bind(before.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Rewrites a chat's id everywhere (its platform gave the group a new one). A group that was already met under
    /// the new id gives way to the old one, whose binding and questions count.
    pub async fn move_chat(&mut self, channel: &Channel, old: &str, new: &str) -> Result<()> {
        let Some(group) = self.group_of_chat(channel, old).await? else {
            return Ok(());
        };
        if let Some(newcomer) = self.group_of_chat(channel, new).await? {
            on!(self, |conn| sqlx::query(
                "UPDATE questions SET group_id = $1 WHERE group_id = $2"
            )
            .bind(group.id.0)
            .bind(newcomer.id.0)
            .execute(conn)
            .await
            .map(drop))?;
            on!(self, |conn| sqlx::query("DELETE FROM groups WHERE id = $1")
                .bind(newcomer.id.0)
                .execute(conn)
                .await
                .map(drop))?;
        }
        for text in [
            "UPDATE groups SET chat = $3, standing = 'member' WHERE channel = $1 AND chat = $2",
            "UPDATE buttons SET chat = $3 WHERE channel = $1 AND chat = $2",
            "UPDATE outbox SET chat = $3 WHERE channel = $1 AND chat = $2 AND state IN ('waiting', 'sending')",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(&channel.0)
                .bind(old)
                .bind(new)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}

impl Tx {
    /// Adds a room of the web group, bound from the start.
    pub async fn add_room(&mut self, title: &str, bureau: BureauId, kind: GroupKind, at: Millis) -> Result<GroupId> {
        let id = self.count_up("groups", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, modes, created_at)
             VALUES ($1, 'web', $2, $3, $4, $5, 'member', $7, $6)"
        )
        .bind(id)
        .bind(format!("g:{id}"))
        .bind(title)
        .bind(bureau.0)
        .bind(kind.key())
        .bind(at.0)
        .bind(NO_MODES)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(GroupId(id))
    }

    /// Groups of bureaus that left the roster belong to nobody until they are bound again; their empty web rooms go.
    pub async fn unbind_groups_of_gone_bureaus(&mut self) -> Result<()> {
        for text in [
            "DELETE FROM groups WHERE channel = 'web' AND bureau_id IN (SELECT id FROM bureaus WHERE active = 0)
             AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.group_id = groups.id)",
            "UPDATE groups SET bureau_id = NULL, kind = NULL WHERE bureau_id IN (SELECT id FROM bureaus WHERE active = 0)",
        ] {
            on!(self, |conn| sqlx::query(text).execute(conn).await.map(drop))?;
        }
        Ok(())
    }

    /// How many questions of a group wait for a helper or are with one.
    pub async fn waiting_in(&mut self, group: GroupId) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM questions WHERE group_id = $1 AND phase IN ('gathering', 'waiting', 'claimed')"
        )
        .bind(group.0)
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }
}
