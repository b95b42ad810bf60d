//! One message in a bound group, with everything that decides what it is.

use crate::desk::Result;
use crate::desk::ground::readings;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{Heard, Incoming, MessageRef, ReplyTo};
use crate::domain::chat::role::Role;
use crate::domain::fit;
use crate::domain::privacy;
use crate::domain::roster::people::{Person, Roster};
use crate::store::links::Link;

/// One message in a bound group, with everything that decides what it is.
#[derive(Clone)]
pub(crate) struct Said<'a> {
    pub incoming: &'a Incoming,
    pub heard: &'a Heard,
    pub group: &'a Group,
    pub kind: GroupKind,
    pub person: Option<Person>,
    /// What the message it replies to belongs to.
    pub link: Option<Link>,
    /// The bot was spoken to: by name, by /ask, or by a reply to it.
    pub addressed: bool,
}

impl Said<'_> {
    /// The sender answers questions here, or only staff speak here: what they write is no question unless they say so.
    pub(in crate::desk) fn by_staff(&self, roster: &Roster) -> bool {
        let helper = self.person.as_ref().filter(|person| person.is_helper());
        match self.kind {
            GroupKind::Help => helper.is_some(),
            GroupKind::Guidance => {
                helper.is_some_and(|helper| roster.bureau(helper.bureau).is_some_and(|bureau| bureau.city))
            }
            GroupKind::Duty => true,
        }
    }
}

impl Said<'_> {
    /// The way an act came in.
    pub fn via(&self) -> Via {
        Via {
            place: self.incoming.place.clone(),
            account: self.incoming.account(),
            person: self.person.clone(),
            press: None,
            text_id: Some(self.heard.id.clone()),
            link: self.link.clone(),
            media: self.heard.media.clone(),
            stuck: self.heard.stuck,
        }
    }

    /// The message itself.
    pub fn message(&self) -> MessageRef {
        MessageRef {
            place: self.incoming.place.clone(),
            id: self.heard.id.clone(),
        }
    }

    /// The words as they may be kept.
    pub fn masked(&self, words: &str) -> privacy::Masked {
        readings::masked(words)
    }
}

impl Sitting<'_> {
    /// A message as a reply: where messages cannot be replied to, words that begin with a question's number reply to what
    /// stands here about it. A command replies to the answer, anything else to the card first.
    pub(in crate::desk) async fn as_reply(&mut self, incoming: &Incoming, heard: &Heard) -> Result<Heard> {
        const ROLES: [Role; 10] = [
            Role::City,
            Role::Advice,
            Role::Whisper,
            Role::Card,
            Role::Notice,
            Role::Ask,
            Role::Again,
            Role::Answer,
            Role::Reply,
            Role::Rating,
        ];
        let can = self.desk.channels.can(&incoming.place.channel);
        let named = fit::named_first(&heard.text).filter(|_| !can.quote && heard.reply_to.is_none());
        let Some((question, words)) = named else {
            return Ok(heard.clone());
        };
        let roles = if words.starts_with('/') {
            &[Role::Answer][..]
        } else {
            &ROLES
        };
        for role in roles {
            let links = self.tx.links_of(question, *role).await?;
            let here = |link: &&Link| {
                let place = &link.message.place;
                place.channel == incoming.place.channel && place.chat == incoming.place.chat
            };
            if let Some(link) = links.iter().rev().find(here) {
                let reply_to = Some(ReplyTo {
                    id: link.message.id.clone(),
                    to_bot: ![Role::Ask, Role::Again].contains(role),
                });
                let text = words.into();
                return Ok(Heard {
                    text,
                    reply_to,
                    ..heard.clone()
                });
            }
        }
        Ok(heard.clone())
    }

    /// What the message replied to has to do with a question.
    pub(in crate::desk) async fn replied_to(&mut self, incoming: &Incoming, heard: &Heard) -> Result<Option<Link>> {
        let Some(reply) = &heard.reply_to else { return Ok(None) };
        let place = &incoming.place;
        Ok(self.tx.link_of(&place.channel, &place.chat, &reply.id).await?)
    }
}
