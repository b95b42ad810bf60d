//! Materials in a reply: which are needed and which are not, originals or copies.

use super::clauses::{Cases, Clause};

/// Named materials, each by its words; the first is how it is told.
const MATERIALS: &[&[&str]] = &[
    &["身份证"],
    &["租赁合同", "租房合同", "租赁协议", "租房协议"],
    &["房产证", "产权证", "不动产权证", "不动产证", "房本"],
    &["章程", "章程修正案"],
    &["股东会决议", "股东决定", "股东会决定", "决议"],
    &["委托书", "授权书"],
    &["公章"],
    &["执照正副本", "正副本", "执照原件", "执照正本", "执照副本"],
    &["健康证"],
    &["验资报告"],
    &["清税证明", "完税证明"],
    &["清算报告"],
    &["承诺书"],
    &["申请书", "申请表"],
    &["任免职文件", "任职文件"],
    &["户口本"],
    &["结婚证"],
    &["寸照", "登记照"],
    &["社区证明", "居委会证明", "村委会证明", "村委会的证明", "居委会的证明"],
    &["转让协议", "股权转让协议"],
    &["介绍信"],
    &["审计报告"],
    &["U盾", "u盾"],
    &["登报的报纸", "报纸"],
    &["无犯罪证明", "无犯罪记录证明"],
    &["学历证", "毕业证"],
];
const NOT: [&str; 23] = [
    "不用",
    "不需要",
    "无需",
    "无须",
    "不必",
    "免交",
    "免提交",
    "免带",
    "不要求",
    "不要",
    "不收",
    "不认",
    "用不着",
    "甭",
    "不消",
    "没必要",
    "取消",
    "可以不",
    "可不",
    "不交",
    "不带",
    "不提供",
    "免",
];
const NEED: [&str; 26] = [
    "需要",
    "必须",
    "要求",
    "提供",
    "提交",
    "准备",
    "带上",
    "带着",
    "带",
    "交",
    "要",
    "得",
    "需",
    "拿上",
    "拿着",
    "拿",
    "上传",
    "附",
    "备齐",
    "备好",
    "少不了",
    "不能少",
    "不要忘",
    "别忘",
    "缺不了",
    "只要",
];
/// Words that hold one of those above and mean something else.
const NEUTRAL: [&str; 22] = [
    "主要",
    "重要",
    "要紧",
    "要么",
    "觉得",
    "取得",
    "获得",
    "得到",
    "使得",
    "值得",
    "得了",
    "得着",
    "交通",
    "交代",
    "免费",
    "免得",
    "拿到",
    "需求",
    "不得不",
    "难免",
    "要点",
    "不要紧",
];
const BAD: [&str; 9] = [
    "不行",
    "不中",
    "不可以",
    "不管用",
    "不算",
    "没用",
    "不好使",
    "不能用",
    "不作数",
];
const ORIGINAL: [&str; 1] = ["原件"];
const COPY: [&str; 2] = ["复印件", "影印件"];

/// A piece of a clause that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Material(String),
    Need,
    Not,
    Bad,
    Original,
    Copy,
    Neutral,
}

/// One statement about a material.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Says {
    material: String,
    needed: bool,
    cases: Cases,
}

/// The statements of a reply; those on forms name the form of which material, none for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Materials {
    whole: Vec<Says>,
    originals: Vec<Says>,
    copies: Vec<Says>,
}

/// What a reply says of materials without a condition.
pub(super) fn read(clauses: &[Clause<'_>]) -> Materials {
    let mut found = Materials::default();
    // Whether the clause before asked for materials, and of which the last word was.
    let mut carried: (bool, Option<String>) = (false, None);
    for clause in clauses {
        if clause.previous.is_none() {
            carried = (false, None);
        }
        let tokens = tokens(clause.text);
        if !clause.asks && !clause.conditional {
            one(&tokens, clause.cases, &carried, &mut found);
        }
        let polar = tokens
            .iter()
            .rev()
            .find(|token| matches!(token, Token::Need | Token::Not));
        carried.0 = polar.map_or(carried.0, |token| *token == Token::Need);
        carried.1 = tokens
            .iter()
            .rev()
            .find_map(material)
            .map(ToString::to_string)
            .or(carried.1);
    }
    found
}

fn one(tokens: &[Token], cases: Cases, carried: &(bool, Option<String>), found: &mut Materials) {
    let polar = |token: &&Token| matches!(token, Token::Need | Token::Not);
    let begins = tokens.iter().find(|token| polar(token) || material(token).is_some());
    let topic_first = begins.is_some_and(|token| material(token).is_some());
    for (i, token) in tokens.iter().enumerate() {
        let before = tokens[..i].iter().rev().find(polar);
        let after = tokens[i + 1..].iter().find(polar);
        match token {
            Token::Material(name) => {
                let own = if topic_first { after } else { before };
                let needed = own.map_or(carried.0.then_some(true), |token| Some(*token == Token::Need));
                let form_next = matches!(tokens.get(i + 1), Some(Token::Original | Token::Copy));
                let rejected = matches!(tokens.get(i + 1), Some(Token::Bad));
                if let Some(needed) = needed.filter(|needed| !rejected && (*needed || !form_next)) {
                    let says = Says {
                        material: name.clone(),
                        needed,
                        cases,
                    };
                    found.whole.push(says);
                }
            }
            Token::Original | Token::Copy => {
                let next = tokens.get(i + 1);
                let denied = match before {
                    Some(token) => *token == Token::Not,
                    None => next == Some(&Token::Not),
                };
                let of = tokens[..i].iter().rev().find_map(material);
                let says = Says {
                    material: of.map(ToString::to_string).or(carried.1.clone()).unwrap_or_default(),
                    needed: !denied && next != Some(&Token::Bad),
                    cases,
                };
                if *token == Token::Original {
                    found.originals.push(says);
                } else {
                    found.copies.push(says);
                }
            }
            Token::Need | Token::Not | Token::Bad | Token::Neutral => {}
        }
    }
}

fn material(token: &Token) -> Option<&str> {
    match token {
        Token::Material(name) => Some(name),
        Token::Need | Token::Not | Token::Bad | Token::Original | Token::Copy | Token::Neutral => None,
    }
}

/// The tokens of a clause, the longest at each place; a need right behind a denial is denied: 不用交.
fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut rest = text;
    let mut joined = false;
    while let Some(first) = rest.chars().next() {
        let hit = token(rest);
        let length = hit.as_ref().map_or(first.len_utf8(), |(length, _)| *length);
        let denied = joined && found.last() == Some(&Token::Not);
        joined = hit.is_some();
        match hit {
            Some((_, Token::Need)) if denied => {}
            Some((_, token)) => found.push(token),
            None => {}
        }
        rest = &rest[length..];
    }
    found.retain(|token| *token != Token::Neutral);
    found
}

fn token(text: &str) -> Option<(usize, Token)> {
    if let Some(end) = text.strip_prefix('《').and_then(|inside| inside.find('》')) {
        let name = &text['《'.len_utf8()..'《'.len_utf8() + end];
        return Some((end + 2 * '《'.len_utf8(), Token::Material(named(name))));
    }
    let longest = |words: &[&str], token: Token| {
        let fits = words.iter().filter(|word| text.starts_with(**word));
        fits.map(|word| word.len()).max().map(|length| (length, token))
    };
    let fixed = [
        longest(&NEUTRAL, Token::Neutral),
        longest(&NOT, Token::Not),
        longest(&NEED, Token::Need),
        longest(&BAD, Token::Bad),
        longest(&ORIGINAL, Token::Original),
        longest(&COPY, Token::Copy),
    ];
    let materials = MATERIALS
        .iter()
        .filter_map(|words| longest(words, Token::Material(words[0].to_string())));
    fixed
        .into_iter()
        .flatten()
        .chain(materials)
        .max_by_key(|(length, _)| *length)
}

/// A document in 《》 by the name of the material it is, if it is one of those above.
fn named(title: &str) -> String {
    let known = MATERIALS.iter().find(|words| words.contains(&title));
    known.map_or_else(|| format!("《{title}》"), |words| words[0].to_string())
}

/// A material one needs and the other does not, or only the original of it against only a copy.
pub(super) fn differ(one: &Materials, other: &Materials) -> Option<(String, String)> {
    polar(&one.whole, &other.whole, "").or_else(|| forms(one, other))
}

/// The first material that each side speaks of in one way only, and not in the same.
fn polar(one: &[Says], other: &[Says], form: &str) -> Option<(String, String)> {
    let told = |says: &Says| {
        let verb = if says.needed { "需要" } else { "不用" };
        format!("{verb}{}{form}", says.material)
    };
    one.iter().find_map(|a| {
        let b = single(other, &a.material)?;
        single(one, &a.material)?;
        (a.needed != b.needed && !a.cases.differ(b.cases)).then(|| (told(a), told(b)))
    })
}

/// The statement on a material where all of them agree.
fn single<'a>(says: &'a [Says], material: &str) -> Option<&'a Says> {
    let mut own = says.iter().filter(|says| says.material == material);
    let first = own.next()?;
    own.all(|other| other.needed == first.needed).then_some(first)
}

fn forms(one: &Materials, other: &Materials) -> Option<(String, String)> {
    let only = |these: &[Says], those: &[Says], says: &Says| {
        single(these, &says.material).is_some_and(|says| says.needed) && single(those, &says.material).is_none()
    };
    let against = |a: &Materials, b: &Materials| {
        a.originals.iter().find_map(|original| {
            let copy = single(&b.copies, &original.material)?;
            let apart = only(&a.originals, &a.copies, original) && only(&b.copies, &b.originals, copy);
            let said = |form: &str| format!("{}{form}", original.material);
            (apart && !original.cases.differ(copy.cases)).then(|| (said("原件"), said("复印件")))
        })
    };
    polar(&one.originals, &other.originals, "原件")
        .or_else(|| polar(&one.copies, &other.copies, "复印件"))
        .or_else(|| against(one, other))
        .or_else(|| against(other, one).map(|(original, copy)| (copy, original)))
}
