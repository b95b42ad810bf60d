//! A bulletin as a Word document in the same style: title, number, parts with headings, three tables; the shares also as
//! bars of blocks, which every program draws.

use std::fmt::Write as _;

use super::package::{self, DocumentError, Part};
use super::{Paragraph, parts, row, write_paragraph};
use crate::domain::supervision::bulletin::{self, Bulletin, Frozen};
use crate::domain::supervision::ranking::SAID;
use crate::domain::supervision::reported::{HANDED, Handed};
use crate::publish::chinese_number;
use jiff::civil::Date;

/// Blocks of a whole bar.
const BLOCKS: u32 = 10;

/// The document as a file's bytes: the same bulletin gives the same bytes. `issuer`: the city bureau's name; `day`: when it
/// was issued, or drafted.
///
/// # Errors
/// The package cannot be written.
pub fn bytes(bulletin: &Bulletin, issuer: &str, day: Date) -> Result<Vec<u8>, DocumentError> {
    let about = parts::about(&title(&bulletin.figures), issuer, day);
    let part = |path, text: &str| Part {
        path,
        text: text.to_owned(),
    };
    package::bytes(&[
        part("[Content_Types].xml", parts::CONTENT_TYPES),
        part("_rels/.rels", parts::RELATIONS),
        part("docProps/core.xml", &about),
        part("word/document.xml", &body(bulletin, issuer, day)),
        part("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        part("word/styles.xml", parts::STYLES),
        part("word/fontTable.xml", parts::FONTS),
        part("word/settings.xml", parts::SETTINGS),
        part("word/footer1.xml", &parts::footer("right")),
        part("word/footer2.xml", &parts::footer("left")),
    ])
}

/// As it is called: 关于2026年11月帮办工作情况的通报.
pub fn title(figures: &Frozen) -> String {
    format!("关于{}帮办工作情况的通报", figures.said)
}

/// Its number: 督导通报〔2026〕第3期; 征求意见稿 before it is issued.
pub fn number(bulletin: &Bulletin, day: Date) -> String {
    match bulletin.number {
        Some(number) => format!("督导通报〔{}〕第{number}期", day.year()),
        None => "征求意见稿".to_owned(),
    }
}

fn body(bulletin: &Bulletin, issuer: &str, day: Date) -> String {
    let mut text = String::from(parts::DOCUMENT_BEGIN);
    paragraph(&mut text, "Title", &title(&bulletin.figures));
    paragraph(&mut text, "Subtitle", &format!("（{}）", number(bulletin, day)));
    let mut count = 0;
    for part in bulletin::Part::ALL {
        if part != bulletin::Part::Opening {
            count += 1;
            paragraph(
                &mut text,
                "Heading1",
                &format!("{}、{}", chinese_number(count), part.name()),
            );
        }
        for words in bulletin
            .words
            .part(part)
            .lines()
            .filter(|words| !words.trim().is_empty())
        {
            paragraph(&mut text, "Normal", words.trim());
        }
    }
    paragraph(&mut text, "Before", "附件：各单位数字");
    paragraph(&mut text, "Signature", issuer);
    paragraph(&mut text, "Day", &day.strftime("%Y年%-m月%-d日").to_string());
    tables(&mut text, &bulletin.figures);
    text.push_str(&parts::section(parts::Numbers::Only));
    text.push_str(parts::DOCUMENT_END);
    text
}

fn tables(text: &mut String, figures: &Frozen) {
    paragraph(text, "Annex", "附件");
    paragraph(text, "AnnexTitle", &format!("{}各单位数字", figures.said));
    measured(text, figures);
    ranking(text, figures);
    reported(text, figures);
    paragraph(text, "Cell", "");
}

fn paragraph(text: &mut String, style: &'static str, words: &str) {
    write_paragraph(text, &Paragraph::new(style, words.to_owned()), None);
}

fn measured(text: &mut String, figures: &Frozen) {
    paragraph(text, "Heading2", "（一）办理情况");
    let unit = |unit: &str| match unit {
        "" | "%" => String::new(),
        unit => format!("（{unit}）"),
    };
    let heads = figures
        .columns
        .iter()
        .map(|column| format!("{}{}", column.name, unit(&column.unit)));
    let head: Vec<String> = std::iter::once("单位".to_owned()).chain(heads).collect();
    let row = |name: &str, cells: &[String]| std::iter::once(name.to_owned()).chain(cells.iter().cloned()).collect();
    let mut rows: Vec<Vec<String>> = vec![row("全市", &figures.city)];
    rows.extend(figures.lines.iter().map(|line| row(&line.name, &line.cells)));
    let each = (8844 - 1900) / u32::try_from(figures.columns.len()).unwrap_or(1).max(1);
    let widths: Vec<u32> = std::iter::once(1900)
        .chain(figures.columns.iter().map(|_| each))
        .collect();
    table(text, &widths, &head, &rows);
}

fn ranking(text: &mut String, figures: &Frozen) {
    paragraph(text, "Heading2", &format!("（二）{}排名", figures.ranked));
    let head = ["名次", "单位", &figures.ranked, "95% 区间", "调整后", "图"].map(str::to_owned);
    let rows = figures.lines.iter().map(|line| {
        vec![
            line.place.map_or_else(|| "只列".to_owned(), |place| place.to_string()),
            line.name.clone(),
            line.parts.clone(),
            line.interval.clone(),
            line.adjusted_said(),
            bar(line.adjusted),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    table(text, &[700, 1700, 1000, 1800, 944, 2700], &head, &rows);
    paragraph(text, "About", SAID);
}

fn reported(text: &mut String, figures: &Frozen) {
    paragraph(text, "Heading2", "（三）办理量、占比率");
    let mut head = vec!["单位".to_owned()];
    head.extend(HANDED.map(Handed::name).map(str::to_owned));
    let row = |line: &bulletin::Line| {
        std::iter::once(line.name.clone())
            .chain(line.reported.iter().cloned())
            .collect()
    };
    let rows: Vec<Vec<String>> = figures.lines.iter().map(row).collect();
    table(text, &[2844, 2000, 2000, 2000], &head, &rows);
}

fn table(text: &mut String, widths: &[u32], head: &[String], rows: &[Vec<String>]) {
    text.push_str(parts::TABLE_BEGIN);
    for width in widths {
        let _ = write!(text, "<w:gridCol w:w=\"{width}\"/>");
    }
    text.push_str("</w:tblGrid>");
    row(text, widths, head, true);
    for cells in rows {
        row(text, widths, cells, false);
    }
    text.push_str("</w:tbl>");
}

/// So many blocks of a whole bar; at least half a one where there is anything.
fn bar(tenths: Option<u32>) -> String {
    let halves = tenths.map_or(0, |tenths| (tenths * BLOCKS * 2).div_ceil(1000)) as usize;
    format!("{}{}", "█".repeat(halves / 2), if halves % 2 == 1 { "▌" } else { "" })
}

#[cfg(test)]
mod tests;
