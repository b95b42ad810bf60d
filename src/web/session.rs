//! Who is looking: a visitor (cookie and nickname) or a member of staff (cookie from a one-time link). Both may live
//! in one browser, because each has its own cookie and its own pages.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Web;
use super::failure::Failure;
use crate::clock::Millis;
use crate::domain::chat::access::{SESSION_MOST_MS, VISITOR_IDLE_MS, session_holds, token_holds};
use crate::domain::chat::message::{Account, Channel};
use crate::domain::roster::people::{Person, PersonId, Roster, Standing};
use crate::domain::roster::rights::{self, Right};
use crate::platform::webgroup::NAME;
use crate::secret;
use crate::store::accounts::{SET_RIGHT_MS, Session};
use crate::store::{StoreError, Tx};

/// Use is noted this often.
const TOUCH_MS: i64 = 60_000;

/// Said where somebody is no longer signed in: what their browser kept of the pages goes. Not the cookies: the other
/// identity of the same browser is among them.
pub const LEAVES_NOTHING: [(HeaderName, HeaderValue); 1] = [(
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"cache\""),
)];

/// Which of the two identities a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// `/g/…`, `/me`
    Visitor,
    /// `/staff/…`
    Staff,
}

impl Identity {
    /// By the address of the page.
    pub fn of_path(path: &str) -> Identity {
        if path == "/out" || path.starts_with("/staff") {
            Identity::Staff
        } else {
            Identity::Visitor
        }
    }

    /// Over https a browser takes `__Host-` from this very host only, so that no neighbour can slip one in.
    fn cookie(self, https: bool) -> &'static str {
        match (self, https) {
            (Identity::Visitor, false) => "bangban_visitor",
            (Identity::Staff, false) => "bangban_staff",
            (Identity::Visitor, true) => "__Host-bangban_visitor",
            (Identity::Staff, true) => "__Host-bangban_staff",
        }
    }

    fn lasts(self) -> Duration {
        let ms = match self {
            Identity::Visitor => VISITOR_IDLE_MS,
            Identity::Staff => SESSION_MOST_MS,
        };
        Duration::from_millis(ms.unsigned_abs())
    }
}

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct Who {
    /// The session: its token's hash.
    pub session: String,
    /// The account on the web channel.
    pub account: String,
    /// The name shown.
    pub name: String,
    /// 帮办员 · 魏都分局窗口; empty for visitors.
    pub badge: String,
    /// The member of staff.
    pub person: Option<Person>,
}

/// Who a request comes from, as the guard found it: nobody looks it up again.
#[derive(Clone, Debug, Default)]
pub struct Guest {
    /// Who, by the cookie for this page.
    pub who: Option<Who>,
}

impl Who {
    /// The private room with the bot.
    pub fn private_room(&self) -> String {
        private_room(&self.account)
    }

    /// Whether they may agree that an edition goes out.
    pub fn approves(&self) -> bool {
        let person = self.person.as_ref();
        person.is_some_and(|person| rights::may(person, Right::Approve, person.bureau, false))
    }
}

/// Somebody's private room with the bot.
pub fn private_room(account: &str) -> String {
    format!("u:{account}")
}

/// The account of an id on this channel.
pub fn account(id: &str) -> Account {
    Account {
        channel: Channel::new(NAME),
        id: id.to_owned(),
    }
}

/// A new secret.
pub fn secret() -> Result<String, Failure> {
    secret::new().map_err(|error| Failure::Inside(error.to_string()))
}

/// The hash of the token in an identity's cookie.
pub fn token_hash(web: &Web, cookies: &CookieJar, identity: Identity) -> Option<String> {
    let token = cookies.get(identity.cookie(web.https())).map(Cookie::value);
    token.filter(|token| !token.is_empty()).map(secret::hash)
}

/// Who a request comes from; none without a session that is still good.
pub async fn who(web: &Arc<Web>, cookies: &CookieJar, identity: Identity) -> Result<Option<Who>, StoreError> {
    let Some(hash) = token_hash(web, cookies, identity) else {
        return Ok(None);
    };
    let mut tx = web.desk.db.read().await?;
    let Some(session) = tx.session(&hash).await? else {
        return Ok(None);
    };
    drop(tx);
    Ok(known(web, &session, identity, hash))
}

/// The person behind a session, if it is of this identity and has not run out.
pub fn known(web: &Web, session: &Session, identity: Identity, hash: String) -> Option<Who> {
    let (roster, now) = (web.desk.roster(), web.desk.clock.now());
    let (since, seen, idle_ms) = (session.created_at, session.seen_at, web.desk.config.web.staff_idle_ms);
    // A clock that was set back makes nobody's session longer; the little that clocks are put right by ends none.
    if now.since(since.max(seen)) < -SET_RIGHT_MS {
        return None;
    }
    match (identity, session.person) {
        (Identity::Visitor, None) if now.since(seen) < VISITOR_IDLE_MS => Some(Who {
            session: hash,
            account: session.account.clone(),
            name: session.nickname.clone(),
            badge: String::new(),
            person: None,
        }),
        (Identity::Staff, Some(id)) if !session.is_token() && session_holds(since, seen, idle_ms, now) => {
            staff(&roster, session, id, hash)
        }
        (Identity::Visitor, _) | (Identity::Staff, _) => None,
    }
}

/// The member of staff for whom another program works, by the token it sends; none without one that is still good.
pub async fn program(web: &Web, headers: &HeaderMap) -> Result<Option<Who>, StoreError> {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|sent| sent.strip_prefix("Bearer ")).map(str::trim);
    let Some(hash) = token.filter(|token| secret::has_form(token)).map(secret::hash) else {
        return Ok(None);
    };
    let session = web.desk.db.read().await?.session(&hash).await?;
    let (roster, now) = (web.desk.roster(), web.desk.clock.now());
    let session = session.filter(|session| session.is_token() && token_holds(session.created_at, now));
    Ok(session.and_then(|session| staff(&roster, &session, session.person?, hash)))
}

fn staff(roster: &Roster, session: &Session, id: PersonId, hash: String) -> Option<Who> {
    let person = roster.person(id)?.clone();
    Some(Who {
        session: hash,
        account: session.account.clone(),
        name: person.name.clone(),
        badge: badge(&person, roster),
        person: Some(person),
    })
}

/// What stands beside a name: 帮办员 · 魏都分局窗口.
pub fn badge(person: &Person, roster: &Roster) -> String {
    let bureau = roster.bureau(person.bureau).map_or("", |bureau| bureau.name.as_str());
    let office = roster.office(person.office).map_or("", |office| office.name.as_str());
    match &person.standing {
        Standing::Helper { .. } => format!("帮办员 · {bureau}{office}"),
        Standing::Guide { of: Some(of) } => format!("引导员 · {of}"),
        Standing::Guide { of: None } => format!("引导员 · {bureau}"),
    }
}

/// How long until a member of staff who does nothing is signed out.
pub fn left_ms(web: &Web, session: &Session) -> i64 {
    web.desk.config.web.staff_idle_ms - web.desk.clock.now().since(session.seen_at)
}

/// Whether it is time to note again that a session is in use.
pub fn worth_noting(session: &Session, now: Millis) -> bool {
    now.since(session.seen_at) >= TOUCH_MS
}

/// Notes that a session is in use, at most once a minute.
pub async fn touch(tx: &mut Tx, session: &str, now: Millis) -> Result<(), StoreError> {
    match tx.session(session).await? {
        Some(known) if worth_noting(&known, now) => tx.touch_session(session, now).await,
        Some(_) | None => Ok(()),
    }
}

/// Starts a session and gives the cookie that carries it.
pub async fn start(
    web: &Web,
    tx: &mut Tx,
    account: &str,
    name: &str,
    staff: Option<(PersonId, String)>,
) -> Result<Cookie<'static>, Failure> {
    let now = web.desk.clock.now();
    let token = secret()?;
    let identity = match &staff {
        Some(_) => Identity::Staff,
        None => Identity::Visitor,
    };
    let (person, from) = staff.unzip();
    let session = Session {
        account: account.to_owned(),
        nickname: name.to_owned(),
        person,
        created_at: now,
        seen_at: now,
        from: from.unwrap_or_default(),
    };
    tx.start_session(&secret::hash(&token), &session).await?;
    cookie(web, identity, token, identity.lasts())
}

/// `POST /leave`: somebody else sits down, and is nobody yet. The visitor who left is forgotten by this browser.
pub async fn leave(State(web): State<Arc<Web>>, cookies: CookieJar) -> Result<Response, Failure> {
    if let Some(hash) = token_hash(&web, &cookies, Identity::Visitor) {
        let mut tx = web.desk.db.begin().await?;
        tx.end_session(&hash).await?;
        tx.commit().await?;
    }
    let gone = no_cookie(&web, Identity::Visitor)?;
    Ok((LEAVES_NOTHING, cookies.add(gone), Redirect::to("/")).into_response())
}

/// A cookie that takes an identity's session out of the browser.
pub fn no_cookie(web: &Web, identity: Identity) -> Result<Cookie<'static>, Failure> {
    cookie(web, identity, String::new(), Duration::ZERO)
}

fn cookie(web: &Web, identity: Identity, token: String, lasts: Duration) -> Result<Cookie<'static>, Failure> {
    let lasts = lasts
        .try_into()
        .map_err(|_| Failure::Inside(format!("{lasts:?} is too long")))?;
    let cookie = Cookie::build((identity.cookie(web.https()), token))
        .path("/")
        .max_age(lasts)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(web.https());
    Ok(cookie.build())
}
