//! An edition of the list through the real program, from the preview to the files; and the running program that announces it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::program::Home;

const TOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/town.yaml");
const FILLED: &str = "[fill]\n\"platform.url\" = \"https://example.cn\"\n";

#[track_caller]
fn says(home: &Home, arguments: &[&str], code: i32, words: &[&str]) -> String {
    let (ended, said) = home.says(arguments);
    assert_eq!(ended, code, "{arguments:?}\n{said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?} did not say {word}:\n{said}");
    }
    said
}

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

// D6 (四(三)): a numbered edition, in every form in which it can be handed on without the program.
// D22 (三(三)5): the page prints as a handbook, with cover, table of contents and the windows.
#[test]
fn an_edition_goes_from_the_preview_to_the_files() {
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
    says(
        &home,
        &["edition", "render", "1"],
        1,
        &["没有第1期", "bangban edition list"],
    );
    says(
        &home,
        &["edition", "freeze", "--leave-out"],
        0,
        &["已冻结第1期", "没收进来的", "039 怎么在登记平台注册账号？"],
    );
    says(
        &home,
        &["edition", "freeze", "--leave-out"],
        1,
        &["与第1期相比没有变化"],
    );

    fs::write(home.path("bangban.toml"), FILLED).unwrap();
    says(
        &home,
        &["edition", "next"],
        0,
        &["下一期是第2期", "新增 039", "只是预览"],
    );
    says(&home, &["edition", "list"], 0, &["第1期"]);
    says(&home, &["edition", "freeze"], 0, &["已冻结第2期", "新增 1 条"]);
    says(&home, &["edition", "list"], 0, &["第2期", "第1期"]);
    says(
        &home,
        &["edition", "render", "2"],
        0,
        &["网页：", "公文：", "12345 知识库导入表："],
    );
    let written = files(&home.path("第2期"));
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "12345知识库导入.xlsx",
            "常见问题清单第2期.docx",
            "常见问题清单第2期.md",
            "常见问题清单第2期.xlsx",
            "网页/index.html",
            "网页/list.css",
            "网页/list.js",
        ]
    );
    let page = String::from_utf8(written["网页/index.html"].clone()).unwrap();
    assert!(
        page.contains("https://example.cn") && page.contains("本期变化") && !page.contains("{{"),
        "{page}"
    );
    assert!(!page.contains("139000"), "a mobile number on the page");

    says(&home, &["edition", "render", "2", "--to", "又一份"], 0, &[]);
    assert_eq!(files(&home.path("又一份")), written);
    let document = home.path("第2期/常见问题清单第2期.docx");
    fs::write(&document, "改过的").unwrap();
    says(
        &home,
        &["edition", "render", "2"],
        1,
        &["常见问题清单第2期.docx", "已经在了", "--force"],
    );
    assert_eq!(fs::read(&document).unwrap(), "改过的".as_bytes());
    says(&home, &["edition", "render", "2", "--force"], 0, &[]);
    assert_eq!(files(&home.path("第2期")), written);
    says(&home, &["audit", "verify"], 0, &["没有被改过"]);
}

#[test]
fn an_announcement_needs_groups_that_want_it() {
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
}
