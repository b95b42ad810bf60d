//! Bulletins of months, and what bureaus say against them.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::supervision::bulletin::{Bulletin, BulletinId, Frozen, Objection, Phase, Words};

type Row = (
    i64,
    Option<i64>,
    String,
    i64,
    String,
    String,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
);

const COLUMNS: &str = "id, number, phase, version, words, figures, written_by, drafted_at, issued_by, issued_at";

impl Tx {
    /// Keeps a new bulletin of a month, in its first phase; none if there is one of the month that was not given up.
    pub async fn add_bulletin(
        &mut self,
        words: &Words,
        figures: &Frozen,
        by: PersonId,
        at: Millis,
    ) -> Result<Option<BulletinId>> {
        let id = self.count_up("bulletins", 1).await?;
        let (words, frozen) = (written(id, words)?, written(id, figures)?);
        let rows = on!(self, |conn| sqlx::query(
            "INSERT INTO bulletins (id, month, phase, version, words, figures, written_by, drafted_at)
             VALUES ($1, $2, $3, 1, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
        )
        .bind(id)
        .bind(&figures.month)
        .bind(Phase::Draft.key())
        .bind(words)
        .bind(frozen)
        .bind(by.0)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok((rows == 1).then_some(BulletinId(id)))
    }

    /// Writes what became of a bulletin; false, and nothing is written, if somebody changed it since.
    pub async fn save_bulletin(&mut self, bulletin: &Bulletin) -> Result<bool> {
        let id = bulletin.id.0;
        let (words, figures) = (written(id, &bulletin.words)?, written(id, &bulletin.figures)?);
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE bulletins SET number = $2, phase = $3, version = $4, words = $5, figures = $6, written_by = $7,
                 issued_by = $8, issued_at = $9 WHERE id = $1 AND version = $4 - 1"
        )
        .bind(id)
        .bind(bulletin.number)
        .bind(bulletin.phase.key())
        .bind(bulletin.version)
        .bind(words)
        .bind(figures)
        .bind(bulletin.written_by.0)
        .bind(bulletin.issued.map(|(by, _)| by.0))
        .bind(bulletin.issued.map(|(_, at)| at.0))
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// A bulletin.
    pub async fn bulletin(&mut self, id: BulletinId) -> Result<Option<Bulletin>> {
        let text = format!("SELECT {COLUMNS} FROM bulletins WHERE id = $1");
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(id.0)
            .fetch_optional(conn)
            .await)?;
        row.map(bulletin).transpose()
    }

    /// Every bulletin, the newest month first.
    pub async fn bulletins(&mut self) -> Result<Vec<Bulletin>> {
        let text = format!("SELECT {COLUMNS} FROM bulletins ORDER BY month DESC, id DESC");
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .fetch_all(conn)
            .await)?;
        rows.into_iter().map(bulletin).collect()
    }

    /// Keeps what a bureau says against a bulletin.
    pub async fn add_objection(
        &mut self,
        to: BulletinId,
        bureau: BureauId,
        by: PersonId,
        words: &Masked,
        at: Millis,
    ) -> Result<()> {
        let id = self.count_up("objections", 1).await?;
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO objections (id, bulletin_id, bureau_id, by_person, words, at, reason) VALUES ($1, $2, $3, $4, $5, $6, '')"
        )
        .bind(id)
        .bind(to.0)
        .bind(bureau.0)
        .bind(by.0)
        .bind(words.as_str())
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// What was said against a bulletin, in order.
    pub async fn objections(&mut self, to: BulletinId) -> Result<Vec<Objection>> {
        type Said = (i64, i64, i64, String, i64, Option<i64>, String);
        let rows: Vec<Said> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT id, bureau_id, by_person, words, at, taken, reason FROM objections WHERE bulletin_id = $1 ORDER BY id"
        )
        .bind(to.0)
        .fetch_all(conn)
        .await
        })?;
        let objection = |(id, bureau, by, words, at, taken, reason): Said| Objection {
            id,
            bureau: BureauId(bureau),
            by: PersonId(by),
            words,
            at: Millis(at),
            decision: taken.map(|taken| (taken != 0, reason)),
        };
        Ok(rows.into_iter().map(objection).collect())
    }

    /// Decides an objection to a bulletin; false if that was done before, or it is none of it.
    pub async fn decide_objection(
        &mut self,
        (to, id): (BulletinId, i64),
        taken: bool,
        reason: &Masked,
        by: PersonId,
        at: Millis,
    ) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE objections SET taken = $3, reason = $4, decided_by = $5, decided_at = $6
             WHERE id = $1 AND bulletin_id = $2 AND taken IS NULL"
        )
        .bind(id)
        .bind(to.0)
        .bind(i64::from(taken))
        .bind(reason.as_str())
        .bind(by.0)
        .bind(at.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}

fn bulletin(row: Row) -> Result<Bulletin> {
    let (id, number, phase, version, words, figures, written_by, drafted_at, issued_by, issued_at) = row;
    let unreadable = |what: String| StoreError::inconsistent("bulletins", id, what);
    Ok(Bulletin {
        id: BulletinId(id),
        number,
        phase: Phase::of_key(&phase).ok_or_else(|| unreadable(format!("phase {phase}")))?,
        version,
        words: serde_json::from_str(&words).map_err(|error| unreadable(format!("words: {error}")))?,
        figures: serde_json::from_str(&figures).map_err(|error| unreadable(format!("figures: {error}")))?,
        written_by: PersonId(written_by),
        drafted_at: Millis(drafted_at),
        issued: issued_by.map(PersonId).zip(issued_at.map(Millis)),
    })
}

fn written(id: i64, what: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(what).map_err(|error| StoreError::inconsistent("bulletins", id, error))
}
