//! Messages with the reaction a person gave them: `questions.jsonl` of the folder, and the queries of `bangban eval`.
//! They count as phrasings of their entries, and everything fitted is fitted on them.

use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::entry::EntryId;
use crate::domain::list::lesson::How;
use crate::yaml::{self, Place, Problem};

/// The file's name in the folder.
pub const FILE: &str = "questions.jsonl";

/// One message and what should be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What the same person asked before; the message may lean on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    pub text: String,
    pub expect: Expect,
    /// Other entries that answer it as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Named>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Where it comes from; for counting apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Who showed what it expects, for a line learnt from a group; none for one that somebody wrote for the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Box<Confirmed>>,
}

/// Where a line learnt from a group comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The question's number.
    pub question: i64,
    pub how: How,
    /// The bureau it was asked at, by its name.
    pub bureau: String,
}

/// What should be done about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// Say this entry.
    Answer(EntryId),
    /// Hand over: no entry answers it.
    Escalate,
    /// Say nothing.
    Silent,
}

/// An id that may stand with or without `answer:` before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Named(pub EntryId);

/// Sets of a hundred thousand messages still fit.
const MOST_BYTES: usize = 64_000_000;
const ANSWER: &str = "answer:";

impl Asked {
    /// Whether saying that entry is right.
    pub fn accepts(&self, id: &EntryId) -> bool {
        match &self.expect {
            Expect::Answer(own) => own == id || self.also.iter().any(|also| also.0 == *id),
            Expect::Escalate | Expect::Silent => false,
        }
    }

    /// The entries it names.
    pub fn named(&self) -> impl Iterator<Item = &EntryId> {
        let own = match &self.expect {
            Expect::Answer(id) => Some(id),
            Expect::Escalate | Expect::Silent => None,
        };
        own.into_iter().chain(self.also.iter().map(|also| &also.0))
    }

    /// Reads one message a line; empty lines are skipped.
    pub fn load(path: &Path) -> Result<Vec<Asked>, Problem> {
        lines(path)
    }

    /// The questions of a folder; none where it has no such file.
    pub fn of_folder(folder: &Path) -> Result<Vec<Asked>, Problem> {
        let path = folder.join(FILE);
        if path.exists() { lines(&path) } else { Ok(Vec::new()) }
    }
}

/// Reads a file of one JSON value a line.
pub fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Problem> {
    let text = yaml::read_text_within(path, MOST_BYTES)?;
    let mut values = Vec::new();
    for (line, written) in (1..)
        .zip(text.lines())
        .filter(|(_, written)| !written.trim().is_empty())
    {
        match serde_json::from_str(written) {
            Ok(value) => values.push(value),
            Err(error) => {
                let column = u32::try_from(error.column()).unwrap_or(1).max(1);
                return Err(Problem::at(
                    path,
                    Place { line, column },
                    format!("这一行读不懂（{error}）"),
                ));
            }
        }
    }
    Ok(values)
}

impl Serialize for Expect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Expect::Answer(id) => serializer.serialize_str(&format!("{ANSWER}{id}")),
            Expect::Escalate => serializer.serialize_str("escalate"),
            Expect::Silent => serializer.serialize_str("silent"),
        }
    }
}

impl<'de> Deserialize<'de> for Expect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "escalate" => Ok(Expect::Escalate),
            "silent" => Ok(Expect::Silent),
            other => match other.strip_prefix(ANSWER) {
                Some(id) => Ok(Expect::Answer(id.into())),
                None => Err(serde::de::Error::custom("expect 应是 answer:编号、escalate 或 silent")),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Named(text.strip_prefix(ANSWER).unwrap_or(&text).into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_and_a_wrong_one_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Asked::of_folder(folder.path()).unwrap(), []);
        let path = folder.path().join(FILE);
        let good = "{\"text\":\"挂网几天\",\"expect\":\"answer:dereg-003\",\"also\":[\"answer:dereg-002\",\"dereg-001\"]}\n\n\
            {\"text\":\"收到\",\"expect\":\"silent\"}\n";
        std::fs::write(&path, good).unwrap();
        let read = Asked::of_folder(folder.path()).unwrap();
        assert_eq!(read.len(), 2);
        for id in ["dereg-001", "dereg-002", "dereg-003"] {
            assert!(read[0].accepts(&id.into()), "{id}");
        }
        assert!(!read[1].accepts(&"dereg-001".into()));
        std::fs::write(&path, format!("{good}{{\"text\":\"在吗\",\"expect\":\"answer\"}}\n")).unwrap();
        assert_eq!(Asked::of_folder(folder.path()).unwrap_err().line, 4);
    }
}
