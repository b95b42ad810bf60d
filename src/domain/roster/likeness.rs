//! Names that a visitor must not have, because others would take them for one of us: titles, offices, people of the
//! roster, also written so that they only look or sound like it.

use pinyin::ToPinyin as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::domain::clean;
use crate::domain::roster::people::Roster;

/// What a name could be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Somebody who works for the bureau, or the program itself.
    Title,
    /// A bureau, one of its offices, or its place alone.
    Office,
    /// A person of the roster.
    Person,
}

/// Words that make a name one of ours wherever they stand in it.
const OURS: [&str; 28] = [
    "帮办",
    "管理员",
    "客服",
    "工作人员",
    "官方",
    "市局",
    "县局",
    "分局",
    "工商局",
    "工商所",
    "监管所",
    "监管局",
    "管理局",
    "审批局",
    "市监局",
    "税务局",
    "公安局",
    "派出所",
    "市场监管",
    "市场监督",
    "行政审批",
    "政务服务",
    "政务大厅",
    "政务中心",
    "人民政府",
    "12345",
    "12315",
    "12366",
];
/// Titles and places of work: at the end of a name, or before a name of at most two signs.
const TITLES: [&str; 32] = [
    "老师",
    "主任",
    "科长",
    "局长",
    "所长",
    "处长",
    "站长",
    "书记",
    "领导",
    "专员",
    "警官",
    "窗口",
    "值班",
    "值班员",
    "值班人员",
    "审核员",
    "引导员",
    "办事员",
    "登记员",
    "注册官",
    "机器人",
    "公告",
    "通知",
    "注册科",
    "登记科",
    "监管科",
    "审批科",
    "服务大厅",
    "办事大厅",
    "区政府",
    "市政府",
    "县政府",
];
/// Names of the program and of those who keep one, in Latin letters.
const LATIN: [&str; 16] = [
    "admin",
    "administrator",
    "root",
    "system",
    "bot",
    "robot",
    "bangban",
    "support",
    "service",
    "staff",
    "official",
    "kefu",
    "gov",
    "guanliyuan",
    "gongzuorenyuan",
    "guanfang",
];
/// Said aloud they are ours.
const SOUNDS: [&str; 6] = ["帮办", "帮办员", "客服", "管理员", "工作人员", "官方"];
/// What people put around somebody's name to be that person.
const AROUND: [&str; 14] = [
    "本人", "我是", "在线", "本尊", "小号", "大号", "先生", "女士", "真", "哥", "姐", "的", "号", "我",
];
/// Signs that are drawn alike; the first stands for all.
const ALIKE: [&str; 21] = [
    "晓哓烧浇侥",
    "明眀朋",
    "李季",
    "王玉主壬",
    "强強犟",
    "敏繁",
    "未末",
    "己已巳",
    "土士",
    "大太犬",
    "人入八",
    "日曰",
    "千干于",
    "天夭夫",
    "由甲申田",
    "峰锋蜂烽",
    "丽骊俪",
    "孙逊",
    "许讦",
    "国囯圀",
    "白自百",
];
/// One sign written as its two halves.
const HALVES: [(&str, &str); 9] = [
    ("弓虽", "强"),
    ("弓长", "张"),
    ("木子", "李"),
    ("言午", "许"),
    ("口天", "吴"),
    ("古月", "胡"),
    ("耳东", "陈"),
    ("立早", "章"),
    ("双木", "林"),
];
/// Letters of other scripts that are drawn as Latin ones.
const AS_LATIN: [(&str, char); 14] = [
    ("аαɑ", 'a'),
    ("вβ", 'b'),
    ("сϲ", 'c'),
    ("ԁ", 'd'),
    ("еε", 'e'),
    ("ɡ", 'g'),
    ("іıιӏ", 'i'),
    ("к", 'k'),
    ("м", 'm'),
    ("ոп", 'n'),
    ("оο", 'o'),
    ("рρ", 'p'),
    ("ѕ", 's'),
    ("т", 't'),
];

/// Whom the people of a room could take somebody of this name for.
pub fn likeness(name: &str, roster: &Roster) -> Option<Likeness> {
    let people: Vec<&str> = roster.people.iter().map(|person| person.name.as_str()).collect();
    let mut offices: Vec<&str> = roster.offices.iter().map(|office| office.name.as_str()).collect();
    offices.extend(roster.city.split('（').next());
    for bureau in &roster.bureaus {
        offices.push(&bureau.name);
        offices.extend(bureau.places.iter().map(String::as_str));
    }
    like(name, &people, &offices)
}

fn like(name: &str, people: &[&str], offices: &[&str]) -> Option<Likeness> {
    let bare = bare(name);
    if is_title(&bare) {
        return Some(Likeness::Title);
    }
    if offices.iter().any(|office| is_office(&bare, office)) {
        return Some(Likeness::Office);
    }
    let stems: Vec<&str> = offices.iter().map(|office| stem(office)).collect();
    let person = people.iter().any(|person| is_person(&bare, person, &stems));
    person.then_some(Likeness::Person)
}

/// The name as the eye reads it: compatible forms, look-alikes of Latin letters and traditional characters folded;
/// letters and digits only.
pub fn bare(name: &str) -> String {
    let latin = |c: char| {
        AS_LATIN
            .iter()
            .find(|(alike, _)| alike.contains(c))
            .map_or(c, |(_, latin)| *latin)
    };
    let folded: String = name
        .nfkd()
        .filter(|c| !clean::invisible(*c) && !is_combining_mark(*c))
        .map(|c| clean::digit(c).map_or(c, |value| char::from(b'0' + value)))
        .nfc()
        .flat_map(char::to_lowercase)
        .map(latin)
        .filter(|c| c.is_alphanumeric())
        .collect();
    let folded = fast2s::convert(&folded);
    HALVES
        .iter()
        .fold(folded, |name, (halves, whole)| name.replace(halves, whole))
}

fn is_title(bare: &str) -> bool {
    let titled = |title: &&str| {
        let before = bare.strip_prefix(*title).is_some_and(|rest| rest.chars().count() <= 2);
        before || bare.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(*title)
    };
    let counter = bare.contains("窗口") && bare.chars().any(|c| c.is_ascii_digit());
    let message = |rest: &str| ["", "消息", "通知", "公告", "管理", "提示"].contains(&rest);
    let latin = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    OURS.iter().any(|ours| bare.contains(ours))
        || TITLES.iter().any(titled)
        || counter
        || bare.strip_prefix("系统").is_some_and(message)
        || LATIN.contains(&latin)
        || SOUNDS.iter().any(|ours| sounds_as(bare, ours))
}

/// 魏都 of 魏都分局, 南关 of 南关工商所, 魏都 of 魏都区.
fn stem(office: &str) -> &str {
    const ENDS: [&str; 9] = ["分局", "市局", "县局", "工商所", "监管所", "所", "区", "市", "县"];
    let end = ENDS.iter().find(|end| office.ends_with(**end));
    end.map_or(office, |end| office.trim_end_matches(*end))
}

fn is_office(bare: &str, office: &str) -> bool {
    const KINDS: [&str; 9] = ["", "区", "市", "县", "局", "区局", "市局", "所", "大厅"];
    let stem = stem(office);
    let alone = |kind: &&str| bare.strip_prefix(stem) == Some(*kind);
    let whole = office.chars().count() >= 4 && bare.contains(office);
    whole || bare == office || (stem.chars().count() >= 2 && KINDS.iter().any(alone))
}

fn is_person(bare: &str, person: &str, places: &[&str]) -> bool {
    let (own, name) = (drawn(bare), drawn(person));
    let others = |rest: String| {
        let rest = AROUND
            .iter()
            .chain(places)
            .fold(rest, |rest, word| rest.replace(word, ""));
        rest.chars().any(|c| !c.is_ascii_digit())
    };
    let within = own.contains(&name) && (person.chars().count() > 2 || !others(bare_of(&own, &name)));
    within || sounds_as(bare, person) || bare.trim_end_matches(|c: char| c.is_ascii_digit()) == spelled(person)
}

/// What stands around a name.
fn bare_of(own: &str, name: &str) -> String {
    own.replacen(name, "", 1)
}

/// With one sign for all that are drawn like it.
fn drawn(name: &str) -> String {
    let first = |c: char| {
        ALIKE
            .iter()
            .find(|alike| alike.contains(c))
            .and_then(|alike| alike.chars().next())
    };
    name.chars().map(|c| first(c).unwrap_or(c)).collect()
}

/// Said aloud it is the same, whatever the tones.
fn sounds_as(bare: &str, other: &str) -> bool {
    bare.chars().count() == other.chars().count() && bare.chars().zip(other.chars()).all(|(one, other)| {
        one == other
            || matches!((one.to_pinyin(), other.to_pinyin()), (Some(one), Some(other)) if one.plain() == other.plain())
    })
}

/// zhangxiaoming
fn spelled(name: &str) -> String {
    name.chars()
        .filter_map(|c| c.to_pinyin())
        .map(|sound| sound.plain())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        refused: bool,
    }

    /// Of the sample city.
    const PEOPLE: [&str; 30] = [
        "王敏",
        "赵岩",
        "陈立新",
        "刘文静",
        "张晓明",
        "李强",
        "孙丽",
        "何建国",
        "吴静",
        "马超",
        "郑爱华",
        "钱多多",
        "田小雨",
        "白雪",
        "周红",
        "高翔",
        "徐国栋",
        "韩梅",
        "苏晴",
        "冯涛",
        "蒋芳",
        "沈洁",
        "杨帆",
        "郭亮",
        "宋佳",
        "罗平",
        "唐宁",
        "曹阳",
        "邓瑞",
        "许诺",
    ];
    const OFFICES: [&str; 15] = [
        "市局",
        "注册科",
        "魏都分局",
        "魏都区",
        "窗口",
        "南关工商所",
        "西关工商所",
        "禹州市局",
        "禹州",
        "钧台工商所",
        "长葛市局",
        "长葛",
        "建设路工商所",
        "老城工商所",
        "许昌市",
    ];

    /// tests/data/nicknames.jsonl, against the people and offices of the sample city.
    #[test]
    fn nobody_passes_for_staff_and_ordinary_names_pass() {
        let (mut refused, mut passed, mut wrong) = (0, 0, Vec::new());
        for line in include_str!("../../../tests/data/nicknames.jsonl").lines() {
            let case: Case = serde_json::from_str(line).expect(line);
            let like = like(&case.name, &PEOPLE, &OFFICES);
            if like.is_some() != case.refused {
                wrong.push((case.name, like));
                continue;
            }
            match case.refused {
                true => refused += 1,
                false => passed += 1,
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(refused >= 120 && passed >= 80, "{refused} refused, {passed} passed");
    }
}
