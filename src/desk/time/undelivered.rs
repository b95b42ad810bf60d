//! What did not arrive is seen to: a group that cannot be written to any more, a message nobody knows of. Those who
//! arrange things for the bureau are told, so that a person can step in.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::domain::asking::history::Step;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::chat::group::{Group, Standing};
use crate::domain::chat::message::Place;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::domain::wording::Named;
use crate::store::undelivered::{Loss, Undelivered};

pub(in crate::desk) async fn see_to(sitting: &mut Sitting<'_>, lost: &Undelivered) -> Result<()> {
    if !sitting.tx.mark_told(lost.id).await? {
        return Ok(());
    }
    let group = sitting.tx.group_of_chat(&lost.place.channel, &lost.place.chat).await?;
    if let Some(group) = &group {
        tell_helper(sitting, lost, group).await?;
    }
    match (lost.loss, group) {
        (Loss::Held, group) => held(sitting, lost, group.as_ref()).await,
        (Loss::Muted, Some(group)) => cannot_write(sitting, &group, Standing::Muted).await,
        (Loss::Gone, Some(group)) => cannot_write(sitting, &group, Standing::Gone).await,
        (Loss::Unknown | Loss::Refused | Loss::Unreadable, Some(group)) => in_doubt(sitting, lost, &group).await,
        (Loss::Unreachable, _) => not_reached(sitting, lost).await,
        // A private chat is only a copy: the group's own message stands. What was void changed nothing.
        (Loss::Void, Some(_)) | (_, None) => Ok(()),
    }
}

/// Something about a question waits until somebody writes there again: those who arrange things can call meanwhile.
async fn held(sitting: &mut Sitting<'_>, lost: &Undelivered, group: Option<&Group>) -> Result<()> {
    let Some(question) = (match lost.question {
        Some(id) => sitting.tx.question(id).await?,
        None => None,
    }) else {
        return Ok(());
    };
    let loss = lost.loss.key().to_owned();
    sitting.note(question.id, &Step::NotDelivered { loss }).await?;
    let text = wording::held_back(question.id, group.map(|group| group.title.as_str()));
    tell_keepers_of(sitting, &question, Some(&lost.place), &text).await
}

/// Somebody who alone was told blocked the bot: told where everybody reads, unless the duty group read it too; of advice
/// the city hears that it did not get there.
async fn not_reached(sitting: &mut Sitting<'_>, lost: &Undelivered) -> Result<()> {
    let Some(question) = (match lost.question {
        Some(id) => sitting.tx.question(id).await?,
        None => None,
    }) else {
        return Ok(());
    };
    let State::Claimed { by, offered, .. } = question.state else {
        return Ok(());
    };
    if sitting.has_duty_group(&question).await? {
        return Ok(());
    }
    if lost.role == Role::Advice {
        return advice_not_reached(sitting, &question, by).await;
    }
    let channel = question.place().channel.clone();
    let named = sitting.named(offered.unwrap_or(by), &channel).await?;
    let Some(named) = named else { return Ok(()) };
    match offered {
        Some(_) => {
            let text = wording::offered_in_open(question.id, &named);
            let claim = [&[Push::Claim][..]];
            sitting.say_about(&question, Role::Whisper, text, &claim).await
        }
        None => {
            let text = wording::declined_in_open(question.id, &named);
            sitting.say_about(&question, Role::Whisper, text, &[]).await
        }
    }
}

async fn advice_not_reached(sitting: &mut Sitting<'_>, question: &Question, by: PersonId) -> Result<()> {
    for copy in sitting.tx.links_of(question.id, Role::City).await? {
        let place = copy.message.place;
        if let Some(named) = sitting.named(by, &place.channel).await? {
            let text = wording::helper_unreachable(question.id, &named);
            sitting.say(&place, Some(&copy.message.id), text).await?;
        }
    }
    Ok(())
}

/// A reply that was brought to the asker did not get there: its helper hears it, and what to do.
async fn tell_helper(sitting: &mut Sitting<'_>, lost: &Undelivered, group: &Group) -> Result<()> {
    let Some(id) = lost.question.filter(|_| lost.role == Role::Reply) else {
        return Ok(());
    };
    // What was written in the group itself is there.
    let replies = sitting.tx.links_of(id, Role::Reply).await?;
    if replies
        .last()
        .is_some_and(|link| link.message.place.chat == lost.place.chat)
    {
        return Ok(());
    }
    let text = match lost.loss {
        Loss::Void | Loss::Held | Loss::Unreachable => return Ok(()),
        Loss::Gone => wording::relay_waits(id, &group.title, Standing::Gone),
        Loss::Muted => wording::relay_waits(id, &group.title, Standing::Muted),
        Loss::Unknown | Loss::Refused | Loss::Unreadable => wording::relay_in_doubt(id, &group.title),
    };
    tell_holder(sitting, id, text).await
}

/// Says something to the helper who has a question.
async fn tell_holder(sitting: &mut Sitting<'_>, id: QuestionId, text: Rich) -> Result<()> {
    let Some(question) = sitting.tx.question(id).await? else {
        return Ok(());
    };
    let holder: Vec<PersonId> = question.state.holder().into_iter().collect();
    let words = |_: Spot, _: &[Named]| text.clone();
    sitting
        .tell_staff(&[question], &Told::words(News::NotDelivered, &holder, &words))
        .await?;
    Ok(())
}

/// Says something of a question to those who arrange things for its bureau; not where nothing can be said now.
async fn tell_keepers_of(
    sitting: &mut Sitting<'_>,
    question: &Question,
    except: Option<&Place>,
    text: &Rich,
) -> Result<()> {
    let keepers = sitting.roster.keepers_of(question.bureau);
    let words = |_: Spot, _: &[Named]| text.clone();
    let told = Told {
        except,
        ..Told::words(News::NotDelivered, &keepers, &words)
    };
    if !sitting.tell_staff(std::slice::from_ref(question), &told).await? {
        sitting.tell_city(question.bureau, text).await?;
    }
    Ok(())
}

/// The bot may speak in a group again: replies that did not get there go out now, and their helpers hear it.
pub(in crate::desk) async fn bring_replies(sitting: &mut Sitting<'_>, group: &Group) -> Result<()> {
    for id in sitting.tx.owe_replies_again(&group.place(), sitting.now).await? {
        tell_holder(sitting, id, wording::relayed_now(id, &group.title)).await?;
    }
    Ok(())
}

async fn in_doubt(sitting: &mut Sitting<'_>, lost: &Undelivered, group: &Group) -> Result<()> {
    let Some(id) = lost.question else { return Ok(()) };
    let loss = lost.loss.key().to_owned();
    sitting.note(id, &Step::NotDelivered { loss }).await?;
    let Some(question) = sitting.tx.question(id).await? else {
        return Ok(());
    };
    let text = wording::delivery_in_doubt(id, &group.title);
    tell_keepers_of(sitting, &question, None, &text).await
}

/// The bot can no longer speak in a group: told once, to those who can mend it.
pub(in crate::desk) async fn cannot_write(sitting: &mut Sitting<'_>, group: &Group, standing: Standing) -> Result<()> {
    if group.standing == standing {
        return Ok(());
    }
    sitting.tx.set_standing(group.id, standing).await?;
    let Some(bureau) = group.bureau().and_then(|id| sitting.roster.bureau(id)).cloned() else {
        return Ok(());
    };
    let text = wording::group_trouble(&group.title, standing == Standing::Gone);
    if !sitting.tell_keepers(&bureau, &text).await? {
        sitting.tell_city(bureau.id, &text).await?;
    }
    Ok(())
}
