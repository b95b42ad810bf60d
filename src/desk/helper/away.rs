//! `/leave` 请假 and `/swap` 换班: what differs from the duty plan, told to everybody it concerns, and the daily look at
//! the next fourteen days.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::helper::transfer;
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::duty::leave;
use crate::domain::duty::leave::{LeaveAsked, Stretch, SwapAsked};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::wording;

/// `/leave …`: what is answered to the helper.
pub(in crate::desk) async fn leave(sitting: &mut Sitting<'_>, incoming: &Incoming, words: &str) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(helper) = person.filter(Person::is_helper) else {
        return Ok(wording::helpers_only());
    };
    let today = sitting.desk.day(sitting.now);
    match leave::leave(words, today) {
        None => Ok(wording::leave_usage()),
        Some(LeaveAsked::List) => Ok(own_leave(sitting, &helper)),
        Some(LeaveAsked::Cancel(number)) => {
            let done = sitting.tx.take_leave_back(helper.id, number).await?;
            Ok(wording::leave_taken_back(number, done))
        }
        Some(LeaveAsked::Away { when, cover }) => go_away(sitting, &helper, when, cover.as_deref()).await,
    }
}

fn own_leave(sitting: &Sitting<'_>, helper: &Person) -> Rich {
    let changes = &sitting.roster.changes;
    let coming = changes
        .leaves
        .iter()
        .filter(|leave| leave.person == helper.id && leave.until > sitting.now);
    let rows: Vec<(i64, String)> = coming
        .map(|leave| (leave.id, wording::stretch(leave.from, leave.until, sitting.time())))
        .collect();
    wording::own_leave(&rows)
}

async fn go_away(sitting: &mut Sitting<'_>, helper: &Person, when: Stretch, cover: Option<&str>) -> Result<Rich> {
    let Some((from, until)) = moments(sitting, when) else {
        return Ok(wording::leave_usage());
    };
    let cover = match cover {
        Some(name) => match colleague(sitting, helper, name) {
            Some(colleague) => Some(colleague),
            None => return Ok(wording::nobody_of_that_name(name)),
        },
        None => None,
    };
    let number = sitting.tx.add_leave(helper.id, from, until).await?;
    if let Some(cover) = &cover {
        sitting.tx.add_cover(helper.id, cover.id, from, until).await?;
    }
    sitting.tx.look_at_claims_from(helper.id, from).await?;
    sitting
        .audit(Some(helper.id), "leave", &helper.name, &number.to_string())
        .await?;
    let said = wording::stretch(from, until, sitting.time());
    let cover_name = cover.as_ref().map(|cover| cover.name.as_str());
    let text = wording::is_away(&helper.name, &said, cover_name);
    let mut told: Vec<PersonId> = sitting.roster.keepers_of(helper.bureau);
    told.extend(cover.as_ref().map(|cover| cover.id));
    told.retain(|person| *person != helper.id);
    sitting.tell_privately(&told, &text).await?;
    let open = sitting.tx.open_questions_with_helpers(helper.bureau, helper.id).await?;
    let own = open
        .iter()
        .filter(|question| question.state.holder() == Some(helper.id));
    let own: Vec<_> = own.map(|question| question.id).collect();
    Ok(wording::leave_noted(number, &said, cover_name, &own))
}

/// `/swap …`: what is answered to the helper.
pub(in crate::desk) async fn swap(sitting: &mut Sitting<'_>, incoming: &Incoming, words: &str) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(helper) = person.filter(Person::is_helper) else {
        return Ok(wording::helpers_only());
    };
    match leave::swap(words, sitting.desk.day(sitting.now)) {
        None => Ok(wording::swap_usage()),
        Some(SwapAsked::Propose { own, colleague, theirs }) => {
            propose_swap(sitting, &helper, own, &colleague, theirs).await
        }
        Some(SwapAsked::Answer { agrees, number }) => answer_swap(sitting, &helper, agrees, number).await,
    }
}

async fn propose_swap(
    sitting: &mut Sitting<'_>,
    helper: &Person,
    own: Stretch,
    name: &str,
    theirs: Option<Stretch>,
) -> Result<Rich> {
    let Some(colleague) = colleague(sitting, helper, name) else {
        return Ok(wording::nobody_of_that_name(name));
    };
    let (Some(own), Ok(theirs)) = (
        moments(sitting, own),
        theirs.map(|theirs| moments(sitting, theirs).ok_or(())).transpose(),
    ) else {
        return Ok(wording::swap_usage());
    };
    if !sitting.is_reachable(colleague.id).await? {
        return Ok(wording::colleague_unreachable(&colleague.name));
    }
    let number = sitting.tx.propose_swap(helper.id, colleague.id, own, theirs).await?;
    let own_said = wording::stretch(own.0, own.1, sitting.time());
    let theirs_said = theirs.map(|theirs| wording::stretch(theirs.0, theirs.1, sitting.time()));
    let text = wording::swap_proposed(number, &helper.name, &own_said, theirs_said.as_deref());
    sitting.tell_privately(&[colleague.id], &text).await?;
    Ok(wording::swap_asked(&colleague.name))
}

async fn answer_swap(sitting: &mut Sitting<'_>, helper: &Person, agrees: bool, number: i64) -> Result<Rich> {
    let Some(swap) = sitting.tx.take_swap(number, helper.id).await? else {
        return Ok(wording::no_such_swap(number));
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
    let own = wording::stretch(from, until, sitting.time());
    let theirs = swap
        .theirs
        .map(|(from, until)| wording::stretch(from, until, sitting.time()));
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

/// The moments a stretch begins and ends; none if it is over.
fn moments(sitting: &Sitting<'_>, when: Stretch) -> Option<(Millis, Millis)> {
    let from = sitting.time().moment(when.first, when.from_min)?;
    let until = sitting.time().moment(when.last, when.to_min)?;
    (until > sitting.now).then_some((from, until))
}
