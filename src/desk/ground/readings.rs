//! What a message says to a list, read once and carried.

use std::sync::{Arc, Mutex, PoisonError};

use crate::desk::ground::served::Served;
use crate::domain::asking::request::{self, Request};
use crate::domain::chat::message::{Event, Incoming, SenderKind};
use crate::domain::privacy::Masked;
use crate::faq::{Audience, Reading};

/// One list's readings of a message, each made once: before the message's transaction where its words are known then.
pub(crate) struct Readings {
    served: Arc<Served>,
    made: Mutex<Vec<Arc<Reading>>>,
}

impl Readings {
    /// Nothing read so far.
    pub fn new(served: Arc<Served>) -> Readings {
        let made = Mutex::default();
        Readings { served, made }
    }

    /// Readings with those made that what is heard will need, whoever heard it where: the public's of its masked words.
    pub fn of(served: Arc<Served>, incoming: &Incoming) -> Readings {
        let readings = Readings::new(served);
        if let (Event::Message(heard) | Event::Edited(heard), SenderKind::Person) =
            (&incoming.event, incoming.from.kind)
            && let Request::Words(words) = request::of(heard, heard.addressed)
            && !words.trim().is_empty()
        {
            readings.get(masked(&words).as_str(), Audience::Public);
        }
        readings
    }

    /// The list they are of.
    pub fn served(&self) -> &Arc<Served> {
        &self.served
    }

    /// The reading of masked words for an audience.
    pub fn get(&self, words: &str, audience: Audience) -> Arc<Reading> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made
            .iter()
            .find(|reading| reading.audience == audience && reading.text == words);
        if let Some(reading) = known {
            return Arc::clone(reading);
        }
        let reading = Arc::new(self.served.faq().read(words, audience));
        made.push(Arc::clone(&reading));
        reading
    }
}

/// Words as they may be kept, and as they are read.
pub(crate) fn masked(words: &str) -> Masked {
    Masked::from(words)
}
