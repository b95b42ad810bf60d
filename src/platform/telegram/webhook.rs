//! Receiving by webhook: Telegram posts each update to an address of this program, on whichever of several programs it
//! arrives. It is written down and committed before it is answered, as with the long poll; what is not answered with 200
//! Telegram posts again, for a day.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use teloxide::requests::Payload;
use tokio::sync::watch;

use super::api::{Api, ApiError, Me, Token, sanitised};
use super::batch::one_of;
use crate::clock::Clock;
use crate::intake::Intake;
use crate::store::inbox::Waiting;
use crate::store::tidings::Tiding;
use crate::store::{Db, StoreError};

/// Where Telegram posts, under the public address.
pub const PATH: &str = "/telegram";
/// The header that says it is Telegram (Bot API `setWebhook`).
const SECRET: &str = "x-telegram-bot-api-secret-token";
/// What Telegram is asked for. Passed on every poll: the server keeps an old list when the field is absent, and gives
/// `chat_member` only to those who name it.
pub(super) const ALLOWED: [&str; 5] = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
];
/// A full update is far below this.
const BODY: usize = 1 << 20;
/// After so many seconds it may post again what could not be written down.
const AGAIN: &str = "2";
/// Posts at once; more would only wait for the database.
const AT_ONCE: u8 = 20;
/// A post that failed so lately still fails (seconds).
const LATELY_S: i64 = 60;

/// An address for Telegram to post to, and the secret it brings.
#[derive(Clone)]
pub struct Webhook {
    url: String,
    secret: String,
}

impl Webhook {
    /// Under the public address `public_url`. The secret comes from the token: every program with the same token knows
    /// it, nobody else can tell it, and a new token brings a new one.
    pub fn new(public_url: &str, token: &Token) -> Webhook {
        Webhook {
            url: format!("{}{PATH}", public_url.trim_end_matches('/')),
            secret: token.derived("telegram webhook"),
        }
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

#[derive(Serialize)]
struct SetWebhook<'a> {
    // Own payload: what waits is never dropped, and the kinds are named.
    url: &'a str,
    secret_token: &'a str,
    allowed_updates: [&'static str; 5],
    max_connections: u8,
    drop_pending_updates: bool,
}

impl Payload for SetWebhook<'_> {
    type Output = bool;
    const NAME: &'static str = "SetWebhook";
}

#[derive(Serialize)]
struct GetWebhookInfo {}

impl Payload for GetWebhookInfo {
    type Output = Info;
    const NAME: &'static str = "GetWebhookInfo";
}

/// What Telegram tells about a webhook: as much of it as is needed.
#[derive(Clone, Debug, Deserialize)]
pub struct Info {
    /// Where it posts; empty without a webhook.
    pub url: String,
    /// Updates that wait.
    pub pending_update_count: i64,
    /// When a post failed last, in seconds UTC.
    last_error_date: Option<i64>,
    last_error_message: Option<String>,
}

impl Info {
    /// Why Telegram does not reach the address at `now_s` (seconds UTC), in its own words; none if it does.
    pub fn trouble(&self, now_s: i64) -> Option<&str> {
        let lately = self.last_error_date.is_some_and(|at| now_s - at < LATELY_S);
        let said = self.last_error_message.as_deref().unwrap_or("?");
        (lately && self.pending_update_count > 0).then_some(said)
    }
}

/// What Telegram says of this bot's webhook.
pub async fn info(api: &Api) -> Result<Info, ApiError> {
    api.call(&GetWebhookInfo {}).await
}

/// Lets Telegram post there from now on; what waits is never dropped.
pub(super) async fn set(api: &Api, webhook: &Webhook) -> Result<(), ApiError> {
    let wish = SetWebhook {
        url: &webhook.url,
        secret_token: &webhook.secret,
        allowed_updates: ALLOWED,
        max_connections: AT_ONCE,
        drop_pending_updates: false,
    };
    api.call(&wish).await.map(drop)
}

/// What takes Telegram's posts.
pub struct Doorstep {
    /// Where they are to come, and with which secret.
    pub webhook: Webhook,
    /// Where they are written down.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Who handles them.
    pub intake: Intake,
    /// Who the bot is, once it is known.
    pub known: watch::Receiver<Option<Arc<Me>>>,
    /// Time (ms) of the last post.
    pub heartbeat: Arc<AtomicI64>,
}

/// The route that Telegram posts to.
pub fn routes(doorstep: Doorstep) -> Router {
    Router::new().route(PATH, post(receive)).with_state(Arc::new(doorstep))
}

/// `POST /telegram`: 401 to whoever does not bring the secret, before anything of the body is read.
async fn receive(State(doorstep): State<Arc<Doorstep>>, request: Request) -> Response {
    if !doorstep.is_telegram(request.headers()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(body) = to_bytes(request.into_body(), BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let raw = sanitised(&String::from_utf8_lossy(&body));
    match doorstep.take(&raw).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::error!(%error, "telegram: an update is not written down, so not confirmed");
            (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, AGAIN)]).into_response()
        }
    }
}

impl Doorstep {
    /// Exactly one secret, the right one; how long it takes to see tells nothing about it.
    fn is_telegram(&self, headers: &HeaderMap) -> bool {
        let mut brought = headers.get_all(SECRET).iter();
        let (Some(secret), None) = (brought.next(), brought.next()) else {
            return false;
        };
        secret.as_bytes().ct_eq(self.webhook.secret.as_bytes()).into()
    }

    /// Writes an update down and commits; whoever has the channel handles it.
    async fn take(&self, raw: &str) -> Result<(), StoreError> {
        let one = one_of(raw);
        let mut tx = self.db.begin().await?;
        let id = tx.take_in(super::NAME, &one.update, self.clock.now()).await?;
        if id.is_some() {
            tx.tell(Tiding::Arrived);
        }
        tx.commit().await?;
        self.heartbeat.store(self.clock.now().0, Ordering::SeqCst);
        let Some(id) = id else { return Ok(()) };
        // Where there are several programs, the order is the inbox's; before the bot's name is known nothing is read.
        if self.db.is_shared() || self.known.borrow().is_none() {
            self.intake.look();
            return Ok(());
        }
        self.intake.hand(Waiting {
            id,
            channel: super::NAME.to_owned(),
            lane: one.update.lane,
            raw: one.update.raw,
            attempts: 0,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_of_its_token_and_telegram_takes_it() {
        let [one, same, other] = ["1:SECRET", " 1:SECRET\n", "1:OTHER"]
            .map(|token| Webhook::new("https://help.example.cn/", &Token::new(token)));
        assert_eq!(one.url, "https://help.example.cn/telegram");
        assert_eq!(one.secret, same.secret);
        assert_ne!(one.secret, other.secret);
        assert!(one.secret.len() == 64 && one.secret.chars().all(|c| c.is_ascii_alphanumeric()));
    }

    #[test]
    fn trouble_is_what_failed_lately_while_something_waits() {
        let info = |waiting, at: Option<i64>| Info {
            url: String::new(),
            pending_update_count: waiting,
            last_error_date: at,
            last_error_message: at.map(|_| "Connection refused".to_owned()),
        };
        assert_eq!(info(3, Some(1_000)).trouble(1_030), Some("Connection refused"));
        assert_eq!(info(0, Some(1_000)).trouble(1_030), None);
        assert_eq!(info(3, Some(1_000)).trouble(1_100), None);
        assert_eq!(info(3, None).trouble(1_100), None);
    }
}
