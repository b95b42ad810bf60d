//! Approved revisions of an entry: listed, compared, and restored as a draft.

use super::super::{Result, Sitting};
use super::drafts::said_differences;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::Person;
use crate::domain::wording::{self, DraftKind};
use crate::faq::edit::Proposal;

impl Sitting<'_> {
    /// An older revision as a draft: used again only after it was approved again.
    pub(super) async fn restore_entry(&mut self, person: &Person, no: u32, revision: i64) -> Result<Rich> {
        let (base, now) = match self.entry_to_edit(no).await? {
            Ok(entry) => entry,
            Err(refused) => return Ok(refused),
        };
        let Some(entry) = self.tx.revision(&now.id, revision).await? else {
            return Ok(wording::no_revision(no, revision));
        };
        let about = wording::draft_about(DraftKind::Edit(no, &entry.question));
        let (id, missing) = self.begin_draft(person, Proposal::Edit { base, entry }, None).await?;
        Ok(wording::draft_written(id, &about, &missing))
    }

    pub(super) async fn list_revisions(&mut self, no: u32) -> Result<Rich> {
        let Some(id) = self.tx.entry_numbered(no).await? else {
            return Ok(wording::no_entry(no));
        };
        let rows = self.tx.revisions_of(&id).await?;
        let newest = rows.last().map_or(0, |(revision, _, _)| *revision);
        let question = self
            .tx
            .revision(&id, newest)
            .await?
            .map_or(String::new(), |entry| entry.question);
        let day = |(revision, by, at)| (revision, by, self.desk.day(at).to_string());
        Ok(wording::revisions(
            no,
            &question,
            &rows.into_iter().map(day).collect::<Vec<_>>(),
        ))
    }

    pub(super) async fn compare_revisions(&mut self, no: u32, one: i64, other: i64) -> Result<Rich> {
        let Some(id) = self.tx.entry_numbered(no).await? else {
            return Ok(wording::no_entry(no));
        };
        let mut both = Vec::new();
        for revision in [one, other] {
            match self.tx.revision(&id, revision).await? {
                Some(entry) => both.push(entry),
                None => return Ok(wording::no_revision(no, revision)),
            }
        }
        let fields = said_differences(&both[0], &both[1]);
        Ok(wording::revisions_compared(no, one, other, &fields))
    }
}
