//! Reads the folder the bureau writes and reports every problem at once, each with its place.
//! A folder with one bad file gives no base at all, so the edition being served stays.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::answer::Answer;
use super::defects::{self, Defect};
use super::documents::{self, Documents};
use super::entry::{Audience, Basis, Confidence, Entry, EntryId, PLACEHOLDERS, Tests};
use super::lexicon::Lexicon;
use super::questions;
use crate::domain::clean;
use crate::yaml::{self, Place, Problem, Spanned};

/// Names in the folder that hold no entries.
const RESERVED: [&str; 3] = ["lexicon.yaml", defects::FILE, documents::FILE];

/// A knowledge base as it stands in its files.
#[derive(Debug, Clone, Default)]
pub struct Base {
    pub entries: Vec<Entry>,
    pub lexicon: Lexicon,
    pub documents: Documents,
    pub defects: Vec<Defect>,
    origins: Vec<Origin>,
    /// The files as written, so that a later rule can point at a word.
    texts: HashMap<PathBuf, String>,
}

/// Where an entry was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub file: PathBuf,
    pub place: Place,
}

impl Base {
    /// Reads every topic file of a folder, or says everything that is wrong with it.
    pub fn load(folder: &Path) -> Result<Base, Vec<Problem>> {
        let mut problems = Vec::new();
        problems.extend(passed_over(folder));
        let (drafts, texts) = topics(folder, &mut problems).map_err(|problem| vec![problem])?;
        let whole = problems.is_empty();
        let lexicon = Lexicon::load(folder).unwrap_or_else(|problem| {
            problems.push(problem);
            Lexicon::default()
        });
        let mut note = |problem| problems.push(problem);
        let documents = Documents::load(folder).map_err(&mut note).unwrap_or_default();
        let defects = defects::load(folder).map_err(&mut note).unwrap_or_default();
        // Of what could not be read, nobody knows what it holds.
        if whole {
            unknown_answers(folder, &lexicon, &drafts, &mut problems);
        }
        for (file, topic, draft) in &drafts {
            judge(file, topic, draft, &mut problems);
        }
        let ids = drafts
            .iter()
            .map(|(file, _, d)| (file.as_path(), yaml::place(&d.value.id), d.value.id.value.as_str()));
        repeated(ids, "编号 id", &mut problems);
        let numbers = drafts
            .iter()
            .map(|(file, _, d)| (file.as_path(), yaml::place(&d.value.no), d.value.no.value));
        repeated(numbers, "序号 no", &mut problems);
        if !problems.is_empty() {
            problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
            return Err(problems);
        }
        let origins = drafts.iter().map(|(file, _, d)| Origin {
            file: file.clone(),
            place: yaml::place(&d.value.id),
        });
        let origins = origins.collect();
        let entries = drafts
            .into_iter()
            .map(|(_, topic, draft)| draft.value.entry(topic))
            .collect();
        Ok(Base {
            entries,
            lexicon,
            documents,
            defects,
            origins,
            texts,
        })
    }

    /// A base that came from elsewhere than files.
    pub fn new(entries: Vec<Entry>, lexicon: Lexicon) -> Base {
        Base {
            entries,
            lexicon,
            documents: Documents::default(),
            defects: Vec::new(),
            origins: Vec::new(),
            texts: HashMap::new(),
        }
    }

    /// Where the entry at that position of `entries` was written, if in a file.
    pub fn origin(&self, position: usize) -> Option<&Origin> {
        self.origins.get(position)
    }

    /// Where a piece of the entry at that position stands in its file, looked for from the key `under` on (empty:
    /// from its id); its id, where the piece is not found as written.
    pub fn place_of(&self, position: usize, under: &str, piece: &str) -> Option<(PathBuf, Place)> {
        let origin = self.origin(position)?;
        let written = self.texts.get(&origin.file).map_or("", String::as_str);
        let block = (1..).zip(written.lines()).skip(origin.place.line as usize - 1);
        let own =
            block.take_while(|(line, text)| *line == origin.place.line || !text.trim_start().starts_with("- id:"));
        let found = own
            .skip_while(|(_, text)| !text.trim_start().starts_with(under))
            .filter(|_| !piece.is_empty())
            .find_map(|(line, text)| text.find(piece).map(|at| (line, text[..at].chars().count() + 1)));
        let place = found.map_or(origin.place, |(line, column)| Place {
            line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
        });
        Some((origin.file.clone(), place))
    }
}

/// Files that are meant to hold entries and are not read, by their names: an import without them would withdraw what
/// they hold.
fn passed_over(folder: &Path) -> Vec<Problem> {
    let named = |(path, name): (PathBuf, String)| {
        let say = format!("没有读这个文件：文件名要以“.yaml”结尾，请改名为 {name}");
        Problem::at(&path, Place { line: 1, column: 1 }, say)
    };
    yaml::misnamed(folder).into_iter().map(named).collect()
}

fn topic_files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let start = Place { line: 1, column: 1 };
    let unreadable =
        |error: std::io::Error| Problem::at(folder, start, format!("文件夹打不开，请检查路径和读取权限（{error}）"));
    let mut files = Vec::new();
    for item in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = item.map_err(unreadable)?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let wanted = name.ends_with(".yaml") && !name.starts_with('.') && !RESERVED.contains(&name);
        if wanted && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    topic: String,
    entries: Vec<Spanned<Draft>>,
}

/// An entry as written, every value with its place where a later rule may object to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    id: Spanned<String>,
    no: Spanned<u32>,
    category: Spanned<String>,
    #[serde(default)]
    applies_to: Vec<String>,
    #[serde(default)]
    business: Vec<String>,
    question: Spanned<String>,
    #[serde(default)]
    variants: Vec<Spanned<String>>,
    answer: Spanned<Answer>,
    #[serde(default)]
    basis: Vec<Basis>,
    confidence: Confidence,
    #[serde(default)]
    audience: Audience,
    owner: Spanned<String>,
    valid_from: Day,
    #[serde(default)]
    valid_until: Option<Spanned<Day>>,
    #[serde(default)]
    review_by: Option<Day>,
    #[serde(default)]
    depends_on: Vec<String>,
    #[serde(default)]
    tests: Tests,
}

/// A date that explains itself in Chinese when it is wrong.
#[derive(Clone, Copy)]
struct Day(Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = clean::field(&String::deserialize(deserializer)?);
        let wrong = || serde::de::Error::custom(format!("日期“{text}”不对，应写成 2027-06-30 这样真实存在的日期"));
        let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if shaped {
            text.parse().map(Day).map_err(|_| wrong())
        } else {
            Err(wrong())
        }
    }
}

impl Draft {
    fn entry(self, topic: String) -> Entry {
        Entry {
            id: EntryId(self.id.value),
            no: self.no.value,
            topic,
            category: self.category.value,
            applies_to: self.applies_to,
            business: self.business,
            question: self.question.value,
            variants: self.variants.into_iter().map(|v| v.value).collect(),
            answer: self.answer.value,
            basis: self.basis,
            confidence: self.confidence,
            audience: self.audience,
            owner: self.owner.value,
            valid_from: self.valid_from.0,
            valid_until: self.valid_until.map(|day| day.value.0),
            review_by: self.review_by.map(|day| day.0),
            depends_on: self.depends_on,
            tests: self.tests,
        }
    }
}

/// The entries of every topic file, and the files' texts. What cannot be read is a problem, and is left out.
#[expect(clippy::type_complexity, reason = "said once and taken apart at once")]
fn topics(
    folder: &Path,
    problems: &mut Vec<Problem>,
) -> Result<(Vec<(PathBuf, String, Spanned<Draft>)>, HashMap<PathBuf, String>), Problem> {
    let (mut drafts, mut texts) = (Vec::new(), HashMap::new());
    for path in topic_files(folder)? {
        let read = yaml::read_text(&path).and_then(|text| {
            let file = yaml::read_str::<TopicFile>(&text, &path)?;
            Ok((text, file))
        });
        match read {
            Ok((text, file)) => {
                drafts.extend(file.entries.into_iter().map(|d| (path.clone(), file.topic.clone(), d)));
                texts.insert(path, text);
            }
            Err(problem) => problems.push(problem),
        }
    }
    Ok((drafts, texts))
}

/// Reports what one entry alone gets wrong.
fn judge(file: &Path, topic: &str, draft: &Spanned<Draft>, problems: &mut Vec<Problem>) {
    let d = &draft.value;
    let here = yaml::place(&d.id);
    let mut say = |place: Place, message: String| problems.push(Problem::at(file, place, message));
    if topic.trim().is_empty() {
        say(
            Place { line: 1, column: 1 },
            "主题 topic 不能为空，请填写，如“注销”".into(),
        );
    }
    let id_shape = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if d.id.value.is_empty() || !d.id.value.chars().all(id_shape) {
        say(
            here,
            format!(
                "编号 id“{}”不合规，只能用小写字母、数字和短横线，如 dereg-003",
                d.id.value
            ),
        );
    }
    if d.no.value == 0 {
        say(yaml::place(&d.no), "序号 no 从 1 开始，请改正".into());
    }
    for (name, text) in [
        ("question", &d.question),
        ("category", &d.category),
        ("owner", &d.owner),
    ] {
        if text.value.trim().is_empty() {
            say(yaml::place(text), format!("{}：{name} 是空的，请填写", d.id.value));
        }
    }
    for variant in d.variants.iter().filter(|v| v.value.trim().is_empty()) {
        say(
            yaml::place(variant),
            format!("{}：有一条空的问法，请删去或填写", d.id.value),
        );
    }
    if d.basis.is_empty() || d.basis.iter().any(|b| b.source.trim().is_empty()) {
        say(here, format!("{}：没有依据 basis，请写明法规或文件名称", d.id.value));
    }
    if d.answer.value.is_empty() {
        say(yaml::place(&d.answer), format!("{}：答案是空的，请填写", d.id.value));
    }
    if let Some(until) = d.valid_until.as_ref().filter(|until| until.value.0 < d.valid_from.0) {
        let (from, last) = (d.valid_from.0, until.value.0);
        say(
            yaml::place(until),
            format!("{}：有效期止 {last} 早于有效期起 {from}，请改正", d.id.value),
        );
    }
    for name in unknown_placeholders(&d.answer.value) {
        let hint = yaml::nearest(&name, &PLACEHOLDERS).map(|near| format!("，是不是想写 {near}？"));
        let hint = hint.unwrap_or_else(|| format!("，可用的有：{}", PLACEHOLDERS.join("、")));
        say(
            yaml::place(&d.answer),
            format!("{}：不认识的占位符 {{{{{name}}}}}{hint}", d.id.value),
        );
    }
}

/// Questions whose entry does not exist; one message a line, so the position is the line.
fn unknown_answers(
    folder: &Path,
    lexicon: &Lexicon,
    drafts: &[(PathBuf, String, Spanned<Draft>)],
    problems: &mut Vec<Problem>,
) {
    let known: HashSet<&str> = drafts
        .iter()
        .map(|(_, _, draft)| draft.value.id.value.as_str())
        .collect();
    for (line, asked) in (1..).zip(&lexicon.learnt.asked) {
        for id in asked.named().filter(|id| !known.contains(id.as_str())) {
            let place = Place { line, column: 1 };
            let message = format!("“{}”标的 {id} 不在清单里，请改编号", asked.text);
            problems.push(Problem::at(&folder.join(questions::FILE), place, message));
        }
    }
}

fn unknown_placeholders(answer: &Answer) -> Vec<String> {
    super::entry::names_used(answer)
        .into_iter()
        .filter(|name| !PLACEHOLDERS.contains(&name.as_str()))
        .collect()
}

/// Reports a key that occurs again, with both places.
fn repeated<'a, K: Hash + Eq + ToString>(
    keys: impl Iterator<Item = (&'a Path, Place, K)>,
    what: &str,
    problems: &mut Vec<Problem>,
) {
    let mut first: HashMap<K, (&Path, Place)> = HashMap::new();
    for (file, place, key) in keys {
        if let Some((other, earlier)) = first.get(&key) {
            let text = key.to_string();
            let message = format!("{what}“{text}”重复：{}:{earlier} 已经用过，请换一个", other.display());
            problems.push(Problem::at(file, place, message));
        } else {
            first.insert(key, (file, place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "topic: 注销\nentries:\n  - id: dereg-001\n    no: 1\n    category: 注销/一般\n    \
        question: 怎么注销？\n    variants: [注销流程]\n    answer: 先清算。\n    basis:\n      - {source: 条例}\n    \
        confidence: high\n    owner: 注册科\n    valid_from: 2022-03-01\n    valid_until:\n    review_by: 2027-06-30\n";

    fn load(files: &[(&str, &str)]) -> Result<Base, Vec<Problem>> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Base::load(folder.path())
    }

    #[test]
    fn a_good_folder_is_read_and_reserved_names_are_left_alone() {
        let base = load(&[
            ("a.yaml", GOOD),
            ("defects.yaml", "defects: []"),
            ("lexicon.yaml", "{}"),
        ])
        .unwrap();
        assert_eq!(base.entries.len(), 1);
        assert_eq!(base.origin(0).unwrap().place.line, 3);
        assert_eq!(base.entries[0].audience, Audience::Public);
        assert_eq!(base.entries[0].valid_until, None);
    }

    #[test]
    fn a_word_of_an_entry_is_found_where_it_stands() {
        let second = GOOD.replace("dereg-001", "dereg-002").replace("no: 1", "no: 2");
        let both = format!("{GOOD}{}", second.split_once("entries:\n").unwrap().1);
        let base = load(&[("a.yaml", &both)]).unwrap();
        let at = |position, piece| {
            base.place_of(position, "", piece)
                .map(|(_, place)| (place.line, place.column))
        };
        assert_eq!(at(0, "注销流程"), Some((7, 16)));
        assert_eq!(at(1, "注销流程"), Some((20, 16)));
        let answer = |piece| base.place_of(0, "answer:", piece).map(|(_, place)| place.line);
        assert_eq!((answer("清算"), answer("注销流程")), (Some(8), Some(3)));
        // What stands in another entry only, or nowhere, is shown at the id.
        assert_eq!(at(0, "dereg-002"), Some((3, 9)));
        assert_eq!(at(1, ""), Some((16, 9)));
        assert_eq!(
            Base::new(base.entries.clone(), Lexicon::default()).place_of(0, "", "注销"),
            None
        );
    }

    #[test]
    fn files_with_other_endings_are_named_and_what_only_follows_is_left_out() {
        let files = [
            ("a.yaml", GOOD),
            ("补充.yml", GOOD),
            ("b.YAML", GOOD),
            ("c.yaml.txt", GOOD),
            (".d.yml", GOOD),
            ("e.yaml.bak", GOOD),
        ];
        let problems = load(&files).unwrap_err();
        let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 3, "{text:?}");
        for (file, name) in [
            ("补充.yml", "补充.yaml"),
            ("b.YAML", "b.yaml"),
            ("c.yaml.txt", "c.yaml"),
        ] {
            let said = text
                .iter()
                .any(|said| said.contains(file) && said.ends_with(&format!("改名为 {name}")));
            assert!(said, "{file}: {text:?}");
        }
        let line = |n: i32| format!("{{\"text\": \"怎么注销{n}\", \"expect\": \"answer:dereg-001\"}}\n");
        let asked: String = (0..50).map(line).collect();
        let broken = load(&[
            ("a.yaml", &GOOD.replace("    no: 1", "\u{a0}   no: 1")),
            (questions::FILE, &asked),
        ]);
        let problems = broken.unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].message.contains("不间断空格") && problems[0].line == 4,
            "{problems:?}"
        );
    }

    #[test]
    fn every_problem_is_reported_with_its_place() {
        let second = GOOD
            .replace("怎么注销？", "''")
            .replace("先清算。", "\"打{{ofice.phone}}\"");
        let third = GOOD
            .replace("- {source: 条例}", "[]")
            .replace("2022-03-01", "2022-02-30");
        let fourth = GOOD
            .replace("dereg-001", "dereg-004")
            .replace("no: 1", "no: 4")
            .replace("owner: 注册科", "owner: ''")
            .replace("    basis:\n      - {source: 条例}\n", "");
        let fourth = fourth.replace("valid_until:", "valid_until: 2020-01-01");
        let files = [
            ("a.yaml", GOOD),
            ("b.yaml", &second),
            ("c.yaml", &third),
            ("d.yaml", &fourth),
            ("e.yaml", "topic: ["),
        ];
        let problems = load(&files).unwrap_err();
        let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let all = text.join("\n");
        for part in [
            "b.yaml:3:9: 编号 id“dereg-001”重复",
            "a.yaml:3:9 已经用过",
            "b.yaml:4:9: 序号 no“1”重复",
            "question 是空的",
            "是不是想写 office.phone",
            "日期“2022-02-30”不对",
            "dereg-004：没有依据",
            // D17 (三(一)2): a designated person keeps each entry up to date.
            "dereg-004：owner 是空的",
            "早于有效期起",
            "e.yaml:1",
        ] {
            assert!(all.contains(part), "{part} not in\n{all}");
        }
    }
}
