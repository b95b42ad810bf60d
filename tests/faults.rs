//! What goes wrong around the program: disk, database, gateways, rows and clocks that are not as they should be. Each
//! fault is a true one, injected from outside.

mod clocks;
mod database;
mod instances;
mod long;
mod two;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use bangban::clock::{Clock, Millis};
use bangban::intake::{Failure, Handler, Intake};
use bangban::platform::SendError;
use bangban::store::inbox::{RawUpdate, Waiting};
use bangban::store::{Db, Tx};
use sqlx::{Connection as _, SqliteConnection};

use crate::conversation;
use crate::support::program::Home;
use crate::support::town::{MERGER, Town};

const NOW: Millis = Millis(1_795_399_200_000);

async fn database() -> (Db, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("faults.db").display());
    (Db::open(&url).await.unwrap(), url, folder)
}

async fn write(db: &Db, text: &str) -> bangban::store::Result<()> {
    let mut tx = db.begin().await?;
    tx.set_note("test", text).await?;
    tx.commit().await
}

/// One statement by hand.
async fn run(tx: &mut Tx, text: &'static str) {
    match tx {
        Tx::Sqlite(tx, _) => sqlx::query(text).execute(&mut **tx).await.map(drop).unwrap(),
        Tx::Postgres(tx, _) => sqlx::query(text).execute(&mut **tx).await.map(drop).unwrap(),
    }
}

async fn by_hand(db: &Db, text: &'static str) {
    let mut tx = db.begin().await.unwrap();
    run(&mut tx, text).await;
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn one_write_that_failed_does_not_end_all_writing() {
    let (db, _, _folder) = database().await;
    write(&db, "before").await.unwrap();
    // The disk is full: SQLite ends the transaction by itself.
    let mut tx = db.begin().await.unwrap();
    run(&mut tx, "PRAGMA max_page_count = 1").await;
    let full = tx.set_note("test", &"满".repeat(1 << 20)).await.unwrap_err();
    assert!(full.is_outage(), "{full:?}");
    drop(tx);
    write(&db, "after").await.unwrap();
    // The same from a trigger, as any error that undoes everything.
    let mut tx = db.begin().await.unwrap();
    run(
        &mut tx,
        "CREATE TRIGGER broken BEFORE UPDATE ON notes WHEN NEW.text = 'broken' BEGIN SELECT RAISE(ROLLBACK, 'i/o'); END",
    )
    .await;
    tx.commit().await.unwrap();
    for _ in 0..3 {
        write(&db, "broken").await.unwrap_err();
        write(&db, "again").await.unwrap();
    }
    assert_eq!(
        db.read().await.unwrap().note("test").await.unwrap().as_deref(),
        Some("again")
    );
}

async fn ready(home: &Home) -> (u16, String) {
    let answer = reqwest::get(format!("{}/readyz", home.monitor)).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Waits until readiness says this.
async fn becomes(home: &Home, status: u16, words: &str) {
    let said = async {
        loop {
            let (now, said) = ready(home).await;
            if now == status && said.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let patience = Duration::from_secs(30);
    if tokio::time::timeout(patience, said).await.is_err() {
        panic!("{:?} instead of {status} {words}\n{}", ready(home).await, home.log());
    }
}

#[tokio::test]
async fn ready_means_that_a_write_was_tried() {
    let home = Home::new("");
    let _program = home.serve().await;
    becomes(&home, 200, "ok").await;
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    becomes(&home, 503, "cannot be written").await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    becomes(&home, 200, "ok").await;
}

conversation!(one_row_that_cannot_be_read_stops_no_other, async |town: &Town| {
    let (group, other) = (town.help_group("魏都分局").await, town.help_group("禹州市局").await);
    let keeper = town.reachable("周红").await;
    let later = SendError::NotSent {
        reason: "429".into(),
        retry_after_ms: Some(20_000),
    };
    town.next_send_fails(&group, later);
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    by_hand(
        &town.db,
        "UPDATE outbox SET body = '{\"Sealed\":7}' WHERE state = 'waiting'",
    )
    .await;
    town.asker("李四").says(&other, "简易注销要公示几天？").await;
    other.hears(town, "公示 20 天");
    town.seconds_pass(21).await;
    keeper
        .private()
        .hears(town, "Q1 有一条消息没能确认送到“魏都分局帮办群”");

    town.asker("王五").says(&group, MERGER).await;
    by_hand(&town.db, "UPDATE questions SET state = '{\"Lost\":{}}' WHERE id = 3").await;
    town.asker("赵六").says(&other, MERGER).await;
    town.seconds_pass(5).await;
    other.hears(town, "Q4 ");
    keeper.private().hears(town, "Q3 的记录读不出来");
    town.asker("王五").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    let aside = town.db.read().await.unwrap().aside_since(Millis(0)).await.unwrap();
    assert_eq!((aside.inbox, aside.outbox, aside.questions), (0, 1, 1));
});

// The words of a message were erased while a change to it was on its way.
conversation!(a_change_to_erased_words_stops_no_other, async |town: &Town| {
    let (group, other) = (town.help_group("魏都分局").await, town.help_group("禹州市局").await);
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    by_hand(&town.db, "UPDATE outbox SET body = '{}', message_id = NULL").await;
    by_hand(
        &town.db,
        "INSERT INTO outbox (id, channel, chat, lane, role, body, changes, state, attempts, again, told, not_before, created_at)
         SELECT id + 1, channel, chat, lane, 'buttons', '{\"Buttons\":{\"message\":\"\",\"buttons\":[]}}', id, 'waiting', 0, 0, 0, 0, 0
         FROM outbox",
    )
    .await;
    town.asker("李四").says(&other, "简易注销要公示几天？").await;
    other.hears(town, "公示 20 天");
});

fn handler<F>(handle: impl Fn(Waiting) -> F + Send + Sync + 'static) -> Handler
where
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    Arc::new(move |waiting| Box::pin(handle(waiting)))
}

/// One update that waits to be handled.
async fn take_one(db: &Db) {
    let update = RawUpdate {
        natural_key: "k".into(),
        lane: "l".into(),
        raw: "{}".into(),
    };
    let mut tx = db.begin().await.unwrap();
    tx.take_in("town", &update, NOW).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// An intake of little patience takes it up.
async fn hand_one(db: &Db, handler: Handler) {
    let intake = Intake::new(db.clone(), Clock::fixed(NOW), handler).with_patience(Duration::from_millis(100));
    assert_eq!(intake.resume("town").await.unwrap(), 1);
}

/// Waits until so many updates wait and so many are aside.
async fn inbox_is(db: &Db, counts: (i64, i64)) {
    while db.read().await.unwrap().inbox_counts().await.unwrap() != counts {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_database_never_counts_against_a_message() {
    let (db, url, _folder) = database().await;
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    let writes = db.clone();
    let marks = handler(move |waiting: Waiting| {
        let db = writes.clone();
        async move {
            let done = async {
                let mut tx = db.begin().await?;
                tx.mark_handled(waiting.id, NOW).await?;
                tx.commit().await
            };
            done.await.map_err(|error| match error.is_outage() {
                true => Failure::Outage(error.into()),
                false => Failure::Update(error.into()),
            })
        }
    });
    take_one(&db).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    hand_one(&db, marks).await;
    let many_tries = Duration::from_secs(4);
    let aside = tokio::time::timeout(many_tries, inbox_is(&db, (0, 1))).await;
    assert!(aside.is_err(), "put aside while the database was slow");
    assert_eq!(db.read().await.unwrap().waiting(0, 9).await.unwrap()[0].attempts, 0);
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let soon = Duration::from_secs(20);
    tokio::time::timeout(soon, inbox_is(&db, (0, 0))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_takes_for_ever_by_itself_is_put_aside() {
    let works = handler(|_| async {
        loop {
            let begun = std::time::Instant::now();
            while begun.elapsed() < Duration::from_millis(5) {}
            tokio::task::yield_now().await;
        }
    });
    let waits = handler(|_| std::future::pending());
    for endless in [works, waits] {
        let (db, _, _folder) = database().await;
        take_one(&db).await;
        hand_one(&db, endless).await;
        let soon = Duration::from_secs(20);
        tokio::time::timeout(soon, inbox_is(&db, (0, 1))).await.unwrap();
    }
}

#[tokio::test]
async fn a_broken_calendar_blocks_neither_imports_nor_the_next_start() {
    let home = Home::new("");
    let program = home.serve().await;
    let file = home.path("data/calendar/2027.yaml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "year: 2027\nsource: 示例\nholidays: [01-01]\nmakeup: []\n").unwrap();
    let took_up = async {
        while !home.log().contains("calendar taken up") {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), took_up).await.unwrap();
    std::fs::write(&file, "year: 2027\nsource: 示例\nholidays: [13-01]\nmakeup: []\n").unwrap();
    becomes(&home, 200, "2027.yaml:3:12").await;
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/town.yaml");
    let (code, said) = home.says(&["roster", "import", &list.display().to_string()]);
    assert_eq!(code, 0, "{said}");
    let imported = async {
        while !home.log().contains("roster taken up") {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), imported).await.unwrap();
    program.kill();
    let _program = home.serve().await;
    becomes(&home, 200, "2027.yaml:3:12").await;
    let (code, said) = home.says(&["check"]);
    assert!(code == 1 && said.contains("2027.yaml:3:12"), "{said}");
}

conversation!(what_is_answered_a_day_late_says_so_in_one_line, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.messages_are_late(23);
    let late = "（迟复：您11月22日 11:00发的消息刚刚收到）\n";
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    let answer = group.hears(town, "公示 20 天");
    assert_eq!(answer.text.matches("迟复").count(), 1);
    assert!(answer.text.contains(late), "{}", answer.text);
    town.asker("李四").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let card = group.hears(town, "请 王敏");
    assert!(card.text.contains(late), "{}", card.text);
    town.minutes_pass(3).await;
    assert!(!group.hears(town, "Q2 还没人认领").text.contains("迟复"));
    town.messages_are_late(0);
    town.asker("王五").says(&group, "简易注销要公示几天？").await;
    assert!(!group.hears(town, "公示 20 天").text.contains("迟复"));
});

/// A number somebody typed is masked when it is handled; on a quiet server it is nowhere on the disk half a minute later.
#[tokio::test]
async fn a_raw_number_leaves_the_disk_within_a_minute() {
    const NUMBER: &str = "411002199001011237";
    Town::on_sqlite(async |town| {
        let file = std::path::PathBuf::from(town.url.strip_prefix("sqlite:").unwrap());
        let lies_in = || {
            let parts = ["", "-wal"].map(|end| std::fs::read(format!("{}{end}", file.display())).unwrap_or_default());
            parts.map(|bytes| bytes.windows(NUMBER.len()).any(|part| part == NUMBER.as_bytes()))
        };
        let group = town.help_group("魏都分局").await;
        let words = format!("我的身份证{NUMBER}，{MERGER}");
        town.raw_is(&words);
        town.asker("张三").says(&group, &words).await;
        assert_ne!(lies_in(), [false, false], "it was written down before it was handled");
        town.seconds_pass(30).await;
        assert_eq!(lies_in(), [false, false]);
        town.all_was_heard();
    })
    .await;
}
