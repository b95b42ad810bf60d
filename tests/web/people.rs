//! People and duty, as helpers and those who keep a bureau see to them in the browser: leave, swaps, links, the roster.

use bangban::clock::Clock;
use bangban::domain::alarm::{Alarm, Standing};
use bangban::setup;
use bangban::store::alarms::Raised;
use reqwest::StatusCode;
use serde_json::json;

use super::console::Desk;
use super::readable::is_readable;
use super::windows::signed_in;
use crate::support::browser::{Browser, Driver};
use crate::support::forms::{self, Put};
use crate::support::site::Site;

const SAID: &str = "[data-testid=said]";
const DUTY: &str = "[data-testid=duty]";
const TOMORROW: &str = "[data-testid=day]:nth-of-type(2)";
const TAKE: &str = "[data-testid=take-leave]";
const PHONE: (u32, u32) = (390, 844);
const DESK: (u32, u32) = (1440, 900);

/// A site whose city counts as a real one.
async fn real_city() -> Site {
    let site = Site::open(false).await;
    let roster = bangban::roster::sample().unwrap();
    setup::import_roster(&site.db, &roster, Clock::System.now())
        .await
        .unwrap();
    site.desk.refresh().await.unwrap();
    site
}

/// Presses what belongs to somebody in the list of people.
async fn press_for(browser: &Browser, name: &str, what: &str) {
    let script = "const rows = Array.from(document.querySelectorAll('[data-testid=person]'));
        const row = rows.find((row) => row.innerText.includes(arguments[0]));
        row.querySelector(`[data-testid=${arguments[1]}]`).click(); return true";
    assert_eq!(browser.run(script, json!([name, what])).await, true);
}

/// Nothing is wider than the smallest phone.
async fn fits_320(browser: &Browser) {
    browser.set_window(320, 640).await;
    let script = "document.documentElement.style.width = '320px';
        const wide = document.documentElement.scrollWidth; document.documentElement.style.width = ''; return wide";
    let wide = browser.run(script, json!([])).await.as_i64().unwrap();
    let window = browser
        .run("return window.innerWidth", json!([]))
        .await
        .as_i64()
        .unwrap();
    assert!(wide <= window.max(320), "{wide} wide in a window of {window}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_plans_leave_on_a_phone_in_three_presses_and_the_table_shows_it() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let helper = signed_in(&driver, &site, "李强").await;
    helper.set_window(PHONE.0, PHONE.1).await;
    helper.goto(&site.at("/staff/account")).await;
    helper.screenshot("account-phone").await;
    helper.click("[data-testid=to-leave]").await;
    helper.find(TOMORROW).await;
    helper.screenshot("people-phone").await;
    assert!(!helper.text(DUTY).await.contains("请假"));
    helper.click(TOMORROW).await;
    helper.click(TAKE).await;
    helper.wait_for_text(SAID, "已记下").await;
    helper.wait_for_text(DUTY, "李强 请假").await;
    helper.wait_for_text("[data-testid=away]", "没有指定代班").await;
    helper.screenshot("people-leave-phone").await;
    // The same leave twice is known; a stranger's is not theirs to note.
    helper.click(TOMORROW).await;
    helper.click(TAKE).await;
    helper.wait_for_text(SAID, "已经请过假了").await;
    assert_eq!(helper.count("[data-testid=leave-for]").await, 0);
    fits_320(&helper).await;
    helper.set_window(DESK.0, DESK.1).await;
    is_readable(&helper, "people-own").await;
    helper.click("[data-testid=no-leave]").await;
    helper.wait_for_text(SAID, "已取消").await;
    assert!(!helper.text(DUTY).await.contains("请假"));
    assert_eq!(helper.complaints().await, Vec::<String>::new());
    helper.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_swap_is_agreed_by_one_press() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let other = signed_in(&driver, &site, "孙丽").await;
    other.set_window(PHONE.0, PHONE.1).await;
    let helper = signed_in(&driver, &site, "李强").await;
    helper.goto(&site.at("/staff/people")).await;
    helper.click("[data-testid=swap-part] summary").await;
    let choose = "const field = document.querySelector('[data-testid=colleague]');
        field.value = Array.from(field.options).find((one) => one.text === '孙丽').value; return true";
    helper.run(choose, json!([])).await;
    helper.click("[data-testid=swap-day]:nth-of-type(2)").await;
    helper.click("[data-testid=propose]").await;
    helper.wait_for_text(SAID, "已问孙丽").await;
    helper.wait_for_text("[data-testid=swap]", "等对方同意").await;
    other.goto(&site.at("/staff/people")).await;
    other.wait_for_text("[data-testid=swap]", "李强 想和您换班").await;
    other.screenshot("swap-phone").await;
    other.click("[data-testid=agree]").await;
    other.wait_for_text(SAID, "换班定了").await;
    other.wait_for_text(DUTY, "孙丽 代李强").await;
    assert_eq!(other.count("[data-testid=swap]").await, 0);
    for browser in [helper, other] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

/// The lines of 魏都分局's form with somebody new at the window.
const LINES: [[&str; 7]; 9] = [
    [
        "窗口",
        "张晓明",
        "13900000005",
        "0374-0000105",
        "张晓明",
        "13900000005",
        "0374-0000105",
    ],
    [
        "",
        "李强",
        "13900000006",
        "0374-0000106",
        "李强",
        "13900000006",
        "0374-0000106",
    ],
    ["", "孙丽", "13900000007", "0374-0000107", "", "", ""],
    ["", "何建国", "13900000008", "0374-0000108", "", "", ""],
    ["", "郑洁", "13900000099", "0374-0000199", "", "", ""],
    ["南关工商所", "马超", "13900000010", "0374-0000110", "", "", ""],
    ["", "郑爱华", "13900000011", "0374-0000111", "", "", ""],
    ["西关工商所", "田小雨", "13900000013", "0374-0000113", "", "", ""],
    ["", "白雪", "13900000014", "0374-0000114", "", "", ""],
];

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_plans_for_others_invites_and_mends_the_form_before_it_counts() {
    let driver = Driver::start().await;
    let site = real_city().await;
    let admin = signed_in(&driver, &site, "张晓明").await;
    admin.set_window(DESK.0, DESK.1).await;
    admin.goto(&site.at("/staff/people")).await;
    press_for(&admin, "孙丽", "leave-for").await;
    admin.wait_for_text("h2", "替孙丽请假").await;
    admin.click(TOMORROW).await;
    admin.click(TAKE).await;
    admin.wait_for_text(SAID, "孙丽").await;
    admin.wait_for_text(DUTY, "孙丽 请假").await;
    admin.screenshot("people-admin-desk").await;
    // Whoever is invited signs in with the link that is shown.
    press_for(&admin, "李强", "invite").await;
    admin.wait_for_text("main", "一次有效，15 分钟内").await;
    is_readable(&admin, "invite").await;
    let link = "return document.querySelector('[data-testid=invitation]').value";
    let link = admin.run(link, json!([])).await;
    let (_, secret) = link.as_str().unwrap().split_once('#').unwrap();
    let helper = driver.browser().await;
    helper.goto(&site.at(&format!("/in#{secret}"))).await;
    helper.wait_for_text("[data-testid=sign-in-as]", "李强").await;
    helper.click("[data-testid=sign-in]").await;
    helper.find("[data-testid=tab]").await;
    // Two cells are wrong: named by their place, and nothing changes; mended, it is shown and then taken over.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.xlsx");
    let bad = [((4, 3), Put::Text("1390000012")), ((5, 4), Put::Text("0374"))];
    for (puts, said) in [(&bad[..], "有 2 处要改"), (&[], "")] {
        forms::write(&file, "魏都分局", &LINES, puts);
        admin.goto(&site.at("/staff/people")).await;
        admin.click("[data-testid=to-roster]").await;
        admin.write("[data-testid=file]", file.to_str().unwrap()).await;
        admin.click("[data-testid=hand-in]").await;
        if said.is_empty() {
            continue;
        }
        admin.wait_for_text(SAID, said).await;
        admin.wait_for_text(".flaws", "情况表!D5").await;
        admin.wait_for_text(".flaws", "情况表!E6").await;
        is_readable(&admin, "roster-flaws").await;
    }
    admin.wait_for_text("[data-testid=changes]", "郑洁").await;
    assert!(
        site.desk.roster().people_named("郑洁").next().is_none(),
        "before the second word nothing is changed"
    );
    is_readable(&admin, "roster-changes").await;
    admin.click("[data-testid=confirm]").await;
    admin.wait_for_text(SAID, "已导入，改了 1 处").await;
    assert!(site.desk.roster().people_named("郑洁").next().is_some());
    assert_eq!(admin.count("[data-testid=confirm]").await, 0);
    for browser in [admin, helper] {
        browser.quit().await;
    }
}

/// A channel does not answer, and the last copy was made long ago.
async fn goes_wrong(site: &Site) {
    let now = Clock::System.now();
    let mut tx = site.db.begin().await.unwrap();
    tx.set_note("backed_up", &now.plus(-3 * 86_400_000).0.to_string())
        .await
        .unwrap();
    let deaf = Raised {
        alarm: Alarm::Deaf,
        of: "telegram".into(),
        standing: Standing {
            since: now,
            figure: 120_000,
            seen: now,
            calm: None,
            told: true,
        },
    };
    tx.keep_alarm(&deaf).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_those_who_keep_a_bureau_or_the_city_can_be_read_by_everybody() {
    let driver = Driver::start().await;
    let site = real_city().await;
    let admin = signed_in(&driver, &site, "王敏").await;
    let bureau = site.desk.roster().bureau_named("禹州市局").unwrap().id;
    for (path, page) in [
        (format!("/staff/people?bureau={bureau}"), "people"),
        (format!("/staff/people/roster?bureau={bureau}"), "roster"),
        (format!("/staff/groups?bureau={bureau}"), "groups"),
        ("/staff/system".to_owned(), "system"),
        ("/staff/account".to_owned(), "account-admin"),
    ] {
        admin.goto(&site.at(&path)).await;
        admin.find("main h1").await;
        is_readable(&admin, page).await;
        fits_320(&admin).await;
        admin.set_window(DESK.0, DESK.1).await;
        let bytes = admin
            .run("return document.documentElement.outerHTML.length", json!([]))
            .await;
        assert!(bytes.as_i64().unwrap() < 150_000, "{page}: {bytes}");
    }
    goes_wrong(&site).await;
    admin.goto(&site.at("/staff/system")).await;
    admin.wait_for_text("#health", "超过两天了").await;
    admin.wait_for_text("#health", "渠道 telegram ").await;
    admin.wait_for_text("[data-testid=audit]", "登录").await;
    admin.click("[data-testid=verify]").await;
    admin.wait_for_text("[data-testid=verified]", "没有被改过").await;
    // Everybody of a bureau is away: that is said in words, in the table and above it.
    let tomorrow = site.desk.day(Clock::System.now()).tomorrow().unwrap();
    let admin_desk = Desk::open(&site, "王敏").await;
    for person in site
        .desk
        .roster()
        .helpers_of(bureau)
        .map(|person| person.id.to_string())
    {
        let fields = [
            ("act", "leave"),
            ("who", person.as_str()),
            ("day", &tomorrow.to_string()),
        ];
        let (status, page) = admin_desk.posts("/staff/people", &fields).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    let admin = signed_in(&driver, &site, "王敏").await;
    admin.goto(&site.at(&format!("/staff/people?bureau={bureau}"))).await;
    admin.wait_for_text(DUTY, "没人值班 8:30–12:00").await;
    is_readable(&admin, "people-gaps").await;
    admin.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_kept_and_who_may_not_is_told_so() {
    let site = real_city().await;
    let (helper, admin) = (Desk::open(&site, "李强").await, Desk::open(&site, "张晓明").await);
    let group = site.group("魏都分局帮办群").await.to_string();
    let (status, page) = admin
        .posts("/staff/groups", &[("act", "mode"), ("mode", "旁听"), ("group", &group)])
        .await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("本群方式：旁听"), "{page}");
    let (_, page) = admin
        .posts("/staff/groups", &[("act", "announce"), ("group", &group)])
        .await;
    assert!(page.contains("本群播报：开"), "{page}");
    let (status, page) = helper
        .posts("/staff/groups", &[("act", "quiet"), ("group", &group)])
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("管理员"), "{page}");
    let roster = site.desk.roster();
    let city = roster.desk().id;
    for (who, path) in [
        (&helper, "/staff/people/roster".to_owned()),
        (&helper, "/staff/people/roster/form.xlsx".to_owned()),
        (&helper, "/staff/system".to_owned()),
        (&admin, "/staff/system".to_owned()),
        (&admin, "/staff/people/roster/roster.yaml".to_owned()),
        (&admin, format!("/staff/people?bureau={city}")),
        (&admin, format!("/staff/people/roster?bureau={city}")),
        (&admin, format!("/staff/groups?bureau={city}")),
    ] {
        let (status, page) = who.page(&path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {page}");
    }
    let id = |name: &str| site.person(name).to_string();
    // Nobody comes to another role by a link: not a helper to their admin's, not a bureau's admin to the city's.
    for (who, whom) in [
        (&helper, "张晓明"),
        (&helper, "孙丽"),
        (&admin, "周红"),
        (&admin, "王敏"),
    ] {
        let (status, page) = who.posts("/staff/people/invite", &[("person", &id(whom))]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{whom}: {page}");
    }
    let today = site.desk.day(Clock::System.now()).to_string();
    let others = [("act", "leave"), ("who", &id("孙丽")), ("day", today.as_str())];
    let (status, page) = helper.posts("/staff/people", &others).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("本单位管理员来"), "{page}");
    // Nothing of it was done; and no number of a mobile is on any page.
    let (_, page) = admin.page("/staff/people").await;
    assert!(page.contains("没有人请假") && !page.contains("13900000"), "{page}");
    let (status, form) = admin.page("/staff/people/roster/form.xlsx").await;
    assert_eq!(status, StatusCode::OK);
    assert!(form.starts_with("PK"));
}
