//! A solved question may be rated once in five levels; the last two open a review of five working days
//! (PRODUCT §2.4; 国办发〔2019〕51号).

use super::act::Via;
use super::owe::Push;
use super::{Result, Sitting};
use crate::clock::Millis;
use crate::domain::asking::question::{Ending, Question, Refusal, State};
use crate::domain::asking::request::RATINGS;
use crate::domain::duty;
use crate::domain::privacy;
use crate::domain::roster::people::{Bureau, Person};
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::store::ratings::Review;

/// Working days until a review must be done.
const REVIEW_DAYS: u32 = 5;
/// 不满意 and what is below it.
const LOW: u8 = 2;

impl Sitting<'_> {
    /// Thanks the asker and asks once for a rating.
    pub(super) async fn ask_rating(&mut self, question: &Question) -> Result<()> {
        let text = wording::rating(question.id);
        if self.tx.rating(question.id).await?.is_some() {
            return self.say_about(question, "line", text, &[]).await;
        }
        let (high, low) = ([5, 4, 3].map(Push::Rate), [2, 1].map(Push::Rate));
        self.say_about(question, "rating", text, &[&high, &low]).await
    }

    pub(super) async fn rate(&mut self, via: &Via, question: Question, level: u8) -> Result<()> {
        let id = question.id;
        if !matches!(
            question.state,
            State::Ended {
                how: Ending::Solved,
                ..
            }
        ) {
            return self.refuse(via, &Refusal::NotNow, Some(id)).await;
        }
        if !self.tx.add_rating(id, level, self.now).await? {
            return self.refuse(via, &Refusal::RatedAlready, Some(id)).await;
        }
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.step(id, "rated", None, &level.to_string()).await?;
        self.say_about(&question, "line", wording::rated(id, level > LOW), &[])
            .await?;
        if level <= LOW {
            self.open_review(&question, level).await?;
        }
        Ok(())
    }

    async fn open_review(&mut self, question: &Question, level: u8) -> Result<()> {
        let bureau = self.bureau(question.bureau)?;
        let due = self.review_end(&bureau);
        self.tx.open_review(question.id, due, self.now).await?;
        self.step(question.id, "review_opened", None, &level.to_string()).await
    }

    /// The midnight that ends the fifth working day.
    fn review_end(&self, bureau: &Bureau) -> Millis {
        let today = self.desk.day(self.now);
        let last = self.calendar.workdays_after(today, REVIEW_DAYS);
        let time = duty::bureau_time(&self.roster, bureau.id, self.time());
        time.moment(last, 1440).unwrap_or(self.now)
    }

    /// `回访 1024 结果`, by those who arrange things for the bureau.
    pub(super) async fn review(&mut self, via: &Via, question: Question, person: &Person, words: &str) -> Result<()> {
        let id = question.id;
        let words = privacy::mask(&privacy::printable(words));
        if words.as_str().trim().is_empty() || !self.has_right(person, Right::Review, question.bureau) {
            return self.tell(via, wording::review_usage().words()).await;
        }
        if !self.tx.close_review(id, person.id, words.as_str(), self.now).await? {
            return self.tell(via, wording::no_review(id).words()).await;
        }
        self.step(id, "reviewed", Some(person.id), words.as_str()).await?;
        self.tell(via, wording::review_closed(id).words()).await
    }

    /// Tells those who keep the bureau of a review, when it opens and on its last day.
    pub(super) async fn tell_of_review(&mut self, review: &Review) -> Result<()> {
        let id = review.question;
        let Some(question) = self.tx.question(id).await? else {
            return Ok(());
        };
        if !self.tx.mark_review_told(id, review.told).await? {
            return Ok(());
        }
        let bureau = self.bureau(question.bureau)?;
        let until = wording::day_said(self.desk.day(review.due.plus(-1)));
        let text = if review.told == 0 {
            let level = self.tx.rating(id).await?.unwrap_or(1);
            // Best first: five is the first.
            let level = usize::try_from(5 - level.clamp(1, 5)).map_or(RATINGS[4], |below| RATINGS[below]);
            let helper = question.state.holder().or(question.first_helper);
            let helper = helper
                .and_then(|id| self.roster.person(id))
                .map(|person| person.name.clone());
            wording::review_opened(id, level, helper.as_deref(), &until)
        } else {
            wording::review_due(id, &until)
        };
        for place in self.keeper_places(&bureau).await? {
            self.say(&place, None, text.clone()).await?;
        }
        Ok(())
    }
}
