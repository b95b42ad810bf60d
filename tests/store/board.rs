//! The board's queries find what they want by an index on both databases, however much was asked.

use bangban::clock::Millis;
use bangban::domain::roster::people::BureauId;
use bangban::setup;
use bangban::store::board::{ENTRIES, HOURS, Summed, Tally, counted_sql};
use bangban::store::{Db, Tx};

use crate::support::history::{self, DAY_MS, Past};
use crate::support::town::postgres_schema;

/// Local midnight of a Monday.
const FROM: Millis = Millis(1_795_363_200_000);

async fn is_planned(url: &str) {
    let db = Db::open(url).await.unwrap();
    setup::sample_city(&db).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let roster = tx.roster().await.unwrap();
    setup::web_rooms(&mut tx, &roster, FROM).await.unwrap();
    let group = tx
        .groups()
        .await
        .unwrap()
        .into_iter()
        .find(|group| group.bureau().is_some())
        .unwrap();
    tx.commit().await.unwrap();
    let past = Past {
        from: FROM,
        days: 300,
        a_day: 100,
        groups: &[(group.id.0, group.bureau().unwrap().0)],
        entries: &["geti-001"],
        first: 1,
    };
    history::write(&db, &past).await;
    read_all(&db, FROM.plus(300 * DAY_MS)).await;
    let mut tx = db.begin().await.unwrap();
    for day in 0..300 {
        let from = FROM.plus(day * DAY_MS);
        let hour = |hour: i64| {
            (
                from.plus(hour * 3_600_000),
                BureauId(1),
                Tally {
                    asked: 1,
                    ..Tally::default()
                },
            )
        };
        let summed = Summed {
            hours: (0..24).map(hour).collect(),
            entries: (0..20).map(|entry| (BureauId(1), format!("e-{entry}"), 5)).collect(),
        };
        tx.put_day((from, from.plus(DAY_MS)), &summed, FROM).await.unwrap();
    }
    history::run(&mut tx, "ANALYZE".to_owned()).await;
    tx.commit().await.unwrap();
    let mut tx = db.read().await.unwrap();
    let (at, until) = (FROM.plus(200 * DAY_MS), FROM.plus(201 * DAY_MS));
    for query in [counted_sql(), HOURS.to_owned(), ENTRIES.to_owned()] {
        let bound = query
            .replace("$1", &at.0.to_string())
            .replace("$2", &until.0.to_string());
        let bound = bound.replace("$3", "1").replace("$4", "0");
        let plan = plan(&mut tx, &bound).await;
        let whole = |step: &String| step.contains("Seq Scan") || (step.contains("SCAN") && !step.contains("USING"));
        assert!(!plan.is_empty() && !plan.iter().any(whole), "{plan:#?} for {bound}");
    }
    drop(tx);
    db.close().await;
}

/// Brings the courses of all questions up to date.
async fn read_all(db: &Db, now: Millis) {
    let mut from = None;
    while let Some(stage) = db.read().await.unwrap().next_courses(now, from).await.unwrap() {
        let mut tx = db.begin().await.unwrap();
        tx.write_courses(&stage).await.unwrap();
        tx.commit().await.unwrap();
        from = Some(stage.end);
    }
}

async fn plan(tx: &mut Tx, query: &str) -> Vec<String> {
    match tx {
        Tx::Sqlite(..) => history::texts(tx, format!("EXPLAIN QUERY PLAN {query}"), 3).await,
        Tx::Postgres(..) => history::texts(tx, format!("EXPLAIN {query}"), 0).await,
    }
}

#[tokio::test]
async fn the_board_is_read_by_an_index_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    is_planned(&format!("sqlite:{}", folder.path().join("store.db").display())).await;
}

#[tokio::test]
async fn the_board_is_read_by_an_index_on_postgres() {
    is_planned(&postgres_schema().await).await;
}
