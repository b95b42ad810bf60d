//! 条目: one entry as it is said, its past, and what can be done with it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;

use super::candidates::did;
use super::marked::{self, Changed, Mark};
use super::wanted::{Subject, Wanted};
use crate::desk::curating::EntryPage;
use crate::faq::edit::{FIELDS, Field};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "staff-entry.html")]
struct Page {
    frame: Frame,
    said: Said,
    keeps: bool,
    page: EntryPage,
    /// Its other fields that are filled.
    fields: Vec<(&'static str, String)>,
    /// The two revisions that are compared.
    two: (i64, i64),
    compared: Vec<Changed>,
    /// A reason that was written and not taken.
    kept: String,
}

/// Which revisions are compared.
#[derive(Default, Deserialize)]
pub struct Compare {
    from: Option<i64>,
    to: Option<i64>,
}

/// `GET /staff/list/{no}`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(no): Path<u32>,
    Query(compare): Query<Compare>,
) -> Result<Html<String>, Failure> {
    whole(&web, &staff, no, Said::default(), (compare, String::new())).await
}

/// `POST /staff/list/{no}`
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(no): Path<u32>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let wanted = Wanted::of(&pairs);
    let (said, to) = did(&web, &staff, &wanted, Subject::Entry(no)).await?;
    if let Some(to) = to {
        return Ok(to);
    }
    let kept = if said.refused { wanted.written() } else { String::new() };
    let page = whole(&web, &staff, no, said.clone(), (Compare::default(), kept)).await?;
    Ok(super::answer(&said, page))
}

async fn whole(
    web: &Web,
    staff: &Staff,
    no: u32,
    said: Said,
    (compare, kept): (Compare, String),
) -> Result<Html<String>, Failure> {
    let page = web.desk.entry_page(no).await?.ok_or(Failure::nothing())?;
    let newest = page.revisions.last().map_or(0, |(revision, ..)| *revision);
    let before = page
        .revisions
        .iter()
        .rev()
        .nth(1)
        .map_or(newest, |(revision, ..)| *revision);
    let two = (compare.from.unwrap_or(before), compare.to.unwrap_or(newest));
    let compared = if two.0 == two.1 {
        None
    } else {
        web.desk.compared(no, two.0, two.1).await?
    };
    let page = Page {
        frame: Frame::of(web, staff, At::List).await?,
        keeps: super::keeps(staff),
        fields: fields(&page),
        compared: compared.map_or(Vec::new(), |fields| marked::fields(&fields)),
        said,
        page,
        two,
        kept,
    };
    Ok(Html(page.render()?))
}

fn fields(page: &EntryPage) -> Vec<(&'static str, String)> {
    let shown = FIELDS
        .iter()
        .filter(|(_, field)| !matches!(field, Field::Question | Field::Answer));
    let line = |(word, field): &(&'static str, Field)| (*word, field.written(&page.entry));
    shown.map(line).filter(|(_, text)| !text.is_empty()).collect()
}
