//! Reads the official form 《工商登记全程电子化帮办员及审核员情况表》 (许工商〔2018〕103号 附件) from a workbook: forgiving
//! about merged cells, spaces and full-width digits, and naming every problem by sheet and cell.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::domain::roster::form::{Form, Place};
use crate::workbook::{self, At, Sheet, WorkbookError};
use head::Head;
pub use layout::page;

mod head;
mod layout;
mod rows;

/// The form's name, as it stands over the table.
pub const TITLE: &str = "工商登记全程电子化帮办员及审核员情况表";

/// Something about one cell, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    pub file: PathBuf,
    pub at: Place,
    pub message: String,
}

impl fmt::Display for CellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file.display(), self.at, self.message)
    }
}

/// Why a form cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AnnexError {
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    #[error("{} problems", .0.len())]
    Problems(Vec<CellProblem>),
}

/// What was read of a workbook.
#[derive(Debug)]
pub struct Annex {
    /// One a bureau, in the order of the sheets.
    pub forms: Vec<Form>,
    /// What stands there and was not read.
    pub reminders: Vec<CellProblem>,
}

/// Reads a workbook. `bureau` names the bureau where the form itself leaves it open.
pub fn read_file(path: &Path, bureau: Option<&str>) -> Result<Annex, AnnexError> {
    read(&workbook::open(path)?, path, bureau)
}

/// The same of a workbook that was sent; `file` is only for the messages.
pub fn read_sent(bytes: &[u8], file: &Path, bureau: Option<&str>) -> Result<Annex, AnnexError> {
    read(&workbook::open_sent(bytes, file)?, file, bureau)
}

fn read(sheets: &[Sheet], file: &Path, bureau: Option<&str>) -> Result<Annex, AnnexError> {
    let mut reader = Reader {
        file,
        bureau,
        problems: Vec::new(),
        reminders: Vec::new(),
        hidden: Vec::new(),
        forms: Vec::new(),
    };
    let filled: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.cells.is_empty()).collect();
    let (tables, others): (Vec<&Sheet>, Vec<&Sheet>) = filled.iter().partition(|sheet| head::is_form(sheet));
    for sheet in &tables {
        if let Some(head) = Head::find(sheet, &mut reader) {
            rows::read(sheet, &head, &mut reader);
        }
    }
    for sheet in sheets {
        reader.unseen(sheet);
    }
    for sheet in others {
        let first = sheet.cells.keys().next().copied().unwrap_or_default();
        if tables.is_empty() {
            let say = format!(
                "这不是《{TITLE}》：找不到“帮办员”“审核员”表头，请用附件的样表（bangban roster export 可以导出）"
            );
            reader.wrong(sheet, first, say);
        } else {
            reader.remind(sheet, first, "这张工作表不是情况表，没有读");
        }
    }
    if reader.problems.is_empty() && reader.forms.is_empty() {
        let blank = Sheet {
            name: sheets.first().map(|sheet| sheet.name.clone()).unwrap_or_default(),
            ..Sheet::default()
        };
        reader.wrong(
            tables.first().copied().unwrap_or(&blank),
            (0, 0),
            "表里一个人也没有，请填好再导入",
        );
    }
    match reader.problems.is_empty() {
        true => {
            reader.reminders.extend(reader.hidden);
            Ok(Annex {
                forms: reader.forms,
                reminders: reader.reminders,
            })
        }
        false => {
            // What is hidden may be what is missing.
            reader.problems.extend(reader.hidden);
            Err(AnnexError::Problems(reader.problems))
        }
    }
}

/// What was read so far.
struct Reader<'a> {
    file: &'a Path,
    bureau: Option<&'a str>,
    problems: Vec<CellProblem>,
    reminders: Vec<CellProblem>,
    /// What nobody sees in the file: sheets, and rows and columns in which something stands.
    hidden: Vec<CellProblem>,
    forms: Vec<Form>,
}

impl Reader<'_> {
    fn note(&self, sheet: &Sheet, at: At, message: impl Into<String>) -> CellProblem {
        CellProblem {
            file: self.file.to_path_buf(),
            at: place(sheet, at),
            message: message.into(),
        }
    }

    fn wrong(&mut self, sheet: &Sheet, at: At, message: impl Into<String>) {
        let problem = self.note(sheet, at, message);
        self.problems.push(problem);
    }

    /// Names what is hidden: each sheet, and the first cell of each row, or of the columns that are hidden beside it.
    fn unseen(&mut self, sheet: &Sheet) {
        if sheet.hidden {
            let note = self.note(sheet, (0, 0), "这张工作表是隐藏的，没有读；要读请先取消隐藏");
            self.hidden.push(note);
        }
        let mut rows: Vec<u32> = Vec::new();
        let mut columns: Vec<u32> = Vec::new();
        for at in &sheet.unseen {
            // In a hidden row everything is unseen; in a row that is seen, only its hidden columns.
            let whole_row = !sheet.cells.keys().any(|(row, _)| *row == at.0);
            let (known, number, what) = match whole_row {
                true => (&mut rows, at.0, "这一行隐藏或被筛选掉了"),
                false => (&mut columns, at.1, "这一列是隐藏的"),
            };
            if !known.contains(&number) {
                known.push(number);
                let note = self.note(sheet, *at, format!("{what}，没有读；要读请先取消隐藏、清除筛选"));
                self.hidden.push(note);
            }
        }
    }

    fn remind(&mut self, sheet: &Sheet, at: At, message: impl Into<String>) {
        let reminder = self.note(sheet, at, message);
        self.reminders.push(reminder);
    }
}

fn place(sheet: &Sheet, (row, column): At) -> Place {
    Place {
        sheet: sheet.name.clone(),
        row,
        column,
    }
}

#[cfg(test)]
mod tests;
