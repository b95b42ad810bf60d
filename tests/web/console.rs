//! The console, as helpers work in it: on a phone at a window, on a desk, two at one question, without script.

use reqwest::StatusCode;
use reqwest::header::{COOKIE, ORIGIN};
use serde_json::json;

use super::requests::Caller;
use super::windows::{asker as visitor, helper as in_group, signed_in};
use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const WORDS: &str = "[data-testid=words]";
const SAID: &str = "[data-testid=said]";
const ENTER: &str = "\u{e007}";
const ASKED: &str = "简易注销要公示多少天？";

/// Somebody asks, and wants a helper.
pub async fn asked(asker: &Browser) {
    asker.write(TEXT, &format!("{ASKED}{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    asker.press("转人工").await;
    asker.wait_for_text(MESSAGES, "Q1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_waiting_to_answered_takes_three_presses_on_a_phone() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    helper.set_window(390, 844).await;
    helper.wait_for_text("main", "手上没有要答复的").await;
    helper.screenshot("work-empty-phone").await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    // It comes by itself.
    helper.wait_for_text("[data-testid=part-waiting]", "南关小店").await;
    helper.screenshot("work-phone").await;
    helper.click("[data-testid=take]").await;
    helper.wait_for_text(SAID, "Q1 已认领").await;
    helper.screenshot("question-phone").await;
    let active = helper.run("return document.activeElement.id", json!([])).await;
    assert_eq!(active, "words", "the cursor is where the answer is written");
    helper.write(WORDS, "先登报声明公章作废，再带股东会决议来窗口。").await;
    helper.click("[data-testid=send]").await;
    helper.wait_for_text(SAID, "已发给提问人").await;
    asker.wait_for_text(MESSAGES, "先登报声明公章作废").await;
    helper.wait_for_text("[data-testid=told]", "张晓明 答复").await;
    helper.screenshot("answered-phone").await;
    helper.set_window(1440, 900).await;
    helper.screenshot("answered-desk").await;
    asker.press("解决了").await;
    helper.wait_for_text("main", "这个问题已经结束").await;
    helper.goto(&site.at("/staff/work")).await;
    helper.wait_for_text("main", "手上没有要答复的").await;
    for browser in [asker, helper] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_one_question_see_each_other_and_drafts_go_from_desk_to_phone() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    let other = signed_in(&driver, &site, "李强").await;
    helper.goto(&site.at("/staff/q/1")).await;
    other.goto(&site.at("/staff/q/1")).await;
    helper.wait_for_text("[data-testid=looking]", "李强").await;
    other.wait_for_text("[data-testid=looking]", "张晓明").await;
    helper.click("[data-testid=claim]").await;
    helper.wait_for_text(SAID, "Q1 已认领").await;
    other.wait_for_text("[data-testid=asked]", "").await;
    other.wait_for_text("[data-testid=clock]", "张晓明正在办").await;
    // Written on one, found on the other; the asker's word in between is shown, and what is written stays.
    helper.write(WORDS, "先登报声明").await;
    helper.wait_for_text("[data-testid=kept]", "草稿已存").await;
    asker.write(TEXT, &format!("补充 Q1 营业执照还在我手里{ENTER}")).await;
    let phone = signed_in(&driver, &site, "张晓明").await;
    phone.set_window(390, 844).await;
    phone.goto(&site.at("/staff/q/1")).await;
    let kept = phone
        .run("return document.getElementById('words').value", json!([]))
        .await;
    assert_eq!(kept, "先登报声明");
    helper.screenshot("two-at-one-desk").await;
    for browser in [asker, helper, other, phone] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

/// Requests of a member of staff without script.
pub struct Desk<'a> {
    site: &'a Site,
    http: reqwest::Client,
    cookie: String,
}

impl<'a> Desk<'a> {
    pub async fn open(site: &'a Site, name: &str) -> Desk<'a> {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let entered = http.post(site.at("/in")).header(ORIGIN, &site.url);
        let entered = entered.header("x-link", site.secret(name).await).send().await.unwrap();
        let cookie = entered.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Desk { site, http, cookie }
    }

    pub async fn page(&self, path: &str) -> (StatusCode, String) {
        let request = self.http.get(self.site.at(path)).header(COOKIE, &self.cookie);
        let response = request.header("accept", "text/html").send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    async fn does(&self, question: i64, fields: &[(&str, &str)]) -> (StatusCode, String) {
        self.posts(&format!("/staff/q/{question}"), fields).await
    }

    /// Sends a form.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let request = self.http.post(self.site.at(path));
        let request = request.header(COOKIE, &self.cookie).header(ORIGIN, &self.site.url);
        let response = request.header("accept", "text/html").form(fields).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    /// A file, as it is sent.
    pub async fn file(&self, path: &str) -> Vec<u8> {
        let request = self.http.get(self.site.at(path)).header(COOKIE, &self.cookie);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.bytes().await.unwrap().to_vec()
    }

    /// Sends a file.
    pub async fn hands_in(&self, path: &str, bytes: Vec<u8>) -> (StatusCode, String) {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("list.xlsx");
        let form = reqwest::multipart::Form::new().part("file", part);
        let request = self.http.post(self.site.at(path)).multipart(form);
        let request = request.header(COOKIE, &self.cookie).header(ORIGIN, &self.site.url);
        let response = request.header("accept", "text/html").send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    async fn version(&self, question: i64) -> String {
        self.version_at(&format!("/staff/q/{question}")).await
    }

    /// The version of what a page shows first.
    pub async fn version_at(&self, path: &str) -> String {
        let (_, page) = self.page(path).await;
        let (_, rest) = page.split_once("name=\"version\" value=\"").expect("a version");
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A visitor whose question waits for a helper.
pub async fn waiting<'a>(site: &'a Site) -> Caller<'a> {
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    let asker = Caller::named(site, &base, "南关小店").await;
    for (words, phase) in [(ASKED, "answered"), ("转人工", "waiting")] {
        let said = asker.post(&format!("{base}/say"), json!({ "text": words })).await;
        assert_eq!(said.status(), StatusCode::OK);
        until_phase(site, phase).await;
    }
    asker
}

/// Waits until the one question is in a phase.
async fn until_phase(site: &Site, wanted: &str) {
    let begun = std::time::Instant::now();
    loop {
        let phases = site.db.read().await.unwrap().phases().await.unwrap();
        if phases.iter().any(|(phase, _)| phase == wanted) {
            return;
        }
        assert!(begun.elapsed().as_secs() < 20, "{phases:?}, never {wanted}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_helper_wants_works_without_script_and_a_refusal_keeps_the_words() {
    let site = Site::open(true).await;
    let _asker = waiting(&site).await;
    let (helper, other) = (Desk::open(&site, "张晓明").await, Desk::open(&site, "李强").await);
    let (_, page) = helper.page("/staff/work").await;
    assert!(page.contains("等人认领") && page.contains("认领并答复"), "{page}");
    let version = helper.version(1).await;
    let (status, page) = helper.does(1, &[("act", "claim"), ("version", &version)]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Q1 已认领"), "{page}");
    // Who looked before that is told, and what they wrote is still there.
    let stale = [
        ("act", "reply"),
        ("version", version.as_str()),
        ("words", "带身份证来窗口"),
    ];
    let (status, page) = other.does(1, &stale).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("刚刚有变化"), "{page}");
    let version = helper.version(1).await;
    let (status, page) = helper.does(1, &stale).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("带身份证来窗口</textarea>"), "{page}");
    let (status, page) = helper
        .does(
            1,
            &[
                ("act", "offer"),
                ("to", "李强"),
                ("reason", "要看档案"),
                ("version", &version),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (_, page) = other.page("/staff/work").await;
    assert!(page.contains("接手并答复"), "{page}");
    let (status, _) = other.does(1, &[("act", "claim")]).await;
    assert_eq!(status, StatusCode::OK);
    let (status, page) = other
        .does(
            1,
            &[
                ("act", "inform"),
                ("defect", "1"),
                ("defect", "2"),
                ("reason", "身份证反面"),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("一次性告知") && page.contains("身份证反面"), "{page}");
    let (status, page) = other.does(1, &[("act", "close")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("这个问题已经结束"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_in_a_form_is_said() {
    let site = Site::open(true).await;
    let _asker = waiting(&site).await;
    let helper = Desk::open(&site, "张晓明").await;
    helper.does(1, &[("act", "claim")]).await;
    for (fields, why) in [
        (vec![("act", "reply"), ("words", " ")], "还没有写内容"),
        (vec![("act", "offer"), ("to", "李强")], "请写一句为什么转"),
        (vec![("act", "inform")], "请勾选缺什么"),
        (vec![("act", "close")], "请在“办结说明”里写一句"),
        (vec![("act", "dance")], "这个操作看不懂"),
    ] {
        let (status, page) = helper.does(1, &fields).await;
        assert_eq!(status, StatusCode::CONFLICT, "{fields:?}");
        assert!(page.contains(why), "{fields:?}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_adopted_as_it_is_or_changed_and_the_history_knows() {
    let site = Site::open(true).await;
    let _asker = waiting(&site).await;
    let helper = Desk::open(&site, "张晓明").await;
    helper.does(1, &[("act", "claim")]).await;
    let (_, page) = helper.page("/staff/q/1").await;
    let (_, rest) = page.split_once("?adopt=entry:").expect("an entry that is near");
    let no = rest.split('#').next().unwrap();
    let (_, page) = helper.page(&format!("/staff/q/1?adopt=entry:{no}")).await;
    let (_, words) = page.split_once("autofocus>").expect("the words stand in the field");
    let words = words.split("</textarea>").next().unwrap().replace("&#10;", "\n");
    let adopting = format!("entry:{no}");
    let (status, page) = helper
        .does(
            1,
            &[
                ("act", "reply"),
                ("words", &format!("{words}\n带原件。")),
                ("adopting", &adopting),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("改过后采用"), "{page}");
    let (status, page) = helper
        .does(1, &[("act", "reply"), ("words", &words), ("adopting", &adopting)])
        .await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("张晓明 采用"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_read_is_counted_after_a_reload_and_on_another_device() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let helper = in_group(&driver, &site, "张晓明").await;
    let asker = visitor(&driver, &site, "南关小店").await;
    helper.wait_for_text(MESSAGES, "大家好").await;
    let room = site.db.read().await.unwrap().groups().await.unwrap();
    let room = room
        .iter()
        .find(|group| group.title == "魏都分局帮办群")
        .unwrap()
        .chat
        .clone();
    let account = format!("p{}", site.person("张晓明"));
    while site.db.read().await.unwrap().unread(&account, &room).await.unwrap() > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    helper.goto(&site.at("/staff/rooms")).await;
    helper.wait_for_text("[data-testid=room]", "我的通知").await;
    assert_eq!(helper.count("[data-testid=unread]").await, 0);
    for words in ["窗口今天人多吗", "我带齐材料了"] {
        asker.write(TEXT, &format!("{words}{ENTER}")).await;
        asker.wait_for_text(MESSAGES, words).await;
    }
    helper.goto(&site.at("/staff/rooms")).await;
    helper.wait_for_text("[data-testid=unread]", "2").await;
    helper.screenshot("rooms-desk").await;
    for browser in [asker, helper] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_console_shows_nothing_once_its_session_has_ended() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    helper.goto(&site.at("/staff/q/1")).await;
    helper.wait_for_text("[data-testid=asked]", ASKED).await;
    let out = "return fetch('/out', { method: 'POST' }).then((answer) => answer.status)";
    assert_eq!(helper.run(out, json!([])).await, json!(200));
    helper.wait_for_text("main", "登录已失效").await;
    let words = helper.run("return document.body.textContent", json!([])).await;
    assert!(!words.as_str().unwrap().contains("简易注销"), "{words}");
    asker.quit().await;
    helper.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_a_bureau_sees_its_day_and_the_supervisor_every_bureaus() {
    let site = Site::open(true).await;
    let _asker = waiting(&site).await;
    let keeper = Desk::open(&site, "张晓明").await;
    let (status, page) = keeper.page("/staff/figures").await;
    assert_eq!(status, StatusCode::OK);
    for shown in [
        "data-testid=\"waiting\">1<",
        "data-testid=\"asked-today\">1<",
        "data-testid=\"late\">0<",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("各单位"), "{page}");
    let supervisor = Desk::open(&site, "刘文静").await;
    let (_, page) = supervisor.page("/staff/figures").await;
    assert!(page.contains("各单位") && page.contains("魏都分局"), "{page}");
    let helper = Desk::open(&site, "李强").await;
    let (status, page) = helper.page("/staff/figures").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("数字给单位管理员和督导看"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_is_asked_once_whether_to_be_called_and_may_change_their_mind() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    helper.wait_for_text("[data-testid=calls]", "要不要弹出提醒").await;
    helper.click("[data-testid=calls-no]").await;
    helper.wait_for_count("[data-testid=calls][hidden]", 1).await;
    helper.goto(&site.at("/staff/rooms")).await;
    helper.wait_for_count("[data-testid=calls][hidden]", 1).await;
    helper.goto(&site.at("/staff/account")).await;
    helper.find("[data-testid=calls-on]:not(:checked)").await;
    helper.screenshot("account-desk").await;
    assert_eq!(helper.complaints().await, Vec::<String>::new());
    helper.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_switches_a_group_off_with_a_reason_and_on_again() {
    let site = Site::open(false).await;
    let group = site.group("魏都分局帮办群").await;
    let admin = Desk::open(&site, "王敏").await;
    let place = format!("web:{group}");
    let (status, page) = admin
        .posts("/staff/off", &[("act", "off"), ("place", &place), ("reason", " ")])
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("请写原因"), "{page}");
    let off = [
        ("act", "off"),
        ("place", place.as_str()),
        ("reason", "清单有误，正在核对"),
    ];
    let (status, page) = admin.posts("/staff/off", &off).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(
        page.contains("魏都分局帮办群（web）：停用了") && page.contains("起：清单有误"),
        "{page}"
    );
    let (status, _) = admin.posts("/staff/off", &off).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let helper = Desk::open(&site, "李强").await;
    let (status, page) = helper.posts("/staff/off", &[("act", "on"), ("place", &place)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("由管理员来做"), "{page}");
    let (status, page) = admin.posts("/staff/off", &[("act", "on"), ("place", &place)]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("恢复了"), "{page}");
    let mut tx = site.db.read().await.unwrap();
    assert!(tx.off().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_loses_the_words_of_who_is_forgotten() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asked(&asker).await;
    let helper = signed_in(&driver, &site, "张晓明").await;
    helper.goto(&site.at("/staff/q/1")).await;
    helper.wait_for_text("[data-testid=asked]", ASKED).await;
    asker.write(TEXT, &format!("不用了{ENTER}")).await;
    helper.wait_for_text("main", "这个问题已经结束").await;
    asker.goto(&site.at("/me")).await;
    asker.write(TEXT, &format!("/forget 确认{ENTER}")).await;
    let asked = "return document.querySelector('[data-testid=asked]').textContent.trim()";
    let begun = std::time::Instant::now();
    while helper.run(asked, json!([])).await != "" {
        assert!(begun.elapsed().as_secs() < 20, "{}", helper.text("main").await);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    asker.quit().await;
    helper.quit().await;
}
