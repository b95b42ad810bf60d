//! Commands that anybody may give: help, ask, own questions, the list, duty, contacts. `/bind` is in `chats`.

use crate::desk::Result;
use crate::desk::asker::{ask, mydata};
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::desk::hear::{chats, curation, member, mode, private};
use crate::desk::helper::{away, fix, queue, why};
use crate::desk::list::announce;
use crate::desk::list::announce::{Announcing, NotAnnouncing};
use crate::domain::asking::question::State;
use crate::domain::asking::request::{Command, Switch};
use crate::domain::chat::group::Group;
use crate::domain::chat::message::{ChatKind, Heard, Incoming};
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::{duty, wording};
use crate::faq::Audience;

/// Hits shown for a word.
const FOUND: usize = 8;

/// A command, in a group (`group` given) or in private.
pub(in crate::desk) async fn command(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    command: &Command,
) -> Result<()> {
    let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
    match command {
        Command::Start(payload) if incoming.chat_kind == ChatKind::Private => {
            member::start(sitting, incoming, payload).await
        }
        Command::Start(_) | Command::Help => sitting.say(&place, quote, help_text(sitting, incoming, group)).await,
        Command::Ask(words) => ask_command(sitting, incoming, heard, group, words).await,
        Command::Mine => {
            let text = mine(sitting, incoming).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Faq(word) => {
            let text = browse(sitting, group.and_then(Group::bureau), word)?;
            sitting.say(&place, quote, text).await
        }
        Command::Duty => {
            let text = who_is_on_duty(sitting, incoming, group).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Contacts => {
            let text = contacts(sitting, group.and_then(Group::bureau));
            sitting.say(&place, quote, text).await
        }
        Command::Bind(target) => chats::bind(sitting, incoming, heard, group, target.as_ref()).await,
        Command::Hot => {
            let text = hot(sitting, group.and_then(Group::bureau)).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Mode(words) => {
            let text = mode::set_mode(sitting, incoming, group, words).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Announce(switch) => announcing(sitting, incoming, heard, group, *switch).await,
        Command::Fix(words) => fix::fix(sitting, incoming, heard, group, words).await,
        Command::Why(words) => why::why(sitting, incoming, heard, group, words).await,
        Command::Leave(words) => {
            let text = away::leave(sitting, incoming, words).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
        Command::Swap(words) => {
            let text = away::swap(sitting, incoming, words).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
        Command::Candidates(words) => {
            let text = curation::candidates_command(sitting, incoming, words).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
        Command::MyData => {
            let text = mydata::my_data(sitting, incoming).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
        Command::Forget(words) => {
            let text = mydata::forget_me(sitting, incoming, words).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
        Command::Queue => {
            let text = queue::queue(sitting, incoming).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
    }
}

/// `/announce [开|关]`
async fn announcing(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    switch: Switch,
) -> Result<()> {
    let text = match announce::switch_announcements(sitting, incoming, group, switch).await? {
        Ok(Announcing(wanted)) => wording::announce_standing(wanted),
        Err(NotAnnouncing::NoBureau | NotAnnouncing::Unclear) => wording::announce_usage(),
        Err(NotAnnouncing::NotAllowed) => wording::announce_not_allowed(),
    };
    sitting.say(&incoming.place, Some(&heard.id), text).await
}

/// Who the bot is and how to ask it, here.
fn help_text(sitting: &Sitting<'_>, incoming: &Incoming, group: Option<&Group>) -> Rich {
    let bureau = group.and_then(Group::bureau).and_then(|id| sitting.roster.bureau(id));
    match incoming.chat_kind {
        ChatKind::Private => wording::help_private(),
        ChatKind::Group => wording::help(bureau.map(|bureau| bureau.name.as_str())),
    }
}

/// `/ask 文字` asks even where the message would not look like a question, and for helpers too.
async fn ask_command(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    words: &str,
) -> Result<()> {
    if words.is_empty() {
        return sitting.say(&incoming.place, Some(&heard.id), wording::ask_what()).await;
    }
    let Some(group) = group else {
        return private::ask_private(sitting, incoming, heard, words).await;
    };
    let Some((_, kind)) = group.bound else { return Ok(()) };
    let person = sitting.person(&incoming.account()).await?;
    let said = Said {
        incoming,
        heard,
        group,
        kind,
        person,
        link: None,
        addressed: true,
    };
    ask::ask(sitting, &said, words).await
}

async fn mine(sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<Rich> {
    let open = sitting.tx.open_questions_of(&incoming.account()).await?;
    let mut lines = Vec::with_capacity(open.len());
    for question in open {
        let helper = sitting.holder_name(&question).await?;
        let standing = wording::standing(
            question.state.phase(),
            helper.as_ref().map(|named| named.public.name.as_str()),
        );
        let words = shortened(question.text.as_str());
        let until = match question.state {
            State::Waiting { .. } | State::Claimed { .. } => queue::deadline(sitting, &question)?,
            _ => None,
        };
        let until = until.map(|at| duty::when_said(at, sitting.now, sitting.time()));
        lines.push((question.id, words, wording::expected(&standing, until.as_deref())));
    }
    Ok(wording::mine(&lines))
}

/// Without a word: the topics; with a number: that entry; else a search.
pub(in crate::desk) fn browse(sitting: &Sitting<'_>, bureau: Option<BureauId>, word: &str) -> Result<Rich> {
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
        return Ok(wording::faq_topics(&topics, &page));
    }
    let bureau = bureau
        .or_else(|| sitting.roster.city_bureau().map(|city| city.id))
        .and_then(|id| sitting.roster.bureau(id));
    if let (Ok(no), Some(bureau)) = (word.parse::<u32>(), bureau)
        && let Some(entry) = faq.entry_by_no(no).filter(|entry| entry.audience == Audience::Public)
    {
        return Ok(match sitting.said(&entry.id, bureau) {
            Some(said) => wording::answer_alone(&said),
            None => wording::under_revision(no),
        });
    }
    let hits = faq.search(word, Audience::Public, today, FOUND);
    let found: Vec<(u32, String)> = hits
        .iter()
        .filter_map(|hit| faq.entry(&hit.entry))
        .map(|entry| (entry.no, entry.question.clone()))
        .collect();
    Ok(wording::faq_found(word, &found))
}

/// What most people were answered with in the last seven days.
async fn hot(sitting: &mut Sitting<'_>, bureau: Option<BureauId>) -> Result<Rich> {
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

async fn who_is_on_duty(sitting: &mut Sitting<'_>, incoming: &Incoming, group: Option<&Group>) -> Result<Rich> {
    let bureau = group
        .and_then(Group::bureau)
        .or_else(|| sitting.roster.city_bureau().map(|city| city.id));
    let Some(bureau) = bureau else {
        return Ok(wording::contacts(&[]));
    };
    let duty = sitting.on_duty(bureau, false).await?;
    let named = sitting.duty_named(&duty, &incoming.place.channel).await?;
    let bureau = sitting.bureau(bureau)?;
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

fn contacts(sitting: &Sitting<'_>, bureau: Option<BureauId>) -> Rich {
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
