//! The figures of a month of a million questions: how long, and in how much memory.
//!
//! `cargo bench --bench month_report`; `QUESTIONS=100000` for fewer. SQLite in a temporary folder; with `POSTGRES` set to an
//! address, a schema of its own there, which stays. The rows are made by the database, four steps a question and some.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bangban::clock::{Clock, Millis};
use bangban::config::Config;
use bangban::desk::Desk;
use bangban::domain::chat::capabilities::Channels;
use bangban::domain::supervision::figures::Whom;
use bangban::domain::supervision::measures::MEASURES;
use bangban::domain::supervision::period::Period;
use bangban::setup;
use bangban::store::Db;
use sqlx::{AssertSqlSafe, Connection as _};
use tokio::sync::Notify;

/// 2026-11-01 00:00 in Asia/Shanghai.
const FIRST: i64 = 1_793_462_400_000;
/// The beginning of the steps' numbers, 2024-01-01 UTC.
const EPOCH: i64 = 1_704_067_200_000;
const MONTH: i64 = 30 * 86_400_000;

/// Runs a statement past the store.
async fn run(url: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    } else {
        let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    }
}

/// A help group for each bureau.
async fn groups(url: &str, bureaus: &[i64]) {
    for bureau in bureaus {
        let group = bureau + 1000;
        run(
            url,
            &format!(
                "INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, created_at)
             VALUES ({group}, 'bench', 'c{bureau}', 'g{bureau}', {bureau}, 'help', 'member', {FIRST})"
            ),
        )
        .await;
    }
}

/// The month's rows: half answered by the list, a tenth handed over after that, the rest handed over at once.
async fn fill(url: &str, desk: &Desk, questions: i64) {
    let roster = desk.roster();
    let bureaus: Vec<i64> = roster.bureaus.iter().map(|bureau| bureau.id.0).collect();
    let people: Vec<i64> = roster
        .people
        .iter()
        .filter(|one| one.is_helper())
        .map(|one| one.id.0)
        .collect();
    groups(url, &bureaus).await;
    let one_of = |ids: &[i64], by: &str| {
        let cases: Vec<String> = ids
            .iter()
            .enumerate()
            .map(|(at, id)| format!("WHEN {at} THEN {id}"))
            .collect();
        format!("CASE {by} % {} {} END", ids.len(), cases.join(" "))
    };
    let numbers = format!(
        "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {questions}),
         q AS (SELECT i, i % 10 AS kind, {FIRST} + (i - 1) * {} AS asked, {} AS bureau, {} AS helper FROM n)",
        MONTH / questions,
        one_of(&bureaus, "i"),
        one_of(&people, "(i * 7)"),
    );
    run(url, &format!(
        "{numbers} INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, message_id, text, media,
             phase, state, asked_at, heard_at, ended_at)
         SELECT i, 1, 'bench', 'a' || i, '访客', bureau + 1000, bureau, 'm' || i, '简易注销要公示几天？', '[]', 'ended',
             '{{\"Ended\":{{\"how\":\"Lapsed\",\"at\":1,\"by\":null}}}}', asked, asked, asked + 86400000 FROM q"
    )).await;
    let handed = "5000";
    let claimed = "(5000 + (i * 7919 % 45) * 60000)";
    let replied = "(5000 + (i * 7919 % 45) * 60000 + (i * 104729 % 40) * 60000)";
    for (turn, kinds, after, kind, person, note) in [
        (0, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9", "0", "asked", "NULL", ""),
        (1, "0, 1, 2, 3, 4, 5", "1000", "answered", "NULL", "dereg-001·1"),
        (2, "5, 6, 7, 8, 9", handed, "handed_over", "helper", ""),
        (3, "5, 6, 7, 8, 9", claimed, "claimed", "helper", ""),
        (4, "5, 6, 7, 8, 9", replied, "replied", "helper", "请带营业执照来窗口。"),
        (5, "0, 1, 2, 3, 4, 8, 9", "86400000", "lapsed", "NULL", ""),
        (5, "5, 6, 7", "7200000", "solved", "NULL", ""),
        (6, "6", "7300000", "rated", "NULL", "5"),
    ] {
        run(
            url,
            &format!(
                "{numbers} INSERT INTO steps (id, question_id, at, kind, person_id, note)
             SELECT (asked - {EPOCH}) * 4194304 + {turn} * 1024, i, asked + {after}, '{kind}', {person}, '{note}' FROM q
             WHERE kind IN ({kinds})"
            ),
        )
        .await;
    }
}

/// The most memory this process has held, MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap_or_default();
    line.trim()
        .split(' ')
        .next()
        .and_then(|kb| kb.parse::<u64>().ok())
        .unwrap_or_default()
        / 1024
}

async fn measured(url: &str, data: &Path, questions: i64) {
    let config = Config::from_text(
        &format!("data = {:?}\n", data.display().to_string()),
        Path::new("bench.toml"),
    )
    .unwrap();
    let db = Db::open(url).await.unwrap();
    setup::sample_city(&db).await.unwrap();
    let clock = Clock::fixed(Millis(FIRST + MONTH + 3_600_000));
    let desk = Desk::open(db, clock, Arc::new(config), Arc::new(Notify::new()), Channels::new([]))
        .await
        .unwrap();
    let begun = Instant::now();
    fill(url, &desk, questions).await;
    if url.starts_with("postgres") {
        run(url, "ANALYZE").await;
    }
    println!("{questions} questions made in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    desk.keep_courses().await.unwrap();
    println!(
        "histories read for the first time: {:.1} s, peak {} MB",
        begun.elapsed().as_secs_f64(),
        peak()
    );
    let month = Period::month("2026-11").unwrap();
    for _ in 0..3 {
        let begun = Instant::now();
        assert_eq!(desk.catch_up().await.unwrap(), None);
        let figures = desk.figures(month).await.unwrap();
        let values = MEASURES.iter().map(|measure| figures.value(measure, Whom::City).said());
        let values: Vec<String> = values.take(12).collect();
        println!(
            "the month's figures: {:.2} s, peak {} MB: {}",
            begun.elapsed().as_secs_f64(),
            peak(),
            values.join(" ")
        );
    }
}

#[tokio::main]
async fn main() {
    let questions = std::env::var("QUESTIONS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(1_000_000);
    let data = tempfile::tempdir().unwrap();
    let url = match std::env::var("POSTGRES") {
        Ok(server) => {
            let schema = format!("month_{}", std::process::id());
            run(&server, &format!("CREATE SCHEMA {schema}")).await;
            format!("{server}?options=-c%20search_path%3D{schema}")
        }
        Err(_) => format!("sqlite:{}", data.path().join("month.db").display()),
    };
    measured(&url, data.path(), questions).await;
}
