//! From the inbox to the desk: each lane (a chat) in order, lanes beside each other, one bad update stopping nothing.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};

use crate::clock::Clock;
use crate::store::inbox::Waiting;
use crate::store::{Db, StoreError};

/// How long one update may take before the try counts as failed.
const PATIENCE: Duration = Duration::from_secs(10);
/// Updates handled at once; more would only wait for the database's one writer.
const AT_ONCE: usize = 8;

/// Between two tries of one update.
const PAUSE: Duration = Duration::from_millis(200);
/// How long an update waits for a database that is away before it is tried again.
const OUTAGE: Duration = Duration::from_secs(2);

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
    slots: Arc<Semaphore>,
}

impl Intake {
    /// An intake that hands to `handler`; nothing runs until something is handed in.
    pub fn new(db: Db, clock: Clock, handler: Handler) -> Intake {
        Intake {
            db,
            clock,
            handler,
            lanes: Arc::default(),
            slots: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Takes up what an earlier run left waiting in one channel.
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

    /// True when no update is being handled or queued here.
    pub fn idle(&self) -> bool {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    async fn work(self, lane: String, mut receiver: mpsc::UnboundedReceiver<Waiting>) {
        loop {
            while let Ok(waiting) = receiver.try_recv() {
                let Ok(_slot) = self.slots.acquire().await else { return };
                self.handle(waiting).await;
            }
            let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            // Under the lock nobody can hand in more, so an empty queue here is truly empty.
            match receiver.try_recv() {
                Ok(waiting) => {
                    drop(lanes);
                    self.handle(waiting).await;
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
            let mut task = tokio::spawn((self.handler)(waiting.clone()));
            let error = match tokio::time::timeout(PATIENCE, &mut task).await {
                Ok(Ok(Ok(()))) => return,
                Ok(Ok(Err(Failure::Outage(error)))) => {
                    tracing::error!(error = %format!("{error:#}"), inbox.id = waiting.id, "the database is away; waiting");
                    tokio::time::sleep(OUTAGE).await;
                    continue;
                }
                Ok(Ok(Err(Failure::Update(error)))) => format!("{error:#}"),
                Ok(Err(_panicked)) => "the handler panicked".to_owned(),
                Err(_) => {
                    task.abort();
                    "the handler took too long".to_owned()
                }
            };
            tracing::warn!(inbox.id = waiting.id, error, "update not handled");
            if self.give_up(&waiting, &error).await {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
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
