//! Sentences of withdrawn entries: a human answers them until somebody gives them a home, so that no neighbour does.
//! They stand at the end of the questions people asked.

use std::collections::HashSet;

use super::entry::{Entry, EntryId};
use super::lexicon::Lexicon;
use super::questions::{Asked, Expect, Named};
use super::service::Faq;

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

/// Takes over the sentences without a home of another lexicon.
pub fn take_over(lexicon: &mut Lexicon, from: &Lexicon) {
    let rows = from.learnt.asked.iter().filter(|asked| is_homeless(asked));
    lexicon.learnt.asked.extend(rows.cloned());
}

/// Whether a question is one of a withdrawn entry.
pub(super) fn is_homeless(asked: &Asked) -> bool {
    asked.expect == Expect::Escalate && asked.style.as_deref() == Some(WITHDRAWN)
}

/// The sentences without a home, as messages are compared.
pub(super) fn texts(faq: &Faq) -> HashSet<Box<str>> {
    let asked = &faq.lexicon().learnt.asked;
    let phrasings = faq.ranker().corpus.phrasings.iter();
    let own = phrasings.filter(|one| one.asked.and_then(|at| asked.get(at)).is_some_and(is_homeless));
    own.map(|phrasing| phrasing.plain.clone()).collect()
}
