//! Every figure equals the slow count, on both databases: over a holiday and make-up days, in other zones, with hours that
//! run over midnight, a helper who went to another bureau, a bureau that began in the middle of the month.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use bangban::clock::{Clock, Millis};
use bangban::config::Config;
use bangban::desk::Desk;
use bangban::domain::asking::question::Ending;
use bangban::domain::asking::rating::Rating;
use bangban::domain::chat::capabilities::Channels;
use bangban::domain::supervision::figures::{Figures, Whom};
use bangban::domain::supervision::measures::{MEASURES, Of, Value};
use bangban::domain::supervision::period::Period;
use bangban::roster;
use bangban::setup;
use bangban::store::Db;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use sqlx::{AssertSqlSafe, Connection as _};
use tokio::sync::Notify;

use super::histories::{Dice, History, history, rows};
use super::reference::{Told, Worked};
use crate::support::town::postgres_schema;

const ROSTER: &str = "
city: 示例市
bureaus:
  - {name: 市局, city: true, hours: always, offices: [{name: 注册科, kind: window, helpers: [{name: 赵岩}]}]}
  - name: 魏都分局
    hours: [{days: [mon, tue, wed, thu, fri], from: '08:30', to: '12:00'}, {days: [mon, tue, wed, thu, fri], from: '14:30', to: '17:30'}]
    offices:
      - {name: 窗口, kind: window, helpers: [{name: 王敏}, {name: 李强}, {name: 周红}, {name: 郑爽}]}
      - {name: 南关工商所, kind: station, helpers: [{name: 许宁}]}
  - name: 夜班分局
    hours: [{days: [fri, sat], from: '22:00', to: '02:00'}, {days: [fri], from: '23:00', to: '23:30'}]
    offices: [{name: 窗口, kind: window, helpers: [{name: 孙丽}, {name: 王敏}]}]
";
/// National Day and its make-up days lie in it; by the notice for 2026.
const MONTH: &str = "2026-10";
const WEEKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// Runs statements past the store.
pub async fn run(url: &str, sql: &str) {
    if url.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await
            .unwrap();
        return connection.close().await.unwrap();
    }
    let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
    let whole = format!("BEGIN IMMEDIATE; {sql} COMMIT;");
    sqlx::raw_sql(AssertSqlSafe(whole))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// A desk over an empty city of this roster, whose clock stands at a moment.
pub async fn desk(url: &str, data: &Path, zone: &str, now: Millis) -> Desk {
    let db = Db::open(url).await.unwrap();
    let text = format!("data = {:?}\ntimezone = \"{zone}\"\n", data.display().to_string());
    let config = Config::from_text(&text, Path::new("figures.toml")).unwrap();
    let file = data.join("roster.yaml");
    std::fs::write(&file, ROSTER).unwrap();
    let submitted = roster::read_file(&file, &config.timezone).unwrap();
    setup::import_roster(&db, &submitted.roster, now).await.unwrap();
    let base = setup::load_base(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq")).unwrap();
    setup::import(&db, &base, now).await.unwrap();
    let channels = Channels::new([]);
    Desk::open(
        db,
        Clock::fixed(now),
        Arc::new(config),
        Arc::new(Notify::new()),
        channels,
    )
    .await
    .unwrap()
}

/// A group for each bureau, a thousand above the bureau's number.
pub fn groups(desk: &Desk, at: Millis) -> String {
    let group = |id: i64| {
        format!(
            "INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, created_at) VALUES ({}, 'town', 'c{id}', 'g{id}', {id}, 'help', 'member', {});",
            id + 1000,
            at.0
        )
    };
    desk.roster().bureaus.iter().map(|bureau| group(bureau.id.0)).collect()
}

struct City {
    worked: BTreeMap<i64, Worked>,
    homes: BTreeMap<i64, i64>,
    now: Millis,
}

impl City {
    fn of(desk: &Desk, zone: &TimeZone, now: Millis) -> City {
        let span = |spans: Option<Vec<(Vec<Weekday>, i64, i64)>>| Worked {
            zone: zone.clone(),
            holidays: (1..=7)
                .map(|day| date(2026, 10, day))
                .chain((25..=27).map(|day| date(2026, 9, day)))
                .collect(),
            makeup: vec![date(2026, 10, 10), date(2026, 9, 20)],
            spans,
            before: OnceLock::new(),
        };
        let day = vec![(WEEKDAYS.to_vec(), 510, 720), (WEEKDAYS.to_vec(), 870, 1_050)];
        let night = vec![
            (vec![Weekday::Friday, Weekday::Saturday], 1_320, 120),
            (vec![Weekday::Friday], 1_380, 1_410),
        ];
        let roster = desk.roster();
        let id = |name: &str| roster.bureau_named(name).unwrap().id.0;
        let worked = [
            (id("市局"), span(None)),
            (id("魏都分局"), span(Some(day))),
            (id("夜班分局"), span(Some(night))),
        ];
        City {
            worked: worked.into(),
            homes: roster
                .people
                .iter()
                .map(|person| (person.id.0, person.bureau.0))
                .collect(),
            now,
        }
    }

    fn told<'a>(&'a self, history: &'a History) -> Told<'a> {
        Told {
            history,
            worked: &self.worked[&history.bureau],
            now: self.now,
        }
    }

    fn cross(&self, told: &Told<'_>) -> bool {
        let away = |person: Option<i64>| person.is_some_and(|person| self.homes[&person] != told.history.bureau);
        told.handed() && (away(told.claimed().map(|(_, by)| by)) || away(told.last()))
    }

    /// A measure over some questions, as it reads.
    fn value<'a>(&self, key: &str, asked: &[Told<'a>]) -> String {
        let count = |wanted: &dyn Fn(&Told<'a>) -> bool| asked.iter().filter(|told| wanted(told)).count() as u64;
        let share = |part: &dyn Fn(&Told<'a>) -> bool, whole: &dyn Fn(&Told<'a>) -> bool| match count(whole) {
            0 => "—".to_owned(),
            whole => Value::Share(count(part), whole).said(),
        };
        let number = |wanted: &dyn Fn(&Told<'a>) -> bool| count(wanted).to_string();
        let time = |minutes: &dyn Fn(&Told<'a>) -> Option<i64>, of: f64| {
            let mut all: Vec<i64> = asked.iter().filter_map(minutes).collect();
            all.sort_unstable();
            let rank = (all.len() as f64 * of).ceil() as usize;
            if all.is_empty() {
                "—".to_owned()
            } else {
                format!("{}.0", all[rank - 1])
            }
        };
        let ends = |how: Ending| move |told: &Told<'a>| told.ended().is_some() && told.endings().contains(&how);
        match key {
            "asked" => number(&|_| true),
            "sure" => share(&Told::sure, &|_| true),
            "unsolved" => share(&Told::unsolved, &Told::sure),
            "handed" => number(&Told::handed),
            "handed-bot" => number(&|told| told.cause() == Some("bot")),
            "handed-asker" => number(&|told| told.cause() == Some("asker")),
            "handed-helper" => number(&|told| told.cause() == Some("helper")),
            "claim-median" => time(&Told::claim_minutes, 0.5),
            "claim-p90" => time(&Told::claim_minutes, 0.9),
            "reply-median" => time(&Told::reply_minutes, 0.5),
            "reply-p90" => time(&Told::reply_minutes, 0.9),
            "in-time" => share(&|told| told.limits().0, &|told| {
                let (in_time, claim, reply) = told.limits();
                in_time || claim || reply
            }),
            "claim-late" => number(&|told| told.limits().1),
            "reply-late" => number(&|told| told.limits().2),
            "cross" => number(&|told| self.cross(told)),
            "at-once" => share(&Told::at_once, &Told::finished),
            "twice" => number(&Told::twice),
            "solved" => number(&ends(Ending::Solved)),
            "closed" => number(&ends(Ending::Closed)),
            "lapsed" => number(&ends(Ending::Lapsed)),
            "withdrawn" => number(&ends(Ending::Withdrawn)),
            "rated" => number(&|told| told.rating().is_some()),
            "good" => share(
                &|told| matches!(told.rating(), Some(Rating::Delighted | Rating::Content)),
                &|told| told.rating().is_some(),
            ),
            "bad" => number(&|told| matches!(told.rating(), Some(Rating::Poor | Rating::Bad))),
            "followed-up" => share(&|told| told.follow_up() == Some(true), &|told| {
                told.follow_up().is_some()
            }),
            "took-back" => number(&Told::took_back),
            "fixed" => number(&Told::fixed),
            "recalled" | "again" => number(&|_| false),
            other => panic!("{other} is not counted here"),
        }
    }

    /// Every measure of everybody.
    fn check(&self, figures: &Figures, histories: &[History], (first, end): (Millis, Millis)) {
        let counts = |history: &&History| history.asked >= first && history.asked < end;
        let asked = || {
            histories
                .iter()
                .filter(counts)
                .map(|history| self.told(history))
                .filter(|told| !told.observed())
        };
        let helper = |told: &Told<'_>| told.claimed().map(|(_, by)| by);
        let mut everybody: Vec<(Whom, Vec<Told<'_>>)> = vec![(Whom::City, asked().collect())];
        for bureau in &figures.names.bureaus {
            let own = asked().filter(|told| told.history.bureau == bureau.id.0).collect();
            everybody.push((Whom::Bureau(bureau.id), own));
        }
        for person in &figures.names.people {
            let own = asked().filter(|told| helper(told) == Some(person.id.0)).collect();
            everybody.push((Whom::Helper(person.id), own));
        }
        for office in &figures.names.offices {
            let sits = |by: i64| {
                figures
                    .names
                    .people
                    .iter()
                    .any(|one| one.id.0 == by && one.office == Some(office.id))
            };
            let own = asked().filter(|told| helper(told).is_some_and(sits)).collect();
            everybody.push((Whom::Office(office.id), own));
        }
        for (whom, asked) in &everybody {
            for measure in MEASURES.iter().filter(|measure| !matches!(measure.of, Of::Stock(_))) {
                let (fast, slow) = (figures.value(measure, *whom).said(), self.value(measure.key, asked));
                assert_eq!(fast, slow, "{} of {whom:?}", measure.name);
            }
        }
    }
}

async fn equal(url: &str, zone_name: &str, seed: u64) {
    let zone = TimeZone::get(zone_name).unwrap();
    let moment = |day: Date| Millis(zone.to_zoned(day.at(0, 0, 0, 0)).unwrap().timestamp().as_millisecond());
    let now = moment(date(2026, 11, 9));
    let data = tempfile::tempdir().unwrap();
    let desk = desk(url, data.path(), zone_name, now).await;
    let roster = desk.roster();
    let bureaus: Vec<i64> = roster.bureaus.iter().map(|bureau| bureau.id.0).collect();
    let people: Vec<i64> = roster.people.iter().map(|person| person.id.0).collect();
    let mut dice = Dice::new(seed);
    let begin = moment(date(2026, 9, 24));
    let mut histories: Vec<History> = (1..=260)
        .map(|id| history(&mut dice, id, (begin, 45), &bureaus, &people))
        .collect();
    // The last bureau begins in the middle of the month.
    let middle = moment(date(2026, 10, 15));
    let last = *bureaus.last().unwrap();
    histories.retain(|history| history.bureau != last || history.asked >= middle);
    let (early, late) = histories.split_at(120);
    run(url, &groups(&desk, begin)).await;
    run(url, &rows(early, 1)).await;
    desk.keep_courses().await.unwrap();
    run(url, &rows(late, 1 << 50)).await;
    desk.keep_courses().await.unwrap();
    let city = City::of(&desk, &zone, now);
    let october = (moment(date(2026, 10, 1)), moment(date(2026, 11, 1)));
    city.check(
        &desk.figures(Period::month(MONTH).unwrap()).await.unwrap(),
        &histories,
        october,
    );
    let week = Period::read("2026-10-05", "2026-10-11").unwrap();
    let figures = desk.figures(week).await.unwrap();
    city.check(
        &figures,
        &histories,
        (moment(date(2026, 10, 5)), moment(date(2026, 10, 12))),
    );
    let nothing = desk.figures(Period::month("2026-01").unwrap()).await.unwrap();
    city.check(
        &nothing,
        &histories,
        (moment(date(2026, 1, 1)), moment(date(2026, 2, 1))),
    );
    behind(&desk, &figures).await;
    desk.db.close().await;
}

/// Each count opens to so many questions.
async fn behind(desk: &Desk, figures: &Figures) {
    for whom in [Whom::City]
        .into_iter()
        .chain(figures.names.bureaus.iter().map(|one| Whom::Bureau(one.id)))
    {
        for fact in MEASURES.iter().filter_map(|measure| measure.opens()) {
            let (questions, more) = desk.questions_behind(figures.period, whom, fact).await.unwrap();
            let count = figures.cell(whom).map_or(0, |cell| cell.count(fact));
            assert_eq!((questions.len() as u64, more), (count, false), "{fact:?} of {whom:?}");
        }
    }
}

const ZONES: [&str; 3] = ["Asia/Shanghai", "America/New_York", "Asia/Kathmandu"];

#[tokio::test]
async fn every_figure_equals_a_slow_count_on_sqlite() {
    for seed in 1..=9 {
        let data = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", data.path().join("figures.db").display());
        equal(&url, ZONES[usize::try_from(seed).unwrap() % 3], seed).await;
    }
}

#[tokio::test]
async fn every_figure_equals_a_slow_count_on_postgres() {
    for seed in 11..=14 {
        equal(
            &postgres_schema().await,
            ZONES[usize::try_from(seed).unwrap() % 3],
            seed,
        )
        .await;
    }
}
