//! Who an account is: bindings to people of the roster, one-time invitations, browser sessions, opened private chats.
//! How an account becomes a person's, and how that ends, is in `access`.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::message::Account;
use crate::domain::roster::people::PersonId;

/// A one-time link can be opened this long: it is handed over at once, and another is made as quickly.
pub const INVITATION_MS: i64 = 15 * 60_000;
/// What a clock is put right by in passing.
pub const SET_RIGHT_MS: i64 = 60_000;

/// Where the token of another program (`/api/v1`) says it came from: no address looks like that.
pub const PROGRAM: &str = "api";

/// A browser's session, or the token by which another program works as somebody of staff.
#[derive(Clone, Debug)]
pub struct Session {
    /// The account it stands for on the web channel.
    pub account: String,
    /// A visitor's chosen name; empty until chosen.
    pub nickname: String,
    /// The member of staff it belongs to; none for visitors.
    pub person: Option<PersonId>,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used.
    pub seen_at: Millis,
    /// From which address staff signed in; empty for visitors, [`PROGRAM`] for a token.
    pub from: String,
}

impl Session {
    /// Whether it is a program's token, which no cookie carries.
    pub fn is_token(&self) -> bool {
        self.from == PROGRAM
    }
}

impl Tx {
    /// The person bound to an account, active people only.
    pub async fn person_of(&mut self, account: &Account) -> Result<Option<PersonId>> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT people.id FROM bindings JOIN people ON people.id = bindings.person_id
             WHERE bindings.channel = $1 AND bindings.account = $2 AND people.active = 1"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(id,)| PersonId(id)))
    }

    /// A person's account in one channel, the newest if there are several.
    pub async fn account_of(&mut self, person: PersonId, channel: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT account FROM bindings WHERE person_id = $1 AND channel = $2 ORDER BY at DESC LIMIT 1"
        )
        .bind(person.0)
        .bind(channel)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(account,)| account))
    }

    /// Keeps a one-time invitation (only its token's hash).
    pub async fn invite(&mut self, token_hash: &str, person: PersonId, expires_at: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO invitations (token_hash, person_id, expires_at) VALUES ($1, $2, $3)"
        )
        .bind(token_hash)
        .bind(person.0)
        .bind(expires_at.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Ends a person's invitations that nobody used, because they get another; how many there were.
    pub async fn end_invitations(&mut self, person: PersonId) -> Result<u64> {
        Ok(on!(self, |conn| sqlx::query(
            "DELETE FROM invitations WHERE person_id = $1 AND used_at IS NULL"
        )
        .bind(person.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?)
    }

    /// Whom an unused, unexpired invitation is for, without using it.
    pub async fn invited(&mut self, token_hash: &str, now: Millis) -> Result<Option<PersonId>> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT invitations.person_id FROM invitations JOIN people ON people.id = invitations.person_id
             WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND expires_at <= $3 AND people.active = 1"
        )
        .bind(token_hash)
        .bind(now.0)
        // A clock that was set back makes no invitation last longer.
        .bind(now.plus(INVITATION_MS + SET_RIGHT_MS).0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(id,)| PersonId(id)))
    }

    /// Uses an invitation up; of several at once one gets the person.
    pub async fn accept_invitation(&mut self, token_hash: &str, now: Millis) -> Result<Option<PersonId>> {
        let Some(person) = self.invited(token_hash, now).await? else {
            return Ok(None);
        };
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE invitations SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL"
        )
        .bind(token_hash)
        .bind(now.0)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok((rows == 1).then_some(person))
    }

    /// Starts a browser session.
    pub async fn start_session(&mut self, token_hash: &str, session: &Session) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(token_hash)
        .bind(&session.account)
        .bind(&session.nickname)
        .bind(session.person.map(|person| person.0))
        .bind(session.created_at.0)
        .bind(session.seen_at.0)
        .bind(&session.from)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// A browser session by its token's hash. A session of a person who left the roster is none.
    pub async fn session(&mut self, token_hash: &str) -> Result<Option<Session>> {
        let row: Option<(String, String, Option<i64>, i64, i64, String)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT account, nickname, person_id, created_at, seen_at, came_from FROM sessions WHERE token_hash = $1
             AND (person_id IS NULL OR EXISTS (SELECT 1 FROM people WHERE people.id = sessions.person_id AND people.active = 1))"
        )
        .bind(token_hash)
        .fetch_optional(conn)
        .await
        })?;
        Ok(row.map(|(account, nickname, person, created, seen, from)| Session {
            account,
            nickname,
            person: person.map(PersonId),
            created_at: Millis(created),
            seen_at: Millis(seen),
            from,
        }))
    }

    /// Notes that a session was used.
    pub async fn touch_session(&mut self, token_hash: &str, at: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE sessions SET seen_at = $2 WHERE token_hash = $1"
        )
        .bind(token_hash)
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Gives a visitor's session a name.
    pub async fn name_session(&mut self, token_hash: &str, nickname: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE sessions SET nickname = $2 WHERE token_hash = $1"
        )
        .bind(token_hash)
        .bind(nickname)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&mut self, token_hash: &str) -> Result<()> {
        on!(self, |conn| sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Ends a person's sessions but the few that were used last; programs' tokens are no part of them.
    pub async fn end_oldest_sessions(&mut self, person: PersonId, keep: i64) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "DELETE FROM sessions WHERE person_id = $1 AND came_from <> $3 AND token_hash NOT IN
             (SELECT token_hash FROM sessions WHERE person_id = $1 AND came_from <> $3
              ORDER BY seen_at DESC, token_hash LIMIT $2)"
        )
        .bind(person.0)
        .bind(keep)
        .bind(PROGRAM)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Notes that somebody opened a private chat with the bot.
    pub async fn open_private(&mut self, account: &Account, chat: &str, at: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES ($1, $2, $3, $4, 0)
             ON CONFLICT (channel, account) DO UPDATE SET chat = $3, blocked = 0"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .bind(chat)
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Notes that the bot can no longer write to a private chat.
    pub async fn private_blocked(&mut self, channel: &str, chat: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE private_chats SET blocked = 1 WHERE channel = $1 AND chat = $2"
        )
        .bind(channel)
        .bind(chat)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The private chat an account opened and did not block.
    pub async fn private_chat(&mut self, account: &Account) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT chat FROM private_chats WHERE channel = $1 AND account = $2 AND blocked = 0"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(chat,)| chat))
    }

    /// Every private chat a person opened and did not block: channel, account, chat.
    pub async fn private_chats_of(&mut self, person: PersonId) -> Result<Vec<(Account, String)>> {
        let rows: Vec<(String, String, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT p.channel, p.account, p.chat FROM private_chats p
             JOIN bindings b ON b.channel = p.channel AND b.account = p.account
             WHERE b.person_id = $1 AND p.blocked = 0 ORDER BY p.channel, p.account"
        )
        .bind(person.0)
        .fetch_all(conn)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(channel, account, chat)| {
                (
                    Account {
                        channel: crate::domain::chat::message::Channel(channel),
                        id: account,
                    },
                    chat,
                )
            })
            .collect())
    }
}

impl Tx {
    /// Ends every binding, invitation and staff session: the sample city's people give way to real ones.
    pub async fn forget_sample_people(&mut self) -> Result<()> {
        for text in [
            "DELETE FROM bindings",
            "DELETE FROM invitations",
            "DELETE FROM private_chats",
            "DELETE FROM sessions WHERE person_id IS NOT NULL",
        ] {
            on!(self, |conn| sqlx::query(text).execute(conn).await.map(drop))?;
        }
        Ok(())
    }
}
