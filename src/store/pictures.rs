//! Pictures of the web group's rooms: whose each is, how many bytes are kept, and how one is taken down everywhere.

use super::{Result, Tx};
use crate::clock::Millis;

/// A picture that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomMedia {
    /// The room it was sent to.
    pub room: String,
    /// Its kind.
    pub mime: String,
    /// Its file's name.
    pub file: String,
    /// The account that sent it; empty where an older program kept it.
    pub author: String,
    /// A member of staff sent it.
    pub by_staff: bool,
    /// How large it is.
    pub bytes: i64,
}

impl Tx {
    /// Notes a picture that was put into a room.
    pub async fn add_room_media(&mut self, id: &str, media: &RoomMedia, at: Millis) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(id)
        .bind(&media.room)
        .bind(&media.mime)
        .bind(&media.file)
        .bind(at.0)
        .bind(&media.author)
        .bind(i64::from(media.by_staff))
        .bind(media.bytes)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// A picture that is kept.
    pub async fn room_media(&mut self, id: &str) -> Result<Option<RoomMedia>> {
        let row: Option<(String, String, String, String, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT room, mime, file, author, by_staff, bytes FROM room_media WHERE id = $1"
        )
        .bind(id)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(room, mime, file, author, by_staff, bytes)| RoomMedia {
            room,
            mime,
            file,
            author,
            by_staff: by_staff != 0,
            bytes,
        }))
    }

    /// The files of all pictures that are kept.
    pub async fn picture_files(&mut self) -> Result<Vec<String>> {
        let files: Vec<(String,)> = on!(self, |conn| sqlx::query_as("SELECT file FROM room_media")
            .fetch_all(conn)
            .await)?;
        Ok(files.into_iter().map(|(file,)| file).collect())
    }

    /// Bytes of pictures that are kept: of one account, and in all.
    pub async fn kept_pictures(&mut self, author: &str) -> Result<(i64, i64)> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT CAST(COALESCE(SUM(CASE WHEN author = $1 THEN bytes ELSE 0 END), 0) AS BIGINT),
                    CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM room_media"
        )
        .bind(author)
        .fetch_one(conn)
        .await)?)
    }

    /// Takes a picture out of every message that shows it; a message without words goes with it. Gives its file, and the
    /// rooms that changed.
    pub async fn take_picture_down(&mut self, id: &str) -> Result<(Option<String>, Vec<String>)> {
        let file = self.room_media(id).await?.map(|media| media.file);
        on!(self, |conn| sqlx::query("DELETE FROM room_media WHERE id = $1")
            .bind(id)
            .execute(conn)
            .await
            .map(drop))?;
        // An id is of random digits: nothing else in a body looks like it.
        let shown: Vec<(String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT room, id FROM room_messages WHERE deleted = 0 AND body LIKE $1 ORDER BY id"
        )
        .bind(format!("%\"{id}\"%"))
        .fetch_all(conn)
        .await)?;
        let mut rooms = Vec::new();
        for (room, message) in shown {
            let Some(mut shown) = self.room_message(&room, message).await? else {
                continue;
            };
            shown.body.pictures.retain(|picture| picture != id);
            if shown.body.pictures.is_empty() && shown.body.text.0.is_empty() {
                self.delete_room_message(&room, message).await?;
            } else {
                self.change_room_message(&room, message, &shown.body, false).await?;
            }
            rooms.push(room);
        }
        rooms.dedup();
        Ok((file, rooms))
    }
}
