//! What was handed in and waits for its confirmation: in memory, for a while; whoever is too late hands it in again.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, PersonId};

/// So long it waits.
const KEPT_MS: i64 = 30 * 60_000;
/// So many people's files are kept at once.
const MOST: usize = 20;

/// A file.
pub struct Handed {
    /// What it was called.
    pub name: PathBuf,
    pub bytes: Vec<u8>,
    /// The bureau it was handed in for.
    pub bureau: BureauId,
    /// What it is known by to the page that showed what it changes.
    pub key: String,
    at: Millis,
}

impl Handed {
    pub fn new(name: &str, bytes: Vec<u8>, bureau: BureauId, now: Millis) -> Handed {
        let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
        Handed {
            name: PathBuf::from(name),
            key: hex::encode(Sha256::digest(&bytes)),
            bytes,
            bureau,
            at: now,
        }
    }
}

/// One file a person, the newest.
#[derive(Default)]
pub struct HandedIn(Mutex<HashMap<PersonId, Arc<Handed>>>);

impl HandedIn {
    /// Keeps what somebody handed in.
    pub fn keep(&self, by: PersonId, handed: &Arc<Handed>, now: Millis) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, kept| now.since(kept.at) < KEPT_MS);
        if all.len() >= MOST
            && let Some(oldest) = all.iter().min_by_key(|(_, kept)| kept.at).map(|(person, _)| *person)
        {
            all.remove(&oldest);
        }
        all.insert(by, Arc::clone(handed));
    }

    /// What somebody handed in and saw the changes of.
    pub fn seen(&self, by: PersonId, key: &str, now: Millis) -> Option<Arc<Handed>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all
            .get(&by)
            .filter(|kept| kept.key == key && now.since(kept.at) < KEPT_MS);
        kept.cloned()
    }

    /// It is done, or not wanted.
    pub fn forget(&self, by: PersonId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&by);
    }
}
