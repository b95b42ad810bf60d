//! One served edition of the list: entries, vocabulary and index together, never changed, swapped whole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use jiff::civil::Date;

use super::builtin;
use super::decide::{self, Decision, Reason};
use super::entry::{Audience, Entry, EntryId};
use super::gate::Marks;
use super::homeless;
use super::judge::Scales;
use super::lexicon::Lexicon;
use super::rank::Ranker;
use super::reading::{Hit, Reading};

/// One edition, ready to answer. What it was taught with is in what it ranks with; the lexicon itself is not kept.
pub struct Faq {
    entries: Vec<Entry>,
    ranker: Ranker,
    question_words: Vec<String>,
    marks: Marks,
    scales: Scales,
    by_id: HashMap<EntryId, usize>,
    by_no: HashMap<u32, usize>,
    /// Sentences of withdrawn entries: a human answers them.
    homeless: HashSet<Box<str>>,
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
    pub fn build(entries: Vec<Entry>, lexicon: Lexicon) -> Faq {
        let ranker = Ranker::new(&entries, &lexicon);
        Faq::with(ranker, entries, lexicon)
    }

    /// The same, kept in the folder: a program that builds the same edition again need not take every phrasing apart.
    pub fn build_kept(entries: Vec<Entry>, lexicon: Lexicon, folder: &Path) -> Faq {
        let ranker = Ranker::kept(&entries, &lexicon, folder);
        Faq::with(ranker, entries, lexicon)
    }

    fn with(ranker: Ranker, entries: Vec<Entry>, lexicon: Lexicon) -> Faq {
        Faq {
            homeless: homeless::texts(&lexicon, &ranker),
            marks: Marks::new(&lexicon),
            scales: lexicon.learnt.model.as_ref().map_or_else(builtin::scales, Scales::new),
            by_id: entries.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect(),
            by_no: entries.iter().enumerate().map(|(i, e)| (e.no, i)).collect(),
            question_words: lexicon.question_words,
            ranker,
            entries,
        }
    }

    /// Decides about one question; waits for nothing. Staff entries never answer the public.
    pub fn ask(&self, text: &str, audience: Audience, today: Date) -> Outcome {
        self.decide(&self.read(text, audience), today)
    }

    /// What a reading leads to on that day.
    pub fn decide(&self, reading: &Reading, today: Date) -> Outcome {
        let current = reading.hits.iter().filter(|hit| self.is_current(hit, today));
        // Out-of-date entries take part in the contest: where one wins, its rival must not be said instead.
        let decision = match self.undated(reading) {
            Decision::Sure(id) => self.only_current(id, today),
            Decision::Unsure(ids) => self.offer_current(ids, today),
            Decision::Unknown(reason) => Decision::Unknown(reason),
        };
        Outcome {
            decision,
            hits: current.cloned().collect(),
        }
    }

    /// What a reading leads to, were every entry current.
    pub(super) fn undated(&self, reading: &Reading) -> Decision {
        let exact = reading.hits.first().is_some_and(|best| best.features.exact > 0.0);
        // The very words of an entry that was withdrawn: no neighbour takes them, unless somebody wrote them there.
        if !exact && self.homeless.contains(reading.message.parsed.text.as_str()) {
            return Decision::Unknown(Reason::NothingFits);
        }
        decide::decide(&reading.hits, reading.probability, &self.scales)
    }

    /// The markers messages are looked at with.
    pub(super) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The positions of the entries that answer a message.
    pub(super) fn positions(&self, asked: &super::questions::Asked) -> Vec<usize> {
        asked.named().filter_map(|id| self.by_id.get(id).copied()).collect()
    }

    /// What it ranks with; for fitting and explaining.
    pub fn ranker(&self) -> &Ranker {
        &self.ranker
    }

    /// Its weights and thresholds.
    pub fn scales(&self) -> &Scales {
        &self.scales
    }

    /// Takes other weights.
    pub fn set_scales(&mut self, scales: Scales) {
        self.scales = scales;
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

    /// Whether these very words are in the list, or among the questions it was taught with.
    pub fn is_taught(&self, text: &str) -> bool {
        self.ranker
            .corpus
            .phrasings
            .iter()
            .any(|phrasing| phrasing.text == text)
    }

    /// What makes a sentence a question.
    pub(super) fn question_words(&self) -> &[String] {
        &self.question_words
    }

    /// The entry that fits best, whatever its dates; for testing an edition.
    pub(super) fn winner(&self, text: &str, audience: Audience) -> Option<EntryId> {
        let first = self.read(text, audience).hits.into_iter().next();
        first.map(|hit| hit.entry)
    }

    /// Whether the entry is among the first three.
    pub(super) fn offers(&self, text: &str, entry: &Entry) -> bool {
        let hits = self.read(text, entry.audience).hits;
        hits.iter().take(3).any(|hit| hit.entry == entry.id)
    }

    /// Whether that entry would be said without asking back.
    pub(super) fn would_say(&self, text: &str, id: &EntryId) -> bool {
        let reading = self.read(text, Audience::Staff);
        match self.undated(&reading) {
            Decision::Sure(sure) => sure == *id,
            Decision::Unsure(_) | Decision::Unknown(_) => false,
        }
    }

    fn is_current(&self, hit: &Hit, today: Date) -> bool {
        self.entry(&hit.entry).is_some_and(|entry| entry.valid_on(today))
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

#[cfg(test)]
mod tests {
    use super::super::testing::entry;
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 23);

    fn faq() -> Faq {
        let public = entry("dereg-003", 1, "简易注销要公示多少天？", &["简易注销公示期"]);
        let mut staff = entry("int-001", 2, "指导群里怎么报疑难问题？", &["疑难问题上报"]);
        staff.audience = Audience::Staff;
        let mut old = entry("name-001", 3, "名称预先核准怎么办？", &["名称核准流程"]);
        old.valid_until = Some(date(2019, 12, 31));
        let lexicon = Lexicon {
            opposites: vec![vec!["吊销".into(), "注销".into()]],
            topic_words: vec!["注销".into(), "名称".into()],
            ..Lexicon::default()
        };
        Faq::build(vec![public, staff, old], lexicon)
    }

    #[test]
    fn the_right_text_reaches_the_right_people_while_it_holds() {
        let faq = faq();
        let ask = |text: &str, audience| faq.ask(text, audience, TODAY).decision;
        assert_eq!(
            ask("簡易註銷公示期", Audience::Public),
            Decision::Sure("dereg-003".into())
        );
        assert_eq!(ask("疑难问题上报", Audience::Staff), Decision::Sure("int-001".into()));
        let public = faq.ask("疑难问题上报", Audience::Public, TODAY);
        assert!(matches!(public.decision, Decision::Unknown(_)));
        assert!(public.hits.iter().all(|hit| hit.entry.as_str() != "int-001"));
        let expired = faq.ask("名称核准流程", Audience::Public, TODAY);
        assert_eq!(expired.decision, Decision::Unknown(Reason::Expired("name-001".into())));
        assert!(expired.hits.iter().all(|hit| hit.entry.as_str() != "name-001"));
        let early = faq.ask("简易注销公示期", Audience::Public, date(2000, 1, 1));
        assert_eq!(
            early.decision,
            Decision::Unknown(Reason::NotYetValid("dereg-003".into()))
        );
        assert!(
            faq.find("名称核准", TODAY, 5)
                .iter()
                .all(|entry| entry.id.as_str() != "name-001")
        );
    }

    #[test]
    fn opposites_are_never_answered_for_each_other() {
        let decision = faq().ask("吊销要公示多少天？", Audience::Public, TODAY).decision;
        assert!(!matches!(decision, Decision::Sure(_)), "{decision:?}");
    }

    #[test]
    fn entries_are_found_by_id_and_number() {
        let faq = faq();
        assert_eq!(faq.entry_by_no(2).map(|e| e.id.as_str()), Some("int-001"));
        assert!(faq.entry(&"none".into()).is_none());
        assert_eq!(faq.categories().get("测试"), Some(&3));
    }

    #[test]
    fn long_and_nested_messages_are_harmless() {
        let faq = faq();
        for text in [
            "(".repeat(100_000),
            "NOT ".repeat(25_000),
            "字".repeat(100_000),
            "e\u{301}".repeat(50_000),
            "\u{fdfa}".repeat(1000),
        ] {
            let _ = (faq.gate(&text), faq.ask(&text, Audience::Public, TODAY));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn no_message_can_stop_the_engine(text in "(?s)(.|[\u{202e}\u{2066}\u{200d}\u{0}\u{fffd}\u{1f468}(){}\\[\\]\"*?:^~]|注销|吊销|@){0,60}") {
            static FAQ: std::sync::OnceLock<Faq> = std::sync::OnceLock::new();
            let faq = FAQ.get_or_init(faq);
            let _ = (faq.gate_by_words(&text, true), faq.ask(&text, Audience::Public, TODAY));
        }
    }
}
