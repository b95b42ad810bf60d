//! Everything a message is compared with: the phrasings of the entries, the questions people asked,
//! and how much each unit of them tells. Says nothing about which entry fits.

use std::num::NonZeroU32;

use super::analyzer::{Analyzer, Parsed, Unit, normalise, squeeze};
use super::concepts::{About, Concepts, Opposites};
use super::entry::Entry;
use super::lexicon::Lexicon;
use super::sound::Spelling;
use super::units::{Units, kind};
use super::written::{Written, written};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

/// Word, pair, character, sound, skip.
pub const KINDS: usize = 5;
/// How much a unit of each kind tells for the classes.
const TELLS: [f32; KINDS] = [1.0, 1.0, 1.4, 0.5, 0.8];
/// What a unit only meant tells beside one said.
const MEANT: f32 = 0.5;
/// Phrasings taken apart at a time: what one consists of takes much more room than what is kept of it.
const PART: usize = 256;
/// Where no phrasings repeat each other there is nothing to learn classes from.
pub const CLASSES_MIN: f32 = 3.0;

/// One way of asking.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Phrasing {
    /// The entry's position, or one of the two classes after the last entry.
    pub class: usize,
    pub text: String,
    /// The position among the lexicon's questions, for a question somebody asked.
    pub asked: Option<usize>,
    pub said: Box<[u32]>,
    pub meant: Box<[u32]>,
    pub plain: Box<str>,
    /// With its courtesies, where it has any.
    courteous: Option<Box<str>>,
    pub concepts: Concepts,
}

impl Phrasing {
    /// The text with its courtesies.
    pub fn whole(&self) -> &str {
        self.courteous.as_ref().unwrap_or(&self.plain)
    }
}

/// A message made comparable.
#[derive(Debug, Clone, Default)]
pub struct Message {
    pub parsed: Parsed,
    pub said: Vec<u32>,
    pub meant: Vec<u32>,
    /// Units nobody ever said, by kind.
    pub unknown: [usize; KINDS],
    pub concepts: Concepts,
}

/// The phrasings of one edition with their vocabulary.
pub struct Corpus {
    pub analyzer: Analyzer,
    pub opposites: Opposites,
    pub phrasings: Vec<Phrasing>,
    /// Positions of the phrasings of each class.
    pub of_class: Vec<Vec<u32>>,
    /// What each class's phrasings are about.
    pub about: Vec<About>,
    spelling: Spelling,
    units: Units,
    rarity: Vec<f32>,
    unseen: f32,
    /// In how many phrasings each unit is said.
    counts: Vec<u32>,
    /// The classes' row of each unit that two phrasings use, counted from one.
    rows: Vec<Option<NonZeroU32>>,
    row_count: usize,
    entry_count: usize,
}

impl Corpus {
    /// Reads entries and questions.
    pub fn new(entries: &[Entry], lexicon: &Lexicon) -> Corpus {
        let mut corpus = Corpus::empty(Analyzer::new(lexicon), entries.len(), lexicon);
        let written = written(entries, lexicon);
        corpus.phrasings.reserve(written.len());
        let (analyzer, opposites) = (corpus.analyzer.clone(), corpus.opposites.clone());
        let read = |(class, text, asked): &Written| {
            let parsed = analyzer.parse(text);
            let concepts = opposites.concepts(&parsed.text, &parsed.sense);
            (*class, text.clone(), *asked, parsed, concepts)
        };
        in_order(&written, &read, |(class, text, asked, parsed, concepts)| {
            corpus.add(class, text, asked, &parsed, concepts);
        });
        corpus.settle();
        corpus
    }

    /// The same from phrasings that were taken apart before; none if they name units or classes there are not.
    pub(super) fn again(
        analyzer: Analyzer,
        entry_count: usize,
        lexicon: &Lexicon,
        units: Units,
        phrasings: Vec<Phrasing>,
    ) -> Option<Corpus> {
        let mut corpus = Corpus::empty(analyzer, entry_count, lexicon);
        let known = |ids: &[u32]| ids.iter().all(|id| (*id as usize) < units.len());
        let fits = |phrasing: &Phrasing| {
            phrasing.class < corpus.class_count() && known(&phrasing.said) && known(&phrasing.meant)
        };
        if !phrasings.iter().all(fits) {
            return None;
        }
        corpus.units = units;
        for (i, phrasing) in phrasings.iter().enumerate() {
            corpus.of_class[phrasing.class].push(i as u32);
        }
        corpus.phrasings = phrasings;
        corpus.settle();
        Some(corpus)
    }

    fn empty(analyzer: Analyzer, entry_count: usize, lexicon: &Lexicon) -> Corpus {
        let groups = lexicon.opposites.iter();
        let opposites = Opposites::new(groups.map(|group| group.iter().map(|w| squeeze(&normalise(w))).collect()));
        Corpus {
            analyzer,
            opposites,
            phrasings: Vec::new(),
            of_class: vec![Vec::new(); entry_count + 2],
            about: Vec::new(),
            spelling: Spelling::new(std::iter::empty()),
            units: Units::default(),
            rarity: Vec::new(),
            unseen: 0.0,
            counts: Vec::new(),
            rows: Vec::new(),
            row_count: 0,
            entry_count,
        }
    }

    /// What follows from all phrasings together.
    fn settle(&mut self) {
        self.units.settle();
        self.spelling = Spelling::new(self.phrasings.iter().map(|phrasing| &*phrasing.plain));
        self.weigh();
        let concepts = |i: &u32| self.phrasings[*i as usize].concepts;
        let about = |own: &Vec<u32>| About::of(&own.iter().map(concepts).collect::<Vec<Concepts>>());
        self.about = self.of_class.iter().map(about).collect();
    }

    /// Every unit by its number.
    pub(super) fn units(&self) -> &Units {
        &self.units
    }

    fn add(&mut self, class: usize, text: String, asked: Option<usize>, parsed: &Parsed, concepts: Concepts) {
        self.of_class[class].push(self.phrasings.len() as u32);
        let phrasing = Phrasing {
            class,
            text,
            asked,
            said: self.intern(&parsed.units),
            meant: self.intern(&parsed.meant),
            plain: parsed.text.as_str().into(),
            courteous: (parsed.whole != parsed.text).then(|| parsed.whole.as_str().into()),
            concepts,
        };
        self.phrasings.push(phrasing);
    }

    /// Makes a message comparable; misspelt words are read as what they sound like.
    pub fn read(&self, text: &str) -> Message {
        let mended = self
            .spelling
            .mended(&normalise(text), &|pair| self.analyzer.is_word(pair));
        self.message(self.analyzer.parse(&mended))
    }

    fn message(&self, parsed: Parsed) -> Message {
        let mut message = Message {
            concepts: self.opposites.concepts(&parsed.text, &parsed.sense),
            ..Message::default()
        };
        for unit in &parsed.units {
            match self.units.number(unit) {
                Some(id) => message.said.push(id),
                None => message.unknown[kind(unit)] += 1,
            }
        }
        message.meant = parsed.meant.iter().filter_map(|unit| self.units.number(unit)).collect();
        message.said.sort_unstable();
        message.meant.sort_unstable();
        message.parsed = parsed;
        message
    }

    /// Where the question at a place among the lexicon's questions stands among the phrasings.
    pub fn place_of_asked(&self, place: usize) -> Option<usize> {
        self.phrasings.iter().position(|phrasing| phrasing.asked == Some(place))
    }

    /// The questions somebody asked, each with where it stands among the phrasings.
    pub fn asked(&self) -> impl Iterator<Item = (&str, usize)> {
        let places = self.phrasings.iter().zip(0..);
        let asked = places.filter(|(phrasing, _)| phrasing.asked.is_some());
        asked.map(|(phrasing, place)| (phrasing.text.as_str(), place))
    }

    /// Entries, and the two classes of messages to hand over and to stay silent on.
    pub fn class_count(&self) -> usize {
        self.entry_count + 2
    }

    /// The class of messages no entry answers.
    pub fn hand_over(&self) -> usize {
        self.entry_count
    }

    /// The class of messages that ask nothing.
    pub fn silent(&self) -> usize {
        self.entry_count + 1
    }

    /// How many rows the classes need.
    pub fn rows(&self) -> usize {
        self.row_count
    }

    /// Whether there is enough of each entry to learn from.
    pub fn teaches(&self) -> bool {
        self.phrasings.len() as f32 >= CLASSES_MIN * self.entry_count.max(1) as f32
    }

    /// How much a unit tells: what few entries say tells most.
    pub fn rarity(&self, unit: u32) -> f32 {
        self.rarity[unit as usize]
    }

    /// The same for a unit nobody said.
    pub fn unseen(&self) -> f32 {
        self.unseen
    }

    /// A text as one vector of length one over its units, also those nobody ever said, in a fixed order; `part` says
    /// how much of its weight a unit keeps. Word order that survives an insertion (skips) tells too little here for the
    /// room it takes.
    pub fn weighed<'a>(&self, parsed: &'a Parsed, part: impl Fn(&Unit) -> f32) -> Vec<(&'a Unit, f32)> {
        let said = parsed.units.iter().map(|unit| (unit, 1.0));
        let meant = parsed.meant.iter().map(|unit| (unit, MEANT));
        let weight =
            |(unit, share): (&'a Unit, f32)| (unit, share * part(unit) * TELLS[kind(unit)] * self.rarity_of(unit));
        let units = said.chain(meant).filter(|(unit, _)| !matches!(unit, Unit::Skip(_)));
        let mut vector: Vec<(&Unit, f32)> = units.map(weight).collect();
        let square: f32 = vector.iter().map(|(_, value)| value * value).sum();
        let length = square.sqrt().max(f32::EPSILON);
        vector.iter_mut().for_each(|(_, value)| *value /= length);
        vector
    }

    fn rarity_of(&self, unit: &Unit) -> f32 {
        self.units.number(unit).map_or(self.unseen, |id| self.rarity(id))
    }

    /// The kind of a unit.
    pub fn kind(&self, unit: u32) -> usize {
        self.units.kind(unit)
    }

    /// In how many phrasings a unit is said.
    pub fn used(&self, unit: u32) -> u32 {
        self.counts[unit as usize]
    }

    /// The words and characters of a message that tell most, and whether another text says them.
    pub fn telling(&self, message: &Message, other: &str, most: usize) -> Vec<(String, bool)> {
        let theirs = self.analyzer.parse(other);
        let mut terms: Vec<(&Unit, &str)> = Vec::new();
        for unit in &message.parsed.units {
            match unit {
                Unit::Word(text) | Unit::Char(text) => terms.push((unit, text.as_str())),
                Unit::Pair(_) | Unit::Sound(_) | Unit::Skip(_) => {}
            }
        }
        let words: Vec<&str> = terms
            .iter()
            .filter(|(unit, _)| kind(unit) == 0)
            .map(|(_, text)| *text)
            .collect();
        terms.retain(|(unit, text)| kind(unit) == 0 || !words.iter().any(|word| word.contains(*text)));
        terms.sort_by(|a, b| self.rarity_of(b.0).total_cmp(&self.rarity_of(a.0)).then(a.1.cmp(b.1)));
        terms.truncate(most);
        let said = |unit: &Unit| theirs.units.binary_search(unit).is_ok();
        terms
            .into_iter()
            .map(|(unit, text)| (text.to_owned(), said(unit)))
            .collect()
    }

    /// Units as one vector of length one over the classes' rows.
    pub fn vector(&self, said: &[u32], meant: &[u32]) -> Vec<(u32, f32)> {
        let weighted = |share: f32| {
            move |unit: &u32| {
                let row = self.rows[*unit as usize]?.get() - 1;
                Some((row, share * TELLS[self.kind(*unit)] * self.rarity(*unit)))
            }
        };
        let mut vector: Vec<(u32, f32)> = said.iter().filter_map(weighted(1.0)).collect();
        vector.extend(meant.iter().filter_map(weighted(MEANT)));
        let length = vector
            .iter()
            .map(|(_, value)| value * value)
            .sum::<f32>()
            .sqrt()
            .max(f32::EPSILON);
        vector.iter_mut().for_each(|(_, value)| *value /= length);
        vector
    }

    fn intern(&mut self, units: &[Unit]) -> Box<[u32]> {
        let mut ids: Vec<u32> = units.iter().map(|unit| self.units.take(unit)).collect();
        ids.sort_unstable();
        ids.into()
    }

    fn weigh(&mut self) {
        let mut in_classes = vec![0_u32; self.units.len()];
        let mut in_phrasings = vec![0_u32; self.units.len()];
        let mut last = vec![usize::MAX; self.units.len()];
        for (class, of_class) in self.of_class.iter().enumerate() {
            for phrasing in of_class.iter().map(|i| &self.phrasings[*i as usize]) {
                for unit in phrasing.said.iter().map(|unit| *unit as usize) {
                    in_phrasings[unit] += 1;
                    if last[unit] != class {
                        last[unit] = class;
                        in_classes[unit] += 1;
                    }
                }
            }
        }
        let total = self.entry_count as f32;
        let idf = |count: f32| (1.0 + (total - count + 0.5).max(0.5) / (count + 0.5)).ln();
        self.rarity = in_classes.iter().map(|count| idf(*count as f32)).collect();
        self.unseen = idf(1.0);
        for count in &in_phrasings {
            self.row_count += usize::from(*count >= 2);
            let row = NonZeroU32::new(self.row_count as u32);
            self.rows.push(row.filter(|_| *count >= 2));
        }
        self.counts = in_phrasings;
    }

    /// Those units of an entry's answer that phrasings use, sorted.
    pub fn answer(&self, entry: &Entry) -> Box<[u32]> {
        let mut ids: Vec<u32> = Vec::new();
        entry.answer.each_text(&mut |text| {
            for chunk in text.split(['。', '；', '\n']) {
                let parsed = self.analyzer.parse(chunk);
                ids.extend(parsed.units.iter().filter_map(|unit| self.units.number(unit)));
            }
        });
        ids.sort_unstable();
        ids.dedup();
        ids.into()
    }
}

/// Reads values on all processors, a part at a time, and takes what came of them in order.
fn in_order<A: Sync, B: Send>(values: &[A], read: &(impl Fn(&A) -> B + Sync), mut take: impl FnMut(B)) {
    for part in values.chunks(PART) {
        let done: Vec<B> = part.par_iter().map(read).collect();
        done.into_iter().for_each(&mut take);
    }
}
