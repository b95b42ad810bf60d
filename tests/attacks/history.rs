//! Who asks for all that was ever said gets the newest page.

use std::time::Duration;

use bangban::clock::Millis;
use bangban::domain::chat::order::Veil;
use bangban::domain::chat::rich::Rich;
use bangban::store::Db;
use bangban::store::rooms::{NewRoomMessage, RoomBody};
use tokio::io::AsyncReadExt as _;

use super::guest::{BEHIND_PROXY, Guest, help_room, socket};
use crate::support::program::Home;

/// A room in which a thousand things were said.
async fn fill(home: &Home, room: &str) {
    let file = home.path("data/bangban.db");
    let db = Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let now = bangban::clock::Clock::System.now();
    for at in 0..1_000 {
        let body = RoomBody {
            text: Rich::from(format!("第{at}句：{}", "话".repeat(300)).as_str()),
            ..RoomBody::default()
        };
        let new = NewRoomMessage {
            room,
            author: "v1",
            name: "小店",
            badge: "",
            body: &body,
            quote: None,
            outbox: None,
            once: None,
            veil: Veil::None,
            at: Millis(now.0),
        };
        tx.say_in_room(&new).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.close().await;
}

/// What a stream brings within a second.
async fn brings(guest: &Guest, home: &Home, path: &str) -> String {
    let mut stream = socket(&home.http, &format!("{}\r\n", guest.head("GET", path))).await;
    let mut read = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(2), stream.read_to_end(&mut read)).await;
    String::from_utf8_lossy(&read).into_owned()
}

#[tokio::test]
async fn a_page_that_missed_all_gets_the_newest() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    fill(&home, &room[1..].replace('/', ":")).await;
    let guest = Guest::from(&home, "203.0.113.7");
    for after in ["0", "-5", "20"] {
        let told = brings(&guest, &home, &format!("{room}/events?after={after}")).await;
        assert_eq!(told.matches("event: message").count(), 100, "after={after}");
        assert!(told.contains("event: anew") && told.contains("第999句") && !told.contains("第899句"));
    }
    // Who missed a few gets those.
    let told = brings(&guest, &home, &format!("{room}/events?after=990")).await;
    assert!((9..=10).contains(&told.matches("event: message").count()) && !told.contains("event: anew"));
    // Older ones come page by page, and not for ever.
    let mut statuses = Vec::new();
    for _ in 0..1_300 {
        let older = guest.http.head(format!("{}{room}/older?before=0", home.http));
        statuses.push(guest.request(older).send().await.unwrap().status().as_u16());
    }
    let read = statuses.iter().filter(|status| **status == 200).count();
    assert!((1_100..=1_200).contains(&read), "{read}");
}
