//! Staff sign in with a one-time link. Its secret stands behind the #, so that no address carries it: no log of a proxy,
//! no history, no referrer. A script takes it from there and brings it in a header; without script one pastes the link into
//! a form. Opening a link only asks, so that a preview in a chat does not use it up.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Form, Json};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::client::Client;
use super::console;
use super::failure::Failure;
use super::notice::notice;
use super::session::{self, Identity};
use crate::domain::chat::access::Proof;
use crate::domain::roster::people::PersonId;
use crate::platform::webgroup::NAME;
use crate::secret;

/// The header in which the page brings a link's secret.
const HEADER: &str = "x-link";
/// Sessions of one person; who signs in once more ends the one that was used longest ago.
const SESSIONS: i64 = 5;
const USED_UP: &str =
    "登录链接只能用一次，15 分钟内有效；要了新的，旧的就失效。这个链接已经用过、已经过期，或者没有复制完整。";
const ANOTHER: &str = "请向本单位管理员再要一个新链接。如果您已经登录过，可以直接进入。";

#[derive(Template)]
#[template(path = "signin.html")]
struct Page<'a> {
    /// The secret, where a form brought it; none where a script has to.
    link: Option<&'a str>,
    name: &'a str,
    place: &'a str,
}

/// The secret of a link, as the page's script or a form brings it.
pub struct Brought {
    secret: String,
    by_form: bool,
}

#[derive(Deserialize)]
struct Pasted {
    link: String,
}

impl FromRequest<Arc<Web>> for Brought {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Brought, Response> {
        if let Some(secret) = in_header(request.headers()) {
            return Ok(Brought { secret, by_form: false });
        }
        let Form(pasted) = Form::<Pasted>::from_request(request, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let secret = secret_in(&pasted.link).unwrap_or_default().to_owned();
        Ok(Brought { secret, by_form: true })
    }
}

/// The secret that a request brings in its header, if it looks like one.
pub fn in_header(headers: &HeaderMap) -> Option<String> {
    let brought = headers.get(HEADER)?;
    Some(brought.to_str().ok().and_then(secret_in).unwrap_or_default().to_owned())
}

/// The secret in what was pasted, be it the whole link or what stands around it: the first 32 digits of base sixteen.
fn secret_in(pasted: &str) -> Option<&str> {
    let parts = pasted.split(|c: char| !c.is_ascii_hexdigit());
    parts.into_iter().find(|part| secret::has_form(part))
}

/// `GET /in`
pub async fn page() -> Result<Html<String>, Failure> {
    let page = Page {
        link: None,
        name: "",
        place: "",
    };
    Ok(Html(page.render()?))
}

/// `POST /in/who`: as whom one would sign in.
pub async fn who(
    State(web): State<Arc<Web>>,
    Extension(from): Extension<Client>,
    brought: Brought,
) -> Result<Response, Failure> {
    let Some(person) = invited(&web, &brought.secret).await? else {
        return failed(&web, from, &brought).await;
    };
    let roster = web.desk.roster();
    let Some(person) = roster.person(person) else {
        return failed(&web, from, &brought).await;
    };
    let bureau = roster.bureau(person.bureau).map_or("", |bureau| bureau.name.as_str());
    let office = roster.office(person.office).map_or("", |office| office.name.as_str());
    let place = format!("{bureau}{office}");
    if !brought.by_form {
        return Ok(Json(json!({ "name": person.name, "place": place })).into_response());
    }
    let page = Page {
        link: Some(&brought.secret),
        name: &person.name,
        place: &place,
    };
    Ok(Html(page.render()?).into_response())
}

/// Whom a link is for. Nobody is looked up for what cannot be one.
pub async fn invited(web: &Web, link: &str) -> Result<Option<PersonId>, Failure> {
    if !secret::has_form(link) {
        return Ok(None);
    }
    let mut tx = web.desk.db.read().await?;
    Ok(tx.invited(&secret::hash(link), web.desk.clock.now()).await?)
}

/// `POST /in`: uses the link up and begins a session.
pub async fn accept(
    State(web): State<Arc<Web>>,
    Extension(from): Extension<Client>,
    cookies: CookieJar,
    brought: Brought,
) -> Result<Response, Failure> {
    if invited(&web, &brought.secret).await?.is_none() {
        return failed(&web, from, &brought).await;
    }
    let now = web.desk.clock.now();
    let roster = web.desk.roster();
    let mut tx = web.desk.db.begin().await?;
    let person = tx.accept_invitation(&secret::hash(&brought.secret), now).await?;
    let Some(person) = person.and_then(|id| roster.person(id)) else {
        drop(tx);
        return failed(&web, from, &brought).await;
    };
    if let Some(old) = session::token_hash(&web, &cookies, Identity::Staff) {
        tx.end_session(&old).await?;
    }
    tx.end_oldest_sessions(person.id, SESSIONS - 1).await?;
    let id = staff_account(person.id);
    let account = session::account(&id);
    tx.become_person(&account, person.id, Proof::Link, now).await?;
    tx.open_private(&account, &session::private_room(&id), now).await?;
    let cookie = session::start(&web, &mut tx, &id, &person.name, Some((person.id, from.0.to_string()))).await?;
    let to = console::home(person);
    tx.audit(Some(person.id), "sign_in", NAME, &from.said(), now).await?;
    tx.commit().await?;
    let cookies = cookies.add(cookie);
    Ok(match brought.by_form {
        true => (cookies, Redirect::to(to)).into_response(),
        false => (cookies, Json(json!({ "to": to }))).into_response(),
    })
}

/// A link that is not good: counted, and written down.
async fn failed(web: &Web, from: Client, brought: &Brought) -> Result<Response, Failure> {
    let now = web.desk.clock.now();
    web.sign_in_failed();
    if !web.may_try(from.0) {
        return Err(Failure::Refused(
            StatusCode::TOO_MANY_REQUESTS,
            "试得太多了，请过一分钟再试；链接没有过期的，可以照常登录。",
        ));
    }
    if web.may_note() {
        let mut tx = web.desk.db.begin().await?;
        tx.audit(None, "sign_in_failed", NAME, &from.said(), now).await?;
        tx.commit().await?;
    }
    match brought.by_form {
        true => Ok(over()),
        false => Err(Failure::Refused(StatusCode::GONE, USED_UP)),
    }
}

/// `POST /out`: ends the staff session.
pub async fn out(
    State(web): State<Arc<Web>>,
    Extension(from): Extension<Client>,
    cookies: CookieJar,
) -> Result<Response, Failure> {
    if let Some(hash) = session::token_hash(&web, &cookies, Identity::Staff) {
        let mut tx = web.desk.db.begin().await?;
        let person = tx.session(&hash).await?.and_then(|session| session.person);
        tx.end_session(&hash).await?;
        if person.is_some() {
            tx.audit(person, "sign_out", NAME, &from.said(), web.desk.clock.now())
                .await?;
        }
        tx.commit().await?;
    }
    let gone = session::no_cookie(&web, Identity::Staff)?;
    Ok((session::LEAVES_NOTHING, cookies.add(gone), Redirect::to("/")).into_response())
}

/// `GET /staff`: to where they work.
pub async fn home(State(web): State<Arc<Web>>, cookies: CookieJar) -> Result<Redirect, Failure> {
    let who = session::who(&web, &cookies, Identity::Staff).await?;
    let person = who.and_then(|who| who.person);
    Ok(Redirect::to(person.as_ref().map_or("/staff/me", console::home)))
}

/// A member of staff's account on this channel.
pub fn staff_account(person: PersonId) -> String {
    format!("p{person}")
}

fn over() -> Response {
    (
        StatusCode::GONE,
        notice(
            "登录链接已失效",
            &[USED_UP, ANOTHER],
            &[("/staff", "我已登录，进入"), ("/in", "换一个链接")],
        ),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::secret_in;

    #[test]
    fn a_link_is_found_in_what_was_pasted() {
        let secret = "00112233445566778899aabbccddeeff";
        for pasted in [
            secret.to_owned(),
            format!(" {secret}\n"),
            format!("#{secret}"),
            format!("https://help.example.cn/in#{secret}"),
            format!("王敏 的登录链接：https://help.example.cn/in#{secret}。链接等于身份"),
        ] {
            assert_eq!(secret_in(&pasted), Some(secret), "{pasted}");
        }
        for pasted in ["", "https://help.example.cn/in", &secret[1..], &format!("{secret}0")] {
            assert_eq!(secret_in(pasted), None, "{pasted}");
        }
    }
}
