//! The web group in a browser: rooms for visitors and staff, the public list, helpers' landlines, sign-in.
//! What is heard goes through the inbox and what is said comes from the outbox, as with every other channel.

mod events;
mod failure;
mod guard;
mod here;
mod list;
mod mentions;
mod nickname;
mod notice;
mod once;
mod picture;
mod presses;
mod public;
mod queue;
mod readers;
mod room;
mod say;
mod search;
mod sent;
mod session;
mod show;
mod signin;
mod squeeze;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::intake::Intake;
use crate::platform::webgroup::WebGroup;
use crate::store::StoreError;

pub use guard::Limits;

/// A request that carries no picture is never larger.
const REQUEST_LIMIT: usize = 64 * 1024;
/// A picture and its caption.
const PICTURE_REQUEST_LIMIT: usize = picture::PICTURE_LIMIT + REQUEST_LIMIT;

/// What the pages need.
pub struct Web {
    /// Database, time, settings, roster and list.
    pub desk: Arc<Desk>,
    /// Where what is heard goes.
    pub intake: Intake,
    /// Whom to tell that a room changed.
    pub group: Arc<WebGroup>,
    /// How often a session may write.
    pub limits: Limits,
    /// Who has which group's page open.
    readers: Arc<readers::Readers>,
}

impl Web {
    /// The pages over these parts.
    pub fn new(desk: Arc<Desk>, intake: Intake, group: Arc<WebGroup>) -> Web {
        Web {
            desk,
            intake,
            group,
            limits: Limits::default(),
            readers: Arc::default(),
        }
    }

    /// Whether the city is the invented one, which every page says.
    async fn sample(&self) -> Result<bool, StoreError> {
        let mut tx = self.desk.db.read().await?;
        Ok(tx.note(crate::desk::SAMPLE).await?.as_deref() == Some("yes"))
    }

    /// Whether people reach the pages by https only, so that cookies may never travel otherwise.
    fn https(&self) -> bool {
        self.desk
            .config
            .public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

/// Every page and request of the web group. Routes merged into it later are outside its guard.
pub fn router(web: Arc<Web>) -> Router {
    let mut router = Router::new()
        .route("/", get(public::home))
        .route("/faq", get(public::faq))
        .route("/faq/{no}", get(public::entry))
        .route("/list", get(list::newest))
        .route("/list/{number}", get(list::folder))
        .route("/list/{number}/", get(list::one))
        .route("/list/{number}/{file}", get(list::file))
        .route("/contacts", get(public::contacts))
        .route("/assets/{name}", get(public::asset))
        .route("/media/{id}", get(picture::show))
        .route("/in/{token}", get(signin::ask).post(signin::accept))
        .route("/out", post(signin::out))
        .route("/staff", get(signin::home))
        .route("/staff/queue", get(queue::queue))
        .route("/staff/q/{number}", get(queue::one));
    for base in ["/g/{id}", "/me", "/staff/g/{id}", "/staff/me"] {
        let pictures = post(picture::upload).layer(DefaultBodyLimit::max(PICTURE_REQUEST_LIMIT));
        router = router
            .route(base, get(room::page))
            .route(&format!("{base}/events"), get(events::stream))
            .route(&format!("{base}/older"), get(room::older))
            .route(&format!("{base}/search"), get(search::search))
            .route(&format!("{base}/name"), post(nickname::choose))
            .route(&format!("{base}/say"), post(say::say))
            .route(&format!("{base}/edit"), post(say::edit))
            .route(&format!("{base}/press"), post(say::press))
            .route(&format!("{base}/picture"), pictures);
    }
    router
        .fallback(failure::nothing_here)
        .layer(DefaultBodyLimit::max(REQUEST_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::clone(&web), guard::guard))
        .layer(middleware::from_fn(squeeze::squeeze))
        .with_state(web)
}
