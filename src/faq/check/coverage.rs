//! Which kinds of enterprise and which business the list covers, and where it has holes: the content must state
//! 硬件要求, 操作步骤 and 注意事项 for all of them (许工商〔2018〕103号 三(一)2, 三(二)2). Holes are told, never refused.

use std::fmt;

use super::super::answer::{Answer, Section};
use super::super::entry::{Audience, Entry, KINDS};

/// Registration business; the rest of the vocabulary (账号, 签名, 档案, 帮办, 信用) is how it is done.
const COLUMNS: [&str; 11] = [
    "设立", "变更", "备案", "注销", "名称", "执照", "年报", "迁移", "歇业", "出质", "开办",
];
const ASPECTS: [&str; 3] = ["硬件要求", "操作步骤", "注意事项"];
/// Kinds of enterprise that are 企业 too: what is said to all enterprises is said to them.
const ENTERPRISES: [&str; 3] = ["外资企业", "个人独资企业", "合伙企业"];
/// Who has no such business: shares are pledged in companies only, branches are no newly opened enterprise.
const NONE: [(&str, &str); 7] = [
    ("个体工商户", "出质"),
    ("农民专业合作社", "出质"),
    ("分支机构", "出质"),
    ("个人独资企业", "出质"),
    ("合伙企业", "出质"),
    ("分支机构", "开办"),
    ("分支机构", "歇业"),
];
/// What the document names: 企业、个体、农民专业合作社 and 设立、变更、注销.
const NAMED: ([&str; 3], [&str; 3]) = (["企业", "个体工商户", "农民专业合作社"], ["设立", "变更", "注销"]);
/// Categories that tell which device, browser, file or certificate is needed.
const HARDWARE: [&str; 5] = [
    "系统设备/电脑浏览器",
    "系统设备/上传材料",
    "系统设备/手机办理",
    "电子签名/数字证书",
    "帮办途径/帮办服务区",
];

/// Whether an aspect is covered for one kind of enterprise and one business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Missing,
    /// Only by an entry whose local placeholders the bureau must fill in.
    Unfilled,
    Said,
}

/// The table of kinds and business; shown with its holes.
pub struct Coverage {
    rows: Vec<(&'static str, Vec<Option<[State; 3]>>)>,
}

/// The table for the public entries of a list.
pub fn coverage(entries: &[Entry]) -> Coverage {
    let public: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.audience == Audience::Public)
        .collect();
    let cell = |kind: &str, business: &str| {
        (!NONE.contains(&(kind, business))).then(|| {
            let mut states = [State::Missing; 3];
            for entry in public.iter().filter(|entry| counts(entry, kind, business)) {
                let state = if local(entry) { State::Unfilled } else { State::Said };
                for (aspect, covered) in aspects(entry).into_iter().enumerate() {
                    if covered {
                        states[aspect] = states[aspect].max(state);
                    }
                }
            }
            states
        })
    };
    let row = |kind: &'static str| (kind, COLUMNS.iter().map(|business| cell(kind, business)).collect());
    Coverage {
        rows: KINDS.into_iter().map(row).collect(),
    }
}

impl Coverage {
    /// The business of the columns, in their order.
    pub fn columns(&self) -> [&'static str; 11] {
        COLUMNS
    }

    /// The kinds of enterprise, each with a cell for every column: 有、填、缺 for each aspect; none where there is no such
    /// business.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, Vec<Option<String>>)> {
        let cell = |states: &Option<[State; 3]>| states.map(|states| states.into_iter().map(letter).collect());
        self.rows
            .iter()
            .map(move |(kind, cells)| (*kind, cells.iter().map(cell).collect()))
    }

    /// Each hole in words, those the document names first.
    pub fn holes(&self) -> Vec<String> {
        let mut holes: Vec<(bool, String)> = Vec::new();
        for (kind, cells) in &self.rows {
            for (business, states) in COLUMNS.iter().zip(cells) {
                let missing: Vec<&str> = states
                    .iter()
                    .flatten()
                    .zip(ASPECTS)
                    .filter_map(|(state, aspect)| (*state == State::Missing).then_some(aspect))
                    .collect();
                if missing.is_empty() {
                    continue;
                }
                let named = NAMED.0.contains(kind) && NAMED.1.contains(business);
                let mark = if named { "（文件点名要讲）" } else { "" };
                holes.push((!named, format!("{kind}×{business} 缺 {}{mark}", missing.join("、"))));
            }
        }
        holes.sort_by_key(|(later, _)| *later);
        holes.into_iter().map(|(_, hole)| hole).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = |text: &str, width: usize| {
            let pad = width.saturating_sub(text.chars().count());
            format!("{text}{}", "\u{3000}".repeat(pad))
        };
        writeln!(
            f,
            "覆盖表，每格依次是硬件要求、操作步骤、注意事项；“填”要等本地占位词填好："
        )?;
        write!(f, "{}", wide("", 8))?;
        for business in COLUMNS {
            write!(f, "{}", wide(business, 4))?;
        }
        for (kind, cells) in &self.rows {
            write!(f, "\n{}", wide(kind, 8))?;
            for cell in cells {
                let text = cell.map_or_else(
                    || "不涉及".to_string(),
                    |states| states.into_iter().map(letter).collect(),
                );
                write!(f, "{}", wide(&text, 4))?;
            }
        }
        Ok(())
    }
}

fn letter(state: State) -> char {
    match state {
        State::Missing => '缺',
        State::Unfilled => '填',
        State::Said => '有',
    }
}

fn counts(entry: &Entry, kind: &str, business: &str) -> bool {
    let written = |word: &str| entry.applies_to.iter().any(|applies| applies == word);
    let applies = written(kind) || (ENTERPRISES.contains(&kind) && written("企业"));
    applies && entry.business.iter().any(|own| own == business)
}

/// In the order of [`ASPECTS`]: by its category, by a section 步骤 or 材料, by a section 注意.
fn aspects(entry: &Entry) -> [bool; 3] {
    let section = |section| matches!(&entry.answer, Answer::Sections(sections) if sections.contains_key(&section));
    [
        HARDWARE.contains(&entry.category.as_str()),
        section(Section::Steps) || section(Section::Materials),
        section(Section::Notice),
    ]
}

/// Whether the entry is mute until the city fills something in; what the roster fills is no such thing.
fn local(entry: &Entry) -> bool {
    let of_roster = |name: &str| name.starts_with("office.").then(|| name.to_owned());
    entry.fill_what_is_known(&of_roster).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::answered;
    use super::*;

    /// D18 (三(一)2), D19 (三(二)2): every kind of enterprise and business, each with 硬件要求、操作步骤、注意事项.
    #[test]
    fn the_table_shows_what_is_said_and_where_nothing_is() {
        let mut entries = vec![
            answered(
                "怎么设立？",
                "结论: 网上办。\n步骤: [填报]\n注意: \"找{{office.name}}\"",
            ),
            answered("要什么电脑？", "结论: \"{{platform.env}}\""),
            answered("内部怎么做？", "结论: 好。\n步骤: [一]\n注意: 二"),
        ];
        entries[1].category = HARDWARE[0].into();
        entries[1].business = vec!["设立".into(), "注销".into()];
        entries[2].audience = Audience::Staff;
        entries[2].business = vec!["变更".into()];
        let table = coverage(&entries);
        let text = table.to_string();
        let row = |kind: &str| text.lines().find(|line| line.starts_with(kind)).unwrap().to_string();
        assert!(
            row("企业").contains("填有有\u{3000}缺缺缺\u{3000}缺缺缺\u{3000}填缺缺"),
            "{text}"
        );
        assert!(row("合伙企业").contains("填有有"), "{text}");
        assert!(
            row("个体工商户").contains("缺缺缺") && row("个体工商户").contains("不涉及"),
            "{text}"
        );
        let holes = table.holes();
        assert!(holes[0].contains("文件点名"), "{holes:?}");
        assert!(holes.contains(&"企业×变更 缺 硬件要求、操作步骤、注意事项（文件点名要讲）".to_string()));
        assert!(!holes.iter().any(|hole| hole.contains("个体工商户×出质")));
    }
}
