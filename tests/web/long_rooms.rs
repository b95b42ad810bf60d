//! Rooms in which much is said: long answers, choices, what was said long ago, commands of staff among visitors.

use serde_json::json;

use super::windows::{asker as visitor, helper as staff};
use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;
use bangban::clock::Clock;
use bangban::domain::chat::order::Veil;
use bangban::store::rooms::{NewRoomMessage, RoomBody};

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const ENTER: &str = "\u{e007}";

/// Whether the last element that fits is in sight above the composer.
async fn in_sight(browser: &Browser, css: &str) -> bool {
    let script = "const all = document.querySelectorAll(arguments[0]), one = all[all.length - 1]; \
        if (!one) return false; const box = one.getBoundingClientRect(), main = document.querySelector('main').getBoundingClientRect(); \
        return box.top >= main.top - 1 && box.bottom <= main.bottom + 1";
    browser.run(script, json!([css])).await == true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_is_folded_and_its_buttons_and_addresses_can_be_pressed() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asker.write(TEXT, &format!("公司住所变更要哪些材料？{ENTER}")).await;
    asker.find("[data-testid=unfold]").await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    assert!(in_sight(&asker, ".message.bot .press").await);
    asker.screenshot("folded-phone").await;
    asker.click("[data-testid=unfold]").await;
    asker.wait_for_text("[data-testid=unfold]", "收起").await;
    assert!(in_sight(&asker, ".message.bot .press").await, "they stay in reach");
    asker.screenshot("unfolded-phone").await;
    asker.set_window(1440, 900).await;
    asker.screenshot("unfolded-desk").await;
    asker.set_window(390, 844).await;
    assert!(asker.count(".words a[href^='tel:0374']").await > 0);
    asker.write(TEXT, &format!("个体户怎么注册？{ENTER}")).await;
    asker.find(".words [data-copy]").await;
    let address = asker.text(".words [data-copy]").await;
    assert!(address.contains("示例街"), "{address}");
    asker
        .run("document.querySelector('.words [data-copy]').click()", json!([]))
        .await;
    asker.wait_for_text(".copied", &format!("已复制：{address}")).await;
    asker.screenshot("copied-phone").await;
    assert_eq!(asker.complaints().await, Vec::<String>::new());
    asker.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_pressed_by_its_question() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let other = visitor(&driver, &site, "北关小店").await;
    asker.write(TEXT, &format!("变更要什么材料{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "您是想问下面哪一个").await;
    asker.wait_for_count("[data-testid=choice]", 2).await;
    let choice = asker.text("[data-testid=choice]").await;
    assert!(choice.chars().count() > 4, "{choice}");
    assert_eq!(asker.text(MESSAGES).await.matches(&choice).count(), 1);
    asker.screenshot("choices-phone").await;
    asker.set_window(1440, 900).await;
    asker.screenshot("choices-desk").await;
    // Who cannot press reads them.
    other.wait_for_text(MESSAGES, &choice).await;
    assert_eq!(other.count("[data-testid=choice]").await, 0);
    asker.click("[data-testid=choice]").await;
    asker.wait_for_text(MESSAGES, "依据").await;
    asker.wait_for_text(MESSAGES, &choice).await;
    for browser in [asker, other] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_helper_commands_in_a_room_and_is_told_stays_with_the_helper() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let helper = staff(&driver, &site, "张晓明").await;
    asker.write(TEXT, &format!("@帮办 外星人怎么开飞船店？{ENTER}")).await;
    helper.wait_for_text(MESSAGES, "Q1").await;
    helper.write(TEXT, &format!("/duty{ENTER}")).await;
    helper.wait_for_text(MESSAGES, "值班").await;
    helper.write(TEXT, &format!("转办 1 李四光 我不熟{ENTER}")).await;
    helper.wait_for_text(MESSAGES, "李四光").await;
    helper.write(TEXT, &format!("认领 1{ENTER}")).await;
    helper.wait_for_text(MESSAGES, "来帮您办这件事").await;
    helper.screenshot("commands-desk").await;
    asker.wait_for_text(MESSAGES, "来帮您办这件事").await;
    asker.screenshot("commands-phone").await;
    let seen = asker.text(MESSAGES).await;
    for words in ["/duty", "李四光", "我不熟"] {
        assert!(!seen.contains(words), "{words}:\n{seen}");
    }
    assert_eq!(asker.count(".message.staff:not(.gone)").await, 0, "{seen}");
    assert_eq!(helper.count(".message.mine").await, 3);
    for browser in [asker, helper] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

/// Fills a room with what was said before.
async fn much_was_said(site: &Site, room: &str) {
    let mut tx = site.db.begin().await.unwrap();
    for count in 0..450 {
        let body = RoomBody {
            text: format!("第{count}句，窗口今天人多").as_str().into(),
            ..RoomBody::default()
        };
        let new = NewRoomMessage {
            room,
            author: "v1",
            name: "北关小店",
            badge: "",
            body: &body,
            quote: None,
            outbox: None,
            once: None,
            veil: Veil::None,
            at: Clock::System.now(),
        };
        tx.say_in_room(&new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_long_ago_is_found_and_scrolled_back_to() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let group = site.group("魏都分局帮办群").await;
    much_was_said(&site, &format!("g:{group}")).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asker.click("[data-testid=find]").await;
    asker.write("[data-testid=find-words]", &format!("第7句{ENTER}")).await;
    asker.wait_for_text("[data-testid=found]", "第7句").await;
    asker.wait_for_text("#find-count", "找到 1 条").await;
    asker.screenshot("search-phone").await;
    asker.click("[data-testid=hit]").await;
    asker.wait_for_text(MESSAGES, "第7句").await;
    asker.wait_for_text(".message.flash", "第7句").await;
    assert!(in_sight(&asker, ".message.flash").await);
    asker.screenshot("found-phone").await;
    for words in ["人_多", "%", "\"text\"", "第99999句"] {
        asker.click("[data-testid=find]").await;
        asker
            .run("document.getElementById('find-words').value = ''", json!([]))
            .await;
        asker
            .write("[data-testid=find-words]", &format!("{words}{ENTER}"))
            .await;
        asker.wait_for_text("#find-count", &format!("没有找到“{words}”")).await;
        asker.click("#find-close").await;
    }
    // By scrolling alone, from the newest to the first.
    asker.goto(&site.at(&format!("/g/{group}"))).await;
    asker.wait_for_text("[data-testid=state]", "已连接").await;
    for _ in 0..60 {
        asker
            .run("document.querySelector('main').scrollTop = 0", json!([]))
            .await;
        if asker.text(MESSAGES).await.contains("第0句") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    asker.wait_for_text(MESSAGES, "第0句").await;
    assert_eq!(asker.complaints().await, Vec::<String>::new());
    asker.set_window(1440, 900).await;
    asker.click("[data-testid=find]").await;
    asker.screenshot("search-desk").await;
    asker.quit().await;
}
