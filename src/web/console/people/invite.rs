//! 邀请: a one-time link for somebody of a bureau that one keeps, as words and as a code to be held before a camera.

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, header};
use axum::response::Html;
use qrcode::{Color, QrCode};
use serde::Deserialize;

use super::super::frame::{At, Frame};
use super::super::staff::Staff;
use crate::domain::roster::people::PersonId;
use crate::domain::roster::rights::may_invite;
use crate::domain::time::zone;
use crate::setup;
use crate::store::accounts::INVITATION_MS;
use crate::web::Web;
use crate::web::failure::Failure;

/// White around a code, in its points.
const QUIET: usize = 4;

/// A code as one path of black points.
struct Code {
    path: String,
    size: usize,
}

#[derive(Template)]
#[template(path = "invite.html")]
struct Page {
    frame: Frame,
    name: String,
    place: String,
    bureau: i64,
    link: String,
    code: Option<Code>,
    until: String,
    minutes: i64,
}

/// Who is invited.
#[derive(Deserialize)]
pub struct Whom {
    person: i64,
}

/// `POST /staff/people/invite`
pub async fn invite(
    State(web): State<Arc<Web>>,
    staff: Staff,
    headers: HeaderMap,
    Form(whom): Form<Whom>,
) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let person = roster.person(PersonId(whom.person)).ok_or(Failure::nothing())?;
    if !may_invite(&staff.person, person, staff.city) {
        return Err(Failure::unfit(
            "登录链接由本单位管理员给；市局管理员、编辑、审批、督导的，由市局管理员给。",
        ));
    }
    let now = web.desk.clock.now();
    let secret = setup::invite_by(&web.desk.db, person.id, (Some(staff.person.id), ""), now).await;
    let secret = secret.map_err(|error| Failure::Inside(format!("{error:#}")))?;
    let link = format!("{}/in#{secret}", address(&web, &headers));
    let until = zone::local(&web.desk.config.timezone, now.plus(INVITATION_MS));
    let office = roster.office(person.office).map_or("", |office| office.name.as_str());
    let bureau = roster.bureau(person.bureau).map_or("", |bureau| bureau.name.as_str());
    let page = Page {
        frame: Frame::of(&web, &staff, At::People).await?,
        name: person.name.clone(),
        place: format!("{bureau}{office}"),
        bureau: person.bureau.0,
        code: drawn(&link),
        link,
        until: until.strftime("%H:%M").to_string(),
        minutes: INVITATION_MS / 60_000,
    };
    Ok(Html(page.render()?))
}

/// How people reach the pages; where nobody said it, as whoever invites reached them.
fn address(web: &Web, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    match (&web.desk.config.public_url, host) {
        (None, Some(host)) => format!("http://{host}"),
        (Some(_), _) | (None, None) => setup::public_url(&web.desk.config),
    }
}

fn drawn(link: &str) -> Option<Code> {
    let code = QrCode::new(link.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, _) in code
        .to_colors()
        .iter()
        .enumerate()
        .filter(|(_, color)| **color == Color::Dark)
    {
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    Some(Code {
        path,
        size: width + 2 * QUIET,
    })
}
