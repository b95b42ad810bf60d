//! What takes minutes: only with `./test --faults`. Each prints what it measured.

mod forged;
mod load;

use std::time::{Duration, Instant};

use bangban::domain::chat::message::{Channel, Place};
use bangban::domain::chat::owed::Owed;
use bangban::domain::chat::rich::Rich;
use bangban::domain::chat::role::Role;
use bangban::store::Db;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use super::database::{Asked, Far, answered, gone_for, locked_for};
use super::instances::signal;
use super::two::claims;
use super::{NOW, becomes, ready};
use crate::support::program::Home;
use crate::support::telegram_server::TelegramServer;
use crate::support::town::postgres_schema;
use crate::telegram::{ADMIN, GROUP, UNKNOWN, ZHANG, hears, town};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_claims_at_once_on_two_programs_one_wins_fifty_times_on_postgres() {
    claims(100, 50).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_locked_for_two_minutes_is_a_pause() {
    locked_for(Duration::from_secs(120)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_for_two_minutes_is_a_pause_on_postgres() {
    gone_for(Duration::from_secs(120)).await;
}

/// A firewall forgot every session, in the middle of what they did: nothing is closed, nothing arrives.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_a_firewall_forgot_are_noticed_within_a_minute_on_postgres() {
    let far = Far::new().await;
    far.works(0, 5).await;
    let mut asked: Vec<Asked> = (10..20).map(|asker| far.asks(asker)).collect();
    tokio::time::sleep(Duration::from_millis(30)).await;
    far.wire.forget();
    asked.extend((20..25).map(|asker| far.asks(asker)));
    let took = answered(&far.server, &asked, Duration::from_secs(90)).await;
    println!("all answered {took:?} after the sessions were forgotten");
    assert!(took < Duration::from_secs(60), "{took:?}");
    far.is_whole().await;
    // Also the one that listens to other programs: nothing is left hanging.
    far.works(30, 5).await;
}

/// Nothing arrives at all for a while, over new connections neither; that it is over is found out soon, whatever was just
/// being waited for.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_swallows_everything_is_a_pause_on_postgres() {
    let far = Far::new().await;
    far.works(0, 5).await;
    for (round, ms) in [60_000, 33_000, 36_500].into_iter().enumerate() {
        far.wire.swallow();
        let begun = Instant::now();
        let first = 10 + 100 * round as i64;
        let asked: Vec<Asked> = (first..first + 10).map(|asker| far.asks(asker)).collect();
        becomes(&far.home, 503, "cannot be").await;
        let told = begun.elapsed();
        assert!(told < Duration::from_secs(30), "{told:?}");
        tokio::time::sleep(Duration::from_millis(ms).saturating_sub(begun.elapsed())).await;
        assert!(!far.server.pending().is_empty(), "confirmed without being kept");
        far.wire.heal();
        let took = answered(&far.server, &asked, Duration::from_secs(90)).await;
        println!("told after {told:?}; all answered {took:?} after the line was back");
        assert!(took < Duration::from_secs(10), "{took:?}");
        becomes(&far.home, 200, "ok").await;
    }
    far.is_whole().await;
}

/// Each statement takes a second; nothing is put aside for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_database_loses_nothing_on_postgres() {
    let far = Far::new().await;
    far.works(0, 3).await;
    far.wire.slow(Duration::from_millis(500));
    let asked: Vec<Asked> = (10..14).map(|asker| far.asks(asker)).collect();
    tokio::time::sleep(Duration::from_secs(40)).await;
    far.wire.heal();
    let took = answered(&far.server, &asked, Duration::from_secs(60)).await;
    println!("all answered {took:?} after it was quick again");
    assert!(took < Duration::from_secs(10), "{took:?}");
    far.is_whole().await;
    let (status, said) = ready(&far.home).await;
    assert_eq!(status, 200, "{said}");
}

/// The same home, whose data folder is on a disk of 32 MB of its own.
fn on_a_small_disk(home: Home) -> Home {
    // A mount of its own namespace: nobody else sees it, and it ends with the program.
    let small = home.path("on-a-small-disk");
    let program = env!("CARGO_BIN_EXE_bangban");
    let script = format!(
        "#!/bin/sh\nexec unshare --mount --user --map-root-user sh -c '\
         cp -a data seed && mount -t tmpfs -o size=32m none data && cp -a seed/. data/ && exec {program} \"$@\"' sh \"$@\"\n"
    );
    std::fs::write(&small, script).unwrap();
    std::fs::set_permissions(&small, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    home.of(small)
}

/// The data folder on a disk of its own that becomes full, whatever keeps it full.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_a_pause_and_nothing_is_damaged() {
    let (server, home) = town().await;
    let home = on_a_small_disk(home);
    let program = home.serve().await;
    server.says(GROUP, ADMIN, "/bind 魏都分局");
    hears(&server, GROUP, "本群是魏都分局的帮办群").await;
    let data = home.path("data");
    let data = format!("/proc/{}/root{}", program.id(), data.display());
    let ballast = format!("{data}/ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while std::io::Write::write_all(&mut file, &[7; 4096]).is_ok() {}
    // What is left of the journal still takes some.
    let mut asked = Vec::new();
    let begun = Instant::now();
    while server.pending().len() < 3 {
        let asker = server.add_user(ZHANG + 100 + asked.len() as i64, "企业");
        asked.push(server.says(GROUP, asker, UNKNOWN));
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(begun.elapsed() < Duration::from_secs(60), "the disk is not full");
        while std::io::Write::write_all(&mut file, &[7; 512]).is_ok() {}
    }
    becomes(&home, 503, "cannot be written").await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert!(server.pending().len() >= 3, "confirmed without being kept");
    drop(file);
    std::fs::remove_file(&ballast).unwrap();
    let freed = Instant::now();
    let confirmed = |server: &TelegramServer| server.pending().is_empty().then_some(());
    server.wait_for(confirmed, Duration::from_secs(30)).await;
    println!(
        "taken in {:?} after there was room; {} asked",
        freed.elapsed(),
        asked.len()
    );
    assert!(freed.elapsed() < Duration::from_secs(10));
    becomes(&home, 200, "ok").await;
    for number in 1..=asked.len() {
        hears(&server, GROUP, &format!("Q{number} ")).await;
    }
    home.settled().await;
    // A copy, while nothing moves: SQLite would follow the path out of the other namespace.
    signal(&program, "STOP");
    for file in ["bangban.db", "bangban.db-wal"] {
        std::fs::copy(format!("{data}/{file}"), home.path(file)).unwrap();
    }
    let url = format!("sqlite:{}", home.path("bangban.db").display());
    let mut db = SqliteConnection::connect(&url).await.unwrap();
    let (sound,): (String,) = sqlx::query_as("PRAGMA integrity_check")
        .fetch_one(&mut db)
        .await
        .unwrap();
    assert_eq!(sound, "ok");
    let text = "SELECT COUNT(*) FROM inbox WHERE state = 'handled'";
    let (handled,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
    assert_eq!(handled as usize, asked.len() + 1);
    assert!(!home.log().contains("panicked"), "{}", home.log());
}

/// What two writers decide for the same chats leaves in that order, ten thousand times.
#[tokio::test]
async fn ten_thousand_messages_of_two_writers_leave_in_their_order_on_postgres() {
    const CHATS: usize = 20;
    const EACH: usize = 500;
    let url = postgres_schema().await;
    let pair = [Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap()];
    let begun = Instant::now();
    // Of one chat one after the other, as a lane is handled; of several beside each other.
    let chats = (0..CHATS).map(|chat| {
        let pair = pair.clone();
        tokio::spawn(async move {
            let place = Place::chat(&Channel::new("town"), &chat.to_string());
            for number in 0..EACH {
                // Their clocks are a minute apart, and their turns as they come.
                let other = (number * 7 + chat + number / 13) % 2;
                let now = if other == 1 {
                    NOW.plus(-60_000)
                } else {
                    NOW.plus(number as i64)
                };
                let mut tx = pair[other].begin().await.unwrap();
                let message = Owed::Message {
                    text: Rich::from(format!("第{number}句").as_str()),
                    buttons: vec![],
                    quote: None,
                    whom: None,
                    ask_contact: false,
                };
                tx.owe(&place, None, Role::Line, &message, now).await.unwrap();
                tx.commit().await.unwrap();
            }
        })
    });
    for chat in chats {
        chat.await.unwrap();
    }
    let mut db = PgConnection::connect(&url).await.unwrap();
    let text = "SELECT chat, body FROM outbox ORDER BY id";
    let rows: Vec<(String, String)> = sqlx::query_as(text).fetch_all(&mut db).await.unwrap();
    assert_eq!(rows.len(), CHATS * EACH);
    let mut next = [0_usize; CHATS];
    for (chat, body) in rows {
        let chat: usize = chat.parse().unwrap();
        let words = format!("第{}句", next[chat]);
        assert!(body.contains(&words), "{body} instead of {words} in {chat}");
        next[chat] += 1;
    }
    println!(
        "{} messages of two writers in {:?}, in order",
        CHATS * EACH,
        begun.elapsed()
    );
}
