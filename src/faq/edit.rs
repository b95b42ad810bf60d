//! Changing an entry field by field, as editors write it in chat and on pages; and what differs between two versions.
//! Knows nothing of who may do it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Part, Section};
use super::entry::{Audience, BUSINESSES, Basis, Confidence, Entry, EntryId, KINDS, PLACEHOLDERS, Tests};
use super::questions::Asked;

/// What a draft proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proposal {
    /// An entry that the list does not have.
    New(Entry),
    /// Other content of an entry; `base` is the revision it was drawn from.
    Edit { base: i64, entry: Entry },
    /// The entry is no longer said.
    Withdraw { base: i64, entry: EntryId, why: String },
    /// The value of a placeholder, for one bureau (by its name) or for all.
    Fill {
        bureau: Option<String>,
        name: String,
        value: String,
    },
    /// Lines that people confirmed in groups, each with what answers it.
    Learn(Vec<Asked>),
    /// Lines learnt by that draft that are forgotten again.
    Unlearn { draft: i64, lines: Vec<Asked> },
}

impl Proposal {
    /// The entry as it would be, where it is one.
    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Proposal::New(entry) | Proposal::Edit { entry, .. } => Some(entry),
            Proposal::Withdraw { .. } | Proposal::Fill { .. } | Proposal::Learn(_) | Proposal::Unlearn { .. } => None,
        }
    }

    /// The same to be written at.
    pub fn entry_mut(&mut self) -> Option<&mut Entry> {
        match self {
            Proposal::New(entry) | Proposal::Edit { entry, .. } => Some(entry),
            Proposal::Withdraw { .. } | Proposal::Fill { .. } | Proposal::Learn(_) | Proposal::Unlearn { .. } => None,
        }
    }

    /// The lines it would learn or forget, in the order they are shown in.
    pub fn lines(&self) -> &[Asked] {
        match self {
            Proposal::Learn(lines) | Proposal::Unlearn { lines, .. } => lines,
            Proposal::New(_) | Proposal::Edit { .. } | Proposal::Withdraw { .. } | Proposal::Fill { .. } => &[],
        }
    }

    /// The stable name of the entry it is about.
    pub fn entry_id(&self) -> Option<&EntryId> {
        match self {
            Proposal::New(entry) | Proposal::Edit { entry, .. } => Some(&entry.id),
            Proposal::Withdraw { entry, .. } => Some(entry),
            Proposal::Fill { .. } | Proposal::Learn(_) | Proposal::Unlearn { .. } => None,
        }
    }
}

/// The fields of an entry, as editors call them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Question,
    Answer,
    Basis,
    Variants,
    Topic,
    Category,
    AppliesTo,
    Business,
    Owner,
    ReviewBy,
    ValidFrom,
    ValidUntil,
    DependsOn,
    MustHit,
    MustNotHit,
    Audience,
}

/// Every field with its word.
pub const FIELDS: [(&str, Field); 16] = [
    ("问题", Field::Question),
    ("答案", Field::Answer),
    ("依据", Field::Basis),
    ("问法", Field::Variants),
    ("专题", Field::Topic),
    ("分类", Field::Category),
    ("适用", Field::AppliesTo),
    ("业务", Field::Business),
    ("责任", Field::Owner),
    ("复核", Field::ReviewBy),
    ("生效", Field::ValidFrom),
    ("失效", Field::ValidUntil),
    ("依赖", Field::DependsOn),
    ("应答", Field::MustHit),
    ("不答", Field::MustNotHit),
    ("读者", Field::Audience),
];

/// Why a field cannot be set so; the words are the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was written.
    Empty,
    /// Not a day as 2027-06-30.
    NotADay(String),
    /// Not one of the words this field knows.
    Unknown(String, Vec<&'static str>),
    /// A placeholder nobody can fill.
    Placeholder(String),
    /// A basis names its document in 《》.
    NoDocument(String),
}

impl Field {
    /// The field an editor names.
    pub fn from_word(word: &str) -> Option<Field> {
        FIELDS.iter().find(|(name, _)| *name == word).map(|(_, field)| *field)
    }

    /// What editors call it.
    pub fn word(self) -> &'static str {
        FIELDS
            .iter()
            .find(|(_, field)| *field == self)
            .map_or("", |(word, _)| word)
    }

    /// Sets the field of `entry` to what was written. Lists are separated by ；or lines; `+…` adds to one, `-…` takes
    /// out of it, else it is replaced. An empty end date (无) means for good.
    pub fn set(self, entry: &mut Entry, text: &str) -> Result<(), Wrong> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Wrong::Empty);
        }
        match self {
            Field::Question => entry.question = text.to_owned(),
            Field::Answer => entry.answer = answer(text)?,
            Field::Basis => entry.basis = bases(text)?,
            Field::Variants => merge(&mut entry.variants, text),
            Field::Topic => entry.topic = text.to_owned(),
            Field::Category => entry.category = text.to_owned(),
            Field::AppliesTo => entry.applies_to = known(text, &KINDS)?,
            Field::Business => entry.business = known(text, &BUSINESSES)?,
            Field::Owner => entry.owner = text.to_owned(),
            Field::ReviewBy => entry.review_by = Some(day(text)?),
            Field::ValidFrom => entry.valid_from = day(text)?,
            Field::ValidUntil => entry.valid_until = if text == "无" { None } else { Some(day(text)?) },
            Field::DependsOn => merge(&mut entry.depends_on, text),
            Field::MustHit => merge(&mut entry.tests.must_hit, text),
            Field::MustNotHit => merge(&mut entry.tests.must_not_hit, text),
            Field::Audience => {
                entry.audience = match text {
                    "公开" => Audience::Public,
                    "内部" => Audience::Staff,
                    other => return Err(Wrong::Unknown(other.to_owned(), vec!["公开", "内部"])),
                }
            }
        }
        Ok(())
    }

    /// The field as people read it.
    pub fn said(self, entry: &Entry) -> String {
        let day = |day: Option<Date>| day.map_or("无".to_owned(), |day| day.to_string());
        match self {
            Field::Question => entry.question.clone(),
            Field::Answer => entry.answer.lines().join("\n"),
            Field::Basis => entry.basis.iter().map(cited).collect::<Vec<_>>().join("；"),
            Field::Variants => entry.variants.join("；"),
            Field::Topic => entry.topic.clone(),
            Field::Category => entry.category.clone(),
            Field::AppliesTo => entry.applies_to.join("；"),
            Field::Business => entry.business.join("；"),
            Field::Owner => entry.owner.clone(),
            Field::ReviewBy => day(entry.review_by),
            Field::ValidFrom => entry.valid_from.to_string(),
            Field::ValidUntil => day(entry.valid_until),
            Field::DependsOn => entry.depends_on.join("；"),
            Field::MustHit => entry.tests.must_hit.join("；"),
            Field::MustNotHit => entry.tests.must_not_hit.join("；"),
            Field::Audience => match entry.audience {
                Audience::Public => "公开".to_owned(),
                Audience::Staff => "内部".to_owned(),
            },
        }
    }
}

/// A blank entry about a question.
pub fn blank(id: EntryId, no: u32, question: &str, today: Date) -> Entry {
    Entry {
        id,
        no,
        topic: String::new(),
        category: String::new(),
        applies_to: vec!["企业".to_owned()],
        business: Vec::new(),
        question: question.to_owned(),
        variants: Vec::new(),
        answer: Answer::Text(String::new()),
        basis: Vec::new(),
        confidence: Confidence::Medium,
        audience: Audience::Public,
        owner: String::new(),
        valid_from: today,
        valid_until: None,
        review_by: None,
        depends_on: Vec::new(),
        tests: Tests::default(),
    }
}

/// The fields that must be filled before an entry is handed in and are not.
pub fn missing(entry: &Entry) -> Vec<Field> {
    let empty = |field: &Field| match field {
        Field::Question => entry.question.trim().is_empty(),
        Field::Answer => entry.answer.is_empty(),
        Field::Basis => entry.basis.is_empty(),
        Field::Variants => entry.variants.is_empty(),
        Field::Topic => entry.topic.trim().is_empty(),
        Field::Owner => entry.owner.trim().is_empty(),
        Field::ReviewBy => entry.review_by.is_none(),
        _ => false,
    };
    FIELDS.iter().map(|(_, field)| *field).filter(empty).collect()
}

/// The fields that differ, with both texts.
pub fn differences(old: &Entry, new: &Entry) -> Vec<(Field, String, String)> {
    let both = |(_, field): &(&str, Field)| (*field, field.said(old), field.said(new));
    FIELDS.iter().map(both).filter(|(_, old, new)| old != new).collect()
}

pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['；', ';', '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn merge(list: &mut Vec<String>, text: &str) {
    if let Some(added) = text.strip_prefix(['+', '＋']) {
        for item in items(added) {
            if !list.iter().any(|known| known == item) {
                list.push(item.to_owned());
            }
        }
    } else if let Some(gone) = text.strip_prefix(['-', '－']) {
        let gone: Vec<&str> = items(gone).collect();
        list.retain(|item| !gone.contains(&item.as_str()));
    } else {
        *list = items(text).map(str::to_owned).collect();
    }
}

fn known(text: &str, words: &[&'static str]) -> Result<Vec<String>, Wrong> {
    let list = text.split(['；', ';', '\n', '、', '，']).map(str::trim);
    list.filter(|item| !item.is_empty())
        .map(|item| match words.contains(&item) {
            true => Ok(item.to_owned()),
            false => Err(Wrong::Unknown(item.to_owned(), words.to_vec())),
        })
        .collect()
}

fn day(text: &str) -> Result<Date, Wrong> {
    text.parse().map_err(|_| Wrong::NotADay(text.to_owned()))
}

/// `《市场主体登记管理条例》第二十四条；《公司法》`.
fn bases(text: &str) -> Result<Vec<Basis>, Wrong> {
    let basis = |item: &str| {
        let document = item.split_once('《').and_then(|(_, rest)| rest.split_once('》'));
        let Some((source, article)) = document else {
            return Err(Wrong::NoDocument(item.to_owned()));
        };
        Ok(Basis {
            source: source.trim().to_owned(),
            article: Some(article.trim().to_owned()).filter(|article| !article.is_empty()),
        })
    };
    items(text).map(basis).collect()
}

/// A basis as it is printed: 《…》第…条.
pub fn cited(basis: &Basis) -> String {
    let source = basis.source.trim().trim_start_matches('《').trim_end_matches('》');
    format!("《{source}》{}", basis.article.as_deref().unwrap_or_default())
}

/// One text, or sections where lines begin with 结论：, 材料：…; numbered lines below a section are its list.
fn answer(text: &str) -> Result<Answer, Wrong> {
    let mut sections: Vec<(Section, Vec<String>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (section_of(line), sections.last_mut()) {
            (Some((section, rest)), _) => {
                let first = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
                sections.push((section, first.into_iter().collect()));
            }
            (None, Some((_, lines))) => lines.push(unnumbered(line).to_owned()),
            (None, None) => sections.push((Section::Conclusion, vec![line.to_owned()])),
        }
    }
    let answer = match sections.as_slice() {
        [(Section::Conclusion, lines)] if section_of(text).is_none() => Answer::Text(lines.join("\n")),
        _ => Answer::Sections(
            sections
                .into_iter()
                .map(|(section, mut lines)| match lines.len() {
                    1 => (section, Part::One(lines.remove(0))),
                    _ => (section, Part::Many(lines)),
                })
                .collect(),
        ),
    };
    let names = super::entry::names_used(&answer);
    match names.into_iter().find(|name| !PLACEHOLDERS.contains(&name.as_str())) {
        Some(name) => Err(Wrong::Placeholder(name)),
        None => Ok(answer),
    }
}

fn section_of(line: &str) -> Option<(Section, &str)> {
    const SECTIONS: [Section; 8] = [
        Section::Conclusion,
        Section::Conditions,
        Section::Materials,
        Section::Steps,
        Section::TimeLimit,
        Section::Fee,
        Section::Where,
        Section::Notice,
    ];
    SECTIONS.into_iter().find_map(|section| {
        let rest = line.strip_prefix(section.label())?;
        rest.strip_prefix(['：', ':']).map(|rest| (section, rest.trim()))
    })
}

/// `1. 申请书` without its number.
fn unnumbered(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', '．', '、', '）', ')']) {
        Some(words) if rest.len() < line.len() => words.trim_start(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn fields_are_set_as_they_are_written() {
        let mut one = entry("chg-002", 69, "变更法定代表人要什么材料？", &["换法人怎么办"]);
        Field::Answer
            .set(
                &mut one,
                "结论：带三样材料到窗口。\n材料：\n1. 申请书\n2. 决议\n时限：当场办结",
            )
            .unwrap();
        insta::assert_snapshot!(one.answer.lines().join("\n"), @r"
        带三样材料到窗口。
        材料：
        1. 申请书
        2. 决议
        时限：当场办结
        ");
        Field::Answer.set(&mut one, "一句话就够。").unwrap();
        assert_eq!(one.answer, Answer::Text("一句话就够。".into()));
        Field::Variants.set(&mut one, "+法人变更；换法人怎么办").unwrap();
        assert_eq!(one.variants, ["换法人怎么办", "法人变更"]);
        Field::Variants.set(&mut one, "-换法人怎么办").unwrap();
        assert_eq!(one.variants, ["法人变更"]);
        Field::Basis
            .set(&mut one, "《市场主体登记管理条例》第二十四条；《公司法》")
            .unwrap();
        assert_eq!(
            Field::Basis.said(&one),
            "《市场主体登记管理条例》第二十四条；《公司法》"
        );
        Field::ReviewBy.set(&mut one, "2027-06-30").unwrap();
        assert_eq!(one.review_by, Some(jiff::civil::date(2027, 6, 30)));
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        let mut one = entry("chg-002", 69, "变更法定代表人要什么材料？", &[]);
        let before = one.clone();
        let wrong = |one: &mut Entry, field: Field, text: &str| field.set(one, text).unwrap_err();
        assert_eq!(wrong(&mut one, Field::ReviewBy, "明年"), Wrong::NotADay("明年".into()));
        assert_eq!(wrong(&mut one, Field::Basis, "条例"), Wrong::NoDocument("条例".into()));
        assert_eq!(
            wrong(&mut one, Field::Answer, "打{{phone}}"),
            Wrong::Placeholder("phone".into())
        );
        assert!(matches!(
            wrong(&mut one, Field::AppliesTo, "公司们"),
            Wrong::Unknown(..)
        ));
        assert_eq!(wrong(&mut one, Field::Question, " "), Wrong::Empty);
        assert_eq!(one, before);
    }

    #[test]
    fn a_difference_shows_both_texts() {
        let old = entry("a-1", 1, "在哪办？", &["去哪"]);
        let mut new = old.clone();
        new.question = "到哪里办？".into();
        assert_eq!(
            differences(&old, &new),
            [(Field::Question, "在哪办？".to_owned(), "到哪里办？".to_owned())]
        );
        assert_eq!(
            missing(&blank("a-2".into(), 2, "新", jiff::civil::date(2026, 1, 1))).len(),
            6
        );
    }
}
