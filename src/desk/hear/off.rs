//! What is heard where the bot is switched off: staff go on, and so does what is about an open question that a person has
//! or will have; whoever asks for what is kept of them gets it. All else is as if it had not been said.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::asking::request::{self, Command, Private, Request};
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::roster::people::Person;
use crate::domain::wording;

/// Nobody is told twice of one switch.
const FOR_GOOD_MS: i64 = 365 * 86_400_000;

/// Whether a message of a group is not heard.
pub(in crate::desk) async fn is_unheard(sitting: &mut Sitting<'_>, said: &Said<'_>) -> Result<bool> {
    if said.person.is_some() || is_about_oneself(said.heard, said.addressed) || !sitting.is_off(said.group).await? {
        return Ok(false);
    }
    let Some(link) = &said.link else { return Ok(true) };
    let question = sitting.tx.question(link.question).await?;
    let own = question.filter(|question| question.asker == said.incoming.account());
    Ok(!own.is_some_and(|question| is_a_persons(&question)))
}

/// Whether a change of what was asked is not heard.
pub(in crate::desk) async fn is_change_unheard(sitting: &mut Sitting<'_>, question: &Question) -> Result<bool> {
    let group = sitting.tx.group(question.group).await?;
    match group {
        Some(group) => Ok(!is_a_persons(question) && sitting.is_off(&group).await?),
        None => Ok(false),
    }
}

/// Whether a press by nobody of the roster does nothing. How somebody was helped can always be said.
pub(in crate::desk) async fn is_press_unheard(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    (question, push): (Option<QuestionId>, Push),
) -> Result<bool> {
    let place = &incoming.place;
    let Some(group) = sitting.tx.group_of_chat(&place.channel, &place.chat).await? else {
        return Ok(false);
    };
    if matches!(push, Push::Rate(_)) || !sitting.is_off(&group).await? {
        return Ok(false);
    }
    let question = match question {
        Some(id) => sitting.tx.question(id).await?,
        None => None,
    };
    Ok(!question.is_some_and(|question| is_a_persons(&question)))
}

/// Whether a private message of nobody of the roster is not heard, because its channel is off; told once of each switch.
pub(in crate::desk) async fn is_private_unheard(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    person: Option<&Person>,
) -> Result<bool> {
    if person.is_some() || is_about_oneself(heard, true) || heard.own_number.is_some() {
        return Ok(false);
    }
    let Some(off) = sitting.tx.off_in(&incoming.place.channel, None).await? else {
        return Ok(false);
    };
    let (what, until) = (format!("off:{}", off.at.0), sitting.now.plus(FOR_GOOD_MS));
    if sitting
        .tx
        .tell_once(&incoming.account(), &what, until, sitting.now)
        .await?
    {
        let window = sitting.window(&sitting.bureau(sitting.roster.desk().id));
        let text = wording::switched_off(&off.reason, &window);
        sitting.say(&incoming.place, None, text).await?;
    }
    Ok(true)
}

/// Signing in; seeing and erasing what is kept.
fn is_about_oneself(heard: &Heard, addressed: bool) -> bool {
    matches!(
        request::of(heard, addressed),
        Request::Command(Command::Start(_) | Command::Private(Private::MyData | Private::Forget(_)))
    )
}

/// A person has it, or is about to.
fn is_a_persons(question: &Question) -> bool {
    match question.state {
        State::Gathering { .. } | State::Waiting { .. } | State::Claimed { .. } | State::Replied { .. } => true,
        State::Suggested { .. } | State::Answered { .. } | State::Ended { .. } => false,
    }
}
