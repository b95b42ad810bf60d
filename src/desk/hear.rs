//! What is heard, sorted: by place, by sender, by what it asks for. Silence is the default.

use super::{Result, Sitting};
use crate::domain::asking::question::Refusal;
use crate::domain::asking::request::{self, Request};
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{ChatKind, Event, Heard, Incoming, Press, SenderKind};
use crate::domain::chat::owed::Owed;
use crate::domain::privacy;
use crate::domain::roster::people::{Person, Roster};
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::faq::{Audience, Gate};
use crate::store::links::Link;

use super::act::Via;
use super::guidance::{ADVICE, CITY};
use super::owe::Push;

/// A group that was told how to be bound is not told again.
const TOLD_AGAIN_MS: i64 = 365 * 24 * 3_600_000;

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
    fn by_staff(&self, roster: &Roster) -> bool {
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

impl Sitting<'_> {
    /// Does what a message, press or event asks for.
    pub async fn hear(&mut self, incoming: &Incoming) -> Result<()> {
        match &incoming.event {
            Event::Message(heard) => self.hear_message(incoming, heard).await,
            Event::Edited(heard) => self.hear_edited(incoming, heard).await,
            Event::Press(press) => self.hear_press(incoming, press).await,
            Event::OwnContact(phone) => self.shared_contact(incoming, phone).await,
            Event::Chat(event) => self.chat_changed(incoming, event).await,
        }
    }

    pub(super) async fn hear_message(&mut self, incoming: &Incoming, heard: &Heard) -> Result<()> {
        match incoming.from.kind {
            SenderKind::Bot => return Ok(()),
            SenderKind::Anonymous | SenderKind::ChannelIdentity => return self.hear_faceless(incoming, heard).await,
            SenderKind::Person => {}
        }
        if incoming.chat_kind == ChatKind::Private {
            return self.hear_private(incoming, heard).await;
        }
        let group = self
            .tx
            .meet_group(&incoming.place.channel, &incoming.place.chat, &incoming.title, self.now)
            .await?;
        if let Some((_, kind)) = group.bound {
            self.hear_in_group(incoming, heard, &group, kind).await
        } else {
            self.hear_unbound(incoming, heard, &group).await
        }
    }

    /// An unbound group hears once how to be bound; only /bind does anything there.
    async fn hear_unbound(&mut self, incoming: &Incoming, heard: &Heard, group: &Group) -> Result<()> {
        if let Request::Command(command @ request::Command::Bind(_)) = request::parse(&heard.text, heard.addressed) {
            return self.command(incoming, heard, Some(group), &command).await;
        }
        if self
            .tx
            .tell_group_once(group.id, self.now.plus(-TOLD_AGAIN_MS), self.now)
            .await?
        {
            self.say(&incoming.place, None, wording::unbound()).await?;
        }
        Ok(())
    }

    /// Anonymous administrators and channels have no account that could be held to anything.
    async fn hear_faceless(&mut self, incoming: &Incoming, heard: &Heard) -> Result<()> {
        let group = self
            .tx
            .group_of_chat(&incoming.place.channel, &incoming.place.chat)
            .await?;
        let bound = group.as_ref().is_some_and(|group| group.bound.is_some());
        let wants_something = match request::parse(&heard.text, heard.addressed) {
            Request::Command(_) | Request::Act(..) => true,
            Request::UnknownCommand => false,
            Request::Words(words) => heard.addressed || (bound && self.served.faq().gate(&words) == Gate::Question),
        };
        if wants_something && incoming.chat_kind == ChatKind::Group {
            self.say(&incoming.place, Some(&heard.id), wording::use_own_account())
                .await?;
        }
        Ok(())
    }

    /// What the message replied to has to do with a question.
    pub(super) async fn replied_to(&mut self, incoming: &Incoming, heard: &Heard) -> Result<Option<Link>> {
        let Some(reply) = &heard.reply_to else { return Ok(None) };
        let place = &incoming.place;
        Ok(self.tx.link_of(&place.channel, &place.chat, &reply.id).await?)
    }

    async fn hear_in_group(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        group: &Group,
        kind: GroupKind,
    ) -> Result<()> {
        let person = self.person(&incoming.account()).await?;
        let link = self.replied_to(incoming, heard).await?;
        let said = Said {
            incoming,
            heard,
            group,
            kind,
            person,
            link,
            addressed: heard.addressed,
        };
        self.ask_to_delete(&said).await?;
        match request::parse(&heard.text, heard.addressed) {
            Request::Command(command) => self.command(incoming, heard, Some(group), &command).await,
            Request::Act(act, number) => match self.act(&said.via(), &act, number).await? {
                true => Ok(()),
                // A word like 人工 without a question of one's own is just a word.
                false => self.hear_words(&said, &heard.text).await,
            },
            Request::Words(words) => self.hear_words(&said, &words).await,
            Request::UnknownCommand if heard.addressed => self.help(&said).await,
            Request::UnknownCommand => Ok(()),
        }
    }

    /// An identity or card number that all the group can read: the sender is told to delete it, and the bot deletes it
    /// where it may (PRODUCT §2.1; 个人信息保护法 第五十一条). Also where nothing was asked.
    async fn ask_to_delete(&mut self, said: &Said<'_>) -> Result<()> {
        let masked = said.masked(&said.heard.text);
        let found: Vec<&str> = masked.to_delete().map(privacy::Hidden::name).collect();
        if said.heard.shown_masked || found.is_empty() {
            return Ok(());
        }
        let (place, message) = (&said.incoming.place, said.heard.id.clone());
        self.say(place, Some(&message), wording::delete_please(&found)).await?;
        let owed = Owed::Delete { message };
        Ok(self.tx.owe(place, None, "delete", &owed, self.now).await?)
    }

    async fn hear_words(&mut self, said: &Said<'_>, words: &str) -> Result<()> {
        if let Some(link) = said.link.clone() {
            let question = self.tx.question(link.question).await?;
            if let Some(question) = question {
                if question.asker == said.incoming.account() {
                    return self.asker_goes_on(said, question, words).await;
                }
                let helper = said.person.as_ref().filter(|person| person.is_helper());
                match (helper, link.role.as_str()) {
                    (Some(_), "ask" | "again" | "card" | "notice" | ADVICE) => {
                        return self.helper_replies(said, question, words).await;
                    }
                    (Some(helper), CITY) if self.has_right(helper, Right::Advise, question.bureau) => {
                        return self.city_advises(said, &question, words).await;
                    }
                    (Some(_) | None, _) => {}
                }
            }
        }
        let to_somebody_else = said.heard.mentions_others
            || said.heard.forwarded
            || (said.link.is_none() && said.heard.reply_to.as_ref().is_some_and(|reply| !reply.to_bot));
        let by_staff = said.by_staff(&self.roster);
        let replies_to_bot = said.heard.reply_to.as_ref().is_some_and(|reply| reply.to_bot);
        let addressed = said.heard.addressed || (replies_to_bot && !by_staff);
        let said = &Said {
            addressed,
            ..said.clone()
        };
        if !addressed && (by_staff || to_somebody_else) {
            return Ok(());
        }
        if words.trim().is_empty() {
            return self.hear_media_only(said, addressed).await;
        }
        if !addressed && self.joins_burst(said, words).await? {
            return Ok(());
        }
        let faq = self.served.faq();
        let gate = if addressed {
            faq.gate_by_words(words, true)
        } else {
            faq.gate(words)
        };
        match gate {
            Gate::Question if addressed && self.is_chatter(words) => self.help(said).await,
            Gate::Question => self.ask(said, words).await,
            Gate::Direction { name, phone } => self.direct(said, words, &name, &phone).await,
            Gate::Chatter if addressed => self.help(said).await,
            Gate::Chatter => {
                let day = self.desk.day(self.now).to_string();
                Ok(self.tx.tally(&day, said.group.id, "silent").await?)
            }
        }
    }

    /// Addressed, but only a greeting or thanks: the help line, no ticket.
    fn is_chatter(&self, words: &str) -> bool {
        self.served.faq().read(words, Audience::Public).is_chatter()
    }

    async fn hear_media_only(&mut self, said: &Said<'_>, addressed: bool) -> Result<()> {
        if self.attaches(said).await? {
            return Ok(());
        }
        if !addressed {
            return Ok(());
        }
        if said.heard.media.is_empty() {
            return self.help(said).await;
        }
        self.say(&said.incoming.place, Some(&said.heard.id), wording::words_please())
            .await
    }

    /// Business of another office; whoever insists within ten minutes gets a helper.
    async fn direct(&mut self, said: &Said<'_>, words: &str, name: &str, phone: &str) -> Result<()> {
        let account = said.incoming.account();
        let until = self.now.plus(crate::domain::asking::question::FOLLOW_UP_MS);
        if self
            .tx
            .tell_once(&account, &format!("direction:{name}"), until, self.now)
            .await?
        {
            return self
                .say(
                    &said.incoming.place,
                    Some(&said.heard.id),
                    wording::direction(name, phone),
                )
                .await;
        }
        self.ask(said, words).await
    }

    pub(super) async fn help(&mut self, said: &Said<'_>) -> Result<()> {
        let bureau = said
            .group
            .bureau()
            .and_then(|id| self.roster.bureau(id))
            .map(|bureau| bureau.name.clone());
        self.say(
            &said.incoming.place,
            Some(&said.heard.id),
            wording::help(bureau.as_deref()),
        )
        .await
    }

    /// A press: the token is looked up, and the right is checked anew.
    async fn hear_press(&mut self, incoming: &Incoming, press: &Press) -> Result<()> {
        let account = incoming.account();
        let known = self.tx.button(&press.token, self.now).await?;
        let pressed =
            known.filter(|known| known.channel == incoming.place.channel && known.chat == incoming.place.chat);
        let push = pressed.as_ref().and_then(|pressed| Push::from_key(&pressed.action));
        let (Some(pressed), Some(push)) = (pressed, push) else {
            let text = wording::refusal(&Refusal::Stale, None, None);
            return self.toast(&incoming.place, &press.id, &account.id, &text).await;
        };
        let person = self.person(&account).await?;
        let faceless = incoming.from.kind != SenderKind::Person;
        let via = Via {
            place: incoming.place.clone(),
            account,
            person: person.filter(|_| !faceless),
            press: Some(press.id.clone()),
            text_id: None,
            link: None,
        };
        self.push(&via, pressed.question, push).await
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
        }
    }

    /// The words as they may be kept.
    pub fn masked(&self, words: &str) -> privacy::Masked {
        privacy::mask(&privacy::printable(words))
    }
}
