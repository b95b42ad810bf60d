//! What came of an act on the list, whichever act it was: one kind of value for pages to put into words.

use crate::desk::list::curate::candidates::{
    Dismissed, Merged, NoCandidate, NotDismissed, NotJoined, NotMerged, NotSettled, NotSplit, Renamed, Settled, Split,
};
use crate::desk::list::curate::decide::{Approved, NotApproved, NotReturned, Returned};
use crate::desk::list::curate::drafts::{
    Begun, Dropped, NotDropped, NotEditable, NotRewritten, NotSubmitted, NotWithdrawn, NothingToFill, Submitted,
    Written,
};
use crate::desk::list::curate::form::Filled;
use crate::desk::list::curate::learning::{NotTakenOut, NotUnlearnt, TakenOut};
use crate::desk::list::curate::revisions::NotRestored;
use crate::desk::list::standing::NotOpen;
use crate::desk::list::upkeep::{NotThawed, Thawed};
use crate::domain::list::draft::{DraftId, DraftRefusal};
use crate::domain::wording;
use crate::faq::edit::{Field, Wrong};

/// What an act did.
#[derive(Clone, Debug)]
pub enum Done {
    /// A draft was begun.
    Begun(DraftId),
    /// A draft was written at; fields that could not be read as what they are.
    Written(Vec<(Field, Wrong)>),
    /// A draft waits for an approver.
    Submitted(DraftId),
    /// It was given up.
    Dropped,
    /// Its tests run next.
    Approved,
    /// It went back to its authors.
    Returned,
    /// So many lines are left.
    TakenOut(usize),
    /// A candidate is not wanted.
    Dismissed,
    /// So many questions went over.
    Merged(u64),
    /// Questions went over to this candidate.
    Split(i64),
    /// It has another name.
    Renamed,
    /// A dispute has its conclusion.
    Settled,
    /// An entry is said again.
    Thawed,
}

/// Why an act was not done.
#[derive(Clone, Debug)]
pub enum NotDone {
    /// Only editors and approvers keep the list.
    NotAKeeper,
    /// Only approvers decide.
    NotAnApprover,
    /// The draft is not as it was read.
    Changed,
    /// No candidate of that number.
    NoCandidate,
    /// Somebody has decided about the candidate: what became of it.
    Decided(String),
    /// None of the questions that were chosen is in the candidate.
    NoneChosen,
    /// No entry of that number.
    NoEntry,
    /// This draft of the entry is open already.
    OpenAlready(DraftId),
    /// No draft of that number.
    NoDraft,
    /// A draft cannot be dealt with so as it stands.
    Refused(DraftRefusal),
    /// Words are needed: why, or how it is settled.
    NoWords,
    /// No dispute of that number is open.
    NoDispute,
    /// A field cannot be set so.
    Wrong(Option<Field>),
    /// These fields must be filled first.
    Incomplete(Vec<Field>),
    /// A field holds somebody's number or account: these words.
    Private(Field, String),
    /// No such revision.
    NoRevision,
    /// No such line.
    NoLine,
    /// That draft taught nothing.
    NotLearnt,
    /// No placeholder with a value.
    NothingToFill,
    /// The entry is said already.
    NotFrozen,
}

/// What came of an act.
pub type Came = std::result::Result<Done, NotDone>;

/// The one for the other.
pub(super) fn came<D: Into<Done>, N: Into<NotDone>>(came: std::result::Result<D, N>) -> Came {
    came.map(Into::into).map_err(Into::into)
}

macro_rules! done {
    ($($from:pat => $of:ty => $done:expr;)*) => {
        $(impl From<$of> for Done {
            fn from($from: $of) -> Done {
                $done
            }
        })*
    };
}

done! {
    begun => Begun => Done::Begun(begun.id);
    written => Written => Done::Begun(written.id);
    filled => Filled => Done::Written(filled.wrong);
    Dropped => Dropped => Done::Dropped;
    Approved => Approved => Done::Approved;
    Returned => Returned => Done::Returned;
    TakenOut { left } => TakenOut => Done::TakenOut(left);
    Dismissed => Dismissed => Done::Dismissed;
    Merged { moved } => Merged => Done::Merged(moved);
    Split { to, moved: _ } => Split => Done::Split(to);
    Renamed { name: _ } => Renamed => Done::Renamed;
    Settled => Settled => Done::Settled;
    Thawed => Thawed => Done::Thawed;
}

/// What became of a draft that was handed in.
pub(super) fn submitted(id: DraftId, came: std::result::Result<Submitted, NotSubmitted>) -> Came {
    came.map(|Submitted| Done::Submitted(id)).map_err(Into::into)
}

impl From<NotOpen> for NotDone {
    fn from(refused: NotOpen) -> NotDone {
        match refused {
            NotOpen::NoCandidate => NotDone::NoCandidate,
            NotOpen::Decided(cluster) => {
                let note = cluster.note.as_str().into();
                let standing = wording::candidate_standing(&cluster.standing, cluster.draft, &note);
                NotDone::Decided(standing.unwrap_or_default())
            }
        }
    }
}

impl From<NotJoined> for NotDone {
    fn from(refused: NotJoined) -> NotDone {
        match refused {
            NotJoined::NotOpen(refused) => refused.into(),
            NotJoined::NotEditable(refused) => refused.into(),
        }
    }
}

impl From<NotEditable> for NotDone {
    fn from(refused: NotEditable) -> NotDone {
        match refused {
            NotEditable::NoEntry => NotDone::NoEntry,
            NotEditable::OpenAlready(draft) => NotDone::OpenAlready(draft),
        }
    }
}

impl From<NotDismissed> for NotDone {
    fn from(refused: NotDismissed) -> NotDone {
        match refused {
            NotDismissed::NoReason => NotDone::NoWords,
            NotDismissed::NotOpen(refused) => refused.into(),
        }
    }
}

impl From<NotMerged> for NotDone {
    fn from(_: NotMerged) -> NotDone {
        NotDone::NoCandidate
    }
}

impl From<NotSplit> for NotDone {
    fn from(refused: NotSplit) -> NotDone {
        match refused {
            NotSplit::NoCandidate => NotDone::NoCandidate,
            NotSplit::NotInIt => NotDone::NoneChosen,
        }
    }
}

impl From<NoCandidate> for NotDone {
    fn from(NoCandidate: NoCandidate) -> NotDone {
        NotDone::NoCandidate
    }
}

impl From<NotSettled> for NotDone {
    fn from(refused: NotSettled) -> NotDone {
        match refused {
            NotSettled::NoWords => NotDone::NoWords,
            NotSettled::NotOpen => NotDone::NoDispute,
        }
    }
}

impl From<NotRewritten> for NotDone {
    fn from(refused: NotRewritten) -> NotDone {
        match refused {
            NotRewritten::NoDraft => NotDone::NoDraft,
            NotRewritten::Refused(refusal) => NotDone::Refused(refusal),
            NotRewritten::NotSet(_) => NotDone::Wrong(None),
        }
    }
}

impl From<NotWithdrawn> for NotDone {
    fn from(refused: NotWithdrawn) -> NotDone {
        match refused {
            NotWithdrawn::NoReason => NotDone::NoWords,
            NotWithdrawn::NotEditable(refused) => refused.into(),
        }
    }
}

impl From<NotRestored> for NotDone {
    fn from(refused: NotRestored) -> NotDone {
        match refused {
            NotRestored::NotEditable(refused) => refused.into(),
            NotRestored::NoRevision => NotDone::NoRevision,
        }
    }
}

impl From<NothingToFill> for NotDone {
    fn from(_: NothingToFill) -> NotDone {
        NotDone::NothingToFill
    }
}

impl From<NotSubmitted> for NotDone {
    fn from(refused: NotSubmitted) -> NotDone {
        match refused {
            NotSubmitted::NoDraft => NotDone::NoDraft,
            NotSubmitted::Incomplete(missing) => NotDone::Incomplete(missing),
            NotSubmitted::Private(field, words) => NotDone::Private(field, words),
            NotSubmitted::Refused(refusal) => NotDone::Refused(refusal),
        }
    }
}

impl From<NotDropped> for NotDone {
    fn from(refused: NotDropped) -> NotDone {
        match refused {
            NotDropped::NoDraft => NotDone::NoDraft,
            NotDropped::Refused(refusal) => NotDone::Refused(refusal),
        }
    }
}

impl From<NotApproved> for NotDone {
    fn from(refused: NotApproved) -> NotDone {
        match refused {
            NotApproved::NotAnApprover => NotDone::NotAnApprover,
            NotApproved::NoDraft => NotDone::NoDraft,
            NotApproved::Refused(refusal) => NotDone::Refused(refusal),
        }
    }
}

impl From<NotReturned> for NotDone {
    fn from(refused: NotReturned) -> NotDone {
        match refused {
            NotReturned::NotAnApprover => NotDone::NotAnApprover,
            NotReturned::NoReason => NotDone::NoWords,
            NotReturned::NoDraft => NotDone::NoDraft,
            NotReturned::Refused(refusal) => NotDone::Refused(refusal),
        }
    }
}

impl From<NotTakenOut> for NotDone {
    fn from(refused: NotTakenOut) -> NotDone {
        match refused {
            NotTakenOut::NoDraft => NotDone::NoDraft,
            NotTakenOut::Refused(refusal) => NotDone::Refused(refusal),
            NotTakenOut::NoLine(..) => NotDone::NoLine,
        }
    }
}

impl From<NotUnlearnt> for NotDone {
    fn from(refused: NotUnlearnt) -> NotDone {
        match refused {
            NotUnlearnt::NoDraft => NotDone::NoDraft,
            NotUnlearnt::NotLearnt => NotDone::NotLearnt,
            NotUnlearnt::NoLine(..) => NotDone::NoLine,
        }
    }
}

impl From<NotThawed> for NotDone {
    fn from(refused: NotThawed) -> NotDone {
        match refused {
            NotThawed::NoEntry => NotDone::NoEntry,
            NotThawed::NotFrozen => NotDone::NotFrozen,
        }
    }
}
