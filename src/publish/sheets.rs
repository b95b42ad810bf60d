//! An edition as workbooks: the list as a table, and the sheets a 12345 hotline imports into its knowledge base.

use super::{PublishError, Rendered, TITLE, mark};
use crate::domain::list::edition::{Edition, Item};
use crate::workbook::{self, Page};

/// Characters of a title in the hotline's knowledge base.
pub const TITLE_MOST: usize = 128;
/// Characters of its keywords together.
const KEYWORD_MOST: usize = 20;
/// Rows of one file that it imports.
const ROWS_MOST: usize = 1000;
/// What the hotline's desk calls this kind of material.
const MATERIAL: &str = "常见问题解答";

const LIST: [(&str, f64); 8] = [
    ("序号", 7.0),
    ("类别", 12.0),
    ("适用主体", 16.0),
    ("问题", 30.0),
    ("解答", 60.0),
    ("依据", 36.0),
    ("更新日期", 15.0),
    ("责任科室", 12.0),
];
const WINDOWS: [(&str, f64); 4] = [("单位", 20.0), ("地址", 36.0), ("电话", 20.0), ("工作时间", 40.0)];
const HOTLINE: [(&str, f64); 6] = [
    ("类目", 14.0),
    ("标题", 40.0),
    ("内容", 80.0),
    ("发文单位", 20.0),
    ("材料性质", 16.0),
    ("关键字", 30.0),
];

/// The list as a table, and on sheets of their own what was withdrawn and the windows.
pub fn list(edition: &Edition) -> Result<Vec<u8>, PublishError> {
    let rows: Vec<Vec<String>> = edition.items.iter().map(|item| list_row(edition, item)).collect();
    let mut pages = vec![workbook::table(&format!("{TITLE}{}", edition.name()), &LIST, &rows)];
    if !edition.withdrawn.is_empty() {
        let gone = edition.withdrawn.iter();
        let gone: Vec<Vec<String>> = gone
            .map(|gone| vec![format!("{:03}", gone.no), gone.question.clone()])
            .collect();
        pages.push(workbook::table("本期撤下", &[("序号", 7.0), ("问题", 60.0)], &gone));
    }
    pages.push(windows(edition));
    Ok(workbook::bytes(&pages)?)
}

fn list_row(edition: &Edition, item: &Item) -> Vec<String> {
    let question = match mark(edition, item) {
        "" => item.question.clone(),
        mark => format!("{}〔{mark}〕", item.question),
    };
    vec![
        item.number(),
        item.topic.clone(),
        item.applies_to.join("、"),
        question,
        item.lines.join("\n"),
        item.basis.join("\n"),
        item.since_day(),
        item.owner.clone(),
    ]
}

fn windows(edition: &Edition) -> Page {
    let rows: Vec<Vec<String>> = edition
        .windows
        .iter()
        .map(|window| {
            let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
            vec![
                window.bureau.clone(),
                or_dash(&window.address),
                or_dash(&window.landline),
                window.hours.clone(),
            ]
        })
        .collect();
    workbook::table("附表 登记窗口", &WINDOWS, &rows)
}

/// The hotline's sheets, at most a thousand rows a file. The windows, to which answers point, are one row of their own.
/// A title that is too long is refused: cut short it would ask something else.
pub fn hotline(edition: &Edition) -> Result<Vec<Rendered>, PublishError> {
    let mut rows = Vec::with_capacity(edition.items.len() + 1);
    for item in &edition.items {
        rows.push(hotline_row(edition, item)?);
    }
    rows.push(windows_row(edition));
    let files = rows.chunks(ROWS_MOST).count();
    let mut written = Vec::with_capacity(files);
    for (part, rows) in (1..).zip(rows.chunks(ROWS_MOST)) {
        let number = if files == 1 { String::new() } else { format!("-{part}") };
        written.push(Rendered {
            path: format!("12345知识库导入{number}.xlsx"),
            bytes: workbook::bytes(&[workbook::table("知识", &HOTLINE, rows)])?,
        });
    }
    Ok(written)
}

fn hotline_row(edition: &Edition, item: &Item) -> Result<Vec<String>, PublishError> {
    let length = item.question.chars().count();
    if length > TITLE_MOST {
        return Err(PublishError::LongTitle {
            no: item.no,
            question: item.question.clone(),
            length,
        });
    }
    let mut content = item.lines.clone();
    if !item.basis.is_empty() {
        content.push(format!("依据：{}", item.basis.join("；")));
    }
    let keywords = std::iter::once(&item.topic).chain(&item.applies_to);
    let mut field = String::new();
    for word in keywords.filter(|word| !word.is_empty()) {
        let with = if field.is_empty() {
            word.clone()
        } else {
            format!("{field};{word}")
        };
        if with.chars().count() <= KEYWORD_MOST {
            field = with;
        }
    }
    Ok(vec![
        item.topic.clone(),
        item.question.clone(),
        content.join("\n"),
        edition.issuer.clone(),
        MATERIAL.to_owned(),
        field,
    ])
}

fn windows_row(edition: &Edition) -> Vec<String> {
    let lines = edition.windows.iter().map(|window| {
        let parts = [
            window.address.as_deref(),
            window.landline.as_deref(),
            Some(window.hours.as_str()),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        format!("{}：{}", window.bureau, parts.join("，"))
    });
    let lines: Vec<String> = lines.collect();
    vec![
        "附表".to_owned(),
        "登记窗口的地址、电话和工作时间（附表）".to_owned(),
        lines.join("\n"),
        edition.issuer.clone(),
        MATERIAL.to_owned(),
        "窗口;地址;电话".to_owned(),
    ]
}
