//! Private chat: answers without a ticket, a helper's commands, replies to cards.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::hear::{acts, ask_private, browse, command, curation, member, off};
use crate::desk::helper::reply::{self, Reply};
use crate::domain::asking::request;
use crate::domain::asking::request::Request;
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::store::links::Link;

pub(in crate::desk) async fn hear_private(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<()> {
    sitting
        .tx
        .open_private(&incoming.account(), &incoming.place.chat, sitting.now)
        .await?;
    let person = sitting.person(&incoming.account()).await?;
    if off::is_private_unheard(sitting, incoming, heard, person.as_ref()).await? {
        return Ok(());
    }
    let link = sitting.replied_to(incoming, heard).await?;
    if link.is_none() && curation::curates(sitting, incoming, heard, person.as_ref()).await? {
        return Ok(());
    }
    match request::of(heard, true) {
        Request::Command(command) => command::command(sitting, incoming, heard, None, &command).await,
        Request::Act(act, number) => {
            let via = Via {
                place: incoming.place.clone(),
                account: incoming.account(),
                person: person.clone(),
                press: None,
                text_id: Some(heard.id.clone()),
                link: link.clone(),
                media: heard.media.clone(),
                stuck: heard.stuck,
            };
            match acts::act(sitting, &via, &act, number).await? {
                true => Ok(()),
                false => private_words(sitting, incoming, heard, &heard.text, person, link).await,
            }
        }
        Request::Words(words) => private_words(sitting, incoming, heard, &words, person, link).await,
        Request::UnknownCommand => {
            sitting
                .say(&incoming.place, Some(&heard.id), wording::help_private(person.as_ref()))
                .await
        }
        Request::NotTheirs => {
            sitting
                .say(&incoming.place, Some(&heard.id), wording::not_your_words())
                .await
        }
    }
}

async fn private_words(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    words: &str,
    person: Option<Person>,
    link: Option<Link>,
) -> Result<()> {
    if let (Some(helper), Some(link)) = (person.clone().filter(Person::is_helper), link)
        && let Some(question) = sitting.tx.question(link.question).await?
    {
        return reply::reply(sitting, question, &helper, Reply::of(incoming, heard, words)).await;
    }
    if let Some(phone) = &heard.own_number {
        return member::shared_contact(sitting, incoming, phone).await;
    }
    let words = &match words.trim().is_empty() && !heard.media.is_empty() {
        true => String::new(),
        false => sitting.meant(heard, None, words).await?,
    };
    if words.trim().is_empty() && heard.waits_for_words() {
        return Ok(());
    }
    if words.trim().is_empty() {
        let text = if heard.media.is_empty() && !heard.stuck {
            wording::help_private(person.as_ref())
        } else {
            wording::words_please()
        };
        return sitting.say(&incoming.place, Some(&heard.id), text).await;
    }
    if words.trim().parse::<u32>().is_ok() {
        let found = browse::browse(sitting, None, words.trim())?;
        return sitting
            .say_entries(&incoming.place, Some(&heard.id), found.text, &found.entries)
            .await;
    }
    ask_private::ask_private(sitting, incoming, heard, words).await
}
