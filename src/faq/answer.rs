//! The wording of an answer: one text, or sections in the fixed order the bureau writes them in.
//! It renders to plain lines; how a platform shows them is not decided here.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// An approved answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Text(String),
    /// Sorted by the fixed order of [`Section`], whatever the order in the file.
    Sections(BTreeMap<Section, Part>),
}

/// The sections of an answer, in the order they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Section {
    #[serde(rename = "结论")]
    Conclusion,
    #[serde(rename = "条件")]
    Conditions,
    #[serde(rename = "材料")]
    Materials,
    #[serde(rename = "步骤")]
    Steps,
    #[serde(rename = "时限")]
    TimeLimit,
    #[serde(rename = "费用")]
    Fee,
    #[serde(rename = "去哪里")]
    Where,
    #[serde(rename = "注意")]
    Notice,
}

/// What one section says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Part {
    One(String),
    Many(Vec<String>),
}

impl Section {
    /// The label before the section.
    pub fn label(self) -> &'static str {
        match self {
            Section::Conclusion => "结论",
            Section::Conditions => "条件",
            Section::Materials => "材料",
            Section::Steps => "步骤",
            Section::TimeLimit => "时限",
            Section::Fee => "费用",
            Section::Where => "去哪里",
            Section::Notice => "注意",
        }
    }
}

impl Answer {
    /// Plain lines: the conclusion first and without a label, lists numbered.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Answer::Text(text) => trimmed(text),
            Answer::Sections(sections) => sections
                .iter()
                .flat_map(|(section, part)| section_lines(*section, part))
                .collect(),
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        let mut empty = true;
        self.each_text(&mut |text| empty &= text.trim().is_empty());
        empty
    }

    /// Visits every text of the answer.
    pub fn each_text(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Answer::Text(text) => visit(text),
            Answer::Sections(sections) => {
                for part in sections.values() {
                    match part {
                        Part::One(text) => visit(text),
                        Part::Many(items) => items.iter().for_each(|item| visit(item)),
                    }
                }
            }
        }
    }

    /// The answer without the sections that hold an open text, and which those are; nothing where what is left would
    /// say nothing: a text of its own, or an open conclusion.
    pub fn closed(&self, is_open: &dyn Fn(&str) -> bool) -> Option<(Answer, Vec<Section>)> {
        let open = |part: &Part| match part {
            Part::One(text) => is_open(text),
            Part::Many(items) => items.iter().any(|item| is_open(item)),
        };
        match self {
            Answer::Text(text) => (!is_open(text)).then(|| (self.clone(), Vec::new())),
            Answer::Sections(sections) => {
                let (dropped, kept): (BTreeMap<_, _>, BTreeMap<_, _>) =
                    sections.clone().into_iter().partition(|(_, part)| open(part));
                let dropped: Vec<Section> = dropped.into_keys().collect();
                let says_something = !kept.is_empty() && !dropped.contains(&Section::Conclusion);
                says_something.then_some((Answer::Sections(kept), dropped))
            }
        }
    }

    /// The same answer with every text changed.
    pub fn map_text(&self, change: &mut dyn FnMut(&str) -> String) -> Answer {
        match self {
            Answer::Text(text) => Answer::Text(change(text)),
            Answer::Sections(sections) => Answer::Sections(
                sections
                    .iter()
                    .map(|(section, part)| match part {
                        Part::One(text) => (*section, Part::One(change(text))),
                        Part::Many(items) => (*section, Part::Many(items.iter().map(|item| change(item)).collect())),
                    })
                    .collect(),
            ),
        }
    }
}

fn trimmed(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_string)
        .collect()
}

fn section_lines(section: Section, part: &Part) -> Vec<String> {
    let bare = section == Section::Conclusion;
    let label = section.label();
    match part {
        Part::One(text) => {
            let mut lines = trimmed(text);
            if let (false, Some(first)) = (bare, lines.first_mut()) {
                *first = format!("{label}：{first}");
            }
            lines
        }
        Part::Many(items) => match items.as_slice() {
            [] => Vec::new(),
            [only] => section_lines(section, &Part::One(only.clone())),
            _ => {
                let head = (!bare).then(|| format!("{label}："));
                let numbered = items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| format!("{}. {}", i + 1, item.trim()));
                head.into_iter().chain(numbered).collect()
            }
        },
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Answer;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("文字，或结论、条件、材料等分节")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Answer, E> {
                Ok(Answer::Text(text.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answer, A::Error> {
                let mut sections = BTreeMap::new();
                while let Some((section, part)) = map.next_entry::<Section, Part>()? {
                    if sections.insert(section, part).is_some() {
                        return Err(de::Error::custom(format!("分节“{}”写了两次，请合并", section.label())));
                    }
                }
                Ok(Answer::Sections(sections))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Part;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("文字或文字列表")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Part, E> {
                Ok(Part::One(text.to_string()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Part, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element::<String>()? {
                    items.push(item);
                }
                Ok(Part::Many(items))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;
    use std::path::Path;

    fn read(text: &str) -> Result<Answer, yaml::Problem> {
        yaml::read_str(text, Path::new("a.yaml"))
    }

    #[test]
    fn sections_are_said_in_the_fixed_order() {
        let answer =
            read("注意: 个体不用公示。\n材料: [承诺书, 申请书]\n结论: 公示 20 天。\n费用: [不收费。]\n").unwrap();
        assert_eq!(
            answer.lines(),
            [
                "公示 20 天。",
                "材料：",
                "1. 承诺书",
                "2. 申请书",
                "费用：不收费。",
                "注意：个体不用公示。"
            ]
        );
        let json = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), answer);
        assert_eq!(read("一句话").unwrap().lines(), ["一句话"]);
    }

    #[test]
    fn an_open_section_is_left_out_and_named_but_never_the_conclusion() {
        let is_open = |text: &str| text.contains('？');
        let answer = read("结论: 能寄。\n材料: [执照, 什么？]\n费用: 几块？\n注意: 签收。\n").unwrap();
        let (left, dropped) = answer.closed(&is_open).unwrap();
        assert_eq!(left.lines(), ["能寄。", "注意：签收。"]);
        assert_eq!(dropped, [Section::Materials, Section::Fee]);
        for mute in ["结论: 能寄？\n注意: 签收。\n", "材料: 什么？\n", "能寄？"] {
            assert_eq!(read(mute).unwrap().closed(&is_open), None, "{mute}");
        }
        let whole = read("能寄。").unwrap();
        assert_eq!(whole.closed(&is_open), Some((whole.clone(), Vec::new())));
    }

    #[test]
    fn wrong_sections_are_refused_with_a_hint() {
        let problem = read("结论: 好\n步聚: 去\n").unwrap_err();
        assert!(problem.message.contains("步骤"), "{problem}");
        assert_eq!(problem.line, 2);
        let problem = read("费用: 80\n").unwrap_err();
        assert!(problem.message.contains("加引号"), "{problem}");
        assert!(read("结论: 一\n结论: 二\n").is_err());
    }
}
