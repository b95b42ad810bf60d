//! The store on both databases: the same tables from one folder of steps, ids that never repeat, one sender a row.

mod board;
mod migrations;

use std::collections::{BTreeSet, HashSet};

use bangban::clock::Millis;
use bangban::domain::asking::question::QuestionId;
use bangban::domain::chat::message::{Channel, Place};
use bangban::domain::chat::mode::Modes;
use bangban::domain::chat::owed::{Due, Owed};
use bangban::domain::chat::rich::Rich;
use bangban::domain::chat::role::Role;
use bangban::domain::roster::people::{BureauId, PersonId};
use bangban::setup;
use bangban::store::Db;
use bangban::store::inbox::RawUpdate;
use bangban::store::outbox::Lane;
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
        whom: None,
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
        assert_eq!(
            tx.counter("writers").await.unwrap(),
            1,
            "the process's number was undone with its transaction"
        );
    }
}

/// Two programs on one database: two `Db`s on one PostgreSQL schema, two on one SQLite file.
async fn pairs() -> Vec<([Db; 2], Option<tempfile::TempDir>)> {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("store.db").display());
    let schema = postgres_schema().await;
    let two = async |url: &str| [Db::open(url).await.unwrap(), Db::open(url).await.unwrap()];
    vec![(two(&file).await, Some(folder)), (two(&schema).await, None)]
}

/// Words of what leaves for one chat, in order, the couriers of both programs taking turns.
async fn leaving(pair: &[Db; 2], now: Millis) -> Vec<String> {
    let mut left = Vec::new();
    for turn in 0.. {
        let db = &pair[turn % 2];
        let heads = db.read().await.unwrap().outbox_heads(&["town"], now).await.unwrap();
        let Some(head) = heads.first() else { break };
        let mut tx = db.begin().await.unwrap();
        let row = tx.lease(head.id, "x", now.plus(1_000)).await.unwrap().unwrap();
        assert!(tx.mark_sent((row.id, "x"), None, now).await.unwrap());
        tx.commit().await.unwrap();
        let Due::Owed(Owed::Message { text, .. }) = row.due else {
            panic!()
        };
        left.push(text.words());
    }
    left
}

#[tokio::test]
async fn what_two_programs_owe_a_chat_leaves_in_the_order_it_was_decided() {
    // The two clocks may agree, stand still, or be an hour apart.
    for apart in [0, 3_600_000, -3_600_000] {
        for (pair, _folder) in pairs().await {
            let place = Place::chat(&Channel::new("town"), "c");
            let mut said = Vec::new();
            // Turns of one, every tenth of two; later two sentences in one transaction.
            for round in 0..40_usize {
                let other = (round + round / 10) % 2;
                let now = if other == 1 { NOW.plus(apart) } else { NOW };
                let mut tx = pair[other].begin().await.unwrap();
                for part in 0..1 + round / 20 {
                    let words = format!("第{round}句{part}");
                    tx.owe(&place, None, Role::Line, &message(&words), now).await.unwrap();
                    said.push(words);
                }
                tx.commit().await.unwrap();
            }
            let now = NOW.plus(3_600_000);
            assert_eq!(leaving(&pair, now).await, said, "{} {apart}", pair[0].kind());
        }
    }
}

#[tokio::test]
async fn what_an_older_program_still_owed_leaves_first() {
    for (pair, _folder) in pairs().await {
        let place = Place::chat(&Channel::new("town"), "c");
        let mut tx = pair[0].begin().await.unwrap();
        tx.owe(&place, None, Role::Line, &message("旧"), NOW).await.unwrap();
        let id = tx.outbox_heads(&["town"], NOW).await.unwrap()[0].id;
        match &mut tx {
            bangban::store::Tx::Sqlite(tx, _) => {
                let set = sqlx::query("UPDATE outbox SET id = 999999999 WHERE id = $1").bind(id);
                set.execute(&mut **tx).await.map(drop).unwrap();
            }
            bangban::store::Tx::Postgres(tx, _) => {
                let set = sqlx::query("UPDATE outbox SET id = 999999999 WHERE id = $1").bind(id);
                set.execute(&mut **tx).await.map(drop).unwrap();
            }
        }
        tx.commit().await.unwrap();
        // A clock that was never set tells 1970.
        for (db, now, words) in [(&pair[1], Millis(0), "新"), (&pair[0], NOW, "更新")] {
            let mut tx = db.begin().await.unwrap();
            tx.owe(&place, None, Role::Line, &message(words), now).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(leaving(&pair, NOW).await, ["旧", "新", "更新"]);
    }
}

/// Rows of transactions that run beside each other get ids of their own, and one transaction's stay in its order.
#[tokio::test]
async fn two_programs_at_once_give_no_id_twice() {
    for (pair, _folder) in pairs().await {
        let tasks = (0..12_usize).map(|task| {
            let db = pair[task % 2].clone();
            // The second program's clock is behind, so that all its rows are moved behind the first one's.
            let now = if task % 2 == 1 { NOW.plus(-60_000) } else { NOW };
            tokio::spawn(async move {
                let mut ids = Vec::new();
                for turn in 0..10 {
                    let mut tx = db.begin().await.unwrap();
                    for row in 0..3 {
                        let update = RawUpdate {
                            natural_key: format!("{task}·{turn}·{row}"),
                            lane: "l".into(),
                            raw: "{}".into(),
                        };
                        ids.push(tx.take_in("town", &update, now).await.unwrap().unwrap());
                    }
                    tx.commit().await.unwrap();
                }
                ids
            })
        });
        let mut all = HashSet::new();
        for ids in futures_util::future::join_all(tasks).await {
            let ids = ids.unwrap();
            assert!(ids.is_sorted(), "{ids:?}");
            all.extend(ids);
        }
        assert_eq!(all.len(), 12 * 10 * 3);
        let waiting = pair[0].read().await.unwrap().waiting(0, 1_000).await.unwrap();
        assert_eq!(waiting.len(), all.len());
    }
}

#[tokio::test]
async fn six_couriers_lease_each_row_once() {
    for (db, _folder) in both().await {
        let mut tx = db.begin().await.unwrap();
        for chat in 0..60 {
            let place = Place::chat(&Channel::new("town"), &format!("c{chat}"));
            tx.owe(&place, None, Role::Line, &message("话"), NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let couriers = (0..6).map(|courier| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut leased = Vec::new();
                let mut tx = db.read().await.unwrap();
                let heads = tx.outbox_heads(&["town"], NOW).await.unwrap();
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
            tx.owe(&place, None, Role::Line, &message(words), NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let heads = tx.outbox_heads(&["town"], NOW).await.unwrap();
        assert_eq!(heads.len(), 1, "the second waits for the first");
        assert_eq!(heads[0].due, Due::Owed(message("一")));
        tx.lease(heads[0].id, "x", NOW).await.unwrap().unwrap();
        assert!(
            tx.outbox_heads(&["town"], NOW).await.unwrap().is_empty(),
            "the first is on its way"
        );
        assert!(
            tx.mark_retry((heads[0].id, "x"), "?", NOW.plus(30_000), true)
                .await
                .unwrap()
        );
        assert_eq!(
            tx.outbox_heads(&["town"], NOW).await.unwrap()[0].due,
            Due::Owed(message("二"))
        );
        let late = tx.outbox_heads(&["town"], NOW.plus(30_000)).await.unwrap();
        assert_eq!((late[0].due.clone(), late[0].again), (Due::Owed(message("一")), true));
    }
}

/// What an older program wrote is read by this one: the first step with a claimed question in it, then the others.
#[tokio::test]
async fn an_older_database_is_brought_along_with_what_is_in_it() {
    let sqlite = |url: String| async move {
        use sqlx::Connection as _;
        let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
        let mut connection = sqlx::SqliteConnection::connect_with(&options.create_if_missing(true))
            .await
            .unwrap();
        first_step().run(&mut connection).await.unwrap();
        sqlx::raw_sql(OLD_ROWS).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        url
    };
    let postgres = |url: String| async move {
        use sqlx::Connection as _;
        let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
        first_step().run(&mut connection).await.unwrap();
        sqlx::raw_sql(OLD_ROWS).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        url
    };
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("store.db").display());
    for url in [sqlite(file).await, postgres(postgres_schema().await).await] {
        let db = Db::open(&url).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let question = tx.question(QuestionId(7)).await.unwrap().unwrap();
        assert_eq!(question.state.holder(), Some(PersonId(3)), "{question:?}");
        let queue = tx
            .open_questions_with_helpers(BureauId(99), Some(PersonId(3)))
            .await
            .unwrap();
        assert_eq!(queue.len(), 1, "whose it is stands in its own column");
        let group = tx.group(question.group).await.unwrap().unwrap();
        assert_eq!(group.modes, Modes::default());
        let roster = tx.roster().await.unwrap();
        assert_eq!(roster.duty[0].office, None, "a shift of the whole bureau");
        assert!(!roster.changes.leaves[0].from_file, "asked for in chat");
    }
}

fn first_step() -> sqlx::migrate::Migrator {
    use sqlx::migrate::{Migration, MigrationType, Migrator};
    let sql = sqlx::SqlSafeStr::into_sql_str(include_str!("../migrations/0001_start.sql"));
    let step = Migration::new(1, "start".into(), MigrationType::Simple, sql, false);
    Migrator::with_migrations(vec![step])
}

const OLD_ROWS: &str = r#"
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES (1, '魏都分局', 0, '"always"', '[]', 0, 1);
INSERT INTO offices (id, bureau_id, name, kind, position, active) VALUES (2, 1, '窗口', 'window', 0, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, roles, reviewer, position, active)
    VALUES (3, 1, 2, '王敏', 'helper', '[]', 0, 0, 1);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, created_at)
    VALUES (4, 'web', 'g1', '帮办群', 1, 'help', 'member', 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, message_id, text, media, first_helper,
    phase, state, due_at, asked_at, heard_at)
    VALUES (7, 2, 'web', 'v1', '张三', 4, 1, '11', '怎么办', '[]', 3, 'claimed',
    '{"Claimed":{"by":3,"at":1795399200000,"nudge":"none"}}', 1795400000000, 1795399100000, 1795399100000);
INSERT INTO duty_rows (bureau_id, position, body) VALUES (1, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[3]]');
INSERT INTO leaves (id, person_id, from_at, until_at) VALUES (9, 3, 1795399200000, 1795400000000);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES (8, 7, 1795399200000, 'claimed', 3, '');
"#;
const CITY: &str = "
city: 示例市
bureaus:
  - name: 市局
    city: true
    hours: always
    offices: [{name: 注册科, kind: window, helpers: [{name: 李强, mobile: '13900000012'}, {name: 周红}]}]
";

#[tokio::test]
async fn a_corrected_name_keeps_its_person_and_two_imports_do_not_overtake_each_other() {
    let read = |text: &str| {
        bangban::roster::read_str(text, std::path::Path::new("r.yaml"), &jiff::tz::TimeZone::UTC)
            .unwrap()
            .roster
    };
    for (db, _folder) in both().await {
        let before = setup::import_roster(&db, &read(CITY), NOW).await.unwrap();
        let person = before.people[0].id;
        let seen = db.read().await.unwrap().roster_version().await.unwrap();
        let with = setup::Takeover {
            by: None,
            seen: Some(seen),
            renamed: vec![(person, "李蔷".into())],
            handed_in: vec![(before.bureaus[0].id, (2, 0))],
            note: "+0 -0 ~1".into(),
        };
        let corrected = read(&CITY.replace("李强", "李蔷"));
        let after = setup::take_over(&db, &corrected, &with, NOW).await.unwrap();
        assert_eq!((after.people[0].id, after.people[0].name.as_str()), (person, "李蔷"));
        let late = setup::take_over(&db, &read(CITY), &with, NOW).await.unwrap_err();
        assert!(late.to_string().contains("名册刚被别人改过"), "{late}");
        let mut tx = db.begin().await.unwrap();
        // A name the bureau knows already is not given twice.
        tx.correct_name(person, "周红").await.unwrap();
        assert_eq!(tx.roster().await.unwrap().people[0].name, "李蔷");
        let handed_in = tx.submissions(before.bureaus[0].id).await.unwrap();
        assert_eq!(handed_in.iter().map(|one| one.helpers).collect::<Vec<_>>(), [2]);
        for _ in 0..60 {
            tx.add_submission(before.bureaus[0].id, NOW, (3, 1)).await.unwrap();
        }
        let kept = tx.submissions(before.bureaus[0].id).await.unwrap();
        assert_eq!((kept.len(), kept[0].at), (50, NOW.0));
    }
}

/// What goes out of a chat in this order, if each row arrives at once: two lanes, and in each one thing after another.
async fn leaves(db: &Db) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    loop {
        let mut tx = db.begin().await.unwrap();
        let heads = tx.outbox_heads(&["town"], NOW).await.unwrap();
        if heads.is_empty() {
            return all;
        }
        let words = heads.iter().map(|row| match &row.due {
            Due::Owed(Owed::Message { text, .. }) => text.words(),
            other => panic!("{other:?}"),
        });
        all.push(words.collect());
        for row in heads.iter() {
            tx.lease(row.id, "x", NOW).await.unwrap().unwrap();
            assert!(tx.mark_sent((row.id, "x"), Some("m"), NOW).await.unwrap());
        }
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn help_comes_last_and_what_is_said_of_a_question_keeps_its_order() {
    let place = Place::chat(&Channel::new("town"), "g");
    let [one, other] = [QuestionId(1), QuestionId(2)].map(Some);
    for (db, _folder) in both().await {
        let mut tx = db.begin().await.unwrap();
        let line = Role::Line;
        tx.owe_in((&place, Lane::Aside), None, line, &message("帮助"), NOW)
            .await
            .unwrap();
        tx.owe_in((&place, Lane::Aside), one, Role::Answer, &message("一答"), NOW)
            .await
            .unwrap();
        tx.owe(&place, other, Role::Answer, &message("二答"), NOW)
            .await
            .unwrap();
        tx.owe(&place, one, Role::Card, &message("一转人"), NOW).await.unwrap();
        tx.owe_in((&place, Lane::Aside), other, Role::Notice, &message("二已解决"), NOW)
            .await
            .unwrap();
        tx.owe(&place, None, line, &message("通知"), NOW).await.unwrap();
        tx.commit().await.unwrap();
        let left = leaves(&db).await;
        assert_eq!(
            left,
            ["二答", "二已解决", "通知", "帮助", "一答", "一转人"].map(|words| vec![words])
        );
    }
}
