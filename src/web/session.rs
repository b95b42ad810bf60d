//! Who is looking: a visitor (cookie and nickname) or a member of staff (cookie from a one-time link). Both may live
//! in one browser, because each has its own cookie and its own pages.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};

use super::Web;
use super::failure::Failure;
use crate::clock::Millis;
use crate::domain::chat::message::{Account, Channel};
use crate::domain::roster::people::{Person, PersonId, Roster, Standing};
use crate::platform::webgroup::NAME;
use crate::secret;
use crate::store::accounts::Session;
use crate::store::{StoreError, Tx};

/// A member of staff who does nothing and has no page open signs in anew after this long.
const STAFF_IDLE_MS: i64 = 30 * 60_000;
/// And at the latest after this long.
const STAFF_MOST_MS: i64 = 12 * 3_600_000;
/// A visitor's cookie; what they asked is kept in the questions, not here.
const VISITOR_IDLE_MS: i64 = 180 * 24 * 3_600_000;
/// Use is noted this often.
const TOUCH_MS: i64 = 60_000;

/// Which of the two identities a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `/g/…`, `/me`
    Visitor,
    /// `/staff/…`
    Staff,
}

impl Side {
    /// By the address of the page.
    pub fn of_path(path: &str) -> Side {
        if path == "/out" || path.starts_with("/staff") {
            Side::Staff
        } else {
            Side::Visitor
        }
    }

    fn cookie(self) -> &'static str {
        match self {
            Side::Visitor => "bangban_visitor",
            Side::Staff => "bangban_staff",
        }
    }

    fn lasts_ms(self) -> i64 {
        match self {
            Side::Visitor => VISITOR_IDLE_MS,
            Side::Staff => STAFF_MOST_MS,
        }
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

impl Who {
    /// The private room with the bot.
    pub fn private_room(&self) -> String {
        private_room(&self.account)
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

/// The hash of the token in a side's cookie.
pub fn token_hash(headers: &HeaderMap, side: Side) -> Option<String> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, value)| *name == side.cookie() && !value.is_empty())
        .map(|(_, value)| secret::hash(value))
}

/// Who a request comes from; none without a session that is still good.
pub async fn who(web: &Arc<Web>, headers: &HeaderMap, side: Side) -> Result<Option<Who>, StoreError> {
    let Some(hash) = token_hash(headers, side) else {
        return Ok(None);
    };
    let mut tx = web.desk.db.read().await?;
    let Some(session) = tx.session(&hash).await? else {
        return Ok(None);
    };
    drop(tx);
    Ok(known(&session, side, hash, &web.desk.roster(), web.desk.clock.now()))
}

/// The person behind a session, if it is of this side and has not run out.
pub fn known(session: &Session, side: Side, hash: String, roster: &Roster, now: Millis) -> Option<Who> {
    let idle = now.since(session.seen_at);
    match (side, session.person) {
        (Side::Visitor, None) if idle < VISITOR_IDLE_MS => Some(Who {
            session: hash,
            account: session.account.clone(),
            name: session.nickname.clone(),
            badge: String::new(),
            person: None,
        }),
        (Side::Staff, Some(id)) if idle < STAFF_IDLE_MS && now.since(session.created_at) < STAFF_MOST_MS => {
            let person = roster.person(id)?.clone();
            Some(Who {
                session: hash,
                account: session.account.clone(),
                name: person.name.clone(),
                badge: badge(&person, roster),
                person: Some(person),
            })
        }
        (Side::Visitor, _) | (Side::Staff, _) => None,
    }
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
    person: Option<PersonId>,
) -> Result<HeaderValue, Failure> {
    let now = web.desk.clock.now();
    let token = secret()?;
    let session = Session {
        account: account.to_owned(),
        nickname: name.to_owned(),
        person,
        created_at: now,
        seen_at: now,
    };
    tx.start_session(&secret::hash(&token), &session).await?;
    let side = if person.is_some() { Side::Staff } else { Side::Visitor };
    cookie(web, side, &token, side.lasts_ms() / 1000)
}

/// A cookie that takes a side's session out of the browser.
pub fn no_cookie(web: &Web, side: Side) -> Result<HeaderValue, Failure> {
    cookie(web, side, "", 0)
}

fn cookie(web: &Web, side: Side, token: &str, seconds: i64) -> Result<HeaderValue, Failure> {
    let secure = if web.https() { "; Secure" } else { "" };
    let text = format!(
        "{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        side.cookie()
    );
    HeaderValue::from_str(&text).map_err(|error| Failure::Inside(error.to_string()))
}
