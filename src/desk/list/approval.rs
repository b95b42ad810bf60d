//! The word of a person that an edition may go out through the official account: their own, or given for them by whoever
//! works at the command line, which the audit then says.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::list::Attempt;
use crate::domain::list::publication::{NotTaken, Publication, REST, Way};
use crate::domain::roster::people::Person;
use crate::store::Tx;

/// Whose word it is.
#[derive(Clone, Copy)]
pub enum Word<'a> {
    /// The person's, who proved to be the one.
    Own,
    /// The operator's, who says that it is the person's.
    Vouched {
        /// As the system knows them.
        operator: &'a str,
    },
}

/// Agrees in a person's name that a draft may be published.
pub async fn approve(
    tx: &mut Tx,
    mut publication: Publication,
    (person, word): (&Person, Word<'_>),
    way: Way,
    now: Millis,
) -> Attempt<Publication, NotTaken> {
    let made_by = tx.edition_made_by(publication.edition).await?.unwrap_or_default();
    match publication.approved(person, &made_by, way, now) {
        Ok(state) => publication.state = state,
        Err(why) => return Ok(Err(why)),
    }
    save(tx, &mut publication, (person, word), "wechat_approve", now).await?;
    Ok(Ok(publication))
}

/// Takes back that a draft may be published.
pub async fn unapprove(
    tx: &mut Tx,
    mut publication: Publication,
    (person, word): (&Person, Word<'_>),
    now: Millis,
) -> Attempt<Publication, NotTaken> {
    match publication.unapproved(person) {
        Ok(state) => publication.state = state,
        Err(why) => return Ok(Err(why)),
    }
    save(tx, &mut publication, (person, word), "wechat_unapprove", now).await?;
    Ok(Ok(publication))
}

async fn save(
    tx: &mut Tx,
    publication: &mut Publication,
    (person, word): (&Person, Word<'_>),
    action: &str,
    now: Millis,
) -> Result<()> {
    publication.next_at = REST;
    publication.trouble.clear();
    let (by, note) = match word {
        Word::Own => (Some(person.id), "by themselves".to_owned()),
        Word::Vouched { operator } => (None, format!("operator {operator} vouches for person {}", person.id)),
    };
    tx.audit(by, action, &publication.name(), &note, now).await?;
    Ok(tx.save_publication(publication, now).await?)
}
