//! 群: the rooms that a member of staff may enter, their own bureau's first, with what they have not read.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::frame::{At, Frame};
use super::staff::Staff;
use crate::domain::asking::question::Question;
use crate::domain::chat::group::{GroupKind, Standing};
use crate::domain::roster::people::Person;
use crate::platform::webgroup::NAME;
use crate::store::{StoreError, Tx};
use crate::web::Web;
use crate::web::failure::Failure;
use crate::web::here::may_enter;

/// A room, as its line shows it.
struct Room {
    href: String,
    title: String,
    kind: &'static str,
    own: bool,
    unread: i64,
}

#[derive(Template)]
#[template(path = "rooms.html")]
struct Page {
    frame: Frame,
    rooms: Vec<Room>,
}

/// `GET /staff/rooms`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let (account, own) = (&staff.who.account, staff.person.bureau);
    let mut tx = web.desk.db.read().await?;
    let mut groups = tx.groups().await?;
    groups.retain(|group| group.channel.0 == NAME && group.standing != Standing::Gone);
    groups.retain(|group| may_enter(group, &staff.person, &roster));
    groups.sort_by_key(|group| (group.bureau() != Some(own), group.id));
    let private = staff.who.private_room();
    let mut rooms = vec![Room {
        href: "/staff/me".to_owned(),
        title: "我的通知".to_owned(),
        kind: "只有您看得到",
        own: true,
        unread: tx.unread(account, &private).await?,
    }];
    for group in groups {
        rooms.push(Room {
            href: format!("/staff/g/{}", group.id.0),
            kind: group.kind().map_or("未绑定", GroupKind::chinese),
            own: group.bureau() == Some(own),
            unread: tx.unread(account, &group.chat).await?,
            title: group.title,
        });
    }
    drop(tx);
    rooms.sort_by_key(|room| (!room.own, room.unread == 0));
    let frame = Frame::of(&web, &staff, At::Rooms).await?;
    Ok(Html(Page { frame, rooms }.render()?))
}

/// Where a question is read among others: the message that shows its buttons, in a room that this person may enter, else
/// the question itself; none where it was asked on another channel.
pub async fn where_answered(
    tx: &mut Tx,
    web: &Web,
    person: &Person,
    question: &Question,
) -> Result<Option<String>, StoreError> {
    let roster = web.desk.roster();
    let links = tx.links_with_buttons(question.id).await?;
    let shown = links.into_iter().map(|link| link.message).rev();
    for message in shown.chain([question.message.clone()]) {
        if message.place.channel.0 != NAME {
            continue;
        }
        let group = tx.group_of_chat(&message.place.channel, &message.place.chat).await?;
        if let Some(group) = group.filter(|group| may_enter(group, person, &roster)) {
            return Ok(Some(format!("/staff/g/{}#m{}", group.id.0, message.id)));
        }
    }
    Ok(None)
}
