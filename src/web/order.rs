//! Order in a web group: staff hide a message and show it again, keep a visitor from writing, hold messages back until they
//! are answered, close the group. Each is written down and can be taken back.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::sent::Sent;
use super::session;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::order::{Order, Veil};
use crate::domain::roster::rights::Right;
use crate::domain::time::zone;
use crate::platform::webgroup::{BOT, NAME};
use crate::store::Tx;
use crate::store::order::Blocked;
use crate::store::rooms::RoomMessage;

/// Messages listed at once.
const MOST: i64 = 100;
/// As the page writes moments.
const AT: &str = "%-m月%-d日 %H:%M";

const CLOSED: Failure = Failure::Refused(
    StatusCode::FORBIDDEN,
    "这个群现在只能看，不能发言。请拨打帮办电话，或到窗口办理。",
);
const BLOCKED: Failure = Failure::Refused(
    StatusCode::FORBIDDEN,
    "您暂时不能在群里发言。有疑问请拨打帮办电话，或到窗口办理。",
);
const NOT_YOURS: Failure = Failure::Refused(
    StatusCode::FORBIDDEN,
    "这件事由这个群所在单位的帮办员、市局帮办员或管理员来做。",
);

/// Refuses what a visitor writes or presses where they may not.
pub async fn may_write(tx: &mut Tx, here: &Here) -> Result<(), Failure> {
    let who = here.actor()?;
    let Some(group) = here.group.as_ref().filter(|_| who.person.is_none()) else {
        return Ok(());
    };
    if group.order.closed {
        return Err(CLOSED);
    }
    match tx.is_blocked(&session::account(&who.account)).await? {
        true => Err(BLOCKED),
        false => Ok(()),
    }
}

/// Why what is written here is not shown to other visitors. `before`: of what it says instead, where it is changed.
pub fn veil_over(web: &Web, here: &Here, text: &str, before: Veil) -> Veil {
    let staff = here.who.as_ref().is_some_and(|who| who.person.is_some());
    match here.group.as_ref().filter(|_| !staff) {
        Some(group) => Veil::over(group.order.approval, web.desk.listed().finds(text), before),
        None => before,
    }
}

/// How many messages of the group staff should look at, where this one may.
pub async fn to_look_at(web: &Web, here: &Here) -> Result<Option<i64>, Failure> {
    if !here.may(web, Right::Order) {
        return Ok(None);
    }
    let mut tx = web.desk.db.read().await?;
    Ok(Some(tx.veiled_to_look_at(here.room()?).await?))
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Hide,
    Show,
    Block,
    Unblock,
    Approval,
    NoApproval,
    Close,
    Open,
}

impl What {
    /// The name in the audit.
    fn key(self) -> &'static str {
        match self {
            What::Hide => "message_hidden",
            What::Show => "message_shown",
            What::Block => "visitor_blocked",
            What::Unblock => "visitor_unblocked",
            What::Approval => "group_holds_back",
            What::NoApproval => "group_shows_at_once",
            What::Close => "group_closed",
            What::Open => "group_opened",
        }
    }
}

impl What {
    /// How a group is kept after it.
    fn order(self, before: Order) -> Order {
        match self {
            What::Approval => Order {
                approval: true,
                ..before
            },
            What::NoApproval => Order {
                approval: false,
                ..before
            },
            What::Close => Order { closed: true, ..before },
            What::Open => Order {
                closed: false,
                ..before
            },
            What::Hide | What::Show | What::Block | What::Unblock => before,
        }
    }
}

/// An act of staff.
#[derive(Debug, Deserialize)]
struct Act {
    what: What,
    /// The message it is about, or whose author.
    #[serde(default)]
    message: Option<i64>,
    /// The visitor it is about.
    #[serde(default)]
    account: Option<String>,
}

/// `POST /staff/g/{id}/order`
pub async fn act(State(web): State<Arc<Web>>, here: Here, request: Request) -> Result<Response, Failure> {
    let form = !request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let Sent(act) = match Sent::<Act>::from_request(request, &web).await {
        Ok(sent) => sent,
        Err(response) => return Ok(response),
    };
    done(&web, &here, &act).await?;
    if form {
        return Ok(Redirect::to(&format!("{}/order", here.base)).into_response());
    }
    Ok(Json(json!({})).into_response())
}

async fn done(web: &Web, here: &Here, act: &Act) -> Result<(), Failure> {
    let person = here.actor()?.person.as_ref().ok_or(NOT_YOURS)?.id;
    let group = here.group.as_ref().ok_or(Failure::nothing())?;
    let needed = match act.what {
        What::Hide | What::Show | What::Block | What::Unblock => Right::Order,
        What::Approval | What::NoApproval | What::Close | What::Open => Right::SetMode,
    };
    if !here.may(web, needed) {
        return Err(NOT_YOURS);
    }
    let (room, now) = (here.room()?, web.desk.clock.now());
    let mut tx = web.desk.db.begin().await?;
    let object = match act.what {
        What::Hide => veil(&mut tx, room, act, Veil::Hidden).await?,
        What::Show => veil(&mut tx, room, act, Veil::None).await?,
        What::Block => {
            let message = of_visitor(&mut tx, room, act).await?;
            let account = session::account(&message.author);
            tx.block(&account, &message.name, person, now).await?;
            format!("{NAME} account {}", account.id)
        }
        What::Unblock => {
            let account = session::account(act.account.as_deref().unwrap_or_default());
            tx.unblock(&account).await?;
            format!("{NAME} account {}", account.id)
        }
        What::Approval | What::NoApproval | What::Close | What::Open => {
            tx.set_order(group.id, act.what.order(group.order)).await?;
            format!("group {}", group.id.0)
        }
    };
    tx.audit(Some(person), act.what.key(), &object, "", now).await?;
    tx.commit().await?;
    web.group.changed(room);
    Ok(())
}

/// A visitor's message of the room.
async fn of_visitor(tx: &mut Tx, room: &str, act: &Act) -> Result<RoomMessage, Failure> {
    let message = match act.message {
        Some(id) => tx.room_message(room, id).await?,
        None => None,
    };
    let message = message.filter(|message| !message.deleted);
    let message = message.ok_or(Failure::unfit("这条消息已经不在了。"))?;
    if message.author == BOT || !message.badge.is_empty() {
        return Err(Failure::unfit("只能处理访客的消息。"));
    }
    Ok(message)
}

async fn veil(tx: &mut Tx, room: &str, act: &Act, veil: Veil) -> Result<String, Failure> {
    let message = of_visitor(tx, room, act).await?;
    tx.veil_room_message(room, message.id, veil).await?;
    Ok(format!("message {} in {room}", message.id))
}

/// A message that other visitors do not see.
struct Veiled {
    message: RoomMessage,
    words: String,
    at: String,
    why: &'static str,
}

/// Somebody who may not write.
struct Barred {
    blocked: Blocked,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "order.html")]
struct Page<'a> {
    sample: bool,
    base: &'a str,
    title: &'a str,
    order: Order,
    keeps: bool,
    veiled: Vec<Veiled>,
    blocked: Vec<Barred>,
    words: usize,
}

/// `GET /staff/g/{id}/order`
pub async fn page(State(web): State<Arc<Web>>, here: Here) -> Result<Html<String>, Failure> {
    let group = here
        .group
        .as_ref()
        .filter(|group| group.kind() == Some(GroupKind::Help));
    let group = group.ok_or(Failure::nothing())?;
    if !here.may(&web, Right::Order) {
        return Err(NOT_YOURS);
    }
    let roster = web.desk.roster();
    let zone = &web.desk.config.timezone;
    let mut tx = web.desk.db.read().await?;
    let veiled = tx
        .veiled_in(here.room()?, MOST)
        .await?
        .into_iter()
        .map(|message| Veiled {
            words: message.body.text.words(),
            at: zone::local(zone, message.at).strftime(AT).to_string(),
            why: why(message.veil),
            message,
        });
    let blocked = tx.blocked(NAME).await?.into_iter().map(|blocked| Barred {
        by: roster
            .person(blocked.by)
            .map_or_else(|| "已离开的人员".to_owned(), |person| person.name.clone()),
        at: zone::local(zone, blocked.at).strftime(AT).to_string(),
        blocked,
    });
    let page = Page {
        sample: web.sample().await?,
        base: &here.base,
        title: &group.title,
        order: group.order,
        keeps: here.may(&web, Right::SetMode),
        veiled: veiled.collect(),
        blocked: blocked.collect(),
        words: web.desk.listed().amount(),
    };
    Ok(Html(page.render()?))
}

/// Why, as staff read it.
fn why(veil: Veil) -> &'static str {
    match veil {
        Veil::None => "",
        Veil::Unanswered => "等答复",
        Veil::Listed => "有要先看的词",
        Veil::Hidden => "已隐藏",
    }
}
