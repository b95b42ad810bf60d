//! What holds for every request: the right host, a place at the doors, a body in time, no writing from other sites, no
//! flood, safe headers, plain words for errors.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use super::Web;
use super::allowance::{Doer, Doing};
use super::client::{Client, is_past_the_proxy};
use super::doors::{Place, Stay, Timely, Turned, held};
use super::failure::{self, Failure};
use super::session::{self, Guest, Identity};
use super::signin;

/// Words have to be here after this long, a picture over a bad line after that.
const WORDS: Duration = Duration::from_secs(20);
const PICTURE: Duration = Duration::from_secs(90);

const POLICY: &str = "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; \
                      form-action 'self'; frame-ancestors 'none'";
const TOO_FAST: Failure = Failure::Refused(StatusCode::TOO_MANY_REQUESTS, "太快了，请过一分钟再试。");
const FULL: Failure = Failure::Refused(
    StatusCode::SERVICE_UNAVAILABLE,
    "现在同时用的人太多，请过一会儿再试；急事请拨打窗口电话。",
);
const CROWD: Failure = Failure::Refused(
    StatusCode::TOO_MANY_REQUESTS,
    "您这个网络里同时打开的太多，请关掉几个页面再试。",
);
const LATE: Failure = Failure::Refused(StatusCode::REQUEST_TIMEOUT, "没有传完，可能是网络慢。请再试一次。");
const ELSEWHERE: Failure = Failure::Refused(
    StatusCode::MISDIRECTED_REQUEST,
    "这个网址不是帮办的。请用单位公布的网址打开。",
);

/// Around everything that is served: lets a request in if it may be, and puts on its response what every one wears.
pub async fn front(State(web): State<Arc<Web>>, mut request: Request, next: Next) -> Response {
    let page = wants_page(&request);
    let from = Client::of(&request, &web.desk.config.web.trusted_proxies);
    request.extensions_mut().insert(from);
    let (response, stay) = match let_in(&web, &mut request, from).await {
        Ok(stay) => (answered(request, next, page).await, stay),
        Err(failure) => (failure::dress(failure.into_response(), page), None),
    };
    let held = match stay {
        Some(stay) => held(response, stay),
        None => Ok(response),
    };
    let mut response = held.unwrap_or_else(|turned| failure::dress(turned_away(&web, turned).into_response(), page));
    wear(response.headers_mut(), web.https());
    if matches!(
        response.status(),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
    ) {
        let minute = HeaderValue::from_static("60");
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(minute);
    }
    response
}

/// Around what is served apart from the pages.
pub async fn plain(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    wear(response.headers_mut(), false);
    response
}

/// The response, unless the request's body does not come in time.
async fn answered(request: Request, next: Next, page: bool) -> Response {
    let whole = match request.uri().path().rsplit('/').next() {
        Some("picture") => PICTURE,
        Some(_) | None => WORDS,
    };
    let (parts, body) = request.into_parts();
    let (body, timely) = Timely::within(body, whole);
    let response = next.run(Request::from_parts(parts, body)).await;
    if !timely.is_too_slow() {
        if response.status().is_client_error() || response.status().is_server_error() {
            timely.let_go().await;
        }
        return response;
    }
    let mut late = failure::dress(LATE.into_response(), page);
    let close = HeaderValue::from_static("close");
    late.headers_mut().insert(header::CONNECTION, close);
    late
}

/// A place for the request; none where nobody keeps places, as in a test.
async fn let_in(web: &Arc<Web>, request: &mut Request, from: Client) -> Result<Option<Stay>, Failure> {
    if !right_host(request.headers(), web.desk.config.public_url.as_deref()) {
        return Err(ELSEWHERE);
    }
    let path = request.uri().path();
    // Who gets here past the proxy that speaks https would be answered in plain text.
    let config = &web.desk.config;
    let past = web.https() && !config.allow_plain && is_past_the_proxy(request, &config.web.trusted_proxies);
    if past && path != "/healthz" {
        return Err(ELSEWHERE);
    }
    let (mut guest, mut staff) = (Guest::default(), is_way_in(request.method(), path));
    if !staff && !is_plain(path) {
        let cookies = CookieJar::from_headers(request.headers());
        guest.who = match is_for_programs(path) {
            true => session::program(web, request.headers()).await?,
            false => session::who(web, &cookies, Identity::of_path(path)).await?,
        };
        staff = match &guest.who {
            Some(who) => who.person.is_some(),
            None if is_for_programs(path) => false,
            None => is_known_staff(web, request.headers(), path).await?,
        };
    }
    request.extensions_mut().insert(guest);
    let Some(place) = request.extensions().get::<Arc<Place>>() else {
        return Ok(None);
    };
    if staff {
        return Ok(Some(place.staff()));
    }
    let stay = place.visitor(from.0).map_err(|turned| turned_away(web, turned))?;
    Ok(Some(stay))
}

/// What is the same for everybody: nobody is looked up for it, and it is answered without a database.
fn is_plain(path: &str) -> bool {
    path.starts_with("/assets/") || path == "/healthz"
}

/// The page that signs staff in, and its script: short, the same for everybody and answered at once. It takes nobody's
/// place, so staff come to it in a full house too.
fn is_way_in(method: &Method, path: &str) -> bool {
    matches!(*method, Method::GET | Method::HEAD) && matches!(path, "/in" | "/assets/signin.js")
}

/// Staff on a page for visitors, or on their way in with a link that is good.
async fn is_known_staff(web: &Arc<Web>, headers: &HeaderMap, path: &str) -> Result<bool, Failure> {
    let cookies = &CookieJar::from_headers(headers);
    if matches!(path, "/in" | "/in/who") {
        return match signin::in_header(headers) {
            Some(link) => Ok(signin::invited(web, &link).await?.is_some()),
            None => Ok(false),
        };
    }
    let visiting = Identity::of_path(path) == Identity::Visitor;
    Ok(visiting && session::who(web, cookies, Identity::Staff).await?.is_some())
}

fn turned_away(web: &Web, turned: Turned) -> Failure {
    match turned {
        Turned::Full => {
            web.tally.add("full");
            FULL
        }
        Turned::Crowd => {
            web.tally.add("crowd");
            CROWD
        }
    }
}

/// Around the pages: who writes does it from one of them, nobody does too much of anything, and what fails says so.
pub async fn guard(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let page = wants_page(&request);
    let response = match may(&web, &request) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    failure::dress(response, page)
}

/// Whether a browser asks for a page, and not a script of ours or another program for data.
fn wants_page(request: &Request) -> bool {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    !is_for_programs(request.uri().path()) && accept.is_some_and(|accept| accept.contains("text/html"))
}

/// What other programs use, with a token: no cookie counts there, so no foreign page can use a browser's.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/v1/")
}

fn may(web: &Web, request: &Request) -> Result<(), Failure> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let browser = !is_for_programs(request.uri().path());
    if !reads && browser && !same_site(request.headers(), web.desk.config.public_url.as_deref()) {
        return Err(Failure::Refused(
            StatusCode::FORBIDDEN,
            "只能在本站页面上操作。请刷新页面后再试。",
        ));
    }
    let Some(doing) = doing(reads, request.uri().path()) else {
        return Ok(());
    };
    let from = request.extensions().get::<Client>().copied();
    let guest = request.extensions().get::<Guest>();
    let allowed = match (guest.and_then(|guest| guest.who.as_ref()), from) {
        (Some(who), from) => {
            let own = web.take(doing, Doer::Account(who.account.clone()));
            // A room full of helpers may stand behind one address.
            own && (who.person.is_some() || from.is_none_or(|Client(from)| web.take(doing, Doer::Address(from))))
        }
        (None, Some(Client(from))) => web.take(doing, Doer::Address(from)),
        (None, None) => true,
    };
    if allowed { Ok(()) } else { Err(TOO_FAST) }
}

/// What a request does, as far as it is counted. Signing in is counted where it fails, so that nobody who visits keeps
/// staff out.
fn doing(reads: bool, path: &str) -> Option<Doing> {
    let last = path.rsplit('/').next().unwrap_or_default();
    if matches!(path, "/in" | "/in/who") || path.starts_with("/assets/") {
        return None;
    }
    Some(match last {
        _ if path.starts_with("/media/") => Doing::Look,
        _ if reads => Doing::Read,
        "press" | "wish" => Doing::Press,
        "picture" => Doing::Picture,
        "say" | "edit" | "takedown" | "sessions" | "publications" => Doing::Say,
        "awake" | "read" | "draft" | "near" => Doing::Read,
        _ if path.starts_with("/staff/") || is_for_programs(path) => Doing::Press,
        _ => Doing::Name,
    })
}

impl Web {
    /// Takes one of somebody's allowance.
    fn take(&self, doing: Doing, doer: Doer) -> bool {
        let quotas = &self.desk.config.quotas;
        let most = match (&doer, doing) {
            (Doer::Account(_), _) => doing.of_account(),
            (Doer::Address(_), Doing::Say) => quotas.messages_per_address,
            (Doer::Address(_), Doing::Session) => quotas.sessions_per_address,
            (Doer::Address(_) | Doer::All, _) => doing.of_address(),
        };
        let left = self.allowances.take(doing, doer, most, self.desk.clock.now());
        if !left {
            self.tally.add(doing.key());
        }
        left
    }

    /// One more visitor from an address, if there may be.
    pub fn may_come(&self, from: IpAddr) -> Result<(), Failure> {
        if self.take(Doing::Session, Doer::Address(from)) {
            return Ok(());
        }
        Err(Failure::Refused(
            StatusCode::TOO_MANY_REQUESTS,
            "这个网络里新来的人太多了，请过一小时再试；急事请拨打窗口电话。",
        ))
    }

    /// A link that is not good was tried: false where that was done too often from there.
    pub fn may_try(&self, from: IpAddr) -> bool {
        self.take(Doing::SignIn, Doer::Address(from))
    }

    /// A sign-in failed: counted for the figures and for the alarm.
    pub fn sign_in_failed(&self) {
        self.tally.add("sign_in_failed");
        self.failed.note(self.desk.clock.now());
    }

    /// Whether something is written down that anybody can cause: so often that the record stays readable.
    pub fn may_note(&self) -> bool {
        self.take(Doing::Noting, Doer::All)
    }
}

/// Whether the host asked for is ours. Where people reach us is not known without `public_url`; and an address of numbers
/// is no other site's.
fn right_host(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let (Some(url), Some(host)) = (public_url, headers.get(header::HOST)) else {
        return true;
    };
    let Ok(host) = host.to_str() else { return false };
    let origin = origin_of(url);
    let (scheme, public) = origin.split_once("://").unwrap_or(("", origin));
    let default = if scheme == "https" { ":443" } else { ":80" };
    let name = |host: &str| host.strip_suffix(default).unwrap_or(host).to_ascii_lowercase();
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    let numbers = |host: &str| host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    name(host) == name(public) || bare == "localhost" || numbers(host) || numbers(bare)
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
    fn whatever_costs_something_is_counted() {
        for (reads, path, counted) in [
            (true, "/media/00112233445566778899aabbccddeeff", Some(Doing::Look)),
            (true, "/g/1/events", Some(Doing::Read)),
            (true, "/leave", Some(Doing::Read)),
            (false, "/leave", Some(Doing::Name)),
            (false, "/g/1/press", Some(Doing::Press)),
            (false, "/g/1/picture", Some(Doing::Picture)),
            (false, "/g/1/takedown", Some(Doing::Say)),
            // A link that is not good is counted where it fails; a good one always passes.
            (true, "/in", None),
            (false, "/in", None),
            (false, "/in/who", None),
            (true, "/in/00112233445566778899aabbccddeeff", Some(Doing::Read)),
            (true, "/assets/style.css", None),
            (true, "/api/v1/work", Some(Doing::Read)),
            (false, "/api/v1/questions/1", Some(Doing::Press)),
        ] {
            assert_eq!(doing(reads, path), counted, "{path}");
        }
    }

    #[test]
    fn only_our_own_host_is_answered() {
        for (host, ours) in [
            ("help.cn", true),
            ("HELP.cn:443", true),
            ("help.cn:8443", false),
            ("bad.help.cn", false),
            ("help.cn.bad.cn", false),
            ("localhost:8080", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("", false),
        ] {
            let headers = said(&[("host", host)]);
            assert_eq!(right_host(&headers, Some("https://help.cn/bb")), ours, "{host}");
            assert!(right_host(&headers, None));
        }
    }
}
