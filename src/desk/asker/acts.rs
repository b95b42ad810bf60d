//! What an asker does with their own question: solved, withdrawn, one of the choices, a human please.

use crate::desk::Result;
use crate::desk::asker::{answer, follow, rate};
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::time::hand_over;
use crate::domain::asking::question::{Ending, Question, State};
use crate::domain::asking::request::AskerAct;
use crate::domain::wording;

pub(in crate::desk) async fn asker_acts(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    act: &AskerAct,
) -> Result<()> {
    let id = question.id;
    match act {
        AskerAct::Solved => match question.solve(via.person_id(), sitting.now) {
            Ok(solved) => sitting.end(via, solved, Ending::Solved).await,
            Err(refusal) => sitting.refuse(via, &refusal, Some(id)).await,
        },
        AskerAct::Withdraw => match question.withdraw(via.person_id(), sitting.now) {
            Ok(withdrawn) => sitting.end(via, withdrawn, Ending::Withdrawn).await,
            Err(refusal) => sitting.refuse(via, &refusal, Some(id)).await,
        },
        AskerAct::Pick(number) => pick(sitting, via, question, *number).await,
        AskerAct::Rate(level) => rate::rate(sitting, via, question, *level).await,
        AskerAct::ToHuman | AskerAct::NoneOfThese => call_human(sitting, via, question).await,
    }
}

/// 转人工 / 都不是: to a helper; after a helper's reply it goes back to the same one (一帮到底).
async fn call_human(sitting: &mut Sitting<'_>, via: &Via, question: Question) -> Result<()> {
    let id = question.id;
    if matches!(question.state, State::Replied { .. }) {
        sitting.acknowledge(via).await?;
        let words = question.text.as_str().to_owned();
        return follow::back_to_helper(sitting, question, &words).await;
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
async fn pick(sitting: &mut Sitting<'_>, via: &Via, question: Question, number: usize) -> Result<()> {
    let id = question.id;
    match question.pick(number) {
        Ok((picked, entry)) => {
            sitting.acknowledge(via).await?;
            answer::answer_or_hand_over(sitting, picked, &[entry.as_str().into()]).await
        }
        Err(refusal) => sitting.refuse(via, &refusal, Some(id)).await,
    }
}
