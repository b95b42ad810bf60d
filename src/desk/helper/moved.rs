//! A reply that its helper gives to another question after it was said: `答复 1 …` changed into `答复 2 …`. The other one
//! gets it, and whoever read it as the answer to theirs is told that it was none.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::helper::reply::{self, Kept, Reply};
use crate::domain::asking::history::Step;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, QuestionId, Refusal, State};
use crate::domain::asking::replies;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::{Named, TakenBack};
use crate::store::links::Link;

/// Gives a reply to the question that its helper names now. Where that one cannot have it, nothing changes and the helper
/// hears so.
pub(in crate::desk) async fn reply_moves(
    sitting: &mut Sitting<'_>,
    from: &Question,
    to: QuestionId,
    helper: &Person,
    given: Reply<'_>,
    link: &Link,
) -> Result<()> {
    let place = link.message.place.clone();
    let other = sitting.tx.question(to).await?;
    let other = match taking(other, to, &given) {
        Ok(other) => other,
        Err(why) => {
            let text = wording::reply_stays(from.id, &why);
            return reply::tell_writer(sitting, &place, from.id, text, &[]).await;
        }
    };
    let mut text = wording::reply_moved(from.id, other.id);
    if take_back(sitting, from, helper, link).await? {
        text = text.plain(wording::still_owed(from.id));
    }
    reply::tell_writer(sitting, &place, from.id, text, &[]).await?;
    reply::reply(sitting, other, helper, given).await
}

/// The question that is to have a reply, or in words why it cannot.
fn taking(other: Option<Question>, to: QuestionId, given: &Reply<'_>) -> std::result::Result<Question, String> {
    let refused = |refusal: &Refusal| wording::refusal(refusal, Some(to), None);
    let other = other.ok_or_else(|| refused(&Refusal::NoSuchQuestion))?;
    if matches!(other.state, State::Ended { .. }) || other.asker.id.is_empty() {
        return Err(refused(&Refusal::Over));
    }
    if given.words.trim().is_empty() && given.copied(&other).is_empty() {
        return Err(wording::reply_needs_words());
    }
    Ok(other)
}

/// The words go where they were brought, and the asker is told. True if nothing answers the question now: whoever has it
/// still owes it an answer.
async fn take_back(sitting: &mut Sitting<'_>, question: &Question, helper: &Person, link: &Link) -> Result<bool> {
    let (id, kept) = (question.id, Kept::of(link));
    let (by, words) = (helper.id, kept.words.clone());
    let steps = sitting.tx.steps(id).await?;
    let standing = replies::standing_replies(steps.iter().map(|noted| &noted.step));
    let only = standing.iter().all(|reply| *reply == words) && standing.len() < 2;
    let question = if only {
        sitting
            .settle(question.clone().take_back(by, words, sitting.now))
            .await?
    } else {
        sitting.note(id, &Step::TookBack { by, words }).await?;
        question.clone()
    };
    for copy in &kept.copies {
        if let Some(shown) = sitting.copy(id, *copy).await? {
            let text = wording::not_the_answer(id);
            sitting.reword_shown(&shown, id, Role::Reply, text, &[]).await?;
        }
    }
    let holder = question.state.holder().filter(|_| question.open() && only);
    let named = match holder {
        Some(holder) => sitting.named(holder, &question.place().channel.clone()).await?,
        None => None,
    };
    let then = match &named {
        Some(named) => TakenBack::Owed(named),
        None if only => TakenBack::Over,
        None => TakenBack::OthersStand,
    };
    let text = wording::reply_taken_back(id, &then);
    sitting.say_about(&question, Role::Notice, text, &[]).await?;
    if let Some(other) = holder.filter(|holder| *holder != helper.id) {
        let words = |_: Spot, _: &[Named]| wording::answer_again(id, &helper.name, &question.text);
        let told = Told::words(News::FollowedUp, std::slice::from_ref(&other), &words);
        sitting.tell_staff(std::slice::from_ref(&question), &told).await?;
    }
    Ok(named.is_some())
}
