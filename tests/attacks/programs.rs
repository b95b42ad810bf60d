//! Another program at the JSON API, with a token and without a right one.

use std::time::{Duration, Instant};

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::guest::{BEHIND_PROXY, Guest, audited, database, help_room};
use crate::support::program::{Home, says};

/// A program of a bureau, which knows nothing but a token.
struct Screen {
    http: Client,
    url: String,
    token: String,
}

impl Screen {
    fn with(home: &Home, token: &str) -> Screen {
        Screen {
            http: Client::builder().no_proxy().build().unwrap(),
            url: home.http.clone(),
            token: token.to_owned(),
        }
    }

    /// With a token that somebody of staff makes on their page.
    async fn of(home: &Home, staff: &Guest) -> Screen {
        let page = made(staff).await.text().await.unwrap();
        let at = page.find("data-testid=\"token-text\">").unwrap() + "data-testid=\"token-text\">".len();
        Screen::with(home, &page[at..at + 32])
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.http.get(format!("{}/api/v1/{path}", self.url));
        request.bearer_auth(&self.token).send().await.unwrap()
    }

    async fn post(&self, path: &str, body: &str) -> Response {
        let request = self.http.post(format!("{}/api/v1/{path}", self.url));
        let request = request
            .bearer_auth(&self.token)
            .header("content-type", "application/json");
        request.body(body.to_owned()).send().await.unwrap()
    }

    /// What is there.
    async fn sees(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        let (status, said) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, StatusCode::OK, "{path}: {said}");
        serde_json::from_str(&said).unwrap()
    }

    async fn does(&self, number: i64, doing: Value) -> Value {
        let answer = self.post(&format!("questions/{number}"), &doing.to_string()).await;
        let (status, said) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, StatusCode::OK, "{doing}: {said}");
        serde_json::from_str(&said).unwrap()
    }

    /// The question that waits for a helper.
    async fn waiting(&self) -> Value {
        let begun = Instant::now();
        loop {
            let work = self.sees("work").await;
            if let Some(first) = work["waiting"].as_array().unwrap().first() {
                return first.clone();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "nothing waits: {work}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn made(staff: &Guest) -> Response {
    staff.post("/staff/me/tokens", json!({})).await
}

/// Refused: the status, what is said and where.
async fn refused(answer: Response) -> (u16, String, String) {
    let status = answer.status().as_u16();
    let said: Value = answer.json().await.unwrap();
    let text = |name: &str| said[name].as_str().unwrap_or_else(|| panic!("{said}")).to_owned();
    (status, text("error"), text("at"))
}

/// Somebody asks what only a person can answer.
async fn asked(home: &Home) -> Guest {
    let room = help_room(home).await;
    let visitor = Guest::named(home, "203.0.113.7", &room).await;
    assert_eq!(visitor.say(&room, "转人工 海域使用权怎么登记？").await, 200);
    visitor
}

#[tokio::test]
async fn a_program_claims_answers_and_closes_for_a_helper() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let visitor = asked(&home).await;
    let staff = Guest::staff(&home, "李强").await;
    let screen = Screen::of(&home, &staff).await;
    let me = screen.sees("me").await;
    assert_eq!((&me["name"], &me["helper"]), (&json!("李强"), &json!(true)));
    let question = screen.waiting().await;
    assert!(question["words"].as_str().unwrap().contains("海域使用权"), "{question}");
    let number = question["number"].as_i64().unwrap();
    let claimed = screen
        .does(number, json!({ "act": "claim", "version": question["version"] }))
        .await;
    assert_eq!(claimed["thread"]["own"], true, "{claimed}");
    assert_eq!(claimed["thread"]["first"], "李强");
    // Who looked before somebody acted does nothing.
    let stale = json!({ "act": "reply", "version": question["version"], "words": "请来窗口" }).to_string();
    let (status, error, _) = refused(screen.post(&format!("questions/{number}"), &stale).await).await;
    assert_eq!(status, 409);
    assert!(error.contains("刚刚有变化"), "{error}");
    let (status, error, _) = refused(
        screen
            .post(&format!("questions/{number}"), r#"{"act":"transfer"}"#)
            .await,
    )
    .await;
    assert_eq!((status, error.as_str()), (409, "请选转给谁。"));
    screen
        .does(
            number,
            json!({ "act": "reply", "words": "带海域使用权证来窗口，当天办好。" }),
        )
        .await;
    home.settled().await;
    let page = visitor.get(&help_room(&home).await).await.text().await.unwrap();
    assert!(page.contains("带海域使用权证来窗口"), "{page}");
    let closed = screen.does(number, json!({ "act": "close" })).await;
    let talk: Vec<&str> = closed["thread"]["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|step| step["what"].as_str())
        .collect();
    assert!(talk.contains(&"李强 答复") && talk.contains(&"李强 办结"), "{talk:?}");
    let (status, _, _) = refused(screen.post(&format!("questions/{number}"), r#"{"act":"claim"}"#).await).await;
    assert_eq!(status, 409, "it is over");
    // It is theirs in the audit.
    let made = audited(&home, "token_made").await;
    assert_eq!(audited(&home, "claimed").await[0].person, made[0].person);
    assert_eq!(made[0].person, Some(made[0].of()));
}

#[tokio::test]
async fn each_sees_what_their_pages_show() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let helper = Screen::of(&home, &Guest::staff(&home, "李强").await).await;
    let list = helper.sees("list").await;
    assert!(!list["entries"].as_array().unwrap().is_empty());
    let first = &list["entries"][0];
    let hit = helper
        .sees(&format!("list?q={}", first["question"].as_str().unwrap()))
        .await;
    assert_eq!(
        (&hit["would"], &hit["entries"][0]["no"]),
        (&json!("answer"), &first["no"])
    );
    let entry = helper.sees(&format!("list/{}", first["no"])).await;
    assert_eq!(entry["question"], first["question"]);
    assert!(!entry["said"].as_array().unwrap().is_empty());
    let people = helper.sees("people?week=1").await;
    assert_eq!(people["name"], "魏都分局");
    assert_eq!(people["weeks"][0]["days"].as_array().unwrap().len(), 7);
    for (path, says) in [
        ("candidates", "清单由市局编辑和审批来管"),
        ("publications", "清单由市局编辑和审批来管"),
        ("figures", "数字给单位管理员和督导看"),
        ("people?bureau=1", "只看得到本单位"),
    ] {
        let (status, error, at) = refused(helper.get(path).await).await;
        assert_eq!(status, 422, "{path}: {error}");
        assert!(error.contains(says), "{path}: {error}");
        assert!(at.starts_with("GET /api/v1/"), "{at}");
    }
    let editor = Screen::of(&home, &Guest::staff(&home, "赵岩").await).await;
    assert_eq!(editor.sees("candidates").await, json!([]));
    assert_eq!(editor.sees("publications").await, json!([]));
    let admin = Screen::of(&home, &Guest::staff(&home, "张晓明").await).await;
    let figures = admin.sees("figures").await;
    assert_eq!(figures["of"], "魏都分局");
    let keys: Vec<&Value> = figures["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["key"])
        .collect();
    assert!(keys.contains(&&json!("sure")), "{keys:?}");
    let (status, ..) = refused(admin.get("figures?bureau=1").await).await;
    assert_eq!(status, 422, "another bureau's");
    let guide = Screen::of(&home, &Guest::staff(&home, "吴静").await).await;
    let (status, error, _) = refused(guide.get("work").await).await;
    assert_eq!((status, error.as_str()), (422, "问题由帮办员来看。"));
}

#[tokio::test]
async fn what_a_program_sends_amiss_is_said_with_its_place() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    asked(&home).await;
    let screen = Screen::of(&home, &Guest::staff(&home, "李强").await).await;
    let number = screen.waiting().await["number"].as_i64().unwrap();
    let path = format!("questions/{number}");
    for (body, place) in [
        ("", "第 1 行"),
        ("{\"act\":\n\"fly\"}", "第 2 行"),
        (r#"{"act":"claim","wrods":""}"#, "第 1 行"),
    ] {
        let (status, error, at) = refused(screen.post(&path, body).await).await;
        assert_eq!(status, 400, "{body}");
        assert!(error.contains("/openapi.json") && at.contains(place), "{error} {at}");
    }
    let long = json!({ "act": "reply", "words": "字".repeat(2001) }).to_string();
    let (status, error, _) = refused(screen.post(&path, &long).await).await;
    assert_eq!(status, 409);
    assert!(error.contains("最多 2000 字"), "{error}");
    let huge = json!({ "act": "reply", "words": "a".repeat(1_000_000) }).to_string();
    assert_eq!(refused(screen.post(&path, &huge).await).await.0, 413);
    for path in ["questions/9999", "list/9999", "nothing"] {
        assert_eq!(screen.get(path).await.status(), 404, "{path}");
    }
    let work = screen.sees("work").await;
    assert_eq!(work["waiting"][0]["number"], number, "nothing was done");
}

#[tokio::test]
async fn without_a_good_token_nothing_is_shown_or_done() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let staff = Guest::staff(&home, "李强").await;
    let document: Value = reqwest::get(format!("{}/openapi.json", home.http))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.replace("{number}", "1").replace("{no}", "1");
        for method in methods.as_object().unwrap().keys() {
            let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            // A browser's cookie is no token, so no foreign page does anything with it.
            let request = staff.http.request(method, format!("{}{path}", home.http));
            let answer = staff.request(request).body(r#"{"act":"claim"}"#).send().await.unwrap();
            assert_eq!(answer.headers()["www-authenticate"], "Bearer", "{path}");
            assert_eq!(refused(answer).await.0, 401, "{path}");
        }
    }
    // A cookie's own secret sent as a token is none, and a token in a cookie makes nobody staff.
    let cookie = staff.cookie.split_once('=').unwrap().1.to_owned();
    assert_eq!(Screen::with(&home, &cookie).get("me").await.status(), 401);
    let screen = Screen::of(&home, &staff).await;
    let mut thief = Guest::from(&home, "203.0.113.9");
    thief.cookie = format!("bangban_staff={}", screen.token);
    assert_eq!(thief.get("/staff/work").await.status(), 401);
    assert_eq!(screen.get("me").await.status(), 200);
    let kept: Vec<(String,)> = sqlx::query_as("SELECT token_hash FROM sessions")
        .fetch_all(&mut database(&home).await)
        .await
        .unwrap();
    assert!(
        kept.iter().all(|(hash,)| *hash != screen.token),
        "only its hash is kept"
    );
}

#[tokio::test]
async fn a_token_ends_with_whatever_ends_its_person() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let staff = Guest::staff(&home, "李强").await;
    let screens = [Screen::of(&home, &staff).await, Screen::of(&home, &staff).await];
    // Shown once: the page does not know it any more.
    let page = staff.get("/staff/me/sessions").await.text().await.unwrap();
    assert!(page.contains("接口令牌") && !page.contains(&screens[0].token), "{page}");
    // Signing in and out again leaves programs alone.
    let again = Guest::staff(&home, "李强").await;
    again.post("/out", json!({})).await;
    assert_eq!(screens[0].get("me").await.status(), 200);
    for _ in 0..3 {
        assert_eq!(made(&staff).await.status(), 200);
    }
    let sixth = made(&staff).await;
    assert_eq!(sixth.status(), 409);
    assert!(sixth.text().await.unwrap().contains("已经有 5 个令牌"));
    says(&home, &["sessions", "李强"], 0, &["接口令牌"]);
    says(&home, &["sessions", "end", "李强"], 0, &["接口令牌"]);
    for screen in &screens {
        assert_eq!(refused(screen.get("me").await).await.0, 401);
    }
    assert_eq!(audited(&home, "token_ended").await.len(), 5);
}
