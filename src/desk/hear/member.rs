//! Becoming known: a helper shares their own contact in private, or opens a one-time invitation.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::message::{Account, ChatKind, Incoming};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::wording;

/// Note that the roster is the invented sample.
pub(crate) const SAMPLE: &str = "sample_city";

/// `/start` in private; a link may carry an invitation.
pub(in crate::desk) async fn start(sitting: &mut Sitting<'_>, incoming: &Incoming, payload: &str) -> Result<()> {
    let account = incoming.account();
    sitting
        .tx
        .open_private(&account, &incoming.place.chat, sitting.now)
        .await?;
    if !payload.is_empty() {
        let person = sitting
            .tx
            .accept_invitation(&crate::secret::hash(payload), sitting.now)
            .await?;
        return match person {
            Some(person) => become_person(sitting, incoming, person).await,
            None => sitting.say(&incoming.place, None, wording::invitation_over()).await,
        };
    }
    match sitting.person(&account).await? {
        Some(person) => welcome(sitting, incoming, &person).await,
        None => sitting.ask_contact(&incoming.place, wording::help_private(None)).await,
    }
}

/// The number as the platform vouches for it must stand in the roster. Sample people are bound by invitation only.
pub(in crate::desk) async fn shared_contact(sitting: &mut Sitting<'_>, incoming: &Incoming, phone: &str) -> Result<()> {
    if incoming.chat_kind != ChatKind::Private {
        return Ok(());
    }
    sitting
        .tx
        .open_private(&incoming.account(), &incoming.place.chat, sitting.now)
        .await?;
    if sitting.tx.note(SAMPLE).await?.as_deref() == Some("yes") {
        return sitting
            .say(&incoming.place, None, wording::sample_by_invitation())
            .await;
    }
    match sitting.roster.person_of_phone(phone).map(|person| person.id) {
        Some(person) => become_person(sitting, incoming, person).await,
        None => sitting.say(&incoming.place, None, wording::not_in_roster()).await,
    }
}

async fn become_person(sitting: &mut Sitting<'_>, incoming: &Incoming, person: PersonId) -> Result<()> {
    let account: Account = incoming.account();
    sitting.tx.bind_account(&account, person, sitting.now).await?;
    tracing::info!(person.id = person.0, channel = account.channel.0, "account bound");
    let person = sitting.known(person)?;
    welcome(sitting, incoming, &person).await
}

async fn welcome(sitting: &mut Sitting<'_>, incoming: &Incoming, person: &Person) -> Result<()> {
    let text = match person.public(&sitting.roster) {
        Some(public) => wording::welcome_helper(&public),
        None => wording::welcome_guide(&person.name),
    };
    sitting.say(&incoming.place, None, text).await
}
