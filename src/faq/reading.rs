//! One message, read once: all that is asked of the list about it — whether it asks, whose matter it is, what fits —
//! follows from one reading. Read masked words: what is decided must be what is kept.

use super::corpus::Message;
use super::entry::{Audience, EntryId};
use super::gate::{Gate, Words};
use super::judge::{QuestionSigns, SureSigns};
use super::rank::{Beside, Features};

/// An entry found, and by which of its phrasings.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub entry: EntryId,
    /// From 0 to 1.
    pub score: f32,
    pub phrasing: String,
    pub features: Features,
}

/// Everything that leads to a reaction; what it leads to on a day tells `Faq::decide`, why `Faq::explain`.
#[derive(Debug, Clone)]
pub struct Reading {
    /// As it was given.
    pub text: String,
    /// For whom it was read.
    pub audience: Audience,
    pub message: Message,
    /// What the words alone show.
    pub words: Words,
    /// Entries the audience may read, whatever their dates, best first.
    pub hits: Vec<Hit>,
    pub beside: Beside,
    pub sure_signs: SureSigns,
    /// That the first entry is meant, from 0 to 1.
    pub probability: f32,
    pub question_signs: QuestionSigns,
    /// That the message asks, from 0 to 1, judged by what the public may read; none where nothing was fitted.
    pub question: Option<f32>,
    pub(super) gate: Gate,
    pub(super) by_words: Gate,
    pub(super) addressed: Gate,
}

impl Reading {
    /// Whether the message asks anything; where its words leave that open, whether any entry fits that the public may
    /// read, whoever asks.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The same by the words alone.
    pub fn gate_by_words(&self) -> &Gate {
        &self.by_words
    }

    /// The same for a message that was put to us by /ask, a mention or in private: by the words alone.
    pub fn gate_addressed(&self) -> &Gate {
        &self.addressed
    }

    /// Neither its words nor any entry make it more than a greeting or thanks.
    pub fn is_chatter(&self) -> bool {
        self.gate == Gate::Chatter && self.by_words == Gate::Chatter
    }
}
