//! What the account tells us: that a publication is at its end, and what citizens write, which the desk
//! answers at once.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::client;
use super::crypt::{Key, signature, signed};
use super::worker::Publisher;
use super::{CHANNEL, read_secret, xml};
use crate::clock::Millis;
use crate::desk::{Desk, LetterAnswer};
use crate::domain::chat::message::Channel;
use crate::domain::wording;
use crate::setup;
use crate::store::StoreError;

/// A message of the account is far below this.
const BODY: usize = 64 << 10;
/// The account repeats what was not answered within seconds; a replay later is refused by its time.
const FRESH_MS: i64 = 300_000;
/// A passive reply has at most 2048 bytes.
const REPLY: usize = 2_000;
const NOTHING: &str = "success";

/// What the callback needs.
pub struct Callback {
    desk: Arc<Desk>,
    publisher: Option<Arc<Publisher>>,
    token: String,
    key: Key,
    appid: String,
}

#[derive(Deserialize)]
struct Signed {
    #[serde(default)]
    signature: String,
    #[serde(default)]
    msg_signature: String,
    timestamp: String,
    nonce: String,
    #[serde(default)]
    echostr: String,
}

/// The callback's routes; none where it is not set up. The error says what is wrong with the set-up.
pub fn routes(desk: &Arc<Desk>, publisher: Option<&Arc<Publisher>>) -> anyhow::Result<Router> {
    let account = &desk.config.official_account;
    let (Some(token), Some(key), Some(appid)) = (&account.token_file, &account.aes_key_file, &account.appid) else {
        return Ok(Router::new());
    };
    if desk.config.public_url.is_none() {
        anyhow::bail!("公众号来信的回复里要有网址：请在配置里写 public_url，来信现在不接");
    }
    let say = || anyhow::anyhow!("{} 里不是 EncodingAESKey：应是 43 个字母和数字", key.display());
    let callback = Callback {
        desk: Arc::clone(desk),
        publisher: publisher.cloned(),
        token: read_secret(token)?,
        key: Key::read(&read_secret(key)?).ok_or_else(say)?,
        appid: appid.clone(),
    };
    Ok(Router::new()
        .route("/wechat", get(check).post(receive))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(Arc::new(callback)))
}

/// `GET /wechat`: the console asks whether we are who it thinks.
async fn check(State(callback): State<Arc<Callback>>, Query(query): Query<Signed>) -> Response {
    if callback.signed(&query) {
        query.echostr.into_response()
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// `POST /wechat`: safe mode only.
async fn receive(State(callback): State<Arc<Callback>>, Query(query): Query<Signed>, body: Bytes) -> Response {
    let Some(message) = callback.opened(&query, &body) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    match callback.answer(&message).await {
        Ok(Some(text)) => match callback.reply(&message, &text, &query) {
            Some(reply) => ([("content-type", "application/xml; charset=utf-8")], reply).into_response(),
            None => NOTHING.into_response(),
        },
        Ok(None) => NOTHING.into_response(),
        // Not answered: the account delivers it again.
        Err(error) => {
            tracing::error!(%error, "a message of the official account could not be handled");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

impl Callback {
    fn signed(&self, query: &Signed) -> bool {
        let now = self.desk.clock.now();
        let at = query
            .timestamp
            .parse()
            .map(|seconds: i64| Millis(seconds.saturating_mul(1_000)));
        at.is_ok_and(|at| now.since(at).abs() <= FRESH_MS)
            && signed(&[&self.token, &query.timestamp, &query.nonce], &query.signature)
    }

    /// The message inside, if the account wrote it to us just now.
    fn opened(&self, query: &Signed, body: &[u8]) -> Option<Map<String, Value>> {
        let fresh = self.signed(query);
        let outer = xml::read(std::str::from_utf8(body).ok()?)?;
        let cipher = outer.get("Encrypt")?.as_str()?;
        let parts = [self.token.as_str(), &query.timestamp, &query.nonce, cipher];
        if !fresh || !signed(&parts, &query.msg_signature) {
            return None;
        }
        xml::read(&self.key.open(cipher, &self.appid).ok()?)
    }

    /// What is replied; a second delivery gets the first one's reply.
    async fn answer(&self, message: &Map<String, Value>) -> Result<Option<String>, StoreError> {
        let field = |name: &str| message.get(name).and_then(Value::as_str).unwrap_or_default();
        let name = match field("MsgId") {
            "" => format!("{}:{}", field("FromUserName"), field("CreateTime")),
            id => id.to_owned(),
        };
        let mut tx = self.desk.db.read().await?;
        let off = tx.off_in(&Channel::new(CHANNEL), None).await?.is_some();
        drop(tx);
        let reply = match (field("MsgType"), field("Event")) {
            ("event", "PUBLISHJOBFINISH") => {
                self.finished(message).await?;
                String::new()
            }
            ("event", "subscribe") => self.worded(&self.desk.greet_letter_writer()),
            ("event", _) => String::new(),
            // Where to call, and nothing of the list.
            ("text", _) if off => self.worded(&self.desk.greet_letter_writer()),
            ("text", _) => self.worded(&self.desk.answer_letter(field("Content"))),
            _ => self.worded(&self.desk.greet_letter_writer()),
        };
        let now = self.desk.clock.now();
        let mut tx = self.desk.db.begin().await?;
        let reply = tx.official_reply(&crate::secret::hash(&name), &reply, now).await?;
        tx.forget_official_heard(now.plus(-FRESH_MS)).await?;
        tx.commit().await?;
        Ok(Some(reply).filter(|reply| !reply.is_empty()))
    }

    async fn finished(&self, message: &Map<String, Value>) -> Result<(), StoreError> {
        let info = message.get("PublishEventInfo").cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let Some(outcome) = client::outcome(&numbers(&info)) else {
            return Ok(());
        };
        match &self.publisher {
            Some(publisher) => publisher.finished(&text(&info["publish_id"]), outcome).await,
            None => Ok(()),
        }
    }

    /// The answer in words; what is too long for a reply gives way to where people are reached.
    fn worded(&self, answer: &LetterAnswer) -> String {
        let sure = answer.sure.as_ref().map(|said| wording::answer_alone(said).words());
        sure.filter(|text| text.len() <= REPLY).unwrap_or_else(|| {
            let windows = answer.windows.iter();
            let windows: Vec<(&str, &str)> = windows.map(|(bureau, landline)| (&**bureau, &**landline)).collect();
            wording::official_help(&setup::public_url(&self.desk.config), &windows).words()
        })
    }

    /// The encrypted reply; none if there is no randomness, and then nothing is said.
    fn reply(&self, message: &Map<String, Value>, text: &str, query: &Signed) -> Option<String> {
        let field = |name: &str| message.get(name).and_then(Value::as_str).unwrap_or_default();
        let seconds = (self.desk.clock.now().0 / 1_000).to_string();
        let inner = xml::written(&[
            ("ToUserName", field("FromUserName")),
            ("FromUserName", field("ToUserName")),
            ("CreateTime", &seconds),
            ("MsgType", "text"),
            ("Content", text),
        ]);
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).ok()?;
        let cipher = self.key.close(&inner, &self.appid, random);
        let sign = signature(&[&self.token, &seconds, &query.nonce, &cipher]);
        Some(xml::written(&[
            ("Encrypt", &cipher),
            ("MsgSignature", &sign),
            ("TimeStamp", &seconds),
            ("Nonce", &query.nonce),
        ]))
    }
}

/// The event's fields as `freepublish/get` has them: XML knows no numbers, and no list of one.
fn numbers(info: &Value) -> Value {
    let many = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let status = info["publish_status"]
        .as_str()
        .and_then(|status| status.parse::<i64>().ok());
    let failed = many(&info["fail_idx"]).into_iter();
    let failed: Vec<i64> = failed.filter_map(|at| at.as_str()?.parse().ok()).collect();
    json!({
        "publish_status": status, "fail_idx": failed,
        "article_detail": {"item": many(&info["article_detail"]["item"])},
    })
}
