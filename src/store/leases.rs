//! Who does what, where several programs serve one database: each thing by one program, for a term. The database's clock
//! says when a term is over, whatever the programs' clocks say.

use super::{Result, Tx};
use crate::clock::Millis;

/// A term of one program over one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Over what.
    pub name: String,
    /// Whose: a program that runs.
    pub holder: String,
    /// Its number; grows with each change of hands.
    pub number: i64,
}

impl Term {
    /// What rows that are worked on in this term are marked with: no other term's holder is called so.
    pub fn mark(&self) -> String {
        format!("{}#{}", self.holder, self.number)
    }
}

impl Tx {
    /// The database's own time: the only clock that programs on several machines share.
    pub async fn database_time(&mut self) -> Result<Millis> {
        let (ms,): (i64,) = match self {
            Tx::Sqlite(tx, _) => {
                let text = "SELECT CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)";
                sqlx::query_as(text).fetch_one(&mut **tx).await?
            }
            Tx::Postgres(tx, _) => {
                let text = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
                super::patience::within(sqlx::query_as(text).fetch_one(&mut **tx)).await?
            }
        };
        Ok(Millis(ms))
    }

    /// Who holds, or held last.
    pub async fn lease_holder(&mut self, name: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as("SELECT holder FROM leases WHERE name = $1")
            .bind(name)
            .fetch_optional(conn)
            .await)?;
        Ok(row.map(|(holder,)| holder))
    }

    /// Takes a lease whose term is over at `now`, or whose holder is `dead`; none if somebody else holds it.
    pub async fn take_lease(
        &mut self,
        name: &str,
        (holder, dead): (&str, Option<&str>),
        (now, until): (Millis, Millis),
    ) -> Result<Option<Term>> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "INSERT INTO leases (name, holder, term, until) VALUES ($1, $2, 1, $5)
             ON CONFLICT (name) DO UPDATE SET holder = $2, term = leases.term + 1, until = $5
             WHERE leases.until < $4 OR leases.holder = $3 RETURNING term"
        )
        .bind(name)
        .bind(holder)
        .bind(dead)
        .bind(now.0)
        .bind(until.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(number,)| Term {
            name: name.to_owned(),
            holder: holder.to_owned(),
            number,
        }))
    }

    /// Makes a term end at `until`; false if it is over and somebody else's has begun.
    pub async fn extend_lease(&mut self, term: &Term, until: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE leases SET until = $4 WHERE name = $1 AND holder = $2 AND term = $3"
        )
        .bind(&term.name)
        .bind(&term.holder)
        .bind(term.number)
        .bind(until.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Whether a term stands, and will stand until this transaction ends: whoever wants the lease waits for it. To be
    /// asked last, so that nobody waits long.
    pub async fn term_stands(&mut self, term: &Term) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE leases SET term = term WHERE name = $1 AND holder = $2 AND term = $3"
        )
        .bind(&term.name)
        .bind(&term.holder)
        .bind(term.number)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}
