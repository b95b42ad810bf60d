//! A solved question may be rated once in five levels; the last two open a review of five working days
//! (PRODUCT §2.4; 国办发〔2019〕51号).

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::time::review;
use crate::desk::time::review::LOW;
use crate::domain::asking::question::{Ending, Question, Refusal, State};
use crate::domain::wording;

pub(in crate::desk) async fn rate(sitting: &mut Sitting<'_>, via: &Via, question: Question, level: u8) -> Result<()> {
    let id = question.id;
    if !matches!(
        question.state,
        State::Ended {
            how: Ending::Solved,
            ..
        }
    ) {
        return sitting.refuse(via, &Refusal::NotNow, Some(id)).await;
    }
    if !sitting.tx.add_rating(id, level, sitting.now).await? {
        return sitting.refuse(via, &Refusal::RatedAlready, Some(id)).await;
    }
    sitting.acknowledge(via).await?;
    sitting.strip(id).await?;
    sitting.step(id, "rated", None, &level.to_string()).await?;
    sitting
        .say_about(&question, "line", wording::rated(id, level > LOW), &[])
        .await?;
    if level <= LOW {
        review::open_review(sitting, &question, level).await?;
    }
    Ok(())
}
