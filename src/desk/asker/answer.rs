//! Answers from the list: what is said, by whom it is answered for, and what is kept of it.

use crate::desk::Result;
use crate::desk::ground::owe::Push;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::hand_over;
use crate::domain::asking::question::{Question, RevisionRef, State};
use crate::domain::chat::rich::Rich;
use crate::domain::wording;
use crate::domain::wording::Why;
use crate::faq::EntryId;

/// Answers a question with entries, or hands it over if one of them cannot be said.
pub(in crate::desk) async fn answer_or_hand_over(
    sitting: &mut Sitting<'_>,
    question: Question,
    entries: &[EntryId],
) -> Result<()> {
    let bureau = sitting.bureau(question.bureau)?;
    let said: Option<Vec<wording::Answer>> = entries.iter().map(|entry| sitting.said(entry, &bureau)).collect();
    match (said, entries.first()) {
        (Some(said), Some(entry)) => {
            let said_as = RevisionRef {
                entry: entry.as_str().to_owned(),
                revision: sitting.served.revision(entry),
            };
            let (answered, text) = answered(sitting, question, &said, said_as).await?;
            sitting
                .say_about(&answered, "answer", text, &[&[Push::Solved, Push::Human]])
                .await
        }
        _ => hand_over::leave_waiting(sitting, question, Why::UnderRevision).await,
    }
}

/// The question in its answered state (saved), and the text that answers it.
pub(in crate::desk) async fn answered(
    sitting: &mut Sitting<'_>,
    question: Question,
    said: &[wording::Answer],
    said_as: RevisionRef,
) -> Result<(Question, Rich)> {
    let until = sitting.lapse_at(question.bureau)?;
    let channel = question.place().channel.clone();
    let duty = sitting.on_duty(sitting.post(&question), false).await?;
    let responsible = sitting.duty_named(&duty, &channel).await?;
    let elsewhere = sitting.elsewhere(&question)?;
    let mut answered = question.with(State::Answered { said: said_as, until });
    if let Some(helper) = duty.helper() {
        answered = answered.first_helped_by(helper);
    }
    sitting.save(&mut answered).await?;
    for answer in said {
        let note = format!("{}·{}", answer.id, answer.revision);
        sitting.step(answered.id, "answered", None, &note).await?;
    }
    if elsewhere.is_some() {
        sitting.step(answered.id, "reminded_of_place", None, "三(三)3").await?;
    }
    Ok((
        answered,
        wording::answer(said, responsible.as_ref(), elsewhere.as_ref()),
    ))
}

/// Offers up to three choices.
pub(in crate::desk) async fn suggest(sitting: &mut Sitting<'_>, question: Question, entries: &[EntryId]) -> Result<()> {
    let until = sitting.lapse_at(question.bureau)?;
    let names: Vec<String> = entries
        .iter()
        .filter_map(|id| sitting.served.faq().entry(id))
        .map(|entry| entry.question.clone())
        .collect();
    let choices = entries.iter().map(|id| id.as_str().to_owned()).collect();
    let mut suggested = question.with(State::Suggested { choices, until });
    sitting.save(&mut suggested).await?;
    sitting.step(suggested.id, "suggested", None, "").await?;
    let picks: Vec<Push> = (0..names.len()).map(Push::Pick).collect();
    let buttons = [&picks[..], &[Push::None]];
    sitting
        .say_about(&suggested, "answer", wording::suggestions(&names), &buttons)
        .await
}

/// Answers, offers, or opens the burst window after which the question is handed over.
pub(in crate::desk) async fn decide(sitting: &mut Sitting<'_>, mut question: Question, verdict: Verdict) -> Result<()> {
    match verdict {
        Verdict::Sure(entries) => answer_or_hand_over(sitting, question, &entries).await,
        Verdict::Unsure(entries) => suggest(sitting, question, &entries).await,
        Verdict::Unknown(why) => {
            let burst = sitting
                .desk
                .config
                .clocks_for(&sitting.bureau(question.bureau)?.name)
                .burst_ms;
            if burst <= 0 {
                return hand_over::leave_waiting(sitting, question, why).await;
            }
            question.state = State::Gathering {
                until: sitting.now.plus(burst),
            };
            sitting.save(&mut question).await
        }
    }
}
