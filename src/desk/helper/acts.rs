//! What a helper does with a question by button or word: take it, put it back, end it; the rest has files of its own.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::{Told, same_chat};
use crate::desk::ground::via::Via;
use crate::desk::helper::{guidance, inform, reply, review, transfer};
use crate::desk::time::hand_over;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Ending, Question};
use crate::domain::asking::request::{Adopted, HelperAct};
use crate::domain::chat::message::Place;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::wording;
use crate::domain::wording::{Named, Why};

/// The buttons of a question that somebody has just taken.
const CLAIMED: [&[Push]; 2] = [&[Push::Release, Push::Close], &[Push::AskCity, Push::Offer]];

pub(in crate::desk) async fn helper_acts(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    act: &HelperAct,
    helper: &Person,
) -> Result<()> {
    match act {
        HelperAct::Claim => claim(sitting, via, question, helper).await,
        HelperAct::Release => release(sitting, via, question, helper).await,
        HelperAct::Close(reason) => close(sitting, via, question, helper, reason).await,
        HelperAct::Reply(words) if words.trim().is_empty() && via.media.is_empty() && !via.stuck => {
            sitting
                .say(&via.place, via.text_id.as_deref(), wording::reply_needs_words().into())
                .await
        }
        HelperAct::Reply(words) => reply::reply_by_command(sitting, via, question, helper, words).await,
        HelperAct::Offer(words) => transfer::offer(sitting, via, question, helper, words).await,
        HelperAct::Decline => transfer::decline(sitting, via, question, helper).await,
        HelperAct::AskCity(note) => guidance::ask_city(sitting, via, question, helper, note).await,
        HelperAct::Adopt(adopted) => guidance::adopt(sitting, via, question, helper, *adopted, "").await,
        HelperAct::AdoptTyped(Some(no), words) => {
            guidance::adopt(sitting, via, question, helper, Adopted::Entry(*no), words).await
        }
        HelperAct::AdoptTyped(None, words) => match guidance::newest_advice(sitting, &question).await? {
            Some(advice) if words.is_empty() => guidance::adopt(sitting, via, question, helper, advice, "").await,
            Some(_) | None => sitting.tell(via, wording::adopt_usage(question.id)).await,
        },
        HelperAct::Inform(words) => inform::inform(sitting, via, question, helper, words).await,
        HelperAct::Review(words) => review::review(sitting, via, question, helper, words).await,
    }
}

/// 认领; where it was offered to this helper, 接手.
async fn claim(sitting: &mut Sitting<'_>, via: &Via, question: Question, helper: &Person) -> Result<()> {
    let id = question.id;
    let before = question.state.holder();
    let claimed = match question.claim(helper.id, sitting.now) {
        Ok(claimed) => claimed,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.acknowledge(via).await?;
    let claimed = sitting.settle(claimed).await?;
    tell_claimed(sitting, via, &claimed, helper, before).await
}

/// Who has it is said where it was asked; the helper's own notice, with the buttons, where staff read.
async fn tell_claimed(
    sitting: &mut Sitting<'_>,
    via: &Via,
    claimed: &Question,
    helper: &Person,
    before: Option<PersonId>,
) -> Result<()> {
    let id = claimed.id;
    let Some(named) = sitting.named(helper.id, &claimed.place().channel).await? else {
        return Ok(());
    };
    let first = claimed.first_helper.filter(|first| *first != helper.id);
    let first = first
        .and_then(|first| sitting.roster.person(first))
        .map(|first| first.name.clone());
    let text = match before {
        Some(_) => wording::taken_over(id, &named, first.as_deref()),
        None => wording::claimed(id, &named),
    };
    if let Some(before) = before.filter(|before| *before != helper.id) {
        let taken_over = |_: Spot, _: &[Named]| text.clone();
        let told = Told::words(News::TakenOver, std::slice::from_ref(&before), &taken_over);
        sitting.tell_staff(std::slice::from_ref(claimed), &told).await?;
    }
    let here = same_chat(&via.place, claimed.place());
    if here && !sitting.has_duty_group(claimed).await? {
        return sitting.say_about(claimed, Role::Notice, text, &CLAIMED).await;
    }
    sitting.say_about(claimed, Role::Notice, text, &[]).await?;
    claimed_among_staff(sitting, &via.place, claimed, helper.id).await
}

/// The notice of whoever claimed among staff: where they did it, and where staff of the bureau read.
pub(in crate::desk) async fn claimed_among_staff(
    sitting: &mut Sitting<'_>,
    place: &Place,
    claimed: &Question,
    helper: PersonId,
) -> Result<()> {
    let (id, asked) = (claimed.id, &claimed.text);
    let words = |spot: Spot, named: &[Named]| match spot {
        Spot::Private => wording::claimed_for_staff(id, None, asked),
        Spot::Duty | Spot::Open => wording::claimed_for_staff(id, named.first(), asked),
    };
    let told = Told {
        buttons: &CLAIMED,
        also: Some(place),
        ..Told::words(News::Claimed, std::slice::from_ref(&helper), &words)
    };
    sitting.tell_staff(std::slice::from_ref(claimed), &told).await?;
    Ok(())
}

async fn release(sitting: &mut Sitting<'_>, via: &Via, question: Question, helper: &Person) -> Result<()> {
    let id = question.id;
    let duty = sitting.on_duty(sitting.post(&question), true).await?;
    let released = match question.release(helper.id, duty.helper(), sitting.now) {
        Ok(released) => released,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.acknowledge(via).await?;
    let released = sitting.settle(released).await?;
    let named = sitting.duty_named(&duty, &released.place().channel.clone()).await?;
    let minutes = hand_over::minutes_to_answer(sitting, &released)?;
    let body = hand_over::card_body(sitting, &released).await?;
    let people: Vec<PersonId> = duty.helper().into_iter().collect();
    let words = |_: Spot, named: &[Named]| wording::released(id, named.first());
    let told = Told {
        buttons: &[&[Push::Claim]],
        card: Some(&body),
        line: Some(wording::handed_over_line(&wording::HandedOver {
            id,
            helper: named.as_ref(),
            minutes,
            why: Why::NoAnswer,
            elsewhere: None,
            hidden: &[],
        })),
        ..Told::words(News::Released, &people, &words)
    };
    sitting.tell_staff(std::slice::from_ref(&released), &told).await?;
    Ok(())
}

async fn close(sitting: &mut Sitting<'_>, via: &Via, question: Question, helper: &Person, reason: &str) -> Result<()> {
    let id = question.id;
    let admin = transfer::arranges(sitting, helper, &question);
    let reason = Masked::from(reason);
    let holder = question.state.holder().filter(|holder| *holder != helper.id);
    let closed = match question.clone().close(helper.id, admin, &reason, sitting.now) {
        Ok(closed) => closed,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.end(via, closed, Ending::Closed).await?;
    if let Some(holder) = holder {
        let words = |_: Spot, _: &[Named]| wording::closed_for_you(id, &helper.name, &reason);
        let told = Told::words(News::ClosedForHelper, std::slice::from_ref(&holder), &words);
        sitting.tell_staff(std::slice::from_ref(&question), &told).await?;
    }
    Ok(())
}
