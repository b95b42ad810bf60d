//! What is known for minutes of messages that belong to no question: what they said last, as a print that says nothing,
//! and which of them are one album.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::message::{Account, MessageRef, Place};

/// Where the prints of a message stand among what somebody was told.
fn said(message: &MessageRef) -> String {
    format!("said:{}:{}:", message.place.chat, message.id)
}

/// What a message says, held against what it said when it was heard last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// The same.
    Same,
    /// Something else.
    Other,
    /// It was not heard before, or so long ago that it is forgotten.
    New,
}

impl Tx {
    /// Notes what a message of somebody says, until then.
    pub async fn saying(&mut self, who: &Account, message: &MessageRef, print: &str, until: Millis) -> Result<Saying> {
        let said = said(message);
        let what = format!("{said}{print}");
        let known = self.lately(who, &said).await?;
        if known.contains(&what) {
            return Ok(Saying::Same);
        }
        let saying = if known.is_empty() { Saying::New } else { Saying::Other };
        for before in known {
            self.forget_lately(who, &before).await?;
        }
        self.note_lately(who, &what, until).await?;
        Ok(saying)
    }

    /// The messages of an album that are known, by their ids, with what was noted of each.
    pub async fn album(&mut self, who: &Account, place: &Place, album: &str) -> Result<Vec<(String, String)>> {
        let begins = format!("album:{}:{album}:", place.chat);
        let known = self.lately(who, &begins).await?;
        let one = |what: String| {
            let (id, noted) = what.strip_prefix(&begins)?.split_once(':')?;
            Some((id.to_owned(), noted.to_owned()))
        };
        let mut known: Vec<(String, String)> = known.into_iter().filter_map(one).collect();
        known.sort_by(|(one, _), (other, _)| one.len().cmp(&other.len()).then(one.cmp(other)));
        Ok(known)
    }

    /// Notes a message of an album, until then.
    pub async fn note_album(
        &mut self,
        who: &Account,
        message: &MessageRef,
        album: &str,
        noted: &str,
        until: Millis,
    ) -> Result<()> {
        let what = format!("album:{}:{album}:{}:{noted}", message.place.chat, message.id);
        self.note_lately(who, &what, until).await
    }

    /// Forgets what is over.
    pub async fn forget_told(&mut self, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM told WHERE until <= $1")
            .bind(now.0)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }

    /// What is known of somebody that begins like this.
    async fn lately(&mut self, who: &Account, begins: &str) -> Result<Vec<String>> {
        let length = i64::try_from(begins.chars().count()).unwrap_or(i64::MAX);
        let rows: Vec<(String,)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT what FROM told WHERE channel = $1 AND account = $2 AND SUBSTR(what, 1, CAST($4 AS INTEGER)) = $3
             ORDER BY what"
        )
        .bind(&who.channel.0)
        .bind(&who.id)
        .bind(begins)
        .bind(length)
        .fetch_all(conn)
        .await
        })?;
        Ok(rows.into_iter().map(|(what,)| what).collect())
    }

    async fn note_lately(&mut self, who: &Account, what: &str, until: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO told (channel, account, what, until) VALUES ($1, $2, $3, $4)
             ON CONFLICT (channel, account, what) DO UPDATE SET until = $4"
        )
        .bind(&who.channel.0)
        .bind(&who.id)
        .bind(what)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    async fn forget_lately(&mut self, who: &Account, what: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM told WHERE channel = $1 AND account = $2 AND what = $3"
        )
        .bind(&who.channel.0)
        .bind(&who.id)
        .bind(what)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}
