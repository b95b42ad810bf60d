//! The list as a table: out, changed in a few cells, in again, and only drafts come of it.

use std::path::Path;

use bangban::faq::sheet::MOST;
use bangban::workbook::{self, Value};
use reqwest::StatusCode;

use super::console::Desk;
use crate::support::site::Site;

const TABLE: &str = "/staff/list.xlsx";

/// The rows of a table, the head first.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let sheet = workbook::open_long(bytes, Path::new("list.xlsx"), MOST)
        .unwrap()
        .remove(0);
    let last = sheet.cells.keys().map(|at| at.0).max().unwrap();
    let wide = sheet.cells.keys().map(|at| at.1).max().unwrap();
    let cell = |at| match sheet.cells.get(&at) {
        Some(Value::Text(text) | Value::Number(text)) => text.clone(),
        None => String::new(),
        other => panic!("{other:?}"),
    };
    (0..=last)
        .map(|row| (0..=wide).map(|column| cell((row, column))).collect())
        .collect()
}

/// A table of rows, as a hand would make it.
fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let head: Vec<(&str, f64)> = rows[0].iter().map(|word| (word.as_str(), 10.0)).collect();
    workbook::bytes(&[workbook::table("清单", &head, &rows[1..])]).unwrap()
}

fn column(rows: &[Vec<String>], word: &str) -> usize {
    rows[0].iter().position(|head| head == word).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_goes_out_as_a_table_and_what_is_changed_in_it_comes_back_as_drafts() {
    let site = Site::open(true).await;
    let editor = Desk::open(&site, "赵岩").await;
    let out = editor.file(TABLE).await;
    let whole = rows(&out);
    assert_eq!(whole.len(), site.desk.faq().faq().entries().len() + 1);
    let (status, page) = editor.hands_in(TABLE, out).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("表里和清单一样"), "{page}");
    // Two entries are changed, the others are not even in the table.
    let mut changed: Vec<Vec<String>> = whole[..3].to_vec();
    let (owner, review) = (column(&whole, "责任"), column(&whole, "复核"));
    changed[1][owner] = "登记科".into();
    changed[2][review] = "2028-06-30".into();
    let (status, page) = editor.hands_in(TABLE, table(&changed)).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(
        page.contains("起了 2 份草稿") && page.contains("改了责任：草稿 1"),
        "{page}"
    );
    assert!(page.contains("改了复核：草稿 2"), "{page}");
    // The list is as it was; the draft holds the cell.
    assert_eq!(rows(&editor.file(TABLE).await), whole);
    let (_, page) = editor.page("/staff/drafts/1").await;
    assert!(page.contains("value=\"登记科\""), "{page}");
    let (status, page) = editor.hands_in(TABLE, table(&changed)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("已经有草稿 1"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_table_is_said_by_its_cell_and_nothing_is_drafted() {
    let site = Site::open(true).await;
    let editor = Desk::open(&site, "赵岩").await;
    let mut whole = rows(&editor.file(TABLE).await);
    whole.truncate(4);
    let (owner, review) = (column(&whole, "责任"), column(&whole, "复核"));
    whole[1][owner] = "登记科".into();
    whole[2][review] = "明年".into();
    whole[3][0] = "99999".into();
    let (status, page) = editor.hands_in(TABLE, table(&whole)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("有 2 格要改，什么都没有收"), "{page}");
    assert!(page.contains("L3：") && page.contains("“明年”不是日期"), "{page}");
    assert!(page.contains("A4：清单里没有第“99999”条"), "{page}");
    assert!(!page.contains("data-testid=\"draft\""), "{page}");
    for (bytes, says) in [
        (b"%PDF-1.7".to_vec(), "这是文档或图片，不是表格"),
        (Vec::new(), "请先选一个文件"),
    ] {
        let (status, page) = editor.hands_in(TABLE, bytes).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains(says), "{page}");
    }
    let helper = Desk::open(&site, "张晓明").await;
    assert_eq!(helper.page(TABLE).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _) = helper.hands_in(TABLE, table(&whole)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
