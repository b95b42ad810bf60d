//! Text travels compressed to browsers that read it so: the page of a full room is a tenth then. Events do not: each
//! must go at once.

use std::io::Write as _;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::failure::Failure;

/// Less is not worth it; in bytes.
const LEAST: usize = 1024;
/// No page is larger; in bytes.
const MOST: usize = 64 * 1024 * 1024;
/// A page of 300 KB takes 3 ms at this level.
const LEVEL: Compression = Compression::new(4);
/// Kinds that are text, whole when they come.
const TEXTS: [&str; 5] = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "image/svg+xml",
];

/// Compresses what may be compressed.
pub async fn squeeze(request: Request, next: Next) -> Response {
    let read = reads_gzip(request.headers());
    let mut response = next.run(request).await;
    if !is_text(response.headers()) {
        return response;
    }
    let vary = HeaderValue::from_static("accept-encoding");
    response.headers_mut().append(header::VARY, vary);
    if !read {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let squeezed = match to_bytes(body, MOST).await {
        Ok(bytes) if bytes.len() < LEAST => return Response::from_parts(parts, Body::from(bytes)),
        Ok(bytes) => gzip(&bytes),
        Err(error) => return Failure::Inside(error.to_string()).into_response(),
    };
    match squeezed {
        Ok(bytes) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            let gzip = HeaderValue::from_static("gzip");
            parts.headers.insert(header::CONTENT_ENCODING, gzip);
            Response::from_parts(parts, Body::from(bytes))
        }
        Err(error) => Failure::from(error).into_response(),
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), LEVEL);
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn reads_gzip(headers: &HeaderMap) -> bool {
    let said = headers.get(header::ACCEPT_ENCODING).and_then(|said| said.to_str().ok());
    said.unwrap_or_default().split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    })
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default();
    TEXTS.contains(&kind) && !headers.contains_key(header::CONTENT_ENCODING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_reads_it_gets_it_compressed() {
        for (said, reads) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("gzip;q=0", false),
            ("br", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, said.parse().unwrap());
            assert_eq!(reads_gzip(&headers), reads, "{said}");
        }
    }
}
