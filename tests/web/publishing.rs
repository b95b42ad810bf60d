//! An edition from the list to the official account in the browser: frozen, drafted, agreed to by another person,
//! published and followed; and what is refused on the way.

use std::sync::Arc;
use std::time::Duration;

use bangban::clock::{Clock, Millis};
use bangban::domain::list::publication::{Approval, Article, Publication, REST, State};
use bangban::official_account;
use reqwest::StatusCode;
use serde_json::json;

use super::console::Desk;
use super::readable::is_readable;
use super::windows::signed_in;
use crate::fake_wechat::{APPID, FakeWechat, SECRET};
use crate::support::browser::Driver;
use crate::support::site::Site;

const PAGE: &str = "/staff/publications";
const SAID: &str = "[data-testid=said]";
const STANDING: &str = "[data-testid=standing]";

/// A site whose editions go to a stand-in for the account.
async fn site(fake: &FakeWechat, folder: &std::path::Path) -> Site {
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let (secret, cover) = (file("secret", SECRET.as_bytes()), file("cover.png", crate::wechat::PNG));
    let settings = format!(
        "[official_account]\nmode = \"api\"\nappid = \"{APPID}\"\nsecret_file = {secret:?}\napi_url = \"{}\"\ncover = {cover:?}\n",
        fake.url
    );
    let site = Site::open_as(true, &settings).await;
    let publisher = official_account::publisher(&site.db, &Clock::System, &site.desk.config);
    let publisher = Arc::clone(&publisher.unwrap().unwrap());
    tokio::spawn(async move {
        loop {
            publisher.work().await.unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_next_edition_to_a_published_article_without_a_shell() {
    let (fake, folder) = (FakeWechat::start().await, tempfile::tempdir().unwrap());
    let (driver, site) = (Driver::start().await, site(&fake, folder.path()).await);
    let editor = signed_in(&driver, &site, "赵岩").await;
    editor.goto(&site.at("/staff/editions")).await;
    editor.click("[data-testid=freeze]").await;
    editor.accept_dialog().await;
    editor.wait_for_text(SAID, "已冻结第1期").await;
    is_readable(&editor, "editions").await;
    editor.goto(&site.at(PAGE)).await;
    editor.wait_for_text("[data-testid=previews]", "【帮办问答】").await;
    is_readable(&editor, "publications-before").await;
    editor.click("[data-testid=draft]").await;
    editor.wait_for_text(SAID, "正在存草稿").await;
    editor.wait_for_text(STANDING, "草稿已存，等审批").await;
    // An editor does not agree, and who drafted would not either.
    assert_eq!(editor.count("[data-testid=decide]").await, 0);
    let approver = signed_in(&driver, &site, "陈立新").await;
    approver.goto(&site.at(PAGE)).await;
    is_readable(&approver, "publications-waits").await;
    approver.click("[data-testid=decide]").await;
    approver.wait_for_text(SAID, "已由您同意发布").await;
    // The other one sees it without asking.
    editor.wait_for_text(STANDING, "已审批，等发布").await;
    editor.click("[data-testid=publish]").await;
    editor.accept_dialog().await;
    editor.wait_for_text(SAID, "马上提交").await;
    for browser in [&editor, &approver] {
        browser.wait_for_text(STANDING, "已发布").await;
        browser
            .wait_for_text("[data-testid=published]", "https://mp.weixin.qq.com/s/")
            .await;
    }
    is_readable(&editor, "publications-published").await;
    assert_eq!(fake.world().published.values().copied().collect::<Vec<_>>(), [1]);
    acted(&site).await;
    for browser in [editor, approver] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

/// The audit names who did it.
async fn acted(site: &Site) {
    let mut tx = site.db.read().await.unwrap();
    let name = tx.publications_of(1).await.unwrap()[0].name();
    for (object, action, who) in [
        ("edition 1", "edition_frozen", "赵岩"),
        (name.as_str(), "wechat_draft", "赵岩"),
        (name.as_str(), "wechat_approve", "陈立新"),
        (name.as_str(), "wechat_publish", "赵岩"),
    ] {
        let rows = tx.audit_of(object, action, 9).await.unwrap();
        let people: Vec<Option<i64>> = rows.iter().map(|row| row.person_id).collect();
        assert_eq!(people, [Some(site.person(who).0)], "{action}");
    }
}

/// A frozen edition, and its draft in this state if there is one.
async fn standing(site: &Site, state: Option<State>) {
    let now = Clock::System.now();
    let mut tx = site.db.begin().await.unwrap();
    tx.keep_edition(&crate::wechat::edition(1, 3), "operator", now)
        .await
        .unwrap();
    if let Some(state) = state {
        let publication = drafted(state);
        tx.add_publication(&publication, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The only draft of the first edition.
fn drafted(state: State) -> Publication {
    let article = Article {
        title: "【帮办问答】企业登记常见问题（第1期）".into(),
        author: "示例市局".into(),
        digest: String::new(),
        content: "<p>可以网上办。</p>".into(),
    };
    Publication {
        edition: 1,
        part: 1,
        parts: 1,
        articles: vec![article],
        state,
        drafted_by: "赵岩".into(),
        version: 1,
        next_at: REST,
        tries: 0,
        trouble: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_drafts_of_an_edition_are_agreed_to_by_one_press_of_another_person() {
    let site = Site::open(false).await;
    standing(&site, None).await;
    let mut tx = site.db.begin().await.unwrap();
    for part in 1..=3 {
        let state = State::Drafted {
            media_id: format!("m{part}"),
        };
        let publication = Publication {
            part,
            parts: 3,
            ..drafted(state)
        };
        tx.add_publication(&publication, Clock::System.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (editor, approver) = (Desk::open(&site, "赵岩").await, Desk::open(&site, "陈立新").await);
    let all = |seen: &'static str| [("act", "approve-all"), ("edition", "1"), ("seen", seen)];
    is_refused(&editor.posts(PAGE, &all("1 1 1")).await, "由市局审批来做");
    let (_, page) = editor.page(PAGE).await;
    assert!(!page.contains("一起同意发布"), "{page}");
    let (_, page) = approver.page(PAGE).await;
    assert!(page.contains("3 组都看过了，一起同意发布"), "{page}");
    // What somebody changed since it was read is read again first.
    is_refused(&approver.posts(PAGE, &all("1 1 2")).await, "刚被别人动过");
    let (status, page) = approver.posts(PAGE, &all("1 1 1")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    for name in [
        "第1期（第1组，共3组）",
        "第1期（第2组，共3组）",
        "第1期（第3组，共3组）",
    ] {
        assert!(page.contains(&format!("{name}已由您同意发布")), "{page}");
    }
    let there = site.db.read().await.unwrap().publications_of(1).await.unwrap();
    let waits = there.iter().filter(|one| matches!(one.state, State::Drafted { .. }));
    assert_eq!(waits.count(), 0);
    is_refused(&approver.posts(PAGE, &all("2 2 2")).await, "刚被别人动过");
}

/// Presses a button of the page, at the draft as it stands there now.
async fn presses(who: &Desk<'_>, act: &str, more: &[(&str, &str)]) -> (StatusCode, String) {
    let version = who.version_at(PAGE).await;
    at_version(who, act, &version, more).await
}

async fn at_version(who: &Desk<'_>, act: &str, version: &str, more: &[(&str, &str)]) -> (StatusCode, String) {
    let mut fields = vec![("act", act), ("edition", "1"), ("part", "1"), ("version", version)];
    fields.extend(more);
    who.posts(PAGE, &fields).await
}

fn is_refused((status, page): &(StatusCode, String), why: &str) {
    assert_eq!(*status, StatusCode::CONFLICT, "{page}");
    assert!(page.contains(why), "{why}: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_to_their_own_draft_and_nothing_is_done_to_an_older_one() {
    let site = Site::open(false).await;
    standing(&site, None).await;
    let (editor, approver) = (Desk::open(&site, "赵岩").await, Desk::open(&site, "陈立新").await);
    let helper = Desk::open(&site, "张晓明").await;
    let (status, page) = helper.page(PAGE).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("由市局编辑和审批来管"), "{page}");
    // Before it is drafted, its articles can be read as they will be.
    let (status, page) = editor.page("/staff/publications/1/1/0").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("第1个问题怎么办"), "{page}");
    assert_eq!(editor.page("/staff/publications/1/2/0").await.0, StatusCode::NOT_FOUND);
    assert_eq!(editor.page("/staff/publications/7/1/0").await.0, StatusCode::NOT_FOUND);
    let drafts = [("act", "draft"), ("edition", "1"), ("seen", "")];
    let (status, page) = approver.posts(PAGE, &drafts).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(
        page.contains("文章备好了") && page.contains("请换一位市局审批"),
        "{page}"
    );
    is_refused(&editor.posts(PAGE, &drafts).await, "刚被别人动过");
    is_refused(&at_version(&approver, "approve", "1", &[]).await, "请换一位市局审批");
    is_refused(&at_version(&editor, "approve", "1", &[]).await, "由市局审批来做");
    is_refused(&at_version(&editor, "publish", "1", &[]).await, "不用接口发布");
    is_refused(&at_version(&editor, "unapprove", "9", &[]).await, "刚被别人动过");
    let (status, _) = at_version(&helper, "record", "1", &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let there = site.db.read().await.unwrap().publications_of(1).await.unwrap();
    assert_eq!((&there[0].state, there[0].version), (&State::Prepared, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unclear_is_settled_by_who_looked() {
    let (fake, folder) = (FakeWechat::start().await, tempfile::tempdir().unwrap());
    let site = site(&fake, folder.path()).await;
    let ok = Approval {
        person: site.person("陈立新"),
        name: "陈立新".into(),
        at: Millis(1),
    };
    let unclear = State::Unclear {
        media_id: "m".into(),
        ok,
        since: Millis(1),
    };
    standing(&site, Some(unclear)).await;
    let editor = Desk::open(&site, "赵岩").await;
    let (_, page) = editor.page(PAGE).await;
    assert!(
        page.contains("待核实") && page.contains("请到公众平台看有没有"),
        "{page}"
    );
    is_refused(&presses(&editor, "publish", &[]).await, "现在不能这样做");
    is_refused(&presses(&editor, "unpublished", &[]).await, "请先到公众平台看过");
    let record = |url, at| [("url", url), ("at", at)];
    let written = presses(&editor, "record", &record("mp.weixin.qq.com/s/x", "2026-03-01T10:00")).await;
    is_refused(&written, "以 https:// 开头");
    assert!(
        written.1.contains("value=\"mp.weixin.qq.com/s/x\""),
        "what was written is lost"
    );
    is_refused(
        &presses(&editor, "record", &record("javascript:alert(1)", "2026-03-01T10:00")).await,
        "以 https:// 开头",
    );
    let url = "https://mp.weixin.qq.com/s/x";
    is_refused(&presses(&editor, "record", &record(url, "昨天")).await, "请写成");
    is_refused(
        &presses(&editor, "record", &record(url, "2199-03-01T10:00")).await,
        "还没有到",
    );
    let (status, page) = presses(&editor, "unpublished", &[("sure", "yes")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("同意仍在") && page.contains(">发布</button>"), "{page}");
    is_refused(
        &presses(&editor, "record", &record(url, "2026-03-01T10:00")).await,
        "现在不能这样做",
    );
    let (_, page) = editor.page(PAGE).await;
    assert!(page.contains("赵岩：看过，没有发表"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_published_is_recorded_by_hand() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    let ok = Approval {
        person: site.person("陈立新"),
        name: "陈立新".into(),
        at: Millis(1),
    };
    let by_hand = State::ByHand {
        media_id: None,
        ok,
        why: "请把写出的文章贴进公众平台发表".into(),
    };
    standing(&site, Some(by_hand)).await;
    let editor = signed_in(&driver, &site, "赵岩").await;
    editor.goto(&site.at(PAGE)).await;
    is_readable(&editor, "publications-by-hand").await;
    editor.write("[data-testid=url]", "https://mp.weixin.qq.com/s/x").await;
    let at = "const one = document.querySelector('[data-testid=at]'); one.value = arguments[0];";
    editor.run(at, json!(["2026-03-01T10:00"])).await;
    editor.click("[data-testid=record]").await;
    editor.wait_for_text(SAID, "记下了").await;
    editor.wait_for_text(STANDING, "已发布").await;
    assert_eq!(editor.complaints().await, Vec::<String>::new());
    editor.quit().await;
    let there = site.db.read().await.unwrap().publications_of(1).await.unwrap();
    let State::Published { urls, at } = &there[0].state else {
        panic!("{:?}", there[0].state);
    };
    // 10:00 at the city's clock.
    assert_eq!(
        (urls[0].as_str(), at.0),
        ("https://mp.weixin.qq.com/s/x", 1_772_330_400_000)
    );
}
