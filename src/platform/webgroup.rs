//! The web group as a chat product: what the outbox owes becomes a room message, and open pages are told.
//! Receiving is in `web`: a page's request writes the room and the inbox.

use tokio::sync::broadcast;

use super::{Parcel, Platform, Refused, SendError, Sending};
use crate::clock::Clock;
use crate::domain::chat::capabilities::{Capabilities, ChatLimits, Pushes, TextLimit, TextUnit};
use crate::domain::chat::message::{ChatKind, Media, MediaKind};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::rich::Rich;
use crate::domain::wording;
use crate::store::rooms::{NewRoomMessage, RoomBody, RoomMessage};
use crate::store::tidings::Tiding;
use crate::store::{Db, StoreError, Tx};

/// The channel's name.
pub const NAME: &str = "web";
/// The author of what the bot says.
pub const BOT: &str = "bot";
/// The bot's name as rooms show it.
pub const BOT_NAME: &str = "帮办";
/// A room is our own database: nothing in it is short.
pub const CAPABILITIES: Capabilities = Capabilities {
    buttons: true,
    edit: true,
    quote: true,
    text: TextLimit {
        most: 4000,
        unit: TextUnit::Utf16,
    },
    pushes: Pushes::Anytime,
    idempotent: true,
    vouches: false,
    private: ROOM,
    group: ROOM,
    per_second: 1_000,
};
const ROOM: ChatLimits = ChatLimits {
    gap_ms: 0,
    per_minute: Some(6_000),
};
/// News kept for a page that is slow to read; one that falls behind reads its room again.
const BACKLOG: usize = 1024;

/// What open pages are told.
#[derive(Clone, Debug)]
pub enum News {
    /// Something in this room changed: read it.
    Room(String),
    /// A short notice for one account.
    Toast {
        /// Whose.
        account: String,
        /// The press it answers.
        press: String,
        /// What it says.
        text: String,
    },
    /// Somebody's sessions were ended: look whether one's own was.
    SessionsEnded,
    /// The program ends; let go.
    Closing,
}

/// The built-in chat product.
pub struct WebGroup {
    db: Db,
    clock: Clock,
    news: broadcast::Sender<News>,
}

impl WebGroup {
    /// A web group whose rooms are in `db`.
    pub fn new(db: Db, clock: Clock) -> WebGroup {
        WebGroup {
            db,
            clock,
            news: broadcast::channel(BACKLOG).0,
        }
    }

    /// What happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Tells open pages that a room changed. Call after the commit.
    pub fn changed(&self, room: &str) {
        self.tell(News::Room(room.to_owned()));
    }

    /// Tells open pages that sessions were ended. Call after the commit.
    pub fn sessions_ended(&self) {
        self.tell(News::SessionsEnded);
    }

    /// Ends every open page's stream, so that a server can stop; browsers come back by themselves.
    pub fn close(&self) {
        self.tell(News::Closing);
    }

    fn tell(&self, news: News) {
        // Nobody listening is normal.
        let _ = self.news.send(news);
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<Option<String>, SendError> {
        if let Owed::Toast { press, account, text } = &parcel.owed {
            return self.toast(account, press, text).await;
        }
        let mut tx = self.db.begin().await.map_err(not_sent)?;
        let message = self.put(&mut tx, parcel).await?;
        tx.commit()
            .await
            .map_err(|error| SendError::Unknown(error.to_string()))?;
        self.changed(&parcel.place.chat);
        Ok(message)
    }

    /// A notice is kept nowhere: pages of every program that are open now show it.
    async fn toast(&self, account: &str, press: &str, text: &str) -> Result<Option<String>, SendError> {
        let [account, press, text] = [account, press, text].map(str::to_owned);
        if self.db.is_shared() {
            let mut tx = self.db.begin().await.map_err(not_sent)?;
            tx.tell(Tiding::Toast {
                account: account.clone(),
                press: press.clone(),
                text: text.clone(),
            });
            tx.commit().await.map_err(not_sent)?;
        }
        self.tell(News::Toast { account, press, text });
        Ok(None)
    }

    /// Tells open pages what another program did.
    pub fn heard(&self, tiding: &Tiding) {
        match tiding {
            Tiding::Room(room) => self.changed(room),
            Tiding::SessionsEnded => self.sessions_ended(),
            Tiding::Toast { account, press, text } => {
                let [account, press, text] = [account, press, text].map(String::clone);
                self.tell(News::Toast { account, press, text });
            }
            // Pages look at their rooms every few seconds.
            Tiding::Question(_)
            | Tiding::Publication
            | Tiding::Owed
            | Tiding::Arrived
            | Tiding::Free
            | Tiding::Much => {}
        }
    }

    async fn put(&self, tx: &mut Tx, parcel: &Parcel) -> Result<Option<String>, SendError> {
        let room = parcel.place.chat.as_str();
        match &parcel.owed {
            Owed::Message {
                text,
                buttons,
                quote,
                whom: _,
                ask_contact: _,
            } => {
                let body = RoomBody {
                    text: text.clone(),
                    buttons: buttons.clone(),
                    reader: reader(tx, room, quote.as_deref()).await.map_err(not_sent)?,
                    ..RoomBody::default()
                };
                self.say(tx, parcel, body, quote.as_deref()).await.map(Some)
            }
            Owed::Media { media, quote, from: _ } => {
                let body = shown(tx, media).await.map_err(not_sent)?;
                self.say(tx, parcel, body, quote.as_deref()).await.map(Some)
            }
            Owed::Edit { message, text, buttons } => {
                change(tx, room, message, |body| RoomBody {
                    text: text.clone(),
                    buttons: buttons.clone(),
                    ..body
                })
                .await
            }
            Owed::Buttons { message, buttons } => {
                change(tx, room, message, |body| RoomBody {
                    buttons: buttons.clone(),
                    ..body
                })
                .await
            }
            Owed::Delete { message } => {
                let there = tx.delete_room_message(room, number(message)?).await.map_err(not_sent)?;
                if there { Ok(None) } else { Err(gone(message)) }
            }
            // Taken care of before the transaction.
            Owed::Toast { .. } => Ok(None),
        }
    }

    async fn say(
        &self,
        tx: &mut Tx,
        parcel: &Parcel,
        body: RoomBody,
        quote: Option<&str>,
    ) -> Result<String, SendError> {
        let room = parcel.place.chat.as_str();
        let quoted = quoted(tx, room, quote).await.map_err(not_sent)?;
        let new = NewRoomMessage {
            room,
            author: BOT,
            name: BOT_NAME,
            badge: "",
            body: &body,
            quote: quote.and_then(|id| id.parse().ok()),
            outbox: Some(parcel.id),
            once: None,
            veil: quoted
                .map(|quoted| quoted.veil.over_the_bots_reply())
                .unwrap_or_default(),
            at: self.clock.now(),
        };
        Ok(tx.say_in_room(&new).await.map_err(not_sent)?.id().to_string())
    }
}

impl Platform for WebGroup {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capabilities(&self) -> Capabilities {
        CAPABILITIES
    }

    /// A room is everybody's; what only one reads there is a notice.
    fn chat_kind(&self, _room: &str) -> ChatKind {
        ChatKind::Group
    }

    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(self.deliver(parcel))
    }
}

/// A picture of this channel is shown; anything else is named.
async fn shown(tx: &mut Tx, media: &Media) -> Result<RoomBody, StoreError> {
    let here = media.kind == MediaKind::Picture && tx.room_media(&media.reference).await?.is_some();
    if here {
        return Ok(RoomBody {
            pictures: vec![media.reference.clone()],
            ..RoomBody::default()
        });
    }
    Ok(RoomBody {
        text: Rich::from(wording::in_place_of_words(std::slice::from_ref(media))),
        ..RoomBody::default()
    })
}

/// Who alone sees an answer to this message: whoever gave a command that only they see.
async fn reader(tx: &mut Tx, room: &str, quote: Option<&str>) -> Result<Option<String>, StoreError> {
    let quoted = quoted(tx, room, quote).await?;
    Ok(quoted.filter(|quoted| quoted.body.own).map(|quoted| quoted.author))
}

/// The message that is quoted, where it is there.
async fn quoted(tx: &mut Tx, room: &str, quote: Option<&str>) -> Result<Option<RoomMessage>, StoreError> {
    match quote.and_then(|quote| quote.parse().ok()) {
        Some(quote) => tx.room_message(room, quote).await,
        None => Ok(None),
    }
}

async fn change(
    tx: &mut Tx,
    room: &str,
    message: &str,
    new: impl FnOnce(RoomBody) -> RoomBody,
) -> Result<Option<String>, SendError> {
    let id = number(message)?;
    match tx.room_message(room, id).await.map_err(not_sent)? {
        Some(old) if !old.deleted => {
            tx.change_room_message(room, id, &new(old.body), false)
                .await
                .map_err(not_sent)?;
            Ok(None)
        }
        Some(_) | None => Err(gone(message)),
    }
}

fn number(message: &str) -> Result<i64, SendError> {
    message.parse().map_err(|_| gone(message))
}

fn gone(message: &str) -> SendError {
    SendError::Refused(Refused::Gone(message.to_owned()))
}

fn not_sent(error: StoreError) -> SendError {
    SendError::NotSent {
        reason: error.to_string(),
        retry_after_ms: None,
    }
}
