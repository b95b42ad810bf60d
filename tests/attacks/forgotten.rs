//! After /forget nothing of a person is left: no word, no name, no picture, in no file and no column.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use bangban::store::Db;
use bangban::store::erase::COLUMNS;
use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::guest::{BEHIND_PROXY, Guest, cookie, help_room};
use super::pictures;
use crate::support::kept;
use crate::support::program::{Home, Running};
use crate::support::town::postgres_schema;

/// Sentences and a name that nothing else says.
const NAME: &str = "青石板豆腐坊";
const ASKED: &str = "石磨豆腐坊想挂靠在祠堂里卖豆腐，请问要先去哪儿登记？";
const MORE: &str = "祠堂的门牌是槐树巷尾那家，补充一下";

#[tokio::test]
async fn what_every_text_that_is_kept_holds_is_known() {
    let data = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", data.path().join("town.db").display());
    drop(Db::open(&url).await.unwrap());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let rows = sqlx::query(
        "SELECT m.name AS of_table, c.name AS of_column FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND UPPER(c.type) = 'TEXT'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let there: BTreeSet<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let named = COLUMNS.iter().flat_map(|(table, _, columns)| {
        let column = |column: &&str| ((*table).to_owned(), (*column).to_owned());
        columns.iter().map(column).collect::<Vec<_>>()
    });
    let count = named.clone().count();
    let named: BTreeSet<(String, String)> = named.collect();
    assert_eq!(named, there);
    assert_eq!(count, named.len(), "none is named twice");
}

/// The room as somebody else sees it.
async fn shown(other: &Guest, room: &str) -> String {
    other.get(room).await.text().await.unwrap()
}

/// Waits until a page or an answer is as it should be.
async fn in_time(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Somebody asks, shows a picture, and has it all forgotten; gives the bytes of the picture as they were kept.
async fn asks_and_is_forgotten(home: &Home) -> Vec<u8> {
    let room = help_room(home).await;
    let mut guest = Guest::from(home, "203.0.113.9");
    let named = guest
        .post(&format!("{room}/name"), serde_json::json!({ "nickname": NAME }))
        .await;
    assert_eq!(named.status(), 200);
    guest.cookie = cookie(named.headers());
    let other = Guest::named(home, "203.0.113.10", &room).await;
    assert_eq!(guest.say(&room, ASKED).await, 200);
    assert_eq!(guest.picture(&room, pictures::noise(24, 24)).await.status(), 200);
    assert_eq!(guest.say(&room, MORE).await, 200);
    home.settled().await;
    let page = shown(&other, &room).await;
    assert!(page.contains(NAME) && page.contains("祠堂里卖豆腐"), "{page}");
    let picture = kept::files(&home.path("data/media"));
    assert!(picture.len() > 500);
    let mine = shown(&guest, &room).await;
    let media = mine.split("/media/").nth(1).unwrap().split('"').next().unwrap();
    let media = format!("/media/{media}");
    assert_eq!(guest.get(&media).await.status(), 200);
    assert_eq!(guest.say(&room, "不用了").await, 200);
    home.settled().await;
    assert_eq!(guest.say("/me", "/forget 确认").await, 200);
    home.settled().await;
    in_time("the room forgets", async || {
        let page = shown(&other, &room).await;
        !page.contains(NAME) && !page.contains("祠堂") && !page.contains("不用了")
    })
    .await;
    assert_eq!(guest.get(&media).await.status(), 404);
    in_time("the picture leaves the disk", async || {
        kept::files(&home.path("data/media")).is_empty()
    })
    .await;
    picture
}

fn nothing_is_left(kept: &[u8], picture: &[u8]) {
    for words in [NAME, "祠堂", "槐树巷", "豆腐坊"] {
        assert!(!kept::holds(kept, words.as_bytes()), "{words} is kept");
    }
    assert!(!kept::holds(kept, &picture[100..164]));
    assert!(
        kept::holds(kept, "魏都分局".as_bytes()),
        "what was looked at is what is kept"
    );
}

async fn stopped(running: Running) {
    assert_eq!(running.signal("TERM").await, Some(0));
}

#[tokio::test]
async fn nothing_is_left_of_who_is_forgotten_in_the_data_folder() {
    let home = Home::new(BEHIND_PROXY);
    let running = home.serve().await;
    let picture = asks_and_is_forgotten(&home).await;
    stopped(running).await;
    nothing_is_left(&kept::files(&home.path("data")), &picture);
}

#[tokio::test]
async fn nothing_is_left_of_who_is_forgotten_on_postgres() {
    let url = postgres_schema().await;
    let home = Home::new(BEHIND_PROXY).with("DATABASE_URL", &url);
    let running = home.serve().await;
    let picture = asks_and_is_forgotten(&home).await;
    stopped(running).await;
    nothing_is_left(&kept::everything(&url).await, &picture);
    let files = kept::files(&home.path("data"));
    assert!(!kept::holds(&files, NAME.as_bytes()) && !kept::holds(&files, "祠堂".as_bytes()));
}
