//! The list for other programs: all of it as JSON, and what changed lately as a feed.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Web;
use super::entries;
use super::failure::Failure;
use crate::clock::Millis;
use crate::domain::time::zone;

/// Changes told at once.
const MOST: i64 = 50;

/// `GET /faq.json`: every open entry with its answer, its grounds and where it stands; as the pages show it.
pub async fn json(State(web): State<Arc<Web>>) -> Json<serde_json::Value> {
    let base = web.desk.config.public_url.as_deref().unwrap_or_default();
    let entries = entries::open(&web.desk).into_iter().map(|item| {
        json!({
            "no": item.no, "revision": item.revision, "category": item.category, "question": item.question,
            "answer": item.lines, "basis": item.basis, "url": format!("{base}/faq/{}", item.no),
        })
    });
    Json(json!({ "city": web.desk.roster().city, "entries": entries.collect::<Vec<_>>() }))
}

/// A change of an entry, as the feed tells it.
struct Change {
    no: u32,
    revision: i64,
    question: String,
    words: String,
    at: String,
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed<'a> {
    city: &'a str,
    base: &'a str,
    at: String,
    changes: Vec<Change>,
}

/// `GET /faq.atom`: what was approved last of what is open now, newest first (RFC 4287).
pub async fn atom(State(web): State<Arc<Web>>) -> Result<Response, Failure> {
    let roster = web.desk.roster();
    let at = |at: Millis| {
        zone::local(&web.desk.config.timezone, at)
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    };
    let newest = web.desk.db.read().await?.newest_revisions(MOST).await?;
    let open = entries::open(&web.desk);
    let changes = newest.into_iter().filter_map(|(no, revision, approved)| {
        let item = open.iter().find(|item| item.no == no && item.revision == revision)?;
        Some(Change {
            no,
            revision,
            question: item.question.clone(),
            words: item.lines.join("\n"),
            at: at(approved),
        })
    });
    let changes: Vec<Change> = changes.collect();
    let feed = Feed {
        city: &roster.city,
        base: web.desk.config.public_url.as_deref().unwrap_or_default(),
        at: changes
            .first()
            .map_or_else(|| at(web.desk.clock.now()), |change| change.at.clone()),
        changes,
    };
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/atom+xml; charset=utf-8"),
    )];
    Ok((kind, feed.render()?).into_response())
}
