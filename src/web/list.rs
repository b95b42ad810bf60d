//! Frozen editions of the list, as they were published: the same page as in the static folder.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::Web;
use super::failure::Failure;
use crate::publish::page;

/// `GET /list`: the newest edition.
pub async fn newest(State(web): State<Arc<Web>>) -> Result<Redirect, Failure> {
    let newest = web.desk.db.read().await?.newest_edition().await?;
    let newest = newest.ok_or(Failure::Refused(
        StatusCode::NOT_FOUND,
        "清单还没有发布过。现在的答复请看“常见问题”。",
    ))?;
    Ok(Redirect::to(&format!("/list/{}/", newest.number)))
}

/// `GET /list/{number}`: the page stands in a folder, beside its style and script.
pub async fn folder(Path(number): Path<u32>) -> Redirect {
    Redirect::to(&format!("/list/{number}/"))
}

/// `GET /list/{number}/`
pub async fn one(State(web): State<Arc<Web>>, Path(number): Path<u32>) -> Result<Html<String>, Failure> {
    let edition = web.desk.db.read().await?.edition(number).await?;
    let edition = edition.ok_or(Failure::Refused(
        StatusCode::NOT_FOUND,
        "没有这一期清单。请看最新的一期：/list",
    ))?;
    Ok(Html(page::html(&edition)?))
}

/// `GET /list/{number}/{file}`: style and script.
pub async fn file(State(web): State<Arc<Web>>, Path((number, name)): Path<(u32, String)>) -> Result<Response, Failure> {
    let (kind, text) = match name.as_str() {
        "list.css" => {
            let edition = web.desk.db.read().await?.edition(number).await?;
            let edition = edition.ok_or(Failure::nothing())?;
            ("text/css; charset=utf-8", page::style(&edition))
        }
        "list.js" => ("text/javascript; charset=utf-8", page::SCRIPT.to_owned()),
        "copy.js" => ("text/javascript; charset=utf-8", page::COPY.to_owned()),
        _ => return Err(Failure::nothing()),
    };
    let worn = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((worn, text).into_response())
}
