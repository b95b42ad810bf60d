//! 办理量 and 占比率: figures that a bureau's business systems have and this program does not. They are handed in for a month
//! as a table, checked cell by cell; what is not there is 未报送 and is never guessed.

use std::collections::BTreeMap;

use crate::domain::roster::people::BureauId;
use crate::domain::supervision::figures::Names;
use crate::domain::supervision::ranking::forbidden;

/// A figure that is handed in (许工商〔2018〕103号 四2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Handed {
    /// 办理总量
    All,
    /// 全程电子化办理量
    Online,
    /// 占比率, in hundredths of a percent.
    Share,
}

/// The columns of the table after the bureau's number and name, in order.
pub const HANDED: [Handed; 3] = [Handed::All, Handed::Online, Handed::Share];
/// The first two columns.
pub const WHO: [&str; 2] = ["单位编号", "单位"];
/// What stands where nothing was handed in.
pub const NOT_REPORTED: &str = "未报送";
/// More is a slip of the pen.
const MOST: i64 = 10_000_000;
/// The share may differ from its two parts by so many hundredths of a percent: it was rounded.
const ROUNDED: i64 = 6;

impl Handed {
    /// Its column.
    pub fn name(self) -> &'static str {
        match self {
            Handed::All => "办理总量（件）",
            Handed::Online => "全程电子化办理量（件）",
            Handed::Share => "占比率（%）",
        }
    }

    /// Its name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Handed::All => "办理总量",
            Handed::Online => "全程电子化办理量",
            Handed::Share => "占比率",
        }
    }

    /// The figure of a column, its unit left out or not.
    fn of_column(text: &str) -> Option<Handed> {
        let bare = bare(text);
        let bare = bare.split(['（', '(']).next().unwrap_or_default();
        let all = if bare == "办理量" { "办理总量" } else { bare };
        HANDED.into_iter().find(|figure| figure.key() == all)
    }

    /// A value as people read it.
    pub fn said(self, value: i64) -> String {
        match self {
            Handed::All | Handed::Online => value.to_string(),
            Handed::Share => format!("{}.{:02} %", value / 100, value % 100),
        }
    }
}

/// What one bureau handed in; a figure that is not there was not.
pub type Row = BTreeMap<Handed, i64>;
/// A month's figures by bureau.
pub type Month = BTreeMap<BureauId, Row>;

/// What is wrong in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFlaw {
    /// B3; empty for the table as a whole.
    pub at: String,
    pub what: String,
}

/// Reads a table, its cells as they stand, from the first row on.
///
/// # Errors
/// Everything that is wrong with it, cell by cell; nothing of it counts then.
pub fn read(rows: &[Vec<String>], names: &Names) -> Result<Month, Vec<CellFlaw>> {
    let head = rows.iter().position(|row| row.iter().any(|cell| bare(cell) == "单位"));
    let Some(head) = head else {
        return Err(vec![flaw(
            "",
            "没有找到表头。第一行要有“单位”一列，请从这一页下载模板来填。",
        )]);
    };
    let mut flaws = Vec::new();
    let columns = columns(&rows[head], head, &mut flaws);
    let mut month = Month::new();
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match bureau(row, at, &columns, names) {
            Err(flaw) => flaws.push(flaw),
            Ok(bureau) if month.contains_key(&bureau) => {
                let name = columns.name.map(|column| cell_name(at, column));
                flaws.push(flaw(&name.unwrap_or_default(), "这个单位前面已经有一行，请合成一行。"));
            }
            Ok(bureau) => {
                month.insert(bureau, figures(row, at, &columns, &mut flaws));
            }
        }
    }
    if month.is_empty() && flaws.is_empty() {
        flaws.push(flaw("", "表里一个单位也没有。"));
    }
    if flaws.is_empty() { Ok(month) } else { Err(flaws) }
}

/// Which column is what.
#[derive(Default)]
struct Columns {
    number: Option<usize>,
    name: Option<usize>,
    figures: Vec<(usize, Handed)>,
}

fn columns(head: &[String], row: usize, flaws: &mut Vec<CellFlaw>) -> Columns {
    let mut columns = Columns::default();
    for (at, text) in head.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let cell = cell_name(row, at);
        match (bare(text).as_str(), Handed::of_column(text)) {
            ("单位编号", _) => columns.number = Some(at),
            ("单位", _) => columns.name = Some(at),
            (_, Some(figure)) if columns.figures.iter().any(|(_, known)| *known == figure) => {
                flaws.push(flaw(&cell, &format!("“{}”有两列，请只留一列。", figure.key())));
            }
            (_, Some(figure)) => columns.figures.push((at, figure)),
            (_, None) => {
                let why = forbidden(text);
                flaws.push(flaw(
                    &cell,
                    &why.unwrap_or_else(|| {
                        format!(
                            "不认识“{}”这一列。认识的是：单位编号、单位、{}。",
                            text.trim(),
                            HANDED.map(Handed::key).join("、")
                        )
                    }),
                ));
            }
        }
    }
    columns
}

/// Whose row it is: by its number where there is one, so that a new name does no harm; else by its name.
fn bureau(row: &[String], at: usize, columns: &Columns, names: &Names) -> Result<BureauId, CellFlaw> {
    let text = |column: Option<usize>| column.and_then(|column| row.get(column)).map_or("", |text| text.trim());
    let (number, name) = (text(columns.number), text(columns.name));
    let cell = |column: Option<usize>| column.map_or_else(String::new, |column| cell_name(at, column));
    if !number.is_empty() {
        let id = number.parse().ok().map(BureauId);
        let known = names.bureaus.iter().find(|bureau| Some(bureau.id) == id);
        return known.map(|bureau| bureau.id).ok_or_else(|| {
            flaw(
                &cell(columns.number),
                &format!("没有编号是“{number}”的单位。不知道编号就空着，只写单位。"),
            )
        });
    }
    let known = names.bureaus.iter().find(|bureau| bureau.name == name);
    known.map(|bureau| bureau.id).ok_or_else(|| {
        flaw(
            &cell(columns.name),
            &format!("名册里没有“{name}”。单位改名、合并了的，写现在的名称，或按模板写编号。"),
        )
    })
}

fn figures(row: &[String], at: usize, columns: &Columns, flaws: &mut Vec<CellFlaw>) -> Row {
    let mut figures = Row::new();
    for (column, figure) in &columns.figures {
        let text = row.get(*column).map_or("", |text| text.trim());
        if text.is_empty() || text == NOT_REPORTED {
            continue;
        }
        match value(*figure, text) {
            Ok(value) => {
                figures.insert(*figure, value);
            }
            Err(why) => flaws.push(flaw(&cell_name(at, *column), &why)),
        }
    }
    let cell = |figure: Handed| {
        let column = columns.figures.iter().find(|(_, known)| *known == figure);
        column.map_or_else(String::new, |(column, _)| cell_name(at, *column))
    };
    if let (Some(all), Some(online)) = (figures.get(&Handed::All), figures.get(&Handed::Online)) {
        if online > all {
            flaws.push(flaw(
                &cell(Handed::Online),
                &format!("全程电子化办理量 {online} 比办理总量 {all} 还多。"),
            ));
        } else if let Some(share) = figures.get(&Handed::Share)
            && *all > 0
            && (share * all - online * 10_000).abs() > ROUNDED * all
        {
            let computed = Handed::Share.said((online * 10_000 + all / 2) / all);
            flaws.push(flaw(
                &cell(Handed::Share),
                &format!("和前两列对不上：{online} ÷ {all} 是 {computed}。"),
            ));
        }
    }
    figures
}

/// A number as people and programs write it; a share in percent.
fn value(figure: Handed, text: &str) -> Result<i64, String> {
    let half: String = text.chars().map(half_width).filter(|c| *c != ',').collect();
    let said = match figure {
        Handed::All | Handed::Online => "要写整数，比如 1203",
        Handed::Share => "要写百分数，比如 83.25",
    };
    let no = || format!("“{text}”不是数字：{said}；没有数就空着，算作{NOT_REPORTED}。");
    let (whole, part) = half
        .trim_end_matches('%')
        .split_once('.')
        .unwrap_or((half.trim_end_matches('%'), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 12 || !digits(whole) || !digits(part) {
        return Err(no());
    }
    let number: i64 = whole.parse().map_err(|_| no())?;
    let nothing_after = part.bytes().all(|byte| byte == b'0');
    match figure {
        Handed::All | Handed::Online if !nothing_after || half.ends_with('%') => Err(no()),
        Handed::All | Handed::Online if number > MOST => Err(format!("{number} 太大了，最多 {MOST}。")),
        Handed::All | Handed::Online => Ok(number),
        Handed::Share => {
            let hundredths: i64 = format!("{part:0<3}")[..3].parse().map_err(|_| no())?;
            let share = number * 100 + (hundredths + 5) / 10;
            if share > 10_000 {
                Err(format!("“{text}”超过 100 %。"))
            } else {
                Ok(share)
            }
        }
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        '％' => '%',
        c => c,
    }
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .collect()
}

fn flaw(at: &str, what: &str) -> CellFlaw {
    CellFlaw {
        at: at.to_owned(),
        what: what.to_owned(),
    }
}

/// B3 for the third row's second cell.
fn cell_name(row: usize, column: usize) -> String {
    let mut name = String::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        name.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    format!("{name}{}", row + 1)
}

/// The cells of a text of comma-separated values, quotes and all.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut marks = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(mark) = marks.next() {
        match mark {
            '"' if quoted && marks.peek() == Some(&'"') => {
                marks.next();
                push(&mut rows, '"');
            }
            '"' => quoted = !quoted,
            ',' | '\t' if !quoted => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => push(&mut rows, other),
        }
    }
    rows
}

fn push(rows: &mut [Vec<String>], mark: char) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push(mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::supervision::figures::Named;

    fn names() -> Names {
        let bureau = |id, name: &str| Named {
            id: BureauId(id),
            bureau: BureauId(id),
            office: None,
            name: name.to_owned(),
            active: true,
        };
        Names {
            bureaus: vec![bureau(2, "魏都分局"), bureau(3, "禹州市局")],
            ..Names::default()
        }
    }

    fn flaws(text: &str) -> Vec<(String, String)> {
        let flaws = read(&csv(text), &names()).unwrap_err();
        flaws.into_iter().map(|flaw| (flaw.at, flaw.what)).collect()
    }

    #[test]
    fn a_month_is_read_and_what_is_missing_stays_missing() {
        let text = "\u{feff}单位编号,单位,办理总量（件）,全程电子化办理量（件）,占比率（%）\r\n2,魏都新名,\"1,203\",1000,83.13%\r\n,禹州市局,４０,,\r\n";
        let month = read(&csv(text), &names()).unwrap();
        let row = |figures: &[(Handed, i64)]| figures.iter().copied().collect::<Row>();
        let first = row(&[(Handed::All, 1203), (Handed::Online, 1000), (Handed::Share, 8313)]);
        assert_eq!(
            month,
            [(BureauId(2), first), (BureauId(3), row(&[(Handed::All, 40)]))].into()
        );
    }

    #[test]
    fn each_wrong_cell_is_named() {
        let text = "单位,办理总量,全程电子化办理量,占比率\n魏都分局,约一千,5,101\n许昌县局,1,1,100\n禹州市局,10,12,\n禹州市局,1,1,1\n";
        let found = flaws(text);
        let cells: Vec<&str> = found.iter().map(|(at, _)| at.as_str()).collect();
        assert_eq!(cells, ["B2", "D2", "A3", "C4", "A5"]);
        assert!(
            found[0].1.contains("约一千") && found[2].1.contains("许昌县局"),
            "{found:?}"
        );
        let off = flaws("单位,办理量,全程电子化办理量,占比率\n魏都分局,200,100,40\n");
        assert_eq!(off[0].0, "D2");
        assert!(off[0].1.contains("50.00 %"), "{off:?}");
        for text in ["-3", "1e5", "1.5", "十", "=1", "99999999999999999999"] {
            assert_eq!(flaws(&format!("单位,办理量\n魏都分局,{text}\n"))[0].0, "B2", "{text}");
        }
    }

    #[test]
    fn forbidden_and_unknown_columns_and_no_table_are_refused() {
        let found = flaws("单位,办理量,个体工商户增长率,人数\n魏都分局,1,2,3\n");
        assert_eq!(found[0].0, "C1");
        assert!(
            found[0].1.contains("第三十二条") && found[1].1.contains("不认识"),
            "{found:?}"
        );
        assert!(flaws("")[0].1.contains("表头"));
        assert!(flaws("单位,办理量\n")[0].1.contains("一个单位也没有"));
        assert_eq!(cell_name(0, 27), "AB1");
    }
}
