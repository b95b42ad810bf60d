//! An edition as Markdown, for whoever pastes it somewhere else. Text of entries never becomes markup.

use std::fmt::Write as _;

use super::{Line, TITLE, line, mark, summary};
use crate::domain::list::edition::{Edition, Item};

/// The whole edition.
pub fn text(edition: &Edition) -> String {
    let mut text = format!(
        "# {TITLE}（{}）\n\n{} {}\n\n{}\n",
        edition.name(),
        plain(&edition.issuer),
        edition.day(),
        summary(edition)
    );
    for (topic, items) in edition.by_topic() {
        let _ = write!(text, "\n## {}\n", plain(topic));
        for item in items {
            write_item(&mut text, edition, item);
        }
    }
    if !edition.withdrawn.is_empty() {
        text.push_str("\n## 本期撤下\n\n");
        for gone in &edition.withdrawn {
            let _ = writeln!(text, "- {:03} {}", gone.no, plain(&gone.question));
        }
    }
    text.push_str("\n## 附表 登记窗口\n\n| 单位 | 地址 | 电话 | 工作时间 |\n|---|---|---|---|\n");
    for window in &edition.windows {
        let cell = |text: &Option<String>| text.as_deref().map_or("—".to_owned(), plain);
        let (address, landline) = (cell(&window.address), cell(&window.landline));
        let _ = writeln!(
            text,
            "| {} | {address} | {landline} | {} |",
            plain(&window.bureau),
            plain(&window.hours)
        );
    }
    text
}

fn write_item(text: &mut String, edition: &Edition, item: &Item) {
    let mark = match mark(edition, item) {
        "" => String::new(),
        mark => format!("〔{mark}〕"),
    };
    let _ = write!(text, "\n### {} {}{mark}\n\n", item.number(), plain(&item.question));
    let mut steps = false;
    for words in &item.lines {
        let (step, said) = match line(words) {
            Line::Step(step) => (true, plain(step)),
            Line::Labelled(label, "") => (false, format!("**{label}**")),
            Line::Labelled(label, rest) => (false, format!("**{label}** {}", plain(rest))),
            Line::Plain(words) => (false, plain(words)),
        };
        if steps && !step {
            text.push('\n');
        }
        text.push_str(&said);
        text.push_str(if step { "\n" } else { "\n\n" });
        steps = step;
    }
    if steps {
        text.push('\n');
    }
    if !item.basis.is_empty() {
        let _ = write!(text, "依据：{}\n\n", plain(&item.basis.join("；")));
    }
    let _ = writeln!(
        text,
        "适用：{}　责任科室：{}　更新日期：{}",
        plain(&item.applies_to.join("、")),
        plain(&item.owner),
        item.since_day()
    );
}

/// Words that stay words.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' | '&' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
