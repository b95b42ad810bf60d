//! What the interface is, for programs (`/openapi.json`) and for people (`/api`), made from the code that answers.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::Html;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{Wrong, list, people, questions};
use crate::web::Web;
use crate::web::failure::Failure;

#[derive(OpenApi)]
#[openapi(
    info(title = "帮办接口", description = "网页上看的、做的，别的程序也能看、能做。令牌代表一个人，权限就是那个人的；每次都查，做过的进审计。\
        时间是 RFC 3339。没有做成的，回 {error, at}：哪里不对、怎么办。"),
    paths(people::me, questions::work, questions::one, questions::act, list::list, list::entry, list::candidates, list::publications,
        people::people, people::figures),
    components(schemas(Wrong)),
    modifiers(&Bearer),
    security(("token" = []))
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let parts = document.components.get_or_insert_default();
        parts.add_security_scheme("token", scheme);
    }
}

/// `GET /openapi.json` (OpenAPI 3.1)
pub async fn json() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

/// One thing that can be asked for.
struct Line {
    method: &'static str,
    path: String,
    words: String,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page<'a> {
    sample: bool,
    city: &'a str,
    lines: Vec<Line>,
}

/// `GET /api`: what there is, and how to begin.
pub async fn page(State(web): State<Arc<Web>>) -> Result<Html<String>, Failure> {
    let document = Document::openapi();
    let page = Page {
        sample: web.sample().await?,
        city: &web.desk.roster().city,
        lines: document.paths.paths.iter().flat_map(lines).collect(),
    };
    Ok(Html(page.render()?))
}

fn lines((path, item): (&String, &PathItem)) -> Vec<Line> {
    let line = |method, operation: &Option<Operation>| {
        let operation = operation.as_ref()?;
        let words = operation.summary.clone().unwrap_or_default();
        Some(Line {
            method,
            path: path.clone(),
            words,
        })
    };
    [line("GET", &item.get), line("POST", &item.post)]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_says_what_is_routed_and_nothing_else() {
        let routed = include_str!("mod.rs").split(".route(\"").skip(1);
        let mut routed: Vec<&str> = routed.filter_map(|rest| rest.split('"').next()).collect();
        routed.retain(|path| path.starts_with("/api/v1/"));
        routed.sort_unstable();
        let document = Document::openapi();
        let said: Vec<&str> = document.paths.paths.keys().map(String::as_str).collect();
        assert_eq!(said, routed);
    }
}
