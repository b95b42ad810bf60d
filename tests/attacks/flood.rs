//! Too much of everything: names, words, pictures, links that are not good.

use serde_json::json;

use super::guest::{BEHIND_PROXY, Guest, help_room, link};
use crate::support::program::Home;

/// How many of these answers were not refused as too many.
fn let_in(statuses: &[u16]) -> usize {
    statuses.iter().filter(|status| **status != 429).count()
}

#[tokio::test]
async fn a_new_cookie_each_time_is_still_the_same_address() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let mut flood = Guest::from(&home, "203.0.113.7");
    let mut statuses = Vec::new();
    for at in 0..300 {
        flood.cookie = format!("bangban_visitor={at:032x}");
        let name = json!({ "nickname": format!("小店{at}") });
        statuses.push(flood.post(&format!("{room}/name"), name).await.status().as_u16());
    }
    assert_eq!(let_in(&statuses), 30, "{statuses:?}");
    // Addresses that the attacker only writes in front of what the proxy says are not believed.
    let mut statuses = Vec::new();
    for at in 0..60 {
        flood.address = format!("198.51.100.{at}, 203.0.113.7");
        let name = json!({ "nickname": format!("小店{at}") });
        statuses.push(flood.post(&format!("{room}/name"), name).await.status().as_u16());
    }
    assert_eq!(let_in(&statuses), 0, "{statuses:?}");
    // Others behind the same proxy are not kept out, and staff neither: not even at the attacker's own address.
    let other = Guest::named(&home, "203.0.113.8", &room).await;
    assert_eq!(other.say(&room, "大家好").await, 200);
    flood.address = "203.0.113.7".to_owned();
    let signed_in = flood.enter(&link(&home, "张晓明")).await;
    assert_eq!(signed_in.status(), 200);
}

#[tokio::test]
async fn without_a_trusted_proxy_nobody_chooses_an_address() {
    let home = Home::new("");
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let mut statuses = Vec::new();
    for at in 0..60 {
        let flood = Guest::from(&home, &format!("198.51.100.{at}"));
        let name = json!({ "nickname": format!("小店{at}") });
        statuses.push(flood.post(&format!("{room}/name"), name).await.status().as_u16());
    }
    assert_eq!(let_in(&statuses), 30, "{statuses:?}");
}

#[tokio::test]
async fn an_hour_brings_so_many_visitors_from_an_address() {
    let home = Home::new(&format!("{BEHIND_PROXY}[limits]\nsessions_per_address = \"5/1h\"\n"));
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let mut statuses = Vec::new();
    for at in 0..12 {
        let fresh = Guest::from(&home, "203.0.113.7");
        let name = json!({ "nickname": format!("小店{at}") });
        statuses.push(fresh.post(&format!("{room}/name"), name).await.status().as_u16());
    }
    assert_eq!(let_in(&statuses), 5, "{statuses:?}");
}

#[tokio::test]
async fn each_doing_has_its_own_allowance() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let mut statuses = Vec::new();
    for _ in 0..60 {
        let press = json!({ "token": "0f3c9a5e7d21b480", "message": 1 });
        statuses.push(visitor.post(&format!("{room}/press"), press).await.status().as_u16());
    }
    for at in 0..40 {
        statuses.push(visitor.say(&room, &format!("大家好{at}")).await);
    }
    assert_eq!(let_in(&statuses[..60]), 60, "presses: {statuses:?}");
    assert_eq!(let_in(&statuses[60..]), 30, "words: {statuses:?}");
    // Many visitors behind one address share what is said from there.
    let mut statuses = Vec::new();
    for _ in 0..5 {
        let another = Guest::named(&home, "203.0.113.9", &room).await;
        for at in 0..30 {
            statuses.push(another.say(&room, &format!("大家好{at}")).await);
        }
    }
    assert_eq!(let_in(&statuses), 120, "{statuses:?}");
    let figures = home.figures().await;
    assert!(figures.contains("bangban_refused{state=\"say\"} 40"), "{figures}");
}

#[tokio::test]
async fn who_tries_links_is_stopped_and_who_has_one_is_not() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let thief = Guest::from(&home, "203.0.113.7");
    let mut statuses = Vec::new();
    for at in 0..50 {
        statuses.push(thief.enter(&format!("{at:032x}")).await.status().as_u16());
    }
    assert_eq!(let_in(&statuses), 30, "{statuses:?}");
    let good = link(&home, "李强");
    assert_eq!(thief.bring("/in/who", &good).await.status(), 200);
    assert_eq!(thief.enter(&good).await.status(), 200);
    // Whoever keeps the installation is told: an alarm, looked for every ten seconds.
    let begun = std::time::Instant::now();
    while !home
        .figures()
        .await
        .contains("bangban_alarms_raised{alarm=\"sign_ins\"} 1")
    {
        assert!(begun.elapsed().as_secs() < 60, "{}", home.log());
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn who_presses_for_ever_does_not_fill_the_record() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    for address in ["203.0.113.7", "203.0.113.8"] {
        let visitor = Guest::named(&home, address, &room).await;
        for at in 0..40 {
            let press = json!({ "token": format!("{at:016x}"), "message": 1 });
            assert_eq!(visitor.post(&format!("{room}/press"), press).await.status(), 202);
        }
    }
    home.settled().await;
    let figures = home.figures().await;
    for (what, count) in [("refused", 2), ("refused_unwritten", 78)] {
        assert!(
            figures.contains(&format!("bangban_audited{{state=\"{what}\"}} {count}\n")),
            "{what}: {figures}"
        );
    }
}

#[tokio::test]
async fn a_group_holds_so_many_questions_that_wait_for_a_helper() {
    let home = Home::new("[limits]\nopen_per_group = 3\n[clocks]\nburst = \"0s\"\n");
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let mut askers = Vec::new();
    for at in 0..5 {
        let asker = Guest::named(&home, "", &room).await;
        let question = format!("我们第{at}家公司的档案卷宗找不到了，该怎么查？");
        assert_eq!(asker.say(&room, &question).await, 200);
        askers.push(asker);
        home.settled().await;
    }
    let page = askers[4].get(&room).await.text().await.unwrap();
    assert!(page.contains("现在群里等着的问题太多"), "{page}");
    let figures = home.figures().await;
    let waiting = figures
        .lines()
        .find(|line| line.contains("bangban_questions{state=\"waiting\"}"));
    assert_eq!(waiting, Some("bangban_questions{state=\"waiting\"} 3"), "{figures}");
}
