use jiff::civil::date;

use super::*;
use crate::domain::list::edition::{Window, Withdrawn};

const HOSTILE: &str = "<script>alert(1)</script> & \"x\" | [y](javascript:z) `c` {{ 1 }}";

fn item(id: &str, no: u32, topic: &str, question: &str, lines: &[&str], change: Change) -> Item {
    Item {
        id: id.into(),
        no,
        revision: 2,
        topic: topic.into(),
        applies_to: vec!["企业".into(), "个体工商户".into()],
        question: question.into(),
        variants: vec![format!("{question}的别的问法"), HOSTILE.into()],
        lines: lines.iter().map(ToString::to_string).collect(),
        basis: vec!["《中华人民共和国市场主体登记管理条例》第三十三条".into()],
        owner: "注册科".into(),
        since: date(2026, 3, 1),
        change,
    }
}

fn edition() -> Edition {
    let steps = [
        "公示 20 天（自然日）。",
        "步骤：",
        "1. 登录登记平台",
        "2. 点“简易注销”",
        "费用：不收费。",
    ];
    Edition {
        number: 3,
        issuer: "示例市局".into(),
        date: date(2026, 11, 23),
        items: vec![
            item("a", 7, "注销", "简易注销要公示多少天？", &steps, Change::Same),
            item(
                "b",
                37,
                "变更",
                "地址变了要不要办变更？",
                &["去哪里：登记机关窗口（地址、电话见附表）"],
                Change::Changed,
            ),
            item(
                "c",
                38,
                "注销",
                HOSTILE,
                &[HOSTILE, "1. 第一步\u{b}\u{ffff}"],
                Change::Added,
            ),
        ],
        withdrawn: vec![Withdrawn {
            id: "d".into(),
            no: 9,
            question: "名称预先核准怎么办？".into(),
        }],
        windows: vec![
            Window {
                bureau: "示例市局".into(),
                address: Some("示例路 1 号".into()),
                landline: Some("0374-0000000".into()),
                hours: "全天".into(),
            },
            Window {
                bureau: "魏都分局".into(),
                address: None,
                landline: None,
                hours: "周一至周五 8:30–12:00、14:30–17:30".into(),
            },
        ],
    }
}

#[test]
fn markdown_reads_well_and_text_of_entries_stays_text() {
    insta::assert_snapshot!(markdown::text(&edition()));
}

#[test]
fn the_page_holds_everything_and_nothing_in_it_runs() {
    let html = page::html(&edition()).unwrap();
    assert!(!html.contains("<script>alert") && !html.contains("\"x\" |"), "{html}");
    insta::assert_snapshot!(html);
}

#[test]
fn over_every_printed_page_stands_its_topic_with_the_numbers() {
    let mut edition = edition();
    edition.items[2].no = 8;
    let style = page::style(&edition);
    assert!(style.contains("content: \"一、注销　第 007–008 条\""), "{style}");
    assert!(
        style.contains("content: \"二、变更　第 037 条\"") && style.contains("#t2 { page: t2; }"),
        "{style}"
    );
}

#[test]
fn a_long_document_begins_with_its_contents() {
    let mut edition = edition();
    assert!(!document::body(&edition).contains("PAGEREF"));
    let one = edition.items[0].clone();
    edition.items = (1..=40).map(|no| Item { no, ..one.clone() }).collect();
    let body = document::body(&edition);
    // A topic, 40 questions, what was withdrawn, the annex.
    assert_eq!(body.matches(" PAGEREF ").count(), 43);
    for (at, found) in body.match_indices("w:anchor=\"") {
        let name = body[at + found.len()..].split('"').next().unwrap();
        assert_eq!(body.matches(&format!("w:name=\"{name}\"")).count(), 1, "{name}");
    }
    // Ten lines an item, 22 a page, and the annex on a page of its own.
    let pages = body
        .split("<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>")
        .skip(1);
    let pages: Vec<u32> = pages
        .map(|rest| rest.split('<').next().unwrap().parse().unwrap())
        .collect();
    assert!(pages.is_sorted() && pages[0] == 1 && pages[42] == 20, "{pages:?}");
}

#[test]
fn the_document_has_headings_annex_and_signature() {
    let body = document::body(&edition());
    insta::assert_snapshot!(body.replace("<w:p>", "\n<w:p>").replace("<w:tr>", "\n<w:tr>"));
}

#[test]
fn every_form_gives_the_same_bytes_each_time() {
    for form in FORMS {
        let files = form.render(&edition()).unwrap();
        assert_eq!(files, form.render(&edition()).unwrap(), "{form:?}");
        assert!(files.iter().all(|file| !file.bytes.is_empty()));
    }
}

fn cells(bytes: &[u8]) -> Vec<Vec<(crate::workbook::At, String)>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let text = |value: &crate::workbook::Value| match value {
        crate::workbook::Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let sheets = crate::workbook::open(&file).unwrap();
    let cells = sheets
        .iter()
        .map(|sheet| sheet.cells.iter().map(|(at, value)| (*at, text(value))).collect());
    cells.collect()
}

#[test]
fn the_table_has_the_columns_the_bureau_writes_in_its_lists() {
    let sheets = cells(&sheets::list(&edition()).unwrap());
    let row = |row| -> Vec<&str> {
        let row = sheets[0].iter().filter(|((at, _), _)| *at == row);
        row.map(|(_, text)| text.as_str()).collect()
    };
    assert_eq!(
        row(0),
        [
            "序号",
            "类别",
            "适用主体",
            "问题",
            "解答",
            "依据",
            "更新日期",
            "责任科室"
        ]
    );
    assert_eq!(
        row(2),
        [
            "037",
            "变更",
            "企业、个体工商户",
            "地址变了要不要办变更？〔修订〕",
            "去哪里：登记机关窗口（地址、电话见附表）",
            "《中华人民共和国市场主体登记管理条例》第三十三条",
            "2026年3月1日",
            "注册科"
        ]
    );
    assert_eq!(sheets.len(), 3, "the list, what was withdrawn, the windows");
    assert!(sheets[2].iter().any(|(_, text)| text == "0374-0000000"));
}

#[test]
fn the_hotline_gets_files_it_can_import_or_a_reason() {
    let mut many = edition();
    let one = many.items[0].clone();
    many.items = (1..=1000).map(|no| Item { no, ..one.clone() }).collect();
    let files = sheets::hotline(&many).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["12345知识库导入-1.xlsx", "12345知识库导入-2.xlsx"]);
    let last = &cells(&files[1].bytes)[0];
    assert!(
        last.iter()
            .any(|(at, text)| *at == (1, 2) && text.contains("示例路 1 号，0374-0000000")),
        "{last:?}"
    );

    let mut wordy = edition();
    wordy.items[1].question = "长".repeat(128);
    assert!(sheets::hotline(&wordy).is_ok());
    wordy.items[1].question = "长".repeat(129);
    let refused = sheets::hotline(&wordy).unwrap_err().to_string();
    assert!(
        refused.contains("第 037 条") && refused.contains("129 个字"),
        "{refused}"
    );
    let keywords = cells(&sheets::hotline(&edition()).unwrap()[0].bytes);
    assert!(keywords[0].contains(&((1, 5), "注销;企业;个体工商户".to_owned())));
}

#[test]
fn numbers_and_lines_are_read_as_people_write_them() {
    let numbers = [1, 9, 10, 11, 20, 34, 99, 100].map(chinese_number);
    assert_eq!(numbers, ["一", "九", "十", "十一", "二十", "三十四", "九十九", "100"]);
    assert_eq!(line("费用：不收费。"), Line::Labelled("费用", "不收费。"));
    assert_eq!(line("12. 登录"), Line::Step("12. 登录"));
    assert_eq!(line("另：见下"), Line::Plain("另：见下"));
    assert_eq!(line("见 a. b"), Line::Plain("见 a. b"));
}
