//! Two programs on one PostgreSQL that both work: who wins a claim, what a rolling restart costs, the first start beside
//! each other, a step of the schema under a program that serves.

use std::collections::HashMap;
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
use super::instances::{Pair, leader};
use crate::support::program::{Home, Running, says};
use crate::support::telegram_server::{GroupKind, TelegramServer};
use crate::support::town::postgres_schema;
use crate::telegram::{ADMIN, SURE, UNKNOWN};

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

/// Messages at a steady pace, while programs are stopped, killed and started: what was asked and when it was answered.
pub(super) struct Load {
    groups: i64,
    per_second: f64,
    every: i64,
}

impl Load {
    /// 50 messages a second in 120 groups, of which 20 are questions that are answered at once.
    pub const FULL: Load = Load {
        groups: 120,
        per_second: 50.0,
        every: 5,
    };
}

/// Runs `load` for `time`, doing `what` at its times (seconds) with the two programs.
pub(super) async fn under_load(load: Load, seconds: u64, acts: &[(u64, Act)]) {
    let groups = -9_000 - load.groups..-9_000;
    let server = TelegramServer::start().await;
    server.set_reads_all(true);
    server.add_user(ADMIN, "管理员甲");
    for group in groups.clone() {
        server.add_group(group, "群", GroupKind::Supergroup { forum: false });
    }
    let pair = Pair::on(server).await;
    let mut programs = pair.start().await.map(Some);
    for group in groups.clone() {
        pair.server.says(group, ADMIN, "/bind 魏都分局");
    }
    let bound = |server: &TelegramServer| groups.clone().all(|group| !server.sent(group).is_empty()).then_some(());
    pair.server.wait_for(bound, Duration::from_secs(90)).await;
    let begun = Instant::now();
    let mut asked: HashMap<(i64, i64), Instant> = HashMap::new();
    let mut answered: HashMap<(i64, i64), Duration> = HashMap::new();
    let mut sent = 0_i64;
    let feeding = async {
        while begun.elapsed() < Duration::from_secs(seconds) {
            while (sent as f64) < begun.elapsed().as_secs_f64() * load.per_second {
                let group = -9_000 - load.groups + sent % load.groups;
                // Two of five ask.
                let asks = sent % load.every < 2;
                pair.server.add_user(20_000 + sent, "企业");
                let id = pair
                    .server
                    .says(group, 20_000 + sent, if asks { SURE } else { "大家好" });
                asks.then(|| asked.insert((group, id), Instant::now()));
                sent += 1;
            }
            note(&pair.server, &asked, &mut answered);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let acting = async {
        for (at, act) in acts {
            tokio::time::sleep(Duration::from_secs(*at).saturating_sub(begun.elapsed())).await;
            act.on(&pair, &mut programs).await;
        }
    };
    tokio::join!(feeding, acting);
    let last = Instant::now();
    while answered.len() < asked.len() {
        assert!(
            last.elapsed() < Duration::from_secs(60),
            "{} of {} answered",
            answered.len(),
            asked.len()
        );
        note(&pair.server, &asked, &mut answered);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut waits: Vec<Duration> = answered.into_values().collect();
    waits.sort();
    let share = |share: usize| waits[(waits.len() - 1) * share / 100];
    println!(
        "{} messages, {} answered: p50 {:?}, p95 {:?}, p99 {:?}, longest {:?}",
        sent,
        waits.len(),
        share(50),
        share(95),
        share(99),
        share(100)
    );
    assert!(share(99) < Duration::from_secs(8), "{:?}", share(99));
    assert!(pair.server.pending().is_empty());
}

/// Takes down what was answered since it was last looked.
fn note(server: &TelegramServer, asked: &HashMap<(i64, i64), Instant>, answered: &mut HashMap<(i64, i64), Duration>) {
    for sent in server.all_sent() {
        let Some(of) = sent.reply_to.map(|id| (sent.chat, id)) else {
            continue;
        };
        if let Some(at) = asked.get(&of) {
            answered.entry(of).or_insert_with(|| at.elapsed());
        }
    }
}

/// What is done to the two programs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// The one that has the channel is told to stop and started again.
    Restart,
    /// It is killed and started again.
    Kill,
}

impl Act {
    async fn on(self, pair: &Pair, programs: &mut [Option<Running>; 2]) {
        let Some(at) = leader(&pair.url, programs).await else {
            panic!("nobody has the channel");
        };
        let program = programs[at].take().unwrap();
        match self {
            Act::Kill => program.kill(),
            Act::Restart => assert_eq!(program.signal("TERM").await, Some(0)),
        }
        programs[at] = Some(pair.homes[at].serve().await);
    }
}
