//! Workbooks as people send them: the official form with cells put wrong, and files that are none.

use std::io::Write as _;
use std::path::Path;

use rust_xlsxwriter::{Format, Formula, Workbook};

/// What is put into a cell instead of the form's own.
pub enum Put {
    Text(&'static str),
    Number(f64),
    Formula(&'static str),
    /// Nothing.
    Blank,
}

/// The form of 魏都分局 as the annex has it: a window of four and a station of two, all invented. Each line: office,
/// helper, mobile, landline, reviewer, mobile, landline.
pub const WEIDU: [[&str; 7]; 6] = [
    [
        "窗口",
        "王敏",
        "13900000011",
        "0374-0000011",
        "王敏",
        "13900000011",
        "0374-0000011",
    ],
    ["", "李强", "13900000012", "0374-0000012", "", "", ""],
    ["", "周红", "13900000013", "0374-0000013", "", "", ""],
    ["", "郑洁", "13900000014", "0374-0000014", "", "", ""],
    ["南关工商所", "许宁", "13900000015", "0374-0000015", "", "", ""],
    ["", "钱进", "13900000016", "0374-0000016", "", "", ""],
];

/// Writes the form, then puts these cells (row and column from 0) in their place.
pub fn weidu(path: &Path, puts: &[((u32, u16), Put)]) {
    write(path, "魏都分局", &WEIDU, puts);
}

/// The form of a bureau with these lines.
pub fn write(path: &Path, bureau: &str, lines: &[[&str; 7]], puts: &[((u32, u16), Put)]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("情况表").unwrap();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 7, "工商登记全程电子化帮办员及审核员情况表", &plain)
        .unwrap();
    sheet.merge_range(1, 0, 2, 1, "单  位", &plain).unwrap();
    sheet.merge_range(1, 2, 1, 4, "帮 办 员", &plain).unwrap();
    sheet.merge_range(1, 5, 1, 7, "审核员", &plain).unwrap();
    for (column, word) in (2..).zip(["姓名", "联系电话", "固定电话", "姓 名", "联系电话", "固定电话"])
    {
        sheet.write(2, column, word).unwrap();
    }
    sheet.write(3, 0, bureau).unwrap();
    for (row, line) in (3..).zip(lines) {
        for (column, text) in (1..).zip(line).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, *text).unwrap();
        }
    }
    let note = 3 + u32::try_from(lines.len()).unwrap();
    sheet.write(note, 0, "注：各单位请于8月1日前报送市局注册科。").unwrap();
    for ((row, column), put) in puts {
        match put {
            Put::Text(text) => sheet.write(*row, *column, *text).map(drop),
            Put::Number(number) => sheet.write(*row, *column, *number).map(drop),
            Put::Formula(formula) => sheet.write_formula(*row, *column, Formula::new(*formula)).map(drop),
            Put::Blank => sheet.write_blank(*row, *column, &plain).map(drop),
        }
        .unwrap();
    }
    book.save(path).unwrap();
}

/// A workbook whose sheet unpacks to 64 MB of blanks.
pub fn bomb(path: &Path) {
    let good = path.with_extension("good.xlsx");
    weidu(&good, &[]);
    let mut package = zip::ZipArchive::new(std::fs::File::open(&good).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    let blank = vec![b' '; 1 << 20];
    for index in 0..package.len() {
        let part = package.by_index_raw(index).unwrap();
        if part.name().unwrap() != "xl/worksheets/sheet1.xml" {
            out.raw_copy_file(part).unwrap();
        }
    }
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    out.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    for _ in 0..64 {
        out.write_all(&blank).unwrap();
    }
    out.finish().unwrap();
}

/// A package that is no workbook: a letter.
pub fn document(path: &Path) {
    let mut out = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for part in ["[Content_Types].xml", "word/document.xml"] {
        out.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(b"<x/>").unwrap();
    }
    out.finish().unwrap();
}
