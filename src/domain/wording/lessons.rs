//! To editors and approvers: what can be learnt from the groups.

use crate::domain::chat::rich::Rich;
use crate::domain::list::lesson::How;
use crate::domain::privacy::Masked;

use super::DraftShown;

/// A line from a group with what answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonLine {
    pub text: Masked,
    /// The entry's number and question; none where a human must answer.
    pub answered_by: Option<(u32, String)>,
    /// The question's number, how it was shown, the bureau; none for a line somebody wrote.
    pub from: Option<(i64, How, String)>,
}

/// Lines wait for whoever keeps the list.
pub fn lessons_wait(draft: i64, lines: usize, groups: usize) -> Rich {
    Rich::from(format!(
        "群里问过、大家确认过答案的话有 {lines} 句，归 {groups} 处，可以让帮办学会。请看：草稿 {draft}"
    ))
}

/// The lines of a draft, under what answers them.
pub(super) fn lessons(lines: &[LessonLine]) -> String {
    let mut text = String::new();
    let mut above = None;
    for (at, line) in (1..).zip(lines) {
        if above != Some(&line.answered_by) {
            above = Some(&line.answered_by);
            text.push_str(&match &line.answered_by {
                Some((no, question)) => format!("【第 {no:03} 条 {question}】\n"),
                None => "【转人工】\n".to_owned(),
            });
        }
        text.push_str(&format!("{at}. {}", line.text));
        if let Some((question, how, bureau)) = &line.from {
            text.push_str(&format!("（Q{question} {bureau}，{}）", shown(*how)));
        }
        text.push('\n');
    }
    text
}

/// What can be done with a draft of lines.
pub(super) fn lessons_next(shown: &DraftShown) -> String {
    let id = shown.id;
    match shown.is_open {
        true => format!("哪句不对就去掉，例如：去掉 {id} 2 5。都对了请审批发：批准 {id}。都不要：撤稿 {id}。"),
        false => format!("学了又觉得不对，可以收回：收回 {id}，或只收回几句：收回 {id} 2 5。"),
    }
}

fn shown(how: How) -> &'static str {
    match how {
        How::Picked => "企业点选的",
        How::Adopted => "帮办员采用的",
        How::Solved => "企业说解决了",
        How::Joined => "编辑并入的",
        How::NotSolved => "企业说没解决",
        How::Fixed => "帮办员纠正过",
        How::Dismissed => "编辑不收",
    }
}

/// Lines were taken out of a draft; so many are left.
pub fn lessons_taken_out(draft: i64, left: usize) -> Rich {
    Rich::from(match left {
        0 => format!("都去掉了，草稿 {draft} 撤了。"),
        left => format!("去掉了，还剩 {left} 句，编号重新排过：草稿 {draft}。都对了请审批发：批准 {draft}。"),
    })
}

/// No line of that number in the draft.
pub fn no_such_line(draft: i64, line: i64, lines: usize) -> Rich {
    Rich::from(match lines {
        0 => format!("草稿 {draft} 不是从群里学的话，没有可以去掉的句子。"),
        lines => format!("草稿 {draft} 没有第 {line} 句，一共 {lines} 句，什么都没有改。"),
    })
}

/// What was never learnt cannot be taken back.
pub fn not_learnt(draft: i64) -> Rich {
    Rich::from(format!("草稿 {draft} 没有让帮办学过话，没有可以收回的。"))
}

/// The list has learnt, or forgotten.
pub fn lessons_done(draft: i64, about: &str, fitted: Option<&str>) -> Rich {
    let text = Rich::from(format!("草稿 {draft}（{about}）通过检验，从现在起照它答。"));
    match fitted {
        Some(fitted) => text.plain(format!("\n{fitted}")),
        None => text,
    }
}
