//! Who did what, in a chain: each row's hash covers the row before it, so that a changed, removed or added row shows.
//! A cut at the end shows only against a head that was written down elsewhere (the log, once a day).

use sha2::{Digest, Sha256};

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::roster::people::PersonId;

/// How often each action was done: counters of this beginning.
const DONE: &str = "audit:";

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Its number; they follow one another without a gap.
    pub seq: i64,
    /// When, ms.
    pub at: i64,
    /// Which person of the roster; none for the operator at the command line.
    pub person_id: Option<i64>,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: String,
    /// More; masked.
    pub note: String,
    /// The hash of the row before.
    pub before: String,
    /// The hash of this row.
    pub hash: String,
}

/// What a check of the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// So many rows, and the newest hash.
    Whole { rows: i64, head: String },
    /// The first row that does not fit.
    Broken { seq: i64 },
}

impl AuditRow {
    fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        let person = self.person_id.unwrap_or(0);
        for part in [&self.action, &self.object, &self.note, &self.before] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(format!("{}|{}|{person}", self.seq, self.at));
        hex::encode(hasher.finalize())
    }
}

impl Tx {
    /// Adds a row. Only one transaction at a time can be here: the counter holds the others back until the commit.
    pub async fn audit(
        &mut self,
        person: Option<PersonId>,
        action: &str,
        object: &str,
        note: &str,
        at: Millis,
    ) -> Result<()> {
        let seq = self.count_up("audit", 1).await?;
        self.count_up(&format!("{DONE}{action}"), 1).await?;
        let before: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?;
        let mut row = AuditRow {
            seq,
            at: at.0,
            person_id: person.map(|person| person.0),
            action: action.to_owned(),
            object: object.to_owned(),
            note: note.to_owned(),
            before: before.map(|(hash,)| hash).unwrap_or_default(),
            hash: String::new(),
        };
        row.hash = row.digest();
        on!(self, |conn| sqlx::query(
            "INSERT INTO audit (seq, at, person_id, action, object, note, before, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(row.seq)
        .bind(row.at)
        .bind(row.person_id)
        .bind(&row.action)
        .bind(&row.object)
        .bind(&row.note)
        .bind(&row.before)
        .bind(&row.hash)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Counts among what was done what is not written down, because the same was just before.
    pub async fn count_unwritten(&mut self, action: &str) -> Result<()> {
        self.count_up(&format!("{DONE}{action}_unwritten"), 1).await?;
        Ok(())
    }

    /// Checks every row; each one that fits is shown to `read`.
    pub async fn audit_chain(&mut self, mut read: impl FnMut(&AuditRow)) -> Result<Chain> {
        const ROUND: i64 = 1_000;
        let (mut seq, mut head) = (0, String::new());
        loop {
            let rows: Vec<AuditRow> = on!(self, |conn| {
                sqlx::query_as(
                "SELECT seq, at, person_id, action, object, note, before, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2"
            )
            .bind(seq)
            .bind(ROUND)
            .fetch_all(conn)
            .await
            })?;
            if rows.is_empty() {
                let rows = self.counter("audit").await?;
                return Ok(if rows == seq {
                    Chain::Whole { rows, head }
                } else {
                    Chain::Broken { seq: seq + 1 }
                });
            }
            for row in rows {
                if row.seq != seq + 1 || row.before != head || row.hash != row.digest() {
                    return Ok(Chain::Broken { seq: seq + 1 });
                }
                read(&row);
                (seq, head) = (row.seq, row.hash);
            }
        }
    }

    /// How often each action was done, by action.
    pub async fn audited(&mut self) -> Result<Vec<(String, i64)>> {
        let rows: Vec<(String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT name, value FROM counters WHERE name LIKE $1 ORDER BY name"
        )
        .bind(format!("{DONE}%"))
        .fetch_all(conn)
        .await)?;
        let action = |(name, count): (String, i64)| Some((name.strip_prefix(DONE)?.to_owned(), count));
        Ok(rows.into_iter().filter_map(action).collect())
    }

    /// The newest rows, the newest first.
    pub async fn newest_audit(&mut self, most: i64) -> Result<Vec<AuditRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT seq, at, person_id, action, object, note, before, hash FROM audit ORDER BY seq DESC LIMIT $1",
            )
            .bind(most)
            .fetch_all(conn)
            .await
        })?)
    }

    /// The newest rows about an object whose action begins so, the newest first.
    pub async fn audit_of(&mut self, object: &str, action: &str, most: i64) -> Result<Vec<AuditRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT seq, at, person_id, action, object, note, before, hash FROM audit
                 WHERE object = $1 AND action LIKE $2 ORDER BY seq DESC LIMIT $3",
            )
            .bind(object)
            .bind(format!("{action}%"))
            .bind(most)
            .fetch_all(conn)
            .await
        })?)
    }

    /// The newest row's number and hash; nothing while nothing was written.
    pub async fn audit_head(&mut self) -> Result<Option<(i64, String)>> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?)
    }
}
