//! Places in a reply: address, floor, window, which office, and whether one must come at all.

use super::clauses::{Cases, Clause, has};

const SKIP: [&str; 8] = ["不在", "不是", "以前", "原来", "搬走", "原先", "之前", "别去"];
const CENTRE: [&str; 6] = [
    "政务服务中心",
    "政务大厅",
    "办事大厅",
    "行政服务中心",
    "便民服务中心",
    "政务中心",
];
const STATION: [&str; 6] = ["市场监管所", "监管所", "工商所", "所里", "市监所", "市场所"];
const GO: [&str; 6] = ["去", "到", "来", "上", "往", "在"];
const ALSO: [&str; 8] = ["都行", "都可以", "也行", "也可以", "或", "都中", "都能", "也能"];
const MUST: [&str; 13] = [
    "只能到窗口",
    "只能来窗口",
    "只能去窗口",
    "只能到大厅",
    "只能来大厅",
    "只能现场",
    "只能窗口",
    "只能线下",
    "必须到窗口",
    "必须来窗口",
    "必须现场",
    "网上办不了",
    "网上不能办",
];
const ONLINE: [&str; 12] = [
    "网上就能办",
    "网上就可以办",
    "网上能办",
    "网上可以办",
    "网上办就",
    "不用跑",
    "不用来窗口",
    "不用到窗口",
    "不用去窗口",
    "不用到现场",
    "不用来大厅",
    "全程网上",
];
/// Coming for these is no matter of where it is done.
const OTHER_STEP: [&str; 5] = ["领", "取", "核验", "交回", "拿照"];

/// A place as one reply gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    from: u32,
    to: u32,
    said: String,
    cases: Cases,
}

/// A word of a place, and how it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    what: String,
    said: String,
    cases: Cases,
}

/// The places of a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    addresses: Vec<Named>,
    floors: Vec<Spot>,
    windows: Vec<Spot>,
    offices: Vec<Named>,
    ways: Vec<Named>,
}

/// The places a reply names without a condition.
pub(super) fn read(clauses: &[Clause<'_>]) -> Places {
    let mut found = Places::default();
    for clause in clauses.iter().filter(|clause| !clause.asks && !clause.conditional) {
        if has(clause.text, &SKIP) {
            continue;
        }
        let (text, cases) = (clause.text, clause.cases);
        address(text, cases, &mut found.addresses);
        for sign in ["楼", "层"] {
            spots(text, sign, cases, &mut found.floors);
        }
        for sign in ["号窗", "号柜台"] {
            spots(text, sign, cases, &mut found.windows);
        }
        if !has(text, &ALSO) {
            office(text, cases, &mut found);
        }
        way(text, cases, &mut found.ways);
    }
    found
}

/// 建安大道188号, without what stands before the road's name.
fn address(text: &str, cases: Cases, found: &mut Vec<Named>) {
    let chars: Vec<char> = text.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let digits: String = chars[i + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
        let ends = chars.get(i + 1 + digits.len()) == Some(&'号');
        if !matches!(c, '路' | '街' | '道' | '巷') || digits.is_empty() || !ends {
            continue;
        }
        let stop = |c: &char| !c.is_alphabetic() || "在到去于位是来往上址区县市".contains(*c);
        let begin = chars[..i]
            .iter()
            .rposition(stop)
            .map_or(0, |at| at + 1)
            .max(i.saturating_sub(6));
        let road: String = chars[begin..=i].iter().collect();
        let what = format!("{road}{digits}号");
        found.push(Named {
            said: what.clone(),
            what,
            cases,
        });
    }
}

/// Numbers before a sign: 2楼, 3到6号窗口, 3、4号窗口; not the 2 of 2号楼.
fn spots(text: &str, sign: &str, cases: Cases, found: &mut Vec<Spot>) {
    for (at, _) in text.match_indices(sign) {
        let part = |c: char| c.is_ascii_digit() || "至到-~、和或号".contains(c);
        let begin = text[..at]
            .rfind(|c: char| !part(c))
            .map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
        let written = text[begin..at].trim_start_matches(|c: char| !c.is_ascii_digit());
        if written.ends_with('号') || written.is_empty() {
            continue;
        }
        let numbers: Vec<u32> = written
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let (Some(from), Some(to)) = (numbers.iter().min(), numbers.iter().max()) else {
            continue;
        };
        found.push(Spot {
            from: *from,
            to: *to,
            said: format!("{written}{sign}"),
            cases,
        });
    }
}

fn office(text: &str, cases: Cases, found: &mut Places) {
    for (what, words) in [("政务服务中心", CENTRE), ("市场监管所", STATION)] {
        let hit = words.iter().find_map(|word| Some((*word, text.find(word)?)));
        let Some((word, at)) = hit else { continue };
        let near: String = text[..at].chars().rev().take(6).collect();
        if has(&near, &GO) {
            found.offices.push(Named {
                what: what.to_string(),
                said: word.to_string(),
                cases,
            });
        }
    }
}

fn way(text: &str, cases: Cases, found: &mut Vec<Named>) {
    if has(text, &OTHER_STEP) {
        return;
    }
    let hits = [("窗口", MUST.as_slice()), ("网上", ONLINE.as_slice())];
    for (what, words) in hits {
        if let Some(word) = words.iter().find(|word| text.contains(**word)) {
            found.push(Named {
                what: what.to_string(),
                said: (*word).to_string(),
                // What is compared is the way itself.
                cases: cases.without_ways(),
            });
        }
    }
}

/// The first kind of place for which each side has just one, and not the same.
pub(super) fn differ(one: &Places, other: &Places) -> Option<(String, String)> {
    let named = |a: &[Named], b: &[Named], same: fn(&str, &str) -> bool| {
        let (a, b) = (only(a, |x, y| x.what == y.what)?, only(b, |x, y| x.what == y.what)?);
        (!same(&a.what, &b.what) && !a.cases.differ(b.cases)).then(|| (a.said.clone(), b.said.clone()))
    };
    let spots = |a: &[Spot], b: &[Spot]| {
        let span = |x: &Spot, y: &Spot| (x.from, x.to) == (y.from, y.to);
        let (a, b) = (only(a, span)?, only(b, span)?);
        let apart = a.to < b.from || b.to < a.from;
        (apart && !a.cases.differ(b.cases)).then(|| (a.said.clone(), b.said.clone()))
    };
    let ends = |a: &str, b: &str| a.ends_with(b) || b.ends_with(a);
    named(&one.addresses, &other.addresses, ends)
        .or_else(|| spots(&one.floors, &other.floors))
        .or_else(|| spots(&one.windows, &other.windows))
        .or_else(|| named(&one.offices, &other.offices, |a, b| a == b))
        .or_else(|| named(&one.ways, &other.ways, |a, b| a == b))
}

/// The only one of its kind, however often it is said.
fn only<T>(all: &[T], same: impl Fn(&T, &T) -> bool) -> Option<&T> {
    let first = all.first()?;
    all.iter().all(|other| same(first, other)).then_some(first)
}
