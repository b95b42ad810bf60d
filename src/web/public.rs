//! What everybody may read without a session: the start page, the list of answers, helpers' landlines, style and script.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::Web;
use super::entries;
use super::failure::Failure;
use super::room::RoomLink;
use crate::domain::chat::group::{GroupKind, Standing};
use crate::domain::roster::people::PublicHelper;
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
    let (groups, entries) = (groups.collect(), entries::open(&web.desk).len());
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
    include_str!("pages/calls.js"),
    include_str!("pages/parts.js"),
    include_str!("pages/stream.js"),
    include_str!("pages/long.js"),
    include_str!("pages/search.js"),
    include_str!("../publish/pages/copy.js"),
    include_str!("pages/shown.js"),
    include_str!("pages/group.js"),
    include_str!("pages/asking.js"),
);

/// What a page of the console runs.
const CONSOLE_SCRIPT: &str = concat!(include_str!("pages/calls.js"), include_str!("pages/console.js"));

/// `GET /assets/{name}`: style and script, with the hash of their text as tag.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    let (kind, text) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", include_str!("pages/style.css")),
        "room.js" => ("text/javascript; charset=utf-8", ROOM_SCRIPT),
        "console.js" => ("text/javascript; charset=utf-8", CONSOLE_SCRIPT),
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
