//! What happens in a room, as it happens: Server-Sent Events whose ids are revisions, so that a page that was away
//! names the last one it has and gets everything after it.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::Web;
use super::allowance::Doer;
use super::crowd::Ticket;
use super::failure::Failure;
use super::here::{self, Here};
use super::mine;
use super::readers::Seat;
use super::session::{self, Identity};
use super::show::{self, Viewer};
use crate::platform::webgroup::News;
use crate::store::Tx;
use crate::store::tidings::Move;

/// A sign of life that the page itself sees: a connection that died without a word tells nobody. The page waits for two
/// of them (`SILENCE` in `pages/stream.js`).
pub const LIFE: Duration = Duration::from_secs(15);
/// How soon the end of a session and what another instance wrote are noticed.
const LOOK: Duration = Duration::from_secs(4);

/// A page that missed more than this begins anew with the newest; what is older comes by scrolling.
const MISSED: i64 = 100;
/// Streams of one account, and of visitors behind one address.
const PER_ACCOUNT: usize = 8;
const PER_ADDRESS: usize = 80;
/// Who does nothing is told so long before being signed out.
pub const WARN_MS: i64 = 5 * 60_000;
const MANY_STREAMS: Failure = Failure::Refused(StatusCode::TOO_MANY_REQUESTS, "同时打开的页面太多了，请关掉几个。");
/// Nothing on the way may collect events: nginx holds back what it passes on unless it is told, others change it.
pub const UNHELD: [(HeaderName, HeaderValue); 3] = [
    (
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    ),
    (
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store, no-transform"),
    ),
    (
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream; charset=utf-8"),
    ),
];

/// Where a page continues.
#[derive(Deserialize)]
pub struct After {
    after: Option<i64>,
}

/// `GET …/events`
pub async fn stream(
    State(web): State<Arc<Web>>,
    here: Here,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Failure> {
    let room = here.room()?.to_owned();
    let ticket = enter(&web, &here)?;
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    // Subscribed before the first read, so that nothing falls between the two.
    let (news, moves) = (web.group.subscribe(), web.desk.db.moves());
    let every = |period| {
        let mut ticks = interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    };
    let seat = here.group.as_ref().map(|_| web.readers.enter(&room, here.who.as_ref()));
    let start = Feed {
        web,
        here,
        seat,
        readers: String::new(),
        room,
        news,
        moves,
        moved: true,
        mine: None,
        life: every(LIFE),
        look: every(LOOK),
        after: last.or(query.after).unwrap_or(0),
        looked_back: false,
        ready: VecDeque::new(),
        stale: true,
        over: false,
        warned: false,
        _ticket: ticket,
    };
    let events = stream::unfold(start, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok::<Event, Infallible>(event), feed))
    });
    Ok((UNHELD, Sse::new(events)))
}

/// One more stream, unless there are enough of this account or from this address.
fn enter(web: &Web, here: &Here) -> Result<Ticket, Failure> {
    let mut doers = Vec::with_capacity(2);
    if let Some(who) = &here.who {
        doers.push((Doer::Account(who.account.clone()), PER_ACCOUNT));
    }
    if here.identity == Identity::Visitor {
        doers.push((Doer::Address(here.from), PER_ADDRESS));
    }
    let ticket = web.streams.enter(&doers);
    if ticket.is_none() {
        web.tally.add("stream");
    }
    ticket.ok_or(MANY_STREAMS)
}

/// The same of a member of staff anywhere else.
pub fn enter_as(web: &Web, account: &str) -> Result<Ticket, Failure> {
    let ticket = web.streams.enter(&[(Doer::Account(account.to_owned()), PER_ACCOUNT)]);
    if ticket.is_none() {
        web.tally.add("stream");
    }
    ticket.ok_or(MANY_STREAMS)
}

/// `POST …/awake`: somebody moves on an open page, which alone keeps a session.
pub async fn awake(State(web): State<Arc<Web>>, here: Here) -> Result<Json<serde_json::Value>, Failure> {
    let who = here.actor()?;
    let mut tx = web.desk.db.begin().await?;
    session::touch(&mut tx, &who.session, web.desk.clock.now()).await?;
    tx.commit().await?;
    Ok(Json(json!({})))
}

/// One open page.
struct Feed {
    web: Arc<Web>,
    here: Here,
    /// In a group, where others read too.
    seat: Option<Seat>,
    /// Who else reads, as the page was told last.
    readers: String,
    /// The room's chat id.
    room: String,
    news: Receiver<News>,
    /// Questions that move; whether one did since it was looked.
    moves: Receiver<Move>,
    moved: bool,
    /// What the viewer has open, as the page was told last.
    mine: Option<String>,
    life: Interval,
    look: Interval,
    after: i64,
    /// It was looked whether what the page has is there.
    looked_back: bool,
    ready: VecDeque<Event>,
    /// The room has to be read.
    stale: bool,
    over: bool,
    /// It was said that the session is about to end.
    warned: bool,
    _ticket: Ticket,
}

impl Feed {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            if self.stale {
                if let Err(failure) = self.read().await {
                    tracing::warn!(?failure, "a page's room cannot be read; it will come back");
                    return None;
                }
                continue;
            }
            tokio::select! {
                news = self.news.recv() => self.hear(news),
                moved = self.moves.recv() => self.moved |= moved != Err(RecvError::Closed),
                _ = self.life.tick() => self.ready.push_back(Event::default().event("life").data("{}")),
                _ = self.look.tick() => self.look_around().await,
            }
        }
    }

    fn hear(&mut self, news: Result<News, RecvError>) {
        let account = self.here.who.as_ref().map(|who| who.account.as_str());
        match news {
            Ok(News::Room(room)) if room == self.room => self.stale = true,
            Ok(News::Room(room)) => {
                if self.here.who.as_ref().is_some_and(|who| who.private_room() == room) {
                    self.ready.push_back(Event::default().event("private").data("{}"));
                }
            }
            Ok(News::Toast {
                account: whose,
                press,
                text,
            }) if Some(whose.as_str()) == account => {
                let data = json!({ "press": press, "text": text }).to_string();
                self.ready.push_back(Event::default().event("toast").data(data));
            }
            Ok(News::Toast { .. }) => {}
            Ok(News::SessionsEnded) => self.look.reset_immediately(),
            Err(RecvError::Lagged(_)) => self.stale = true,
            Ok(News::Closing) | Err(RecvError::Closed) => self.over = true,
        }
    }

    /// Reads what changed after the last revision sent. Where that is too much, the page begins anew with the newest.
    async fn read(&mut self) -> Result<(), Failure> {
        let viewer = Viewer::of(&self.web, &self.here);
        let room = &self.room;
        let mut tx = self.web.desk.db.read().await?;
        if !std::mem::replace(&mut self.looked_back, true) && self.after > tx.newest_of_rooms().await? {
            // A backup was brought back: what the page shows is partly not there, and what comes would be taken for old.
            self.gone("anew");
            return Ok(());
        }
        if self.was_ended(&mut tx).await? {
            self.gone("session");
            return Ok(());
        }
        let mut changed = tx.room_since(room, self.after, MISSED + 1).await?;
        let mut newest = changed.last().map_or(self.after, |message| message.revision);
        if i64::try_from(changed.len()).is_ok_and(|count| count > MISSED) {
            self.ready.push_back(Event::default().event("anew").data("{}"));
            newest = tx.newest_revision(room).await?;
            changed = tx.room_latest(room, MISSED).await?;
            changed.sort_by_key(|message| message.revision);
        }
        self.stale = false;
        for message in &changed {
            let piece = show::piece(&viewer.view(&mut tx, message).await?)?;
            let event = Event::default().event("message").id(message.revision.to_string());
            self.ready.push_back(event.data(serde_json::to_string(&piece)?));
        }
        self.after = self.after.max(newest);
        Ok(())
    }

    /// Ends when the viewer may no longer be here; tells who else is; reads what another instance may have written.
    async fn look_around(&mut self) {
        let readers = self.seat.as_ref().map(Seat::others).unwrap_or_default();
        if readers != self.readers {
            let data = json!({ "text": readers }).to_string();
            self.ready.push_back(Event::default().event("readers").data(data));
            self.readers = readers;
        }
        if std::mem::take(&mut self.moved) {
            self.look_at_own().await;
        }
        self.stale = self.web.desk.db.is_shared();
        match self.may_stay().await {
            Ok(true) => {}
            Ok(false) => self.gone("session"),
            // Seen again at the next look; a room that cannot be read ends the page anyway.
            Err(failure) => tracing::warn!(?failure, "a page's session cannot be looked at"),
        }
    }

    /// Tells a visitor how their open questions stand, where that is another.
    async fn look_at_own(&mut self) {
        let mine = match mine::lines(&self.web, &self.here).await {
            Ok(mine) => mine,
            Err(failure) => return tracing::warn!(?failure, "a visitor's open questions cannot be looked at"),
        };
        if self.mine.as_ref() != Some(&mine) {
            let data = json!({ "html": mine }).to_string();
            self.ready.push_back(Event::default().event("mine").data(data));
            self.mine = Some(mine);
        }
    }

    /// The page hears no more, and why: it is loaded anew, or signed in to.
    fn gone(&mut self, why: &str) {
        let data = json!({ "why": why }).to_string();
        self.ready.push_back(Event::default().event("gone").data(data));
        self.stale = false;
        self.over = true;
    }

    /// Whether the session of a member of staff was ended, here or by another program: what came since is not for it.
    async fn was_ended(&self, tx: &mut Tx) -> Result<bool, Failure> {
        match (&self.here.who, self.here.identity) {
            (Some(who), Identity::Staff) => Ok(tx.session(&who.session).await?.is_none()),
            (Some(_) | None, Identity::Visitor | Identity::Staff) => Ok(false),
        }
    }

    async fn may_stay(&mut self) -> Result<bool, Failure> {
        let Some(who) = &self.here.who else {
            return Ok(here::may_see(&self.web, None, &self.room).await?);
        };
        let mut tx = self.web.desk.db.read().await?;
        let Some(found) = tx.session(&who.session).await? else {
            return Ok(false);
        };
        drop(tx);
        let identity = self.here.identity;
        let Some(who) = session::known(&self.web, &found, identity, who.session.clone()) else {
            return Ok(false);
        };
        // An open page keeps a visitor's cookie; of staff only what they do counts.
        let now = self.web.desk.clock.now();
        let still = match identity {
            Identity::Visitor => {
                if session::worth_noting(&found, now) {
                    let mut tx = self.web.desk.db.begin().await?;
                    session::touch(&mut tx, &who.session, now).await?;
                    tx.commit().await?;
                }
                None
            }
            Identity::Staff => Some(session::left_ms(&self.web, &found)),
        };
        let may = here::may_see(&self.web, Some(&who), &self.room).await?;
        self.warn(still.filter(|left| *left <= WARN_MS));
        Ok(may)
    }

    /// Says once that the session is about to end.
    fn warn(&mut self, left_ms: Option<i64>) {
        if let Some(left) = left_ms.filter(|_| !self.warned) {
            let data = json!({ "minutes": (left / 60_000).max(1) }).to_string();
            self.ready.push_back(Event::default().event("idle").data(data));
        }
        self.warned = left_ms.is_some();
    }
}
