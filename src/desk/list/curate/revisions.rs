//! Approved revisions of an entry: listed, compared, and restored as a draft.

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::about::DraftAbout;
use crate::desk::list::curate::drafts;
use crate::desk::list::curate::drafts::{NotEditable, Written};
use crate::desk::list::{Attempt, NoEntry};
use crate::domain::roster::people::Person;
use crate::faq::edit;
use crate::faq::edit::{Field, Proposal};
use jiff::civil::Date;

/// The revisions of an entry, the oldest first.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Revisions {
    /// The question, as the newest asks it.
    pub question: String,
    /// Number, who approved it, when.
    pub rows: Vec<(i64, String, Date)>,
}

/// Why an older revision did not become a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotRestored {
    /// The entry cannot be edited now.
    NotEditable(NotEditable),
    /// No such revision.
    NoRevision,
}

/// Why revisions could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotCompared {
    /// No entry of that number.
    NoEntry,
    /// The entry has no revision of this number.
    NoRevision(i64),
}

/// An older revision as a draft: used again only after it was approved again.
pub(in crate::desk) async fn restore_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
    revision: i64,
) -> Attempt<Written, NotRestored> {
    let (base, now) = match drafts::entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(Err(NotRestored::NotEditable(refused))),
    };
    let Some(entry) = sitting.tx.revision(&now.id, revision).await? else {
        return Ok(Err(NotRestored::NoRevision));
    };
    let about = DraftAbout::Edit(no, entry.question.clone());
    let begun = drafts::begin_draft(sitting, person, Proposal::Edit { base, entry }, None).await?;
    Ok(Ok(begun.about(about)))
}

/// All revisions of the entry of a number.
pub(in crate::desk) async fn list_revisions(sitting: &mut Sitting<'_>, no: u32) -> Attempt<Revisions, NoEntry> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(Err(NoEntry));
    };
    let rows = sitting.tx.revisions_of(&id).await?;
    let Some((newest, _, _)) = rows.last() else {
        return Ok(Err(NoEntry));
    };
    let Some(newest) = sitting.tx.revision(&id, *newest).await? else {
        return Ok(Err(NoEntry));
    };
    let day = |(revision, by, at)| (revision, by, sitting.desk.day(at));
    Ok(Ok(Revisions {
        question: newest.question,
        rows: rows.into_iter().map(day).collect(),
    }))
}

/// The fields in which two revisions differ, with the text of the one and of the other.
pub(in crate::desk) async fn compare_revisions(
    sitting: &mut Sitting<'_>,
    no: u32,
    one: i64,
    other: i64,
) -> Attempt<Vec<(Field, String, String)>, NotCompared> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(Err(NotCompared::NoEntry));
    };
    let mut both = Vec::new();
    for revision in [one, other] {
        match sitting.tx.revision(&id, revision).await? {
            Some(entry) => both.push(entry),
            None => return Ok(Err(NotCompared::NoRevision(revision))),
        }
    }
    Ok(Ok(edit::differences(&both[0], &both[1])))
}
