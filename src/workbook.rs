//! Small workbooks (.xlsx) in and out. The only module that knows the XLSX crates; what stands in which cell is decided
//! elsewhere. A file is measured before it is parsed and read cell by cell, so that no file can exhaust the memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub use read::{is_workbook, looks_like_workbook, open, open_long, open_sent};
pub use write::{Block, Look, Page, Paper, Unwritable, bytes, table};

pub mod chart;
mod package;
mod read;
mod write;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 5_000_000;
/// What its parts may hold together when they are unpacked: a filled-in form has some 100 kB.
pub const MAX_UNPACKED: u64 = 10_000_000;
/// Parts of the package.
pub const MAX_PARTS: usize = 500;
/// Sheets of one workbook.
pub const MAX_SHEETS: usize = 60;
/// Merged areas of one sheet.
pub const MAX_MERGED: usize = 5_000;
/// Rows and columns in which something may stand.
pub const MAX_ROWS: u32 = 2_000;
pub const MAX_COLUMNS: u32 = 40;
/// Characters of one cell that are looked at.
pub const MAX_TEXT: usize = 500;

/// Row and column from 0.
pub type At = (u32, u32);

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    /// A number as Excel keeps it, written without exponent.
    Number(String),
    /// Something is computed here; what it last gave is not trusted.
    Formula,
    /// #REF! and the like.
    Fault(String),
    /// A date, a truth value: nothing a form of names and numbers holds.
    Other,
}

/// One sheet: only cells in which something can be seen.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub cells: BTreeMap<At, Value>,
    /// Merged cells: first and last cell, both included.
    pub merged: Vec<(At, At)>,
    /// The whole sheet is hidden, and nothing of it was read.
    pub hidden: bool,
    /// Cells in hidden or filtered rows and columns, which nobody sees and which were not read.
    pub unseen: BTreeSet<At>,
}

impl Sheet {
    /// The first cell of the merged ones a cell belongs to, or the cell itself.
    pub fn first_of(&self, at: At) -> At {
        let within = |(from, to): &&(At, At)| from.0 <= at.0 && at.0 <= to.0 && from.1 <= at.1 && at.1 <= to.1;
        self.merged.iter().find(within).map_or(at, |(from, _)| *from)
    }
}

/// Why a workbook cannot be read; said to the operator.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    #[error("{}: 文件打不开，请检查是否存在、是否有读取权限", file.display())]
    Unreadable {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{}: 这不是普通文件，请给出 .xlsx 文件", file.display())]
    NotAFile { file: PathBuf },
    #[error("{}: 文件有 {megabytes} MB，超过 5 MB；情况表只有几十 KB，请删去图片或另存一份再试", file.display())]
    TooBig { file: PathBuf, megabytes: u64 },
    #[error("{}: 这是旧版 .xls 或加了密码的文件，请在 Excel 或 WPS 里去掉密码、另存为 .xlsx 再试", file.display())]
    OldOrLocked { file: PathBuf },
    #[error("{}: 这不是 .xlsx 工作簿，请在 Excel 或 WPS 里另存为 .xlsx 再试", file.display())]
    NotAWorkbook { file: PathBuf },
    #[error("{}: 这是文档或图片，不是表格；请把里面的表复制到 .xlsx 工作簿里再试", file.display())]
    ADocument { file: PathBuf },
    #[error("{}: 解压后超过 10 MB（压缩炸弹或夹带了别的东西），没有读；请把表格复制到新工作簿再试", file.display())]
    Bomb { file: PathBuf },
    #[error("{}: 工作簿损坏，读不下去；请在 Excel 或 WPS 里打开、另存一份再试", file.display())]
    Broken {
        file: PathBuf,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("{}: 有 {sheets} 张工作表，超过 {MAX_SHEETS} 张，请只留情况表", file.display())]
    ManySheets { file: PathBuf, sheets: usize },
    #[error("{}: {sheet}: 合并的单元格超过 {MAX_MERGED} 处，不是情况表，没有读", file.display())]
    ManyMerged { file: PathBuf, sheet: String },
    #[error("{}: {cell}: 这里还有内容，超出了情况表的大小（{MAX_ROWS} 行、{MAX_COLUMNS} 列），请删去", file.display())]
    FarCell { file: PathBuf, cell: String },
    #[error("{}: {cell}: 这一格超过 {most} 个字，放不下，请删短", file.display())]
    LongCell { file: PathBuf, cell: String, most: usize },
}

#[cfg(test)]
mod tests;
