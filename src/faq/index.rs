//! Finds the phrasings that may fit a message: BM25 over words, pairs, characters and sounds, in memory, never changed.
//! A message is only the set of its units, so no message can mean anything else to it, and no search can fail.

use super::corpus::{Corpus, Message};

/// How many phrasings are looked at closely.
pub const CANDIDATES: usize = 60;
/// Kinds that are searched, in the corpus's order: word, pair, character, sound.
const FIELDS: usize = 4;
/// What a hit in each counts for.
const BOOSTS: [f32; FIELDS] = [1.0, 0.5, 1.5, 0.25];
/// What a word only meant counts for beside one that was said.
const MEANT: f32 = 0.4;
/// A term in more than this share of the phrasings, and in more than so many, tells too little for the time it takes …
const COMMON: f32 = 0.015;
const COMMON_LEAST: u32 = 200;
/// … where so many rarer ones are left.
const ENOUGH_TERMS: usize = 14;
/// BM25's usual constants: how soon repetition stops counting, and how much a long phrasing is worth less.
const K: f32 = 1.2;
const B: f32 = 0.75;

/// The searchable phrasings, by their positions.
pub struct Index {
    /// Where each unit's phrasings begin in `phrasings`.
    starts: Vec<u32>,
    /// For each unit the phrasings that say it, in order.
    phrasings: Vec<u32>,
    /// What a hit counts for in each phrasing, by field: less in a long one.
    hits: Vec<[f32; FIELDS]>,
}

impl Index {
    /// The index of a corpus's phrasings.
    pub fn new(corpus: &Corpus) -> Index {
        let searched = |unit: &u32| corpus.kind(*unit) < FIELDS;
        let mut starts = vec![0_u32; corpus.unit_count() + 1];
        let mut lengths = vec![[0_u32; FIELDS]; corpus.phrasings.len()];
        for (phrasing, lengths) in corpus.phrasings.iter().zip(&mut lengths) {
            for unit in phrasing.said.iter().filter(|unit| searched(unit)) {
                starts[*unit as usize + 1] += 1;
                lengths[corpus.kind(*unit)] += 1;
            }
        }
        for unit in 1..starts.len() {
            starts[unit] += starts[unit - 1];
        }
        let mut next = starts.clone();
        let mut phrasings = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (position, phrasing) in (0..).zip(&corpus.phrasings) {
            for unit in phrasing.said.iter().filter(|unit| searched(unit)) {
                let slot = &mut next[*unit as usize];
                phrasings[*slot as usize] = position;
                *slot += 1;
            }
        }
        Index {
            starts,
            phrasings,
            hits: hits(&lengths),
        }
    }

    /// Positions of the likeliest phrasings with their BM25 scores, best first.
    pub fn candidates(&self, corpus: &Corpus, message: &Message, limit: usize) -> Vec<(usize, f32)> {
        let mut scores = vec![0.0_f32; self.hits.len()];
        let mut found: Vec<u32> = Vec::new();
        for (unit, weight) in self.terms(corpus, message) {
            let field = corpus.kind(unit);
            let weight = weight * BOOSTS[field] * self.rarity(unit);
            for position in self.using(unit) {
                let score = &mut scores[*position as usize];
                if *score == 0.0 {
                    found.push(*position);
                }
                *score += weight * self.hits[*position as usize][field];
            }
        }
        let score = |position: &u32| scores[*position as usize];
        let best_first = |a: &u32, b: &u32| score(b).total_cmp(&score(a)).then(a.cmp(b));
        if found.len() > limit {
            found.select_nth_unstable_by(limit, best_first);
            found.truncate(limit);
        }
        found.sort_unstable_by(best_first);
        found
            .into_iter()
            .map(|position| (position as usize, score(&position)))
            .collect()
    }

    /// What is searched for: the rarest units first, common ones only while there are few others.
    fn terms(&self, corpus: &Corpus, message: &Message) -> Vec<(u32, f32)> {
        let said = message.said.iter().map(|unit| (*unit, 1.0));
        let meant = message.meant.iter().map(|unit| (*unit, MEANT));
        let mut terms: Vec<(u32, f32)> = said
            .chain(meant)
            .filter(|(unit, _)| corpus.kind(*unit) < FIELDS && !self.using(*unit).is_empty())
            .collect();
        let count = |unit: u32| self.using(unit).len() as u32;
        terms.sort_by_key(|(unit, _)| count(*unit));
        let limit = ((COMMON * self.hits.len() as f32) as u32).max(COMMON_LEAST);
        let kept = terms
            .into_iter()
            .enumerate()
            .filter(|(i, (unit, _))| *i < ENOUGH_TERMS || count(*unit) <= limit);
        kept.map(|(_, term)| term).collect()
    }

    /// The phrasings that say a unit.
    fn using(&self, unit: u32) -> &[u32] {
        let at = |unit: usize| self.starts[unit] as usize;
        &self.phrasings[at(unit as usize)..at(unit as usize + 1)]
    }

    fn rarity(&self, unit: u32) -> f32 {
        let (all, using) = (self.hits.len() as f32, self.using(unit).len() as f32);
        (1.0 + (all - using + 0.5) / (using + 0.5)).ln()
    }
}

/// BM25's factor for one occurrence, by how many units of the field a phrasing has.
fn hits(lengths: &[[u32; FIELDS]]) -> Vec<[f32; FIELDS]> {
    let mut totals = [0_u64; FIELDS];
    for lengths in lengths {
        totals
            .iter_mut()
            .zip(lengths)
            .for_each(|(total, length)| *total += u64::from(*length));
    }
    let means = totals.map(|total| (total as f32 / lengths.len() as f32).max(f32::EPSILON));
    let hit = |length: u32, mean: f32| (1.0 + K) / (1.0 + K * (1.0 - B + B * length as f32 / mean));
    lengths
        .iter()
        .map(|lengths| std::array::from_fn(|field| hit(lengths[field], means[field])))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn the_phrasing_that_says_most_comes_first() {
        let entries = [
            entry("a", 1, "公司注销要公示多少天", &["营业执照丢了怎么补"]),
            entry("b", 2, "公司名称怎么变更", &[]),
        ];
        let corpus = Corpus::new(&entries, &Lexicon::default());
        let index = Index::new(&corpus);
        let positions = |text: &str, limit| -> Vec<usize> {
            let found = index.candidates(&corpus, &corpus.read(text), limit);
            found.into_iter().map(|(position, _)| position).collect()
        };
        assert_eq!(positions("公司要注销", 9), [0, 2]);
        assert_eq!(positions("公司要注销", 1), [0]);
        assert_eq!(positions("执照丢了", 9), [1]);
        assert_eq!(positions("hello", 9), [0_usize; 0]);
    }
}
