//! Whether a message asks anything, by its words alone. Speaking into chatter costs more than being asked twice.

use super::analyzer::{normalise, squeeze};
use super::lexicon::{Direction, Lexicon};
use super::spotter::Spotter;

/// A message that asks, but names no topic, is for us if an entry fits it this well.
pub const GATE_ASKS: f32 = 0.32;
/// A message that only tells is a question if an entry fits it this well.
pub const GATE_TELLS: f32 = 0.36;
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

/// Judges a message by its words alone; `addressed` means that it was put to us by /ask or a mention.
pub(super) fn by_words(words: &Words, marks: &Marks, addressed: bool) -> Gate {
    match look(words, marks, addressed) {
        Look::Chatter => Gate::Chatter,
        Look::Perhaps { .. } | Look::Question => Gate::Question,
        Look::Direction { name, phone } => Gate::Direction { name, phone },
    }
}

/// What the words alone show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Words {
    pub asks: bool,
    pub trouble: bool,
    pub topic: bool,
    /// How many words of notices and adverts.
    pub notices: usize,
    /// Nothing but words of chatter.
    pub chatter: bool,
    /// Ends as statements end.
    pub done: bool,
    /// Holds a question mark.
    pub mark: bool,
    /// Begins with @ and a name.
    pub told_somebody: bool,
    /// Characters without greetings and links.
    pub length: usize,
    /// Empty, a picture, a file: no words to look at.
    pub nothing: bool,
    /// Whose matter it names, by the place among the directions, if it is somebody else's.
    direction: Option<usize>,
}

/// What a word of the lexicon makes of a message that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Asks,
    Trouble,
    Topic,
    /// By its place in the list: each counts once.
    Notice(usize),
    /// By the place of the direction.
    Direction(usize),
}

/// The lexicon's markers, made ready once for an edition.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    spotter: Spotter<Mark>,
    /// Longest first.
    chatter: Vec<String>,
    strip: Vec<String>,
    strips: Spotter<()>,
    directions: Vec<Direction>,
}

impl Marks {
    /// Normalises the markers of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Marks {
        let known = |words: &[&str], mark: Mark| -> Vec<(String, Mark)> {
            words.iter().map(|word| ((*word).to_owned(), mark)).collect()
        };
        let lower = |words: &[String], mark: Mark| -> Vec<(String, Mark)> {
            words.iter().map(|word| (word.to_lowercase(), mark)).collect()
        };
        let mut marks = known(&ASKING, Mark::Asks);
        marks.extend(lower(&lexicon.question_words, Mark::Asks));
        marks.extend(lower(&lexicon.trouble_words, Mark::Trouble));
        marks.extend(lower(&lexicon.topic_words, Mark::Topic));
        for (place, word) in lexicon.notice_words.iter().enumerate() {
            marks.push((word.to_lowercase(), Mark::Notice(place)));
        }
        for (place, direction) in lexicon.directions.iter().enumerate() {
            marks.extend(lower(&direction.words, Mark::Direction(place)));
        }
        let normal = |words: &[String], of: fn(&str) -> String| -> Vec<String> {
            let words = words.iter().map(|word| of(word));
            words.filter(|word| !word.is_empty()).collect()
        };
        let mut chatter = normal(&lexicon.chatter, |word| squeeze(&normalise(word)));
        chatter.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let strip = normal(&lexicon.strip, normalise);
        Marks {
            spotter: Spotter::new(marks.into_iter()),
            chatter,
            strips: Spotter::new(strip.iter().map(|phrase| (phrase.clone(), ()))),
            strip,
            directions: lexicon.directions.clone(),
        }
    }
}

/// Looks at the words of a message.
pub fn words(text: &str, marks: &Marks) -> Words {
    let normal = normalise(text);
    let bare = without_links(&normal);
    let core = stripped(&bare, marks);
    let length = core.chars().count();
    let mut words = Words {
        asks: asks(&bare),
        chatter: is_chatter(&core, marks),
        done: DONE_ENDS.iter().any(|end| core.ends_with(end)),
        mark: normal.contains('?'),
        told_somebody: normal.starts_with('@'),
        length,
        nothing: length < 2 || is_media(&normal),
        ..Words::default()
    };
    let mut notices: Vec<usize> = Vec::new();
    for mark in marks.spotter.spotted(&bare) {
        match mark {
            Mark::Asks => words.asks = true,
            Mark::Trouble => words.trouble = true,
            Mark::Topic => words.topic = true,
            Mark::Notice(place) => notices.push(*place),
            Mark::Direction(place) => {
                words.direction = Some(words.direction.map_or(*place, |first| first.min(*place)));
            }
        }
    }
    notices.sort_unstable();
    notices.dedup();
    words.notices = notices.len();
    words
}

/// Whether the words ask, and are neither an advert nor put to somebody by name.
pub(super) fn asks_plainly(words: &Words) -> bool {
    words.asks && words.notices == 0 && !words.told_somebody && !words.chatter
}

/// Whether the words ask or tell of trouble, whoever they are put to.
pub(super) fn asks_at_all(words: &Words) -> bool {
    words.asks || words.trouble || words.mark
}

pub(super) fn look(w: &Words, marks: &Marks, addressed: bool) -> Look {
    if w.length == 0 || (!addressed && w.nothing) {
        return Look::Chatter;
    }
    let is_notice = w.notices >= 2 || (w.notices == 1 && !w.asks);
    if !addressed && (is_notice || w.chatter) {
        return Look::Chatter;
    }
    if (w.asks || w.trouble || addressed)
        && let Some(theirs) = w.direction.and_then(|place| marks.directions.get(place))
    {
        return Look::Direction {
            name: theirs.name.clone(),
            phone: theirs.phone.clone(),
        };
    }
    if addressed {
        return Look::Question;
    }
    if w.told_somebody && !(w.topic && w.asks) {
        return Look::Chatter;
    }
    match (w.asks, w.topic, w.trouble) {
        (true, true, _) | (_, true, true) => Look::Question,
        (true, false, _) | (false, false, true) => Look::Perhaps { needs: GATE_ASKS },
        (false, true, false) if w.length <= ELLIPTICAL && !w.done => Look::Perhaps { needs: GATE_ASKS },
        (false, true, false) => Look::Perhaps { needs: GATE_TELLS },
        (false, false, false) if w.done || w.length < 4 => Look::Chatter,
        (false, false, false) => Look::Perhaps { needs: GATE_TELLS },
    }
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

/// Asks by how it ends or by 办不办.
fn asks(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    ASKING_ENDS.iter().any(|word| end.ends_with(word)) || a_not_a(text)
}

/// 办不办, 要没要: the same character around 不 or 没.
fn a_not_a(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars
        .windows(3)
        .any(|w| w[0] == w[2] && w[0].is_alphanumeric() && matches!(w[1], '不' | '没'))
}

/// Nothing but words of chatter.
fn is_chatter(core: &str, marks: &Marks) -> bool {
    let mut rest = core;
    while !rest.is_empty() {
        let known = marks.chatter.iter().find(|word| rest.starts_with(word.as_str()));
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

fn stripped(text: &str, marks: &Marks) -> String {
    if !marks.strips.any(text) {
        return squeeze(text);
    }
    let mut rest = text.to_string();
    for phrase in &marks.strip {
        if rest.contains(phrase.as_str()) {
            rest = rest.replace(phrase.as_str(), "");
        }
    }
    squeeze(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(text: &str, addressed: bool) -> Gate {
        let marks = Marks::new(&lexicon());
        by_words(&words(text, &marks), &marks, addressed)
    }

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
            assert_eq!(gate(text, false) == Gate::Chatter, chatter, "{text}");
        }
    }

    #[test]
    fn what_is_addressed_to_us_is_a_question_unless_empty() {
        assert_eq!(gate("收到", true), Gate::Question);
        assert_eq!(gate("@ ，。", true), Gate::Chatter);
    }

    #[test]
    fn other_peoples_matters_get_a_direction() {
        let to = Gate::Direction {
            name: "税务".into(),
            phone: "12366".into(),
        };
        assert_eq!(gate("增值税怎么报", false), to);
        assert_ne!(gate("增值税已报", false), to);
    }
}
