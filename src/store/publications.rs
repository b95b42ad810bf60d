//! Drafts of editions on their way into the official account, what the account already holds, and what it told us.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::list::publication::{Publication, State};

type Row = (i64, i64, i64, String, String, String, i64, i64, i64, String);

const COLUMNS: &str = "edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble";

impl Tx {
    /// Keeps a new draft of an edition. False, and nothing is kept, if there is one already.
    pub async fn add_publication(&mut self, publication: &Publication, now: Millis) -> Result<bool> {
        let (articles, state) = written(publication)?;
        let added = on!(self, |conn| sqlx::query(
            "INSERT INTO publications
                (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (edition, part) DO NOTHING"
        )
        .bind(i64::from(publication.edition))
        .bind(i64::from(publication.part))
        .bind(i64::from(publication.parts))
        .bind(articles)
        .bind(state)
        .bind(&publication.drafted_by)
        .bind(publication.version)
        .bind(publication.next_at.0)
        .bind(i64::from(publication.tries))
        .bind(&publication.trouble)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        self.publication_moved();
        Ok(added == 1)
    }

    /// Writes what became of a draft. [`StoreError::Stale`] if somebody else was quicker; its version counts up.
    pub async fn save_publication(&mut self, publication: &mut Publication, now: Millis) -> Result<()> {
        let (articles, state) = written(publication)?;
        let saved = on!(self, |conn| {
            sqlx::query(
            "UPDATE publications SET articles = $1, state = $2, drafted_by = $3, version = version + 1, next_at = $4,
                tries = $5, trouble = $6, changed_at = $7 WHERE edition = $8 AND part = $9 AND version = $10"
        )
        .bind(articles)
        .bind(state)
        .bind(&publication.drafted_by)
        .bind(publication.next_at.0)
        .bind(i64::from(publication.tries))
        .bind(&publication.trouble)
        .bind(now.0)
        .bind(i64::from(publication.edition))
        .bind(i64::from(publication.part))
        .bind(publication.version)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        if saved != 1 {
            return Err(StoreError::Stale);
        }
        publication.version += 1;
        self.publication_moved();
        Ok(())
    }

    /// The drafts of an edition.
    pub async fn publications_of(&mut self, edition: u32) -> Result<Vec<Publication>> {
        let sql = format!("SELECT {COLUMNS} FROM publications WHERE edition = $1 ORDER BY part");
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(sql.as_str()))
            .bind(i64::from(edition))
            .fetch_all(conn)
            .await)?;
        rows.into_iter().map(read).collect()
    }

    /// Every draft, the newest edition first.
    pub async fn publications(&mut self) -> Result<Vec<Publication>> {
        let sql = format!("SELECT {COLUMNS} FROM publications ORDER BY edition DESC, part");
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(sql.as_str()))
            .fetch_all(conn)
            .await)?;
        rows.into_iter().map(read).collect()
    }

    /// The draft that has waited longest to be looked at.
    pub async fn publication_due(&mut self, now: Millis) -> Result<Option<Publication>> {
        let sql = format!("SELECT {COLUMNS} FROM publications WHERE next_at <= $1 ORDER BY next_at, part LIMIT 1");
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(sql.as_str()))
            .bind(now.0)
            .fetch_optional(conn)
            .await)?;
        row.map(read).transpose()
    }

    /// Who froze an edition, as the operator's account or a name.
    pub async fn edition_made_by(&mut self, number: u32) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT made_by FROM editions WHERE number = $1"
        )
        .bind(i64::from(number))
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(made_by,)| made_by))
    }

    /// What the account gave for a picture when it got it.
    pub async fn official_picture(&mut self, name: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT value FROM official_pictures WHERE name = $1"
        )
        .bind(name)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(value,)| value))
    }

    /// Keeps what the account gave for a picture.
    pub async fn keep_official_picture(&mut self, name: &str, value: &str, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO official_pictures (name, value, at) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET value = $2, at = $3"
        )
        .bind(name)
        .bind(value)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The account no longer holds a picture.
    pub async fn forget_official_picture(&mut self, name: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM official_pictures WHERE name = $1"
        )
        .bind(name)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The reply to what the account delivers: `reply` the first time, the first one's after that.
    pub async fn official_reply(&mut self, name: &str, reply: &str, now: Millis) -> Result<String> {
        let (kept,): (String,) = on!(self, |conn| sqlx::query_as(
            "INSERT INTO official_heard (name, reply, at) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING reply"
        )
        .bind(name)
        .bind(reply)
        .bind(now.0)
        .fetch_one(conn)
        .await)?;
        Ok(kept)
    }

    /// Forgets deliveries older than `before`; the account repeats one within seconds.
    pub async fn forget_official_heard(&mut self, before: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM official_heard WHERE at < $1")
            .bind(before.0)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }
}

fn written(publication: &Publication) -> Result<(String, String)> {
    let wrong = |error| StoreError::inconsistent("publications", publication.edition, error);
    Ok((
        serde_json::to_string(&publication.articles).map_err(wrong)?,
        serde_json::to_string(&publication.state).map_err(wrong)?,
    ))
}

fn read(row: Row) -> Result<Publication> {
    let (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble) = row;
    let wrong = |error: &dyn std::fmt::Display| StoreError::inconsistent("publications", edition, error);
    let small = |number: i64| u32::try_from(number).map_err(|error| wrong(&error));
    let state: State = serde_json::from_str(&state).map_err(|error| wrong(&error))?;
    Ok(Publication {
        edition: small(edition)?,
        part: small(part)?,
        parts: small(parts)?,
        articles: serde_json::from_str(&articles).map_err(|error| wrong(&error))?,
        state,
        drafted_by,
        version,
        next_at: Millis(next_at),
        tries: small(tries)?,
        trouble,
    })
}
