//! Who takes their time: slow heads and bodies, silent sockets, readers that do not read, uploads that stop half way.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::io::AsyncReadExt as _;

use super::guest::{BEHIND_PROXY, Guest, closed_within, help_room, link, socket};
use super::pictures;
use crate::support::program::{Home, Running};

/// Memory stays within this of what it was, whatever strangers do.
const FLAT_MIB: f64 = 64.0;

/// Runs the program once on everything that is attacked, so that what it keeps for good is there before it is measured.
async fn warm(home: &Home, room: &str) -> Guest {
    let visitor = Guest::named(home, "203.0.113.1", room).await;
    for page in ["/", "/faq", room] {
        visitor.get(page).await.text().await.unwrap();
    }
    visitor
}

async fn steady(running: &Running) -> f64 {
    tokio::time::sleep(Duration::from_millis(500)).await;
    running.resident_mib()
}

#[tokio::test]
async fn silent_sockets_keep_nobody_out() {
    let (home, _running) = Home::new(BEHIND_PROXY).serve_with_files(256).await;
    let room = help_room(&home).await;
    let staff = Guest::staff(&home, "张晓明").await;
    let silent = join_all((0..300).map(|_| socket(&home.http, ""))).await;
    let begun = Instant::now();
    for _ in 0..20 {
        assert_eq!(Guest::from(&home, "203.0.113.1").get(&room).await.status(), 200);
        let fresh = Guest {
            http: reqwest::Client::new(),
            ..Guest::from(&home, "10.9.9.9")
        };
        let page = Guest {
            cookie: staff.cookie.clone(),
            ..fresh
        }
        .get("/staff/me")
        .await;
        assert_eq!(page.status(), 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let figures = home.figures().await;
    assert!(figures.contains("state=\"sent_away\""), "{figures}");
    drop(silent);
}

#[tokio::test]
async fn a_house_full_of_visitors_has_room_for_staff() {
    let home = Home::new(&format!("{BEHIND_PROXY}connections = 40\n"));
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let staff = Guest::staff(&home, "张晓明").await;
    let good = link(&home, "李强");
    let mut streams = Vec::new();
    for at in 0..60 {
        let guest = Guest::from(&home, &format!("203.0.113.{at}"));
        let head = guest.head("GET", &format!("{room}/events"));
        streams.push(socket(&home.http, &format!("{head}\r\n")).await);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let visitor = Guest::from(&home, "198.51.100.1").get(&room).await;
    assert_eq!(visitor.status(), 503);
    assert_eq!(visitor.headers()["retry-after"], "60");
    assert!(visitor.text().await.unwrap().contains("请过一会儿再试"));
    let fresh = Guest {
        cookie: staff.cookie.clone(),
        ..Guest::from(&home, "10.9.9.9")
    };
    assert_eq!(fresh.get("/staff/me").await.status(), 200);
    // Who has a link comes in too, and who has none does not by saying so.
    let new = Guest::from(&home, "198.51.100.1");
    for path in ["/in", "/assets/signin.js"] {
        assert_eq!(new.get(path).await.status(), 200, "{path}");
    }
    assert_eq!(new.enter(&"0".repeat(32)).await.status(), 503);
    assert_eq!(new.bring("/in/who", &good).await.status(), 200);
    assert_eq!(new.enter(&good).await.status(), 200);
    drop(streams);
}

#[tokio::test]
async fn bodies_that_never_end_are_let_go() {
    let home = Home::new(BEHIND_PROXY);
    let running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = warm(&home, &room).await;
    let before = steady(&running).await;
    let begun = Instant::now();
    let body = format!(
        "{}Content-Type: application/json\r\nContent-Length: 30000\r\n\r\n{{\"text\":\"",
        visitor.head("POST", &format!("{room}/say"))
    );
    let mut bodies = join_all((0..90).map(|_| socket(&home.http, &body))).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let other = Guest::named(&home, "203.0.113.2", &room).await;
    assert_eq!(other.say(&room, "大家好").await, 200);
    let answers = join_all(
        bodies
            .iter_mut()
            .map(|body| closed_within(body, Duration::from_secs(30))),
    )
    .await;
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
    let late = answers
        .iter()
        .flatten()
        .filter(|answer| answer.starts_with("HTTP/1.1 408"))
        .count();
    let many = answers
        .iter()
        .flatten()
        .filter(|answer| answer.starts_with("HTTP/1.1 429"))
        .count();
    assert_eq!((late + many, answers.len()), (90, 90), "{answers:?}");
    assert!(late >= 25, "{late} were waited for");
    assert!(steady(&running).await < before + FLAT_MIB);
}

#[tokio::test]
async fn a_head_that_never_ends_is_let_go() {
    let home = Home::new("");
    let running = home.serve().await;
    let before = steady(&running).await;
    let begun = Instant::now();
    let mut heads = join_all((0..200).map(|_| socket(&home.http, "GET / HTTP/1.1\r\nHost: x\r\nX-A: "))).await;
    let ends = join_all(
        heads
            .iter_mut()
            .map(|head| closed_within(head, Duration::from_secs(30))),
    )
    .await;
    assert!(ends.iter().all(Option::is_some));
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
    assert!(steady(&running).await < before + FLAT_MIB);
}

#[tokio::test]
async fn readers_that_do_not_read_take_no_memory_and_are_let_go() {
    let home = Home::new(&format!("{BEHIND_PROXY}pictures = \"all\"\n"));
    let running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = warm(&home, &room).await;
    let sent = visitor.picture(&room, pictures::noise(1_250, 1_250)).await;
    assert_eq!(sent.status(), 200, "{}", sent.text().await.unwrap());
    let page = visitor.get(&room).await.text().await.unwrap();
    let at = page.find("/media/").unwrap();
    let media = page[at..].split('"').next().unwrap().to_owned();
    let whole = visitor.get(&media).await.bytes().await.unwrap().len();
    assert!(whole > 4_000_000, "{whole}");
    let before = steady(&running).await;
    let mut readers = Vec::new();
    for at in 0..200 {
        let mut reader = Guest::from(&home, &format!("203.0.113.{}", at % 100));
        reader.cookie = visitor.cookie.clone();
        let head = reader.head("GET", &media);
        readers.push(socket(&home.http, &format!("{head}\r\n")).await);
    }
    // From here on the last of them reads nothing too.
    let begun = Instant::now();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let during = running.resident_mib();
    println!("200 readers of {whole} bytes: {before:.0} MiB before, {during:.0} MiB during");
    assert!(during < before + FLAT_MIB, "{before} {during}");
    assert_eq!(visitor.get(&room).await.status(), 200);
    // Who reads nothing for half a minute is let go: the rest of the picture never comes.
    tokio::time::sleep(Duration::from_secs(45).saturating_sub(begun.elapsed())).await;
    let ends = readers.iter_mut().map(async |reader| {
        let (mut read, mut piece) = (0, vec![0; 1 << 16]);
        while let Ok(more @ 1..) = reader.read(&mut piece).await {
            read += more;
        }
        read
    });
    let read = tokio::time::timeout(Duration::from_secs(20), join_all(ends))
        .await
        .unwrap();
    assert!(read.iter().all(|read| *read < whole), "{read:?}");
}

#[tokio::test]
async fn half_uploads_take_no_memory_and_keep_nobody_from_speaking() {
    let home = Home::new(BEHIND_PROXY);
    let running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = warm(&home, &room).await;
    let before = steady(&running).await;
    let half = "x".repeat(2_500_000);
    let mut uploads = Vec::new();
    for at in 0..100 {
        let guest = Guest::named(&home, &format!("203.0.113.{}", at + 2), &room).await;
        let head = format!(
            "{}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n\
             --b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\r\n",
            guest.head("POST", &format!("{room}/picture"))
        );
        let half = &half;
        let url = home.http.clone();
        uploads.push(async move {
            let mut upload = socket(&url, &head).await;
            // What is refused is closed while it is written.
            let _ = tokio::io::AsyncWriteExt::write_all(&mut upload, half.as_bytes()).await;
            upload
        });
    }
    let mut uploads = join_all(uploads).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let during = running.resident_mib();
    println!("100 half uploads: {before:.0} MiB before, {during:.0} MiB during");
    assert!(during < before + FLAT_MIB, "{before} {during}");
    assert_eq!(visitor.say(&room, "大家好").await, 200);
    let ends = join_all(
        uploads
            .iter_mut()
            .map(|upload| closed_within(upload, Duration::from_secs(30))),
    )
    .await;
    assert!(ends.iter().all(Option::is_some), "each ends");
    let left = std::fs::read_dir(home.path("data/media")).unwrap().count();
    assert_eq!(left, 0, "nothing half is kept");
}

#[tokio::test]
async fn one_account_and_one_address_open_so_many_streams() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.1", &room).await;
    let stream = async |guest: &Guest| {
        let head = guest.head("GET", &format!("{room}/events"));
        let mut socket = socket(&home.http, &format!("{head}\r\n")).await;
        let mut status = [0; 12];
        socket.read_exact(&mut status).await.unwrap();
        (String::from_utf8_lossy(&status[9..]).into_owned(), socket)
    };
    let mut open = Vec::new();
    for at in 0..20 {
        let (status, socket) = stream(&visitor).await;
        assert_eq!(status, if at < 8 { "200" } else { "429" }, "{at}");
        open.push(socket);
    }
    let mut statuses = Vec::new();
    for _ in 0..120 {
        let (status, socket) = stream(&Guest::from(&home, "203.0.113.2")).await;
        statuses.push(status);
        open.push(socket);
    }
    assert_eq!(statuses.iter().filter(|status| *status == "200").count(), 80);
}
