//! What holds for every route: no writing from other sites, no flood, safe headers, plain words for errors.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use super::Web;
use super::failure::{self, Failure};
use super::session::{self, Identity};
use crate::clock::Millis;

/// Writes of one session in a minute.
const PER_SESSION: u32 = 30;
/// Writes of one address without a session in a minute: a whole office may stand behind it.
const PER_ADDRESS: u32 = 120;
const MINUTE_MS: i64 = 60_000;
/// More counted keys than this and the old ones are dropped.
const MANY: usize = 10_000;

const POLICY: &str = "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// Counts writes, a minute at a time.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<String, (Millis, u32)>>);

impl Limits {
    /// Counts one; false if there were too many in this minute.
    fn take(&self, key: &str, most: u32, now: Millis) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > MANY {
            counts.retain(|_, (since, _)| now.since(*since) < MINUTE_MS);
        }
        let (since, count) = counts.entry(key.to_owned()).or_insert((now, 0));
        if now.since(*since) >= MINUTE_MS {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= most
    }
}

/// Lets a request through if it may be, and puts on its response what every response wears.
pub async fn guard(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let page = accept.contains("text/html");
    let response = match if reads { Ok(()) } else { may_write(&web, &request) } {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    let mut response = failure::dress(response, page);
    wear(response.headers_mut(), web.https());
    response
}

fn may_write(web: &Web, request: &Request) -> Result<(), Failure> {
    if !same_site(request.headers(), web.desk.config.public_url.as_deref()) {
        return Err(Failure::Refused(
            StatusCode::FORBIDDEN,
            "只能在本站页面上操作。请刷新页面后再试。",
        ));
    }
    let identity = Identity::of_path(request.uri().path());
    let (key, most) = match session::token_hash(&CookieJar::from_headers(request.headers()), identity) {
        Some(hash) => (hash, PER_SESSION),
        None => {
            let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
            (
                from.map_or("-".to_owned(), |ConnectInfo(address)| address.ip().to_string()),
                PER_ADDRESS,
            )
        }
    };
    if web.limits.take(&key, most, web.desk.clock.now()) {
        Ok(())
    } else {
        Err(Failure::Refused(
            StatusCode::TOO_MANY_REQUESTS,
            "发得太快了，请过一分钟再试。",
        ))
    }
}

/// Whether a writing request comes from one of our own pages. A browser always says where from; who does not say is
/// refused.
fn same_site(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let fetch_site = text(HeaderName::from_static("sec-fetch-site"));
    if fetch_site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let host = text(header::HOST).unwrap_or_default();
    let ours = |origin: &str| {
        let same_host = origin
            .split_once("://")
            .is_some_and(|(_, from)| !host.is_empty() && from == host);
        same_host || public_url.is_some_and(|url| origin_of(url) == origin)
    };
    match (text(header::ORIGIN), fetch_site, text(header::REFERER)) {
        (Some(origin), _, _) => ours(origin),
        (None, Some(_), _) => true,
        (None, None, Some(referer)) => ours(origin_of(referer)),
        (None, None, None) => false,
    }
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    &url[..end]
}

fn wear(headers: &mut HeaderMap, https: bool) {
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::CACHE_CONTROL, "no-store");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if https {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_write() {
        let table: [(&[(&'static str, &str)], bool); 8] = [
            (&[("host", "a.cn"), ("origin", "http://a.cn")], true),
            (&[("host", "a.cn"), ("origin", "http://b.cn")], false),
            (&[("host", "a.cn"), ("origin", "null")], false),
            (&[("host", "127.0.0.1:80"), ("origin", "https://help.cn")], true),
            (&[("host", "a.cn"), ("sec-fetch-site", "same-site")], false),
            (
                &[
                    ("host", "a.cn"),
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://a.cn"),
                ],
                false,
            ),
            (&[("host", "a.cn"), ("referer", "http://a.cn/g/1")], true),
            (&[("host", "a.cn")], false),
        ];
        for (headers, may) in table {
            assert_eq!(
                same_site(&said(headers), Some("https://help.cn/bb")),
                may,
                "{headers:?}"
            );
        }
    }

    #[test]
    fn the_thirty_first_write_in_a_minute_waits_for_the_next() {
        let limits = Limits::default();
        assert!((0..30).all(|_| limits.take("a", 30, Millis(0))));
        assert!(!limits.take("a", 30, Millis(59_999)));
        assert!(limits.take("b", 30, Millis(59_999)));
        assert!(limits.take("a", 30, Millis(60_000)));
    }
}
