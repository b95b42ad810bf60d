//! What editors and approvers type in private for the list, and what came of it in words.

mod said;

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::curate::{candidates, decide, drafts, learning, overview, revisions, shown};
use crate::desk::list::upkeep;
use crate::domain::asking::request::{self, Command, Private, Request};
use crate::domain::chat::message::{ChatKind, Event, Heard, Incoming};
use crate::domain::chat::rich::Rich;
use crate::domain::list::curation;
use crate::domain::list::curation::Curate;
use crate::domain::list::draft::DraftId;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::wording;

/// What somebody asks to see of the list, in private and in words of their own.
fn asked_to_see(incoming: &Incoming) -> Option<Curate> {
    let (Event::Message(heard) | Event::Edited(heard)) = &incoming.event else {
        return None;
    };
    if incoming.chat_kind != ChatKind::Private || !heard.own_words() {
        return None;
    }
    let asked = curation::parse(&heard.text).or_else(|| match request::of(heard, true) {
        Request::Command(Command::Private(Private::Candidates(words))) => Some(curation::candidates(&words)),
        Request::Command(_) | Request::Act(..) | Request::Words(_) | Request::UnknownCommand | Request::NotTheirs => {
            None
        }
    });
    asked.filter(Curate::only_looks)
}

/// Whether a message asks to see something of the list, if its sender may.
pub(in crate::desk) fn asks_to_see(incoming: &Incoming) -> bool {
    asked_to_see(incoming).is_some()
}

/// What an editor or approver asks to see: looked up before the message's own transaction, for it can take long and
/// writes nothing. None for everybody else.
pub(in crate::desk) async fn look_up(sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<Option<Rich>> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(person) = person.filter(|person| may_curate(sitting, person)) else {
        return Ok(None);
    };
    match asked_to_see(incoming) {
        Some(asked) => Ok(Some(curate(sitting, &person, asked).await?)),
        None => Ok(None),
    }
}

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
    let text = match heard.own_words() {
        true => curate(sitting, person, asked).await?,
        false => wording::not_your_words(),
    };
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
    let known = person.is_some();
    let Some(person) = person.filter(|person| may_curate(sitting, person)) else {
        return Ok(wording::curators_only(known));
    };
    curate(sitting, &person, curation::candidates(words)).await
}

fn may_curate(sitting: &Sitting<'_>, person: &Person) -> bool {
    sitting.has_right(person, Right::Curate, person.bureau)
}

/// Does what was asked and says what came of it.
async fn curate(sitting: &mut Sitting<'_>, person: &Person, asked: Curate) -> Result<Rich> {
    match sitting.looked_up.take_if(|_| asked.only_looks()) {
        Some(seen) => Ok(seen),
        None => carry_out(sitting, person, asked).await,
    }
}

async fn carry_out(sitting: &mut Sitting<'_>, person: &Person, asked: Curate) -> Result<Rich> {
    Ok(match asked {
        Curate::Overview => {
            let found = overview::overview(sitting).await?;
            said::overview(sitting, &found)
        }
        Curate::Show(id) => said::candidate(id, overview::show_candidate(sitting, id).await?),
        Curate::Find(words) => {
            let (found, more) = overview::find_candidates(sitting, &words).await?;
            said::found(&words, &found, more)
        }
        Curate::Take(id) => said::taken(id, candidates::take_candidate(sitting, person, id).await?),
        Curate::Join(id, no) => said::joined(id, no, candidates::join_candidate(sitting, person, id, no).await?),
        Curate::Dismiss(id, why) => {
            said::dismissed(id, candidates::dismiss_candidate(sitting, person, id, &why).await?)
        }
        Curate::Merge(into, from) => said::merged(
            into,
            &from,
            candidates::merge_candidates(sitting, person, into, &from).await?,
        ),
        Curate::Split(from, questions) => said::split(
            from,
            candidates::split_candidate(sitting, person, from, &questions).await?,
        ),
        Curate::Rename(id, name) => said::renamed(id, candidates::rename_candidate(sitting, person, id, &name).await?),
        Curate::Settle(id, words) => said::settled(id, candidates::settle_dispute(sitting, person, id, &words).await?),
        Curate::Drafts => wording::drafts(&said::draft_lines(&shown::list_drafts(sitting).await?)),
        Curate::Draft(id) => said::draft(id, shown::show_draft(sitting, DraftId(id)).await?),
        Curate::New(question) => said::written(&drafts::new_entry(sitting, person, &question).await?),
        Curate::Edit(no, field, text) => {
            let edited = drafts::edit_entry(sitting, person, no, &field, &text).await?;
            said::edited(no, &field, edited)
        }
        Curate::Rewrite(id, field, text) => {
            let rewritten = drafts::rewrite_draft(sitting, person, DraftId(id), &field, &text).await?;
            said::rewritten(id, &field, rewritten)
        }
        Curate::Withdraw(no, why) => said::withdrawn(no, drafts::withdraw_entry(sitting, person, no, &why).await?),
        Curate::Restore(no, revision) => {
            let restored = revisions::restore_entry(sitting, person, no, revision).await?;
            said::restored(no, revision, restored)
        }
        Curate::Fill(words) => said::filled(drafts::fill_placeholder(sitting, person, &words).await?),
        Curate::Submit(id) => said::submitted(id, drafts::submit_draft(sitting, person, DraftId(id)).await?),
        Curate::Drop(id) => said::dropped(id, drafts::drop_draft(sitting, person, DraftId(id)).await?),
        Curate::Approve(id) => said::approved(id, decide::approve_draft(sitting, person, DraftId(id)).await?),
        Curate::Return(id, why) => give_back(sitting, person, id, &why).await?,
        Curate::Revisions(no) => said::revisions(no, revisions::list_revisions(sitting, no).await?),
        Curate::Compare(no, one, other) => {
            let compared = revisions::compare_revisions(sitting, no, one, other).await?;
            said::compared(no, one, other, compared)
        }
        Curate::TakeOut(id, lines) => take_out(sitting, person, id, &lines).await?,
        Curate::Unlearn(id, lines) => unlearn(sitting, person, id, &lines).await?,
        Curate::Thaw(no) => said::thawed(no, upkeep::thaw_entry(sitting, person, no).await?),
    })
}

async fn give_back(sitting: &mut Sitting<'_>, person: &Person, id: i64, why: &str) -> Result<Rich> {
    let returned = decide::return_draft(sitting, person, DraftId(id), why).await?;
    Ok(said::returned(id, &person.name, why, returned))
}

async fn take_out(sitting: &mut Sitting<'_>, person: &Person, id: i64, lines: &[i64]) -> Result<Rich> {
    let taken = learning::take_out(sitting, person, DraftId(id), lines).await?;
    Ok(said::taken_out(id, taken))
}

async fn unlearn(sitting: &mut Sitting<'_>, person: &Person, id: i64, lines: &[i64]) -> Result<Rich> {
    let begun = learning::unlearn(sitting, person, DraftId(id), lines).await?;
    Ok(said::unlearnt(id, begun))
}
