//! Lays a bureau's form out as the annex has it: title, head, one block a 窗口 or 工商所, the note.

use super::TITLE;
use crate::domain::roster::form::{Block as Place, Form, Listed};
use crate::workbook::{At, Block, Look, Page, Paper};

/// The annex's own words under the table.
const NOTE: &str = "注：各单位请于8月1日前将《工商登记全程电子化帮办员及审核员情况表》报送市局注册科，邮箱 xcsjzck@163.com。\n\
窗口报送帮办员不少于四人，工商所报送帮办员不少于两人，帮办人员姓名、固定电话将向社会公布。";
/// Rows of a block in the blank form.
const WINDOW_ROWS: u32 = 4;
const STATION_ROWS: u32 = 3;
const FIRST_ROW: u32 = 3;
const LAST_COLUMN: u32 = 7;

/// The sheet of one bureau.
pub fn page(form: &Form) -> Page {
    let mut blocks = vec![block((0, 0), (0, LAST_COLUMN), TITLE, Look::Title)];
    blocks.extend(head());
    let mut row = FIRST_ROW;
    for place in &form.blocks {
        row += office(place, row, &mut blocks);
    }
    if form.blocks.is_empty() {
        let blank = Place {
            label: "窗口".to_owned(),
            at: form.at.clone(),
            helpers: Vec::new(),
            reviewers: Vec::new(),
        };
        row += office(&blank, row, &mut blocks);
    }
    blocks.push(block((FIRST_ROW, 0), (row - 1, 0), &form.bureau, Look::Body));
    blocks.push(block((row, 0), (row, LAST_COLUMN), NOTE, Look::Note));
    Page {
        name: form.bureau.clone(),
        widths: vec![13.0, 16.0, 11.0, 15.0, 17.0, 11.0, 15.0, 17.0],
        blocks,
        head_rows: FIRST_ROW,
        paper: Paper::Upright,
    }
}

fn block(from: At, to: At, text: &str, look: Look) -> Block {
    Block {
        from,
        to,
        text: text.to_owned(),
        look,
    }
}

fn head() -> Vec<Block> {
    let mut head = vec![
        block((1, 0), (2, 1), "单位", Look::Head),
        block((1, 2), (1, 4), "帮办员", Look::Head),
        block((1, 5), (1, LAST_COLUMN), "审核员", Look::Head),
    ];
    let words = ["姓名", "联系电话", "固定电话"];
    for (column, word) in (2..).zip(words.iter().chain(&words)) {
        head.push(block((2, column), (2, column), word, Look::Head));
    }
    head
}

/// The rows of one place; says how many there are.
fn office(place: &Place, first: u32, blocks: &mut Vec<Block>) -> u32 {
    let least = match place.label.starts_with("窗口") {
        true => WINDOW_ROWS,
        false => STATION_ROWS,
    };
    let rows = u32::try_from(place.helpers.len().max(place.reviewers.len()))
        .unwrap_or(u32::MAX)
        .max(least);
    blocks.push(block((first, 1), (first + rows - 1, 1), &place.label, Look::Body));
    for (index, row) in (first..first + rows).enumerate() {
        person(place.helpers.get(index), (row, 2), blocks);
        person(place.reviewers.get(index), (row, 5), blocks);
    }
    rows
}

fn person(listed: Option<&Listed>, (row, column): At, blocks: &mut Vec<Block>) {
    let mobile = listed.and_then(|listed| listed.mobile.as_ref());
    let landline = listed.and_then(|listed| listed.landline.as_ref());
    let texts = [
        listed.map_or("", |listed| listed.name.as_str()),
        mobile.map_or("", |mobile| mobile.expose_for_storage()),
        landline.map_or("", |landline| landline.as_str()),
    ];
    for (column, text) in (column..).zip(texts) {
        blocks.push(block((row, column), (row, column), text, Look::Body));
    }
}
