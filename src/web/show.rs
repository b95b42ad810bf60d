//! How a room's messages look: one template for the page and for what arrives later.

use std::sync::Arc;

use askama::Template;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::look;
use super::presses::{self, Looker, Presses};
use super::wishes::{self, Wish};
use crate::config::Pictures;
use crate::domain::chat::order::Veil;
use crate::domain::chat::rich::Span;
use crate::domain::chat::tappable::{self, Bit};
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::time::zone;
use crate::platform::webgroup::BOT;
use crate::store::rooms::RoomMessage;
use crate::store::{StoreError, Tx};

/// Own words may be changed this long.
pub const EDIT_MS: i64 = 15 * 60_000;

/// Who looks at a room.
pub struct Viewer {
    looker: Looker,
    room: Option<String>,
    zone: TimeZone,
    addresses: Arc<Vec<String>>,
    staff: bool,
    keeps_order: bool,
    rule: Pictures,
}

/// A message as it is shown to one viewer.
#[derive(Debug)]
pub struct View {
    pub id: i64,
    pub revision: i64,
    pub mine: bool,
    pub bot: bool,
    pub staff: bool,
    pub name: String,
    /// The first character of the name, in the circle beside the message.
    pub initial: String,
    pub badge: String,
    pub spans: Vec<Span>,
    /// The viewer's; none before they chose a name.
    pub account: Option<String>,
    pub presses: Presses,
    /// Who else wants the answer, beside a question that waits.
    pub wish: Option<Wish>,
    pub pictures: Vec<String>,
    /// There are pictures that are not for the viewer.
    pub withheld: bool,
    /// Own pictures that no other visitor sees.
    pub kept_from_others: bool,
    /// The viewer may take the pictures down.
    pub may_take_down: bool,
    pub quote: Option<Quote>,
    pub edited: bool,
    pub deleted: bool,
    pub for_helper: bool,
    /// Why other visitors do not see it.
    pub veil: Veil,
    /// The viewer may hide it, show it, and keep its author from writing.
    pub may_veil: bool,
    /// The viewer is staff.
    pub to_staff: bool,
    /// Of offices.
    pub addresses: Arc<Vec<String>>,
    pub time: String,
    pub day: String,
    /// Until when the viewer may change it; ms, 0 for never.
    pub editable_until: i64,
}

/// What stands above a reply.
#[derive(Debug)]
pub struct Quote {
    pub id: i64,
    pub name: String,
    pub text: String,
    /// The viewer said it.
    pub mine: bool,
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    m: &'a View,
}

/// A message on its way to an open page.
#[derive(Debug, Serialize)]
pub struct Piece {
    id: i64,
    revision: i64,
    mine: bool,
    /// The viewer is mentioned in it.
    calls: bool,
    /// It answers the viewer.
    to_me: bool,
    html: String,
}

/// A message as it is sent to an open page.
pub fn piece(view: &View) -> Result<Piece, Failure> {
    let html = Message { m: view }.render()?;
    Ok(Piece {
        id: view.id,
        revision: view.revision,
        mine: view.mine,
        calls: !view.deleted && view.calls(),
        to_me: !view.deleted && view.quote.as_ref().is_some_and(|quote| quote.mine),
        html,
    })
}

impl View {
    /// The pieces of its words that can be pressed, and the others.
    pub fn bits<'a>(&self, text: &'a str) -> Vec<Bit<'a>> {
        let addresses: &[String] = if self.bot { &self.addresses } else { &[] };
        tappable::bits(text, addresses, self.for_helper && self.bot)
    }

    /// Whether a person in it is the viewer.
    pub fn is_me(&self, account: &Option<String>) -> bool {
        account.is_some() && *account == self.account
    }

    fn calls(&self) -> bool {
        self.spans.iter().any(|span| match span {
            Span::Person { account, .. } => self.is_me(account),
            Span::Plain(_) | Span::Bold(_) => false,
        })
    }
}

impl Viewer {
    /// The one who is in a room.
    pub fn of(web: &Web, here: &Here) -> Viewer {
        let person = here.who.as_ref().and_then(|who| who.person.as_ref());
        Viewer {
            looker: Looker {
                account: here.who.as_ref().map(|who| who.account.clone()),
                person: person.map(|person| person.id),
                helper: person.is_some_and(Person::is_helper),
                now: web.desk.clock.now(),
            },
            room: here.room.clone(),
            zone: web.desk.config.timezone.clone(),
            addresses: Arc::new(web.desk.roster().addresses()),
            staff: person.is_some(),
            keeps_order: here.may(web, Right::Order),
            rule: web.desk.config.web.pictures,
        }
    }

    /// A message as this viewer sees it.
    pub async fn view(&self, tx: &mut Tx, message: &RoomMessage) -> Result<View, StoreError> {
        let quoted = self.quoted_by(tx, message).await?;
        let mine = self.looker.is(&message.author);
        let deleted = !self.is_shown(message, quoted.as_ref());
        let quote = quoted.and_then(|quoted| self.quoted(quoted));
        let mut spans = message.body.text.0.clone();
        let mut presses = presses::of(&self.looker, tx, &message.body.buttons).await?;
        presses.lift(&mut spans);
        let pictures = self.pictures(tx, message).await?;
        let at = zone::local(&self.zone, message.at);
        let editable = mine && !message.deleted && self.looker.now.since(message.at) < EDIT_MS;
        Ok(View {
            id: message.id,
            revision: message.revision,
            mine,
            bot: message.author == BOT,
            staff: !message.badge.is_empty(),
            name: message.name.clone(),
            initial: message.name.chars().next().map(String::from).unwrap_or_default(),
            badge: message.badge.clone(),
            spans,
            account: self.looker.account.clone(),
            presses,
            wish: wishes::beside(tx, message, self.looker.account.as_deref(), !self.staff).await?,
            kept_from_others: mine && !self.staff && !pictures.is_empty() && self.rule != Pictures::All,
            withheld: pictures.len() < message.body.pictures.len(),
            may_take_down: !pictures.is_empty() && (mine || self.staff),
            pictures,
            quote,
            edited: message.edited,
            deleted,
            for_helper: self.looker.helper,
            veil: message.veil,
            may_veil: self.keeps_order && message.badge.is_empty() && message.author != BOT,
            to_staff: self.staff,
            addresses: Arc::clone(&self.addresses),
            time: at.strftime("%H:%M").to_string(),
            day: day_name(at),
            editable_until: if editable { message.at.plus(EDIT_MS).0 } else { 0 },
        })
    }

    /// The pictures of a message that are for this viewer.
    async fn pictures(&self, tx: &mut Tx, message: &RoomMessage) -> Result<Vec<String>, StoreError> {
        let mut seen = Vec::new();
        for id in &message.body.pictures {
            let media = tx.room_media(id).await?;
            if media.is_some_and(|media| look::may_look(self.rule, &media, self.looker.account.as_deref(), self.staff))
            {
                seen.push(id.clone());
            }
        }
        Ok(seen)
    }

    /// Whether it is not for this viewer.
    pub fn may_not_see(&self, message: &RoomMessage) -> bool {
        self.not_addressed(message) || self.is_veiled(message)
    }

    /// Whether it is for this viewer, who also sees what the bot says to them about their own words.
    pub async fn sees(&self, tx: &mut Tx, message: &RoomMessage) -> Result<bool, StoreError> {
        let quoted = self.quoted_by(tx, message).await?;
        Ok(self.is_shown(message, quoted.as_ref()))
    }

    async fn quoted_by(&self, tx: &mut Tx, message: &RoomMessage) -> Result<Option<RoomMessage>, StoreError> {
        match (message.quote, &self.room) {
            (Some(id), Some(room)) => tx.room_message(room, id).await,
            (None, _) | (_, None) => Ok(None),
        }
    }

    fn is_shown(&self, message: &RoomMessage, quoted: Option<&RoomMessage>) -> bool {
        let to_me = quoted.is_some_and(|quoted| self.looker.is(&quoted.author));
        !message.deleted && !self.not_addressed(message) && (!self.is_veiled(message) || to_me)
    }

    /// Whether it is held back from this viewer.
    fn is_veiled(&self, message: &RoomMessage) -> bool {
        message.veil != Veil::None && !self.staff && !self.looker.is(&message.author)
    }

    /// Whether it is for somebody else's eyes only.
    fn not_addressed(&self, message: &RoomMessage) -> bool {
        let reader = message.body.reader.as_deref();
        let reader = reader.or(message.body.own.then_some(message.author.as_str()));
        reader.is_some_and(|reader| !self.looker.is(reader))
    }

    fn quoted(&self, message: RoomMessage) -> Option<Quote> {
        const MOST: usize = 60;
        let mine = self.looker.is(&message.author);
        if self.may_not_see(&message) {
            return None;
        }
        let words = message.body.text.words();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = match (message.deleted, words.is_empty()) {
            (true, _) => "消息已删除".to_owned(),
            (false, true) => "［图片］".to_owned(),
            (false, false) if words.chars().count() > MOST => words.chars().take(MOST).chain(['…']).collect(),
            (false, false) => words,
        };
        Some(Quote {
            id: message.id,
            mine,
            name: message.name,
            text,
        })
    }
}

fn day_name(at: DateTime) -> String {
    const WEEK: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let weekday = usize::from(at.weekday().to_monday_zero_offset().unsigned_abs());
    format!(
        "{}年{}月{}日 星期{}",
        at.year(),
        at.month(),
        at.day(),
        WEEK[weekday % 7]
    )
}

/// The newest `limit` messages of a room before one of them, as this viewer sees them, oldest first; and whether there
/// are more.
pub async fn before(web: &Arc<Web>, here: &Here, id: i64, limit: i64) -> Result<(Vec<View>, bool), StoreError> {
    let Some(room) = &here.room else {
        return Ok((Vec::new(), false));
    };
    let viewer = Viewer::of(web, here);
    let mut tx = web.desk.db.read().await?;
    let mut messages = tx.room_before(room, id, limit + 1).await?;
    let more = i64::try_from(messages.len()).is_ok_and(|count| count > limit);
    if more {
        messages.remove(0);
    }
    let mut views = Vec::with_capacity(messages.len());
    for message in &messages {
        views.push(viewer.view(&mut tx, message).await?);
    }
    Ok((views, more))
}
