//! The rounds that keep the list going: what people ask is collected, approved drafts are tested, keepers are told.
//! New candidates and disputes are told in the city bureau's working time.

use crate::clock::Millis;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::reviews::Review;
use crate::desk::list::{collect, learn, notices, reviews, standing, upkeep};
use crate::desk::{Desk, Result};
use jiff::civil::Weekday;

/// Lines of each part of the digest.
const SHOWN: usize = 10;

const WEEK_MS: i64 = 7 * 86_400_000;

/// A reply may come before its question is in a cluster; it is looked at once more.
const LATE_MS: i64 = 3_600_000;

/// When replies were last compared.
const COMPARED: &str = "replies_compared";

impl Desk {
    /// What keeps the list in step with what people ask: collects questions, tests approved drafts. Safe to run beside
    /// everything else; does nothing while there is nothing.
    pub async fn keep_list(&self) -> Result<()> {
        while self.collect_some().await? {}
        self.see_to_drafts().await
    }

    /// What keepers of the list are told: only while the city bureau works, each thing once.
    pub(in crate::desk) async fn tell_keepers(&self) -> Result<()> {
        let now = self.clock.now();
        if !self.works(self.roster().desk().id, now) {
            return Ok(());
        }
        let mut looking = self.only_look().await?;
        let since = looking.tx.note(COMPARED).await?;
        let since: i64 = since.and_then(|at| at.parse().ok()).unwrap_or(0);
        let found = collect::look(&mut looking, Millis(since - LATE_MS)).await?;
        let lessons = learn::look(&mut looking).await?;
        drop(looking);
        let mut sitting = self.sit().await?;
        sitting.tx.set_note(COMPARED, &now.0.to_string()).await?;
        collect::tell(&mut sitting, &found).await?;
        if let Some(lessons) = lessons {
            Box::pin(learn::tell(&mut sitting, lessons)).await?;
        }
        upkeep::remind_of_frozen(&mut sitting).await?;
        digest(&mut sitting).await?;
        sitting.tx.commit().await?;
        self.bell.notify_one();
        Ok(())
    }
}

/// Once a week, on its first working day: what must be reviewed, what is frozen, how many candidates wait.
async fn digest(sitting: &mut Sitting<'_>) -> Result<()> {
    const SENT: &str = "weekly_digest";
    let last: i64 = sitting.tx.note(SENT).await?.and_then(|at| at.parse().ok()).unwrap_or(0);
    let today = sitting.desk.day(sitting.now);
    let monday = today.weekday() == Weekday::Monday;
    let since = sitting.now.since(Millis(last));
    if since < WEEK_MS && !(monday && since > WEEK_MS / 7) {
        return Ok(());
    }
    sitting.tx.set_note(SENT, &sitting.now.0.to_string()).await?;
    let (overdue, due) = reviews::reviews(sitting);
    let frozen = sitting.tx.frozen().await?.len();
    let candidates = standing::waiting_candidates(sitting).await?;
    if overdue.is_empty() && due.is_empty() && frozen == 0 && candidates == 0 {
        return Ok(());
    }
    let (overdue, due) = (shown(&overdue), shown(&due));
    notices::weekly_digest(sitting, overdue, due, frozen, candidates).await
}

fn shown(reviews: &[Review]) -> &[Review] {
    &reviews[..reviews.len().min(SHOWN)]
}
