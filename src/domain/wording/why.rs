//! To a helper: why the bot decided as it did.

use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// How to use `/why`.
pub fn why_usage() -> Rich {
    Rich::from("请回复我的那条答复，发：/why；或者直接写一句话：/why 执照丢了怎么办。")
}

/// What a question led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    Sure,
    Unsure,
    Unknown,
}

/// What kept an answer back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    Unsure,
    /// The asker's word and the phrasing's.
    Opposites(String, String),
    /// The message wants a business that the phrasing does not, or the other way round.
    Denied,
    LikeHandedOver,
    NotCurrent,
    NotAQuestion,
}

/// An entry that was weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedEntry {
    pub no: u32,
    pub question: String,
    /// Its phrasing that came closest.
    pub phrasing: String,
    pub percent: u32,
    /// What added most, in words.
    pub added: Vec<String>,
}

/// Why the bot decided as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub text: Masked,
    /// The telling words, and whether the closest phrasing has them.
    pub terms: Vec<(String, bool)>,
    pub entries: Vec<ExplainedEntry>,
    /// How sure, and how sure is needed, of a hundred.
    pub percent: u32,
    pub needed: u32,
    pub band: Band,
    /// What the question before had to do with it.
    pub along: Option<Along>,
    pub blocked: Vec<Blocked>,
}

/// A question that was read along with the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Along {
    pub before: Masked,
    /// What both together lead to, and the entry that fits them best.
    pub band: Band,
    pub entry: Option<(u32, String)>,
    /// Alone it would have been answered at once.
    pub taken_back: bool,
}

/// Tells a helper why the bot decided as it did.
pub fn explained(why: &Explained) -> Rich {
    let band = match why.band {
        Band::Sure => "有把握，直接答",
        Band::Unsure => "拿不准，给提问人选",
        Band::Unknown => "答不了，转人工",
    };
    let mut text = Rich::from(format!("“{}”\n", why.text)).bold(band);
    text = text.plain(format!("（把握 {}%，{}% 起直接答）\n", why.percent, why.needed));
    let list = |found: bool| {
        let own = why.terms.iter().filter(|(_, has)| *has == found);
        own.map(|(term, _)| term.as_str()).collect::<Vec<_>>().join("、")
    };
    let (found, missing) = (list(true), list(false));
    if !found.is_empty() {
        text = text.plain(format!("对上的词：{found}\n"));
    }
    if !missing.is_empty() {
        text = text.plain(format!("没对上的词：{missing}\n"));
    }
    for entry in &why.entries {
        let ExplainedEntry {
            no,
            question,
            phrasing,
            percent,
            added,
        } = entry;
        text = text.plain(format!(
            "第 {no:03} 条 {question}：{percent}%，最近的问法“{phrasing}”；{}\n",
            added.join("，")
        ));
    }
    if let Some(along) = &why.along {
        text = text.plain(read_along(along));
    }
    for blocked in &why.blocked {
        text = text.plain(match blocked {
            Blocked::Unsure => "没直接答：把握没到门槛。\n".to_owned(),
            Blocked::Opposites(ours, theirs) => format!("没直接答：问的是“{ours}”，这条说的是“{theirs}”，不能混。\n"),
            Blocked::Denied => "没直接答：一边说要办，一边说不办，不能混。\n".to_owned(),
            Blocked::LikeHandedOver => "没直接答：更像该转人工的问题。\n".to_owned(),
            Blocked::NotCurrent => "没直接答：这一条不在有效期内。\n".to_owned(),
            Blocked::NotAQuestion => "不像提问：没@我的话，群里会保持安静。\n".to_owned(),
        });
    }
    text
}

fn read_along(along: &Along) -> String {
    let found = match (&along.entry, along.band) {
        (Some((no, question)), Band::Sure) => format!("有把握是第 {no:03} 条 {question}"),
        (Some((no, question)), Band::Unsure | Band::Unknown) => format!("最像第 {no:03} 条 {question}"),
        (None, Band::Sure | Band::Unsure | Band::Unknown) => "没有合适的".to_owned(),
    };
    let back = match along.taken_back {
        true => "单看这句有把握，连着读却是另一条，所以给提问人选。",
        false => "",
    };
    format!("连着上一问“{}”一起读了：{found}。{back}\n", along.before)
}
