//! Opening a workbook somebody sent: measured, unpacked within bounds, then cell by cell.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use calamine::{DataRef, Reader, Xlsx};

use super::package::{Hidden, Package, broken};
use super::{At, MAX_BYTES, MAX_COLUMNS, MAX_MERGED, MAX_ROWS, MAX_SHEETS, MAX_TEXT, Sheet, Value, WorkbookError};
use crate::domain::roster::form::Place;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// What every package, and every old or encrypted workbook, begins with.
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
/// What documents and pictures begin with: PDF, RTF, PNG, JPEG.
const DOCUMENTS: [&[u8]; 4] = [b"%PDF", b"{\\rt", b"\x89PNG", b"\xff\xd8\xff"];
/// The part that holds the words of a Word document, new and old (in UTF-16); and that of a workbook, which may hold
/// a document.
const WORDS: [&[u8]; 2] = [b"word/document.xml", b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"];
const CELLS: [&[u8]; 2] = [b"xl/workbook.xml", b"W\0o\0r\0k\0b\0o\0o\0k\0"];

/// Whether a file is meant as a workbook: by its first bytes, else by its name.
pub fn looks_like_workbook(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    (read.is_ok() && begins_so(&start)) || is_named_so(path)
}

/// Whether what was sent is meant as a workbook: by its first bytes, else by its name.
pub fn is_workbook(bytes: &[u8], name: &Path) -> bool {
    begins_so(bytes) || is_named_so(name)
}

/// As a workbook does, or as what somebody takes for one.
fn begins_so(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(OLE) || is_flat_document(bytes)
}

fn is_flat_document(bytes: &[u8]) -> bool {
    DOCUMENTS.iter().any(|start| bytes.starts_with(start))
}

/// A document of words, or a picture: it cannot be saved as a workbook.
fn is_document(bytes: &[u8]) -> bool {
    let packed = bytes.starts_with(ZIP) || bytes.starts_with(OLE);
    let holds = |part: &&[u8]| bytes.windows(part.len()).any(|found| found == *part);
    is_flat_document(bytes) || (packed && WORDS.iter().any(holds) && !CELLS.iter().any(holds))
}

fn is_named_so(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        // Tables of other kinds are refused with what to do, not read as a roster in YAML.
        let known = [
            "xlsx", "xlsm", "xlsb", "xltx", "xls", "et", "ett", "ods", "fods", "csv", "tsv", "htm", "html", "mht",
            "numbers",
        ];
        known.contains(&extension.to_ascii_lowercase().as_str())
    })
}

/// Reads every sheet: what can be seen of it; of hidden ones only the name.
pub fn open(path: &Path) -> Result<Vec<Sheet>, WorkbookError> {
    open_sent(&bytes(path)?, path)
}

/// The same of what was sent; `path` is only for the messages.
pub fn open_sent(bytes: &[u8], path: &Path) -> Result<Vec<Sheet>, WorkbookError> {
    open_long(bytes, path, MAX_TEXT)
}

/// The same of a table whose cells hold up to `most` characters.
pub fn open_long(bytes: &[u8], path: &Path, most: usize) -> Result<Vec<Sheet>, WorkbookError> {
    let file = path.to_path_buf();
    if is_document(bytes) {
        return Err(WorkbookError::ADocument { file });
    }
    if bytes.starts_with(OLE) {
        return Err(WorkbookError::OldOrLocked { file });
    }
    if !bytes.starts_with(ZIP) {
        return Err(WorkbookError::NotAWorkbook { file });
    }
    let package = Package::unpack(bytes, path)?;
    let packed = package.packed(path)?;
    quietly(|| sheets(packed, &package, (path, most))).unwrap_or_else(|| Err(broken(path, Mangled)))
}

/// The reader stumbled over a mangled file.
#[derive(Debug, thiserror::Error)]
#[error("the workbook reader panicked")]
struct Mangled;

thread_local! {
    /// Whether a panic of this thread is expected and answered by us.
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the XLSX crate, which panics on some mangled files (a row number of twelve digits): none then, and nothing is
/// printed. Panics of other threads are printed as ever.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !EXPECTED.get() {
                print(panic);
            }
        }));
    });
    EXPECTED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    EXPECTED.set(false);
    done.ok()
}

fn sheets(bytes: Vec<u8>, package: &Package, (path, most): (&Path, usize)) -> Result<Vec<Sheet>, WorkbookError> {
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(path, error))?;
    let names: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == calamine::SheetVisible::Visible))
        .collect();
    if names.len() > MAX_SHEETS {
        return Err(WorkbookError::ManySheets {
            file: path.to_path_buf(),
            sheets: names.len(),
        });
    }
    let read = |(name, shown): (String, bool)| match shown {
        true => sheet(&mut book, name, package, (path, most)),
        false => Ok(Sheet {
            name,
            hidden: true,
            ..Sheet::default()
        }),
    };
    names.into_iter().map(read).collect()
}

/// The file's bytes, if it is a package of a size a form can have.
fn bytes(path: &Path) -> Result<Vec<u8>, WorkbookError> {
    let file = path.to_path_buf();
    let unreadable = |source| WorkbookError::Unreadable {
        file: path.to_path_buf(),
        source,
    };
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(WorkbookError::NotAFile { file });
    }
    if about.len() > MAX_BYTES {
        return Err(WorkbookError::TooBig {
            file,
            megabytes: about.len() / 1_000_000,
        });
    }
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(unreadable)?;
    opened.take(MAX_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn sheet(
    book: &mut Book,
    name: String,
    package: &Package,
    (path, most): (&Path, usize),
) -> Result<Sheet, WorkbookError> {
    let merged = book
        .merge_cells_by_sheet_name(&name)
        .map_err(|error| broken(path, error))?;
    if merged.len() > MAX_MERGED {
        return Err(WorkbookError::ManyMerged {
            file: path.to_path_buf(),
            sheet: name,
        });
    }
    let mut sheet = Sheet {
        merged: merged.iter().map(|area| (area.start, area.end)).collect(),
        name,
        ..Sheet::default()
    };
    let hidden = package.hidden(&sheet.name);
    let mut cells = book
        .worksheet_cells_reader(&sheet.name)
        .map_err(|error| broken(path, error))?;
    while let Some(cell) = cells
        .next_cell_with_formula_metadata()
        .map_err(|error| broken(path, error))?
    {
        let value = match (cell.formula.is_some(), value(&cell.value)) {
            (true, _) => Value::Formula,
            (false, Some(value)) => value,
            (false, None) => continue,
        };
        if is_hidden(&sheet, &hidden, cell.pos) {
            sheet.unseen.insert(cell.pos);
            continue;
        }
        let named = || cell_name(&sheet.name, cell.pos);
        if cell.pos.0 >= MAX_ROWS || cell.pos.1 >= MAX_COLUMNS {
            return Err(WorkbookError::FarCell {
                file: path.to_path_buf(),
                cell: named(),
            });
        }
        if let Value::Text(text) = &value
            && text.chars().nth(most).is_some()
        {
            return Err(WorkbookError::LongCell {
                file: path.to_path_buf(),
                cell: named(),
                most,
            });
        }
        sheet.cells.insert(cell.pos, value);
    }
    Ok(sheet)
}

/// Whether nobody sees the cell. What stands in the first of merged cells is seen as long as one of them is.
fn is_hidden(sheet: &Sheet, hidden: &Hidden, (row, column): At) -> bool {
    let area = sheet.merged.iter().find(|(from, _)| *from == (row, column));
    let (_, (last_row, last_column)) = area.copied().unwrap_or(((row, column), (row, column)));
    let shown = |from: u32, to: u32, hidden: &BTreeSet<u32>| {
        // Merged over the whole sheet: far more rows than could be hidden.
        to - from > MAX_ROWS || (from..=to).any(|at| !hidden.contains(&at))
    };
    !(shown(row, last_row.max(row), &hidden.rows) && shown(column, last_column.max(column), &hidden.columns))
}

fn cell_name(sheet: &str, (row, column): At) -> String {
    let place = Place {
        sheet: sheet.to_owned(),
        row,
        column,
    };
    place.to_string()
}

/// What a cell holds; none if nothing can be seen in it.
fn value(data: &DataRef<'_>) -> Option<Value> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()));
    match data {
        DataRef::Empty => None,
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::Int(number) => Some(Value::Number(number.to_string())),
        DataRef::Float(number) => Some(Value::Number(format!("{number}"))),
        DataRef::Error(error) => Some(Value::Fault(error.to_string())),
        _ => Some(Value::Other),
    }
}
