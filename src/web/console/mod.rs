//! The console: where staff work. Every page stands in one frame (`frame`), knows who looks (`staff`), does things
//! through the desk's use cases, and hears of what others do (`live`).

mod answered;
mod api;
mod board;
mod charts;
mod figures;
mod frame;
mod history;
mod keep;
mod live;
mod me;
mod off;
mod people;
mod publications;
mod question;
mod rooms;
mod sample;
mod sessions;
mod staff;
mod supervision;
mod system;
mod wall;
mod wanted;
mod work;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::Web;
use crate::domain::roster::people::{Person, Role};
pub use people::HandedIn;

/// A roster and what goes with it.
const ROSTER_LIMIT: usize = 5_100_000;

/// Where a member of staff begins: at what waits for them.
pub fn home(person: &Person) -> &'static str {
    if person.is_helper() {
        "/staff/work"
    } else if person.has(Role::Approver) {
        "/staff/approvals"
    } else if person.has(Role::Editor) {
        "/staff/candidates"
    } else {
        "/staff/rooms"
    }
}

/// The console's pages.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/staff/work", get(work::page))
        .route("/staff/q/{number}", get(question::page).post(question::act))
        .route("/staff/q/{number}/draft", post(question::keep))
        .route("/staff/rooms", get(rooms::page))
        .route("/staff/off", get(off::page).post(off::act))
        .route("/staff/sample", get(sample::page).post(sample::judge))
        .route("/staff/figures", get(figures::page))
        .route("/staff/figures/wall", get(wall::page))
        .merge(api::routes())
        .merge(supervision::routes())
        .merge(keep::routes())
        .merge(publications::routes())
        .route("/staff/people", get(people::page).post(people::act))
        .route("/staff/people/invite", post(people::invite::invite))
        .route(
            "/staff/people/roster",
            get(people::roster::page).merge(post(people::roster::hand_in).layer(DefaultBodyLimit::max(ROSTER_LIMIT))),
        )
        .route("/staff/people/roster/confirm", post(people::roster::confirm))
        .route("/staff/people/roster/form.xlsx", get(people::taken::form))
        .route("/staff/people/roster/roster.yaml", get(people::taken::whole))
        .route("/staff/groups", get(people::groups::page).post(people::groups::act))
        .route("/staff/system", get(system::page).post(system::verify))
        .route("/staff/me/sessions", get(sessions::page).post(sessions::end))
        .route("/staff/account", get(me::page).post(me::act))
        .route("/staff/live", get(live::stream))
}
