//! By what people of the roster get in, as rows. Each way in begins here and ends here, and the audit says so.

use super::accounts::PROGRAM;
use super::tidings::Tiding;
use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::access::{Access, Proof, Way};
use crate::domain::chat::message::{Account, Channel};
use crate::domain::roster::people::PersonId;
use crate::secret;

/// Characters of the name by which one way in is told from another.
const KEY: usize = 10;

/// The row an access stands in.
struct Kept {
    access: Access,
    /// A token's hash, or nothing for an account, which names itself.
    token_hash: String,
}

impl Tx {
    /// The one way on which an account becomes a person's; an account that was somebody else's is theirs no longer.
    pub async fn become_person(
        &mut self,
        account: &Account,
        person: PersonId,
        proof: Proof,
        now: Millis,
    ) -> Result<()> {
        let before = self.bound_to(account).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO bindings (channel, account, person_id, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (channel, account) DO UPDATE SET person_id = $3, at = $4"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .bind(person.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        if before == Some(person) {
            return Ok(());
        }
        let before = before.map_or(String::new(), |before| format!(", before of {}", object(before)));
        let note = format!("{} {} by {}{before}", account.channel.0, digest(account), proof.key());
        self.audit(Some(person), "bound", &object(person), &note, now).await
    }

    /// Whose an account is, also of people who left.
    async fn bound_to(&mut self, account: &Account) -> Result<Option<PersonId>> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT person_id FROM bindings WHERE channel = $1 AND account = $2"
        )
        .bind(&account.channel.0)
        .bind(&account.id)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(id,)| PersonId(id)))
    }

    /// By what a person gets in, or everybody: sessions, accounts, tokens, links nobody opened; also what ran out.
    pub async fn accesses(&mut self, of: Option<PersonId>) -> Result<Vec<Access>> {
        let kept = self.kept(of).await?;
        Ok(kept.into_iter().map(|kept| kept.access).collect())
    }

    /// Ends what of a person is named by these keys, or all of it. Gives what was ended. `by`: a person of the roster, or
    /// none for the operator; `note` says more.
    pub async fn end_accesses(
        &mut self,
        of: PersonId,
        keys: Option<&[&str]>,
        (by, note): (Option<PersonId>, &str),
        now: Millis,
    ) -> Result<Vec<Access>> {
        let mut ended = Vec::new();
        for kept in self.kept(Some(of)).await? {
            if keys.is_some_and(|keys| !keys.contains(&kept.access.key.as_str())) {
                continue;
            }
            self.end(&kept).await?;
            let action = format!("{}_ended", kept.access.way.name());
            let note = format!("{} {note}", kept.access.key);
            self.audit(by, &action, &object(of), note.trim_end(), now).await?;
            ended.push(kept.access);
            self.tell(Tiding::SessionsEnded);
        }
        Ok(ended)
    }

    /// Ends whatever people who are not in the roster could still get in by.
    pub(super) async fn end_accesses_of_gone(&mut self, now: Millis) -> Result<()> {
        let gone: Vec<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT id FROM people WHERE active = 0 AND (id IN (SELECT person_id FROM bindings)
                 OR id IN (SELECT person_id FROM sessions WHERE person_id IS NOT NULL)
                 OR id IN (SELECT person_id FROM invitations WHERE used_at IS NULL)) ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        for (id,) in gone {
            self.end_accesses(PersonId(id), None, (None, "left the roster"), now)
                .await?;
        }
        Ok(())
    }

    async fn end(&mut self, kept: &Kept) -> Result<()> {
        match &kept.access.way {
            Way::Session { .. } | Way::Token { .. } => self.end_session(&kept.token_hash).await,
            Way::Account { account, .. } => {
                on!(self, |conn| sqlx::query(
                    "DELETE FROM bindings WHERE channel = $1 AND account = $2 AND person_id = $3"
                )
                .bind(&account.channel.0)
                .bind(&account.id)
                .bind(kept.access.person.0)
                .execute(conn)
                .await
                .map(drop))?;
                Ok(())
            }
            Way::Link { .. } => {
                on!(self, |conn| sqlx::query(
                    "DELETE FROM invitations WHERE token_hash = $1 AND used_at IS NULL"
                )
                .bind(&kept.token_hash)
                .execute(conn)
                .await
                .map(drop))?;
                Ok(())
            }
        }
    }

    async fn kept(&mut self, of: Option<PersonId>) -> Result<Vec<Kept>> {
        let of = of.map_or(0, |person| person.0);
        let sessions: Vec<(String, i64, i64, i64, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT token_hash, person_id, created_at, seen_at, came_from FROM sessions
             WHERE person_id IS NOT NULL AND ($1 = 0 OR person_id = $1) ORDER BY person_id, created_at, token_hash"
        )
        .bind(of)
        .fetch_all(conn)
        .await)?;
        let accounts: Vec<(String, String, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT channel, account, person_id, at FROM bindings
             WHERE $1 = 0 OR person_id = $1 ORDER BY person_id, at, channel, account"
        )
        .bind(of)
        .fetch_all(conn)
        .await)?;
        let links: Vec<(String, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT token_hash, person_id, expires_at FROM invitations
             WHERE used_at IS NULL AND ($1 = 0 OR person_id = $1) ORDER BY person_id, expires_at, token_hash"
        )
        .bind(of)
        .fetch_all(conn)
        .await)?;
        let sessions = sessions.into_iter().map(session);
        let links = links.into_iter().map(link);
        Ok(sessions.chain(accounts.into_iter().map(account)).chain(links).collect())
    }
}

/// A person as the audit names them.
fn object(person: PersonId) -> String {
    format!("person {}", person.0)
}

/// Of an account enough to know it again, not enough to know whose it is.
pub fn digest(account: &Account) -> String {
    short(&secret::hash(format!("{} {}", account.channel.0, account.id)), 16)
}

/// The name of a session or link in lists. What a list shows is not even a part of what is kept.
pub fn key(token_hash: &str) -> String {
    short(&secret::hash(token_hash), KEY)
}

fn short(hash: &str, length: usize) -> String {
    hash.chars().take(length).collect()
}

fn session((hash, person, since, seen, from): (String, i64, i64, i64, String)) -> Kept {
    let (since, seen) = (Millis(since), Millis(seen));
    let way = match from.as_str() {
        PROGRAM => Way::Token { since, seen },
        _ => Way::Session { since, seen, from },
    };
    by_token(hash, person, way)
}

fn link((hash, person, until): (String, i64, i64)) -> Kept {
    by_token(hash, person, Way::Link { until: Millis(until) })
}

fn by_token(token_hash: String, person: i64, way: Way) -> Kept {
    let access = Access {
        key: key(&token_hash),
        person: PersonId(person),
        way,
    };
    Kept { access, token_hash }
}

fn account((channel, account, person, since): (String, String, i64, i64)) -> Kept {
    let account = Account {
        channel: Channel(channel),
        id: account,
    };
    let access = Access {
        key: short(&digest(&account), KEY),
        person: PersonId(person),
        way: Way::Account {
            account,
            since: Millis(since),
        },
    };
    Kept {
        access,
        token_hash: String::new(),
    }
}
