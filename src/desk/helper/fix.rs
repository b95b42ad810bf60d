//! `/fix` 更正: a helper withdraws a wrong answer where it stands, a defect of the entry is noted with the words it must
//! not answer again, and the question is the helper's.

use crate::desk::Result;
use crate::desk::ground::owe::Shown;
use crate::desk::ground::sitting::Sitting;
use crate::desk::helper::acts::claimed_among_staff;
use crate::desk::helper::reply::{self, Reply};
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, RevisionRef, State};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::group::Group;
use crate::domain::chat::message::{Heard, Incoming, MessageRef};
use crate::domain::chat::role::Role;
use crate::domain::roster::people::{Person, PersonId, Role as Office};
use crate::domain::{privacy, wording};
use crate::faq::EntryId;

/// `/fix 正确的说法`, as a reply to an answer of the bot.
pub(in crate::desk) async fn fix(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    words: &str,
) -> Result<()> {
    let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
    let Some(helper) = sitting.person(&incoming.account()).await?.filter(Person::is_helper) else {
        return sitting.say(&place, quote, wording::helpers_only()).await;
    };
    let link = sitting.replied_to(incoming, heard).await?;
    let link = link.filter(|link| group.is_some() && link.role == Role::Answer);
    let question = match &link {
        Some(link) => sitting.tx.question(link.question).await?,
        None => None,
    };
    let (Some(link), Some(question)) = (link, question) else {
        return sitting.say(&place, quote, wording::fix_usage()).await;
    };
    let Some(said) = said_before(sitting, &question).await? else {
        return sitting.say(&place, quote, wording::fix_usage()).await;
    };
    sitting.strip(question.id).await?;
    let shown = Shown::Arrived(link.message);
    sitting
        .reword_shown(
            &shown,
            question.id,
            Role::Withdrawn,
            wording::withdrawn(question.id),
            &[],
        )
        .await?;
    note_defect(sitting, &question, &said, &helper, words).await?;
    let message = MessageRef {
        place,
        id: heard.id.clone(),
    };
    let fixed = question.fix(helper.id, said, sitting.now);
    take_after_fix(sitting, fixed, &helper, words, &message).await
}

/// The question is the helper's: with the right words as the answer, where there are any.
async fn take_after_fix(
    sitting: &mut Sitting<'_>,
    fixed: Moved,
    helper: &Person,
    words: &str,
    message: &MessageRef,
) -> Result<()> {
    if !words.trim().is_empty() {
        let message = Some(message.clone());
        let given = Reply {
            message,
            ..Reply::words(words)
        };
        return reply::reply(sitting, fixed, helper, given).await;
    }
    let held = sitting.settle(fixed).await?;
    let Some(named) = sitting.named(helper.id, &held.place().channel).await? else {
        return Ok(());
    };
    let text = wording::claimed(held.id, &named);
    sitting.say_about(&held, Role::Notice, text, &[]).await?;
    claimed_among_staff(sitting, &message.place, &held, helper.id).await
}

/// The entry and revision a question was answered with.
async fn said_before(sitting: &mut Sitting<'_>, question: &Question) -> Result<Option<RevisionRef>> {
    if let State::Answered { said, .. } = &question.state {
        return Ok(Some(said.clone()));
    }
    let steps = sitting.tx.steps(question.id).await?;
    Ok(steps.into_iter().rev().find_map(|noted| match noted.step {
        Step::Answered(said) => Some(said),
        _ => None,
    }))
}

async fn note_defect(
    sitting: &mut Sitting<'_>,
    question: &Question,
    said: &RevisionRef,
    helper: &Person,
    words: &str,
) -> Result<()> {
    let words = privacy::mask(&privacy::printable(words));
    let id = question.id;
    sitting
        .tx
        .add_entry_defect(said, id, helper.id, &words, &question.text, sitting.now)
        .await?;
    sitting
        .audit(Some(helper.id), "fix", &id.to_string(), &said.entry)
        .await?;
    let no = sitting
        .served
        .faq()
        .entry(&EntryId::from(said.entry.as_str()))
        .map(|entry| entry.no);
    let editors = sitting.roster.people.iter().filter(|person| person.has(Office::Editor));
    let editors: Vec<PersonId> = editors.map(|person| person.id).collect();
    let text = wording::defect_opened(no, &question.text, &helper.name, &words);
    sitting.tell_privately(&editors, &text).await
}
