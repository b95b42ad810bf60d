//! What a replay prints: the summary first, then a few examples of each kind, each with the command that explains it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use crate::clock::Millis;
use crate::desk::list::replay::{Replay, Replayed, Side};
use crate::domain::replay::waits::{DutyTotals, Limit};
use crate::domain::replay::{Effect, Reaction, Totals, effect};
use crate::domain::roster::city::City;
use crate::domain::time::zone;
use crate::faq::EntryId;
use crate::store::replay::Stretch;

/// Characters of a question that are shown.
const SHOWN: usize = 60;

/// Why a question is worth a look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Gained,
    Lost,
    Changed,
    Avoided,
    Added,
    Breaks,
    Nobody,
}

/// What is kept for the report.
pub struct Told {
    show: usize,
    faq: Option<PathBuf>,
    roster: Arc<City>,
    examples: BTreeMap<Kind, (usize, Vec<Arc<Replayed>>)>,
}

impl Told {
    /// Keeps `show` examples of each kind; `faq` is the folder in which `faq search` looks, if it is not the served list.
    pub fn new(show: usize, faq: Option<PathBuf>, roster: Arc<City>) -> Told {
        Told {
            show,
            faq,
            roster,
            examples: BTreeMap::new(),
        }
    }

    /// One question as a line of JSON.
    pub fn line(&self, one: &Replayed) -> serde_json::Value {
        let mut line = json!({
            "question": one.id,
            "asked_at": one.asked_at,
            "bureau": self.bureau(one),
            "text": one.text,
            "change": effect(&one.before, &one.after),
            "before": one.before,
            "after": one.after,
        });
        if let Some([before, after]) = &one.duties {
            line["duties"] = json!({ "before": before, "after": after });
        }
        line
    }

    /// Keeps a question if it is an example of something.
    pub fn keep(&mut self, one: Replayed) {
        let one = Arc::new(one);
        for kind in kinds(&one) {
            let (count, kept) = self.examples.entry(kind).or_default();
            *count += 1;
            if kept.len() < self.show {
                kept.push(Arc::clone(&one));
            }
        }
    }

    /// The whole report.
    pub fn report(&self, replay: &Replay, totals: &Totals, stretch: Stretch) -> String {
        let mut out = summary(replay, totals, stretch);
        if let Some(duty) = &totals.duty {
            out.push_str(&duties(duty));
        }
        for (kind, (count, kept)) in self.examples.iter().filter(|(_, (_, kept))| !kept.is_empty()) {
            let few = match kept.len() < *count {
                true => format!("，先列 {} 个", kept.len()),
                false => String::new(),
            };
            let _ = writeln!(out, "\n{}：{count} 个{few}", title(*kind));
            for one in kept {
                self.example(&mut out, *kind, one, replay);
            }
        }
        out
    }

    fn example(&self, out: &mut String, kind: Kind, one: &Replayed, replay: &Replay) {
        let _ = writeln!(out, "  {} {}", one.id, shortened(&one.text));
        match kind {
            Kind::Gained | Kind::Lost | Kind::Changed | Kind::Avoided | Kind::Added => {
                let before = replay.before.as_ref().unwrap_or(&replay.after);
                let _ = writeln!(
                    out,
                    "      {} → {}",
                    reaction(&one.before, before),
                    reaction(&one.after, &replay.after)
                );
                let _ = writeln!(out, "      {}", self.command(&one.text));
            }
            Kind::Breaks => {
                let limits: Vec<&str> = newly_broken(one).map(limit_said).collect();
                let _ = writeln!(out, "      {}，新名册下超时：{}", self.bureau(one), limits.join("、"));
            }
            Kind::Nobody => {
                let at = when(one.asked_at, replay);
                let _ = writeln!(out, "      {}，{at} 提问，新名册下没人值班", self.bureau(one));
            }
        }
    }

    fn bureau(&self, one: &Replayed) -> &str {
        self.roster.bureau(one.bureau).map_or("", |bureau| bureau.name.as_str())
    }

    /// The command that explains the answer now.
    fn command(&self, text: &str) -> String {
        let folder = self.faq.as_ref().map_or(String::new(), |folder| {
            format!("--faq {} ", quoted(&folder.display().to_string()))
        });
        format!("bangban faq search {folder}--explain {}", quoted(text))
    }
}

fn kinds(one: &Replayed) -> Vec<Kind> {
    let mut kinds = Vec::new();
    match (effect(&one.before, &one.after), &one.before, &one.after) {
        (Effect::Gained, ..) => kinds.push(Kind::Gained),
        (Effect::Lost, ..) => kinds.push(Kind::Lost),
        (Effect::Changed, ..) => kinds.push(Kind::Changed),
        (Effect::Same, Reaction::HandedOver, Reaction::Offered(_)) => kinds.push(Kind::Avoided),
        (Effect::Same, Reaction::Offered(_), Reaction::HandedOver) => kinds.push(Kind::Added),
        (Effect::Same, ..) => {}
    }
    if newly_broken(one).next().is_some() {
        kinds.push(Kind::Breaks);
    }
    if one
        .duties
        .as_ref()
        .is_some_and(|[before, after]| after.nobody && !before.nobody)
    {
        kinds.push(Kind::Nobody);
    }
    kinds
}

fn newly_broken(one: &Replayed) -> impl Iterator<Item = Limit> {
    let duties = one.duties.iter();
    duties.flat_map(|[before, after]| {
        let new = after.broken.iter().filter(|limit| !before.broken.contains(limit));
        new.copied()
    })
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Gained => "多答了",
        Kind::Lost => "不答了",
        Kind::Changed => "改答别的条目",
        Kind::Avoided => "不再转人工，给选项",
        Kind::Added => "不给选项了，转人工",
        Kind::Breaks => "会超时",
        Kind::Nobody => "会没人值班",
    }
}

fn summary(replay: &Replay, totals: &Totals, stretch: Stretch) -> String {
    let (one, other) = match replay.before {
        Some(_) => ("现在", "改后"),
        None => ("当时", "现在"),
    };
    let mut out = String::new();
    let _ = writeln!(
        out,
        "重放 {} 到 {} 的 {} 个提问，{one} → {other}：",
        when(stretch.since, replay),
        when(stretch.until, replay),
        totals.questions
    );
    let _ = writeln!(out, "          {one:>6}  {other:>6}");
    let (before, after) = (&totals.before, &totals.after);
    for (name, before, after) in [
        ("总数  ", totals.questions, totals.questions),
        ("直接答", before.answered, after.answered),
        ("给选项", before.offered, after.offered),
        ("转人工", before.handed_over, after.handed_over),
    ] {
        let _ = writeln!(out, "{name}    {before:>8}  {after:>8}");
    }
    let _ = writeln!(
        out,
        "多答了 {}，不答了 {}，改答 {}；少转 {}，多转 {}。",
        totals.gained, totals.lost, totals.changed, totals.avoided, totals.added
    );
    if totals.erased > 0 {
        let _ = writeln!(out, "另有 {} 个提问的文字已抹去，跳过。", totals.erased);
    }
    if totals.unsaid > 0 {
        let _ = writeln!(
            out,
            "另有 {} 个提问机器人当时没有回应（旁听、还在等、已收回），跳过。",
            totals.unsaid
        );
    }
    out
}

fn duties(duty: &DutyTotals) -> String {
    let mut out = format!(
        "\n名册：转过人工的 {} 个提问，按真实的认领、答复时间算\n",
        duty.handed_over
    );
    out.push_str("                现名册超时  新名册超时  新超时  不再超\n");
    for (limit, [before, after, breaks, keeps]) in &duty.limits {
        let _ = writeln!(
            out,
            "{}    {before:>10}  {after:>10}  {breaks:>6}  {keeps:>6}",
            limit_said(*limit)
        );
    }
    let [before, after, new] = duty.nobody;
    let _ = writeln!(
        out,
        "提问时没人值班：现名册 {before} 个，新名册 {after} 个，其中新出现 {new} 个。"
    );
    out
}

fn limit_said(limit: Limit) -> &'static str {
    match limit {
        Limit::Remind => "提醒值班员",
        Limit::AllHelpers => "叫全体帮办",
        Limit::BureauAdmin => "报单位管理",
        Limit::Guidance => "报市局指导",
        Limit::FirstReply => "认领后答复",
    }
}

fn reaction(reaction: &Reaction, side: &Side) -> String {
    match reaction {
        Reaction::Answered(entries) => named(entries, side),
        Reaction::Offered(entries) if entries.is_empty() => "给选项".to_owned(),
        Reaction::Offered(entries) => format!("给选项：{}", named(entries, side)),
        Reaction::HandedOver => "转人工".to_owned(),
    }
}

/// Entries by number and question; one that is not in the list any more by its id.
fn named(entries: &[String], side: &Side) -> String {
    let named = |id: &String| match side.served.faq().entry(&EntryId(id.clone())) {
        Some(entry) => format!("第 {:03} 条 {}", entry.no, entry.question),
        None => format!("{id}（清单里已没有）"),
    };
    entries.iter().map(named).collect::<Vec<_>>().join("；")
}

fn when(at: Millis, replay: &Replay) -> String {
    let local = zone::local(&replay.config.timezone, at);
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

fn shortened(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &one_line[..at]),
        None => one_line,
    }
}

/// As a shell takes it, whatever people wrote.
fn quoted(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.contains(['"', '$', '`', '\\', '!']) {
        true => format!("'{}'", one_line.replace('\'', r"'\''")),
        false => format!("\"{one_line}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_pasted_whatever_people_wrote() {
        for (text, command) in [
            ("怎么注销？", "\"怎么注销？\""),
            ("两句\n话", "\"两句 话\""),
            ("it's", "\"it's\""),
            ("`rm` 'x' $HOME", r"'`rm` '\''x'\'' $HOME'"),
        ] {
            assert_eq!(quoted(text), command);
        }
        assert_eq!(shortened(&"字".repeat(61)).chars().count(), 61);
    }
}
