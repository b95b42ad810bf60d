//! The blind sample in the browser: judged on a phone by helpers of another bureau, shown on the board, gone when forgotten.

use bangban::domain::list::sample::Judged;
use reqwest::StatusCode;

use super::board::{days_ago, two_groups};
use super::console::Desk;
use super::readable::is_readable;
use super::windows::signed_in;
use crate::support::browser::Driver;
use crate::support::history::{self, Past};
use crate::support::site::Site;

const SAMPLED: &str = "[data-testid=sampled]";

/// A site with three weeks behind it, of the last whole one of which a sample was drawn.
async fn sampled() -> Site {
    let site = Site::open(true).await;
    let groups = two_groups(&site).await;
    let past = Past {
        from: days_ago(&site, 21),
        days: 21,
        a_day: 20,
        groups: &groups,
        entries: &["geti-001", "geti-002"],
        first: 1_000,
    };
    history::write(&site.db, &past).await;
    site.desk.keep_board().await.unwrap();
    site.desk.draw_sample().await.unwrap();
    site
}

async fn judged(site: &Site) -> Judged {
    let weeks = site.desk.judged_weeks().await.unwrap();
    assert_eq!(weeks.len(), 1);
    weeks[0].1
}

#[tokio::test(flavor = "multi_thread")]
async fn helpers_of_another_bureau_judge_what_was_drawn_and_a_wrong_answer_is_a_defect() {
    let driver = Driver::start().await;
    let site = sampled().await;
    assert_eq!(judged(&site).await.drawn, 30);
    // Drawn once, also after a restart.
    site.desk.draw_sample().await.unwrap();
    assert_eq!(judged(&site).await.drawn, 30);
    let helper = signed_in(&driver, &site, "李强").await;
    helper.goto(&site.at("/staff/sample")).await;
    helper.find(SAMPLED).await;
    is_readable(&helper, "sample").await;
    let first = helper.text(SAMPLED).await;
    assert!(first.contains("简易注销"), "{first}");
    let page = helper.text("main").await;
    for told in ["禹州", "魏都", "帮办员张"] {
        assert!(!page.contains(told), "{told}: {page}");
    }
    helper.click("[data-testid=right]").await;
    helper.wait_for_text("[data-testid=said]", "记下了").await;
    assert_ne!(helper.text(SAMPLED).await, first, "the next one");
    let many = site.desk.roster().people_named("李强").next().unwrap().clone();
    let (_, many) = site.desk.next_sample(&many, None).await.unwrap();
    helper.write("[data-testid=why]", "公示期写错了").await;
    helper.click("[data-testid=wrong]").await;
    helper.wait_for_text("h1", &format!("还有 {} 条", many - 1)).await;
    let now = judged(&site).await;
    assert_eq!((now.judged, now.wrong), (2, 1));
    let defects = site.db.read().await.unwrap().open_defects().await.unwrap();
    let (_, words, must_not_hit) = &defects[0];
    assert_eq!(words, "质量抽查判为错：公示期写错了");
    assert!(must_not_hit.contains("简易注销"), "{must_not_hit}");
    let editor = Desk::open(&site, "赵岩").await;
    let (_, page) = editor.page("/staff/list").await;
    assert!(page.contains("质量抽查判为错：公示期写错了"), "{page}");
    let supervisor = signed_in(&driver, &site, "刘文静").await;
    supervisor.goto(&site.at("/staff/figures?span=month")).await;
    supervisor
        .wait_for_text("[data-testid=samples]", "判了 2 条：错 1")
        .await;
    is_readable(&supervisor, "board-samples").await;
    assert_eq!(helper.complaints().await, Vec::<String>::new());
    helper.quit().await;
    supervisor.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_judges_their_own_bureaus_answers_or_one_twice_and_bad_words_do_no_harm() {
    let site = sampled().await;
    let (weidu, yuzhou) = (Desk::open(&site, "李强").await, Desk::open(&site, "周红").await);
    let roster = site.desk.roster();
    let person = |name: &str| roster.people_named(name).next().unwrap().clone();
    let (others, many) = site.desk.next_sample(&person("李强"), None).await.unwrap();
    let (own, own_many) = site.desk.next_sample(&person("周红"), None).await.unwrap();
    assert_eq!(many + own_many, 30, "each is the other bureau's");
    let (others, own) = (
        others.unwrap().question.0.to_string(),
        own.unwrap().question.0.to_string(),
    );
    let judge = |question: String, verdict: &'static str| vec![("question", question), ("verdict", verdict.to_owned())];
    let sends = async |desk: &Desk<'_>, fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.posts("/staff/sample", &fields).await.0
    };
    assert_eq!(sends(&weidu, judge(own.clone(), "wrong")).await, StatusCode::CONFLICT);
    assert_eq!(
        sends(&weidu, judge(others.clone(), "perhaps")).await,
        StatusCode::CONFLICT
    );
    assert_eq!(
        sends(&weidu, judge("999999999".to_owned(), "right")).await,
        StatusCode::CONFLICT
    );
    assert_eq!(judged(&site).await.judged, 0);
    assert_eq!(sends(&weidu, judge(others.clone(), "incomplete")).await, StatusCode::OK);
    assert_eq!(
        sends(&weidu, judge(others, "wrong")).await,
        StatusCode::CONFLICT,
        "judged before"
    );
    assert_eq!(sends(&yuzhou, judge(own, "not_a_question")).await, StatusCode::OK);
    let now = judged(&site).await;
    assert_eq!((now.judged, now.wrong, now.incomplete, now.answers()), (2, 0, 1, 1));
    assert!(site.db.read().await.unwrap().open_defects().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_is_relieved_by_one_press_of_who_keeps_the_bureau() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let roster = site.desk.roster();
    let yuzhou = roster.bureau_named("禹州市局").unwrap().id;
    let admin_desk = Desk::open(&site, "王敏").await;
    let today = site.desk.day(bangban::clock::Clock::System.now());
    let day = |ahead: i64| today.checked_add(jiff::Span::new().days(ahead)).unwrap().to_string();
    for name in ["周红", "高翔"] {
        let who = site.person(name).to_string();
        let fields = [
            ("act", "leave"),
            ("who", who.as_str()),
            ("day", &day(1)),
            ("last", &day(7)),
        ];
        let (status, page) = admin_desk.posts("/staff/people", &fields).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    // Whoever is asked has to be reachable.
    let foreseen = site.desk.foresight(yuzhou).await.unwrap();
    let asked = roster.person(foreseen[0].by[0].0).unwrap().name.clone();
    let colleague = signed_in(&driver, &site, &asked).await;
    let admin = signed_in(&driver, &site, "王敏").await;
    let page = site.at(&format!("/staff/people?bureau={yuzhou}"));
    admin.goto(&page).await;
    admin.wait_for_text("[data-testid=foreseen]", "没人值班").await;
    is_readable(&admin, "foresight").await;
    let before = admin.count("[data-testid=foreseen]").await;
    admin.click("[data-testid=relieve]").await;
    admin.wait_for_text("[data-testid=said]", &format!("已问{asked}")).await;
    admin.wait_for_text("#ahead", &format!("已问{asked}")).await;
    colleague.goto(&site.at("/staff/people")).await;
    colleague.click("[data-testid=agree]").await;
    colleague.wait_for_text("[data-testid=said]", "换班定了").await;
    admin.goto(&page).await;
    admin.find("#ahead").await;
    assert_eq!(
        admin.count("[data-testid=foreseen]").await,
        before - 1,
        "that stretch is covered"
    );
    // A helper of the bureau neither sees nor sends what is for who keeps it.
    let one = &foreseen[1];
    let [of, by] = [one.of.unwrap(), one.by[0].0].map(|id| id.to_string());
    let (from, until) = (one.stretch.from.0.to_string(), one.stretch.until.0.to_string());
    let fields: [(&str, &str); 5] = [
        ("act", "relieve"),
        ("of", &of),
        ("by", &by),
        ("from", &from),
        ("until", &until),
    ];
    let helper = Desk::open(&site, "韩梅").await;
    let (status, said) = helper.posts("/staff/people", &fields).await;
    assert_eq!(status, StatusCode::CONFLICT, "{said}");
    assert!(!helper.page("/staff/people").await.1.contains("往后两周"));
    for browser in [admin, colleague] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}
