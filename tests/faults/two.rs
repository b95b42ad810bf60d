//! Two programs on one PostgreSQL that both work: who wins a claim, the first start beside each other, a step of the
//! schema under a program that serves.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bangban::clock::Clock;
use bangban::domain::roster::people::Roster;
use bangban::setup;
use bangban::store::Db;
use futures_util::future::join_all;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::json;
use sqlx::{Connection as _, Executor as _, PgConnection};

use super::database::Far;
use crate::support::program::{Home, Running, says};
use crate::support::town::postgres_schema;
use crate::telegram::UNKNOWN;

/// A bureau of so many helpers, on call around the clock.
fn roster(helpers: usize) -> String {
    const FIRST: &str = "赵钱孙李周吴郑王冯陈";
    const SECOND: &str = "甲乙丙丁戊己庚辛壬癸";
    let mut text = String::from(
        "city: 示例市\nbureaus:\n  - name: 市局\n    city: true\n    hours: always\n    offices:\n      - name: 注册科\n        kind: window\n        address: 示例路 1 号\n        landline: \"0374-0000000\"\n        helpers:\n          - {name: 钱峰, mobile: \"13900000003\", landline: \"0374-0000003\", roles: [approver]}\n  - name: 魏都分局\n    places: [魏都]\n    hours: always\n    offices:\n      - name: 窗口\n        kind: window\n        address: 示例街 2 号\n        landline: \"0374-0000010\"\n        helpers:\n",
    );
    for number in 0..helpers {
        let sign = |signs: &str, at: usize| signs.chars().nth(at % 10).unwrap();
        let name = format!("{}{}", sign(FIRST, number / 10), sign(SECOND, number));
        writeln!(
            text,
            "          - {{name: {name}, mobile: \"13800{number:06}\", landline: \"0374-0000011\"}}"
        )
        .unwrap();
    }
    text
}

/// Two programs that serve a bureau of many helpers, each signed in with both.
struct Bureau {
    homes: [Home; 2],
    _programs: [Running; 2],
    url: String,
    http: reqwest::Client,
    cookies: Vec<String>,
    room: String,
}

impl Bureau {
    async fn of(helpers: usize) -> Bureau {
        let url = postgres_schema().await;
        let settings = "[clocks]\nburst = \"100ms\"\n[limits]\nsessions_per_address = \"1000/1h\"\nmessages_per_address = \"1000/10m\"\n";
        let homes = [(); 2].map(|()| {
            Home::new(settings)
                .with("BANGBAN_SAMPLE", "0")
                .with("DATABASE_URL", &url)
        });
        let file = homes[0].path("roster.yaml");
        std::fs::write(&file, roster(helpers)).unwrap();
        says(&homes[0], &["roster", "import", &file.display().to_string()], 0, &[]);
        let programs = [homes[0].serve().await, homes[1].serve().await];
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let db = Db::open(&url).await.unwrap();
        let people: Roster = db.read().await.unwrap().roster().await.unwrap();
        let mut cookies = Vec::new();
        for person in &people.people {
            let secret = setup::invite(&db, person.id, Clock::System.now()).await.unwrap();
            let at = &homes[cookies.len() % 2].http;
            let entered = http
                .post(format!("{at}/in"))
                .header(ORIGIN, at)
                .header("x-link", secret);
            let entered = entered.send().await.unwrap();
            let set = entered.headers()[SET_COOKIE].to_str().unwrap();
            cookies.push(set.split(';').next().unwrap().to_owned());
        }
        let mut raw = PgConnection::connect(&url).await.unwrap();
        let text = "SELECT id FROM groups WHERE channel = 'web' AND title = '魏都分局帮办群'";
        let (group,): (i64,) = sqlx::query_as(text).fetch_one(&mut raw).await.unwrap();
        Bureau {
            homes,
            _programs: programs,
            url,
            http,
            cookies,
            room: format!("/g/{group}"),
        }
    }

    /// Somebody new asks what needs a helper; the question that waits, and its version.
    async fn question(&self, db: &mut PgConnection, number: usize) -> (i64, i64) {
        let at = &self.homes[number % 2].http;
        let named = self.http.post(format!("{at}{}/name", self.room)).header(ORIGIN, at);
        let named = named
            .json(&json!({ "nickname": format!("企业{number}") }))
            .send()
            .await
            .unwrap();
        let cookie = named.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        let said = self.http.post(format!("{at}{}/say", self.room)).header(ORIGIN, at);
        let said = said
            .header(COOKIE, cookie.split(';').next().unwrap())
            .json(&json!({ "text": UNKNOWN }));
        assert!(said.send().await.unwrap().status().is_success());
        let waiting = async {
            loop {
                let text = "SELECT id, version FROM questions WHERE phase = 'waiting' ORDER BY id DESC LIMIT 1";
                let row: Option<(i64, i64)> = sqlx::query_as(text).fetch_optional(&mut *db).await.unwrap();
                if let Some(row) = row {
                    return row;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        waited.unwrap_or_else(|_| panic!("nobody is asked for\n{}", self.homes[0].log()))
    }

    /// Everybody presses on both programs at once; how many got it, and how long the slowest answer took.
    async fn all_claim(&self, (question, version): (i64, i64)) -> (usize, Duration) {
        let begun = Instant::now();
        let presses = self.cookies.iter().flat_map(|cookie| {
            self.homes.iter().map(move |home| {
                let claim = self.http.post(format!("{}/staff/q/{question}", home.http));
                let claim = claim.header(ORIGIN, &home.http).header(COOKIE, cookie);
                claim
                    .form(&[("version", version.to_string()), ("act", "claim".to_owned())])
                    .send()
            })
        });
        let answers = join_all(presses).await;
        let took = begun.elapsed();
        let mut won = 0;
        for answer in answers {
            match answer.unwrap().status().as_u16() {
                200 => won += 1,
                409 => {}
                other => panic!("{other} for a claim"),
            }
        }
        (won, took)
    }
}

/// Every helper presses on both programs at once, again and again: one has it each time.
pub(super) async fn claims(helpers: usize, rounds: usize) {
    let bureau = Bureau::of(helpers).await;
    let mut db = PgConnection::connect(&bureau.url).await.unwrap();
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        let begun = Instant::now();
        let question = bureau.question(&mut db, round).await;
        let (won, took) = bureau.all_claim(question).await;
        slowest = slowest.max(took);
        // Whoever has it may press again on the other program and is told that it is theirs.
        assert!((1..=2).contains(&won), "{won} got Q{}", question.0);
        let text = "SELECT COUNT(*) FROM steps WHERE question_id = $1 AND kind = 'claimed'";
        let claimed = sqlx::query_as(text).bind(question.0);
        let (claimed,): (i64,) = claimed.fetch_one(&mut db).await.unwrap();
        assert_eq!(claimed, 1, "Q{} was claimed more than once", question.0);
        // A person presses sixty times a minute at most.
        tokio::time::sleep(Duration::from_millis(2_100).saturating_sub(begun.elapsed())).await;
    }
    println!(
        "{} claims at once, {rounds} rounds: one winner each; all answered within {slowest:?}",
        helpers * 2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_claims_at_once_on_two_programs_one_wins_on_postgres() {
    claims(20, 3).await;
}

/// Whichever of them is first makes the tables, the list and the city.
#[tokio::test(flavor = "multi_thread")]
async fn two_programs_start_at_once_on_an_empty_database_on_postgres() {
    for _ in 0..3 {
        both_start().await;
    }
}

async fn both_start() {
    let url = postgres_schema().await;
    let homes = [(); 2].map(|()| Home::new("").with("DATABASE_URL", &url));
    let (_one, _other) = tokio::join!(homes[0].serve(), homes[1].serve());
    let mut db = PgConnection::connect(&url).await.unwrap();
    let mut count = async |text: &'static str| {
        let (count,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
        count
    };
    assert_eq!(count("SELECT COUNT(*) - COUNT(DISTINCT name) FROM bureaus").await, 0);
    assert_eq!(count("SELECT COUNT(*) - COUNT(DISTINCT title) FROM groups").await, 0);
    assert!(count("SELECT COUNT(*) FROM people").await > 0);
    assert!(count("SELECT COUNT(*) FROM revisions").await > 0);
    for home in &homes {
        let page = reqwest::get(format!("{}/", home.http)).await.unwrap();
        assert_eq!(page.status(), 200);
        assert!(!home.log().contains("ERROR"), "{}", home.log());
    }
}

/// A later program brings the schema along while this one serves: it adds tables and columns that may be empty, and this
/// one goes on as before.
#[tokio::test(flavor = "multi_thread")]
async fn a_step_of_the_schema_runs_while_the_program_serves_on_postgres() {
    let far = Far::new().await;
    far.works(0, 3).await;
    let mut db = PgConnection::connect(&far.url).await.unwrap();
    for (number, table) in [
        "inbox",
        "outbox",
        "questions",
        "steps",
        "groups",
        "people",
        "sessions",
        "leases",
    ]
    .into_iter()
    .enumerate()
    {
        let asked = far.asks(10 + number as i64);
        let step =
            format!("ALTER TABLE {table} ADD COLUMN of_tomorrow TEXT; CREATE TABLE tomorrow_{table} (id BIGINT)");
        db.execute(sqlx::AssertSqlSafe(step)).await.unwrap();
        super::database::answered(&far.server, &[asked], Duration::from_secs(10)).await;
    }
    far.works(30, 3).await;
    far.is_whole().await;
    assert!(!far.home.log().contains("ERROR"), "{}", far.home.log());
    // This program does not start again on what it does not know.
    db.execute("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'tomorrow', TRUE, '\\x00', 0)")
        .await
        .unwrap();
    says(&far.home, &["check"], 1, &["数据库比这个程序新"]);
}
