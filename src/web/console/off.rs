//! 停用: where the bot is switched off, why, and the switch, of one group or of a whole channel.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::answered::Said;
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::desk::{By, Switched};
use crate::domain::chat::group::{Group, GroupId, GroupKind, Standing};
use crate::domain::chat::message::Channel;
use crate::domain::privacy;
use crate::domain::roster::people::Role;
use crate::domain::time::zone;
use crate::official_account;
use crate::web::Web;
use crate::web::failure::Failure;

/// The longest reason: people read it in one line.
const MOST: usize = 60;

/// What can be switched.
struct Place {
    /// The name of a channel, or `web:7` for a group of one.
    key: String,
    name: String,
}

/// Where it is off.
struct Off {
    place: Place,
    reason: String,
    at: String,
}

#[derive(Template)]
#[template(path = "off.html")]
struct Page {
    frame: Frame,
    said: Said,
    off: Vec<Off>,
    on: Vec<Place>,
    reason: String,
}

/// `GET /staff/off`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    shown(&web, &staff, Said::default(), String::new()).await
}

/// What is switched.
#[derive(Deserialize)]
pub struct Switch {
    place: String,
    act: String,
    #[serde(default)]
    reason: String,
}

/// `POST /staff/off`
pub async fn act(State(web): State<Arc<Web>>, staff: Staff, Form(switch): Form<Switch>) -> Result<Response, Failure> {
    admin(&staff)?;
    let known = places(&web).await?.into_iter().find(|place| place.key == switch.place);
    let (Some(place), Some(what)) = (known, switched(&switch.place)) else {
        return Err(Failure::unfit("没有这个群或渠道了。请刷新页面再试。"));
    };
    let by = By {
        person: Some(staff.person.id),
        note: "on a page",
    };
    let reason = privacy::printable(switch.reason.trim());
    let said = match switch.act.as_str() {
        "off" if reason.is_empty() => Said::refused("请写原因，群里的人会看到。"),
        "off" if reason.chars().count() > MOST => Said::refused("原因太长，最多 60 个字。"),
        "off" => match web.desk.switch_off(&what, &privacy::mask(&reason), by).await? {
            true => done(format!(
                "{}：停用了，群里说了一声。已有帮办员的问题照常办。",
                place.name
            )),
            false => Said::refused("已经停用着，没有改动。"),
        },
        "on" => match web.desk.switch_on(&what, by).await? {
            true => done(format!("{}：恢复了，群里说了一声。", place.name)),
            false => Said::refused("没有停用，没有改动。"),
        },
        _ => return Err(Failure::unfit("这个操作看不懂。请刷新页面后再试。")),
    };
    let (status, kept) = match said.refused {
        true => (StatusCode::CONFLICT, switch.reason),
        false => (StatusCode::OK, String::new()),
    };
    Ok((status, shown(&web, &staff, said, kept).await?).into_response())
}

fn done(line: String) -> Said {
    Said {
        lines: vec![line],
        refused: false,
    }
}

fn admin(staff: &Staff) -> Result<(), Failure> {
    match staff.person.has(Role::Admin) {
        true => Ok(()),
        false => Err(Failure::unfit("停用和恢复由管理员来做。")),
    }
}

async fn shown(web: &Web, staff: &Staff, said: Said, reason: String) -> Result<Html<String>, Failure> {
    admin(staff)?;
    let frame = Frame::of(web, staff, At::System).await?;
    let off = web.desk.db.read().await?.off().await?;
    let (mut is_off, mut on) = (Vec::new(), Vec::new());
    for place in places(web).await? {
        let found = off.iter().find(|off| key(&off.channel, off.group) == place.key);
        match found {
            Some(off) => is_off.push(Off {
                place,
                reason: off.reason.as_str().to_owned(),
                at: zone::local(&web.desk.config.timezone, off.at)
                    .strftime("%-m月%-d日 %H:%M")
                    .to_string(),
            }),
            None => on.push(place),
        }
    }
    let page = Page {
        frame,
        said,
        off: is_off,
        on,
        reason,
    };
    Ok(Html(page.render()?))
}

/// Every help group, and every channel as a whole.
async fn places(web: &Web) -> Result<Vec<Place>, Failure> {
    let groups = web.desk.db.read().await?.groups().await?;
    let open = |group: &&Group| group.kind() == Some(GroupKind::Help) && group.standing != Standing::Gone;
    let mut places: Vec<Place> = groups
        .iter()
        .filter(open)
        .map(|group| Place {
            key: key(&group.channel, Some(group.id)),
            name: format!("{}（{}）", group.title, group.channel.0),
        })
        .collect();
    for name in web.desk.channels.names().chain([official_account::CHANNEL]) {
        places.push(Place {
            key: name.to_owned(),
            name: format!("渠道 {name} 的全部群"),
        });
    }
    Ok(places)
}

fn key(channel: &Channel, group: Option<GroupId>) -> String {
    match group {
        Some(id) => format!("{}:{}", channel.0, id.0),
        None => channel.0.clone(),
    }
}

fn switched(key: &str) -> Option<Switched> {
    let (channel, group) = match key.split_once(':') {
        Some((channel, group)) => (channel, Some(GroupId(group.parse().ok()?))),
        None => (key, None),
    };
    Some(Switched {
        channel: Channel::new(channel),
        group,
    })
}
