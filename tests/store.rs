//! The store on both databases: the same tables from one folder of steps, ids that never repeat, one sender a row.

use std::collections::{BTreeSet, HashSet};

use bangban::clock::Millis;
use bangban::domain::message::{Channel, Owed, Place, Rich};
use bangban::store::Db;
use bangban::store::inbox::RawUpdate;
use sqlx::Row as _;

use crate::support::town::postgres_schema;

const NOW: Millis = Millis(1_795_399_200_000);

async fn both() -> Vec<(Db, Option<tempfile::TempDir>)> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    let sqlite = Db::open(&url).await.unwrap();
    let postgres = Db::open(&postgres_schema().await).await.unwrap();
    vec![(sqlite, Some(folder)), (postgres, None)]
}

fn message(words: &str) -> Owed {
    Owed::Message {
        text: Rich::from(words),
        buttons: vec![],
        quote: None,
        ask_contact: false,
    }
}

#[tokio::test]
async fn one_folder_of_steps_makes_the_same_tables_on_both() {
    use sqlx::Connection as _;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    Db::open(&url).await.unwrap().close().await;
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let columns =
        "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'";
    let rows = sqlx::query(columns).fetch_all(&mut connection).await.unwrap();
    let pair = |t: String, c: String| format!("{t}.{c}");
    let ours = |name: &String| !name.starts_with("_sqlx") && !name.starts_with("sqlite_");
    let sqlite: BTreeSet<String> = rows
        .iter()
        .map(|row| pair(row.get("t"), row.get("c")))
        .filter(ours)
        .collect();
    let url = postgres_schema().await;
    Db::open(&url).await.unwrap().close().await;
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let columns = "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns WHERE table_schema = current_schema()";
    let rows = sqlx::query(columns).fetch_all(&mut connection).await.unwrap();
    let postgres: BTreeSet<String> = rows
        .iter()
        .map(|row| pair(row.get("t"), row.get("c")))
        .filter(ours)
        .collect();
    assert!(sqlite.len() > 100, "{sqlite:?}");
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn a_database_opened_again_is_not_changed_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    for url in [url, postgres_schema().await] {
        for turn in 0..2 {
            let db = Db::open(&url).await.unwrap();
            let mut tx = db.begin().await.unwrap();
            assert_eq!(tx.count_up("turns", 1).await.unwrap(), turn + 1);
            tx.commit().await.unwrap();
            db.close().await;
        }
    }
}

#[tokio::test]
async fn ids_of_a_transaction_that_was_undone_are_not_given_out_again() {
    for (db, _folder) in both().await {
        let update = |key: &str| RawUpdate {
            natural_key: key.into(),
            lane: "l".into(),
            raw: "{}".into(),
        };
        let mut undone = db.begin().await.unwrap();
        let first = undone.take_in("town", &update("a"), NOW).await.unwrap().unwrap();
        drop(undone);
        let mut tx = db.begin().await.unwrap();
        let second = tx.take_in("town", &update("b"), NOW).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert!(second > first);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(
            tx.take_in("town", &update("b"), NOW).await.unwrap(),
            None,
            "taken in twice"
        );
        assert!(
            tx.counter("ids").await.unwrap() >= 1_000_000,
            "the block was undone with its transaction"
        );
    }
}

#[tokio::test]
async fn six_couriers_lease_each_row_once() {
    for (db, _folder) in both().await {
        let mut tx = db.begin().await.unwrap();
        for chat in 0..60 {
            let place = Place::chat(&Channel::new("town"), &format!("c{chat}"));
            tx.owe(&place, None, "line", &message("话"), NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let couriers = (0..6).map(|courier| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut leased = Vec::new();
                let mut tx = db.read().await.unwrap();
                let heads = tx.outbox_heads(NOW).await.unwrap();
                drop(tx);
                for row in heads {
                    let mut tx = db.begin().await.unwrap();
                    let won = tx
                        .lease(row.id, &format!("courier {courier}"), NOW.plus(60_000))
                        .await
                        .unwrap();
                    tx.commit().await.unwrap();
                    leased.extend(won.map(|row| row.id));
                }
                leased
            })
        });
        let mut all = Vec::new();
        for courier in couriers {
            all.extend(courier.await.unwrap());
        }
        assert_eq!(all.len(), 60);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 60);
    }
}

#[tokio::test]
async fn a_chats_rows_go_one_after_another_and_a_doubt_holds_none_up() {
    for (db, _folder) in both().await {
        let place = Place::chat(&Channel::new("town"), "c");
        let mut tx = db.begin().await.unwrap();
        for words in ["一", "二"] {
            tx.owe(&place, None, "line", &message(words), NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let heads = tx.outbox_heads(NOW).await.unwrap();
        assert_eq!(heads.len(), 1, "the second waits for the first");
        assert_eq!(heads[0].owed, message("一"));
        tx.lease(heads[0].id, "x", NOW).await.unwrap().unwrap();
        assert!(
            tx.outbox_heads(NOW).await.unwrap().is_empty(),
            "the first is on its way"
        );
        tx.mark_retry(heads[0].id, "?", NOW.plus(30_000), true).await.unwrap();
        assert_eq!(tx.outbox_heads(NOW).await.unwrap()[0].owed, message("二"));
        let late = tx.outbox_heads(NOW.plus(30_000)).await.unwrap();
        assert_eq!((late[0].owed.clone(), late[0].again), (message("一"), true));
    }
}
