//! Questions of the past asked again: each at its own moment, as the desk would, of the list and the roster before
//! and after a change. Reads the database page by page, decides on all processors, writes nothing.

use crate::clock::Millis;
use crate::config::Config;
use crate::desk::Result;
use crate::desk::ground::reading::{Verdict, audience, verdict};
use crate::desk::ground::served::Served;
use crate::domain::asking::question::QuestionId;
use crate::domain::replay::history::Happened;
use crate::domain::replay::waits::{Duties, Staff, waits};
use crate::domain::replay::{Reaction, first_reaction};
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::time::calendar::{Calendar, LocalTime};
use crate::domain::time::zone;
use crate::faq::{Audience, EntryId};
use crate::store::replay::{Past, Stretch};
use crate::store::{Db, StoreError};
use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Questions read at once.
const PAGE: i64 = 2_000;

/// Decisions that are remembered; the same words asked again later are decided again.
const REMEMBERED: usize = 200_000;

/// What answers: a list, and the roster whose offices fill its gaps.
#[derive(Clone)]
pub struct Side {
    pub served: Arc<Served>,
    pub roster: Arc<City>,
}

/// A change, and what it is held against.
pub struct Replay {
    /// None: what was really said.
    pub before: Option<Side>,
    pub after: Side,
    /// The roster in use, if another one is tried.
    pub roster_before: Option<Arc<City>>,
    pub config: Arc<Config>,
    pub calendar: Calendar,
    /// Waits that are not over last until now.
    pub now: Millis,
}

/// What became of one question.
pub enum Seen {
    /// Its words are no longer kept.
    Erased,
    /// Nothing was said then.
    Unsaid,
    /// It was asked again.
    Replayed(Box<Replayed>),
}

/// A question asked again.
pub struct Replayed {
    pub id: QuestionId,
    pub bureau: BureauId,
    pub asked_at: Millis,
    pub text: String,
    pub before: Reaction,
    pub after: Reaction,
    /// A helper was called for it then.
    pub called: bool,
    /// Under the roster in use and the one that is tried.
    pub duties: Option<[Duties; 2]>,
}

/// Words as they are decided about: who may read the answer, and between which changes of validity they were asked.
type Words = (String, Audience, usize);

/// What was decided about words by the two lists.
type Decided = HashMap<Words, [Option<Reaction>; 2]>;

impl Replay {
    /// Asks every question of a stretch of time again; `see` hears of each, by number.
    pub async fn run(self: Arc<Self>, db: &Db, stretch: Stretch, see: &mut dyn FnMut(Seen)) -> Result<()> {
        let borders = Arc::new(self.borders());
        let mut decided = Decided::new();
        let mut after: Option<QuestionId> = None;
        loop {
            // No page is read in the other's transaction: a long one would keep the server's log from shrinking.
            let mut tx = db.read().await?;
            let page = tx.asked_after(stretch, after, PAGE).await?;
            drop(tx);
            let Some(last) = page.last().map(|past| past.id) else {
                return Ok(());
            };
            after = Some(last);
            if decided.len() > REMEMBERED {
                decided.clear();
            }
            let (replay, borders) = (Arc::clone(&self), Arc::clone(&borders));
            let done = tokio::task::spawn_blocking(move || {
                let seen = replay.page(page, &borders, &mut decided);
                (seen, decided)
            });
            let (seen, back) = done
                .await
                .map_err(|panic| StoreError::inconsistent("questions", last.0, panic))?;
            decided = back;
            seen.into_iter().for_each(&mut *see);
        }
    }

    /// The days from which an entry of either list is valid or no longer is.
    fn borders(&self) -> Vec<Date> {
        let sides = self.before.iter().chain([&self.after]);
        let entries = sides.flat_map(|side| side.served.faq().entries());
        let days = entries.flat_map(|entry| {
            let ends = entry.valid_until.and_then(|last| last.tomorrow().ok());
            [Some(entry.valid_from), ends].into_iter().flatten()
        });
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn page(&self, page: Vec<Past>, borders: &[Date], decided: &mut Decided) -> Vec<Seen> {
        let words = |past: &Past| {
            let day = self.day(past.asked_at);
            let part = borders.partition_point(|border| *border <= day);
            (past.text.clone(), audience(past.kind), part)
        };
        let asked: Vec<(Words, Date)> = page.iter().map(|past| (words(past), self.day(past.asked_at))).collect();
        let mut new: HashSet<&Words> = HashSet::new();
        let unknown: Vec<&(Words, Date)> = asked
            .iter()
            .filter(|(words, _)| !words.0.is_empty() && !decided.contains_key(words) && new.insert(words))
            .collect();
        let decide = |((text, audience, _), day): &&(Words, Date)| self.decide(text, *audience, *day);
        let decisions: Vec<_> = unknown.par_iter().map(decide).collect();
        decided.extend(unknown.iter().map(|(words, _)| words.clone()).zip(decisions));
        let rows: Vec<(&Past, &Words)> = page.iter().zip(asked.iter().map(|(words, _)| words)).collect();
        let seen = |(past, words): &(&Past, &Words)| self.seen(past, decided.get(*words));
        rows.par_iter().map(seen).collect()
    }

    fn decide(&self, text: &str, audience: Audience, day: Date) -> [Option<Reaction>; 2] {
        let of = |side: &Side| match verdict(text, |words| side.served.faq().ask(words, audience, day).decision) {
            Verdict::Sure(entries) => Reaction::Answered(names(&entries)),
            Verdict::Unsure(entries) => Reaction::Offered(names(&entries)),
            Verdict::Unknown(_) => Reaction::HandedOver,
        };
        let after = of(&self.after);
        let before = self
            .before
            .as_ref()
            .map(|before| match Arc::ptr_eq(&before.served, &self.after.served) {
                true => after.clone(),
                false => of(before),
            });
        [before, Some(after)]
    }

    fn seen(&self, past: &Past, decided: Option<&[Option<Reaction>; 2]>) -> Seen {
        let Some([before, Some(after)]) = decided.filter(|_| !past.text.is_empty()) else {
            return Seen::Erased;
        };
        let before = match (&self.before, before) {
            (Some(side), Some(before)) => Some(self.sayable(side, before, past)),
            _ => first_reaction(&past.history),
        };
        let Some(before) = before else { return Seen::Unsaid };
        Seen::Replayed(Box::new(Replayed {
            id: past.id,
            bureau: past.bureau,
            asked_at: past.asked_at,
            text: past.text.clone(),
            before,
            after: self.sayable(&self.after, after, past),
            called: past
                .history
                .iter()
                .any(|(_, step)| matches!(step, Happened::Waits { .. })),
            duties: self.duties(past),
        }))
    }

    /// An answer whose conclusion waits for a placeholder is never said: it hands over (PRODUCT §4).
    fn sayable(&self, side: &Side, reaction: &Reaction, past: &Past) -> Reaction {
        let Reaction::Answered(entries) = reaction else {
            return reaction.clone();
        };
        let day = self.day(past.asked_at);
        let said = |bureau: &Bureau, id: &String| {
            let entry = side.served.faq().entry(&EntryId(id.clone()));
            entry.filter(|entry| entry.valid_on(day)).is_some_and(|entry| {
                let filled = || side.served.said(entry, bureau, &side.roster, &self.config).is_some();
                entry.placeholders().is_empty() || filled()
            })
        };
        // What belonged to a bureau that left the roster is the city desk's business.
        let bureau = side.roster.bureau(past.bureau).unwrap_or(side.roster.desk());
        match entries.iter().all(|id| said(bureau, id)) {
            true => reaction.clone(),
            false => Reaction::HandedOver,
        }
    }

    fn duties(&self, past: &Past) -> Option<[Duties; 2]> {
        let before = self.roster_before.as_ref()?;
        let waits = waits(&past.history, self.now);
        let name = before.bureau(past.bureau).map_or("", |bureau| bureau.name.as_str());
        let clocks = self.config.clocks_for(name);
        Some([before, &self.after.roster].map(|roster| {
            let time = LocalTime::new(&self.config.timezone, &self.calendar);
            let staff = Staff { roster, time };
            Duties {
                nobody: staff.nobody_at(past.bureau, &past.text, past.asked_at),
                broken: staff.broken(past.bureau, &waits, &clocks),
            }
        }))
    }

    fn day(&self, at: Millis) -> Date {
        zone::day(&self.config.timezone, at)
    }
}

fn names(entries: &[EntryId]) -> Vec<String> {
    entries.iter().map(|entry| entry.as_str().to_owned()).collect()
}
