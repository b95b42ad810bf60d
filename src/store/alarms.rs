//! Alarms that are raised, and the figures of the database that they are raised from.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::alarm::{Alarm, Standing};

type Row = (String, i64, i64, i64, Option<i64>, i64);

/// An alarm that is raised, and of what: of a channel, of one program of several; of nothing in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Which.
    pub alarm: Alarm,
    /// Of what; empty where there is only one.
    pub of: String,
    /// How it stands.
    pub standing: Standing,
}

fn name(alarm: Alarm, of: &str) -> String {
    format!("{} {of}", alarm.key()).trim_end().to_owned()
}

/// None of an alarm that only a newer program knows.
fn raised((name, since, figure, seen, calm, told): Row) -> Option<Raised> {
    let (key, of) = name.split_once(' ').unwrap_or((&name, ""));
    Some(Raised {
        alarm: Alarm::from_key(key)?,
        of: of.to_owned(),
        standing: Standing {
            since: Millis(since),
            figure,
            seen: Millis(seen),
            calm: calm.map(Millis),
            told: told != 0,
        },
    })
}

impl Tx {
    /// Every alarm that is raised, the oldest first.
    pub async fn alarms(&mut self) -> Result<Vec<Raised>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(
            "SELECT name, since, figure, seen, calm, told FROM alarms ORDER BY since, name"
        )
        .fetch_all(conn)
        .await)?;
        Ok(rows.into_iter().filter_map(raised).collect())
    }

    /// Keeps how an alarm stands; whether somebody was told stays as it is.
    pub async fn keep_alarm(&mut self, raised: &Raised) -> Result<()> {
        let standing = &raised.standing;
        on!(self, |conn| sqlx::query(
            "INSERT INTO alarms (name, since, figure, seen, calm, told) VALUES ($1, $2, $3, $4, $5, 0)
             ON CONFLICT (name) DO UPDATE SET figure = $3, seen = $4, calm = $5"
        )
        .bind(name(raised.alarm, &raised.of))
        .bind(standing.since.0)
        .bind(standing.figure)
        .bind(standing.seen.0)
        .bind(standing.calm.map(|calm| calm.0))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Notes that somebody was told; false if another program told them.
    pub async fn mark_alarm_told(&mut self, raised: &Raised) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE alarms SET told = 1 WHERE name = $1 AND told = 0"
        )
        .bind(name(raised.alarm, &raised.of))
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Ends an alarm; false if another program did, or it was looked at since.
    pub async fn end_alarm(&mut self, raised: &Raised) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "DELETE FROM alarms WHERE name = $1 AND seen = $2"
        )
        .bind(name(raised.alarm, &raised.of))
        .bind(raised.standing.seen.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Messages that did not arrive since a moment, as far as anybody knows. That a chat let nothing be deleted is told its
    /// sender.
    pub async fn given_up_since(&mut self, since: Millis) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM outbox WHERE sent_at > $1 AND role <> 'delete'
             AND state IN ('unknown', 'refused', 'muted', 'gone', 'unreadable', 'unreachable')"
        )
        .bind(since.0)
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// When a message was handled last; none where that is so long ago that it is forgotten.
    pub async fn last_handled(&mut self) -> Result<Option<Millis>> {
        let row: Option<(Option<i64>,)> = on!(self, |conn| sqlx::query_as(
            "SELECT handled_at FROM inbox WHERE state = 'handled' ORDER BY id DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?;
        Ok(row.and_then(|(at,)| at).map(Millis))
    }

    /// Reviews of low ratings that are open after their last day.
    pub async fn overdue_reviews(&mut self, now: Millis) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM reviews WHERE closed_at IS NULL AND due_at < $1"
        )
        .bind(now.0)
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }
}
