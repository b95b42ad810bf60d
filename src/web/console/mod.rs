//! The console: where staff work. Every page stands in one frame (`frame`), knows who looks (`staff`), does things
//! through the desk's use cases, and hears of what others do (`live`).

mod answered;
mod frame;
mod history;
mod live;
mod me;
mod people;
mod question;
mod rooms;
mod staff;
mod wanted;
mod work;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;
use crate::domain::roster::people::Person;

/// Where a member of staff begins: at what waits for them.
pub fn home(person: &Person) -> &'static str {
    if person.is_helper() {
        "/staff/work"
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
        .route("/staff/people", get(people::page).post(people::act))
        .route("/staff/account", get(me::page))
        .route("/staff/live", get(live::stream))
}
