//! The published list as people meet it: opened from a disk without a server, and on the running site.

use bangban::clock::Clock;
use bangban::desk::list::issue::{self, LeaveOut, Maker};
use bangban::domain::list::edition::Edition;
use bangban::publish::Form;
use serde_json::json;

use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const FIRST: &str = "[data-testid=found] .item:first-child";

async fn searches(browser: &Browser, words: &str, first: &str) {
    replaces(browser, "").await;
    browser.write("[data-testid=search]", words).await;
    browser.wait_for_text("#found-title", "找到").await;
    let found = browser.text(FIRST).await;
    assert!(found.contains(first), "“{words}” found first:\n{found}");
}

/// Other words in the search field, at once.
async fn replaces(browser: &Browser, words: &str) {
    let script = "const q = document.getElementById('q'); q.value = arguments[0]; q.dispatchEvent(new Event('input'))";
    browser.run(script, json!([words])).await;
}

pub async fn freeze(site: &Site) -> Edition {
    let config = &site.desk.config;
    let frozen = issue::freeze(
        &site.db,
        config,
        &Clock::System,
        Maker::Operator("operator"),
        LeaveOut::Unfilled,
    );
    frozen.await.unwrap().unwrap().edition
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_searched_from_a_disk_without_a_server() {
    let site = Site::open(true).await;
    let edition = freeze(&site).await;
    let folder = tempfile::tempdir().unwrap();
    for file in Form::Page.render(&edition).unwrap() {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.set_window(390, 844).await;
    browser
        .goto(&format!("file://{}/网页/index.html", folder.path().display()))
        .await;
    browser.screenshot("list-phone").await;
    let wide = "return document.documentElement.scrollWidth";
    assert_eq!(browser.run(wide, json!([])).await, 390, "wider than the phone");
    for (words, first) in [
        ("简易注销公示几天", "简易注销"),
        ("挂网多久", "简易注销"),
        ("执照丢了咋办", "营业执照"),
        ("换法人要啥材料", "法定代表人"),
        ("061", "061"),
        ("帮我看看个体户怎么注销啊", "个体"),
    ] {
        searches(&browser, words, first).await;
    }
    browser.screenshot("list-search-phone").await;
    replaces(&browser, "qqxxzz").await;
    browser.wait_for_text("#found", "没有找到").await;
    replaces(&browser, "").await;
    assert_eq!(browser.count("#found .item").await, 0);
    assert_eq!(browser.count(".topic .item").await, edition.items.len());
    browser.click("#n001 button").await;
    browser.wait_for_text("#a001", "依据").await;
    browser
        .run("document.getElementById('windows').scrollIntoView()", json!([]))
        .await;
    browser.screenshot("list-windows-phone").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_edition_stands_on_the_running_site() {
    let site = Site::open(true).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.set_window(1280, 900).await;
    browser.goto(&site.at("/list")).await;
    browser.wait_for_text("body", "清单还没有发布过").await;
    freeze(&site).await;
    browser.goto(&site.at("/faq")).await;
    browser.wait_for_text("main", "已发布：第1期").await;
    browser.click("a[href='/list']").await;
    browser.wait_for_text("h1", "第1期").await;
    assert!(browser.url().await.ends_with("/list/1/"));
    searches(&browser, "简易注销公示几天", "简易注销").await;
    browser.screenshot("list-search-desk").await;
    browser.set_dark(true).await;
    browser.screenshot("list-dark-desk").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.goto(&site.at("/list/9/")).await;
    browser.wait_for_text("body", "没有这一期清单").await;
    browser.quit().await;
}
