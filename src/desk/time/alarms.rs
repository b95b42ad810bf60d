//! Alarms: figures are looked at again and again, and whoever keeps the installation is told once of each that goes wrong
//! and once that it is over. Every program looks at its own figures, the one that has the clock at those of all, and it
//! alone tells.

use crate::clock::Millis;
use crate::desk::ground::sitting::Sitting;
use crate::desk::{Desk, Result, SAMPLE};
use crate::domain::alarm::{Alarm, GIVEN_UP_MS, Limits, PUT_ASIDE_MS};
use crate::domain::chat::group::{GroupKind, Standing};
use crate::domain::chat::message::Place;
use crate::domain::duty::bureau_time;
use crate::domain::roster::people::{PersonId, Role};
use crate::domain::time::calendar::LocalTime;
use crate::domain::wording;
use crate::store::Tx;
use crate::store::alarms::Raised;

/// When something was heard last, for when the messages themselves are forgotten.
const HEARD: &str = "heard";
/// How exactly that is noted.
const HEARD_MS: i64 = 600_000;

/// A figure that only one program can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it is about.
    pub alarm: Alarm,
    /// Of which channel or program; empty where there is only one.
    pub of: String,
    /// The figure.
    pub figure: i64,
}

impl Reading {
    fn of_all(alarm: Alarm, figure: i64) -> Reading {
        let of = String::new();
        Reading { alarm, of, figure }
    }
}

impl Desk {
    /// Looks at this program's own figures, and where it has the clock at everybody's; then tells.
    pub async fn watch(&self, own: Vec<Reading>, has_clock: bool) -> Result<()> {
        if !self.believes() {
            return Ok(());
        }
        let now = self.clock.now();
        let mut readings = own;
        let mut tx = self.db.read().await?;
        if has_clock {
            readings.extend(self.shared_figures(&mut tx, now).await?);
        }
        let before = tx.alarms().await?;
        drop(tx);
        self.keep_alarms(&before, &readings, now).await?;
        match has_clock {
            true => self.tell_of_alarms(now).await,
            false => Ok(()),
        }
    }

    /// The figures of the database, which are the same for every program.
    async fn shared_figures(&self, tx: &mut Tx, now: Millis) -> Result<Vec<Reading>> {
        let waits = |since: Option<Millis>| since.map_or(0, |since| now.since(since));
        let aside = tx.aside_since(now.plus(-PUT_ASIDE_MS)).await?;
        let given_up = tx.given_up_since(now.plus(-GIVEN_UP_MS)).await?;
        let mut readings = vec![
            Reading::of_all(Alarm::Inbox, waits(tx.oldest_waiting().await?)),
            Reading::of_all(Alarm::Outbox, waits(tx.oldest_unsent().await?)),
            Reading::of_all(Alarm::GivenUp, given_up),
            Reading::of_all(Alarm::PutAside, aside.inbox + aside.outbox + aside.questions),
            Reading::of_all(Alarm::Reviews, self.overdue(tx, now).await?),
        ];
        let silence = self.silence(tx, now).await?;
        readings.extend(silence.map(|ms| Reading::of_all(Alarm::Silence, ms)));
        Ok(readings)
    }

    /// Reviews whose day has passed: of low ratings, and of entries.
    async fn overdue(&self, tx: &mut Tx, now: Millis) -> Result<i64> {
        let (served, today) = (self.faq(), self.day(now));
        let entries = served.faq().entries().iter();
        let late = entries.filter(|entry| entry.review_by.is_some_and(|day| day < today));
        let late = i64::try_from(late.count()).unwrap_or(i64::MAX);
        Ok(late.saturating_add(tx.overdue_reviews(now).await?))
    }

    /// Working time since anything was heard, where there are groups that could be heard; the sample city is for trying.
    async fn silence(&self, tx: &mut Tx, now: Millis) -> Result<Option<i64>> {
        if tx.note(SAMPLE).await?.as_deref() == Some("yes") {
            return Ok(None);
        }
        let noted: Option<i64> = tx.note(HEARD).await?.and_then(|at| at.parse().ok());
        let heard = tx.last_handled().await?.max(noted.map(Millis));
        // A first start begins to count.
        let last = heard.unwrap_or(now);
        if heard.is_none() || noted.is_none_or(|noted| last.since(Millis(noted)) >= HEARD_MS) {
            let mut tx = self.db.begin().await?;
            tx.set_note(HEARD, &last.0.to_string()).await?;
            tx.commit().await?;
        }
        let (roster, calendar) = (self.roster(), self.calendar());
        let time = LocalTime::new(&self.config.timezone, &calendar);
        let groups = tx.groups().await?;
        let heard_in = groups
            .iter()
            .filter(|group| group.kind() == Some(GroupKind::Help) && group.standing == Standing::Member);
        let bureaus = heard_in.filter_map(|group| roster.bureau(group.bureau()?));
        let worked = bureaus.map(|bureau| bureau.hours.between(last, now, bureau_time(&roster, bureau.id, time)));
        Ok(worked.max())
    }

    /// Writes down what is raised, and how what was raised stands now.
    async fn keep_alarms(&self, before: &[Raised], readings: &[Reading], now: Millis) -> Result<()> {
        let limits = &self.config.alarms;
        let look = |reading: &Reading| {
            let same = |raised: &&Raised| raised.alarm == reading.alarm && raised.of == reading.of;
            let known = before.iter().find(same);
            let standing = reading
                .alarm
                .look(known.map(|raised| &raised.standing), reading.figure, limits, now)?;
            if known.is_none() {
                let (alarm, of) = (reading.alarm.key(), &reading.of);
                tracing::error!(alarm, of, figure = reading.figure, "alarm: raised");
            }
            Some(Raised {
                alarm: reading.alarm,
                of: reading.of.clone(),
                standing,
            })
        };
        let kept: Vec<Raised> = readings.iter().filter_map(look).collect();
        if kept.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        for raised in &kept {
            tx.keep_alarm(raised).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Says what is raised and was not said, and what is over.
    async fn tell_of_alarms(&self, now: Millis) -> Result<()> {
        let raised = self.db.read().await?.alarms().await?;
        let over = |raised: &Raised| raised.standing.is_over(now);
        let news = raised.iter().filter(|raised| over(raised) || !raised.standing.told);
        for raised in news {
            let mut sitting = self.sit().await?;
            match over(raised) {
                true => end(&mut sitting, raised).await?,
                false => begin(&mut sitting, raised, &self.config.alarms).await?,
            }
            sitting.tx.commit().await?;
            self.bell.notify_one();
        }
        Ok(())
    }
}

/// Nobody to be told yet: it is said when there is somebody.
async fn begin(sitting: &mut Sitting<'_>, raised: &Raised, limits: &Limits) -> Result<()> {
    let places = keepers(sitting).await?;
    if places.is_empty() || !sitting.tx.mark_alarm_told(raised).await? {
        return Ok(());
    }
    let text = wording::alarm(raised.alarm, &raised.of, raised.standing.figure, limits);
    for place in places {
        sitting.say(&place, None, text.clone()).await?;
    }
    Ok(())
}

async fn end(sitting: &mut Sitting<'_>, raised: &Raised) -> Result<()> {
    if !sitting.tx.end_alarm(raised).await? {
        return Ok(());
    }
    tracing::info!(alarm = raised.alarm.key(), of = raised.of, "alarm: over");
    if !raised.standing.told {
        return Ok(());
    }
    let standing = &raised.standing;
    let until = standing.calm.unwrap_or(standing.seen);
    let text = wording::alarm_over(raised.alarm, &raised.of, until.since(standing.since));
    for place in keepers(sitting).await? {
        sitting.say(&place, None, text.clone()).await?;
    }
    Ok(())
}

/// The private chats of whoever keeps the installation: by the roster, or by the settings.
async fn keepers(sitting: &mut Sitting<'_>) -> Result<Vec<Place>> {
    let admins = sitting.roster.people.iter().filter(|person| person.has(Role::Admin));
    let admins: Vec<PersonId> = admins.map(|person| person.id).collect();
    let mut places = sitting.private_places(&admins).await?;
    for account in sitting.desk.config.named_admins() {
        if let Some(chat) = sitting.tx.private_chat(&account).await? {
            let place = Place::chat(&account.channel, &chat);
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    Ok(places)
}
