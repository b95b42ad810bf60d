//! Drafts as a form writes them: all fields at once, each kept that can be read.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::Attempt;
use crate::desk::list::about::DraftAbout;
use crate::desk::list::curate::drafts::{self, NotEditable, NotRewritten, Written};
use crate::domain::list::draft::{DraftId, DraftRefusal};
use crate::domain::privacy;
use crate::domain::roster::people::Person;
use crate::faq::edit::{Field, Proposal, Wrong};

/// A form was written; the fields that could not be read as what they are.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Filled {
    pub wrong: Vec<(Field, Wrong)>,
}

/// A draft of an entry as it stands, to be written at.
pub(in crate::desk) async fn begin_change(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
) -> Attempt<Written, NotEditable> {
    let (base, entry) = match drafts::entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(Err(refused)),
    };
    let about = DraftAbout::Edit(no, entry.question.clone());
    let begun = drafts::begin_draft(sitting, person, Proposal::Edit { base, entry }, None).await?;
    Ok(Ok(begun.about(about)))
}

/// Writes the fields of a form into a draft. Whoever leaves everything as it is has written nothing.
pub(in crate::desk) async fn fill_form(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: DraftId,
    fields: &[(Field, String)],
) -> Attempt<Filled, NotRewritten> {
    let Some(mut kept) = sitting.tx.draft(id).await? else {
        return Ok(Err(NotRewritten::NoDraft));
    };
    let mut wrong = Vec::new();
    let mut changed = Vec::new();
    let Some(entry) = kept.proposal.entry_mut() else {
        return Ok(Err(NotRewritten::Refused(DraftRefusal::Closed)));
    };
    for (field, text) in fields {
        let before = field.written(entry);
        // What people wrote reaches the disk masked, also in drafts.
        let text = privacy::mask(&privacy::printable(text));
        match field.write(entry, text.as_str()) {
            Ok(()) if field.written(entry) != before => changed.push(field.word()),
            Ok(()) => {}
            Err(why) => wrong.push((*field, why)),
        }
    }
    if !changed.is_empty() {
        kept.draft = match kept.draft.written_by(person.id) {
            Ok(draft) => draft,
            Err(refusal) => return Ok(Err(NotRewritten::Refused(refusal))),
        };
        sitting.tx.save_draft(&mut kept, sitting.now).await?;
        note(sitting, person, id, &changed).await?;
    }
    Ok(Ok(Filled { wrong }))
}

async fn note(sitting: &mut Sitting<'_>, person: &Person, id: DraftId, changed: &[&str]) -> Result<()> {
    let object = format!("draft {}", id.0);
    sitting
        .audit(Some(person.id), "draft", &object, &changed.join(" "))
        .await
}
