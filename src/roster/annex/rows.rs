//! The rows under the head: bureaus, their 窗口 and 工商所, and who stands in them.

use super::head::{Head, Three, words};
use super::{Reader, place};
use crate::domain::roster::form::{Block, Form, Listed, tidy};
use crate::domain::roster::names::{self, Named};
use crate::domain::roster::phone::{Landline, Mobile, NumberProblem};
use crate::workbook::{At, Sheet, Value};

const FORMULA: &str = "这里是公式，请改成数值（复制后选择性粘贴“数值”）再导入";

/// Reads the rows of a sheet into forms.
pub fn read(sheet: &Sheet, head: &Head, reader: &mut Reader<'_>) {
    let handed_in_by = reader.bureau.map(str::to_owned).or_else(|| filled_in_by(sheet, head));
    let mut rows = Rows {
        sheet,
        head,
        reader,
        handed_in_by,
        forms: Vec::new(),
        office_at: None,
    };
    let last = sheet.cells.keys().next_back().map_or(0, |(row, _)| *row);
    let note = (head.first_row..=last).find(|row| rows.is_note(*row));
    for row in head.first_row..note.unwrap_or(last + 1) {
        rows.row(row);
    }
    rows.beside(note);
    let forms = rows.finish();
    reader.forms.extend(forms);
}

/// 填报单位：… above the table.
fn filled_in_by(sheet: &Sheet, head: &Head) -> Option<String> {
    let above = sheet.cells.range(..(head.first_row, 0)).map(|(at, _)| *at);
    above.into_iter().find_map(|at| {
        let text = words(sheet, at)?;
        let rest = text
            .strip_prefix("填报单位")
            .or_else(|| text.strip_prefix("报送单位"))?;
        let rest = rest.trim_start_matches([':', '：']);
        let rest = rest.split(['（', '(']).next().unwrap_or(rest).to_owned();
        let name = if rest.is_empty() {
            words(sheet, (at.0, at.1 + 1))?
        } else {
            rest
        };
        (!stands_for_a_name(&name)).then_some(name)
    })
}

/// `xx 局` and `xx 工商所` of the blank form.
fn stands_for_a_name(name: &str) -> bool {
    let name = tidy(name).to_lowercase();
    ["xx", "××", "ｘｘ", "某", "**", "＊＊", "__"]
        .iter()
        .any(|blank| name.starts_with(blank))
}

struct Rows<'s, 'r, 'a> {
    sheet: &'s Sheet,
    head: &'s Head,
    reader: &'r mut Reader<'a>,
    handed_in_by: Option<String>,
    forms: Vec<Form>,
    /// Where the current block's label stands.
    office_at: Option<At>,
}

impl Rows<'_, '_, '_> {
    fn is_note(&self, row: u32) -> bool {
        let columns = [self.head.bureau, self.head.office];
        columns.iter().any(|column| {
            words(self.sheet, (row, *column)).is_some_and(|text| text.starts_with("注：") || text.starts_with("注:"))
        })
    }

    fn row(&mut self, row: u32) {
        self.bureau(row);
        self.office(row);
        let helper = self.listed(row, self.head.helper);
        let reviewer = self.listed(row, self.head.reviewer);
        if helper.is_none() && reviewer.is_none() {
            return;
        }
        if let Some(at) = self.label_out_of_sight(row) {
            let say = format!("这一行的人属于哪里写在隐藏的第 {} 行，请取消隐藏，或在这里写明", at + 1);
            self.reader.wrong(self.sheet, (row, self.head.office), say);
            return;
        }
        let Some(block) = self.forms.last_mut().and_then(|form| form.blocks.last_mut()) else {
            let say = "这一行的人没有写在哪个窗口或工商所，请在“单位”的第二列写明";
            self.reader.wrong(self.sheet, (row, self.head.office), say);
            return;
        };
        block.helpers.extend(helper);
        block.reviewers.extend(reviewer);
    }

    /// A label of one of the two first columns, through merged cells, and where it stands.
    fn label(&mut self, row: u32, column: u32) -> Option<(At, String)> {
        let at = self.sheet.first_of((row, column));
        if at.1 != column || at.0 < self.head.first_row {
            return None;
        }
        match self.sheet.cells.get(&at)? {
            Value::Text(text) if matches!(names::read(text), Named::Remark) && !stands_for_a_name(text) => {
                if at.0 == row {
                    self.reader
                        .remind(self.sheet, at, "这一格不是单位、窗口或工商所的名称，没有读");
                }
                None
            }
            Value::Text(text) => Some((at, tidy(text))),
            Value::Formula => {
                if at.0 == row {
                    self.reader.wrong(self.sheet, at, FORMULA);
                }
                None
            }
            Value::Number(_) | Value::Fault(_) | Value::Other => {
                if at.0 == row {
                    self.reader.wrong(self.sheet, at, "这里应为名称，请改正");
                }
                None
            }
        }
    }

    fn bureau(&mut self, row: u32) {
        let written = self.label(row, self.head.bureau);
        let current = self.forms.last().map(|form| form.bureau.clone());
        let (at, name) = match written {
            Some((at, name)) if stands_for_a_name(&name) => (at, self.handed_in_by.clone().unwrap_or_default()),
            Some(written) => written,
            None if current.is_none() => match self.handed_in_by.clone() {
                Some(name) => ((row, self.head.bureau), name),
                None => return,
            },
            None => return,
        };
        if current.as_ref() == Some(&name) {
            return;
        }
        self.office_at = None;
        self.forms.push(Form {
            bureau: name,
            at: place(self.sheet, at),
            blocks: Vec::new(),
        });
    }

    fn office(&mut self, row: u32) {
        let Some((at, label)) = self.label(row, self.head.office) else {
            return;
        };
        if self.forms.is_empty() {
            self.forms.push(Form {
                bureau: String::new(),
                at: place(self.sheet, (row, self.head.bureau)),
                blocks: Vec::new(),
            });
        }
        let merged = self.sheet.merged.iter().any(|(from, _)| *from == at);
        let Some(form) = self.forms.last_mut() else { return };
        // The same name in the next row of an unmerged column is the same place.
        let goes_on = self.office_at == Some(at) || (!merged && form.blocks.last().is_some_and(|b| b.label == label));
        self.office_at = Some(at);
        if !goes_on {
            form.blocks.push(Block {
                label,
                at: place(self.sheet, at),
                helpers: Vec::new(),
                reviewers: Vec::new(),
            });
        }
    }

    /// The hidden row whose place would speak for this row, if no row that is seen names one in between.
    fn label_out_of_sight(&self, row: u32) -> Option<u32> {
        let labels = [self.head.bureau, self.head.office];
        let from = self.office_at.map_or(self.head.first_row, |(row, _)| row + 1);
        let own = self.sheet.first_of((row, self.head.office));
        if own.0 != row && self.office_at == Some(own) {
            return None;
        }
        if from >= row {
            return None;
        }
        let mut unseen = self.sheet.unseen.range((from, 0)..(row, 0));
        unseen.find(|at| labels.contains(&at.1)).map(|at| at.0)
    }

    fn listed(&mut self, row: u32, three: Three) -> Option<Listed> {
        let name = self.name((row, three.name));
        let mobile = self.number((row, three.mobile), |text, _| Mobile::parse(text));
        // One landline for several people is often one merged cell.
        let shared = self.sheet.first_of((row, three.landline));
        let landline_at = if shared.1 == three.landline {
            shared
        } else {
            (row, three.landline)
        };
        let own = landline_at == (row, three.landline);
        let landline = match own || name.is_some() {
            true => self.number(landline_at, landline),
            false => None,
        };
        let known = self
            .reader
            .problems
            .iter()
            .any(|problem| problem.at == place(self.sheet, (row, three.name)));
        if name.is_none() && known {
            return None;
        }
        let Some(name) = name else {
            let number = [(row, three.mobile), (row, three.landline)]
                .into_iter()
                .find(|at| self.says_number(*at));
            if let Some(at) = number {
                self.reader
                    .wrong(self.sheet, at, "这一行有号码没有姓名，请补上姓名或删去号码");
            }
            return None;
        };
        Some(Listed {
            name,
            mobile,
            landline,
            at: place(self.sheet, (row, three.name)),
        })
    }

    fn name(&mut self, at: At) -> Option<String> {
        let named = match self.sheet.cells.get(&at)? {
            Value::Text(text) => names::read(text),
            Value::Formula => return self.no_name(at, FORMULA),
            Value::Number(_) | Value::Fault(_) | Value::Other => return self.no_name(at, "这里应为姓名，请改正"),
        };
        match named {
            Named::Person(name) => Some(name),
            Named::Nobody => None,
            Named::Several => self.no_name(at, "一格只能写一个姓名，请每人一行；姓名中间的间隔号请写“·”"),
            Named::Unsaid => self.no_name(at, "这里没有写明是谁，请补上姓名；没有定人的请清空这一行"),
            Named::Remark => {
                self.reader.remind(self.sheet, at, "这一格不是姓名，没有读");
                None
            }
        }
    }

    fn no_name(&mut self, at: At, say: &str) -> Option<String> {
        self.reader.wrong(self.sheet, at, say);
        None
    }

    fn says_number(&self, at: At) -> bool {
        match self.sheet.cells.get(&at) {
            Some(Value::Text(text)) => !says_nothing(text),
            Some(Value::Number(_)) => true,
            Some(Value::Formula | Value::Fault(_) | Value::Other) | None => false,
        }
    }

    /// A telephone number; what is written is not repeated, it may be somebody's mobile.
    fn number<T>(&mut self, at: At, read: impl Fn(&str, bool) -> Result<T, NumberProblem>) -> Option<T> {
        let read = match self.sheet.cells.get(&at)? {
            Value::Text(text) if says_nothing(text) => return None,
            Value::Text(text) => read(text, false).map_err(|problem| problem.to_string()),
            Value::Number(digits) => read(digits, true).map_err(|problem| problem.to_string()),
            Value::Formula => Err(FORMULA.to_owned()),
            Value::Fault(_) | Value::Other => Err("这里应为电话号码，请改正".to_owned()),
        };
        match read {
            Ok(number) => Some(number),
            Err(message) => {
                let known = self
                    .reader
                    .problems
                    .iter()
                    .any(|problem| problem.at == place(self.sheet, at));
                if !known {
                    self.reader.wrong(self.sheet, at, message);
                }
                None
            }
        }
    }

    /// What stands beside or below the table is not read; people are told, so that nothing is thought to be in.
    fn beside(&mut self, note: Option<u32>) {
        let three = [self.head.helper.columns(), self.head.reviewer.columns()].concat();
        let known = |column: u32| column == self.head.bureau || column == self.head.office || three.contains(&column);
        let mut columns: Vec<u32> = Vec::new();
        let mut below = None;
        for at in self.sheet.cells.keys().filter(|at| at.0 >= self.head.first_row) {
            match note {
                Some(note) if at.0 > note => {
                    if three.contains(&at.1) {
                        below.get_or_insert(*at);
                    }
                }
                Some(note) if at.0 == note => {}
                Some(_) | None => {
                    if !known(at.1) && !columns.contains(&at.1) {
                        columns.push(at.1);
                        self.reader.remind(self.sheet, *at, "这一列不属于情况表，没有读");
                    }
                }
            }
        }
        if let Some(at) = below {
            self.reader.remind(self.sheet, at, "“注”以下的内容没有读");
        }
    }

    /// The forms in which something stands; what only stands for a name and has people is wrong.
    fn finish(self) -> Vec<Form> {
        let Rows {
            sheet, reader, forms, ..
        } = self;
        let mut finished = Vec::new();
        for mut form in forms {
            form.blocks.retain(|block| {
                let people = block.helpers.len() + block.reviewers.len();
                let blank = stands_for_a_name(&block.label);
                if blank && people > 0 {
                    let say = format!("请把“{}”改成真实名称", block.label);
                    reader.wrong(sheet, (block.at.row, block.at.column), say);
                }
                people > 0 || !blank
            });
            if form
                .blocks
                .iter()
                .all(|block| block.helpers.is_empty() && block.reviewers.is_empty())
            {
                continue;
            }
            if form.bureau.is_empty() {
                let say = "没有写是哪个单位：请在“单位”一栏写明，或加 --bureau 单位";
                reader.wrong(sheet, (form.at.row, form.at.column), say);
            }
            finished.push(form);
        }
        finished
    }
}

/// An empty cell, a dash, 无.
fn says_nothing(text: &str) -> bool {
    matches!(names::read(text), Named::Nobody)
}

/// A landline; a number typed in Excel has lost the zero before its area code.
fn landline(written: &str, typed: bool) -> Result<Landline, NumberProblem> {
    match Landline::parse(written) {
        Err(NumberProblem::NotLandline) if typed && !written.starts_with('0') => {
            Landline::parse(&format!("0{written}"))
        }
        read => read,
    }
}
