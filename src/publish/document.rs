//! An edition as a Word document in the style of official documents (GB/T 9704-2012): A4, 二号小标宋 title, 三号仿宋 on
//! 28-point lines, 一、（一）1. as levels, page numbers with dashes, the table of windows as annex on a page of its own.

use std::fmt::Write as _;

use super::{Line, TITLE, chinese_number, line, mark, summary};
use crate::domain::list::edition::{Edition, Item};

pub use package::DocumentError;
use package::Part;

mod package;
mod parts;

/// The document as a file's bytes.
pub fn bytes(edition: &Edition) -> Result<Vec<u8>, DocumentError> {
    let body = body(edition);
    let about = parts::about(&format!("{TITLE}（{}）", edition.name()), &edition.issuer, edition.date);
    let part = |path, text: &str| Part {
        path,
        text: text.to_owned(),
    };
    package::bytes(&[
        part("[Content_Types].xml", parts::CONTENT_TYPES),
        part("_rels/.rels", parts::RELATIONS),
        part("docProps/core.xml", &about),
        part("word/document.xml", &body),
        part("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        part("word/styles.xml", parts::STYLES),
        part("word/fontTable.xml", parts::FONTS),
        part("word/settings.xml", parts::SETTINGS),
        part("word/footer1.xml", &parts::footer("right")),
        part("word/footer2.xml", &parts::footer("left")),
    ])
}

/// `word/document.xml`.
pub(super) fn body(edition: &Edition) -> String {
    let mut text = String::from(parts::DOCUMENT_BEGIN);
    paragraph(&mut text, "Title", TITLE);
    paragraph(&mut text, "Subtitle", &format!("（{}）", edition.name()));
    paragraph(&mut text, "Normal", &introduction(edition));
    let topics = edition.by_topic();
    for (number, (topic, items)) in (1..).zip(&topics) {
        paragraph(&mut text, "Heading1", &format!("{}、{topic}", chinese_number(number)));
        for (place, item) in (1..).zip(items) {
            write_item(&mut text, edition, place, item);
        }
    }
    if !edition.withdrawn.is_empty() {
        let number = chinese_number(topics.len() + 1);
        paragraph(&mut text, "Heading1", &format!("{number}、本期撤下"));
        for gone in &edition.withdrawn {
            paragraph(&mut text, "Normal", &format!("第{:03}条　{}", gone.no, gone.question));
        }
    }
    paragraph(&mut text, "Before", "附件：登记窗口一览表（附表）");
    paragraph(&mut text, "Signature", &edition.issuer);
    paragraph(&mut text, "Day", &edition.day());
    write_windows(&mut text, edition);
    text.push_str(parts::DOCUMENT_END);
    text
}

fn introduction(edition: &Edition) -> String {
    let marked = edition.items.iter().any(|item| !mark(edition, item).is_empty());
    let marks = if marked {
        "新增和修订的条目在题后注明。"
    } else {
        ""
    };
    format!(
        "为方便企业和群众办理登记，现将帮办工作中的常见问题和解答整理公布。{}{marks}解答中的“附表”，是指本清单附件所列的登记窗口一览表。",
        summary(edition)
    )
}

fn write_item(text: &mut String, edition: &Edition, place: usize, item: &Item) {
    let mark = match mark(edition, item) {
        "" => String::new(),
        mark => format!("〔{mark}〕"),
    };
    let head = format!("（{}）{}{mark}", chinese_number(place), item.question);
    paragraph(text, "Heading2", &head);
    for words in &item.lines {
        match line(words) {
            Line::Labelled(label, rest) => labelled(text, label, rest),
            Line::Step(words) => paragraph(text, "Normal", &words.replacen(". ", ".", 1)),
            Line::Plain(words) => paragraph(text, "Normal", words),
        }
    }
    if !item.basis.is_empty() {
        labelled(text, "依据", &format!("{}。", item.basis.join("；")));
    }
    let about = format!(
        "（第{}条，适用{}，责任科室{}，{}更新）",
        item.number(),
        item.applies_to.join("、"),
        item.owner,
        item.since_day()
    );
    paragraph(text, "About", &about);
}

fn write_windows(text: &mut String, edition: &Edition) {
    const WIDTHS: [u32; 4] = [1900, 2700, 1744, 2500];
    paragraph(text, "Annex", "附件");
    paragraph(text, "AnnexTitle", "登记窗口一览表");
    text.push_str(parts::TABLE_BEGIN);
    for width in WIDTHS {
        let _ = write!(text, "<w:gridCol w:w=\"{width}\"/>");
    }
    text.push_str("</w:tblGrid>");
    let head = ["单位", "地址", "电话", "工作时间"].map(str::to_owned);
    row(text, &WIDTHS, &head, true);
    for window in &edition.windows {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
        let cells = [
            window.bureau.clone(),
            or_dash(&window.address),
            or_dash(&window.landline),
            window.hours.clone(),
        ];
        row(text, &WIDTHS, &cells, false);
    }
    text.push_str("</w:tbl>");
    paragraph(text, "Cell", "");
}

fn row(text: &mut String, widths: &[u32], cells: &[String], head: bool) {
    // A row is never torn over two pages; the head is repeated on each.
    text.push_str("<w:tr><w:trPr><w:cantSplit/>");
    text.push_str(if head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
    for (width, cell) in widths.iter().zip(cells) {
        let _ = write!(
            text,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
        );
        paragraph(text, if head { "CellHead" } else { "Cell" }, cell);
        text.push_str("</w:tc>");
    }
    text.push_str("</w:tr>");
}

fn paragraph(text: &mut String, style: &str, words: &str) {
    let _ = write!(text, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    run(text, "", words);
    text.push_str("</w:p>");
}

/// A line that begins with what it is about, in bold.
fn labelled(text: &mut String, label: &str, rest: &str) {
    text.push_str("<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr>");
    run(text, "<w:rPr><w:b/></w:rPr>", &format!("{label}："));
    run(text, "", rest);
    text.push_str("</w:p>");
}

fn run(text: &mut String, look: &str, words: &str) {
    if !words.is_empty() {
        let words = parts::escaped(words);
        let _ = write!(text, "<w:r>{look}<w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    }
}
