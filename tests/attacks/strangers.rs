//! What strangers may not see, and how long somebody stays who they say they are.

use std::time::Duration;

use serde_json::json;
use sqlx::Connection as _;
use tokio::io::AsyncReadExt as _;

use super::guest::{BEHIND_PROXY, Guest, cookie, database, help_room, link, socket};
use crate::support::program::{Home, says};

#[tokio::test]
async fn figures_are_not_for_visitors() {
    let home = Home::new("").with("BANGBAN_MONITOR_TOKEN", "s3cret-of-the-watcher");
    let _running = home.serve().await;
    let http = reqwest::Client::new();
    for path in ["/metrics", "/readyz"] {
        let ask = async |token: &str| {
            let request = http.get(format!("{}{path}", home.http)).bearer_auth(token);
            request.send().await.unwrap()
        };
        let refused = http.get(format!("{}{path}", home.http)).send().await.unwrap();
        assert_eq!(refused.status(), 401);
        assert_eq!(ask("s3cret-of-the-watche").await.status(), 401);
        assert_eq!(ask("s3cret-of-the-watcher").await.status(), 200);
        let own = http.get(format!("{}{path}", home.monitor)).send().await.unwrap();
        for answer in [refused, own, ask("").await] {
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
            assert!(answer.headers().contains_key("content-security-policy"), "{path}");
        }
    }
    let closed = Home::new("");
    let _running = closed.serve().await;
    for path in ["/metrics", "/readyz"] {
        assert_eq!(
            http.get(format!("{}{path}", closed.http))
                .send()
                .await
                .unwrap()
                .status(),
            404
        );
    }
    let alive = http.get(format!("{}/healthz", closed.http)).send().await.unwrap();
    assert_eq!(alive.headers()["x-frame-options"], "DENY");
}

#[tokio::test]
async fn another_sites_name_is_not_answered() {
    let home = Home::new(&format!("public_url = \"https://help.example.cn\"\n{BEHIND_PROXY}"));
    let _running = home.serve().await;
    let http = reqwest::Client::new();
    for (host, status) in [
        ("help.example.cn", 200),
        ("bad.example.cn", 421),
        ("help.example.cn.bad.cn", 421),
    ] {
        let answer = http.get(&home.http).header("host", host).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{host}");
    }
}

#[tokio::test]
async fn over_https_no_neighbour_slips_in_a_cookie() {
    let home = Home::new(&format!("public_url = \"https://help.example.cn\"\n{BEHIND_PROXY}"));
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let mut visitor = Guest::from(&home, "203.0.113.7");
    visitor.url = home.http.clone();
    let named = visitor
        .http
        .post(format!("{}{room}/name", home.http))
        .header("origin", "https://help.example.cn")
        .json(&json!({ "nickname": "南关小店" }));
    let named = named.send().await.unwrap();
    let set = named.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        set.starts_with("__Host-bangban_visitor=") && set.contains("Secure") && set.contains("Path=/"),
        "{set}"
    );
    assert!(!set.contains("Domain"), "{set}");
    // The same token under the name that a neighbouring site could set is nobody's.
    let token = cookie(named.headers()).split('=').nth(1).unwrap().to_owned();
    for (name, status) in [("bangban_visitor", 401), ("__Host-bangban_visitor", 200)] {
        let said = visitor
            .http
            .post(format!("{}{room}/say", home.http))
            .header("origin", "https://help.example.cn")
            .header("cookie", format!("{name}={token}"))
            .json(&json!({ "text": "大家好" }));
        assert_eq!(said.send().await.unwrap().status().as_u16(), status, "{name}");
    }
}

/// Moves a session's last use into the past.
async fn rest(home: &Home, minutes: i64) {
    let mut database = database(home).await;
    sqlx::query("UPDATE sessions SET seen_at = seen_at - $1 WHERE person_id IS NOT NULL")
        .bind(minutes * 60_000)
        .execute(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_stands_open_does_not_keep_staff_signed_in() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = format!("/staff{}", help_room(&home).await);
    let staff = Guest::staff(&home, "张晓明").await;
    let mut stream = socket(
        &home.http,
        &format!("{}\r\n", staff.head("GET", &format!("{room}/events"))),
    )
    .await;
    // The stream looks every four seconds; it says that the end is near, and does not put it off.
    rest(&home, 26).await;
    let mut told = String::new();
    let mut piece = [0; 4096];
    while !told.contains("event: idle") {
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut piece)).await;
        let read = read.expect("it is said that the session ends soon").unwrap();
        told.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
    // Who moves stays.
    assert_eq!(staff.post(&format!("{room}/awake"), json!({})).await.status(), 200);
    rest(&home, 26).await;
    assert_eq!(staff.get(&room).await.status(), 200);
    rest(&home, 5).await;
    while !told.contains("event: gone") {
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut piece)).await;
        let read = read.expect("the page is ended").unwrap();
        told.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
    assert_eq!(staff.get(&room).await.status(), 401);
}

#[tokio::test]
async fn a_link_lasts_a_quarter_of_an_hour_and_a_new_one_ends_it() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let said = says(
        &home,
        &["link", "张晓明"],
        0,
        &["一次有效", "为止", "以前给的链接从现在起失效"],
    );
    assert!(said.contains("月") && said.contains(':'), "{said}");
    let at = said.find("/in/").unwrap();
    let old = said[at..].split_whitespace().next().unwrap().to_owned();
    let new = link(&home, "张晓明");
    let somebody = Guest::from(&home, "10.9.9.9");
    assert_eq!(somebody.get(&old).await.status(), 410);
    assert_eq!(somebody.post(&old, json!({})).await.status(), 410);
    let mut database = database(&home).await;
    let until: i64 = sqlx::query_scalar("SELECT MAX(expires_at) FROM invitations")
        .fetch_one(&mut database)
        .await
        .unwrap();
    let left = until - bangban::clock::Clock::System.now().0;
    assert!((14 * 60_000..=15 * 60_000).contains(&left), "{left}");
    database.close().await.unwrap();
    assert_eq!(somebody.post(&new, json!({})).await.status(), 303);
}

#[tokio::test]
async fn who_came_who_failed_and_who_left_is_written_down() {
    let home = Home::new(BEHIND_PROXY).with("USER", "op");
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let staff = Guest::staff(&home, "张晓明").await;
    let thief = Guest::from(&home, "203.0.113.66");
    thief.post("/in/00112233445566778899aabbccddeeff", json!({})).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let press = json!({ "token": "0f3c9a5e7d21b480", "message": 1 });
    assert_eq!(visitor.post(&format!("{room}/press"), press).await.status(), 202);
    assert_eq!(staff.post("/out", json!({})).await.status(), 303);
    says(&home, &["roster", "export", "--to", "whole.yaml"], 0, &[]);
    home.settled().await;
    let figures = home.figures().await;
    for done in ["sign_in", "sign_in_failed", "sign_out", "refused", "roster_exported"] {
        assert!(
            figures.contains(&format!("bangban_audited{{state=\"{done}\"}} 1\n")),
            "{done}\n{figures}"
        );
    }
    let mut database = database(&home).await;
    let rows: Vec<(String, String, String, Option<i64>)> =
        sqlx::query_as("SELECT action, object, note, person_id FROM audit ORDER BY seq")
            .fetch_all(&mut database)
            .await
            .unwrap();
    let row = |action: &str| rows.iter().find(|row| row.0 == action).unwrap();
    assert!(
        row("sign_in").3.is_some() && row("sign_out").3 == row("sign_in").3,
        "{rows:?}"
    );
    assert_eq!(row("sign_in_failed").2, "from 203.0.113.66");
    assert!(row("refused").2.starts_with("unknown button, account "), "{rows:?}");
    assert_eq!((&*row("roster_exported").1, &*row("roster_exported").2), ("all", "op"));
    let token = visitor.cookie.split('=').nth(1).unwrap();
    let written = format!("{rows:?}");
    assert!(!written.contains(token) && !written.contains("00112233") && !written.contains("0f3c9a5e7d21b480"));
    database.close().await.unwrap();
    says(&home, &["audit", "verify"], 0, &[]);
}
