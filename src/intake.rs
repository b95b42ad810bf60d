//! From the inbox to the desk: each lane (a chat) in order, lanes beside each other, one bad update stopping nothing.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, mpsc, watch};

use crate::clock::Clock;
use crate::store::inbox::Waiting;
use crate::store::{Db, StoreError};

/// How long one update may be worked on before the try counts as failed. Waiting is no work: a slow database never
/// counts against an update.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many times as long a try may wait before it is begun anew.
const WAITS: u32 = 6;
/// Updates handled at once; more would only wait for the database's one writer.
const AT_ONCE: usize = 8;

/// Between two tries of one update.
const PAUSE: Duration = Duration::from_millis(200);
/// How long an update waits for a database that is away before it is tried again.
const OUTAGE: Duration = Duration::from_secs(1);

/// Why an update was not handled.
#[derive(Debug)]
pub enum Failure {
    /// The database is away: no fault of the update, which waits for it.
    Outage(anyhow::Error),
    /// The update itself, or what it led to.
    Update(anyhow::Error),
}

/// What handles one waiting update: state change and inbox mark in one transaction are its business.
pub type Handler = Arc<dyn Fn(Waiting) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>> + Send + Sync>;

/// Hands waiting updates to the handler. Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    db: Db,
    clock: Clock,
    handler: Handler,
    lanes: Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Waiting>>>>,
    /// Rows that were handed in and are not done with.
    in_hand: Arc<Mutex<HashSet<i64>>>,
    /// How often something came to wait in the inbox that nobody handed in.
    arrived: Arc<watch::Sender<u64>>,
    slots: Arc<Semaphore>,
    patience: Duration,
}

/// Why a try brought nothing.
enum Failed {
    /// It waited for the database for too long.
    Waited,
    /// The database is away.
    Outage(anyhow::Error),
    /// The update is to blame.
    Update(String),
}

/// A handler at work; the time it is worked on is told from the time it waits.
struct Timed {
    handler: Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>,
    worked: Arc<Worked>,
}

/// How long a handler was worked on.
struct Worked {
    begun: Instant,
    /// Worked so far, µs.
    so_far: AtomicU64,
    /// µs after `begun` since when it is being worked on just now; 0 while it waits.
    since: AtomicU64,
}

impl Worked {
    fn elapsed(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_micros())
            .unwrap_or(u64::MAX)
            .max(1)
    }

    fn total(&self) -> Duration {
        let just_now = match self.since.load(Ordering::SeqCst) {
            0 => 0,
            since => self.elapsed().saturating_sub(since),
        };
        Duration::from_micros(self.so_far.load(Ordering::SeqCst).saturating_add(just_now))
    }
}

impl Future for Timed {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let began = self.worked.elapsed();
        self.worked.since.store(began, Ordering::SeqCst);
        let polled = self.handler.as_mut().poll(context);
        let worked = self.worked.elapsed().saturating_sub(began);
        self.worked.since.store(0, Ordering::SeqCst);
        self.worked.so_far.fetch_add(worked, Ordering::SeqCst);
        polled
    }
}

impl Intake {
    /// An intake that hands to `handler`; nothing runs until something is handed in.
    pub fn new(db: Db, clock: Clock, handler: Handler) -> Intake {
        Intake {
            db,
            clock,
            handler,
            lanes: Arc::default(),
            in_hand: Arc::default(),
            arrived: Arc::new(watch::Sender::new(0)),
            slots: Arc::new(Semaphore::new(AT_ONCE)),
            patience: PATIENCE,
        }
    }

    /// The same intake with another patience, for tests.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Intake {
        Intake { patience, ..self }
    }

    /// Something waits in the inbox: whoever has its channel looks.
    pub fn look(&self) {
        self.arrived.send_modify(|times| *times += 1);
    }

    /// Changes whenever something waits in the inbox that nobody handed in.
    pub fn arrivals(&self) -> watch::Receiver<u64> {
        self.arrived.subscribe()
    }

    /// Takes up what waits in one channel and is not in hand: an earlier run left it, or another program wrote it.
    pub async fn resume(&self, channel: &str) -> Result<usize, StoreError> {
        let mut after = 0;
        let mut count = 0;
        loop {
            let mut tx = self.db.read().await?;
            let waiting = tx.waiting(after, 500).await?;
            drop(tx);
            if !waiting.broken.is_empty() {
                let mut tx = self.db.begin().await?;
                tx.set_updates_aside(&waiting.broken, self.clock.now()).await?;
                tx.commit().await?;
            }
            let ids = waiting.iter().map(|one| one.id).chain(waiting.broken.iter().copied());
            let Some(last) = ids.max() else { return Ok(count) };
            after = last;
            for one in waiting.into_iter().filter(|one| one.channel == channel) {
                self.hand(one);
                count += 1;
            }
        }
    }

    /// Hands over one update that is committed already; its lane keeps the order of the calls.
    pub fn hand(&self, waiting: Waiting) {
        if !self.in_hand().insert(waiting.id) {
            return;
        }
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = waiting.lane.clone();
        let waiting = match lanes.get(&lane) {
            Some(sender) => match sender.send(waiting) {
                Ok(()) => return,
                Err(mpsc::error::SendError(waiting)) => waiting,
            },
            None => waiting,
        };
        let (sender, receiver) = mpsc::unbounded_channel();
        // The receiver is held below, so this cannot fail.
        let _ = sender.send(waiting);
        lanes.insert(lane.clone(), sender);
        tokio::spawn(self.clone().work(lane, receiver));
    }

    fn in_hand(&self) -> MutexGuard<'_, HashSet<i64>> {
        self.in_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True when no update is being handled or queued here.
    pub fn idle(&self) -> bool {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    async fn work(self, lane: String, mut receiver: mpsc::UnboundedReceiver<Waiting>) {
        loop {
            while let Ok(waiting) = receiver.try_recv() {
                let Ok(_slot) = self.slots.acquire().await else { return };
                let id = waiting.id;
                self.handle(waiting).await;
                self.in_hand().remove(&id);
            }
            let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            // Under the lock nobody can hand in more, so an empty queue here is truly empty.
            match receiver.try_recv() {
                Ok(waiting) => {
                    drop(lanes);
                    let id = waiting.id;
                    self.handle(waiting).await;
                    self.in_hand().remove(&id);
                }
                Err(_) => {
                    lanes.remove(&lane);
                    return;
                }
            }
        }
    }

    /// Handles one update: its own task contains a panic, a time limit contains a loop, three tries contain the rest.
    async fn handle(&self, waiting: Waiting) {
        loop {
            let error = match self.try_once(&waiting).await {
                Ok(()) => return,
                Err(Failed::Outage(error)) => {
                    tracing::error!(error = %format!("{error:#}"), inbox.id = waiting.id, "the database is away; waiting");
                    tokio::time::sleep(OUTAGE).await;
                    continue;
                }
                Err(Failed::Waited) if self.database_is_slow().await => {
                    tracing::error!(inbox.id = waiting.id, "the database is slow; trying again");
                    tokio::time::sleep(OUTAGE).await;
                    continue;
                }
                Err(Failed::Waited) => "the handler waited too long".to_owned(),
                Err(Failed::Update(error)) => error,
            };
            tracing::warn!(inbox.id = waiting.id, error, "update not handled");
            if self.give_up(&waiting, &error).await {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn try_once(&self, waiting: &Waiting) -> Result<(), Failed> {
        let worked = Arc::new(Worked {
            begun: Instant::now(),
            so_far: AtomicU64::new(0),
            since: AtomicU64::new(0),
        });
        let timed = Timed {
            handler: (self.handler)(waiting.clone()),
            worked: Arc::clone(&worked),
        };
        let mut task = tokio::spawn(timed);
        for _ in 0..WAITS {
            match tokio::time::timeout(self.patience, &mut task).await {
                Ok(Ok(Ok(()))) => return Ok(()),
                Ok(Ok(Err(Failure::Outage(error)))) => return Err(Failed::Outage(error)),
                Ok(Ok(Err(Failure::Update(error)))) => return Err(Failed::Update(format!("{error:#}"))),
                Ok(Err(_panicked)) => return Err(Failed::Update("the handler panicked".to_owned())),
                Err(_) if worked.total() * 2 > self.patience => {
                    task.abort();
                    return Err(Failed::Update("the handler took too long".to_owned()));
                }
                Err(_) => tracing::error!(inbox.id = waiting.id, "the database is slow; waiting for it"),
            }
        }
        task.abort();
        Err(Failed::Waited)
    }

    /// Whether a write as small as can be takes long, or does not go through at all.
    async fn database_is_slow(&self) -> bool {
        let write = async {
            let mut tx = self.db.begin().await?;
            tx.set_note("slow", &self.clock.now().0.to_string()).await?;
            tx.commit().await
        };
        !matches!(tokio::time::timeout(self.patience / 10, write).await, Ok(Ok(())))
    }

    /// Counts the failed try; true when the update is kept aside. A try that failed while the database was away does
    /// not count: most likely it only waited for it.
    async fn give_up(&self, waiting: &Waiting, error: &str) -> bool {
        let marked = async {
            let mut tx = self.db.begin().await?;
            let aside = tx.mark_failed(waiting.id, error, self.clock.now()).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(aside)
        };
        marked.await.unwrap_or_else(|error| {
            tracing::error!(%error, inbox.id = waiting.id, "the database cannot be reached; waiting for it");
            false
        })
    }
}
