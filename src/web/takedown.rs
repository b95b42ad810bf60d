//! A picture is taken down by who sent it, or by staff: everywhere at once, and from the disk.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::sent::Sent;

/// The message whose pictures go.
#[derive(Deserialize)]
pub struct Unwanted {
    message: i64,
}

/// `POST …/takedown`
pub async fn take_down(
    State(web): State<Arc<Web>>,
    here: Here,
    Sent(sent): Sent<Unwanted>,
) -> Result<Response, Failure> {
    let who = here.actor()?;
    let now = web.desk.clock.now();
    let mut tx = web.desk.db.begin().await?;
    let message = tx.room_message(here.room()?, sent.message).await?;
    let message = message.filter(|message| !message.deleted && !message.body.pictures.is_empty());
    let message = message.ok_or(Failure::unfit("这条消息里没有图片，可能已经撤下了。"))?;
    let person = who.person.as_ref().map(|person| person.id);
    if message.author != who.account && person.is_none() {
        return Err(Failure::unfit("只能撤下自己发的图片。"));
    }
    let (mut files, mut rooms) = (Vec::new(), Vec::new());
    for picture in &message.body.pictures {
        let (file, changed) = tx.take_picture_down(picture).await?;
        files.extend(file);
        rooms.extend(changed);
    }
    let object = format!("message {} in {}", message.id, here.room()?);
    let whose = if message.author == who.account { "own" } else { "" };
    tx.audit(person, "picture_down", &object, whose, now).await?;
    tx.commit().await?;
    for file in files {
        let path = web.media().join(file);
        if let Err(error) = tokio::fs::remove_file(&path).await {
            tracing::warn!(%error, "a picture that was taken down could not be removed from the disk");
        }
    }
    for room in rooms {
        web.group.changed(&room);
    }
    Ok(Json(json!({})).into_response())
}
