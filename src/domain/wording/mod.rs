//! Every sentence the bot says in chat, in plain, warm, short Chinese, by who is spoken to. The bureau proofreads this one
//! folder.

mod admin;
mod answers;
mod asker;
pub mod button;
mod cards;
mod city;
mod commands;
mod group;
mod helper;
mod ladder;
mod leave;
mod lookup;
mod parts;
mod times;
mod why;

pub use admin::*;
pub use answers::*;
pub use asker::*;
pub use cards::*;
pub use city::*;
pub use commands::*;
pub use group::*;
pub use helper::*;
pub use ladder::*;
pub use leave::*;
pub use lookup::*;
pub use parts::*;
pub use times::*;
pub use why::*;

use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;

/// A helper found an entry wrong, to the editors.
pub fn defect_opened(no: Option<u32>, question: &str, by: &str, words: &str) -> Rich {
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

/// A candidate as its line in a list shows it.
#[derive(Clone, Debug)]
pub struct CandidateLine {
    /// Its number.
    pub id: i64,
    /// What is asked.
    pub title: String,
    /// Different people in the period, and in the one before.
    pub askers: usize,
    pub askers_before: usize,
    /// The bureaus where it was asked.
    pub bureaus: Vec<String>,
}

/// A dispute as its line shows it: number, candidate, what about, and what was replied to which question.
#[derive(Clone, Debug)]
pub struct DisputeLine {
    pub id: i64,
    pub cluster: i64,
    pub about: String,
    pub one: (QuestionId, String),
    pub other: (QuestionId, String),
}

/// 待编审的一摊事: what an editor finds under 候选.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    pub candidates: Vec<CandidateLine>,
    /// Candidates that did not fit into the message.
    pub more: usize,
    pub disputes: Vec<DisputeLine>,
    /// Drafts: number, what it is about, where it stands.
    pub drafts: Vec<(i64, String, String)>,
    /// Entries to review: number in the list, question, by when.
    pub reviews: Vec<(u32, String, String)>,
    /// Frozen entries: number, what happened, by when.
    pub frozen: Vec<(u32, String, String)>,
    /// Entries that do not help: number, why.
    pub weak: Vec<(u32, String)>,
    /// Entries that helpers corrected: number, what it must not answer.
    pub defects: Vec<(u32, String)>,
}

fn trend(line: &CandidateLine) -> String {
    match (line.askers_before, line.askers.cmp(&line.askers_before)) {
        (0, _) => "新出现".to_owned(),
        (before, std::cmp::Ordering::Greater) => format!("比上期多 {} 人", line.askers - before),
        (before, std::cmp::Ordering::Less) => format!("比上期少 {} 人", before - line.askers),
        (_, std::cmp::Ordering::Equal) => "和上期一样".to_owned(),
    }
}

fn candidate_line(line: &CandidateLine) -> String {
    let bureaus = line.bureaus.join("、");
    format!(
        "{} {}（{} 人问，{}，{bureaus}）\n",
        line.id,
        line.title,
        line.askers,
        trend(line)
    )
}

fn dispute_line(line: &DisputeLine) -> String {
    format!(
        "口径 {}（候选 {}，{}）：{} 答“{}”，{} 答“{}”\n",
        line.id, line.cluster, line.about, line.one.0, line.one.1, line.other.0, line.other.1
    )
}

/// `/candidates`: everything that waits for an editor or approver.
pub fn curation(desk: &Desk) -> Rich {
    let mut text = Rich::default();
    let section = |text: Rich, title: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return text;
        }
        text.bold(format!("{title}\n")).plain(lines.concat())
    };
    text = section(
        text,
        "大家常问，还没进清单",
        desk.candidates.iter().map(candidate_line).collect(),
    );
    if desk.more > 0 {
        text = text.plain(format!("还有 {} 个，处理完这些再看。\n", desk.more));
    }
    text = section(text, "口径不一致", desk.disputes.iter().map(dispute_line).collect());
    let drafts = desk
        .drafts
        .iter()
        .map(|(id, about, stands)| format!("草稿 {id} {about}（{stands}）\n"));
    text = section(text, "草稿", drafts.collect());
    let frozen = desk
        .frozen
        .iter()
        .map(|(no, why, by)| format!("第 {no:03} 条：{why}，{by}前看完\n"));
    text = section(text, "口径更新中", frozen.collect());
    let defects = desk
        .defects
        .iter()
        .map(|(no, words)| format!("第 {no:03} 条答错过：{words}\n"));
    text = section(text, "帮办员更正过", defects.collect());
    let weak = desk.weak.iter().map(|(no, why)| format!("第 {no:03} 条：{why}\n"));
    text = section(text, "没帮上忙", weak.collect());
    let reviews = desk
        .reviews
        .iter()
        .map(|(no, question, by)| format!("第 {no:03} 条 {question}（{by}）\n"));
    text = section(text, "该复核了", reviews.collect());
    if text.0.is_empty() {
        return Rich::from("眼下没有要处理的：没有新的共性问题，没有草稿，也没有到期的条目。");
    }
    text.plain("发“候选 编号”看详情，“草稿 编号”看草稿。")
}

/// One candidate in full.
#[derive(Clone, Debug)]
pub struct CandidateShown {
    pub line: CandidateLine,
    /// How often in the period.
    pub asks: usize,
    /// How it fared: how often for which reason.
    pub reasons: Vec<(crate::domain::list::candidate::Reason, usize)>,
    /// Some ways it was asked, with their questions.
    pub samples: Vec<(QuestionId, String)>,
    /// What helpers replied.
    pub replies: Vec<(QuestionId, String)>,
    /// The nearest entry: number and question.
    pub nearest: Option<(u32, String)>,
    pub disputes: Vec<DisputeLine>,
    /// Already a draft, or not wanted.
    pub standing: Option<String>,
}

fn reason(reason: crate::domain::list::candidate::Reason) -> &'static str {
    use crate::domain::list::candidate::Reason;
    match reason {
        Reason::Answered => "清单已答",
        Reason::Ambiguous => "给了几个选项",
        Reason::Low => "把握不够，转人工",
        Reason::NoHit => "清单里没有，转人工",
        Reason::Expired => "条目过期或更新中",
        Reason::Unfilled => "本单位的内容没填",
    }
}

/// `候选 12`.
pub fn candidate(shown: &CandidateShown) -> Rich {
    let line = &shown.line;
    let mut text = Rich::default()
        .bold(format!("候选 {} {}\n", line.id, line.title))
        .plain(format!(
            "{} 人问了 {} 次，{}，{}\n",
            line.askers,
            shown.asks,
            trend(line),
            line.bureaus.join("、")
        ));
    let reasons: Vec<String> = shown
        .reasons
        .iter()
        .map(|(why, count)| format!("{} {count}", reason(*why)))
        .collect();
    text = text.plain(format!("{}\n", reasons.join("，")));
    if let Some(standing) = &shown.standing {
        text = text.plain(format!("{standing}\n"));
    }
    text = text.plain("问法：\n");
    for (id, words) in &shown.samples {
        text = text.plain(format!("· {words}（{id}）\n"));
    }
    if !shown.replies.is_empty() {
        text = text.plain("帮办员答过：\n");
        for (id, words) in &shown.replies {
            text = text.plain(format!("· {words}（{id}）\n"));
        }
    }
    for dispute in &shown.disputes {
        text = text.plain(dispute_line(dispute));
    }
    if let Some((no, question)) = &shown.nearest {
        text = text.plain(format!("最近的是第 {no:03} 条：{question}\n"));
    }
    let id = line.id;
    let join = shown
        .nearest
        .as_ref()
        .map_or_else(|| format!("并入 {id} 条号"), |(no, _)| format!("并入 {id} {no}"));
    text.plain(format!(
        "收录 {id}（新条） · {join}（加问法） · 不收 {id} 原因 · 合并 {id} 编号 · 拆出 {id} 问题号 · 改名 {id} 新名字"
    ))
}

/// New candidates since the last note, to editors.
pub fn new_candidates(lines: &[CandidateLine]) -> Rich {
    let lines: Vec<String> = lines.iter().map(candidate_line).collect();
    Rich::from("这些问题问的人多，清单里还没有：\n")
        .plain(lines.concat())
        .plain("发“候选 编号”看详情。")
}

/// Replies that contradict each other, to the city desk.
pub fn dispute_opened(line: &DisputeLine) -> Rich {
    Rich::from("口径不一致，请市局定一个：\n")
        .plain(dispute_line(line))
        .plain(format!("定了以后发：口径 {} 结论", line.id))
}

/// A dispute was settled, to the editor who did.
pub fn dispute_settled(id: i64, done: bool) -> Rich {
    if done {
        Rich::from(format!(
            "口径 {id} 已定，记下了。要让大家照着答，请写进清单：收录或改条目。"
        ))
    } else {
        Rich::from(format!("没有待定的口径 {id}。发“候选”看有哪些。"))
    }
}

/// How the conclusion is typed.
pub fn dispute_needs_words(id: i64) -> Rich {
    Rich::from(format!("请把结论写在后面，例如：口径 {id} 审核 1 个工作日"))
}

/// Only editors and approvers of the city bureau.
pub fn curators_only() -> Rich {
    Rich::from("这件事由市局编辑、审批来做。您是的话，请先发 /start 绑定身份。")
}

/// Only approvers decide.
pub fn approvers_only() -> Rich {
    Rich::from("批准、退回由市局审批来做。")
}

/// No candidate of that number.
pub fn no_candidate(id: i64) -> Rich {
    Rich::from(format!("没有候选 {id}，也许已经合并了。发“候选”看有哪些。"))
}

/// A candidate is a draft or dismissed already.
pub fn candidate_closed(id: i64, standing: &str) -> Rich {
    Rich::from(format!("候选 {id} {standing}。"))
}

/// A candidate became a draft.
pub fn candidate_taken(id: i64, draft: i64, missing: &[&str]) -> Rich {
    Rich::from(format!("候选 {id} 成了草稿 {draft}。{}", still_missing(draft, missing)))
}

fn still_missing(draft: i64, missing: &[&str]) -> String {
    match missing.first() {
        None => format!("写好了就发：送审 {draft}"),
        Some(first) => format!("还要写：{}。例如：改稿 {draft} {first} 内容", missing.join("、")),
    }
}

/// Dismissing needs a reason.
pub fn reason_please(verb: &str, number: i64) -> Rich {
    Rich::from(format!("请写明原因，例如：{verb} {number} 只有一家问过"))
}

/// A candidate was dismissed.
pub fn candidate_dismissed(id: i64) -> Rich {
    Rich::from(format!("候选 {id} 不收了，原因记下了。"))
}

/// Two clusters are one now.
pub fn candidates_merged(into: i64, from: i64, moved: u64) -> Rich {
    Rich::from(format!("候选 {from} 的 {moved} 个问题并到候选 {into} 了。"))
}

/// Questions left a cluster for a new one.
pub fn candidate_split(from: i64, to: i64, moved: u64) -> Rich {
    if moved == 0 {
        return Rich::from(format!("候选 {from} 里没有这些问题，没有改动。"));
    }
    Rich::from(format!("{moved} 个问题从候选 {from} 拆到了候选 {to}。"))
}

/// A cluster has another name.
pub fn candidate_renamed(id: i64, name: &str) -> Rich {
    Rich::from(format!("候选 {id} 改叫：{name}"))
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
    pub missing: Vec<&'static str>,
    pub is_open: bool,
}

/// `草稿 5`: what it changes.
pub fn draft(shown: &DraftShown) -> Rich {
    let mut text = Rich::default()
        .bold(format!("草稿 {} {}\n", shown.id, shown.about))
        .plain(format!("{}，拟稿：{}\n", shown.stands, shown.authors.join("、")));
    text = text.plain(changed_fields(&shown.fields));
    if shown.is_open {
        text = text.plain(still_missing(shown.id, &shown.missing));
    }
    text
}

fn changed_fields(fields: &[(String, String, String)]) -> String {
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
        DraftState::Done { revision, .. } => format!("{by}已批，是第 {revision} 版"),
        DraftState::Dropped { .. } => "已撤".to_owned(),
    }
}

/// What a draft is about.
pub fn draft_about(kind: DraftKind<'_>) -> String {
    match kind {
        DraftKind::New(question) => format!("新条 {question}"),
        DraftKind::Edit(no, question) => format!("第 {no:03} 条 {question}"),
        DraftKind::Withdraw(no, why) => format!("停用第 {no:03} 条：{why}"),
        DraftKind::Fill(bureau, name, value) => format!("填 {} {name}：{value}", bureau.unwrap_or("全市")),
    }
}

/// What a draft proposes, for its name.
#[derive(Clone, Copy, Debug)]
pub enum DraftKind<'a> {
    New(&'a str),
    Edit(u32, &'a str),
    Withdraw(u32, &'a str),
    Fill(Option<&'a str>, &'a str, &'a str),
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

/// A draft was sent back, to whoever wrote it.
pub fn draft_returned(id: i64, by: &str, why: &str) -> Rich {
    Rich::from(format!("草稿 {id} 被{by}退回：{why}。改好再送审。"))
}

/// Tests stopped a draft: to the approver and the authors.
pub fn draft_stopped(id: i64, findings: &[String], more: usize) -> Rich {
    let mut text = Rich::from(format!("草稿 {id} 没有通过检验，清单没有变：\n"));
    for finding in findings {
        text = text.plain(format!("· {finding}\n"));
    }
    if more > 0 {
        text = text.plain(format!("还有 {more} 处。\n"));
    }
    text.plain("请改问法、补自测，再送审。")
}

/// The entry was changed by somebody else meanwhile.
pub fn draft_overtaken(id: i64, no: u32) -> Rich {
    Rich::from(format!(
        "草稿 {id} 没有用上：第 {no:03} 条在这期间被改过。请照新的一版另起一份。"
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
pub fn withdrawal_done(id: i64, no: u32) -> Rich {
    Rich::from(format!(
        "草稿 {id} 生效：第 {no:03} 条停用了，30 天内问过的人会收到说明。"
    ))
}

/// A placeholder is filled.
pub fn fill_done(id: i64, about: &str) -> Rich {
    Rich::from(format!("草稿 {id} 生效：{about}。用到它的条目现在能直接答了。"))
}

/// Approved for a later day.
pub fn draft_scheduled(id: i64, on: &str) -> Rich {
    Rich::from(format!("草稿 {id} 通过检验，{on} 起用，在那之前照旧的答。"))
}

/// No entry of that number.
pub fn no_entry(no: u32) -> Rich {
    Rich::from(format!("清单里没有第 {no:03} 条。"))
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
pub fn field_wrong(field: &str, wrong: &FieldWrong<'_>) -> Rich {
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

/// What became of a cluster; none while it is open.
pub fn candidate_standing(standing: &str, draft: Option<i64>, note: &str) -> Option<String> {
    match (standing, draft) {
        ("open", _) => None,
        ("drafted", Some(draft)) => Some(format!("已成草稿 {draft}")),
        ("listed", _) => Some("已进清单".to_owned()),
        ("dismissed", _) => Some(format!("不收：{note}")),
        (other, _) => Some(other.to_owned()),
    }
}

/// What two replies contradict each other about.
pub fn dispute_about(about: &str) -> &str {
    match about {
        "time_limit" => "时限",
        "fee" => "费用",
        "material" => "材料",
        "place" => "地点",
        other => other,
    }
}

/// Why an item goes back to the editors.
pub fn weak(weak: crate::domain::list::helped::Weak) -> String {
    use crate::domain::list::helped::Weak;
    match weak {
        Weak::Unsolved(share) => format!("答了以后还有 {:.0}% 的人要转人工", share * 100.0),
        Weak::NotFound(share) => format!("问的人多，只有 {:.0}% 直接找到它，请补问法", share * 100.0),
    }
}
