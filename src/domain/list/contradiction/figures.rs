//! Figures in a reply, each with the thing it belongs to, and when two of them contradict each other.

use super::clauses::{Cases, Clause};
use crate::domain::list::amount::Amount;

/// How a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Exact,
    /// Not more: 3日内.
    Limit,
    /// From one to another, or from one on.
    Range,
    /// 大概一周.
    Roughly,
}

/// A span of values in days or yuan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) form: Form,
    /// Counted in 工作日, or otherwise another measure than that of a value without it.
    pub(super) working: bool,
}

/// One figure of a reply.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// What it belongs to; zero where no word tells.
    pub(super) thing: usize,
    pub(super) cases: Cases,
    pub(super) value: Value,
    pub(super) said: String,
}

/// Different figures for one thing: the same thing with one figure on each side, or just one figure on each side
/// of which one says no thing.
pub(super) fn differ(
    one: &[Figure],
    other: &[Figure],
    contradict: fn(&Figure, &Figure) -> bool,
) -> Option<(String, String)> {
    let told = |a: &Figure, b: &Figure| {
        (!a.cases.differ(b.cases) && contradict(a, b)).then(|| (a.said.clone(), b.said.clone()))
    };
    if let ([a], [b]) = (one, other)
        && (a.thing == 0 || b.thing == 0)
    {
        return told(a, b);
    }
    let only = |figures: &'_ [Figure], thing: usize| {
        let mut of_thing = figures.iter().enumerate().filter(|(_, figure)| figure.thing == thing);
        let first = of_thing.next().map(|(i, _)| i);
        first.filter(|_| of_thing.next().is_none())
    };
    one.iter().filter(|a| a.thing != 0).find_map(|a| {
        let (i, j) = (only(one, a.thing)?, only(other, a.thing)?);
        told(&one[i], &other[j])
    })
}

/// Adds a figure unless it is said already.
pub(super) fn add(figures: &mut Vec<Figure>, figure: Figure) {
    let same = |known: &Figure| known.thing == figure.thing && known.said == figure.said;
    if !figures.iter().any(same) {
        figures.push(figure);
    }
}

const LIMIT_BEFORE: [&str; 10] = [
    "不超过",
    "最多",
    "最长",
    "最迟",
    "最晚",
    "顶多",
    "撑死",
    "不超",
    "至多",
    "限",
];
const LIMIT_AFTER: [&str; 6] = ["内", "以内", "之内", "以下", "封顶", "里头"];
const LEAST_BEFORE: [&str; 5] = ["至少", "最少", "不少于", "最快", "起码"];
const LEAST_AFTER: [&str; 5] = ["以上", "起", "往上", "多", "开外"];
const ROUGHLY_BEFORE: [&str; 9] = ["大概", "大约", "差不多", "约", "估计", "一般", "通常", "基本", "也就"];
const ROUGHLY_AFTER: [&str; 3] = ["左右", "上下", "来"];

/// The span an amount means; `scale` turns its number and unit into the common measure.
pub(super) fn value(amount: &Amount<'_>, working: bool, scale: f64) -> Option<Value> {
    let number: f64 = amount.number.parse().ok()?;
    let to = number * scale;
    let (from, form) = match lower(amount.before) {
        Some(lower) if lower < number => (lower * scale, Form::Range),
        _ if has_end(amount, &ROUGHLY_BEFORE, &ROUGHLY_AFTER) => (to, Form::Roughly),
        _ if has_end(amount, &LIMIT_BEFORE, &LIMIT_AFTER) => (0.0, Form::Limit),
        _ if has_end(amount, &LEAST_BEFORE, &LEAST_AFTER) => {
            return Some(Value {
                from: to,
                to: f64::INFINITY,
                form: Form::Range,
                working,
            });
        }
        _ => (to, Form::Exact),
    };
    Some(Value {
        from,
        to,
        form,
        working,
    })
}

/// The amount as it is told: 1至3日, 3个工作日内, 约7日.
pub(super) fn said(amount: &Amount<'_>, value: &Value) -> String {
    match value.form {
        Form::Exact => amount.said(),
        Form::Limit => format!("{}内", amount.said()),
        Form::Roughly => format!("约{}", amount.said()),
        Form::Range if value.to.is_infinite() => format!("至少{}", amount.said()),
        Form::Range => format!("{}至{}", lower(amount.before).unwrap_or_default(), amount.said()),
    }
}

fn has_end(amount: &Amount<'_>, before: &[&str], after: &[&str]) -> bool {
    before.iter().any(|word| amount.before.contains(word)) || after.iter().any(|word| amount.after.starts_with(word))
}

/// The 1 of 1至3日, 1日到3日, 1-3日.
fn lower(before: &str) -> Option<f64> {
    let signs = ['至', '到', '-', '~', '～', '—', '、'];
    let rest = before.strip_suffix(signs)?.trim_end_matches(signs);
    let rest = ["个工作日", "工作日", "个月", "日", "天", "元", "块"]
        .iter()
        .find_map(|unit| rest.strip_suffix(unit))
        .unwrap_or(rest);
    let digits = rest.rfind(|c: char| !c.is_ascii_digit()).map_or(rest, |i| {
        &rest[i + rest[i..].chars().next().map_or(0, char::len_utf8)..]
    });
    digits.parse().ok()
}

/// Whether the amount is the first half of a range, whose second half says all.
pub(super) fn begins_range(amount: &Amount<'_>) -> bool {
    let rest = amount.after.strip_prefix(['至', '到', '-', '~', '～', '—']);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Two spans that have nothing in common.
pub(super) fn apart(one: Value, other: Value) -> bool {
    let (a, b) = (stretched(one), stretched(other));
    a.1 < b.0 || b.1 < a.0
}

/// With what 大概 and rounding allow.
fn stretched(value: Value) -> (f64, f64) {
    let (less, more) = match value.form {
        Form::Roughly => (0.6, 1.6),
        Form::Exact | Form::Limit | Form::Range => (0.985, 1.015),
    };
    (value.from * less, value.to * more)
}

/// A thing figures belong to, by its words; its place in the list is its number, from 1.
pub(super) type Things = [&'static [&'static str]];

/// Words after a thing that make it the moment counted from: 审核通过后3日.
const ANCHORS: [&str; 12] = [
    "后", "之后", "以后", "通过", "期满", "结束", "完成", "完后", "完了", "完再", "过后", "之日",
];

/// The thing an amount belongs to: the last word before it, else the first behind it, else of the clause before.
pub(super) fn thing(amount: &Amount<'_>, clause: &Clause<'_>, things: &Things) -> usize {
    let cut = amount.after.find(|c: char| c.is_ascii_digit() || c == '、');
    let after = &amount.after[..cut.unwrap_or(amount.after.len())];
    let previous = clause
        .previous
        .filter(|text| !text.contains(|c: char| c.is_ascii_digit()));
    last(amount.before, things)
        .or_else(|| next(after, things))
        .or_else(|| last(previous?, things))
        .unwrap_or(0)
}

fn mentions<'a>(text: &'a str, things: &'a Things) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
    let words = things
        .iter()
        .enumerate()
        .flat_map(|(i, words)| words.iter().map(move |word| (i + 1, *word)));
    words.flat_map(move |(thing, word)| {
        text.match_indices(word)
            .map(move |(at, _)| (at, at + word.len(), thing))
    })
}

/// The last thing a text names.
pub(super) fn last(text: &str, things: &Things) -> Option<usize> {
    let free = |(_, end, _): &(usize, usize, usize)| !ANCHORS.iter().any(|word| text[*end..].starts_with(word));
    let found = mentions(text, things)
        .filter(free)
        .max_by_key(|(at, end, _)| (*end, end - at));
    found.map(|(_, _, thing)| thing)
}

/// The first thing a text names.
fn next(text: &str, things: &Things) -> Option<usize> {
    let found = mentions(text, things).min_by_key(|(at, end, _)| (*at, usize::MAX - end));
    found.map(|(_, _, thing)| thing)
}
