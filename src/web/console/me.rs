//! 我: who one is here, where one is signed in, what else is one's own.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::frame::{At, Frame};
use super::staff::Staff;
use crate::web::Web;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "me.html")]
struct Page {
    frame: Frame,
}

/// `GET /staff/account`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    let frame = Frame::of(&web, &staff, At::Me).await?;
    Ok(Html(Page { frame }.render()?))
}
