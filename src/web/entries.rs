//! The list of answers as everybody may read it: by topic, what fits some words, one entry.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Html;
use serde::Deserialize;

use super::Web;
use super::failure::Failure;
use crate::desk::Desk;
use crate::domain::chat::tappable::{self, Bit};
use crate::domain::wording;
use crate::faq::Audience;

/// An entry as everybody may read it.
pub struct Item {
    no: u32,
    category: String,
    question: String,
    lines: Vec<String>,
    basis: Vec<String>,
    revision: i64,
}

impl Item {
    /// A line with its landlines to call and its addresses to copy.
    fn bits<'a>(&self, line: &'a str, addresses: &[String]) -> Vec<Bit<'a>> {
        tappable::bits(line, addresses, false)
    }

    /// The number as the list writes it: 037.
    fn number(&self) -> String {
        format!("{:03}", self.no)
    }

    /// The first step of the category: 注销 of 注销/简易注销.
    fn topic(&self) -> &str {
        let first = self.category.split('/').next().unwrap_or_default().trim();
        if first.is_empty() { "其他" } else { first }
    }

    /// The rest of the category, empty if it has one step only.
    fn detail(&self) -> &str {
        self.category.split_once('/').map_or("", |(_, rest)| rest)
    }
}

#[derive(Template)]
#[template(path = "faq.html")]
struct List<'a> {
    city: &'a str,
    sample: bool,
    q: &'a str,
    /// Topics with their entries; one without a name for what was searched.
    parts: Vec<(String, Vec<Item>)>,
    amount: usize,
    /// The newest published edition, by name.
    edition: Option<String>,
}

/// What is looked for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /faq`: by topic, or what fits `?q=`.
pub async fn faq(State(web): State<Arc<Web>>, Query(search): Query<Search>) -> Result<Html<String>, Failure> {
    const MOST: usize = 100;
    let roster = web.desk.roster();
    let q: String = crate::domain::privacy::printable(&search.q)
        .trim()
        .chars()
        .take(MOST)
        .collect();
    let mut items = open(&web.desk);
    let amount = items.len();
    let parts = if q.is_empty() {
        by_topic(items)
    } else {
        let found = found(&web.desk, &q);
        items.retain(|item| found.contains(&item.no));
        items.sort_by_key(|item| found.iter().position(|no| *no == item.no));
        vec![(String::new(), items)]
    };
    let sample = web.sample().await?;
    let newest = web.desk.db.read().await?.newest_edition().await?;
    Ok(Html(
        List {
            city: &roster.city,
            sample,
            q: &q,
            parts,
            amount,
            edition: newest.map(|edition| format!("{}（{}）", edition.name(), edition.day())),
        }
        .render()?,
    ))
}

#[derive(Template)]
#[template(path = "entry.html")]
struct One<'a> {
    city: &'a str,
    sample: bool,
    item: &'a Item,
    addresses: Vec<String>,
}

/// `GET /faq/{no}`
pub async fn entry(State(web): State<Arc<Web>>, Path(no): Path<u32>) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let item = open(&web.desk).into_iter().find(|item| item.no == no);
    let item = item.ok_or(Failure::Refused(
        StatusCode::NOT_FOUND,
        "清单里没有这一条，或者口径正在更新。请到帮办群提问。",
    ))?;
    let sample = web.sample().await?;
    Ok(Html(
        One {
            city: &roster.city,
            sample,
            item: &item,
            addresses: roster.addresses(),
        }
        .render()?,
    ))
}

/// Entries that are public, valid today and filled in; where bureaus differ, as the city bureau says them.
pub fn open(desk: &Desk) -> Vec<Item> {
    let (served, roster) = (desk.faq(), desk.roster());
    let day = desk.day(desk.clock.now());
    let city = roster.desk();
    let open = served
        .faq()
        .entries()
        .iter()
        .filter(|entry| entry.audience == Audience::Public && entry.valid_on(day));
    let items = open.filter_map(|entry| {
        let said = served.said(entry, city, &roster, &desk.config)?;
        Some(Item {
            no: said.no,
            category: entry.category.clone(),
            question: said.question,
            lines: said.lines,
            basis: said.basis.iter().map(wording::Cited::whole).collect(),
            revision: said.revision,
        })
    });
    items.collect()
}

/// The numbers of the entries that fit, best first.
fn found(desk: &Desk, q: &str) -> Vec<u32> {
    const MOST: usize = 20;
    let (served, day) = (desk.faq(), desk.day(desk.clock.now()));
    served.faq().find(q, day, MOST).iter().map(|entry| entry.no).collect()
}

fn by_topic(items: Vec<Item>) -> Vec<(String, Vec<Item>)> {
    let mut parts: Vec<(String, Vec<Item>)> = Vec::new();
    for item in items {
        match parts.iter_mut().find(|(name, _)| *name == item.topic()) {
            Some((_, part)) => part.push(item),
            None => parts.push((item.topic().to_owned(), vec![item])),
        }
    }
    parts
}
