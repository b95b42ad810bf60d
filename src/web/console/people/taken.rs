//! The roster as it stands, to be taken along: the official form of a bureau, or the whole of it. Both hold mobile numbers,
//! and who took them is written down.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::super::staff::Staff;
use super::roster::{NOT_YOURS, Wanted, bureau};
use crate::domain::roster::form;
use crate::domain::roster::people::Role;
use crate::roster::{annex, written};
use crate::web::Web;
use crate::web::failure::Failure;
use crate::workbook;

/// `GET /staff/people/roster/form.xlsx`: the official form as it stands.
pub async fn form(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let bureau = bureau(&web, &staff, &wanted)?;
    let roster = web.desk.roster();
    let form = form::of(&roster, bureau).ok_or(Failure::nothing())?;
    let bytes = workbook::bytes(&[annex::page(&form)]).map_err(|error| Failure::Inside(error.to_string()))?;
    taken_out(&web, &staff, &form.bureau).await?;
    Ok(sent(
        bytes,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "qingkuangbiao.xlsx",
    ))
}

/// `GET /staff/people/roster/roster.yaml`: the whole roster.
pub async fn whole(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, Failure> {
    if !staff.person.has(Role::Admin) {
        return Err(NOT_YOURS);
    }
    let text = written::yaml(&web.desk.roster(), web.desk.clock.now(), &web.desk.config.timezone);
    let text = text.map_err(Failure::Inside)?;
    taken_out(&web, &staff, "all").await?;
    Ok(sent(
        text.into_bytes(),
        "application/yaml; charset=utf-8",
        "roster.yaml",
    ))
}

async fn taken_out(web: &Web, staff: &Staff, what: &str) -> Result<(), Failure> {
    let mut tx = web.desk.db.begin().await?;
    let now = web.desk.clock.now();
    tx.audit(Some(staff.person.id), "roster_exported", what, "", now)
        .await?;
    Ok(tx.commit().await?)
}

fn sent(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}
