//! Counters of what is not kept, and who was told something already.

use std::collections::{HashMap, HashSet};

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history;
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::Account;
use crate::domain::roster::people::BureauId;

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

    /// Entries that answered somebody since a moment, by how many different people, most first.
    pub async fn answered_most(&mut self, bureau: Option<BureauId>, since: Millis) -> Result<Vec<(String, usize)>> {
        let text = format!(
            "SELECT DISTINCT s.note, q.channel || ':' || q.account FROM steps s JOIN questions q ON q.id = s.question_id
             WHERE s.kind IN ({}) AND s.at > $1 AND (q.bureau_id = $2 OR $3 = 1)",
            listed(history::ANSWERS)
        );
        let rows: Vec<(String, String)> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
                .bind(since.0)
                .bind(bureau.map(|bureau| bureau.0))
                .bind(i64::from(bureau.is_none()))
                .fetch_all(conn)
                .await
        })?;
        let mut askers: HashMap<String, HashSet<String>> = HashMap::new();
        for (note, asker) in rows {
            let entry = note.split_once('·').map_or(note.as_str(), |(entry, _)| entry);
            askers.entry(entry.to_owned()).or_default().insert(asker);
        }
        let mut counts: Vec<(String, usize)> = askers.into_iter().map(|(entry, who)| (entry, who.len())).collect();
        counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        Ok(counts)
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
