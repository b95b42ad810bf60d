//! A reply in its clauses, each with the case it speaks of: 简易 or 一般, 个体 or 公司, 网上 or 窗口.

use crate::domain::list::amount::in_digits;

/// Marks a clause ends at, and those of them that end a sentence.
const CLAUSE: &str = "。；，：？！,;?!\n";
const SENTENCE: &str = "。；？！;?!\n";

/// Groups of cases that differ; each case by its words.
const CASES: [&[&[&str]]; 8] = [
    &[&["简易"], &["一般注销", "普通注销", "一般程序", "普通程序", "一般的"]],
    &[
        &["个体"],
        &["公司", "有限", "企业"],
        &["合作社"],
        &["分公司", "分支机构", "分店"],
        &["合伙", "合伙企业"],
        &["独资", "个独", "独资企业"],
        &["股份公司"],
    ],
    &[
        &["设立", "新办", "注册", "开办", "新开"],
        &["变更", "更换", "换成"],
        &["注销", "销户"],
        &["迁移", "迁出", "迁入"],
        &["备案"],
        &["补照", "补办", "补领", "遗失", "丢了"],
        &["年报"],
    ],
    &[&["增资"], &["减资"]],
    &[
        &["网上", "线上", "平台", "手机上", "系统里"],
        &["窗口", "现场", "线下", "大厅", "纸质"],
    ],
    &[
        &["自有", "自己的房", "自家", "自己名下", "买的房"],
        &["租的", "租来", "租别人", "租房的"],
    ],
    &[
        &["本人来", "本人去", "本人办", "自己来", "法人来"],
        &["代办", "委托别人", "代理人", "别人来", "替"],
    ],
    &[
        &["换法人", "法定代表人"],
        &["换股东", "股权", "股东变"],
        &["换地址", "地址变", "住所变"],
        &["换监事"],
    ],
];

/// The place of 网上 and 窗口 among the groups.
const WAYS: usize = 4;

/// The last case mentioned of each group; zero for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cases([usize; CASES.len()]);

impl Cases {
    /// Whether both name a case of one group, and not the same.
    pub(super) fn differ(self, other: Cases) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| *a != 0 && b != 0 && *a != b)
    }

    /// The same without 网上 or 窗口.
    pub(super) fn without_ways(mut self) -> Cases {
        self.0[WAYS] = 0;
        self
    }

    fn take(&mut self, text: &str) {
        for (slot, group) in self.0.iter_mut().zip(CASES) {
            let mentions = group.iter().enumerate().flat_map(|(case, words)| {
                let ends = words
                    .iter()
                    .filter_map(|word| Some((text.rfind(word)? + word.len(), word.len())));
                ends.map(move |end| (end, case + 1))
            });
            if let Some((_, case)) = mentions.max() {
                *slot = case;
            }
        }
    }
}

/// Part of a reply between two marks.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    pub(super) text: &'a str,
    /// The clause before it in the same sentence.
    pub(super) previous: Option<&'a str>,
    /// It asks rather than tells.
    pub(super) asks: bool,
    /// Something in the sentence so far says that it does not always hold.
    pub(super) conditional: bool,
    pub(super) cases: Cases,
}

/// Words that make what follows hold only sometimes.
const CONDITIONS: [&str; 24] = [
    "如果",
    "要是",
    "若",
    "的话",
    "除非",
    "没有",
    "没得",
    "没的",
    "情况",
    "情形",
    "或者",
    "任选",
    "二选一",
    "可能",
    "也许",
    "有的",
    "涉及",
    "复杂",
    "特殊",
    "不齐",
    "看您",
    "看你",
    "外地",
    "除外",
];
const ASKS: [&str; 6] = ["吗", "是不是", "要不要", "用不用", "需不需要", "哪个"];

/// A reply as it is compared: numbers in digits, spaces between numbers and their units gone, other spaces as marks.
pub(super) fn plain(text: &str) -> String {
    let text = in_digits(text);
    let chars: Vec<char> = text.chars().collect();
    let number = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(char::is_ascii_digit);
    let mut plain = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        match c {
            ' ' | '\u{3000}' if number(i.checked_sub(1)) || number(Some(i + 1)) => {}
            ' ' | '\u{3000}' => plain.push('，'),
            '（' | '）' | '(' | ')' | '“' | '”' => {}
            c => plain.push(*c),
        }
    }
    plain
}

/// The clauses in order; empty ones are left out.
pub(super) fn clauses(text: &str) -> Vec<Clause<'_>> {
    let mut found = Vec::new();
    let mut cases = Cases::default();
    for sentence in text.split_inclusive(|c: char| SENTENCE.contains(c)) {
        let asked = sentence.ends_with(['？', '?']);
        let mut previous = None;
        let mut conditional = false;
        for part in sentence
            .split(|c: char| CLAUSE.contains(c))
            .filter(|part| !part.is_empty())
        {
            cases.take(part);
            conditional |= has(part, &CONDITIONS);
            found.push(Clause {
                text: part,
                previous,
                asks: asked || has(part, &ASKS),
                conditional,
                cases,
            });
            previous = Some(part);
        }
    }
    found
}

/// Whether a text holds one of the words.
pub(super) fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
