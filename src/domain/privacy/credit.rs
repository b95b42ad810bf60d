//! 统一社会信用代码 (GB 32100-2015): public numbers of enterprises, which stay readable in whatever groups.

use std::ops::Range;

use super::checks::{X, is_credit_code, is_id_card, is_region};
use super::digits::{between, half};

/// Codes written in one piece, except one that is an identity number as well.
pub fn whole_codes(text: &str) -> Vec<Range<usize>> {
    pieces(text, |c| half(c).is_ascii_alphanumeric())
        .into_iter()
        .filter(|piece| is_public(&plain(&text[piece.clone()])))
        .collect()
}

/// Codes written in groups or over two lines.
///
/// Never with a mobile among the groups: one in 31 of any signs passes the check.
pub fn grouped_codes(text: &str) -> Vec<Range<usize>> {
    let groups = pieces(text, |c| half(c).is_ascii_alphanumeric());
    let mut found: Vec<Range<usize>> = vec![];
    for first in 0..groups.len() {
        if found.last().is_some_and(|last| groups[first].start < last.end) {
            continue;
        }
        let mut code = String::new();
        for (index, group) in groups.iter().enumerate().skip(first) {
            let apart = index == first || is_gap(&text[groups[index - 1].end..group.start]);
            let part = plain(&text[group.clone()]);
            if !apart || part.len() > 18 || (part.len() == 11 && part.starts_with('1')) {
                break;
            }
            code.push_str(&part);
            if code.len() >= 18 {
                if index > first && is_public(&code) {
                    found.push(groups[first].start..group.end);
                }
                break;
            }
        }
    }
    found
}

/// A credit code; enterprises' codes begin with 9, one that begins otherwise and is an identity number is a person's.
fn is_public(code: &str) -> bool {
    let digits: Option<Vec<u8>> = code
        .chars()
        .map(|c| match c {
            'X' => Some(X),
            c => c.to_digit(10).and_then(|value| u8::try_from(value).ok()),
        })
        .collect();
    let person = digits.is_some_and(|values| values.len() == 18 && values[0] != 9 && is_id_card(&values));
    is_credit_code(code) && names_an_authority(code) && !person
}

/// Whether the first signs are a registering authority, a class and a region (GB 32100-2015 table 1, GB/T 2260;
/// 10 is the national level).
fn names_an_authority(code: &str) -> bool {
    let signs = code.as_bytes();
    let region: Vec<u8> = signs[2..4].iter().map(|sign| sign.wrapping_sub(b'0')).collect();
    matches!(signs[0], b'1'..=b'9' | b'A' | b'N' | b'Y')
        && matches!(signs[1], b'1'..=b'5' | b'9')
        && (region == [1, 0] || (region.iter().all(|digit| *digit < 10) && is_region(&region)))
}

fn is_gap(part: &str) -> bool {
    part.chars().count() <= 4 && part.chars().all(|c| between(c).is_some())
}

fn plain(piece: &str) -> String {
    piece.chars().map(|c| half(c).to_ascii_uppercase()).collect()
}

/// The longest stretches of characters that `belongs` accepts.
pub fn pieces(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = vec![];
    for (at, c) in text.char_indices().filter(|(_, c)| belongs(*c)) {
        match pieces.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => pieces.push(at..at + c.len_utf8()),
        }
    }
    pieces
}
