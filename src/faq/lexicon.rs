//! The words of the trade: what is one word, what means the same, what must never be confused,
//! and which words make a message a question or chatter. Written by the bureau in faq/lexicon.yaml.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::model::Learnt;
use crate::yaml::{self, Problem};

/// The vocabulary of one edition; empty where the bureau wrote none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lexicon {
    /// Terms the word dictionary would split.
    pub words: Vec<String>,
    pub synonyms: Vec<Synonym>,
    /// Groups of words that look alike and must not stand for each other.
    pub opposites: Vec<Vec<String>>,
    /// 怎么 吗 多久: what makes a sentence a question.
    pub question_words: Vec<String>,
    /// 打不开 没反应: a statement with one of these asks for help.
    pub trouble_words: Vec<String>,
    /// 执照 股东: what this group is about.
    pub topic_words: Vec<String>,
    /// 收到 好的 辛苦: a message of these and little else is chatter.
    pub chatter: Vec<String>,
    /// 请各单位 加V: a message with one of these is a notice or an advert.
    pub notice_words: Vec<String>,
    /// Greetings and courtesies removed before anything is compared.
    pub strip: Vec<String>,
    /// Words that say nothing about the matter.
    pub stop: Vec<String>,
    pub directions: Vec<Direction>,
    /// What stands beside it in the folder: asked questions and the fitted model.
    #[serde(skip_serializing_if = "Learnt::is_empty")]
    pub learnt: Learnt,
}

/// A way of speaking and what it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonym {
    pub say: String,
    pub means: Vec<String>,
}

/// Somebody else's matter, and their number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    pub name: String,
    pub phone: String,
    pub words: Vec<String>,
}

impl Lexicon {
    /// Reads `lexicon.yaml` and what was learnt; a folder without one has the empty lexicon.
    pub fn load(folder: &Path) -> Result<Lexicon, Problem> {
        let path = folder.join("lexicon.yaml");
        let written: Lexicon = if path.exists() {
            yaml::read_file(&path)?
        } else {
            Lexicon::default()
        };
        Ok(Lexicon {
            learnt: Learnt::of_folder(folder)?,
            ..written
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_lexicon_has_the_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Lexicon::load(folder.path()).unwrap(), Lexicon::default());
        let path = folder.path().join("lexicon.yaml");
        std::fs::write(
            &path,
            "words: [简易注销]\nsynonyms:\n  - {say: 老板, means: [法定代表人]}\n",
        )
        .unwrap();
        assert_eq!(Lexicon::load(folder.path()).unwrap().synonyms[0].means, ["法定代表人"]);
        std::fs::write(&path, "synonym: []\n").unwrap();
        assert!(Lexicon::load(folder.path()).unwrap_err().message.contains("synonyms"));
    }
}
