//! The head of the form: which column is which. Found by its words, so that a moved table is read too.

use super::Reader;
use crate::domain::roster::form::tidy;
use crate::workbook::{At, Sheet, Value};

/// The head stands in the first rows.
const HEAD_ROWS: u32 = 30;

/// The columns of one group of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Three {
    pub name: u32,
    pub mobile: u32,
    pub landline: u32,
}

impl Three {
    pub fn columns(self) -> [u32; 3] {
        [self.name, self.mobile, self.landline]
    }
}

/// The head as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The first row under the head.
    pub first_row: u32,
    pub bureau: u32,
    pub office: u32,
    pub helper: Three,
    pub reviewer: Three,
}

/// Whether a sheet has the form's head, if only a part of it.
pub fn is_form(sheet: &Sheet) -> bool {
    find(sheet, "帮办员").is_some() || find(sheet, "审核员").is_some()
}

/// The text of a cell without the spaces in it.
pub fn words(sheet: &Sheet, at: At) -> Option<String> {
    match sheet.cells.get(&at)? {
        Value::Text(text) => Some(tidy(text)),
        Value::Number(_) | Value::Formula | Value::Fault(_) | Value::Other => None,
    }
}

fn find(sheet: &Sheet, word: &str) -> Option<At> {
    let head = sheet.cells.range(..(HEAD_ROWS, 0)).map(|(at, _)| *at);
    head.into_iter()
        .find(|at| words(sheet, *at).is_some_and(|text| without_note(&text) == word))
}

/// 帮办员（不少于四人） is 帮办员, 单位名称 is 单位.
fn without_note(text: &str) -> &str {
    let bare = text.split(['（', '(', '【', '[']).next().unwrap_or(text);
    bare.strip_suffix("名称").unwrap_or(bare)
}

impl Head {
    /// Finds the columns; what is missing is named.
    pub fn find(sheet: &Sheet, reader: &mut Reader<'_>) -> Option<Head> {
        let helper = find(sheet, "帮办员");
        let reviewer = find(sheet, "审核员");
        let bureau = find(sheet, "单位");
        let row = helper.or(reviewer).map_or(0, |(row, _)| row);
        for (found, word) in [(bureau, "单位"), (helper, "帮办员"), (reviewer, "审核员")] {
            if found.is_none() {
                reader.wrong(sheet, (row, 0), format!("表头缺少“{word}”一栏，请用附件的样表"));
            }
        }
        let (bureau, helper, reviewer) = (bureau?, helper?, reviewer?);
        if bureau.1 + 1 >= helper.1 || helper.1 >= reviewer.1 {
            let say = "表头应依次是“单位”（占两列：单位、窗口或工商所）、“帮办员”、“审核员”，请用附件的样表";
            reader.wrong(sheet, bureau, say);
            return None;
        }
        let rows = [under(sheet, helper), under(sheet, reviewer)];
        let own = three(sheet, rows[0], (helper.1, reviewer.1), "帮办员", reader);
        let theirs = three(sheet, rows[1], (reviewer.1, u32::MAX), "审核员", reader);
        Some(Head {
            first_row: rows[0].max(rows[1]) + 1,
            bureau: bureau.1,
            office: bureau.1 + 1,
            helper: own?,
            reviewer: theirs?,
        })
    }
}

/// The row under a cell of the head, which may be merged over several: a table that comes from Word often is.
fn under(sheet: &Sheet, at: At) -> u32 {
    let merged = sheet.merged.iter().find(|(first, _)| *first == at);
    merged.map_or(at.0, |(_, last)| last.0) + 1
}

/// 姓名、联系电话、固定电话 between two columns.
fn three(sheet: &Sheet, row: u32, (from, until): (u32, u32), group: &str, reader: &mut Reader<'_>) -> Option<Three> {
    let mut column = |known: &[&str]| {
        let mut cells = sheet.cells.range((row, from)..(row, until)).map(|(at, _)| *at);
        let found = cells.find(|at| words(sheet, *at).is_some_and(|text| known.contains(&without_note(&text))));
        if found.is_none() {
            reader.wrong(
                sheet,
                (row, from),
                format!("“{group}”下面缺少“{}”一列，请用附件的样表", known[0]),
            );
        }
        found.map(|(_, column)| column)
    };
    let name = column(&["姓名"]);
    let mobile = column(&["联系电话", "手机", "手机号", "手机号码", "移动电话"]);
    let landline = column(&["固定电话", "座机", "固话", "办公电话"]);
    Some(Three {
        name: name?,
        mobile: mobile?,
        landline: landline?,
    })
}
