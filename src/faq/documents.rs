//! The laws and papers entries rest on: since when each is in force, how many articles it has, what replaced it.
//! Written by the bureau in faq/documents.yaml; a new law is a line there, not a new program.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::yaml::{self, Problem};

/// The file's name in the folder.
pub const FILE: &str = "documents.yaml";

/// The documents known; empty where the bureau wrote none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    pub documents: Vec<Document>,
}

/// One law, regulation or paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub name: String,
    /// What tells it from others of the name: 国务院令第746号.
    #[serde(default)]
    pub number: Option<String>,
    /// The day it came into force.
    pub since: Date,
    /// The number of its last article.
    #[serde(default)]
    pub articles: Option<u32>,
    pub checked: Checked,
    /// The document that holds in its stead.
    #[serde(default)]
    pub replaced_by: Option<String>,
}

/// How much of a document was read by whoever wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Checked {
    #[serde(rename = "全文")]
    Whole,
    #[serde(rename = "部分")]
    Part,
    #[serde(rename = "转载")]
    SecondHand,
}

impl Documents {
    /// Reads `documents.yaml`; a folder without one knows no documents.
    pub fn load(folder: &Path) -> Result<Documents, Problem> {
        let path = folder.join(FILE);
        if path.exists() {
            yaml::read_file(&path)
        } else {
            Ok(Documents::default())
        }
    }

    /// The document a basis names: by its number, or by its name where it has none.
    pub fn named(&self, source: &str) -> Option<&Document> {
        self.documents.iter().find(|document| {
            let mark = document.number.as_deref().unwrap_or(&document.name);
            source.contains(mark)
        })
    }
}

/// The articles a reference names in Chinese numerals, such as 第二百五十一条.
pub fn articles(text: &str) -> Vec<u32> {
    text.split('第')
        .skip(1)
        .filter_map(|after| after.split_once('条'))
        .filter_map(|(numeral, _)| value(numeral))
        .collect()
}

/// 二百五十一 as 251; nothing where it is no numeral.
fn value(numeral: &str) -> Option<u32> {
    let mut total = 0;
    let mut digit = None;
    for c in numeral.chars() {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            '零' => continue,
            _ => {
                digit = Some(u32::try_from("一二三四五六七八九".chars().position(|d| d == c)?).ok()? + 1);
                continue;
            }
        };
        total += digit.take().unwrap_or(1) * unit;
    }
    Some(total + digit.unwrap_or(0)).filter(|total| *total > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read_from_chinese_numerals() {
        for (text, expected) in [
            ("第十条", vec![10]),
            ("第十一条第二款、第二百五十一条", vec![11, 251]),
            ("第一百零一条、第三十条", vec![101, 30]),
            ("三（四）1", vec![]),
            ("第746号、第A条", vec![]),
        ] {
            assert_eq!(articles(text), expected, "{text}");
        }
    }

    #[test]
    fn a_document_is_known_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Documents::load(folder.path()).unwrap().documents.is_empty());
        std::fs::write(
            folder.path().join(FILE),
            "documents:\n  - {name: 条例, number: 国务院令第746号, since: 2022-03-01, articles: 55, checked: 全文}\n  \
             - {name: 民法典, since: 2021-01-01, checked: 部分}\n",
        )
        .unwrap();
        let known = Documents::load(folder.path()).unwrap();
        assert_eq!(
            known.named("登记管理条例（国务院令第746号）").unwrap().articles,
            Some(55)
        );
        assert_eq!(known.named("中华人民共和国民法典").unwrap().checked, Checked::Part);
        assert!(known.named("另一份条例").is_none());
    }
}
