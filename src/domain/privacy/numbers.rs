//! Numbers that give themselves away by their digits: identity numbers, bank cards, mobiles.

use std::ops::Range;

use super::checks::{
    X, birth_year, is_id_card, is_nearly_id_card, is_old_id_card, is_province, is_recent_day, passes_luhn,
};
use super::digits::{Digit, Gap, begins, ends, half, in_pairs, runs, values, widest, widths};
use super::said::{Said, said};
use super::{Hidden, touch};

/// Numbers of papers begin with a region and a day as well; who was born after this year founds no enterprise.
const YOUNGEST: i16 = 2015;

/// Identity numbers with the right check character, also in the middle of other digits: that a stray row of
/// digits has a province, a birthday and the check is less likely than 1 in 50 000. A number that is one of
/// `codes` as well stays public.
pub fn identity_numbers(text: &str, codes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    for run in runs(text, &[]) {
        let mut public = landlines(&run);
        public.extend_from_slice(codes);
        for first in 0..run.len().saturating_sub(17) {
            let digits = &run[first..first + 18];
            let numbers = values(digits);
            let is_person = is_province(&numbers)
                && is_id_card(&numbers)
                && birth_year(&numbers).is_some_and(|year| year <= YOUNGEST);
            let range = digits[0].at..digits[17].end;
            let alone = || begins(&run, first) && ends(&run, first, 18).is_some();
            let sure = || grouped_as_identity(digits) || (alone() && !public.iter().any(|other| touch(other, &range)));
            if !is_person || codes.contains(&range) || !sure() {
                continue;
            }
            match found.last_mut() {
                Some(last) if range.start < last.end => last.end = range.end,
                _ => found.push(range),
            }
        }
    }
    found
}

/// In one piece, digit by digit, or region, birthday and the rest: so it is known in the middle of other digits.
fn grouped_as_identity(digits: &[Digit]) -> bool {
    let widths = widths(digits);
    matches!(widths[..], [18] | [6, 12] | [6, 8, 4] | [6, 4, 4, 4] | [14, 4]) || widths.len() == 18 || in_pairs(&widths)
}

/// Landlines with their area code (010, 02x, 0xxx), which are public.
pub fn area_landlines(text: &str, closed: &[Range<usize>]) -> Vec<Range<usize>> {
    runs(text, closed).iter().flat_map(|run| landlines(run)).collect()
}

fn landlines(run: &[Digit]) -> Vec<Range<usize>> {
    let landline = |first: usize| {
        let code = match (run[first].value, run.get(first + 1)?.value) {
            (0, 1 | 2) => 3,
            (0, 3..=9) => 4,
            _ => return None,
        };
        let length = [8, 7]
            .map(|local| code + local)
            .into_iter()
            .find(|length| first + length <= run.len() && run.get(first + length).is_none_or(|next| !next.glued))?;
        let digits = &run[first..first + length];
        let local = &digits[code..];
        // Not 0371 2345 6789, which may be the middle of a card.
        let in_one = matches!(widths(local)[..], [7 | 8] | [3, 4]);
        let dressed = digits[1..].iter().any(|digit| digit.gap == Gap::None && !digit.glued);
        let line = in_one && !dressed && (2..=8).contains(&local[0].value) && widest(digits) <= Gap::Loose;
        line.then(|| digits[0].at..digits[digits.len() - 1].end)
    };
    (0..run.len())
        .filter(|first| !run[*first].glued)
        .filter_map(landline)
        .collect()
}

/// Whatever else in the open part of the text is a number of a person.
pub fn numbers(text: &str, closed: &[Range<usize>]) -> Vec<(Range<usize>, Hidden)> {
    let mut found = vec![];
    for run in runs(text, closed) {
        let mut first = 0;
        while first < run.len() {
            match begins(&run, first).then(|| numbered(text, &run, first)).flatten() {
                Some((length, kind)) => {
                    found.push((run[first].at..run[first + length - 1].end, kind));
                    first += length;
                }
                None => first += 1,
            }
        }
    }
    found
}

/// The rest of a paper's or card's number whose beginning is masked already: digits by themselves at the beginning of
/// the next line.
pub fn rests(text: &str, closed: &[Range<usize>]) -> Vec<Range<usize>> {
    let labels = [Hidden::IdCard, Hidden::Passport, Hidden::Permit, Hidden::BankCard].map(Hidden::label);
    let rest = |run: &Vec<Digit>| {
        let length = 1 + run[1..].iter().take_while(|digit| digit.glued).count();
        let digits = values(&run[..length]);
        let line = text[..run[0].at]
            .trim_end_matches([' ', '\u{3000}'])
            .strip_suffix('\n')?;
        let begun = labels.iter().any(|label| line.trim_end().ends_with(label));
        let end = run[length - 1].end;
        let alone = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        let hotline = length == 5 && digits.starts_with(&[1, 2]);
        let day = length == 8 && is_recent_day(&digits);
        (begun && alone && (3..=14).contains(&length) && !hotline && !day).then(|| run[0].at..end)
    };
    runs(text, closed).iter().filter_map(rest).collect()
}

/// The number that begins at `first` and must be hidden: how many digits, and what it is.
fn numbered(text: &str, run: &[Digit], first: usize) -> Option<(usize, Hidden)> {
    let said = said(text, run[first].at);
    let called = said.map(|(kind, _)| kind);
    without_gap(run, first)
        .or_else(|| identity(run, first, called).map(|length| (length, Hidden::IdCard)))
        .or_else(|| card(text, run, first, called).map(|length| (length, Hidden::BankCard)))
        .or_else(|| mobile(text, run, first, said).map(|length| (length, Hidden::Mobile)))
        .or_else(|| abroad(text, run, first).map(|length| (length, Hidden::Mobile)))
}

/// Mobiles and identity numbers typed one behind the other without a gap.
fn without_gap(run: &[Digit], first: usize) -> Option<(usize, Hidden)> {
    // Looked at first, because a long run is counted anew from each digit where a number may begin.
    next_numbers(&values(&run[first..run.len().min(first + 18)])).next()?;
    let length = 1 + run[first + 1..].iter().take_while(|digit| digit.glued).count();
    let digits = values(&run[first..first + length]);
    if length < 22 || !tiled(&digits) {
        return None;
    }
    let kind = if starts_as_mobile(&digits) {
        Hidden::Mobile
    } else {
        Hidden::IdCard
    };
    Some((length, kind))
}

/// Whether the digits are numbers to the end, whichever way they are cut; each place is looked at once.
fn tiled(digits: &[u8]) -> bool {
    let mut reached = vec![false; digits.len() + 1];
    reached[0] = true;
    for at in 0..digits.len() {
        if reached[at] {
            for length in next_numbers(&digits[at..]) {
                reached[at + length] = true;
            }
        }
    }
    reached[digits.len()]
}

/// How long the number is that begins here: a mobile's, an identity number's, or either.
fn next_numbers(digits: &[u8]) -> impl Iterator<Item = usize> {
    let mobile = digits.len() >= 11 && starts_as_mobile(digits);
    let identity = digits.len() >= 18 && (is_id_card(&digits[..18]) || is_nearly_id_card(&digits[..18]));
    [(mobile, 11), (identity, 18)]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, length)| length)
}

/// GB 11643, also with a mistyped check where nothing says that it is the number of a paper.
fn identity(run: &[Digit], first: usize, called: Option<Said>) -> Option<usize> {
    let is_person = called == Some(Said::Person);
    let is_other = matches!(called, Some(Said::Public | Said::Card));
    if let Some(digits) = ends(run, first, 18) {
        let numbers = values(digits);
        let paper = called == Some(Said::Public) && birth_year(&numbers).is_some_and(|year| year > YOUNGEST);
        let mistyped = is_nearly_id_card(&numbers) && (is_person || (!is_other && widest(digits) <= Gap::Dot));
        if (is_id_card(&numbers) && !paper) || mistyped {
            return Some(18);
        }
    }
    if is_person && ends(run, first, 11).is_none_or(|digits| !starts_as_mobile(&values(digits))) {
        // With a digit too few or too many, or a day that does not exist, it is the same person's number.
        let said = [18, 17, 19, 16, 20]
            .into_iter()
            .find(|length| ends(run, first, *length).is_some_and(|digits| is_province(&values(digits))));
        if said.is_some() {
            return said;
        }
    }
    ends(run, first, 15)
        .filter(|digits| is_old_id_card(&values(digits)) && !is_other)
        .filter(|digits| is_person || (widest(digits) <= Gap::Dot && widths(digits).iter().all(|width| *width >= 3)))
        .map(|digits| digits.len())
}

/// ISO/IEC 7812-1: 16 to 19 digits with a check digit, which may be mistyped where a card is spoken of.
fn card(text: &str, run: &[Digit], first: usize, called: Option<Said>) -> Option<usize> {
    if called == Some(Said::Public) {
        return None;
    }
    let is_card = called == Some(Said::Card);
    let checked = (16..=19).rev().find(|length| {
        ends(run, first, *length).is_some_and(|digits| {
            let called = is_card || card_follows(&text[digits[length - 1].end..]);
            passes_luhn(&values(digits)) && grouped_as_card(digits, called) && (is_card || !are_amounts(digits))
        })
    });
    checked.or_else(|| {
        let lengths = [19, 16, 18, 17, 15].into_iter();
        lengths
            .filter(|_| is_card)
            .find(|length| ends(run, first, *length).is_some_and(|digits| run[first].value != 0 && is_near(digits)))
    })
}

/// Whether it is called a card right after: 6222…这张卡.
fn card_follows(after: &str) -> bool {
    let near = after.chars().take_while(|c| !matches!(c, '。' | '\n' | '；'));
    near.take(6).any(|c| c == '卡')
}

fn is_near(digits: &[Digit]) -> bool {
    widest(digits) <= Gap::Dot && !digits.iter().any(|digit| digit.value == X)
}

/// Written in one piece, in fours, in few long groups, or digit by digit; receipts begin with a year (2), cards
/// do not, and two landlines of eight digits are no card.
fn grouped_as_card(digits: &[Digit], called: bool) -> bool {
    let widths = widths(digits);
    let fours = widths
        .split_last()
        .is_some_and(|(last, fours)| *last <= 4 && fours.iter().all(|width| *width == 4));
    let union_pay = digits[0].value == 6 && digits[1].value == 2;
    let few = widths.len() <= if union_pay { 4 } else { 3 };
    let long = widths.iter().all(|width| *width >= 4) && few && (called || widths != [8, 8]);
    let lines = digits[1..].iter().filter(|digit| digit.gap == Gap::Line).count();
    (3..=9).contains(&digits[0].value)
        && (lines <= 1 || (called && fours))
        && match widest(digits) {
            Gap::None => true,
            Gap::Thin | Gap::Line => fours || long || in_pairs(&widths) || widths.iter().all(|width| *width == 1),
            Gap::Dot => fours,
            Gap::Loose | Gap::List => fours && (called || union_pay),
        }
}

/// 电信网编号计划 (2017): eleven digits that begin with 13 to 19.
fn starts_as_mobile(numbers: &[u8]) -> bool {
    numbers[0] == 1 && (3..=9).contains(&numbers[1]) && !numbers[..11].contains(&X)
}

fn mobile(text: &str, run: &[Digit], first: usize, said: Option<(Said, usize)>) -> Option<usize> {
    const PREFIXES: [&[u8]; 8] = [
        &[0, 0, 8, 6],
        &[0, 8, 6],
        &[8, 6, 0],
        &[8, 6],
        &[0],
        &[1, 7, 9, 5, 1],
        &[1, 2, 5, 9, 3],
        &[],
    ];
    let called = matches!(said, Some((Said::Mobile, apart)) if apart <= 4);
    let is_public = matches!(said, Some((Said::Public, _)));
    PREFIXES.iter().find_map(|prefix| {
        let digits = ends(run, first, prefix.len() + 11)?;
        let (before, number) = digits.split_at(prefix.len());
        let is_mobile = values(before) == *prefix
            && starts_as_mobile(&values(number))
            && grouped_as_mobile(number, called)
            && (!is_public || matches!(widths(number)[..], [11] | [3, 4, 4]))
            && !(is_round(number) && counts_money(&text[number[10].end..]));
        is_mobile.then_some(digits.len())
    })
}

/// How people group a mobile; other groups are amounts, days and extensions, except after 手机 and the like.
fn grouped_as_mobile(digits: &[Digit], called: bool) -> bool {
    let widths = widths(digits);
    let day_last = || is_recent_day(&values(&digits[3..]));
    match (widest(digits), &widths[..]) {
        (Gap::None, _) => true,
        (gap, widths) if in_pairs(widths) => (gap <= Gap::Dot || called) && !day_last(),
        (gap, [3, 4, 4]) => gap <= Gap::Thin || called || !are_amounts(digits),
        // 180 2026-11-23 and 180 20261123 are an amount and a day.
        (_, [3, 4, 2, 2]) => false,
        (_, [3, 8]) => called || !day_last(),
        (Gap::Thin, [4, 4, 3] | [5, 6] | [6, 5]) => !are_amounts(digits),
        (Gap::Thin, [7, 4] | [3, 3, 5]) => true,
        (Gap::Thin, widths) => (called && !are_amounts(digits)) || widths.iter().all(|width| *width == 1),
        (Gap::Dot, widths) => widths == [3, 3, 5] || widths.iter().all(|width| *width == 1),
        (Gap::Loose | Gap::List, widths) => called && widths.iter().all(|width| *width == 1),
        // An extension at the end of a line and a landline on the next.
        (Gap::Line, [4, 7]) => false,
        (Gap::Line, widths) => called || widths == [7, 4],
    }
}

/// Groups that all end in two zeros: 1500 2000 300.
fn are_amounts(digits: &[Digit]) -> bool {
    let mut rest = digits;
    let widths = widths(digits);
    widths.len() > 1
        && widths.into_iter().all(|width| {
            let (group, after) = rest.split_at(width);
            rest = after;
            width >= 3 && group[0].value != 0 && group[width - 2..].iter().all(|digit| digit.value == 0)
        })
}

fn is_round(digits: &[Digit]) -> bool {
    digits[digits.len() - 4..].iter().all(|digit| digit.value == 0)
}

/// Whether a unit of money follows.
fn counts_money(after: &str) -> bool {
    ["元", "万", "亿", "股"]
        .iter()
        .any(|unit| after.trim_start().starts_with(unit))
}

/// Mobiles and landlines of Hong Kong, Macao and Taiwan, with their country code.
fn abroad(text: &str, run: &[Digit], first: usize) -> Option<usize> {
    const CODES: [([u8; 3], usize); 3] = [([8, 5, 2], 8), ([8, 5, 3], 8), ([8, 8, 6], 9)];
    let plus = text[..run[first].at]
        .chars()
        .next_back()
        .is_some_and(|c| half(c) == '+');
    CODES.iter().find_map(|(code, length)| {
        let digits = ends(run, first, code.len() + length)?;
        (plus && values(digits).starts_with(code) && widest(digits) <= Gap::Thin).then_some(digits.len())
    })
}
