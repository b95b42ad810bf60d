//! The use cases: load, ask the rules, save, owe. Every step is one transaction with its inbox mark and its outbox rows.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Notify;

use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::domain::message::Incoming;
use crate::domain::people::Roster;
use crate::faq::IndexError;
use crate::store::{Db, StoreError, Tx};

mod act;
mod answer;
mod ask;
mod chats;
mod command;
mod edited;
mod follow;
mod hand_over;
mod hear;
mod ladder;
mod member;
mod owe;
mod private;
mod served;
mod sitting;
mod undelivered;

pub(crate) use member::SAMPLE;
pub use served::{Served, preview};
pub(crate) use sitting::Sitting;

/// Tries of one step before a conflict counts as a failure.
const RERUNS: usize = 8;

/// Why the desk could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The knowledge base could not be made ready.
    #[error("the knowledge base could not be indexed")]
    Index(#[from] IndexError),
}

/// What the desk gives back.
pub type Result<T> = std::result::Result<T, DeskError>;

/// The helpdesk. One per process; everything it needs to decide is in memory, everything it decides is in the store.
pub struct Desk {
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// What the operator set.
    pub config: Arc<Config>,
    /// Rings when something is owed to a chat.
    pub bell: Arc<Notify>,
    roster: RwLock<(i64, Arc<Roster>)>,
    served: RwLock<Arc<Served>>,
}

impl Desk {
    /// Opens the desk on a database that is ready: reads the roster and builds the served edition.
    pub async fn open(db: Db, clock: Clock, config: Arc<Config>, bell: Arc<Notify>) -> Result<Desk> {
        let mut tx = db.read().await?;
        let roster = (tx.roster_version().await?, Arc::new(tx.roster().await?));
        drop(tx);
        let served = Served::load(&db).await?;
        Ok(Desk {
            db,
            clock,
            config,
            bell,
            roster: RwLock::new(roster),
            served: RwLock::new(Arc::new(served)),
        })
    }

    /// The roster as it is now.
    pub fn roster(&self) -> Arc<Roster> {
        Arc::clone(&self.roster.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// The served edition of the knowledge base.
    pub fn faq(&self) -> Arc<Served> {
        Arc::clone(&self.served.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what another process changed (roster or FAQ import); a failed build keeps the old edition.
    pub async fn refresh(&self) -> Result<()> {
        let mut tx = self.db.read().await?;
        let (roster, faq) = (tx.roster_version().await?, tx.faq_version().await?);
        if roster != self.roster.read().unwrap_or_else(PoisonError::into_inner).0 {
            let fresh = Arc::new(tx.roster().await?);
            *self.roster.write().unwrap_or_else(PoisonError::into_inner) = (roster, fresh);
            tracing::info!(version = roster, "roster taken up");
        }
        drop(tx);
        if faq != self.faq().version() {
            let fresh = Arc::new(Served::load(&self.db).await?);
            tracing::info!(
                version = faq,
                entries = fresh.faq().entries().len(),
                "knowledge base taken up"
            );
            *self.served.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }

    /// Handles one inbox row: marks it handled and does what it asks, in one transaction. `None` asks for nothing.
    pub async fn receive(&self, inbox: i64, incoming: Option<&Incoming>) -> Result<()> {
        for _ in 0..RERUNS {
            match self.receive_once(inbox, incoming).await {
                Err(DeskError::Store(error)) if error.is_conflict() => continue,
                done => {
                    self.bell.notify_one();
                    return done;
                }
            }
        }
        Err(StoreError::Stale.into())
    }

    async fn receive_once(&self, inbox: i64, incoming: Option<&Incoming>) -> Result<()> {
        let mut sitting = self.sit().await?;
        if !sitting.tx.mark_handled(inbox, sitting.now).await? {
            return Ok(());
        }
        if let Some(incoming) = incoming {
            sitting.hear(incoming).await?;
        }
        Ok(sitting.tx.commit().await?)
    }

    /// Does what time asks for: bursts that ended, the ladder, lapses. Returns how many questions moved. One question
    /// that cannot be moved is logged and does not stop the others.
    pub async fn tick(&self) -> Result<usize> {
        self.see_to_undelivered().await?;
        let mut moved = 0;
        loop {
            let mut tx = self.db.read().await?;
            let due = tx.due_questions(self.clock.now(), 100).await?;
            drop(tx);
            let before = moved;
            for question in due {
                match self.tick_one(question).await {
                    Ok(()) => moved += 1,
                    Err(DeskError::Store(error)) if error.is_conflict() => {}
                    Err(error) => {
                        tracing::error!(%error, question.id = question.0, "the clock could not move a question")
                    }
                }
            }
            if moved == before {
                return Ok(moved);
            }
            self.bell.notify_one();
        }
    }

    async fn see_to_undelivered(&self) -> Result<()> {
        let mut tx = self.db.read().await?;
        let lost = tx.undelivered().await?;
        drop(tx);
        for lost in &lost {
            let mut sitting = self.sit().await?;
            sitting.see_to(lost).await?;
            sitting.tx.commit().await?;
            self.bell.notify_one();
        }
        Ok(())
    }

    async fn tick_one(&self, question: crate::domain::question::QuestionId) -> Result<()> {
        let mut sitting = self.sit().await?;
        sitting.look_at_clock(question).await?;
        Ok(sitting.tx.commit().await?)
    }

    /// Forgets what is kept only for a time (PRODUCT §2.1). Returns file names of pictures to be removed.
    pub async fn tidy(&self) -> Result<Vec<String>> {
        const DAY: i64 = 86_400_000;
        let now = self.clock.now();
        let keep = &self.config.keep;
        let mut tx = self.db.begin().await?;
        tx.forget_inbox(now.plus(-DAY), now.plus(-keep.dead_updates_ms)).await?;
        tx.forget_outbox(now.plus(-7 * DAY)).await?;
        tx.forget_buttons(now).await?;
        tx.forget_questions(now.plus(-keep.questions_ms)).await?;
        let files = tx.forget_rooms(now.plus(-keep.media_ms)).await?;
        tx.commit().await?;
        Ok(files)
    }

    async fn sit(&self) -> Result<Sitting<'_>> {
        let tx: Tx = self.db.begin().await?;
        Ok(Sitting {
            desk: self,
            tx,
            now: self.clock.now(),
            roster: self.roster(),
            served: self.faq(),
        })
    }

    /// The local day of a moment, as figures name it.
    pub fn day(&self, now: Millis) -> jiff::civil::Date {
        let moment = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        self.config.timezone.to_datetime(moment).date()
    }
}
