//! One-time links in wrong hands and wrong places, and sessions that somebody wants to be rid of.

use super::guest::{BEHIND_PROXY, Guest, audited, database, hears, help_room, link, open_page};
use crate::support::program::{Home, says};

/// Every account that is bound, with whose it is.
async fn bound(home: &Home) -> Vec<(String, i64)> {
    sqlx::query_as("SELECT account, person_id FROM bindings ORDER BY account")
        .fetch_all(&mut database(home).await)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_link_typed_into_a_visitors_chat_makes_nobody_staff() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let token = link(&home, "张晓明");
    for words in [
        format!("/start {token}"),
        format!("／start {token}"),
        format!("/START@bangban_bot {token}"),
        format!("/start　{token}"),
    ] {
        assert_eq!(visitor.say("/me", &words).await, 200, "{words}");
        assert_eq!(visitor.say(&room, &words).await, 200, "{words}");
    }
    home.settled().await;
    assert_eq!(bound(&home).await, []);
    let page = visitor.get("/me").await.text().await.unwrap();
    assert!(page.contains("请直接在浏览器里打开它"), "{page}");
    assert!(!page.contains("已和名册对上"), "{page}");
    // What only staff are shown stays closed, and the link itself is as good as before.
    visitor.say("/me", "/queue").await;
    home.settled().await;
    let page = visitor.get("/me").await.text().await.unwrap();
    assert!(page.contains("这个命令给帮办员用"), "{page}");
    let failed = audited(&home, "sign_in_failed").await;
    assert_eq!(failed.len(), 1, "once in a while, however often: {failed:?}");
    assert!(
        failed[0]
            .note
            .starts_with("a link typed where nobody vouches for accounts, account ")
    );
    assert!(
        !failed[0].note.contains(&token) && failed[0].person.is_none(),
        "{failed:?}"
    );
    let staff = Guest::from(&home, "10.9.9.9");
    assert_eq!(staff.enter(&token).await.status(), 200);
}

#[tokio::test]
async fn a_link_typed_on_a_signed_in_page_makes_nobody_somebody_else() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = format!("/staff{}", help_room(&home).await);
    let li = Guest::staff(&home, "李强").await;
    let before = bound(&home).await;
    let token = link(&home, "王敏");
    for place in ["/staff/me", &room] {
        assert_eq!(li.say(place, &format!("/start {token}")).await, 200);
    }
    home.settled().await;
    assert_eq!(bound(&home).await, before);
    let bindings = audited(&home, "bound").await;
    assert_eq!(bindings.len(), 1, "{bindings:?}");
    assert!(
        bindings[0].note.starts_with("web ") && bindings[0].note.ends_with(" by link"),
        "{bindings:?}"
    );
}

#[tokio::test]
async fn a_session_that_the_operator_ends_is_over_at_once() {
    let home = Home::new(BEHIND_PROXY).with("USER", "op");
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let inside = format!("/staff{room}");
    let staff = Guest::staff(&home, "张晓明").await;
    let other = Guest::staff(&home, "李强").await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let mut stream = open_page(&staff, &inside).await;
    hears(&mut stream, "event: life").await;
    let listed = says(
        &home,
        &["sessions", "张晓明"],
        0,
        &["魏都分局窗口", "网页登录", "从 10.9.9.9"],
    );
    assert!(
        !listed.contains("绑定的账号"),
        "nothing is bound but what the session stands for: {listed}"
    );
    says(&home, &["sessions"], 0, &["张晓明", "李强"]);
    let ended = says(
        &home,
        &["sessions", "end", "张晓明"],
        0,
        &["已结束 张晓明 的网页登录", "bangban link 张晓明"],
    );
    // Whatever is said from now on is not for that page.
    visitor.say(&room, "我有一句只给群里人看的话").await;
    let told = hears(&mut stream, "event: gone").await;
    assert!(!told.contains("我有一句"), "{told}");
    assert_eq!(staff.get(&inside).await.status(), 401);
    assert_eq!(staff.say(&inside, "我还在").await, 401);
    assert_eq!(other.get(&inside).await.status(), 200, "nobody else's: {ended}");
    says(&home, &["sessions", "张晓明"], 0, &["没有登录，没有绑定"]);
    says(
        &home,
        &["sessions", "end", "李强", "0000000000"],
        1,
        &["什么也没有结束"],
    );
    let rows = audited(&home, "session_ended").await;
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].note.ends_with("by operator op") && rows[0].person.is_none(),
        "{rows:?}"
    );
    assert_eq!(audited(&home, "binding_ended").await.len(), 1);
    let again = Guest::staff(&home, "张晓明").await;
    assert_eq!(again.get(&inside).await.status(), 200);
}

/// The forms of a page: whose line, and the key.
fn forms(page: &str, name: &str) -> Vec<(String, String)> {
    let section = page
        .split("data-testid=\"access\"")
        .skip(1)
        .find(|part| part.contains(&format!("<bdi>{name}</bdi>")));
    let value = |form: &str, field: &str| {
        let at = form.find(&format!("name=\"{field}\" value=\""))?;
        let from = at + field.len() + 15;
        form[from..].split('"').next().map(str::to_owned)
    };
    let forms = section.unwrap_or_default().split("<form").skip(1);
    // The page's other forms are about nobody.
    forms
        .filter_map(|form| Some((value(form, "person")?, value(form, "key").unwrap_or_default())))
        .collect()
}

impl Guest {
    /// Presses 结束 on the page.
    async fn ends(&self, (person, key): &(String, String)) -> u16 {
        let form = [("person", person), ("key", key)];
        let request = self.http.post(format!("{}/staff/me/sessions", self.url)).form(&form);
        self.request(request).send().await.unwrap().status().as_u16()
    }

    async fn sessions(&self) -> String {
        self.get("/staff/me/sessions").await.text().await.unwrap()
    }
}

#[tokio::test]
async fn staff_end_their_own_sessions_and_whoever_keeps_a_bureau_its_peoples() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let inside = format!("/staff{}", help_room(&home).await);
    let li = Guest::staff(&home, "李强").await;
    let thief = Guest::staff(&home, "李强").await;
    // Own: the forgotten computer goes, this one stays.
    let page = li.sessions().await;
    let own = forms(&page, "李强");
    assert_eq!(own.len(), 3, "two sessions and all at once: {page}");
    assert!(page.contains("就是这里"));
    let mut stream = open_page(&thief, &inside).await;
    hears(&mut stream, "event: life").await;
    let this = page.find("就是这里").unwrap();
    let first_is_this = page[..this].matches("access-line").count() == 1;
    assert_eq!(li.ends(&own[usize::from(first_is_this)]).await, 303);
    hears(&mut stream, "event: gone").await;
    assert_eq!(
        (li.get(&inside).await.status(), thief.get(&inside).await.status()),
        (200.try_into().unwrap(), 401.try_into().unwrap())
    );
    // The bureau's admin sees and ends those of the bureau, nobody else's.
    let admin = Guest::staff(&home, "张晓明").await;
    let elsewhere = Guest::staff(&home, "周红").await;
    let city = Guest::staff(&home, "王敏").await;
    let page = admin.sessions().await;
    let of_li = forms(&page, "李强");
    assert!(of_li.len() == 2 && forms(&page, "周红").is_empty(), "{page}");
    assert!(forms(&li.sessions().await, "张晓明").is_empty());
    assert_eq!(forms(&city.sessions().await, "周红").len(), 2);
    assert_eq!(elsewhere.ends(&of_li[0]).await, 422);
    assert_eq!(li.ends(&forms(&page, "张晓明")[0]).await, 422);
    assert_eq!(li.get(&inside).await.status(), 200);
    assert_eq!(admin.ends(of_li.last().unwrap()).await, 303);
    assert_eq!(li.get(&inside).await.status(), 401);
    // All of one's own, this one too.
    let own = forms(&admin.sessions().await, "张晓明");
    assert_eq!(admin.ends(own.last().unwrap()).await, 303);
    assert_eq!(admin.get("/staff/me/sessions").await.status(), 401);
    let ended = audited(&home, "session_ended").await;
    let by: Vec<_> = ended.iter().map(|row| row.person == Some(row.of())).collect();
    assert_eq!(by, [true, false, true], "{ended:?}");
}

#[tokio::test]
async fn strangers_end_nothing() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let staff = Guest::staff(&home, "李强").await;
    let own = forms(&staff.sessions().await, "李强");
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    assert_eq!(visitor.get("/staff/me/sessions").await.status(), 401);
    assert_eq!(visitor.ends(&own[0]).await, 401);
    let mut elsewhere = Guest::from(&home, "203.0.113.8");
    elsewhere.cookie.clone_from(&staff.cookie);
    let forged = elsewhere.http.post(format!("{}/staff/me/sessions", home.http));
    let forged = forged
        .form(&[("person", own[0].0.as_str())])
        .header("cookie", &staff.cookie)
        .header("origin", "https://bad.example.cn");
    assert_eq!(forged.send().await.unwrap().status(), 403);
    assert_eq!(staff.get("/staff/me/sessions").await.status(), 200);
}
