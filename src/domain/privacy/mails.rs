//! E-mail addresses (RFC 5321, as written in chat): full width, 艾特 and 点, (at), spaces around the sign.

use std::ops::Range;

use super::digits::half;

/// Signs for @ that count before any domain.
const AT: [&str; 11] = [
    "@", "﹫", "圈a", "艾特", "爱特", "(at)", "[at]", "{at}", "<at>", " at ", "#",
];
/// Signs for the dot; all but the dot itself count before a well-known last part only.
const DOT: [&str; 7] = [".", ",", "。", "点", "(dot)", "[dot]", " dot "];
const LAST_PARTS: [&str; 8] = ["com", "cn", "net", "org", "edu", "gov", "info", "top"];
/// Providers that people name without the last part: 12345678@qq.
const PROVIDERS: [&str; 15] = [
    "qq", "163", "126", "139", "189", "yeah", "sina", "sohu", "gmail", "foxmail", "outlook", "hotmail", "icloud",
    "aliyun", "yahoo",
];

/// Every address in the text.
pub fn mails(text: &str) -> Vec<Range<usize>> {
    let signs: Vec<(usize, char)> = text
        .char_indices()
        .map(|(at, c)| (at, half(c).to_ascii_lowercase()))
        .collect();
    let place = |index: usize| signs.get(index).map_or(text.len(), |(at, _)| *at);
    let signs: Vec<char> = signs.iter().map(|(_, c)| *c).collect();
    let mut found = vec![];
    for index in 0..signs.len() {
        let at_sign = AT.iter().find(|at| starts_with(&signs[index..], at));
        if let Some(at) = at_sign
            && let Some(start) = local_part(&signs[..index])
            && let Some(end) = domain(&signs, index + at.chars().count(), *at == "#")
        {
            found.push(place(start)..place(end));
        }
    }
    found
}

fn starts_with(signs: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(index, c)| signs.get(index) == Some(&c))
}

/// Where the part before the sign begins.
fn local_part(before: &[char]) -> Option<usize> {
    let end = before.len() - usize::from(is_blank(before.last()));
    let length = before[..end]
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'))
        .count();
    let start = (end - length..end).find(|index| before[*index].is_ascii_alphanumeric());
    start.filter(|_| length > 0)
}

fn is_blank(sign: Option<&char>) -> bool {
    matches!(sign, Some(' ' | '\n'))
}

/// Where the domain that begins at `from` ends.
fn domain(signs: &[char], from: usize, with_dot: bool) -> Option<usize> {
    let from = from + usize::from(is_blank(signs.get(from)));
    let mut at = label(signs, from)?;
    let name: String = signs[from..at].iter().collect();
    let mut end = (PROVIDERS.contains(&name.as_str()) && !with_dot).then_some(at);
    while let Some((start, plain)) = after_dot(signs, at) {
        let Some(next) = label(signs, start) else { break };
        let letters = signs[start..next]
            .iter()
            .take_while(|c| c.is_ascii_alphabetic())
            .count();
        let last: String = signs[start..start + letters].iter().collect();
        if !plain && !LAST_PARTS.contains(&last.as_str()) {
            break;
        }
        if letters >= 2 {
            end = Some(start + letters);
        }
        at = next;
    }
    end
}

/// Where the letters, digits and dashes from `from` end, if there are any.
fn label(signs: &[char], from: usize) -> Option<usize> {
    let length = signs
        .get(from..)?
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric() || **c == '-')
        .count();
    (length > 0).then_some(from + length)
}

/// Where the next part begins, behind a dot around which a space may stand, and whether it is a plain dot.
fn after_dot(signs: &[char], at: usize) -> Option<(usize, bool)> {
    let start = at + usize::from(is_blank(signs.get(at)));
    let dot = DOT.into_iter().find(|dot| starts_with(&signs[start..], dot))?;
    let end = start + dot.chars().count();
    let spaced = is_blank(signs.get(end));
    Some((end + usize::from(spaced), dot == "." && start == at && !spaced))
}
