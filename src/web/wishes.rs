//! 我也想问: beside an open question of somebody else, one press per person; they are told when it is answered.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::order;
use super::session;
use crate::domain::asking::question::{Question, State as Standing};
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::Channel;
use crate::domain::chat::order::Veil;
use crate::domain::chat::role::Role;
use crate::platform::webgroup::NAME;
use crate::store::rooms::RoomMessage;
use crate::store::{StoreError, Tx};

/// What a viewer finds beside an open question.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// How many others wait for the answer too.
    pub count: i64,
    /// The viewer is one of them.
    pub own: bool,
    /// The viewer may press.
    pub may: bool,
}

/// What stands beside a message: nothing where it is no open question, or where there is nothing to press or to count.
/// `account`: the viewer's; `visitor`: they are no staff.
pub async fn beside(
    tx: &mut Tx,
    message: &RoomMessage,
    account: Option<&str>,
    visitor: bool,
) -> Result<Option<Wish>, StoreError> {
    if !message.badge.is_empty() || message.deleted || !message.room.starts_with("g:") {
        return Ok(None);
    }
    let Some(question) = waiting(tx, message).await? else {
        return Ok(None);
    };
    let (count, own) = tx.wishes(question.id, account.unwrap_or_default()).await?;
    let may = visitor && account.is_some_and(|account| account != message.author);
    Ok((may || count > 0).then_some(Wish { count, own, may }))
}

/// The question that a message asks, while it waits for a helper.
async fn waiting(tx: &mut Tx, message: &RoomMessage) -> Result<Option<Question>, StoreError> {
    let link = tx
        .link_of(&Channel::new(NAME), &message.room, &message.id.to_string())
        .await?;
    let Some(link) = link.filter(|link| link.role == Role::Ask) else {
        return Ok(None);
    };
    let question = tx.question(link.question).await?;
    Ok(question.filter(|question| matches!(question.state, Standing::Waiting { .. } | Standing::Claimed { .. })))
}

/// Which message is meant.
#[derive(Deserialize)]
pub struct Wished {
    message: i64,
}

/// `POST …/wish`: the same answer is wanted, or pressed once more no longer wanted.
pub async fn wish(
    State(web): State<Arc<Web>>,
    here: Here,
    Json(wished): Json<Wished>,
) -> Result<Json<serde_json::Value>, Failure> {
    let (who, room) = (here.actor()?, here.room()?);
    let group = here.group.as_ref().and_then(crate::domain::chat::group::Group::kind);
    if who.person.is_some() || group != Some(GroupKind::Help) {
        return Err(Failure::unfit("工作人员直接答复就行。"));
    }
    let (account, now) = (session::account(&who.account), web.desk.clock.now());
    let mut tx = web.desk.db.begin().await?;
    session::touch(&mut tx, &who.session, now).await?;
    order::may_write(&mut tx, &here).await?;
    let message = tx.room_message(room, wished.message).await?;
    let open = |message: &RoomMessage| !message.deleted && message.veil == Veil::None;
    let message = message.filter(|message| open(message) && message.author != who.account);
    let message = message.ok_or(Failure::unfit("这条消息已经不在了。"))?;
    let question = waiting(&mut tx, &message).await?;
    let question = question.ok_or(Failure::unfit("这个问题已经有答复了，请看下面的答复。"))?;
    if tx.wish(question.id, &account, now).await? {
        tx.open_private(&account, &who.private_room(), now).await?;
    } else {
        tx.unwish(question.id, &account).await?;
    }
    // Everybody who has the room open sees the new count.
    tx.change_room_message(room, message.id, &message.body, false).await?;
    tx.commit().await?;
    web.group.changed(room);
    Ok(Json(json!({})))
}
