//! What is measured must be no part of what was learnt: a figure got on copies of one's own sentences says nothing of
//! strangers.

use std::collections::{BTreeSet, HashMap};

use super::analyzer::{normalise, squeeze};
use super::entry::Entry;
use super::lexicon::Lexicon;

/// From this share of pairs of characters on, of all that either has, two sentences are as good as the same.
const NEAR: f64 = 0.6;
/// Shorter sentences are everybody's: 公司注销怎么办 is no copy of anybody's words.
const ENOUGH: usize = 10;

/// A measured sentence, and the one of the list that it is nearly the same as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearCopy {
    pub measured: String,
    pub known: String,
}

/// Which of these sentences the list was taught, or nearly so: as phrasings of entries or as questions people asked.
pub fn near_copies<'a>(
    entries: &[Entry],
    lexicon: &Lexicon,
    measured: impl IntoIterator<Item = &'a str>,
) -> Vec<NearCopy> {
    let phrasings = entries.iter().flat_map(Entry::phrasings);
    let asked = lexicon.learnt.asked.iter().map(|asked| asked.text.as_str());
    let known: Vec<(&str, Pairs)> = phrasings.chain(asked).map(|text| (text, Pairs::of(text))).collect();
    let mut with: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    let mut same: HashMap<&str, usize> = HashMap::new();
    for (at, (_, pairs)) in known.iter().enumerate() {
        same.insert(&pairs.core, at);
        for pair in &pairs.pairs {
            with.entry(*pair).or_default().push(at);
        }
    }
    let nearest = |text: &str| {
        let own = Pairs::of(text);
        if own.core.chars().count() < ENOUGH {
            return None;
        }
        if let Some(at) = same.get(own.core.as_str()) {
            return Some(*at);
        }
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let places = own.pairs.iter().filter_map(|pair| with.get(pair)).flatten();
        places.for_each(|at| *shared.entry(*at).or_default() += 1);
        let near = |(at, common): &(usize, usize)| own.is_near(&known[*at].1, *common);
        shared.into_iter().filter(near).map(|(at, _)| at).min()
    };
    let copy = |text: &'a str| {
        nearest(text).map(|at| NearCopy {
            measured: text.to_owned(),
            known: known[at].0.to_owned(),
        })
    };
    measured.into_iter().filter_map(copy).collect()
}

/// Every two characters that stand side by side.
pub(super) fn pairs(text: &str) -> BTreeSet<[char; 2]> {
    let next = text.chars().skip(1);
    text.chars().zip(next).map(|(one, other)| [one, other]).collect()
}

/// A sentence as it is compared.
struct Pairs {
    core: String,
    pairs: BTreeSet<[char; 2]>,
}

impl Pairs {
    fn of(text: &str) -> Pairs {
        let core = squeeze(&normalise(text));
        let pairs = pairs(&core);
        Pairs { core, pairs }
    }

    fn is_near(&self, other: &Pairs, common: usize) -> bool {
        let all = self.pairs.len() + other.pairs.len() - common;
        common as f64 >= NEAR * all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::questions::Asked;
    use super::super::testing::entry;
    use super::*;
    use std::path::Path;

    #[test]
    fn copies_are_found_and_others_are_not() {
        let entries = [entry("a-1", 1, "公司注销要多久？", &["个体户注销要带哪些材料去窗口"])];
        let measured = [
            "个体户注销要带哪些材料去窗口",
            "个体户注销要带哪些材料去窗口呀",
            "个体户注销的话我该带点啥",
            "公司注销要多久",
        ];
        let found = near_copies(&entries, &Lexicon::default(), measured);
        let found: Vec<&str> = found.iter().map(|copy| copy.measured.as_str()).collect();
        assert_eq!(found, measured[..2]);
    }

    /// What is measured with here was never learnt.
    #[test]
    fn the_measured_files_hold_no_copies_of_the_list() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let base = super::super::Base::load(&root.join("faq")).unwrap();
        for name in ["dev", "blind", "people", "border", "told"] {
            let asked = Asked::load(&root.join(format!("tests/data/{name}.jsonl"))).unwrap();
            let texts = asked.iter().map(|asked| asked.text.as_str());
            let found = near_copies(&base.entries, &base.lexicon, texts);
            assert_eq!(found, [], "{name}");
        }
    }
}
