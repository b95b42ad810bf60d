//! Entries that wait for their owner (口径更新中), values of placeholders, and defects that helpers noted.

use std::collections::HashMap;

use super::{Result, Tx, row_id};
use crate::clock::Millis;
use crate::domain::roster::people::PersonId;
use crate::faq::EntryId;

/// An entry whose ground has moved: not said until somebody has looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freeze {
    /// Its number.
    pub id: i64,
    /// The entry.
    pub entry: EntryId,
    /// What happened.
    pub why: String,
    /// Since when.
    pub at: Millis,
    /// By when somebody must have looked.
    pub due_at: Millis,
    /// Whether its keepers were reminded that it is due.
    pub told: bool,
}

/// Values of placeholders by bureau (none: all of them) and name.
pub type Fills = HashMap<(Option<String>, String), String>;

/// In the column `bureau`: all of them.
const ALL: &str = "";

impl Tx {
    /// Freezes an entry; false if it is frozen already.
    pub async fn freeze(&mut self, entry: &EntryId, why: &str, due_at: Millis, now: Millis) -> Result<bool> {
        let id = self.propose_id(now);
        let frozen = on!(self, |conn| sqlx::query(concat!(
            "INSERT INTO freezes (id, entry_id, why, at, due_at, told)
             SELECT ",
            row_id!("freezes"),
            ", $2, $3, $4, $5, 0
             WHERE NOT EXISTS (SELECT 1 FROM freezes WHERE entry_id = $2 AND lifted_at IS NULL)"
        ))
        .bind(id)
        .bind(entry.as_str())
        .bind(why)
        .bind(now.0)
        .bind(due_at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if frozen == 1 {
            self.list_changed().await?;
        }
        Ok(frozen == 1)
    }

    /// An entry is said again; false if it was not frozen.
    pub async fn thaw(&mut self, entry: &EntryId, by: PersonId, now: Millis) -> Result<bool> {
        let lifted = on!(self, |conn| sqlx::query(
            "UPDATE freezes SET lifted_at = $2, lifted_by = $3 WHERE entry_id = $1 AND lifted_at IS NULL"
        )
        .bind(entry.as_str())
        .bind(now.0)
        .bind(by.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if lifted > 0 {
            self.list_changed().await?;
        }
        Ok(lifted > 0)
    }

    /// Entries that are frozen now, the earliest due first.
    pub async fn frozen(&mut self) -> Result<Vec<Freeze>> {
        let rows: Vec<(i64, String, String, i64, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, entry_id, why, at, due_at, told FROM freezes WHERE lifted_at IS NULL ORDER BY due_at, id"
        )
        .fetch_all(conn)
        .await)?;
        let freeze = |(id, entry, why, at, due_at, told)| Freeze {
            id,
            entry: EntryId(entry),
            why,
            at: Millis(at),
            due_at: Millis(due_at),
            told: told != 0,
        };
        Ok(rows.into_iter().map(freeze).collect())
    }

    /// Notes that the keepers of a frozen entry were reminded.
    pub async fn freeze_told(&mut self, id: i64) -> Result<()> {
        on!(self, |conn| sqlx::query("UPDATE freezes SET told = 1 WHERE id = $1")
            .bind(id)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Sets a placeholder's value for a bureau, or for all (empty name).
    pub async fn set_fill(&mut self, bureau: Option<&str>, name: &str, value: &str, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO fills (bureau, name, value, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (bureau, name) DO UPDATE SET value = $3, at = $4"
        )
        .bind(bureau.unwrap_or(ALL))
        .bind(name)
        .bind(value)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        self.list_changed().await?;
        Ok(())
    }

    /// Every approved value of a placeholder.
    pub async fn fills(&mut self) -> Result<Fills> {
        let rows: Vec<(String, String, String)> =
            on!(self, |conn| sqlx::query_as("SELECT bureau, name, value FROM fills")
                .fetch_all(conn)
                .await)?;
        let of = |bureau: String| Some(bureau).filter(|bureau| bureau != ALL);
        Ok(rows
            .into_iter()
            .map(|(bureau, name, value)| ((of(bureau), name), value))
            .collect())
    }

    /// Defects of entries that nobody has seen to: entry, what the helper said instead, what it must not answer.
    pub async fn open_defects(&mut self) -> Result<Vec<(EntryId, String, String)>> {
        let rows: Vec<(String, String, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT entry_id, words, must_not_hit FROM entry_defects WHERE closed_at IS NULL ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(entry, words, text)| (EntryId(entry), words, text))
            .collect())
    }

    /// An entry's defects are seen to: it has a new revision, or was looked at.
    pub async fn close_defects(&mut self, entry: &EntryId, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE entry_defects SET closed_at = $2 WHERE entry_id = $1 AND closed_at IS NULL"
        )
        .bind(entry.as_str())
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}
