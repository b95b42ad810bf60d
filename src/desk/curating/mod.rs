//! What editors and approvers do with the list on a page: the use cases behind the words of the chat, each in one
//! transaction, and what they read there.

mod came;
mod drafts;
mod read;
mod said;
mod sample;
mod tried;

pub use came::{Came, Done, NotDone};
pub use drafts::{DraftPage, Fields, Waits};
pub use read::{CandidatePage, CandidateRow, Candidates, EntryPage, Upkeep};
pub use sample::Sample;
pub use tried::Tried;

pub use crate::desk::list::curate::alike::Alike;
pub use crate::desk::list::curate::overview::CandidateView;

use came::{came, submitted};

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::curate::{candidates, decide, drafts as written, form, learning, revisions};
use crate::desk::list::upkeep;
use crate::desk::page::Actor;
use crate::desk::{Desk, Result};
use crate::domain::list::draft::DraftId;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::faq::edit::Field;

/// What a page wants done with the list.
#[derive(Clone, Debug)]
pub enum Act {
    /// 收录: a new entry from a candidate.
    Take(i64),
    /// 并入: ways of asking for an entry that exists.
    Join(i64, u32),
    /// 不收, and why.
    Dismiss(i64, Masked),
    /// 合并: the others into the first.
    Merge(i64, Vec<i64>),
    /// 拆出: these questions.
    Split(i64, Vec<i64>),
    /// 改名
    Rename(i64, Masked),
    /// 口径: how a dispute is settled.
    Settle(i64, Masked),
    /// 新条, by its question.
    New(Masked),
    /// 改: a draft of an entry as it stands.
    Change(u32),
    /// The fields of a draft as a form holds them.
    Write(DraftId, Vec<(Field, String)>),
    /// 停用, and why: handed in at once.
    Withdraw(u32, Masked),
    /// 恢复 an older revision as a draft.
    Restore(u32, i64),
    /// 填 a placeholder for all bureaus, or for one: handed in at once.
    Fill(Masked),
    /// 送审
    Submit(DraftId),
    /// 撤稿
    Drop(DraftId),
    /// 批准
    Approve(DraftId),
    /// 退回, and why.
    Return(DraftId, Masked),
    /// 去掉: lines, by their numbers.
    TakeOut(DraftId, Vec<i64>),
    /// 收回: what a draft taught.
    Unlearn(DraftId, Vec<i64>),
    /// 解冻
    Thaw(u32),
}

impl Act {
    /// The draft it is about.
    fn draft(&self) -> Option<DraftId> {
        match self {
            Act::Write(id, _)
            | Act::Submit(id)
            | Act::Drop(id)
            | Act::Approve(id)
            | Act::Return(id, _)
            | Act::TakeOut(id, _) => Some(*id),
            Act::Take(_)
            | Act::Join(..)
            | Act::Dismiss(..)
            | Act::Merge(..)
            | Act::Split(..)
            | Act::Rename(..)
            | Act::Settle(..)
            | Act::New(_)
            | Act::Change(_)
            | Act::Withdraw(..)
            | Act::Restore(..)
            | Act::Fill(_)
            | Act::Unlearn(..)
            | Act::Thaw(_) => None,
        }
    }
}

impl Desk {
    /// Does what an editor or approver wants. `seen`: the version of the draft on the page; nothing is done where it has
    /// changed since.
    pub async fn curate(&self, actor: &Actor, seen: Option<i64>, act: &Act) -> Result<Came> {
        let done = self.on_page(actor, |sitting, _| {
            let (act, person) = (act.clone(), actor.person.clone());
            Box::pin(async move {
                if !sitting.has_right(&person, Right::Curate, person.bureau) {
                    return Ok(Err(NotDone::NotAKeeper));
                }
                if let (Some(id), Some(seen)) = (act.draft(), seen)
                    && let Some(kept) = sitting.tx.draft(id).await?
                    && kept.draft.version != seen
                {
                    return Ok(Err(NotDone::Changed));
                }
                carry_out(sitting, &person, act).await
            })
        });
        let came = done.await?.0;
        self.counted(None);
        Ok(came)
    }
}

async fn carry_out(sitting: &mut Sitting<'_>, person: &Person, act: Act) -> Result<Came> {
    Ok(match act {
        Act::Take(id) => came(candidates::take_candidate(sitting, person, id).await?),
        Act::Join(id, no) => came(candidates::join_candidate(sitting, person, id, no).await?),
        Act::Dismiss(id, why) => came(candidates::dismiss_candidate(sitting, person, id, &why).await?),
        Act::Merge(into, from) => came(candidates::merge_candidates(sitting, person, into, &from).await?),
        Act::Split(from, questions) => came(candidates::split_candidate(sitting, person, from, &questions).await?),
        Act::Rename(id, name) => came(candidates::rename_candidate(sitting, person, id, &name).await?),
        Act::Settle(id, words) => came(candidates::settle_dispute(sitting, person, id, &words).await?),
        Act::New(question) => Ok(written::new_entry(sitting, person, &question).await?.into()),
        Act::Change(no) => came(form::begin_change(sitting, person, no).await?),
        Act::Write(id, fields) => came(form::fill_form(sitting, person, id, &fields).await?),
        Act::Withdraw(no, why) => {
            let begun = came(written::withdraw_entry(sitting, person, no, &why).await?);
            handed_in(sitting, person, begun).await?
        }
        Act::Restore(no, revision) => came(revisions::restore_entry(sitting, person, no, revision).await?),
        Act::Fill(words) => {
            let begun = came(written::fill_placeholder(sitting, person, &words).await?);
            handed_in(sitting, person, begun).await?
        }
        Act::Submit(id) => submitted(id, written::submit_draft(sitting, person, id).await?),
        Act::Drop(id) => came(written::drop_draft(sitting, person, id).await?),
        Act::Approve(id) => came(decide::approve_draft(sitting, person, id).await?),
        Act::Return(id, why) => came(decide::return_draft(sitting, person, id, &why).await?),
        Act::TakeOut(id, lines) => came(learning::take_out(sitting, person, id, &lines).await?),
        Act::Unlearn(id, lines) => came(learning::unlearn(sitting, person, id, &lines).await?),
        Act::Thaw(no) => came(upkeep::thaw_entry(sitting, person, no).await?),
    })
}

/// A draft that has nothing to be written at is handed in as soon as it is begun.
async fn handed_in(sitting: &mut Sitting<'_>, person: &Person, begun: Came) -> Result<Came> {
    match begun {
        Ok(Done::Begun(id)) => Ok(submitted(id, written::submit_draft(sitting, person, id).await?)),
        other => Ok(other),
    }
}
