//! A draft against the list as it would be, while it is written: its own rules and its own tests. What else it would
//! break is looked into when it is approved.

use std::sync::Arc;

use crate::desk::{Desk, Result};
use crate::domain::list::draft::DraftId;
use crate::faq::check::{self, Severity};
use crate::faq::{Entry, Faq};
use crate::store::StoreError;

/// What the tests of an entry show.
#[derive(Clone, Debug)]
pub struct Tried {
    /// How many questions it was tried with.
    pub tests: usize,
    /// What would stop it.
    pub errors: Vec<String>,
    /// What would be better otherwise.
    pub warnings: Vec<String>,
}

impl Desk {
    /// Tries a draft of an entry; none where there is no such draft. One at a time: each builds a list.
    pub async fn try_draft(&self, id: DraftId) -> Result<Option<Tried>> {
        let _turn = self.trying.lock().await;
        let mut tx = self.db.read().await?;
        let kept = tx.draft(id).await?;
        let Some(entry) = kept.as_ref().and_then(|kept| kept.proposal.entry()).cloned() else {
            return Ok(None);
        };
        let lexicon = tx.served_lexicon().await?;
        drop(tx);
        let (served, today) = (self.faq(), self.day(self.clock.now()));
        let trying = tokio::task::spawn_blocking(move || {
            let mut entries: Vec<Entry> = Arc::clone(&served).faq().entries().to_vec();
            match entries.iter_mut().find(|known| known.id == entry.id) {
                Some(known) => *known = entry.clone(),
                None => entries.push(entry.clone()),
            }
            let faq = Faq::build(entries, lexicon.clone());
            let (errors, warnings): (Vec<_>, Vec<_>) = check::one(&faq, &lexicon, &entry.id, today)
                .into_iter()
                .partition(|finding| finding.severity == Severity::Error);
            let words = |found: Vec<check::Finding>| found.into_iter().map(|finding| finding.message).collect();
            Tried {
                tests: entry.tests.must_hit.len() + entry.tests.must_not_hit.len(),
                errors: words(errors),
                warnings: words(warnings),
            }
        });
        let tried = trying.await;
        Ok(Some(
            tried.map_err(|panic| StoreError::inconsistent("drafts", id.0, panic))?,
        ))
    }
}
