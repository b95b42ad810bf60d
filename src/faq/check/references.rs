//! Nothing an entry points at may be missing: facets of the fixed vocabulary, numbers and ids of the list,
//! the documents it rests on and their articles.

use std::collections::HashSet;

use super::super::documents::{Checked, Documents, articles};
use super::super::entry::{BUSINESSES, Confidence, Entry, KINDS};
use super::Notes;
use crate::yaml;

/// What an entry may depend on besides documents: a platform's function has no number.
const FUNCTIONS: [&str; 4] = ["功能", "平台", "小程序", "App"];

/// References to nothing, in the order of the entries.
pub(super) fn check(entries: &[Entry], documents: &Documents, notes: &mut Notes) {
    let numbers: HashSet<u32> = entries.iter().map(|entry| entry.no).collect();
    let ids: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    let families: HashSet<&str> = ids.iter().filter_map(|id| family(id)).collect();
    let sources: Vec<&str> = entries
        .iter()
        .flat_map(|entry| &entry.basis)
        .map(|basis| basis.source.as_str())
        .collect();
    for (i, entry) in entries.iter().enumerate() {
        vocabulary(i, "applies_to", &entry.applies_to, &KINDS, notes);
        vocabulary(i, "business", &entry.business, &BUSINESSES, notes);
        for text in super::texts(entry) {
            for number in list_numbers(&text).filter(|number| !numbers.contains(number)) {
                notes.error_in_answer(
                    i,
                    &format!("第{number}条"),
                    format!("提到清单第 {number} 条，清单里没有这个序号，请改正"),
                );
            }
            for id in named_ids(&text, &families).filter(|id| !ids.contains(id)) {
                notes.error_in_answer(i, id, format!("提到 {id}，清单里没有这一条，请改正"));
            }
        }
        dependencies(i, entry, &sources, notes);
        if !documents.documents.is_empty() {
            basis(i, entry, documents, notes);
        }
    }
}

fn vocabulary(i: usize, key: &str, written: &[String], known: &[&str], notes: &mut Notes) {
    if written.is_empty() {
        notes.error(i, "", format!("没有写 {key}，请从这些里选：{}", known.join("、")));
    }
    for word in written.iter().filter(|word| !known.contains(&word.as_str())) {
        let hint = yaml::nearest(word, known).map(|near| format!("是不是想写“{near}”？"));
        let hint = hint.unwrap_or_else(|| format!("可用的有：{}", known.join("、")));
        notes.error(i, word, format!("{key} 里的“{word}”不在词表里，{hint}"));
    }
}

/// 第37条 with Arabic digits is an item of the list; articles of a law are written 第三十七条.
fn list_numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split('第')
        .skip(1)
        .filter_map(|after| after.split_once('条'))
        .filter_map(|(number, _)| number.trim().parse().ok())
}

/// Words such as dereg-003 whose first part some id of the list has.
fn named_ids<'a>(text: &'a str, families: &'a HashSet<&str>) -> impl Iterator<Item = &'a str> {
    text.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        .filter(move |word| family(word).is_some_and(|family| families.contains(family)))
}

/// dereg of dereg-003.
fn family(id: &str) -> Option<&str> {
    let (family, number) = id.rsplit_once('-')?;
    (number.len() == 3 && number.chars().all(|c| c.is_ascii_digit())).then_some(family)
}

/// depends_on and basis must name the same documents: a law that changes finds its entries through depends_on.
fn dependencies(i: usize, entry: &Entry, sources: &[&str], notes: &mut Notes) {
    let functions = |depends: &str| FUNCTIONS.iter().any(|word| depends.contains(word));
    for depends in entry.depends_on.iter().filter(|depends| !functions(depends)) {
        if entry.basis.iter().any(|basis| basis.source.contains(depends.as_str())) {
            continue;
        }
        if sources.iter().any(|source| source.contains(depends.as_str())) {
            notes.warning(
                i,
                depends,
                format!("depends_on 里的“{depends}”不在本条的依据里，请补依据，或者从 depends_on 删去"),
            );
        } else {
            notes.error(
                i,
                depends,
                format!("depends_on 里的“{depends}”没有一条依据提到，请核对文号"),
            );
        }
    }
    for basis in &entry.basis {
        let depends = |depends: &String| basis.source.contains(depends.as_str()) || functions(depends);
        if !entry.depends_on.iter().any(depends) {
            notes.warning(
                i,
                &basis.source,
                format!("“{}”没写进 depends_on，它一改就找不到这一条，请补上文号", basis.source),
            );
        }
    }
}

/// Articles that exist, documents in force, confidence no higher than what was read.
fn basis(i: usize, entry: &Entry, documents: &Documents, notes: &mut Notes) {
    for basis in &entry.basis {
        let source = &basis.source;
        let Some(document) = documents.named(source) else {
            notes.warning(
                i,
                source,
                format!("documents.yaml 里没有“{source}”，请补一行，或者核对文号"),
            );
            continue;
        };
        if let Some(new) = &document.replaced_by {
            notes.error(i, source, format!("“{source}”已由{new}取代，请按现行的改写"));
        }
        if entry.valid_from < document.since {
            let since = document.since;
            notes.warning(
                i,
                "valid_from:",
                format!("valid_from 是 {}，可“{source}”{since} 才施行，请改晚", entry.valid_from),
            );
        }
        let last = document.articles.unwrap_or(u32::MAX);
        for article in articles(basis.article.as_deref().unwrap_or_default()) {
            if article > last {
                notes.error(
                    i,
                    source,
                    format!("“{source}”只有 {last} 条，没有第 {article} 条，请核对"),
                );
            }
        }
    }
    let mut known = entry.basis.iter().filter_map(|basis| documents.named(&basis.source));
    if entry.confidence == Confidence::High && !known.any(|document| document.checked == Checked::Whole) {
        notes.warning(
            i,
            "confidence:",
            "把握写了 high，可依据没有一份核对过全文，请改成 medium，或者核对全文".to_string(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::documents::Document;
    use super::super::super::entry::Basis;
    use super::super::tests_support::answered;
    use super::*;

    fn law(number: &str, since: &str, articles: u32, checked: Checked) -> Document {
        Document {
            name: "条例".into(),
            number: Some(number.into()),
            since: since.parse().unwrap(),
            articles: Some(articles),
            checked,
            replaced_by: None,
        }
    }

    #[test]
    fn dead_references_are_told() {
        let mut one = answered("怎么办？", "结论: 见清单第37条和第三十七条，也看 a-009 和 x-001。");
        one.applies_to = vec!["企业户".into()];
        one.business = Vec::new();
        one.depends_on = vec!["国务院令第746号".into(), "国务院令第1号".into(), "平台功能".into()];
        one.basis = vec![Basis {
            source: "公司法（主席令第15号）".into(),
            article: Some("第二百六十七条".into()),
        }];
        let mut two = answered("谁办？", "结论: 好。");
        (two.id, two.no) = ("a-002".into(), 2);
        two.depends_on = vec!["国务院令第746号".into()];
        two.basis = vec![Basis {
            source: "条例（国务院令第746号）".into(),
            article: None,
        }];
        let documents = Documents {
            documents: vec![
                law("主席令第15号", "2024-07-01", 266, Checked::Part),
                Document {
                    replaced_by: Some("新条例".into()),
                    ..law("国务院令第746号", "2022-03-01", 55, Checked::Whole)
                },
            ],
        };
        let mut notes = Notes::default();
        check(&[one, two], &documents, &mut notes);
        let said: Vec<&str> = notes.0.iter().map(|note| note.message.as_str()).collect();
        let said = said.join("\n");
        for part in [
            "“企业户”不在词表里，是不是想写“企业”",
            "没有写 business",
            "清单第 37 条",
            "提到 a-009",
            "“国务院令第746号”不在本条的依据里",
            "“国务院令第1号”没有一条依据提到",
            "只有 266 条，没有第 267 条",
            "2024-07-01 才施行",
            "可依据没有一份核对过全文",
            "已由新条例取代",
        ] {
            assert!(said.contains(part), "{part} not in\n{said}");
        }
        assert!(!said.contains("x-001") && !said.contains("平台功能"), "{said}");
    }
}
