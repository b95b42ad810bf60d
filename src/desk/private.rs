//! Private chat: answers without a ticket, a helper's commands, replies to cards.

use super::act::Via;
use super::ask::Verdict;
use super::command::windows;
use super::{Result, Sitting};
use crate::domain::asking::request::{self, Request};
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::{Heard, Incoming, MessageRef};
use crate::domain::roster::people::Person;
use crate::domain::{privacy, wording};
use crate::faq::{Audience, Gate};
use crate::store::links::Link;

impl Sitting<'_> {
    pub(super) async fn hear_private(&mut self, incoming: &Incoming, heard: &Heard) -> Result<()> {
        self.tx
            .open_private(&incoming.account(), &incoming.place.chat, self.now)
            .await?;
        let person = self.person(&incoming.account()).await?;
        let link = self.replied_to(incoming, heard).await?;
        if link.is_none() && self.curates(incoming, heard, person.as_ref()).await? {
            return Ok(());
        }
        match request::parse(&heard.text, true) {
            Request::Command(command) => self.command(incoming, heard, None, &command).await,
            Request::Act(act, number) => {
                let via = Via {
                    place: incoming.place.clone(),
                    account: incoming.account(),
                    person: person.clone(),
                    press: None,
                    text_id: Some(heard.id.clone()),
                    link: link.clone(),
                };
                match self.act(&via, &act, number).await? {
                    true => Ok(()),
                    false => self.private_words(incoming, heard, &heard.text, person, link).await,
                }
            }
            Request::Words(words) => self.private_words(incoming, heard, &words, person, link).await,
            Request::UnknownCommand => {
                self.say(&incoming.place, Some(&heard.id), wording::help_private())
                    .await
            }
        }
    }

    async fn private_words(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        words: &str,
        person: Option<Person>,
        link: Option<Link>,
    ) -> Result<()> {
        if let (Some(helper), Some(link)) = (person.filter(Person::is_helper), link)
            && let Some(question) = self.tx.question(link.question).await?
        {
            let message = MessageRef {
                place: incoming.place.clone(),
                id: heard.id.clone(),
            };
            return self
                .reply(question, &helper, words, &heard.media, Some(&message), false)
                .await;
        }
        if words.trim().is_empty() {
            let text = if heard.media.is_empty() {
                wording::help_private()
            } else {
                wording::words_please()
            };
            return self.say(&incoming.place, Some(&heard.id), text).await;
        }
        if words.trim().parse::<u32>().is_ok() {
            let text = self.browse(None, words.trim())?;
            return self.say(&incoming.place, Some(&heard.id), text).await;
        }
        self.ask_private(incoming, heard, words).await
    }

    /// `Sure` and `Unsure` as in a group but without a ticket; `Unknown`: where to go on.
    pub(super) async fn ask_private(&mut self, incoming: &Incoming, heard: &Heard, words: &str) -> Result<()> {
        let masked = privacy::mask(&privacy::printable(words));
        let quote = Some(heard.id.as_str());
        let reading = self.served.faq().read(masked.as_str(), Audience::Public);
        match reading.gate_by_words().clone() {
            Gate::Chatter if reading.is_chatter() => {
                return self.say(&incoming.place, quote, wording::help_private()).await;
            }
            Gate::Direction { name, phone } => {
                return self
                    .say(&incoming.place, quote, wording::direction(&name, &phone))
                    .await;
            }
            Gate::Chatter | Gate::Question => {}
        }
        let Some(city) = self.roster.city_bureau().cloned() else {
            return self.say(&incoming.place, quote, wording::contacts(&[])).await;
        };
        let text = match self.verdict(masked.as_str(), GroupKind::Help) {
            Verdict::Sure(entries) => {
                let said: Option<Vec<_>> = entries.iter().map(|entry| self.said(entry, &city)).collect();
                match said {
                    Some(said) => {
                        let duty = self.on_duty(city.id, false).await?;
                        let responsible = self.duty_named(&duty, &incoming.place.channel).await?;
                        wording::answer(&said, responsible.as_ref(), None)
                    }
                    None => wording::private_unknown(&windows(self)),
                }
            }
            Verdict::Unsure(entries) => {
                let faq = self.served.faq();
                let choices: Vec<(u32, String)> = entries
                    .iter()
                    .filter_map(|id| faq.entry(id))
                    .map(|entry| (entry.no, entry.question.clone()))
                    .collect();
                wording::private_suggestions(&choices)
            }
            Verdict::Unknown(_) => wording::private_unknown(&windows(self)),
        };
        self.say(&incoming.place, quote, text).await
    }
}
