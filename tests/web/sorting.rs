//! What an editor presses to sort what was asked: 拆出, 合并, 不收, 并入, and 恢复 of what an entry said before.

use reqwest::StatusCode;

use super::console::Desk;
use super::curating::{ANSWER, handed_in, three_ask};
use super::readable::is_readable;
use super::windows::signed_in;
use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const SAID: &str = "[data-testid=said]";
const WAYS: &str = "[data-testid=ways] input";

/// A draft is handed in and approved by another, and serves.
async fn approved(site: &Site, draft: u32) {
    let approver = Desk::open(site, "陈立新").await;
    let seen = approver.version_at("/staff/approvals").await;
    let draft = draft.to_string();
    let fields = [("act", "approve"), ("draft", draft.as_str()), ("version", &seen)];
    let (status, page) = approver.posts("/staff/approvals", &fields).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    site.desk.keep_list().await.unwrap();
}

/// An entry with two revisions.
async fn twice_approved(site: &Site) {
    let editor = Desk::open(site, "赵岩").await;
    handed_in(&editor).await;
    approved(site, 1).await;
    editor.posts("/staff/list/1", &[("act", "change")]).await;
    let version = editor.version_at("/staff/drafts/2").await;
    let later = ANSWER.replace("1个工作日", "3个工作日");
    let fields = [("act", "submit"), ("version", version.as_str()), ("答案", &later)];
    let (status, page) = editor.posts("/staff/drafts/2", &fields).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    approved(site, 2).await;
}

/// Takes one of the ways out into a candidate of its own, whose page opens.
async fn splits(editor: &Browser, site: &Site, from: u32, words: &str, to: u32) {
    editor.goto(&site.at(&format!("/staff/candidates/{from}"))).await;
    editor.click("[data-testid=split]").await;
    editor.wait_for_text(SAID, "还没有勾选要拆出的问题").await;
    let tick = format!("//label[contains(., '{words}')]/input");
    let script = "document.evaluate(arguments[0], document, null, 9, null).singleNodeValue.click()";
    editor.run(script, serde_json::json!([tick])).await;
    editor.click("[data-testid=split]").await;
    editor.wait_for_text(".crumbs", &format!("候选 › {to}")).await;
    assert_eq!(editor.count(WAYS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_is_split_put_together_left_out_and_added_to_an_entry() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    three_ask(&site).await;
    twice_approved(&site).await;
    let editor = signed_in(&driver, &site, "赵岩").await;
    splits(&editor, &site, 1, "合并登记怎么办", 2).await;
    // It belongs together after all: from the candidate that stays.
    editor.goto(&site.at("/staff/candidates/1")).await;
    assert_eq!(editor.count(WAYS).await, 2);
    editor.click("[data-testid=alike] input[value='2']").await;
    is_readable(&editor, "candidate-alike").await;
    editor.click("[data-testid=alike] button").await;
    editor.wait_for_text(SAID, "并好了，移过来 1 个问题").await;
    assert_eq!(editor.count(WAYS).await, 3);
    // One is not for the list. Without a reason it stays where it is.
    splits(&editor, &site, 1, "我们两家公司", 3).await;
    editor.click("[data-testid=dismiss-part] summary").await;
    editor.click("[data-testid=dismiss]").await;
    editor.wait_for_text(SAID, "请写一句为什么不收").await;
    editor.click("[data-testid=dismiss-part] summary").await;
    editor.write("[data-testid=why]", "只有一家问，到窗口说").await;
    editor.click("[data-testid=dismiss]").await;
    editor.wait_for_text(SAID, "不收，原因记下了").await;
    editor.wait_for_text("[data-testid=standing]", "不收").await;
    assert_eq!(editor.count("[data-testid=dismiss-part]").await, 0, "it is decided");
    // The others are ways to ask what the list has.
    editor.goto(&site.at("/staff/candidates/1")).await;
    editor.write("[data-testid=join-no]", "1").await;
    editor.click("[data-testid=join]").await;
    editor
        .wait_for_text("[data-testid=changes]", "两家公司准备合并成一家")
        .await;
    is_readable(&editor, "draft-joined").await;
    assert_eq!(editor.complaints().await, Vec::<String>::new());
    editor.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_entry_said_before_is_said_again() {
    let driver = Driver::start().await;
    let site = Site::open(false).await;
    twice_approved(&site).await;
    let editor = signed_in(&driver, &site, "赵岩").await;
    editor.goto(&site.at("/staff/list/1")).await;
    editor.wait_for_text(".as-said", "3个工作日").await;
    editor.click("[data-testid=restore-part] summary").await;
    is_readable(&editor, "entry-restore").await;
    editor.click("[data-testid=restore]").await;
    editor.wait_for_text("[data-testid=changes]", "1个工作日").await;
    editor.click("[data-testid=submit]").await;
    editor.wait_for_text(SAID, "草稿 3 已送审").await;
    approved(&site, 3).await;
    editor.goto(&site.at("/staff/list/1")).await;
    editor.wait_for_text(".as-said", "时限：1个工作日").await;
    editor.wait_for_text(".as-said", "第 3 版").await;
    assert_eq!(editor.complaints().await, Vec::<String>::new());
    editor.quit().await;
}
