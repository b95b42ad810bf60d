//! A browser that never comes back: after 180 days the visitor is forgotten, and whoever finds it later is nobody.

use bangban::domain::chat::access::VISITOR_IDLE_MS;
use bangban::domain::chat::message::{Account, Channel};
use bangban::store::accounts::Session;
use sqlx::Connection as _;

use super::guest::{BEHIND_PROXY, Guest, database, help_room};
use crate::support::program::Home;
use crate::support::town::{MERGER, Town};

const DAY_MS: i64 = 86_400_000;

fn web(id: &str) -> Account {
    Account {
        channel: Channel::new("web"),
        id: id.to_owned(),
    }
}

/// A visitor's browser comes for the first time.
async fn comes(town: &Town, id: &str) {
    let now = town.clock.now();
    let session = Session {
        account: id.to_owned(),
        nickname: format!("店{id}"),
        person: None,
        created_at: now,
        seen_at: now,
        from: String::new(),
    };
    let mut tx = town.db.begin().await.unwrap();
    tx.start_session(&format!("token {id}"), &session).await.unwrap();
    tx.open_private(&web(id), &format!("u:{id}"), now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Days go by and the program tidies up; who is still known, with a session and with a private chat.
async fn known_after(town: &Town, days: i64) -> Vec<(bool, bool)> {
    town.clock.advance(days * DAY_MS);
    town.desk.tidy().await.unwrap();
    let mut tx = town.db.read().await.unwrap();
    let mut known = Vec::new();
    for id in ["v1", "v2"] {
        let session = tx.session(&format!("token {id}")).await.unwrap();
        let private = tx.private_chat(&web(id)).await.unwrap();
        known.push((session.is_some(), private.is_some()));
    }
    known
}

async fn who_stays_away_is_forgotten(town: &Town) {
    assert_eq!(VISITOR_IDLE_MS, 180 * DAY_MS);
    comes(town, "v1").await;
    comes(town, "v2").await;
    assert_eq!(known_after(town, 100).await, [(true, true), (true, true)]);
    let mut tx = town.db.begin().await.unwrap();
    tx.touch_session("token v2", town.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(known_after(town, 79).await, [(true, true), (true, true)]);
    assert_eq!(known_after(town, 2).await, [(false, false), (true, true)]);
    assert_eq!(known_after(town, 100).await, [(false, false), (false, false)]);
}

#[tokio::test]
async fn a_visitor_who_stays_away_for_180_days_is_forgotten_on_sqlite() {
    Town::on_sqlite(who_stays_away_is_forgotten).await;
}

#[tokio::test]
async fn a_visitor_who_stays_away_for_180_days_is_forgotten_on_postgres() {
    Town::on_postgres(who_stays_away_is_forgotten).await;
}

/// The visitors' sessions of a running program are so many days older.
async fn rest(home: &Home, days: i64) -> u64 {
    let mut database = database(home).await;
    let older = "UPDATE sessions SET seen_at = seen_at - $1, created_at = created_at - $1 WHERE person_id IS NULL";
    let changed = sqlx::query(older).bind(days * DAY_MS).execute(&mut database).await;
    database.close().await.unwrap();
    changed.unwrap().rows_affected()
}

#[tokio::test]
async fn whoever_finds_an_old_browser_is_nobody_and_the_next_start_forgets_it() {
    let home = Home::new(BEHIND_PROXY);
    let running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.9", &room).await;
    assert_eq!(visitor.say("/me", MERGER).await, 200);
    home.settled().await;
    assert_eq!(rest(&home, 179).await, 1);
    assert!(visitor.get("/me").await.text().await.unwrap().contains("合并"));
    assert_eq!(rest(&home, 181).await, 1);
    let page = visitor.get("/me").await.text().await.unwrap();
    assert!(!page.contains("合并"), "{page}");
    assert_eq!(visitor.say("/me", MERGER).await, 401);
    assert_eq!(running.signal("TERM").await, Some(0));
    let running = home.serve().await;
    for _ in 0..200 {
        if rest(&home, 0).await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(rest(&home, 0).await, 0, "the row is gone");
    assert_eq!(running.signal("TERM").await, Some(0));
}
