//! What people see and what the room holds when the network dies under a page.

use serde_json::json;
use sqlx::Connection as _;

use super::requests::Caller;
use crate::support::browser::{Browser, Driver};
use crate::support::proxy::Proxy;
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const STATE: &str = "[data-testid=state]";
const MESSAGES: &str = "[data-testid=messages]";
const TROUBLE: &str = "[data-testid=send-error]";
const ENTER: &str = "\u{e007}";

struct Cut {
    driver: Driver,
    site: Site,
    proxy: Proxy,
    base: String,
}

impl Cut {
    async fn open() -> Cut {
        let site = Site::open(false).await;
        Cut {
            driver: Driver::start().await,
            proxy: Proxy::before(&site.url).await,
            base: format!("/g/{}", site.group("魏都分局帮办群").await),
            site,
        }
    }

    /// A visitor on a phone, behind the network that will die.
    async fn phone(&self) -> Browser {
        let browser = self.driver.browser().await;
        browser.set_window(390, 844).await;
        browser.goto(&self.proxy.at(&self.base)).await;
        browser.wait_for_text(STATE, "已连接").await;
        browser.write(TEXT, &format!("大家好{ENTER}")).await;
        browser
            .write("[data-testid=nickname-input]", &format!("南关小店{ENTER}"))
            .await;
        browser.wait_for_text(MESSAGES, "大家好").await;
        browser.wait_for_text(STATE, "已连接").await;
        browser
    }

    /// Somebody whose network lives.
    async fn other(&self) -> Caller<'_> {
        Caller::named(&self.site, &self.base, "北关小店").await
    }

    async fn says(&self, caller: &Caller<'_>, text: &str) {
        let said = caller
            .post(&format!("{}/say", self.base), json!({ "text": text }))
            .await;
        assert_eq!(said.status(), reqwest::StatusCode::OK);
    }

    /// What stands in the room, in order.
    async fn room(&self) -> Vec<String> {
        let room = self.base[1..].replace('/', ":");
        let stands = self.site.db.read().await.unwrap().room_latest(&room, 50).await.unwrap();
        stands.iter().map(|message| message.body.text.words()).collect()
    }

    /// What came in to be handled.
    async fn heard(&self) -> i64 {
        let url = bangban::setup::database_url(&self.site.desk.config);
        let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM inbox");
        count.fetch_one(&mut database).await.unwrap()
    }
}

/// Moves the page's clock on, as a phone's that slept.
async fn later(browser: &Browser, ms: u32) {
    let script = "const [ms] = arguments, now = Date.now; Date.now = () => now() + ms";
    browser.run(script, json!([ms])).await;
}

/// The page is looked at again.
async fn look(browser: &Browser) {
    browser
        .run("document.dispatchEvent(new Event('visibilitychange'))", json!([]))
        .await;
}

/// What a page shows, in order.
async fn shown(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.message .words')].map((one) => one.textContent)";
    let words = browser.run(script, json!([])).await;
    serde_json::from_value(words).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_connection_died_says_so_and_comes_back_with_all_that_was_said() {
    let cut = Cut::open().await;
    let (phone, other) = (cut.phone().await, cut.other().await);
    cut.proxy.down();
    cut.says(&other, "早上好").await;
    later(&phone, 41_000).await;
    phone.wait_for_text(STATE, "正在重连").await;
    phone.screenshot("cut-phone").await;
    assert_eq!(shown(&phone).await, ["大家好"]);
    cut.proxy.up();
    // The line that was opened while the network was down is dead as well.
    later(&phone, 21_000).await;
    phone.wait_for_text(MESSAGES, "早上好").await;
    phone.wait_for_text(STATE, "已连接").await;
    assert_eq!(shown(&phone).await, ["大家好", "早上好"]);
    phone.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_looked_at_again_has_what_came_before_and_after_its_own_words() {
    let cut = Cut::open().await;
    let (phone, other) = (cut.phone().await, cut.other().await);
    cut.proxy.kill_events();
    cut.says(&other, "早上好").await;
    phone.write(TEXT, &format!("在吗{ENTER}")).await;
    phone.wait_for_text(MESSAGES, "在吗").await;
    cut.says(&other, "在的").await;
    assert_eq!(shown(&phone).await, ["大家好", "在吗"], "the stream is dead");
    look(&phone).await;
    phone.wait_for_text(MESSAGES, "在的").await;
    assert_eq!(shown(&phone).await, ["大家好", "早上好", "在吗", "在的"]);
    assert_eq!(shown(&phone).await, cut.room().await);
    phone.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_whose_answer_is_lost_are_sent_again_at_a_press_and_stand_once() {
    let cut = Cut::open().await;
    let phone = cut.phone().await;
    cut.proxy.down();
    phone.write(TEXT, &format!("早上好{ENTER}")).await;
    phone.wait_for_text(".send", "发送中").await;
    phone.wait_for_text(TROUBLE, "没有发出去，写好的内容还在").await;
    phone.screenshot("unsent-phone").await;
    let kept = phone
        .run("return document.getElementById('text').value", json!([]))
        .await;
    assert_eq!(kept, "早上好");
    assert_eq!(cut.room().await, ["大家好", "早上好"], "only the answer was lost");
    cut.proxy.up();
    phone.click("[data-testid=again]").await;
    phone.wait_for_value(TEXT, "").await;
    look(&phone).await;
    phone.wait_for_text(STATE, "已连接").await;
    assert_eq!(shown(&phone).await, ["大家好", "早上好"]);
    assert_eq!(cut.room().await, ["大家好", "早上好"]);
    assert_eq!(cut.heard().await, 2);
    phone.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_the_stream_brings_back_need_no_answer() {
    let cut = Cut::open().await;
    let phone = cut.phone().await;
    cut.proxy.kill_answers();
    phone.write(TEXT, &format!("早上好{ENTER}")).await;
    phone.wait_for_text(MESSAGES, "早上好").await;
    phone.wait_for_text(".send", "发送中").await;
    phone.wait_for_value(TEXT, "").await;
    assert_eq!(phone.text(TROUBLE).await, "");
    assert_eq!(cut.room().await, ["大家好", "早上好"]);
    phone.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_has_more_than_a_backup_that_was_brought_back_says_so() {
    let cut = Cut::open().await;
    let phone = cut.phone().await;
    let url = bangban::setup::database_url(&cut.site.desk.config);
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let before = sqlx::query("UPDATE counters SET value = 0 WHERE name = 'rooms'");
    before.execute(&mut database).await.unwrap();
    look(&phone).await;
    phone.wait_for_text(TROUBLE, "请刷新页面后再继续").await;
    phone.quit().await;
}

#[tokio::test]
async fn nothing_on_the_way_may_hold_events_back() {
    let site = Site::open(false).await;
    let events = format!("/g/{}/events", site.group("魏都分局帮办群").await);
    let answer = reqwest::get(site.at(&events)).await.unwrap();
    assert_eq!(answer.headers()["x-accel-buffering"], "no");
    assert_eq!(answer.headers()["cache-control"], "no-store, no-transform");
    assert!(!answer.headers().contains_key("content-encoding"));
}

// A browser holds six lines to a server at most; each open page takes one.
#[tokio::test(flavor = "multi_thread")]
async fn with_many_pages_open_one_can_still_send() {
    let site = Site::open(false).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    let page = site.at(&format!("/g/{}", site.group("魏都分局帮办群").await));
    browser.goto(&page).await;
    browser.wait_for_text(STATE, "已连接").await;
    // Nobody looks at the others: a browser without a screen does not say so by itself.
    let open = "window.others = (window.others || []).concat(window.open(location.href))";
    let states = "return window.others.map((page) => { \
                  const state = page.document.getElementById('state'); \
                  if (!state || page.document.readyState !== 'complete') return ''; \
                  if (!page.document.hidden) { \
                  Object.defineProperty(page.document, 'hidden', { get: () => true }); \
                  page.document.dispatchEvent(new page.Event('visibilitychange')); } \
                  return state.textContent; })";
    for others in 1..=7 {
        browser.run(open, json!([])).await;
        for _ in 0..50 {
            let said = browser.run(states, json!([])).await;
            let said: Vec<String> = serde_json::from_value(said).unwrap_or_default();
            let settled = |state: &String| state.contains("已连接") || state.contains("先歇着");
            if said.len() == others && said.iter().all(settled) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    }
    let said: Vec<String> = serde_json::from_value(browser.run(states, json!([])).await).unwrap();
    let resting = said.iter().filter(|state| state.contains("先歇着")).count();
    assert!(resting >= 3, "{said:?}");
    browser.write(TEXT, &format!("大家好{ENTER}")).await;
    browser
        .write("[data-testid=nickname-input]", &format!("南关小店{ENTER}"))
        .await;
    browser.wait_for_text(MESSAGES, "大家好").await;
    browser.quit().await;
}
