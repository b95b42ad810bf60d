//! Chats themselves: binding a group, the bot coming and going, muted, moved.

use super::{Result, Sitting};
use crate::domain::chat::group::{Group, GroupKind, Standing};
use crate::domain::chat::message::{ChatEvent, ChatKind, Heard, Incoming, Place};
use crate::domain::roster::people::{Bureau, Role};
use crate::domain::roster::rights::Right;
use crate::domain::wording;

impl Sitting<'_> {
    /// `/bind 单位 [帮办|指导|值班]`: Admin any; a BureauAdmin their own bureau's, never 指导.
    pub(super) async fn bind(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        group: Option<&Group>,
        target: Option<&(String, GroupKind)>,
    ) -> Result<()> {
        let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
        let Some(group) = group else {
            return self.say(&place, quote, wording::bind_usage()).await;
        };
        let person = self.person(&incoming.account()).await?;
        let admin = self.is_named_admin(incoming) || person.as_ref().is_some_and(|person| person.has(Role::Admin));
        let Some((name, kind)) = target else {
            let text = if admin || person.is_some() {
                wording::bind_usage()
            } else {
                wording::bind_not_allowed()
            };
            return self.say(&place, quote, text).await;
        };
        let bureau = self.roster.bureau_named(name).cloned();
        let right = match kind {
            GroupKind::Guidance => Right::BindGuidance,
            GroupKind::Help | GroupKind::Duty => Right::BindGroup,
        };
        let own = person
            .as_ref()
            .zip(bureau.as_ref())
            .is_some_and(|(person, bureau)| self.has_right(person, right, bureau.id));
        if !admin && !own {
            return self.say(&place, quote, wording::bind_not_allowed()).await;
        }
        let Some(bureau) = bureau else {
            let text = wording::no_such_bureau(name, &self.roster);
            return self.say(&place, quote, text).await;
        };
        if *kind == GroupKind::Guidance && !bureau.city {
            return self.say(&place, quote, wording::guidance_is_city()).await;
        }
        self.tx.bind_group(group.id, bureau.id, *kind).await?;
        let by = person.as_ref().map(|person| person.id);
        let what = format!("{} {}", bureau.name, kind.chinese());
        self.audit(by, "bind", &format!("group {}", group.id.0), &what).await?;
        self.tx.set_standing(group.id, Standing::Member).await?;
        tracing::info!(
            group.id = group.id.0,
            bureau.id = bureau.id.0,
            kind = kind.key(),
            "group bound"
        );
        let hears_all = self.tx.note(&hearing(group)).await?.as_deref() != Some("no");
        self.say(&place, quote, wording::bound(&bureau.name, *kind, hears_all))
            .await
    }

    /// One of the accounts that the settings name (BANGBAN_ADMINS).
    pub(super) fn is_named_admin(&self, incoming: &Incoming) -> bool {
        incoming.place.channel.0 == crate::platform::telegram::NAME
            && incoming
                .from
                .id
                .parse()
                .is_ok_and(|id: i64| self.desk.config.telegram.admins.contains(&id))
    }

    /// Something happened to a chat.
    pub(super) async fn chat_changed(&mut self, incoming: &Incoming, event: &ChatEvent) -> Result<()> {
        let place = &incoming.place;
        if incoming.chat_kind == ChatKind::Private {
            return match event {
                ChatEvent::BotRemoved | ChatEvent::BotMuted => {
                    Ok(self.tx.private_blocked(&place.channel.0, &place.chat).await?)
                }
                ChatEvent::BotAdded { .. }
                | ChatEvent::BotMayWrite { .. }
                | ChatEvent::MigratedTo(_)
                | ChatEvent::MemberLeft(_) => Ok(()),
            };
        }
        match event {
            ChatEvent::BotAdded { hears_all } | ChatEvent::BotMayWrite { hears_all } => {
                self.may_write(incoming, *hears_all).await
            }
            ChatEvent::BotRemoved => self.lost(incoming, Standing::Gone).await,
            ChatEvent::BotMuted => self.lost(incoming, Standing::Muted).await,
            ChatEvent::MigratedTo(new) => Ok(self.tx.move_chat(&place.channel, &place.chat, new).await?),
            // A helper who left one group still helps in private and elsewhere: nothing to do.
            ChatEvent::MemberLeft(_) => Ok(()),
        }
    }

    async fn may_write(&mut self, incoming: &Incoming, hears_all: bool) -> Result<()> {
        let group = self
            .tx
            .meet_group(&incoming.place.channel, &incoming.place.chat, &incoming.title, self.now)
            .await?;
        self.tx.set_standing(group.id, Standing::Member).await?;
        let before = self.tx.note(&hearing(&group)).await?;
        self.tx
            .set_note(&hearing(&group), if hears_all { "yes" } else { "no" })
            .await?;
        if group.bound.is_none() {
            let never = self.now.plus(-365 * 24 * 3_600_000);
            if self.tx.tell_group_once(group.id, never, self.now).await? {
                self.say(&incoming.place, None, wording::unbound()).await?;
            }
            return Ok(());
        }
        if !hears_all && before.as_deref() != Some("no") {
            self.say(&incoming.place, None, wording::cannot_hear()).await?;
        }
        Ok(())
    }

    async fn lost(&mut self, incoming: &Incoming, standing: Standing) -> Result<()> {
        let place = &incoming.place;
        match self.tx.group_of_chat(&place.channel, &place.chat).await? {
            Some(group) => self.cannot_write(&group, standing).await,
            None => Ok(()),
        }
    }

    /// Private chats of those who arrange things for a bureau.
    pub(super) async fn keeper_places(&mut self, bureau: &Bureau) -> Result<Vec<Place>> {
        let keepers = self.roster.keepers_of(bureau.id);
        self.private_places(&keepers).await
    }
}

fn hearing(group: &Group) -> String {
    format!("hears:{}", group.id.0)
}
