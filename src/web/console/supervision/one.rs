//! The measures of one bureau, office or helper; a bureau opens to its offices, an office to its helpers.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Response};

use super::{Asked, Chooser, Line, TableRow, cells, days, figures, heads, lines, scope, who, within};
use crate::domain::supervision::figures::{Figures, Named, Whom};
use crate::web::Web;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// What the tables of offices and helpers show: what helpers do.
const COLUMNS: [&str; 9] = [
    "handed",
    "in-time",
    "claim-median",
    "claim-p90",
    "reply-median",
    "claim-late",
    "reply-late",
    "twice",
    "good",
];

/// A table below the measures.
struct Table {
    title: &'static str,
    rows: Vec<TableRow>,
}

#[derive(Template)]
#[template(path = "supervised.html")]
struct Page {
    frame: Frame,
    chooser: Chooser,
    name: String,
    /// What the measures of an office or helper are of.
    note: bool,
    /// The fields that keep whom one looks at when another period is chosen.
    kept: Option<(&'static str, i64)>,
    back: String,
    lines: Vec<Line>,
    heads: Vec<(&'static str, &'static str)>,
    tables: Vec<Table>,
}

/// `GET /staff/figures/one?month=2026-11&bureau=3`, or `office`, or `helper`.
pub async fn page(State(web): State<Arc<Web>>, Query(asked): Query<Asked>, staff: Staff) -> Result<Response, Failure> {
    let scope = scope(&staff)?;
    let (period, chooser) = asked.period(&web);
    let figures = match figures(&web, &staff, period).await? {
        Ok(figures) => figures,
        Err(reading) => return Ok(reading),
    };
    let whom = asked.whom();
    let name = figures.names.name_of(whom).map(str::to_owned);
    let name = name
        .filter(|_| within(scope, &figures, whom))
        .ok_or_else(Failure::nothing)?;
    let page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        chooser,
        name,
        note: !matches!(whom, Whom::Bureau(_)),
        kept: match whom {
            Whom::City => None,
            Whom::Bureau(id) => Some(("bureau", id.0)),
            Whom::Office(id) => Some(("office", id.0)),
            Whom::Helper(id) => Some(("helper", id.0)),
        },
        back: format!("/staff/figures/period?{}", days(period)),
        lines: lines(&figures, whom, false),
        heads: heads(&COLUMNS),
        tables: tables(&figures, whom),
    };
    Ok(Html(page.render()?).into_response())
}

fn tables(figures: &Figures, whom: Whom) -> Vec<Table> {
    let offices = |bureau| {
        let own = figures.names.offices.iter().filter(move |one| one.bureau == bureau);
        Table {
            title: "窗口和所",
            rows: rows(figures, own.map(|one| (one, Whom::Office(one.id)))),
        }
    };
    let helpers = |of: &dyn Fn(&Named<_>) -> bool| Table {
        title: "帮办员",
        rows: rows(
            figures,
            figures
                .names
                .people
                .iter()
                .filter(|one| of(one))
                .map(|one| (one, Whom::Helper(one.id))),
        ),
    };
    match whom {
        Whom::City | Whom::Helper(_) => Vec::new(),
        Whom::Bureau(bureau) => vec![offices(bureau), helpers(&|one| one.bureau == bureau)],
        Whom::Office(office) => vec![helpers(&|one| one.office == Some(office))],
    }
}

/// Those that are there, or did something in the period.
fn rows<'a, I: 'a>(figures: &Figures, named: impl Iterator<Item = (&'a Named<I>, Whom)>) -> Vec<TableRow> {
    let there = named.filter(|(one, whom)| one.active || figures.cell(*whom).is_some());
    let row = |(one, whom): (&Named<I>, Whom)| TableRow {
        name: one.name.clone(),
        href: Some(format!("/staff/figures/one?{}{}", days(figures.period), who(whom))),
        gone: !one.active,
        cells: cells(figures, &COLUMNS, whom),
    };
    there.map(row).collect()
}
