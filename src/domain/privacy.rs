//! What must not be kept of a message: identity, card and mobile numbers, e-mail and passports are masked
//! before anything reaches the disk. Numbers of enterprises, landlines, dates and amounts stay.

use std::fmt;
use std::ops::Range;

use checks::{X, is_credit_code, is_id_card, is_old_id_card, passes_luhn};

mod checks;

const ID_CARD: &str = "［身份证号］";
const MOBILE: &str = "［手机号］";
const BANK_CARD: &str = "［银行卡号］";
const EMAIL: &str = "［邮箱］";
const PASSPORT: &str = "［护照号］";

/// Text that may be kept: what identifies a person in it is masked (个人信息保护法 第六条).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Text that was masked before it was stored.
    pub fn from_storage(text: String) -> Masked {
        Masked(text)
    }

    /// The text as it may be kept and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether something was hidden, so that the asker can be told to delete the message.
    pub fn found(&self) -> bool {
        [ID_CARD, MOBILE, BANK_CARD, EMAIL, PASSPORT]
            .iter()
            .any(|label| self.0.contains(label))
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hides what identifies a person; every other byte stays as it was.
pub fn mask(text: &str) -> Masked {
    let mut hidden: Vec<(Range<usize>, &str)> = emails(text).into_iter().map(|range| (range, EMAIL)).collect();
    hidden.extend(passports(text).into_iter().map(|range| (range, PASSPORT)));
    let mut closed: Vec<Range<usize>> = hidden.iter().map(|(range, _)| range.clone()).collect();
    closed.extend(credit_codes(text));
    for run in runs(text, &closed) {
        let mut first = 0;
        while first < run.len() {
            match numbered(&run, first) {
                Some((length, label)) => {
                    let start = with_plus(text, run[first].at);
                    hidden.push((start..run[first + length - 1].end, label));
                    first += length;
                }
                None => first += 1,
            }
        }
    }
    hidden.sort_by_key(|(range, _)| range.start);
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for (range, label) in hidden {
        if range.start >= done {
            kept.push_str(&text[done..range.start]);
            kept.push_str(label);
            done = range.end;
        }
    }
    kept.push_str(&text[done..]);
    Masked(kept)
}

/// Text without control, direction and invisible characters; line breaks stay, a tab becomes a space.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            c if c.is_control() || invisible(c) => None,
            c => Some(c),
        })
        .collect()
}

fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// One digit of a number as people write it.
struct Digit {
    /// 0–9, and 10 for the check character X.
    value: u8,
    at: usize,
    end: usize,
    /// Follows the digit before it without a gap and in the same script.
    glued: bool,
    /// A dot stands before it.
    dotted: bool,
    /// Written as a Chinese numeral.
    han: bool,
}

/// Digits that only spaces, dashes, dots and invisible characters part; nothing of the closed ranges.
fn runs(text: &str, closed: &[Range<usize>]) -> Vec<Vec<Digit>> {
    let mut runs = vec![];
    let mut run: Vec<Digit> = vec![];
    let (mut gap, mut dotted) = (0, false);
    for (at, c) in text.char_indices() {
        let open = !closed.iter().any(|range| range.contains(&at));
        let value = digit(c).or_else(|| (matches!(half(c), 'x' | 'X') && run.len() >= 17).then_some((X, false)));
        match value {
            Some((value, han)) if open => {
                let glued = gap == 0 && run.last().is_some_and(|last| last.han == han);
                run.push(Digit {
                    value,
                    at,
                    end: at + c.len_utf8(),
                    glued,
                    dotted,
                    han,
                });
                if value == X {
                    runs.push(std::mem::take(&mut run));
                }
                (gap, dotted) = (0, false);
            }
            Some(_) | None if open && !run.is_empty() && gap < 4 && parts(c) => {
                gap += 1;
                dotted |= matches!(half(c), '.' | '·');
            }
            Some(_) | None => {
                runs.push(std::mem::take(&mut run));
                (gap, dotted) = (0, false);
            }
        }
    }
    runs.push(run);
    runs
}

/// The value of a digit, and whether it is a Chinese numeral.
fn digit(c: char) -> Option<(u8, bool)> {
    if let Some(value) = half(c).to_digit(10) {
        return u8::try_from(value).ok().map(|value| (value, false));
    }
    let value = match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some((value, true))
}

/// Full width to ASCII.
fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// Whether people, or those who hide something, put `c` between the digits of one number.
fn parts(c: char) -> bool {
    matches!(
        half(c),
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '-' | '_' | '.' | '·' | '−' | '—'
    ) || matches!(c, '\u{2010}'..='\u{2015}')
        || (invisible(c) && !matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Includes the + of +86 in what is hidden.
fn with_plus(text: &str, at: usize) -> usize {
    text[..at]
        .chars()
        .next_back()
        .filter(|c| half(*c) == '+')
        .map_or(at, |c| at - c.len_utf8())
}

/// The number that begins at `first` and must be hidden: how many digits, and what is said instead.
fn numbered(run: &[Digit], first: usize) -> Option<(usize, &'static str)> {
    if run[first].glued && !run[first].han {
        return None;
    }
    let ends = |length: usize| {
        let end = first + length;
        let whole = run
            .get(end)
            .is_none_or(|next| !next.glued || next.han || next.value == X);
        (end <= run.len() && whole).then(|| &run[first..end])
    };
    let values = |digits: &[Digit]| digits.iter().map(|digit| digit.value).collect::<Vec<u8>>();
    // Typed without a gap: an identity number and a mobile.
    if ends(29).is_some_and(|digits| {
        let mobile_last = is_id_card(&values(&digits[..18])) && is_mobile(&digits[18..]);
        mobile_last || (is_mobile(&digits[..11]) && is_id_card(&values(&digits[11..])))
    }) {
        return Some((29, ID_CARD));
    }
    if ends(18).is_some_and(|digits| is_id_card(&values(digits))) {
        return Some((18, ID_CARD));
    }
    if let Some(length) = (16..=19).rev().find(|n| {
        ends(*n).is_some_and(|digits| grouped_as_card(&widths(digits), digits) && passes_luhn(&values(digits)))
    }) {
        return Some((length, BANK_CARD));
    }
    if ends(15).is_some_and(|digits| widths(digits).iter().all(|w| *w >= 3) && is_old_id_card(&values(digits))) {
        return Some((15, ID_CARD));
    }
    [&[0, 0, 8, 6][..], &[8, 6, 0], &[8, 6], &[0], &[]]
        .iter()
        .find_map(|prefix| {
            let digits = ends(prefix.len() + 11)?;
            let (before, number) = digits.split_at(prefix.len());
            (values(before) == *prefix && is_mobile(number)).then_some((digits.len(), MOBILE))
        })
}

/// The lengths of the groups in which the digits are written.
fn widths(digits: &[Digit]) -> Vec<usize> {
    let mut widths = vec![];
    for (index, digit) in digits.iter().enumerate() {
        match widths.last_mut() {
            Some(width) if index > 0 && digit.glued => *width += 1,
            _ => widths.push(1),
        }
    }
    widths
}

fn is_mobile(digits: &[Digit]) -> bool {
    let widths = widths(digits);
    let dotted = digits[1..].iter().any(|digit| digit.dotted);
    // 180 2026-11-23 is an amount and a date; 13500.00 2000 are two amounts.
    digits[0].value == 1
        && (3..=9).contains(&digits[1].value)
        && digits.iter().all(|digit| digit.value != X)
        && widths != [3, 4, 2, 2]
        && (!dotted || matches!(widths[..], [3, 4, 4] | [3, 3, 5]))
}

/// Written in one piece, in fours, as 6 and the rest, or digit by digit; receipts begin with a year (2), cards do not.
fn grouped_as_card(widths: &[usize], digits: &[Digit]) -> bool {
    let fours = widths
        .split_last()
        .is_some_and(|(last, fours)| *last <= 4 && fours.iter().all(|w| *w == 4));
    (3..=9).contains(&digits[0].value)
        && !digits[1..].iter().any(|digit| digit.dotted)
        && (widths.len() == 1 || fours || matches!(widths, [6, rest] if *rest >= 10) || widths.iter().all(|w| *w == 1))
}

/// 统一社会信用代码 (GB 32100): public numbers of enterprises, which stay readable.
fn credit_codes(text: &str) -> Vec<Range<usize>> {
    pieces(text, |c| half(c).is_ascii_alphanumeric())
        .into_iter()
        .filter(|piece| {
            let code: String = text[piece.clone()]
                .chars()
                .map(|c| half(c).to_ascii_uppercase())
                .collect();
            let values: Option<Vec<u8>> = code
                .chars()
                .map(|c| match c {
                    'X' => Some(X),
                    c => c.to_digit(10).and_then(|value| u8::try_from(value).ok()),
                })
                .collect();
            // Enterprises' codes begin with 9; one that begins otherwise and is an identity number as well is hidden.
            let rather_a_person =
                values.is_some_and(|values| values.len() == 18 && values[0] != 9 && is_id_card(&values));
            is_credit_code(&code) && !rather_a_person
        })
        .collect()
}

/// The longest stretches of characters that `belongs` accepts.
fn pieces(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = vec![];
    for (at, c) in text.char_indices().filter(|(_, c)| belongs(*c)) {
        match pieces.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => pieces.push(at..at + c.len_utf8()),
        }
    }
    pieces
}

fn emails(text: &str) -> Vec<Range<usize>> {
    pieces(text, |c| {
        half(c).is_ascii_alphanumeric() || matches!(half(c), '.' | '_' | '%' | '+' | '-' | '@')
    })
    .into_iter()
    .filter_map(|piece| {
        let written = text[piece.clone()].trim_end_matches(['.', '-', '_', '．']);
        let plain: String = written.chars().map(half).collect();
        let (local, domain) = plain.rsplit_once('@')?;
        let (_, top) = domain.rsplit_once('.')?;
        let is_address = !local.is_empty() && top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
        is_address.then_some(piece.start..piece.start + written.len())
    })
    .collect()
}

/// A letter and eight digits, or two letters and seven, where 护照 is spoken of.
fn passports(text: &str) -> Vec<Range<usize>> {
    const NEAR: usize = 16;
    let spoken_of = |part: &str| part.contains("护照") || part.to_ascii_lowercase().contains("passport");
    pieces(text, |c| half(c).is_ascii_alphanumeric())
        .into_iter()
        .filter(|piece| {
            let plain: Vec<char> = text[piece.clone()].chars().map(half).collect();
            let letters = plain.iter().take_while(|c| c.is_ascii_alphabetic()).count();
            let before: String = text[..piece.start].chars().rev().take(NEAR).collect();
            let before: String = before.chars().rev().collect();
            let after: String = text[piece.end..].chars().take(NEAR).collect();
            plain.len() == 9
                && (1..=2).contains(&letters)
                && plain[letters..].iter().all(char::is_ascii_digit)
                && (spoken_of(&before) || spoken_of(&after))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_identifies_a_person_is_hidden() {
        for (said, kept) in [
            ("我是13900000001，请回电", "我是［手机号］，请回电"),
            ("139 0000 0001一直没人接", "［手机号］一直没人接"),
            ("139-0000-0001、１３９００００　０００２", "［手机号］、［手机号］"),
            ("+86 139 0000 0001", "［手机号］"),
            ("＋8613900000001 或 008613900000001", "［手机号］ 或 ［手机号］"),
            ("139.0000.0001", "［手机号］"),
            ("电话0374-0000001 13900000001", "电话0374-0000001 ［手机号］"),
            ("手机一三九〇〇〇〇〇〇〇一", "手机［手机号］"),
            ("139\u{200b}0000\u{200b}0001", "［手机号］"),
            ("身份证11010519491231002X。", "身份证［身份证号］。"),
            ("110105 19491231 002x", "［身份证号］"),
            ("１１０１０５１９４９１２３１００２Ｘ", "［身份证号］"),
            ("一一〇一〇五一九四九一二三一〇〇二X", "［身份证号］"),
            ("110105194912310021打错了", "［身份证号］打错了"),
            ("老证110105491231002", "老证［身份证号］"),
            // Also passes the check of a credit code.
            ("81000019581226425X", "［身份证号］"),
            ("11010519491231002X13900000001", "［身份证号］［手机号］"),
            ("11010519491231002113900000001 ", "［身份证号］ "),
            ("1390000000111010519491231002X", "［身份证号］"),
            ("卡号6222021234567890128", "卡号［银行卡号］"),
            ("4111 1111 1111 1111", "［银行卡号］"),
            ("发到zhang.san@example.com谢谢", "发到［邮箱］谢谢"),
            ("13900000001@example.com", "［邮箱］"),
            ("ｚｓ＠example．com", "［邮箱］"),
            ("护照号E12345678", "护照号［护照号］"),
            ("EA1234567（护照）", "［护照号］（护照）"),
        ] {
            let masked = mask(said);
            assert_eq!(masked.as_str(), kept, "{said}");
            assert!(masked.found(), "{said}");
        }
    }

    #[test]
    fn numbers_of_enterprises_and_offices_stay() {
        for said in [
            "",
            "统一社会信用代码91350100M000100Y43",
            "代码９１３５０１００Ｍ０００１００Ｙ４３",
            "0374-0000001",
            "(0374)2960001转801",
            "037112345678 和 88880000",
            "打12345还是12315、12366",
            "2026-11-23 到 2026年12月31日 14:30-17:30",
            "费用180 2026-11-23",
            "注册资本10000000元，实缴13500.00 2000",
            "受理号2026112300012 单号20261123000123",
            "根据第十一条一、二、三款",
            "@王敏 @bot 你好",
            "编号E12345678",
            "版本1.2.3 IP 192.168.1.100",
            "Q1024 37号 第一百三十九条",
        ] {
            let masked = mask(said);
            assert_eq!(masked.as_str(), said);
            assert!(!masked.found());
        }
    }

    #[test]
    fn only_what_can_be_seen_is_printed() {
        for (text, seen) in [
            ("你好\r\n世界\0", "你好\n世界"),
            ("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e", "abcde"),
            ("\u{1b}[31m红", "[31m红"),
            ("a\tb", "a b"),
        ] {
            assert_eq!(printable(text), seen);
        }
    }

    fn written(digits: &str, style: usize) -> String {
        let cut = |sizes: &[usize], sep: &str| {
            let mut rest = digits;
            let mut parts = vec![];
            for size in sizes {
                let (part, tail) = rest.split_at((*size).min(rest.len()));
                parts.push(part);
                rest = tail;
            }
            parts.push(rest);
            parts.retain(|part| !part.is_empty());
            parts.join(sep)
        };
        match style {
            0 => digits.to_owned(),
            1 => cut(&[3, 4], " "),
            2 => cut(&[3, 4], "-"),
            3 => cut(&[6, 8], " "),
            4 => digits
                .chars()
                .map(|c| {
                    if c == 'X' {
                        'Ｘ'
                    } else {
                        char::from_u32(c as u32 + 0xfee0).unwrap()
                    }
                })
                .collect(),
            5 => digits
                .chars()
                .map(|c| {
                    c.to_digit(10)
                        .map_or(c, |d| "〇一二三四五六七八九".chars().nth(d as usize).unwrap())
                })
                .collect(),
            _ => cut(&[1; 18], " "),
        }
    }

    proptest! {
        #[test]
        fn no_mobile_survives(
            number in "1[3-9][0-9]{9}", style in 0usize..7, prefix in prop::sample::select(vec!["", "+86", "+86 ", "0086-", "86"]),
            before in "[^0-9０-９〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺.@+]{0,8}[请：，a]", after in "([，。 请a][^0-9０-９〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺.@]{0,8})?",
        ) {
            let masked = mask(&format!("{before}{prefix}{}{after}", written(&number, style)));
            prop_assert_eq!(masked.as_str(), format!("{before}{MOBILE}{after}"));
        }

        #[test]
        fn no_id_card_survives(
            region in prop::sample::select(vec!["410102", "110105", "650100", "810000"]),
            year in 1900i16..2027, month in 1i8..=12, day in 1i8..=28, order in 0u16..1000, style in 0usize..7,
        ) {
            const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            let body = format!("{region}{year:04}{month:02}{day:02}{order:03}");
            let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
            let number = format!("{body}{}", b"10X98765432"[(sum % 11) as usize] as char);
            let masked = mask(&format!("证件{}，谢谢", written(&number, style)));
            prop_assert_eq!(masked.as_str(), "证件［身份证号］，谢谢");
        }

        #[test]
        fn any_text_is_taken_and_masking_twice_changes_nothing(text in "\\PC{0,80}") {
            let once = mask(&text);
            prop_assert_eq!(mask(once.as_str()), once);
        }
    }
}
