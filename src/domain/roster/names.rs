//! What stands in a cell for names: a person's name, or what people write there when there is none.

use super::form::tidy;
use crate::domain::clean;

/// What a cell for one person's name holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Nothing, a dash, 无.
    Nobody,
    /// 以下空白, 合计陆人, 填表人：…: words about the table, nobody's name.
    Remark,
    /// 待定, 同上: somebody is meant and not named.
    Unsaid,
    /// More than one person.
    Several,
    /// A person, without the spaces that only align the name.
    Person(String),
}

/// Whole cells that say that nobody stands there.
const NOBODY: [&str; 11] = [
    "无", "暂无", "没有", "空", "略", "无人", "na", "n/a", "none", "nil", "null",
];
/// Whole cells that leave the name open.
const UNSAID: [&str; 24] = [
    "待定",
    "待补",
    "待补充",
    "待填",
    "待报",
    "待安排",
    "待确定",
    "待明确",
    "待招",
    "待聘",
    "待配",
    "未定",
    "未确定",
    "暂缺",
    "空缺",
    "缺",
    "缺编",
    "缺员",
    "暂未确定",
    "不详",
    "同上",
    "同左",
    "tbd",
    "另报",
];
/// Beginnings of what is said about the table.
const REMARKS: [&str; 29] = [
    "以下空白",
    "以下无正文",
    "以下为空",
    "此处空白",
    "此栏空白",
    "本页空白",
    "空白",
    "合计",
    "共计",
    "总计",
    "小计",
    "填表",
    "制表",
    "填报",
    "报送",
    "审核人",
    "审批",
    "负责人",
    "经办人",
    "联系人",
    "联系电话",
    "签字",
    "签名",
    "盖章",
    "单位盖章",
    "备注",
    "说明",
    "注：",
    "注:",
];
const MARKS: &[char] = &[
    '。', '.', '！', '!', '…', '*', '＊', '－', '-', '～', '~', '"', '”', '“', '〃', '″', '/', '／', '\\',
];
/// 欧阳 小明 is one person.
const DOUBLE_SURNAMES: [&str; 26] = [
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "宇文", "夏侯",
    "端木", "轩辕", "钟离", "闻人", "澹台", "公冶", "濮阳", "淳于", "单于", "申屠", "独孤", "司空",
];

/// Reads a cell for one person's name.
pub fn read(written: &str) -> Named {
    let seen = clean::field(written);
    let name = tidy(&seen);
    let bare = name
        .trim_matches(MARKS)
        .trim_matches(['（', '）', '(', ')', '【', '】', '[', ']', '〔', '〕', '<', '>'])
        .trim_matches(MARKS)
        .to_lowercase();
    if name.chars().all(|c| matches!(c, '〃' | '″' | '"' | '”' | '“')) && !name.is_empty() {
        return Named::Unsaid;
    }
    if bare.is_empty() || NOBODY.contains(&bare.as_str()) || bare.chars().all(|c| matches!(c, '×' | '✗' | '○' | '□'))
    {
        return Named::Nobody;
    }
    if UNSAID.contains(&bare.as_str()) {
        return Named::Unsaid;
    }
    if is_remark(&bare) {
        return Named::Remark;
    }
    match several(&seen) {
        true => Named::Several,
        false => Named::Person(name),
    }
}

fn is_remark(bare: &str) -> bool {
    let counts = ["共", "计", "以上", "本页", "本单位", "应报", "实报"]
        .iter()
        .any(|word| bare.starts_with(word))
        && bare.ends_with(['人', '名', '位', '员'])
        && bare.contains(|c| clean::digit(c).is_some() || "一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾".contains(c));
    let dated = bare.contains('年') && bare.contains('月');
    let colon = bare.contains(['：', ':']);
    counts || dated || colon || bare.chars().count() > 30 || REMARKS.iter().any(|word| bare.starts_with(word))
}

/// Names parted by a sign, or by a blank where each part is a name by itself; notes in brackets aside.
fn several(seen: &str) -> bool {
    let mut outside = String::new();
    let mut depth = 0_u32;
    for c in seen.trim().chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let parts = |apart: &dyn Fn(char) -> bool| -> Vec<String> {
        let parts = outside.split(apart).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    let signs = |c: char| "、，,；;/／|｜\\＼&＆+＋\n\r".contains(c);
    if parts(&signs).len() > 1 || with_and(&outside) {
        return true;
    }
    let words = parts(&char::is_whitespace);
    let han = |word: &String| {
        word.chars()
            .all(|c| ('\u{3400}'..='\u{9fff}').contains(&c) || u32::from(c) >= 0x20000)
    };
    let double = |word: &str| DOUBLE_SURNAMES.contains(&word);
    if words.len() < 2 || !words.iter().all(han) {
        return false;
    }
    let lengths: Vec<usize> = words.iter().map(|word| word.chars().count()).collect();
    match lengths.as_slice() {
        [1, ..] if lengths.len() <= 3 => lengths.iter().skip(1).any(|length| *length > 2) && lengths.len() > 2,
        [2, ..] if double(&words[0]) => lengths.len() > 3,
        [1, 1, 1, 1] => !double(&words[..2].concat()),
        [_, 1] => false,
        _ => true,
    }
}

/// 王敏和李强: two names of at least two letters. 和 begins and ends names too, so both sides must be long enough.
fn with_and(outside: &str) -> bool {
    let long = |part: &str| part.trim().chars().count() >= 2;
    ["和", "及", "与"]
        .iter()
        .filter_map(|and| outside.split_once(and))
        .any(|(one, other)| long(one) && long(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_told_from_what_is_one() {
        for (cell, named) in [
            ("", Named::Nobody),
            ("——", Named::Nobody),
            ("无", Named::Nobody),
            ("N/A", Named::Nobody),
            ("以下空白", Named::Remark),
            ("（以下空白）", Named::Remark),
            ("以 下 空 白", Named::Remark),
            ("——以下空白——", Named::Remark),
            ("填表人：王敏", Named::Remark),
            ("负责人签字：", Named::Remark),
            ("合计陆人", Named::Remark),
            ("共6人", Named::Remark),
            ("注：兼职", Named::Remark),
            ("2026年11月29日", Named::Remark),
            ("暂缺", Named::Unsaid),
            ("待　定", Named::Unsaid),
            ("（待定）", Named::Unsaid),
            ("同上", Named::Unsaid),
            ("〃", Named::Unsaid),
            ("王敏、李强", Named::Several),
            ("王敏，李强", Named::Several),
            ("王敏 李强", Named::Several),
            ("王敏　李小强", Named::Several),
            ("王敏/李强", Named::Several),
            ("王敏\n李强", Named::Several),
            ("王敏和李强", Named::Several),
        ] {
            assert_eq!(read(cell), named, "{cell}");
        }
        for (cell, name) in [
            ("王　敏", "王敏"),
            ("王 小 明", "王小明"),
            ("王 小明", "王小明"),
            ("欧阳 小明", "欧阳小明"),
            ("欧 阳 小 明", "欧阳小明"),
            ("王敏（女）", "王敏（女）"),
            ("王敏（窗口、兼审核）", "王敏（窗口、兼审核）"),
            ("古丽·买买提", "古丽·买买提"),
            ("Li Wei", "Li Wei"),
            ("和珍", "和珍"),
            ("王和平", "王和平"),
            ("\u{202d}王敏\u{202c}", "王敏"),
        ] {
            assert_eq!(read(cell), Named::Person(name.into()), "{cell}");
        }
    }
}
