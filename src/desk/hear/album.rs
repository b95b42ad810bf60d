//! An album is one message, though platforms bring each of its pictures in a message of its own, in whatever order, and
//! its words with any of them.

use crate::desk::Result;
use crate::desk::asker::follow;
use crate::desk::ground::sitting::Sitting;
use crate::desk::helper::reply::Reply;
use crate::desk::helper::{advice, changed};
use crate::domain::chat::message::{Heard, Incoming, Media, MessageRef};
use crate::domain::chat::role::Role;
use crate::domain::roster::rights::Right;
use crate::store::links::Link;

/// A picture waits this long for the rest of its album.
const KEPT_MS: i64 = 10 * 60_000;

/// The message with those pictures of its album that came before it and belong to nothing; none if the album belongs to
/// something and this one joined it.
pub(in crate::desk) async fn whole(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
) -> Result<Option<Heard>> {
    let mut whole = heard.clone();
    for media in &mut whole.media {
        media.message.get_or_insert_with(|| heard.id.clone());
    }
    let Some(album) = &heard.album else {
        return Ok(Some(whole));
    };
    let (who, place) = (incoming.account(), &incoming.place);
    let known = sitting.tx.album(&who, place, album).await?;
    let message = MessageRef {
        place: place.clone(),
        id: heard.id.clone(),
    };
    // Strings: this is always JSON. Without it the picture is only left out.
    let noted = serde_json::to_string(&whole.media).unwrap_or_default();
    let until = sitting.now.plus(KEPT_MS);
    sitting.tx.note_album(&who, &message, album, &noted, until).await?;
    let mut before: Vec<Media> = Vec::new();
    for (id, noted) in known.into_iter().filter(|(id, _)| *id != heard.id) {
        match sitting.tx.link_of(&place.channel, &place.chat, &id).await? {
            Some(link) if joins(sitting, incoming, &whole, &link).await? => return Ok(None),
            Some(_) => {}
            None => before.extend(serde_json::from_str::<Vec<Media>>(&noted).unwrap_or_default()),
        }
    }
    before.append(&mut whole.media);
    whole.media = before;
    Ok(Some(whole))
}

/// Whether a picture belongs where another one of its album does: to its sender's question, or their reply.
async fn joins(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard, link: &Link) -> Result<bool> {
    let Some(question) = sitting.tx.question(link.question).await? else {
        return Ok(false);
    };
    let asked = [Role::Ask, Role::Again].contains(&link.role) && question.asker == incoming.account();
    if asked && heard.text.trim().is_empty() {
        return Ok(!question.open() || follow::attach(sitting, incoming, heard, question).await?);
    }
    let Some(person) = sitting.person(&incoming.account()).await? else {
        return Ok(false);
    };
    let given = Reply::of(incoming, heard, &heard.text);
    if link.role == Role::Reply && person.is_helper() {
        changed::album_goes_on(sitting, &question, &person, given, link).await?;
        return Ok(true);
    }
    if link.role == Role::Advised && sitting.has_right(&person, Right::Advise, question.bureau) {
        advice::album_goes_on(sitting, &question, &person, given, link).await?;
        return Ok(true);
    }
    Ok(false)
}
