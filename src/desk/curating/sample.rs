//! The blind sample: drawn once a week, judged on a page by helpers of another bureau; a wrong answer is a defect of its
//! entry.

use std::collections::HashSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::desk::curating::said::as_said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::keepers::keepers_of_list;
use crate::desk::page::{Actor, Outcome};
use crate::desk::{Desk, Result};
use crate::domain::asking::question::QuestionId;
use crate::domain::list::sample::{self, Judged, Verdict};
use crate::domain::privacy::{self, Masked};
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::faq::EntryId;
use crate::store::samples::Item;

/// What was drawn is judged within so many days of its week's begin; then it is too old to remember.
const OPEN_DAYS: i32 = 35;
/// So many weeks are shown.
const SHOWN_WEEKS: i32 = 12;

/// An answer that somebody may judge, without what tells where it was asked.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its number, for the form alone.
    pub question: QuestionId,
    /// What was asked.
    pub words: String,
    /// What the list answered, as the city bureau says it.
    pub said: Vec<String>,
}

impl Desk {
    /// Draws the sample of the last whole week, once; nothing is done where that was done.
    ///
    /// # Errors
    /// The database failed.
    pub async fn draw_sample(&self) -> Result<()> {
        let monday = self.monday(1);
        if !self.believes() || self.db.read().await?.is_sampled(&monday.to_string()).await? {
            return Ok(());
        }
        let bounds = self.first_moment(monday).zip(self.first_moment(self.monday(0)));
        let Some((from, until)) = bounds else { return Ok(()) };
        let all = self.db.read().await?.drawable(from, until).await?;
        let ids: Vec<QuestionId> = all.iter().map(|one| one.question).collect();
        let chosen: HashSet<QuestionId> = sample::draw(monday, &ids).into_iter().collect();
        let pool = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let drawn: Vec<_> = all.into_iter().filter(|one| chosen.contains(&one.question)).collect();
        let mut tx = self.db.begin().await?;
        tx.keep_sample(&monday.to_string(), pool, &drawn, self.clock.now())
            .await?;
        Ok(tx.commit().await?)
    }

    /// How many answers somebody may judge.
    ///
    /// # Errors
    /// The database failed.
    pub async fn samples_waiting(&self, person: &Person) -> Result<usize> {
        Ok(self.samples_of(person).await?.len())
    }

    async fn samples_of(&self, person: &Person) -> Result<Vec<Item>> {
        if !person.is_helper() {
            return Ok(Vec::new());
        }
        let since = self.days_ago(OPEN_DAYS).to_string();
        let mut tx = self.db.read().await?;
        Ok(tx.to_judge(&since, person.bureau, person.id).await?)
    }

    /// The next answer that somebody may judge, after one they left, and how many there are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_sample(&self, person: &Person, after: Option<i64>) -> Result<(Option<Sample>, usize)> {
        let items = self.samples_of(person).await?;
        let many = items.len();
        let after = after.unwrap_or(i64::MIN);
        let place = items.iter().position(|item| item.question.0 > after).unwrap_or(0);
        let Some(item) = items.into_iter().nth(place) else {
            return Ok((None, 0));
        };
        let mut sitting = self.only_look().await?;
        let entry = sitting
            .tx
            .revision(&EntryId::from(item.said.entry.as_str()), item.said.revision)
            .await?;
        let said = match entry {
            Some(entry) => as_said(&mut sitting, &entry).await?,
            None => Vec::new(),
        };
        let words = sample::blind(&item.words.as_str().into(), &sitting.roster);
        let sample = Sample {
            question: item.question,
            words: words.as_str().to_owned(),
            said,
        };
        Ok((Some(sample), many))
    }

    /// Judges an answer for whoever stands at a page. `why`: in their own words, for the editors, where it is wrong.
    ///
    /// # Errors
    /// The database failed.
    pub async fn judge_sample(&self, actor: &Actor, question: i64, verdict: Verdict, why: &str) -> Result<Outcome> {
        let why = privacy::mask(&privacy::printable(why));
        let done = self.on_page(actor, |sitting, via| {
            let why = why.clone();
            Box::pin(async move {
                let text = match &via.person {
                    Some(person) => judged(sitting, person, QuestionId(question), verdict, &why).await?,
                    None => false,
                };
                let text = match text {
                    true => wording::sample_judged(),
                    false => sitting.not_done(wording::sample_gone()),
                };
                sitting.told_on_page(&via.place, &text);
                Ok(())
            })
        });
        done.await.map(|((), outcome)| outcome)
    }

    /// What came of the samples of the last weeks: by Monday, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn judged_weeks(&self) -> Result<Vec<(Date, Judged)>> {
        let since = self.monday(SHOWN_WEEKS).to_string();
        let weeks = self.db.read().await?.judged(&since).await?;
        Ok(weeks
            .into_iter()
            .filter_map(|(week, judged)| Some((week.parse().ok()?, judged)))
            .collect())
    }

    fn days_ago(&self, days: i32) -> Date {
        let today = self.day(self.clock.now());
        today.checked_sub(i64::from(days).days()).unwrap_or(today)
    }

    /// The Monday of so many weeks ago; of this week with 0.
    fn monday(&self, weeks: i32) -> Date {
        let today = self.day(self.clock.now());
        let back = i64::from(today.weekday().to_monday_zero_offset()) + 7 * i64::from(weeks);
        today.checked_sub(back.days()).unwrap_or(today)
    }

    fn first_moment(&self, date: Date) -> Option<crate::clock::Millis> {
        crate::domain::time::zone::moment(&self.config.timezone, date)
    }
}

/// False where it is not theirs to judge, or was judged a moment ago.
async fn judged(
    sitting: &mut Sitting<'_>,
    by: &Person,
    question: QuestionId,
    verdict: Verdict,
    why: &Masked,
) -> Result<bool> {
    let since = sitting.desk.days_ago(OPEN_DAYS).to_string();
    let theirs = by.is_helper();
    let open = sitting.tx.to_judge(&since, by.bureau, by.id).await?;
    let Some(item) = open.into_iter().find(|item| theirs && item.question == question) else {
        return Ok(false);
    };
    if !sitting.tx.judge(question, verdict, by.id, sitting.now).await? {
        return Ok(false);
    }
    let object = question.to_string();
    sitting.audit(Some(by.id), "sample", &object, verdict.key()).await?;
    if verdict == Verdict::Wrong {
        let asked: Masked = item.words.as_str().into();
        let said = wording::sample_defect(why);
        let now = sitting.now;
        sitting
            .tx
            .add_entry_defect(&item.said, question, by.id, &said, &asked, now)
            .await?;
        let entry = EntryId::from(item.said.entry.as_str());
        let no = sitting.served.faq().entry(&entry).map(|entry| entry.no);
        let keepers = keepers_of_list(sitting, Right::Curate);
        let text = wording::sample_wrong(no, &asked, why);
        sitting.tell_privately(&keepers, &text).await?;
    }
    Ok(true)
}
