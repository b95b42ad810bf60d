//! A workbook of numbers with a native bar chart under each table. The same sheets give the same bytes.

use rust_xlsxwriter::{Chart, ChartType, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::Unwritable;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// A share of one.
    Share(f64),
}

/// A table; its first column names the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// At most 31 characters.
    pub name: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// The columns that are drawn, by number.
    pub drawn: Vec<u16>,
}

/// The workbook as a file's bytes.
///
/// # Errors
/// A sheet cannot be written.
pub fn bytes(sheets: &[Sheet]) -> Result<Vec<u8>, Unwritable> {
    Ok(written(sheets)?)
}

fn written(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No time of day in the file.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2018, 7, 24)?));
    for sheet in sheets {
        fill(book.add_worksheet().set_name(&sheet.name)?, sheet)?;
    }
    book.save_to_buffer()
}

fn fill(to: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let (bold, share) = (
        Format::new().set_bold().set_text_wrap(),
        Format::new().set_num_format("0.0%"),
    );
    to.set_column_width(0, 24)?;
    for (column, name) in (0..).zip(&sheet.head) {
        to.write_string_with_format(0, column, name, &bold)?;
        if column > 0 {
            to.set_column_width(column, 14)?;
        }
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => to.write_string(row, column, text)?,
                Cell::Number(number) => to.write_number(row, column, *number)?,
                Cell::Share(number) => to.write_number_with_format(row, column, *number, &share)?,
            };
        }
    }
    to.set_row_height(0, 34)?;
    to.set_freeze_panes(1, 1)?;
    to.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    if sheet.drawn.is_empty() || last == 0 {
        return Ok(());
    }
    let mut chart = Chart::new(ChartType::Bar);
    for column in &sheet.drawn {
        let name = sheet.head.get(usize::from(*column)).map_or("", String::as_str);
        let series = chart.add_series();
        series.set_name(name);
        series.set_categories((sheet.name.as_str(), 1, 0, last, 0));
        series.set_values((sheet.name.as_str(), 1, *column, last, *column));
    }
    chart.title().set_name(&sheet.name);
    if sheet.drawn.len() == 1 {
        chart.legend().set_hidden();
    }
    // The first row above, as in the table.
    chart.y_axis().set_reverse();
    chart.set_height(120 + 36 * last).set_width(900);
    to.insert_chart(last + 2, 0, &chart)?;
    Ok(())
}
