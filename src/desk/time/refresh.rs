//! What other processes changed is taken up: roster, list, calendar files, the word of a person on the time.

use crate::clock::{self};
use crate::desk::ground::served::Served;
use crate::desk::{Desk, Result};
use crate::domain::time::trust::SLACK_MS;
use crate::store::Tx;
use std::sync::{Arc, PoisonError};

impl Desk {
    /// Takes up what another process changed (roster or FAQ import, calendar files); a failed build keeps what was there.
    pub async fn refresh(&self) -> Result<()> {
        self.take_up_calendar().await?;
        self.take_up_words();
        let mut tx = self.db.read().await?;
        self.hear_of_time(&mut tx).await?;
        let (roster, faq) = (tx.roster_version().await?, tx.faq_version().await?);
        if roster != self.roster.read().unwrap_or_else(PoisonError::into_inner).0 {
            let fresh = Arc::new(tx.city().await?);
            *self.roster.write().unwrap_or_else(PoisonError::into_inner) = (roster, fresh);
            tracing::info!(version = roster, "roster taken up");
            drop(tx);
            // A tick between the import and now judged by the old roster and put the questions off again.
            let mut tx = self.db.begin().await?;
            tx.look_at_open_questions().await?;
            tx.commit().await?;
        } else {
            drop(tx);
        }
        if faq != self.faq().version() {
            let fresh = Arc::new(Served::load(&self.db, &self.config.data).await?);
            tracing::info!(
                version = faq,
                entries = fresh.faq().entries().len(),
                "knowledge base taken up"
            );
            *self.served.write().unwrap_or_else(PoisonError::into_inner) = fresh;
            // They hold the list they were made for, and are made anew for the next question anyway.
            *self.clusters.lock().await = None;
        }
        Ok(())
    }

    /// Believes the clock where a person confirmed it (`bangban clock`).
    pub(in crate::desk) async fn hear_of_time(&self, tx: &mut Tx) -> Result<()> {
        let (now, steady) = (self.clock.now(), self.clock.steady());
        if !self.believes()
            && let Some(confirmed) = tx.confirmed_time().await?
            && now.since(confirmed).saturating_abs() <= SLACK_MS
        {
            tracing::warn!("{}", clock::CONFIRMED);
            self.trust
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .confirm(now, steady);
        }
        Ok(())
    }
}
