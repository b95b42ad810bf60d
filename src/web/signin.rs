//! Staff sign in with a one-time link. Opening it only asks, so that a preview in a chat does not use it up.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;

use super::Web;
use super::client::Client;
use super::failure::Failure;
use super::notice::notice;
use super::session::{self, Identity};
use crate::domain::chat::access::Proof;
use crate::domain::chat::group::GroupKind;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::platform::webgroup::NAME;
use crate::secret;
use crate::store::Tx;

#[derive(Template)]
#[template(path = "signin.html")]
struct Page<'a> {
    name: &'a str,
    bureau: &'a str,
    office: &'a str,
}

/// `GET /in/{token}`: as whom one would sign in.
pub async fn ask(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    Extension(from): Extension<Client>,
) -> Result<Response, Failure> {
    let mut tx = web.desk.db.read().await?;
    let invited = tx.invited(&secret::hash(&token), web.desk.clock.now()).await?;
    drop(tx);
    let roster = web.desk.roster();
    let Some(person) = invited.and_then(|id| roster.person(id)) else {
        return failed(&web, from).await;
    };
    let page = Page {
        name: &person.name,
        bureau: roster.bureau(person.bureau).map_or("", |bureau| bureau.name.as_str()),
        office: roster.office(person.office).map_or("", |office| office.name.as_str()),
    };
    Ok(Html(page.render()?).into_response())
}

/// `POST /in/{token}`: uses the link up and begins a session.
pub async fn accept(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    Extension(from): Extension<Client>,
    cookies: CookieJar,
) -> Result<Response, Failure> {
    let now = web.desk.clock.now();
    let roster = web.desk.roster();
    let mut tx = web.desk.db.begin().await?;
    let person = tx.accept_invitation(&secret::hash(&token), now).await?;
    let Some(person) = person.and_then(|id| roster.person(id)) else {
        drop(tx);
        return failed(&web, from).await;
    };
    if let Some(old) = session::token_hash(&web, &cookies, Identity::Staff) {
        tx.end_session(&old).await?;
    }
    let id = staff_account(person.id);
    let account = session::account(&id);
    tx.become_person(&account, person.id, Proof::Link, now).await?;
    tx.open_private(&account, &session::private_room(&id), now).await?;
    let cookie = session::start(&web, &mut tx, &id, &person.name, Some((person.id, from.0.to_string()))).await?;
    let to = first_page(&mut tx, person.bureau).await?;
    tx.audit(Some(person.id), "sign_in", NAME, &from.said(), now).await?;
    tx.commit().await?;
    Ok((cookies.add(cookie), Redirect::to(&to)).into_response())
}

/// A link that is not good: counted, written down, and an alarm where there are many.
async fn failed(web: &Web, from: Client) -> Result<Response, Failure> {
    let now = web.desk.clock.now();
    if web.failed_much() {
        tracing::error!("many sign-ins failed within ten minutes; see `sign_in_failed` in the audit");
    }
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
    Ok(over())
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
    Ok((cookies.add(gone), Redirect::to("/")).into_response())
}

/// `GET /staff`: to the bureau's own group.
pub async fn home(State(web): State<Arc<Web>>, cookies: CookieJar) -> Result<Redirect, Failure> {
    let who = session::who(&web, &cookies, Identity::Staff).await?;
    let Some(person) = who.and_then(|who| who.person) else {
        return Ok(Redirect::to("/staff/me"));
    };
    let mut tx = web.desk.db.read().await?;
    Ok(Redirect::to(&first_page(&mut tx, person.bureau).await?))
}

/// A member of staff's account on this channel.
pub fn staff_account(person: PersonId) -> String {
    format!("p{person}")
}

async fn first_page(tx: &mut Tx, bureau: BureauId) -> Result<String, Failure> {
    let groups = tx.groups_of(bureau, GroupKind::Help).await?;
    let group = groups.into_iter().find(|group| group.channel.0 == NAME);
    Ok(group.map_or("/staff/me".to_owned(), |group| format!("/staff/g/{}", group.id.0)))
}

fn over() -> Response {
    let sentences = [
        "登录链接只能用一次，15 分钟内有效；要了新的，旧的就失效。这个链接已经用过、已经过期，或者没有复制完整。",
        "请向本单位管理员再要一个新链接。如果您已经登录过，可以直接进入。",
    ];
    (
        StatusCode::GONE,
        notice(
            "登录链接已失效",
            &sentences,
            &[("/staff", "我已登录，进入"), ("/", "回到首页")],
        ),
    )
        .into_response()
}
