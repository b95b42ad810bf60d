//! 我: who one is here, leave ahead, what is kept about one, where one is signed in.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;

use super::answered::Said;
use super::frame::{At, Frame};
use super::people::{Away, away};
use super::staff::Staff;
use crate::domain::chat::access::Way;
use crate::domain::roster::people::{Person, Role};
use crate::domain::time::calendar::LocalTime;
use crate::web::Web;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "me.html")]
struct Page {
    frame: Frame,
    away: Vec<Away>,
    /// What is kept about one: what, and how it stands.
    kept: Vec<(&'static str, String)>,
    said: Said,
    /// How the switch of the week's digest stands; none for who gets none.
    digest: Option<bool>,
}

/// What a form of the page sends.
#[derive(Debug, Deserialize)]
pub struct Switched {
    digest: String,
}

/// `GET /staff/account`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    shown(&web, &staff, Said::default()).await
}

/// `POST /staff/account`: switches the week's digest on or off.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Form(switched): Form<Switched>,
) -> Result<Response, Failure> {
    let done = web.desk.switch_digest(&staff.actor(), switched.digest == "on").await?;
    let said = Said::from(done);
    let status = match said.refused {
        true => StatusCode::CONFLICT,
        false => StatusCode::OK,
    };
    let page = shown(&web, &staff, said).await?;
    Ok((status, page).into_response())
}

async fn shown(web: &Web, staff: &Staff, said: Said) -> Result<Html<String>, Failure> {
    let (roster, calendar, now) = (web.desk.roster(), web.desk.calendar(), web.desk.clock.now());
    let time = LocalTime::new(&web.desk.config.timezone, &calendar);
    let own = |person: &Person| person.id == staff.person.id;
    let accesses = web.desk.db.read().await?.accesses(Some(staff.person.id)).await?;
    let held = accesses
        .iter()
        .filter(|access| access.way.holds(web.desk.config.web.staff_idle_ms, now));
    let (mut sessions, mut accounts) = (0, 0);
    for access in held {
        match &access.way {
            Way::Session { .. } => sessions += 1,
            Way::Account { account, .. } if web.desk.channels.can(&account.channel).vouches => accounts += 1,
            Way::Account { .. } | Way::Link { .. } | Way::Token { .. } => {}
        }
    }
    let page = Page {
        frame: Frame::of(web, staff, At::Me).await?,
        away: away(&roster, own, own, now, time),
        kept: kept(staff, sessions, accounts),
        said,
        digest: web.desk.digest_of(&staff.person).await?,
    };
    Ok(Html(page.render()?))
}

fn kept(staff: &Staff, sessions: usize, accounts: usize) -> Vec<(&'static str, String)> {
    let person = &staff.person;
    let roles: Vec<&str> = person.roles.iter().map(|role| role_said(*role)).collect();
    let landline = person.landline.as_ref();
    vec![
        ("姓名", person.name.clone()),
        ("单位和窗口", staff.who.badge.clone()),
        (
            "固定电话（公开）",
            landline.map_or_else(|| "没有".to_owned(), |landline| landline.as_str().to_owned()),
        ),
        (
            "手机号",
            if person.mobile.is_some() {
                "有，只用来认人，不在任何页面上显示"
            } else {
                "没有"
            }
            .to_owned(),
        ),
        (
            "角色",
            if roles.is_empty() {
                "没有别的角色".to_owned()
            } else {
                roles.join("、")
            },
        ),
        ("在用的登录", format!("{sessions} 处")),
        ("绑定的账号", format!("{accounts} 个")),
    ]
}

fn role_said(role: Role) -> &'static str {
    match role {
        Role::Admin => "管理员",
        Role::BureauAdmin => "单位管理员",
        Role::Editor => "市局编辑",
        Role::Approver => "市局审批",
        Role::Supervisor => "督导",
    }
}
