//! Pages as people with a phone, and helpers at a desk, use them.

use serde_json::json;

use super::windows::{asker as visitor, helper as staff};
use crate::support::browser::Driver;
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const ENTER: &str = "\u{e007}";

#[tokio::test(flavor = "multi_thread")]
async fn each_sees_the_buttons_that_are_for_them_and_the_claimer_is_asked_whom_the_words_are_for() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let other = visitor(&driver, &site, "北关小店").await;
    let helper = staff(&driver, &site, "张晓明").await;
    asker.write(TEXT, &format!("简易注销要公示多少天？{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    other.wait_for_text(MESSAGES, "依据").await;
    assert_eq!(other.count(".press").await, 0, "the answer is another's");
    asker.press("转人工").await;
    helper.wait_for_text(MESSAGES, "认领").await;
    asker.wait_for_text(MESSAGES, "Q1").await;
    helper.press("认领").await;
    helper.wait_for_text(".press.first", "答复").await;
    helper.screenshot("claimed-desk").await;
    asker.wait_for_text(MESSAGES, "张晓明").await;
    for visitor in [&asker, &other] {
        for label in ["认领", "放回", "办结"] {
            let script =
                "return [...document.querySelectorAll('.press')].some((one) => one.textContent === arguments[0])";
            assert_eq!(visitor.run(script, json!([label])).await, false, "{label}");
        }
    }
    helper.goto(&site.at("/staff/work")).await;
    helper.wait_for_text("[data-testid=part-own]", "Q1").await;
    helper.goto(&site.at("/staff/q/1")).await;
    helper.click("[data-testid=to-room]").await;
    helper.wait_for_text(".press.first", "答复").await;
    // To the room first, then to the asker.
    helper.write(TEXT, &format!("今天窗口人多{ENTER}")).await;
    helper.wait_for_text("#whose", "Q1 正等您答复").await;
    helper.screenshot("which-desk").await;
    helper.click("#as-words").await;
    asker.wait_for_text(MESSAGES, "今天窗口人多").await;
    helper.write(TEXT, &format!("公示 20 天，可以在网上办。{ENTER}")).await;
    helper.click("#as-answer").await;
    asker.wait_for_text(MESSAGES, "Q1 已由张晓明").await;
    asker.press("解决了").await;
    asker.wait_for_text(MESSAGES, "Q1 已解决").await;
    helper.goto(&site.at("/staff/work")).await;
    helper.wait_for_text("main", "手上没有要答复的").await;
    for browser in [asker, other, helper] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

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

#[tokio::test(flavor = "multi_thread")]
async fn a_large_photograph_is_made_smaller_and_a_press_shows_it_large() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    // Noise is hard to compress: a PNG of about 16 MB.
    let script = "const canvas = document.createElement('canvas'); canvas.width = canvas.height = 2400; \
        const brush = canvas.getContext('2d'), image = brush.createImageData(2400, 2400); let seed = 1; \
        for (let i = 0; i < image.data.length; i += 4) { \
          seed = (Math.imul(seed, 1103515245) + 12345) & 2147483647; \
          image.data[i] = seed >> 16 & 255; image.data[i + 1] = seed >> 8 & 255; image.data[i + 2] = seed >> 20 & 255; image.data[i + 3] = 255; } \
        brush.putImageData(image, 0, 0); \
        canvas.toBlob((blob) => { window.made = blob.size; \
          const files = new DataTransfer(); files.items.add(new File([blob], 'a.png', { type: 'image/png' })); \
          const field = document.getElementById('file'); field.files = files.files; \
          field.dispatchEvent(new Event('change', { bubbles: true })); }, 'image/png')";
    asker.run(script, json!([])).await;
    asker.find(".picture img").await;
    assert!(asker.run("return window.made", json!([])).await.as_u64() > Some(5 * 1024 * 1024));
    let kept: Vec<_> = std::fs::read_dir(site.data().join("media")).unwrap().collect();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].as_ref().unwrap().metadata().unwrap().len() <= 5 * 1024 * 1024);
    asker.click(".picture").await;
    asker.find("#box[open]").await;
    asker.screenshot("picture-phone").await;
    asker.click("#box button").await;
    assert_eq!(asker.count("#box[open]").await, 0);
    asker.quit().await;
}

#[tokio::test]
async fn who_looks_for_what_the_list_does_not_know_is_told_so() {
    let site = Site::open(true).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let look = async |words: &str| {
        let request = client.get(site.at("/faq")).query(&[("q", words)]);
        request.send().await.unwrap().text().await.unwrap()
    };
    for words in ["火星登陆", "红烧肉怎么做", "xyz", "天气"] {
        assert!(look(words).await.contains("data-testid=\"faq-nothing\""), "{words}");
    }
    for words in ["注销", "法定代表人变更", "营业执照丢了", "简易注销 公示"] {
        assert!(look(words).await.contains("data-testid=\"faq-entry\""), "{words}");
    }
}

#[test]
fn pages_use_nothing_that_chromium_80_lacks() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let lacks = [
        "replaceChildren",
        "replaceAll",
        "randomUUID",
        "structuredClone",
        ".at(",
        " translate:",
        "inset:",
        "margin-inline",
        "padding-inline",
        "color-mix",
        "AbortSignal.timeout",
        "??=",
        "||=",
    ];
    for folder in ["src/web/pages", "src/publish/pages"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if !path.extension().is_some_and(|kind| kind == "js" || kind == "css") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for lack in lacks {
                assert!(!text.contains(lack), "{}: {lack}", path.display());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_who_else_reads_and_presses_what_is_named_by_number() {
    const READERS: &str = "[data-testid=readers]";
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let helper = staff(&driver, &site, "张晓明").await;
    let group = site.group("魏都分局帮办群").await;
    helper.goto(&site.at(&format!("/staff/g/{group}"))).await;
    asker.wait_for_text(READERS, "张晓明在看").await;
    helper.wait_for_text(READERS, "另有 1 人在看").await;
    asker.screenshot("readers-phone").await;
    helper.screenshot("readers-desk").await;
    helper.quit().await;
    let nobody = "return document.getElementById('readers').textContent === ''";
    for _ in 0..100 {
        if asker.run(nobody, json!([])).await == true {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert_eq!(asker.run(nobody, json!([])).await, true);
    asker.goto(&site.at("/me")).await;
    asker.write(TEXT, &format!("/faq 简易注销{ENTER}")).await;
    asker.wait_for_count("[data-testid=choice]", 2).await;
    asker.screenshot("entries-phone").await;
    let label = asker.text("[data-testid=choice]").await;
    asker.click("[data-testid=choice]").await;
    asker.wait_for_text(MESSAGES, "依据").await;
    assert!(label.contains("注销") && label.contains(". "), "{label}");
    assert_eq!(asker.complaints().await, Vec::<String>::new());
    asker.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_a_question_sees_what_the_list_says_before_sending() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    asker.write(TEXT, "简易注销要公示多少天").await;
    asker.wait_for_text("[data-testid=near-entry]", "简易注销").await;
    asker.screenshot("near-phone").await;
    assert!(asker.count("[data-testid=near-entry]").await <= 3);
    asker.write(TEXT, ENTER).await;
    asker.wait_for_text(MESSAGES, "依据").await;
    assert_eq!(asker.count("[data-testid=near][hidden]").await, 1);
    // Small talk is looked up in vain.
    asker.write(TEXT, "今天天气真好啊").await;
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    assert_eq!(asker.count("[data-testid=near][hidden]").await, 1);
    assert_eq!(asker.complaints().await, Vec::<String>::new());
    asker.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_leads_to_what_is_beside_it_and_can_be_passed_on_and_printed() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let reader = driver.browser().await;
    reader.set_window(390, 844).await;
    reader.goto(&site.at("/faq")).await;
    reader.wait_for_text("[data-testid=topics]", "注销").await;
    reader.screenshot("topics-phone").await;
    reader.goto(&site.at("/faq?q=简易注销")).await;
    reader.click("[data-testid=faq-entry]").await;
    reader.find("[data-testid=related]").await;
    reader.find("[data-testid=share]:not([hidden])").await;
    reader.screenshot("entry-phone").await;
    assert_eq!(reader.complaints().await, Vec::<String>::new());
    reader.quit().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for (words, known) in [("简易注销要公示", true), ("今天天气真好啊", false), ("注销", false)] {
        let near = client
            .post(site.at("/faq/near"))
            .header("origin", &site.url)
            .json(&json!({ "q": words }))
            .send()
            .await
            .unwrap();
        let near: serde_json::Value = near.json().await.unwrap();
        assert_eq!(!near["entries"].as_array().unwrap().is_empty(), known, "{words}");
    }
    let all: serde_json::Value = client
        .get(site.at("/faq.json"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let entries = all["entries"].as_array().unwrap();
    assert!(
        entries.len() > 200
            && entries
                .iter()
                .all(|entry| !entry["answer"].as_array().unwrap().is_empty())
    );
    let feed = client.get(site.at("/faq.atom")).send().await.unwrap();
    assert_eq!(feed.headers()["content-type"], "application/atom+xml; charset=utf-8");
    let feed = feed.text().await.unwrap();
    assert_eq!(feed.matches("<entry>").count(), 50);
    assert!(
        feed.contains("<updated>20") && !feed.contains("&lt;p"),
        "{}",
        &feed[..400]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_the_same_answer_presses_once_and_is_told_when_it_comes() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let other = visitor(&driver, &site, "北关小店").await;
    let helper = staff(&driver, &site, "张晓明").await;
    asker.write(TEXT, &format!("简易注销要公示多少天？{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    assert_eq!(other.count("[data-testid=wish]").await, 0, "it is answered");
    asker.press("转人工").await;
    other.wait_for_text("[data-testid=wish]", "我也想问").await;
    assert_eq!(asker.count("[data-testid=wish]").await, 0, "it is their own");
    other.click("[data-testid=wish]").await;
    other
        .wait_for_text("[data-testid=wish]", "已记下，有答复告诉您 · 1")
        .await;
    other.screenshot("wish-phone").await;
    helper.wait_for_text("[data-testid=wishes]", "1 人也想问").await;
    asker.wait_for_text("[data-testid=wishes]", "1 人也想问").await;
    helper.goto(&site.at("/staff/q/1")).await;
    helper.click("[data-testid=claim]").await;
    helper.write("[data-testid=words]", "二十天。").await;
    helper.click("[data-testid=send]").await;
    other.wait_for_count("[data-testid=wish]", 0).await;
    other.goto(&site.at("/me")).await;
    other
        .wait_for_text(MESSAGES, "您也想问的 Q1“简易注销要公示多少天？”有答复了")
        .await;
    for browser in [asker, other, helper] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_open_stands_on_top_and_leads_to_where_it_was_asked() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let other = visitor(&driver, &site, "北关小店").await;
    asker.write(TEXT, &format!("简易注销要公示多少天？{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    asker.press("转人工").await;
    asker.wait_for_text("[data-testid=mine]", "已转").await;
    asker.screenshot("mine-phone").await;
    asker.click("[data-testid=mine]").await;
    asker.find(".message.flash").await;
    assert_eq!(other.count("[data-testid=mine]").await, 0, "it is another's");
    asker.goto(&asker.url().await).await;
    asker.wait_for_text("[data-testid=mine]", "Q1").await;
    asker.write(TEXT, &format!("不用了{ENTER}")).await;
    asker.wait_for_count("[data-testid=mine]", 0).await;
    for browser in [asker, other] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}
