//! What a YAML file does without a word and nobody means: a `#` that cuts a sentence short, a blank that is no blank
//! to the parser, a line that becomes part of the one above. Found line by line before the file is parsed.

use super::Place;
use crate::domain::clean::odd_blank;

/// What was found, and what may explain an error of the parser at or behind it.
#[derive(Debug, Default)]
pub struct Layout {
    /// Read differently from what it looks like.
    pub wrong: Option<(Place, String)>,
    /// Nearly right, if the parser stumbles.
    pub hints: Vec<(Place, String)>,
}

/// Looks through a whole text.
pub fn look(text: &str) -> Layout {
    let mut scan = Scan::default();
    for (number, line) in (1..).zip(text.split('\n')) {
        scan.number = number;
        let signs: Vec<char> = line.trim_end_matches('\r').chars().collect();
        scan.line(&signs);
        if scan.layout.wrong.is_some() {
            break;
        }
    }
    scan.layout
}

#[derive(Default)]
struct Scan {
    layout: Layout,
    number: u32,
    /// Inside a quoted value.
    quote: Option<char>,
    /// Brackets open.
    flow: usize,
    /// Inside a block (| or >) of lines indented more than this.
    block: Option<usize>,
    /// Where the last key or dash stands.
    node: usize,
    /// Where a value without quotes begins that may go on in the next line.
    plain: Option<usize>,
    /// Where the keys and dashes stand that a line may go on under.
    levels: Vec<usize>,
    /// The last key or dash has something behind it.
    filled: bool,
}

impl Scan {
    fn wrong(&mut self, at: usize, message: impl Into<String>) {
        let place = self.place(at);
        self.layout.wrong.get_or_insert((place, message.into()));
    }

    fn place(&self, at: usize) -> Place {
        Place {
            line: self.number,
            column: u32::try_from(at + 1).unwrap_or(u32::MAX),
        }
    }

    fn line(&mut self, signs: &[char]) {
        let indent = signs.iter().take_while(|c| **c == ' ').count();
        let blank = signs.iter().all(|c| matches!(c, ' ' | '\t'));
        if self.quote.is_some() {
            return self.signs(signs, 0, false);
        }
        if let Some(parent) = self.block {
            if blank || indent > parent {
                return;
            }
            self.block = None;
        }
        if blank {
            return;
        }
        let first = signs[indent];
        if odd_blank(first) && (self.flow == 0 || first != '\t') {
            let what = blank_name(first);
            return match signs.iter().all(|c| c.is_whitespace()) {
                true => self.wrong(indent, format!("这一行只有{what}，请删去这一行")),
                false => self.wrong(indent, format!("这一行开头有{what}，请改成普通的半角空格")),
            };
        }
        let dash = first == '-' && signs.get(indent + 1) == Some(&' ');
        let goes_on = self.plain.is_some() && self.flow == 0 && indent > self.node;
        if goes_on && dash {
            if let Some((place, message)) = self.layout.hints.pop_if(|(place, _)| place.line + 1 == self.number) {
                self.layout.wrong = Some((place, message));
                return;
            }
            return self.wrong(indent, "这一条会并到上一行里去：“-”比上一行缩进得多，请与上一条对齐");
        }
        if !goes_on && self.flow == 0 {
            self.plain = None;
        }
        if !goes_on && self.flow == 0 && first != '#' {
            self.level(signs, indent);
        }
        self.signs(signs, indent, goes_on);
    }

    /// Whether a line stands under one of those before, or may stand deeper.
    fn level(&mut self, signs: &[char], indent: usize) {
        let dash = signs[indent] == '-';
        let deeper = self.levels.last().is_some_and(|last| indent > *last);
        self.levels.retain(|level| *level <= indent);
        let stands = self.levels.last() == Some(&indent);
        let place = self.place(indent);
        if dash
            && signs
                .get(indent + 1)
                .is_some_and(|c| !matches!(c, ' ' | '-') && !odd_blank(*c))
        {
            self.layout.hints.push((place, "“-”后面要空一格".to_owned()));
        } else if !stands && (self.filled || !deeper) && self.number > 1 && (deeper || !self.levels.is_empty()) {
            let say = match dash {
                true => "“-”没有对齐：同一层的“-”要上下对齐",
                false => "这一行没有对齐：同一层的要上下对齐",
            };
            self.layout.hints.push((place, say.to_owned()));
        }
        let mut at = indent;
        if !stands {
            self.levels.push(at);
        }
        while signs[at..].starts_with(&['-', ' ']) {
            at += 1 + signs[at + 1..].iter().take_while(|c| **c == ' ').count();
            self.levels.push(at);
        }
        let last = signs.iter().rev().find(|c| !c.is_whitespace());
        self.filled = last.is_some_and(|c| !matches!(c, ':' | '-'));
    }

    /// The signs of a line from `from` on; `goes_on`: a value without quotes of the line before.
    fn signs(&mut self, signs: &[char], from: usize, goes_on: bool) {
        let mut start = !goes_on && self.quote.is_none();
        self.plain = goes_on.then_some(from);
        let mut at = from;
        while at < signs.len() {
            let (c, next) = (signs[at], signs.get(at + 1).copied());
            if let Some(quote) = self.quote {
                at += self.quoted(quote, c, next);
                continue;
            }
            let apart = at == from || matches!(signs[at - 1], ' ' | '\t');
            match c {
                '#' if apart => return self.comment(signs, from, at, start),
                ' ' | '\t' => {}
                _ if start && odd_blank(c) => {
                    return self.wrong(at, format!("这里有{}，请改成普通的半角空格", blank_name(c)));
                }
                '-' if start && self.flow == 0 && next.is_none_or(char::is_whitespace) => self.node = at,
                '-' if start && self.flow == 0 && next.is_some_and(odd_blank) => {
                    return self.wrong(
                        at + 1,
                        format!("“-”后面是{}，请改成普通的半角空格", next.map_or("", blank_name)),
                    );
                }
                '[' | '{' if start || self.flow > 0 => (self.flow, start, self.plain) = (self.flow + 1, true, None),
                ']' | '}' if self.flow > 0 => (self.flow, start, self.plain) = (self.flow - 1, false, None),
                ',' if self.flow > 0 => (start, self.plain) = (true, None),
                ':' if self.ends_key(next) => (start, self.plain) = (true, None),
                ':' | '：' if !goes_on && self.nearly_key(signs, at, next) => {
                    if let Some(blank) = next.filter(|next| c == ':' && odd_blank(*next)) {
                        return self.wrong(at + 1, format!("冒号后面是{}，请改成普通的半角空格", blank_name(blank)));
                    }
                    let place = self.place(at);
                    let say = "冒号要用半角的“:”，后面空一格";
                    self.layout.hints.push((place, say.to_owned()));
                }
                '"' | '\'' if start => (self.quote, start) = (Some(c), false),
                '|' | '>' if start && self.flow == 0 && is_block(&signs[at + 1..]) => {
                    self.block = Some(match at == from {
                        true => from.saturating_sub(1),
                        false => self.node,
                    });
                    return;
                }
                '&' | '!' if start => {
                    while signs.get(at + 1).is_some_and(|c| *c != ' ') {
                        at += 1;
                    }
                }
                _ if start => {
                    start = false;
                    self.plain = Some(at);
                    if self.flow == 0 && key_at(&signs[at..]) {
                        self.node = at;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// How many signs to go on inside a quoted value.
    fn quoted(&mut self, quote: char, c: char, next: Option<char>) -> usize {
        match (quote, c) {
            ('"', '\\') => 2,
            ('\'', '\'') if next == Some('\'') => 2,
            _ if c == quote => {
                self.quote = None;
                1
            }
            _ => 1,
        }
    }

    fn ends_key(&self, next: Option<char>) -> bool {
        let inside = self.flow > 0 && next.is_some_and(|c| matches!(c, ',' | ']' | '}'));
        inside || next.is_none_or(|c| matches!(c, ' ' | '\t'))
    }

    /// A word, then a full-width colon, a colon without a blank, or one with a blank that is none.
    fn nearly_key(&self, signs: &[char], at: usize, next: Option<char>) -> bool {
        let Some(begin) = self.plain.filter(|begin| *begin < at && self.flow == 0) else {
            return false;
        };
        let first = signs[..begin].iter().all(|c| matches!(c, ' ' | '-'));
        let word = &signs[begin..at];
        let latin = word.iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let odd = signs[at] == ':' && next.is_some_and(odd_blank);
        let address = next == Some('/') || word.iter().all(char::is_ascii_digit);
        let short = word.len() <= 12 && !word.iter().any(|c| c.is_whitespace());
        first && short && (odd || (latin && !address))
    }

    /// A `#` behind a blank: from here on nothing is read.
    fn comment(&mut self, signs: &[char], from: usize, at: usize, start: bool) {
        let glued = signs
            .get(at + 1)
            .is_some_and(|c| !c.is_whitespace() && *c != '#' && *c != '-' && *c != '=');
        let prose = self
            .plain
            .is_some_and(|begin| signs[begin..at].iter().any(|c| !c.is_ascii()));
        let cuts = match self.plain {
            Some(_) => glued || prose,
            // `address: #5 楼`: the value is gone altogether.
            None => glued && start && at > from && self.flow == 0,
        };
        if cuts {
            let say = "“#”和它后面的字会被当作注释丢掉：是内容的请给整句加引号，是注释的请另起一行";
            self.wrong(at, say);
        }
    }
}

fn is_block(rest: &[char]) -> bool {
    let marks = rest.iter().take_while(|c| matches!(c, '+' | '-' | '0'..='9')).count();
    let after = &rest[marks..];
    let spaces = after.iter().take_while(|c| **c == ' ').count();
    match after.get(spaces) {
        None => true,
        Some(c) => *c == '#' && spaces > 0,
    }
}

/// Whether a key begins here: something up to a colon with a blank behind it.
fn key_at(signs: &[char]) -> bool {
    let colon = |at: &usize| signs[*at] == ':' && signs.get(at + 1).is_none_or(|c| matches!(c, ' ' | '\t'));
    (0..signs.len()).take_while(|at| signs[*at] != '#').any(|at| colon(&at))
}

/// What a blank is called.
fn blank_name(c: char) -> &'static str {
    match c {
        '\t' => "制表符（Tab）",
        '\u{3000}' => "全角空格",
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "不间断空格（看着像普通空格）",
        _ => "特殊空白（看着像普通空格）",
    }
}
