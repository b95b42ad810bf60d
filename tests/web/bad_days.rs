//! A megabyte in a field, a program instead of a roster, a page left open for days, an answer that got lost: what is
//! written stays, and nothing is done twice.

use reqwest::StatusCode;
use serde_json::json;
use sqlx::Connection as _;

use super::console::{Desk, asked};
use super::curating::handed_in;
use super::windows::{asker as visitor, signed_in};
use crate::support::browser::{Browser, Driver};
use crate::support::proxy::Proxy;
use crate::support::site::Site;

const WORDS: &str = "[data-testid=words]";
const SAID: &str = "[data-testid=said]";
const TOAST: &str = "[data-testid=toast]";

/// Sets every field for words, as a paste does where `pasted`, else past what the field takes; gives how long each is.
const FILLS: &str = "const [pasted] = arguments, long = '字'.repeat(1048576 / 3);
    const fields = Array.from(document.querySelectorAll('main textarea, main input')).filter((one) => one.maxLength > 0 && !one.readOnly);
    return fields.map((one) => {
        for (let at = one.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
        one.focus();
        one.select();
        if (pasted) document.execCommand('insertText', false, long); else one.value = long;
        return [one.name, one.value.length, one.maxLength];
    });";

/// Every field of a page takes what it takes of a megabyte, and says no to no paste.
async fn takes_a_paste(browser: &Browser, site: &Site, path: &str) {
    browser.goto(&site.at(path)).await;
    browser.find("main").await;
    let fields = browser.run(FILLS, json!([true])).await;
    let fields = fields.as_array().unwrap();
    assert!(!fields.is_empty(), "{path} has no field");
    for field in fields {
        assert_eq!(field[1], field[2], "{path}: {field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_megabyte_pasted_into_any_field_is_cut_and_one_that_gets_past_it_is_refused_with_nothing_lost() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    helper.goto(&site.at("/staff/work")).await;
    helper.click("[data-testid=take]").await;
    helper.wait_for_text(SAID, "Q1 已认领").await;
    takes_a_paste(&helper, &site, "/staff/q/1").await;
    helper.click("[data-testid=send]").await;
    helper.wait_for_text(SAID, "已发给提问人").await;
    for path in ["/staff/list", "/faq"] {
        takes_a_paste(&helper, &site, path).await;
    }
    // What a script puts in, and no hand: the page says so, and it is all still there.
    helper.goto(&site.at("/staff/q/1")).await;
    helper.find(WORDS).await;
    helper.run(FILLS, json!([false])).await;
    helper.click("[data-testid=send]").await;
    helper.wait_for_text(TOAST, "内容太大了").await;
    let kept = format!("return document.querySelector('{WORDS}').value.length");
    assert_eq!(helper.run(&kept, json!([])).await, json!(1_048_576 / 3));
    asker.quit().await;
    helper.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_with_every_field_full_is_kept() {
    let site = Site::open(false).await;
    let editor = Desk::open(&site, "赵岩").await;
    handed_in(&editor).await;
    let version = editor.version_at("/staff/drafts/1").await;
    let long = "字".repeat(7_990);
    let fields = [
        ("act", "write"),
        ("version", version.as_str()),
        ("答案", &long),
        ("问法", &long),
    ];
    let (status, page) = editor.posts("/staff/drafts/1", &fields).await;
    assert_eq!(status, StatusCode::OK, "{}", &page[..page.len().min(2000)]);
    assert!(page.contains(&long));
    let huge = "字".repeat(1_048_576 / 3);
    let (status, page) = editor
        .posts("/staff/drafts/1", &[("act", "write"), ("答案", &huge)])
        .await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("内容太大了"), "{page}");
    assert!(
        editor.page("/staff/drafts/1").await.1.contains(&long),
        "what was kept is there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_renamed_to_a_table_changes_nothing() {
    let site = Site::open(false).await;
    let program = std::fs::read("/proc/self/exe").unwrap()[..200_000].to_vec();
    for (who, path) in [
        ("张晓明", "/staff/people/roster"),
        ("赵岩", "/staff/list.xlsx"),
        ("刘文静", "/staff/figures/reported"),
    ] {
        let keeper = Desk::open(&site, who).await;
        let before = site.desk.roster().people.len();
        let (status, page) = keeper.hands_in(path, program.clone()).await;
        assert!(status.is_client_error(), "{path}: {status}");
        assert!(page.contains("xlsx") || page.contains("表格"), "{path}: {page}");
        assert!(!page.contains("panicked") && !page.contains("ELF"), "{page}");
        assert_eq!(site.desk.roster().people.len(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_open_for_two_days_says_so_and_the_words_are_there_again() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    helper.goto(&site.at("/staff/work")).await;
    helper.click("[data-testid=take]").await;
    helper.wait_for_text(SAID, "Q1 已认领").await;
    helper.write(WORDS, "先公示二十天").await;
    helper.wait_for_text("#kept", "草稿已存").await;
    let url = bangban::setup::database_url(&site.desk.config);
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let days = "UPDATE sessions SET seen_at = seen_at - 172800000, created_at = created_at - 172800000 WHERE person_id IS NOT NULL";
    sqlx::query(days).execute(&mut database).await.unwrap();
    helper.write(WORDS, "，再来窗口").await;
    helper.click("[data-testid=send]").await;
    helper.wait_for_text(TOAST, "登录已失效").await;
    helper.wait_for_value(WORDS, "先公示二十天，再来窗口").await;
    helper.screenshot("two-days-desk").await;
    // Without script it is a page that says where to go.
    let link = site.link("张晓明").await;
    helper.goto(&site.at("/staff/q/1")).await;
    helper.wait_for_text("body", "登录").await;
    helper.goto(&link).await;
    helper.wait_for_text("[data-testid=sign-in-as]", "张晓明").await;
    helper.click("[data-testid=sign-in]").await;
    helper.find("[data-testid=tab]").await;
    helper.goto(&site.at("/staff/q/1")).await;
    helper.wait_for_value(WORDS, "先公示二十天").await;
    asker.quit().await;
    helper.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_whose_answer_is_lost_is_done_once() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let proxy = Proxy::before(&site.url).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    // The same cookie is good for the other port of this machine.
    helper.goto(&proxy.at("/staff/work")).await;
    helper.click("[data-testid=take]").await;
    helper.wait_for_text(SAID, "Q1 已认领").await;
    helper.write(WORDS, "先公示二十天，再来窗口。").await;
    helper.wait_for_text("#kept", "草稿已存").await;
    proxy.down();
    helper.click("[data-testid=send]").await;
    asker.wait_for_text("[data-testid=messages]", "先公示二十天").await;
    helper.wait_for_text(TOAST, "没有收到回音").await;
    helper.wait_for_value(WORDS, "先公示二十天，再来窗口。").await;
    proxy.up();
    helper.click("[data-testid=send]").await;
    helper.wait_for_text(SAID, "没有再发一次").await;
    let steps = site
        .db
        .read()
        .await
        .unwrap()
        .steps(bangban::domain::asking::question::QuestionId(1))
        .await
        .unwrap();
    let replied = steps.iter().filter(|noted| noted.step.key() == "replied").count();
    assert_eq!(replied, 1);
    asker.quit().await;
    helper.quit().await;
}
