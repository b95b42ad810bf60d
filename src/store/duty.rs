//! Leave and cover: what differs from the duty plan. A change counts as a change of the roster, so that every
//! instance sees it.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::duty::{Changes, Cover, Leave};
use crate::domain::people::PersonId;

impl Tx {
    /// Every leave and cover that is kept, in the order they were made.
    pub(super) async fn duty_changes(&mut self) -> Result<Changes> {
        let leaves: Vec<(i64, i64, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, person_id, from_at, until_at FROM leaves ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        let covers: Vec<(i64, i64, i64, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, of_person, by_person, from_at, until_at FROM covers ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        Ok(Changes {
            leaves: leaves
                .into_iter()
                .map(|(id, person, from, until)| Leave {
                    id,
                    person: PersonId(person),
                    from: Millis(from),
                    until: Millis(until),
                })
                .collect(),
            covers: covers
                .into_iter()
                .map(|(id, of, by, from, until)| Cover {
                    id,
                    of: PersonId(of),
                    by: PersonId(by),
                    from: Millis(from),
                    until: Millis(until),
                })
                .collect(),
        })
    }

    /// A helper is away.
    pub async fn add_leave(&mut self, person: PersonId, from: Millis, until: Millis) -> Result<i64> {
        let id = self.count_up("duty_changes", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO leaves (id, person_id, from_at, until_at) VALUES ($1, $2, $3, $4)"
        )
        .bind(id)
        .bind(person.0)
        .bind(from.0)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop))?;
        self.roster_changed().await?;
        Ok(id)
    }

    /// `by` does the duty of `of`.
    pub async fn add_cover(&mut self, of: PersonId, by: PersonId, from: Millis, until: Millis) -> Result<i64> {
        let id = self.count_up("duty_changes", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO covers (id, of_person, by_person, from_at, until_at) VALUES ($1, $2, $3, $4, $5)"
        )
        .bind(id)
        .bind(of.0)
        .bind(by.0)
        .bind(from.0)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop))?;
        self.roster_changed().await?;
        Ok(id)
    }

    /// Takes a helper's own leave back, with the cover that was arranged for it. False if there is none of that number.
    pub async fn take_leave_back(&mut self, person: PersonId, id: i64) -> Result<bool> {
        let row: Option<(i64, i64)> = on!(self, |conn| sqlx::query_as(
            "DELETE FROM leaves WHERE id = $1 AND person_id = $2 RETURNING from_at, until_at"
        )
        .bind(id)
        .bind(person.0)
        .fetch_optional(conn)
        .await)?;
        let Some((from, until)) = row else { return Ok(false) };
        on!(self, |conn| sqlx::query(
            "DELETE FROM covers WHERE of_person = $1 AND from_at = $2 AND until_at = $3"
        )
        .bind(person.0)
        .bind(from)
        .bind(until)
        .execute(conn)
        .await
        .map(drop))?;
        self.roster_changed().await?;
        Ok(true)
    }

    /// Forgets leave and cover that ended before `before`.
    pub async fn forget_duty_changes(&mut self, before: Millis) -> Result<()> {
        for text in [
            "DELETE FROM leaves WHERE until_at < $1",
            "DELETE FROM covers WHERE until_at < $1",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(before.0)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}
