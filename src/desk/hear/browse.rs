//! What anybody may look up: own questions, the list, duty, contacts.

use crate::desk::Result;
use crate::desk::asker::own;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::desk::ground::via::Via;
use crate::domain::chat::group::Group;
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::{duty, wording};
use crate::faq::Audience;

/// Hits shown for a word.
const FOUND: usize = 8;

pub(in crate::desk) async fn mine(sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<Rich> {
    let own = own::own_open(sitting, &incoming.account()).await?;
    let lines: Vec<_> = own
        .into_iter()
        .map(|own| (own.question.id, shortened(own.question.text.as_str()), own.standing))
        .collect();
    Ok(wording::mine(&lines))
}

/// What was looked up.
pub(in crate::desk) struct Browsed {
    pub text: Rich,
    /// The entries that are named with their numbers, in lines of their own.
    pub entries: Vec<u32>,
}

impl From<Rich> for Browsed {
    fn from(text: Rich) -> Browsed {
        let entries = Vec::new();
        Browsed { text, entries }
    }
}

/// An entry whose number was pressed, in the chat where it stands.
pub(in crate::desk) async fn look(sitting: &mut Sitting<'_>, via: &Via, no: u32) -> Result<()> {
    sitting.acknowledge(via).await?;
    let found = browse(sitting, None, &no.to_string())?;
    sitting.say(&via.place, None, found.text).await
}

/// Without a word: the topics; with a number: that entry; else a search.
pub(in crate::desk) fn browse(sitting: &Sitting<'_>, bureau: Option<BureauId>, word: &str) -> Result<Browsed> {
    let faq = sitting.served.faq();
    let today = sitting.desk.day(sitting.now);
    if word.is_empty() {
        let topics: Vec<(String, usize)> = faq
            .categories()
            .into_iter()
            .map(|(topic, count)| (topic.to_owned(), count))
            .collect();
        let page = sitting
            .desk
            .config
            .public_url
            .as_ref()
            .map_or(String::new(), |url| format!("{url}/faq"));
        return Ok(wording::faq_topics(&topics, &page).into());
    }
    let bureau = bureau.and_then(|id| sitting.roster.bureau(id));
    let bureau = bureau.unwrap_or(sitting.roster.desk());
    if let Ok(no) = word.parse::<u32>()
        && let Some(entry) = faq.entry_by_no(no).filter(|entry| entry.audience == Audience::Public)
    {
        return Ok(match sitting.said(&entry.id, bureau) {
            Some(said) => wording::answer_alone(&said).into(),
            None => wording::under_revision(no).into(),
        });
    }
    let found = faq.find(word, today, FOUND).into_iter();
    let found: Vec<(u32, String)> = found.map(|entry| (entry.no, entry.question.clone())).collect();
    Ok(Browsed {
        text: wording::faq_found(&word.into(), &found),
        entries: found.into_iter().map(|(no, _)| no).collect(),
    })
}

/// What most people were answered with in the last seven days.
pub(in crate::desk) async fn hot(sitting: &mut Sitting<'_>, bureau: Option<BureauId>) -> Result<Rich> {
    const WEEK_MS: i64 = 7 * 86_400_000;
    const MOST: usize = 10;
    let name = bureau
        .and_then(|id| sitting.roster.bureau(id))
        .map(|bureau| bureau.name.clone());
    let counts = sitting.tx.answered_most(bureau, sitting.now.plus(-WEEK_MS)).await?;
    let faq = sitting.served.faq();
    let entries = counts.into_iter().filter_map(|(entry, askers)| {
        let entry = faq
            .entry(&entry.as_str().into())
            .filter(|entry| entry.audience == Audience::Public)?;
        Some((entry.no, entry.question.clone(), askers))
    });
    let rows: Vec<_> = entries.take(MOST).collect();
    Ok(wording::hot(name.as_deref().unwrap_or_default(), &rows))
}

pub(in crate::desk) async fn who_is_on_duty(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    group: Option<&Group>,
) -> Result<Rich> {
    let own = sitting.person(&incoming.account()).await?.map(|person| person.bureau);
    let bureau = group.and_then(Group::bureau).or(own);
    let bureau = bureau.unwrap_or(sitting.roster.desk().id);
    let duty = sitting.on_duty(bureau, false).await?;
    let named = sitting.duty_named(&duty, &incoming.place.channel).await?;
    let bureau = sitting.bureau(bureau);
    let shifts = duty::own_shifts(&sitting.roster, bureau.id, sitting.now, sitting.time());
    let shifts: Vec<String> = shifts
        .iter()
        .map(|shift| wording::own_shift(&sitting.roster, shift, sitting.time()))
        .collect();
    Ok(wording::duty(
        &bureau.name,
        named.as_ref(),
        &wording::hours(&bureau.hours),
        &shifts,
    ))
}

pub(in crate::desk) fn contacts(sitting: &Sitting<'_>, bureau: Option<BureauId>) -> Rich {
    let own = bureau
        .and_then(|id| sitting.roster.bureau(id))
        .map(|bureau| bureau.name.clone());
    let list = sitting.roster.public_list();
    let list: Vec<_> = list
        .into_iter()
        .filter(|helper| own.as_ref().is_none_or(|own| *own == helper.bureau))
        .collect();
    wording::contacts(&list)
}

/// The bureaus' windows, for people who must go on elsewhere.
pub(in crate::desk) fn windows(sitting: &Sitting<'_>) -> Vec<wording::WindowContact> {
    let bureaus: Vec<Bureau> = sitting
        .roster
        .bureaus
        .iter()
        .filter(|bureau| !bureau.city)
        .cloned()
        .collect();
    bureaus.iter().map(|bureau| sitting.window(bureau)).collect()
}
