//! Rows read one by one: one that cannot be read stops none of the others.

use std::ops::Deref;

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

use super::{Result, StoreError, Tx};
use crate::clock::Millis;

/// What was asked for, as far as it can be read.
#[derive(Debug)]
pub struct Readable<T> {
    /// What can be read.
    pub rows: Vec<T>,
    /// Ids of what cannot: to be set aside and shouted about.
    pub broken: Vec<i64>,
}

impl<T> Deref for Readable<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.rows
    }
}

impl<T> IntoIterator for Readable<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

/// One row as a driver gave it: its id, and its columns where they are what they should be.
pub(super) fn each<'r, R, T>(row: &'r R) -> (i64, Result<T>)
where
    R: Row,
    T: FromRow<'r, R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    let id = row.try_get("id").unwrap_or_default();
    (id, T::from_row(row).map_err(StoreError::from))
}

/// Reads each row of `table` by itself. Why one cannot be read is logged without what it says.
pub(super) fn readable<Raw, T>(
    table: &'static str,
    rows: Vec<(i64, Result<Raw>)>,
    read: impl Fn(Raw) -> Result<T>,
) -> Readable<T> {
    let mut readable = Readable {
        rows: Vec::with_capacity(rows.len()),
        broken: Vec::new(),
    };
    for (id, raw) in rows {
        match raw.and_then(&read) {
            Ok(row) => readable.rows.push(row),
            Err(_) => {
                tracing::error!(
                    table,
                    row.id = id,
                    "数据库里有一行读不懂，其余照常处理；请把这一行交给开发人员"
                );
                readable.broken.push(id);
            }
        }
    }
    readable
}

/// Rows that were set aside since a moment, by table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Updates that could not be handled.
    pub inbox: i64,
    /// Messages that could not be read.
    pub outbox: i64,
    /// Questions that cannot be read, whenever they were set aside.
    pub questions: i64,
}

impl Aside {
    /// Nothing was.
    pub fn is_empty(&self) -> bool {
        *self == Aside::default()
    }
}

impl Tx {
    /// What was set aside since `since` and waits for a person.
    pub async fn aside_since(&mut self, since: Millis) -> Result<Aside> {
        let (inbox, outbox, questions): (i64, i64, i64) = on!(self, |conn| {
            sqlx::query_as(
                "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'aside' AND handled_at > $1),
                    (SELECT COUNT(*) FROM outbox WHERE state = 'unreadable' AND sent_at > $1),
                    (SELECT COUNT(*) FROM questions WHERE bureau_id IN (SELECT id FROM bureaus) AND phase = 'unreadable')",
            )
            .bind(since.0)
            .fetch_one(conn)
            .await
        })?;
        Ok(Aside {
            inbox,
            outbox,
            questions,
        })
    }
}
