//! What people keep asking (共性问题): counted by different askers, per bureau and period, with its trend. A cluster that
//! enough people asked is a candidate for the list (许工商〔2018〕103号 四(三)).

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::roster::people::BureauId;

/// What the list made of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An entry answered it.
    Answered,
    /// Several entries were offered.
    Ambiguous,
    /// Entries were near, none near enough.
    Low,
    /// Nothing was near.
    NoHit,
    /// The entry has run out or waits for its owner.
    Expired,
    /// A placeholder of the entry is not filled for the bureau.
    Unfilled,
}

/// Every reason with its word in the database.
pub const REASONS: [(&str, Reason); 6] = [
    ("answered", Reason::Answered),
    ("ambiguous", Reason::Ambiguous),
    ("low", Reason::Low),
    ("no_hit", Reason::NoHit),
    ("expired", Reason::Expired),
    ("unfilled", Reason::Unfilled),
];

impl Reason {
    /// Its word in the database.
    pub fn key(self) -> &'static str {
        REASONS
            .iter()
            .find(|(_, reason)| *reason == self)
            .map_or("", |(key, _)| key)
    }

    /// The reason of a word in the database.
    pub fn from_key(key: &str) -> Option<Reason> {
        REASONS
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, reason)| *reason)
    }
}

/// One question of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The question.
    pub question: QuestionId,
    /// Its words, masked; empty where the asker had them erased.
    pub text: String,
    /// Who asked, as channel and account; none where erased.
    pub asker: Option<String>,
    /// Who else pressed 我也想问.
    pub also: Vec<String>,
    /// In which bureau's group.
    pub bureau: BureauId,
    /// When.
    pub at: Millis,
    /// What the list made of it.
    pub reason: Reason,
    /// The nearest entry, if one was near.
    pub entry: Option<String>,
    /// Whether it was asked among staff.
    pub staff: bool,
}

/// A cluster seen over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its number.
    pub cluster: i64,
    /// How often it was asked in the period.
    pub asks: usize,
    /// By how many different people.
    pub askers: usize,
    /// By how many in the period before.
    pub askers_before: usize,
    /// In which bureaus' groups, most often first.
    pub bureaus: Vec<BureauId>,
    /// How often for which reason.
    pub reasons: BTreeMap<Reason, usize>,
    /// The entry most of them were near to.
    pub entry: Option<String>,
    /// Only staff asked it.
    pub staff: bool,
}

/// From this share of answers on the list has it already.
const ANSWERED: f64 = 0.8;

impl Seen {
    /// Whether the list answers it already, so that curators need not look.
    pub fn is_in_list(&self) -> bool {
        let answered = self.reasons.get(&Reason::Answered).copied().unwrap_or(0);
        answered as f64 >= ANSWERED * self.asks as f64
    }
}

/// A cluster over the period of `period_ms` that ends now; `askings` reach back two periods. None if nobody asked in it.
pub fn seen(cluster: i64, askings: &[Asking], now: Millis, period_ms: i64) -> Option<Seen> {
    let since = now.plus(-period_ms);
    let (current, before): (Vec<&Asking>, Vec<&Asking>) = askings.iter().partition(|asking| asking.at > since);
    if current.is_empty() {
        return None;
    }
    let distinct = |askings: &[&Asking]| {
        let who = askings
            .iter()
            .flat_map(|asking| asking.asker.iter().chain(&asking.also));
        let known: BTreeSet<&String> = who.collect();
        // Those who had themselves erased were people too; nobody knows whether the same.
        known.len() + usize::from(askings.iter().any(|asking| asking.asker.is_none()))
    };
    let mut bureaus: BTreeMap<BureauId, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut entries: BTreeMap<&String, usize> = BTreeMap::new();
    for asking in &current {
        *bureaus.entry(asking.bureau).or_default() += 1;
        *reasons.entry(asking.reason).or_default() += 1;
        if let Some(entry) = &asking.entry {
            *entries.entry(entry).or_default() += 1;
        }
    }
    let mut bureaus: Vec<(BureauId, usize)> = bureaus.into_iter().collect();
    bureaus.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    let entry = entries.into_iter().rev().max_by_key(|(_, count)| *count);
    Some(Seen {
        cluster,
        asks: current.len(),
        askers: distinct(&current),
        askers_before: distinct(&before),
        bureaus: bureaus.into_iter().map(|(id, _)| id).collect(),
        reasons,
        entry: entry.map(|(entry, _)| entry.clone()),
        staff: current.iter().all(|asking| asking.staff),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    fn asked(asker: Option<&str>, bureau: i64, days_ago: i64, reason: Reason) -> Asking {
        Asking {
            question: QuestionId(days_ago),
            text: "合并要什么".into(),
            asker: asker.map(str::to_owned),
            also: Vec::new(),
            bureau: BureauId(bureau),
            at: Millis(100 * DAY).plus(-days_ago * DAY),
            reason,
            entry: Some("chg-001".into()),
            staff: false,
        }
    }

    #[test]
    fn who_wants_the_same_answer_counts_once_as_one_who_asked() {
        let mut askings = [
            asked(Some("w:1"), 1, 3, Reason::NoHit),
            asked(Some("w:2"), 1, 2, Reason::NoHit),
        ];
        askings[0].also = ["w:2", "w:3"].map(str::to_owned).to_vec();
        let seen = seen(7, &askings, Millis(100 * DAY), 30 * DAY).unwrap();
        assert_eq!((seen.asks, seen.askers), (2, 3));
    }

    #[test]
    fn people_count_not_messages() {
        let askings = [
            asked(Some("w:1"), 1, 40, Reason::NoHit),
            asked(Some("w:1"), 1, 3, Reason::NoHit),
            asked(Some("w:1"), 1, 2, Reason::Low),
            asked(Some("w:2"), 2, 1, Reason::NoHit),
            asked(None, 2, 1, Reason::Answered),
            asked(None, 2, 1, Reason::NoHit),
        ];
        let seen = seen(7, &askings, Millis(100 * DAY), 30 * DAY).unwrap();
        assert_eq!((seen.asks, seen.askers, seen.askers_before), (5, 3, 1));
        assert_eq!(seen.bureaus, [BureauId(2), BureauId(1)]);
        assert_eq!(seen.reasons[&Reason::NoHit], 3);
        assert!(!seen.is_in_list());
        assert!(super::seen(7, &askings[..1], Millis(100 * DAY), 30 * DAY).is_none());
    }

    #[test]
    fn what_the_list_answers_needs_no_curator() {
        let answered = |n: i64| asked(Some(&format!("w:{n}")), 1, 1, Reason::Answered);
        let askings: Vec<Asking> = (0..5).map(answered).collect();
        assert!(seen(7, &askings, Millis(100 * DAY), 30 * DAY).unwrap().is_in_list());
    }
}
