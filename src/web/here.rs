//! The gate to rooms: by the address and the session, which room this is and whether this person may be in it.
//! Nothing else loads a room for a request.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use super::Web;
use super::client::Client;
use super::failure::Failure;
use super::session::{self, Guest, Identity, Who};
use crate::domain::chat::group::{Group, GroupId, GroupKind, Standing};
use crate::domain::chat::message::{Channel, ChatKind};
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Person, Role};
use crate::domain::roster::rights::{Right, may};
use crate::platform::webgroup::NAME;
use crate::store::StoreError;

/// A room, and who is in it.
#[derive(Clone, Debug)]
pub struct Here {
    /// Visitor's or staff's page.
    pub identity: Identity,
    /// Who; a visitor has no session until they chose a name.
    pub who: Option<Who>,
    /// The room's chat id; none for the private room of a visitor without a name.
    pub room: Option<String>,
    /// The group, or none for a private room.
    pub group: Option<Group>,
    /// The page's address without what follows it.
    pub base: String,
    /// From which address the request comes.
    pub from: IpAddr,
}

/// Why somebody is not let in.
#[derive(Debug)]
pub enum Denied {
    /// No such room.
    Nowhere,
    /// A staff room asked for as a visitor.
    StaffOnly(Box<Group>),
    /// A staff page without a session.
    SignIn,
    /// Not this member of staff's room.
    NotYours,
    /// The database failed.
    Failed(StoreError),
}

impl Here {
    /// The one who acts; there is nobody before a name is chosen.
    pub fn actor(&self) -> Result<&Who, Failure> {
        self.who.as_ref().ok_or(match self.identity {
            Identity::Visitor => Failure::NeedName,
            Identity::Staff => Failure::NeedSignIn,
        })
    }

    /// The room's chat id; there is none before a name is chosen.
    pub fn room(&self) -> Result<&str, Failure> {
        self.room.as_deref().ok_or(Failure::NeedName)
    }

    /// Whether this one is staff with a right over the group.
    pub fn may(&self, web: &Web, right: Right) -> bool {
        let person = self.who.as_ref().and_then(|who| who.person.as_ref());
        let bureau = self.group.as_ref().and_then(Group::bureau);
        let city = web.desk.roster().desk().id;
        person
            .zip(bureau)
            .is_some_and(|(person, bureau)| may(person, right, bureau, person.bureau == city))
    }

    /// Private or group.
    pub fn chat_kind(&self) -> ChatKind {
        if self.group.is_some() {
            ChatKind::Group
        } else {
            ChatKind::Private
        }
    }

    /// What stands at the head of the page.
    pub fn title(&self) -> &str {
        self.group.as_ref().map_or("与帮办的私聊", |group| group.title.as_str())
    }
}

impl FromRequestParts<Arc<Web>> for Here {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Here, Denied> {
        let path = parts.uri.path().to_owned();
        let identity = Identity::of_path(&path);
        let who = match parts.extensions.get::<Guest>() {
            Some(guest) => guest.who.clone(),
            None => session::who(web, &CookieJar::from_headers(&parts.headers), identity).await?,
        };
        let from = parts.extensions.get::<Client>().copied();
        let from = from.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |Client(from)| from);
        if identity == Identity::Staff && who.is_none() {
            return Err(Denied::SignIn);
        }
        let prefix = if identity == Identity::Staff { "/staff" } else { "" };
        let mut steps = path.trim_start_matches(prefix).split('/').skip(1);
        match (steps.next(), steps.next()) {
            (Some("me"), _) => {
                let room = who.as_ref().map(Who::private_room);
                Ok(Here {
                    identity,
                    who,
                    room,
                    group: None,
                    base: format!("{prefix}/me"),
                    from,
                })
            }
            (Some("g"), Some(id)) => {
                let id = id.parse().map_err(|_| Denied::Nowhere)?;
                let mut tx = web.desk.db.read().await?;
                let group = tx.group(GroupId(id)).await?.ok_or(Denied::Nowhere)?;
                drop(tx);
                let group = enter(group, who.as_ref(), &web.desk.roster())?;
                let base = format!("{prefix}/g/{}", group.id.0);
                Ok(Here {
                    identity,
                    who,
                    room: Some(group.chat.clone()),
                    group: Some(group),
                    base,
                    from,
                })
            }
            _ => Err(Denied::Nowhere),
        }
    }
}

/// The group, if this person may be in it.
fn enter(group: Group, who: Option<&Who>, roster: &City) -> Result<Group, Denied> {
    let person = who.and_then(|who| who.person.as_ref());
    match person {
        _ if group.channel.0 != NAME || group.standing == Standing::Gone => Err(Denied::Nowhere),
        Some(person) if may_enter(&group, person, roster) => Ok(group),
        Some(_) => Err(Denied::NotYours),
        None => match group.kind() {
            Some(GroupKind::Help) => Ok(group),
            Some(GroupKind::Guidance | GroupKind::Duty) => Err(Denied::StaffOnly(Box::new(group))),
            None => Err(Denied::Nowhere),
        },
    }
}

/// Staff enter every help group (无差别帮办), the guidance group, and their own bureau's; who keeps the installation
/// enters all.
pub fn may_enter(group: &Group, person: &Person, roster: &City) -> bool {
    let own = group.bureau() == Some(person.bureau);
    let in_city = roster.desk().id == person.bureau;
    match group.kind() {
        Some(GroupKind::Help) => true,
        Some(GroupKind::Guidance) => person.is_helper(),
        Some(GroupKind::Duty) => (own && person.is_helper()) || person.has(Role::Admin),
        None => person.has(Role::Admin) || (in_city && person.has(Role::BureauAdmin)),
    }
}

/// Whether somebody may see what is in a room.
pub async fn may_see(web: &Web, who: Option<&Who>, room: &str) -> Result<bool, StoreError> {
    if room.starts_with("u:") {
        return Ok(who.is_some_and(|who| who.private_room() == room));
    }
    let mut tx = web.desk.db.read().await?;
    let Some(group) = tx.group_of_chat(&Channel::new(NAME), room).await? else {
        return Ok(false);
    };
    Ok(enter(group, who, &web.desk.roster()).is_ok())
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Denied {
        Denied::Failed(error)
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Failure {
        match denied {
            Denied::Nowhere | Denied::NotYours | Denied::StaffOnly(_) => Failure::nothing(),
            Denied::SignIn => Failure::NeedSignIn,
            Denied::Failed(error) => Failure::from(error),
        }
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        Failure::from(self).into_response()
    }
}
