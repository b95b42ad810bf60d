//! What everybody may read without a session: the start page, the list of answers, helpers' landlines, style and script.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::Web;
use super::failure::Failure;
use super::room::RoomLink;
use crate::desk::Desk;
use crate::domain::chat::group::{GroupKind, Standing};
use crate::domain::chat::tappable::{self, Bit};
use crate::domain::roster::people::PublicHelper;
use crate::domain::wording;
use crate::faq::Audience;
use crate::platform::webgroup::NAME;
use crate::publish::page;
use crate::secret;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    city: &'a str,
    sample: bool,
    groups: Vec<RoomLink>,
    entries: usize,
}

/// `GET /`
pub async fn home(State(web): State<Arc<Web>>) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let mut tx = web.desk.db.read().await?;
    let groups = tx.groups().await?.into_iter();
    drop(tx);
    let open = groups.filter(|group| {
        group.channel.0 == NAME && group.kind() == Some(GroupKind::Help) && group.standing != Standing::Gone
    });
    let groups = open.map(|group| RoomLink {
        href: format!("/g/{}", group.id.0),
        kind: GroupKind::Help.chinese(),
        here: false,
        title: group.title,
        unread: 0,
    });
    let (groups, entries) = (groups.collect(), list(&web.desk).len());
    let sample = web.sample().await?;
    Ok(Html(
        Home {
            city: &roster.city,
            sample,
            groups,
            entries,
        }
        .render()?,
    ))
}

/// An entry as everybody may read it.
struct Item {
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
    let mut items = list(&web.desk);
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
    let item = list(&web.desk).into_iter().find(|item| item.no == no);
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
fn list(desk: &Desk) -> Vec<Item> {
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

/// An office and its helpers.
type PublicOffice = (String, Vec<PublicHelper>);

#[derive(Template)]
#[template(path = "contacts.html")]
struct Contacts<'a> {
    city: &'a str,
    sample: bool,
    bureaus: Vec<(String, Vec<PublicOffice>)>,
}

/// `GET /contacts`: names and landlines, nothing else.
pub async fn contacts(State(web): State<Arc<Web>>) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let mut bureaus: Vec<(String, Vec<PublicOffice>)> = Vec::new();
    for helper in roster.public_list() {
        if bureaus.last().is_none_or(|(name, _)| *name != helper.bureau) {
            bureaus.push((helper.bureau.clone(), vec![]));
        }
        let Some((_, offices)) = bureaus.last_mut() else {
            continue;
        };
        match offices.last_mut() {
            Some((name, helpers)) if *name == helper.office => helpers.push(helper),
            Some(_) | None => offices.push((helper.office.clone(), vec![helper])),
        }
    }
    let sample = web.sample().await?;
    Ok(Html(
        Contacts {
            city: &roster.city,
            sample,
            bureaus,
        }
        .render()?,
    ))
}

/// What a room's page runs, in one: where a connection died without a word, each that is kept open for another script
/// costs a try.
const ROOM_SCRIPT: &str = concat!(
    include_str!("pages/parts.js"),
    include_str!("pages/stream.js"),
    include_str!("pages/long.js"),
    include_str!("pages/search.js"),
    include_str!("../publish/pages/copy.js"),
    include_str!("pages/shown.js"),
    include_str!("pages/group.js"),
);

/// `GET /assets/{name}`: style and script, with the hash of their text as tag.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    let (kind, text) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", include_str!("pages/style.css")),
        "room.js" => ("text/javascript; charset=utf-8", ROOM_SCRIPT),
        "console.js" => ("text/javascript; charset=utf-8", include_str!("pages/console.js")),
        "signin.js" => ("text/javascript; charset=utf-8", include_str!("pages/signin.js")),
        "copy.js" => ("text/javascript; charset=utf-8", page::COPY),
        "icon.svg" => ("image/svg+xml; charset=utf-8", include_str!("pages/icon.svg")),
        _ => return Err(Failure::nothing()),
    };
    let tag = format!("\"{}\"", &secret::hash(text)[..16]);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let tag = HeaderValue::from_str(&tag).map_err(|error| Failure::Inside(error.to_string()))?;
    let worn = [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    if known {
        Ok((StatusCode::NOT_MODIFIED, worn).into_response())
    } else {
        Ok((worn, text).into_response())
    }
}
