//! The same or nearly the same words under two entries: no search could tell them apart, and readers of the list
//! would ask which one holds. Within one entry, phrasings that differ by a filler help nobody.

use std::collections::{BTreeSet, HashMap};

use super::super::analyzer::{normalise, squeeze};
use super::super::apart::pairs;
use super::super::entry::{Entry, EntryId};
use super::super::lexicon::Lexicon;
use super::Notes;

/// Words that make no other question of a phrasing.
const FILLERS: [&str; 14] = [
    "请问", "怎么", "怎样", "如何", "咋", "一下", "吗", "呢", "不", "啊", "呀", "了", "的", "我",
];
/// From this share of common pairs on, two phrasings of two entries are as good as the same.
const NEAR: f64 = 0.8;
const NEAR_ANSWER: f64 = 0.7;

/// A phrasing, taken apart once.
struct Phrasing<'a> {
    entry: usize,
    text: &'a str,
    core: String,
    pairs: BTreeSet<[char; 2]>,
}

/// Phrasings, tests and answers that stand twice.
pub(super) fn check(entries: &[Entry], lexicon: &Lexicon, notes: &mut Notes) {
    same_phrasings(entries, notes);
    near_phrasings(entries, lexicon, notes);
    near_answers(entries, notes);
    tests(entries, notes);
}

fn same_phrasings(entries: &[Entry], notes: &mut Notes) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for text in entry.phrasings() {
            let owner = *first.entry(squeeze(&normalise(text))).or_insert(i);
            if owner != i {
                let other = &entries[owner].id;
                notes.error(i, text, format!("问法“{text}”与 {other} 相同，请删去一处"));
            }
        }
    }
}

fn near_phrasings(entries: &[Entry], lexicon: &Lexicon, notes: &mut Notes) {
    let all: Vec<Phrasing> = entries
        .iter()
        .enumerate()
        .flat_map(|(i, entry)| taken_apart(i, entry))
        .collect();
    let sets: Vec<&BTreeSet<[char; 2]>> = all.iter().map(|one| &one.pairs).collect();
    let candidates = may_share(&sets, NEAR);
    let mut cores: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, one) in all.iter().enumerate() {
        let same_core = cores.entry(one.core.as_str()).or_default();
        if let Some(earlier) = same_core
            .iter()
            .map(|&i| &all[i])
            .find(|other| other.entry == one.entry)
        {
            let earlier = earlier.text;
            notes.warning(
                one.entry,
                one.text,
                format!("“{}”和“{earlier}”只差语气词，请换个真正不同的说法", one.text),
            );
        }
        let near = candidates[at].iter().map(|&earlier| &all[earlier]).find(|other| {
            other.entry != one.entry
                && other.core != one.core
                && share(&other.pairs, &one.pairs) >= NEAR
                && !opposed(other.text, one.text, lexicon)
        });
        let stripped = same_core
            .iter()
            .map(|&i| &all[i])
            .find(|other| other.entry != one.entry && squeeze(&normalise(other.text)) != squeeze(&normalise(one.text)));
        same_core.push(at);
        if let Some(other) = near.or(stripped) {
            let id = &entries[other.entry].id;
            notes.warning(
                one.entry,
                one.text,
                format!(
                    "问法“{}”和 {id} 的“{}”太像，分不清答哪条，请改一处",
                    one.text, other.text
                ),
            );
        }
    }
}

fn taken_apart(entry: usize, from: &Entry) -> impl Iterator<Item = Phrasing<'_>> {
    from.phrasings().map(move |text| {
        let core = FILLERS
            .iter()
            .fold(squeeze(&normalise(text)), |text, filler| text.replace(filler, ""));
        Phrasing {
            entry,
            text,
            pairs: pairs(&core),
            core,
        }
    })
}

/// For each set the earlier ones that may share so much with it, in order. Two sets that share a part `least` of all they
/// hold have one of their rarest members in common, since what is left of either without those is too little.
fn may_share(sets: &[&BTreeSet<[char; 2]>], least: f64) -> Vec<BTreeSet<usize>> {
    let mut frequency: HashMap<[char; 2], usize> = HashMap::new();
    for pair in sets.iter().copied().flatten() {
        *frequency.entry(*pair).or_default() += 1;
    }
    let mut holders: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    let mut found = Vec::with_capacity(sets.len());
    for (at, set) in sets.iter().enumerate() {
        let mut rarest: Vec<[char; 2]> = set.iter().copied().collect();
        rarest.sort_unstable_by_key(|pair| (frequency[pair], *pair));
        // A little less, so that no rounding makes it one too many.
        let common = (set.len() as f64 * least - 1e-9).ceil() as usize;
        rarest.truncate(set.len() + 1 - common);
        let mut earlier = BTreeSet::new();
        for pair in rarest {
            let held = holders.entry(pair).or_default();
            earlier.extend(held.iter().copied());
            held.push(at);
        }
        found.push(earlier);
    }
    found
}

fn share(one: &BTreeSet<[char; 2]>, other: &BTreeSet<[char; 2]>) -> f64 {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// 吊销 in one and 注销 in the other: alike to the eye, but no twins.
fn opposed(one: &str, other: &str, lexicon: &Lexicon) -> bool {
    lexicon.opposites.iter().any(|group| {
        let said = |text: &str| {
            group
                .iter()
                .filter(|word| text.contains(word.as_str()))
                .collect::<Vec<_>>()
        };
        let (one, other) = (said(one), said(other));
        !one.is_empty() && !other.is_empty() && one != other
    })
}

fn near_answers(entries: &[Entry], notes: &mut Notes) {
    let answers: Vec<BTreeSet<[char; 2]>> = entries
        .iter()
        .map(|entry| pairs(&squeeze(&super::texts(entry).concat())))
        .collect();
    let sets: Vec<&BTreeSet<[char; 2]>> = answers.iter().collect();
    for (i, candidates) in may_share(&sets, NEAR_ANSWER).into_iter().enumerate() {
        let other = candidates
            .into_iter()
            .find(|&other| share(&answers[i], &answers[other]) >= NEAR_ANSWER);
        if let Some(other) = other {
            let id = &entries[other].id;
            notes.warning(
                i,
                "answer:",
                format!("答案和 {id} 几乎一样，请合并成一条，或者写出不同"),
            );
        }
    }
}

/// A sentence two entries must both win, or one must win and not win.
fn tests(entries: &[Entry], notes: &mut Notes) {
    let mut wanted: HashMap<&str, &EntryId> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for text in &entry.tests.must_hit {
            if let Some(other) = wanted.insert(text, &entry.id).filter(|other| **other != entry.id) {
                notes.error(i, text, format!("“{text}”同时要求答 {other} 和本条，请删去一处"));
            }
            if entry.phrasings().any(|phrasing| phrasing == text) {
                notes.warning(i, text, format!("“{text}”已经是问法，测不出什么，请换一句没写过的"));
            }
        }
        for text in &entry.tests.must_not_hit {
            if entry.phrasings().any(|phrasing| phrasing == text) {
                notes.error(i, text, format!("“{text}”是本条的问法，又写着不能答本条，请删去一处"));
            }
        }
    }
}

#[cfg(test)]
mod tests_of_twins {
    use super::super::super::testing::entry;
    use super::*;

    #[test]
    fn near_phrasings_are_told_and_opposites_left_alone() {
        let mut one = entry(
            "a-1",
            1,
            "公司执照被吊销怎么办？",
            &["执照吊销了咋办", "执照吊销咋办呢", "个体户怎么注销"],
        );
        let mut two = entry("a-2", 2, "公司执照被注销怎么办？", &["个体户注销", "个体户咋注销啊"]);
        one.tests.must_hit = vec!["执照被吊销了".into(), "个体户怎么注销".into()];
        two.tests.must_hit = vec!["执照被吊销了".into()];
        two.tests.must_not_hit = vec!["个体户注销".into()];
        two.answer = super::super::super::Answer::Text("另一种答法。".into());
        let lexicon = Lexicon {
            opposites: vec![vec!["吊销".into(), "注销".into()]],
            ..Lexicon::default()
        };
        let mut notes = Notes::default();
        check(&[one, two], &lexicon, &mut notes);
        let said: Vec<String> = notes.0.iter().map(|note| note.message.clone()).collect();
        let said = said.join("\n");
        for part in [
            "“执照吊销咋办呢”和“执照吊销了咋办”只差语气词",
            "问法“个体户注销”和 a-1 的“个体户怎么注销”太像",
            "同时要求答 a-1 和本条",
            "“个体户怎么注销”已经是问法",
            "又写着不能答本条",
        ] {
            assert!(said.contains(part), "{part} not in\n{said}");
        }
        assert!(!said.contains("公司执照被"), "{said}");
    }

    /// Nothing that is near is passed over for not being compared.
    #[test]
    fn what_shares_enough_is_always_compared() {
        let words = "公司个体户执照注销吊销变更登记怎么办要交什么材料";
        let letters: Vec<char> = words.chars().collect();
        let mut seed = 7_usize;
        let mut next = |most: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let mut sets = Vec::new();
        for _ in 0..300 {
            let (from, long) = (next(6), 4 + next(14));
            let mut said: Vec<char> = letters[from..(from + long).min(letters.len())].to_vec();
            if next(3) == 0 {
                let at = next(said.len());
                said[at] = letters[next(letters.len())];
            }
            sets.push(pairs(&said.into_iter().collect::<String>()));
        }
        let sets: Vec<&BTreeSet<[char; 2]>> = sets.iter().collect();
        let mut near = 0;
        for least in [NEAR, NEAR_ANSWER] {
            let found = may_share(&sets, least);
            for at in 0..sets.len() {
                for other in (0..at).filter(|&other| share(sets[at], sets[other]) >= least) {
                    near += 1;
                    assert!(found[at].contains(&other), "{:?} {:?}", sets[at], sets[other]);
                }
            }
        }
        assert!(near > 300, "only {near} are near");
    }

    #[test]
    fn answers_that_say_the_same_are_told() {
        let mut notes = Notes::default();
        check(
            &[entry("a-1", 1, "甲？", &[]), entry("a-2", 2, "乙？", &[])],
            &Lexicon::default(),
            &mut notes,
        );
        assert!(notes.0.iter().any(|note| note.message.contains("答案和 a-1 几乎一样")));
    }
}
