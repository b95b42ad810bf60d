//! Who had which week's digest, and who does not want it.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, PersonId};

impl Tx {
    /// Whether somebody wants the week's digest: everybody who gets it does until they switch it off.
    pub async fn wants_digest(&mut self, person: PersonId) -> Result<bool> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT at FROM digests_off WHERE person_id = $1"
        )
        .bind(person.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.is_none())
    }

    /// Switches somebody's digest on or off.
    pub async fn switch_digest(&mut self, person: PersonId, on: bool, at: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM digests_off WHERE person_id = $1")
            .bind(person.0)
            .execute(conn)
            .await
            .map(drop))?;
        if on {
            return Ok(());
        }
        on!(self, |conn| sqlx::query(
            "INSERT INTO digests_off (person_id, at) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING"
        )
        .bind(person.0)
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Notes that somebody gets a week's digest of a bureau; false if they had it.
    pub async fn mark_digest(&mut self, person: PersonId, bureau: BureauId, week: &str, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO digests (person_id, bureau_id, week, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, bureau_id, week) DO NOTHING"
        )
        .bind(person.0)
        .bind(bureau.0)
        .bind(week)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}
