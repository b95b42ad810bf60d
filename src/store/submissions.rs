//! When each bureau handed in its official form: short lists by bureau, kept as notes.

use serde::{Deserialize, Serialize};

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::roster::people::BureauId;

/// The newest so many are kept for a bureau.
const KEPT: usize = 50;

/// A form that was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// When, ms.
    pub at: i64,
    /// How many helpers stood in it.
    pub helpers: usize,
    /// How many reviewers.
    pub reviewers: usize,
}

impl Tx {
    /// The forms a bureau handed in, oldest first.
    pub async fn submissions(&mut self, bureau: BureauId) -> Result<Vec<Submitted>> {
        let Some(text) = self.note(&key(bureau)).await? else {
            return Ok(Vec::new());
        };
        serde_json::from_str(&text).map_err(|error| StoreError::inconsistent("notes", bureau.0, error))
    }

    /// Keeps that a bureau handed in its form.
    pub async fn add_submission(
        &mut self,
        bureau: BureauId,
        at: Millis,
        (helpers, reviewers): (usize, usize),
    ) -> Result<()> {
        let mut all = self.submissions(bureau).await?;
        all.push(Submitted {
            at: at.0,
            helpers,
            reviewers,
        });
        let newest = all.split_off(all.len().saturating_sub(KEPT));
        let text =
            serde_json::to_string(&newest).map_err(|error| StoreError::inconsistent("notes", bureau.0, error))?;
        self.set_note(&key(bureau), &text).await
    }
}

fn key(bureau: BureauId) -> String {
    format!("submissions:{}", bureau.0)
}
