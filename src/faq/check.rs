//! Finds what would embarrass the bureau once an edition is served: entries that steal each other's
//! questions, text that is vague, out of date or contradicts another entry, references to nothing.
//! Loading errors are found before, by reading.

mod approval;
mod coverage;
mod facets;
mod people;
mod references;
mod twins;
mod values;
mod wording;

use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;

pub use approval::{before_approval, before_approval_telling, before_import, refit_is_worse};
pub use coverage::{Coverage, coverage};

use super::entry::{Audience, Confidence, Entry, EntryId, PLACEHOLDERS};
use super::lexicon::Lexicon;
use super::load::Base;
use super::service::Faq;
use crate::yaml::Place;

/// With fewer variants an entry is rarely found.
pub const ENOUGH_VARIANTS: usize = 6;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth mending; the edition can be served.
    Warning,
    /// The edition must not be served.
    Error,
}

/// Something the bureau should know about an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub entry: EntryId,
    /// Where the words stand, if in a file.
    pub place: Option<(PathBuf, Place)>,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((file, place)) = &self.place {
            write!(f, "{}:{place}: ", file.display())?;
        }
        let severity = match self.severity {
            Severity::Warning => "提醒",
            Severity::Error => "错误",
        };
        write!(f, "{severity}：{} {}", self.entry, self.message)
    }
}

/// What the rules noted, in the order they looked.
#[derive(Default)]
struct Notes(Vec<Note>);

/// One remark on the entry at a position; `at` are the words in the file it is about, empty for the whole entry,
/// looked for from the key `under` on.
struct Note {
    entry: usize,
    severity: Severity,
    under: &'static str,
    at: String,
    message: String,
}

impl Notes {
    fn error(&mut self, entry: usize, at: &str, message: String) {
        self.add(entry, Severity::Error, "", at, message);
    }

    /// About words of the answer, which may stand in a phrasing too.
    fn error_in_answer(&mut self, entry: usize, at: &str, message: String) {
        self.add(entry, Severity::Error, "answer:", at, message);
    }

    fn warning(&mut self, entry: usize, at: &str, message: String) {
        self.add(entry, Severity::Warning, "", at, message);
    }

    fn add(&mut self, entry: usize, severity: Severity, under: &'static str, at: &str, message: String) {
        self.0.push(Note {
            entry,
            severity,
            under,
            at: at.to_string(),
            message,
        });
    }
}

/// Everything that is wrong or weak, errors first, in the order of the entries.
pub fn check(base: &Base, today: Date) -> Vec<Finding> {
    let faq = Faq::build(base.entries.clone(), base.lexicon.clone());
    let mut notes = Notes::default();
    for (i, entry) in base.entries.iter().enumerate() {
        alone(i, entry, today, &mut notes);
        wording::check(i, entry, &mut notes);
        facets::check(i, entry, &mut notes);
        people::check(i, entry, &base.lexicon, &mut notes);
        against_others(&faq, i, entry, &mut notes);
    }
    references::check(&base.entries, &base.documents, &mut notes);
    twins::check(&base.entries, &base.lexicon, &mut notes);
    values::check(&base.entries, &mut notes);
    let mut notes = notes.0;
    notes.sort_by_key(|note| (std::cmp::Reverse(note.severity), note.entry));
    let finding = |note: Note| Finding {
        severity: note.severity,
        entry: base.entries[note.entry].id.clone(),
        place: base.place_of(note.entry, note.under, &note.at),
        message: note.message,
    };
    notes.into_iter().map(finding).collect()
}

/// What is wrong or weak with one entry of a list: its own rules, and the questions it must and must not answer.
pub fn one(faq: &Faq, lexicon: &Lexicon, id: &EntryId, today: Date) -> Vec<Finding> {
    let mut notes = Notes::default();
    for (i, entry) in faq.entries().iter().enumerate().filter(|(_, entry)| entry.id == *id) {
        alone(i, entry, today, &mut notes);
        wording::check(i, entry, &mut notes);
        facets::check(i, entry, &mut notes);
        people::check(i, entry, lexicon, &mut notes);
        against_others(faq, i, entry, &mut notes);
    }
    told(faq.entries(), notes)
}

/// Phrasings and answers that stand twice in a list, or as good as twice.
pub fn twice(entries: &[Entry], lexicon: &Lexicon) -> Vec<Finding> {
    let mut notes = Notes::default();
    twins::check(entries, lexicon, &mut notes);
    told(entries, notes)
}

fn told(entries: &[Entry], notes: Notes) -> Vec<Finding> {
    let mut notes = notes.0;
    notes.sort_by_key(|note| (std::cmp::Reverse(note.severity), note.entry));
    let finding = |note: Note| Finding {
        severity: note.severity,
        entry: entries[note.entry].id.clone(),
        place: None,
        message: note.message,
    };
    notes.into_iter().map(finding).collect()
}

/// What one entry shows without the others: enough phrasings, dates, known placeholders.
fn alone(i: usize, entry: &Entry, today: Date, notes: &mut Notes) {
    let count = entry.variants.len();
    if count < ENOUGH_VARIANTS {
        notes.warning(
            i,
            "variants:",
            format!("只有 {count} 种问法，建议写到 {ENOUGH_VARIANTS} 种以上"),
        );
    }
    if let Some(last) = entry.valid_until.filter(|last| *last < today) {
        notes.warning(i, "valid_until:", format!("已于 {last} 过期，不会再发出，请更新或撤下"));
    }
    match entry.review_by {
        Some(day) if day < today => {
            notes.warning(i, "review_by:", format!("应在 {day} 前复核，已逾期，请复核后改日期"));
        }
        Some(_) => {}
        None => notes.warning(i, "review_by:", "没有复核日期 review_by，请补上".to_string()),
    }
    for name in entry
        .placeholders()
        .iter()
        .filter(|name| !PLACEHOLDERS.contains(&name.as_str()))
    {
        notes.error(i, name, format!("不认识的占位符 {{{{{name}}}}}，请改成可用的名字"));
    }
    let local = entry
        .placeholders()
        .into_iter()
        .find(|name| !name.starts_with("office."));
    if let Some(name) = local.filter(|_| entry.confidence != Confidence::Local) {
        notes.warning(
            i,
            "confidence:",
            format!("用了要市局填的占位词 {{{{{name}}}}}，把握请写 local"),
        );
    }
}

/// Whether the entry wins the questions it must, and leaves those it must not win.
fn against_others(faq: &Faq, i: usize, entry: &Entry, notes: &mut Notes) {
    for text in &entry.tests.must_hit {
        let offered = faq.offers(text, entry);
        match faq.winner(text, entry.audience) {
            Some(winner) if winner == entry.id => {}
            // The asker still finds it among three; nothing wrong is said.
            Some(thief) if offered && !faq.would_say(text, &thief) => {
                notes.warning(i, text, format!("“{text}”应答本条，却排在 {thief} 后面，请补问法"));
            }
            Some(thief) => notes.error(
                i,
                text,
                format!("“{text}”应答本条，却被 {thief} 抢走，请补问法或改 {thief}"),
            ),
            None => notes.error(i, text, format!("“{text}”应答本条，却什么也没找到，请补问法")),
        }
    }
    for text in &entry.tests.must_not_hit {
        if faq.winner(text, Audience::Staff).as_ref() == Some(&entry.id) && faq.would_say(text, &entry.id) {
            notes.error(i, text, format!("“{text}”不该答 {}，却会这样回答，请改问法", entry.id));
        }
    }
}

/// The texts of an answer, each once.
fn texts(entry: &Entry) -> Vec<String> {
    let mut texts = Vec::new();
    entry.answer.each_text(&mut |text| texts.push(text.to_string()));
    texts
}

#[cfg(test)]
mod tests_support {
    use super::super::entry::Entry;
    use super::super::testing::entry;
    use super::Notes;

    /// An entry with that question and that answer, written as in the files.
    pub fn answered(question: &str, answer: &str) -> Entry {
        let mut one = entry("a-1", 1, question, &[]);
        one.answer = crate::yaml::read_str(answer, std::path::Path::new("a.yaml")).unwrap();
        one
    }

    /// What a rule says of one entry, a line each.
    pub fn messages(rule: impl Fn(usize, &Entry, &mut Notes), entry: &Entry) -> String {
        let mut notes = Notes::default();
        rule(0, entry, &mut notes);
        notes
            .0
            .into_iter()
            .map(|note| note.message)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Answer;
    use super::super::entry::Tests;
    use super::super::lexicon::Lexicon;
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn thieves_twins_and_stale_text_are_named() {
        let mut simple = entry(
            "dereg-003",
            1,
            "简易注销要公示多少天？",
            &["简易注销公示期", "公示几天"],
        );
        simple.tests = Tests {
            must_hit: vec!["简易注销挂网公示几天".into(), "股权转让要哪些材料".into()],
            must_not_hit: vec!["简易注销公示期是多久".into()],
            must_not_say: vec!["20个工作日".into()],
        };
        simple.answer = Answer::Text("公示20个工作日。".into());
        simple.review_by = Some(jiff::civil::date(2025, 1, 1));
        let mut shares = entry("chg-003", 2, "股权转让需要什么材料？", &["股东转股要啥", "公示几天？"]);
        shares.valid_until = Some(jiff::civil::date(2024, 1, 1));
        shares.answer = Answer::Text("打{{phone}}".into());
        let base = Base::new(vec![simple, shares], Lexicon::default());
        let findings = check(&base, jiff::civil::date(2026, 11, 23));
        let text: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let text = text.join("\n");
        for part in [
            "错误：dereg-003 “股权转让要哪些材料”应答本条，却被 chg-003 抢走",
            "错误：dereg-003 “简易注销公示期是多久”不该答",
            "错误：dereg-003 答案里有不能说的“20个工作日”",
            "错误：chg-003 问法“公示几天？”与 dereg-003 相同",
            "错误：chg-003 不认识的占位符 {{phone}}",
            "提醒：chg-003 用了要市局填的占位词 {{phone}}",
            "提醒：dereg-003 只有 2 种问法",
            "提醒：dereg-003 应在 2025-01-01 前复核",
            "提醒：chg-003 已于 2024-01-01 过期",
        ] {
            assert!(text.contains(part), "{part} not in\n{text}");
        }
        assert!(!text.contains("简易注销挂网公示几天"), "{text}");
        assert_eq!(findings[0].severity, Severity::Error);
    }
}
