//! The JSON API for other programs (`/api/v1`): what the pages show and do, for whoever a token stands for. Every act goes
//! through the pages' own use cases and rights; no cookie counts here. What the document says of it is made from this code.

mod document;
mod list;
mod people;
mod questions;
mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::staff::Staff;
use crate::clock::Millis;
use crate::domain::time::zone;
use crate::store::accounts::Session;
use crate::web::Web;
use crate::web::failure::{self, Failure};
use crate::web::session::{self, Guest};

/// The interface, its document, and where tokens are made.
pub fn routes() -> Router<Arc<Web>> {
    let api = Router::new()
        .route("/api/v1/me", get(people::me))
        .route("/api/v1/work", get(questions::work))
        .route("/api/v1/questions/{number}", get(questions::one).post(questions::act))
        .route("/api/v1/list", get(list::list))
        .route("/api/v1/list/{no}", get(list::entry))
        .route("/api/v1/candidates", get(list::candidates))
        .route("/api/v1/publications", get(list::publications))
        .route("/api/v1/people", get(people::people))
        .route("/api/v1/figures", get(people::figures))
        .layer(middleware::from_fn(placed));
    api.route("/api", get(document::page))
        .route("/openapi.json", get(document::json))
        .route("/staff/me/tokens", post(tokens::make))
}

/// 没有做成
#[derive(Serialize, ToSchema)]
pub struct Wrong {
    /// 哪里不对、怎么办，一句中文
    error: String,
    /// 在请求的哪里：请求本身、请求头或请求体的行列
    at: String,
}

/// Says of each failure which request it was, unless something nearer was said.
async fn placed(request: Request, next: Next) -> Response {
    let place = format!("{} {}", request.method(), request.uri().path());
    let response = next.run(request).await;
    match response.status().is_success() {
        true => response,
        false => failure::at(response, place),
    }
}

/// The member of staff for whom a program works.
struct Caller(Staff);

impl FromRequestParts<Arc<Web>> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Caller, Response> {
        let who = parts.extensions.get::<Guest>().and_then(|guest| guest.who.clone());
        let Some((person, who)) = who.and_then(|who| Some((who.person.clone()?, who))) else {
            if parts.headers.contains_key(header::AUTHORIZATION) {
                web.sign_in_failed();
            }
            return Err(not_known());
        };
        noted(web, &who.session).await.map_err(Failure::into_response)?;
        let city = web.desk.roster().desk().id == person.bureau;
        Ok(Caller(Staff { who, person, city }))
    }
}

fn not_known() -> Response {
    let says = "没有令牌，或令牌已经结束、过期。请本人登录网页，在“我 › 登录和绑定”里生成一个，放在请求头 Authorization: Bearer 后面。";
    let refused = failure::refused(StatusCode::UNAUTHORIZED, says.to_owned());
    failure::at(
        ([(header::WWW_AUTHENTICATE, "Bearer")], refused).into_response(),
        "Authorization".to_owned(),
    )
}

/// Notes that a token is in use, at most once a minute.
async fn noted(web: &Web, session: &str) -> Result<(), Failure> {
    let now = web.desk.clock.now();
    let known = web.desk.db.read().await?.session(session).await?;
    if known.is_some_and(|known: Session| session::worth_noting(&known, now)) {
        let mut tx = web.desk.db.begin().await?;
        tx.touch_session(session, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What a program sends: JSON of this shape and nothing else.
struct Sent<T>(T);

impl<T: DeserializeOwned> FromRequest<Arc<Web>> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Sent<T>, Response> {
        let bytes = Bytes::from_request(request, web).await;
        let bytes = bytes.map_err(|error| error.into_response())?;
        serde_json::from_slice(&bytes).map(Sent).map_err(|error| {
            let says = format!("请求体不是这个接口要的 JSON（{error}）。字段和取值见 /openapi.json。");
            let place = format!("请求体第 {} 行第 {} 列", error.line(), error.column());
            failure::at(failure::refused(StatusCode::BAD_REQUEST, says), place)
        })
    }
}

/// A refusal in words of the moment.
fn not_done(lines: &[String]) -> Response {
    failure::refused(StatusCode::CONFLICT, lines.join("\n"))
}

/// A moment as RFC 3339 with the city's offset.
fn moment(web: &Web, at: Millis) -> String {
    let local = zone::local(&web.desk.config.timezone, at);
    local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Refuses who is no helper.
fn helper(staff: &Staff) -> Result<(), Failure> {
    match staff.person.is_helper() {
        true => Ok(()),
        false => Err(Failure::unfit("问题由帮办员来看。")),
    }
}
