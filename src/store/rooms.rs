//! The web group's rooms: what they show, masked, for 30 days.

use super::tidings::Tiding;
use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::order::Veil;
use crate::domain::chat::owed::Button;
use crate::domain::chat::rich::Rich;

/// One message of a room.
#[derive(Clone, Debug)]
pub struct RoomMessage {
    /// Its number; replies and quotes name it.
    pub id: i64,
    /// The room: `g:ID` a group's, `u:ACCOUNT` somebody's private chat with the bot.
    pub room: String,
    /// Grows with each change in any room; a page asks for what is newer than it has.
    pub revision: i64,
    /// Account, or `bot`.
    pub author: String,
    /// The name shown.
    pub name: String,
    /// 帮办员 · 魏都分局窗口, or empty for visitors.
    pub badge: String,
    /// Words, buttons and pictures.
    pub body: RoomBody,
    /// The message it quotes.
    pub quote: Option<i64>,
    /// Its words were changed.
    pub edited: bool,
    /// It was taken away.
    pub deleted: bool,
    /// Why other visitors do not see it.
    pub veil: Veil,
    /// When it was said.
    pub at: Millis,
}

/// What a room message shows.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct RoomBody {
    /// Words, masked.
    pub text: Rich,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
    /// Pictures by id.
    pub pictures: Vec<String>,
    /// Only its author sees it: a command of staff, which is no word to the room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// Only this account sees it: what the bot says to such a command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
}

pub(super) type Row = (
    i64,
    String,
    i64,
    String,
    String,
    String,
    String,
    Option<i64>,
    i64,
    i64,
    i64,
    String,
);

pub(super) const COLUMNS: &str = "id, room, revision, author, name, badge, body, quote, edited, deleted, at, veil";

pub(super) fn message(row: Row) -> Result<RoomMessage> {
    let (id, room, revision, author, name, badge, body, quote, edited, deleted, at, veil) = row;
    let body = serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("room_messages", id, error))?;
    let veil = Veil::from_key(&veil).ok_or_else(|| StoreError::inconsistent("room_messages", id, &veil))?;
    let (edited, deleted) = (edited != 0, deleted != 0);
    Ok(RoomMessage {
        id,
        room,
        revision,
        author,
        name,
        badge,
        body,
        quote,
        edited,
        deleted,
        veil,
        at: Millis(at),
    })
}

/// A message to be put into a room.
#[derive(Clone, Debug)]
pub struct NewRoomMessage<'a> {
    /// The room.
    pub room: &'a str,
    /// Account, or `bot`.
    pub author: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// The staff badge, or empty.
    pub badge: &'a str,
    /// What it shows; already masked.
    pub body: &'a RoomBody,
    /// The message it quotes.
    pub quote: Option<i64>,
    /// The outbox row it fulfils: the same row never makes a second message.
    pub outbox: Option<i64>,
    /// What stands for these words under the number their page gave them: said again, they make no second message.
    pub once: Option<&'a str>,
    /// Why other visitors do not see it.
    pub veil: Veil,
    /// When.
    pub at: Millis,
}

/// Whether a message is new in its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is, under this id.
    New(i64),
    /// It stands there already, under this id.
    Again(i64),
}

impl Put {
    /// The message's id.
    pub fn id(self) -> i64 {
        match self {
            Put::New(id) | Put::Again(id) => id,
        }
    }
}

impl Tx {
    /// The next revision. A counter row, not an id block: it is held until the transaction ends, so revisions become
    /// visible in their order, whichever instance wrote them, and a page that has one has all before it. Other instances'
    /// pages are told.
    pub(super) async fn room_revision(&mut self, room: &str) -> Result<i64> {
        self.tell(Tiding::Room(room.to_owned()));
        self.count_up("rooms", 1).await
    }

    /// Puts a message into a room. An outbox row, or words under a number, that already made one give that one.
    pub async fn say_in_room(&mut self, new: &NewRoomMessage<'_>) -> Result<Put> {
        let id = self.room_revision(new.room).await?;
        let body =
            serde_json::to_string(new.body).map_err(|error| StoreError::inconsistent("room_messages", id, error))?;
        let done = on!(self, |conn| {
            sqlx::query(
            "INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once, veil)
             VALUES ($1, $2, $1, $3, $4, $5, $6, $7, 0, 0, $8, $9, $10, $11) ON CONFLICT DO NOTHING"
        )
        .bind(id)
        .bind(new.room)
        .bind(new.author)
        .bind(new.name)
        .bind(new.badge)
        .bind(body)
        .bind(new.quote)
        .bind(new.outbox)
        .bind(new.at.0)
        .bind(new.once)
        .bind(new.veil.key())
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        if done == 1 {
            return Ok(Put::New(id));
        }
        let (id,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT id FROM room_messages WHERE outbox_id = $1 OR (room = $2 AND author = $3 AND once = $4)"
        )
        .bind(new.outbox)
        .bind(new.room)
        .bind(new.author)
        .bind(new.once)
        .fetch_one(conn)
        .await)?;
        Ok(Put::Again(id))
    }

    /// Changes a room message's words and buttons. False if there is no such message.
    pub async fn change_room_message(&mut self, room: &str, id: i64, body: &RoomBody, edited: bool) -> Result<bool> {
        let revision = self.room_revision(room).await?;
        let text = serde_json::to_string(body).map_err(|error| StoreError::inconsistent("room_messages", id, error))?;
        let edited = i64::from(edited);
        let done = on!(self, |conn| sqlx::query(
            "UPDATE room_messages SET body = $3, revision = $4, edited = CASE WHEN $5 = 1 THEN 1 ELSE edited END
             WHERE room = $1 AND id = $2"
        )
        .bind(room)
        .bind(id)
        .bind(text)
        .bind(revision)
        .bind(edited)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }

    /// Takes a message out of its room.
    pub async fn delete_room_message(&mut self, room: &str, id: i64) -> Result<bool> {
        let revision = self.room_revision(room).await?;
        let done = on!(self, |conn| {
            sqlx::query(
            "UPDATE room_messages SET body = '{\"text\":[],\"buttons\":[],\"pictures\":[]}', deleted = 1, revision = $3
             WHERE room = $1 AND id = $2"
        )
        .bind(room)
        .bind(id)
        .bind(revision)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(done == 1)
    }

    /// One message of a room.
    pub async fn room_message(&mut self, room: &str, id: i64) -> Result<Option<RoomMessage>> {
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM room_messages WHERE room = $1 AND id = $2"
        )))
        .bind(room)
        .bind(id)
        .fetch_optional(conn)
        .await)?;
        row.map(message).transpose()
    }

    /// The newest `limit` messages of a room, oldest first.
    pub async fn room_latest(&mut self, room: &str, limit: i64) -> Result<Vec<RoomMessage>> {
        self.room_before(room, i64::MAX, limit).await
    }

    /// The newest `limit` messages of a room before the message `id`, oldest first.
    pub async fn room_before(&mut self, room: &str, id: i64, limit: i64) -> Result<Vec<RoomMessage>> {
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM room_messages WHERE room = $1 AND id < $2 AND deleted = 0 ORDER BY id DESC LIMIT $3"
        )))
        .bind(room)
        .bind(id)
        .bind(limit)
        .fetch_all(conn)
        .await
        })?;
        rows.into_iter().rev().map(message).collect()
    }

    /// What somebody said in a room since `since`, in the order it was said; at most the last twenty.
    pub async fn said_lately(&mut self, room: &str, author: &str, since: Millis) -> Result<Vec<RoomMessage>> {
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM room_messages WHERE room = $1 AND author = $2 AND at >= $3 AND deleted = 0 ORDER BY id DESC LIMIT 20"
        )))
        .bind(room)
        .bind(author)
        .bind(since.0)
        .fetch_all(conn)
        .await
        })?;
        rows.into_iter().rev().map(message).collect()
    }

    /// What the bot said in rooms about a question.
    pub(super) async fn said_about(&mut self, question: QuestionId) -> Result<Vec<RoomMessage>> {
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
                "SELECT {COLUMNS} FROM room_messages
                 WHERE deleted = 0 AND outbox_id IN (SELECT id FROM outbox WHERE question_id = $1) ORDER BY id"
            )))
            .bind(question.0)
            .fetch_all(conn)
            .await
        })?;
        rows.into_iter().map(message).collect()
    }

    /// Messages of a room whose body holds these words, newest first. Names of fields are in the body too: look again.
    pub async fn room_search(&mut self, room: &str, words: &str) -> Result<Vec<RoomMessage>> {
        // As it stands in the body.
        let words = serde_json::Value::from(words).to_string().to_ascii_lowercase();
        let words = words[1..words.len() - 1].replace('\\', "\\\\");
        let pattern = format!("%{}%", words.replace('%', "\\%").replace('_', "\\_"));
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
                "SELECT {COLUMNS} FROM room_messages
                 WHERE room = $1 AND deleted = 0 AND LOWER(body) LIKE $2 ESCAPE '\\' ORDER BY id DESC LIMIT 500"
            )))
            .bind(room)
            .bind(pattern)
            .fetch_all(conn)
            .await
        })?;
        rows.into_iter().map(message).collect()
    }

    /// The newest revision of all rooms.
    pub async fn newest_of_rooms(&mut self) -> Result<i64> {
        self.counter("rooms").await
    }

    /// What changed in a room after `revision`, in the order it changed; at most `limit`.
    pub async fn room_since(&mut self, room: &str, revision: i64, limit: i64) -> Result<Vec<RoomMessage>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM room_messages WHERE room = $1 AND revision > $2 ORDER BY revision LIMIT $3"
        )))
        .bind(room)
        .bind(revision)
        .bind(limit)
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(message).collect()
    }

    /// The newest revision in a room, 0 for an empty one.
    pub async fn newest_revision(&mut self, room: &str) -> Result<i64> {
        let (newest,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COALESCE(MAX(revision), 0) FROM room_messages WHERE room = $1"
        )
        .bind(room)
        .fetch_one(conn)
        .await)?;
        Ok(newest)
    }

    /// Forgets what rooms showed before `before`; returns the pictures' file names to be removed.
    pub async fn forget_rooms(&mut self, before: Millis) -> Result<Vec<String>> {
        on!(self, |conn| sqlx::query("DELETE FROM room_messages WHERE at < $1")
            .bind(before.0)
            .execute(conn)
            .await
            .map(drop))?;
        let files: Vec<(String,)> = on!(self, |conn| sqlx::query_as("SELECT file FROM room_media WHERE at < $1")
            .bind(before.0)
            .fetch_all(conn)
            .await)?;
        on!(self, |conn| sqlx::query("DELETE FROM room_media WHERE at < $1")
            .bind(before.0)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(files.into_iter().map(|(file,)| file).collect())
    }
}
