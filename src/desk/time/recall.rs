//! 更正追达: who was told something that changed hears what is valid now, under the old answer.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, RevisionRef, Told};
use crate::domain::chat::message::MessageRef;
use crate::domain::chat::owed::Owed;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::wording;
use crate::domain::wording::Answer;
use crate::faq::EntryId;
use crate::store::recalls::Recall;

/// So long after the whole text was said in a room, others there are pointed to it.
const NEAR_MS: i64 = 3_600_000;

/// Tells what is served now, once an asker and room; shortly where the room just read it. Left for later while a newer
/// list is being taken up: a correction never carries what it corrects.
pub(in crate::desk) async fn recall(sitting: &mut Sitting<'_>, recall: &Recall) -> Result<()> {
    if sitting.tx.faq_version().await? != sitting.served.version()
        || !sitting.tx.mark_recalled(recall, sitting.now).await?
    {
        return Ok(());
    }
    let Some(question) = sitting.tx.question(recall.question).await? else {
        return Ok(());
    };
    let answers = sitting.tx.links_of(recall.question, Role::Answer).await?;
    let Some(old) = answers.into_iter().next() else {
        return Ok(());
    };
    let entry = EntryId::from(recall.entry.as_str());
    let bureau = sitting.bureau_meant(&question);
    let said = sitting.said(&entry, &bureau);
    let Some(told) = told(sitting, &recall.entry, said.as_ref()).await? else {
        return Ok(());
    };
    if knows(sitting, &question, &told).await? {
        return Ok(());
    }
    let since = sitting.now.plus(-NEAR_MS);
    let read = sitting.tx.corrected_there(&told, &old.message.place, since).await?;
    if read.contains(&question.asker.id) {
        return Ok(());
    }
    sitting.note(question.id, &Step::Recalled(told)).await?;
    say_under(sitting, &question, old.message, text(said.as_ref(), !read.is_empty())).await
}

/// What is told: the words that are said now, or that there are none. Nothing of an entry that never was approved.
async fn told(sitting: &mut Sitting<'_>, entry: &str, said: Option<&Answer>) -> Result<Option<Told>> {
    let of = |revision| RevisionRef {
        entry: entry.to_owned(),
        revision,
    };
    Ok(match said {
        Some(said) => Some(Told::Now(of(said.revision))),
        None => sitting.tx.entry_revision(entry).await?.map(|last| Told::Gone(of(last))),
    })
}

fn text(said: Option<&Answer>, read: bool) -> Rich {
    match (said, read) {
        (Some(said), true) => wording::corrected_above(said),
        (Some(said), false) => wording::corrected(said),
        (None, true | false) => wording::no_longer_valid(),
    }
}

async fn say_under(sitting: &mut Sitting<'_>, question: &Question, old: MessageRef, text: Rich) -> Result<()> {
    let can = sitting.desk.channels.can(&old.place.channel);
    let owed = Owed::Message {
        text,
        buttons: Vec::new(),
        quote: Some(old.id),
        whom: Some(question.asker_name.clone()).filter(|name| !can.quote && !name.is_empty()),
        ask_contact: false,
    };
    let (id, now) = (Some(question.id), sitting.now);
    Ok(sitting.tx.owe(&old.place, id, Role::Line, &owed, now).await?)
}

/// Whether the last that was said of an entry under a question still holds: the same answer, or that it is gone.
async fn knows(sitting: &mut Sitting<'_>, question: &Question, now: &Told) -> Result<bool> {
    let steps = sitting.tx.steps(question.id).await?;
    let last = steps.into_iter().rev().find_map(|noted| match noted.step {
        Step::Answered(said) if said.entry == now.entry() => Some(Told::Now(said)),
        Step::Recalled(told) if told.entry() == now.entry() => Some(told),
        _ => None,
    });
    match (last, now) {
        (None, _) | (Some(Told::Gone(_)), Told::Now(_)) | (Some(Told::Now(_)), Told::Gone(_)) => Ok(false),
        (Some(Told::Gone(_)), Told::Gone(_)) => Ok(true),
        (Some(Told::Now(last)), Told::Now(now)) => answers_alike(sitting, &last, now).await,
    }
}

/// Whether two revisions of an entry say the same.
async fn answers_alike(sitting: &mut Sitting<'_>, one: &RevisionRef, other: &RevisionRef) -> Result<bool> {
    if one.revision == other.revision {
        return Ok(true);
    }
    let entry = EntryId::from(one.entry.as_str());
    let before = sitting.tx.revision(&entry, one.revision).await?;
    let after = sitting.tx.revision(&entry, other.revision).await?;
    Ok(matches!((before, after), (Some(before), Some(after)) if before.answer == after.answer))
}
