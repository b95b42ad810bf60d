//! Commands that anybody may give: help, ask, own questions, the list, duty, contacts. `/bind` is in `chats`.

use crate::desk::Result;
use crate::desk::asker::{ask, mydata};
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::hear::{ask_private, browse, chats, curation, member, mode};
use crate::desk::helper::{away, fix, queue, why};
use crate::desk::list::announce;
use crate::desk::list::announce::{Announcing, NotAnnouncing};
use crate::desk::time::digest;
use crate::domain::asking::request::{Command, Private, Switch};
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{ChatKind, Heard, Incoming};
use crate::domain::chat::rich::Rich;
use crate::domain::wording;

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
        Command::Start(_) | Command::Help => {
            let text = help_text(sitting, incoming, group).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Ask(words) => ask_command(sitting, incoming, heard, group, words).await,
        Command::Mine => {
            let text = browse::mine(sitting, incoming).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Faq(word) => {
            let found = browse::browse(sitting, group.and_then(Group::bureau), word)?;
            // In a group what one looks up is nobody else's to press.
            let entries = if group.is_none() { &found.entries[..] } else { &[] };
            sitting.say_entries(&place, quote, found.text, entries).await
        }
        Command::Duty => {
            let text = browse::who_is_on_duty(sitting, incoming, group).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Contacts => {
            let text = browse::contacts(sitting, group.and_then(Group::bureau));
            sitting.say(&place, quote, text).await
        }
        Command::Bind(target) => chats::bind(sitting, incoming, heard, group, target.as_ref()).await,
        Command::Hot => {
            let text = browse::hot(sitting, group.and_then(Group::bureau)).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Mode(words) => {
            let text = mode::set_mode(sitting, incoming, group, words).await?;
            sitting.say(&place, quote, text).await
        }
        Command::Announce(switch) => announcing(sitting, incoming, heard, group, *switch).await,
        Command::Fix(words) => fix::fix(sitting, incoming, heard, group, words).await,
        Command::Why(words) => why::why(sitting, incoming, heard, group, words).await,
        Command::Private(command) => {
            let text = for_their_eyes(sitting, incoming, command).await?;
            sitting.answer_in_private(incoming, heard, text).await
        }
    }
}

/// What only the one who asked should read.
async fn for_their_eyes(sitting: &mut Sitting<'_>, incoming: &Incoming, command: &Private) -> Result<Rich> {
    match command {
        Private::Leave(words) => away::leave(sitting, incoming, words).await,
        Private::Swap(words) => away::swap(sitting, incoming, words).await,
        Private::Candidates(words) => curation::candidates_command(sitting, incoming, words).await,
        Private::MyData => mydata::my_data(sitting, incoming).await,
        Private::Forget(words) => mydata::forget_me(sitting, incoming, words).await,
        Private::Digest(switch) => digesting(sitting, incoming, *switch).await,
        Private::Queue => queue::queue(sitting, incoming).await,
    }
}

/// `/digest [开|关]`
async fn digesting(sitting: &mut Sitting<'_>, incoming: &Incoming, switch: Switch) -> Result<Rich> {
    let Some(person) = sitting.person(&incoming.account()).await? else {
        return Ok(wording::digest_not_yours());
    };
    match switch {
        Switch::On | Switch::Off => digest::switch(sitting, &person, switch == Switch::On).await,
        Switch::Asked | Switch::Unclear => Ok(match digest::reads_digest(&sitting.roster, &person) {
            true => wording::digest_standing(sitting.tx.wants_digest(person.id).await?),
            false => wording::digest_not_yours(),
        }),
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
async fn help_text(sitting: &mut Sitting<'_>, incoming: &Incoming, group: Option<&Group>) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let among_staff = matches!(group.and_then(Group::kind), Some(GroupKind::Duty | GroupKind::Guidance));
    let bureau = group.and_then(Group::bureau).and_then(|id| sitting.roster.bureau(id));
    Ok(match incoming.chat_kind {
        ChatKind::Group if !(among_staff && person.is_some()) => {
            wording::help(bureau.map(|bureau| bureau.name.as_str()))
        }
        ChatKind::Private | ChatKind::Group => wording::help_private(person.as_ref()),
    })
}

/// `/ask 文字` asks even where the message would not look like a question, and for helpers too.
async fn ask_command(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    words: &str,
) -> Result<()> {
    let link = sitting.replied_to(incoming, heard).await?;
    let words = &sitting.meant(heard, link.as_ref(), words).await?;
    if words.is_empty() {
        return sitting.say(&incoming.place, Some(&heard.id), wording::ask_what()).await;
    }
    let Some(group) = group else {
        return ask_private::ask_private(sitting, incoming, heard, words).await;
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
