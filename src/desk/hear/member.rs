//! Becoming known: a helper shares their own contact in private, or opens a one-time invitation.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::access::Proof;
use crate::domain::chat::message::{Account, ChatKind, Incoming};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::wording;
use crate::store::access;

/// Note that the roster is the invented sample.
pub(crate) const SAMPLE: &str = "sample_city";

/// That one account failed is written down again after this long.
const NOTED_AGAIN_MS: i64 = 600_000;

/// `/start` in private; a link may carry an invitation, which counts where the channel vouches for accounts.
pub(in crate::desk) async fn start(sitting: &mut Sitting<'_>, incoming: &Incoming, payload: &str) -> Result<()> {
    let account = incoming.account();
    sitting
        .tx
        .open_private(&account, &incoming.place.chat, sitting.now)
        .await?;
    if !payload.is_empty() {
        return redeem(sitting, incoming, payload).await;
    }
    match sitting.person(&account).await? {
        Some(person) => welcome(sitting, incoming, &person).await,
        None => sitting.ask_contact(&incoming.place, wording::help_private(None)).await,
    }
}

async fn redeem(sitting: &mut Sitting<'_>, incoming: &Incoming, payload: &str) -> Result<()> {
    if !sitting.desk.channels.can(&incoming.place.channel).vouches {
        note_failed(sitting, incoming, "a link typed where nobody vouches for accounts").await?;
        return sitting.say(&incoming.place, None, wording::open_the_link()).await;
    }
    let invited = sitting
        .tx
        .accept_invitation(&crate::secret::hash(payload), sitting.now)
        .await?;
    match invited {
        Some(person) => become_person(sitting, incoming, person, Proof::Link).await,
        None => {
            note_failed(sitting, incoming, "a link that is not good").await?;
            sitting.say(&incoming.place, None, wording::invitation_over()).await
        }
    }
}

/// The number as the platform vouches for it must stand in the roster. Sample people are bound by invitation only.
pub(in crate::desk) async fn shared_contact(sitting: &mut Sitting<'_>, incoming: &Incoming, phone: &str) -> Result<()> {
    let vouched = sitting.desk.channels.can(&incoming.place.channel).vouches;
    if incoming.chat_kind != ChatKind::Private || !vouched {
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
        Some(person) => become_person(sitting, incoming, person, Proof::OwnNumber).await,
        None => {
            note_failed(sitting, incoming, "a number that is not in the roster").await?;
            sitting.say(&incoming.place, None, wording::not_in_roster()).await
        }
    }
}

async fn become_person(sitting: &mut Sitting<'_>, incoming: &Incoming, person: PersonId, proof: Proof) -> Result<()> {
    let account: Account = incoming.account();
    sitting.tx.become_person(&account, person, proof, sitting.now).await?;
    tracing::info!(person.id = person.0, channel = account.channel.0, "account bound");
    let person = sitting.known(person)?;
    welcome(sitting, incoming, &person).await
}

/// Writes down that somebody wanted to be a person and is not; of one account once in a while, so that nobody can fill
/// the record.
async fn note_failed(sitting: &mut Sitting<'_>, incoming: &Incoming, why: &str) -> Result<()> {
    let account = incoming.account();
    let until = sitting.now.plus(NOTED_AGAIN_MS);
    if !sitting
        .tx
        .tell_once(&account, "sign_in_failed", until, sitting.now)
        .await?
    {
        return Ok(());
    }
    let note = format!("{why}, account {}", access::digest(&account));
    sitting.audit(None, "sign_in_failed", &account.channel.0, &note).await
}

async fn welcome(sitting: &mut Sitting<'_>, incoming: &Incoming, person: &Person) -> Result<()> {
    let text = match person.public(&sitting.roster) {
        Some(public) => wording::welcome_helper(&public),
        None => wording::welcome_guide(&person.name),
    };
    sitting.say(&incoming.place, None, text).await
}
