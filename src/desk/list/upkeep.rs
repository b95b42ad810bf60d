//! Upkeep of the list by whoever is responsible for an entry (专人): review dates, entries whose ground has moved, the
//! weekly digest; new candidates and disputes are told in the city bureau's working time.

use crate::clock::Millis;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::{collect, keepers, standing};
use crate::desk::{Desk, Result};
use crate::domain::chat::rich::Rich;
use crate::domain::list::helped;
use crate::domain::list::helped::Helped;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::faq::{Entry, EntryId};
use jiff::civil::Weekday;

/// Reviews that are due within so many days are in the digest.
const AHEAD_DAYS: i64 = 30;

/// Lines of each part of the digest.
const SHOWN: usize = 10;

const WEEK_MS: i64 = 7 * 86_400_000;

/// A reply may come before its question is in a cluster; it is looked at once more.
const LATE_MS: i64 = 3_600_000;

/// When replies were last compared.
const COMPARED: &str = "replies_compared";

/// An entry to review: number, question, by when.
pub(crate) type Review = (u32, String, String);

/// The entries, by number and question, that the same people keep.
type Kept = (Vec<PersonId>, Vec<(u32, String)>);

impl Desk {
    /// What keepers of the list are told: only while the city bureau works, each thing once.
    pub(in crate::desk) async fn tell_keepers(&self) -> Result<()> {
        let now = self.clock.now();
        let Some(city) = self.roster().city_bureau().map(|city| city.id) else {
            return Ok(());
        };
        if !self.works(city, now) {
            return Ok(());
        }
        let mut sitting = self.sit().await?;
        let since = sitting
            .tx
            .note(COMPARED)
            .await?
            .and_then(|at| at.parse().ok())
            .unwrap_or(0);
        collect::look_for_disputes(&mut sitting, Millis(since - LATE_MS)).await?;
        sitting.tx.set_note(COMPARED, &now.0.to_string()).await?;
        collect::tell_of_candidates(&mut sitting).await?;
        remind_of_frozen(&mut sitting).await?;
        digest(&mut sitting).await?;
        sitting.tx.commit().await?;
        self.bell.notify_one();
        Ok(())
    }

    /// The served entries that rest on something: `what` names it, as `depends_on` and the basis do.
    pub fn resting_on(&self, what: &str) -> Vec<Entry> {
        let served = self.faq();
        let entries = served.faq().entries().iter();
        entries.filter(|entry| rests_on(entry, what)).cloned().collect()
    }

    /// How each item of the list fares since it was published, by its number.
    pub async fn helped(&self) -> Result<Vec<(Entry, Helped)>> {
        helped(&mut self.sit().await?).await
    }

    /// Freezes every entry that rests on something that has changed: not said from now on, until whoever keeps it, who
    /// is told, has looked. Returns those that were not frozen before.
    pub async fn event(&self, what: &str) -> Result<Vec<Entry>> {
        let mut sitting = self.sit().await?;
        let due = sitting.now.plus(self.config.candidates.review_ms);
        let mut frozen: Vec<Entry> = Vec::new();
        for entry in self.resting_on(what) {
            if sitting.tx.freeze(&entry.id, what, due, sitting.now).await? {
                frozen.push(entry);
            }
        }
        let mut keepers: Vec<Kept> = Vec::new();
        for entry in &frozen {
            let who = keepers::keepers_of(&mut sitting, entry);
            let line = (entry.no, entry.question.clone());
            match keepers.iter_mut().find(|(known, _)| *known == who) {
                Some((_, lines)) => lines.push(line),
                None => keepers.push((who, vec![line])),
            }
        }
        let by = collect::by_when(&mut sitting, due);
        for (who, lines) in keepers {
            sitting
                .tell_privately(&who, &wording::frozen(what, &lines, &by))
                .await?;
        }
        if !frozen.is_empty() {
            sitting
                .audit(None, "event", what, &format!("{} entries", frozen.len()))
                .await?;
        }
        sitting.tx.commit().await?;
        Ok(frozen)
    }
}

/// Whether an entry rests on what has changed: a document by its whole title in 《》, or words that all stand in one of
/// the entry's grounds.
fn rests_on(entry: &Entry, what: &str) -> bool {
    let mut grounds = entry
        .depends_on
        .iter()
        .chain(entry.basis.iter().map(|basis| &basis.source));
    if let Some(title) = what.trim().strip_prefix('《').and_then(|rest| rest.strip_suffix('》')) {
        let bare = |ground: &str| {
            let ground = ground.trim().trim_start_matches('《').trim_end_matches('》');
            ground.split(['（', '(']).next().unwrap_or_default().to_owned()
        };
        return grounds.any(|ground| bare(ground) == title);
    }
    let words: Vec<&str> = what.split_whitespace().collect();
    !words.is_empty() && grounds.any(|ground| words.iter().all(|word| ground.contains(word)))
}

/// Entries past their review date, and those that are due soon, the earliest first.
pub(in crate::desk) fn reviews(sitting: &Sitting<'_>) -> (Vec<Review>, Vec<Review>) {
    let today = sitting.desk.day(sitting.now);
    let soon = today.saturating_add(jiff::Span::new().days(AHEAD_DAYS));
    let mut dated: Vec<_> = sitting
        .served
        .faq()
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.review_by?, entry)))
        .filter(|(day, _)| *day <= soon)
        .collect();
    dated.sort_by_key(|(day, entry)| (*day, entry.no));
    let line = |(day, entry): (jiff::civil::Date, &Entry)| (entry.no, entry.question.clone(), day.to_string());
    let (overdue, due): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(day, _)| *day < today);
    (
        overdue.into_iter().map(line).collect(),
        due.into_iter().map(line).collect(),
    )
}

/// How each served entry fares since it was published, in the order of the list.
pub(in crate::desk) async fn helped(sitting: &mut Sitting<'_>) -> Result<Vec<(Entry, Helped)>> {
    const BACK_MS: i64 = 365 * 86_400_000;
    let asked = sitting.tx.asked_about(sitting.now.plus(-BACK_MS)).await?;
    let published = sitting.tx.published_at().await?;
    let mut found = Vec::new();
    for entry in sitting.served.faq().entries() {
        if let Some(at) = published.get(&entry.id) {
            let asked = asked.get(&entry.id).map_or(&[][..], Vec::as_slice);
            found.push((entry.clone(), helped::helped(asked, *at, sitting.now)));
        }
    }
    Ok(found)
}

/// Looked at, still right.
pub(in crate::desk) async fn thaw_entry(sitting: &mut Sitting<'_>, person: &Person, no: u32) -> Result<Rich> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(wording::no_entry(no));
    };
    let done = sitting.tx.thaw(&id, person.id, sitting.now).await?;
    if done {
        sitting.audit(Some(person.id), "thawed", id.as_str(), "").await?;
    }
    Ok(wording::thawed(no, done))
}

async fn remind_of_frozen(sitting: &mut Sitting<'_>) -> Result<()> {
    for freeze in sitting.tx.frozen().await? {
        if freeze.told || freeze.due_at > sitting.now {
            continue;
        }
        let Some(entry) = entry_of(sitting, &freeze.entry) else {
            continue;
        };
        let keepers = keepers::keepers_of(sitting, &entry);
        sitting
            .tell_privately(&keepers, &wording::freeze_due(entry.no, &freeze.why))
            .await?;
        sitting.tx.freeze_told(freeze.id).await?;
    }
    Ok(())
}

fn entry_of(sitting: &Sitting<'_>, id: &EntryId) -> Option<Entry> {
    sitting.served.faq().entry(id).cloned()
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
    let (overdue, due) = reviews(sitting);
    let frozen = sitting.tx.frozen().await?.len();
    let candidates = standing::waiting_candidates(sitting).await?.len();
    if overdue.is_empty() && due.is_empty() && frozen == 0 && candidates == 0 {
        return Ok(());
    }
    let shown = |list: Vec<Review>| list.into_iter().take(SHOWN).collect::<Vec<_>>();
    let text = wording::weekly_digest(&shown(overdue), &shown(due), frozen, candidates);
    let keepers = keepers::keepers_of_list(sitting, Right::Curate);
    sitting.tell_privately(&keepers, &text).await
}
