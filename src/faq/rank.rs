//! Ranks the entries that may fit a message by weighted features, and says how likely the first one is meant.
//! It says how well something fits, not whether to answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::classes::{Classes, likeliest, log_softmax};
use super::concepts::{About, Concepts};
use super::corpus::{Corpus, Message};
use super::feature::measured;
use super::index::{CANDIDATES, Index};
use super::measure::{Closeness, Measure, Weight, order};
use super::taught::Taught;
use super::together::Together;

/// How many entries the classes may add to those the index found.
const BY_CLASS: usize = 12;
/// Phrasings of one entry whose closeness counts together.
const NEAREST: usize = 4;
/// A log share below this is as good as none.
pub const SHARE_MIN: f32 = -8.0;
/// A part of a message is looked at alone from so many characters on.
const CLAUSE_MIN: usize = 4;

measured! {
    /// What was measured between a message and an entry.
    Features {
    /// BM25 over the best one found.
    bm25,
    words,
    pairs,
    chars,
    sounds,
    skips,
    dice_chars,
    /// How much of the message the best phrasing says, by rarity.
    of_message,
    /// How much of the best phrasing the message says.
    of_phrasing,
    /// Cosine with what synonyms mean.
    meant,
    /// The rarest word or character one side has and the other lacks.
    message_lacks,
    phrasing_lacks,
    /// How much each says of the other, as one.
    both_ways,
    /// Begins and ends alike.
    begins,
    ends,
    /// Order of characters.
    order,
    /// The same with courtesies on both sides.
    whole_order,
    /// Plain closeness of the best phrasing, of the second, and the mean of the best four.
    best,
    second,
    mean,
    best_square,
    /// How much of the message all phrasings of the entry say together.
    of_entry,
    /// How much of the message the answer says.
    of_answer,
    /// Log of the share the classes give it, over 8 and 0 at the least.
    class,
    class_lead,
    /// The same for the part of the message that speaks clearest.
    clause,
    aspects_shared,
    aspects_apart,
    kind_apart,
    /// The message's business or kind of entity is, or is not, one some phrasings name.
    business_shared,
    business_apart,
    entry_kind_shared,
    entry_kind_apart,
    /// Most phrasings name one, the message names none of it.
    business_lacks,
    kind_lacks,
    /// Message and best phrasing hold words that must not be confused.
    conflict,
    /// One of them wants a business that the other does not.
    denial,
    exact,
    length_apart,
    }
    together {
        words, pairs, chars, sounds, order, dice_chars, of_message, of_phrasing, message_lacks, phrasing_lacks,
        length_apart, class,
    }
}

impl Features {
    /// Whether the entry must not be said whatever else speaks for it.
    pub fn vetoed(&self) -> bool {
        self.conflict > 0.0 || self.denial > 0.0
    }
}

/// An entry that may fit.
#[derive(Debug, Clone)]
pub struct Scored {
    pub entry: usize,
    pub phrasing: usize,
    /// The weighted sum of the features.
    pub sum: f32,
    /// The share of belief among the entries that were found, from 0 to 1.
    pub score: f32,
    pub features: Features,
}

/// What else a message looks like, beside entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Beside {
    /// Log shares of the classes to hand over and to stay silent on, scaled as `class`.
    pub hand_over: f32,
    pub silent: f32,
    /// Closeness to the nearest example of each.
    pub near_hand_over: f32,
    pub near_silent: f32,
    /// The share of units nobody ever said.
    pub unknown: f32,
    /// Whether it sounds like telling, above zero, or like asking; and like others' matters, or like ours.
    pub telling: f32,
    pub foreign: f32,
}

/// Everything found for a message, unweighed.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub entries: Vec<Scored>,
    pub beside: Beside,
}

/// A phrasing to leave out of account, and what was learnt without it: for honest fitting.
#[derive(Clone, Copy, Default)]
pub struct Without<'a> {
    pub phrasing: Option<usize>,
    pub learnt: Option<&'a Taught>,
}

/// What ranking needs of an edition.
pub struct Ranker {
    /// Shared with what clusters the questions of its day.
    pub corpus: Arc<Corpus>,
    /// Of its phrasings.
    pub weights: Vec<Weight>,
    pub together: Together,
    pub index: Index,
    /// None where nothing was fitted.
    pub taught: Option<Taught>,
    /// Units of each entry's answer, sorted.
    pub answers: Vec<Box<[u32]>>,
}

impl Ranker {
    /// Measures the entries that may fit; unordered, with neither sum nor score.
    pub fn find(&self, message: &Message, without: Without<'_>) -> Found {
        let corpus = &self.corpus;
        let taught = without.learnt.or(self.taught.as_ref());
        let classes = taught.map(|taught| &*taught.classes);
        let shares = classes.map(|classes| classes.shares(corpus, &message.said, &message.meant));
        let clauses = classes
            .map(|classes| self.clauses(message, classes))
            .unwrap_or_default();
        let mut bm25: BTreeMap<usize, f32> = BTreeMap::new();
        let candidates = self.index.candidates(corpus, message, CANDIDATES);
        let most = candidates.first().map_or(1.0, |(_, score)| *score).max(f32::EPSILON);
        let measure = Measure::new(corpus, &self.weights, message);
        let mut found = Found::default();
        for (i, score) in candidates.into_iter().filter(|(i, _)| Some(*i) != without.phrasing) {
            let phrasing = &corpus.phrasings[i];
            if phrasing.class < corpus.hand_over() {
                let slot = bm25.entry(phrasing.class).or_default();
                *slot = slot.max(score / most);
                continue;
            }
            let close = measure.near(i);
            let is_silent = phrasing.class == corpus.silent();
            let beside = &mut found.beside;
            let slot = if is_silent {
                &mut beside.near_silent
            } else {
                &mut beside.near_hand_over
            };
            *slot = slot.max(close);
        }
        let likely = likeliest(shares.as_deref().unwrap_or_default(), BY_CLASS);
        for class in likely.into_iter().filter(|class| *class < corpus.hand_over()) {
            bm25.entry(class).or_default();
        }
        for (class, bm25) in bm25 {
            let Some(seen) = self.look(&measure, message, class, without.phrasing) else {
                continue;
            };
            let features = self.features(&measure, message, class, &seen);
            found.entries.push(Scored {
                entry: class,
                phrasing: seen.closest,
                sum: 0.0,
                score: 0.0,
                features: Features { bm25, ..features },
            });
        }
        let sound = taught.map(|taught| taught.tone.of(&message.parsed.whole));
        [found.beside.telling, found.beside.foreign] = sound.unwrap_or_default();
        found.beside.unknown = 1.0 - measure.share(|_, _| true);
        if let Some(shares) = &shares {
            found.beside.hand_over = scaled(shares[corpus.hand_over()]);
            found.beside.silent = scaled(shares[corpus.silent()]);
            by_class(&mut found.entries, shares, &clauses);
        }
        found
    }

    fn look(&self, measure: &Measure<'_>, message: &Message, class: usize, without: Option<usize>) -> Option<Seen> {
        let mut covered = vec![false; message.said.len()];
        let mut near: Option<(usize, f32)> = None;
        let mut nearest = [0.0; NEAREST];
        for (i, all) in measure.near_all(&self.together, class, without, &mut covered) {
            if near.is_none_or(|(_, most)| most < all) {
                near = Some((i, all));
            }
            among(&mut nearest, all);
        }
        let (closest, _) = near?;
        Some(Seen {
            closest,
            best: measure.compare(closest),
            nearest,
            covered,
        })
    }

    fn features(&self, measure: &Measure<'_>, message: &Message, entry: usize, seen: &Seen) -> Features {
        let corpus = &self.corpus;
        let phrasing = &corpus.phrasings[seen.closest];
        let best = &seen.best;
        let (ours, theirs) = (message.concepts, phrasing.concepts);
        let flag = |is: bool| f32::from(u8::from(is));
        let ours_ends = message.parsed.text.chars().rev().take(2);
        let lengths = [
            message.parsed.text.chars().count() as f32,
            phrasing.plain.chars().count() as f32,
        ];
        let [words, pairs, chars, sounds, skips] = best.cosines;
        Features {
            bm25: 0.0,
            words,
            pairs,
            chars,
            sounds,
            skips,
            dice_chars: best.dice,
            of_message: best.of_message,
            of_phrasing: best.of_phrasing,
            meant: best.meant,
            message_lacks: best.message_lacks,
            phrasing_lacks: best.phrasing_lacks,
            both_ways: best.of_message * best.of_phrasing,
            begins: flag(message.parsed.text.chars().take(2).eq(phrasing.plain.chars().take(2))),
            ends: flag(ours_ends.eq(phrasing.plain.chars().rev().take(2))),
            order: order(&message.parsed.text, &phrasing.plain),
            whole_order: order(&message.parsed.whole, phrasing.whole()),
            best: best.all,
            second: seen.nearest[1],
            mean: seen.nearest.iter().sum::<f32>() / NEAREST as f32,
            best_square: best.all * best.all,
            of_entry: measure.share(|i, _| seen.covered[i]),
            of_answer: self.answers.get(entry).map_or(0.0, |answer| {
                measure.share(|_, unit| answer.binary_search(&unit).is_ok())
            }),
            conflict: flag(corpus.opposites.clash(ours, theirs)),
            denial: flag(ours.denies(theirs)),
            exact: flag(!message.parsed.text.is_empty() && *message.parsed.text == *phrasing.plain),
            length_apart: (lengths[0] - lengths[1]).abs() / lengths[0].max(lengths[1]).max(1.0),
            ..concepts(ours, theirs, corpus.about[entry])
        }
    }

    /// For each class the best log share any clause of the message gives it; nothing where there is one clause only.
    fn clauses(&self, message: &Message, classes: &Classes) -> Vec<f32> {
        let parts: Vec<&str> = message
            .parsed
            .clauses
            .iter()
            .map(String::as_str)
            .filter(|part| part.chars().count() >= CLAUSE_MIN)
            .collect();
        if parts.len() < 2 {
            return Vec::new();
        }
        let mut best: Vec<f32> = Vec::new();
        for part in parts {
            let part = self.corpus.read(part);
            let shares = classes.shares(&self.corpus, &part.said, &part.meant);
            if best.is_empty() {
                best = shares;
            } else {
                best.iter_mut()
                    .zip(shares)
                    .for_each(|(best, share)| *best = best.max(share));
            }
        }
        best
    }
}

/// What message, closest phrasing and entry are about.
fn concepts(ours: Concepts, theirs: Concepts, about: About) -> Features {
    let flag = |is: bool| f32::from(u8::from(is));
    let both = ours.aspects & theirs.aspects;
    Features {
        aspects_shared: flag(both != 0),
        aspects_apart: flag(both == 0 && ours.aspects != 0 && theirs.aspects != 0),
        kind_apart: flag(ours.kinds & theirs.kinds == 0 && ours.kinds | theirs.kinds != 0),
        business_shared: flag(ours.businesses & about.some.businesses != 0),
        business_apart: flag(ours.businesses != 0 && ours.businesses & about.some.businesses == 0),
        entry_kind_shared: flag(ours.kinds & about.some.kinds != 0),
        entry_kind_apart: flag(ours.kinds != 0 && ours.kinds & about.some.kinds == 0),
        business_lacks: flag(about.most.businesses & !ours.businesses != 0),
        kind_lacks: flag(about.most.kinds & !ours.kinds != 0),
        ..Features::default()
    }
}

/// An entry's phrasings as compared with a message.
struct Seen {
    closest: usize,
    best: Closeness,
    /// How close the closest ones are, best first; 0 where there are fewer.
    nearest: [f32; NEAREST],
    covered: Vec<bool>,
}

/// Puts a value into its place among the largest.
fn among(largest: &mut [f32; NEAREST], value: f32) {
    let mut value = value;
    for place in largest {
        if *place < value {
            std::mem::swap(place, &mut value);
        }
    }
}

/// Weighs what was found and puts the best first.
pub fn ranked(mut entries: Vec<Scored>, weights: &[f32]) -> Vec<Scored> {
    for scored in &mut entries {
        let values = scored.features.values();
        scored.sum = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    }
    let mut shares: Vec<f32> = entries.iter().map(|scored| scored.sum).collect();
    log_softmax(&mut shares);
    entries
        .iter_mut()
        .zip(shares)
        .for_each(|(scored, share)| scored.score = share.exp());
    entries.sort_by(|a, b| b.sum.total_cmp(&a.sum).then(a.entry.cmp(&b.entry)));
    entries
}

fn by_class(entries: &mut [Scored], shares: &[f32], clauses: &[f32]) {
    let mut first = (usize::MAX, SHARE_MIN);
    let mut second = SHARE_MIN;
    for (class, share) in shares.iter().enumerate() {
        if *share > first.1 {
            second = std::mem::replace(&mut first, (class, *share)).1;
        } else {
            second = second.max(*share);
        }
    }
    let best = |without: usize| if without == first.0 { second } else { first.1 };
    for scored in entries {
        let share = shares[scored.entry];
        scored.features.class = scaled(share);
        scored.features.class_lead = ((share - best(scored.entry)) / 8.0).clamp(-1.0, 1.0);
        scored.features.clause = scaled(clauses.get(scored.entry).copied().unwrap_or(share));
    }
}

/// A log share as a feature: 1 for certainty, 0 for next to nothing.
fn scaled(share: f32) -> f32 {
    1.0 - share.max(SHARE_MIN) / SHARE_MIN
}
