//! Private chat: answers without a ticket, a helper's commands, replies to cards.

use crate::desk::Result;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::hear::command::windows;
use crate::desk::hear::{acts, command, curation};
use crate::desk::helper::reply;
use crate::domain::asking::request;
use crate::domain::asking::request::Request;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::{Heard, Incoming, MessageRef};
use crate::domain::roster::people::Person;
use crate::domain::{privacy, wording};
use crate::faq::decide;
use crate::faq::decide::Gate;
use crate::store::links::Link;

pub(in crate::desk) async fn hear_private(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<()> {
    sitting
        .tx
        .open_private(&incoming.account(), &incoming.place.chat, sitting.now)
        .await?;
    let person = sitting.person(&incoming.account()).await?;
    let link = sitting.replied_to(incoming, heard).await?;
    if link.is_none() && curation::curates(sitting, incoming, heard, person.as_ref()).await? {
        return Ok(());
    }
    match request::parse(&heard.text, true) {
        Request::Command(command) => command::command(sitting, incoming, heard, None, &command).await,
        Request::Act(act, number) => {
            let via = Via {
                place: incoming.place.clone(),
                account: incoming.account(),
                person: person.clone(),
                press: None,
                text_id: Some(heard.id.clone()),
                link: link.clone(),
            };
            match acts::act(sitting, &via, &act, number).await? {
                true => Ok(()),
                false => private_words(sitting, incoming, heard, &heard.text, person, link).await,
            }
        }
        Request::Words(words) => private_words(sitting, incoming, heard, &words, person, link).await,
        Request::UnknownCommand => {
            sitting
                .say(&incoming.place, Some(&heard.id), wording::help_private())
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
    if let (Some(helper), Some(link)) = (person.filter(Person::is_helper), link)
        && let Some(question) = sitting.tx.question(link.question).await?
    {
        let message = MessageRef {
            place: incoming.place.clone(),
            id: heard.id.clone(),
        };
        return reply::reply(sitting, question, &helper, words, &heard.media, Some(&message), false).await;
    }
    if words.trim().is_empty() {
        let text = if heard.media.is_empty() {
            wording::help_private()
        } else {
            wording::words_please()
        };
        return sitting.say(&incoming.place, Some(&heard.id), text).await;
    }
    if words.trim().parse::<u32>().is_ok() {
        let text = command::browse(sitting, None, words.trim())?;
        return sitting.say(&incoming.place, Some(&heard.id), text).await;
    }
    ask_private(sitting, incoming, heard, words).await
}

/// `Sure` and `Unsure` as in a group but without a ticket; `Unknown`: where to go on.
pub(in crate::desk) async fn ask_private(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    words: &str,
) -> Result<()> {
    let masked = privacy::mask(&privacy::printable(words));
    let quote = Some(heard.id.as_str());
    let lexicon = sitting.served.faq().lexicon();
    match decide::gate(masked.as_str(), lexicon, false) {
        Gate::Chatter if sitting.served.faq().gate(masked.as_str()) == Gate::Chatter => {
            return sitting.say(&incoming.place, quote, wording::help_private()).await;
        }
        Gate::Direction { name, phone } => {
            return sitting
                .say(&incoming.place, quote, wording::direction(&name, &phone))
                .await;
        }
        Gate::Chatter | Gate::Question => {}
    }
    let Some(city) = sitting.roster.city_bureau().cloned() else {
        return sitting.say(&incoming.place, quote, wording::contacts(&[])).await;
    };
    let text = match sitting.verdict(masked.as_str(), GroupKind::Help) {
        Verdict::Sure(entries) => {
            let said: Option<Vec<_>> = entries.iter().map(|entry| sitting.said(entry, &city)).collect();
            match said {
                Some(said) => {
                    let duty = sitting.on_duty(city.id, false).await?;
                    let responsible = sitting.duty_named(&duty, &incoming.place.channel).await?;
                    wording::answer(&said, responsible.as_ref(), None)
                }
                None => wording::private_unknown(&windows(sitting)),
            }
        }
        Verdict::Unsure(entries) => {
            let faq = sitting.served.faq();
            let choices: Vec<(u32, String)> = entries
                .iter()
                .filter_map(|id| faq.entry(id))
                .map(|entry| (entry.no, entry.question.clone()))
                .collect();
            wording::private_suggestions(&choices)
        }
        Verdict::Unknown(_) => wording::private_unknown(&windows(sitting)),
    };
    sitting.say(&incoming.place, quote, text).await
}
