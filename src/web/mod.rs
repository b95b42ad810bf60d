//! The web group in a browser: rooms for visitors and staff, the public list, helpers' landlines, sign-in.
//! What is heard goes through the inbox and what is said comes from the outbox, as with every other channel.

mod allowance;
mod client;
mod console;
mod crowd;
pub mod doors;
mod entries;
mod events;
mod failure;
mod guard;
mod here;
mod list;
mod look;
mod mentions;
mod mine;
mod neighbours;
mod nickname;
mod notice;
mod once;
mod opendata;
mod order;
mod picture;
mod presses;
mod privacy;
mod public;
mod readers;
mod remake;
mod replied;
mod room;
mod say;
mod search;
mod sent;
mod session;
mod show;
mod signin;
mod squeeze;
mod takedown;
mod wishes;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tokio::sync::Semaphore;

use crate::desk::Desk;
use crate::intake::Intake;
use crate::platform::webgroup::WebGroup;
use crate::store::StoreError;
use crate::telemetry::{Lately, Tally};

use allowance::Allowances;
use crowd::Crowd;

pub use client::is_trusted;
pub use picture::sweep;

/// A request that carries no picture is never larger: 2000 characters take 18 KB at most.
const REQUEST_LIMIT: usize = 32 * 1024;
/// Pictures that are looked at at once; each takes some hundred megabytes for a moment.
const LOOKED_AT: usize = 1;
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
    /// What was turned away, for the figures.
    pub tally: Arc<Tally>,
    /// Sign-ins that failed lately.
    pub failed: Lately,
    allowances: Allowances,
    streams: Crowd,
    uploads: Crowd,
    looking: Arc<Semaphore>,
    /// Who has which group's page open.
    readers: Arc<readers::Readers>,
    /// Rosters that wait for their confirmation.
    handed_in: console::HandedIn,
}

impl Web {
    /// The pages over these parts.
    pub fn new(desk: Arc<Desk>, intake: Intake, group: Arc<WebGroup>) -> Web {
        Web {
            desk,
            intake,
            group,
            tally: Arc::default(),
            failed: Lately::default(),
            allowances: Allowances::default(),
            streams: Crowd::default(),
            uploads: Crowd::default(),
            looking: Arc::new(Semaphore::new(LOOKED_AT)),
            readers: Arc::default(),
            handed_in: console::HandedIn::default(),
        }
    }

    /// Whether the city is the invented one, which every page says.
    async fn sample(&self) -> Result<bool, StoreError> {
        let mut tx = self.desk.db.read().await?;
        Ok(tx.note(crate::desk::SAMPLE).await?.as_deref() == Some("yes"))
    }

    /// Where pictures are.
    fn media(&self) -> PathBuf {
        self.desk.config.data.join("media")
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

/// What is served apart from the pages, with the headers and plain words that they have.
pub fn plain(router: Router) -> Router {
    router
        .fallback(failure::nothing_here)
        .layer(middleware::from_fn(guard::plain))
}

/// Every page and request of the web group, and beside them what else is served: all of it behind the same front.
pub fn router(web: Arc<Web>, beside: Router) -> Router {
    let mut router = Router::new()
        .route("/", get(public::home))
        .route("/faq", get(entries::faq))
        .route("/faq/{no}", get(entries::entry))
        .route("/faq/near", post(entries::near))
        .route("/faq/topics/{topic}", get(entries::topic))
        .route("/faq.json", get(opendata::json))
        .route("/faq.atom", get(opendata::atom))
        .route("/list", get(list::newest))
        .route("/list/{number}", get(list::folder))
        .route("/list/{number}/", get(list::one))
        .route("/list/{number}/{file}", get(list::file))
        .route("/contacts", get(public::contacts))
        .route("/privacy", get(privacy::page))
        .route("/assets/{name}", get(public::asset))
        .route("/media/{id}", get(picture::show))
        .route("/in", get(signin::page).post(signin::accept))
        .route("/in/who", post(signin::who))
        .route("/out", post(signin::out))
        .route("/leave", post(session::leave))
        .route("/staff", get(signin::home))
        .merge(console::routes())
        .route("/staff/g/{id}/order", get(order::page).post(order::act));
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
            .route(&format!("{base}/takedown"), post(takedown::take_down))
            .route(&format!("{base}/awake"), post(events::awake))
            .route(&format!("{base}/read"), post(room::read))
            .route(&format!("{base}/wish"), post(wishes::wish))
            .route(&format!("{base}/picture"), pictures);
    }
    router
        .fallback(failure::nothing_here)
        .layer(DefaultBodyLimit::max(REQUEST_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::clone(&web), guard::guard))
        .layer(middleware::from_fn(squeeze::squeeze))
        .with_state(Arc::clone(&web))
        .merge(beside)
        .layer(middleware::from_fn_with_state(web, guard::front))
}
