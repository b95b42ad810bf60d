//! How an edition of the list looks: as a web page, an official document, Markdown, and sheets. Pure: an edition in, files
//! out, the same bytes each time. What an edition holds is decided before; where the files go, afterwards.

use crate::domain::list::edition::{Change, Edition, Item};
use crate::workbook::Unwritable;

pub mod article;
pub mod bulletin;
pub mod document;
pub mod markdown;
pub mod page;
pub mod sheets;

/// The title of every edition, before its number.
pub const TITLE: &str = "常见问题清单";

/// A file of a rendering: its path inside the edition's folder, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// One way an edition is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A static folder to be put on any web server or opened from a disk.
    Page,
    /// DOCX in the style of GB/T 9704.
    Document,
    Markdown,
    /// XLSX: the list as a table.
    Table,
    /// XLSX for the import of the 12345 hotline's knowledge base.
    Hotline,
}

/// Every form, in the order in which they are made.
pub const FORMS: [Form; 5] = [Form::Page, Form::Document, Form::Markdown, Form::Table, Form::Hotline];

/// Why an edition cannot take a form; said to the operator.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error("第 {no:03} 条“{question}”的问题有 {length} 个字，12345 知识库的标题最多 {most} 个字。请把问题改短再冻结下一期；截断会变意思，所以没有写导入表", most = sheets::TITLE_MOST)]
    LongTitle { no: u32, question: String, length: usize },
    #[error("表格写不成")]
    Workbook(#[from] Unwritable),
    #[error("网页写不成")]
    Page(#[from] askama::Error),
    #[error("文档写不成")]
    Document(#[from] document::DocumentError),
}

impl Form {
    /// As people call it.
    pub fn chinese(self) -> &'static str {
        match self {
            Form::Page => "网页",
            Form::Document => "公文",
            Form::Markdown => "Markdown",
            Form::Table => "表格",
            Form::Hotline => "12345 知识库导入表",
        }
    }

    /// The files of an edition in this form.
    pub fn render(self, edition: &Edition) -> Result<Vec<Rendered>, PublishError> {
        let name = |ending: &str| format!("{TITLE}{}.{ending}", edition.name());
        let one = |path: String, bytes| vec![Rendered { path, bytes }];
        Ok(match self {
            Form::Page => page::files(edition)?,
            Form::Document => one(name("docx"), document::bytes(edition)?),
            Form::Markdown => one(name("md"), markdown::text(edition).into_bytes()),
            Form::Table => one(name("xlsx"), sheets::list(edition)?),
            Form::Hotline => sheets::hotline(edition)?,
        })
    }
}

/// 共收录 189 条，其中新增 3 条、修订 1 条；撤下 2 条。 The first edition only says how many there are.
pub fn summary(edition: &Edition) -> String {
    let count = |change| edition.items_that(change).count();
    let (added, changed, gone) = (count(Change::Added), count(Change::Changed), edition.withdrawn.len());
    let all = edition.items.len();
    if added == all {
        return format!("本期共收录 {all} 条。");
    }
    let parts = [("新增", added), ("修订", changed)]
        .into_iter()
        .filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts.map(|(what, count)| format!("{what} {count} 条")).collect();
    let news = match (parts.as_slice(), gone) {
        ([], 0) => "各条与上期相同".to_owned(),
        ([], gone) => format!("撤下 {gone} 条"),
        (parts, 0) => format!("其中{}", parts.join("、")),
        (parts, gone) => format!("其中{}；撤下 {gone} 条", parts.join("、")),
    };
    format!("本期共收录 {all} 条，{news}。")
}

/// The items that are marked in print: in a first edition all are new and none is.
pub fn mark(edition: &Edition, item: &Item) -> &'static str {
    let first = edition.items.iter().all(|item| item.change == Change::Added);
    if first { "" } else { item.mark() }
}

/// A line of an answer: the label it begins with, a numbered step, or plain words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    Labelled(&'a str, &'a str),
    Step(&'a str),
    Plain(&'a str),
}

/// Takes a line of an answer apart.
pub fn line(text: &str) -> Line<'_> {
    const LABELS: [&str; 7] = ["条件", "材料", "步骤", "时限", "费用", "去哪里", "注意"];
    if let Some((label, rest)) = text.split_once('：')
        && LABELS.contains(&label)
    {
        return Line::Labelled(label, rest);
    }
    match text.split_once(". ") {
        Some((number, _)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => Line::Step(text),
        _ => Line::Plain(text),
    }
}

/// 一 … 九十九, for headings; further ones in digits.
pub fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, one) if one > 0 => DIGITS[one].to_owned(),
        (1, one) => format!("十{}", DIGITS[one]),
        (ten, one) if (2..10).contains(&ten) => format!("{}十{}", DIGITS[ten], DIGITS[one]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests;
