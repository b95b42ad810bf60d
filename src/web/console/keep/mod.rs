//! The list's pages: what waits for approval, candidates, entries and their drafts, editions.

mod approvals;
mod candidates;
mod draft;
mod editions;
mod entry;
mod list;
mod marked;
mod sheet;
pub mod spark;
mod tests;
mod wanted;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::answered::Said;
use super::staff::Staff;
use crate::desk::curating::{Act, Came, Done};
use crate::domain::roster::rights::Right;
use crate::web::Web;
use crate::web::failure::Failure;

/// The list as a table and what goes with it.
const SHEET_LIMIT: usize = 5_100_000;

/// The fields of a draft, each at its longest, as a form sends them: nine bytes a character.
const DRAFT_LIMIT: usize = 512 * 1024;

/// The list's pages.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/staff/approvals", get(approvals::page).post(approvals::act))
        .route("/staff/candidates", get(candidates::page).post(candidates::act))
        .route("/staff/candidates/{id}", get(candidates::one).post(candidates::act_on))
        .route(
            "/staff/drafts/{id}",
            get(draft::page).merge(post(draft::act).layer(DefaultBodyLimit::max(DRAFT_LIMIT))),
        )
        .route(
            "/staff/drafts/{id}/keep",
            post(draft::keep).layer(DefaultBodyLimit::max(DRAFT_LIMIT)),
        )
        .route("/staff/drafts/{id}/tests", get(draft::tests))
        .route("/staff/editions", get(editions::page).post(editions::act))
        .route("/staff/editions/{number}/{form}", get(editions::file))
        .route("/staff/list", get(list::page).post(list::act))
        .route(
            "/staff/list.xlsx",
            get(sheet::out).merge(post(sheet::hand_in).layer(DefaultBodyLimit::max(SHEET_LIMIT))),
        )
        .route("/staff/list/{no}", get(entry::page).post(entry::act))
}

/// Whether the viewer keeps the list.
fn keeps(staff: &Staff) -> bool {
    staff.may(Right::Curate, staff.person.bureau)
}

/// Refuses whoever does not keep the list.
fn keeper(staff: &Staff) -> Result<(), Failure> {
    match keeps(staff) {
        true => Ok(()),
        false => Err(Failure::unfit("清单由市局编辑和审批来管。")),
    }
}

/// Does an act and gives what came of it, and to which page that leads where it is another one.
async fn done(web: &Web, staff: &Staff, seen: Option<i64>, act: &Act) -> Result<(Came, Option<Response>), Failure> {
    keeper(staff)?;
    let came = web.desk.curate(&staff.actor(), seen, act).await?;
    let to = match &came {
        Ok(Done::Begun(id)) => Some(format!("/staff/drafts/{}", id.0)),
        Ok(Done::Split(to)) => Some(format!("/staff/candidates/{to}")),
        Ok(_) | Err(_) => None,
    };
    Ok((came, to.map(|to| Redirect::to(&to).into_response())))
}

/// A page that answers an act.
pub(in crate::web::console) fn answer(said: &Said, page: impl IntoResponse) -> Response {
    let status = if said.refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    (status, page).into_response()
}
