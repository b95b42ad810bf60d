//! On which page each paragraph begins, reckoned as a word processor would lay it out: exact lines, Chinese characters
//! all of one width, Latin ones as wide as in Times New Roman. Good to a page; who opens the document knows better.

use super::Paragraph;

/// The text block of 156 × 225 mm, and a character of 三号, in twentieths of a point.
pub const LINE: i32 = 8844;
const PAGE: i32 = 12756;
pub const BODY: i32 = 320;
/// By so much every character is narrower than its size.
const NARROWER: i32 = 5;
/// What must not begin a line, and what must not end one.
const CLOSING: &str = "，。、；：？！）》〉」』】〕”’…—%‰℃,.;:?!)]}·";
const OPENING: &str = "（《〈「『【〔“‘([{";
/// What may hang over the edge instead.
const HANGING: &str = "，。、；：？！,.";
/// Widths of the signs from the blank to the tilde, in thousandths of their size.
#[rustfmt::skip]
const LATIN: [i32; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
    500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// How a style sets a paragraph.
struct Look {
    size: i32,
    line: i32,
    indent: i32,
    around: i32,
    /// It stays on the page of the next one's first line.
    leads: bool,
}

/// The page of each paragraph's first line, and the page after them, closing lines included.
pub fn of(paragraphs: &[Paragraph]) -> (Vec<u32>, u32) {
    let (mut page, mut used) = (1, 0);
    let mut pages = Vec::with_capacity(paragraphs.len());
    for (place, paragraph) in paragraphs.iter().enumerate() {
        let look = look(paragraph.style);
        let is_led = place > 0 && self::look(paragraphs[place - 1].style).leads;
        if !is_led && used + together(&paragraphs[place..]) > PAGE {
            (page, used) = (page + 1, 0);
        }
        used += look.around;
        for line in 0..lines(paragraph, &look) {
            if used + look.line > PAGE {
                (page, used) = (page + 1, 0);
            }
            used += look.line;
            if line == 0 {
                pages.push(page);
            }
        }
    }
    // A line for the annex, two blank ones, issuer and date: six lines and a blank one before.
    const CLOSING_LINES: i32 = 579 * 3 + 560 + 1120;
    (pages, page + 1 + u32::from(used + CLOSING_LINES > PAGE))
}

/// The height of headings and the first line they lead to.
fn together(paragraphs: &[Paragraph]) -> i32 {
    let mut height = 0;
    for paragraph in paragraphs {
        let look = look(paragraph.style);
        if !look.leads {
            return height + look.line;
        }
        height += look.around + look.line * lines(paragraph, &look);
    }
    height
}

fn look(style: &str) -> Look {
    let (size, line, indent, around, leads) = match style {
        "Title" => (440, 640, 0, 560, false),
        "Subtitle" => (BODY, 579, 0, 560, false),
        "Heading1" | "Heading2" => (BODY, 579, 640, 0, true),
        "About" => (280, 579, 560, 0, false),
        _ => (BODY, 579, 640, 0, false),
    };
    Look {
        size,
        line,
        indent,
        around,
        leads,
    }
}

/// How wide words are in one line.
pub fn width(words: &str, size: i32) -> i32 {
    words.chars().map(|c| sign(c, size)).sum()
}

fn sign(c: char, size: i32) -> i32 {
    let latin = (c as usize).checked_sub(32).and_then(|place| LATIN.get(place));
    latin.map_or(size, |width| size * width / 1000) - NARROWER
}

/// What stands between a Chinese character and a Latin letter or digit.
fn gap(one: char, other: char, size: i32) -> i32 {
    let word = |c: char| c.is_alphanumeric();
    let apart = word(one) && word(other) && one.is_ascii() != other.is_ascii();
    if apart { size / 5 } else { 0 }
}

/// How many lines a paragraph fills.
fn lines(paragraph: &Paragraph, look: &Look) -> i32 {
    let signs: Vec<char> = paragraph.label.chars().chain(paragraph.words.chars()).collect();
    let (mut lines, mut used, mut at) = (1, look.indent, 0);
    while at < signs.len() {
        let end = piece(&signs, at);
        let gaps: i32 = signs[at..end]
            .windows(2)
            .map(|two| gap(two[0], two[1], look.size))
            .sum();
        let mut wide = gaps + signs[at..end].iter().map(|c| sign(*c, look.size)).sum::<i32>();
        let before = if at > 0 && used > 0 {
            gap(signs[at - 1], signs[at], look.size)
        } else {
            0
        };
        let last = signs[end - 1];
        let slack = match last {
            ' ' => sign(' ', look.size),
            _ if HANGING.contains(last) => sign(last, look.size),
            _ => 0,
        };
        if used + before + wide - slack > LINE {
            lines += 1;
            used = 0;
        } else {
            used += before;
        }
        // A word longer than a line is cut.
        while wide > LINE {
            (lines, wide) = (lines + 1, wide - LINE);
        }
        used += wide;
        at = end;
    }
    lines
}

/// Where the piece that begins at a sign ends: a word or one character, with what must not be parted from it.
fn piece(signs: &[char], begin: usize) -> usize {
    let word = |c: char| c.is_ascii_graphic() && !OPENING.contains(c);
    let mut end = begin;
    while end < signs.len() && OPENING.contains(signs[end]) {
        end += 1;
    }
    if end < signs.len() {
        end += 1;
    }
    while end < signs.len() && word(signs[end - 1]) && word(signs[end]) {
        end += 1;
    }
    while end < signs.len() && (CLOSING.contains(signs[end]) || signs[end] == ' ') {
        end += 1;
    }
    end
}
