//! Handing a question to the helper on duty: the card, where it lands, and what the asker hears.

use crate::desk::ground::push::Push;
use crate::desk::ground::reading::{Verdict, audience};
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::{CardBody, Told, shortened};
use crate::desk::{LATE_MS, Result};
use crate::domain::asking::alike::alike;
use crate::domain::asking::history::Step;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::asking::request::Adopted;
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::duty::Duty;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;
use crate::domain::wording::Why;
use crate::domain::{duty, wording};

/// The burst is over and nothing answered it: what was said is handed over.
pub(in crate::desk) async fn burst_over(sitting: &mut Sitting<'_>, question: Question) -> Result<()> {
    let kind = sitting
        .tx
        .group(question.group)
        .await?
        .and_then(|group| group.kind())
        .unwrap_or(GroupKind::Help);
    let why = match sitting.verdict(question.text.as_str(), kind) {
        Verdict::Unknown(why) => why,
        Verdict::Sure(_) | Verdict::Unsure(_) => Why::NoAnswer,
    };
    // Nobody was told yet that it was heard late.
    sitting.late = (question.heard_at.since(question.asked_at) > LATE_MS).then_some(question.asked_at);
    leave_waiting(sitting, question, why).await
}

/// Whom a question is handed to: its first helper if on duty now, else the helper on duty.
pub(in crate::desk) async fn duty_for(sitting: &mut Sitting<'_>, question: &Question) -> Result<Duty> {
    if let Some(first) = question.first_helper
        && duty::may_be_on_duty(&sitting.roster, question.bureau, first, sitting.now, sitting.time())
    {
        return Ok(Duty::Now(first));
    }
    sitting.on_duty(sitting.post(question), true).await
}

/// Hands an unanswered question over, from whatever state.
pub(in crate::desk) async fn leave_waiting(sitting: &mut Sitting<'_>, moved: impl Into<Moved>, why: Why) -> Result<()> {
    let moved = moved.into();
    let duty = duty_for(sitting, &moved.question).await?;
    let (later, now) = (duty.begins().is_some(), sitting.now);
    let waiting = moved.then(|question| question.wait(duty.helper(), later, now));
    hand_over(sitting, waiting, &duty, why).await
}

/// Writes a waiting question down and says so: with a duty group the card goes there and the help group hears
/// one line; without one the card is the one message in the help group.
pub(in crate::desk) async fn hand_over(
    sitting: &mut Sitting<'_>,
    mut waiting: Moved,
    duty: &Duty,
    why: Why,
) -> Result<()> {
    let elsewhere = sitting.elsewhere(&waiting.question)?;
    if elsewhere.is_some() {
        waiting = waiting.noting(Step::RemindedOfPlace);
    }
    let question = sitting.settle(waiting).await?;
    let here = sitting.duty_named(duty, &question.place().channel.clone()).await?;
    let minutes = minutes_to_answer(sitting, &question)?;
    let hidden = question.text.reachable_by();
    let handed = wording::HandedOver {
        id: question.id,
        helper: here.as_ref(),
        minutes,
        why,
        elsewhere: elsewhere.as_ref(),
        hidden: &hidden,
    };
    if sitting.has_duty_group(&question).await? {
        let line = wording::handed_over_line(&handed);
        sitting.say_about(&question, Role::Notice, line, &[]).await?;
    } else {
        let card = wording::card_in_group(&handed);
        sitting
            .say_about(&question, Role::Card, card, &[&[Push::Claim]])
            .await?;
    }
    // Outside duty time nobody is disturbed; the ladder shows the card when it begins.
    if duty.begins().is_some() {
        return Ok(());
    }
    call_to_staff(sitting, &question, duty).await
}

/// The card where staff see it, with the media that came with the question; in the help group it stands already.
pub(in crate::desk) async fn call_to_staff(sitting: &mut Sitting<'_>, question: &Question, duty: &Duty) -> Result<()> {
    let helper: Vec<PersonId> = duty.helper().into_iter().collect();
    let body = card_body(sitting, question).await?;
    let words = |spot: Spot, named: &[wording::Named]| match spot {
        Spot::Duty | Spot::Private => wording::card_head(question.id, named.first()),
        Spot::Open => Rich::default(),
    };
    let told = Told {
        card: Some(&body),
        media: &question.media,
        from: Some(&question.message),
        ..Told::words(News::Card, &helper, &words)
    };
    sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    Ok(())
}

pub(in crate::desk) fn minutes_to_answer(sitting: &Sitting<'_>, question: &Question) -> Result<i64> {
    let clocks = sitting.desk.config.clocks_for(&sitting.bureau(question.bureau).name);
    Ok((clocks.first_reply_ms / 60_000).max(1))
}

/// What a card for staff says under its head, and its buttons: 认领, and 采用此答复 for each of the nearest entries.
pub(in crate::desk) async fn card_body(sitting: &mut Sitting<'_>, question: &Question) -> Result<CardBody> {
    let group = sitting.tx.group(question.group).await?;
    let kinds: Vec<_> = question.media.iter().map(|media| media.kind).collect();
    let near = nearest(sitting, question).await?;
    let alike = asked_before(sitting, question).await?;
    let title = group.map(|group| group.title).unwrap_or_default();
    let (numbers, near): (Vec<u32>, Vec<Rich>) = near.into_iter().unzip();
    let card = wording::StaffCard {
        id: question.id,
        asker: &question.asker_name,
        group: &title,
        question: &question.text,
        media: &kinds,
        near: &near,
        alike: &alike,
    };
    let adopt = numbers.into_iter().map(|no| Push::Adopt(Adopted::Entry(no)));
    Ok(CardBody {
        text: wording::card_for_staff(&card),
        pushes: std::iter::once(Push::Claim).chain(adopt).collect(),
    })
}

/// The entries nearest to a question that may be said where it was asked: number and what is sent when it is adopted.
pub(in crate::desk) async fn nearest(sitting: &mut Sitting<'_>, question: &Question) -> Result<Vec<(u32, Rich)>> {
    const MOST: usize = 3;
    let group = sitting.tx.group(question.group).await?;
    let kind = group.as_ref().and_then(Group::kind);
    let bureau = sitting.bureau_meant(question);
    let faq = sitting.served.faq();
    let reading = sitting.reading(question.text.as_str(), audience(kind));
    let hits = faq.decide(&reading, sitting.desk.day(sitting.now)).hits;
    let entries = hits.iter().take(MOST).filter_map(|hit| faq.entry(&hit.entry));
    let sayable = entries.filter_map(|entry| Some((entry.no, sitting.said(&entry.id, &bureau)?)));
    Ok(sayable.map(|(no, said)| (no, wording::answer_alone(&said))).collect())
}

/// What was asked before and how it was answered.
pub(in crate::desk) async fn asked_before(
    sitting: &mut Sitting<'_>,
    question: &Question,
) -> Result<Vec<(QuestionId, Masked, Masked)>> {
    const MOST: usize = 2;
    const ENOUGH: f64 = 0.4;
    const LOOKED_AT: i64 = 300;
    let mut found: Vec<(f64, QuestionId, String, String)> = sitting
        .tx
        .answered_before(question.id, LOOKED_AT)
        .await?
        .into_iter()
        .map(|(id, words, reply)| (alike(question.text.as_str(), &words), id, words, reply))
        .filter(|(likeness, ..)| *likeness >= ENOUGH)
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
    let shown = found.into_iter().take(MOST);
    Ok(shown
        .map(|(_, id, words, reply)| (id, shortened(&words), shortened(&reply)))
        .collect())
}
