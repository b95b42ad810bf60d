//! How the numbers that people write prove themselves: check digits, dates of birth, regions.

use jiff::civil::Date;

/// Stands for the check character X among the digits.
pub const X: u8 = 10;

/// GB 11643: region, birthday and check character; a mistyped check of a grown-up's number counts too.
pub fn is_id_card(values: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (body, check) = values.split_at(17);
    if body.contains(&X) || body[0] == 0 {
        return false;
    }
    let year = number(&body[6..10]);
    let born = is_date(year, number(&body[10..12]), number(&body[12..14])) && (1900..2100).contains(&year);
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| u32::from(*value) * weight)
        .sum();
    let right = (12 - sum % 11) % 11 == u32::from(check[0]);
    born && (right || ((1920..=2012).contains(&year) && is_province(body)))
}

/// The fifteen digits of before 1999: no century, no check digit.
pub fn is_old_id_card(values: &[u8]) -> bool {
    !values.contains(&X)
        && is_province(values)
        && is_date(
            1900 + number(&values[6..8]),
            number(&values[8..10]),
            number(&values[10..12]),
        )
}

/// GB/T 2260, first two digits.
fn is_province(values: &[u8]) -> bool {
    matches!(number(&values[..2]), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
}

fn number(values: &[u8]) -> i16 {
    values.iter().fold(0, |sum, value| sum * 10 + i16::from(*value))
}

fn is_date(year: i16, month: i16, day: i16) -> bool {
    matches!((i8::try_from(month), i8::try_from(day)), (Ok(month), Ok(day)) if Date::new(year, month, day).is_ok())
}

/// ISO/IEC 7812-1 annex B.
pub fn passes_luhn(values: &[u8]) -> bool {
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(index, value)| {
            let value = u32::from(*value) * if index % 2 == 1 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    !values.contains(&X) && sum.is_multiple_of(10)
}

/// GB 32100: eighteen signs, the last of which checks the others.
pub fn is_credit_code(code: &str) -> bool {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = code.chars().map(|c| SIGNS.find(c)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else {
        return false;
    };
    let (sum, _) = values[..17]
        .iter()
        .fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    (31 - sum % 31) % 31 == values[17]
}
