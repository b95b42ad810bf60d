//! Which of several programs on one database does what: each thing (a channel, the clock) is one program's for a term,
//! which it renews. A program that ends gives its terms back; one that dies loses them when they run out, and at once to
//! its successor in the same data folder. On SQLite the file's lock says that there is nobody else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::clock::{Clock, Millis};
use crate::store::leases::Term;
use crate::store::tidings::Tiding;
use crate::store::{Db, Result};

/// How long a term lasts after it was renewed.
const TERM_MS: i64 = 5_000;
/// So long before the database may give it away a holder counts its term as over.
const EARLY_MS: i64 = 1_000;
/// How often terms are renewed.
const RENEW: Duration = Duration::from_secs(1);
/// A renewal that takes so long is begun anew.
const SOON: Duration = Duration::from_secs(2);
/// How often it is looked whether what somebody else holds is free.
const FOLLOW: Duration = Duration::from_millis(250);

/// What the clock does: limits that run out, collecting, tests, what is published.
pub const CLOCK: &str = "clock";

/// A channel: what comes from it is handled, and what is owed there is sent, by one program.
pub fn channel(name: &str) -> String {
    format!("channel {name}")
}

/// A program that runs, as the others know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its data folder, on its machine: whoever holds its lock knows that no other program of it lives.
    pub home: String,
    /// This run of it.
    pub run: String,
}

impl Instance {
    fn holder(&self) -> String {
        format!("{}.{}", self.home, self.run)
    }

    /// A holder whose data folder this program has locked is dead.
    fn outlived(&self, holder: &str) -> bool {
        holder
            .strip_prefix(&self.home)
            .is_some_and(|rest| rest.starts_with('.'))
    }
}

/// The terms of this program. Cheap to clone.
#[derive(Clone)]
pub struct Leases(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    instance: Instance,
    names: Vec<String>,
    held: Mutex<BTreeMap<String, Held>>,
    changed: watch::Sender<()>,
    /// Somebody gave something back.
    free: Notify,
}

/// A term, and until when it counts, by the steady count of this program's clock.
struct Held {
    term: Term,
    until: i64,
}

impl Leases {
    /// What is named is wanted; nothing is held yet.
    pub fn new(db: Db, clock: Clock, instance: Instance, names: Vec<String>) -> Leases {
        Leases(Arc::new(Inner {
            db,
            clock,
            instance,
            names,
            held: Mutex::default(),
            changed: watch::channel(()).0,
            free: Notify::new(),
        }))
    }

    /// The term that this program has now, if it has one.
    pub fn held(&self, name: &str) -> Option<Term> {
        let held = self.terms();
        let held = held.get(name).filter(|held| self.0.clock.steady() < held.until)?;
        Some(held.term.clone())
    }

    /// Whether this very term still counts.
    pub fn stands(&self, term: &Term) -> bool {
        self.held(&term.name).as_ref() == Some(term)
    }

    /// Renews what is held and takes what is free; whether all that is wanted is held then.
    pub async fn renew(&self) -> Result<bool> {
        // Counted from before the database was asked, so that it never counts longer here than there.
        let begun = self.0.clock.steady();
        let alone = !self.0.db.is_shared();
        let before: BTreeMap<String, Term> = self
            .terms()
            .iter()
            .map(|(name, held)| (name.clone(), held.term.clone()))
            .collect();
        if alone && before.len() == self.0.names.len() {
            return Ok(true);
        }
        let holder = self.0.instance.holder();
        let mut terms = Vec::with_capacity(self.0.names.len());
        let mut tx = self.0.db.begin().await?;
        let now = tx.database_time().await?;
        let until = now.plus(TERM_MS);
        for name in &self.0.names {
            if let Some(term) = before.get(name)
                && tx.extend_lease(term, until).await?
            {
                terms.push(term.clone());
                continue;
            }
            let last = tx.lease_holder(name).await?;
            let dead = last.filter(|last| alone || self.0.instance.outlived(last));
            terms.extend(tx.take_lease(name, (&holder, dead.as_deref()), (now, until)).await?);
        }
        tx.commit().await?;
        let all = terms.len() == self.0.names.len();
        let until = if alone { i64::MAX } else { begun + TERM_MS - EARLY_MS };
        self.now_held(terms, until);
        Ok(all)
    }

    fn now_held(&self, terms: Vec<Term>, until: i64) {
        let mut held = self.terms();
        let before = std::mem::take(&mut *held);
        for term in terms {
            if before.get(&term.name).is_none_or(|old| old.term != term) {
                tracing::info!(lease = term.name, term = term.number, "taken");
            }
            held.insert(term.name.clone(), Held { term, until });
        }
        for name in before.keys().filter(|name| !held.contains_key(*name)) {
            tracing::warn!(lease = name, "somebody else has it");
        }
        drop(held);
        self.0.changed.send_replace(());
    }

    /// Renews until `stop` becomes true; terms are given back by [`Leases::give_back`].
    pub async fn keep(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let pause = match tokio::time::timeout(SOON, self.renew()).await {
                Ok(Ok(true)) if !self.0.db.is_shared() => return,
                Ok(Ok(true)) => RENEW,
                Ok(Ok(false)) => FOLLOW,
                Ok(Err(error)) => {
                    tracing::error!(%error, "leases cannot be renewed; trying again");
                    FOLLOW
                }
                // Over another connection, before the term is over.
                Err(_) => {
                    tracing::error!("leases cannot be renewed: the database does not answer; trying again");
                    FOLLOW
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.0.free.notified() => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Somebody gave something back: looks at once.
    pub fn look(&self) {
        self.0.free.notify_one();
    }

    /// Gives back what is held, so that nobody has to wait until it runs out.
    pub async fn give_back(&self) -> Result<()> {
        let held = std::mem::take(&mut *self.terms());
        self.0.changed.send_replace(());
        if !self.0.db.is_shared() {
            return Ok(());
        }
        let mut tx = self.0.db.begin().await?;
        for held in held.values() {
            tx.extend_lease(&held.term, Millis(0)).await?;
        }
        tx.tell(Tiding::Free);
        tx.commit().await
    }

    /// Waits until this program has a term, and gives it.
    pub async fn gained(&self, name: &str) -> Term {
        let mut changed = self.0.changed.subscribe();
        loop {
            if let Some(term) = self.held(name) {
                return term;
            }
            // The sender lives as long as this.
            let _ = changed.changed().await;
        }
    }

    /// Waits until a term counts no more.
    pub async fn lost(&self, term: &Term) {
        let mut changed = self.0.changed.subscribe();
        while self.stands(term) {
            let left = self.terms().get(&term.name).map_or(0, |held| held.until);
            let left = left.saturating_sub(self.0.clock.steady()).clamp(0, TERM_MS);
            let over = tokio::time::sleep(Duration::from_millis(left.unsigned_abs()));
            tokio::select! {
                () = over => {}
                _ = changed.changed() => {}
            }
        }
    }

    fn terms(&self) -> MutexGuard<'_, BTreeMap<String, Held>> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
