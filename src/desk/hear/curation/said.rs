//! What came of keeping the list, in words for whoever typed it in chat.

use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::desk::list::NoEntry;
use crate::desk::list::curate::alike::Alike;
use crate::desk::list::curate::candidates::{
    Dismissed, Merged, NoCandidate, NotDismissed, NotJoined, NotMerged, NotSettled, NotSplit, Renamed, Settled, Split,
};
use crate::desk::list::curate::decide::{Approved, NotApproved, NotReturned, Returned};
use crate::desk::list::curate::drafts::{
    Begun, Dropped, NotDropped, NotEditable, NotEdited, NotRewritten, NotSet, NotSubmitted, NotWithdrawn,
    NothingToFill, Submitted, Written,
};
use crate::desk::list::curate::learning::{NotTakenOut, NotUnlearnt, TakenOut};
use crate::desk::list::curate::overview::{CandidateView, Overview};
use crate::desk::list::curate::revisions::{NotCompared, NotRestored, Revisions};
use crate::desk::list::curate::shown::{DraftLine, DraftView, NoDraft, Stands};
use crate::desk::list::notices::{by_when, dispute_line, review_lines, said_about};
use crate::desk::list::standing::NotOpen;
use crate::desk::list::upkeep::{NotThawed, Thawed};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;
use crate::domain::wording;
use crate::domain::wording::{AlikeLine, CandidateLine, CandidateShown, DraftShown, EditorsDesk, FieldWrong};
use crate::faq::edit::{FIELDS, Field, Wrong};
use crate::store::clusters::Cluster;

pub(super) fn overview(sitting: &Sitting<'_>, found: &Overview) -> Rich {
    let frozen = found.frozen.iter();
    let defects = found.defects.iter();
    let weak = found.weak.iter();
    wording::curation(&EditorsDesk {
        candidates: found.candidates.clone(),
        more: found.more,
        alike: found.alike.iter().map(|group| alike(group)).collect(),
        disputes: found.disputes.iter().map(dispute_line).collect(),
        drafts: draft_lines(&found.drafts),
        reviews: review_lines(&found.reviews),
        frozen: frozen
            .map(|line| (line.no, line.why.clone(), by_when(sitting, line.due_at)))
            .collect(),
        weak: weak.map(|(no, weak)| (*no, wording::weak(*weak))).collect(),
        defects: defects.map(|(no, words)| (*no, shortened(words))).collect(),
    })
}

pub(super) fn candidate(id: i64, found: Result<CandidateView, NoCandidate>) -> Rich {
    let view = match found {
        Ok(view) => view,
        Err(NoCandidate) => return wording::no_candidate(id),
    };
    wording::candidate(&CandidateShown {
        standing: standing(&view.cluster),
        line: view.line,
        asks: view.asks,
        reasons: view.reasons,
        samples: as_said(&view.samples),
        replies: as_said(&view.replies),
        nearest: view.nearest,
        alike: alike(&view.alike),
        disputes: view.disputes.iter().map(dispute_line).collect(),
    })
}

fn as_said(lines: &[(QuestionId, String)]) -> Vec<(QuestionId, Masked)> {
    lines.iter().map(|(id, words)| (*id, words.as_str().into())).collect()
}

fn alike(found: &[Alike]) -> Vec<AlikeLine> {
    let line = |alike: &Alike| AlikeLine {
        line: alike.line.clone(),
        samples: as_said(&alike.samples),
    };
    found.iter().map(line).collect()
}

pub(super) fn found(words: &str, found: &[(CandidateLine, Cluster)], more: usize) -> Rich {
    let lines: Vec<(CandidateLine, Option<String>)> = found
        .iter()
        .map(|(line, cluster)| (line.clone(), standing(cluster)))
        .collect();
    wording::candidates_found(&words.into(), &lines, more)
}

pub(super) fn taken(id: i64, taken: Result<Begun, NotOpen>) -> Rich {
    match taken {
        Ok(begun) => wording::candidate_taken(id, begun.id.0, &words(&begun.missing)),
        Err(refused) => not_open(id, &refused),
    }
}

pub(super) fn joined(id: i64, no: u32, joined: Result<Begun, NotJoined>) -> Rich {
    match joined {
        Ok(begun) => wording::candidate_taken(id, begun.id.0, &words(&begun.missing)),
        Err(NotJoined::NotOpen(refused)) => not_open(id, &refused),
        Err(NotJoined::NotEditable(refused)) => not_editable(no, refused),
    }
}

pub(super) fn dismissed(id: i64, dismissed: Result<Dismissed, NotDismissed>) -> Rich {
    match dismissed {
        Ok(Dismissed) => wording::candidate_dismissed(id),
        Err(NotDismissed::NoReason) => wording::reason_please(wording::DISMISS, id),
        Err(NotDismissed::NotOpen(refused)) => not_open(id, &refused),
    }
}

pub(super) fn merged(into: i64, from: &[i64], merged: Result<Merged, NotMerged>) -> Rich {
    match merged {
        Ok(Merged { moved }) => wording::candidates_merged(into, from, moved),
        Err(NotMerged(id)) => wording::no_candidate(id),
    }
}

pub(super) fn split(from: i64, split: Result<Split, NotSplit>) -> Rich {
    match split {
        Ok(Split { to, moved }) => wording::candidate_split(from, to, moved),
        Err(NotSplit::NoCandidate) => wording::no_candidate(from),
        Err(NotSplit::NotInIt) => wording::candidate_split(from, 0, 0),
    }
}

pub(super) fn renamed(id: i64, renamed: Result<Renamed, NoCandidate>) -> Rich {
    match renamed {
        Ok(Renamed { name }) => wording::candidate_renamed(id, &name.into()),
        Err(NoCandidate) => wording::no_candidate(id),
    }
}

pub(super) fn settled(id: i64, settled: Result<Settled, NotSettled>) -> Rich {
    match settled {
        Ok(Settled) => wording::dispute_settled(id, true),
        Err(NotSettled::NoWords) => wording::dispute_needs_words(id),
        Err(NotSettled::NotOpen) => wording::dispute_settled(id, false),
    }
}

/// Drafts as their lines show them: number, what it is about, where it stands.
pub(super) fn draft_lines(drafts: &[DraftLine]) -> Vec<(i64, String, String)> {
    let line = |line: &DraftLine| (line.id.0, said_about(&line.about), stands(&line.stands));
    drafts.iter().map(line).collect()
}

pub(super) fn draft(id: i64, found: Result<DraftView, NoDraft>) -> Rich {
    let view = match found {
        Ok(view) => view,
        Err(NoDraft) => return wording::no_draft(id),
    };
    wording::draft(&DraftShown {
        id,
        about: said_about(&view.about),
        stands: stands(&view.stands),
        authors: view.authors,
        fields: differences(&view.fields),
        lines: view.lines,
        missing: words(&view.missing),
        is_open: view.is_open,
    })
}

pub(super) fn taken_out(id: i64, taken: Result<TakenOut, NotTakenOut>) -> Rich {
    match taken {
        Ok(TakenOut { left }) => wording::lessons_taken_out(id, left),
        Err(NotTakenOut::NoDraft) => wording::no_draft(id),
        Err(NotTakenOut::Refused(refusal)) => wording::draft_refused(refusal),
        Err(NotTakenOut::NoLine(line, lines)) => wording::no_such_line(id, line, lines),
    }
}

pub(super) fn unlearnt(id: i64, begun: Result<Written, NotUnlearnt>) -> Rich {
    match begun {
        Ok(draft) => written(&draft),
        Err(NotUnlearnt::NoDraft) => wording::no_draft(id),
        Err(NotUnlearnt::NotLearnt) => wording::not_learnt(id),
        Err(NotUnlearnt::NoLine(line, lines)) => wording::no_such_line(id, line, lines),
    }
}

pub(super) fn written(written: &Written) -> Rich {
    wording::draft_written(written.id.0, &said_about(&written.about), &words(&written.missing))
}

pub(super) fn edited(no: u32, field: &str, edited: Result<Written, NotEdited>) -> Rich {
    match edited {
        Ok(draft) => written(&draft),
        Err(NotEdited::NotEditable(refused)) => not_editable(no, refused),
        Err(NotEdited::NotSet(refused)) => not_set(field, &refused),
    }
}

pub(super) fn rewritten(id: i64, field: &str, rewritten: Result<Written, NotRewritten>) -> Rich {
    match rewritten {
        Ok(draft) => written(&draft),
        Err(NotRewritten::NoDraft) => wording::no_draft(id),
        Err(NotRewritten::Refused(refusal)) => wording::draft_refused(refusal),
        Err(NotRewritten::NotSet(refused)) => not_set(field, &refused),
    }
}

pub(super) fn withdrawn(no: u32, withdrawn: Result<Written, NotWithdrawn>) -> Rich {
    match withdrawn {
        Ok(draft) => written(&draft),
        Err(NotWithdrawn::NoReason) => wording::reason_please(wording::WITHDRAW, i64::from(no)),
        Err(NotWithdrawn::NotEditable(refused)) => not_editable(no, refused),
    }
}

pub(super) fn restored(no: u32, revision: i64, restored: Result<Written, NotRestored>) -> Rich {
    match restored {
        Ok(draft) => written(&draft),
        Err(NotRestored::NotEditable(refused)) => not_editable(no, refused),
        Err(NotRestored::NoRevision) => wording::no_revision(no, revision),
    }
}

pub(super) fn filled(filled: Result<Written, NothingToFill>) -> Rich {
    match filled {
        Ok(draft) => written(&draft),
        Err(NothingToFill { bureaus }) => wording::fill_usage(&bureaus),
    }
}

pub(super) fn submitted(id: i64, submitted: Result<Submitted, NotSubmitted>) -> Rich {
    match submitted {
        Ok(Submitted) => wording::draft_submitted(id),
        Err(NotSubmitted::NoDraft) => wording::no_draft(id),
        Err(NotSubmitted::Private(field, held)) => wording::draft_private(id, field.word(), &held.into()),
        Err(NotSubmitted::Incomplete(missing)) => wording::draft_incomplete(id, &words(&missing)),
        Err(NotSubmitted::Refused(refusal)) => wording::draft_refused(refusal),
    }
}

pub(super) fn dropped(id: i64, dropped: Result<Dropped, NotDropped>) -> Rich {
    match dropped {
        Ok(Dropped) => wording::draft_dropped(id),
        Err(NotDropped::NoDraft) => wording::no_draft(id),
        Err(NotDropped::Refused(refusal)) => wording::draft_refused(refusal),
    }
}

pub(super) fn approved(id: i64, approved: Result<Approved, NotApproved>) -> Rich {
    match approved {
        Ok(Approved) => wording::draft_testing(id),
        Err(NotApproved::NotAnApprover) => wording::approvers_only(),
        Err(NotApproved::NoDraft) => wording::no_draft(id),
        Err(NotApproved::Refused(refusal)) => wording::draft_refused(refusal),
    }
}

pub(super) fn returned(id: i64, by: &str, why: &str, returned: Result<Returned, NotReturned>) -> Rich {
    match returned {
        Ok(Returned) => wording::draft_returned(id, by, &why.into()),
        Err(NotReturned::NotAnApprover) => wording::approvers_only(),
        Err(NotReturned::NoReason) => wording::reason_please(wording::RETURN, id),
        Err(NotReturned::NoDraft) => wording::no_draft(id),
        Err(NotReturned::Refused(refusal)) => wording::draft_refused(refusal),
    }
}

pub(super) fn revisions(no: u32, found: Result<Revisions, NoEntry>) -> Rich {
    match found {
        Ok(Revisions { question, rows }) => {
            let row = |(revision, by, on): (i64, String, jiff::civil::Date)| (revision, by, on.to_string());
            wording::revisions(no, &question, &rows.into_iter().map(row).collect::<Vec<_>>())
        }
        Err(NoEntry) => wording::no_entry(no),
    }
}

pub(super) fn compared(
    no: u32,
    one: i64,
    other: i64,
    compared: Result<Vec<(Field, String, String)>, NotCompared>,
) -> Rich {
    match compared {
        Ok(fields) => wording::revisions_compared(no, one, other, &differences(&fields)),
        Err(NotCompared::NoEntry) => wording::no_entry(no),
        Err(NotCompared::NoRevision(revision)) => wording::no_revision(no, revision),
    }
}

pub(super) fn thawed(no: u32, thawed: Result<Thawed, NotThawed>) -> Rich {
    match thawed {
        Ok(Thawed) => wording::thawed(no, true),
        Err(NotThawed::NotFrozen) => wording::thawed(no, false),
        Err(NotThawed::NoEntry) => wording::no_entry(no),
    }
}

fn not_open(id: i64, refused: &NotOpen) -> Rich {
    match refused {
        NotOpen::NoCandidate => wording::no_candidate(id),
        NotOpen::Decided(cluster) => wording::candidate_closed(id, &standing(cluster).unwrap_or_default()),
    }
}

fn not_editable(no: u32, refused: NotEditable) -> Rich {
    match refused {
        NotEditable::NoEntry => wording::no_entry(no),
        NotEditable::OpenAlready(draft) => wording::draft_open_already(no, draft.0),
    }
}

fn not_set(field: &str, refused: &NotSet) -> Rich {
    let wrong = match refused {
        NotSet::NoField => {
            let known: Vec<&str> = FIELDS.iter().map(|(word, _)| *word).collect();
            return wording::fields(&known);
        }
        NotSet::Wrong(wrong) => wrong,
    };
    let wrong = match wrong {
        Wrong::Empty => FieldWrong::Empty,
        Wrong::NotADay(text) => FieldWrong::NotADay(text),
        Wrong::Unknown(text, known) => FieldWrong::Unknown(text, known),
        Wrong::Placeholder(name) => FieldWrong::Placeholder(name),
        Wrong::NoDocument(text) => FieldWrong::NoDocument(text),
    };
    wording::field_wrong(&field.into(), &wrong)
}

/// What became of a cluster; none while it is open.
fn standing(cluster: &Cluster) -> Option<String> {
    wording::candidate_standing(&cluster.standing, cluster.draft, &cluster.note.as_str().into())
}

fn stands(stands: &Stands) -> String {
    wording::draft_stands(&stands.state, &stands.by)
}

/// Fields as editors call them.
fn words(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().copied().map(Field::word).collect()
}

fn differences(fields: &[(Field, String, String)]) -> Vec<(String, String, String)> {
    let said = |(field, old, new): &(Field, String, String)| (field.word().to_owned(), old.clone(), new.clone());
    fields.iter().map(said).collect()
}
