//! What goes wrong, as people read it: one Chinese sentence that says what to do, never anything from inside.

use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::notice::notice;
use crate::desk::DeskError;
use crate::store::StoreError;

/// Why a request is not answered as asked.
#[derive(Debug)]
pub enum Failure {
    /// Refused, with what to do about it.
    Refused(StatusCode, &'static str),
    /// A name must be chosen first.
    NeedName,
    /// A member of staff must sign in first.
    NeedSignIn,
    /// The database is away, full or cannot be written; what was sent is not kept. Logged where it is turned into a
    /// response.
    Away(String),
    /// Something inside failed; logged where it is turned into a response.
    Inside(String),
}

/// The sentence of a failed response, for the guard to dress as page or JSON.
#[derive(Clone)]
struct Sentence(Cow<'static, str>);

/// Where in a request of another program it failed.
#[derive(Clone)]
struct Where(String);

/// A refusal of which only the moment knows the words.
pub fn refused(status: StatusCode, sentence: String) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(Sentence(sentence.into()));
    response
}

/// Says where it failed, for programs, unless that is said.
pub fn at(mut response: Response, place: String) -> Response {
    if response.extensions().get::<Where>().is_none() {
        response.extensions_mut().insert(Where(place));
    }
    response
}

impl Failure {
    /// The request is understood and cannot be done.
    pub const fn unfit(sentence: &'static str) -> Failure {
        Failure::Refused(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }

    /// There is no such thing, or not for this person.
    pub fn nothing() -> Failure {
        Failure::Refused(StatusCode::NOT_FOUND, "没有找到这个页面。请检查网址，或回到首页。")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error.is_outage() {
            true => Failure::Away(format!("{error:?}")),
            false => Failure::Inside(error.to_string()),
        }
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Failure {
        match error {
            DeskError::Store(error) => error.into(),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        Failure::Inside(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::Inside(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Inside(error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, sentence) = match self {
            Failure::Refused(status, sentence) => (status, sentence),
            Failure::NeedName => (StatusCode::UNAUTHORIZED, "请先填一个昵称，再发消息。"),
            Failure::NeedSignIn => (StatusCode::UNAUTHORIZED, "登录已失效。请向单位管理员要新的登录链接。"),
            Failure::Away(error) => {
                tracing::error!(error, "the database is away");
                (StatusCode::SERVICE_UNAVAILABLE, AWAY)
            }
            Failure::Inside(error) => {
                tracing::error!(error, "a page could not be made");
                (StatusCode::INTERNAL_SERVER_ERROR, INSIDE)
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Sentence(sentence.into()));
        response
    }
}

const AWAY: &str = "现在存不了内容（数据库暂时用不了），您刚才发的没有收下，请过一会儿再发；急事请拨打窗口电话。";
const INSIDE: &str = "系统暂时出了问题，请稍后再试；急事请拨打窗口电话。";

/// Any address that is not a page.
pub async fn nothing_here() -> Failure {
    Failure::nothing()
}

/// Gives a failed response its words: a page where a browser asked for one, JSON elsewhere. Also those that the web
/// framework made itself, whose words are English and speak of the inside.
pub fn dress(response: Response, page: bool) -> Response {
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page || (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let sentence = match response.extensions().get::<Sentence>() {
        Some(Sentence(sentence)) => sentence.as_ref(),
        None => by_status(status),
    };
    let mut dressed = if page {
        (status, notice("打不开这个页面", &[sentence], &[("/", "回到首页")])).into_response()
    } else {
        let said = match response.extensions().get::<Where>() {
            Some(Where(at)) => json!({ "error": sentence, "at": at }),
            None => json!({ "error": sentence }),
        };
        (status, Json(said)).into_response()
    };
    let kept = response
        .headers()
        .iter()
        .filter(|(name, _)| **name != header::CONTENT_TYPE && **name != header::CONTENT_LENGTH);
    let kept: HeaderMap = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    dressed.headers_mut().extend(kept);
    dressed
}

fn by_status(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "没有找到这个页面。请检查网址，或回到首页。",
        StatusCode::METHOD_NOT_ALLOWED => "这个网址不支持这样的操作。",
        StatusCode::PAYLOAD_TOO_LARGE => "内容太大了。文字最多 2000 字，图片最大 5 MB。",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "不认识的内容格式。",
        status if status.is_server_error() => INSIDE,
        _ => "这个请求看不懂。请刷新页面后再试。",
    }
}
