//! Pages that only say something, and where one may go from there.

use askama::Template;
use axum::response::Html;

/// A notice: title, sentences, ways on. Data of a page that has nothing else to show.
#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'a> {
    title: &'a str,
    sentences: &'a [&'a str],
    ways: &'a [(&'a str, &'a str)],
}

/// A page that only says something; `ways` are address and label of links.
pub fn notice(title: &str, sentences: &[&str], ways: &[(&str, &str)]) -> Html<String> {
    Html(
        Notice { title, sentences, ways }
            .render()
            .unwrap_or_else(|_| sentences.concat()),
    )
}
