//! The use cases: load, ask the rules, save, owe. Every step is one transaction with its inbox mark and its outbox rows.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Notify;

use crate::calendar;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::domain::calendar::Calendar;
use crate::domain::message::Incoming;
use crate::domain::people::Roster;
use crate::faq::IndexError;
use crate::store::{Db, StoreError, Tx};
use crate::yaml::Problem;

mod act;
mod answer;
mod ask;
mod calls;
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
    /// A calendar file has a mistake.
    #[error(transparent)]
    Calendar(#[from] Problem),
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
    calendar: RwLock<Arc<Calendar>>,
    served: RwLock<Arc<Served>>,
}

impl Desk {
    /// Opens the desk on a database that is ready: reads the roster and builds the served edition.
    pub async fn open(db: Db, clock: Clock, config: Arc<Config>, bell: Arc<Notify>) -> Result<Desk> {
        let mut tx = db.read().await?;
        let roster = (tx.roster_version().await?, Arc::new(tx.roster().await?));
        drop(tx);
        let served = Served::load(&db).await?;
        let calendar = calendar::load(&config.data)?;
        Ok(Desk {
            db,
            clock,
            config,
            bell,
            roster: RwLock::new(roster),
            calendar: RwLock::new(Arc::new(calendar)),
            served: RwLock::new(Arc::new(served)),
        })
    }

    /// The roster as it is now.
    pub fn roster(&self) -> Arc<Roster> {
        Arc::clone(&self.roster.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Holidays and make-up workdays as they are known now.
    pub fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the operator must be told of the calendar: this year, or from December on the next one, is not known.
    pub fn calendar_missing(&self) -> Option<i16> {
        let today = self.day(self.clock.now());
        let calendar = self.calendar();
        let next = (today.month() == 12).then_some(today.year() + 1);
        [Some(today.year()), next]
            .into_iter()
            .flatten()
            .find(|year| !calendar.knows(*year))
    }

    /// The served edition of the knowledge base.
    pub fn faq(&self) -> Arc<Served> {
        Arc::clone(&self.served.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what another process changed (roster or FAQ import, calendar files); a failed build keeps what was there.
    pub async fn refresh(&self) -> Result<()> {
        let fresh = calendar::load(&self.config.data)?;
        if fresh != *self.calendar() {
            *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
            tracing::info!("calendar taken up");
        }
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

    /// Forgets what is kept only for a time (PRODUCT §2.1). Returns file names of pictures to be removed.
    pub async fn tidy(&self) -> Result<Vec<String>> {
        const DAY: i64 = 86_400_000;
        if let Some(year) = self.calendar_missing() {
            tracing::warn!("{}", calendar::missing_said(year, &self.config.data));
        }
        let now = self.clock.now();
        let keep = &self.config.keep;
        let mut tx = self.db.begin().await?;
        tx.forget_inbox(now.plus(-DAY), now.plus(-keep.dead_updates_ms)).await?;
        tx.forget_outbox(now.plus(-7 * DAY)).await?;
        tx.forget_buttons(now).await?;
        tx.forget_duty_changes(now.plus(-90 * DAY)).await?;
        tx.forget_questions(now.plus(-keep.questions_ms)).await?;
        let files = tx.forget_rooms(now.plus(-keep.media_ms)).await?;
        tx.commit().await?;
        Ok(files)
    }

    async fn sit(&self) -> Result<Sitting<'_>> {
        Ok(self.look(self.db.begin().await?))
    }

    /// What is known now, with a transaction for more.
    fn look(&self, tx: Tx) -> Sitting<'_> {
        Sitting {
            desk: self,
            tx,
            now: self.clock.now(),
            roster: self.roster(),
            calendar: self.calendar(),
            served: self.faq(),
        }
    }

    /// The local day of a moment, as figures name it.
    pub fn day(&self, now: Millis) -> jiff::civil::Date {
        let moment = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        self.config.timezone.to_datetime(moment).date()
    }
}
