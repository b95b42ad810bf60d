//! Every page can be read and pressed by everybody: contrast, names of what is pressed, nothing wider than the screen.

use bangban::clock::Clock;
use bangban::domain::list::publication::{Article, Publication, REST, State};
use serde_json::json;

use super::windows::{asker as visitor, helper as staff, signed_in};
use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const TEXT: &str = "[data-testid=text]";
const MESSAGES: &str = "[data-testid=messages]";
const ENTER: &str = "\u{e007}";
const PHONE: (u32, u32) = (390, 844);
const DESK: (u32, u32) = (1440, 900);

/// Looks at the page where the browser is: phone and desk, light and dark.
pub async fn is_readable(browser: &Browser, page: &str) {
    for (kind, (width, height)) in [("phone", PHONE), ("desk", DESK)] {
        browser.set_window(width, height).await;
        for dark in [false, true] {
            browser.set_dark(dark).await;
            let faults = browser.run(include_str!("readable.js"), json!([])).await;
            assert_eq!(faults, json!([]), "{page}, {kind}, dark: {dark}");
        }
        browser.screenshot(&format!("readable-{page}-{kind}")).await;
        browser.set_dark(false).await;
    }
}

async fn is_readable_at(browser: &Browser, site: &Site, path: &str, page: &str) {
    browser.goto(&site.at(path)).await;
    browser.wait_for_text("body", "帮办").await;
    is_readable(browser, page).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_and_pages_of_staff_can_be_read_and_pressed_by_everybody() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    let asker = visitor(&driver, &site, "南关小店").await;
    let helper = staff(&driver, &site, "张晓明").await;
    asker.write(TEXT, &format!("简易注销要公示多少天？{ENTER}")).await;
    asker.wait_for_text(MESSAGES, "转人工").await;
    is_readable(&asker, "room").await;
    asker.press("转人工").await;
    helper.wait_for_text(MESSAGES, "认领").await;
    is_readable(&helper, "card").await;
    helper.press("认领").await;
    helper.wait_for_text(".press.first", "答复").await;
    is_readable(&helper, "claimed").await;
    // Hidden and shown again, and one left hidden for the page that lists it.
    asker.write(TEXT, &format!("加我微信代办全套{ENTER}")).await;
    helper.wait_for_text(MESSAGES, "加我微信代办全套").await;
    let last = "[data-testid=message]:last-child";
    for (button, then) in [("hide", "show"), ("show", "hide"), ("hide", "show")] {
        helper.click(&format!("{last} [data-testid={button}]")).await;
        helper.wait_for_count(&format!("{last} [data-testid={then}]"), 1).await;
    }
    asker.wait_for_text(MESSAGES, "工作人员已把这条隐藏").await;
    is_readable(&helper, "hidden").await;
    is_readable(&asker, "hidden-own").await;
    let order = format!("/staff/g/{}/order", site.group("魏都分局帮办群").await);
    is_readable_at(&helper, &site, &order, "order").await;
    for (path, page) in [
        ("work", "work"),
        ("q/1", "question"),
        ("rooms", "rooms"),
        ("account", "account"),
        ("figures", "figures"),
    ] {
        is_readable_at(&helper, &site, &format!("/staff/{path}"), page).await;
    }
    is_readable_at(&helper, &site, "/staff/me", "notices").await;
    let other = staff(&driver, &site, "李强").await;
    is_readable_at(&helper, &site, "/staff/me/sessions", "sessions").await;
    other.quit().await;
    let link = site.link("李强").await;
    asker.goto(&link).await;
    asker.wait_for_text("h1", "登录").await;
    is_readable(&asker, "sign-in").await;
    asker.quit().await;
    helper.quit().await;
}

/// A draft that waits for a word.
fn publication() -> Publication {
    let article = Article {
        title: "【帮办问答】企业登记常见问题（一）".into(),
        author: String::new(),
        digest: "一条".into(),
        content: "<p style=\"margin:0 0 8px;\">可以网上办。</p>".into(),
    };
    Publication {
        edition: 1,
        part: 1,
        parts: 1,
        articles: vec![article],
        state: State::Drafted { media_id: "m".into() },
        drafted_by: "赵岩".into(),
        version: 1,
        next_at: REST,
        tries: 0,
        trouble: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approver_reads_the_articles_and_agrees_with_one_press() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let mut tx = site.db.begin().await.unwrap();
    let now = Clock::System.now();
    tx.keep_edition(&crate::wechat::edition(1, 3), "operator", now)
        .await
        .unwrap();
    tx.add_publication(&publication(), now).await.unwrap();
    tx.commit().await.unwrap();
    let approver = signed_in(&driver, &site, "陈立新").await;
    approver.goto(&site.at("/staff/publications")).await;
    approver
        .wait_for_text("[data-testid=standing]", "草稿已存，等审批")
        .await;
    is_readable(&approver, "publications").await;
    approver.click("[data-testid=decide]").await;
    approver.wait_for_text("[data-testid=standing]", "已审批").await;
    approver.wait_for_text("[data-testid=take-back]", "撤回同意").await;
    approver.goto(&site.at("/staff/publications/1/1/0")).await;
    approver.wait_for_text("h1", "【帮办问答】").await;
    approver.screenshot("publication-article").await;
    approver.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn public_pages_can_be_read_and_pressed_by_everybody() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    super::list::freeze(&site).await;
    let browser = driver.browser().await;
    for (path, page) in [
        ("/", "home"),
        ("/faq", "faq"),
        ("/faq?q=注销", "faq-search"),
        ("/faq?q=火星登陆", "faq-nothing"),
        ("/faq/103", "entry"),
        ("/contacts", "contacts"),
        ("/privacy", "privacy"),
        ("/list/1/", "list"),
        ("/list/9/", "nothing"),
        ("/me", "private"),
        ("/staff", "staff-only"),
    ] {
        is_readable_at(&browser, &site, path, page).await;
    }
    browser.goto(&site.at("/list/1/")).await;
    browser
        .run("document.querySelector('.item button').click()", json!([]))
        .await;
    is_readable(&browser, "list-open").await;
    browser.quit().await;
}

/// The colours of a stylesheet by name: by day and by night.
fn tokens(sheet: &str) -> Vec<std::collections::BTreeMap<String, [f64; 3]>> {
    let colour = |hex: &str| -> Option<[f64; 3]> {
        let long: String = if hex.len() == 3 {
            hex.chars().flat_map(|c| [c, c]).collect()
        } else {
            hex.to_owned()
        };
        let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok().map(f64::from);
        Some([part(0)?, part(2)?, part(4)?])
    };
    let root = |part: &str| {
        let declared = part.split('}').next().unwrap().split(';');
        let pairs = declared.filter_map(|one| one.trim().strip_prefix("--")?.split_once(": #"));
        pairs
            .filter_map(|(name, hex)| Some((name.to_owned(), colour(hex)?)))
            .collect()
    };
    sheet.split(":root {").skip(1).take(2).map(root).collect()
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|part| part / 255.0).map(|part| match part <= 0.03928 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn words_stand_out_from_what_lies_behind_them_by_day_and_by_night() {
    for sheet in [
        include_str!("../../src/web/pages/style.css"),
        include_str!("../../src/publish/pages/list.css"),
    ] {
        let tokens = tokens(sheet);
        assert_eq!(tokens.len(), 2);
        for tokens in tokens {
            let mut pairs = 0;
            for words in [
                "ink", "soft", "faint", "blue-ink", "warn", "error", "green", "new", "gone",
            ] {
                for behind in ["paper", "card", "bot", "wash"] {
                    let (Some(one), Some(other)) = (tokens.get(words), tokens.get(behind)) else {
                        continue;
                    };
                    let contrast = contrast(*one, *other);
                    assert!(contrast >= 4.5, "{words} on {behind}: {contrast:.2}");
                    pairs += 1;
                }
            }
            assert!(pairs >= 15, "{pairs}");
        }
    }
}
