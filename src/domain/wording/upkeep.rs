//! To editors: the entries of the list as they age: revisions, freezes, reviews, what does not help.

use super::drafts::changed_fields;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// A helper found an entry wrong, to the editors.
pub fn defect_opened(no: Option<u32>, question: &Masked, by: &str, words: &Masked) -> Rich {
    let no = no.map_or("一条".to_owned(), |no| format!("第 {no:03} 条"));
    let text = Rich::from(format!("清单{no}被{by}更正。问的是：{question}\n"));
    if words.is_empty() {
        text.plain("请核对，必要时改条目，或给它加一句“不能答这个”的测试。")
    } else {
        text.plain(format!(
            "更正为：{words}\n请核对，必要时改条目，或给它加一句“不能答这个”的测试。"
        ))
    }
}

/// No entry of that number.
pub fn no_entry(no: u32) -> Rich {
    Rich::from(format!("清单里没有第 {no:03} 条。"))
}

/// The revisions of an entry.
pub fn revisions(no: u32, question: &str, rows: &[(i64, String, String)]) -> Rich {
    let mut text = Rich::default().bold(format!("第 {no:03} 条 {question}\n"));
    for (revision, by, at) in rows {
        text = text.plain(format!("第 {revision} 版 {at} {by}\n"));
    }
    text.plain(format!(
        "对比 {no} 1 2 看差别，恢复 {no} 1 用回旧的一版（要重新批准）。"
    ))
}

/// What differs between two revisions.
pub fn revisions_compared(no: u32, one: i64, other: i64, fields: &[(String, String, String)]) -> Rich {
    if fields.is_empty() {
        return Rich::from(format!("第 {no:03} 条第 {one} 版和第 {other} 版一样。"));
    }
    Rich::default()
        .bold(format!("第 {no:03} 条 第 {one} 版 → 第 {other} 版\n"))
        .plain(changed_fields(fields))
}

/// No such revision.
pub fn no_revision(no: u32, revision: i64) -> Rich {
    Rich::from(format!("第 {no:03} 条没有第 {revision} 版。发“版本 {no}”看有哪些。"))
}

/// A frozen entry is said again.
pub fn thawed(no: u32, done: bool) -> Rich {
    if done {
        Rich::from(format!("第 {no:03} 条核对无误，又照它答了。"))
    } else {
        Rich::from(format!("第 {no:03} 条没有停着，不用解冻。"))
    }
}

/// Entries are frozen after an event, to their keepers.
pub fn frozen(why: &str, entries: &[(u32, String)], by: &str) -> Rich {
    let lines: Vec<String> = entries
        .iter()
        .map(|(no, question)| format!("第 {no:03} 条 {question}\n"))
        .collect();
    Rich::from(format!("{why}，这些条目先停下来，问到就转人工。请在{by}前核对：\n"))
        .plain(lines.concat())
        .plain("没变的发“解冻 条号”，变了的发“改 条号 答案 内容”再送审。")
}

/// Frozen entries that are due, to their keepers.
pub fn freeze_due(no: u32, why: &str) -> Rich {
    Rich::from(format!(
        "第 {no:03} 条还停着（{why}），到期了，请尽快核对：解冻 {no}，或改好送审。"
    ))
}

/// The weekly digest for editors.
pub fn weekly_digest(
    overdue: &[(u32, String, String)],
    due: &[(u32, String, String)],
    frozen: usize,
    candidates: usize,
) -> Rich {
    let mut text = Rich::default().bold("清单一周提醒\n");
    let line = |(no, question, by): &(u32, String, String)| format!("第 {no:03} 条 {question}（{by}）\n");
    if !overdue.is_empty() {
        text = text.plain(format!(
            "过了复核日子的 {} 条：\n{}",
            overdue.len(),
            overdue.iter().map(line).collect::<String>()
        ));
    }
    if !due.is_empty() {
        text = text.plain(format!(
            "一个月内要复核的 {} 条：\n{}",
            due.len(),
            due.iter().map(line).collect::<String>()
        ));
    }
    text.plain(format!(
        "口径更新中 {frozen} 条，候选 {candidates} 个。发 /candidates 看全部。"
    ))
}

/// Why an item goes back to the editors.
pub fn weak(weak: crate::domain::list::helped::Weak) -> String {
    use crate::domain::list::helped::Weak;
    match weak {
        Weak::Unsolved(share) => format!("答了以后还有 {:.0}% 的人要转人工", share * 100.0),
        Weak::NotFound(share) => format!("问的人多，只有 {:.0}% 直接找到它，请补问法", share * 100.0),
    }
}
