//! The city's measures over a period, and a table of its bureaus; of a bureau's administrator only their own.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Response};

use super::{Asked, Chooser, Line, TableRow, cells, days, figures, heads, lines, scope};
use crate::domain::supervision::figures::Whom;
use crate::web::Web;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// What the table of bureaus shows; the rest is on each bureau's own page.
const COLUMNS: [&str; 10] = [
    "asked",
    "sure",
    "unsolved",
    "handed",
    "in-time",
    "claim-median",
    "claim-p90",
    "reply-median",
    "at-once",
    "good",
];

#[derive(Template)]
#[template(path = "supervision.html")]
struct Page {
    frame: Frame,
    chooser: Chooser,
    /// Whose the measures are.
    title: String,
    lines: Vec<Line>,
    heads: Vec<(&'static str, &'static str)>,
    rows: Vec<TableRow>,
    /// Nothing was asked.
    empty: bool,
    at: String,
}

/// `GET /staff/figures/period?month=2026-11`
pub async fn page(State(web): State<Arc<Web>>, Query(asked): Query<Asked>, staff: Staff) -> Result<Response, Failure> {
    let scope = scope(&staff)?;
    let (period, chooser) = asked.period(&web);
    let figures = match figures(&web, &staff, period).await? {
        Ok(figures) => figures,
        Err(reading) => return Ok(reading),
    };
    let whom = scope.map_or(Whom::City, Whom::Bureau);
    let rows = figures
        .bureaus()
        .filter(|bureau| scope.is_none_or(|own| own == bureau.id));
    let rows = rows.map(|bureau| TableRow {
        name: bureau.name.clone(),
        href: Some(format!("/staff/figures/one?{}&bureau={}", days(period), bureau.id.0)),
        gone: !bureau.active,
        cells: cells(&figures, &COLUMNS, Whom::Bureau(bureau.id)),
    });
    let now = crate::domain::time::zone::local(&web.desk.config.timezone, figures.at);
    let page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        chooser,
        title: figures.names.name_of(whom).unwrap_or("全市").to_owned(),
        lines: lines(&figures, whom, true),
        heads: heads(&COLUMNS),
        rows: rows.collect(),
        empty: figures.city == crate::domain::supervision::tally::Cell::default(),
        at: now.strftime("%-m月%-d日 %H:%M").to_string(),
    };
    Ok(Html(page.render()?).into_response())
}
