//! The use cases: load, ask the rules, save, owe. Every step is one transaction with its inbox mark and its outbox rows.

use std::collections::HashMap;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use jiff::civil::Date;
use tokio::sync::Notify;

use crate::calendar;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::domain::chat::capabilities::{Channels, Pushes};
use crate::domain::chat::message::{Event, Incoming};
use crate::domain::chat::rich::Rich;
use crate::domain::duty::bureau_time;
use crate::domain::list::draft::DraftId;
use crate::domain::roster::city::City;
use crate::domain::roster::people::BureauId;
use crate::domain::time::calendar::{Calendar, LocalTime};
use crate::domain::time::trust::Trust;
use crate::domain::time::zone;
use crate::domain::wording::TestStep;
use crate::store::{Db, StoreError, Tx};

mod asker;
mod board;
mod bulletins;
pub mod curating;
mod days;
mod ground;
mod hear;
mod helper;
mod keeping;
pub mod list;
pub mod page;
mod planned;
mod supervising;
mod time;
mod words;

pub use asker::letter::LetterAnswer;
pub use asker::own::Own;
pub use board::{Board, Cell, Hot, OfBureau, OneDay};
pub use bulletins::Wanted;
pub use ground::off::{By, Switched};
use ground::readings::Readings;
pub use ground::served::{Served, preview};
use ground::sitting::Hearing;
pub(crate) use ground::sitting::Sitting;
pub(crate) use hear::member::SAMPLE;
pub use helper::bench::{Bench, Near, Row, Whole, advice};
pub use helper::today::{AGES, Day, Today};
pub use helper::transfer::Colleague;
pub use keeping::Keeping;
pub use planned::{Foreseen, Plan};
pub use time::alarms::Reading;

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
    roster: RwLock<(i64, Arc<City>)>,
    days: RwLock<days::Days>,
    words: RwLock<words::Words>,
    served: RwLock<Arc<Served>>,
    clusters: tokio::sync::Mutex<Option<list::collect::Memory>>,
    /// How many candidates waited, and when that was counted.
    waiting: Mutex<Option<(Millis, usize)>>,
    /// How far the tests of approved drafts are that run here.
    tests: Mutex<HashMap<DraftId, TestStep>>,
    /// Whoever tries a draft while it is written has it.
    trying: tokio::sync::Mutex<()>,
    /// When the clock last ticked, ms.
    ticked: AtomicI64,
    trust: Mutex<Trust>,
    /// The believed time that was noted last, ms.
    noted: AtomicI64,
    /// The day and the list for which entries that have run out were last looked for.
    expired: Mutex<Option<(Date, i64)>>,
    /// Files of pictures that were erased, until they are off the disk.
    unwanted: Mutex<Vec<String>>,
}

/// Says what the operator should look at in the calendar's files.
fn warn_of_calendar(config: &Config) {
    for doubt in calendar::doubts(&config.data) {
        tracing::warn!("{}", calendar::doubt_said(&doubt));
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
        let roster = (tx.roster_version().await?, Arc::new(tx.city().await?));
        drop(tx);
        let served = Served::load(&db, &config.data).await?;
        let days = days::Days::open(&db, &config.data).await?;
        let last = db.read().await?.last_time().await?;
        let trust = Trust::begin(last, clock.now(), clock.steady());
        warn_of_calendar(&config);
        let mut words = words::Words::default();
        words.take_up(&config.data);
        Ok(Desk {
            db,
            clock,
            config,
            bell,
            channels,
            roster: RwLock::new(roster),
            days: RwLock::new(days),
            words: RwLock::new(words),
            served: RwLock::new(Arc::new(served)),
            clusters: tokio::sync::Mutex::new(None),
            waiting: Mutex::default(),
            tests: Mutex::default(),
            trying: tokio::sync::Mutex::default(),
            ticked: AtomicI64::new(0),
            trust: Mutex::new(trust),
            noted: AtomicI64::new(0),
            expired: Mutex::new(None),
            unwanted: Mutex::default(),
        })
    }

    /// The roster as it is now, with its city desk.
    pub fn roster(&self) -> Arc<City> {
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

    /// Handles one inbox row: marks it handled and does what it asks, in one transaction. `None` asks for nothing.
    pub async fn receive(&self, inbox: i64, incoming: Option<&Incoming>) -> Result<()> {
        // What costs time is done before the transaction, and once.
        let starred = match incoming {
            Some(incoming) => Some(self.without_listed(incoming).await?),
            None => None,
        };
        let incoming = starred.as_deref();
        if let Some(incoming) = incoming {
            hear::early::wait_for_what_is_replied_to(&self.db, incoming).await?;
        }
        let readings = match incoming {
            Some(incoming) => Readings::of(self.faq(), incoming),
            None => Readings::new(self.faq()),
        };
        let readings = Arc::new(readings);
        let looked_up = match incoming {
            Some(incoming) => self.look_up(incoming, &readings).await?,
            None => None,
        };
        for _ in 0..RERUNS {
            // On the heap: a thread's stack holds one message's whole way only just, as long as nothing is optimised.
            match Box::pin(self.receive_once(inbox, incoming, (&readings, &looked_up))).await {
                Err(DeskError::Store(error)) if error.is_conflict() => continue,
                done => {
                    self.bell.notify_one();
                    return done;
                }
            }
        }
        Err(StoreError::Stale.into())
    }

    /// What an editor asks to see, which can take long and writes nothing.
    async fn look_up(&self, incoming: &Incoming, readings: &Arc<Readings>) -> Result<Option<Rich>> {
        if !hear::curation::asks_to_see(incoming) {
            return Ok(None);
        }
        let mut looking = self.look(self.db.read().await?, Arc::clone(readings));
        hear::curation::look_up(&mut looking, incoming).await
    }

    async fn receive_once(
        &self,
        inbox: i64,
        incoming: Option<&Incoming>,
        (readings, looked_up): (&Arc<Readings>, &Option<Rich>),
    ) -> Result<()> {
        let mut sitting = self.look(self.db.begin().await?, Arc::clone(readings));
        sitting.looked_up.clone_from(looked_up);
        if !sitting.tx.mark_handled(inbox, sitting.now).await? {
            return Ok(());
        }
        if let Some(incoming) = incoming {
            sitting.hearing = Hearing::of(incoming);
            self.may_answer(&mut sitting, incoming).await?;
            sitting.late = self.late(incoming, sitting.now);
            Box::pin(hear::hear(&mut sitting, incoming)).await?;
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

    /// After work that nobody waits for: as long a rest as it took since `begun` ([`Clock::steady`]), so that it never takes
    /// more than half of a processor, or of the one writer, from those who do.
    async fn rest_since(&self, begun: i64) {
        let took = self.clock.steady() - begun;
        tokio::time::sleep(Duration::from_millis(took.unsigned_abs())).await;
    }

    /// Whether a bureau's people may be called now.
    pub(crate) fn works(&self, bureau: BureauId, now: Millis) -> bool {
        let (roster, calendar) = (self.roster(), self.calendar());
        let time = LocalTime::new(&self.config.timezone, &calendar);
        let bureau = roster.bureau(bureau).unwrap_or(roster.desk());
        bureau.hours.open(now, bureau_time(&roster, bureau.id, time))
    }

    async fn sit(&self) -> Result<Sitting<'_>> {
        let readings = Arc::new(Readings::new(self.faq()));
        Ok(self.look(self.db.begin().await?, readings))
    }

    /// The same for looking only: nobody who writes waits for it.
    async fn only_look(&self) -> Result<Sitting<'_>> {
        let readings = Arc::new(Readings::new(self.faq()));
        Ok(self.look(self.db.read().await?, readings))
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
            looked_up: None,
            late: None,
            page: None,
        }
    }

    /// The local day of a moment, as figures name it.
    pub fn day(&self, now: Millis) -> Date {
        zone::day(&self.config.timezone, now)
    }
}
