//! The list's keepers at their pages: from what people ask to an approved entry without a shell, decided by another.

use bangban::clock::Clock;
use bangban::domain::asking::question::QuestionId;
use bangban::domain::list::candidate::Reason;
use bangban::store::clusters::Placed;
use reqwest::StatusCode;
use serde_json::json;

use super::console::Desk;
use super::readable::is_readable;
use super::requests::Caller;
use super::windows::signed_in;
use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const SAID: &str = "[data-testid=said]";
const WAYS: [(&str, &str); 3] = [
    ("南关小店", "两家公司准备合并成一家，合并登记都要做哪些？"),
    ("禹州货运", "两家公司想合并成一家，合并登记怎么办？"),
    ("老李面馆", "我们两家公司要合并成一家，合并登记要做哪些？"),
];
pub const ANSWER: &str = "结论：各公司一起到登记机关办。\n材料：\n1. 合并协议\n2. 决议\n时限：1个工作日";
const FIELDS: [(&str, &str); 4] = [
    ("依据", "《公司法》第二百一十八条"),
    ("专题", "变更"),
    ("责任", "注册科"),
    ("复核", "2027-06-30"),
];

/// Three people ask the same thing; a helper answers one of them.
pub async fn three_ask(site: &Site) {
    let base = format!("/g/{}", site.group("魏都分局帮办群").await);
    for (number, (name, words)) in (1..).zip(WAYS) {
        let asker = Caller::named(site, &base, name).await;
        let said = asker
            .post(&format!("{base}/say"), json!({ "text": format!("@帮办 {words}") }))
            .await;
        assert_eq!(said.status(), StatusCode::OK);
        let begun = std::time::Instant::now();
        while site
            .db
            .read()
            .await
            .unwrap()
            .question(QuestionId(number))
            .await
            .unwrap()
            .is_none()
        {
            assert!(begun.elapsed().as_secs() < 20, "Q{number} is never asked");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    let helper = Desk::open(site, "张晓明").await;
    for fields in [
        vec![("act", "claim")],
        vec![("act", "reply"), ("words", "一起到登记机关办，3个工作日。")],
    ] {
        let (status, page) = helper.posts("/staff/q/1", &fields).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    let mut tx = site.db.begin().await.unwrap();
    let cluster = tx.last_cluster().await.unwrap() + 1;
    let placed = |number| Placed {
        question: QuestionId(number),
        cluster,
        reason: Reason::NoHit,
        entry: None,
    };
    let placed: Vec<Placed> = (1..=3).map(placed).collect();
    tx.collect(&placed, cluster - 1, Clock::System.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Writes into a field of a form, as a hand does.
async fn fills(browser: &Browser, name: &str, text: &str) {
    let script =
        "const one = document.querySelector(`[name=\"${arguments[0]}\"]`); one.focus(); one.value = arguments[1];
        one.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(script, json!([name, text])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_candidate_to_an_approved_entry_without_a_shell() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    three_ask(&site).await;
    let editor = signed_in(&driver, &site, "赵岩").await;
    editor.goto(&site.at("/staff/candidates")).await;
    editor.wait_for_text("[data-testid=candidate]", "合并").await;
    is_readable(&editor, "candidates").await;
    editor.click("[data-testid=candidate]").await;
    editor.wait_for_text("main", "一起到登记机关办").await;
    is_readable(&editor, "candidate").await;
    editor.click("[data-testid=take]").await;
    editor.wait_for_text("[data-testid=stands]", "在写").await;
    fills(&editor, "答案", "").await;
    editor.write("[data-testid=field-答案]", ANSWER).await;
    for (name, text) in FIELDS {
        fills(&editor, name, text).await;
    }
    // It keeps itself, and says what it looks like.
    editor.wait_for_text("[data-testid=kept]", "可以送审了").await;
    editor.wait_for_text("[data-testid=answer]", "1个工作日").await;
    editor.wait_for_text("[data-testid=tests]", "没有不对的").await;
    // What it says beside the form is true of what is written now.
    editor.wait_for_text("[data-testid=changes]", "公司法").await;
    assert_eq!(editor.count(".lacks").await, 0);
    is_readable(&editor, "draft").await;
    editor.click("[data-testid=submit]").await;
    editor.wait_for_text(SAID, "草稿 1 已送审").await;
    let approver = signed_in(&driver, &site, "陈立新").await;
    approver.goto(&site.at("/staff/approvals")).await;
    approver.wait_for_text("[data-testid=approval]", "公司法").await;
    approver.wait_for_text("[aria-current] [data-testid=waits]", "1").await;
    is_readable(&approver, "approvals").await;
    approver.click("[data-testid=approve]").await;
    approver.wait_for_text(SAID, "已批准，正在检验").await;
    approver.wait_for_text("[data-testid=step]", "检验").await;
    is_readable(&approver, "approvals-tested").await;
    // What comes of it appears by itself.
    site.desk.keep_list().await.unwrap();
    approver
        .wait_for_text("[data-testid=last]", "陈立新已批，是第 1 版")
        .await;
    editor.goto(&site.at("/staff/list?q=公司合并登记怎么办")).await;
    editor.wait_for_text("[data-testid=hit]", "把握").await;
    is_readable(&editor, "list-hit").await;
    changes_it(&editor, &approver, &site).await;
    for browser in [editor, approver] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.quit().await;
    }
}

/// An entry is changed: what differs is marked, and who decides reads it on a phone.
async fn changes_it(editor: &Browser, approver: &Browser, site: &Site) {
    editor.goto(&site.at("/staff/list/1")).await;
    editor.wait_for_text("main", "各公司一起到登记机关办").await;
    is_readable(editor, "staff-entry").await;
    editor.click("[data-testid=change]").await;
    editor.wait_for_text("[data-testid=stands]", "在写").await;
    fills(editor, "答案", &ANSWER.replace("1个工作日", "3个工作日")).await;
    editor.wait_for_text("[data-testid=kept]", "可以送审了").await;
    editor.click("[data-testid=submit]").await;
    editor.wait_for_text(SAID, "已送审").await;
    approver.goto(&site.at("/staff/approvals")).await;
    approver.wait_for_text("[data-testid=changes] ins", "3").await;
    approver.wait_for_text("[data-testid=changes] del", "1").await;
    is_readable(approver, "approvals-marked").await;
    approver.click("[data-testid=return-part] summary").await;
    approver.write("[data-testid=why]", "先问过注册科").await;
    approver.click("[data-testid=return]").await;
    approver.wait_for_text(SAID, "已退回").await;
    editor.goto(&site.at("/staff/drafts/2")).await;
    editor.wait_for_text("[data-testid=returned]", "先问过注册科").await;
    is_readable(editor, "draft-returned").await;
    editor.goto(&site.at("/staff/list")).await;
    editor.wait_for_text("[data-testid=draft]", "草稿 2").await;
    is_readable(editor, "staff-list").await;
    for part in ["coverage", "twice", "fill"] {
        editor.goto(&site.at(&format!("/staff/list?show={part}"))).await;
        editor.wait_for_text("h2", "").await;
        is_readable(editor, part).await;
    }
}

/// A draft that is handed in, written without script.
pub async fn handed_in(editor: &Desk<'_>) {
    let (status, page) = editor
        .posts("/staff/list", &[("act", "new"), ("words", "公司合并怎么登记？")])
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("草稿 1"), "{page}");
    let version = editor.version_at("/staff/drafts/1").await;
    let (status, page) = editor
        .posts("/staff/drafts/1", &[("act", "submit"), ("version", &version)])
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("还不能送审，请先写好：答案、依据"), "{page}");
    let mut fields = vec![
        ("act", "submit"),
        ("version", &version),
        ("问法", "公司合并登记"),
        ("答案", ANSWER),
    ];
    fields.extend(FIELDS);
    let (status, page) = editor.posts("/staff/drafts/1", &fields).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("草稿 1 已送审"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_decided_once_and_not_by_who_wrote_it() {
    let site = Site::open(false).await;
    let (editor, approver) = (Desk::open(&site, "赵岩").await, Desk::open(&site, "陈立新").await);
    handed_in(&editor).await;
    let seen = approver.version_at("/staff/approvals").await;
    let decides = |act: &'static str, seen: &str, why: &'static str| {
        let fields = [("act", act), ("draft", "1"), ("version", seen), ("words", why)];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let post = async |fields: [(String, String); 4]| {
        let fields = fields.each_ref().map(|(name, value)| (name.as_str(), value.as_str()));
        approver.posts("/staff/approvals", &fields).await
    };
    let (status, page) = post(decides("return", &seen, "")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("请写一句为什么退回"), "{page}");
    let (status, page) = post(decides("approve", &seen, "")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("已批准，正在检验"), "{page}");
    // Another window that still shows it as it was: a clear line, and the reason is still there to be read.
    let (status, page) = post(decides("return", &seen, "依据要写到款")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("已经有人动过") && page.contains("等着检验"), "{page}");
    site.desk.keep_list().await.unwrap();
    let (_, page) = approver.page("/staff/drafts/1").await;
    assert!(page.contains("是第 1 版"), "{page}");
    // Who writes at a text does not approve it, and an editor never does.
    let (_, page) = editor.posts("/staff/list/1", &[("act", "change")]).await;
    assert!(page.contains("草稿 2"), "{page}");
    for (who, fields) in [
        (&approver, vec![("act", "write"), ("答案", "结论：到窗口办。")]),
        (&editor, vec![("act", "submit")]),
    ] {
        let (status, page) = who.posts("/staff/drafts/2", &fields).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    for (who, why) in [(&approver, "这份稿您写过"), (&editor, "批准和退回由市局审批来做")] {
        let (status, page) = who.posts("/staff/drafts/2", &[("act", "approve")]).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains(why), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_at_an_older_draft_is_not_lost_and_others_stay_outside() {
    let site = Site::open(false).await;
    let editor = Desk::open(&site, "赵岩").await;
    handed_in(&editor).await;
    let seen = editor.version_at("/staff/drafts/1").await;
    let (status, _) = editor
        .posts(
            "/staff/drafts/1",
            &[("act", "write"), ("version", &seen), ("专题", "变更登记")],
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    let older = [("act", "write"), ("version", seen.as_str()), ("专题", "合并分立")];
    let (status, page) = editor.posts("/staff/drafts/1", &older).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("已经有人动过") && page.contains("value=\"合并分立\""),
        "{page}"
    );
    // What cannot be read is said by its field; the rest is kept.
    let version = editor.version_at("/staff/drafts/1").await;
    let wrong = [
        ("act", "write"),
        ("version", version.as_str()),
        ("复核", "明年"),
        ("责任", "登记科"),
    ];
    let (_, page) = editor.posts("/staff/drafts/1", &wrong).await;
    assert!(
        page.contains("“明年”不是日期") && page.contains("value=\"登记科\""),
        "{page}"
    );
    let (_, page) = editor.page("/staff/drafts/1?test=1").await;
    assert!(page.contains("没有不对的"), "{page}");
    let helper = Desk::open(&site, "张晓明").await;
    for path in ["/staff/candidates", "/staff/approvals", "/staff/drafts/1"] {
        let (status, page) = helper.page(path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.contains("由市局"), "{page}");
    }
    let (status, page) = helper.page("/staff/list").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("起草"), "{page}");
    let (status, _) = helper
        .posts("/staff/list", &[("act", "new"), ("words", "我来写")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(editor.page("/staff/drafts/9").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_list_is_looked_after_on_small_pages() {
    let site = Site::open(true).await;
    let editor = Desk::open(&site, "赵岩").await;
    for (path, says) in [
        ("/staff/list", "全部条目"),
        ("/staff/list?show=coverage", "个体工商户"),
        ("/staff/list?show=twice", "重复和太像的"),
        ("/staff/list?show=fill", "platform.name"),
        ("/staff/list?q=简易注销要公示多少天", "起直接答"),
        ("/staff/list/103", "改这一条"),
        ("/staff/candidates", "眼下没有新的共性问题"),
    ] {
        let (status, page) = editor.page(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(page.contains(says), "{path}: {page}");
        assert!(page.len() <= 150_000, "{path} has {} bytes", page.len());
    }
    issues_one(&site, &editor).await;
    // A value is filled in where it is missing, and waits for its approver.
    let fields = [("act", "fill"), ("name", "platform.name"), ("words", "全程电子化平台")];
    let (status, page) = editor.posts("/staff/list", &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("草稿 1 已送审"), "{page}");
    // Withdrawn with its reason, which waits too; without one it is asked for.
    let withdraws = [("act", "withdraw"), ("words", "")];
    let (status, page) = editor.posts("/staff/list/103", &withdraws).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("请写一句为什么停用"), "{page}");
    let (_, page) = editor
        .posts("/staff/list/103", &[("act", "withdraw"), ("words", "文件废止")])
        .await;
    assert!(page.contains("草稿 2 已送审"), "{page}");
    let (_, page) = Desk::open(&site, "陈立新").await.page("/staff/approvals").await;
    assert!(page.contains("文件废止") && page.contains("全程电子化平台"), "{page}");
}

/// The next edition is frozen once, and had as files.
async fn issues_one(site: &Site, editor: &Desk<'_>) {
    let (status, page) = editor.page("/staff/editions").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("下一期：第1期") && page.contains("占位词没填"), "{page}");
    let (status, page) = editor.posts("/staff/editions", &[("act", "freeze")]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("占位词没填"), "{page}");
    let (status, page) = editor.posts("/staff/editions", &[("act", "freeze-rest")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("已冻结第1期") && page.contains("没有变化"), "{page}");
    let made_by = site.db.read().await.unwrap().edition_made_by(1).await.unwrap();
    assert_eq!(made_by.as_deref(), Some("赵岩"));
    for form in ["document", "table"] {
        let (status, _) = editor.page(&format!("/staff/editions/1/{form}")).await;
        assert_eq!(status, StatusCode::OK, "{form}");
    }
    let (_, page) = editor
        .posts("/staff/editions", &[("act", "announce"), ("no", "1")])
        .await;
    assert!(page.contains("没有群要听"), "{page}");
}
