//! The real program, from a frozen edition to the published articles.

use std::fs;

use bangban::domain::list::publication::{REST, State};
use bangban::store::Db;

use super::PNG;
use crate::fake_wechat::{APPID, FakeWechat, Fault, SECRET};
use crate::support::program::{self, Home};

const TOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/town.yaml");

pub fn settings(fake: &FakeWechat, mode: &str) -> String {
    format!(
        "public_url = \"https://example.cn/bangban\"\n[web]\ntrusted_proxies = [\"127.0.0.1\"]\n[fill]\n\"platform.url\" = \"https://example.cn\"\n[official_account]\nmode = \"{mode}\"\nappid = \"{APPID}\"\n\
         secret_file = \"secret\"\napi_url = \"{}\"\ncover = \"cover.png\"\ntoken_file = \"token\"\naes_key_file = \"key\"\n",
        fake.url
    )
}

/// A home with a roster, a list and one frozen edition.
pub fn official(settings: &str) -> Home {
    let home = Home::new(settings).with("USER", "赵岩");
    fs::copy(TOWN, home.path("town.yaml")).unwrap();
    fs::write(home.path("secret"), format!("{SECRET}\n")).unwrap();
    fs::write(home.path("token"), "fake-token\n").unwrap();
    fs::write(home.path("key"), "CzBVep/E6Q4zWH2ix+wRNluApcrvFDleg6jN8hc8YYY\n").unwrap();
    for secret in ["secret", "token", "key"] {
        let mine = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(home.path(secret), mine).unwrap();
    }
    fs::write(home.path("cover.png"), PNG).unwrap();
    says(&home, &["roster", "import", "town.yaml"], 0, &[]);
    says(&home, &["faq", "import"], 0, &[]);
    says(&home, &["edition", "freeze"], 0, &["已冻结第1期"]);
    home
}

/// Drafted, and approved by somebody else than who froze it.
pub fn approved(home: &Home) {
    says(home, &["wechat", "draft", "1"], 0, &["草稿已存，等审批"]);
    says(home, &["wechat", "approve", "1", "--as", "钱峰"], 0, &["已由钱峰审批"]);
}

#[track_caller]
fn says(home: &Home, arguments: &[&str], code: i32, words: &[&str]) -> String {
    let said = program::says(home, arguments, code, words);
    assert!(
        !said.contains(SECRET) && !said.contains("token_"),
        "a secret is printed:\n{said}"
    );
    said
}

// D6 (四(三)): the list is published through the official account, on a person's word, and followed to its result.
#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_drafted_approved_published_and_followed() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "api"));
    says(&home, &["check"], 0, &["公众号：连得上"]);
    says(&home, &["wechat", "publish", "1"], 1, &["还没有存过草稿"]);
    says(&home, &["wechat", "draft", "7"], 1, &["没有第7期"]);
    says(
        &home,
        &["wechat", "draft", "1", "--as", "王敏"],
        0,
        &["第1期", "草稿已存，等审批"],
    );
    says(&home, &["wechat", "publish", "1"], 1, &["请先存草稿、审批"]);
    says(&home, &["wechat", "approve", "1", "--as", "王敏"], 1, &["不是市局审批"]);
    assert_eq!(
        fake.called("freepublish/submit"),
        0,
        "submitted without a person's word"
    );
    let running = home.serve().await;
    says(&home, &["wechat", "approve", "1", "--as", "钱峰"], 0, &["已由钱峰审批"]);
    let done = ["已发布", "发布时间", "https://mp.weixin.qq.com/s/"];
    says(&home, &["wechat", "publish", "1"], 0, &done);
    says(&home, &["wechat", "publish", "1"], 0, &done);
    says(&home, &["wechat", "draft", "1"], 1, &["已发布，草稿不再改动"]);
    says(&home, &["audit", "verify"], 0, &["没有被改过"]);
    running.signal("TERM").await;
    assert_eq!(fake.world().published.values().copied().collect::<Vec<_>>(), [1]);
    assert_eq!(fake.world().covers.len(), 1, "the cover was uploaded again");
    assert!(!home.log().contains(SECRET) && !home.log().contains("access_token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_approves_what_is_their_own() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "draft"));
    says(&home, &["wechat", "draft", "1", "--as", "钱峰"], 0, &[]);
    says(
        &home,
        &["wechat", "approve", "1", "--as", "钱峰"],
        1,
        &["自己冻结或存的"],
    );
}

/// The process is killed while the account holds its answer back, after the call had its effect.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_neither_publishes_twice_nor_loses_the_draft() {
    for path in [
        "material/add_material",
        "draft/add",
        "freepublish/submit",
        "freepublish/get",
    ] {
        let fake = FakeWechat::start().await;
        let home = official(&settings(&fake, "api"));
        let draft = !path.starts_with("freepublish");
        if !draft {
            approved(&home);
        }
        fake.fails(path, &[Fault::HangAfter]);
        let child = home.start(&["wechat", if draft { "draft" } else { "publish" }, "1"]);
        fake.hung.notified().await;
        child.kill();
        waited(&home).await;
        let running = home.serve().await;
        if draft {
            until(&home, "草稿已存，等审批").await;
            says(&home, &["wechat", "approve", "1", "--as", "钱峰"], 0, &[]);
            says(&home, &["wechat", "publish", "1"], 0, &["已发布"]);
        }
        until(&home, "已发布").await;
        running.signal("TERM").await;
        let published: Vec<u32> = fake.world().published.values().copied().collect();
        assert_eq!(published, [1], "{path}");
        assert_eq!(fake.world().drafts.len(), 0, "{path}: a draft was added twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_broke_off_is_said_and_is_no_success() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "api"));
    fake.fails("draft/add", &[Fault::HangAfter]);
    let child = home.start(&["wechat", "draft", "1"]);
    fake.hung.notified().await;
    child.kill();
    says(&home, &["wechat", "draft", "1"], 1, &["上次做到一半断了", "接着做"]);
    waited(&home).await;
    says(&home, &["wechat", "draft", "1"], 0, &["草稿已存"]);
    assert_eq!(fake.called("draft/add"), 1, "added twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_cover_reaches_the_draft_and_an_approval_can_be_taken_back() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "api"));
    approved(&home);
    says(&home, &["wechat", "draft", "1"], 1, &["草稿不再改动"]);
    says(
        &home,
        &["wechat", "unapprove", "1", "--as", "王敏"],
        1,
        &["不是市局审批"],
    );
    says(&home, &["wechat", "unapprove", "1", "--as", "钱峰"], 0, &["撤回"]);
    says(&home, &["wechat", "draft", "1"], 0, &["草稿已存"]);
    assert_eq!(fake.called("draft/update"), 0, "nothing had changed");
    let mut other = PNG.to_vec();
    other.push(0);
    fs::write(home.path("cover.png"), &other).unwrap();
    says(&home, &["wechat", "draft", "1"], 0, &["草稿已存"]);
    assert_eq!(fake.called("draft/update"), 1, "the old cover stays");
    assert_eq!(fake.world().covers.len(), 2);
    says(&home, &["wechat", "approve", "1", "--as", "钱峰"], 0, &[]);
    says(&home, &["wechat", "publish", "1"], 0, &["已发布"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_drafts_is_known() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "draft")).with("USER", "外人");
    says(&home, &["wechat", "draft", "1"], 1, &["--as 姓名"]);
    let nobody: [&[&str]; 2] = [
        &[
            "wechat",
            "record",
            "1",
            "--url",
            "https://x.cn/1",
            "--at",
            "2026-11-24 10:00",
        ],
        &["wechat", "unpublished", "1", "--confirm-not-published"],
    ];
    for command in nobody {
        says(&home, command, 1, &["请写明是谁做的", "--as 姓名"]);
    }
    let home = home.with("USER", "钱峰");
    says(&home, &["wechat", "draft", "1"], 0, &["草稿已存"]);
    says(
        &home,
        &["wechat", "approve", "1", "--as", "钱峰"],
        1,
        &["自己冻结或存的"],
    );
}

/// What a killed process had begun is nobody's after three minutes: they pass.
async fn waited(home: &Home) {
    let db = Db::open(&format!("sqlite:{}", home.path("data/bangban.db").display()))
        .await
        .unwrap();
    let mut tx = db.begin().await.unwrap();
    let mut publication = tx.publications_of(1).await.unwrap().remove(0);
    assert_ne!(publication.next_at, REST, "{:?}", publication.state);
    if let State::Submitting { since, .. } = &mut publication.state {
        *since = since.plus(-180_000);
    }
    publication.next_at = bangban::clock::Millis(0);
    tx.save_publication(&mut publication, bangban::clock::Millis(0))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    db.close().await;
}

async fn until(home: &Home, words: &str) {
    let patience = std::time::Instant::now();
    loop {
        let (_, said) = home.says(&["wechat", "status", "1"]);
        if said.contains(words) {
            return;
        }
        assert!(patience.elapsed().as_secs() < 30, "{said}\n{}", home.log());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_publish_a_person_presses_and_records() {
    let fake = FakeWechat::start().await;
    fake.world().may_publish = false;
    let home = official(&settings(&fake, "api"));
    approved(&home);
    says(
        &home,
        &["wechat", "publish", "1"],
        1,
        &["等人工发表", "48001", "人工在草稿箱里点发表"],
    );
    let record =
        |url, at, code, words: &[&str]| says(&home, &["wechat", "record", "1", "--url", url, "--at", at], code, words);
    let _ = record("mp.weixin.qq.com", "2026-11-24 10:00", 1, &["http"]);
    let _ = record("https://mp.weixin.qq.com/s/x", "yesterday", 1, &["2026-03-01 10:00"]);
    let _ = record("https://mp.weixin.qq.com/s/x", "2026-11-24 10:00", 0, &["已记下第1期"]);
    says(
        &home,
        &["wechat", "status"],
        0,
        &["已发布", "2026-11-24 10:00", "https://mp.weixin.qq.com/s/x"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn files_alone_are_a_way_too() {
    let home = official("[fill]\n\"platform.url\" = \"https://example.cn\"\n");
    says(
        &home,
        &["wechat", "preview", "1", "--to", "out"],
        0,
        &["【帮办问答】企业登记常见问题（第1期"],
    );
    let page = fs::read_to_string(home.path("out/第1期-1.html")).unwrap();
    assert!(page.contains("0374-0000010") && page.contains("以登记机关解释为准"));
    says(&home, &["wechat", "draft", "1"], 0, &["文章已备好"]);
    says(&home, &["wechat", "approve", "1", "--as", "钱峰"], 0, &["人工发表"]);
    says(
        &home,
        &[
            "wechat",
            "record",
            "1",
            "--url",
            "https://x.cn/1",
            "--at",
            "2026-11-24 10:00",
            "--as",
            "王敏",
        ],
        0,
        &[],
    );
    says(&home, &["wechat", "status", "1"], 0, &["已发布", "https://x.cn/1"]);
    let db = Db::open(&format!("sqlite:{}", home.path("data/bangban.db").display()))
        .await
        .unwrap();
    let mut tx = db.read().await.unwrap();
    let wang = tx.roster().await.unwrap().people_named("王敏").next().unwrap().id;
    let rows = tx.audit_of("第1期", "wechat_record", 5).await.unwrap();
    let by: Vec<_> = rows.iter().map(|row| row.person_id).collect();
    assert_eq!(by, [Some(wang.0)], "{rows:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_would_refuse_is_refused_before_any_call() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "api"));
    let with = |more: &str| fs::write(home.path("bangban.toml"), settings(&fake, "api") + more).unwrap();
    let calls = || fake.world().calls.len();
    with(&format!("title = \"{}\"\n", "长".repeat(28)));
    says(&home, &["wechat", "draft", "1"], 1, &["标题有", "最多 32 个", "title"]);
    with(&format!("author = \"{}\"\n", "长".repeat(17)));
    says(&home, &["wechat", "draft", "1"], 1, &["作者有 17 个字"]);
    with("titel = \"x\"\n");
    says(&home, &["wechat", "status"], 1, &["titel", "是不是想写“title”"]);
    with("secret = \"x\"\n");
    says(&home, &["wechat", "status"], 1, &["secret_file"]);
    assert_eq!(calls(), 0);
    let mut big = PNG.to_vec();
    big.resize(3 << 20, 0);
    fs::write(home.path("code.png"), &big).unwrap();
    with("picture = \"code.png\"\n");
    says(
        &home,
        &["wechat", "draft", "1"],
        1,
        &["正文图片有 3.0 MB", "1 MB", "没有上传"],
    );
    assert_eq!(fake.called("media/uploadimg") + fake.called("draft/add"), 0);
    fs::write(home.path("code.png"), PNG).unwrap();
    says(&home, &["wechat", "draft", "1", "--again"], 0, &["草稿已存"]);
    assert_eq!(fake.called("media/uploadimg"), 1);
    with("author = \"登记科\"\n");
    says(&home, &["wechat", "draft", "1"], 0, &["草稿已存"]);
    let authors: Vec<_> = fake
        .world()
        .drafts
        .values()
        .map(|draft| draft.articles[0]["author"].clone())
        .collect();
    assert_eq!(authors, ["登记科"], "the draft was not brought up to date");
    fs::write(home.path("secret"), "wrong").unwrap();
    says(&home, &["check"], 1, &["密钥不对", "AppSecret"]);
    fs::write(home.path("secret"), SECRET).unwrap();
    fake.world().listed = false;
    says(&home, &["check"], 1, &["203.0.113.9", "白名单"]);
}
