//! Counters of what is not kept, and who was told something already.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::group::GroupId;
use crate::domain::message::Account;

impl Tx {
    /// Counts one non-question (or other kind) of a group on a day (`2026-11-23`); nothing of its words is kept.
    pub async fn tally(&mut self, day: &str, group: GroupId, kind: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO tallies (day, group_id, kind, amount) VALUES ($1, $2, $3, 1)
             ON CONFLICT (day, group_id, kind) DO UPDATE SET amount = tallies.amount + 1"
        )
        .bind(day)
        .bind(group.0)
        .bind(kind)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// True the first time somebody is told `what` before `until` passes.
    pub async fn tell_once(&mut self, account: &Account, what: &str, until: Millis, now: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO told (channel, account, what, until) VALUES ($1, $2, $3, $4)
             ON CONFLICT (channel, account, what) DO UPDATE SET until = $4 WHERE told.until <= $5"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .bind(what)
        .bind(until.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}
