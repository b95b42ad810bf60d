//! The review of a bad rating: opened, due, reminded of (国办发〔2019〕51号).

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::domain::asking::history::Step;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::Question;
use crate::domain::asking::rating::Rating;
use crate::domain::roster::people::Bureau;
use crate::domain::wording::Named;
use crate::domain::{duty, wording};
use crate::store::ratings::Review;

/// Working days until a review must be done.
const REVIEW_DAYS: u32 = 5;

pub(in crate::desk) async fn open_review(sitting: &mut Sitting<'_>, question: &Question, rating: Rating) -> Result<()> {
    let bureau = sitting.bureau(question.bureau);
    let due = review_end(sitting, &bureau);
    sitting.tx.open_review(question.id, due, sitting.now).await?;
    sitting.note(question.id, &Step::ReviewOpened(rating)).await?;
    Ok(())
}

/// The midnight that ends the fifth working day.
fn review_end(sitting: &Sitting<'_>, bureau: &Bureau) -> Millis {
    let today = sitting.desk.day(sitting.now);
    let last = sitting.calendar.workdays_after(today, REVIEW_DAYS);
    let time = duty::bureau_time(&sitting.roster, bureau.id, sitting.time());
    time.moment(last, 1440).unwrap_or(sitting.now)
}

/// Tells those who keep the bureau of a review, when it opens and on its last day.
pub(in crate::desk) async fn tell_of_review(sitting: &mut Sitting<'_>, review: &Review) -> Result<()> {
    let id = review.question;
    let Some(question) = sitting.tx.question(id).await? else {
        return Ok(());
    };
    if !sitting.tx.mark_review_told(id, review.told).await? {
        return Ok(());
    }
    let until = wording::day_said(sitting.desk.day(review.due.plus(-1)));
    let text = if review.told == 0 {
        let rating = sitting.tx.rating(id).await?.unwrap_or(Rating::Bad);
        let helper = question.state.holder().or(question.first_helper);
        let helper = helper
            .and_then(|id| sitting.roster.person(id))
            .map(|person| person.name.clone());
        wording::review_opened(id, rating.word(), helper.as_deref(), &until)
    } else {
        wording::review_due(id, &until)
    };
    let keepers = sitting.roster.keepers_of(question.bureau);
    let news = if review.told == 0 {
        News::LowRating
    } else {
        News::ReviewDue
    };
    let words = |_: Spot, _: &[Named]| text.clone();
    let bureau = question.bureau;
    let told = Told::words(news, &keepers, &words);
    if !sitting.tell_staff(&[question], &told).await? {
        sitting.tell_city(bureau, &text).await?;
    }
    Ok(())
}
