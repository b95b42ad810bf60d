//! To editors: what is asked often and not in the list, and replies that contradict each other.

use super::drafts::still_missing;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// A candidate as its line in a list shows it.
#[derive(Clone, Debug)]
pub struct CandidateLine {
    /// Its number.
    pub id: i64,
    /// What is asked.
    pub title: Masked,
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
    pub one: (QuestionId, Masked),
    pub other: (QuestionId, Masked),
}

/// A candidate that may ask the same as another, with how it was asked.
#[derive(Clone, Debug)]
pub struct AlikeLine {
    pub line: CandidateLine,
    pub samples: Vec<(QuestionId, Masked)>,
}

/// 待编审的一摊事: what an editor finds under 候选.
#[derive(Clone, Debug, Default)]
pub struct EditorsDesk {
    pub candidates: Vec<CandidateLine>,
    /// Candidates that did not fit into the message.
    pub more: usize,
    /// Few asked each of them, many all together: they may be the same.
    pub alike: Vec<Vec<AlikeLine>>,
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
    pub defects: Vec<(u32, Masked)>,
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

/// Candidates beside each other, each with how it was asked.
fn alike_lines(alike: &[AlikeLine]) -> String {
    let mut text = String::new();
    for alike in alike {
        let (line, title) = (&alike.line, &alike.line.title);
        text.push_str(&format!("{} {title}（{} 人问）\n", line.id, line.askers));
        // The title is one of the ways it was asked, often the only one.
        for (id, words) in alike.samples.iter().filter(|(_, words)| words != title) {
            text.push_str(&format!("· {words}（{id}）\n"));
        }
    }
    text
}

/// How they are made one.
fn merge(alike: &[AlikeLine], into: Option<i64>) -> String {
    let ids = into.into_iter().chain(alike.iter().map(|alike| alike.line.id));
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    format!("是一回事就发：合并 {}\n", ids.join(" "))
}

fn dispute_line(line: &DisputeLine) -> String {
    format!(
        "口径 {}（候选 {}，{}）：{} 答“{}”，{} 答“{}”\n",
        line.id, line.cluster, line.about, line.one.0, line.one.1, line.other.0, line.other.1
    )
}

/// `/candidates`: everything that waits for an editor or approver.
pub fn curation(desk: &EditorsDesk) -> Rich {
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
    let groups = desk.alike.iter();
    let groups = groups.map(|group| alike_lines(group) + &merge(group, None));
    text = section(text, "问得少、说法相近的", groups.collect());
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
    pub samples: Vec<(QuestionId, Masked)>,
    /// What helpers replied.
    pub replies: Vec<(QuestionId, Masked)>,
    /// The nearest entry: number and question.
    pub nearest: Option<(u32, String)>,
    /// Other candidates that may ask the same.
    pub alike: Vec<AlikeLine>,
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
    if !shown.alike.is_empty() {
        text = text.plain("说法相近的候选：\n").plain(alike_lines(&shown.alike));
        text = text.plain(merge(&shown.alike, Some(id)).replace("是一回事就发", "是一回事就发（不是的去掉号）"));
    }
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

/// Only editors and approvers of the city bureau. `known`: it is known who asks, and they are not.
pub fn curators_only(known: bool) -> Rich {
    Rich::from(if known {
        "这件事由市局编辑、审批来做，您的名册里没有这个角色。有建议请直接告诉他们。"
    } else {
        "这件事由市局编辑、审批来做。您是的话，请先发 /start 绑定身份。"
    })
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

/// A candidate was dismissed.
pub fn candidate_dismissed(id: i64) -> Rich {
    Rich::from(format!("候选 {id} 不收了，原因记下了。"))
}

/// Two clusters are one now.
pub fn candidates_merged(into: i64, from: &[i64], moved: u64) -> Rich {
    let from: Vec<String> = from.iter().map(i64::to_string).collect();
    let from = from.join("、");
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
pub fn candidate_renamed(id: i64, name: &Masked) -> Rich {
    Rich::from(format!("候选 {id} 改叫：{name}"))
}

/// What became of a cluster; none while it is open.
pub fn candidate_standing(standing: &str, draft: Option<i64>, note: &Masked) -> Option<String> {
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

/// `候选 商标`: what was asked with these words, with what became of it.
pub fn candidates_found(words: &Masked, found: &[(CandidateLine, Option<String>)], more: usize) -> Rich {
    if found.is_empty() {
        return Rich::from(format!("没有问到“{words}”的候选。"));
    }
    let mut text = Rich::default().bold(format!("问到“{words}”的\n"));
    for (line, standing) in found {
        let said = candidate_line(line);
        let said = match standing {
            Some(standing) => format!("{}（{standing}）\n", said.trim_end()),
            None => said,
        };
        text = text.plain(said);
    }
    if more > 0 {
        text = text.plain(format!("还有 {more} 个，请写得具体些。\n"));
    }
    text.plain("说的是一回事就合并，几个都行：合并 编号 编号")
}
