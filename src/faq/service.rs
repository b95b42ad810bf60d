//! One served edition of the list: entries, vocabulary and index together, never changed, swapped whole.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::decide::{self, Decision, Gate, Look, Reason};
use super::entry::{Audience, Entry, EntryId};
use super::index::{Index, IndexError};
use super::lexicon::Lexicon;
use super::rank::{Features, Ranker, Scored};

/// One edition, ready to answer.
pub struct Faq {
    entries: Vec<Entry>,
    lexicon: Lexicon,
    index: Index,
    ranker: Ranker,
    by_id: HashMap<EntryId, usize>,
    by_no: HashMap<u32, usize>,
}

/// An entry found, and by which of its phrasings.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub entry: EntryId,
    /// From 0 to 1.
    pub score: f32,
    pub phrasing: String,
    pub features: Features,
}

/// What to do with a question, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub decision: Decision,
    /// The entries that may be shown to the audience, best first.
    pub hits: Vec<Hit>,
}

impl Faq {
    /// Builds an edition; the word dictionary is loaded on the first one of the process.
    pub fn build(entries: Vec<Entry>, lexicon: Lexicon) -> Result<Faq, IndexError> {
        let index = Index::build(&entries, &lexicon)?;
        let ranker = Ranker::new(&index, entries.len(), &lexicon);
        let by_id = entries
            .iter()
            .enumerate()
            .map(|(i, e)| (e.id.clone(), i))
            .collect();
        let by_no = entries.iter().enumerate().map(|(i, e)| (e.no, i)).collect();
        Ok(Faq {
            entries,
            lexicon,
            index,
            ranker,
            by_id,
            by_no,
        })
    }

    /// Decides about one question; waits for nothing. Staff entries never answer the public.
    pub fn ask(&self, text: &str, audience: Audience, today: Date) -> Outcome {
        let ranked = match self.ranked(text) {
            Ok(ranked) => ranked,
            Err(_) => {
                return Outcome {
                    decision: Decision::Unknown(Reason::Failed),
                    hits: Vec::new(),
                };
            }
        };
        let readable = self.readable(ranked, audience);
        let current: Vec<Hit> = readable
            .iter()
            .filter(|hit| self.is_current(hit, today))
            .cloned()
            .collect();
        // Out-of-date entries take part in the contest: where one wins, its rival must not be said instead.
        let decision = match decide::decide(&readable) {
            Decision::Sure(id) => self.only_current(id, today),
            Decision::Unsure(ids) => self.offer_current(ids, today),
            Decision::Unknown(reason) => Decision::Unknown(reason),
        };
        Outcome {
            decision,
            hits: current,
        }
    }

    /// Whether the message asks anything; where its words leave that open, whether any entry fits.
    pub fn gate(&self, text: &str) -> Gate {
        match decide::look(text, &self.lexicon, false) {
            Look::Chatter => Gate::Chatter,
            Look::Question => Gate::Question,
            Look::Direction { name, phone } => Gate::Direction { name, phone },
            Look::Perhaps { needs } => {
                let best = self
                    .ranked(text)
                    .ok()
                    .and_then(|ranked| ranked.first().map(|hit| hit.score));
                if best.is_some_and(|score| score >= needs) {
                    Gate::Question
                } else {
                    Gate::Chatter
                }
            }
        }
    }

    /// The entries nearest to a text that the audience may read today, best first.
    pub fn search(&self, text: &str, audience: Audience, today: Date, limit: usize) -> Vec<Hit> {
        let ranked = self.ranked(text).unwrap_or_default();
        let readable = self.readable(ranked, audience).into_iter();
        readable
            .filter(|hit| self.is_current(hit, today))
            .take(limit)
            .collect()
    }

    /// The entry of that id.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.by_id.get(id).and_then(|&i| self.entries.get(i))
    }

    /// The entry of that number in the list.
    pub fn entry_by_no(&self, no: u32) -> Option<&Entry> {
        self.by_no.get(&no).and_then(|&i| self.entries.get(i))
    }

    /// All entries, in the order they were given.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many entries each topic has.
    pub fn categories(&self) -> BTreeMap<&str, usize> {
        let mut topics = BTreeMap::new();
        for entry in &self.entries {
            *topics.entry(entry.topic.as_str()).or_default() += 1;
        }
        topics
    }

    /// The vocabulary of the edition.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn ranked(&self, text: &str) -> Result<Vec<Scored>, IndexError> {
        self.ranker
            .rank(&self.index, &self.index.analyzer.parse(text))
    }

    fn readable(&self, ranked: Vec<Scored>, audience: Audience) -> Vec<Hit> {
        let may_read = |scored: &Scored| {
            audience == Audience::Staff || self.entries[scored.entry].audience == Audience::Public
        };
        let hit = |scored: Scored| Hit {
            entry: self.entries[scored.entry].id.clone(),
            score: scored.score,
            phrasing: self.index.phrasings[scored.phrasing].text.clone(),
            features: scored.features,
        };
        let mut hits: Vec<Hit> = ranked.into_iter().filter(may_read).map(hit).collect();
        // The lead counts among what may be shown, not against what is hidden.
        for i in 0..hits.len() {
            let next = hits.get(i + 1).map_or(0.0, |next| next.score);
            hits[i].features.margin = hits[i].score - next;
        }
        hits
    }

    fn is_current(&self, hit: &Hit, today: Date) -> bool {
        self.entry(&hit.entry)
            .is_some_and(|entry| entry.valid_on(today))
    }

    fn only_current(&self, id: EntryId, today: Date) -> Decision {
        match self.entry(&id) {
            Some(entry) if entry.valid_on(today) => Decision::Sure(id),
            Some(entry) if today < entry.valid_from => Decision::Unknown(Reason::NotYetValid(id)),
            Some(_) => Decision::Unknown(Reason::Expired(id)),
            None => Decision::Unknown(Reason::NothingFits),
        }
    }

    fn offer_current(&self, mut ids: Vec<EntryId>, today: Date) -> Decision {
        let first = ids.first().cloned();
        ids.retain(|id| self.entry(id).is_some_and(|entry| entry.valid_on(today)));
        match first {
            Some(first) if ids.is_empty() => self.only_current(first, today),
            Some(_) => Decision::Unsure(ids),
            None => Decision::Unknown(Reason::NothingFits),
        }
    }
}
