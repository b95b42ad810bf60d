//! Where somebody is signed in: own sessions, bound accounts and links nobody opened, and for whoever keeps a bureau those
//! of its people. Each can be ended, and no longer works from then on.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use super::answered::Said;
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::clock::Millis;
use crate::domain::chat::access::{Access, Way};
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::time::zone;
use crate::store::access;
use crate::web::Web;
use crate::web::failure::Failure;
use crate::web::sent::Sent;
use crate::web::session::{self, Identity};

/// One way in, as its line shows it.
struct Line {
    key: String,
    what: &'static str,
    more: String,
    /// The very session the page is read with.
    this: bool,
}

/// Somebody who can get in.
struct Entry {
    id: PersonId,
    name: String,
    place: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct Page {
    frame: Frame,
    own: Entry,
    /// Of whom the viewer keeps.
    others: Vec<Entry>,
    said: Said,
    /// A token that was just made: shown this once.
    token: Option<String>,
}

/// What came of wanting a token.
pub enum New {
    /// None was made; what is said about it.
    Nothing(Said),
    /// The token.
    Token(String),
}

/// `GET /staff/me/sessions`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    shown(&web, &staff, New::Nothing(Said::default())).await
}

/// The page, with a token that was just made.
pub async fn shown(web: &Web, staff: &Staff, new: New) -> Result<Html<String>, Failure> {
    let (roster, current) = (web.desk.roster(), access::key(&staff.who.session));
    let mut tx = web.desk.db.read().await?;
    let mut by_person: HashMap<PersonId, Vec<Access>> = HashMap::new();
    for access in tx.accesses(None).await? {
        by_person.entry(access.person).or_default().push(access);
    }
    drop(tx);
    let mut entry = |person: &Person| {
        let accesses = by_person.remove(&person.id).unwrap_or_default();
        entry(web, &roster, person, accesses, &current)
    };
    let own = entry(&staff.person);
    let kept = |person: &&Person| person.id != staff.person.id && may_end(staff, person);
    let others = roster.people.iter().filter(kept).map(&mut entry);
    let others = others.filter(|entry| !entry.lines.is_empty()).collect();
    let (said, token) = match new {
        New::Nothing(said) => (said, None),
        New::Token(token) => (Said::default(), Some(token)),
    };
    let page = Page {
        frame: Frame::of(web, staff, At::Me).await?,
        own,
        others,
        said,
        token,
    };
    Ok(Html(page.render()?))
}

/// What is to end: one way in of a person, or all of theirs.
#[derive(Deserialize)]
pub struct Unwanted {
    person: i64,
    #[serde(default)]
    key: String,
}

/// `POST /staff/me/sessions`: ends one way in, or without a key all of them.
pub async fn end(
    State(web): State<Arc<Web>>,
    cookies: CookieJar,
    staff: Staff,
    Sent(unwanted): Sent<Unwanted>,
) -> Result<Response, Failure> {
    let roster = web.desk.roster();
    let person = roster.person(PersonId(unwanted.person)).ok_or(Failure::nothing())?;
    if !may_end(&staff, person) {
        return Err(Failure::unfit("只能结束自己的，或者本单位人员的登录和绑定。"));
    }
    let now = web.desk.clock.now();
    let key = [unwanted.key.as_str()];
    let keys = (!unwanted.key.is_empty()).then_some(&key[..]);
    let mut tx = web.desk.db.begin().await?;
    let ended = tx
        .end_accesses(person.id, keys, (Some(staff.person.id), ""), now)
        .await?;
    tx.commit().await?;
    web.group.sessions_ended();
    let current = access::key(&staff.who.session);
    if ended.iter().any(|access| access.key == current) {
        let gone = session::no_cookie(&web, Identity::Staff)?;
        return Ok((cookies.add(gone), Redirect::to("/")).into_response());
    }
    Ok(Redirect::to("/staff/me/sessions").into_response())
}

/// One's own, or those of a bureau one keeps.
fn may_end(staff: &Staff, person: &Person) -> bool {
    staff.person.id == person.id || staff.may(Right::SignOut, person.bureau)
}

fn entry(web: &Web, roster: &City, person: &Person, accesses: Vec<Access>, current: &str) -> Entry {
    let idle_ms = web.desk.config.web.staff_idle_ms;
    let now = web.desk.clock.now();
    let place = format!(
        "{}{}",
        roster.bureau(person.bureau).map_or("", |bureau| bureau.name.as_str()),
        roster.office(person.office).map_or("", |office| office.name.as_str()),
    );
    let lines = accesses.into_iter().filter(|access| access.way.holds(idle_ms, now));
    Entry {
        id: person.id,
        name: person.name.clone(),
        place,
        lines: lines.filter_map(|access| line(web, access, current)).collect(),
    }
}

/// A line of the list; none for an account that is nothing without a session.
fn line(web: &Web, access: Access, current: &str) -> Option<Line> {
    let at = |at: Millis| {
        let local = zone::local(&web.desk.config.timezone, at);
        local.strftime("%-m月%-d日 %H:%M").to_string()
    };
    let (what, more) = match &access.way {
        Way::Session { since, seen, from } => {
            let from = if from.is_empty() {
                String::new()
            } else {
                format!("，从 {from}")
            };
            ("网页登录", format!("{} 登录，{} 用过{from}", at(*since), at(*seen)))
        }
        Way::Account { account, .. } if !web.desk.channels.can(&account.channel).vouches => return None,
        Way::Account { account, since } => (
            "绑定的账号",
            format!("{} {}，{} 绑定", account.channel.0, account.shown(), at(*since)),
        ),
        Way::Token { since, seen } => ("接口令牌", format!("{} 生成，{} 用过", at(*since), at(*seen))),
        Way::Link { until } => ("没打开过的登录链接", format!("到 {} 为止", at(*until))),
    };
    let this = access.key == current;
    Some(Line {
        key: access.key,
        what,
        more,
        this,
    })
}
