//! Pages as people with a phone, and helpers at a desk, use them.

use serde_json::json;

use super::windows::{asker as visitor, helper as staff};
use crate::support::browser::Driver;
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const ENTER: &str = "\u{e007}";

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_answer_is_seen_from_its_beginning() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let top = "const main = document.querySelector('main').getBoundingClientRect(); \
               const all = [...document.querySelectorAll('.message.bot')]; \
               const box = all[all.length - 1].getBoundingClientRect(); \
               return box.top >= main.top - 1 && box.top < main.bottom - 40";
    for (question, number) in [("简易注销要公示多少天？", 1), ("公司住所变更要哪些材料？", 2)] {
        asker.write(TEXT, &format!("{question}{ENTER}")).await;
        asker.wait_for_count(&format!("{MESSAGES} .message.bot"), number).await;
        assert_eq!(asker.run(top, json!([])).await, true, "{question}");
    }
    asker.screenshot("second-answer-phone").await;
    asker.quit().await;
}

