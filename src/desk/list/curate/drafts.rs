//! Drafts: begun, written, handed in, approved or sent back.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::{keepers, standing};
use crate::domain::chat::rich::Rich;
use crate::domain::list::draft::{Draft, DraftId, DraftRefusal};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording::{DraftKind, DraftShown, FieldWrong};
use crate::domain::{privacy, wording};
use crate::faq::edit::{FIELDS, Field, Proposal, Wrong};
use crate::faq::{Entry, EntryId, PLACEHOLDERS, edit};
use crate::store::drafts::Kept;

/// What may be refused instead of done, in words.
type Or<T> = std::result::Result<T, Rich>;

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

/// Keeps a new draft; gives its number and the fields that are still missing.
pub(in crate::desk) async fn begin_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    proposal: Proposal,
    cluster: Option<i64>,
) -> Result<(i64, Vec<&'static str>)> {
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
    Ok((id.0, missing))
}

/// An entry as it is served, with its revision; refused while another draft of it is open.
pub(in crate::desk) async fn entry_to_edit(sitting: &mut Sitting<'_>, no: u32) -> Result<Or<(i64, Entry)>> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(Err(wording::no_entry(no)));
    };
    let open = sitting.tx.open_drafts().await?;
    let other = open.iter().find(|kept| kept.proposal.entry_id() == Some(&id));
    if let Some(other) = other {
        return Ok(Err(wording::draft_open_already(no, other.draft.id.0)));
    }
    let revision = sitting.tx.entry_revision(id.as_str()).await?;
    Ok(match sitting.tx.revision(&id, revision).await? {
        Some(entry) => Ok((revision, entry)),
        None => Err(wording::no_entry(no)),
    })
}

pub(in crate::desk) async fn new_entry(sitting: &mut Sitting<'_>, person: &Person, question: &str) -> Result<Rich> {
    let question = privacy::mask(&privacy::printable(question));
    let entry = blank_entry(sitting, question.as_str()).await?;
    let (id, missing) = begin_draft(sitting, person, Proposal::New(entry), None).await?;
    Ok(wording::draft_written(
        id,
        &wording::draft_about(DraftKind::New(question.as_str())),
        &missing,
    ))
}

pub(in crate::desk) async fn edit_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
    field: &str,
    text: &str,
) -> Result<Rich> {
    let (base, mut entry) = match entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(refused),
    };
    if let Err(refused) = set(&mut entry, field, text) {
        return Ok(refused);
    }
    let about = wording::draft_about(DraftKind::Edit(no, &entry.question));
    let (id, missing) = begin_draft(sitting, person, Proposal::Edit { base, entry }, None).await?;
    Ok(wording::draft_written(id, &about, &missing))
}

pub(in crate::desk) async fn rewrite_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    field: &str,
    text: &str,
) -> Result<Rich> {
    let Some(mut kept) = sitting.tx.draft(DraftId(id)).await? else {
        return Ok(wording::no_draft(id));
    };
    kept.draft = match kept.draft.written_by(person.id) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(wording::draft_refused(refusal)),
    };
    let Some(entry) = kept.proposal.entry_mut() else {
        return Ok(wording::draft_refused(DraftRefusal::Closed));
    };
    if let Err(refused) = set(entry, field, text) {
        return Ok(refused);
    }
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft", &format!("draft {id}"), field)
        .await?;
    Ok(wording::draft_written(
        id,
        &about(sitting, &kept.proposal),
        &missing(&kept.proposal),
    ))
}

pub(in crate::desk) async fn withdraw_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
    why: &str,
) -> Result<Rich> {
    if why.trim().is_empty() {
        return Ok(wording::reason_please(wording::WITHDRAW, i64::from(no)));
    }
    let (base, entry) = match entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(refused),
    };
    let proposal = Proposal::Withdraw {
        base,
        entry: entry.id,
        why: why.to_owned(),
    };
    let about = wording::draft_about(DraftKind::Withdraw(no, why));
    let (id, missing) = begin_draft(sitting, person, proposal, None).await?;
    Ok(wording::draft_written(id, &about, &missing))
}

/// `[单位] 占位词 值`.
pub(in crate::desk) async fn fill_placeholder(sitting: &mut Sitting<'_>, person: &Person, words: &str) -> Result<Rich> {
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
        let bureaus: Vec<String> = sitting
            .roster
            .bureaus
            .iter()
            .map(|bureau| bureau.name.clone())
            .collect();
        return Ok(wording::fill_usage(&bureaus));
    }
    let about = wording::draft_about(DraftKind::Fill(bureau.as_deref(), name, value));
    let proposal = Proposal::Fill {
        bureau,
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let (id, missing) = begin_draft(sitting, person, proposal, None).await?;
    Ok(wording::draft_written(id, &about, &missing))
}

pub(in crate::desk) async fn draft_lines(sitting: &mut Sitting<'_>) -> Result<Vec<(i64, String, String)>> {
    let open = sitting.tx.open_drafts().await?;
    let line = |kept: &Kept| {
        (
            kept.draft.id.0,
            about(sitting, &kept.proposal),
            stands(sitting, &kept.draft),
        )
    };
    Ok(open.iter().map(line).collect())
}

pub(in crate::desk) async fn list_drafts(sitting: &mut Sitting<'_>) -> Result<Rich> {
    Ok(wording::drafts(&draft_lines(sitting).await?))
}

pub(in crate::desk) async fn show_draft(sitting: &mut Sitting<'_>, id: i64) -> Result<Rich> {
    let Some(kept) = sitting.tx.draft(DraftId(id)).await? else {
        return Ok(wording::no_draft(id));
    };
    let fields = match &kept.proposal {
        Proposal::New(entry) => FIELDS
            .iter()
            .map(|(word, field)| ((*word).to_owned(), String::new(), field.said(entry)))
            .filter(|(_, _, text)| !text.is_empty())
            .collect(),
        Proposal::Edit { base, entry } => match sitting.tx.revision(&entry.id, *base).await? {
            Some(old) => said_differences(&old, entry),
            None => Vec::new(),
        },
        Proposal::Withdraw { .. } | Proposal::Fill { .. } => Vec::new(),
    };
    Ok(wording::draft(&DraftShown {
        id,
        about: about(sitting, &kept.proposal),
        stands: stands(sitting, &kept.draft),
        authors: kept
            .draft
            .authors
            .iter()
            .map(|author| keepers::name_of(sitting, *author))
            .collect(),
        fields,
        missing: missing(&kept.proposal),
        is_open: kept.draft.is_open(),
    }))
}

pub(in crate::desk) async fn submit_draft(sitting: &mut Sitting<'_>, person: &Person, id: i64) -> Result<Rich> {
    let Some(mut kept) = sitting.tx.draft(DraftId(id)).await? else {
        return Ok(wording::no_draft(id));
    };
    let missing = missing(&kept.proposal);
    if !missing.is_empty() {
        return Ok(wording::draft_incomplete(id, &missing));
    }
    kept.draft = match kept.draft.submitted() {
        Ok(draft) => draft,
        Err(refusal) => return Ok(wording::draft_refused(refusal)),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft_submitted", &format!("draft {id}"), "")
        .await?;
    let mut approvers = keepers::keepers_of_list(sitting, Right::Approve);
    approvers.retain(|approver| !kept.draft.authors.contains(approver));
    let text = wording::draft_waits(id, &about(sitting, &kept.proposal), &person.name);
    sitting.tell_privately(&approvers, &text).await?;
    Ok(wording::draft_submitted(id))
}

pub(in crate::desk) async fn drop_draft(sitting: &mut Sitting<'_>, person: &Person, id: i64) -> Result<Rich> {
    let Some(mut kept) = sitting.tx.draft(DraftId(id)).await? else {
        return Ok(wording::no_draft(id));
    };
    kept.draft = match kept.draft.dropped_by(person.id) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(wording::draft_refused(refusal)),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    standing::reopen_cluster(sitting, kept.cluster).await?;
    sitting
        .audit(Some(person.id), "draft_dropped", &format!("draft {id}"), "")
        .await?;
    Ok(wording::draft_dropped(id))
}

pub(in crate::desk) async fn approve_draft(sitting: &mut Sitting<'_>, person: &Person, id: i64) -> Result<Rich> {
    if !sitting.has_right(person, Right::Approve, person.bureau) {
        return Ok(wording::approvers_only());
    }
    let Some(mut kept) = sitting.tx.draft(DraftId(id)).await? else {
        return Ok(wording::no_draft(id));
    };
    kept.draft = match kept.draft.approved_by(person.id) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(wording::draft_refused(refusal)),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft_approved", &format!("draft {id}"), "")
        .await?;
    Ok(wording::draft_testing(id))
}

pub(in crate::desk) async fn return_draft(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    why: &str,
) -> Result<Rich> {
    if !sitting.has_right(person, Right::Approve, person.bureau) {
        return Ok(wording::approvers_only());
    }
    if why.trim().is_empty() {
        return Ok(wording::reason_please(wording::RETURN, id));
    }
    let Some(mut kept) = sitting.tx.draft(DraftId(id)).await? else {
        return Ok(wording::no_draft(id));
    };
    kept.draft = match kept.draft.returned_by(person.id, why) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(wording::draft_refused(refusal)),
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting
        .audit(Some(person.id), "draft_returned", &format!("draft {id}"), "")
        .await?;
    let text = wording::draft_returned(id, &person.name, why);
    let others: Vec<PersonId> = kept
        .draft
        .authors
        .iter()
        .copied()
        .filter(|author| *author != person.id)
        .collect();
    sitting.tell_privately(&others, &text).await?;
    Ok(text)
}

/// What a draft is about, for people.
pub(in crate::desk) fn about(sitting: &Sitting<'_>, proposal: &Proposal) -> String {
    let no = |id: &EntryId| sitting.served.faq().entry(id).map_or(0, |entry| entry.no);
    wording::draft_about(match proposal {
        Proposal::New(entry) => DraftKind::New(&entry.question),
        Proposal::Edit { entry, .. } => DraftKind::Edit(entry.no, &entry.question),
        Proposal::Withdraw { entry, why, .. } => DraftKind::Withdraw(no(entry), why),
        Proposal::Fill { bureau, name, value } => DraftKind::Fill(bureau.as_deref(), name, value),
    })
}

fn stands(sitting: &Sitting<'_>, draft: &Draft) -> String {
    use crate::domain::list::draft::DraftState;
    let by = match &draft.state {
        DraftState::Returned { by, .. }
        | DraftState::Testing { by }
        | DraftState::Scheduled { by, .. }
        | DraftState::Done { by, .. }
        | DraftState::Dropped { by } => keepers::name_of(sitting, *by),
        DraftState::Writing | DraftState::Submitted => String::new(),
    };
    wording::draft_stands(&draft.state, &by)
}

/// The words for fields that must still be filled.
fn missing(proposal: &Proposal) -> Vec<&'static str> {
    let entry = proposal.entry();
    entry.map_or(Vec::new(), |entry| {
        edit::missing(entry).into_iter().map(Field::word).collect()
    })
}

pub(in crate::desk) fn said_differences(old: &Entry, new: &Entry) -> Vec<(String, String, String)> {
    let said = |(field, old, new): (Field, String, String)| (field.word().to_owned(), old, new);
    edit::differences(old, new).into_iter().map(said).collect()
}

/// Sets a field by its word; what cannot be read is said.
fn set(entry: &mut Entry, word: &str, text: &str) -> Or<()> {
    let Some(field) = Field::from_word(word) else {
        let known: Vec<&str> = FIELDS.iter().map(|(word, _)| *word).collect();
        return Err(wording::fields(&known));
    };
    // What people wrote reaches the disk masked, also in drafts.
    let text = privacy::mask(&privacy::printable(text));
    field.set(entry, text.as_str()).map_err(|wrong| {
        let wrong = match &wrong {
            Wrong::Empty => FieldWrong::Empty,
            Wrong::NotADay(text) => FieldWrong::NotADay(text),
            Wrong::Unknown(text, known) => FieldWrong::Unknown(text, known),
            Wrong::Placeholder(name) => FieldWrong::Placeholder(name),
            Wrong::NoDocument(text) => FieldWrong::NoDocument(text),
        };
        wording::field_wrong(word, &wrong)
    })
}
