//! What strangers may not see, and how long somebody stays who they say they are.

use std::time::Duration;

use serde_json::json;
use sqlx::Connection as _;
use tokio::io::AsyncReadExt as _;

use super::guest::{BEHIND_PROXY, Guest, cookie, database, help_room, link, secret_in, socket};
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
    for path in ["/", "/assets/style.css", "/in", "/wechat", "/none"] {
        let answer = visitor.get(path).await;
        assert_eq!(
            answer.headers()["strict-transport-security"],
            "max-age=31536000",
            "{path}"
        );
    }
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

/// Moves the last use of staff's sessions into the past.
async fn rest(home: &Home, minutes: i64) {
    change(
        home,
        "UPDATE sessions SET seen_at = seen_at - $1 WHERE person_id IS NOT NULL",
        minutes,
    )
    .await;
}

/// Changes the database by so many minutes, as a clock that is set does.
async fn change(home: &Home, text: &'static str, minutes: i64) {
    let mut database = database(home).await;
    let changed = sqlx::query(text).bind(minutes * 60_000).execute(&mut database).await;
    assert!(changed.unwrap().rows_affected() > 0);
    database.close().await.unwrap();
}

#[tokio::test]
async fn who_is_busy_all_day_signs_in_anew_after_twelve_hours() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let staff = Guest::staff(&home, "张晓明").await;
    let older = "UPDATE sessions SET created_at = created_at - $1";
    change(&home, older, 11 * 60 + 59).await;
    assert_eq!(staff.get("/staff/me").await.status(), 200);
    change(&home, older, 1).await;
    let over = staff.get("/staff/me").await;
    assert_eq!(over.status(), 401);
    assert_eq!(over.headers()["clear-site-data"], "\"cache\"");
}

#[tokio::test]
async fn a_clock_set_back_makes_nothing_last_longer() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let staff = Guest::staff(&home, "张晓明").await;
    let good = link(&home, "李强");
    let later = "UPDATE sessions SET seen_at = seen_at + $1";
    // A clock is put right by a little now and then.
    change(&home, later, 1).await;
    assert_eq!(staff.get("/staff/me").await.status(), 200);
    change(&home, later, 1).await;
    assert_eq!(staff.get("/staff/me").await.status(), 401);
    change(
        &home,
        "UPDATE invitations SET expires_at = expires_at + $1 WHERE used_at IS NULL",
        2,
    )
    .await;
    assert_eq!(Guest::from(&home, "10.9.9.9").enter(&good).await.status(), 410);
}

#[tokio::test]
async fn a_links_secret_is_in_no_address() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let secret = link(&home, "李强");
    let somebody = Guest::from(&home, "10.9.9.9");
    assert_eq!(somebody.get(&format!("/in/{secret}")).await.status(), 404);
    let page = somebody.get("/in").await;
    assert_eq!(page.headers()["cache-control"], "no-store");
    let page = page.text().await.unwrap();
    assert!(
        page.contains("action=\"/in/who\"") && page.contains("/assets/signin.js"),
        "{page}"
    );
    // Without script the link is pasted as it came, and travels in the body only.
    let send = async |path: &str, link: &str| {
        let request = somebody
            .http
            .post(format!("{}{path}", home.http))
            .form(&[("link", link)]);
        let request = somebody.request(request).header("accept", "text/html");
        request.send().await.unwrap()
    };
    let asked = send("/in/who", &format!(" {}/in#{secret}\n", home.http)).await;
    assert_eq!(asked.status(), 200);
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("李强") && asked.contains("魏都分局窗口"), "{asked}");
    assert!(
        !asked.contains(&format!("in/{secret}")) && !asked.contains(&format!("#{secret}")),
        "{asked}"
    );
    let nothing = send("/in/who", "链接").await;
    assert_eq!(nothing.status(), 410);
    assert!(nothing.text().await.unwrap().contains("没有复制完整"));
    let entered = send("/in", &secret).await;
    assert_eq!(entered.status(), 303);
    assert!(entered.headers()["location"].to_str().unwrap().starts_with("/staff/"));
    assert_eq!(send("/in", &secret).await.status(), 410, "it is used up");
    assert!(!home.log().contains(&secret));
}

#[tokio::test]
async fn who_signs_in_again_leaves_no_session_behind() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let first = Guest::staff(&home, "张晓明").await;
    let again = first.enter(&link(&home, "李强")).await;
    assert_eq!(again.status(), 200);
    assert_eq!(
        first.get("/staff/me").await.status(),
        401,
        "the cookie of before is worth nothing"
    );
    let second = Guest {
        cookie: cookie(again.headers()),
        ..Guest::from(&home, "10.9.9.9")
    };
    assert_eq!(second.get("/staff/me").await.status(), 200);
}

#[tokio::test]
async fn who_sits_down_next_is_somebody_else() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let staff = Guest::staff(&home, "张晓明").await;
    let page = visitor.get(&room).await.text().await.unwrap();
    assert!(page.contains("不是我，换个人"), "{page}");
    let both = Guest {
        cookie: format!("{}; {}", visitor.cookie, staff.cookie),
        ..Guest::from(&home, "203.0.113.7")
    };
    let left = both.post("/leave", json!({})).await;
    assert_eq!(left.status(), 303);
    assert_eq!(left.headers()["clear-site-data"], "\"cache\"");
    let set = left.headers()["set-cookie"].to_str().unwrap();
    assert!(
        set.starts_with("bangban_visitor=;") && set.contains("Max-Age=0"),
        "{set}"
    );
    assert_eq!(
        visitor.say(&room, "大家好").await,
        401,
        "the token is worth nothing either"
    );
    assert!(!visitor.get("/me").await.text().await.unwrap().contains("南关小店"));
    // Whoever is signed in as staff in the same browser stays so.
    assert_eq!(both.get("/staff/me").await.status(), 200);
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
    let old = secret_in(&said);
    let new = link(&home, "张晓明");
    let somebody = Guest::from(&home, "10.9.9.9");
    assert_eq!(somebody.bring("/in/who", &old).await.status(), 410);
    assert_eq!(somebody.enter(&old).await.status(), 410);
    let mut database = database(&home).await;
    let until: i64 = sqlx::query_scalar("SELECT MAX(expires_at) FROM invitations")
        .fetch_one(&mut database)
        .await
        .unwrap();
    let left = until - bangban::clock::Clock::System.now().0;
    assert!((14 * 60_000..=15 * 60_000).contains(&left), "{left}");
    database.close().await.unwrap();
    assert_eq!(somebody.enter(&new).await.status(), 200);
}

#[tokio::test]
async fn who_came_who_failed_and_who_left_is_written_down() {
    let home = Home::new(BEHIND_PROXY).with("USER", "op");
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let staff = Guest::staff(&home, "张晓明").await;
    let thief = Guest::from(&home, "203.0.113.66");
    thief.enter("00112233445566778899aabbccddeeff").await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let press = json!({ "token": "0f3c9a5e7d21b480", "message": 1 });
    assert_eq!(visitor.post(&format!("{room}/press"), press).await.status(), 202);
    let out = staff.post("/out", json!({})).await;
    assert_eq!(out.status(), 303);
    assert_eq!(out.headers()["clear-site-data"], "\"cache\"");
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
