//! Drafts: begun, written, handed in, given up. Reading them is in `shown`, deciding about them in `decide`.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::about::{DraftAbout, about};
use crate::desk::list::{Attempt, keepers, notices, standing};
use crate::domain::list::draft::{Draft, DraftId, DraftRefusal};
use crate::domain::privacy;
use crate::domain::privacy::Hidden;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::faq::edit::{Field, Proposal, Wrong};
use crate::faq::{Entry, EntryId, PLACEHOLDERS, edit};
use crate::store::drafts::Kept;

/// A draft that was begun, and the fields that are still missing.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Begun {
    pub id: DraftId,
    pub missing: Vec<Field>,
}

/// A draft that was begun or written at.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Written {
    pub id: DraftId,
    pub about: DraftAbout,
    pub missing: Vec<Field>,
}

/// Why no draft of an entry can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotEditable {
    /// No entry of that number.
    NoEntry,
    /// This draft of it is open already.
    OpenAlready(DraftId),
}

/// Why a field was not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotSet {
    /// No field is called so.
    NoField,
    /// What was written cannot be read as this field.
    Wrong(Wrong),
}

/// Why an entry was not edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotEdited {
    NotEditable(NotEditable),
    NotSet(NotSet),
}

/// Why a draft was not written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotRewritten {
    /// No draft of that number.
    NoDraft,
    /// It cannot be written at as it stands; one without fields never can.
    Refused(DraftRefusal),
    NotSet(NotSet),
}

/// Why no withdrawal was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotWithdrawn {
    /// It must say why.
    NoReason,
    NotEditable(NotEditable),
}

/// No placeholder with a value was named; the bureaus it could be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct NothingToFill {
    pub bureaus: Vec<String>,
}

/// A draft was handed in; the approvers who may decide about it were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Submitted;

/// Why a draft was not handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotSubmitted {
    /// No draft of that number.
    NoDraft,
    /// These fields must be filled first.
    Incomplete(Vec<Field>),
    /// A field holds somebody's number or account: these words.
    Private(Field, String),
    /// It cannot be handed in as it stands.
    Refused(DraftRefusal),
}

/// A draft was given up; the candidate it came from waits again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Dropped;

/// Why a draft was not given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotDropped {
    /// No draft of that number.
    NoDraft,
    /// It cannot be given up as it stands.
    Refused(DraftRefusal),
}

impl Begun {
    /// The same, with what it is about.
    pub(in crate::desk) fn about(self, about: DraftAbout) -> Written {
        let Begun { id, missing } = self;
        Written { id, about, missing }
    }
}

/// A blank entry with the next number of the list.
pub(in crate::desk) async fn blank_entry(sitting: &mut Sitting<'_>, question: &str) -> Result<Entry> {
    let no = sitting.tx.next_entry_number().await?;
    let taken = sitting.tx.open_drafts().await?;
    let of_drafts = taken
        .iter()
        .filter_map(|kept| kept.proposal.entry())
        .map(|entry| entry.no);
    let no = of_drafts.max().map_or(no, |last| no.max(last + 1));
    let id = EntryId(format!("own-{no:03}"));
    Ok(edit::blank(id, no, question, sitting.desk.day(sitting.now)))
}

/// Keeps a new draft.
pub(in crate::desk) async fn begin_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    proposal: Proposal,
    cluster: Option<i64>,
) -> Result<Begun> {
    let id = sitting.tx.next_draft().await?;
    let missing = missing(&proposal);
    let mut kept = Kept {
        draft: Draft::new(id, person.id),
        proposal,
        cluster,
        changed_at: sitting.now,
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft", &format!("draft {}", id.0), "")
        .await?;
    Ok(Begun { id, missing })
}

/// An entry as it is served, with its revision; refused while another draft of it is open.
pub(in crate::desk) async fn entry_to_edit(sitting: &mut Sitting<'_>, no: u32) -> Attempt<(i64, Entry), NotEditable> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(Err(NotEditable::NoEntry));
    };
    let open = sitting.tx.open_drafts().await?;
    let other = open.iter().find(|kept| kept.proposal.entry_id() == Some(&id));
    if let Some(other) = other {
        return Ok(Err(NotEditable::OpenAlready(other.draft.id)));
    }
    let Some(revision) = sitting.tx.entry_revision(id.as_str()).await? else {
        return Ok(Err(NotEditable::NoEntry));
    };
    let entry = sitting.tx.revision(&id, revision).await?;
    Ok(entry.map(|entry| (revision, entry)).ok_or(NotEditable::NoEntry))
}

/// A draft of a new entry, of which there is only the question.
pub(in crate::desk) async fn new_entry(sitting: &mut Sitting<'_>, person: &Person, question: &str) -> Result<Written> {
    let question = privacy::mask(&privacy::printable(question));
    let entry = blank_entry(sitting, question.as_str()).await?;
    let begun = begin_draft(sitting, person, Proposal::New(entry), None).await?;
    Ok(begun.about(DraftAbout::New(question.as_str().to_owned())))
}

/// A draft that sets one field of an entry, named by its word.
pub(in crate::desk) async fn edit_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
    field: &str,
    text: &str,
) -> Attempt<Written, NotEdited> {
    let (base, mut entry) = match entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(Err(NotEdited::NotEditable(refused))),
    };
    if let Err(refused) = set(&mut entry, field, text) {
        return Ok(Err(NotEdited::NotSet(refused)));
    }
    let about = DraftAbout::Edit(no, entry.question.clone());
    let begun = begin_draft(sitting, person, Proposal::Edit { base, entry }, None).await?;
    Ok(Ok(begun.about(about)))
}

/// Sets one more field of a draft.
pub(in crate::desk) async fn rewrite_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
    field: &str,
    text: &str,
) -> Attempt<Written, NotRewritten> {
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotRewritten::NoDraft));
    };
    kept.draft = match kept.draft.written_by(person.id) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Err(NotRewritten::Refused(refusal))),
    };
    let Some(entry) = kept.proposal.entry_mut() else {
        return Ok(Err(NotRewritten::Refused(DraftRefusal::Closed)));
    };
    if let Err(refused) = set(entry, field, text) {
        return Ok(Err(NotRewritten::NotSet(refused)));
    }
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft", &format!("draft {}", id.0), field)
        .await?;
    Ok(Ok(Written {
        id,
        about: about(sitting, &kept.proposal),
        missing: missing(&kept.proposal),
    }))
}

/// A draft that withdraws an entry, with the reason.
pub(in crate::desk) async fn withdraw_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
    why: &str,
) -> Attempt<Written, NotWithdrawn> {
    if why.trim().is_empty() {
        return Ok(Err(NotWithdrawn::NoReason));
    }
    let (base, entry) = match entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(Err(NotWithdrawn::NotEditable(refused))),
    };
    let proposal = Proposal::Withdraw {
        base,
        entry: entry.id,
        why: why.to_owned(),
    };
    let begun = begin_draft(sitting, person, proposal, None).await?;
    Ok(Ok(begun.about(DraftAbout::Withdraw(Some(no), why.to_owned()))))
}

/// `[单位] 占位词 值`.
pub(in crate::desk) async fn fill_placeholder(
    sitting: &mut Sitting<'_>,
    person: &Person,
    words: &str,
) -> Attempt<Written, NothingToFill> {
    let mut rest = words.trim();
    let mut bureau = None;
    let first = rest.split_whitespace().next().unwrap_or_default();
    if let Some(known) = sitting.roster.bureau_named(first) {
        bureau = Some(known.name.clone());
        rest = rest[first.len()..].trim();
    }
    let (name, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let value = value.trim();
    if !PLACEHOLDERS.contains(&name) || value.is_empty() {
        let bureaus = sitting.roster.bureaus.iter();
        let bureaus = bureaus.map(|bureau| bureau.name.clone()).collect();
        return Ok(Err(NothingToFill { bureaus }));
    }
    let proposal = Proposal::Fill {
        bureau,
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let about = about(sitting, &proposal);
    let begun = begin_draft(sitting, person, proposal, None).await?;
    Ok(Ok(begun.about(about)))
}

/// Hands a complete draft in; approvers who did not write it are told.
pub(in crate::desk) async fn submit_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
) -> Attempt<Submitted, NotSubmitted> {
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotSubmitted::NoDraft));
    };
    let missing = missing(&kept.proposal);
    if !missing.is_empty() {
        return Ok(Err(NotSubmitted::Incomplete(missing)));
    }
    if let Some((field, words)) = kept.proposal.entry().and_then(private_words) {
        return Ok(Err(NotSubmitted::Private(field, words)));
    }
    kept.draft = match kept.draft.submitted() {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Err(NotSubmitted::Refused(refusal))),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft_submitted", &format!("draft {}", id.0), "")
        .await?;
    let mut approvers = keepers::keepers_of_list(sitting, Right::Approve);
    approvers.retain(|approver| !kept.draft.authors.contains(approver));
    let about = about(sitting, &kept.proposal);
    notices::draft_waits(sitting, &approvers, id, &about, &person.name).await?;
    Ok(Ok(Submitted))
}

/// Gives a draft up.
pub(in crate::desk) async fn drop_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
) -> Attempt<Dropped, NotDropped> {
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotDropped::NoDraft));
    };
    kept.draft = match kept.draft.dropped_by(person.id) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Err(NotDropped::Refused(refusal))),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    standing::reopen_cluster(sitting, kept.cluster).await?;
    sitting
        .audit(Some(person.id), "draft_dropped", &format!("draft {}", id.0), "")
        .await?;
    Ok(Ok(Dropped))
}

/// The fields that must still be filled.
pub(in crate::desk) fn missing(proposal: &Proposal) -> Vec<Field> {
    proposal.entry().map_or(Vec::new(), edit::missing)
}

/// The first field that people will read and that holds somebody's number or account, masked, with what stands before it.
fn private_words(entry: &Entry) -> Option<(Field, String)> {
    const BEFORE: usize = 8;
    let read = [Field::Question, Field::Answer, Field::Basis, Field::Variants];
    read.into_iter().find_map(|field| {
        let text = privacy::mask(&field.said(entry)).as_str().to_owned();
        let marks = Hidden::ALL.into_iter().map(Hidden::label);
        let (at, mark) = marks.filter_map(|mark| Some((text.find(mark)?, mark))).min()?;
        let before: Vec<char> = text[..at]
            .chars()
            .rev()
            .take(BEFORE)
            .take_while(|c| !c.is_ascii_control())
            .collect();
        let before: String = before.into_iter().rev().collect();
        Some((field, format!("{before}{mark}")))
    })
}

/// Sets a field by its word.
fn set(entry: &mut Entry, word: &str, text: &str) -> std::result::Result<(), NotSet> {
    let field = Field::from_word(word).ok_or(NotSet::NoField)?;
    // What people wrote reaches the disk masked, also in drafts.
    let text = privacy::mask(&privacy::printable(text));
    field.set(entry, text.as_str()).map_err(NotSet::Wrong)
}
