//! 办理量 and 占比率 of a month: the table to fill in, what was handed in, and the ranking of the share.

use std::path::Path;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};

use super::{Asked, Chooser, scope};
use crate::domain::roster::people::{BureauId, Role};
use crate::domain::supervision::figures::Names;
use crate::domain::supervision::measures::percent;
use crate::domain::supervision::period::Period;
use crate::domain::supervision::ranking::{LEAST, SAID, Seen, rank};
use crate::domain::supervision::reported::{CellFlaw, HANDED, Handed, Month, NOT_REPORTED, WHO, csv, read};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;
use crate::workbook::{self, Value};

/// What the form takes: a table of a city is some kilobytes.
pub const LIMIT: usize = 1_000_000;

/// A bureau's line.
struct Line {
    place: String,
    name: String,
    /// In the order of the columns.
    values: Vec<String>,
    interval: String,
    adjusted: String,
}

#[derive(Template)]
#[template(path = "reported.html")]
struct Page {
    frame: Frame,
    chooser: Chooser,
    said: Said,
    month: String,
    flaws: Vec<CellFlaw>,
    heads: [&'static str; 3],
    lines: Vec<Line>,
    how: &'static str,
    /// May hand in.
    keeps: bool,
}

/// `GET /staff/figures/reported?month=2026-11`
pub async fn page(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    staff: Staff,
) -> Result<Html<String>, Failure> {
    shown(&web, &staff, &asked, Said::default(), Vec::new()).await
}

/// The month that is asked for, or the one before this.
fn month(web: &Web, asked: &Asked) -> (Period, Chooser) {
    let (period, chooser) = asked.period(web);
    match period.whole_month() {
        Some(_) if !asked.month.is_empty() => (period, chooser),
        Some(_) | None => {
            let this = Period::month_of(web.desk.day(web.desk.clock.now()));
            let last = this.before().unwrap_or(this);
            let month = last.whole_month().unwrap_or_default();
            let (_, chooser) = Asked {
                month,
                ..Asked::default()
            }
            .period(web);
            (last, chooser)
        }
    }
}

/// `POST /staff/figures/reported?month=2026-11`: takes a table over, or none of it.
pub async fn hand_in(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    staff: Staff,
    parts: Multipart,
) -> Result<Response, Failure> {
    may_hand_in(&staff)?;
    let (period, _) = month(&web, &asked);
    let written = period.whole_month().unwrap_or_default();
    let (names, _) = web.desk.db.read().await?.names().await?;
    let rows = match file(parts).await? {
        Ok((name, bytes)) => rows(&name, &bytes),
        Err(why) => Err(vec![of_file(why)]),
    };
    let read = rows.and_then(|rows| read(&rows, &names));
    let (status, said, flaws) = match read {
        Ok(figures) => {
            let now = web.desk.clock.now();
            let mut tx = web.desk.db.begin().await?;
            tx.put_reported(&written, &figures, staff.person.id, now).await?;
            let note = format!("{} bureaus", figures.len());
            tx.audit(Some(staff.person.id), "figures_reported", &written, &note, now)
                .await?;
            tx.commit().await?;
            let said = format!(
                "{}的数已记下，{} 个单位。再传一次就整月换掉。",
                period.said(),
                figures.len()
            );
            let said = Said {
                lines: vec![said],
                refused: false,
            };
            (StatusCode::OK, said, Vec::new())
        }
        Err(flaws) => {
            let said = format!("有 {} 处要改，一个数也没有记。请在表里改好再传。", flaws.len());
            (StatusCode::CONFLICT, Said::refused(&said), flaws)
        }
    };
    let page = shown(&web, &staff, &asked, said, flaws).await?;
    Ok((status, page).into_response())
}

fn may_hand_in(staff: &Staff) -> Result<(), Failure> {
    let may = staff.person.has(Role::Supervisor) || staff.person.has(Role::Admin);
    may.then_some(()).ok_or(Failure::unfit("办理量由督导或管理员来导入。"))
}

async fn shown(
    web: &Web,
    staff: &Staff,
    asked: &Asked,
    said: Said,
    flaws: Vec<CellFlaw>,
) -> Result<Html<String>, Failure> {
    let scope = scope(staff)?;
    let (period, chooser) = month(web, asked);
    let written = period.whole_month().unwrap_or_default();
    let mut tx = web.desk.db.read().await?;
    let ((names, _), reported) = (tx.names().await?, tx.reported(&written).await?);
    drop(tx);
    let page = Page {
        frame: Frame::of(web, staff, At::Figures).await?,
        chooser,
        said,
        month: written,
        flaws,
        heads: HANDED.map(Handed::name),
        lines: lines(&names, &reported, scope),
        how: SAID,
        keeps: may_hand_in(staff).is_ok(),
    };
    Ok(Html(page.render()?))
}

fn lines(names: &Names, reported: &Month, scope: Option<BureauId>) -> Vec<Line> {
    let there = names
        .bureaus
        .iter()
        .filter(|one| one.active || reported.contains_key(&one.id));
    let of = |bureau: BureauId, figure| reported.get(&bureau).and_then(|row| row.get(&figure)).copied();
    let seen = |bureau: BureauId| {
        let parts = of(bureau, Handed::Online).zip(of(bureau, Handed::All));
        let whole = |number: i64| u64::try_from(number).unwrap_or_default();
        let (part, all) = parts.map_or((0, 0), |(part, all)| (whole(part), whole(all)));
        Seen {
            who: bureau,
            part,
            whole: all,
        }
    };
    let seen: Vec<Seen<BureauId>> = there.map(|one| seen(one.id)).collect();
    let ranking = rank(&seen, true);
    let placed = ranking
        .placed
        .iter()
        .filter(|one| scope.is_none_or(|own| own == one.who));
    placed
        .map(|one| Line {
            place: match (one.place, one.whole) {
                (Some(place), _) => place.to_string(),
                (None, 0) => "—".to_owned(),
                (None, _) => format!("不足 {LEAST}，只列"),
            },
            name: names
                .name_of(crate::domain::supervision::figures::Whom::Bureau(one.who))
                .unwrap_or_default()
                .to_owned(),
            values: HANDED
                .map(|figure| of(one.who, figure).map_or_else(|| NOT_REPORTED.to_owned(), |value| figure.said(value)))
                .into(),
            interval: one
                .interval
                .map_or_else(String::new, |(low, high)| format!("{}–{}", percent(low), percent(high))),
            adjusted: one.adjusted.map_or_else(String::new, percent),
        })
        .collect()
}

/// The table to fill in, with the bureaus and what was handed in before.
fn template(names: &Names, reported: &Month) -> Vec<Vec<String>> {
    let there = names.bureaus.iter().filter(|one| one.active);
    there
        .map(|one| {
            let value = |figure: Handed| {
                let value = reported.get(&one.id).and_then(|row| row.get(&figure));
                value.map_or_else(String::new, |value| figure.said(*value).replace(" %", ""))
            };
            let who = [one.id.0.to_string(), one.name.clone()];
            who.into_iter().chain(HANDED.map(value)).collect()
        })
        .collect()
}

fn head() -> Vec<&'static str> {
    WHO.into_iter().chain(HANDED.map(Handed::name)).collect()
}

/// `GET /staff/figures/reported/table.csv?month=2026-11`
pub async fn as_csv(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    staff: Staff,
) -> Result<Response, Failure> {
    may_hand_in(&staff)?;
    let (rows, name) = filled(&web, &asked, "csv").await?;
    let mut text = format!("\u{feff}{}\r\n", head().join(","));
    for row in rows {
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    Ok(sent(text.into_bytes(), "text/csv; charset=utf-8", &name))
}

/// `GET /staff/figures/reported/table.xlsx?month=2026-11`
pub async fn as_workbook(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    staff: Staff,
) -> Result<Response, Failure> {
    may_hand_in(&staff)?;
    let (rows, name) = filled(&web, &asked, "xlsx").await?;
    let widths = [10.0, 20.0, 18.0, 24.0, 14.0];
    let columns: Vec<(&str, f64)> = head().into_iter().zip(widths).collect();
    let page = workbook::table("办理量", &columns, &rows);
    let bytes = workbook::bytes(&[page]).map_err(|error| Failure::Inside(error.to_string()))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(sent(bytes, kind, &name))
}

async fn filled(web: &Web, asked: &Asked, ending: &str) -> Result<(Vec<Vec<String>>, String), Failure> {
    let (period, _) = month(web, asked);
    let written = period.whole_month().unwrap_or_default();
    let mut tx = web.desk.db.read().await?;
    let ((names, _), reported) = (tx.names().await?, tx.reported(&written).await?);
    Ok((template(&names, &reported), format!("banliliang-{written}.{ending}")))
}

fn sent(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// The file of the form: its name and bytes, or why there is none.
async fn file(mut parts: Multipart) -> Result<Result<(String, Vec<u8>), &'static str>, Failure> {
    let unread = |_| Failure::unfit("文件没有传完，请再试一次。");
    while let Some(field) = parts.next_field().await.map_err(unread)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(unread)?;
        return Ok(if bytes.is_empty() {
            Err("请先选一个文件。")
        } else {
            Ok((name, bytes.to_vec()))
        });
    }
    Ok(Err("请先选一个文件。"))
}

fn of_file(what: &str) -> CellFlaw {
    CellFlaw {
        at: String::new(),
        what: what.to_owned(),
    }
}

/// The cells of a file that was sent.
fn rows(name: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, Vec<CellFlaw>> {
    let path = Path::new(name);
    // A .csv is named like a table, but is read here.
    if !workbook::is_workbook(bytes, Path::new("")) {
        let text = std::str::from_utf8(bytes);
        let text = text.map_err(|_| {
            vec![of_file(
                "文件不是 UTF-8 的 CSV。请在 Excel 里另存为“CSV UTF-8”，或直接传 .xlsx。",
            )]
        })?;
        return Ok(csv(text));
    }
    let sheets = workbook::open_sent(bytes, path).map_err(|error| vec![of_file(&error.to_string())])?;
    let Some(sheet) = sheets
        .into_iter()
        .find(|sheet| !sheet.hidden && !sheet.cells.is_empty())
    else {
        return Err(vec![of_file("工作簿里没有写东西的工作表。")]);
    };
    let last = |of: fn(&(u32, u32)) -> u32| sheet.cells.keys().map(of).max().unwrap_or_default() as usize;
    let mut rows = vec![vec![String::new(); last(|at| at.1) + 1]; last(|at| at.0) + 1];
    for ((row, column), value) in sheet.cells {
        rows[row as usize][column as usize] = match value {
            Value::Text(text) | Value::Number(text) => text,
            Value::Formula => "公式".to_owned(),
            Value::Fault(text) => text,
            Value::Other => "日期".to_owned(),
        };
    }
    Ok(rows)
}
