//! The list as a table and back: a row for each entry, a column for each field as a form holds it. What comes back is
//! compared cell by cell; where it goes, and who approves it, is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use super::edit::{FIELDS, Field, Wrong};
use crate::workbook::{self, At, Sheet, Unwritable, Value};

/// The columns before the fields: by what a row is known, and which revision it was.
const NUMBER: &str = "条号";
const REVISION: &str = "版";
/// The longest text of a cell, in characters; what a form takes at most.
pub const MOST: usize = 8_000;

/// An entry of which cells were changed: its fields as they are written now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The entry's number.
    pub no: u32,
    /// The fields that are others.
    pub fields: Vec<(Field, String)>,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The cell: B7.
    pub cell: String,
    /// What.
    pub what: Fault,
}

/// Why a cell cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The sheet has no column of entries' numbers or of their revisions: it is not the list.
    NotTheList,
    /// No field is called so.
    NoField(String),
    /// A column stands twice.
    TwiceField(String),
    /// No entry has this number.
    NoEntry(String),
    /// The entry stands in two rows.
    Twice(u32),
    /// The entry was changed since the table was made.
    Newer(u32),
    /// A formula, a date, an error: not words.
    NotWords,
    /// Longer than [`MOST`].
    Long,
    /// The field does not take it.
    Wrong(Field, Wrong),
}

/// The list as a workbook. The entries come with their revisions.
///
/// # Errors
/// A text does not fit into a cell.
pub fn bytes(entries: &[(Entry, i64)]) -> Result<Vec<u8>, Unwritable> {
    let mut columns = vec![(NUMBER, 7.0), (REVISION, 5.0)];
    columns.extend(FIELDS.iter().map(|(word, field)| (*word, width(*field))));
    let row = |(entry, revision): &(Entry, i64)| {
        let mut row = vec![entry.no.to_string(), revision.to_string()];
        row.extend(FIELDS.iter().map(|(_, field)| field.written(entry)));
        row
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    workbook::bytes(&[workbook::table("清单", &columns, &rows)])
}

fn width(field: Field) -> f64 {
    match field {
        Field::Answer => 60.0,
        Field::Question | Field::Basis | Field::Variants | Field::MustHit | Field::MustNotHit => 32.0,
        Field::Topic
        | Field::Category
        | Field::AppliesTo
        | Field::Business
        | Field::Owner
        | Field::ReviewBy
        | Field::ValidFrom
        | Field::ValidUntil
        | Field::DependsOn
        | Field::Audience => 12.0,
    }
}

/// What a table changes of the entries that are served. A row that is not there changes nothing, nor does a cell that
/// nobody sees.
///
/// # Errors
/// What is wrong, cell by cell; then nothing is taken.
pub fn changes(sheet: &Sheet, entries: &[(Entry, i64)]) -> Result<Vec<Changed>, Vec<Flaw>> {
    let (head, mut flaws) = head(sheet);
    let (Some(number), Some(revision)) = (head.number, head.revision) else {
        return Err(vec![flaw((0, 0), Fault::NotTheList)]);
    };
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|at| at.0).filter(|row| *row > 0).collect();
    let mut seen = BTreeSet::new();
    let mut changed = Vec::new();
    for row in rows {
        let said = text(sheet, (row, number)).unwrap_or_default();
        let known = said.trim().parse::<u32>().ok();
        let entry = known.and_then(|no| entries.iter().find(|(entry, _)| entry.no == no));
        let Some((entry, now)) = entry else {
            flaws.push(flaw((row, number), Fault::NoEntry(said)));
            continue;
        };
        if !seen.insert(entry.no) {
            flaws.push(flaw((row, number), Fault::Twice(entry.no)));
            continue;
        }
        let fields = of_row(sheet, (row, &head.fields), entry, &mut flaws);
        if fields.is_empty() {
            continue;
        }
        let made = text(sheet, (row, revision)).unwrap_or_default();
        if made.trim().parse() != Ok(*now) {
            flaws.push(flaw((row, revision), Fault::Newer(entry.no)));
        }
        changed.push(Changed { no: entry.no, fields });
    }
    if flaws.is_empty() { Ok(changed) } else { Err(flaws) }
}

/// Which column holds what.
#[derive(Default)]
struct Head {
    number: Option<u32>,
    revision: Option<u32>,
    fields: BTreeMap<u32, Field>,
}

fn head(sheet: &Sheet) -> (Head, Vec<Flaw>) {
    let (mut head, mut flaws) = (Head::default(), Vec::new());
    for (at, _) in sheet.cells.range((0, 0)..(1, 0)) {
        let said = text(sheet, *at).unwrap_or_default().trim().to_owned();
        let before = match (said.as_str(), Field::from_word(&said)) {
            (NUMBER, _) => head.number.replace(at.1).is_some(),
            (REVISION, _) => head.revision.replace(at.1).is_some(),
            (_, Some(field)) => {
                let before = head.fields.values().any(|known| *known == field);
                head.fields.insert(at.1, field);
                before
            }
            (_, None) => {
                flaws.push(flaw(*at, Fault::NoField(said)));
                continue;
            }
        };
        if before {
            flaws.push(flaw(*at, Fault::TwiceField(said)));
        }
    }
    (head, flaws)
}

/// The fields of a row that are others than the entry's.
fn of_row(
    sheet: &Sheet,
    (row, columns): (u32, &BTreeMap<u32, Field>),
    entry: &Entry,
    flaws: &mut Vec<Flaw>,
) -> Vec<(Field, String)> {
    let mut fields = Vec::new();
    for (column, field) in columns {
        let at = (row, *column);
        if sheet.unseen.contains(&at) {
            continue;
        }
        let Ok(said) = text(sheet, at) else {
            flaws.push(flaw(at, Fault::NotWords));
            continue;
        };
        let (said, before) = (said.trim(), field.written(entry));
        if said == before.trim() {
            continue;
        }
        if said.chars().nth(MOST).is_some() {
            flaws.push(flaw(at, Fault::Long));
            continue;
        }
        let mut written = entry.clone();
        match field.write(&mut written, said) {
            Ok(()) if field.written(&written) != before => fields.push((*field, said.to_owned())),
            Ok(()) => {}
            Err(wrong) => flaws.push(flaw(at, Fault::Wrong(*field, wrong))),
        }
    }
    fields
}

/// A cell holds something that is not words.
#[derive(Debug)]
struct NotWords;

/// What stands in a cell; nothing where it is empty.
fn text(sheet: &Sheet, at: At) -> Result<String, NotWords> {
    match sheet.cells.get(&at) {
        None => Ok(String::new()),
        Some(Value::Text(text)) => Ok(text.replace("\r\n", "\n").replace('\r', "\n")),
        Some(Value::Number(number)) => Ok(number.clone()),
        Some(Value::Formula | Value::Fault(_) | Value::Other) => Err(NotWords),
    }
}

/// A cell by its letters and number, as a table shows it.
fn flaw((row, column): At, what: Fault) -> Flaw {
    let (mut left, mut letters) = (column, String::new());
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        if left < 26 {
            break;
        }
        left = left / 26 - 1;
    }
    Flaw {
        cell: format!("{letters}{}", row + 1),
        what,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::testing::entry;
    use super::*;

    fn list() -> Vec<(Entry, i64)> {
        vec![
            (entry("a-1", 1, "公司执照怎么补？", &["执照丢了", "补办执照"]), 3),
            (entry("a-2", 2, "个体户怎么注销？", &["注销个体户"]), 1),
        ]
    }

    /// The table that is sent for the list.
    fn sent() -> Sheet {
        let bytes = bytes(&list()).unwrap();
        workbook::open_long(&bytes, Path::new("list.xlsx"), MOST)
            .unwrap()
            .remove(0)
    }

    /// The column of a field.
    fn column(sheet: &Sheet, word: &str) -> u32 {
        let found = sheet
            .cells
            .iter()
            .find(|(at, value)| at.0 == 0 && **value == Value::Text(word.into()));
        found.unwrap().0.1
    }

    fn put(sheet: &mut Sheet, row: u32, word: &str, text: &str) {
        let at = (row, column(sheet, word));
        sheet.cells.insert(at, Value::Text(text.into()));
    }

    #[test]
    fn a_table_that_comes_back_as_it_went_changes_nothing() {
        assert_eq!(changes(&sent(), &list()), Ok(Vec::new()));
    }

    #[test]
    fn only_what_was_changed_is_told_and_what_is_not_there_stays() {
        let mut sheet = sent();
        put(&mut sheet, 1, "问法", "执照丢了\n营业执照遗失");
        put(&mut sheet, 1, "责任", "登记科");
        sheet.cells.retain(|at, _| at.0 != 2);
        let fields = vec![
            (Field::Variants, "执照丢了\n营业执照遗失".to_owned()),
            (Field::Owner, "登记科".to_owned()),
        ];
        assert_eq!(changes(&sheet, &list()), Ok(vec![Changed { no: 1, fields }]));
        // A filtered column is not emptied.
        let hidden = (1, column(&sheet, "答案"));
        sheet.cells.remove(&hidden);
        sheet.unseen.insert(hidden);
        assert_eq!(changes(&sheet, &list()).unwrap()[0].fields.len(), 2);
    }

    #[test]
    fn each_problem_is_told_by_its_cell_and_nothing_is_taken() {
        let mut sheet = sent();
        put(&mut sheet, 1, "复核", "明年");
        put(&mut sheet, 2, "问题", "");
        let answer = (1, column(&sheet, "答案"));
        sheet.cells.insert(answer, Value::Formula);
        put(&mut sheet, 3, "条号", "9");
        put(&mut sheet, 4, "条号", "2");
        sheet.cells.insert((0, 18), Value::Text("备注".into()));
        let said = |flaws: &[Flaw]| -> Vec<String> { flaws.iter().map(|flaw| flaw.cell.clone()).collect() };
        let flaws = changes(&sheet, &list()).unwrap_err();
        assert_eq!(said(&flaws), ["S1", "D2", "L2", "C3", "A4", "A5"], "{flaws:?}");
        assert_eq!(
            flaws[2].what,
            Fault::Wrong(Field::ReviewBy, Wrong::NotADay("明年".into()))
        );
        assert_eq!(flaws[5].what, Fault::Twice(2));
        let mut older = sent();
        put(&mut older, 1, "版", "2");
        put(&mut older, 1, "责任", "登记科");
        assert_eq!(changes(&older, &list()).unwrap_err(), [flaw((1, 1), Fault::Newer(1))]);
        let other = Sheet::default();
        assert_eq!(changes(&other, &list()).unwrap_err(), [flaw((0, 0), Fault::NotTheList)]);
    }
}
