//! Calls to the Bot API. Our own, because teloxide's sleep 10 s inside a call after a 5xx and throw `error_code` away;
//! its payload types are used. Nothing is retried here and the token is never printed.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use teloxide::payloads;
use teloxide::requests::Payload;

pub use super::errors::ApiError;

const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(17);
/// Beyond the long poll's own time, for the way there and back.
const POLL_MARGIN: Duration = Duration::from_secs(7);
/// Connections idle longer are not used again, so that a send rarely meets one that was closed meanwhile.
const IDLE: Duration = Duration::from_secs(30);
/// A batch of 100 full updates is far below this.
const BODY_LIMIT: usize = 32 << 20;
const OFFICIAL: &str = "https://api.telegram.org";

/// A bot's token, as BotFather gave it. Never printed.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token, without the blanks that copying brings along.
    pub fn new(token: &str) -> Token {
        Token(token.trim().to_owned())
    }

    /// Another secret, for `what`: everybody with the token knows it, and it tells nothing about the token.
    pub(super) fn derived(&self, what: &str) -> String {
        hex::encode(Sha256::digest(format!("bangban {what}\n{}", self.0)))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Who the bot is, as `getMe` tells.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// Its account.
    pub id: i64,
    /// Its name after @, without the @.
    pub username: String,
    /// Privacy mode is off: it hears everything in groups even without being an administrator.
    #[serde(default)]
    pub can_read_all_group_messages: bool,
}

/// The Bot API under one token. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Api {
    client: reqwest::Client,
    base: Arc<str>,
    token: Token,
}

#[derive(Deserialize)]
struct Answer<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<i64>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<i64>,
    migrate_to_chat_id: Option<i64>,
}

impl Api {
    /// An API under `token`, at `base_url` or the official server.
    pub fn new(token: Token, base_url: Option<String>) -> Result<Api, ApiError> {
        let base = base_url
            .as_deref()
            .unwrap_or(OFFICIAL)
            .trim()
            .trim_end_matches('/')
            .into();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ApiError::NotSent(chain(error.without_url())))?;
        Ok(Api { client, base, token })
    }

    /// Calls a method and reads its result as teloxide declares it.
    pub async fn call<P>(&self, payload: &P) -> Result<P::Output, ApiError>
    where
        P: Payload + Serialize,
        P::Output: DeserializeOwned,
    {
        self.call_for(payload).await
    }

    /// Calls a method and reads as much of its result as `R` needs: what newer servers add cannot hide a success.
    pub async fn call_for<P: Payload + Serialize, R: DeserializeOwned>(&self, payload: &P) -> Result<R, ApiError> {
        let body = self.post(P::NAME, payload, TOTAL).await?;
        let result = result_of(&body)?;
        serde_json::from_str(result.get()).map_err(|error| ApiError::Unknown(unreadable(&error)))
    }

    /// Who the bot is.
    pub async fn me(&self) -> Result<Me, ApiError> {
        self.call_for(&payloads::GetMe::new()).await
    }

    /// The raw body of a successful `getUpdates`; the server holds the request for up to `poll`.
    pub(super) async fn updates(&self, payload: &impl Serialize, poll: Duration) -> Result<String, ApiError> {
        let body = self.post("GetUpdates", payload, poll + POLL_MARGIN).await?;
        result_of(&body)?;
        Ok(body)
    }

    /// Posts and gives the body of an answer that says ok; everything else is an error.
    async fn post(&self, method: &str, payload: &impl Serialize, total: Duration) -> Result<String, ApiError> {
        let url = format!("{}/bot{}/{method}", self.base, self.token.0);
        let request = self.client.post(url).timeout(total).json(payload);
        let mut response = request.send().await.map_err(|error| self.failed(error))?;
        let status = response.status().as_u16();
        let mut bytes = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(_) if !done(status) => return Err(ApiError::NotSent(format!("http {status}, cut short"))),
                Err(error) => return Err(self.failed(error)),
            }
            if bytes.len() > BODY_LIMIT {
                return Err(ApiError::Unknown("answer too large".to_owned()));
            }
        }
        let body = sanitised(&String::from_utf8_lossy(&bytes));
        read(status, &body)?;
        Ok(body)
    }

    /// A request that failed on the way. The URL, which holds the token, is taken out of the text.
    fn failed(&self, error: reqwest::Error) -> ApiError {
        let never_left = error.is_connect() || error.is_builder();
        let text = chain(error.without_url()).replace(&self.token.0, "…");
        if never_left {
            ApiError::NotSent(text)
        } else {
            ApiError::Unknown(text)
        }
    }
}

/// A status under which something may have been done; under any other it is done later.
fn done(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Checks that an answer says ok.
fn read(status: u16, body: &str) -> Result<(), ApiError> {
    let answer: Answer<'_> = match serde_json::from_str(body) {
        Ok(answer) => answer,
        // A proxy's or gateway's own page: the Bot API answers everything it does in JSON.
        Err(_) if !done(status) || body.trim_start().starts_with('<') => {
            return Err(ApiError::NotSent(format!("http {status} without json")));
        }
        Err(error) => return Err(ApiError::Unknown(format!("http {status}, {}", unreadable(&error)))),
    };
    if answer.ok {
        return Ok(());
    }
    let parameters = answer.parameters.unwrap_or(Parameters {
        retry_after: None,
        migrate_to_chat_id: None,
    });
    Err(ApiError::Api {
        code: answer.error_code.unwrap_or(i64::from(status)),
        description: without_words(&answer.description.unwrap_or_default()),
        retry_after: parameters.retry_after,
        migrate_to: parameters.migrate_to_chat_id,
    })
}

fn result_of(body: &str) -> Result<&RawValue, ApiError> {
    let answer: Answer<'_> = serde_json::from_str(body).map_err(|error| ApiError::Unknown(unreadable(&error)))?;
    answer
        .result
        .ok_or_else(|| ApiError::Unknown("answer without result".to_owned()))
}

/// An error and its causes in one line.
fn chain(error: reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// Where a JSON text is wrong, without quoting it: serde's own words repeat what people wrote.
pub(super) fn unreadable(error: &serde_json::Error) -> String {
    format!(
        "unreadable json ({:?}, line {} column {})",
        error.classify(),
        error.line(),
        error.column()
    )
}

/// A server text without its third part, where the server quotes the message ("can't parse entities: … \"张三\"").
fn without_words(description: &str) -> String {
    let mut parts = description.splitn(3, ": ");
    let kept: Vec<&str> = parts.by_ref().take(2).collect();
    kept.join(": ").chars().take(200).collect()
}

/// The same JSON without what no database or string can hold: control bytes, `\u0000`, halves of surrogate pairs.
/// One of them in one message would make the whole batch unreadable, for ever (measured with teloxide 0.17).
pub(super) fn sanitised(body: &str) -> String {
    let mut clean = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(|c: char| c == '\\' || c < ' ') {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        let (piece, used) = match rest.as_bytes() {
            [b'\\', b'u', ..] => unicode_escape(rest),
            [b'\\', next, ..] if next.is_ascii() && *next >= b' ' => (&rest[..2], 2),
            [b'\\', ..] => ("\\", 1),
            _ => (" ", 1),
        };
        clean.push_str(piece);
        rest = &rest[used..];
    }
    clean.push_str(rest);
    clean
}

/// The `\uXXXX` (or pair of them) that `text` begins with, or U+FFFD for one that is no character.
fn unicode_escape(text: &str) -> (&str, usize) {
    let unit = |from: usize| {
        let digits = text
            .get(from + 2..from + 6)
            .filter(|_| text[from..].starts_with("\\u"))?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(0) {
        None => (&text[..2], 2),
        Some(0) => ("\\ufffd", 6),
        Some(0xD800..=0xDBFF) => match text.is_char_boundary(6).then(|| unit(6)).flatten() {
            Some(0xDC00..=0xDFFF) => (&text[..12], 12),
            _ => ("\\ufffd", 6),
        },
        Some(0xDC00..=0xDFFF) => ("\\ufffd", 6),
        Some(_) => (&text[..6], 6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_string_can_hold_is_replaced_and_all_else_kept() {
        let table = [
            (r#""a\ud83d\ude00b""#, r#""a\ud83d\ude00b""#),
            (r#""a\ud800b""#, r#""a\ufffdb""#),
            (r#""\ude00""#, r#""\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\u0000\n\\ud800\"""#, r#""\ufffd\n\\ud800\"""#),
            ("\"a\0b\u{1}\"", "\"a b \""),
            ("{\n\t\"一\": 1}", "{  \"一\": 1}"),
            (r#""\ud83d一""#, r#""\ufffd一""#),
            (r#""\u12"#, r#""\u12"#),
            ("\"\\", "\"\\"),
            ("\"\\一", "\"\\一"),
            ("\"\\u一二三", "\"\\u一二三"),
        ];
        for (raw, expected) in table {
            assert_eq!(sanitised(raw), expected, "{raw}");
        }
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(read(200, r#"{"ok":true,"result":true}"#), Ok(()));
        let flood = r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}"#;
        assert!(matches!(
            read(429, flood),
            Err(ApiError::Api {
                code: 429,
                retry_after: Some(3),
                ..
            })
        ));
        for gateway in [200, 301, 407, 502, 503, 504, 522] {
            let page = read(gateway, "\n<html><h1>Bad Gateway</h1>");
            assert!(matches!(page, Err(ApiError::NotSent(_))), "{gateway} {page:?}");
        }
        for nothing in ["", "upstream connect error", r#"{"ok":tr"#] {
            assert!(matches!(read(502, nothing), Err(ApiError::NotSent(_))), "{nothing}");
            assert!(matches!(read(200, nothing), Err(ApiError::Unknown(_))), "{nothing}");
        }
        assert!(matches!(
            read(200, r#"{"ok":true,"result":["#),
            Err(ApiError::Unknown(_))
        ));
    }

    #[test]
    fn neither_the_token_nor_what_people_wrote_is_printed() {
        assert_eq!(format!("{:?}", Token::new("1:SECRET")), "Token(…)");
        let quoted = "Bad Request: can't parse entities: unsupported start tag \"张三\" at byte offset 0";
        assert_eq!(without_words(quoted), "Bad Request: can't parse entities");
    }

    proptest::proptest! {
        #[test]
        fn cleaning_never_fails_and_changes_no_good_text(text: String, escapes in r#"(\\\\(u[0-9a-f]{0,4}|[nu"\\\\])|[一😀"\\x00-\\x20])*"#) {
            sanitised(&text);
            sanitised(&escapes);
            let json = serde_json::to_string(&text).unwrap();
            let read: String = serde_json::from_str(&sanitised(&json)).unwrap();
            proptest::prop_assert_eq!(read, text.replace('\0', "\u{fffd}"));
        }
    }
}
