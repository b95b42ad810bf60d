//! Becoming known: a helper shares their own contact in private, or opens a one-time invitation.

use super::{Result, Sitting};
use crate::domain::chat::message::{Account, ChatKind, Incoming};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::wording;

/// Note that the roster is the invented sample.
pub(crate) const SAMPLE: &str = "sample_city";

impl Sitting<'_> {
    /// `/start` in private; a link may carry an invitation.
    pub(super) async fn start(&mut self, incoming: &Incoming, payload: &str) -> Result<()> {
        let account = incoming.account();
        self.tx.open_private(&account, &incoming.place.chat, self.now).await?;
        if !payload.is_empty() {
            let person = self
                .tx
                .accept_invitation(&crate::secret::hash(payload), self.now)
                .await?;
            return match person {
                Some(person) => self.become_person(incoming, person).await,
                None => self.say(&incoming.place, None, wording::invitation_over()).await,
            };
        }
        match self.person(&account).await? {
            Some(person) => self.welcome(incoming, &person).await,
            None => self.ask_contact(&incoming.place, wording::help_private()).await,
        }
    }

    /// The number as the platform vouches for it must stand in the roster. Sample people are bound by invitation only.
    pub(super) async fn shared_contact(&mut self, incoming: &Incoming, phone: &str) -> Result<()> {
        if incoming.chat_kind != ChatKind::Private {
            return Ok(());
        }
        self.tx
            .open_private(&incoming.account(), &incoming.place.chat, self.now)
            .await?;
        if self.tx.note(SAMPLE).await?.as_deref() == Some("yes") {
            return self.say(&incoming.place, None, wording::sample_by_invitation()).await;
        }
        match self.roster.person_of_phone(phone).map(|person| person.id) {
            Some(person) => self.become_person(incoming, person).await,
            None => self.say(&incoming.place, None, wording::not_in_roster()).await,
        }
    }

    async fn become_person(&mut self, incoming: &Incoming, person: PersonId) -> Result<()> {
        let account: Account = incoming.account();
        self.tx.bind_account(&account, person, self.now).await?;
        tracing::info!(person.id = person.0, channel = account.channel.0, "account bound");
        let person = self.known(person)?;
        self.welcome(incoming, &person).await
    }

    async fn welcome(&mut self, incoming: &Incoming, person: &Person) -> Result<()> {
        let text = match person.public(&self.roster) {
            Some(public) => wording::welcome_helper(&public),
            None => wording::welcome_guide(&person.name),
        };
        self.say(&incoming.place, None, text).await
    }
}
