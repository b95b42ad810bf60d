//! What editors and approvers type in private for the list, and what they are told.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::curate::{candidates, drafts, revisions};
use crate::desk::list::upkeep;
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::chat::rich::Rich;
use crate::domain::list::curation;
use crate::domain::list::curation::Curate;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::wording;

/// What an editor or approver typed in private for the list; false if it is nothing of this.
pub(in crate::desk) async fn curates(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    person: Option<&Person>,
) -> Result<bool> {
    let Some(person) = person.filter(|person| may_curate(sitting, person)) else {
        return Ok(false);
    };
    let Some(asked) = curation::parse(&heard.text) else {
        return Ok(false);
    };
    let text = curate(sitting, person, asked).await?;
    sitting.say(&incoming.place, Some(&heard.id), text).await?;
    Ok(true)
}

/// `/candidates [编号]`.
pub(in crate::desk) async fn candidates_command(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    words: &str,
) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(person) = person.filter(|person| may_curate(sitting, person)) else {
        return Ok(wording::curators_only());
    };
    curate(sitting, &person, curation::candidates(words)).await
}

fn may_curate(sitting: &Sitting<'_>, person: &Person) -> bool {
    sitting.has_right(person, Right::Curate, person.bureau)
}

/// Does what was asked and says what came of it.
async fn curate(sitting: &mut Sitting<'_>, person: &Person, asked: Curate) -> Result<Rich> {
    match asked {
        Curate::Overview => candidates::overview(sitting).await,
        Curate::Show(id) => candidates::show_candidate(sitting, id).await,
        Curate::Take(id) => candidates::take_candidate(sitting, person, id).await,
        Curate::Join(id, no) => candidates::join_candidate(sitting, person, id, no).await,
        Curate::Dismiss(id, why) => candidates::dismiss_candidate(sitting, person, id, &why).await,
        Curate::Merge(into, from) => candidates::merge_candidates(sitting, person, into, from).await,
        Curate::Split(from, questions) => candidates::split_candidate(sitting, person, from, &questions).await,
        Curate::Rename(id, name) => candidates::rename_candidate(sitting, person, id, &name).await,
        Curate::Settle(id, words) => candidates::settle_dispute(sitting, person, id, &words).await,
        Curate::Drafts => drafts::list_drafts(sitting).await,
        Curate::Draft(id) => drafts::show_draft(sitting, id).await,
        Curate::New(question) => drafts::new_entry(sitting, person, &question).await,
        Curate::Edit(no, field, text) => drafts::edit_entry(sitting, person, no, &field, &text).await,
        Curate::Rewrite(id, field, text) => drafts::rewrite_draft(sitting, person, id, &field, &text).await,
        Curate::Withdraw(no, why) => drafts::withdraw_entry(sitting, person, no, &why).await,
        Curate::Restore(no, revision) => revisions::restore_entry(sitting, person, no, revision).await,
        Curate::Fill(words) => drafts::fill_placeholder(sitting, person, &words).await,
        Curate::Submit(id) => drafts::submit_draft(sitting, person, id).await,
        Curate::Drop(id) => drafts::drop_draft(sitting, person, id).await,
        Curate::Approve(id) => drafts::approve_draft(sitting, person, id).await,
        Curate::Return(id, why) => drafts::return_draft(sitting, person, id, &why).await,
        Curate::Revisions(no) => revisions::list_revisions(sitting, no).await,
        Curate::Compare(no, one, other) => revisions::compare_revisions(sitting, no, one, other).await,
        Curate::Thaw(no) => upkeep::thaw_entry(sitting, person, no).await,
    }
}
