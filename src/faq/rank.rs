//! Compares a message closely with the candidate phrasings and gives each entry a score from 0 to 1.
//! It says how well something fits, not whether to answer.

use std::collections::{HashMap, HashSet};

use super::analyzer::{Parsed, Unit, normalise, squeeze};
use super::index::{Index, IndexError};
use super::lexicon::Lexicon;

/// What a unit that was only meant counts for beside one that was said.
const MEANT: f32 = 0.6;
const WORD_WEIGHT: f32 = 1.0;
const PAIR_WEIGHT: f32 = 0.5;
const CHAR_WEIGHT: f32 = 0.8;
/// What is left of a score when message and phrasing hold opposites.
const CONFLICT: f32 = 0.5;

/// What was measured between a message and its best phrasing of an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Features {
    /// BM25 over the best the message could reach.
    pub bm25: f32,
    pub dice_chars: f32,
    pub dice_pairs: f32,
    /// How much of the message the phrasing covers, by weight of rarity.
    pub of_message: f32,
    /// How much of the phrasing the message covers.
    pub of_phrasing: f32,
    /// How much of the message all phrasings of the entry cover together.
    pub of_entry: f32,
    pub exact: bool,
    /// Message and phrasing hold words that must not be confused.
    pub conflict: bool,
    /// Lead over the next entry.
    pub margin: f32,
}

/// An entry that may fit.
#[derive(Debug, Clone)]
pub struct Scored {
    pub entry: usize,
    pub phrasing: usize,
    pub score: f32,
    pub features: Features,
}

/// The fixed part of ranking: how rare each unit is, and which words are opposites.
pub struct Ranker {
    rarity: HashMap<Unit, f32>,
    unseen: f32,
    opposites: Vec<Vec<String>>,
    sets: Vec<HashSet<Unit>>,
    entries: Vec<HashSet<Unit>>,
}

impl Ranker {
    /// Weighs the units of an edition: what few entries say tells most.
    pub fn new(index: &Index, entry_count: usize, lexicon: &Lexicon) -> Ranker {
        let mut entries: Vec<HashSet<Unit>> = vec![HashSet::new(); entry_count];
        let mut sets = Vec::with_capacity(index.phrasings.len());
        for phrasing in &index.phrasings {
            let parsed = &phrasing.parsed;
            entries[phrasing.entry].extend(parsed.units.iter().cloned());
            sets.push(parsed.units.iter().cloned().collect());
        }
        let mut counts: HashMap<Unit, usize> = HashMap::new();
        for unit in entries.iter().flatten() {
            *counts.entry(unit.clone()).or_default() += 1;
        }
        let idf = |count: usize| (1.0 + (entry_count as f32 - count as f32 + 0.5) / (count as f32 + 0.5)).ln();
        let rarity = counts.into_iter().map(|(unit, count)| (unit, idf(count))).collect();
        let opposites = lexicon
            .opposites
            .iter()
            .map(|group| group.iter().map(|w| squeeze(&normalise(w))).collect());
        Ranker {
            rarity,
            unseen: idf(1),
            opposites: opposites.collect(),
            sets,
            entries,
        }
    }

    /// Entries that may fit, best first.
    pub fn rank(&self, index: &Index, message: &Parsed) -> Result<Vec<Scored>, IndexError> {
        let candidates = index.candidates(message)?;
        let best_bm25: f32 = message
            .units
            .iter()
            .map(|unit| self.weight(unit))
            .sum::<f32>()
            .max(f32::EPSILON);
        let mut best: HashMap<usize, Scored> = HashMap::new();
        for (phrasing, bm25) in candidates {
            let Some(found) = index.phrasings.get(phrasing) else {
                continue;
            };
            let mut features = self.compare(message, &found.parsed, &self.sets[phrasing], &self.entries[found.entry]);
            features.bm25 = (bm25 / (2.0 * best_bm25)).min(1.0);
            let score = score(&features);
            let scored = Scored {
                entry: found.entry,
                phrasing,
                score,
                features,
            };
            let slot = best.entry(found.entry).or_insert_with(|| scored.clone());
            if scored.score > slot.score {
                *slot = scored;
            }
        }
        let mut ranked: Vec<Scored> = best.into_values().collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        for i in 0..ranked.len() {
            let next = ranked.get(i + 1).map_or(0.0, |next| next.score);
            ranked[i].features.margin = ranked[i].score - next;
        }
        Ok(ranked)
    }

    fn compare(&self, message: &Parsed, phrasing: &Parsed, set: &HashSet<Unit>, entry: &HashSet<Unit>) -> Features {
        let own: HashSet<Unit> = message.units.iter().cloned().collect();
        let share = |of: fn(&Unit) -> bool| dice(&own, set, of);
        Features {
            bm25: 0.0,
            dice_chars: share(|unit| matches!(unit, Unit::Char(_))),
            dice_pairs: share(|unit| matches!(unit, Unit::Pair(_))),
            of_message: self.covered(message, set, Some(phrasing)),
            of_phrasing: self.covered(phrasing, &own, Some(message)),
            of_entry: self.covered(message, entry, None),
            exact: !message.text.is_empty() && message.text == phrasing.text,
            conflict: self.conflict(&message.sense, &phrasing.sense),
            margin: 0.0,
        }
    }

    fn weight(&self, unit: &Unit) -> f32 {
        let kind = match unit {
            Unit::Word(_) => WORD_WEIGHT,
            Unit::Pair(_) => PAIR_WEIGHT,
            Unit::Char(_) => CHAR_WEIGHT,
        };
        kind * self.rarity.get(unit).copied().unwrap_or(self.unseen)
    }

    /// The share of a text, by weight, that the other side says or means.
    fn covered(&self, text: &Parsed, other: &HashSet<Unit>, meant: Option<&Parsed>) -> f32 {
        let soft: HashSet<&Unit> = meant
            .iter()
            .flat_map(|p| &p.swaps)
            .flat_map(|swap| &swap.means)
            .collect();
        let mut found = 0.0;
        let mut all = 0.0;
        for unit in &text.units {
            let weight = self.weight(unit);
            all += weight;
            if other.contains(unit) {
                found += weight;
            } else if soft.contains(unit) {
                found += MEANT * weight;
            } else {
                let by_meaning = text.swaps.iter().filter(|swap| swap.say.contains(unit));
                let share = by_meaning
                    .map(|swap| self.part_in(&swap.means, other))
                    .fold(0.0, f32::max);
                found += MEANT * share * weight;
            }
        }
        if all > 0.0 { found / all } else { 0.0 }
    }

    fn part_in(&self, units: &[Unit], other: &HashSet<Unit>) -> f32 {
        let all: f32 = units.iter().map(|unit| self.weight(unit)).sum();
        let found: f32 = units
            .iter()
            .filter(|unit| other.contains(*unit))
            .map(|unit| self.weight(unit))
            .sum();
        if all > 0.0 { found / all } else { 0.0 }
    }

    /// Whether both name members of a group of opposites, and none in common.
    fn conflict(&self, message: &str, phrasing: &str) -> bool {
        self.opposites.iter().any(|group| {
            let ours: Vec<bool> = group.iter().map(|word| message.contains(word.as_str())).collect();
            let theirs: Vec<bool> = group.iter().map(|word| phrasing.contains(word.as_str())).collect();
            let both = ours.iter().zip(&theirs).any(|(a, b)| *a && *b);
            ours.contains(&true) && theirs.contains(&true) && !both
        })
    }
}

fn dice(a: &HashSet<Unit>, b: &HashSet<Unit>, of: fn(&Unit) -> bool) -> f32 {
    let sum = a.iter().filter(|u| of(u)).count() + b.iter().filter(|u| of(u)).count();
    let both = a.intersection(b).filter(|u| of(u)).count();
    if sum == 0 { 0.0 } else { 2.0 * both as f32 / sum as f32 }
}

/// The weights of the measures, fitted on questions that are not in the list; they add up to one.
fn score(f: &Features) -> f32 {
    if f.exact {
        return 1.0;
    }
    let sum = 0.09 * f.bm25 + 0.28 * f.dice_chars + 0.04 * f.dice_pairs;
    let sum = sum + 0.08 * f.of_message + 0.18 * f.of_phrasing + 0.33 * f.of_entry;
    if f.conflict { sum * CONFLICT } else { sum }
}
