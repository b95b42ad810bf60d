//! Reads the YAML that people write and says in Chinese, with file, line and column, what is wrong with it.
//! The only module that knows the YAML crate; it never writes YAML, because no crate keeps comments.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_saphyr::{DuplicateKeyPolicy, Error};

pub use serde_saphyr::Spanned;

use crate::domain::clean;

mod layout;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1_000_000;
const MAX_NODES: usize = 50_000;
const MAX_DEPTH: usize = 32;
const MAX_ALIASES: usize = 1_000;

/// Something wrong in a file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", file.display())]
pub struct Problem {
    pub file: PathBuf,
    pub line: u32,
    pub column: u32,
    pub message: String,
}

/// Line and column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Problem {
    /// A problem found by a later rule at a place the reader remembered.
    pub fn at(file: &Path, place: Place, message: impl Into<String>) -> Self {
        Problem {
            file: file.to_path_buf(),
            line: place.line,
            column: place.column,
            message: message.into(),
        }
    }
}

/// Where a value stands in its file.
pub fn place<T>(value: &Spanned<T>) -> Place {
    place_of(value.referenced)
}

/// Reads a file of at most 1 MB in UTF-8, with or without a byte order mark.
pub fn read_file<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    read_str(&read_text(path)?, path)
}

/// Reads YAML text as it is seen; `file` is only for the message. What would be read otherwise than it looks is refused.
pub fn read_str<T: DeserializeOwned>(text: &str, file: &Path) -> Result<T, Problem> {
    if text.len() > MAX_BYTES {
        return Err(too_big(file));
    }
    let text = &clean::seen(text);
    let layout = layout::look(text);
    if let Some((place, message)) = layout.wrong {
        return Err(Problem::at(file, place, message));
    }
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_aliases: MAX_ALIASES,
            max_documents: 1,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let problem = explain(&error, file);
        // The parser stumbles where it is written wrong, or in the next line.
        let before = |place: &Place| (place.line..=place.line + 1).contains(&problem.line);
        match layout.hints.into_iter().find(|(place, _)| before(place)) {
            Some((place, message)) => Problem::at(file, place, message),
            None => problem,
        }
    })
}

/// Writes a value as YAML; the error is the writer's own, in English.
pub fn write<T: serde::Serialize>(value: &T) -> Result<String, String> {
    serde_saphyr::to_string(value).map_err(|error| error.to_string())
}

/// Files of a folder whose names nearly end in `.yaml`, so that nobody reads them, and what each should be called:
/// `.yml`, `.YAML`, `.yaml.txt`. Copies that editors leave (`.bak`, `~`) are none.
pub fn misnamed(folder: &Path) -> Vec<(PathBuf, String)> {
    let Ok(items) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(PathBuf, String)> = items
        .filter_map(|item| item.ok().map(|item| item.path()))
        .filter(|path| path.is_file())
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            let mut stem = name.as_str();
            while let Some((before, ending)) = stem.rsplit_once(['.', '．', '。'])
                && ["yaml", "yml", "txt", "yam", "ymal"].contains(&ending.trim().to_lowercase().as_str())
            {
                stem = before;
            }
            let ending = name[stem.len()..].to_lowercase();
            let meant = ending.contains("yml") || ending.contains("yam") || ending.contains("ymal");
            let misnamed = meant && !name.starts_with('.') && name != format!("{stem}.yaml");
            misnamed.then(|| (path, format!("{stem}.yaml")))
        })
        .collect();
    found.sort();
    found
}

/// Reads a file of at most 1 MB as UTF-8 text, naming the line of the first bad byte.
pub fn read_text(path: &Path) -> Result<String, Problem> {
    read_text_within(path, MAX_BYTES)
}

/// The same for files that programs write, of at most `most` bytes.
pub fn read_text_within(path: &Path, most: usize) -> Result<String, Problem> {
    let start = Place { line: 1, column: 1 };
    let unreadable = |error: std::io::Error| {
        Problem::at(
            path,
            start,
            format!("文件打不开，请检查是否存在、是否有读取权限（{error}）"),
        )
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > most {
        return Err(too_big(path));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|&&b| b == b'\n').count() + 1;
        let column = String::from_utf8_lossy(good)
            .lines()
            .last()
            .map_or(0, |l| l.chars().count())
            + 1;
        let column = if good.ends_with(b"\n") { 1 } else { column };
        let place = Place {
            line: number(line as u64),
            column: number(column as u64),
        };
        Problem::at(path, place, "文件不是 UTF-8 编码，请在编辑器里“另存为 UTF-8”后再试")
    })
}

fn too_big(file: &Path) -> Problem {
    let place = Place { line: 1, column: 1 };
    Problem::at(file, place, "文件超过 1 MB，请按主题拆成几个文件")
}

fn number(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn place_of(location: serde_saphyr::Location) -> Place {
    Place {
        line: number(location.line()).max(1),
        column: number(location.column()).max(1),
    }
}

fn explain(error: &Error, file: &Path) -> Problem {
    let place = error.location().map_or(Place { line: 1, column: 1 }, place_of);
    Problem::at(file, place, message(error))
}

/// The common mistakes in plain words; the parser's own words behind them where they help.
fn message(error: &Error) -> String {
    match error.without_snippet() {
        Error::SerdeUnknownField { field, expected, .. } => unknown("不认识的字段", field, expected),
        Error::SerdeUnknownVariant { variant, expected, .. } => unknown("不认识的取值", variant, expected),
        Error::SerdeMissingField { field, .. } => format!("缺少必填字段“{field}”，请补上"),
        Error::DuplicateMappingKey { key, .. } => {
            format!("字段“{}”写了两次，请合并成一处", key.as_deref().unwrap_or("?"))
        }
        Error::SerdeInvalidType {
            unexpected, expected, ..
        }
        | Error::SerdeInvalidValue {
            unexpected, expected, ..
        } => wrong_type(unexpected, expected),
        Error::InvalidScalar { ty, .. } => {
            format!("这里的写法不是要求的类型，请改成{}（{ty}）", type_name(ty))
        }
        Error::Unexpected { expected, .. } => format!("类型不对：这里要{}，请检查缩进或补全内容", type_name(expected)),
        Error::NullIntoString { .. } => "这里不能留空，请填上文字".to_string(),
        Error::Budget { breach, .. } => {
            format!("文件内容过多、嵌套过深或引用过多，已拒绝读取，请拆分或简化（{breach:?}）")
        }
        Error::AliasReplayLimitExceeded { .. } | Error::AliasExpansionLimitExceeded { .. } => {
            "引用（*别名）展开过多，已拒绝读取，请直接写出内容".to_string()
        }
        Error::UnknownAnchor { .. } => "引用了不存在的锚点（*别名），请检查名字；以 * 开头的文字要加引号".to_string(),
        Error::AliasError { error, .. } => message(error),
        Error::Eof { .. } => "文件是空的或没有写完，请补全".to_string(),
        Error::MultipleDocuments { .. } => "一个文件里只能有一份内容，请删去多余的“---”".to_string(),
        Error::Message { msg, .. } if msg.chars().any(is_han) => msg.clone(),
        other => syntax(&other.to_string()),
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn syntax(detail: &str) -> String {
    format!("YAML 写法有误，请检查缩进、冒号后的空格和引号（{}）", detail.trim())
}

fn wrong_type(unexpected: &str, expected: &str) -> String {
    let hint = if expected.contains("string") || expected.contains("文字") {
        "；数字、是/否等请加引号写成文字"
    } else {
        ""
    };
    format!("类型不对：这里要{}，写的是 {unexpected}{hint}", type_name(expected))
}

fn type_name(expected: &str) -> &str {
    match expected {
        "u32" | "u64" | "i64" | "integer" | "u16" | "u8" => "正整数",
        "bool" | "a boolean" => "true 或 false",
        "a string" | "string" => "文字",
        "string scalar" => "文字",
        "mapping start" => "“字段: 内容”",
        "a sequence" | "sequence start" => "列表",
        other => other,
    }
}

fn unknown(what: &str, name: &str, expected: &[&'static str]) -> String {
    match nearest(name, expected) {
        Some(known) => format!("{what}“{name}”，是不是想写“{known}”？"),
        None => format!("{what}“{name}”，可用的有：{}", expected.join("、")),
    }
}

/// The known word nearest to a mistyped one, if one is near enough.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = |candidate: &str| distance(name, candidate);
    let limit = (name.chars().count() / 2).clamp(1, 3);
    known
        .iter()
        .copied()
        .min_by_key(|k| near(k))
        .filter(|k| near(k) <= limit)
}

/// Edit distance with neighbours swapped counting as one mistake.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Sample {
        question: String,
        #[serde(default)]
        no: u32,
        #[serde(default)]
        list: Vec<Spanned<String>>,
    }

    fn fails(text: &str) -> Problem {
        read_str::<Sample>(text, Path::new("a.yaml")).unwrap_err()
    }

    #[test]
    fn common_mistakes_are_said_in_chinese_with_their_place() {
        for (text, line, column, part) in [
            ("question: a\nquestoin: b\n", 2, 1, "是不是想写“question”"),
            ("no: 3\n", 1, 1, "缺少必填字段“question”"),
            ("question: a\nquestion: b\n", 2, 1, "写了两次"),
            ("question: a\nno: many\n", 2, 5, "正整数"),
            ("question: [a]\n", 1, 11, ""),
            ("question: \n", 1, 10, ""),
            ("question: a\n  b: c: d\n", 2, 0, "写法有误"),
            ("", 1, 0, ""),
            ("question: *x\n", 1, 11, "锚点"),
        ] {
            let problem = fails(text);
            assert_eq!(problem.line, line, "{text:?} {problem}");
            assert!(
                column == 0 || problem.column.abs_diff(column) <= 1,
                "{text:?} {problem}"
            );
            assert!(problem.message.contains(part), "{text:?} {problem}");
            assert!(problem.message.chars().any(is_han), "{text:?} {problem}");
        }
    }

    #[test]
    fn a_sign_of_comments_never_cuts_a_sentence_short() {
        for (text, line, column) in [
            ("question: 先到大厅 #5 窗口\n", 1, 16),
            ("question: 先到大厅 # 5 窗口\n", 1, 16),
            ("question: 先到大厅，\n  再到 #5 窗口\n", 2, 6),
            ("question: a\nlist:\n  - 甲\n  - 乙 #2 楼\n", 4, 7),
            ("question: a\nlist: [甲, 乙 #2 楼\n]\n", 2, 13),
            ("question: a\nno: #3\n", 2, 5),
            ("question: 5#楼 room #3\n", 1, 20),
        ] {
            let problem = fails(text);
            assert_eq!((problem.line, problem.column), (line, column), "{text:?} {problem}");
            assert!(problem.message.contains("加引号"), "{text:?} {problem}");
        }
        for (text, question) in [
            ("# 说明 #1\nquestion: a # 说明\n  # 说明\nno: 3 # 三\n", "a"),
            ("question: \"大厅 #5 窗口\" # 说明\n", "大厅 #5 窗口"),
            ("question: '大厅\n  #5 ''窗口'' #6' # 说明\n", "大厅 #5 '窗口' #6"),
            (
                "question: |  # 说明\n  大厅 #5\n\n   #6 窗口\nno: 1\n",
                "大厅 #5\n\n #6 窗口\n",
            ),
            ("question: 5#楼C#\nlist: [甲, 乙] # 两个\n", "5#楼C#"),
        ] {
            let sample: Sample = read_str(text, Path::new("a")).unwrap();
            assert_eq!(sample.question, question, "{text:?}");
        }
    }

    #[test]
    fn blanks_that_are_none_are_named_where_they_stand() {
        for (text, line, column, part) in [
            ("question: a\n\u{a0}no: 3\n", 2, 1, "不间断空格"),
            ("question: a\n\u{3000}\u{3000}no: 3\n", 2, 1, "全角空格"),
            ("question: a\nlist:\n\t- 甲\n", 3, 1, "制表符"),
            ("question:\u{3000}怎么注销\n", 1, 10, "全角空格"),
            ("question: \u{3000}怎么注销\n", 1, 11, "全角空格"),
            ("question:\u{a0}怎么注销\nno: 3\n", 1, 10, "不间断空格"),
            ("question: a\nlist:\n  - 甲\n  -\u{3000}乙\n", 4, 4, "全角空格"),
            ("question: a\nlist:\n  - 甲\n    - 乙\n", 4, 5, "对齐"),
            ("question: a\n\u{3000}\nno: 3\n", 2, 1, "删去这一行"),
            ("question：a\nno: 3\n", 1, 9, "半角"),
            ("no: 3\nquestion:a\nlist: []\n", 2, 9, "半角"),
        ] {
            let problem = fails(text);
            assert_eq!((problem.line, problem.column), (line, column), "{text:?} {problem}");
            assert!(problem.message.contains(part), "{text:?} {problem}");
        }
        for (text, question) in [
            ("question: 看 https://a.b/c\n", "看 https://a.b/c"),
            (
                "question: |\n  \u{3000}\u{3000}先\n  \t后\nno: 1\n",
                "\u{3000}\u{3000}先\n\t后\n",
            ),
            (
                "\u{feff}question: 先\u{3000}后 # 全\n".trim_end_matches(" # 全\n"),
                "先\u{3000}后",
            ),
            ("no: 3\n\u{feff}question: a\n", "a"),
            ("question: a\u{200b}b\u{202e}\n", "ab"),
            ("question: a\n \t \nno: 3\n", "a"),
        ] {
            let sample: Sample = read_str(text, Path::new("a")).unwrap();
            assert_eq!(sample.question, question, "{text:?}");
        }
    }

    /// A key like those of entries and rosters, with lists and maps inside.
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Nested {
        entries: Vec<Inner>,
        #[serde(default)]
        note: String,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        name: String,
        #[serde(default)]
        list: Vec<String>,
        #[serde(default)]
        answer: std::collections::BTreeMap<String, String>,
    }

    #[test]
    fn a_full_width_colon_is_named_wherever_a_key_ends_with_it() {
        for (text, line, column) in [
            ("entries：\n  - name: 甲\n", 1, 8),
            ("entries:\n  - name：甲\n", 2, 9),
            ("entries:\n  - name： 甲\n    list: [乙]\n", 2, 9),
            ("entries:\n  - name: 甲\n    list：\n      - 乙\n", 3, 9),
            ("entries:\n  - name: 甲\n    list：[乙]\n", 3, 9),
            ("entries:\n  - name: 甲\n    answer：\n      结论: 可以\n", 3, 11),
            ("entries:\n  - name: 甲\nnote：好\n", 3, 5),
        ] {
            let problem = read_str::<Nested>(text, Path::new("a.yaml")).unwrap_err();
            assert_eq!((problem.line, problem.column), (line, column), "{text:?} {problem}");
            assert!(problem.message.contains("半角"), "{text:?} {problem}");
        }
        let text = "entries:\n  - name: 问：怎么办\n    list:\n      - 材料：身份证\n      - 甲：\n";
        let nested: Nested = read_str(text, Path::new("a")).unwrap();
        assert_eq!(nested.entries[0].list, ["材料：身份证", "甲："]);
    }

    #[test]
    fn dashes_that_do_not_stand_under_each_other_are_named() {
        for (text, line) in [
            ("entries:\n  - name: 甲\n - name: 乙\n", 3),
            ("entries:\n  - name: 甲\n   - name: 乙\n", 3),
            ("entries:\n- name: 甲\n - name: 乙\n", 3),
            (" entries:\n   - name: 甲\n  - name: 乙\n", 3),
            ("entries:\n  - name: 甲\n    list:\n      - 乙\n     - 丙\n", 5),
            ("entries:\n  - name: 甲\n    list:\n      - 乙\n       - 丙\n", 5),
            ("entries:\n  - name: 甲\n    list:\n    - 乙\n      - 丙\n", 5),
            ("entries:\n  - name: 甲\n    list:\n      - 乙\n   - name: 丙\n", 5),
            ("entries:\n  - name: 甲\n   list: [乙]\n", 3),
            ("entries:\n  - name: 甲\n    list:\n      -乙\n      - 丙\n", 4),
            ("entries:\n  -name: 甲\n", 2),
        ] {
            let problem = read_str::<Nested>(text, Path::new("a.yaml")).unwrap_err();
            assert_eq!(problem.line, line, "{text:?} {problem}");
            let named = ["对齐", "空一格"].iter().any(|part| problem.message.contains(part));
            assert!(named, "{text:?} {problem}");
        }
        for text in [
            "entries:\n- name: 甲\n  list:\n  - 乙\n  - 丙\n- name: 丁\n",
            "entries:\n    - name: 甲\n      list:\n          - 乙\n    -   name: 丁\n        list: [乙]\nnote: 好\n",
            "entries:\n  # 说明\n  -\n    name: 甲\n # 说明\n  - name: |\n       乙\n        - 丙\n    list: [乙,\n   丙]\n",
        ] {
            let nested: Nested = read_str(text, Path::new("a")).unwrap();
            assert_eq!(nested.entries.len(), 2, "{text:?}");
        }
    }

    #[test]
    fn text_fields_are_never_retyped() {
        for word in ["no", "0123", "1e3", "true", "2022-03-01"] {
            let sample: Sample = read_str(&format!("question: {word}\n"), Path::new("a")).unwrap();
            assert_eq!(sample.question, word);
        }
        let sample: Sample = read_str("\u{feff}question: 你好\nlist: [甲, 乙]\n", Path::new("a")).unwrap();
        assert_eq!(place(&sample.list[1]).line, 2);
    }

    #[test]
    fn bombs_are_refused_in_time() {
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            let previous = format!("*a{},", i - 1).repeat(9);
            laughs += &format!("a{i}: &a{i} [{}]\n", previous.trim_end_matches(','));
        }
        let nested = format!("question: {}", "[".repeat(100_000));
        let many = "k: [".to_string() + &"a,".repeat(60_000) + "a]";
        for bomb in [laughs, nested, many] {
            let begun = std::time::Instant::now();
            assert!(read_str::<std::collections::BTreeMap<String, Vec<String>>>(&bomb, Path::new("a")).is_err());
            assert!(begun.elapsed().as_secs() < 2);
        }
    }

    #[test]
    fn files_are_bounded_and_must_be_utf8() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, vec![b'#'; MAX_BYTES + 1]).unwrap();
        assert!(read_file::<Sample>(&path).unwrap_err().message.contains("1 MB"));
        std::fs::write(&path, b"question: a\n# \xb9\xa4\n").unwrap();
        let problem = read_file::<Sample>(&path).unwrap_err();
        assert_eq!((problem.line, problem.column), (2, 3));
        assert!(problem.message.contains("UTF-8"));
        assert!(
            read_file::<Sample>(&folder.path().join("none"))
                .unwrap_err()
                .message
                .contains("打不开")
        );
    }
}
