//! 督导: the figures of a period, from what is kept of each question's course. Reads only, but for bringing the courses up
//! to date.

use std::collections::{BTreeSet, HashMap};

use crate::clock::Millis;
use crate::desk::{Desk, Result};
use crate::domain::roster::people::{Bureau, BureauId, Hours, PersonId};
use crate::domain::supervision::course::Course;
use crate::domain::supervision::figures::{Figures, Names, Stocks, Whom};
use crate::domain::supervision::halves;
use crate::domain::supervision::judge::{Counted, Fact, Judge, Yardstick};
use crate::domain::supervision::measures::Stock;
use crate::domain::supervision::period::Period;
use crate::domain::supervision::tally::Tallies;
use crate::domain::time::calendar::{Calendar, LocalTime};
use crate::domain::time::ruler::Ruler;
use crate::faq::Entry;
use crate::store::replay::Stretch;

const DAY_MS: i64 = 86_400_000;
/// What is still open so long after its period is measured without a ruler.
const LAID_OUT_MS: i64 = 100 * DAY_MS;
/// Readings of steps that a page waits for: about a second.
const WAITED_FOR: usize = 40;
/// Questions shown behind a figure.
pub const SHOWN: usize = 200;

/// How far the first reading of all histories is: questions read, and all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub read: i64,
    pub all: i64,
}

impl Desk {
    /// Reads what has happened to questions since it was last read, in small steps. Safe to run beside everything else.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_courses(&self) -> Result<()> {
        self.read_courses(None).await.map(drop)
    }

    /// The same, a little of it; how far it is where that was not enough.
    ///
    /// # Errors
    /// The database failed.
    pub async fn catch_up(&self) -> Result<Option<Reading>> {
        if self.read_courses(Some(WAITED_FOR)).await? {
            return Ok(None);
        }
        let (read, all) = self.db.read().await?.courses_read().await?;
        Ok(Some(Reading { read, all }))
    }

    /// Whether everything is read. `most` times at most, one at once after another; without a bound there is a rest after
    /// each.
    async fn read_courses(&self, most: Option<usize>) -> Result<bool> {
        let now = self.clock.now();
        if !self.db.read().await?.courses_behind(now).await? {
            return Ok(true);
        }
        let mut from = None;
        for _ in 0..most.unwrap_or(usize::MAX) {
            let begun = self.clock.steady();
            let Some(stage) = self.db.read().await?.next_courses(now, from).await? else {
                return Ok(true);
            };
            let mut tx = self.db.begin().await?;
            tx.write_courses(&stage).await?;
            tx.commit().await?;
            if stage.done {
                return Ok(true);
            }
            from = Some(stage.end);
            if most.is_none() {
                self.rest_since(begun).await;
            }
        }
        Ok(false)
    }

    /// The figures of a period, over what has been read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn figures(&self, period: Period) -> Result<Figures> {
        let now = self.clock.now();
        let (calendar, stretch) = (self.calendar(), self.stretch(period, now));
        let mut tx = self.db.read().await?;
        let (names, bureaus) = tx.names().await?;
        let judge = self.judge(&names, &bureaus, &calendar, stretch, now);
        let mut tallies = Tallies::default();
        let mut alone: Vec<(Course, u64)> = Vec::new();
        tx.each_course(
            stretch,
            |course, count| alone.push((*course, count)),
            |course| {
                if let Some(counted) = judge.counted(course) {
                    tallies.add(course, &counted);
                }
            },
        )
        .await?;
        for (course, count) in &alone {
            if let Some(counted) = judge.counted(course) {
                tallies.add_alike(course.bureau, &counted, *count);
            }
        }
        for course in tx.followed_alone(stretch).await? {
            let counted = judge.counted(&course).unwrap_or_default();
            let due = [Fact::FollowUpDue, Fact::FollowedUp];
            let only = Counted::only(due.into_iter().filter(|fact| counted.has(*fact)));
            tallies.add_facts(course.bureau, None, &only);
        }
        for (_, bureau, helper) in tx.asked_after_publication(stretch).await? {
            let again = Counted::only([Fact::AgainAfterPublication]);
            tallies.add_facts(bureau, helper, &again);
        }
        tallies.by_office(&names.desks());
        let stocks = Stocking {
            desk: self,
            names: &names,
            stretch,
            now,
        };
        let stocks = stocks.all(&mut tx, &calendar).await?;
        Ok(Figures {
            period,
            at: now,
            city: tallies.city(),
            tallies,
            stocks,
            names,
        })
    }

    /// The first questions behind a figure, by when they were asked, and whether there are more. Of an office or helper
    /// those of every bureau.
    ///
    /// # Errors
    /// The database failed.
    pub async fn questions_behind(&self, period: Period, whom: Whom, fact: Fact) -> Result<(Vec<Course>, bool)> {
        let now = self.clock.now();
        let (calendar, stretch) = (self.calendar(), self.stretch(period, now));
        let mut tx = self.db.read().await?;
        let (names, bureaus) = tx.names().await?;
        let judge = self.judge(&names, &bureaus, &calendar, stretch, now);
        let desks = names.desks();
        let mut again = BTreeSet::new();
        if fact == Fact::AgainAfterPublication {
            let rows = tx.asked_after_publication(stretch).await?;
            again.extend(rows.into_iter().map(|(question, ..)| question));
        }
        let wanted = |course: &Course| {
            let theirs = match whom {
                Whom::City | Whom::Bureau(_) => true,
                Whom::Office(office) => course.helper.and_then(|helper| desks.get(&helper)) == Some(&office),
                Whom::Helper(helper) => course.helper == Some(helper),
            };
            let counts = |counted: Counted| counted.has(fact) || again.contains(&course.id);
            theirs && judge.counted(course).is_some_and(counts)
        };
        let mut found = Vec::new();
        for bureau in &bureaus {
            if matches!(whom, Whom::Bureau(id) if id != bureau.id) {
                continue;
            }
            found.extend(tx.courses_like(bureau.id, stretch, SHOWN + 1, &wanted).await?);
        }
        found.sort_by_key(|course| (course.asked, course.id));
        let more = found.len() > SHOWN;
        found.truncate(SHOWN);
        Ok((found, more))
    }

    fn stretch(&self, period: Period, now: Millis) -> Stretch {
        let (since, until) = period.moments(&self.config.timezone).unwrap_or((now, now));
        Stretch { since, until }
    }

    fn judge<'a>(
        &'a self,
        names: &Names,
        bureaus: &'a [Bureau],
        calendar: &'a Calendar,
        stretch: Stretch,
        now: Millis,
    ) -> Judge<'a> {
        let time = LocalTime::new(&self.config.timezone, calendar);
        let until = now.plus(DAY_MS).min(stretch.until.plus(LAID_OUT_MS));
        let yardstick = |bureau: &'a Bureau| {
            let own = match bureau.hours {
                Hours::Always => time.without_holidays(),
                Hours::Weekly(_) => time,
            };
            let yardstick = Yardstick {
                ruler: Ruler::new(&bureau.hours, own, stretch.since.plus(-DAY_MS), until),
                clocks: self.config.clocks_for(&bureau.name),
            };
            (bureau.id, yardstick)
        };
        Judge {
            bureaus: bureaus.iter().map(yardstick).collect(),
            homes: names.homes(),
            now,
        }
    }
}

/// What is counted besides questions.
struct Stocking<'a> {
    desk: &'a Desk,
    names: &'a Names,
    stretch: Stretch,
    now: Millis,
}

impl Stocking<'_> {
    async fn all(&self, tx: &mut crate::store::Tx, calendar: &Calendar) -> Result<Stocks> {
        let mut stocks = Stocks::new();
        let began = tx.bureaus_began().await?;
        self.of_the_roster(&mut stocks, &began, calendar);
        let written = tx.entries_written().await?;
        self.of_the_list(&mut stocks, &written);
        Ok(stocks)
    }

    fn of_the_roster(&self, stocks: &mut Stocks, began: &HashMap<BureauId, Millis>, calendar: &Calendar) {
        let roster = self.desk.roster();
        let time = LocalTime::new(&self.desk.config.timezone, calendar);
        let short = roster.shortfalls();
        for bureau in &roster.bureaus {
            let offices = roster.offices_of(bureau.id).count() as u64;
            let lacking = short.iter().filter(|office| office.bureau == bureau.id).count() as u64;
            stocks.insert((Stock::Staffed, bureau.id), (offices - lacking, offices));
            let from = began
                .get(&bureau.id)
                .map_or(self.stretch.since, |at| self.stretch.since.max(*at));
            let until = self.stretch.until.min(self.now);
            if from < until {
                let halves = halves::uncovered(&roster, bureau.id, from, until, time);
                stocks.insert((Stock::Uncovered, bureau.id), halves);
            }
        }
    }

    fn of_the_list(&self, stocks: &mut Stocks, written: &[(String, Millis, Vec<PersonId>)]) {
        let homes = self.names.homes();
        let bureaus = |authors: &[PersonId]| -> BTreeSet<BureauId> {
            authors.iter().filter_map(|author| homes.get(author).copied()).collect()
        };
        let mut authors: HashMap<&str, BTreeSet<BureauId>> = HashMap::new();
        for (entry, at, by) in written {
            let by = bureaus(by);
            if self.stretch.since <= *at && *at < self.stretch.until {
                for bureau in &by {
                    stocks.entry((Stock::Contributed, *bureau)).or_default().0 += 1;
                }
            }
            authors.insert(entry, by);
        }
        let (served, today) = (self.desk.faq(), self.desk.day(self.now));
        let overdue = |entry: &&Entry| entry.review_by.is_some_and(|day| day < today);
        for entry in served.faq().entries().iter().filter(overdue) {
            for bureau in authors.get(entry.id.as_str()).into_iter().flatten() {
                stocks.entry((Stock::Overdue, *bureau)).or_default().0 += 1;
            }
        }
    }
}
