//! The use cases: load, ask the rules, save, owe. Every step is one transaction with its inbox mark and its outbox rows.

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use tokio::sync::Notify;

use crate::calendar;
use crate::clock::{self, Clock, Millis};
use crate::config::Config;
use crate::domain::chat::capabilities::{Channels, Pushes};
use crate::domain::chat::message::{Event, Incoming};
use crate::domain::duty::bureau_time;
use crate::domain::roster::people::{BureauId, Roster};
use crate::domain::time::calendar::{Calendar, LocalTime};
use crate::domain::time::trust::{SLACK_MS, Trust};
use crate::domain::time::zone;
use crate::faq::{Entry, EntryId};
use crate::store::ratings::Review;
use crate::store::recalls::Recall;
use crate::store::undelivered::Undelivered;
use crate::store::{Db, StoreError, Tx};

mod asker;
mod days;
mod ground;
mod hear;
mod helper;
pub mod list;
mod time;

pub use asker::letter::LetterAnswer;
use ground::readings::Readings;
pub use ground::served::{Served, preview};
use ground::sitting::Hearing;
pub(crate) use ground::sitting::Sitting;
pub(crate) use hear::member::SAMPLE;

/// A review is reminded of a day before it is due.
const REVIEW_WARNING_MS: i64 = 86_400_000;
/// What is answered later than this says so (RELIABILITY R31).
const LATE_MS: i64 = 10 * 60_000;
/// No platform brings what is older.
const KEPT_BY_PLATFORMS_MS: i64 = 2 * 86_400_000;
/// Tries of one step before a conflict counts as a failure.
const RERUNS: usize = 8;

/// Why the desk could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What did not arrive, reviews to speak of, corrections that must reach people.
struct Promises {
    lost: Vec<Undelivered>,
    reviews: Vec<Review>,
    recalls: Vec<Recall>,
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
    /// What each channel can do.
    pub channels: Channels,
    roster: RwLock<(i64, Arc<Roster>)>,
    days: RwLock<days::Days>,
    served: RwLock<Arc<Served>>,
    clusters: tokio::sync::Mutex<Option<list::collect::Memory>>,
    /// When the clock last ticked, ms.
    ticked: AtomicI64,
    trust: Mutex<Trust>,
    /// The believed time that was noted last, ms.
    noted: AtomicI64,
    /// The day and the list for which entries that have run out were last looked for.
    expired: Mutex<Option<(Date, i64)>>,
}

/// Says what the operator should look at in the calendar's files.
fn warn_of_calendar(config: &Config) {
    for doubt in calendar::doubts(&config.data) {
        tracing::warn!("日历：{doubt}");
    }
}

impl Desk {
    /// Opens the desk on a database that is ready: reads the roster and builds the served edition. `channels`: where it
    /// may have to speak.
    pub async fn open(
        db: Db,
        clock: Clock,
        config: Arc<Config>,
        bell: Arc<Notify>,
        channels: Channels,
    ) -> Result<Desk> {
        let mut tx = db.read().await?;
        let roster = (tx.roster_version().await?, Arc::new(tx.roster().await?));
        drop(tx);
        let served = Served::load(&db, &config.data).await?;
        let days = days::Days::open(&db, &config.data).await?;
        let last = db.read().await?.last_time().await?;
        let trust = Trust::begin(last, clock.now(), clock.steady());
        warn_of_calendar(&config);
        Ok(Desk {
            db,
            clock,
            config,
            bell,
            channels,
            roster: RwLock::new(roster),
            days: RwLock::new(days),
            served: RwLock::new(Arc::new(served)),
            clusters: tokio::sync::Mutex::new(None),
            ticked: AtomicI64::new(0),
            trust: Mutex::new(trust),
            noted: AtomicI64::new(0),
            expired: Mutex::new(None),
        })
    }

    /// The roster as it is now.
    pub fn roster(&self) -> Arc<Roster> {
        Arc::clone(&self.roster.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Holidays and make-up workdays as they are known now.
    pub fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.days.read().unwrap_or_else(PoisonError::into_inner).calendar)
    }

    /// Whether the clock is believed: nothing lapses and nothing is deleted while it is not.
    pub fn believes(&self) -> bool {
        let mut trust = self.trust.lock().unwrap_or_else(PoisonError::into_inner);
        trust.look(self.clock.now(), self.clock.steady())
    }

    /// Believes the clock where a person confirmed it (`bangban clock`).
    async fn hear_of_time(&self, tx: &mut Tx) -> Result<()> {
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
        self.take_up_calendar().await?;
        let mut tx = self.db.read().await?;
        self.hear_of_time(&mut tx).await?;
        let (roster, faq) = (tx.roster_version().await?, tx.faq_version().await?);
        if roster != self.roster.read().unwrap_or_else(PoisonError::into_inner).0 {
            let fresh = Arc::new(tx.roster().await?);
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

    /// Handles one inbox row: marks it handled and does what it asks, in one transaction. `None` asks for nothing.
    pub async fn receive(&self, inbox: i64, incoming: Option<&Incoming>) -> Result<()> {
        // What costs time is done before the transaction, and once.
        let readings = match incoming {
            Some(incoming) => Readings::of(self.faq(), incoming),
            None => Readings::new(self.faq()),
        };
        let readings = Arc::new(readings);
        for _ in 0..RERUNS {
            match self.receive_once(inbox, incoming, &readings).await {
                Err(DeskError::Store(error)) if error.is_conflict() => continue,
                done => {
                    self.bell.notify_one();
                    return done;
                }
            }
        }
        Err(StoreError::Stale.into())
    }

    async fn receive_once(&self, inbox: i64, incoming: Option<&Incoming>, readings: &Arc<Readings>) -> Result<()> {
        let mut sitting = self.look(self.db.begin().await?, Arc::clone(readings));
        if !sitting.tx.mark_handled(inbox, sitting.now).await? {
            return Ok(());
        }
        if let Some(incoming) = incoming {
            sitting.hearing = Hearing::of(incoming);
            self.may_answer(&mut sitting, incoming).await?;
            sitting.late = self.late(incoming, sitting.now);
            hear::hear(&mut sitting, incoming).await?;
        }
        Ok(sitting.tx.commit().await?)
    }

    /// Whoever writes where the bot may only answer lets it write again.
    async fn may_answer(&self, sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<()> {
        let wrote = match &incoming.event {
            Event::Message(_) | Event::Press(_) | Event::OwnContact(_) => true,
            Event::Edited(_) | Event::Chat(_) => false,
        };
        match self.channels.can(&incoming.place.channel).pushes {
            Pushes::Within { .. } if wrote => Ok(sitting.tx.open_window(&incoming.place, sitting.now).await?),
            Pushes::Within { .. } | Pushes::Anytime => Ok(()),
        }
    }

    /// When a message was written, if that is long ago: the program was away, or the platform was.
    fn late(&self, incoming: &Incoming, now: Millis) -> Option<Millis> {
        let late = matches!(incoming.event, Event::Message(_)) && now.since(incoming.at) > LATE_MS && self.believes();
        late.then(|| incoming.at.max(now.plus(-KEPT_BY_PLATFORMS_MS)))
    }

    /// What was promised and is not bound to one question.
    async fn promises(&self, tx: &mut Tx, now: Millis) -> Result<Promises> {
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
    async fn keep_promises(&self, now: Millis, promises: Promises) -> Result<()> {
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
            helper::recall::recall(&mut sitting, recall).await?;
            sitting.tx.commit().await?;
        }
        if !recalls.is_empty() {
            self.bell.notify_one();
        }
        Ok(())
    }

    /// Whether a bureau's people may be called now.
    pub(crate) fn works(&self, bureau: BureauId, now: Millis) -> bool {
        let (roster, calendar) = (self.roster(), self.calendar());
        let time = LocalTime::new(&self.config.timezone, &calendar);
        let bureau = roster.bureau(bureau).or_else(|| roster.city_bureau());
        bureau.is_none_or(|bureau| bureau.hours.open(now, bureau_time(&roster, bureau.id, time)))
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
            helper::away::look_ahead(&mut sitting, bureau).await?;
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

    async fn recall_expired(&self, served: &Served, today: Date, now: Millis) -> Result<()> {
        let ran_out =
            |entry: &&Entry| entry.valid_until.is_some_and(|last| last < today) && !served.is_frozen(&entry.id);
        let mut gone = served.faq().entries().iter().filter(ran_out).peekable();
        if gone.peek().is_none() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        for entry in gone {
            tx.recall_gone(entry.id.as_str(), served.revision(&entry.id), now)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Forgets what is kept only for a time (PRODUCT §2.1). Returns file names of pictures to be removed.
    pub async fn tidy(&self) -> Result<Vec<String>> {
        const DAY: i64 = 86_400_000;
        if let Some(year) = self.calendar_missing() {
            tracing::warn!("{}", calendar::missing_said(year, &self.config.data));
        }
        self.say_calendar_problems();
        if !self.believes() {
            tracing::error!("{}", clock::UNSURE);
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let keep = &self.config.keep;
        let mut tx = self.db.begin().await?;
        tx.forget_inbox(now.plus(-DAY), now.plus(-keep.dead_updates_ms)).await?;
        tx.forget_outbox(now.plus(-7 * DAY)).await?;
        tx.forget_windows(now.plus(-7 * DAY)).await?;
        tx.forget_buttons(now).await?;
        tx.forget_duty_changes(now.plus(-90 * DAY)).await?;
        let gone = tx.forget_questions(now.plus(-keep.questions_ms)).await?;
        let files = tx.forget_rooms(now.plus(-keep.media_ms)).await?;
        if gone > 0 || !files.is_empty() {
            let what = format!("{gone} questions, {} pictures", files.len());
            tx.audit(None, "purge", "kept long enough", &what, now).await?;
        }
        let head = tx.audit_head().await?;
        tx.commit().await?;
        if let Some((rows, hash)) = head {
            // What the log says cannot be taken back: `audit verify --tail` compares.
            tracing::info!(rows, tail = hash.get(..16).unwrap_or_default(), "audit");
        }
        Ok(files)
    }

    async fn sit(&self) -> Result<Sitting<'_>> {
        let readings = Arc::new(Readings::new(self.faq()));
        Ok(self.look(self.db.begin().await?, readings))
    }

    /// What is known now, with a transaction for more and what the list makes of the words.
    fn look(&self, tx: Tx, readings: Arc<Readings>) -> Sitting<'_> {
        Sitting {
            desk: self,
            tx,
            now: self.clock.now(),
            hearing: None,
            roster: self.roster(),
            calendar: self.calendar(),
            served: Arc::clone(readings.served()),
            readings,
            late: None,
        }
    }

    /// The local day of a moment, as figures name it.
    pub fn day(&self, now: Millis) -> Date {
        zone::day(&self.config.timezone, now)
    }
}
