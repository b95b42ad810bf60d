//! Making a workbook: cells of text, merged where they belong together, in four looks. The same pages give the same bytes.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::At;

/// Characters that a cell holds at most.
const CELL_MOST: usize = 32_767;
/// Of a text that is too long so much is shown, to find it by.
const SHOWN: usize = 20;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    #[error(
        "工作表“{sheet}”第 {row} 行第 {column} 列（{begins}…）有 {length} 个字符，表格一格最多 {CELL_MOST} 个。请写短些"
    )]
    LongText {
        sheet: String,
        row: u32,
        column: u32,
        begins: String,
        length: usize,
    },
    #[error("工作簿写不成")]
    Workbook(#[from] XlsxError),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Title,
    Head,
    Body,
    /// Sentences: from the left and the top, as high as they need.
    Text,
    Note,
}

/// How the sheet lies on its paper, A4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Upright,
    Across,
}

/// A text in one cell or in several merged ones, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub from: At,
    pub to: At,
    pub text: String,
    pub look: Look,
}

/// One sheet, to be printed one page wide.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub name: String,
    /// In characters.
    pub widths: Vec<f64>,
    pub blocks: Vec<Block>,
    /// These first rows are repeated on each printed page.
    pub head_rows: u32,
    pub paper: Paper,
}

/// The workbook as a file's bytes.
pub fn bytes(pages: &[Page]) -> Result<Vec<u8>, Unwritable> {
    for page in pages {
        page.blocks.iter().try_for_each(|block| fits(page, block))?;
    }
    Ok(written(pages)?)
}

fn fits(page: &Page, block: &Block) -> Result<(), Unwritable> {
    let length = block.text.chars().count();
    if length <= CELL_MOST {
        return Ok(());
    }
    Err(Unwritable::LongText {
        sheet: page.name.clone(),
        row: block.from.0 + 1,
        column: block.from.1 + 1,
        begins: block.text.chars().take(SHOWN).collect(),
        length,
    })
}

fn written(pages: &[Page]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No time of day in the file: the same roster gives the same bytes.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2018, 7, 24)?));
    let mut names: Vec<String> = Vec::new();
    for page in pages {
        let name = sheet_name(&page.name, &names);
        fill(book.add_worksheet().set_name(&name)?, page)?;
        names.push(name);
    }
    book.save_to_buffer()
}

/// Excel allows 31 characters, none of them `[]:*?/\`, no quote at an end, and each name once.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let allowed = wanted.trim_matches('\'').chars().filter(|c| !"[]:*?/\\".contains(*c));
    let allowed: String = allowed.take(28).collect();
    let name = if allowed.trim().is_empty() {
        "情况表".to_owned()
    } else {
        allowed
    };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..100).map(|number| format!("{name}{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or(name)
}

fn fill(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(&page.widths) {
        sheet.set_column_width(column, *width)?;
    }
    let mut heights: BTreeMap<u32, f64> = BTreeMap::new();
    for block in &page.blocks {
        put(sheet, block)?;
        if block.look == Look::Text {
            let width = usize::try_from(block.from.1)
                .ok()
                .and_then(|column| page.widths.get(column));
            let height = heights.entry(block.from.0).or_default();
            *height = height.max(height_of(&block.text, width.copied().unwrap_or(10.0)));
        }
    }
    for (row, height) in heights {
        sheet.set_row_height(row, height)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    match page.paper {
        Paper::Upright => sheet.set_portrait(),
        Paper::Across => sheet.set_landscape(),
    };
    if page.head_rows > 0 {
        sheet.set_repeat_rows(0, page.head_rows - 1)?;
    }
    Ok(())
}

/// How high a text stands in a column so many characters wide, in points. Not every program measures rows by itself.
fn height_of(text: &str, width: f64) -> f64 {
    /// A line of 11-point text, and what Excel allows for a row.
    const LINE: f64 = 15.6;
    const MOST: f64 = 409.0;
    let units = |line: &str| -> f64 { line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum() };
    let lines: f64 = text
        .split('\n')
        .map(|line| (units(line) * 1.12 / width).ceil().max(1.0))
        .sum();
    (lines * LINE + 4.0).min(MOST)
}

fn put(sheet: &mut Worksheet, block: &Block) -> Result<(), XlsxError> {
    let format = format(block.look);
    let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
    let ((row, left), (last_row, right)) = (block.from, block.to);
    if block.from != block.to {
        sheet.merge_range(row, column(left), last_row, column(right), &block.text, &format)?;
    } else if block.text.is_empty() {
        sheet.write_blank(row, column(left), &format)?;
    } else {
        sheet.write_string_with_format(row, column(left), block.text.as_str(), &format)?;
    }
    let height = match block.look {
        Look::Title => 36,
        Look::Head | Look::Body => 22,
        Look::Note => 40,
        // As high as the highest cell of its row: see `fill`.
        Look::Text => return Ok(()),
    };
    sheet.set_row_height(row, height)?;
    Ok(())
}

/// Cells are text ("@"): a number typed over in Excel keeps its leading zero.
fn format(look: Look) -> Format {
    let format = Format::new()
        .set_num_format("@")
        .set_font_name("宋体")
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    match look {
        Look::Title => format.set_font_size(16).set_bold().set_align(FormatAlign::Center),
        Look::Head => format
            .set_font_size(12)
            .set_bold()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center),
        Look::Body => format
            .set_font_size(11)
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center),
        Look::Text => format
            .set_font_size(11)
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Left)
            .set_align(FormatAlign::Top),
        Look::Note => format.set_font_size(10).set_align(FormatAlign::Left),
    }
}

/// A sheet that is one table of sentences: columns with their width, then row by row; it lies across the paper and its
/// head is repeated on each page.
pub fn table(name: &str, columns: &[(&str, f64)], rows: &[Vec<String>]) -> Page {
    let cell = |row, column, text: &str, look| Block {
        from: (row, column),
        to: (row, column),
        text: text.to_owned(),
        look,
    };
    let head = (0..)
        .zip(columns)
        .map(|(column, (name, _))| cell(0, column, name, Look::Head));
    let body = (1..).zip(rows).flat_map(|(row, texts)| {
        let cells = (0..).zip(texts);
        cells.map(move |(column, text)| cell(row, column, text, Look::Text))
    });
    Page {
        name: name.to_owned(),
        widths: columns.iter().map(|(_, width)| *width).collect(),
        blocks: head.chain(body).collect(),
        head_rows: 1,
        paper: Paper::Across,
    }
}
