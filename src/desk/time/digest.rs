//! The week's digest: once a week, when its bureau begins to work, to whoever keeps it, in private; off by one press.

use jiff::ToSpan as _;

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::time::ahead::{self, DAYS_AHEAD};
use crate::domain::asking::question::{Refusal, State};
use crate::domain::chat::rich::Rich;
use crate::domain::duty::coverage;
use crate::domain::roster::people::{Bureau, BureauId, Person, PersonId, Role, Roster};
use crate::domain::time::zone;
use crate::domain::wording::{self, Digest};
use crate::store::board::Tally;

/// Who gets a bureau's digest: its administrators, or those of the installation where it has none; and those of it who
/// supervise.
fn readers(roster: &Roster, bureau: BureauId) -> Vec<PersonId> {
    let mut readers = roster.keepers_of(bureau);
    let supervisors = roster
        .people
        .iter()
        .filter(|person| person.bureau == bureau && person.has(Role::Supervisor));
    for supervisor in supervisors {
        if !readers.contains(&supervisor.id) {
            readers.push(supervisor.id);
        }
    }
    readers
}

/// Whether somebody gets the digest of some bureau.
pub(in crate::desk) fn reads_digest(roster: &Roster, person: &Person) -> bool {
    roster
        .bureaus
        .iter()
        .any(|bureau| readers(roster, bureau.id).contains(&person.id))
}

/// Sends the last whole week's digest of a bureau to those of its readers who did not have it, once the week is summed
/// up. A week in which nothing was asked has none.
pub(in crate::desk) async fn tell(sitting: &mut Sitting<'_>, bureau: &Bureau) -> Result<()> {
    let readers = readers(&sitting.roster, bureau.id);
    let mut waiting = Vec::new();
    for reader in readers {
        if sitting.tx.wants_digest(reader).await? && sitting.is_reachable(reader).await? {
            waiting.push(reader);
        }
    }
    if waiting.is_empty() {
        return Ok(());
    }
    let today = sitting.desk.day(sitting.now);
    let back = i64::from(today.weekday().to_monday_zero_offset()) + 7;
    let Ok(monday) = today.checked_sub(back.days()) else {
        return Ok(());
    };
    let week = monday.to_string();
    let mut text: Option<Rich> = None;
    for reader in waiting {
        if text.is_none() {
            let Some(digest) = digest(sitting, bureau, monday).await? else {
                return Ok(());
            };
            text = Some(wording::digest(&digest));
        }
        let Some(text) = &text else { continue };
        if sitting.tx.mark_digest(reader, bureau.id, &week, sitting.now).await? {
            sitting
                .tell_privately_with(&[reader], text, &[&[Push::NoDigest]])
                .await?;
        }
    }
    Ok(())
}

/// What is told of a bureau's week; none where it is not summed up, or nothing was asked.
async fn digest(sitting: &mut Sitting<'_>, bureau: &Bureau, monday: jiff::civil::Date) -> Result<Option<Digest>> {
    let zone = &sitting.desk.config.timezone;
    let begin = |days: i64| zone::moment(zone, monday.checked_add(days.days()).ok()?);
    let (Some(before), Some(from), Some(until)) = (begin(-7), begin(0), begin(7)) else {
        return Ok(None);
    };
    let last = monday.checked_add(6.days()).unwrap_or(monday);
    let known = sitting.tx.summed_days(before, until).await?;
    let of_week = known.iter().filter(|(at, _)| *at >= from).count();
    let mut sums = [Tally::default(), Tally::default()];
    for (at, _, tally) in sitting.tx.hours(Some(bureau.id), before, until).await? {
        sums[usize::from(at >= from)] += tally;
    }
    let [earlier, week] = sums;
    if of_week < 7 || week.asked == 0 {
        return Ok(None);
    }
    let reviews = ahead::open_reviews(sitting, bureau.id).await?;
    let gaps = coverage::gaps(&sitting.roster, bureau.id, sitting.now, DAYS_AHEAD, sitting.time());
    Ok(Some(Digest {
        bureau: bureau.name.clone(),
        days: (wording::day_said(monday), wording::day_said(last)),
        asked: (week.asked, (known.len() - of_week == 7).then_some(earlier.asked)),
        sure: (week.sure, week.unsolved),
        handed: (week.handed, week.replied.min(week.handed)),
        late: late(sitting, bureau.id).await?,
        reviews: reviews.iter().filter(|(_, _, over)| *over).count(),
        gaps: gaps.len(),
    }))
}

/// How many questions of a bureau are past their time.
async fn late(sitting: &mut Sitting<'_>, bureau: BureauId) -> Result<usize> {
    let open = sitting.tx.open_questions_with_helpers(bureau, None).await?;
    let waits = open
        .iter()
        .filter(|question| matches!(question.state, State::Waiting { .. } | State::Claimed { .. }));
    let of_bureau = waits.filter(|question| question.bureau == bureau);
    let late = of_bureau.filter(|question| sitting.deadline(question).is_some_and(|until| until < sitting.now));
    Ok(late.count())
}

/// Somebody switches their digest on or off; what is answered.
pub(in crate::desk) async fn switch(sitting: &mut Sitting<'_>, person: &Person, on: bool) -> Result<Rich> {
    if !reads_digest(&sitting.roster, person) {
        return Ok(sitting.not_done(wording::digest_not_yours()));
    }
    sitting.tx.switch_digest(person.id, on, sitting.now).await?;
    let note = if on { "on" } else { "off" };
    sitting.audit(Some(person.id), "digest", &person.name, note).await?;
    Ok(wording::digest_switched(on))
}

/// The same by the button under a digest.
pub(in crate::desk) async fn pressed(sitting: &mut Sitting<'_>, via: &Via) -> Result<()> {
    let Some(person) = via.person.clone() else {
        return sitting.refuse(via, &Refusal::NotHelper, None).await;
    };
    sitting.acknowledge(via).await?;
    let text = switch(sitting, &person, false).await?;
    sitting.say(&via.place, via.text_id.as_deref(), text).await
}
