//! Drafts of entries. A writer who read an older version gets [`StoreError::Stale`] and starts again.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::list::draft::{Draft, DraftId, DraftState};
use crate::domain::roster::people::PersonId;
use crate::faq::edit::Proposal;

/// A draft as it is kept: who may do what with it, what it proposes, and the candidate it came from.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Who wrote it and where it stands.
    pub draft: Draft,
    /// What it proposes.
    pub proposal: Proposal,
    /// The cluster of questions it answers.
    pub cluster: Option<i64>,
    /// When it last changed.
    pub changed_at: Millis,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    version: i64,
    cluster_id: Option<i64>,
    authors: String,
    proposal: String,
    state: String,
    changed_at: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, version, cluster_id, authors, proposal, state, changed_at FROM drafts ",
            $rest
        )
    };
}

impl Row {
    fn kept(self) -> Result<Kept> {
        let wrong = |error: serde_json::Error| StoreError::inconsistent("drafts", self.id, error);
        let authors: Vec<i64> = serde_json::from_str(&self.authors).map_err(wrong)?;
        let state: DraftState = serde_json::from_str(&self.state).map_err(wrong)?;
        Ok(Kept {
            proposal: serde_json::from_str(&self.proposal).map_err(wrong)?,
            draft: Draft {
                id: DraftId(self.id),
                version: self.version,
                authors: authors.into_iter().map(PersonId).collect(),
                state,
            },
            cluster: self.cluster_id,
            changed_at: Millis(self.changed_at),
        })
    }
}

impl Tx {
    /// The number of the next draft.
    pub async fn next_draft(&mut self) -> Result<DraftId> {
        Ok(DraftId(self.count_up("drafts", 1).await?))
    }

    /// Writes a draft, new or changed.
    pub async fn save_draft(&mut self, kept: &mut Kept, now: Millis) -> Result<()> {
        let json = |error| StoreError::inconsistent("drafts", kept.draft.id.0, error);
        let proposal = serde_json::to_string(&kept.proposal).map_err(json)?;
        let state = serde_json::to_string(&kept.draft.state).map_err(json)?;
        let authors: Vec<i64> = kept.draft.authors.iter().map(|author| author.0).collect();
        let authors = serde_json::to_string(&authors).map_err(json)?;
        let written = on!(self, |conn| sqlx::query(
            "INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at)
             VALUES ($1, $2 + 1, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (id) DO UPDATE SET version = $2 + 1, entry_id = $3, cluster_id = $4, authors = $5,
             proposal = $6, phase = $7, state = $8, changed_at = $9 WHERE drafts.version = $2"
        )
        .bind(kept.draft.id.0)
        .bind(kept.draft.version)
        .bind(kept.proposal.entry_id().map(|id| id.as_str().to_owned()))
        .bind(kept.cluster)
        .bind(&authors)
        .bind(&proposal)
        .bind(kept.draft.state.phase())
        .bind(&state)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if written == 0 {
            return Err(StoreError::Stale);
        }
        kept.draft.version += 1;
        Ok(())
    }

    /// One draft.
    pub async fn draft(&mut self, id: DraftId) -> Result<Option<Kept>> {
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(select!("WHERE id = $1"))
            .bind(id.0)
            .fetch_optional(conn)
            .await)?;
        row.map(Row::kept).transpose()
    }

    /// Drafts that are neither published nor given up, oldest first.
    pub async fn open_drafts(&mut self) -> Result<Vec<Kept>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(select!(
            "WHERE phase NOT IN ('done', 'dropped') ORDER BY id"
        ))
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Row::kept).collect()
    }

    /// Drafts that were published, given up or sent back last, the newest first.
    pub async fn decided_drafts(&mut self, most: i64) -> Result<Vec<Kept>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(select!(
            "WHERE phase IN ('done', 'dropped', 'returned') ORDER BY changed_at DESC, id DESC LIMIT $1"
        ))
        .bind(most)
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Row::kept).collect()
    }
}
