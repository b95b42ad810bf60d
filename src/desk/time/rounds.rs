//! What the clock keeps of what was promised, and looks ahead for, that is not bound to one question.

use crate::clock::Millis;
use crate::desk::ground::served::Served;
use crate::desk::time;
use crate::desk::{Desk, Result};
use crate::faq::{Entry, EntryId};
use crate::store::Tx;
use crate::store::ratings::Review;
use crate::store::recalls::Recall;
use crate::store::undelivered::Undelivered;
use jiff::civil::Date;
use std::sync::PoisonError;

/// A review is reminded of a day before it is due.
const REVIEW_WARNING_MS: i64 = 86_400_000;

/// What did not arrive, reviews to speak of, corrections that must reach people.
pub(in crate::desk) struct Promises {
    lost: Vec<Undelivered>,
    reviews: Vec<Review>,
    recalls: Vec<Recall>,
}

impl Desk {
    /// What was promised and is not bound to one question.
    pub(in crate::desk) async fn promises(&self, tx: &mut Tx, now: Millis) -> Result<Promises> {
        const RECALLS: i64 = 10;
        let served = self.faq();
        let is_newest = tx.faq_version().await? == served.version();
        let mut recalls = match is_newest {
            true => tx.recalls_due(RECALLS).await?,
            false => Vec::new(),
        };
        // An entry that waits for its owner is not told of until it is said again or gone.
        recalls.retain(|recall| {
            let entry = EntryId::from(recall.entry.as_str());
            !(served.is_frozen(&entry) && served.faq().entry(&entry).is_some())
        });
        Ok(Promises {
            lost: tx.undelivered().await?,
            reviews: tx.reviews_to_tell(now.plus(REVIEW_WARNING_MS)).await?,
            recalls,
        })
    }

    /// What is not bound to one question: what did not arrive, reviews, corrections that must reach people.
    pub(in crate::desk) async fn keep_promises(&self, now: Millis, promises: Promises) -> Result<()> {
        let Promises { lost, reviews, recalls } = promises;
        for lost in &lost {
            let mut sitting = self.sit().await?;
            time::undelivered::see_to(&mut sitting, lost).await?;
            sitting.tx.commit().await?;
            self.bell.notify_one();
        }
        for review in reviews.iter().filter(|review| self.works(review.bureau, now)) {
            let mut sitting = self.sit().await?;
            time::review::tell_of_review(&mut sitting, review).await?;
            sitting.tx.commit().await?;
            self.bell.notify_one();
        }
        for recall in &recalls {
            let mut sitting = self.sit().await?;
            time::recall::recall(&mut sitting, recall).await?;
            sitting.tx.commit().await?;
        }
        if !recalls.is_empty() {
            self.bell.notify_one();
        }
        Ok(())
    }

    /// Looks at each bureau's next fourteen days, once a day while it works.
    pub async fn look_ahead(&self) -> Result<()> {
        if !self.believes() {
            return Ok(());
        }
        self.tell_keepers().await?;
        let now = self.clock.now();
        let roster = self.roster();
        for bureau in roster.bureaus.iter().filter(|bureau| self.works(bureau.id, now)) {
            let mut sitting = self.sit().await?;
            time::ahead::look_ahead(&mut sitting, bureau).await?;
            time::digest::tell(&mut sitting, bureau).await?;
            sitting.tx.commit().await?;
        }
        self.bell.notify_one();
        Ok(())
    }

    /// Who was told a text that has run out since hears of it (更正追达), once. Looked at when the day or the list changed.
    pub(in crate::desk) async fn see_to_expired(&self) -> Result<()> {
        let now = self.clock.now();
        let today = self.day(now);
        let served = self.faq();
        let look = Some((today, served.version()));
        if *self.expired.lock().unwrap_or_else(PoisonError::into_inner) == look {
            return Ok(());
        }
        self.recall_expired(&served, today, now).await?;
        *self.expired.lock().unwrap_or_else(PoisonError::into_inner) = look;
        Ok(())
    }

    pub(in crate::desk) async fn recall_expired(&self, served: &Served, today: Date, now: Millis) -> Result<()> {
        let ran_out =
            |entry: &&Entry| entry.valid_until.is_some_and(|last| last < today) && !served.is_frozen(&entry.id);
        let mut gone = served.faq().entries().iter().filter(ran_out).peekable();
        if gone.peek().is_none() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        for entry in gone {
            if let Some(revision) = served.revision(&entry.id) {
                tx.recall_gone(entry.id.as_str(), revision, now).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}
