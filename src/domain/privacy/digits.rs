//! Reads digits as people write them: full width, Chinese numerals, key caps, with gaps, over two lines.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::checks::X;
use crate::domain::clean::{self, invisible};

/// What stands between a digit and the one before it; what parts two numbers more clearly comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    None,
    /// Spaces, dashes.
    Thin,
    Dot,
    /// Commas, slashes, brackets.
    Loose,
    /// Signs of lists and times, which seldom stand inside a number.
    List,
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Plain,
    Han,
    Other,
}

/// One digit of a number as people write it.
#[derive(Clone, Debug)]
pub struct Digit {
    /// 0–9, and 10 for the check character X.
    pub value: u8,
    pub at: usize,
    pub end: usize,
    pub gap: Gap,
    /// Follows the digit before it without a gap and in the same script.
    pub glued: bool,
    script: Script,
}

impl Digit {
    /// Written as a Chinese numeral, so that nothing shows where a number begins and ends.
    pub fn han(&self) -> bool {
        self.script == Script::Han
    }
}

/// Digits that only gaps part; nothing of the closed ranges.
pub fn runs(text: &str, closed: &[Range<usize>]) -> Vec<Vec<Digit>> {
    const LONGEST_GAP: usize = 6;
    let mut runs = vec![];
    let mut run: Vec<Digit> = vec![];
    let (mut gap, mut length) = (Gap::None, 0);
    for (at, c) in text.char_indices() {
        let open = !closed.iter().any(|range| range.contains(&at));
        let end = at + c.len_utf8();
        let value = read(c)
            .or_else(|| (run.len() >= 17).then(|| check_sign(c)).flatten())
            .or_else(|| {
                let inside = !run.is_empty() && length == 0;
                let first = !run.is_empty() && matches!(half(c), 'o' | 'O');
                (inside || first)
                    .then(|| letter(c, &text[..at], &text[end..]))
                    .flatten()
            });
        match (value, between(c).or_else(|| other_sign(c))) {
            (Some((value, script)), _) if open => {
                let glued = gap == Gap::None && run.last().is_some_and(|last| last.script == script);
                run.push(Digit {
                    value,
                    at,
                    end,
                    gap,
                    glued,
                    script,
                });
                if value == X {
                    runs.push(std::mem::take(&mut run));
                }
                (gap, length) = (Gap::None, 0);
            }
            (None, _) if open && is_combining_mark(c) => {
                if let Some(last) = run.last_mut().filter(|_| length == 0) {
                    last.end = end;
                }
            }
            (None, None) if open && invisible(c) => {}
            (None, Some(wider)) if open && !run.is_empty() && length < LONGEST_GAP => {
                gap = gap.max(wider);
                length += 1;
            }
            _ => {
                runs.push(std::mem::take(&mut run));
                (gap, length) = (Gap::None, 0);
            }
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

/// The value of a digit and how it is written.
fn read(c: char) -> Option<(u8, Script)> {
    if let Some(value) = clean::digit(c) {
        let script = match half(c).is_ascii() {
            true => Script::Plain,
            false => Script::Other,
        };
        return Some((value, script));
    }
    let value = match c {
        // Unihan kPrimaryNumeric, kAccountingNumeric and kOtherNumeric, and how they are said on the telephone.
        '〇' | '零' | '○' | '洞' => 0,
        '一' | '壹' | '幺' | '弌' | '壱' => 1,
        '二' | '贰' | '貳' | '两' | '兩' | '弍' | '弐' | '貮' => 2,
        '三' | '叁' | '叄' | '參' | '参' | '弎' => 3,
        '四' | '肆' | '亖' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' | '漆' | '拐' => 7,
        '八' | '捌' => 8,
        '九' | '玖' | '勾' => 9,
        _ => return None,
    };
    Some((value, Script::Han))
}

/// The X at the end of an identity number, and what people write for it.
fn check_sign(c: char) -> Option<(u8, Script)> {
    matches!(half(c), 'x' | 'X' | '×' | '✕' | '✖' | 'Х' | 'х' | 'Χ' | 'χ' | '叉').then_some((X, Script::Plain))
}

/// A letter written for a digit, between digits or in a group of nothing else: 139OOOO0001, 15O-1234-OOOO.
fn letter(c: char, before: &str, after: &str) -> Option<(u8, Script)> {
    let value = match half(c) {
        'o' | 'O' => 0,
        'l' | 'I' => 1,
        _ => return None,
    };
    let lent = |c: &char| matches!(c, 'o' | 'O' | 'l' | 'I');
    let signs = |c: &char| c.is_ascii_alphanumeric();
    let ahead = || after.chars().map(half).take_while(signs);
    let behind = || before.chars().rev().map(half).take_while(signs);
    let between = behind().next().is_some_and(|c| c.is_ascii_digit() || lent(&c))
        && ahead().find(|c| !lent(c)).is_some_and(|c| c.is_ascii_digit());
    let mut group = behind().chain([half(c)]).chain(ahead());
    let digits = group.clone().any(|c| c.is_ascii_digit()) || (group.clone().count() >= 3 && value == 0);
    let alone = digits && group.all(|c| c.is_ascii_digit() || lent(&c));
    (between || alone).then_some((value, Script::Plain))
}

/// Full width to ASCII.
pub fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// What people, or those who hide something, put between the digits of one number.
pub fn between(c: char) -> Option<Gap> {
    match half(c) {
        ' ' | '_' => Some(Gap::Thin),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(Gap::Line),
        half if clean::dash(half) || clean::odd_blank(half) => Some(Gap::Thin),
        '.' | '·' | '•' | '‧' | '・' | '･' | '∙' | '⋅' => Some(Gap::Dot),
        ',' | '/' | '(' | ')' | '|' | '*' | '~' | '丨' | '\\' | '^' | '`' | '{' | '}' | '<' | '>' => Some(Gap::Loose),
        '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '【' | '】' => {
            Some(Gap::Loose)
        }
        '、' | ':' | ';' | '+' | '#' | '=' | '…' | '&' => Some(Gap::List),
        // Not ［］, which stand around what is masked already.
        _ if matches!(c, '[' | ']') => Some(Gap::Loose),
        _ => None,
    }
}

/// Whatever else is no letter: other signs, sentences that end, emoji.
fn other_sign(c: char) -> Option<Gap> {
    let sign = !c.is_alphanumeric() && !c.is_control() && !invisible(c) && !matches!(c, '［' | '］');
    sign.then_some(Gap::List)
}

/// The values alone.
pub fn values(digits: &[Digit]) -> Vec<u8> {
    digits.iter().map(|digit| digit.value).collect()
}

/// The lengths of the groups in which the digits are written.
pub fn widths(digits: &[Digit]) -> Vec<usize> {
    let mut widths = vec![];
    for (index, digit) in digits.iter().enumerate() {
        match widths.last_mut() {
            Some(width) if index > 0 && digit.gap == Gap::None => *width += 1,
            _ => widths.push(1),
        }
    }
    widths
}

/// Two by two, the odd one at either end, or three at the beginning: 13 90 00 00 00 1.
pub fn in_pairs(widths: &[usize]) -> bool {
    let twos = |widths: &[usize]| widths.iter().all(|width| *width == 2);
    match widths {
        [1 | 3, rest @ ..] => rest.len() >= 3 && twos(rest),
        [rest @ .., 1] => rest.len() >= 3 && twos(rest),
        all => all.len() >= 4 && twos(all),
    }
}

/// The widest gap inside.
pub fn widest(digits: &[Digit]) -> Gap {
    digits[1..].iter().map(|digit| digit.gap).max().unwrap_or(Gap::None)
}

/// Whether a number may begin at `first`.
pub fn begins(run: &[Digit], first: usize) -> bool {
    !run[first].glued || run[first].han()
}

/// The `length` digits from `first`, if no further digit is glued to them.
pub fn ends(run: &[Digit], first: usize, length: usize) -> Option<&[Digit]> {
    let end = first + length;
    let whole = run
        .get(end)
        .is_none_or(|next| !next.glued || next.han() || next.value == X);
    (end <= run.len() && whole).then(|| &run[first..end])
}
