//! What an asker does with their own question: solved, withdrawn, one of the choices, a human please.

use crate::desk::Result as DeskResult;
use crate::desk::asker::{answer, follow, rate};
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::ground::via::Via;
use crate::desk::time::hand_over;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Ending, Question, Refusal, State};
use crate::domain::asking::request::AskerAct;
use crate::domain::asking::transitions::Moved;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::domain::wording::Named;

pub(in crate::desk) async fn asker_acts(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    act: &AskerAct,
) -> DeskResult<()> {
    match act {
        AskerAct::Solved => {
            let solved = question.clone().solve(via.person_id(), sitting.now);
            end(sitting, via, &question, solved, Ending::Solved).await
        }
        AskerAct::Withdraw => {
            let withdrawn = question.clone().withdraw(via.person_id(), sitting.now);
            end(sitting, via, &question, withdrawn, Ending::Withdrawn).await
        }
        AskerAct::Pick(number) => pick(sitting, via, question, *number).await,
        AskerAct::Rate(level) => rate::rate(sitting, via, question, *level).await,
        AskerAct::ToHuman | AskerAct::NoneOfThese => call_human(sitting, via, question).await,
    }
}

/// The asker ends it: whoever had it or was called for it hears that nothing is to be done any more.
async fn end(
    sitting: &mut Sitting<'_>,
    via: &Via,
    before: &Question,
    ended: Result<Moved, Refusal>,
    how: Ending,
) -> DeskResult<()> {
    let ended = match ended {
        Ok(ended) => ended,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(before.id)).await,
    };
    sitting.end(via, ended, how).await?;
    let awaited = match &before.state {
        State::Waiting { .. } | State::Claimed { .. } => true,
        State::Replied { .. } => how == Ending::Withdrawn,
        State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Ended { .. } => false,
    };
    if !awaited {
        return Ok(());
    }
    let people: Vec<PersonId> = sitting.responsible(before).into_iter().collect();
    let words = |_: Spot, _: &[Named]| wording::ended_by_asker(before.id, how);
    sitting
        .tell_staff(
            std::slice::from_ref(before),
            &Told::words(News::EndedByAsker, &people, &words),
        )
        .await?;
    Ok(())
}

/// 转人工 / 都不是: to a helper; after a helper's reply it goes back to the same one (一帮到底).
async fn call_human(sitting: &mut Sitting<'_>, via: &Via, question: Question) -> DeskResult<()> {
    let id = question.id;
    if matches!(question.state, State::Replied { .. }) {
        sitting.acknowledge(via).await?;
        let nothing_more = follow::Part {
            words: Masked::default(),
            media: &[],
            from: None,
        };
        return follow::back_to_helper(sitting, question, News::NotSolved, &nothing_more).await;
    }
    match &question.state {
        State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Ended { .. } => {
            let duty = hand_over::duty_for(sitting, &question).await?;
            match question.hand_over(duty.helper(), duty.begins().is_some(), sitting.now) {
                Ok(waiting) => {
                    sitting.acknowledge(via).await?;
                    hand_over::hand_over(sitting, waiting, &duty, wording::Why::Asked).await
                }
                Err(refusal) => sitting.refuse(via, &refusal, Some(id)).await,
            }
        }
        State::Waiting { .. } | State::Claimed { .. } => {
            let holder = sitting.holder_name(&question).await?;
            let text = wording::asked_again(id, holder.as_ref(), false);
            sitting.tell(via, text.words()).await
        }
        State::Replied { .. } => Ok(()),
    }
}

/// One of the offered choices.
async fn pick(sitting: &mut Sitting<'_>, via: &Via, question: Question, number: usize) -> DeskResult<()> {
    let id = question.id;
    match question.pick(number) {
        Ok((picked, entry)) => {
            sitting.acknowledge(via).await?;
            answer::answer_or_hand_over(sitting, picked, &[entry.as_str().into()]).await
        }
        Err(refusal) => sitting.refuse(via, &refusal, Some(id)).await,
    }
}
