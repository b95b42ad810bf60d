//! What open pages of the console hear: which question moved, who else looks at one, that one is no longer signed in.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Interval, interval};

use super::staff::Staff;
use crate::platform::webgroup::News;
use crate::store::tidings::Move;
use crate::web::Web;
use crate::web::events::{LIFE, UNHELD, WARN_MS, enter_as};
use crate::web::failure::Failure;
use crate::web::readers::Seat;
use crate::web::session::{self, Identity};

/// How soon it is noticed that a session ended, and who else looks.
const LOOK: Duration = Duration::from_secs(2);

/// Which question the page shows, if it shows one.
#[derive(Deserialize)]
pub struct Showing {
    q: Option<i64>,
}

/// `GET /staff/live`
pub async fn stream(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(showing): Query<Showing>,
) -> Result<impl IntoResponse, Failure> {
    let ticket = enter_as(&web, &staff.who.account)?;
    let seat = showing
        .q
        .map(|number| web.readers.enter(&format!("q:{number}"), Some(&staff.who)));
    let line = Line {
        moves: web.desk.db.moves(),
        news: web.group.subscribe(),
        looking: String::new(),
        life: interval(LIFE),
        look: interval(LOOK),
        ready: VecDeque::new(),
        over: false,
        warned: false,
        seat,
        staff,
        web,
        _ticket: ticket,
    };
    let events = stream::unfold(line, |mut line| async move {
        let event = line.next().await?;
        Some((Ok::<Event, Infallible>(event), line))
    });
    Ok((UNHELD, Sse::new(events)))
}

/// One open page.
struct Line {
    web: Arc<Web>,
    staff: Staff,
    /// At the question that is shown.
    seat: Option<Seat>,
    /// Who else looks, as the page was told last.
    looking: String,
    moves: Receiver<Move>,
    news: Receiver<News>,
    life: Interval,
    look: Interval,
    ready: VecDeque<Event>,
    over: bool,
    warned: bool,
    _ticket: crate::web::crowd::Ticket,
}

impl Line {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            tokio::select! {
                moved = self.moves.recv() => self.moved(moved),
                news = self.news.recv() => self.hear(news),
                _ = self.life.tick() => self.tell("life", json!({})),
                _ = self.look.tick() => self.look_around().await,
            }
        }
    }

    fn tell(&mut self, name: &str, data: serde_json::Value) {
        self.ready
            .push_back(Event::default().event(name).data(data.to_string()));
    }

    fn moved(&mut self, moved: Result<Move, RecvError>) {
        match moved {
            Ok(Move::Question(question)) => self.tell("moved", json!({ "question": question })),
            Ok(Move::Publication) => self.tell("published", json!({})),
            // Some were missed: whatever is shown is shown anew.
            Err(RecvError::Lagged(_)) => self.tell("moved", json!({ "question": null })),
            Err(RecvError::Closed) => self.over = true,
        }
    }

    fn hear(&mut self, news: Result<News, RecvError>) {
        match news {
            Ok(News::SessionsEnded) => self.look.reset_immediately(),
            Ok(News::Closing) | Err(RecvError::Closed) => self.over = true,
            Ok(News::Room(room)) if room == self.staff.who.private_room() => self.tell("private", json!({})),
            Ok(News::Room(_) | News::Toast { .. }) | Err(RecvError::Lagged(_)) => {}
        }
    }

    async fn look_around(&mut self) {
        let looking = self.seat.as_ref().map(Seat::others).unwrap_or_default();
        if looking != self.looking {
            self.tell("looking", json!({ "text": looking }));
            self.looking = looking;
        }
        match self.left_ms().await {
            Ok(Some(left)) => {
                let drowsy = left <= WARN_MS;
                if drowsy && !self.warned {
                    self.tell("idle", json!({ "minutes": (left / 60_000).max(1) }));
                }
                self.warned = drowsy;
            }
            Ok(None) => {
                self.tell("gone", json!({ "why": "session" }));
                self.over = true;
            }
            Err(failure) => tracing::warn!(?failure, "a page's session cannot be looked at"),
        }
    }

    /// How long the session still lasts without anything being done; none if it is over.
    async fn left_ms(&self) -> Result<Option<i64>, Failure> {
        let mut tx = self.web.desk.db.read().await?;
        let found = tx.session(&self.staff.who.session).await?;
        drop(tx);
        Ok(found.and_then(|found| {
            let hash = self.staff.who.session.clone();
            session::known(&self.web, &found, Identity::Staff, hash)?;
            Some(session::left_ms(&self.web, &found))
        }))
    }
}
