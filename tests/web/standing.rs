//! Pages as they stand open: a picture that is taken down, staff who have not moved for a while, a bot that is off.

use bangban::desk::{By, Switched};
use bangban::domain::chat::message::Channel;
use bangban::domain::privacy;
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

use super::windows::{asker, helper};
use crate::support::browser::Driver;
use crate::support::site::Site;

const MESSAGES: &str = "[data-testid=messages]";
const PICTURE: &str = "[data-testid=messages] .picture img";

#[tokio::test(flavor = "multi_thread")]
async fn staff_take_a_picture_down_in_every_window() {
    let (driver, site) = (Driver::start().await, Site::open(false).await);
    let (asker, helper) = (
        asker(&driver, &site, "南关小店").await,
        helper(&driver, &site, "李强").await,
    );
    let file = site.data().join("photo.png");
    std::fs::write(&file, crate::attacks::pictures::noise(320, 200)).unwrap();
    asker.write("[data-testid=file]", file.to_str().unwrap()).await;
    for browser in [&asker, &helper] {
        browser.wait_for_count(PICTURE, 1).await;
    }
    helper.screenshot("picture-desk").await;
    asker.screenshot("picture-phone").await;
    helper.click("[data-testid=takedown]").await;
    helper.accept_dialog().await;
    helper.wait_for_text("[data-testid=toasts]", "图片已撤下").await;
    for browser in [&asker, &helper] {
        while browser.count(PICTURE).await > 0 || browser.count("[data-testid=takedown]").await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    helper.screenshot("picture-down-desk").await;
    asker.screenshot("picture-down-phone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_who_do_not_move_are_warned_and_a_touch_is_enough() {
    let (driver, site) = (Driver::start().await, Site::open(false).await);
    let helper = helper(&driver, &site, "李强").await;
    helper.write("[data-testid=text]", "您好，有什么可以帮您\u{e007}").await;
    helper.wait_for_text(MESSAGES, "您好").await;
    let url = format!("sqlite:{}", site.data().join("bangban.db").display());
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    let rested = "UPDATE sessions SET seen_at = seen_at - 1560000 WHERE person_id IS NOT NULL";
    sqlx::query(rested).execute(&mut database).await.unwrap();
    helper.wait_for_text("#error", "分钟后自动退出").await;
    helper.screenshot("idle-desk").await;
    helper.set_window(390, 844).await;
    helper.screenshot("idle-phone").await;
    helper.click("h1").await;
    while helper.text("#error").await.contains("自动退出") {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // Who stays away after that is out, and the page holds nothing any more.
    let over = "UPDATE sessions SET seen_at = seen_at - 1860000 WHERE person_id IS NOT NULL";
    sqlx::query(over).execute(&mut database).await.unwrap();
    helper.wait_for_text("#error", "登录已失效").await;
    helper.screenshot("idle-over-phone").await;
    assert_eq!(helper.text(MESSAGES).await, "");
    assert_eq!(helper.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_is_off_says_so_where_one_writes() {
    let (driver, site) = (Driver::start().await, Site::open(false).await);
    let asker = asker(&driver, &site, "南关小店").await;
    let channel = Channel::new("web");
    let groups = site.db.read().await.unwrap().groups().await.unwrap();
    let group = groups.iter().find(|group| group.title == "魏都分局帮办群").unwrap();
    let what = Switched {
        channel,
        group: Some(group.id),
    };
    let by = By {
        person: None,
        note: "by operator test",
    };
    let reason = privacy::mask("清单有误，正在核对");
    assert!(site.desk.switch_off(&what, &reason, by).await.unwrap());
    asker.wait_for_text(MESSAGES, "先停用：清单有误，正在核对").await;
    asker.run("location.reload()", json!([])).await;
    asker.wait_for_text("[data-testid=off]", "请拨打帮办电话").await;
    asker.screenshot("off-phone").await;
    assert!(site.desk.switch_on(&what, by).await.unwrap());
    asker.wait_for_text(MESSAGES, "恢复了").await;
}
