//! An edition as a static folder: one page with its style and script, searchable without a server and without a network;
//! printed, it is a handbook with a table of contents.

use askama::Template;

use super::{Line, Rendered, chinese_number, line, mark, summary};
use crate::domain::chat::tappable::{self, Bit};
use crate::domain::list::edition::{Edition, Item, Window};

/// The page's style and script, beside it in the folder.
pub const STYLE: &str = include_str!("pages/list.css");
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
        file("list.css", STYLE),
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
