//! How long the board's queries take over a million questions of two years, on SQLite and, if `BANGBAN_TEST_POSTGRES` names
//! a server, on PostgreSQL: ms, the median of five.
//!
//! `cargo bench --bench board`; `COUNT=100000` for another size.

#[path = "../tests/support/history.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod history;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bangban::clock::{Clock, Millis};
use bangban::config::Config;
use bangban::desk::Desk;
use bangban::domain::roster::people::BureauId;
use bangban::setup;
use bangban::store::Db;
use history::{DAY_MS, Past};

/// Local midnight of the first day.
const FROM: Millis = Millis(1_732_291_200_000);
const DAYS: i64 = 730;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    one(
        &format!("sqlite:{}", folder.path().join("store.db").display()),
        folder.path(),
    )
    .await;
    if let Ok(server) = std::env::var("BANGBAN_TEST_POSTGRES") {
        let schema = format!("board_{}", std::process::id());
        run_on(&server, &format!("CREATE SCHEMA {schema}")).await;
        one(&format!("{server}?options=-c%20search_path%3D{schema}"), folder.path()).await;
        run_on(&server, &format!("DROP SCHEMA {schema} CASCADE")).await;
    }
}

async fn run_on(server: &str, text: &str) {
    use sqlx::{Connection as _, Executor as _};
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(text.to_owned())).await.unwrap();
}

#[expect(clippy::too_many_lines, reason = "one list of what is measured")]
async fn one(url: &str, data: &Path) {
    let count: i64 = std::env::var("COUNT")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(1_000_000);
    let db = Db::open(url).await.unwrap();
    setup::sample_city(&db).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let roster = tx.roster().await.unwrap();
    setup::web_rooms(&mut tx, &roster, FROM).await.unwrap();
    let groups = tx.groups().await.unwrap();
    tx.commit().await.unwrap();
    let groups: Vec<(i64, i64)> = groups
        .iter()
        .filter_map(|group| Some((group.id.0, group.bureau()?.0)))
        .collect();
    let begun = Instant::now();
    let a_day = count / DAYS / 10 * 10;
    let entries = ["geti-001", "geti-002", "geti-003"];
    let past = Past {
        from: FROM,
        days: DAYS,
        a_day,
        groups: &groups,
        entries: &entries,
        first: 1,
    };
    history::write(&db, &past).await;
    let mut tx = db.begin().await.unwrap();
    history::run(&mut tx, "ANALYZE".to_owned()).await;
    tx.commit().await.unwrap();
    println!(
        "{}: {} questions written in {:.0} s",
        db.kind(),
        a_day * DAYS,
        begun.elapsed().as_secs_f64()
    );
    let config = Config::from_text(
        &format!("data = {:?}\n", data.display().to_string()),
        Path::new("bench.toml"),
    );
    let now = FROM.plus(DAYS * DAY_MS + DAY_MS / 2);
    let desk = Desk::open(
        db.clone(),
        Clock::fixed(now),
        Arc::new(config.unwrap()),
        Arc::default(),
        bangban::platform::channels(),
    );
    let desk = desk.await.unwrap();
    let begun = Instant::now();
    desk.keep_board().await.unwrap();
    println!("  62 days summed up     {:7.1}", begun.elapsed().as_secs_f64() * 1e3);
    let own = Some(BureauId(groups[0].1));
    measured("one day summed up", async || {
        drop(
            db.read()
                .await
                .unwrap()
                .counted(now.plus(-2 * DAY_MS), now.plus(-DAY_MS))
                .await
                .unwrap(),
        )
    })
    .await;
    measured("today", async || drop(desk.today(None).await.unwrap())).await;
    measured("30 days and 30 before", async || {
        drop(desk.board(None, 30).await.unwrap())
    })
    .await;
    measured("the same of a bureau", async || {
        drop(desk.board(own, 30).await.unwrap())
    })
    .await;
    measured("load of eight weeks", async || {
        desk.curve(None).await.unwrap();
    })
    .await;
    measured("answers of a week", async || {
        drop(
            db.read()
                .await
                .unwrap()
                .drawable(now.plus(-9 * DAY_MS), now.plus(-2 * DAY_MS))
                .await
                .unwrap(),
        )
    })
    .await;
    db.close().await;
}

async fn measured(what: &str, work: impl AsyncFn()) {
    let mut times = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        work().await;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!("  {what:<22}{:7.1}", times[2]);
}
