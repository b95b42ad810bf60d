//! 数字 over a time: past days are summed up once they are over, and the board reads the sums.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::clock::Millis;
use crate::desk::{Desk, Result};
use crate::domain::duty::load::{self, Curve};
use crate::domain::roster::people::{BureauId, Roster};
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::zone;
use crate::faq::EntryId;
use crate::store::board::{Counted, Summed, Tally};

/// So many past days are summed up: a month and the one before it, and the eight weeks of the load.
const KEPT_DAYS: i32 = 62;
/// The load by the hour of the week is that of so many days before today.
const LOAD_DAYS: i32 = 56;
/// An answer may turn out not to have done for so long after its day; until then the day is summed up anew.
const LATE_MS: i64 = 8 * DAY_MS;
const DAY_MS: i64 = 86_400_000;
/// Entries that are named.
const HOT: usize = 10;

/// A day of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneDay {
    /// Which.
    pub date: Date,
    /// What was asked on it.
    pub tally: Tally,
    /// It was summed up; otherwise nothing is known of it yet.
    pub known: bool,
}

/// An entry that answered often.
#[derive(Clone, Debug)]
pub struct Hot {
    /// Its number, as people know it.
    pub no: u32,
    /// Its question.
    pub question: String,
    /// So often in the time.
    pub now: i64,
    /// So often in the time of the same length before it.
    pub before: i64,
}

/// What the board shows of a time that ended with yesterday.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its days, the oldest first.
    pub days: Vec<OneDay>,
    /// All of them together.
    pub all: Tally,
    /// The time of the same length before it; none where some day of it is not summed up.
    pub before: Option<Tally>,
    /// By bureau, in the roster's order; those in which something was asked.
    pub bureaus: Vec<OfBureau>,
    /// The entries that answered most, the most first.
    pub hot: Vec<Hot>,
}

/// What was asked of a bureau.
#[derive(Clone, Debug)]
pub struct OfBureau {
    /// Its name.
    pub name: String,
    /// In the whole time.
    pub all: Tally,
    /// How many on each day, the oldest first.
    pub days: Vec<(Date, i64)>,
}

/// What comes to helpers in an hour of the week, and how many are there for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Questions that are handed to a helper in this hour, on average.
    pub load: f64,
    /// Helpers whom the duty plan of this week has there.
    pub there: usize,
    /// Some bureau works in it.
    pub open: bool,
}

impl Desk {
    /// Brings the courses of questions up to date, then sums up the days that are over and not summed up yet, or not since answers turned out not to have done. Each day
    /// in a transaction of its own; nothing is written twice.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_board(&self) -> Result<()> {
        self.keep_courses().await?;
        if !self.believes() {
            return Ok(());
        }
        let now = self.clock.now();
        let today = self.day(now);
        let (Some(start), Some(end)) = (self.begins(days_before(today, KEPT_DAYS)), self.begins(today)) else {
            return Ok(());
        };
        let mut tx = self.db.read().await?;
        let Some(first) = tx.first_asked().await? else {
            return Ok(());
        };
        let made: HashMap<Millis, Millis> = tx.summed_days(start, end).await?.into_iter().collect();
        drop(tx);
        for back in 1..=KEPT_DAYS {
            let date = days_before(today, back);
            let (Some(from), Some(until)) = (self.begins(date), self.begins(days_before(today, back - 1))) else {
                continue;
            };
            let due = made
                .get(&from)
                .is_none_or(|made| *made < until || (made.since(until) < LATE_MS && now.since(*made) >= DAY_MS));
            if until <= first || !due {
                continue;
            }
            let counted = self.db.read().await?.counted(from, until).await?;
            let mut tx = self.db.begin().await?;
            tx.put_day((from, until), &self.summed(&counted), now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn summed(&self, counted: &[Counted]) -> Summed {
        let zone = &self.config.timezone;
        let mut hours: HashMap<(Millis, BureauId), Tally> = HashMap::new();
        let mut entries: HashMap<(BureauId, String), i64> = HashMap::new();
        for one in counted {
            let local = zone::local(zone, one.at);
            let hour = zone::moment(zone, local.date().at(local.hour(), 0, 0, 0)).unwrap_or(one.at);
            *hours.entry((hour, one.bureau)).or_default() += one.tally;
            if let Some(entry) = &one.entry {
                *entries.entry((one.bureau, entry.clone())).or_default() += 1;
            }
        }
        Summed {
            hours: hours
                .into_iter()
                .map(|((at, bureau), tally)| (at, bureau, tally))
                .collect(),
            entries: entries
                .into_iter()
                .map(|((bureau, entry), asked)| (bureau, entry, asked))
                .collect(),
        }
    }

    /// The last `days` days before today, and those before them; of one bureau, or of all.
    ///
    /// # Errors
    /// The database failed.
    pub async fn board(&self, only: Option<BureauId>, days: i32) -> Result<Board> {
        let today = self.day(self.clock.now());
        let begin = |back: i32| self.begins(days_before(today, back)).unwrap_or_default();
        let (earlier, from, until) = (begin(2 * days), begin(days), begin(0));
        let mut tx = self.db.read().await?;
        let known: Vec<Millis> = tx
            .summed_days(earlier, until)
            .await?
            .into_iter()
            .map(|(at, _)| at)
            .collect();
        let hours = tx.hours(only, earlier, until).await?;
        let now = tx.entries_asked(only, from, until).await?;
        let before: HashMap<String, i64> = tx.entries_asked(only, earlier, from).await?.into_iter().collect();
        drop(tx);
        let mut board = Board {
            days: Vec::new(),
            all: Tally::default(),
            before: None,
            bureaus: Vec::new(),
            hot: self.hot(&now, &before),
        };
        let mut by_bureau: HashMap<BureauId, HashMap<Date, Tally>> = HashMap::new();
        let mut by_day: HashMap<Date, Tally> = HashMap::new();
        let mut earlier_sum = Tally::default();
        for (at, bureau, tally) in hours {
            if at < from {
                earlier_sum += tally;
                continue;
            }
            let day = self.day(at);
            board.all += tally;
            *by_bureau.entry(bureau).or_default().entry(day).or_default() += tally;
            *by_day.entry(day).or_default() += tally;
        }
        let is_known = |back: i32| known.contains(&begin(back));
        board.before = (days + 1..=2 * days).all(is_known).then_some(earlier_sum);
        board.days = (1..=days)
            .rev()
            .map(|back| {
                let date = days_before(today, back);
                let tally = by_day.get(&date).copied().unwrap_or_default();
                OneDay {
                    date,
                    tally,
                    known: is_known(back),
                }
            })
            .collect();
        board.bureaus = of_bureaus(&self.roster(), &by_bureau, &board.days);
        Ok(board)
    }

    fn hot(&self, now: &[(String, i64)], before: &HashMap<String, i64>) -> Vec<Hot> {
        let served = self.faq();
        let hot = |(id, count): &(String, i64)| {
            let entry = served.faq().entry(&EntryId::from(id.as_str()))?;
            Some(Hot {
                no: entry.no,
                question: entry.question.clone(),
                now: *count,
                before: before.get(id).copied().unwrap_or(0),
            })
        };
        now.iter().filter_map(hot).take(HOT).collect()
    }

    /// What was handed to helpers in each hour of the week, on average over the days of the last eight weeks that are
    /// summed up; none before there is a whole week of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn curve(&self, only: Option<BureauId>) -> Result<Option<Curve>> {
        let today = self.day(self.clock.now());
        let begin = |back: i32| self.begins(days_before(today, back)).unwrap_or_default();
        let mut tx = self.db.read().await?;
        let known = tx.summed_days(begin(LOAD_DAYS), begin(0)).await?;
        let hours = tx.hours(only, begin(LOAD_DAYS), begin(0)).await?;
        drop(tx);
        let mut days = [0_u32; 7];
        for (at, _) in &known {
            days[place(self.day(*at))] += 1;
        }
        if days.contains(&0) {
            return Ok(None);
        }
        let mut curve = Curve::default();
        for (at, _, tally) in hours {
            let local = zone::local(&self.config.timezone, at);
            let weekday = place(local.date());
            let hour = usize::try_from(local.hour()).unwrap_or_default();
            // Counts of an hour are far below 2^52.
            #[expect(clippy::cast_precision_loss, reason = "counts of an hour are far below 2^52")]
            let handed = tally.handed as f64;
            curve.0[weekday][hour] += handed / f64::from(days[weekday]);
        }
        Ok(Some(curve))
    }

    /// The load of each hour of the week against who is there by this week's plan.
    pub fn against_plan(&self, only: Option<BureauId>, curve: &Curve) -> [[Cell; 24]; 7] {
        let (roster, calendar) = (self.roster(), self.calendar());
        let time = LocalTime::new(&self.config.timezone, &calendar);
        let today = self.day(self.clock.now());
        let monday = days_before(today, i32::try_from(place(today)).unwrap_or_default());
        let mut cells = [[Cell::default(); 24]; 7];
        for (weekday, row) in cells.iter_mut().enumerate() {
            let date = monday
                .checked_add(i64::try_from(weekday).unwrap_or_default().days())
                .unwrap_or(monday);
            for (hour, cell) in row.iter_mut().enumerate() {
                cell.load = curve.0[weekday][hour];
                // Half past: shifts begin and end at whole and half hours, and this is inside of either half.
                let minute = u16::try_from(hour * 60 + 29).unwrap_or_default();
                let Some(at) = time.moment(date, minute) else { continue };
                for bureau in bureaus(&roster, only) {
                    cell.there += load::there(&roster, bureau, at, time).len();
                    cell.open |= self.works(bureau, at);
                }
            }
        }
        cells
    }

    /// The first moment of a local day.
    pub(in crate::desk) fn begins(&self, date: Date) -> Option<Millis> {
        zone::moment(&self.config.timezone, date)
    }
}

/// What was asked of each bureau in which something was, in the roster's order.
fn of_bureaus(
    roster: &Roster,
    by_bureau: &HashMap<BureauId, HashMap<Date, Tally>>,
    all_days: &[OneDay],
) -> Vec<OfBureau> {
    let mut bureaus = Vec::new();
    for bureau in &roster.bureaus {
        let Some(days) = by_bureau.get(&bureau.id) else {
            continue;
        };
        let on = |date: Date| days.get(&date).map_or(0, |tally| tally.asked);
        let mut all = Tally::default();
        days.values().for_each(|tally| all += *tally);
        bureaus.push(OfBureau {
            name: bureau.name.clone(),
            all,
            days: all_days.iter().map(|day| (day.date, on(day.date))).collect(),
        });
    }
    bureaus
}

fn bureaus(roster: &Roster, only: Option<BureauId>) -> impl Iterator<Item = BureauId> {
    let ids = roster.bureaus.iter().map(|bureau| bureau.id);
    ids.filter(move |id| only.is_none_or(|only| only == *id))
}

/// Where a day stands in its week, Monday first.
fn place(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()
}

fn days_before(date: Date, days: i32) -> Date {
    date.checked_sub(i64::from(days).days()).unwrap_or(date)
}
