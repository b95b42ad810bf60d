//! Approvers decide about drafts that were handed in: 批准 and 退回, each with its own outcome.

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::{Attempt, notices};
use crate::domain::list::draft::{DraftId, DraftRefusal};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;

/// A draft is approved; its tests run next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Approved;

/// Why a draft was not approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotApproved {
    /// Only approvers decide.
    NotAnApprover,
    /// No draft of that number.
    NoDraft,
    /// It cannot be approved as it stands, or not by this person.
    Refused(DraftRefusal),
}

/// A draft is sent back to its authors, who were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Returned;

/// Why a draft was not sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotReturned {
    /// Only approvers decide.
    NotAnApprover,
    /// The authors must know why.
    NoReason,
    /// No draft of that number.
    NoDraft,
    /// It cannot be sent back as it stands.
    Refused(DraftRefusal),
}

/// Somebody who did not write a draft approves it.
pub(in crate::desk) async fn approve_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
) -> Attempt<Approved, NotApproved> {
    if !sitting.has_right(person, Right::Approve, person.bureau) {
        return Ok(Err(NotApproved::NotAnApprover));
    }
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotApproved::NoDraft));
    };
    kept.draft = match kept.draft.approved_by(person.id) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Err(NotApproved::Refused(refusal))),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft_approved", &format!("draft {}", id.0), "")
        .await?;
    Ok(Ok(Approved))
}

/// An approver sends a draft back with a reason; its other authors are told.
pub(in crate::desk) async fn return_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
    why: &str,
) -> Attempt<Returned, NotReturned> {
    if !sitting.has_right(person, Right::Approve, person.bureau) {
        return Ok(Err(NotReturned::NotAnApprover));
    }
    if why.trim().is_empty() {
        return Ok(Err(NotReturned::NoReason));
    }
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotReturned::NoDraft));
    };
    kept.draft = match kept.draft.returned_by(person.id, why) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Err(NotReturned::Refused(refusal))),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft_returned", &format!("draft {}", id.0), "")
        .await?;
    let authors = kept.draft.authors.iter().copied();
    let others: Vec<PersonId> = authors.filter(|author| *author != person.id).collect();
    notices::draft_returned(sitting, &others, id, &person.name, why).await?;
    Ok(Ok(Returned))
}
