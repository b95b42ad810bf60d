//! To editors and approvers: drafts, from the first words to the list.

use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

use super::lessons::{LessonLine, lessons, lessons_next};

pub(super) fn still_missing(draft: i64, missing: &[&str]) -> String {
    match missing.first() {
        None => format!("写好了就发：送审 {draft}"),
        Some(first) => format!("还要写：{}。例如：改稿 {draft} {first} 内容", missing.join("、")),
    }
}

/// Dismissing needs a reason.
pub fn reason_please(verb: &str, number: i64) -> Rich {
    Rich::from(format!("请写明原因，例如：{verb} {number} 只有一家问过"))
}

/// A draft as an editor reads it.
#[derive(Clone, Debug)]
pub struct DraftShown {
    pub id: i64,
    /// 第 037 条 变更法定代表人要什么材料？, 新条 …, 停用第 037 条 …
    pub about: String,
    /// Where it stands.
    pub stands: String,
    /// Who wrote at it.
    pub authors: Vec<String>,
    /// Fields with their old (empty for a new entry) and new text.
    pub fields: Vec<(String, String, String)>,
    pub lines: Vec<LessonLine>,
    pub missing: Vec<&'static str>,
    pub is_open: bool,
}

/// `草稿 5`: what it changes.
pub fn draft(shown: &DraftShown) -> Rich {
    let mut text = Rich::default()
        .bold(format!("草稿 {} {}\n", shown.id, shown.about))
        .plain(match shown.authors.is_empty() {
            true => format!("{}，由帮办从群里收来\n", shown.stands),
            false => format!("{}，拟稿：{}\n", shown.stands, shown.authors.join("、")),
        });
    text = text.plain(changed_fields(&shown.fields));
    text = text.plain(lessons(&shown.lines));
    if shown.authors.is_empty() {
        text = text.plain(lessons_next(shown));
    } else if shown.is_open {
        text = text.plain(still_missing(shown.id, &shown.missing));
    }
    text
}

pub(super) fn changed_fields(fields: &[(String, String, String)]) -> String {
    let mut text = String::new();
    for (field, old, new) in fields {
        let said = match (old.as_str(), new.as_str()) {
            ("", new) => format!("【{field}】{new}\n"),
            (old, "") => format!("【{field}】删去：{old}\n"),
            (old, new) => format!("【{field}】原：{old}\n→ {new}\n"),
        };
        text.push_str(&said);
    }
    text
}

/// Where a draft stands.
pub fn draft_stands(state: &crate::domain::list::draft::DraftState, by: &str) -> String {
    use crate::domain::list::draft::DraftState;
    match state {
        DraftState::Writing => "在写".to_owned(),
        DraftState::Submitted => "待批".to_owned(),
        DraftState::Returned { why, .. } => format!("{by}退回：{why}"),
        DraftState::Testing { .. } => format!("{by}已批，正在检验"),
        DraftState::Scheduled { on, .. } => format!("{by}已批，{on} 起用"),
        DraftState::Done {
            revision: Some(revision),
            ..
        } => format!("{by}已批，是第 {revision} 版"),
        DraftState::Done { revision: None, .. } => format!("{by}已批，生效了"),
        DraftState::Dropped { .. } => "已撤".to_owned(),
    }
}

/// An entry by its number; one that the list no longer has, without.
fn entry_named(no: Option<u32>) -> String {
    no.map_or("这一条".to_owned(), |no| format!("第 {no:03} 条"))
}

/// What a draft is about.
pub fn draft_about(kind: DraftKind<'_>) -> String {
    match kind {
        DraftKind::New(question) => format!("新条 {question}"),
        DraftKind::Edit(no, question) => format!("第 {no:03} 条 {question}"),
        DraftKind::Withdraw(no, why) => format!("停用{}：{why}", entry_named(no)),
        DraftKind::Fill(bureau, name, value) => format!("填 {} {name}：{value}", bureau.unwrap_or("全市")),
        DraftKind::Learn(lines) => format!("从群里学 {lines} 句"),
        DraftKind::Unlearn(lines, draft) => format!("收回草稿 {draft} 学的 {lines} 句"),
    }
}

/// What a draft proposes, for its name.
#[derive(Clone, Copy, Debug)]
pub enum DraftKind<'a> {
    New(&'a str),
    Edit(u32, &'a str),
    Withdraw(Option<u32>, &'a str),
    Fill(Option<&'a str>, &'a str, &'a str),
    Learn(usize),
    Unlearn(usize, i64),
}

/// `草稿`: the open ones.
pub fn drafts(rows: &[(i64, String, String)]) -> Rich {
    if rows.is_empty() {
        return Rich::from("没有草稿。发“新条 问题”写一条，或“改 条号 答案 内容”改一条。");
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|(id, about, stands)| format!("草稿 {id} {about}（{stands}）\n"))
        .collect();
    Rich::from(lines.concat())
}

/// A draft was begun or changed.
pub fn draft_written(id: i64, about: &str, missing: &[&str]) -> Rich {
    Rich::from(format!("草稿 {id}（{about}）记下了。{}", still_missing(id, missing)))
}

/// No draft of that number.
pub fn no_draft(id: i64) -> Rich {
    Rich::from(format!("没有草稿 {id}。发“草稿”看有哪些。"))
}

/// What is refused with a draft.
pub fn draft_refused(refusal: crate::domain::list::draft::DraftRefusal) -> Rich {
    use crate::domain::list::draft::DraftRefusal;
    Rich::from(match refusal {
        DraftRefusal::OwnText => "这份稿您写过，要请另一位审批来批。",
        DraftRefusal::NotSubmitted => "这份稿还没送审。拟稿人发“送审 编号”以后再批。",
        DraftRefusal::Closed => "这份稿已经定了，不能再改。要改请另起一份。",
    })
}

/// A draft is not complete.
pub fn draft_incomplete(id: i64, missing: &[&str]) -> Rich {
    Rich::from(format!("还不能送审。{}", still_missing(id, missing)))
}

/// A draft was handed in, to the editor.
pub fn draft_submitted(id: i64) -> Rich {
    Rich::from(format!("草稿 {id} 已送审，批了会告诉您。"))
}

/// A draft waits, to the approvers.
pub fn draft_waits(id: i64, about: &str, by: &str) -> Rich {
    Rich::from(format!(
        "{by}送来草稿 {id}（{about}），请看：草稿 {id}。然后发“批准 {id}”或“退回 {id} 原因”。"
    ))
}

/// A draft was given up.
pub fn draft_dropped(id: i64) -> Rich {
    Rich::from(format!("草稿 {id} 撤了。"))
}

/// Approved; the tests run now.
pub fn draft_testing(id: i64) -> Rich {
    Rich::from(format!("收到。正在用全部条目的自测和评测题检验草稿 {id}，好了告诉您。"))
}

/// How far the tests of an approved draft are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestStep {
    /// Every entry's own tests, and what people asked: done, of all.
    Tests { done: usize, all: usize },
    /// Passed; weights and thresholds are fitted again: parts done, of all.
    Fitting { done: usize, all: usize },
    /// The fitted list is tested once more.
    Again,
    /// Over, whatever came of it.
    Over,
}

/// How far the tests of an approved draft are, to the approver.
pub fn draft_progress(id: i64, step: TestStep) -> Rich {
    Rich::from(match step {
        TestStep::Tests { done, all } => {
            let percent = done * 100 / all.max(1);
            format!("草稿 {id}，三步里的第 1 步：正在检验自测和问过的话，做完 {percent}%……")
        }
        TestStep::Fitting { done, all } => {
            format!("草稿 {id}，三步里的第 2 步：自测都过了，正在重新拟合，{all} 份做完 {done} 份……")
        }
        TestStep::Again => format!("草稿 {id}，三步里的第 3 步：拟合好了，再检验一遍……"),
        TestStep::Over => format!("草稿 {id} 检验完了。"),
    })
}

/// A draft was sent back, to whoever wrote it.
pub fn draft_returned(id: i64, by: &str, why: &Masked) -> Rich {
    Rich::from(format!("草稿 {id} 被{by}退回：{why}。改好再送审。"))
}

/// Tests stopped a draft: to the approver and the authors.
pub fn draft_stopped(id: i64, findings: &[String], more: usize, of_lines: bool) -> Rich {
    let mut text = Rich::from(format!("草稿 {id} 没有通过检验，清单没有变：\n"));
    for finding in findings {
        text = text.plain(format!("· {finding}\n"));
    }
    if more > 0 {
        text = text.plain(format!("还有 {more} 处。\n"));
    }
    text.plain(match of_lines {
        true => format!("请看草稿 {id}，去掉引起它的那几句（去掉 {id} 编号），再批准 {id}。"),
        false => "请改问法、补自测，再送审。".to_owned(),
    })
}

/// The entry was changed by somebody else meanwhile.
pub fn draft_overtaken(id: i64, no: Option<u32>) -> Rich {
    let entry = entry_named(no);
    Rich::from(format!(
        "草稿 {id} 没有用上：{entry}在这期间被改过。请照新的一版另起一份。"
    ))
}

/// A draft is in the list.
pub fn draft_done(id: i64, about: &str, revision: i64, fitted: Option<&str>) -> Rich {
    let text = Rich::from(format!(
        "草稿 {id}（{about}）通过检验，已是第 {revision} 版，群里马上照它答。"
    ));
    match fitted {
        Some(fitted) => text.plain(format!("\n{fitted}")),
        None => text,
    }
}

/// Thresholds were fitted again: what can be said now, in numbers.
pub fn fitted_again(share: f32, precision: f32) -> String {
    format!(
        "门槛重新拟合了：能直接答 {:.0}%，准确率 {:.1}%。",
        share * 100.0,
        precision * 100.0
    )
}

/// Fitting again would have broken something: the old thresholds stay.
pub fn not_fitted_again() -> String {
    "重新拟合会让别的条目变差，门槛照旧。".to_owned()
}

/// A withdrawal is done.
pub fn withdrawal_done(id: i64, no: Option<u32>) -> Rich {
    let entry = entry_named(no);
    Rich::from(format!("草稿 {id} 生效：{entry}停用了，30 天内问过的人会收到说明。"))
}

/// A placeholder is filled.
pub fn fill_done(id: i64, about: &str) -> Rich {
    Rich::from(format!("草稿 {id} 生效：{about}。用到它的条目现在能直接答了。"))
}

/// Approved for a later day.
pub fn draft_scheduled(id: i64, on: &str) -> Rich {
    Rich::from(format!("草稿 {id} 通过检验，{on} 起用，在那之前照旧的答。"))
}

/// A draft of that entry is open already.
pub fn draft_open_already(no: u32, id: i64) -> Rich {
    Rich::from(format!("第 {no:03} 条已经有草稿 {id}，请接着改它：改稿 {id} 答案 内容"))
}

/// Which fields there are.
pub fn fields(known: &[&str]) -> Rich {
    Rich::from(format!(
        "能改的有：{}。例如：改 37 答案 内容。问法、应答、不答、依赖前面写 + 是加上，写 - 是去掉。",
        known.join("、")
    ))
}

/// Why a field was not set.
#[derive(Clone, Debug)]
pub enum FieldWrong<'a> {
    Empty,
    NotADay(&'a str),
    Unknown(&'a str, &'a [&'static str]),
    Placeholder(&'a str),
    NoDocument(&'a str),
}

/// What is wrong with what was written for a field.
pub fn field_wrong(field: &Masked, wrong: &FieldWrong<'_>) -> Rich {
    Rich::from(match wrong {
        FieldWrong::Empty => format!("“{field}”后面请写上内容。"),
        FieldWrong::NotADay(text) => format!("“{text}”不是日期，请写成 2027-06-30。"),
        FieldWrong::Unknown(text, known) => format!("{field}里没有“{text}”，可以写：{}。", known.join("、")),
        FieldWrong::Placeholder(name) => format!("没有 {{{{{name}}}}} 这个占位词。"),
        FieldWrong::NoDocument(text) => {
            format!("依据请写明文件，例如：《市场主体登记管理条例》第二十四条（“{text}”里没有《》）。")
        }
    })
}

/// How a placeholder is filled.
pub fn fill_usage(bureaus: &[String]) -> Rich {
    let bureau = bureaus.first().map_or("单位", String::as_str);
    Rich::from(format!(
        "请这样写：填 platform.name 名称（全市），或：填 {bureau} office.hours 工作时间"
    ))
}

/// A draft holds somebody's number or account, which is never published.
pub fn draft_private(id: i64, field: &str, words: &Masked) -> Rich {
    Rich::from(format!(
        "还不能送审：{field}里的“{words}”是个人的号码或账号，不能公开。请换成窗口或固定电话。例如：改稿 {id} {field} 内容"
    ))
}
