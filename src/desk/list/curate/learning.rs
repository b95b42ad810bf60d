//! Lines from the groups: taken out of a draft before it is approved, and taken back after the list has learnt them.

use std::collections::BTreeSet;

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::Attempt;
use crate::desk::list::about::about;
use crate::desk::list::curate::drafts::{Written, begin_draft};
use crate::domain::list::draft::{DraftId, DraftRefusal, DraftState};
use crate::domain::roster::people::Person;
use crate::faq::Asked;
use crate::faq::edit::Proposal;

/// Lines were taken out; so many are left. With none left the draft is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct TakenOut {
    pub left: usize,
}

/// Why no line was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotTakenOut {
    /// No draft of that number.
    NoDraft,
    /// It cannot be changed as it stands.
    Refused(DraftRefusal),
    /// It has no such line: which, of how many.
    NoLine(i64, usize),
}

/// Why nothing is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotUnlearnt {
    /// No draft of that number.
    NoDraft,
    /// It taught the list nothing.
    NotLearnt,
    /// It has no such line: which, of how many.
    NoLine(i64, usize),
}

/// Takes lines, by their numbers, out of a draft of lines.
pub(in crate::desk) async fn take_out(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
    numbers: &[i64],
) -> Attempt<TakenOut, NotTakenOut> {
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotTakenOut::NoDraft));
    };
    let gone = match places(numbers, kept.proposal.lines().len()) {
        Ok(gone) => gone,
        Err((line, lines)) => return Ok(Err(NotTakenOut::NoLine(line, lines))),
    };
    let mut left = 0;
    if let Proposal::Learn(lines) | Proposal::Unlearn { lines, .. } = &mut kept.proposal {
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !gone.contains(&at)
        });
        left = lines.len();
    }
    let changed = match left {
        0 => kept.draft.dropped_by(person.id),
        _ => kept.draft.trimmed(),
    };
    kept.draft = match changed {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Err(NotTakenOut::Refused(refusal))),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    let (object, note) = (format!("draft {}", id.0), format!("-{}", gone.len()));
    sitting
        .audit(Some(person.id), "lessons_taken_out", &object, &note)
        .await?;
    Ok(Ok(TakenOut { left }))
}

/// A draft that makes the list forget what another taught it: the lines of these numbers, or all.
pub(in crate::desk) async fn unlearn(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
    numbers: &[i64],
) -> Attempt<Written, NotUnlearnt> {
    let Some(kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotUnlearnt::NoDraft));
    };
    let (Proposal::Learn(learnt), DraftState::Done { .. }) = (&kept.proposal, &kept.draft.state) else {
        return Ok(Err(NotUnlearnt::NotLearnt));
    };
    let chosen = match places(numbers, learnt.len()) {
        Ok(chosen) => chosen,
        Err((line, lines)) => return Ok(Err(NotUnlearnt::NoLine(line, lines))),
    };
    let known = sitting.tx.served_lexicon().await?.learnt.asked;
    let lines = (1..).zip(learnt);
    let lines = lines.filter(|(at, line)| (numbers.is_empty() || chosen.contains(at)) && known.contains(line));
    let lines: Vec<Asked> = lines.map(|(_, line)| line.clone()).collect();
    if lines.is_empty() {
        return Ok(Err(NotUnlearnt::NotLearnt));
    }
    let proposal = Proposal::Unlearn { draft: id.0, lines };
    let about = about(sitting, &proposal);
    Ok(Ok(begin_draft(sitting, person, proposal, None).await?.about(about)))
}

/// The places that were named, from one on; the first that is none, with how many there are.
fn places(numbers: &[i64], lines: usize) -> Result<BTreeSet<usize>, (i64, usize)> {
    let place = |number: &i64| {
        let at = usize::try_from(*number).unwrap_or(0);
        if (1..=lines).contains(&at) {
            Ok(at)
        } else {
            Err((*number, lines))
        }
    };
    numbers.iter().map(place).collect()
}
