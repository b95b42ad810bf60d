//! The published list as people meet it: opened from a disk without a server, and on the running site.

use bangban::clock::Clock;
use bangban::desk::issue::{self, LeaveOut};
use bangban::publish::Form;
use serde_json::json;

use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const FIRST: &str = "[data-testid=found] .item:first-child";

async fn searches(browser: &Browser, words: &str, first: &str) {
    let clear = "const q = document.getElementById('q'); q.value = ''; q.dispatchEvent(new Event('input'))";
    browser.run(clear, json!([])).await;
    browser.write("[data-testid=search]", words).await;
    browser.wait_for_text("#found-title", "找到").await;
    let found = browser.text(FIRST).await;
    assert!(found.contains(first), "“{words}” found first:\n{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_searched_without_a_server_and_printed_as_a_handbook() {
    let site = Site::open(true).await;
    let frozen = issue::freeze(
        &site.db,
        &site.desk.config,
        &Clock::System,
        "operator",
        LeaveOut::Unfilled,
    );
    let edition = frozen.await.unwrap().unwrap().edition;
    let folder = tempfile::tempdir().unwrap();
    for file in Form::Page.render(&edition).unwrap() {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }

    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.set_window(390, 844).await;
    let page = format!("file://{}/网页/index.html", folder.path().display());
    browser.goto(&page).await;
    browser.screenshot("list-phone").await;
    let wide = "return document.documentElement.scrollWidth";
    assert_eq!(
        browser.run(wide, json!([])).await,
        390,
        "the page is wider than the phone"
    );
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
    browser.write("[data-testid=search]", "zzqx").await;
    browser.run("document.getElementById('q').value = 'qqxxzz'; document.getElementById('q').dispatchEvent(new Event('input'))", json!([])).await;
    browser.wait_for_text("#found", "没有找到").await;
    browser
        .run(
            "document.getElementById('q').value = ''; document.getElementById('q').dispatchEvent(new Event('input'))",
            json!([]),
        )
        .await;
    assert_eq!(browser.count("#found .item").await, 0);
    assert_eq!(browser.count(".topic .item").await, edition.items.len());
    browser.click("#n001 button").await;
    browser.wait_for_text("#a001", "依据").await;
    browser
        .run("document.getElementById('windows').scrollIntoView()", json!([]))
        .await;
    browser.screenshot("list-windows-phone").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());

    browser.set_window(1280, 900).await;
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
