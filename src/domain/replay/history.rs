//! A question's history, as far as a replay needs it.

use crate::clock::Millis;
use crate::domain::roster::people::PersonId;

/// One step of a question's history, as far as a replay needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The bot said an entry (its id).
    Answered(String),
    /// The bot offered choices.
    Offered,
    /// It was handed over, or put back.
    Waits { again: bool },
    /// The asker changed the words before anybody had it.
    Reworded,
    /// A helper took it.
    Claimed(Option<PersonId>),
    /// A helper answered.
    Replied,
    /// It was over.
    Ended,
    /// Something that changes neither.
    Other,
}

impl Happened {
    /// From the name of a step, whose it was, and its note.
    pub fn of(kind: &str, person: Option<PersonId>, note: &str) -> Happened {
        match kind {
            "answered" => {
                let entry = note.rsplit_once('·').map_or(note, |(entry, _)| entry);
                Happened::Answered(entry.to_owned())
            }
            "suggested" => Happened::Offered,
            "handed_over" => Happened::Waits { again: false },
            "released" => Happened::Waits { again: true },
            "reworded" => Happened::Reworded,
            "claimed" | "accepted" => Happened::Claimed(person),
            "replied" => Happened::Replied,
            "solved" | "over" | "closed" | "lapsed" | "withdrawn" | "observed" => Happened::Ended,
            _ => Happened::Other,
        }
    }
}

/// A question's history in order, each step with its moment.
pub type History = [(Millis, Happened)];
