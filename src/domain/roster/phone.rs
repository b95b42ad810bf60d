//! Telephone numbers. Mobiles and landlines are different types, so that what is published cannot hold a mobile.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::clean;

/// A mobile number. Never public: 许工商〔2018〕103号 四(三) publishes names and landlines only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mobile(String);

impl Mobile {
    /// Reads a mainland mobile number: spaces, dashes, full width and +86 are accepted.
    pub fn parse(written: &str) -> Result<Mobile, NumberProblem> {
        let folded = fold(written).map_err(|_| NumberProblem::NotMobile)?;
        let digits: String = folded.into_iter().filter(char::is_ascii_digit).collect();
        bare_mobile(&digits)
            .map(|bare| Mobile(bare.to_owned()))
            .ok_or(NumberProblem::NotMobile)
    }

    /// Whether `phone`, as a platform gives it (`8613900000001`, `+86 139…`), is this number.
    pub fn matches(&self, phone: &str) -> bool {
        Mobile::parse(phone).is_ok_and(|other| other == *self)
    }

    /// The eleven digits, for the store alone.
    pub fn expose_for_storage(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}****{}", &self.0[..3], &self.0[7..])
    }
}

/// A fixed telephone number, which may be published. Cannot hold a mobile number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Landline(String);

impl Landline {
    /// Reads `0374-0000001`, a local number, a hotline or a 400 number, with or without extension.
    pub fn parse(written: &str) -> Result<Landline, NumberProblem> {
        let folded = fold(written)?;
        let digits: String = folded.iter().filter(|c| c.is_ascii_digit()).collect();
        if bare_mobile(&digits).is_some() {
            return Err(NumberProblem::IsMobile);
        }
        let mut groups: Vec<String> = folded
            .split(|c| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .map(|group| group.iter().collect())
            .collect();
        if groups.first().is_some_and(|first| first == "86" || first == "0086") && groups.len() > 1 {
            groups.remove(0);
            if !groups[0].starts_with('0') {
                groups[0].insert(0, '0');
            }
        }
        let (area, local, extension) = divide(&groups).ok_or(NumberProblem::NotLandline)?;
        if bare_mobile(&format!("{local}{extension}")).is_some() {
            return Err(NumberProblem::IsMobile);
        }
        let parts: Vec<&str> = [area.as_str(), local.as_str(), extension.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        Ok(Landline(parts.join("-")))
    }

    /// The number as it is said and stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Landline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Landline {
    type Error = NumberProblem;

    fn try_from(written: String) -> Result<Landline, NumberProblem> {
        Landline::parse(&written)
    }
}

impl From<Landline> for String {
    fn from(landline: Landline) -> String {
        landline.0
    }
}

/// Why a telephone number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// Not eleven digits of a mainland mobile.
    NotMobile,
    /// Not a fixed number, hotline or 400 number.
    NotLandline,
    /// A mobile where only a fixed number may stand.
    IsMobile,
}

impl fmt::Display for NumberProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumberProblem::NotMobile => "这不是有效的手机号：应为 11 位数字、以 1 开头，请对照情况表改正",
            NumberProblem::NotLandline => "这不是有效的固定电话，应如 0374-0000001",
            NumberProblem::IsMobile => "固定电话一栏填的是手机号；固定电话会向社会公布，请改填座机",
        })
    }
}

impl std::error::Error for NumberProblem {}

/// Digits of any dress to ASCII, every separator to a dash; letters and words are refused.
fn fold(written: &str) -> Result<Vec<char>, NumberProblem> {
    clean::field(written)
        .trim()
        .chars()
        .map(|c| match c {
            ' ' | '-' | '+' | '＋' | '(' | ')' | '（' | '）' | '转' | '.' | '·' => Ok('-'),
            c if clean::odd_blank(c) => Ok('-'),
            c => clean::digit(c)
                .and_then(|value| char::from_digit(u32::from(value), 10))
                .ok_or(NumberProblem::NotLandline),
        })
        .collect()
}

/// The eleven digits of a mobile, freed of 86, 0086 or a leading 0.
fn bare_mobile(digits: &str) -> Option<&str> {
    let is_mobile = |d: &str| d.len() == 11 && d.starts_with('1') && matches!(d.as_bytes()[1], b'3'..=b'9');
    ["", "86", "0086", "0", "860"]
        .iter()
        .filter_map(|prefix| digits.strip_prefix(prefix))
        .find(|rest| is_mobile(rest))
}

/// Area code, number and extension; `None` if the groups are no fixed number.
fn divide(groups: &[String]) -> Option<(String, String, String)> {
    let first = groups.first()?;
    let whole = groups.concat();
    if whole.len() == 10 && (whole.starts_with("400") || whole.starts_with("800")) {
        return Some((
            whole[..3].to_owned(),
            format!("{}-{}", &whole[3..6], &whole[6..]),
            String::new(),
        ));
    }
    let area_len = match first.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => 0,
    };
    let (area, mut rest) = match first.split_at_checked(area_len)? {
        (area, "") => (area, groups[1..].to_vec()),
        (area, local) => (area, [&[local.to_owned()], &groups[1..]].concat()),
    };
    // People write 0374 000 0001 too: join the groups until seven or eight digits stand.
    while rest.len() > 1 && rest[0].len() + rest[1].len() <= 8 && rest[0].len() < 7 {
        let tail = rest.remove(1);
        rest[0].push_str(&tail);
    }
    let (local, extension) = match rest.as_slice() {
        [local] => (local.clone(), String::new()),
        [local, extension] if extension.len() <= 6 => (local.clone(), extension.clone()),
        _ => return None,
    };
    let hotline = area.is_empty() && matches!(local.len(), 5 | 6) && matches!(local.as_bytes()[0], b'1' | b'9');
    let fixed = matches!(local.len(), 7 | 8);
    (hotline || fixed).then(|| (area.to_owned(), local, extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_is_read_however_it_is_written_and_never_shown() {
        for written in [
            "13900000001",
            " 139 0000 0001",
            "139-0000-0001",
            "１３９０００００００１",
            "+86 13900000001",
            "＋86-139 0000 0001",
            "8613900000001",
            "\u{202d}13900000001\u{202c}",
            "139‑0000‒0001",
            "1390000\u{fe0f}0001\u{200e}",
        ] {
            let mobile = Mobile::parse(written).unwrap();
            assert_eq!(mobile.expose_for_storage(), "13900000001", "{written}");
            assert_eq!(format!("{mobile:?}"), "139****0001");
            assert!(mobile.matches("8613900000001") && mobile.matches("+86 139 0000 0001"));
            assert!(!mobile.matches("8613900000002") && !mobile.matches(""));
        }
        for written in [
            "",
            "1390000001",
            "12900000001",
            "139000000011",
            "0374-0000001",
            "1390000000a",
        ] {
            assert!(Mobile::parse(written).is_err(), "{written}");
        }
    }

    #[test]
    fn a_landline_cannot_hold_a_mobile() {
        for (written, said) in [
            ("0374-0000001", "0374-0000001"),
            ("03740000001", "0374-0000001"),
            ("（0374）000 0001", "0374-0000001"),
            ("０３７４－００００００１", "0374-0000001"),
            ("+86 374 0000001", "0374-0000001"),
            ("010-88880000", "010-88880000"),
            ("0374-0000001转801", "0374-0000001-801"),
            ("0374―0000001\u{200e}", "0374-0000001"),
            ("0374\u{ad}0000001", "0374-0000001"),
            ("0000001", "0000001"),
            ("12345", "12345"),
            ("400-123-4567", "400-123-4567"),
        ] {
            assert_eq!(Landline::parse(written).unwrap().to_string(), said, "{written}");
        }
        for written in [
            "13900000001",
            "+86 139-0000-0001",
            "013900000001",
            "1390000-0001",
            "0374-1390000-0001",
        ] {
            assert_eq!(Landline::parse(written), Err(NumberProblem::IsMobile), "{written}");
        }
        for written in ["", "123", "0374", "0374-00001", "电话", "0374-000000111222333"] {
            assert_eq!(Landline::parse(written), Err(NumberProblem::NotLandline), "{written}");
        }
        assert!(serde_json::from_str::<Landline>("\"13900000001\"").is_err());
    }
}
