//! Two windows, as a newcomer tries it: one asks, one helps.

use bangban::domain::chat::group::{Group, GroupKind};
use serde_json::json;

use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const ENTER: &str = "\u{e007}";

pub async fn asker(driver: &Driver, site: &Site, name: &str) -> Browser {
    let browser = driver.browser().await;
    browser.set_window(390, 844).await;
    browser
        .goto(&site.at(&format!("/g/{}", site.group("魏都分局帮办群").await)))
        .await;
    browser.wait_for_text("[data-testid=state]", "已连接").await;
    browser.write(TEXT, &format!("大家好{ENTER}")).await;
    browser
        .write("[data-testid=nickname-input]", &format!("{name}{ENTER}"))
        .await;
    browser.wait_for_text(MESSAGES, "大家好").await;
    browser
}

pub async fn signed_in(driver: &Driver, site: &Site, name: &str) -> Browser {
    let browser = driver.browser().await;
    browser.set_window(1280, 800).await;
    browser.goto(&site.link(name).await).await;
    browser.wait_for_text("[data-testid=sign-in-as]", name).await;
    browser.click("[data-testid=sign-in]").await;
    browser.find("[data-testid=tab]").await;
    browser
}

/// The same, in the help group of the helper's bureau.
pub async fn helper(driver: &Driver, site: &Site, name: &str) -> Browser {
    let browser = signed_in(driver, site, name).await;
    let bureau = site.desk.roster().person(site.person(name)).unwrap().bureau;
    let groups = site.db.read().await.unwrap().groups().await.unwrap();
    let own = |group: &&Group| group.bureau() == Some(bureau) && group.kind() == Some(GroupKind::Help);
    let own = groups.iter().find(own).unwrap().id.0;
    browser.goto(&site.at(&format!("/staff/g/{own}"))).await;
    browser.wait_for_text("[data-testid=state]", "已连接").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_see_each_other_and_nothing_they_write_runs() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let asker = driver.browser().await;
    asker.set_window(390, 844).await;
    asker.goto(&site.at("/")).await;
    asker.screenshot("home-phone").await;
    asker.click("[data-testid=group-link]").await;
    asker.wait_for_text("[data-testid=state]", "已连接").await;
    asker.screenshot("empty-phone").await;

    asker.write(TEXT, &format!("大家好{ENTER}")).await;
    asker
        .write("[data-testid=nickname-input]", &format!("张晓明{ENTER}"))
        .await;
    asker.wait_for_text("[data-testid=nickname-error]", "重名").await;
    asker.screenshot("nickname-phone").await;
    asker.run("document.getElementById('name').value = ''", json!([])).await;
    asker
        .write("[data-testid=nickname-input]", &format!("南关小店{ENTER}"))
        .await;
    asker.wait_for_text(MESSAGES, "大家好").await;

    let helper = helper(&driver, &site, "李强").await;
    helper.wait_for_text(MESSAGES, "南关小店").await;
    helper.write(TEXT, &format!("您好，有什么可以帮您{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "您好，有什么可以帮您").await;
    asker
        .wait_for_text("[data-testid=badge]", "帮办员 · 魏都分局窗口")
        .await;

    let hostile =
        "<img src=x onerror=alert(1)><script>alert(2)</script><a href=javascript:alert(3)>点\u{202e}这\u{200b}里</a>";
    let write =
        "const t = document.getElementById('text'); t.value = arguments[0]; document.querySelector('.send').click()";
    asker.run(write, json!([hostile])).await;
    helper.wait_for_text(MESSAGES, "点这里</a>").await;
    for browser in [&asker, &helper] {
        assert!(!browser.dialog().await);
        assert_eq!(
            browser
                .count(&format!("{MESSAGES} script, {MESSAGES} img, {MESSAGES} a"))
                .await,
            0
        );
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    asker.screenshot("room-phone").await;
    helper.screenshot("room-desk").await;
    asker.quit().await;
    helper.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_asked_claimed_answered_and_closed_in_two_windows() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = asker(&driver, &site, "南关小店").await;
    let helper = helper(&driver, &site, "张晓明").await;

    asker.write(TEXT, &format!("简易注销要公示多少天？{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "依据").await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    asker.screenshot("answer-phone").await;
    helper.screenshot("answer-desk").await;
    asker.press("转人工").await;
    helper.wait_for_text(MESSAGES, "认领").await;
    helper.screenshot("card-desk").await;
    let room = helper.url().await;
    helper.goto(&site.at("/staff/me")).await;
    helper.wait_for_text(MESSAGES, "Q1 待认领").await;
    helper.wait_for_text(MESSAGES, "采用此答复").await;
    helper.screenshot("notices-desk").await;
    helper.goto(&room).await;
    helper.wait_for_text(MESSAGES, "认领").await;
    helper.press("认领").await;
    asker.wait_for_text(MESSAGES, "张晓明").await;
    asker.screenshot("claimed-phone").await;
    helper
        .click(&format!("{MESSAGES} li.message.bot:last-child .reply"))
        .await;
    helper
        .write(TEXT, &format!("您的情况公示 20 天就行，可以在网上办。{ENTER}"))
        .await;
    asker.wait_for_text(MESSAGES, "您的情况公示 20 天就行").await;
    asker.press("解决了").await;
    asker.wait_for_text(MESSAGES, "Q1 已解决").await;
    asker.screenshot("solved-phone").await;
    helper.screenshot("solved-desk").await;
    asker.set_dark(true).await;
    asker.screenshot("dark-phone").await;
    helper.set_dark(true).await;
    helper.screenshot("dark-desk").await;
    asker.goto(&site.at("/faq")).await;
    asker.screenshot("faq-phone").await;
    for (path, name) in [
        ("/faq/103", "entry"),
        ("/faq", "faq"),
        ("/faq?q=注销", "faq-search"),
        ("/contacts", "contacts"),
    ] {
        helper.set_dark(false).await;
        helper.goto(&site.at(path)).await;
        helper.screenshot(&format!("{name}-desk")).await;
    }
    asker.quit().await;
    helper.quit().await;
}
