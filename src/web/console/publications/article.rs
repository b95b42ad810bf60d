//! An article as it goes out, before and after it is drafted: shown alone, or in the frame of a phone on our own page.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use super::keeper;
use crate::official_account;
use crate::publish::article;
use crate::web::Web;
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// An article is made for another page: with its styles in it, and nothing else. Only our own pages frame it.
const ARTICLE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; \
                       form-action 'none'; frame-ancestors 'self'";

/// `GET /staff/publications/{edition}/{part}/{at}`: the article of this place in the draft of this part; of an edition
/// that was never drafted, as it would be.
pub async fn one(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((number, part, at)): Path<(u32, u32, usize)>,
) -> Result<Response, Failure> {
    keeper(&staff)?;
    let mut tx = web.desk.db.read().await?;
    let there = tx.publications_of(number).await?;
    let articles = if there.is_empty() {
        let edition = tx.edition(number).await?.ok_or(Failure::nothing())?;
        let look = official_account::look(&web.desk.config.official_account);
        let drafts = article::drafts(&edition, &look);
        let drafts = drafts.map_err(|_| Failure::unfit("这一期排不成公众号文章，原因在“公众号”那一页。"))?;
        let place = usize::try_from(part).ok().and_then(|part| part.checked_sub(1));
        place.and_then(|place| drafts.into_iter().nth(place))
    } else {
        let one = there.into_iter().find(|publication| publication.part == part);
        one.map(|publication| publication.articles)
    };
    drop(tx);
    let articles = articles.ok_or(Failure::nothing())?;
    let article = articles.get(at).ok_or(Failure::nothing())?;
    let worn = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ARTICLE)),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    Ok((worn, Html(article::page(article))).into_response())
}
