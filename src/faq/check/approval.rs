//! Before a change of the list is approved: the changed entries pass the rules, and nothing that was answered rightly
//! is answered wrongly by the new list — neither what entries say they must (not) answer, nor what people asked.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::super::decide::Decision;
use super::super::entry::{Audience, Entry, EntryId};
use super::super::fit::Progress;
use super::super::gate::Gate;
use super::super::lexicon::Lexicon;
use super::super::questions::Asked;
use super::super::service::Faq;
use super::{Finding, Note, Notes, Severity, against_others, alone, facets, people, twins, values, wording};

/// A list as it would be, with the lexicon it was built with.
pub type Built<'a> = (&'a Faq, &'a Lexicon);

/// What the list `new` breaks that `old` had right, and what is wrong with the `changed` entries. Errors only; each
/// names the entry, the words and, where one entry takes another's question, both.
pub fn before_approval(old: &Faq, new: Built<'_>, changed: &[EntryId], today: Date) -> Vec<Finding> {
    before_approval_telling(old, new, changed, today, &|_, _| ())
}

/// The same, for somebody who waits: `progress` hears how much of the tests is done.
pub fn before_approval_telling(
    old: &Faq,
    (new, lexicon): Built<'_>,
    changed: &[EntryId],
    today: Date,
    progress: Progress<'_>,
) -> Vec<Finding> {
    let all = old.entries().len() + new.entries().len() + lexicon.learnt.asked.len();
    let done = Cell::new(0);
    let tick = || {
        done.set(done.get() + 1);
        progress(done.get(), all);
    };
    let mut notes = Notes::default();
    for (i, entry) in new.entries().iter().enumerate() {
        if changed.contains(&entry.id) {
            alone(i, entry, today, &mut notes);
            wording::check(i, entry, &mut notes);
            facets::check(i, entry, &mut notes);
            people::check(i, entry, lexicon, &mut notes);
        }
    }
    let mut of_changed = Notes::default();
    twins::check(new.entries(), lexicon, &mut of_changed);
    values::check(new.entries(), &mut of_changed);
    let is_changed = |note: &Note| changed.contains(&new.entries()[note.entry].id);
    notes.0.extend(of_changed.0.into_iter().filter(is_changed));
    let mut found = findings(new, notes);
    found.extend(own_tests(old, new, &tick));
    found.extend(asked(old, (new, &lexicon.learnt.asked), &tick));
    found
}

/// The same for a whole list from files that takes the place of `old`, with the weights it brings.
pub fn before_import((old, known): Built<'_>, entries: &[Entry], lexicon: &Lexicon, today: Date) -> Vec<Finding> {
    let same = |entry: &Entry| old.entry(&entry.id).is_some_and(|known| known == entry);
    let changed: Vec<EntryId> = entries
        .iter()
        .filter(|entry| !same(entry))
        .map(|entry| entry.id.clone())
        .collect();
    if changed.is_empty() && entries.len() == old.entries().len() && lexicon == known {
        return Vec::new();
    }
    let mut before = lexicon.clone();
    before.learnt.model.clone_from(&known.learnt.model);
    let brings_weights = before.learnt.model != lexicon.learnt.model;
    let new = Faq::build(entries.to_vec(), before);
    let found = before_approval(old, (&new, lexicon), &changed, today);
    if !brings_weights {
        return found;
    }
    let again = Faq::build(entries.to_vec(), lexicon.clone());
    if found.is_empty() && refit_is_worse(&new, &again, &lexicon.learnt.asked) {
        return before_approval(&new, (&again, lexicon), &[], today);
    }
    match found.is_empty() {
        true => found,
        // What the old weights mistake the new ones may have right.
        false => before_approval(old, (&again, lexicon), &changed, today),
    }
}

/// Whether other weights and thresholds serve a list worse: an entry's own test fails that did not, or more of the
/// questions people asked are answered wrongly. A refit moves single questions both ways; their number counts. `asked`
/// are the questions both were taught with.
pub fn refit_is_worse(before: &Faq, refitted: &Faq, asked: &[Asked]) -> bool {
    wrongly_answered(refitted, asked) > wrongly_answered(before, asked)
        || !own_tests(before, refitted, &|| ()).is_empty()
}

fn wrongly_answered(faq: &Faq, asked: &[Asked]) -> usize {
    let asked = asked.iter().enumerate();
    let wrong = |(i, asked): &(usize, &Asked)| {
        let own = faq.ranker().corpus.place_of_asked(*i);
        says(faq, own, asked).is_some_and(|entry| !asked.accepts(&entry))
    };
    asked.filter(wrong).count()
}

fn findings(faq: &Faq, notes: Notes) -> Vec<Finding> {
    let errors = notes.0.into_iter().filter(|note| note.severity == Severity::Error);
    let finding = |note: Note| Finding {
        severity: note.severity,
        entry: faq.entries()[note.entry].id.clone(),
        place: None,
        message: note.message,
    };
    errors.map(finding).collect()
}

/// Tests of entries that fail now and did not before.
fn own_tests(old: &Faq, new: &Faq, tick: &dyn Fn()) -> Vec<Finding> {
    let failing = |faq: &Faq| {
        let mut notes = Notes::default();
        for (i, entry) in faq.entries().iter().enumerate() {
            against_others(faq, i, entry, &mut notes);
            tick();
        }
        findings(faq, notes)
    };
    let before: HashSet<(EntryId, String)> = failing(old)
        .into_iter()
        .map(|finding| (finding.entry, finding.message))
        .collect();
    let now = failing(new).into_iter();
    now.filter(|finding| !before.contains(&(finding.entry.clone(), finding.message.clone())))
        .collect()
}

/// Questions people asked that would now be answered wrongly at once. Each is judged as if it were not in the base.
fn asked(old: &Faq, (new, all): (&Faq, &[Asked]), tick: &dyn Fn()) -> Vec<Finding> {
    let mut found = Vec::new();
    let places: HashMap<&str, usize> = old.ranker().corpus.asked().collect();
    for (i, asked) in all.iter().enumerate() {
        tick();
        let own = new.ranker().corpus.place_of_asked(i);
        let Some(thief) = says(new, own, asked).filter(|entry| !asked.accepts(entry)) else {
            continue;
        };
        let before = says(old, places.get(asked.text.as_str()).copied(), asked);
        if before.is_none_or(|entry| asked.accepts(&entry)) {
            let message = format!("“{}”会被 {thief} 抢去直接答，从前不会", asked.text);
            found.push(Finding {
                severity: Severity::Error,
                entry: thief,
                place: None,
                message,
            });
        }
    }
    found
}

/// The entry that would be said to a labelled question in a group, where chatter is passed over in silence.
/// `own`: where it stands among the phrasings, to be left out.
fn says(faq: &Faq, own: Option<usize>, asked: &Asked) -> Option<EntryId> {
    let reading = faq.read_without(&asked.text, Audience::Public, own);
    if *reading.gate() != Gate::Question {
        return None;
    }
    match faq.undated(&reading) {
        Decision::Sure(entry) => Some(entry),
        Decision::Unsure(_) | Decision::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::entry::Tests;
    use super::super::super::questions::Expect;
    use super::super::super::testing::entry;
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 25);

    #[test]
    fn a_thief_is_named_with_the_question_it_steals() {
        let mut simple = entry(
            "dereg-003",
            1,
            "简易注销要公示多少天？",
            &["简易注销公示期", "公示几天"],
        );
        simple.tests = Tests {
            must_hit: vec!["简易注销挂网公示几天".into()],
            ..Tests::default()
        };
        let other = entry("chg-003", 2, "股权转让需要什么材料？", &["股东转股要啥"]);
        let mut lexicon = Lexicon::default();
        lexicon.learnt.asked = vec![Asked {
            first: None,
            text: "转股都要啥材料".into(),
            expect: Expect::Answer("chg-003".into()),
            also: Vec::new(),
            style: None,
            origin: None,
            confirmed: None,
        }];
        let old = Faq::build(vec![simple.clone(), other.clone()], lexicon.clone());
        let mut thief = entry("new-001", 3, "注销公告登几天？", &["简易注销挂网公示几天呢"]);
        let harmless = entry("new-002", 3, "营业执照丢了怎么补领？", &["执照丢了"]);
        let with =
            |one: &crate::faq::Entry| Faq::build(vec![simple.clone(), other.clone(), one.clone()], lexicon.clone());
        let found = before_approval(&old, (&with(&harmless), &lexicon), &["new-002".into()], TODAY);
        assert!(found.is_empty(), "{found:?}");
        let found = before_approval(&old, (&with(&thief), &lexicon), &["new-001".into()], TODAY);
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(
            said.iter()
                .any(|said| said.contains("“简易注销挂网公示几天”应答本条，却被 new-001 抢走")),
            "{said:?}"
        );
        thief.variants = vec!["转股都要啥材料".into()];
        let found = before_approval(&old, (&with(&thief), &lexicon), &["new-001".into()], TODAY);
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(
            said.iter()
                .any(|said| said.contains("“转股都要啥材料”会被 new-001 抢去直接答")),
            "{said:?}"
        );
    }
}
