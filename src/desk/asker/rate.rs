//! A solved question may be rated once in five levels; the last two open a review of five working days
//! (PRODUCT §2.4; 国办发〔2019〕51号).

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::time::review;
use crate::domain::asking::question::{Question, Refusal};
use crate::domain::asking::rating::Rating;
use crate::domain::chat::role::Role;
use crate::domain::wording;

pub(in crate::desk) async fn rate(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    rating: Rating,
) -> Result<()> {
    let id = question.id;
    let rated = match question.rate(rating) {
        Ok(rated) => rated,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    if !sitting.tx.add_rating(id, rating, sitting.now).await? {
        return sitting.refuse(via, &Refusal::RatedAlready, Some(id)).await;
    }
    sitting.acknowledge(via).await?;
    let question = sitting.settle(rated).await?;
    sitting
        .say_about(&question, Role::Line, wording::rated(id, !rating.is_bad()), &[])
        .await?;
    if rating.is_bad() {
        review::open_review(sitting, &question, rating).await?;
    }
    Ok(())
}
