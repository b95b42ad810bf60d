//! The words of a bulletin: a template from the figures, which a person edits before it is issued.

use serde::{Deserialize, Serialize};

use super::NotDone;
use super::frozen::{Frozen, Line};
use crate::domain::supervision::ranking::LEAST;

/// The longest text of a part, in characters.
pub const MOST: usize = 4_000;

/// A part of a bulletin, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Opening,
    Overall,
    Ranking,
    Praise,
    Criticism,
    Demands,
}

impl Part {
    pub const ALL: [Part; 6] = [
        Part::Opening,
        Part::Overall,
        Part::Ranking,
        Part::Praise,
        Part::Criticism,
        Part::Demands,
    ];

    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Part::Opening => "开头",
            Part::Overall => "总体情况",
            Part::Ranking => "办理时效",
            Part::Praise => "表彰",
            Part::Criticism => "通报批评",
            Part::Demands => "下一步要求",
        }
    }

    /// In a form.
    pub fn key(self) -> &'static str {
        match self {
            Part::Opening => "opening",
            Part::Overall => "overall",
            Part::Ranking => "ranking",
            Part::Praise => "praise",
            Part::Criticism => "criticism",
            Part::Demands => "demands",
        }
    }
}

/// The words, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub opening: String,
    pub overall: String,
    pub ranking: String,
    pub praise: String,
    pub criticism: String,
    pub demands: String,
}

impl Words {
    /// The template, filled with figures.
    pub fn of(figures: &Frozen) -> Words {
        Words {
            opening: format!(
                "根据《许昌市工商系统推进工商登记全程电子化推广应用实施方案》（许工商〔2018〕103号）第四部分“加强督导考核”的要求，现将{}工商登记帮办工作情况通报如下。",
                figures.said
            ),
            overall: overall(figures),
            ranking: ranking(figures),
            praise: listed(
                figures.first(),
                "对下列单位予以表彰：",
                "本月各单位差距不大，不单独表彰。",
            ),
            criticism: listed(
                figures.below(),
                "对下列单位予以通报批评：",
                "本月没有需要通报批评的单位。",
            ),
            demands:
                "各单位要对照本单位的数字查找原因，落实首问负责、一帮到底、无差别帮办，当班人员按时认领、按时答复。"
                    .to_owned(),
        }
    }

    /// A part's words.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Opening => &self.opening,
            Part::Overall => &self.overall,
            Part::Ranking => &self.ranking,
            Part::Praise => &self.praise,
            Part::Criticism => &self.criticism,
            Part::Demands => &self.demands,
        }
    }

    /// The same as changed by `words`, part by part.
    #[must_use]
    pub fn each(&self, words: impl Fn(&str) -> String) -> Words {
        Words {
            opening: words(&self.opening),
            overall: words(&self.overall),
            ranking: words(&self.ranking),
            praise: words(&self.praise),
            criticism: words(&self.criticism),
            demands: words(&self.demands),
        }
    }

    /// Nothing is missing.
    ///
    /// # Errors
    /// The first part without words.
    pub fn whole(&self) -> Result<(), NotDone> {
        let empty = Part::ALL.into_iter().find(|part| self.part(*part).trim().is_empty());
        empty.map_or(Ok(()), |part| Err(NotDone::Empty(part)))
    }
}

fn overall(figures: &Frozen) -> String {
    let clauses = [
        ("asked", "全市共收到提问 ", " 个"),
        ("handed", "转人工 ", " 个"),
        ("in-time", "按时率 ", ""),
        ("reply-median", "首次答复中位用时 ", " 分钟（工作时间）"),
        ("unsolved", "直答没解决率 ", ""),
        ("good", "满意率 ", ""),
    ];
    // What there is nothing of is not said.
    let said = clauses.into_iter().filter(|(key, ..)| figures.city_of(key) != "—");
    let said: Vec<String> = said
        .map(|(key, before, after)| format!("{before}{}{after}", figures.city_of(key)))
        .collect();
    let mut text = format!("{}。", said.join("，"));
    let missing: Vec<&str> = figures.unreported().map(|line| line.name.as_str()).collect();
    if !missing.is_empty() && missing.len() < figures.lines.len() {
        text.push_str(&format!("{}未报送本月办理量。", missing.join("、")));
    } else if !missing.is_empty() {
        text.push_str("各单位均未报送本月办理量。");
    }
    text
}

fn ranking(figures: &Frozen) -> String {
    let listed: Vec<&str> = figures
        .lines
        .iter()
        .filter(|line| line.place.is_none())
        .map(|line| line.name.as_str())
        .collect();
    let mut text = format!("各单位按“{}”排名，名次按数量调整，区间为 95%。", figures.ranked);
    if listed.len() == figures.lines.len() {
        return format!("{text}本月各单位数量都不足 {LEAST}，只列不排。");
    }
    if !figures.differ {
        text.push_str("本月各单位的差别没有超出偶然，名次并列。");
    }
    if !listed.is_empty() {
        text.push_str(&format!("{}数量不足 {LEAST}，只列不排。", listed.join("、")));
    }
    text
}

fn listed<'a>(lines: impl Iterator<Item = &'a Line>, begins: &str, none: &str) -> String {
    let named = |line: &Line| format!("{}（{}，调整后 {}）", line.name, line.parts, line.adjusted_said());
    let named: Vec<String> = lines.map(named).collect();
    match named.is_empty() {
        true => none.to_owned(),
        false => format!("{begins}{}。", named.join("、")),
    }
}
