//! Finds what would embarrass the bureau once an edition is served: entries that steal each other's
//! questions, text that is out of date, too few phrasings. Loading errors are found before, by reading.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;

use super::analyzer::{normalise, squeeze};
use super::entry::{Audience, Entry, EntryId, PLACEHOLDERS};
use super::index::IndexError;
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
    /// Where the entry was written, if in a file.
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

/// Everything that is wrong or weak, errors first, in the order of the entries.
pub fn check(base: &Base, today: Date) -> Result<Vec<Finding>, IndexError> {
    let faq = Faq::build(base.entries.clone(), base.lexicon.clone())?;
    let mut told: Vec<(usize, Severity, String)> = Vec::new();
    for (i, entry) in base.entries.iter().enumerate() {
        alone(entry, today, &mut |severity, message| told.push((i, severity, message)));
        against_others(&faq, entry, &mut |severity, message| told.push((i, severity, message)));
    }
    shared_phrasings(&base.entries, &mut told);
    told.sort_by_key(|(i, severity, _)| (std::cmp::Reverse(*severity), *i));
    let finding = |(i, severity, message): (usize, Severity, String)| Finding {
        severity,
        entry: base.entries[i].id.clone(),
        place: base.origin(i).map(|origin| (origin.file.clone(), origin.place)),
        message,
    };
    Ok(told.into_iter().map(finding).collect())
}

/// What one entry shows without the others.
fn alone(entry: &Entry, today: Date, tell: &mut dyn FnMut(Severity, String)) {
    let count = entry.variants.len();
    if count < ENOUGH_VARIANTS {
        tell(
            Severity::Warning,
            format!("只有 {count} 种问法，建议写到 {ENOUGH_VARIANTS} 种以上"),
        );
    }
    if let Some(last) = entry.valid_until.filter(|last| *last < today) {
        tell(Severity::Warning, format!("已于 {last} 过期，不会再发出，请更新或撤下"));
    }
    match entry.review_by {
        Some(day) if day < today => tell(Severity::Warning, format!("应在 {day} 前复核，已逾期，请复核后改日期")),
        Some(_) => {}
        None => tell(Severity::Warning, "没有复核日期 review_by，请补上".to_string()),
    }
    for name in entry
        .placeholders()
        .iter()
        .filter(|name| !PLACEHOLDERS.contains(&name.as_str()))
    {
        tell(
            Severity::Error,
            format!("不认识的占位符 {{{{{name}}}}}，请改成可用的名字"),
        );
    }
    for claim in &entry.tests.must_not_say {
        entry.answer.each_text(&mut |text| {
            if text.contains(claim.as_str()) {
                tell(
                    Severity::Error,
                    format!("答案里有不能说的“{claim}”，这是已知的错误说法，请改正"),
                );
            }
        });
    }
}

/// Whether the entry wins the questions it must, and leaves those it must not win.
fn against_others(faq: &Faq, entry: &Entry, tell: &mut dyn FnMut(Severity, String)) {
    for text in &entry.tests.must_hit {
        match faq.winner(text, entry.audience) {
            Some(winner) if winner == entry.id => {}
            Some(thief) => tell(
                Severity::Error,
                format!("“{text}”应答本条，却被 {thief} 抢走，请补问法或改 {thief}"),
            ),
            None => tell(Severity::Error, format!("“{text}”应答本条，却什么也没找到，请补问法")),
        }
    }
    for text in &entry.tests.must_not_hit {
        if faq.winner(text, Audience::Staff).as_ref() == Some(&entry.id) && faq.would_say(text, &entry.id) {
            tell(
                Severity::Error,
                format!("“{text}”不该答 {}，却会这样回答，请改问法", entry.id),
            );
        }
    }
}

/// The same words under two entries: no search could tell them apart.
fn shared_phrasings(entries: &[Entry], told: &mut Vec<(usize, Severity, String)>) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for text in entry.phrasings() {
            let owner = *first.entry(squeeze(&normalise(text))).or_insert(i);
            if owner != i {
                let other = &entries[owner].id;
                told.push((i, Severity::Error, format!("问法“{text}”与 {other} 相同，请删去一处")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
        simple.answer = super::super::Answer::Text("公示20个工作日。".into());
        simple.review_by = Some(jiff::civil::date(2025, 1, 1));
        let mut shares = entry("chg-003", 2, "股权转让需要什么材料？", &["股东转股要啥", "公示几天？"]);
        shares.valid_until = Some(jiff::civil::date(2024, 1, 1));
        shares.answer = super::super::Answer::Text("打{{phone}}".into());
        let base = Base::new(vec![simple, shares], Lexicon::default());
        let findings = check(&base, jiff::civil::date(2026, 11, 23)).unwrap();
        let text: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let text = text.join("\n");
        for part in [
            "错误：dereg-003 “股权转让要哪些材料”应答本条，却被 chg-003 抢走",
            "错误：dereg-003 “简易注销公示期是多久”不该答",
            "错误：dereg-003 答案里有不能说的“20个工作日”",
            "错误：chg-003 问法“公示几天？”与 dereg-003 相同",
            "错误：chg-003 不认识的占位符 {{phone}}",
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
