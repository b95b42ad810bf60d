//! The page of a room.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::{Denied, Here, may_enter};
use super::mine;
use super::notice::notice;
use super::order;
use super::session::{self, Identity, Who};
use super::show::{self, View};
use crate::domain::chat::group::{GroupKind, Standing};
use crate::domain::chat::message::Channel;
use crate::domain::chat::order::Veil;
use crate::domain::chat::rich::Span;
use crate::domain::chat::tappable::Bit;
use crate::platform::webgroup::NAME;

/// Messages a page begins with, and that are read at once of what was before.
const SHOWN: i64 = 100;
const DAY_MS: i64 = 86_400_000;

/// A group one may go to.
pub struct RoomLink {
    /// Address.
    pub href: String,
    /// The group's title.
    pub title: String,
    /// What kind of group.
    pub kind: &'static str,
    /// Where one is.
    pub here: bool,
    /// Messages of others that the viewer has not seen; 100 stands for more.
    pub unread: i64,
}

#[derive(Template)]
#[template(path = "room.html")]
struct Page<'a> {
    city: &'a str,
    sample: bool,
    title: &'a str,
    kind: &'static str,
    staff: bool,
    private: bool,
    who: Option<&'a Who>,
    base: &'a str,
    /// How long staff may do nothing, ms.
    idle: i64,
    home: &'static str,
    after: i64,
    messages: Vec<View>,
    ways: Vec<RoomLink>,
    examples: [&'static str; 3],
    /// There is more before the first message.
    more: bool,
    /// For the next thing sent.
    number: String,
    kept: Kept,
    /// How many messages staff should look at, where the viewer may.
    held: Option<i64>,
    /// Visitors may not write.
    closed: bool,
    /// Why the bot is switched off here, if it is.
    off: Option<String>,
    /// What the visitor has open here, as it is shown.
    mine: String,
    /// What is said here is shown this long.
    room_days: i64,
}

/// What was written and refused, so that it need not be written again.
#[derive(Default)]
pub struct Kept {
    /// The words.
    pub text: String,
    /// The name.
    pub nickname: String,
    /// What to do about it.
    pub why: &'static str,
}

/// `GET /g/{id}`, `/me`, `/staff/g/{id}`, `/staff/me`
pub async fn page(State(web): State<Arc<Web>>, here: Result<Here, Denied>) -> Result<Response, Failure> {
    let here = match here {
        Ok(here) => here,
        Err(denied) => return Ok(refused(denied)),
    };
    Ok(shown(&web, &here, Kept::default()).await?.into_response())
}

/// A room's page, with what was not sent in its fields.
pub async fn shown(web: &Arc<Web>, here: &Here, kept: Kept) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let (messages, more) = show::before(web, here, i64::MAX, SHOWN).await?;
    let page = Page {
        city: &roster.city,
        sample: web.sample().await?,
        title: here.title(),
        kind: here
            .group
            .as_ref()
            .and_then(|group| group.kind())
            .map_or("私聊", GroupKind::chinese),
        staff: here.identity == Identity::Staff,
        private: here.group.is_none(),
        who: here.who.as_ref(),
        base: &here.base,
        idle: web.desk.config.web.staff_idle_ms,
        home: if here.identity == Identity::Staff {
            "/staff"
        } else {
            "/"
        },
        after: messages.iter().map(|message| message.revision).max().unwrap_or(0),
        messages,
        more,
        ways: ways(web, here).await?,
        examples: ["个体户怎么注册？", "变更法定代表人要哪些材料？", "营业执照丢了怎么补？"],
        number: session::secret()?,
        kept,
        held: order::to_look_at(web, here).await?,
        closed: here.group.as_ref().is_some_and(|group| group.order.closed),
        mine: mine::lines(web, here).await?,
        off: off_here(web, here).await?,
        room_days: web.desk.config.keep.media_ms / DAY_MS,
    };
    Ok(Html(page.render()?))
}

/// Why the bot says nothing in this room, for visitors.
async fn off_here(web: &Web, here: &Here) -> Result<Option<String>, Failure> {
    let group = here.group.as_ref();
    let open = group.is_none_or(|group| group.kind() == Some(GroupKind::Help));
    if !open {
        return Ok(None);
    }
    let mut tx = web.desk.db.read().await?;
    let off = tx.off_in(&Channel::new(NAME), group.map(|group| group.id)).await?;
    Ok(off.map(|off| off.reason.to_string()))
}

/// Where a page that wants to see more begins.
#[derive(Deserialize)]
pub struct Before {
    before: i64,
}

/// `GET …/older`: what was said before a message, oldest first.
pub async fn older(
    State(web): State<Arc<Web>>,
    here: Here,
    Query(query): Query<Before>,
) -> Result<Json<serde_json::Value>, Failure> {
    let (views, more) = show::before(&web, &here, query.before, SHOWN).await?;
    let pieces = views.iter().map(show::piece).collect::<Result<Vec<_>, _>>()?;
    Ok(Json(json!({ "messages": pieces, "more": more })))
}

/// How far somebody has read.
#[derive(Deserialize)]
pub struct ReadUpto {
    upto: i64,
}

/// `POST …/read`: somebody has seen the room up to a message.
pub async fn read(
    State(web): State<Arc<Web>>,
    here: Here,
    Json(seen): Json<ReadUpto>,
) -> Result<Json<serde_json::Value>, Failure> {
    let (who, room) = (here.actor()?, here.room()?);
    let mut tx = web.desk.db.begin().await?;
    // A number that no message has would hide all that comes.
    let upto = tx.newest_message(room).await?.min(seen.upto);
    tx.read_upto(&who.account, room, upto).await?;
    tx.commit().await?;
    Ok(Json(json!({})))
}

/// The groups this person may go to: staff all that they may enter, visitors every help group.
async fn ways(web: &Web, here: &Here) -> Result<Vec<RoomLink>, Failure> {
    let roster = web.desk.roster();
    let person = here.who.as_ref().and_then(|who| who.person.as_ref());
    let prefix = if here.identity == Identity::Staff { "/staff" } else { "" };
    let mut tx = web.desk.db.read().await?;
    let mut groups = tx.groups().await?;
    groups.retain(|group| group.channel.0 == NAME && group.standing != Standing::Gone);
    groups.retain(|group| match person {
        Some(person) => may_enter(group, person, &roster),
        None => group.kind() == Some(GroupKind::Help),
    });
    let own = person.map(|person| person.bureau);
    groups.sort_by_key(|group| (own.is_none() || group.bureau() != own, group.id));
    let mut links = Vec::with_capacity(groups.len());
    for group in groups {
        let current = here.group.as_ref().is_some_and(|current| current.id == group.id);
        let unread = match &here.who {
            Some(who) if !current => tx.unread(&who.account, &group.chat).await?,
            Some(_) | None => 0,
        };
        links.push(RoomLink {
            href: format!("{prefix}/g/{}", group.id.0),
            kind: group.kind().map_or("未绑定", GroupKind::chinese),
            here: current,
            title: group.title,
            unread,
        });
    }
    Ok(links)
}

fn refused(denied: Denied) -> Response {
    const HOW: &str = "登录需要一次性链接：请向本单位管理员要，由管理员在服务器上运行“bangban link 您的姓名”生成。";
    match denied {
        Denied::StaffOnly(group) => {
            let what = group.kind().map_or("内部群", GroupKind::chinese);
            let first = format!("“{}”是{what}，只对登录的工作人员开放。", group.title);
            let staff = format!("/staff/g/{}", group.id.0);
            let ways = [(staff.as_str(), "我已登录，进入"), ("/", "去帮办群提问")];
            (
                StatusCode::FORBIDDEN,
                notice("这个群只对工作人员开放", &[&first, HOW], &ways),
            )
                .into_response()
        }
        Denied::SignIn => {
            let sentences = ["您还没有登录，或者登录已过期。", HOW];
            (
                StatusCode::UNAUTHORIZED,
                session::LEAVES_NOTHING,
                notice("请先登录", &sentences, &[("/", "我是来提问的，回到首页")]),
            )
                .into_response()
        }
        Denied::NotYours => {
            let sentences = ["这个群属于别的单位。各单位的帮办群都可以进入，值班群只对本单位开放。"];
            (
                StatusCode::FORBIDDEN,
                notice("不能进入这个群", &sentences, &[("/staff", "回到我的群")]),
            )
                .into_response()
        }
        denied @ (Denied::Nowhere | Denied::Failed(_)) => denied.into_response(),
    }
}
