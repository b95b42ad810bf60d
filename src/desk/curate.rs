//! Keeping the list in chat: what editors and approvers type in private, and what they are shown. What a change would
//! break is looked into by `testing`, outside the message that asked for it.

mod candidates;
mod drafts;
mod revisions;
mod testing;

pub(super) use candidates::dispute_line;

use super::{Result, Sitting};
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::chat::rich::Rich;
use crate::domain::list::curation::{self, Curate};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording;

impl Sitting<'_> {
    /// What an editor or approver typed in private for the list; false if it is nothing of this.
    pub(super) async fn curates(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        person: Option<&Person>,
    ) -> Result<bool> {
        let Some(person) = person.filter(|person| self.may_curate(person)) else {
            return Ok(false);
        };
        let Some(asked) = curation::parse(&heard.text) else {
            return Ok(false);
        };
        let text = self.curate(person, asked).await?;
        self.say(&incoming.place, Some(&heard.id), text).await?;
        Ok(true)
    }

    /// `/candidates [编号]`.
    pub(super) async fn candidates(&mut self, incoming: &Incoming, words: &str) -> Result<Rich> {
        let person = self.person(&incoming.account()).await?;
        let Some(person) = person.filter(|person| self.may_curate(person)) else {
            return Ok(wording::curators_only());
        };
        self.curate(&person, curation::candidates(words)).await
    }

    fn may_curate(&self, person: &Person) -> bool {
        self.has_right(person, Right::Curate, person.bureau)
    }

    /// Does what was asked and says what came of it.
    async fn curate(&mut self, person: &Person, asked: Curate) -> Result<Rich> {
        match asked {
            Curate::Overview => self.overview().await,
            Curate::Show(id) => self.show_candidate(id).await,
            Curate::Take(id) => self.take_candidate(person, id).await,
            Curate::Join(id, no) => self.join_candidate(person, id, no).await,
            Curate::Dismiss(id, why) => self.dismiss_candidate(person, id, &why).await,
            Curate::Merge(into, from) => self.merge_candidates(person, into, from).await,
            Curate::Split(from, questions) => self.split_candidate(person, from, &questions).await,
            Curate::Rename(id, name) => self.rename_candidate(person, id, &name).await,
            Curate::Settle(id, words) => self.settle_dispute(person, id, &words).await,
            Curate::Drafts => self.list_drafts().await,
            Curate::Draft(id) => self.show_draft(id).await,
            Curate::New(question) => self.new_entry(person, &question).await,
            Curate::Edit(no, field, text) => self.edit_entry(person, no, &field, &text).await,
            Curate::Rewrite(id, field, text) => self.rewrite_draft(person, id, &field, &text).await,
            Curate::Withdraw(no, why) => self.withdraw_entry(person, no, &why).await,
            Curate::Restore(no, revision) => self.restore_entry(person, no, revision).await,
            Curate::Fill(words) => self.fill_placeholder(person, &words).await,
            Curate::Submit(id) => self.submit_draft(person, id).await,
            Curate::Drop(id) => self.drop_draft(person, id).await,
            Curate::Approve(id) => self.approve_draft(person, id).await,
            Curate::Return(id, why) => self.return_draft(person, id, &why).await,
            Curate::Revisions(no) => self.list_revisions(no).await,
            Curate::Compare(no, one, other) => self.compare_revisions(no, one, other).await,
            Curate::Thaw(no) => self.thaw_entry(person, no).await,
        }
    }

    /// Tells people in their private chats.
    pub(super) async fn tell_privately(&mut self, people: &[PersonId], text: &Rich) -> Result<()> {
        for place in self.private_places(people).await? {
            self.say(&place, None, text.clone()).await?;
        }
        Ok(())
    }

    /// The people who keep the list: editors, or approvers.
    pub(super) fn keepers_of_list(&self, right: Right) -> Vec<PersonId> {
        let people = self.roster.people.iter();
        people
            .filter(|person| self.has_right(person, right, person.bureau))
            .map(|person| person.id)
            .collect()
    }
}
