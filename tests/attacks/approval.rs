//! Whose word it is that an edition goes out: the person's own on a page, or the operator's for them, which the audit says.

use serde_json::json;

use super::guest::{Guest, audited};
use crate::fake_wechat::FakeWechat;
use crate::support::program::{Home, says};
use crate::wechat::program::{official, settings};

/// What a form of the page of drafts sends.
fn version(page: &str) -> i64 {
    let at = page.find("name=\"version\" value=\"").unwrap() + 22;
    page[at..].split('"').next().unwrap().parse().unwrap()
}

async fn page(guest: &Guest) -> String {
    guest.get("/staff/publications").await.text().await.unwrap()
}

async fn decides(guest: &Guest, version: i64, agrees: bool) -> u16 {
    let act = if agrees { "approve" } else { "unapprove" };
    let decided = json!({ "act": act, "edition": 1, "part": 1, "version": version });
    guest.post("/staff/publications", decided).await.status().as_u16()
}

async fn drafted() -> (FakeWechat, Home) {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "files"));
    says(&home, &["wechat", "draft", "1", "--as", "赵岩"], 0, &["文章已备好"]);
    (fake, home)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approver_agrees_with_their_own_word_and_nobody_else_can() {
    let (_fake, home) = drafted().await;
    let _running = home.serve().await;
    let (approver, helper) = (Guest::staff(&home, "钱峰").await, Guest::staff(&home, "李强").await);
    let shown = page(&approver).await;
    let version = version(&shown);
    assert!(shown.contains("同意发布") && shown.contains("文章已备好"), "{shown}");
    let article = approver.get("/staff/publications/1/1/0").await;
    let policy = article.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("sandbox")
            && policy.contains("default-src 'none'")
            && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert_eq!(article.headers()["x-frame-options"], "SAMEORIGIN");
    assert_eq!(helper.get("/staff/publications/1/1/0").await.status(), 422);
    assert!(article.text().await.unwrap().contains("<h1"));
    // Nobody without the role, nobody without a session, nothing that has moved on.
    assert_eq!(helper.get("/staff/publications").await.status(), 422);
    assert_eq!(decides(&helper, version, true).await, 422);
    assert_eq!(decides(&Guest::from(&home, "203.0.113.7"), version, true).await, 401);
    assert_eq!(decides(&approver, version + 1, true).await, 409);
    assert!(audited(&home, "wechat_approve").await.is_empty());
    assert_eq!(decides(&approver, version, true).await, 200);
    assert_eq!(decides(&approver, version, true).await, 409, "pressed twice");
    says(&home, &["wechat", "status", "1"], 0, &["已审批，等人工发表"]);
    let rows = audited(&home, "wechat_approve").await;
    assert!(rows.len() == 1 && rows[0].person.is_some(), "{rows:?}");
    assert_eq!((&*rows[0].object, &*rows[0].note), ("第1期", "by themselves"));
    let shown = page(&approver).await;
    assert!(shown.contains("撤回同意"), "{shown}");
    let now = self::version(&shown);
    assert_eq!(decides(&approver, now, false).await, 200);
    says(&home, &["wechat", "status", "1"], 0, &["文章已备好"]);
    assert_eq!(audited(&home, "wechat_unapprove").await[0].person, rows[0].person);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_on_the_page_to_what_is_their_own() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "files"));
    says(&home, &["wechat", "draft", "1", "--as", "钱峰"], 0, &[]);
    let _running = home.serve().await;
    let approver = Guest::staff(&home, "钱峰").await;
    let shown = page(&approver).await;
    assert!(
        shown.contains("请换一位市局审批") && !shown.contains("同意发布</button>"),
        "{shown}"
    );
    assert_eq!(decides(&approver, 1, true).await, 409);
    assert!(audited(&home, "wechat_approve").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_agrees_for_somebody_at_the_command_line_is_written_down() {
    let (_fake, home) = drafted().await;
    says(
        &home,
        &["wechat", "approve", "1", "--as", "钱峰"],
        0,
        &["已由钱峰审批", "操作员 赵岩 替钱峰担保", "/staff/publications"],
    );
    says(
        &home,
        &["wechat", "unapprove", "1", "--as", "钱峰"],
        0,
        &["操作员 赵岩 担保"],
    );
    for action in ["wechat_approve", "wechat_unapprove"] {
        let rows = audited(&home, action).await;
        assert!(rows.len() == 1 && rows[0].person.is_none(), "{rows:?}");
        assert!(
            rows[0].note.starts_with("operator 赵岩 vouches for person "),
            "{rows:?}"
        );
    }
    says(&home, &["audit", "verify"], 0, &[]);
}
