//! An edition of the list through the real program, from the preview to the files; and the running program that announces it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bangban::clock::Millis;
use bangban::store::Db;

use crate::support::program::{Home, says};

const TOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/town.yaml");
const FILLED: &str = "[fill]\n\"platform.url\" = \"https://example.cn\"\n";

fn ready(settings: &str) -> Home {
    let home = Home::new(settings);
    fs::copy(TOWN, home.path("town.yaml")).unwrap();
    says(&home, &["roster", "import", "town.yaml"], 0, &[]);
    says(&home, &["faq", "import"], 0, &[]);
    home
}

/// Every file under a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for item in fs::read_dir(inside).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn an_edition_is_previewed_frozen_and_listed() {
    let home = Home::new("");
    says(&home, &["edition", "next"], 1, &["还没有名册", "bangban roster import"]);
    let home = ready("");
    let holes = [
        "039 怎么在登记平台注册账号？：{{platform.url}}",
        "[fill]",
        "bangban.toml",
        "--leave-out",
    ];
    says(&home, &["edition", "next"], 1, &holes);
    says(&home, &["edition", "freeze"], 1, &holes);
    says(&home, &["edition", "list"], 0, &["还没有冻结过"]);
    let leaving_out = &["edition", "freeze", "--leave-out"];
    let left = ["已冻结第1期", "没收进来的", "039 怎么在登记平台注册账号？"];
    says(&home, leaving_out, 0, &left);
    says(&home, leaving_out, 1, &["与第1期相比没有变化"]);
    fs::write(home.path("bangban.toml"), FILLED).unwrap();
    let preview = ["下一期是第2期", "新增 039", "只是预览"];
    says(&home, &["edition", "next"], 0, &preview);
    says(&home, &["edition", "freeze"], 0, &["已冻结第2期", "新增 1 条"]);
    says(&home, &["edition", "list"], 0, &["第2期", "第1期"]);
    says(&home, &["audit", "verify"], 0, &["没有被改过"]);
}

// D6 (四(三)): a numbered edition, in every form in which it can be handed on without the program.
// D22 (三(三)5): the page prints as a handbook, with cover, table of contents and the windows.
#[test]
fn an_edition_becomes_files_that_nobody_loses() {
    let home = ready(&format!("[list]\nissuer = \"示例市市场监督管理局\"\n{FILLED}"));
    let missing = ["没有第1期", "bangban edition list"];
    says(&home, &["edition", "render", "1"], 1, &missing);
    says(&home, &["edition", "freeze"], 0, &["已冻结第1期"]);
    let forms = ["网页：", "公文：", "Markdown：", "表格：", "12345 知识库导入表："];
    says(&home, &["edition", "render", "1"], 0, &forms);
    let written = files(&home.path("第1期"));
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "12345知识库导入.xlsx",
            "常见问题清单第1期.docx",
            "常见问题清单第1期.md",
            "常见问题清单第1期.xlsx",
            "网页/copy.js",
            "网页/index.html",
            "网页/list.css",
            "网页/list.js",
        ]
    );
    let page = String::from_utf8(written["网页/index.html"].clone()).unwrap();
    for words in [
        "https://example.cn",
        "示例市市场监督管理局",
        "class=\"toc\"",
        "0374-0000010",
    ] {
        assert!(page.contains(words), "no {words} in {page}");
    }
    assert!(!page.contains("{{") && !page.contains("139000"), "{page}");

    says(&home, &["edition", "render", "1", "--to", "又一份"], 0, &[]);
    assert_eq!(files(&home.path("又一份")), written);
    let document = home.path("第1期/常见问题清单第1期.docx");
    fs::write(&document, "改过的").unwrap();
    let kept = ["常见问题清单第1期.docx", "已经在了", "--force"];
    says(&home, &["edition", "render", "1"], 1, &kept);
    assert_eq!(fs::read(&document).unwrap(), "改过的".as_bytes());
    says(&home, &["edition", "render", "1", "--force"], 0, &[]);
    assert_eq!(files(&home.path("第1期")), written);
}

#[tokio::test]
async fn an_announcement_goes_out_through_the_running_program_once() {
    let home = ready(FILLED);
    says(&home, &["edition", "freeze"], 0, &["已冻结第1期"]);
    says(&home, &["edition", "announce", "2"], 1, &["没有第2期"]);
    says(
        &home,
        &["edition", "announce", "1", "--link", "file:///x"],
        1,
        &["http"],
    );
    says(&home, &["edition", "announce", "1"], 0, &["没有群要听", "/announce 开"]);

    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let db = Db::open(&url).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let groups = tx.groups().await.unwrap();
    let room = groups.iter().find(|group| group.title == "魏都分局帮办群").unwrap();
    tx.tell_editions_to(room.id, Millis(0)).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    let running = home.serve().await;
    let link = "https://example.cn/1";
    let told = ["已交给 1 个群"];
    says(&home, &["edition", "announce", "1", "--link", link], 0, &told);
    says(&home, &["edition", "announce", "1"], 0, &["1 个群都说过了"]);
    home.settled().await;
    let page = reqwest::get(format!("{}/g/{}", home.http, room.id.0)).await.unwrap();
    let page = page.text().await.unwrap();
    assert_eq!(page.matches("《常见问题清单》第1期发布了").count(), 1, "{page}");
    assert!(page.contains(link), "{page}");
    assert_eq!(running.signal("TERM").await, Some(0));
}
