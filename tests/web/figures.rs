//! 数字 over a period: who sees what, what stands behind a figure, what is handed in, what is refused.

use reqwest::StatusCode;
use reqwest::header::{COOKIE, ORIGIN};
use serde_json::json;

use super::console::Desk;
use super::requests::Caller;
use super::windows::signed_in;
use crate::support::browser::Driver;
use crate::support::site::Site;

/// A visitor of 魏都分局 whose question the list answered and who then wanted a person.
pub async fn asked(site: &Site) {
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let asker = Caller::named(site, &base, "南关小店").await;
    for words in ["简易注销要公示多少天？", "转人工"] {
        let said = asker.post(&format!("{base}/say"), json!({ "text": words })).await;
        assert_eq!(said.status(), StatusCode::OK);
        for _ in 0..100 {
            let mut tx = site.db.read().await.unwrap();
            let phase = tx
                .question(bangban::domain::asking::question::QuestionId(1))
                .await
                .unwrap();
            let phase = phase.map_or("", |question| question.state.phase());
            if phase == if words == "转人工" { "waiting" } else { "answered" } {
                break;
            }
            drop(tx);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

fn has(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_opens_a_figure_to_its_questions_and_a_bureau_sees_its_own() {
    let site = Site::open(true).await;
    asked(&site).await;
    let supervisor = Desk::open(&site, "刘文静").await;
    let (status, page) = supervisor.page("/staff/figures/period").await;
    assert_eq!(status, StatusCode::OK);
    has(
        &page,
        &[
            "魏都分局",
            "直答没解决率",
            "清单直接答了的 ÷ 提问",
            "1/1",
            "100.0 %",
            "由谁引起：机器人",
        ],
    );
    let bureau = site.desk.roster().bureau_named("魏都分局").unwrap().id.0;
    let (_, page) = supervisor
        .page(&format!("/staff/figures/behind?bureau={bureau}&measure=handed-asker"))
        .await;
    has(&page, &["/staff/q/1\">Q1<", "提问人要求转"]);
    let (_, page) = supervisor.page(&format!("/staff/figures/one?bureau={bureau}")).await;
    has(&page, &["张晓明", "窗口和所", "95 % 区间"]);
    let (_, page) = supervisor.page("/staff/figures/measure?measure=unsolved").await;
    has(&page, &["不足 20，只列", "Efron", "Wilson", "20.7 %–100.0 %"]);
    let keeper = Desk::open(&site, "张晓明").await;
    let (_, page) = keeper.page("/staff/figures/period").await;
    has(&page, &["魏都分局"]);
    let other = site
        .desk
        .roster()
        .bureaus
        .iter()
        .find(|one| one.id.0 != bureau && !one.city)
        .unwrap()
        .clone();
    assert!(!page.contains(&other.name), "{page}");
    for path in ["one?", "behind?measure=asked&"] {
        let (status, _) = keeper
            .page(&format!("/staff/figures/{path}bureau={}", other.id.0))
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let (status, _) = keeper.page("/staff/figures/behind?measure=asked").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "the city's is not theirs");
    let helper = Desk::open(&site, "李强").await;
    for path in [
        "period",
        "one?bureau=1",
        "measure?measure=sure",
        "behind?measure=sure",
        "reported",
    ] {
        let (status, _) = helper.page(&format!("/staff/figures/{path}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_period_or_no_measure_is_said() {
    let site = Site::open(false).await;
    let supervisor = Desk::open(&site, "刘文静").await;
    for (query, said) in [
        ("month=2026-13", "日期没看懂"),
        ("from=2026-11-02&to=2026-11-01", "结束的日期在开始之前"),
        ("from=2020-01-01&to=2026-11-01", "最多看 800 天"),
        ("from=2026-11-02", "两个日期都要写"),
        ("month=2019-01", "这段时间没有人提问"),
    ] {
        let (status, page) = supervisor.page(&format!("/staff/figures/period?{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        has(&page, &[said]);
    }
    for path in [
        "measure?measure=growth",
        "behind?measure=staffed",
        "one?helper=99999",
        "one?",
    ] {
        let (status, _) = supervisor.page(&format!("/staff/figures/{path}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Sends a table of a month.
async fn sends(site: &Site, name: &str, file: &str, bytes: Vec<u8>) -> (StatusCode, String) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let entered = http.post(site.at("/in")).header(ORIGIN, &site.url);
    let entered = entered.header("x-link", site.secret(name).await).send().await.unwrap();
    let cookie = entered.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let part = reqwest::multipart::Part::bytes(bytes).file_name(file.to_owned());
    let request = http.post(site.at("/staff/figures/reported?month=2026-10"));
    let request = request
        .header(COOKIE, cookie)
        .header(ORIGIN, &site.url)
        .header("accept", "text/html");
    let response = request
        .multipart(reqwest::multipart::Form::new().part("file", part))
        .send()
        .await
        .unwrap();
    (response.status(), response.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_months_reported_figures_are_checked_cell_by_cell_and_never_guessed() {
    let site = Site::open(false).await;
    let wrong = "单位,办理总量,全程电子化办理量,占比率,个体户增长率\n魏都分局,约一千,5,\n某某分局,1,1,\n";
    let (status, page) = sends(&site, "刘文静", "10.csv", wrong.into()).await;
    assert_eq!(status, StatusCode::CONFLICT);
    has(
        &page,
        &["一个数也没有记", "B2", "约一千", "A3", "某某分局", "E1", "第三十二条"],
    );
    let right = "单位,办理总量,全程电子化办理量,占比率\n魏都分局,1203,1000,83.13\n";
    let (status, page) = sends(&site, "刘文静", "10.csv", right.into()).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    has(&page, &["已记下", "1203", "83.13 %", "未报送", "80.9 %–85.1 %"]);
    let supervisor = Desk::open(&site, "刘文静").await;
    let (_, table) = supervisor.page("/staff/figures/reported/table.csv?month=2026-10").await;
    has(
        &table,
        &["单位编号,单位,办理总量（件）", ",魏都分局,1203,1000,83.13\r\n"],
    );
    // The workbook that is given out comes back as it is.
    let book = workbook(&site, "/staff/figures/reported/table.xlsx?month=2026-10").await;
    let (status, page) = sends(&site, "刘文静", "10.xlsx", book).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    has(&page, &["83.13 %", "未报送"]);
    let (status, _) = sends(&site, "张晓明", "10.csv", right.into()).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a bureau does not hand in for the city"
    );
    for junk in [vec![0xff, 0xfe, 0x00], b"PK\x03\x04junk".to_vec(), Vec::new()] {
        let (status, page) = sends(&site, "刘文静", "x", junk).await;
        assert_eq!(status, StatusCode::CONFLICT, "{page}");
    }
    let supervisor = Desk::open(&site, "刘文静").await;
    let (_, page) = supervisor.page("/staff/figures/reported?month=2026-10").await;
    has(&page, &["1203"]);
}

async fn workbook(site: &Site, path: &str) -> Vec<u8> {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let entered = http.post(site.at("/in")).header(ORIGIN, &site.url);
    let entered = entered
        .header("x-link", site.secret("刘文静").await)
        .send()
        .await
        .unwrap();
    let cookie = entered.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let response = http.get(site.at(path)).header(COOKIE, cookie).send().await.unwrap();
    response.bytes().await.unwrap().to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_readable_on_a_phone_and_on_a_desk() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    asked(&site).await;
    let bureau = site.desk.roster().bureau_named("魏都分局").unwrap().id.0;
    let browser = signed_in(&driver, &site, "刘文静").await;
    let paths = [
        ("period", "period".to_owned()),
        ("one", format!("one?bureau={bureau}")),
        ("measure", "measure?measure=sure".to_owned()),
        ("behind", "behind?measure=asked".to_owned()),
        ("reported", "reported".to_owned()),
    ];
    for (width, height) in [(320, 640), (390, 844), (1440, 900)] {
        browser.set_window(width, height).await;
        for (name, path) in &paths {
            browser.goto(&site.at(&format!("/staff/figures/{path}"))).await;
            browser.wait_for_text("main", "月").await;
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(browser.run(wide, json!([])).await, json!(0), "{name} at {width}");
            browser.screenshot(&format!("figures-{name}-{width}")).await;
        }
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}
