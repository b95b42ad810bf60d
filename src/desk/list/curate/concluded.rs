//! What the tests of an approved draft led to, and how that is told.

use crate::desk::list::about::DraftAbout;
use crate::desk::list::notices::said_about;
use crate::domain::chat::rich::Rich;
use crate::domain::list::draft::DraftId;
use crate::domain::wording;
use jiff::civil::Date;

/// Findings that are said.
const SAID: usize = 5;

/// What the tests of an approved draft led to.
#[derive(Clone, Debug)]
pub(in crate::desk) enum Concluded {
    /// It breaks something, and goes back: what was found, and whether it is of lines from the groups.
    Stopped { found: Vec<String>, lines: bool },
    /// It takes the place of the old words on that day.
    Scheduled(Date),
    /// It is in the list, as that revision.
    Listed {
        about: DraftAbout,
        revision: i64,
        refit: Option<Refit>,
    },
    /// The entry is no longer said: its number, while the list still had it.
    Withdrawn(Option<u32>),
    /// A placeholder has its value.
    Filled(DraftAbout),
    /// Lines from the groups were learnt, or forgotten.
    Learnt { about: DraftAbout, refit: Option<Refit> },
    /// Somebody changed the entry since the draft was begun: its number, if the list still has it.
    Overtaken(Option<u32>),
}

/// What came of fitting the thresholds again.
#[derive(Clone, Copy, Debug)]
pub(in crate::desk) enum Refit {
    /// The share that can be answered at once, and the precision of that, each 0 to 1.
    Taken { share: f32, precision: f32 },
    /// It would make other entries worse: the old thresholds stay.
    Worse,
}

impl Concluded {
    /// As its authors and its approver are told.
    pub(in crate::desk) fn said(&self, draft: DraftId) -> Rich {
        let id = draft.0;
        match self {
            Concluded::Stopped { found, lines } => {
                let (said, more) = (&found[..found.len().min(SAID)], found.len().saturating_sub(SAID));
                wording::draft_stopped(id, said, more, *lines)
            }
            Concluded::Scheduled(on) => wording::draft_scheduled(id, &on.to_string()),
            Concluded::Listed { about, revision, refit } => {
                let fitted = refit.map(Refit::said);
                wording::draft_done(id, &said_about(about), *revision, fitted.as_deref())
            }
            Concluded::Withdrawn(no) => wording::withdrawal_done(id, *no),
            Concluded::Filled(about) => wording::fill_done(id, &said_about(about)),
            Concluded::Learnt { about, refit } => {
                wording::lessons_done(id, &said_about(about), refit.map(Refit::said).as_deref())
            }
            Concluded::Overtaken(no) => wording::draft_overtaken(id, *no),
        }
    }
}

impl Refit {
    fn said(self) -> String {
        match self {
            Refit::Taken { share, precision } => wording::fitted_again(share, precision),
            Refit::Worse => wording::not_fitted_again(),
        }
    }
}
