//! The list of answers as everybody may read it: by topic, what fits some words, one entry.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Html;
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use crate::desk::Desk;
use crate::domain::chat::tappable::{self, Bit};
use crate::domain::wording;
use crate::faq::Audience;

/// An entry as everybody may read it.
pub struct Item {
    /// Its number in the list.
    pub no: u32,
    /// 注销/简易注销
    pub category: String,
    /// What it answers.
    pub question: String,
    /// The answer.
    pub lines: Vec<String>,
    /// What it rests on.
    pub basis: Vec<String>,
    /// The approved revision.
    pub revision: i64,
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
    /// The topic that is shown by itself.
    topic: Option<&'a str>,
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
            topic: None,
        }
        .render()?,
    ))
}

/// `GET /faq/topics/{topic}`: the entries of one topic.
pub async fn topic(State(web): State<Arc<Web>>, Path(name): Path<String>) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let items = open(&web.desk);
    let amount = items.len();
    let mut parts = by_topic(items);
    parts.retain(|(topic, _)| *topic == name);
    if parts.is_empty() {
        return Err(Failure::nothing());
    }
    Ok(Html(
        List {
            city: &roster.city,
            sample: web.sample().await?,
            q: "",
            parts,
            amount,
            edition: None,
            topic: Some(&name),
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
    /// Entries beside it.
    related: Vec<Item>,
    /// Where it can be found for ever, as far as the pages' address is known.
    link: String,
}

/// `GET /faq/{no}`
pub async fn entry(State(web): State<Arc<Web>>, Path(no): Path<u32>) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let mut items = open(&web.desk);
    let at = items.iter().position(|item| item.no == no).ok_or(Failure::Refused(
        StatusCode::NOT_FOUND,
        "清单里没有这一条，或者口径正在更新。请到帮办群提问。",
    ))?;
    let item = items.swap_remove(at);
    let related = related(&web.desk, &item, items);
    let sample = web.sample().await?;
    Ok(Html(
        One {
            city: &roster.city,
            sample,
            item: &item,
            addresses: roster.addresses(),
            related,
            link: format!("{}/faq/{no}", web.desk.config.public_url.as_deref().unwrap_or_default()),
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

/// The entries nearest to one: what its question would also be answered with.
fn related(desk: &Desk, item: &Item, others: Vec<Item>) -> Vec<Item> {
    const MOST: usize = 4;
    let (served, day) = (desk.faq(), desk.day(desk.clock.now()));
    let faq = served.faq();
    let hits = faq.decide(&faq.read(&item.question, Audience::Public), day).hits;
    let near: Vec<u32> = hits
        .iter()
        .filter_map(|hit| faq.entry(&hit.entry))
        .map(|entry| entry.no)
        .collect();
    let mut related: Vec<Item> = others.into_iter().filter(|other| near.contains(&other.no)).collect();
    related.sort_by_key(|other| near.iter().position(|no| *no == other.no));
    related.truncate(MOST);
    related
}

/// `POST /faq/near`: while somebody writes, the entries that may answer it, three at most. What is not sent yet stands in
/// no address, which others keep in logs.
pub async fn near(State(web): State<Arc<Web>>, Json(search): Json<Search>) -> Json<serde_json::Value> {
    const MOST: usize = 3;
    /// Fewer characters say nothing yet.
    const LEAST: usize = 4;
    let q: String = crate::domain::privacy::printable(&search.q)
        .trim()
        .chars()
        .take(100)
        .collect();
    if q.chars().count() < LEAST {
        return Json(json!({ "entries": [] }));
    }
    let (served, day) = (web.desk.faq(), web.desk.day(web.desk.clock.now()));
    let found = served.faq().find(&q, day, MOST).into_iter().take(MOST);
    let entries = found.map(|entry| json!({ "no": entry.no, "question": entry.question }));
    Json(json!({ "entries": entries.collect::<Vec<_>>() }))
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
