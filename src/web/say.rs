//! What people do in a room: say, change what they said, press a button. The room, masked, and the inbox are written
//! in one transaction; the desk and the open pages hear of it after the commit.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::mentions::{Mentions, is_look_up, is_staff_command};
use super::neighbours::{masked, together};
use super::nickname;
use super::once::Number;
use super::order;
use super::replied::Replied;
use super::room;
use super::sent::Sent;
use super::session::{self, Identity, Who};
use super::show::{self, EDIT_MS};
use crate::clock::Millis;
use crate::domain::asking::request;
use crate::domain::chat::message::{
    Channel, Event, Heard, Incoming, Media, MediaKind, Place, Press, Sender, SenderKind,
};
use crate::domain::chat::order::Veil;
use crate::domain::privacy;
use crate::platform::webgroup::NAME;
use crate::store::Tx;
use crate::store::inbox::{RawUpdate, Waiting};
use crate::store::pictures::RoomMedia;
use crate::store::rooms::{NewRoomMessage, Put, RoomBody};
use crate::store::tidings::Tiding;

/// The longest message.
const TEXT_LIMIT: usize = 2000;

/// What the composer sends.
#[derive(Default, Deserialize)]
pub struct Composed {
    /// The words.
    pub text: String,
    /// The message they reply to.
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// The page's number for them.
    #[serde(default)]
    pub number: Number,
    /// A visitor's name, where the page could not ask for it before.
    #[serde(default)]
    pub nickname: String,
}

/// `POST …/say`
pub async fn say(State(web): State<Arc<Web>>, here: Here, request: Request) -> Result<Response, Failure> {
    let form = !request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let Sent(words) = match Sent::<Composed>::from_request(request, &web).await {
        Ok(sent) => sent,
        Err(response) => return Ok(response),
    };
    if form {
        return by_form(&web, here, words).await;
    }
    let id = put(&web, &here, &words, None).await?.id();
    shown(&web, &here, id).await
}

/// From a browser without script, or before its script is there: a name may come along, and whatever is refused comes
/// back with the words still in the field.
async fn by_form(web: &Arc<Web>, mut here: Here, words: Composed) -> Result<Response, Failure> {
    let mut cookies = CookieJar::new();
    let put = match named(web, &mut here, &words).await {
        Ok(cookie) => {
            cookies = cookie.into_iter().fold(cookies, CookieJar::add);
            put(web, &here, &words, None).await
        }
        Err(failure) => Err(failure),
    };
    let refused = match put {
        Ok(put) => {
            let there = format!("{}#m{}", here.base, put.id());
            return Ok((cookies, Redirect::to(&there)).into_response());
        }
        Err(Failure::Refused(status, why)) => (status, why),
        Err(Failure::NeedName) => (StatusCode::UNAUTHORIZED, "请先填一个昵称，再发消息。"),
        Err(failure @ (Failure::NeedSignIn | Failure::Away(_) | Failure::Inside(_))) => return Err(failure),
    };
    let kept = room::Kept {
        text: words.text,
        nickname: words.nickname,
        why: refused.1,
    };
    let page = room::shown(web, &here, kept).await?;
    Ok((refused.0, cookies, page).into_response())
}

/// Begins the session of a visitor whose name came along with the words; gives the cookie that carries it.
async fn named(web: &Web, here: &mut Here, words: &Composed) -> Result<Option<Cookie<'static>>, Failure> {
    if here.who.is_some() || here.identity == Identity::Staff || words.nickname.trim().is_empty() {
        return Ok(None);
    }
    // Of one day: a page that was kept does not become this visitor again for ever.
    let day = web.desk.day(web.desk.clock.now()).to_string();
    let once = words.number.once(&[words.nickname.as_bytes(), day.as_bytes()]);
    let (who, cookie) = nickname::begin(web, &words.nickname, once, here.from).await?;
    if here.group.is_none() {
        here.room = Some(who.private_room());
    }
    here.who = Some(who);
    Ok(Some(cookie))
}

/// A picture that is on disk already.
pub struct Picture<'a> {
    /// Its number.
    pub id: &'a str,
    /// Its kind.
    pub mime: &'a str,
    /// Its file's name.
    pub file: &'a str,
    /// How many bytes are kept.
    pub size: i64,
    /// The hash of what was sent.
    pub hash: &'a [u8],
}

/// Puts a message into the room and the inbox, then hands it on; one that was sent before is left as it stands.
pub async fn put(web: &Web, here: &Here, words: &Composed, picture: Option<Picture<'_>>) -> Result<Put, Failure> {
    let who = here.actor()?;
    let text = readable(&words.text, picture.is_some())?;
    let once = words.number.once(&[
        format!("{:?}", words.reply_to).as_bytes(),
        text.as_bytes(),
        picture.as_ref().map_or(&[], |picture| picture.hash),
    ]);
    let (now, room) = (web.desk.clock.now(), here.room()?);
    let mut tx = web.desk.db.begin().await?;
    session::touch(&mut tx, &who.session, now).await?;
    order::may_write(&mut tx, here).await?;
    let reply_to = match words.reply_to {
        Some(id) => Replied::at(web, here, &mut tx, id).await?,
        None => Replied::default(),
    };
    let earlier = tx
        .said_lately(room, &who.account, now.plus(-privacy::NEIGHBOURS_MS))
        .await?;
    let (words, reread) = together(&earlier, &text);
    let body = RoomBody {
        text: words,
        buttons: vec![],
        pictures: picture.iter().map(|picture| picture.id.to_owned()).collect(),
        own: is_own(here, &text),
        reader: None,
    };
    let quote = reply_to.to.as_ref().and_then(|reply| reply.id.parse().ok());
    let new = NewRoomMessage {
        room,
        author: &who.account,
        name: &who.name,
        badge: &who.badge,
        body: &body,
        quote,
        outbox: None,
        once: once.as_deref(),
        veil: order::veil_over(web, here, &text, Veil::None),
        at: now,
    };
    let put = tx.say_in_room(&new).await?;
    let Put::New(id) = put else { return Ok(put) };
    for (earlier, body) in reread {
        tx.change_room_message(room, earlier, &body, false).await?;
    }
    if let Some(picture) = &picture {
        keep_picture(&mut tx, room, who, picture, now).await?;
    }
    let heard = heard(id, &text, reply_to, &body.pictures);
    let key = format!("m:{room}:{id}");
    let waiting = take_in(web, &mut tx, here, who, key, Event::Message(heard)).await?;
    tx.commit().await?;
    web.hand_on(room, waiting);
    Ok(put)
}

async fn keep_picture(tx: &mut Tx, room: &str, who: &Who, picture: &Picture<'_>, now: Millis) -> Result<(), Failure> {
    let media = RoomMedia {
        room: room.to_owned(),
        mime: picture.mime.to_owned(),
        file: picture.file.to_owned(),
        author: who.account.clone(),
        by_staff: who.person.is_some(),
        bytes: picture.size,
    };
    Ok(tx.add_room_media(picture.id, &media, now).await?)
}

/// What a change of own words sends.
#[derive(Deserialize)]
pub struct Change {
    message: i64,
    text: String,
    #[serde(default)]
    number: Number,
}

/// `POST …/edit`
pub async fn edit(State(web): State<Arc<Web>>, here: Here, Sent(change): Sent<Change>) -> Result<Response, Failure> {
    let (who, room) = (here.actor()?, here.room()?);
    let now = web.desk.clock.now();
    let mut tx = web.desk.db.begin().await?;
    order::may_write(&mut tx, &here).await?;
    let old = tx.room_message(room, change.message).await?;
    let old = old.filter(|old| old.author == who.account && !old.deleted);
    let old = old.ok_or(Failure::unfit("只能修改自己发的消息。"))?;
    if now.since(old.at) > EDIT_MS {
        return Err(Failure::unfit("消息发出超过 15 分钟，不能再改。请另发一条。"));
    }
    let text = readable(&change.text, !old.body.pictures.is_empty())?;
    let body = RoomBody {
        text: masked(&text),
        own: is_own(&here, &text),
        ..old.body
    };
    tx.change_room_message(room, old.id, &body, true).await?;
    let veil = order::veil_over(&web, &here, &text, old.veil);
    if veil != old.veil {
        tx.veil_room_message(room, old.id, veil).await?;
    }
    let changed = tx.room_message(room, old.id).await?;
    let revision = changed.ok_or(Failure::nothing())?.revision;
    let reply_to = match old.quote {
        Some(id) => Replied::at(&web, &here, &mut tx, id).await.unwrap_or_default(),
        None => Replied::default(),
    };
    let heard = heard(old.id, &text, reply_to, &body.pictures);
    let key = match change
        .number
        .once(&[who.account.as_bytes(), &old.id.to_be_bytes(), text.as_bytes()])
    {
        Some(once) => format!("e:{once}"),
        None => format!("m:{room}:{}:{revision}", old.id),
    };
    let waiting = take_in(&web, &mut tx, &here, who, key, Event::Edited(heard)).await?;
    tx.commit().await?;
    web.hand_on(room, waiting);
    shown(&web, &here, old.id).await
}

/// What a button sends.
#[derive(Deserialize)]
pub struct Pressed {
    token: String,
    message: i64,
    #[serde(default)]
    number: Number,
}

/// `POST …/press`: what comes of it arrives as a toast or as a change of the room.
pub async fn press(State(web): State<Arc<Web>>, here: Here, Sent(pressed): Sent<Pressed>) -> Result<Response, Failure> {
    let who = here.actor()?;
    if pressed.token.is_empty() || pressed.token.len() > 64 {
        return Err(Failure::unfit("这个按钮已失效。"));
    }
    let again = [who.account.as_bytes(), pressed.token.as_bytes()];
    let id = match pressed.number.once(&again) {
        Some(once) => once,
        None => session::secret()?,
    };
    let event = Event::Press(Press {
        id: id.clone(),
        token: pressed.token,
        message: Some(pressed.message.to_string()),
    });
    let mut tx = web.desk.db.begin().await?;
    session::touch(&mut tx, &who.session, web.desk.clock.now()).await?;
    order::may_write(&mut tx, &here).await?;
    let waiting = take_in(&web, &mut tx, &here, who, format!("c:{id}"), event).await?;
    tx.commit().await?;
    web.hand_on(here.room()?, waiting);
    Ok((StatusCode::ACCEPTED, Json(json!({ "press": id }))).into_response())
}

impl Web {
    fn hand_on(&self, room: &str, waiting: Option<Waiting>) {
        self.group.changed(room);
        match waiting {
            // Whoever has the channel handles it, in the order of the inbox.
            Some(_) if self.desk.db.is_shared() => self.intake.look(),
            Some(waiting) => self.intake.hand(waiting),
            None => {}
        }
    }
}

async fn take_in(
    web: &Web,
    tx: &mut Tx,
    here: &Here,
    who: &Who,
    key: String,
    event: Event,
) -> Result<Option<Waiting>, Failure> {
    let now: Millis = web.desk.clock.now();
    let channel = Channel::new(NAME);
    let incoming = Incoming {
        place: Place::chat(&channel, here.room()?),
        chat_kind: here.chat_kind(),
        title: here.group.as_ref().map(|group| group.title.clone()).unwrap_or_default(),
        from: Sender {
            id: who.account.clone(),
            name: who.name.as_str().into(),
            kind: SenderKind::Person,
        },
        at: now,
        event,
    };
    let raw = serde_json::to_string(&incoming)?;
    let lane = format!("{NAME}:{}", incoming.place.chat);
    let update = RawUpdate {
        natural_key: key,
        lane: lane.clone(),
        raw: raw.clone(),
    };
    let id = tx.take_in(NAME, &update, now).await?;
    tx.tell(Tiding::Arrived);
    Ok(id.map(|id| Waiting {
        id,
        channel: NAME.to_owned(),
        lane,
        raw,
        attempts: 0,
    }))
}

/// Words that can be shown, neither too many nor none; a picture needs none.
fn readable(text: &str, with_picture: bool) -> Result<String, Failure> {
    let text = privacy::printable(text).trim().to_owned();
    if text.chars().count() > TEXT_LIMIT {
        return Err(Failure::Refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "文字太长了，最多 2000 字。请分几条发。",
        ));
    }
    if text.is_empty() && !with_picture {
        return Err(Failure::unfit("还没有写内容。"));
    }
    Ok(text)
}

/// Whether only the author sees it: staff give a command in a group.
fn is_own(here: &Here, text: &str) -> bool {
    let staff = here.who.as_ref().is_some_and(|who| who.person.is_some());
    staff && here.group.is_some() && (is_staff_command(text) || is_look_up(text))
}

fn heard(id: i64, text: &str, replied: Replied, pictures: &[String]) -> Heard {
    let mentions = Mentions::in_text(text);
    let picture = |reference: &String| Media::new(MediaKind::Picture, reference);
    Heard {
        id: id.to_string(),
        text: mentions.rest.as_str().into(),
        carried: request::carried(&mentions.rest),
        media: pictures.iter().map(picture).collect(),
        reply_to: replied.to,
        quoted: replied.words.into(),
        addressed: mentions.bot,
        mentions_others: mentions.others,
        shown_masked: true,
        ..Heard::default()
    }
}

async fn shown(web: &Web, here: &Here, id: i64) -> Result<Response, Failure> {
    let mut tx = web.desk.db.read().await?;
    let Some(message) = tx.room_message(here.room()?, id).await? else {
        return Err(Failure::nothing());
    };
    let view = show::Viewer::of(web, here).view(&mut tx, &message).await?;
    Ok(Json(show::piece(&view)?).into_response())
}
