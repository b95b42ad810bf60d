//! An edition as a Word document in the style of official documents (GB/T 9704-2012): A4, 二号小标宋 title, 三号仿宋 in 22
//! lines of 28 characters, 一、（一）1. as levels, page numbers with dashes, the table of windows as annex on a page of its
//! own; a long one begins with its contents.

use std::fmt::Write as _;

use super::{Line, TITLE, chinese_number, line, mark, summary};
use crate::domain::list::edition::{Edition, Item};

pub use package::DocumentError;
use package::Part;

pub mod bulletin;
mod contents;
mod package;
mod pages;
mod parts;

/// From so many items on there is a contents list.
const LONG: usize = 20;

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

/// A paragraph of the running text.
#[derive(Debug, Default)]
struct Paragraph {
    style: &'static str,
    /// What it begins with, in bold.
    label: String,
    words: String,
}

/// `word/document.xml`.
pub(super) fn body(edition: &Edition) -> String {
    let paragraphs = paragraphs(edition);
    let is_long = edition.items.len() >= LONG;
    let mut text = String::from(parts::DOCUMENT_BEGIN);
    if is_long {
        contents::write(&mut text, &paragraphs);
    }
    for (place, paragraph) in paragraphs.iter().enumerate() {
        let anchor = is_long && contents::level(paragraph).is_some();
        write_paragraph(&mut text, paragraph, anchor.then_some(place));
    }
    write_signature(&mut text, edition);
    write_windows(&mut text, edition, is_long.then_some(paragraphs.len()));
    text.push_str(&parts::section(if is_long {
        parts::Numbers::FromOne
    } else {
        parts::Numbers::Only
    }));
    text.push_str(parts::DOCUMENT_END);
    text
}

/// Everything from the title to what was withdrawn.
fn paragraphs(edition: &Edition) -> Vec<Paragraph> {
    let mut paragraphs = vec![
        Paragraph::new("Title", TITLE.to_owned()),
        Paragraph::new("Subtitle", format!("（{}）", edition.name())),
        Paragraph::new("Normal", introduction(edition)),
    ];
    let topics = edition.by_topic();
    for (number, (topic, items)) in (1..).zip(&topics) {
        let head = format!("{}、{topic}", chinese_number(number));
        paragraphs.push(Paragraph::new("Heading1", head));
        for (place, item) in (1..).zip(items) {
            paragraphs.extend(item_paragraphs(edition, place, item));
        }
    }
    if !edition.withdrawn.is_empty() {
        let number = chinese_number(topics.len() + 1);
        paragraphs.push(Paragraph::new("Heading1", format!("{number}、本期撤下")));
        let gone = edition.withdrawn.iter();
        let gone = gone.map(|gone| format!("第{:03}条　{}", gone.no, gone.question));
        paragraphs.extend(gone.map(|words| Paragraph::new("Normal", words)));
    }
    paragraphs
}

impl Paragraph {
    fn new(style: &'static str, words: String) -> Paragraph {
        let label = String::new();
        Paragraph { style, label, words }
    }

    /// A line that begins with what it is about, in bold.
    fn labelled(label: &str, words: &str) -> Paragraph {
        Paragraph {
            style: "Normal",
            label: format!("{label}："),
            words: words.to_owned(),
        }
    }
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

fn item_paragraphs(edition: &Edition, place: usize, item: &Item) -> Vec<Paragraph> {
    let mark = match mark(edition, item) {
        "" => String::new(),
        mark => format!("〔{mark}〕"),
    };
    let head = format!("（{}）{}{mark}", chinese_number(place), item.question);
    let mut paragraphs = vec![Paragraph::new("Heading2", head)];
    paragraphs.extend(item.lines.iter().map(|words| match line(words) {
        Line::Labelled(label, rest) => Paragraph::labelled(label, rest),
        Line::Step(words) => Paragraph::new("Normal", words.replacen(". ", ".", 1)),
        Line::Plain(words) => Paragraph::new("Normal", words.to_owned()),
    }));
    if !item.basis.is_empty() {
        paragraphs.push(Paragraph::labelled("依据", &format!("{}。", item.basis.join("；"))));
    }
    let about = format!(
        "（第{}条，适用{}，责任科室{}，{}更新）",
        item.number(),
        item.applies_to.join("、"),
        item.owner,
        item.since_day()
    );
    paragraphs.push(Paragraph::new("About", about));
    paragraphs
}

/// The issuer centred over the date, which ends four characters from the right edge (GB/T 9704 7.3.5); further left
/// only where the issuer's name needs the room.
fn write_signature(text: &mut String, edition: &Edition) {
    let day = edition.day();
    let half = |words: &str| pages::width(words, pages::BODY) / 2;
    let centre = (pages::LINE - 4 * pages::BODY - half(&day)).min(pages::LINE - half(&edition.issuer));
    let left = (2 * centre - pages::LINE).max(0);
    write_paragraph(
        text,
        &Paragraph::new("Before", "附件：登记窗口一览表（附表）".to_owned()),
        None,
    );
    for (style, words) in [("Signature", &edition.issuer), ("Day", &day)] {
        let _ = write!(
            text,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:ind w:left=\"{left}\"/></w:pPr>"
        );
        run(text, false, words);
        text.push_str("</w:p>");
    }
}

fn write_windows(text: &mut String, edition: &Edition, anchor: Option<usize>) {
    // The third holds the longest landline there is, area code and eight digits, in one line.
    const WIDTHS: [u32; 4] = [1900, 2500, 2000, 2444];
    write_paragraph(text, &Paragraph::new("Annex", "附件".to_owned()), anchor);
    let title = Paragraph::new("AnnexTitle", contents::ANNEX.to_owned());
    write_paragraph(text, &title, None);
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
    write_paragraph(text, &Paragraph::new("Cell", String::new()), None);
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
        let style = if head { "CellHead" } else { "Cell" };
        write_paragraph(text, &Paragraph::new(style, cell.clone()), None);
        text.push_str("</w:tc>");
    }
    text.push_str("</w:tr>");
}

/// A paragraph; `anchor` is its number where the contents list leads to it.
fn write_paragraph(text: &mut String, paragraph: &Paragraph, anchor: Option<usize>) {
    let _ = write!(text, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", paragraph.style);
    if let Some(anchor) = anchor {
        let name = contents::bookmark(anchor);
        let _ = write!(text, "<w:bookmarkStart w:id=\"{anchor}\" w:name=\"{name}\"/>");
    }
    run(text, true, &paragraph.label);
    run(text, false, &paragraph.words);
    if let Some(anchor) = anchor {
        let _ = write!(text, "<w:bookmarkEnd w:id=\"{anchor}\"/>");
    }
    text.push_str("</w:p>");
}

/// The hint makes Word take “”, × and the like from the Chinese font.
fn run(text: &mut String, is_bold: bool, words: &str) {
    if !words.is_empty() {
        let (words, bold) = (parts::escaped(words), if is_bold { "<w:b/>" } else { "" });
        let _ = write!(
            text,
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/>{bold}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>"
        );
    }
}
