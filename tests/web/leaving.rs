//! Who came by which way, and what stays on a computer that others use when somebody has left.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, Response};
use serde_json::json;
use sqlx::{Connection as _, Row as _};

use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const ENTER: &str = "\u{e007}";
const PRIVATE: &str = "执照还在建设路一号那家店里";

/// Signed in by a link, in a room where something was said and looked for, with something half written.
async fn at_work(driver: &Driver, site: &Site) -> Browser {
    let staff = driver.browser().await;
    staff.set_window(1280, 800).await;
    staff.goto(&site.link("李强").await).await;
    staff
        .wait_for_text("[data-testid=sign-in-as]", "李强（魏都分局窗口）")
        .await;
    assert_eq!(staff.url().await, site.at("/in"), "the secret is out of the address");
    staff.screenshot("sign-in-desk").await;
    staff.click("[data-testid=sign-in]").await;
    staff.find("[data-testid=tab]").await;
    let group = site.group("魏都分局帮办群").await;
    staff.goto(&site.at(&format!("/staff/g/{group}"))).await;
    staff.wait_for_text("[data-testid=state]", "已连接").await;
    staff.write(TEXT, &format!("{PRIVATE}{ENTER}")).await;
    staff.wait_for_text(MESSAGES, PRIVATE).await;
    staff.click("[data-testid=find]").await;
    staff
        .write("[data-testid=find-words]", &format!("建设路一号{ENTER}"))
        .await;
    staff.wait_for_text("[data-testid=found]", PRIVATE).await;
    staff.write(TEXT, "写了一半").await;
    staff
}

async fn shows_nothing(staff: &Browser) {
    staff.wait_for_text("[data-testid=send-error]", "登录已失效").await;
    let words = staff.run("return document.body.textContent", json!([])).await;
    assert!(!words.as_str().unwrap().contains("建设路"), "{words}");
    assert_eq!(staff.count(&format!("{MESSAGES} .message")).await, 0);
    staff.wait_for_value(TEXT, "写了一半").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_page_shows_nothing_once_its_session_has_ended() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let staff = at_work(&driver, &site).await;
    // As another page of the same browser does it; the stream of this one notices.
    let out = "return fetch('/out', { method: 'POST' }).then((answer) => answer.status)";
    assert_eq!(staff.run(out, json!([])).await, json!(200));
    shows_nothing(&staff).await;
    staff.screenshot("signed-out-desk").await;
    staff.quit().await;
    // Brought back from where the browser keeps pages: the stream is refused, which says nothing of why.
    let staff = at_work(&driver, &site).await;
    let back = "return fetch('/out', { method: 'POST' })
        .then(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))";
    staff.run(back, json!([])).await;
    shows_nothing(&staff).await;
    staff.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_can_be_pasted_and_a_wrong_one_is_told() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let staff = driver.browser().await;
    staff.set_window(390, 844).await;
    staff.goto(&site.at(&format!("/in#{}", "0".repeat(32)))).await;
    staff.wait_for_text("[data-testid=sign-in-error]", "没有复制完整").await;
    staff.screenshot("sign-in-phone").await;
    let link = site.link("李强").await;
    staff
        .write("[data-testid=link]", &format!("李强 的登录链接：{link}{ENTER}"))
        .await;
    staff.wait_for_text("[data-testid=sign-in-as]", "李强").await;
    staff.click("[data-testid=sign-in]").await;
    staff.find("[data-testid=tab]").await;
    assert!(staff.url().await.ends_with("/staff/work"));
    assert_eq!(staff.complaints().await, Vec::<String>::new());
    staff.quit().await;
}

#[tokio::test]
async fn a_person_has_five_sessions_and_no_more() {
    let site = Site::open(false).await;
    let http = Client::builder().no_proxy().build().unwrap();
    let mut cookies = Vec::new();
    for _ in 0..6 {
        let request = http.post(site.at("/in")).header(ORIGIN, &site.url);
        let entered = request
            .header("x-link", site.secret("李强").await)
            .send()
            .await
            .unwrap();
        assert_eq!(entered.status(), 200);
        let set = entered.headers()[SET_COOKIE].to_str().unwrap();
        cookies.push(set.split(';').next().unwrap().to_owned());
        // The next one comes a moment later.
        let begun = site.desk.clock.now();
        while site.desk.clock.now() == begun {
            tokio::task::yield_now().await;
        }
    }
    let mut statuses = Vec::new();
    for cookie in &cookies {
        let request = http.get(site.at("/staff/me")).header(COOKIE, cookie);
        statuses.push(request.send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [401, 200, 200, 200, 200, 200]);
}

#[tokio::test]
async fn who_comes_past_the_proxy_is_not_answered_in_plain_text() {
    let outside = "203.0.113.9:40000";
    let settings = "public_url = \"https://help.example.cn\"\nweb = { trusted_proxies = [\"10.0.0.0/8\"] }";
    let site = Site::open_as(false, settings).await;
    let plain = Site::open_as(false, &format!("allow_plain = true\n{settings}")).await;
    for (site, peer, path, status) in [
        (&site, outside, "/", 421),
        (&site, outside, "/assets/style.css", 421),
        (&site, "[::ffff:203.0.113.9]:40000", "/in", 421),
        (&site, "10.1.2.3:40000", "/", 200),
        (&site, "127.0.0.1:40000", "/", 200),
        (&plain, outside, "/", 200),
    ] {
        // Whoever writes that they come through the proxy does not.
        let request = axum::http::Request::get(path)
            .header("host", "192.0.2.1:8080")
            .header("x-forwarded-for", "10.1.2.3");
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = TowerToHyperService::new(site.app.clone()).call(request).await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{peer} {path}");
    }
}

/// Every row of every table but the notes of the time that goes by.
async fn kept(site: &Site) -> BTreeMap<String, Vec<String>> {
    let url = bangban::setup::database_url(&site.desk.config);
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(&mut database)
        .await
        .unwrap();
    let mut kept = BTreeMap::new();
    for table in tables.into_iter().filter(|table| table != "notes") {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut database)
            .await
            .unwrap();
        let quoted: Vec<String> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
        let text = format!("SELECT {} FROM \"{table}\"", quoted.join(" || ',' || "));
        let rows = sqlx::query(sqlx::AssertSqlSafe(text))
            .fetch_all(&mut database)
            .await
            .unwrap();
        kept.insert(table, rows.iter().map(|row| row.get(0)).collect());
    }
    kept
}

/// The same, once what was said has been taken in.
async fn at_rest(site: &Site) -> BTreeMap<String, Vec<String>> {
    let mut before = kept(site).await;
    let mut same = 0;
    while same < 20 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let now = kept(site).await;
        same = if now == before { same + 1 } else { 0 };
        before = now;
    }
    before
}

/// Every address there is, whatever is meant to be done at it.
fn addresses(group: i64) -> Vec<String> {
    let of_rooms = [
        "",
        "/older?before=9",
        "/search?q=大家",
        "/say",
        "/name",
        "/press",
        "/edit",
        "/awake",
        "/read",
        "/wish",
        "/takedown",
    ];
    let rooms = ["/g/1", "/me", "/staff/g/1", "/staff/me"].map(|base| base.replace('1', &group.to_string()));
    let mut paths: Vec<String> = rooms
        .iter()
        .flat_map(|base| of_rooms.map(|path| format!("{base}{path}")))
        .collect();
    let others = "/ /faq /faq?q=注销 /faq/1 /list /list/1/ /contacts /in /in/who /out /leave /staff /staff/work /staff/q/1 /staff/rooms /staff/account /media/0";
    paths.extend(others.split(' ').map(str::to_owned));
    paths
}

#[tokio::test]
async fn reading_changes_nothing() {
    let site = Site::open(false).await;
    let group = site.group("魏都分局帮办群").await;
    let http = Client::builder().no_proxy().build().unwrap();
    let post = async |path: &str, cookie: &str, body: serde_json::Value| -> Response {
        let request = http
            .post(site.at(path))
            .header(ORIGIN, &site.url)
            .header(COOKIE, cookie);
        request.json(&body).send().await.unwrap()
    };
    let named = post(&format!("/g/{group}/name"), "", json!({ "nickname": "南关小店" })).await;
    let visitor = named.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    let entered = http.post(site.at("/in")).header(ORIGIN, &site.url);
    let entered = entered
        .header("x-link", site.secret("李强").await)
        .send()
        .await
        .unwrap();
    let staff = entered.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    let cookies = [visitor, staff].map(|set| set.split(';').next().unwrap().to_owned());
    let both = cookies.join("; ");
    post(&format!("/g/{group}/say"), &both, json!({ "text": "大家好" })).await;
    let before = at_rest(&site).await;
    assert!(
        before.len() > 20 && before["room_messages"].len() == 1,
        "{}",
        before.len()
    );
    for path in addresses(group) {
        for method in [reqwest::Method::GET, reqwest::Method::HEAD] {
            let request = http.request(method, site.at(&path)).header(COOKIE, &both);
            let answer = request.header("origin", "https://bad.example").send().await.unwrap();
            assert!(!answer.status().is_server_error(), "{path}");
            assert!(answer.headers().get(SET_COOKIE).is_none(), "{path}");
        }
    }
    let after = kept(&site).await;
    for (table, rows) in &before {
        assert_eq!(&after[table], rows, "{table}");
    }
}
