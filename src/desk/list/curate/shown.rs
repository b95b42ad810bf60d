//! Drafts as they are read: the open ones, and one in full.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::about::{DraftAbout, about};
use crate::desk::list::curate::drafts::missing;
use crate::desk::list::{Attempt, keepers};
use crate::domain::list::draft::{Draft, DraftId, DraftState};
use crate::domain::wording::LessonLine;
use crate::faq::edit::{FIELDS, Field, Proposal};
use crate::faq::{Asked, Expect, edit};
use crate::store::drafts::Kept;

/// No draft of that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct NoDraft;

/// A draft in one line.
#[derive(Clone, Debug)]
pub(in crate::desk) struct DraftLine {
    pub id: DraftId,
    pub about: DraftAbout,
    pub stands: Stands,
}

/// Where a draft stands, and the name of whoever decided so; empty if nobody has, or they left the roster.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Stands {
    pub state: DraftState,
    pub by: String,
}

/// A draft in full.
#[derive(Clone, Debug)]
pub(in crate::desk) struct DraftView {
    pub about: DraftAbout,
    pub stands: Stands,
    /// Names of everybody who wrote at it.
    pub authors: Vec<String>,
    /// Fields with their old (empty for a new entry) and new text.
    pub fields: Vec<(Field, String, String)>,
    /// Lines it would learn or forget, in order.
    pub lines: Vec<LessonLine>,
    pub missing: Vec<Field>,
    /// Whether it can still be written at.
    pub is_open: bool,
}

/// The open drafts.
pub(in crate::desk) async fn list_drafts(sitting: &mut Sitting<'_>) -> Result<Vec<DraftLine>> {
    let open = sitting.tx.open_drafts().await?;
    let line = |kept: &Kept| DraftLine {
        id: kept.draft.id,
        about: about(sitting, &kept.proposal),
        stands: stands(sitting, &kept.draft),
    };
    Ok(open.iter().map(line).collect())
}

/// A draft with everything it would change.
pub(in crate::desk) async fn show_draft(sitting: &mut Sitting<'_>, id: DraftId) -> Attempt<DraftView, NoDraft> {
    let Some(kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NoDraft));
    };
    let fields = match &kept.proposal {
        Proposal::New(entry) => FIELDS
            .iter()
            .map(|(_, field)| (*field, String::new(), field.said(entry)))
            .filter(|(_, _, text)| !text.is_empty())
            .collect(),
        Proposal::Edit { base, entry } => match sitting.tx.revision(&entry.id, *base).await? {
            Some(old) => edit::differences(&old, entry),
            None => Vec::new(),
        },
        Proposal::Withdraw { .. } | Proposal::Fill { .. } | Proposal::Learn(_) | Proposal::Unlearn { .. } => Vec::new(),
    };
    let authors = kept.draft.authors.iter();
    Ok(Ok(DraftView {
        about: about(sitting, &kept.proposal),
        stands: stands(sitting, &kept.draft),
        authors: authors.map(|author| keepers::name_of(sitting, *author)).collect(),
        fields,
        lines: kept
            .proposal
            .lines()
            .iter()
            .map(|line| lesson_line(sitting, line))
            .collect(),
        missing: missing(&kept.proposal),
        is_open: kept.draft.is_open(),
    }))
}

/// A line with what answers it, as keepers read it.
fn lesson_line(sitting: &Sitting<'_>, line: &Asked) -> LessonLine {
    let entry = match &line.expect {
        Expect::Answer(entry) => sitting.served.faq().entry(entry),
        Expect::Escalate | Expect::Silent => None,
    };
    LessonLine {
        text: line.text.as_str().into(),
        answered_by: entry.map(|entry| (entry.no, entry.question.clone())),
        from: line
            .confirmed
            .as_ref()
            .map(|from| (from.question, from.how, from.bureau.clone())),
    }
}

fn stands(sitting: &Sitting<'_>, draft: &Draft) -> Stands {
    let by = match &draft.state {
        DraftState::Returned { by, .. }
        | DraftState::Testing { by }
        | DraftState::Scheduled { by, .. }
        | DraftState::Done { by, .. }
        | DraftState::Dropped { by } => keepers::name_of(sitting, *by),
        DraftState::Writing | DraftState::Submitted => String::new(),
    };
    let state = draft.state.clone();
    Stands { state, by }
}
