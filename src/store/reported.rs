//! 办理量 and 占比率 as they were handed in, by month.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::supervision::reported::{HANDED, Month};

impl Tx {
    /// What was handed in for a month (2026-11).
    pub async fn reported(&mut self, month: &str) -> Result<Month> {
        let rows: Vec<(i64, String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT bureau_id, figure, value FROM reported WHERE month = $1"
        )
        .bind(month)
        .fetch_all(conn)
        .await)?;
        let mut found = Month::new();
        for (bureau, figure, value) in rows {
            if let Some(figure) = HANDED.into_iter().find(|known| known.key() == figure) {
                found.entry(BureauId(bureau)).or_default().insert(figure, value);
            }
        }
        Ok(found)
    }

    /// Puts a month's figures in the place of what was handed in for it before.
    pub async fn put_reported(&mut self, month: &str, figures: &Month, by: PersonId, at: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM reported WHERE month = $1")
            .bind(month)
            .execute(conn)
            .await
            .map(drop))?;
        for (bureau, row) in figures {
            for (figure, value) in row {
                on!(self, |conn| {
                    sqlx::query(
                    "INSERT INTO reported (month, bureau_id, figure, value, by_person, at) VALUES ($1, $2, $3, $4, $5, $6)"
                )
                .bind(month)
                .bind(bureau.0)
                .bind(figure.key())
                .bind(value)
                .bind(by.0)
                .bind(at.0)
                .execute(conn)
                .await
                .map(drop)
                })?;
            }
        }
        Ok(())
    }
}
