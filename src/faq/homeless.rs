//! Sentences of withdrawn entries: a human answers them until somebody gives them a home, so that no neighbour does.
//! They stand at the end of the questions people asked.

use std::collections::HashSet;

use super::entry::{Entry, EntryId};
use super::lexicon::Lexicon;
use super::questions::{Asked, Expect, Named};
use super::rank::Ranker;

/// Marks them among the questions people asked.
const WITHDRAWN: &str = "withdrawn";

/// What a lexicon of a list without `gone` is: each way it was asked goes to a human. A sentence that another entry
/// answers as well is at home there.
pub fn without(lexicon: &Lexicon, gone: &Entry, left: &[Entry]) -> Lexicon {
    let there: HashSet<&EntryId> = left.iter().map(|entry| &entry.id).collect();
    let phrased: HashSet<&str> = left.iter().flat_map(Entry::phrasings).collect();
    let asked = lexicon.learnt.asked.iter().filter(|asked| asked.accepts(&gone.id));
    let asked = asked.filter(|asked| !asked.named().any(|id| there.contains(id)));
    let own = gone.phrasings().chain(gone.tests.must_hit.iter().map(String::as_str));
    let mut seen: HashSet<&str> = HashSet::new();
    let texts = own.chain(asked.map(|asked| asked.text.as_str()));
    let rows: Vec<Asked> = texts
        .filter(|text| !phrased.contains(text) && seen.insert(text))
        .map(|text| Asked {
            first: None,
            text: text.to_owned(),
            expect: Expect::Escalate,
            also: vec![Named(gone.id.clone())],
            style: Some(WITHDRAWN.to_owned()),
            origin: None,
            confirmed: None,
        })
        .collect();
    let mut lexicon = lexicon.clone();
    lexicon.learnt.asked.extend(rows);
    lexicon
}

/// Keeps the sentences that have no home in these entries: neither is their own entry back nor does another say them.
pub fn given_homes(lexicon: &mut Lexicon, entries: &[Entry]) {
    let there: HashSet<&EntryId> = entries.iter().map(|entry| &entry.id).collect();
    let phrased: HashSet<&str> = entries.iter().flat_map(Entry::phrasings).collect();
    lexicon.learnt.asked.retain(|asked| {
        let back = asked.also.iter().any(|own| there.contains(&own.0));
        !is_homeless(asked) || !(back || phrased.contains(asked.text.as_str()))
    });
}

/// Takes over the sentences without a home of another lexicon, and what it learnt in groups: files hold neither.
pub fn take_over(lexicon: &mut Lexicon, from: &Lexicon) {
    let known: HashSet<&str> = lexicon.learnt.asked.iter().map(|asked| asked.text.as_str()).collect();
    let is_new = |asked: &&Asked| asked.confirmed.is_some() && !known.contains(asked.text.as_str());
    let rows = from
        .learnt
        .asked
        .iter()
        .filter(|asked| is_homeless(asked) || is_new(asked));
    let rows: Vec<Asked> = rows.cloned().collect();
    lexicon.learnt.asked.extend(rows);
}

/// Whether a question is one of a withdrawn entry.
pub(super) fn is_homeless(asked: &Asked) -> bool {
    asked.expect == Expect::Escalate && asked.style.as_deref() == Some(WITHDRAWN)
}

/// The sentences without a home, as messages are compared.
pub(super) fn texts(lexicon: &Lexicon, ranker: &Ranker) -> HashSet<Box<str>> {
    let asked = &lexicon.learnt.asked;
    let phrasings = ranker.corpus.phrasings.iter();
    let own = phrasings.filter(|one| one.asked.and_then(|at| asked.get(at)).is_some_and(is_homeless));
    own.map(|phrasing| phrasing.plain.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::decide::Decision;
    use super::super::entry::Audience;
    use super::super::service::Faq;
    use super::super::testing::entry;
    use super::*;

    const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 25);

    #[test]
    fn sentences_of_a_withdrawn_entry_go_to_a_human_until_they_have_a_home() {
        let gone = entry(
            "dereg-003",
            1,
            "简易注销要公示多少天？",
            &["简易注销公示期", "公示期要几天"],
        );
        let near = entry("dereg-002", 2, "注销公示要几天？", &["注销要公示几天", "公示期几天"]);
        let other = entry("chg-003", 3, "股权转让需要什么材料？", &["股东转股要啥"]);
        let left = vec![near.clone(), other];
        let lexicon = without(&Lexicon::default(), &gone, &left);
        assert_eq!(lexicon.learnt.asked.len(), 3);
        let faq = Faq::build(left.clone(), lexicon.clone());
        let ask = |faq: &Faq, words: &str| faq.ask(words, Audience::Public, TODAY).decision;
        for words in ["简易注销要公示多少天？", "简易注销公示期", "公示期要几天"] {
            assert!(matches!(ask(&faq, words), Decision::Unknown(_)), "{words}");
        }
        assert_eq!(ask(&faq, "注销要公示几天"), Decision::Sure("dereg-002".into()));
        // Somebody writes one of them into the neighbour: it is at home there.
        let mut home = near;
        home.variants.push("公示期要几天".into());
        let entries = vec![home, left[1].clone()];
        let mut kept = lexicon.clone();
        given_homes(&mut kept, &entries);
        assert_eq!(kept.learnt.asked.len(), 2);
        assert_eq!(
            ask(&Faq::build(entries, kept), "公示期要几天"),
            Decision::Sure("dereg-002".into())
        );
        // The entry is back.
        let mut back = lexicon;
        given_homes(&mut back, &[gone]);
        assert_eq!(back.learnt.asked, []);
    }
}
