//! The body of a writing request: what our own pages send, and nothing that a foreign page could send unasked.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::Web;

/// A JSON or form body; whatever else a foreign page could send without asking is refused.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Web>> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Sent<T>, Response> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("application/json") {
            let Json(body) = Json::from_request(request, web)
                .await
                .map_err(IntoResponse::into_response)?;
            Ok(Sent(body))
        } else {
            let axum::Form(body) = axum::Form::from_request(request, web)
                .await
                .map_err(IntoResponse::into_response)?;
            Ok(Sent(body))
        }
    }
}
