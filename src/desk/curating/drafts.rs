//! Drafts as pages show them: what each would change, who may decide about it, and how far its tests are.

use crate::desk::curating::said::as_said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::curate::shown::{self, DraftView};
use crate::desk::list::notices::said_about;
use crate::desk::{Desk, Result};
use crate::domain::list::draft::{DraftId, DraftState};
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::wording::{self, LessonLine, TestStep};
use crate::faq::edit::{Field, Proposal};
use crate::faq::{Entry, EntryId};
use crate::store::drafts::Kept;

/// Drafts that were decided last.
const LAST: i64 = 6;

/// Fields, each with its old and new text.
pub type Fields = Vec<(Field, String, String)>;

/// A draft as a page shows it.
#[derive(Clone, Debug)]
pub struct DraftPage {
    /// Its number.
    pub id: DraftId,
    /// As it was read; an act on an older one is not done.
    pub version: i64,
    /// What it is about.
    pub about: String,
    /// Where it stands, in words.
    pub stands: String,
    /// Where it stands.
    pub state: DraftState,
    /// Names of everybody who wrote at it.
    pub authors: Vec<String>,
    /// The viewer wrote at it.
    pub own: bool,
    /// The viewer may approve it.
    pub decides: bool,
    /// It can still be written at.
    pub is_open: bool,
    /// The entry as it would be.
    pub entry: Option<Entry>,
    /// Its answer as it would be said in the city bureau's groups.
    pub said: Vec<String>,
    /// What changes.
    pub fields: Fields,
    /// What would be learnt or forgotten.
    pub lines: Vec<LessonLine>,
    /// Lines can be taken out of it.
    pub learns: bool,
    /// What must still be filled.
    pub missing: Vec<Field>,
    /// The candidate it came from.
    pub candidate: Option<i64>,
    /// How many questions were answered with the old words lately: these are corrected.
    pub heard: i64,
    /// How far its tests are, where they run here.
    pub step: Option<TestStep>,
}

/// What waits for somebody who decides about drafts.
#[derive(Clone, Debug, Default)]
pub struct Waits {
    /// For the viewer.
    pub own: Vec<DraftPage>,
    /// For somebody else: the viewer wrote at them.
    pub others: Vec<DraftPage>,
    /// Being tested, or approved for a later day.
    pub tested: Vec<DraftPage>,
    /// Decided lately, the newest first.
    pub last: Vec<DraftPage>,
}

impl Desk {
    /// One draft; none of that number.
    pub async fn draft_page(&self, viewer: &Person, id: DraftId) -> Result<Option<DraftPage>> {
        let mut sitting = self.only_look().await?;
        match sitting.tx.draft(id).await? {
            Some(kept) => page(&mut sitting, viewer, kept).await,
            None => Ok(None),
        }
    }

    /// What waits for an approver.
    pub async fn waits(&self, viewer: &Person) -> Result<Waits> {
        let mut sitting = self.only_look().await?;
        let mut waits = Waits::default();
        for kept in sitting.tx.open_drafts().await? {
            let part = match &kept.draft.state {
                DraftState::Submitted if kept.draft.authors.contains(&viewer.id) => &mut waits.others,
                DraftState::Submitted => &mut waits.own,
                DraftState::Testing { .. } | DraftState::Scheduled { .. } => &mut waits.tested,
                DraftState::Writing
                | DraftState::Returned { .. }
                | DraftState::Done { .. }
                | DraftState::Dropped { .. } => continue,
            };
            part.extend(page(&mut sitting, viewer, kept).await?);
        }
        for kept in sitting.tx.decided_drafts(LAST).await? {
            waits.last.extend(page(&mut sitting, viewer, kept).await?);
        }
        Ok(waits)
    }

    /// How many drafts wait for an approver.
    pub async fn drafts_waiting(&self, viewer: &Person) -> Result<usize> {
        let open = self.db.read().await?.open_drafts().await?;
        let waits =
            |kept: &&Kept| kept.draft.state == DraftState::Submitted && !kept.draft.authors.contains(&viewer.id);
        Ok(open.iter().filter(waits).count())
    }

    /// The open drafts, in a line each: number, what it is about, where it stands.
    pub async fn open_drafts(&self) -> Result<Vec<(DraftId, String, String)>> {
        let drafts = shown::list_drafts(&mut self.only_look().await?).await?;
        let line = |line: &shown::DraftLine| {
            let stands = wording::draft_stands(&line.stands.state, &line.stands.by);
            (line.id, said_about(&line.about), stands)
        };
        Ok(drafts.iter().map(line).collect())
    }
}

async fn page(sitting: &mut Sitting<'_>, viewer: &Person, kept: Kept) -> Result<Option<DraftPage>> {
    let id = kept.draft.id;
    let Ok(view) = shown::show_draft(sitting, id).await? else {
        return Ok(None);
    };
    let heard = match replaced(&kept.proposal) {
        Some(entry) => sitting.tx.answered_lately(entry.as_str(), sitting.now).await?,
        None => 0,
    };
    let said = match kept.proposal.entry() {
        Some(entry) => as_said(sitting, entry).await?,
        None => Vec::new(),
    };
    let own = kept.draft.authors.contains(&viewer.id);
    let approves = sitting.has_right(viewer, Right::Approve, viewer.bureau);
    Ok(Some(whole(sitting, kept, view, (own, approves), (heard, said))))
}

fn whole(
    sitting: &Sitting<'_>,
    kept: Kept,
    view: DraftView,
    (own, approves): (bool, bool),
    (heard, said): (i64, Vec<String>),
) -> DraftPage {
    DraftPage {
        id: kept.draft.id,
        version: kept.draft.version,
        about: said_about(&view.about),
        stands: wording::draft_stands(&view.stands.state, &view.stands.by),
        authors: view.authors,
        own,
        decides: approves && !own && kept.draft.state == DraftState::Submitted,
        is_open: view.is_open,
        learns: matches!(kept.proposal, Proposal::Learn(_)),
        entry: kept.proposal.entry().cloned(),
        said,
        fields: view.fields,
        lines: view.lines,
        missing: view.missing,
        candidate: kept.cluster,
        heard,
        step: sitting.desk.test_step(kept.draft.id),
        state: kept.draft.state,
    }
}

/// The entry whose words are replaced or taken away.
fn replaced(proposal: &Proposal) -> Option<&EntryId> {
    match proposal {
        Proposal::Edit { entry, .. } => Some(&entry.id),
        Proposal::Withdraw { entry, .. } => Some(entry),
        Proposal::New(_) | Proposal::Fill { .. } | Proposal::Learn(_) | Proposal::Unlearn { .. } => None,
    }
}
