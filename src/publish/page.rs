//! An edition as a static folder: one page with its style and script, searchable without a server and without a network;
//! printed, it is a handbook with a table of contents. Contents with page numbers need `target-counter`, which no browser
//! has: an item is found by its number and the topic, which stand over every page.

use std::fmt::Write as _;

use askama::Template;

use super::{Line, Rendered, chinese_number, line, mark, summary};
use crate::domain::chat::tappable::{self, Bit};
use crate::domain::list::edition::{Edition, Item, Window};

/// The page's style, but for what is said of its topics, and its script.
const STYLE: &str = include_str!("pages/list.css");
pub const SCRIPT: &str = include_str!("pages/list.js");
/// Copies an address that is pressed.
pub const COPY: &str = include_str!("pages/copy.js");

#[derive(Template)]
#[template(path = "list.html")]
struct Page<'a> {
    edition: &'a Edition,
    summary: String,
    topics: &'a [Topic<'a>],
    /// What is marked as new or changed; nothing in a first edition.
    news: Vec<&'a Part<'a>>,
    windows: &'a [Window],
}

struct Topic<'a> {
    number: String,
    name: &'a str,
    parts: Vec<Part<'a>>,
}

struct Part<'a> {
    item: &'a Item,
    mark: &'static str,
    lines: Vec<Line<'a>>,
    /// Other ways to ask it, a line each, for the search.
    also: String,
}

/// The files of the folder.
pub fn files(edition: &Edition) -> Result<Vec<Rendered>, askama::Error> {
    let file = |name: &str, text: &str| Rendered {
        path: format!("网页/{name}"),
        bytes: text.as_bytes().to_vec(),
    };
    Ok(vec![
        file("index.html", &html(edition)?),
        file("list.css", &style(edition)),
        file("list.js", SCRIPT),
        file("copy.js", COPY),
    ])
}

/// The page itself.
pub fn html(edition: &Edition) -> Result<String, askama::Error> {
    let topics: Vec<Topic<'_>> = (1..)
        .zip(edition.by_topic())
        .map(|(number, (name, items))| Topic {
            number: chinese_number(number),
            name,
            parts: items.into_iter().map(|item| part(edition, item)).collect(),
        })
        .collect();
    let news = topics.iter().flat_map(|topic| &topic.parts);
    Page {
        edition,
        summary: summary(edition),
        topics: &topics,
        news: news.filter(|part| !part.mark.is_empty()).collect(),
        windows: &edition.windows,
    }
    .render()
}

/// The page's style, beside it in the folder; over each printed page stands the topic with the numbers of its items.
pub fn style(edition: &Edition) -> String {
    let mut style = STYLE.to_owned();
    for (number, (name, items)) in (1..).zip(edition.by_topic()) {
        let numbers: Vec<u32> = items.iter().map(|item| item.no).collect();
        let head = format!("{}、{name}　第 {} 条", chinese_number(number), ranges(&numbers));
        let head = head.replace(['"', '\\', '\n'], "");
        let _ = writeln!(
            style,
            "@page t{number} {{ @top-right {{ content: \"{head}\"; font-size: 10pt; }} }}\n\
             @media print {{ #t{number} {{ page: t{number}; }} }}"
        );
    }
    style
}

/// 014–025、210.
fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let run = |run: &[u32]| match run {
        [first, .., last] => format!("{first:03}–{last:03}"),
        one => one.iter().map(|no| format!("{no:03}")).collect(),
    };
    runs.map(run).collect::<Vec<String>>().join("、")
}

/// What of a line can be called.
fn bits(text: &str) -> Vec<Bit<'_>> {
    tappable::bits(text, &[], false)
}

fn part<'a>(edition: &Edition, item: &'a Item) -> Part<'a> {
    Part {
        item,
        mark: mark(edition, item),
        lines: item.lines.iter().map(|text| line(text)).collect(),
        also: item.variants.join("\n"),
    }
}
