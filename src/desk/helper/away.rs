//! `/leave` 请假 and `/swap` 换班: what differs from the duty plan, told to everybody it concerns, and the daily look at
//! the next fourteen days.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::helper::transfer;
use crate::desk::time::hand_over;
use crate::domain::asking::question::{Question, QuestionId, Refusal, State};
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::duty::leave;
use crate::domain::duty::leave::{LeaveAsked, Stretch, SwapAsked};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::domain::wording::Why;
use crate::store::duty::Swap;
use std::sync::Arc;

/// `/leave …`: what is answered to the helper.
pub(in crate::desk) async fn leave(sitting: &mut Sitting<'_>, incoming: &Incoming, words: &str) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(helper) = person.filter(Person::is_helper) else {
        return Ok(wording::helpers_only());
    };
    let today = sitting.desk.day(sitting.now);
    // What another command changed a moment ago counts.
    sitting.roster = Arc::new(sitting.tx.city().await?);
    match leave::leave(words, today) {
        None => Ok(wording::leave_usage()),
        Some(LeaveAsked::Over(day)) => Ok(wording::day_over(day)),
        Some(LeaveAsked::List) => Ok(own_leave(sitting, &helper)),
        Some(LeaveAsked::Cancel(number)) => call_off(sitting, &helper, number).await,
        Some(LeaveAsked::Away { who, when, cover }) => {
            let arranges = sitting.has_right(&helper, Right::Arrange, helper.bureau);
            if let (None, Some(cover), true) = (&who, &cover, arranges)
                && !cover.plain
            {
                let days = words.trim().strip_suffix(&cover.name).unwrap_or(words).trim();
                return Ok(wording::whose_leave(&cover.name.as_str().into(), &days.into()));
            }
            match who {
                None => leave_of(sitting, &helper, None, when, cover.as_ref()).await,
                Some(_) if !arranges => Ok(wording::leave_of_others()),
                Some(name) => match colleague(sitting, &helper, &name) {
                    Some(who) if sitting.has_right(&helper, Right::Arrange, who.bureau) => {
                        leave_of(sitting, &who, Some(&helper), when, cover.as_ref()).await
                    }
                    Some(_) => Ok(wording::leave_of_others()),
                    None => Ok(wording::nobody_of_that_name(&name.into())),
                },
            }
        }
    }
}

fn own_leave(sitting: &Sitting<'_>, helper: &Person) -> Rich {
    let changes = &sitting.roster.changes;
    let coming = changes
        .leaves
        .iter()
        .filter(|leave| leave.person == helper.id && leave.until > sitting.now);
    let rows: Vec<(i64, String)> = coming
        .map(|leave| (leave.id, said(sitting, leave.from, leave.until)))
        .collect();
    wording::own_leave(&rows)
}

/// `/leave 取消 3`: one's own, or one of the bureau by those who arrange things; whoever heard of it hears that it is off.
pub(in crate::desk) async fn call_off(sitting: &mut Sitting<'_>, helper: &Person, number: i64) -> Result<Rich> {
    let roster = Arc::clone(&sitting.roster);
    let leave = roster.changes.leaves.iter().find(|leave| leave.id == number);
    let who = leave.and_then(|leave| roster.person(leave.person));
    let may = |who: &&Person| who.id == helper.id || sitting.has_right(helper, Right::Arrange, who.bureau);
    let (Some(leave), Some(who)) = (leave, who.filter(may)) else {
        return Ok(sitting.not_done(wording::leave_taken_back(number, false)));
    };
    let Some(covers) = sitting.tx.take_leave_back(who.id, number).await? else {
        return Ok(sitting.not_done(wording::leave_taken_back(number, false)));
    };
    sitting
        .audit(Some(helper.id), "leave_off", &who.name, &number.to_string())
        .await?;
    let cover = covers.first().and_then(|cover| roster.person(*cover));
    let when = said(sitting, leave.from, leave.until);
    let text = wording::not_away(&who.name, &when, cover.map(|cover| cover.name.as_str()));
    tell_around(sitting, helper, who, &covers, &text).await?;
    Ok(wording::leave_taken_back(number, true))
}

/// Tells those who keep the bureau, whoever stands in and whose leave it is; not the one who writes.
async fn tell_around(
    sitting: &mut Sitting<'_>,
    by: &Person,
    who: &Person,
    covers: &[PersonId],
    text: &Rich,
) -> Result<()> {
    let mut told = sitting.roster.keepers_of(who.bureau);
    told.extend(covers);
    told.push(who.id);
    told.retain(|person| *person != by.id);
    sitting.tell_privately(&told, text).await
}

/// Notes leave of `who` as it was typed, by somebody else where `by` is given.
async fn leave_of(
    sitting: &mut Sitting<'_>,
    who: &Person,
    by: Option<&Person>,
    when: Stretch,
    cover: Option<&leave::Cover>,
) -> Result<Rich> {
    let cover = match cover {
        Some(cover) => match colleague(sitting, who, &cover.name) {
            Some(colleague) => Some(colleague),
            None => return Ok(wording::nobody_of_that_name(&cover.name.as_str().into())),
        },
        None => None,
    };
    go_away(sitting, who, by, when, cover.as_ref()).await
}

/// Notes leave of `who`, by somebody else where `by` is given.
pub(in crate::desk) async fn go_away(
    sitting: &mut Sitting<'_>,
    who: &Person,
    by: Option<&Person>,
    when: Stretch,
    cover: Option<&Person>,
) -> Result<Rich> {
    let Some((from, until)) = moments(sitting, when) else {
        return Ok(sitting.not_done(wording::time_over()));
    };
    let mut leaves = sitting.roster.changes.leaves.iter();
    let known =
        leaves.find(|leave| leave.person == who.id && leave.from <= from.max(sitting.now) && until <= leave.until);
    if let Some(known) = known {
        let known = wording::leave_known(known.id, &said(sitting, known.from, known.until));
        return Ok(sitting.not_done(known));
    }
    let number = sitting.tx.add_leave(who.id, from, until).await?;
    if let Some(cover) = cover {
        sitting.tx.add_cover(who.id, cover.id, from, until).await?;
    }
    sitting
        .audit(Some(by.unwrap_or(who).id), "leave", &who.name, &number.to_string())
        .await?;
    let begun = from <= sitting.now;
    let open = give_back(sitting, who, from).await?;
    let when = said(sitting, from, until);
    let cover_name = cover.map(|cover| cover.name.as_str());
    let text = wording::is_away(&who.name, &when, cover_name);
    let covers: Vec<PersonId> = cover.iter().map(|cover| cover.id).collect();
    tell_around(sitting, by.unwrap_or(who), who, &covers, &text).await?;
    let noted = wording::NotedLeave {
        number,
        of: by.map(|_| who.name.as_str()),
        when: &when,
        cover: cover_name,
        begun,
    };
    Ok(wording::leave_noted(&noted, &open))
}

/// What somebody holds unanswered: handed over at once where their leave has begun, looked at when it begins. Gives it
/// back, with what they answered where they can still see to it.
async fn give_back(sitting: &mut Sitting<'_>, who: &Person, from: Millis) -> Result<Vec<QuestionId>> {
    let open = sitting.tx.open_questions_with_helpers(who.bureau, Some(who.id)).await?;
    let mut own: Vec<Question> = open
        .into_iter()
        .filter(|question| question.state.holder() == Some(who.id))
        .collect();
    if from > sitting.now {
        sitting.tx.look_at_claims_from(who.id, from).await?;
        return Ok(own.iter().map(|question| question.id).collect());
    }
    // Whoever is asked now must know of the leave.
    sitting.roster = Arc::new(sitting.tx.city().await?);
    own.retain(|question| matches!(question.state, State::Claimed { .. }));
    let ids = own.iter().map(|question| question.id).collect();
    for question in own {
        hand_over::leave_waiting(sitting, question, Why::HelperLeft).await?;
    }
    Ok(ids)
}

/// `/swap …`: what is answered to the helper.
pub(in crate::desk) async fn swap(sitting: &mut Sitting<'_>, incoming: &Incoming, words: &str) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(helper) = person.filter(Person::is_helper) else {
        return Ok(wording::helpers_only());
    };
    match leave::swap(words, sitting.desk.day(sitting.now)) {
        None => Ok(wording::swap_usage()),
        Some(SwapAsked::Over(day)) => Ok(wording::day_over(day)),
        Some(SwapAsked::Propose {
            own,
            colleague: name,
            theirs,
        }) => match colleague(sitting, &helper, &name) {
            Some(colleague) => propose_swap(sitting, &helper, own, &colleague, theirs).await,
            None => Ok(wording::nobody_of_that_name(&name.as_str().into())),
        },
        Some(SwapAsked::Answer { agrees, number }) => answer_swap(sitting, &helper, agrees, number).await,
    }
}

/// Asks a colleague to do a stretch of duty, perhaps for one of theirs.
pub(in crate::desk) async fn propose_swap(
    sitting: &mut Sitting<'_>,
    helper: &Person,
    own: Stretch,
    colleague: &Person,
    theirs: Option<Stretch>,
) -> Result<Rich> {
    let (Some(own), Ok(theirs)) = (
        moments(sitting, own),
        theirs.map(|theirs| moments(sitting, theirs).ok_or(())).transpose(),
    ) else {
        return Ok(sitting.not_done(wording::time_over()));
    };
    if !sitting.is_reachable(colleague.id).await? {
        return Ok(sitting.not_done(wording::colleague_unreachable(&colleague.name)));
    }
    let number = sitting.tx.propose_swap(helper.id, colleague.id, own, theirs).await?;
    let own_said = said(sitting, own.0, own.1);
    let theirs_said = theirs.map(|theirs| said(sitting, theirs.0, theirs.1));
    let text = wording::swap_proposed(number, &helper.name, &own_said, theirs_said.as_deref());
    let pushes = [true, false].map(|agrees| Push::Swap { number, agrees });
    sitting.tell_privately_with(&[colleague.id], &text, &[&pushes]).await?;
    Ok(wording::swap_asked(&colleague.name))
}

/// Asks a helper to stand in for one of the same bureau who is away; `asks`: on whose word.
pub(in crate::desk) async fn propose_cover(
    sitting: &mut Sitting<'_>,
    asks: &Person,
    (of, by): (&Person, &Person),
    (from, until): (Millis, Millis),
) -> Result<Rich> {
    if !sitting.is_reachable(by.id).await? {
        return Ok(sitting.not_done(wording::colleague_unreachable(&by.name)));
    }
    let asked = sitting.tx.swaps_with(by.id).await?;
    let same = |swap: &Swap| swap.by == of.id && swap.own == (from, until) && swap.theirs.is_none();
    if asked.iter().any(|(_, to, swap)| *to == by.id && same(swap)) {
        return Ok(sitting.not_done(wording::cover_asked_before(&by.name)));
    }
    let number = sitting.tx.propose_swap(of.id, by.id, (from, until), None).await?;
    let when = said(sitting, from, until);
    let text = wording::cover_proposed(number, &asks.name, &of.name, &when);
    let pushes = [true, false].map(|agrees| Push::Swap { number, agrees });
    sitting.tell_privately_with(&[by.id], &text, &[&pushes]).await?;
    sitting
        .audit(Some(asks.id), "ask_cover", &by.name, &number.to_string())
        .await?;
    Ok(wording::swap_asked(&by.name))
}

/// The same by button.
pub(in crate::desk) async fn swap_pressed(
    sitting: &mut Sitting<'_>,
    via: &Via,
    agrees: bool,
    number: i64,
) -> Result<()> {
    let Some(helper) = via.helper().cloned() else {
        return sitting.refuse(via, &Refusal::NotHelper, None).await;
    };
    sitting.acknowledge(via).await?;
    let text = answer_swap(sitting, &helper, agrees, number).await?;
    sitting.say(&via.place, via.text_id.as_deref(), text).await
}

/// Agrees to a swap that was proposed to `helper`, or not.
pub(in crate::desk) async fn answer_swap(
    sitting: &mut Sitting<'_>,
    helper: &Person,
    agrees: bool,
    number: i64,
) -> Result<Rich> {
    let Some(swap) = sitting.tx.take_swap(number, helper.id).await? else {
        return Ok(sitting.not_done(wording::no_such_swap(number)));
    };
    let (from, until) = swap.own;
    if agrees {
        sitting.tx.add_cover(swap.by, helper.id, from, until).await?;
        if let Some((from, until)) = swap.theirs {
            sitting.tx.add_cover(helper.id, swap.by, from, until).await?;
        }
        sitting
            .audit(Some(helper.id), "swap", &helper.name, &number.to_string())
            .await?;
    }
    let asked_by = sitting
        .roster
        .person(swap.by)
        .map(|person| person.name.clone())
        .unwrap_or_default();
    let own = said(sitting, from, until);
    let theirs = swap.theirs.map(|(from, until)| said(sitting, from, until));
    let text = wording::swap_answered(agrees, &asked_by, &helper.name, &own, theirs.as_deref());
    let mut told = if agrees {
        sitting.roster.keepers_of(helper.bureau)
    } else {
        Vec::new()
    };
    told.push(swap.by);
    told.retain(|person| *person != helper.id);
    sitting.tell_privately(&told, &text).await?;
    Ok(text)
}

fn colleague(sitting: &Sitting<'_>, helper: &Person, name: &str) -> Option<Person> {
    transfer::helper_called(sitting, name, helper.bureau).filter(|colleague| colleague.id != helper.id)
}

/// A stretch as it is said, with its year where that is not this one.
fn said(sitting: &Sitting<'_>, from: Millis, until: Millis) -> String {
    wording::stretch_seen(sitting.now, from, until, sitting.time())
}

/// The moments a stretch begins and ends; none if it is over.
fn moments(sitting: &Sitting<'_>, when: Stretch) -> Option<(Millis, Millis)> {
    let from = sitting.time().moment(when.first, when.from_min)?;
    let until = sitting.time().moment(when.last, when.to_min)?;
    (until > sitting.now).then_some((from, until))
}
