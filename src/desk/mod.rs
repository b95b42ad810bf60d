//! The use cases of the helpdesk.

use std::sync::{Arc, PoisonError, RwLock};

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::people::Roster;
use crate::faq::Faq;
use crate::store::Db;

/// What every use case needs.
pub struct Desk {
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// What the operator set.
    pub config: Arc<Config>,
    roster: RwLock<Arc<Roster>>,
    faq: RwLock<Arc<Faq>>,
}

impl Desk {
    /// A desk of this roster and list.
    pub fn new(db: Db, clock: Clock, config: Arc<Config>, roster: Roster, faq: Faq) -> Desk {
        Desk { db, clock, config, roster: RwLock::new(Arc::new(roster)), faq: RwLock::new(Arc::new(faq)) }
    }

    /// The roster as it is now.
    pub fn roster(&self) -> Arc<Roster> {
        Arc::clone(&self.roster.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The list as it is now.
    pub fn faq(&self) -> Arc<Faq> {
        Arc::clone(&self.faq.read().unwrap_or_else(PoisonError::into_inner))
    }
}
