//! The board: past days are summed up, each figure is what was asked, and everybody can read the drawings.

use bangban::clock::{Clock, Millis};
use bangban::domain::time::zone;
use bangban::store::board::Tally;
use jiff::ToSpan as _;
use reqwest::StatusCode;
use serde_json::json;

use super::console::Desk;
use super::readable::is_readable;
use super::windows::signed_in;
use crate::support::browser::Driver;
use crate::support::history::{self, HANDED_OF_TEN, Past, SURE_OF_TEN, UNSOLVED_OF_TEN};
use crate::support::site::Site;

const ENTRIES: [&str; 3] = ["geti-001", "geti-002", "geti-003"];

/// The first moment of so many days before today.
pub fn days_ago(site: &Site, days: i64) -> Millis {
    let zone = &site.desk.config.timezone;
    let today = zone::day(zone, Clock::System.now());
    zone::moment(zone, today.checked_sub(days.days()).unwrap()).unwrap()
}

/// The help groups of two bureaus, with their bureaus.
pub async fn two_groups(site: &Site) -> [(i64, i64); 2] {
    let roster = site.desk.roster();
    let bureau = |name: &str| roster.bureau_named(name).unwrap().id.0;
    [
        (site.group("魏都分局帮办群").await, bureau("魏都分局")),
        (site.group("禹州市局帮办群").await, bureau("禹州市局")),
    ]
}

/// A site in which so many were asked on each of the last days.
pub async fn with_a_past(site: &Site, days: i64, a_day: i64) {
    let groups = two_groups(site).await;
    let past = Past {
        from: days_ago(site, days),
        days,
        a_day,
        groups: &groups,
        entries: &ENTRIES,
        first: 1_000,
    };
    history::write(&site.db, &past).await;
    site.desk.keep_board().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_figure_of_a_time_is_what_was_asked_in_it() {
    let site = Site::open(true).await;
    with_a_past(&site, 20, 40).await;
    let week = site.desk.board(None, 7).await.unwrap();
    let of_ten = |digit: i64| 7 * 40 / 10 * digit;
    let whole = Tally {
        asked: 280,
        sure: of_ten(SURE_OF_TEN),
        unsolved: of_ten(UNSOLVED_OF_TEN),
        handed: of_ten(HANDED_OF_TEN),
        replied: of_ten(HANDED_OF_TEN),
    };
    assert_eq!((week.all, week.before), (whole, Some(whole)));
    assert_eq!(week.days.len(), 7);
    assert!(
        week.days.iter().all(|day| day.known && day.tally.asked == 40),
        "{:?}",
        week.days
    );
    let bureaus: Vec<(&str, i64)> = week
        .bureaus
        .iter()
        .map(|one| (one.name.as_str(), one.all.asked))
        .collect();
    assert_eq!(bureaus, [("魏都分局", 140), ("禹州市局", 140)]);
    assert_eq!(week.hot.iter().map(|hot| hot.now).sum::<i64>(), whole.sure);
    let month = site.desk.board(None, 30).await.unwrap();
    assert_eq!(month.all.asked, 20 * 40);
    assert!(
        month.before.is_none(),
        "of days before the first question nothing is known"
    );
    // Summed up again after a restart, nothing is counted twice.
    site.desk.keep_board().await.unwrap();
    assert_eq!(site.desk.board(None, 7).await.unwrap().all, whole);
    let curve = site.desk.curve(None).await.unwrap().unwrap();
    let handed: f64 = curve.0.iter().flatten().sum();
    assert!(
        (handed - 140.0).abs() < 1e-6,
        "a week's hand-overs are those of a week: {handed}"
    );
    the_pages_say_the_same(&site).await;
}

async fn the_pages_say_the_same(site: &Site) {
    let supervisor = Desk::open(site, "刘文静").await;
    let (status, page) = supervisor.page("/staff/figures?span=week").await;
    assert_eq!(status, StatusCode::OK);
    for said in [">280<", ">60%<", ">17%<", ">50%<", "各单位"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let (_, page) = supervisor.page("/staff/figures?span=month").await;
    assert!(page.contains("其中 10 天没有数字"), "{page}");
    let keeper = Desk::open(site, "张晓明").await;
    let (_, page) = keeper.page("/staff/figures?span=week").await;
    assert!(page.contains(">140<") && !page.contains("禹州"), "{page}");
    let helper = Desk::open(site, "李强").await;
    for path in ["/staff/figures?span=week", "/staff/figures/wall"] {
        let (status, page) = helper.page(path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.contains("数字给单位管理员和督导看"), "{page}");
    }
    for wrong in ["span=year", "span=", "page=-1"] {
        let (status, _) = supervisor.page(&format!("/staff/figures?{wrong}")).await;
        assert_eq!(status, StatusCode::OK, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_can_be_read_by_everybody_on_a_phone_on_a_wall_and_on_paper() {
    let driver = Driver::start().await;
    let site = Site::open(true).await;
    with_a_past(&site, 62, 120).await;
    let supervisor = signed_in(&driver, &site, "刘文静").await;
    supervisor.goto(&site.at("/staff/figures")).await;
    is_readable(&supervisor, "board-today").await;
    for (span, heading) in [("week", "近 7 天"), ("month", "近 30 天")] {
        supervisor.click(&format!("[data-testid={span}]")).await;
        supervisor.wait_for_text("h1", heading).await;
        is_readable(&supervisor, &format!("board-{span}")).await;
        assert_eq!(supervisor.count("[data-testid=unknown]").await, 0);
    }
    for dark in [false, true] {
        supervisor.set_dark(dark).await;
        supervisor.screenshot(&format!("board-month-dark-{dark}")).await;
    }
    supervisor.set_dark(false).await;
    supervisor.set_print(true).await;
    supervisor.screenshot("board-month-print").await;
    supervisor.set_print(false).await;
    // Each drawing has its table, and the words of a drawing name what it shows.
    let drawn = "return Array.from(document.querySelectorAll('.chart')).filter((one) =>
        one.querySelector('svg[aria-label]') && one.querySelectorAll('table tbody tr').length).length";
    assert_eq!(supervisor.run(drawn, json!([])).await, 3);
    supervisor.click("[data-testid=wall]").await;
    for page in 0..5 {
        supervisor
            .goto(&site.at(&format!("/staff/figures/wall?page={page}&stay=1")))
            .await;
        supervisor.wait_for_text("main", "停着").await;
        is_readable(&supervisor, &format!("wall-{page}")).await;
    }
    let (_, page) = Desk::open(&site, "刘文静")
        .await
        .page("/staff/figures/wall?page=4")
        .await;
    assert!(
        page.contains("url=/staff/figures/wall?page=0"),
        "the last turns to the first: {page}"
    );
    assert_eq!(supervisor.complaints().await, Vec::<String>::new());
    supervisor.quit().await;
}
