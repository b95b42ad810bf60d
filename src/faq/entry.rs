//! One item of the list: what is asked, what is answered, and on which legal basis.
//! Knows nothing of files or search; the store keeps it as JSON and gives it back unchanged.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::answer::{Answer, Section};

/// The stable name of an entry, such as `dereg-003`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub String);

impl EntryId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EntryId {
    fn from(id: &str) -> Self {
        EntryId(id.to_string())
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One question of the list with its approved answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub id: EntryId,
    /// The number in the 常见问题清单, stable.
    pub no: u32,
    pub topic: String,
    pub category: String,
    pub applies_to: Vec<String>,
    pub business: Vec<String>,
    pub question: String,
    pub variants: Vec<String>,
    pub answer: Answer,
    pub basis: Vec<Basis>,
    pub confidence: Confidence,
    pub audience: Audience,
    pub owner: String,
    pub valid_from: Date,
    /// The last day on which the answer may be said.
    pub valid_until: Option<Date>,
    pub review_by: Option<Date>,
    pub depends_on: Vec<String>,
    pub tests: Tests,
}

/// The rule an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    pub source: String,
    #[serde(default)]
    pub article: Option<String>,
}

/// How well the basis was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The full text was read.
    High,
    /// An official document, partly verified.
    Medium,
    /// Local practice; the bureau must confirm it.
    Local,
}

/// Who may read an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// Guidance and duty groups only.
    Staff,
}

/// What a message must and must not find, and what the answer must never claim; checked before an edition is published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tests {
    #[serde(default)]
    pub must_hit: Vec<String>,
    #[serde(default)]
    pub must_not_hit: Vec<String>,
    /// Wrong claims that go round; left out of the JSON where empty, so that older entries keep their digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_not_say: Vec<String>,
}

/// The kinds of enterprise an entry may apply to.
pub const KINDS: [&str; 7] = [
    "企业",
    "个体工商户",
    "农民专业合作社",
    "分支机构",
    "外资企业",
    "个人独资企业",
    "合伙企业",
];

/// The business an entry may be about.
pub const BUSINESSES: [&str; 16] = [
    "设立", "变更", "备案", "注销", "名称", "执照", "年报", "账号", "签名", "迁移", "出质", "档案", "帮办", "歇业",
    "开办", "信用",
];

/// The names an answer may leave open for a bureau to fill in.
pub const PLACEHOLDERS: [&str; 22] = [
    "platform.name",
    "platform.url",
    "platform.app",
    "platform.env",
    "platform.upload",
    "platform.support_phone",
    "office.name",
    "office.address",
    "office.hours",
    "office.phone",
    "city.office_phone",
    "credit.phone",
    "complaint.phone",
    "food.phone",
    "wechat.account",
    "post.rule",
    "bank.list",
    "seal.rule",
    "addr.rule",
    "addr.multi_rule",
    "addr.cluster_rule",
    "foreign.authority",
];

impl Entry {
    /// The question and its variants: everything a message is compared with.
    pub fn phrasings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.question.as_str()).chain(self.variants.iter().map(String::as_str))
    }

    /// A stable SHA-256 of the content, in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        // Field order is fixed by the struct and no map is involved, so the JSON is canonical.
        let json = serde_json::to_vec(self).unwrap_or_else(|_| format!("{self:?}").into_bytes());
        hex::encode(Sha256::digest(&json))
    }

    /// The placeholder names the answer uses, each once.
    pub fn placeholders(&self) -> BTreeSet<String> {
        names_used(&self.answer)
    }

    /// The names nobody has filled in.
    pub fn unfilled(&self, values: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
        let is_open = |name: &String| values(name).is_none_or(|value| value.trim().is_empty());
        self.placeholders().into_iter().filter(is_open).collect()
    }

    /// What is sure of the answer: filled, without the sections that nobody has filled in, which are named. Nothing
    /// where its conclusion is one of them.
    pub fn fill_what_is_known(&self, values: &dyn Fn(&str) -> Option<String>) -> Option<(Answer, Vec<Section>)> {
        let value = |name: &str| values(name).filter(|v| !v.trim().is_empty());
        let is_open = |text: &str| names_in(text).any(|name| value(&name).is_none());
        let (known, open) = self.answer.closed(&is_open)?;
        Some((known.map_text(&mut |text| replace(text, &value)), open))
    }

    /// Whether the answer may be said on that day; both ends count.
    pub fn valid_on(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_until.is_none_or(|last| date <= last)
    }
}

/// The pieces of a text: plain, or the name between `{{` and `}}`.
fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("{{") {
        let Some((name, after)) = inside.split_once("}}") else {
            break;
        };
        found.push((false, before));
        found.push((true, name.trim()));
        rest = after;
    }
    found.push((false, rest));
    found
}

/// The placeholder names an answer uses, each once.
pub(super) fn names_used(answer: &Answer) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    answer.each_text(&mut |text| names.extend(names_in(text)));
    names
}

fn names_in(text: &str) -> impl Iterator<Item = String> {
    pieces(text)
        .into_iter()
        .filter(|(is_name, _)| *is_name)
        .map(|(_, name)| name.to_string())
}

fn replace(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let piece = |(is_name, piece): (bool, &str)| {
        if is_name {
            value(piece).unwrap_or_default()
        } else {
            piece.to_string()
        }
    };
    pieces(text).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn an_entry_survives_the_store_and_keeps_its_digest() {
        let mut one = entry("dereg-003", 37, "简易注销要公示多少天？", &["简易注销公示期"]);
        let json = serde_json::to_string(&one).unwrap();
        let back: Entry = serde_json::from_str(&json).unwrap();
        assert_eq!(back, one);
        assert_eq!(back.digest(), one.digest());
        assert_eq!(one.digest().len(), 64);
        let before = one.digest();
        one.answer = Answer::Text("公示 45 天。".into());
        assert_ne!(one.digest(), before);
    }

    #[test]
    fn placeholders_are_filled_or_named() {
        let mut one = entry("a-1", 1, "在哪办？", &[]);
        one.answer = Answer::Text("到{{office.name}}，电话 {{ office.phone }}，{{未完".into());
        assert_eq!(
            one.placeholders().into_iter().collect::<Vec<_>>(),
            ["office.name", "office.phone"]
        );
        let of_name = |name: &str| (name == "office.name").then(|| "魏都分局".to_string());
        assert_eq!(one.unfilled(&of_name), ["office.phone"]);
        assert_eq!(one.fill_what_is_known(&of_name), None);
        assert_eq!(one.unfilled(&|_| Some(" ".to_string())).len(), 2);
        // A value is never filled again: {{ }} in it stays text.
        let (all, open) = one.fill_what_is_known(&|_| Some("{{x}}".to_string())).unwrap();
        assert_eq!(open, []);
        assert_eq!(all, Answer::Text("到{{x}}，电话 {{x}}，{{未完".into()));
    }

    #[test]
    fn validity_counts_both_ends() {
        let mut one = entry("a-1", 1, "在哪办？", &[]);
        one.valid_from = jiff::civil::date(2022, 3, 1);
        one.valid_until = Some(jiff::civil::date(2022, 3, 31));
        for (day, valid) in [
            ("2022-02-28", false),
            ("2022-03-01", true),
            ("2022-03-31", true),
            ("2022-04-01", false),
        ] {
            assert_eq!(one.valid_on(day.parse().unwrap()), valid, "{day}");
        }
    }
}
