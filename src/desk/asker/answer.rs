//! Answers from the list: what is said, by whom it is answered for, and what is kept of it.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::hand_over;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, RevisionRef};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::wording;
use crate::domain::wording::Why;
use crate::faq::EntryId;

/// Answers a question with entries, or hands it over if one of them cannot be said.
pub(in crate::desk) async fn answer_or_hand_over(
    sitting: &mut Sitting<'_>,
    moved: Moved,
    entries: &[EntryId],
) -> Result<()> {
    let bureau = sitting.bureau_meant(&moved.question);
    let said: Option<Vec<wording::Answer>> = entries.iter().map(|entry| sitting.said(entry, &bureau)).collect();
    match said.filter(|said| !said.is_empty()) {
        Some(said) => {
            let (answered, text) = answered(sitting, moved, &said).await?;
            sitting
                .say_about(&answered, Role::Answer, text, &[&[Push::Solved, Push::Human]])
                .await
        }
        None => hand_over::leave_waiting(sitting, moved, Why::UnderRevision).await,
    }
}

/// The question in its answered state (saved), and the text that answers it.
pub(in crate::desk) async fn answered(
    sitting: &mut Sitting<'_>,
    moved: Moved,
    said: &[wording::Answer],
) -> Result<(Question, Rich)> {
    let question = &moved.question;
    let until = sitting.lapse_at(question.bureau)?;
    let channel = question.place().channel.clone();
    let duty = sitting.on_duty(sitting.post(question), false).await?;
    let responsible = sitting.duty_named(&duty, &channel).await?;
    let elsewhere = sitting.elsewhere(question)?;
    let text = wording::answer(said, responsible.as_ref(), elsewhere.as_ref());
    let text = text.then(&wording::not_kept(&question.text.reachable_by()));
    let revisions: Vec<RevisionRef> = said.iter().map(revision_of).collect();
    let mut moved = moved.then(|question| question.answer(&revisions, duty.helper(), until));
    if elsewhere.is_some() {
        moved = moved.noting(Step::RemindedOfPlace);
    }
    // Said from a list that is being replaced this moment: looked at again once the new one is here.
    if sitting.tx.faq_version().await? != sitting.served.version() {
        let (id, now) = (moved.question.id, sitting.now);
        for said in said {
            sitting.tx.recall_late(&said.id, id, now).await?;
        }
    }
    Ok((sitting.settle(moved).await?, text))
}

fn revision_of(said: &wording::Answer) -> RevisionRef {
    RevisionRef {
        entry: said.id.clone(),
        revision: said.revision,
    }
}

/// Offers up to three choices.
pub(in crate::desk) async fn suggest(sitting: &mut Sitting<'_>, moved: Moved, entries: &[EntryId]) -> Result<()> {
    let until = sitting.lapse_at(moved.question.bureau)?;
    let names: Vec<String> = entries
        .iter()
        .filter_map(|id| sitting.served.faq().entry(id))
        .map(|entry| entry.question.clone())
        .collect();
    let choices = entries.iter().map(|id| id.as_str().to_owned()).collect();
    let suggested = sitting
        .settle(moved.then(|question| question.suggest(choices, until)))
        .await?;
    let picks: Vec<Push> = (0..names.len()).map(Push::Pick).collect();
    let buttons = [&picks[..], &[Push::None]];
    let text = wording::suggestions(&names).then(&wording::not_kept(&suggested.text.reachable_by()));
    sitting.say_about(&suggested, Role::Answer, text, &buttons).await
}

/// Answers, offers, or opens the burst window after which the question is handed over.
pub(in crate::desk) async fn decide(sitting: &mut Sitting<'_>, moved: Moved, verdict: Verdict) -> Result<()> {
    match verdict {
        Verdict::Sure(entries) => answer_or_hand_over(sitting, moved, &entries).await,
        Verdict::Unsure(entries) => suggest(sitting, moved, &entries).await,
        Verdict::Unknown(why) => {
            let burst = sitting.clocks(&sitting.bureau(moved.question.bureau)).burst_ms;
            if burst <= 0 {
                return hand_over::leave_waiting(sitting, moved, why).await;
            }
            let until = sitting.now.plus(burst);
            sitting.settle(moved.then(|question| question.gather(until))).await?;
            Ok(())
        }
    }
}
