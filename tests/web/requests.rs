//! What the pages answer to requests, well-meant and not.

use bangban::domain::chat::order::Veil;
use bangban::store::rooms::{NewRoomMessage, RoomBody};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, Response, StatusCode, redirect};
use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::support::site::Site;

/// Somebody with a browser of their own, cookies kept by hand.
pub struct Caller<'a> {
    site: &'a Site,
    http: Client,
    cookie: String,
}

impl<'a> Caller<'a> {
    fn new(site: &'a Site) -> Caller<'a> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Caller {
            site,
            http,
            cookie: String::new(),
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.http
            .get(self.site.at(path))
            .header(COOKIE, &self.cookie)
            .header("accept", "text/html")
            .send()
            .await
            .unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.http.post(self.site.at(path)).header(COOKIE, &self.cookie);
        request.header(ORIGIN, &self.site.url).json(&body).send().await.unwrap()
    }

    /// Brings the secret of a link, as the page's script does.
    async fn bring(&self, path: &str, secret: &str) -> Response {
        let request = self.http.post(self.site.at(path)).header("x-link", secret);
        request.header(ORIGIN, &self.site.url).send().await.unwrap()
    }

    pub async fn named(site: &'a Site, path: &str, name: &str) -> Caller<'a> {
        let mut caller = Caller::new(site);
        let answer = caller.post(&format!("{path}/name"), json!({ "nickname": name })).await;
        assert_eq!(answer.status(), StatusCode::OK);
        caller.cookie = cookie(answer.headers());
        caller
    }

    pub async fn signed_in(site: &'a Site, name: &str) -> Caller<'a> {
        let mut caller = Caller::new(site);
        let answer = caller.bring("/in", &site.secret(name).await).await;
        assert_eq!(answer.status(), StatusCode::OK);
        caller.cookie = cookie(answer.headers());
        caller
    }
}

fn cookie(headers: &HeaderMap) -> String {
    headers[SET_COOKIE]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

/// A small picture of one shade.
fn drawn(shade: u8) -> Vec<u8> {
    let image = image::GrayImage::from_pixel(8, 8, image::Luma([shade]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub async fn error(answer: Response) -> String {
    let answer: Value = answer.json().await.unwrap();
    answer["error"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_page_opens_and_every_answer_wears_its_headers() {
    let site = Site::open(false).await;
    let caller = Caller::new(&site);
    let group = site.group("魏都分局帮办群").await;
    let pages = [
        "/",
        "/faq",
        "/faq?q=注销",
        "/contacts",
        "/me",
        &format!("/g/{group}"),
        "/in",
        "/assets/style.css",
        "/assets/room.js",
        "/assets/signin.js",
        "/assets/icon.svg",
    ];
    for (path, status) in pages.map(|path| (path, 200)).into_iter().chain([
        ("/none", 404),
        ("/g/9999", 404),
        ("/g/x", 404),
        ("/faq/1", 404),
        ("/faq/x", 400),
        ("/media/../../etc/passwd", 404),
        ("/media/%2e%2e%2fbangban.db", 404),
        ("/in/none", 404),
        ("/staff/me", 401),
    ]) {
        let answer = caller.get(path).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
        let headers = answer.headers();
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(
            !headers["content-security-policy"].to_str().unwrap().contains("unsafe"),
            "{path}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "same-origin");
        assert!(headers.contains_key("cache-control"));
        assert!(
            answer.headers().get(SET_COOKIE).is_none(),
            "{path} sets a cookie unasked"
        );
        let kind = headers[CONTENT_TYPE].to_str().unwrap();
        assert!(kind.contains("charset=utf-8"), "{path}: {kind}");
        let text = answer.text().await.unwrap();
        assert!(status == 200 || text.contains("href=\"/\""), "{path}: {text}");
    }
    let events = caller.get(&format!("/g/{group}/events")).await;
    assert_eq!(events.headers()[CONTENT_TYPE], "text/event-stream; charset=utf-8");
    assert_eq!(events.headers()["cache-control"], "no-store, no-transform");
}

#[tokio::test]
async fn the_public_list_holds_landlines_and_no_mobile() {
    let site = Site::open(false).await;
    let page = Caller::new(&site).get("/contacts").await.text().await.unwrap();
    assert!(page.contains("张晓明") && page.contains("0374-0000105"));
    assert!(!page.contains("139000") && !page.contains("吴静") && !page.contains("审核员"));
}

#[tokio::test]
async fn foreign_sites_cannot_write() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let caller = Caller::named(&site, &base, "南关小店").await;
    let of_room = ["/say", "/edit", "/press", "/picture", "/name", "/takedown", "/awake"];
    let of_room = of_room.map(|path| format!("{base}{path}"));
    let of_site = ["/in", "/in/who", "/out", "/leave"].map(str::to_owned);
    for path in of_room.iter().chain(&of_site) {
        for (header, value) in [
            ("origin", "https://bad.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("x-none", ""),
        ] {
            let request = caller.http.post(site.at(path)).header(COOKIE, &caller.cookie);
            let answer = request
                .header(header, value)
                .header(CONTENT_TYPE, "text/plain")
                .body("{}")
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {header}: {value}");
        }
    }
    let plain = caller
        .http
        .post(site.at(&format!("{base}/say")))
        .header(COOKIE, &caller.cookie)
        .header(ORIGIN, &site.url);
    let plain = plain
        .header(CONTENT_TYPE, "text/plain")
        .body(r#"{"text":"x"}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(
        site.db
            .read()
            .await
            .unwrap()
            .room_latest(&base[1..].replace('/', ":"), 9)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn too_much_is_refused_in_plain_words() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let caller = Caller::named(&site, &base, "南关小店").await;
    let say = format!("{base}/say");
    for text in ["长".repeat(2001), "长".repeat(40_000)] {
        let answer = caller.post(&say, json!({ "text": text })).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(error(answer).await.contains("2000 字"));
    }
    for text in ["", " \n ", "\u{200b}\u{202e}"] {
        assert_eq!(
            error(caller.post(&say, json!({ "text": text })).await).await,
            "还没有写内容。"
        );
    }
    assert_eq!(
        error(caller.post(&say, json!({ "words": 1 })).await).await,
        "这个请求看不懂。请刷新页面后再试。"
    );
    for _ in 0..40 {
        caller.post(&say, json!({ "text": "" })).await;
    }
    let answer = caller.post(&say, json!({ "text": "在吗" })).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn staff_rooms_are_for_staff_and_links_work_once() {
    let site = Site::open(false).await;
    let guidance = site.group("工作指导群").await;
    let visitor = Caller::new(&site);
    let answer = visitor.get(&format!("/g/{guidance}")).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.text().await.unwrap().contains("bangban link"));
    assert_eq!(
        visitor.get(&format!("/g/{guidance}/events")).await.status(),
        StatusCode::NOT_FOUND
    );
    let secret = site.secret("李强").await;
    let asked: Value = visitor.bring("/in/who", &secret).await.json().await.unwrap();
    assert_eq!(asked, json!({ "name": "李强", "place": "魏都分局窗口" }));
    let first = visitor.bring("/in", &secret).await;
    let set = first.headers()[SET_COOKIE].to_str().unwrap();
    assert!(set.contains("HttpOnly; SameSite=Lax"), "{set}");
    let cookie = cookie(first.headers());
    let to: Value = first.json().await.unwrap();
    assert_eq!(to, json!({ "to": "/staff/work" }));
    let again = visitor.bring("/in", &secret).await;
    assert_eq!(again.status(), StatusCode::GONE);
    let staff = Caller {
        site: &site,
        http: visitor.http.clone(),
        cookie,
    };
    assert_eq!(
        staff.get(&format!("/staff/g/{guidance}")).await.status(),
        StatusCode::OK
    );
    let page = staff.get("/staff/me").await.text().await.unwrap();
    assert!(page.contains("帮办员 · 魏都分局窗口"));
    assert_eq!(staff.post("/out", json!({})).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(staff.get("/staff/me").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_picture_is_seen_by_those_who_may_see_its_room() {
    let site = Site::open(false).await;
    let owner = Caller::named(&site, "/me", "南关小店").await;
    let other = Caller::named(&site, "/me", "北关小店").await;
    let png = drawn(1);
    let send = async |bytes: Vec<u8>| {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("../../../etc/cron.d/x.html");
        let form = reqwest::multipart::Form::new()
            .text("text", "看一下")
            .part("picture", part);
        let request = owner
            .http
            .post(site.at("/me/picture"))
            .header(COOKIE, &owner.cookie)
            .header(ORIGIN, &site.url);
        request.multipart(form).send().await.unwrap()
    };
    assert_eq!(
        send(b"<svg onload=alert(1)>".to_vec()).await.status(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    assert_eq!(
        send([&png[..], &vec![0; 5 * 1024 * 1024]].concat()).await.status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(send(png.clone()).await.status(), StatusCode::OK);
    let files: Vec<_> = std::fs::read_dir(site.data().join("media")).unwrap().collect();
    assert_eq!(files.len(), 1);
    let name = files[0].as_ref().unwrap().file_name().into_string().unwrap();
    let address = format!("/media/{}", name.trim_end_matches(".png"));
    let seen = owner.get(&address).await;
    assert_eq!(seen.headers()[CONTENT_TYPE], "image/png");
    let policy = seen.headers()["content-security-policy"].to_str().unwrap();
    assert_eq!(policy, "default-src 'none'; sandbox; frame-ancestors 'none'");
    let seen = image::load_from_memory(&seen.bytes().await.unwrap()).unwrap();
    assert_eq!(seen, image::load_from_memory(&png).unwrap());
    assert_eq!(other.get(&address).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        Caller::signed_in(&site, "李强").await.get(&address).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_sent_again_stands_once_and_is_handled_once() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let caller = Caller::named(&site, &base, "南关小店").await;
    let other = Caller::named(&site, &base, "北关小店").await;
    let number = "0123456789abcdef0123456789abcdef";
    let say = async |caller: &Caller<'_>, text: &str, number: &str| -> i64 {
        let words = json!({ "text": text, "number": number });
        let said: Value = caller.post(&format!("{base}/say"), words).await.json().await.unwrap();
        said["id"].as_i64().unwrap()
    };
    let (first, again) = tokio::join!(
        say(&caller, "大家好，电话13912345678", number),
        say(&caller, "大家好，电话13912345678", number)
    );
    assert_eq!(
        first, again,
        "two at once, as a browser repeats what it had no answer to"
    );
    assert_eq!(say(&caller, "大家好，电话13912345678", number).await, first);
    let others = [
        say(&caller, "大家好，电话13912345679", number).await,
        say(&caller, "大家好，电话13912345678", "").await,
        say(&caller, "大家好，电话13912345678", "").await,
        say(&other, "大家好，电话13912345678", number).await,
    ];
    let room = base[1..].replace('/', ":");
    let stands = site.db.read().await.unwrap().room_latest(&room, 20).await.unwrap();
    let ids: Vec<_> = stands.iter().map(|message| message.id).collect();
    assert_eq!(ids, [&[first][..], &others[..]].concat());
    let pressed = json!({ "token": "0f3c9a5e7d21b480", "message": first, "number": number });
    let press = async || -> Value {
        let answer = caller.post(&format!("{base}/press"), pressed.clone()).await;
        answer.json().await.unwrap()
    };
    assert_eq!(press().await, press().await);
    let changed = json!({ "text": "大家早", "message": first, "number": number });
    for _ in 0..2 {
        caller.post(&format!("{base}/edit"), changed.clone()).await;
    }
    let url = bangban::setup::database_url(&site.desk.config);
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let heard: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM inbox")
        .fetch_one(&mut database)
        .await
        .unwrap();
    assert_eq!(heard, 5 + 1 + 1, "five messages, one press, one change");
}

#[tokio::test]
async fn a_picture_sent_again_is_one_picture() {
    let site = Site::open(false).await;
    let caller = Caller::named(&site, "/me", "南关小店").await;
    let send = async |last: u8| -> Value {
        let png = drawn(last);
        let form = reqwest::multipart::Form::new()
            .text("text", "看一下")
            .text("number", "0123456789abcdef0123456789abcdef")
            .part("picture", reqwest::multipart::Part::bytes(png).file_name("a.png"));
        let request = caller.http.post(site.at("/me/picture")).header(COOKIE, &caller.cookie);
        let request = request.header(ORIGIN, &site.url).multipart(form);
        request.send().await.unwrap().json().await.unwrap()
    };
    let first = send(1).await;
    assert_eq!(send(1).await, first);
    assert_ne!(send(2).await, first);
    assert_eq!(std::fs::read_dir(site.data().join("media")).unwrap().count(), 2);
}

/// Sends the form of a room's page, as a browser without script does.
async fn form(caller: &Caller<'_>, path: &str, fields: &[(&str, &str)]) -> Response {
    let request = caller.http.post(caller.site.at(path)).header(COOKIE, &caller.cookie);
    let request = request.header(ORIGIN, &caller.site.url).header("accept", "text/html");
    request.form(fields).send().await.unwrap()
}

#[tokio::test]
async fn without_script_words_are_sent_once_and_what_is_refused_stays_in_the_field() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let say = format!("{base}/say");
    let caller = Caller::new(&site);
    let page = caller.get(&base).await.text().await.unwrap();
    let number = page.split("name=\"number\" value=\"").nth(1).unwrap();
    let number = number.split('"').next().unwrap();
    for (nickname, status) in [
        ("", StatusCode::UNAUTHORIZED),
        ("张晓明", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let fields = [("text", "大家好 <b>"), ("number", number), ("nickname", nickname)];
        let refused = form(&caller, &say, &fields).await;
        assert_eq!(refused.status(), status);
        let page = refused.text().await.unwrap();
        assert!(
            page.contains("data-testid=\"text\">大家好 &#60;b&#62;</textarea>"),
            "{page}"
        );
    }
    let fields = [("text", "大家好"), ("number", number), ("nickname", "南关小店")];
    let mut places = Vec::new();
    for _ in 0..2 {
        // The second time as if the answer to the first were lost, cookie and all.
        let said = form(&caller, &say, &fields).await;
        assert_eq!(said.status(), StatusCode::SEE_OTHER);
        places.push(said.headers()[LOCATION].clone());
        let caller = Caller {
            site: &site,
            http: caller.http.clone(),
            cookie: cookie(said.headers()),
        };
        let page = caller.get(&base).await.text().await.unwrap();
        assert_eq!(page.matches("class=\"message mine\"").count(), 1, "{page}");
    }
    assert_eq!(places[0], places[1]);
    let named = Caller::named(&site, &base, "北关小店").await;
    let long = "长".repeat(2001);
    let refused = form(&named, &say, &[("text", &long), ("number", number)]).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.text().await.unwrap().contains(&long));
}

#[tokio::test]
async fn what_was_said_before_is_read_in_parts() {
    let site = Site::open(false).await;
    let group = site.group("魏都分局帮办群").await;
    let (base, room) = (format!("/g/{group}"), format!("g:{group}"));
    let mut tx = site.db.begin().await.unwrap();
    for count in 0..250 {
        let body = RoomBody {
            text: format!("第{count}句").as_str().into(),
            ..RoomBody::default()
        };
        let new = NewRoomMessage {
            room: &room,
            author: "v1",
            name: "南关小店",
            badge: "",
            body: &body,
            quote: None,
            outbox: None,
            once: None,
            veil: Veil::None,
            at: bangban::clock::Clock::System.now(),
        };
        tx.say_in_room(&new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let caller = Caller::new(&site);
    let page = caller.get(&base).await.text().await.unwrap();
    let first = |page: &str| {
        page.split("data-id=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let mut oldest = first(&page);
    let mut all = page.matches("data-testid=\"message\"").count();
    for more in [true, false] {
        let answer = caller.get(&format!("{base}/older?before={oldest}")).await;
        let answer: Value = answer.json().await.unwrap();
        let pieces = answer["messages"].as_array().unwrap();
        assert_eq!(answer["more"], more);
        all += pieces.len();
        oldest = pieces[0]["id"].to_string();
        if !more {
            assert!(pieces[0]["html"].as_str().unwrap().contains("第0句"));
        }
    }
    assert_eq!(all, 250);
}

#[tokio::test]
async fn text_travels_compressed_and_events_do_not() {
    let site = Site::open(true).await;
    super::list::freeze(&site).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let caller = Caller::new(&site);
    let ask = async |path: &str| {
        let request = caller.http.get(site.at(path)).header("accept-encoding", "gzip, br");
        request.header("accept", "text/html").send().await.unwrap()
    };
    for path in [
        base.as_str(),
        "/",
        "/assets/style.css",
        "/assets/room.js",
        "/faq",
        "/contacts",
        "/list/1/",
        "/list/1/list.js",
    ] {
        let squeezed = ask(path).await;
        assert_eq!(squeezed.headers()["content-encoding"], "gzip", "{path}");
        assert_eq!(squeezed.headers()["vary"], "accept-encoding");
        let whole = caller.get(path).await;
        assert!(whole.headers().get("content-encoding").is_none());
        let (squeezed, whole) = (squeezed.bytes().await.unwrap(), whole.bytes().await.unwrap());
        assert!(
            squeezed.len() * 3 < whole.len() * 2,
            "{path}: {} of {}",
            squeezed.len(),
            whole.len()
        );
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&squeezed[..]), &mut read).unwrap();
        assert_eq!(read.len(), whole.len(), "{path}");
    }
    let events = ask(&format!("{base}/events")).await;
    assert!(events.headers().get("content-encoding").is_none());
}

#[tokio::test]
async fn commands_of_staff_are_seen_by_their_author_only() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let helper = Caller::signed_in(&site, "李强").await;
    let visitor = Caller::named(&site, &base, "南关小店").await;
    let staff = format!("/staff{base}");
    for text in ["办结 7 已电话告知", "大家好"] {
        helper.post(&format!("{staff}/say"), json!({ "text": text })).await;
    }
    let seen = visitor.get(&base).await.text().await.unwrap();
    assert!(seen.contains("大家好") && !seen.contains("已电话告知"), "{seen}");
    let other = Caller::signed_in(&site, "张晓明").await;
    assert!(!other.get(&staff).await.text().await.unwrap().contains("已电话告知"));
    assert!(helper.get(&staff).await.text().await.unwrap().contains("已电话告知"));
    let events = heard(&visitor, &format!("{base}/events"), None, "大家好").await;
    assert!(!events.contains("已电话告知"), "{events}");
    // Nor who gave it, nor by asking the bot what it means.
    assert_eq!(seen.matches("data-name=\"李强\"").count(), 1, "{seen}");
    let hidden = seen
        .split(" gone\" ")
        .nth(1)
        .and_then(|rest| rest.split("data-id=\"").nth(1))
        .unwrap();
    let hidden: i64 = hidden.split('"').next().unwrap().parse().unwrap();
    let ask = json!({ "text": "/ask 这个怎么办", "reply_to": hidden });
    let refused = visitor.post(&format!("{base}/say"), ask.clone()).await;
    assert_eq!(error(refused).await, "要回复的消息已不在了。请直接发送。");
    let own = helper
        .post(&format!("{staff}/say"), json!({ "text": "大家好", "reply_to": hidden }))
        .await;
    assert_eq!(own.status(), 200);
}

#[tokio::test]
async fn only_own_words_can_be_changed() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let owner = Caller::named(&site, &base, "南关小店").await;
    let other = Caller::named(&site, &base, "北关小店").await;
    let said: Value = owner
        .post(&format!("{base}/say"), json!({ "text": "大家好，电话13912345678" }))
        .await
        .json()
        .await
        .unwrap();
    let html = said["html"].as_str().unwrap();
    assert!(html.contains("［手机号］") && !html.contains("139123"));
    let change = json!({ "message": said["id"], "text": "大家早" });
    let refused = other.post(&format!("{base}/edit"), change.clone()).await;
    assert_eq!(error(refused).await, "只能修改自己发的消息。");
    let changed: Value = owner.post(&format!("{base}/edit"), change).await.json().await.unwrap();
    assert!(changed["html"].as_str().unwrap().contains("已修改"));
    assert!(changed["revision"].as_i64() > said["revision"].as_i64());
}

/// Reads a room's events until `text` has come, and gives all that came.
pub async fn heard(caller: &Caller<'_>, path: &str, last: Option<&str>, text: &str) -> String {
    let mut request = caller.http.get(caller.site.at(path)).header(COOKIE, &caller.cookie);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let mut answer = request.send().await.unwrap();
    let mut all = Vec::new();
    while !String::from_utf8_lossy(&all).contains(text) {
        let chunk = tokio::time::timeout(std::time::Duration::from_secs(10), answer.chunk()).await;
        all.extend_from_slice(
            &chunk
                .unwrap_or_else(|_| panic!("{text} never came: {}", String::from_utf8_lossy(&all)))
                .unwrap()
                .expect("the stream stays open"),
        );
    }
    String::from_utf8(all).unwrap()
}

#[tokio::test]
async fn a_page_that_was_away_gets_what_it_missed_and_nothing_twice() {
    let site = Site::open(false).await;
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let caller = Caller::named(&site, &base, "南关小店").await;
    let say = format!("{base}/say");
    let mut said = Vec::new();
    for text in ["大家好", "早上好", "辛苦了"] {
        let piece: Value = caller.post(&say, json!({ "text": text })).await.json().await.unwrap();
        said.push(piece);
    }
    caller
        .post(
            &format!("{base}/edit"),
            json!({ "message": said[0]["id"], "text": "各位好" }),
        )
        .await;
    let all = heard(&caller, &format!("{base}/events"), None, "各位好").await;
    assert!(all.contains("早上好") && all.contains("辛苦了"));
    let seen = said[1]["revision"].to_string();
    for (path, last) in [
        (format!("{base}/events?after={seen}"), None),
        (format!("{base}/events?after=0"), Some(seen.as_str())),
    ] {
        let missed = heard(&caller, &path, last, "各位好").await;
        assert!(missed.contains("辛苦了") && !missed.contains("早上好"), "{missed}");
        assert_eq!(missed.matches("id: ").count(), 2, "{missed}");
    }
}
