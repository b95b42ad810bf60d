//! What must not be kept of a message: identity, card and mobile numbers, e-mail, passports and accounts are masked
//! before anything reaches the disk. Numbers of enterprises, landlines, dates and amounts stay.

use std::fmt;
use std::ops::Range;

use crate::domain::clean::{invisible, selects_variation};
use digits::half;

mod accounts;
mod checks;
mod credit;
mod digits;
mod documents;
mod mails;
mod numbers;
mod said;

/// What was hidden of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    IdCard,
    Mobile,
    BankCard,
    Email,
    Passport,
    /// 通行证, 回乡证, 台胞证 and what else is called 证件.
    Permit,
    Wechat,
    Qq,
}

impl Hidden {
    /// Every kind, the gravest first.
    pub const ALL: [Hidden; 8] = [
        Hidden::IdCard,
        Hidden::Passport,
        Hidden::Permit,
        Hidden::BankCard,
        Hidden::Mobile,
        Hidden::Email,
        Hidden::Wechat,
        Hidden::Qq,
    ];

    /// What is said instead.
    pub fn label(self) -> &'static str {
        match self {
            Hidden::IdCard => "［身份证号］",
            Hidden::Mobile => "［手机号］",
            Hidden::BankCard => "［银行卡号］",
            Hidden::Email => "［邮箱］",
            Hidden::Passport => "［护照号］",
            Hidden::Permit => "［证件号］",
            Hidden::Wechat => "［微信号］",
            Hidden::Qq => "［QQ号］",
        }
    }

    /// Its name in a sentence: 身份证号.
    pub fn name(self) -> &'static str {
        self.label().trim_matches(['［', '］'])
    }
}

/// Text that may be kept: what identifies a person in it is masked (个人信息保护法 第六条).
///
/// There is no way to one but through `mask`, or out of the store: what is parsed, said back and kept takes only this.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Masked(#[serde(deserialize_with = "masked")] String);

/// Words that were written down before they were masked.
fn masked<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text: String = serde::Deserialize::deserialize(from)?;
    Ok(mask(&printable(&text)).0)
}

impl From<&str> for Masked {
    /// What somebody wrote, as it may be kept.
    fn from(text: &str) -> Masked {
        mask(&printable(text))
    }
}

impl From<String> for Masked {
    fn from(text: String) -> Masked {
        Masked::from(text.as_str())
    }
}

impl std::ops::Deref for Masked {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Masked {
    /// Text that was masked before it was stored.
    pub fn from_storage(text: String) -> Masked {
        Masked(text)
    }

    /// The text as it may be kept and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two texts as one, on two lines; a number may be told in two messages.
    #[must_use]
    pub fn joined(&self, part: &Masked) -> Masked {
        mask(&format!("{}\n{}", self.0, part.0))
    }

    /// What nobody should leave lying in a group, so that the sender is told to delete it: numbers of papers and bank
    /// cards. Mobile numbers, mail addresses and accounts are often given on purpose.
    pub fn to_delete(&self) -> impl Iterator<Item = Hidden> + '_ {
        self.hidden().filter(|hidden| {
            matches!(
                hidden,
                Hidden::IdCard | Hidden::Passport | Hidden::Permit | Hidden::BankCard
            )
        })
    }

    /// How the sender wants to be reached, and nobody can read it any more; as named in a sentence.
    pub fn reachable_by(&self) -> Vec<&'static str> {
        let ways = self.hidden().filter(|hidden| match hidden {
            Hidden::Mobile | Hidden::Email | Hidden::Wechat | Hidden::Qq => true,
            Hidden::IdCard | Hidden::BankCard | Hidden::Passport | Hidden::Permit => false,
        });
        ways.map(Hidden::name).collect()
    }

    /// Whether something was hidden.
    pub fn found(&self) -> bool {
        self.hidden().next().is_some()
    }

    /// What was hidden, the gravest first, so that the asker can be told what to delete.
    pub fn hidden(&self) -> impl Iterator<Item = Hidden> {
        Hidden::ALL.into_iter().filter(|kind| self.0.contains(kind.label()))
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hides what identifies a person; every other byte stays as it was. Masking twice changes nothing.
pub fn mask(text: &str) -> Masked {
    let mut text = text.to_owned();
    // A label changes what stands beside the rest. Each round hides letters or digits and writes none, so it ends.
    loop {
        let hidden = merged(to_hide(&text));
        if hidden.is_empty() {
            return Masked(text);
        }
        text = without(&text, hidden);
    }
}

/// What must be hidden, by place.
fn to_hide(text: &str) -> Vec<(Range<usize>, Hidden)> {
    // What is called a person's number is one, whatever else it could be; a code with letters could not.
    let persons = |code: &Range<usize>| {
        let digits = text[code.clone()]
            .chars()
            .filter(|c| half(*c).is_ascii_alphabetic())
            .count()
            <= 1;
        digits && said::persons(text, code.start)
    };
    let mut public = credit::whole_codes(text);
    public.retain(|code| !persons(code));
    let people = numbers::identity_numbers(text, &public);
    public.extend(credit::grouped_codes(text).into_iter().filter(|code| !persons(code)));
    public.retain(|code| !people.iter().any(|person| touch(code, person)));
    let mut hidden: Vec<(Range<usize>, Hidden)> = people.into_iter().map(|range| (range, Hidden::IdCard)).collect();
    hidden.extend(mails::mails(text).into_iter().map(|range| (range, Hidden::Email)));
    let accounts = accounts::accounts(text).into_iter();
    hidden.extend(accounts.filter(|(range, _)| !public.iter().any(|code| touch(code, range))));
    hidden.extend(documents::documents(text, &closed(&public, &hidden)));
    public.extend(numbers::area_landlines(text, &closed(&public, &hidden)));
    hidden.extend(numbers::numbers(text, &closed(&public, &hidden)));
    let rests = numbers::rests(text, &closed(&public, &hidden));
    hidden.extend(rests.into_iter().map(|range| (range, Hidden::IdCard)));
    for (range, _) in &mut hidden {
        *range = with_signs(text, range);
    }
    hidden.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    hidden
}

/// Includes the + of +86, and the brackets that would be left alone by (139) and 002(X).
fn with_signs(text: &str, range: &Range<usize>) -> Range<usize> {
    let next = |wanted: char| text[range.end..].chars().next().filter(|c| half(*c) == wanted);
    let before = |at: usize, wanted: char| text[..at].chars().next_back().filter(|c| half(*c) == wanted);
    let count = |wanted: char| text[range.clone()].chars().filter(|c| half(*c) == wanted).count();
    let mut start = range.start - before(range.start, '+').map_or(0, char::len_utf8);
    let mut end = range.end;
    if count(')') > count('(') {
        start -= before(start, '(').map_or(0, char::len_utf8);
    }
    if count('(') > count(')') {
        end += next(')').map_or(0, char::len_utf8);
    }
    start..end
}

fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn closed(public: &[Range<usize>], hidden: &[(Range<usize>, Hidden)]) -> Vec<Range<usize>> {
    let hidden = hidden.iter().map(|(range, _)| range);
    public.iter().chain(hidden).cloned().collect()
}

/// Messages of one person within this long are read together: a number may be told over two.
pub const NEIGHBOURS_MS: i64 = 60_000;

/// Parts of one text, each with what must be hidden in it: a number may be told over two messages. What is left of it in
/// a later part goes with it.
pub fn mask_parts(parts: &[&str]) -> Vec<Masked> {
    let mut text = parts.join("\n");
    // Where a part ends, and whether the line break behind it is still there.
    let mut ends: Vec<(usize, bool)> = Vec::new();
    for part in parts {
        let from = ends.last().map_or(0, |(end, _)| end + 1);
        ends.push((from + part.len(), true));
    }
    loop {
        let hidden = merged(to_hide(&text));
        if hidden.is_empty() {
            break;
        }
        ends = ends.into_iter().map(|end| moved(end, &hidden)).collect();
        text = without(&text, hidden);
    }
    let mut from = 0;
    let mut masked = Vec::new();
    for (end, broken) in ends {
        masked.push(Masked(text[from.min(end)..end].to_owned()));
        from = end + usize::from(broken);
    }
    masked
}

/// Where the end of a part is once labels stand in the place of what is hidden; behind the label of a number that runs
/// over it.
fn moved((end, broken): (usize, bool), hidden: &[(Range<usize>, Hidden)]) -> (usize, bool) {
    let before = hidden.iter().filter(|(range, _)| range.start < end);
    let (mut gone, mut put, mut inside) = (0, 0, false);
    for (range, kind) in before {
        inside = range.end > end;
        gone += range.end.min(end) - range.start;
        put += kind.label().len();
    }
    (end - gone + put, broken && !inside)
}

/// Ranges that overlap as one, of the first one's kind.
fn merged(hidden: Vec<(Range<usize>, Hidden)>) -> Vec<(Range<usize>, Hidden)> {
    let mut merged: Vec<(Range<usize>, Hidden)> = Vec::new();
    for (range, kind) in hidden {
        match merged.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push((range, kind)),
        }
    }
    merged
}

/// The text with labels in the place of what is hidden.
fn without(text: &str, hidden: Vec<(Range<usize>, Hidden)>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for (range, kind) in hidden {
        kept.push_str(&text[done..range.start]);
        kept.push_str(kind.label());
        done = range.end;
    }
    kept.push_str(&text[done..]);
    kept
}

/// Text without control, direction and invisible characters; line breaks stay, a tab becomes a space. What says how a
/// sign is drawn (☎ in colour) stays behind a sign, not behind a letter or digit.
pub fn printable(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        let behind_sign = seen.ends_with(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => seen.push('\n'),
            '\t' => seen.push(' '),
            c if c.is_control() || (invisible(c) && !(selects_variation(c) && behind_sign)) => {}
            c => seen.push(c),
        }
    }
    seen
}

#[cfg(test)]
mod measured_tests;
#[cfg(test)]
mod tests;
