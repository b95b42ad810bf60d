//! How the numbers that people write prove themselves: check digits, dates of birth, regions.

use jiff::civil::Date;

/// Stands for the check character X among the digits.
pub const X: u8 = 10;

/// GB 11643-1999: a region, a birthday and the right check character (ISO 7064 MOD 11-2).
pub fn is_id_card(values: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| u32::from(*value) * weight)
        .sum();
    birth_year(values).is_some() && (12 - sum % 11) % 11 == u32::from(values[17])
}

/// The number of a grown-up of a known province in which the check character, or more, is mistyped.
pub fn is_nearly_id_card(values: &[u8]) -> bool {
    birth_year(values).is_some_and(|year| (1920..=2012).contains(&year)) && is_province(values)
}

/// The year of birth, if the eighteen can be an identity number at all.
pub fn birth_year(values: &[u8]) -> Option<i16> {
    let body = &values[..17];
    let year = number(&body[6..10]);
    let born = is_date(year, number(&body[10..12]), number(&body[12..14])) && (1900..2100).contains(&year);
    (born && body[0] != 0 && !body.contains(&X)).then_some(year)
}

/// Eight digits that are a day of these years.
pub fn is_recent_day(values: &[u8]) -> bool {
    let year = number(&values[..4]);
    (1990..2040).contains(&year) && is_date(year, number(&values[4..6]), number(&values[6..8]))
}

/// GB 11643-1989: the fifteen digits of before 1999, without century and check digit.
pub fn is_old_id_card(values: &[u8]) -> bool {
    !values.contains(&X)
        && is_province(values)
        && is_date(
            1900 + number(&values[6..8]),
            number(&values[8..10]),
            number(&values[10..12]),
        )
}

/// GB/T 2260, first two digits; 81–83 are the residence permits for people of 港澳台, 91–96 those for foreigners
/// (外国人永久居留身份证).
pub fn is_province(values: &[u8]) -> bool {
    is_region(values) || matches!(number(&values[..2]), 92..=96)
}

/// The regions a credit code may name.
pub fn is_region(values: &[u8]) -> bool {
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

/// GB 32100-2015: eighteen signs, the last of which checks the others (MOD 31-3).
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
