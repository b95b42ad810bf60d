//! Drafts: begun, written, handed in, approved or sent back.

use super::super::{Result, Sitting};
use crate::domain::chat::rich::Rich;
use crate::domain::list::draft::{Draft, DraftId, DraftRefusal};
use crate::domain::privacy;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording::{self, DraftKind, DraftShown, FieldWrong};
use crate::faq::edit::{self, FIELDS, Field, Proposal, Wrong};
use crate::faq::{Entry, EntryId, PLACEHOLDERS};
use crate::store::drafts::Kept;

/// What may be refused instead of done, in words.
type Or<T> = std::result::Result<T, Rich>;

impl Sitting<'_> {
    /// A blank entry with the next number of the list.
    pub(super) async fn blank_entry(&mut self, question: &str) -> Result<Entry> {
        let no = self.tx.next_entry_number().await?;
        let taken = self.tx.open_drafts().await?;
        let of_drafts = taken
            .iter()
            .filter_map(|kept| kept.proposal.entry())
            .map(|entry| entry.no);
        let no = of_drafts.max().map_or(no, |last| no.max(last + 1));
        let id = EntryId(format!("own-{no:03}"));
        Ok(edit::blank(id, no, question, self.desk.day(self.now)))
    }

    /// Keeps a new draft; gives its number and the fields that are still missing.
    pub(super) async fn begin_draft(
        &mut self,
        person: &Person,
        proposal: Proposal,
        cluster: Option<i64>,
    ) -> Result<(i64, Vec<&'static str>)> {
        let id = self.tx.next_draft().await?;
        let missing = missing(&proposal);
        let mut kept = Kept {
            draft: Draft::new(id, person.id),
            proposal,
            cluster,
            changed_at: self.now,
        };
        self.tx.save_draft(&mut kept, self.now).await?;
        self.audit(Some(person.id), "draft", &format!("draft {}", id.0), "")
            .await?;
        Ok((id.0, missing))
    }

    /// An entry as it is served, with its revision; refused while another draft of it is open.
    pub(super) async fn entry_to_edit(&mut self, no: u32) -> Result<Or<(i64, Entry)>> {
        let Some(id) = self.tx.entry_numbered(no).await? else {
            return Ok(Err(wording::no_entry(no)));
        };
        let open = self.tx.open_drafts().await?;
        let other = open.iter().find(|kept| kept.proposal.entry_id() == Some(&id));
        if let Some(other) = other {
            return Ok(Err(wording::draft_open_already(no, other.draft.id.0)));
        }
        let revision = self.tx.entry_revision(id.as_str()).await?;
        Ok(match self.tx.revision(&id, revision).await? {
            Some(entry) => Ok((revision, entry)),
            None => Err(wording::no_entry(no)),
        })
    }

    pub(super) async fn new_entry(&mut self, person: &Person, question: &str) -> Result<Rich> {
        let question = privacy::mask(&privacy::printable(question));
        let entry = self.blank_entry(question.as_str()).await?;
        let (id, missing) = self.begin_draft(person, Proposal::New(entry), None).await?;
        Ok(wording::draft_written(
            id,
            &wording::draft_about(DraftKind::New(question.as_str())),
            &missing,
        ))
    }

    pub(super) async fn edit_entry(&mut self, person: &Person, no: u32, field: &str, text: &str) -> Result<Rich> {
        let (base, mut entry) = match self.entry_to_edit(no).await? {
            Ok(entry) => entry,
            Err(refused) => return Ok(refused),
        };
        if let Err(refused) = set(&mut entry, field, text) {
            return Ok(refused);
        }
        let about = wording::draft_about(DraftKind::Edit(no, &entry.question));
        let (id, missing) = self.begin_draft(person, Proposal::Edit { base, entry }, None).await?;
        Ok(wording::draft_written(id, &about, &missing))
    }

    pub(super) async fn rewrite_draft(&mut self, person: &Person, id: i64, field: &str, text: &str) -> Result<Rich> {
        let Some(mut kept) = self.tx.draft(DraftId(id)).await? else {
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
        self.tx.save_draft(&mut kept, self.now).await?;
        self.audit(Some(person.id), "draft", &format!("draft {id}"), field)
            .await?;
        Ok(wording::draft_written(
            id,
            &self.about(&kept.proposal),
            &missing(&kept.proposal),
        ))
    }

    pub(super) async fn withdraw_entry(&mut self, person: &Person, no: u32, why: &str) -> Result<Rich> {
        if why.trim().is_empty() {
            return Ok(wording::reason_please(wording::WITHDRAW, i64::from(no)));
        }
        let (base, entry) = match self.entry_to_edit(no).await? {
            Ok(entry) => entry,
            Err(refused) => return Ok(refused),
        };
        let proposal = Proposal::Withdraw {
            base,
            entry: entry.id,
            why: why.to_owned(),
        };
        let about = wording::draft_about(DraftKind::Withdraw(no, why));
        let (id, missing) = self.begin_draft(person, proposal, None).await?;
        Ok(wording::draft_written(id, &about, &missing))
    }

    /// `[单位] 占位词 值`.
    pub(super) async fn fill_placeholder(&mut self, person: &Person, words: &str) -> Result<Rich> {
        let mut rest = words.trim();
        let mut bureau = None;
        let first = rest.split_whitespace().next().unwrap_or_default();
        if let Some(known) = self.roster.bureau_named(first) {
            bureau = Some(known.name.clone());
            rest = rest[first.len()..].trim();
        }
        let (name, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let value = value.trim();
        if !PLACEHOLDERS.contains(&name) || value.is_empty() {
            let bureaus: Vec<String> = self.roster.bureaus.iter().map(|bureau| bureau.name.clone()).collect();
            return Ok(wording::fill_usage(&bureaus));
        }
        let about = wording::draft_about(DraftKind::Fill(bureau.as_deref(), name, value));
        let proposal = Proposal::Fill {
            bureau,
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let (id, missing) = self.begin_draft(person, proposal, None).await?;
        Ok(wording::draft_written(id, &about, &missing))
    }

    pub(super) async fn draft_lines(&mut self) -> Result<Vec<(i64, String, String)>> {
        let open = self.tx.open_drafts().await?;
        let line = |kept: &Kept| (kept.draft.id.0, self.about(&kept.proposal), self.stands(&kept.draft));
        Ok(open.iter().map(line).collect())
    }

    pub(super) async fn list_drafts(&mut self) -> Result<Rich> {
        Ok(wording::drafts(&self.draft_lines().await?))
    }

    pub(super) async fn show_draft(&mut self, id: i64) -> Result<Rich> {
        let Some(kept) = self.tx.draft(DraftId(id)).await? else {
            return Ok(wording::no_draft(id));
        };
        let fields = match &kept.proposal {
            Proposal::New(entry) => FIELDS
                .iter()
                .map(|(word, field)| ((*word).to_owned(), String::new(), field.said(entry)))
                .filter(|(_, _, text)| !text.is_empty())
                .collect(),
            Proposal::Edit { base, entry } => match self.tx.revision(&entry.id, *base).await? {
                Some(old) => said_differences(&old, entry),
                None => Vec::new(),
            },
            Proposal::Withdraw { .. } | Proposal::Fill { .. } => Vec::new(),
        };
        Ok(wording::draft(&DraftShown {
            id,
            about: self.about(&kept.proposal),
            stands: self.stands(&kept.draft),
            authors: kept.draft.authors.iter().map(|author| self.name_of(*author)).collect(),
            fields,
            missing: missing(&kept.proposal),
            is_open: kept.draft.is_open(),
        }))
    }

    pub(super) async fn submit_draft(&mut self, person: &Person, id: i64) -> Result<Rich> {
        let Some(mut kept) = self.tx.draft(DraftId(id)).await? else {
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
        self.tx.save_draft(&mut kept, self.now).await?;
        self.audit(Some(person.id), "draft_submitted", &format!("draft {id}"), "")
            .await?;
        let mut approvers = self.keepers_of_list(Right::Approve);
        approvers.retain(|approver| !kept.draft.authors.contains(approver));
        let text = wording::draft_waits(id, &self.about(&kept.proposal), &person.name);
        self.tell_privately(&approvers, &text).await?;
        Ok(wording::draft_submitted(id))
    }

    pub(super) async fn drop_draft(&mut self, person: &Person, id: i64) -> Result<Rich> {
        let Some(mut kept) = self.tx.draft(DraftId(id)).await? else {
            return Ok(wording::no_draft(id));
        };
        kept.draft = match kept.draft.dropped_by(person.id) {
            Ok(draft) => draft,
            Err(refusal) => return Ok(wording::draft_refused(refusal)),
        };
        self.tx.save_draft(&mut kept, self.now).await?;
        self.reopen_cluster(kept.cluster).await?;
        self.audit(Some(person.id), "draft_dropped", &format!("draft {id}"), "")
            .await?;
        Ok(wording::draft_dropped(id))
    }

    pub(super) async fn approve_draft(&mut self, person: &Person, id: i64) -> Result<Rich> {
        if !self.has_right(person, Right::Approve, person.bureau) {
            return Ok(wording::approvers_only());
        }
        let Some(mut kept) = self.tx.draft(DraftId(id)).await? else {
            return Ok(wording::no_draft(id));
        };
        kept.draft = match kept.draft.approved_by(person.id) {
            Ok(draft) => draft,
            Err(refusal) => return Ok(wording::draft_refused(refusal)),
        };
        self.tx.save_draft(&mut kept, self.now).await?;
        self.audit(Some(person.id), "draft_approved", &format!("draft {id}"), "")
            .await?;
        Ok(wording::draft_testing(id))
    }

    pub(super) async fn return_draft(&mut self, person: &Person, id: i64, why: &str) -> Result<Rich> {
        if !self.has_right(person, Right::Approve, person.bureau) {
            return Ok(wording::approvers_only());
        }
        if why.trim().is_empty() {
            return Ok(wording::reason_please(wording::RETURN, id));
        }
        let Some(mut kept) = self.tx.draft(DraftId(id)).await? else {
            return Ok(wording::no_draft(id));
        };
        kept.draft = match kept.draft.returned_by(person.id, why) {
            Ok(draft) => draft,
            Err(refusal) => return Ok(wording::draft_refused(refusal)),
        };
        self.tx.save_draft(&mut kept, self.now).await?;
        self.audit(Some(person.id), "draft_returned", &format!("draft {id}"), "")
            .await?;
        let text = wording::draft_returned(id, &person.name, why);
        let others: Vec<PersonId> = kept
            .draft
            .authors
            .iter()
            .copied()
            .filter(|author| *author != person.id)
            .collect();
        self.tell_privately(&others, &text).await?;
        Ok(text)
    }

    /// The candidate a draft came from waits again.
    pub(super) async fn reopen_cluster(&mut self, cluster: Option<i64>) -> Result<()> {
        if let Some(id) = cluster
            && let Some(cluster) = self.tx.clusters().await?.remove(&id)
        {
            self.set_standing(cluster, "open", "", None).await?;
        }
        Ok(())
    }

    /// What a draft is about, for people.
    pub(in crate::desk) fn about(&self, proposal: &Proposal) -> String {
        let no = |id: &EntryId| self.served.faq().entry(id).map_or(0, |entry| entry.no);
        wording::draft_about(match proposal {
            Proposal::New(entry) => DraftKind::New(&entry.question),
            Proposal::Edit { entry, .. } => DraftKind::Edit(entry.no, &entry.question),
            Proposal::Withdraw { entry, why, .. } => DraftKind::Withdraw(no(entry), why),
            Proposal::Fill { bureau, name, value } => DraftKind::Fill(bureau.as_deref(), name, value),
        })
    }

    fn stands(&self, draft: &Draft) -> String {
        use crate::domain::list::draft::DraftState;
        let by = match &draft.state {
            DraftState::Returned { by, .. }
            | DraftState::Testing { by }
            | DraftState::Scheduled { by, .. }
            | DraftState::Done { by, .. }
            | DraftState::Dropped { by } => self.name_of(*by),
            DraftState::Writing | DraftState::Submitted => String::new(),
        };
        wording::draft_stands(&draft.state, &by)
    }

    /// A person's name; who left the roster has none.
    pub(in crate::desk) fn name_of(&self, person: PersonId) -> String {
        self.roster
            .person(person)
            .map_or_else(String::new, |person| person.name.clone())
    }
}

/// The words for fields that must still be filled.
fn missing(proposal: &Proposal) -> Vec<&'static str> {
    let entry = proposal.entry();
    entry.map_or(Vec::new(), |entry| {
        edit::missing(entry).into_iter().map(Field::word).collect()
    })
}

pub(super) fn said_differences(old: &Entry, new: &Entry) -> Vec<(String, String, String)> {
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
