//! Somebody who left the roster, and is back one day by name: perhaps it is another. Whatever let the first one in does
//! not let the second one in.

use std::fs;
use std::time::{Duration, Instant};

use bangban::clock::Clock;
use bangban::domain::chat::access::Proof;
use bangban::domain::chat::message::{Account, Channel};
use bangban::store::Db;

use super::guest::{BEHIND_PROXY, Guest, audited, cookie, database, hears, link, open_page};
use crate::support::forms;
use crate::support::program::{Home, Running, says};

/// The town's roster, with a line for each way in of 李强: a session, an account, a link.
async fn town() -> (Home, Running, Guest, String) {
    let home = Home::new(BEHIND_PROXY).with("BANGBAN_SAMPLE", "0");
    fs::write(home.path("all.yaml"), roster()).unwrap();
    says(&home, &["roster", "import", "all.yaml"], 0, &["已导入"]);
    let running = home.serve().await;
    let li = Guest::staff(&home, "李强").await;
    let link = link(&home, "李强");
    let db = Db::open(&format!("sqlite:{}", home.path("data/bangban.db").display()))
        .await
        .unwrap();
    let mut tx = db.begin().await.unwrap();
    let person = tx.roster().await.unwrap().people_named("李强").next().unwrap().id;
    let account = Account {
        channel: Channel::new("telegram"),
        id: "502".into(),
    };
    let now = Clock::System.now();
    tx.become_person(&account, person, Proof::OwnNumber, now).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    (home, running, li, link)
}

fn roster() -> String {
    let file = format!("{}/tests/data/town.yaml", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(file).unwrap()
}

/// How many rows still let 李强 in.
async fn ways_in(home: &Home) -> i64 {
    let text = "SELECT (SELECT COUNT(*) FROM bindings b JOIN people p ON p.id = b.person_id WHERE p.name = '李强')
        + (SELECT COUNT(*) FROM sessions s JOIN people p ON p.id = s.person_id WHERE p.name = '李强')
        + (SELECT COUNT(*) FROM invitations i JOIN people p ON p.id = i.person_id WHERE p.name = '李强' AND used_at IS NULL)";
    sqlx::query_scalar(text)
        .fetch_one(&mut database(home).await)
        .await
        .unwrap()
}

/// 李强 leaves by this import and is back by another: nothing of the old is good.
async fn is_nobody_afterwards(home: &Home, li: &Guest, link: &str, leaves: &[&str]) {
    assert_eq!(
        ways_in(home).await,
        4,
        "a session and its account, another account, a link"
    );
    let mut stream = open_page(li, "/staff/me").await;
    hears(&mut stream, "event: life").await;
    says(home, leaves, 0, &["已导入"]);
    assert_eq!(ways_in(home).await, 0);
    hears(&mut stream, "event: gone").await;
    assert_eq!(li.get("/staff/me").await.status(), 401);
    says(
        home,
        &["roster", "import", "all.yaml", "--apply", "--force"],
        0,
        &["已导入"],
    );
    assert_eq!(ways_in(home).await, 0);
    assert_eq!(li.get("/staff/me").await.status(), 401);
    assert_eq!(li.say("/staff/me", "待办").await, 401);
    assert_eq!(li.enter(link).await.status(), 410);
    for (what, count) in [("session_ended", 1), ("binding_ended", 2), ("link_ended", 1)] {
        let rows = audited(home, what).await;
        assert_eq!(rows.len(), count, "{what} {rows:?}");
        assert!(rows.iter().all(|row| row.note.ends_with("left the roster")), "{rows:?}");
    }
    // Whoever it is now gets a link of their own.
    let (mut back, own) = (Guest::from(home, "10.9.9.9"), super::guest::link(home, "李强"));
    let patience = Instant::now();
    while back.bring("/in/who", &own).await.status() != 200 {
        assert!(
            patience.elapsed() < Duration::from_secs(20),
            "the roster is not taken up"
        );
    }
    let entered = back.enter(&own).await;
    back.cookie = cookie(entered.headers());
    assert_eq!(back.get("/staff/me").await.status(), 200);
}

#[tokio::test]
async fn who_left_by_the_roster_and_is_back_by_name_is_nobody() {
    let (home, _running, li, link) = town().await;
    let less: Vec<String> = roster()
        .lines()
        .filter(|line| !line.contains("name: 李强,"))
        .map(str::to_owned)
        .collect();
    fs::write(home.path("less.yaml"), less.join("\n")).unwrap();
    let leaves = ["roster", "import", "less.yaml", "--apply", "--force"];
    is_nobody_afterwards(&home, &li, &link, &leaves).await;
}

#[tokio::test]
async fn who_left_by_the_official_form_and_is_back_by_name_is_nobody() {
    let (home, _running, li, link) = town().await;
    let lines = [
        [
            "窗口",
            "王敏",
            "13900000011",
            "0374-0000011",
            "王敏",
            "13900000011",
            "0374-0000011",
        ],
        ["", "周红", "13900000013", "0374-0000013", "", "", ""],
    ];
    forms::write(&home.path("less.xlsx"), "魏都分局", &lines, &[]);
    let leaves = ["roster", "import", "less.xlsx", "--apply", "--force"];
    is_nobody_afterwards(&home, &li, &link, &leaves).await;
}

/// As it was before: what was left alive by an earlier program ends with the next roster, whoever is in it.
#[tokio::test]
async fn what_an_earlier_program_left_alive_ends_with_the_next_roster() {
    let (home, _running, li, link) = town().await;
    sqlx::query("UPDATE people SET active = 0 WHERE name = '李强'")
        .execute(&mut database(&home).await)
        .await
        .unwrap();
    assert_eq!(ways_in(&home).await, 4);
    says(
        &home,
        &["roster", "import", "all.yaml", "--apply", "--force"],
        0,
        &["已导入"],
    );
    assert_eq!(ways_in(&home).await, 0);
    assert_eq!(li.get("/staff/me").await.status(), 401);
    assert_eq!(li.enter(&link).await.status(), 410);
}
