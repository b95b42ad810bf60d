//! 督导通报 by page: from a month's figures to a numbered, issued bulletin, with a bureau's objection in between.

use std::io::{Cursor, Read as _};

use reqwest::StatusCode;

use super::console::Desk;
use super::figures::asked;
use super::windows::signed_in;
use crate::support::browser::Driver;
use crate::support::history::texts;
use crate::support::site::Site;

const LIST: &str = "/staff/figures/bulletins";
const ONE: &str = "/staff/figures/bulletin?id=1";

fn this_month(site: &Site) -> String {
    let today = site.desk.day(site.desk.clock.now());
    today.strftime("%Y-%m").to_string()
}

/// The version a page's form carries.
fn version(page: &str) -> String {
    let from = page
        .split("name=\"version\" value=\"")
        .nth(1)
        .unwrap_or_else(|| panic!("no version: {page}"));
    from.split('"').next().unwrap().to_owned()
}

async fn does(desk: &Desk<'_>, act: &str, more: &[(&str, &str)]) -> (StatusCode, String) {
    let (_, page) = desk.page(ONE).await;
    let version = if page.contains("name=\"version\"") {
        version(&page)
    } else {
        "0".to_owned()
    };
    let mut fields = vec![("act", act), ("version", version.as_str())];
    fields.extend(more);
    desk.posts(ONE, &fields).await
}

async fn drafted(site: &Site, writer: &Desk<'_>) {
    asked(site).await;
    written(site, writer).await;
}

/// Drafts this month's bulletin.
pub async fn written(site: &Site, writer: &Desk<'_>) {
    let month = this_month(site);
    let (status, page) = writer.posts(LIST, &[("month", &month)]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
}

fn document(bytes: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// How often the guidance group hears of it, once all that is owed is there.
async fn told(site: &Site) -> usize {
    for _ in 0..100 {
        let mut tx = site.db.read().await.unwrap();
        let owed = texts(
            &mut tx,
            "SELECT id || '' FROM outbox WHERE state IN ('waiting', 'sending')".to_owned(),
            0,
        )
        .await;
        if owed.is_empty() {
            let heard = "SELECT body FROM room_messages WHERE body LIKE '%通报》印发了%'";
            return texts(&mut tx, heard.to_owned(), 0).await.len();
        }
        drop(tx);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("something is owed for ever");
}

/// The writer changes the words and asks the bureaus.
async fn asks_the_bureaus(writer: &Desk<'_>) {
    let (_, page) = does(
        writer,
        "edit",
        &[
            ("opening", "开头改过<script>"),
            ("overall", "总体"),
            ("ranking", "时效"),
            ("praise", "表彰：无。"),
            ("criticism", "批评：无。"),
            ("demands", "要求\u{1}"),
        ],
    )
    .await;
    assert!(
        page.contains("开头改过&#60;script&#62;") && !page.contains("改过<script>"),
        "{page}"
    );
    let (status, page) = does(writer, "hear", &[]).await;
    assert!(status == StatusCode::OK && page.contains("征求意见"), "{page}");
}

/// A bureau sees its own figures and says something against them, which another does not hear.
async fn one_objects(keeper: &Desk<'_>, other: &Desk<'_>) {
    let (_, page) = keeper.page(ONE).await;
    assert!(
        page.contains("魏都分局") && !page.contains("禹州市局"),
        "only their own figures: {page}"
    );
    let (status, page) = keeper
        .posts(
            ONE,
            &[("act", "object"), ("words", "有一个问题不是我局的，电话13900001234")],
        )
        .await;
    assert!(status == StatusCode::OK && page.contains("申诉已交给督导"), "{page}");
    assert!(!page.contains("13900001234"), "a mobile number is masked");
    assert!(
        !other.page(ONE).await.1.contains("不是我局的"),
        "another bureau's objection is not theirs"
    );
}

/// Nobody issues their own words, nor while an objection waits; its bureau does not decide it.
async fn it_is_decided(writer: &Desk<'_>, second: &Desk<'_>, keeper: &Desk<'_>) {
    let (status, page) = does(writer, "issue", &[]).await;
    assert!(
        status == StatusCode::CONFLICT && page.contains("另一位督导或管理员"),
        "{page}"
    );
    let (status, page) = does(second, "issue", &[]).await;
    assert!(
        status == StatusCode::CONFLICT && page.contains("还有 1 条申诉没有答复"),
        "{page}"
    );
    let (status, _) = keeper
        .posts(ONE, &[("act", "take"), ("objection", "1"), ("words", "自己答复自己")])
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, page) = does(writer, "leave", &[("objection", "1"), ("words", "核过了，是贵局的群")]).await;
    assert!(status == StatusCode::OK && page.contains("不采纳：核过了"), "{page}");
    assert!(keeper.page(ONE).await.1.contains("核过了，是贵局的群"));
}

/// Of two presses one issues it, and it is told once.
async fn is_issued(site: &Site, second: &Desk<'_>) {
    let version = version(&second.page(ONE).await.1);
    let issue = [("act", "issue"), ("version", version.as_str())];
    let both = tokio::join!(second.posts(ONE, &issue), second.posts(ONE, &issue));
    let statuses = [both.0.0, both.1.0];
    assert_eq!(
        statuses.iter().filter(|status| **status == StatusCode::OK).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(told(site).await, 1, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulletin_is_heard_objected_to_decided_issued_by_another_and_told_once() {
    let site = Site::open(true).await;
    let (writer, second) = (Desk::open(&site, "刘文静").await, Desk::open(&site, "王敏").await);
    let (keeper, other) = (Desk::open(&site, "张晓明").await, Desk::open(&site, "周红").await);
    drafted(&site, &writer).await;
    let (status, _) = keeper.page(ONE).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "a draft is the writer's");
    asks_the_bureaus(&writer).await;
    one_objects(&keeper, &other).await;
    it_is_decided(&writer, &second, &keeper).await;
    let before = second.file("/staff/figures/bulletin.xlsx?id=1").await;
    is_issued(&site, &second).await;
    let (_, page) = other.page(ONE).await;
    assert!(page.contains("第1期 · 已印发") && page.contains("魏都分局"), "{page}");
    assert!(
        !page.contains("/staff/figures/behind"),
        "another bureau's questions are not theirs"
    );
    assert!(second.page(ONE).await.1.contains("/staff/figures/behind"));
    let (status, _) = does(&second, "drop", &[]).await;
    assert_eq!(status, StatusCode::CONFLICT, "what is issued stays");
    let first = other.file("/staff/figures/bulletin.docx?id=1").await;
    assert_eq!(
        first,
        second.file("/staff/figures/bulletin.docx?id=1").await,
        "the same bytes"
    );
    assert_eq!(before, second.file("/staff/figures/bulletin.xlsx?id=1").await);
    let text = document(&first);
    for words in [
        "帮办工作情况的通报",
        "督导通报〔",
        "第1期",
        "开头改过&lt;script&gt;",
        "未报送",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_bulletin_is_refused_in_words() {
    let site = Site::open(true).await;
    let writer = Desk::open(&site, "刘文静").await;
    for (month, status, words) in [
        ("2026-13", StatusCode::UNPROCESSABLE_ENTITY, "月份没看懂"),
        ("2019-01", StatusCode::CONFLICT, "没有可通报的"),
    ] {
        let (got, page) = writer.posts(LIST, &[("month", month)]).await;
        assert!(got == status && page.contains(words), "{got}: {page}");
    }
    drafted(&site, &writer).await;
    let (status, page) = writer.posts(LIST, &[("month", &this_month(&site))]).await;
    assert!(status == StatusCode::CONFLICT && page.contains("已经有一份"), "{page}");
    let stale = [("act", "hear"), ("version", "99")];
    let (status, page) = writer.posts(ONE, &stale).await;
    assert!(status == StatusCode::CONFLICT && page.contains("别人刚改过"), "{page}");
    let long = "长".repeat(4_001);
    let (status, page) = does(&writer, "edit", &[("opening", &long)]).await;
    assert!(
        status == StatusCode::CONFLICT && page.contains("“开头”太长了") && page.contains(&long),
        "nothing typed is lost"
    );
    let (status, page) = does(&writer, "edit", &[("opening", "只有开头")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, page) = does(&writer, "hear", &[]).await;
    assert!(
        status == StatusCode::CONFLICT && page.contains("“总体情况”还没有写"),
        "{page}"
    );
    let helper = Desk::open(&site, "李强").await;
    for path in [LIST, ONE, "/staff/figures/bulletin.docx?id=1"] {
        assert_eq!(helper.page(path).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let (status, _) = does(&writer, "drop", &[]).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = writer.posts(LIST, &[("month", &this_month(&site))]).await;
    assert_eq!(status, StatusCode::OK, "after one was given up there may be another");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulletin_is_read_on_a_phone_and_on_a_desk() {
    let site = Site::open(true).await;
    let writer = Desk::open(&site, "刘文静").await;
    drafted(&site, &writer).await;
    let driver = Driver::start().await;
    let browser = signed_in(&driver, &site, "刘文静").await;
    for (width, name) in [(390, "phone"), (1440, "desk")] {
        browser.set_window(width, 900).await;
        browser.goto(&site.at(ONE)).await;
        browser.find("[data-testid=line]").await;
        let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(
            browser.run(wide, serde_json::json!([])).await,
            serde_json::json!(false),
            "{name}"
        );
        browser.screenshot(&format!("bulletin-{name}")).await;
    }
}
