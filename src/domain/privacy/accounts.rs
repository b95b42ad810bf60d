//! 微信号 and QQ 号 behind the words that announce them. Public accounts (公众号) and groups stay.

use std::cell::OnceCell;
use std::ops::Range;

use super::Hidden;
use super::checks::is_recent_day;
use super::digits::{Digit, Gap, half, runs, values, widest, widths};

const WECHAT: [&str; 22] = [
    "微信",
    "薇信",
    "威信",
    "徽信",
    "卫信",
    "v信",
    "加v",
    "v:",
    "我v",
    "的v",
    "加薇",
    "+薇",
    "➕薇",
    "薇:",
    "+v",
    "➕v",
    "加微",
    "绿泡泡",
    "vx",
    "wx",
    "wechat",
    "weixin",
];
const QQ: [&str; 5] = ["qq", "扣扣", "企鹅号", "加q", "+q"];
/// What the words are followed by when programs are meant.
const PROGRAMS: [&str; 10] = [
    "iphone", "android", "windows", "harmony", "version", "http", "www", "wechat", "weixin", "ipad",
];

/// The signs of the text, folded, with their places.
struct Signs<'a> {
    text: &'a str,
    at: Vec<usize>,
    folded: Vec<char>,
    /// The digits of the text, read when a word first announces some.
    runs: OnceCell<Vec<Vec<Digit>>>,
}

/// Accounts in the open text.
pub fn accounts(text: &str) -> Vec<(Range<usize>, Hidden)> {
    let signs = Signs {
        text,
        at: text.char_indices().map(|(at, _)| at).collect(),
        folded: text.chars().map(|c| half(c).to_ascii_lowercase()).collect(),
        runs: OnceCell::new(),
    };
    let mut found = vec![];
    for index in 0..signs.folded.len() {
        if let Some(range) = signs.raw_id(index) {
            found.push((range, Hidden::Wechat));
        }
        for (words, kind) in [(&WECHAT[..], Hidden::Wechat), (&QQ[..], Hidden::Qq)] {
            let word = words.iter().find(|word| signs.word_at(index, word));
            if let Some(range) = word.and_then(|word| signs.account(index + word.chars().count(), word, kind)) {
                found.push((range, kind));
            }
        }
    }
    found
}

impl Signs<'_> {
    fn is(&self, index: usize, test: impl Fn(char) -> bool) -> bool {
        self.folded.get(index).is_some_and(|c| test(*c))
    }

    fn starts(&self, index: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(n, c)| self.is(index + n, |sign| sign == c))
    }

    /// The word, and not the end of a longer Latin one.
    fn word_at(&self, index: usize, word: &str) -> bool {
        let latin = self.is(index, |c| c.is_ascii_alphabetic());
        let inside = index > 0 && self.is(index - 1, |c| c.is_ascii_alphanumeric());
        self.starts(index, word) && !(latin && inside)
    }

    fn range(&self, from: usize, to: usize) -> Range<usize> {
        let end = self.at.get(to).copied().unwrap_or(self.text.len());
        self.at[from]..end
    }

    /// `wxid_…`, the account's own number.
    fn raw_id(&self, index: usize) -> Option<Range<usize>> {
        let end = self.word_at(index, "wxid_").then(|| self.handle_end(index));
        let end = end.filter(|end| *end > index + 8)?;
        Some(self.range(index, end))
    }

    fn handle_end(&self, from: usize) -> usize {
        let length = self.folded[from..].iter().take_while(|c| in_handle(**c)).count();
        from + length
    }

    fn account(&self, from: usize, word: &str, kind: Hidden) -> Option<Range<usize>> {
        let (start, named) = self.behind_joint(from);
        let latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
        if kind == Hidden::Wechat
            && let Some(range) = self.wechat(start, named, latin && start == from)
        {
            return Some(range);
        }
        self.number(start, named || kind == Hidden::Qq || latin, kind)
    }

    /// Skips 号, colons, 是 and the like; whether there were any.
    fn behind_joint(&self, from: usize) -> (usize, bool) {
        let mut at = from;
        let mut named = false;
        loop {
            let joint = ["号码", "账号", "帐号", "邮箱", "号", "id", "是", "为", ":", "=", "("]
                .iter()
                .find(|joint| self.starts(at, joint));
            match joint {
                Some(joint) => {
                    at += joint.chars().count();
                    named = true;
                }
                None if self.is(at, |c| matches!(c, ' ' | '\n' | ',' | '【' | '搜' | '索')) => at += 1,
                None => return (at, named),
            }
        }
    }

    /// Six to twenty signs that begin with a letter (the rule of 微信 for its accounts).
    fn wechat(&self, start: usize, named: bool, glued: bool) -> Option<Range<usize>> {
        let end = self.handle_end(start);
        let handle: String = self.folded[start..end].iter().collect();
        let digits = handle.contains(|c: char| c.is_ascii_digit() || c == '_');
        let is_account = (6..=20).contains(&handle.len())
            && handle.starts_with(|c: char| c.is_ascii_alphabetic())
            && (digits || (named && !glued))
            && !PROGRAMS.iter().any(|program| handle.starts_with(program))
            && !(glued && (handle.starts_with("ip") || handle.starts_with("pn")))
            && !self.is(end, |c| matches!(c, '.' | '@'));
        is_account.then(|| self.range(start, end))
    }

    /// The digits among which one stands at this byte, and which of them it is.
    fn digit_at(&self, at: usize) -> Option<(&[Digit], usize)> {
        let runs = self.runs.get_or_init(|| runs(self.text, &[]));
        let before = runs.partition_point(|run| run[0].at <= at);
        let run = &runs[before.checked_sub(1)?];
        let first = run.binary_search_by_key(&at, |digit| digit.at).ok()?;
        Some((run, first))
    }

    /// Five to eleven digits; a mobile is left to the rules for mobiles, a day is no account.
    fn number(&self, start: usize, named: bool, kind: Hidden) -> Option<Range<usize>> {
        let from = *self.at.get(start)?;
        let (run, first) = self.digit_at(from)?;
        let shortest = if kind == Hidden::Qq { 5 } else { 6 };
        let length = (shortest..=11).find(|length| {
            let end = first + length;
            end <= run.len()
                && run.get(end).is_none_or(|next| !next.glued)
                && widest(&run[first..end]) <= Gap::Thin
                && widths(&run[first..end]).iter().all(|width| *width >= 3)
        })?;
        let digits = values(&run[first..first + length]);
        let mobile = length == 11 && digits[0] == 1;
        let day = length == 8 && is_recent_day(&digits);
        let cut = run.get(first + length).is_some_and(|next| next.gap == Gap::Dot);
        let end = run[first + length - 1].end;
        let cut = cut || self.text[end..].starts_with(|c| half(c).is_ascii_alphanumeric());
        (named && digits[0] != 0 && !mobile && !day && !cut).then_some(from..end)
    }
}

fn in_handle(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
