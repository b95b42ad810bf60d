//! Decides whether a message asks anything, and whether an answer found is good enough to say.
//! A wrong answer costs more than a hand-over, and speaking into chatter more than being asked twice.

use super::analyzer::{normalise, squeeze};
use super::entry::EntryId;
use super::lexicon::Lexicon;

/// The score the answer needs before it can be sure.
pub const SURE_SCORE: f32 = 0.30;
/// The lead over the next entry that a sure answer needs; the measure that tells most.
pub const SURE_LEAD: f32 = 0.12;
/// How much of the message's weight the entry must account for.
pub const SURE_COVER: f32 = 0.45;
/// From here on entries are worth offering.
pub const UNSURE_SCORE: f32 = 0.24;
/// An offered entry reaches this share of the best score.
pub const UNSURE_SHARE: f32 = 0.7;
/// A message that asks, but names no topic, is for us if an entry fits it this well.
pub const GATE_ASKS: f32 = 0.32;
/// A message that only tells is a question if an entry fits it this well.
pub const GATE_TELLS: f32 = 0.36;
const OFFERED: usize = 3;
/// A message without a question word but this short is a question about its topic.
const ELLIPTICAL: usize = 12;

/// Question words known without a lexicon.
const ASKING: [&str; 17] = [
    "?",
    "吗",
    "怎么",
    "什么",
    "多少",
    "哪",
    "如何",
    "几",
    "能不能",
    "啥",
    "咋",
    "谁",
    "还是",
    "想把",
    "想换",
    "想加",
    "帮忙看",
];
const ASKING_ENDS: [&str; 8] = ["不", "没", "没有", "么", "呢", "嘛", "不了", "吧"];
const DONE_ENDS: [&str; 7] = ["了", "啦", "了啊", "了哈", "了哦", "啊", "走起"];

/// What kind of message this is, before anything is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gate {
    /// Not for us: say nothing.
    Chatter,
    Question,
    /// Somebody else's matter.
    Direction {
        name: String,
        phone: String,
    },
}

/// The gate's opinion of words alone; `Perhaps` is settled by how well any entry fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Look {
    Chatter,
    Perhaps { needs: f32 },
    Question,
    Direction { name: String, phone: String },
}

/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Say this answer.
    Sure(EntryId),
    /// Offer these, best first, at most three.
    Unsure(Vec<EntryId>),
    /// Hand over.
    Unknown(Reason),
}

/// Why there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    NothingFits,
    /// This entry would have been the answer, but its text is out of date.
    Expired(EntryId),
    /// This entry would have been the answer, but it takes effect later.
    NotYetValid(EntryId),
    /// The search itself failed; the log says why.
    Failed,
}

/// Judges a message by its words; `addressed` means that it was put to us by /ask or a mention.
pub fn gate(text: &str, lexicon: &Lexicon, addressed: bool) -> Gate {
    match look(text, lexicon, addressed) {
        Look::Chatter => Gate::Chatter,
        Look::Perhaps { .. } | Look::Question => Gate::Question,
        Look::Direction { name, phone } => Gate::Direction { name, phone },
    }
}

pub(super) fn look(text: &str, lexicon: &Lexicon, addressed: bool) -> Look {
    let normal = normalise(text);
    let bare = without_links(&normal);
    let core = stripped(&bare, lexicon);
    let length = core.chars().count();
    if length == 0 || (!addressed && (length < 2 || is_media(&normal))) {
        return Look::Chatter;
    }
    let asks = asks(&bare, lexicon);
    let trouble = holds(&bare, &lexicon.trouble_words) > 0;
    if !addressed && (is_notice(&bare, asks, lexicon) || is_chatter(&core, lexicon)) {
        return Look::Chatter;
    }
    if asks || trouble || addressed {
        let theirs = lexicon.directions.iter().find(|d| holds(&bare, &d.words) > 0);
        if let Some(direction) = theirs {
            return Look::Direction {
                name: direction.name.clone(),
                phone: direction.phone.clone(),
            };
        }
    }
    if addressed {
        return Look::Question;
    }
    let topic = holds(&bare, &lexicon.topic_words) > 0;
    if normal.starts_with('@') && !(topic && asks) {
        return Look::Chatter;
    }
    let done = DONE_ENDS.iter().any(|end| core.ends_with(end));
    match (asks, topic, trouble) {
        (true, true, _) | (_, true, true) => Look::Question,
        (true, false, _) | (false, false, true) => Look::Perhaps { needs: GATE_ASKS },
        (false, true, false) if length <= ELLIPTICAL && !done => Look::Perhaps { needs: GATE_ASKS },
        (false, true, false) => Look::Perhaps { needs: GATE_TELLS },
        (false, false, false) if done || length < 4 => Look::Chatter,
        (false, false, false) => Look::Perhaps { needs: GATE_TELLS },
    }
}

/// The answer to say, the entries to offer, or nothing. Hits come best first.
pub fn decide(hits: &[super::Hit]) -> Decision {
    let Some(best) = hits.first() else {
        return Decision::Unknown(Reason::NothingFits);
    };
    let f = &best.features;
    let fits = best.score >= SURE_SCORE && f.of_entry >= SURE_COVER && !f.conflict;
    let clear = fits && f.margin >= SURE_LEAD;
    if f.exact || clear {
        return Decision::Sure(best.entry.clone());
    }
    if best.score < UNSURE_SCORE {
        return Decision::Unknown(Reason::NothingFits);
    }
    let near = hits.iter().filter(|hit| hit.score >= best.score * UNSURE_SHARE);
    Decision::Unsure(near.take(OFFERED).map(|hit| hit.entry.clone()).collect())
}

fn without_links(text: &str) -> String {
    let link = |word: &&str| word.contains("http://") || word.contains("https://") || word.starts_with("www.");
    text.split(' ').filter(|word| !link(word)).collect::<Vec<_>>().join(" ")
}

fn is_media(text: &str) -> bool {
    let kinds = [
        "图片",
        "文件",
        "语音",
        "视频",
        "表情",
        "链接",
        "位置",
        "名片",
        "动画表情",
        "聊天记录",
        "红包",
    ];
    text.strip_prefix('[')
        .is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(&format!("{kind}]"))))
}

fn asks(text: &str, lexicon: &Lexicon) -> bool {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    ASKING.iter().any(|word| text.contains(word))
        || holds(text, &lexicon.question_words) > 0
        || ASKING_ENDS.iter().any(|word| end.ends_with(word))
        || a_not_a(text)
}

/// 办不办, 要没要: the same character around 不 or 没.
fn a_not_a(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars
        .windows(3)
        .any(|w| w[0] == w[2] && w[0].is_alphanumeric() && matches!(w[1], '不' | '没'))
}

/// Notices and adverts: two of their words, or one and no question.
fn is_notice(text: &str, asks: bool, lexicon: &Lexicon) -> bool {
    let signs = holds(text, &lexicon.notice_words);
    signs >= 2 || (signs == 1 && !asks)
}

/// Nothing but words of chatter.
fn is_chatter(core: &str, lexicon: &Lexicon) -> bool {
    let mut words: Vec<String> = lexicon.chatter.iter().map(|word| squeeze(&normalise(word))).collect();
    words.retain(|word| !word.is_empty());
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut rest = core;
    while !rest.is_empty() {
        let known = words.iter().find(|word| rest.starts_with(word.as_str()));
        let particle = rest
            .chars()
            .next()
            .filter(|c| "啊呀哈吧哦了的呢嘛哟啦您你老师各位".contains(*c));
        match (known, particle) {
            (Some(word), _) => rest = &rest[word.len()..],
            (None, Some(c)) => rest = &rest[c.len_utf8()..],
            (None, None) => return false,
        }
    }
    true
}

fn stripped(text: &str, lexicon: &Lexicon) -> String {
    let mut rest = text.to_string();
    for phrase in &lexicon.strip {
        rest = rest.replace(normalise(phrase).as_str(), "");
    }
    squeeze(&rest)
}

fn holds(text: &str, words: &[String]) -> usize {
    let text = text.to_lowercase();
    words
        .iter()
        .filter(|word| !word.is_empty() && text.contains(&word.to_lowercase()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::lexicon::Direction;

    fn lexicon() -> Lexicon {
        let list = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        Lexicon {
            trouble_words: list(&["打不开", "没反应"]),
            topic_words: list(&["执照", "注销", "增资", "公司", "登记", "网页"]),
            chatter: list(&["收到", "谢谢", "好的", "明白"]),
            notice_words: list(&["各单位", "加V", "优惠"]),
            strip: list(&["老师好", "请问"]),
            directions: vec![Direction {
                name: "税务".into(),
                phone: "12366".into(),
                words: list(&["增值税"]),
            }],
            ..Lexicon::default()
        }
    }

    #[test]
    fn chatter_is_told_from_questions() {
        for (text, chatter) in [
            ("收到，谢谢老师", true),
            ("？", true),
            ("", true),
            ("+1", true),
            ("[图片]", true),
            ("[文件] 登记统计.xlsx", true),
            ("老师好", true),
            ("请各单位下班前报登记表", true),
            ("专业注册公司，优惠，需要吗？加V", true),
            ("https://example.com/怎么注销", true),
            ("@张会计 你那个取了没", true),
            ("发错了", true),
            ("老师好，请问执照在哪领", false),
            ("公司注销要多久", false),
            ("网页打不开", false),
            ("增资", false),
            ("简易注销给不给办", false),
        ] {
            assert_eq!(gate(text, &lexicon(), false) == Gate::Chatter, chatter, "{text}");
        }
    }

    #[test]
    fn what_is_addressed_to_us_is_a_question_unless_empty() {
        assert_eq!(gate("收到", &lexicon(), true), Gate::Question);
        assert_eq!(gate("@ ，。", &lexicon(), true), Gate::Chatter);
    }

    #[test]
    fn other_peoples_matters_get_a_direction() {
        let to = Gate::Direction {
            name: "税务".into(),
            phone: "12366".into(),
        };
        assert_eq!(gate("增值税怎么报", &lexicon(), false), to);
        assert_ne!(gate("增值税已报", &lexicon(), false), to);
    }
}
