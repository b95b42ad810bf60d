//! Passports and travel permits (护照, 往来港澳通行证, 回乡证, 台胞证): they have no check digit and are known by
//! the words around them.

use std::ops::Range;

use super::Hidden;
use super::checks::is_recent_day;
use super::digits::{Digit, Gap, begins, half, runs, values};
use super::said::{self, Said, said};
use crate::domain::clean;

/// Numbers of passports and permits where such a paper is spoken of.
pub fn documents(text: &str, closed: &[Range<usize>]) -> Vec<(Range<usize>, Hidden)> {
    let mut found: Vec<(Range<usize>, Hidden)> = vec![];
    for run in runs(text, closed) {
        let mut first = 0;
        while first < run.len() {
            let last = found.last().cloned();
            match begins(&run, first).then(|| document(text, &run, first, last)).flatten() {
                Some((length, hidden)) => {
                    found.push(hidden);
                    first += length;
                }
                None => first += 1,
            }
        }
    }
    found
}

type Found = (Range<usize>, Hidden);

/// The number that begins at `first`, and how many digits it has; `last` is the one found before it.
///
/// Shapes: E12345678, EA1234567 and foreign ones; C12345678 and H1234567890 of the permits; CHN and twelve digits.
fn document(text: &str, run: &[Digit], first: usize, last: Option<Found>) -> Option<(usize, Found)> {
    let (letters, start) = letters_before(text, run[first].at);
    let shape: &[usize] = match letters {
        0 => match bare_shape(text, start) {
            Some(shape) if shape.iter().any(|length| group_ends(run, first, *length)) => shape,
            Some(_) | None => return directly_named(text, run, first),
        },
        1 => &[8, 10, 9, 7, 6],
        2 => &[7, 6, 8],
        3 => &[12],
        _ => return None,
    };
    let length = *shape.iter().find(|length| group_ends(run, first, **length))?;
    let end = with_check(text, run[first + length - 1].end);
    let called = said(text, start);
    if let Some((range, kind)) = last
        && letters > 0
        && listed(&text[range.end..start])
    {
        return Some((length, (start..end, kind)));
    }
    let near = match called {
        Some((Said::Document, apart)) if letters == 0 => apart <= 4,
        Some((Said::Document, _)) => true,
        Some((Said::Person, apart)) => letters > 0 && apart <= 6,
        Some((Said::Card | Said::Mobile | Said::Public, _)) | None => {
            letters > 0 && called.is_none() && length >= 7 && follows(&text[end..])
        }
    };
    let passport = !permit(text, start);
    let kind = if passport { Hidden::Passport } else { Hidden::Permit };
    near.then_some((length, (start..end, kind)))
}

/// Digits without a letter of which a person's paper is named right before: 身份证 410102197512, 澳门身份证1234567(8).
/// A day is none, and a mobile is known as one.
fn directly_named(text: &str, run: &[Digit], first: usize) -> Option<(usize, Found)> {
    let called = said::directly(text, run[first].at)?;
    let longest = match called {
        // Longer ones are known by their shape.
        Said::Person => 14,
        _ => 20,
    };
    let rest = &run[first + 1..];
    let length = 1 + rest.iter().take_while(|digit| digit.gap <= Gap::Thin).count();
    let digits = values(&run[first..first + length]);
    let day = length >= 8 && is_recent_day(&digits[..8]) && length <= 8;
    let mobile = length == 11 && digits[0] == 1 && (3..=9).contains(&digits[1]);
    let landline = digits[0] == 0 && (10..=12).contains(&length);
    let end = with_check(text, run[first + length - 1].end);
    let kind = match (called, permit(text, run[first].at)) {
        (Said::Person, _) => Hidden::IdCard,
        (_, true) => Hidden::Permit,
        (_, false) => Hidden::Passport,
    };
    let is_number = (6..=longest).contains(&length) && !day && !mobile && !landline;
    is_number.then_some((length, (run[first].at..end, kind)))
}

/// Whether only the sign of a list stands between two numbers.
fn listed(between: &str) -> bool {
    between.chars().count() <= 2 && !between.chars().any(char::is_alphanumeric) || matches!(between, "和" | "及" | "与")
}

/// How many digits the papers have that have no letter: 台胞证, foreign passports, 军官证.
fn bare_shape(text: &str, at: usize) -> Option<&'static [usize]> {
    const SHAPES: [(&str, &[usize]); 5] = [
        ("台胞证", &[8, 10]),
        ("来往大陆通行证", &[8, 10]),
        ("护照", &[9]),
        ("军官证", &[7, 8, 6]),
        ("士兵证", &[7, 8, 6]),
    ];
    let context = context(text, at);
    let nearest = SHAPES
        .iter()
        .filter_map(|(word, shape)| Some((context.rfind(word)?, *shape)));
    nearest.max_by_key(|(place, _)| *place).map(|(_, shape)| shape)
}

/// Includes the check sign at the end: a letter (K1234567E) or, as in Hong Kong and Macao, one in brackets (A123456(3)).
fn with_check(text: &str, end: usize) -> usize {
    let after: Vec<(usize, char)> = text[end..]
        .char_indices()
        .take(5)
        .map(|(at, c)| (at, half(c)))
        .collect();
    let gap = usize::from(after.first().is_some_and(|(_, c)| *c == ' '));
    match after.get(gap..) {
        Some([(_, '('), (_, sign), (at, ')'), ..]) if sign.is_ascii_alphanumeric() || clean::digit(*sign).is_some() => {
            end + at + text[end + at..].chars().next().map_or(0, char::len_utf8)
        }
        _ => with_letter(text, end),
    }
}

fn with_letter(text: &str, end: usize) -> usize {
    let mut after = text[end..].chars();
    let letter = after.next().filter(|c| half(*c).is_ascii_alphabetic());
    let alone = after.next().is_none_or(|c| !half(c).is_ascii_alphanumeric());
    end + letter.filter(|_| alone).map_or(0, char::len_utf8)
}

fn permit(text: &str, at: usize) -> bool {
    let context = context(text, at);
    [
        "通行证",
        "回乡证",
        "台胞证",
        "旅行证",
        "永久居留",
        "永居证",
        "居留",
        "签证",
        "居民证",
        "台湾",
        "香港",
        "澳门",
        "证件",
        "身份证",
        "军官证",
        "士兵证",
    ]
    .iter()
    .filter_map(|word| context.rfind(word))
    .max()
    .is_some_and(|place| context.rfind("护照").is_none_or(|passport| place > passport))
}

fn context(text: &str, at: usize) -> String {
    let near: Vec<char> = text[..at].chars().rev().take(16).collect();
    near.into_iter().rev().collect()
}

/// Whether the paper is named right after its number.
fn follows(after: &str) -> bool {
    let near: String = after.chars().take(6).collect::<String>().to_lowercase();
    near.contains("护照") || near.contains("passport")
}

/// The letters before the digits, and where they or the digits begin.
fn letters_before(text: &str, at: usize) -> (usize, usize) {
    let before: Vec<(usize, char)> = text[..at].char_indices().rev().take(6).collect();
    let gap = usize::from(before.first().is_some_and(|(_, c)| matches!(half(*c), ' ' | '-')));
    let letters: Vec<usize> = before[gap..]
        .iter()
        .take_while(|(_, c)| half(*c).is_ascii_alphabetic())
        .map(|(place, _)| *place)
        .collect();
    let apart = before
        .get(gap + letters.len())
        .is_none_or(|(_, c)| !half(*c).is_ascii_alphanumeric());
    match letters.last() {
        Some(start) if letters.len() <= 3 && apart => (letters.len(), *start),
        Some(_) if gap == 0 => (usize::MAX, at),
        _ => (0, at),
    }
}

/// Whether `length` digits from `first` are whole groups with thin gaps.
fn group_ends(run: &[Digit], first: usize, length: usize) -> bool {
    let end = first + length;
    end <= run.len()
        && run.get(end).is_none_or(|next| !next.glued)
        && run[first + 1..end].iter().all(|digit| digit.gap <= Gap::Thin)
}
