//! Approved revisions of an entry: listed, compared, and restored as a draft.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::curate::drafts;
use crate::desk::list::curate::drafts::said_differences;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::DraftKind;
use crate::faq::edit::Proposal;

/// An older revision as a draft: used again only after it was approved again.
pub(in crate::desk) async fn restore_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
    revision: i64,
) -> Result<Rich> {
    let (base, now) = match drafts::entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(refused),
    };
    let Some(entry) = sitting.tx.revision(&now.id, revision).await? else {
        return Ok(wording::no_revision(no, revision));
    };
    let about = wording::draft_about(DraftKind::Edit(no, &entry.question));
    let (id, missing) = drafts::begin_draft(sitting, person, Proposal::Edit { base, entry }, None).await?;
    Ok(wording::draft_written(id, &about, &missing))
}

pub(in crate::desk) async fn list_revisions(sitting: &mut Sitting<'_>, no: u32) -> Result<Rich> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(wording::no_entry(no));
    };
    let rows = sitting.tx.revisions_of(&id).await?;
    let newest = rows.last().map_or(0, |(revision, _, _)| *revision);
    let question = sitting
        .tx
        .revision(&id, newest)
        .await?
        .map_or(String::new(), |entry| entry.question);
    let day = |(revision, by, at)| (revision, by, sitting.desk.day(at).to_string());
    Ok(wording::revisions(
        no,
        &question,
        &rows.into_iter().map(day).collect::<Vec<_>>(),
    ))
}

pub(in crate::desk) async fn compare_revisions(
    sitting: &mut Sitting<'_>,
    no: u32,
    one: i64,
    other: i64,
) -> Result<Rich> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(wording::no_entry(no));
    };
    let mut both = Vec::new();
    for revision in [one, other] {
        match sitting.tx.revision(&id, revision).await? {
            Some(entry) => both.push(entry),
            None => return Ok(wording::no_revision(no, revision)),
        }
    }
    let fields = said_differences(&both[0], &both[1]);
    Ok(wording::revisions_compared(no, one, other, &fields))
}
