//! What is heard, sorted: by place, by sender, by what it asks for. Silence is the default.

use crate::desk::Result;
use crate::desk::asker::{ask, follow};
use crate::domain::chat::role::Role;
use crate::faq::{Audience, Gate};

use crate::desk::ground::readings::masked;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::hear::{acts, album, command, neighbours, off, private};
use crate::desk::helper::{advice, reply};
use crate::domain::asking::pointing::only_points;
use crate::domain::asking::request;
use crate::domain::asking::request::Request;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{ChatKind, Heard, Incoming, SenderKind};
use crate::domain::chat::owed::Owed;
use crate::domain::roster::rights::Right;
use crate::domain::{privacy, wording};
use crate::store::links::Link;

/// A group that was told how to be bound is not told again.
const TOLD_AGAIN_MS: i64 = 365 * 24 * 3_600_000;
/// Whoever writes without an account of their own is told so again after this long.
const FACELESS_AGAIN_MS: i64 = 3_600_000;

pub(in crate::desk) async fn hear_message(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<()> {
    match incoming.from.kind {
        SenderKind::Bot => return Ok(()),
        SenderKind::Anonymous | SenderKind::ChannelIdentity => return hear_faceless(sitting, incoming, heard).await,
        SenderKind::Person => {}
    }
    let heard = &sitting.as_reply(incoming, heard).await?;
    let Some(heard) = &album::whole(sitting, incoming, heard).await? else {
        return Ok(());
    };
    if incoming.chat_kind == ChatKind::Private {
        return private::hear_private(sitting, incoming, heard).await;
    }
    let group = sitting
        .tx
        .meet_group(
            &incoming.place.channel,
            &incoming.place.chat,
            &incoming.title,
            sitting.now,
        )
        .await?;
    if let Some((_, kind)) = group.bound {
        hear_in_group(sitting, incoming, heard, &group, kind).await?;
        neighbours::read_together(sitting, incoming, heard).await
    } else {
        hear_unbound(sitting, incoming, heard, &group).await
    }
}

/// An unbound group hears once how to be bound; only /bind does anything there.
async fn hear_unbound(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard, group: &Group) -> Result<()> {
    if let Request::Command(command @ request::Command::Bind(_)) = request::of(heard, heard.addressed) {
        return command::command(sitting, incoming, heard, Some(group), &command).await;
    }
    if sitting
        .tx
        .tell_group_once(group.id, sitting.now.plus(-TOLD_AGAIN_MS), sitting.now)
        .await?
    {
        sitting.say(&incoming.place, None, wording::unbound()).await?;
    }
    Ok(())
}

/// Anonymous administrators and channels have no account that could be held to anything.
async fn hear_faceless(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<()> {
    let group = sitting
        .tx
        .group_of_chat(&incoming.place.channel, &incoming.place.chat)
        .await?;
    let bound = group.as_ref().is_some_and(|group| group.bound.is_some());
    let wants_something = match request::of(heard, heard.addressed) {
        Request::Command(_) | Request::Act(..) => true,
        Request::UnknownCommand | Request::NotTheirs => false,
        Request::Words(words) => heard.addressed || (bound && sitting.gate(masked(&words).as_str()) == Gate::Question),
    };
    let until = sitting.now.plus(FACELESS_AGAIN_MS);
    let what = format!("own account:{}", incoming.place.chat);
    if wants_something
        && incoming.chat_kind == ChatKind::Group
        && sitting
            .tx
            .tell_once(&incoming.account(), &what, until, sitting.now)
            .await?
    {
        sitting
            .say_once(&incoming.place, Some(&heard.id), wording::use_own_account())
            .await?;
    }
    Ok(())
}

async fn hear_in_group(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: &Group,
    kind: GroupKind,
) -> Result<()> {
    let person = sitting.person(&incoming.account()).await?;
    let link = sitting.replied_to(incoming, heard).await?;
    let said = Said {
        incoming,
        heard,
        group,
        kind,
        person,
        link,
        addressed: heard.addressed,
    };
    ask_to_delete(sitting, &said).await?;
    if off::is_unheard(sitting, &said).await? {
        return Ok(());
    }
    match request::of(heard, heard.addressed) {
        Request::Command(command) => command::command(sitting, incoming, heard, Some(group), &command).await,
        Request::Act(act, number) => match acts::act(sitting, &said.via(), &act, number).await? {
            true => Ok(()),
            // A word like 人工 without a question of one's own is just a word.
            false => hear_words(sitting, &said, &heard.text).await,
        },
        Request::Words(words) => hear_words(sitting, &said, &words).await,
        Request::UnknownCommand if heard.addressed => help(sitting, &said).await,
        Request::UnknownCommand | Request::NotTheirs => Ok(()),
    }
}

/// An identity or card number that all the group can read: the sender is told to delete it, and the bot deletes it
/// where it may (PRODUCT §2.1; 个人信息保护法 第五十一条). Also where nothing was asked.
async fn ask_to_delete(sitting: &mut Sitting<'_>, said: &Said<'_>) -> Result<()> {
    let masked = said.masked(&said.heard.text);
    let found: Vec<&str> = masked.to_delete().map(privacy::Hidden::name).collect();
    if said.heard.shown_masked || found.is_empty() {
        return Ok(());
    }
    let (place, message) = (&said.incoming.place, said.heard.id.clone());
    sitting
        .say_at_once(place, Some(&message), wording::delete_please(&found))
        .await?;
    let owed = Owed::Delete { message };
    Ok(sitting.tx.owe(place, None, Role::Delete, &owed, sitting.now).await?)
}

/// Words in reply to what belongs to a question: its asker's, a helper's, the city's. False if they are none of these.
async fn replies(sitting: &mut Sitting<'_>, said: &Said<'_>, link: &Link, words: &str) -> Result<bool> {
    let Some(question) = sitting.tx.question(link.question).await? else {
        return Ok(false);
    };
    // To the bot by name, in reply to a question: asked anew, and no word to whoever asked it.
    let to_bot = said.heard.addressed && [Role::Ask, Role::Again].contains(&link.role);
    if to_bot && (question.asker != said.incoming.account() || only_points(words)) {
        return Ok(false);
    }
    if question.asker == said.incoming.account() {
        if follow::asker_goes_on(sitting, said, question, words).await? {
            return Ok(true);
        }
        let words = said.masked(words.trim());
        if sitting.gate(words.as_str()) == Gate::Question {
            ask::ask(sitting, said, words.as_str()).await?;
        }
        return Ok(true);
    }
    let helper = said.person.as_ref().filter(|person| person.is_helper());
    match (helper, link.role) {
        (Some(_), role) if role.takes_a_helpers_reply() => {
            reply::helper_replies(sitting, said, question, words).await?;
        }
        (Some(helper), Role::City) if sitting.has_right(helper, Right::Advise, question.bureau) => {
            advice::city_advises(sitting, said, &question, words).await?;
        }
        (Some(_) | None, _) => return Ok(false),
    }
    Ok(true)
}

async fn hear_words(sitting: &mut Sitting<'_>, said: &Said<'_>, words: &str) -> Result<()> {
    if let Some(link) = said.link.clone()
        && replies(sitting, said, &link, words).await?
    {
        return Ok(());
    }
    let bare = words.trim().is_empty();
    // Somebody else's words are not asked; a picture from elsewhere may be what was asked for.
    let to_somebody_else = said.heard.mentions_others
        || (said.heard.forwarded && !bare)
        || (said.link.is_none() && said.heard.reply_to.as_ref().is_some_and(|reply| !reply.to_bot));
    let by_staff = said.by_staff(&sitting.roster);
    let replies_to_bot = said.heard.reply_to.as_ref().is_some_and(|reply| reply.to_bot);
    let addressed = said.heard.addressed || (replies_to_bot && !by_staff);
    let said = &Said {
        addressed,
        ..said.clone()
    };
    if !addressed && (by_staff || to_somebody_else) {
        return Ok(());
    }
    let words = &match addressed && (!bare || said.heard.media.is_empty()) {
        true => sitting.meant(said.heard, said.link.as_ref(), words).await?,
        false => words.to_owned(),
    };
    if words.trim().is_empty() {
        return hear_media_only(sitting, said, addressed).await;
    }
    if !addressed && ask::joins_burst(sitting, said, words).await? {
        return Ok(());
    }
    let reading = sitting.reading(said.masked(words).as_str(), Audience::Public);
    let gate = if addressed {
        reading.gate_addressed()
    } else {
        reading.gate()
    };
    match gate.clone() {
        // Addressed, but only a greeting or thanks: the help line, no ticket.
        Gate::Question if addressed && reading.is_chatter() => help(sitting, said).await,
        Gate::Question => ask::ask(sitting, said, words).await,
        Gate::Direction { name, phone } => direct(sitting, said, words, &name, &phone).await,
        Gate::Chatter if addressed => help(sitting, said).await,
        Gate::Chatter => {
            let day = sitting.desk.day(sitting.now).to_string();
            Ok(sitting.tx.tally(&day, said.group.id, "silent").await?)
        }
    }
}

async fn hear_media_only(sitting: &mut Sitting<'_>, said: &Said<'_>, addressed: bool) -> Result<()> {
    if ask::attaches(sitting, said).await? {
        return Ok(());
    }
    if !addressed || said.heard.only_sticker() || said.heard.waits_for_words() {
        return Ok(());
    }
    if said.heard.media.is_empty() && !said.heard.stuck {
        return help(sitting, said).await;
    }
    sitting
        .say(&said.incoming.place, Some(&said.heard.id), wording::words_please())
        .await
}

/// Business of another office; whoever insists within ten minutes gets a helper.
async fn direct(sitting: &mut Sitting<'_>, said: &Said<'_>, words: &str, name: &str, phone: &str) -> Result<()> {
    let account = said.incoming.account();
    let until = sitting.now.plus(crate::domain::asking::question::FOLLOW_UP_MS);
    if sitting
        .tx
        .tell_once(&account, &format!("direction:{name}"), until, sitting.now)
        .await?
    {
        return sitting
            .say_once(
                &said.incoming.place,
                Some(&said.heard.id),
                wording::direction(name, phone),
            )
            .await;
    }
    ask::ask(sitting, said, words).await
}

pub(in crate::desk) async fn help(sitting: &mut Sitting<'_>, said: &Said<'_>) -> Result<()> {
    let bureau = said
        .group
        .bureau()
        .and_then(|id| sitting.roster.bureau(id))
        .map(|bureau| bureau.name.clone());
    sitting
        .say(
            &said.incoming.place,
            Some(&said.heard.id),
            wording::help(bureau.as_deref()),
        )
        .await
}
