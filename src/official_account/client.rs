//! Calls to the account's API. One access token for all callers; nothing is retried here but once after a new token.
//! Neither the token nor the secret is ever printed.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::errors::{CallError, Rule};
use crate::clock::{Clock, Millis};
use crate::config::Token;
use crate::domain::list::publication::Article;

const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(20);
/// The account says that a token is renewed five minutes before its end.
const MARGIN_MS: i64 = 300_000;
/// `force_refresh` is allowed every 30 s and 20 times a day.
const FORCED_APART_MS: i64 = 60_000;
/// A list of twenty drafts without their content is far below this.
const ANSWER: usize = 8 << 20;
/// Drafts or publications a page of a list has at most.
const PAGE: usize = 20;
/// Pages that are looked through: what is looked for is among the newest.
const PAGES: usize = 10;

/// The API of one account. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Arc<str>,
    appid: Arc<str>,
    secret: Token,
    clock: Clock,
    /// Held while a token is fetched: of many callers one fetches, the others get the same.
    issued: Arc<Mutex<Issued>>,
}

#[derive(Default)]
struct Issued {
    token: String,
    until: Millis,
    forced: Option<Millis>,
}

/// What became of what was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Running,
    Published { urls: Vec<String> },
    Failed { why: String },
}

/// One of the account's publications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub urls: Vec<String>,
    pub updated: Millis,
}

enum Body {
    Json(Value),
    Picture {
        name: &'static str,
        mime: &'static str,
        bytes: Vec<u8>,
    },
}

impl Client {
    /// The API at `base` of the account `appid`.
    pub fn new(base: &str, appid: &str, secret: Token, clock: Clock) -> Result<Client, CallError> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .pool_idle_timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| CallError::NotSent(kind(&error)))?;
        Ok(Client {
            http,
            base: base.trim_end_matches('/').into(),
            appid: appid.into(),
            secret,
            clock,
            issued: Arc::default(),
        })
    }

    /// Which account it is.
    pub fn appid(&self) -> &str {
        &self.appid
    }

    /// Whether the account lets us in, without changing anything.
    pub async fn try_token(&self) -> Result<(), CallError> {
        self.token(None).await.map(drop)
    }

    /// A permanent picture, for covers. Gives its media id.
    pub async fn add_picture(&self, bytes: Vec<u8>) -> Result<String, CallError> {
        const MOST: usize = 10 << 20;
        let (name, mime) = picture(&bytes, &[JPG, PNG, GIF, BMP], MOST, "封面", "10 MB")?;
        let body = Body::Picture { name, mime, bytes };
        let answer = self.call("material/add_material", "&type=image", body).await?;
        text(&answer, "media_id")
    }

    /// A picture for the text of articles. Gives its address.
    pub async fn add_text_picture(&self, bytes: Vec<u8>) -> Result<String, CallError> {
        const MOST: usize = 1 << 20;
        let (name, mime) = picture(&bytes, &[JPG, PNG], MOST - 1, "正文图片", "1 MB")?;
        let body = Body::Picture { name, mime, bytes };
        let answer = self.call("media/uploadimg", "", body).await?;
        text(&answer, "url")
    }

    /// Adds a draft. Gives its media id.
    pub async fn add_draft(&self, articles: &[Article], cover: &str) -> Result<String, CallError> {
        let articles: Vec<Value> = articles.iter().map(|article| sent(article, cover)).collect();
        let answer = self.json("draft/add", json!({ "articles": articles })).await?;
        text(&answer, "media_id")
    }

    /// Replaces one article of a draft.
    pub async fn update_draft(&self, draft: &str, at: usize, article: &Article, cover: &str) -> Result<(), CallError> {
        let body = json!({"media_id": draft, "index": at, "articles": sent(article, cover)});
        self.json("draft/update", body).await.map(drop)
    }

    /// Whether the draft is still in the box.
    pub async fn has_draft(&self, draft: &str) -> Result<bool, CallError> {
        match self.json("draft/get", json!({ "media_id": draft })).await {
            Ok(_) => Ok(true),
            Err(error) if error.rule() == Some(Rule::Gone) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The newest draft with just these titles and digests.
    pub async fn find_draft(&self, articles: &[Article]) -> Result<Option<String>, CallError> {
        let found = self.find("draft/batchget", articles).await?;
        Ok(found.and_then(|item| text(&item, "media_id").ok()))
    }

    /// The newest publication with just these titles and digests.
    pub async fn find_published(&self, articles: &[Article]) -> Result<Option<Found>, CallError> {
        let found = self.find("freepublish/batchget", articles).await?;
        Ok(found.map(|item| Found {
            urls: listed(&item).iter().filter_map(|one| text(one, "url").ok()).collect(),
            updated: Millis(
                item["update_time"]
                    .as_i64()
                    .unwrap_or(i64::MAX / 1_000)
                    .saturating_mul(1_000),
            ),
        }))
    }

    /// Hands a draft in for publication. Gives the number of the task.
    pub async fn submit(&self, draft: &str) -> Result<String, CallError> {
        let answer = self.json("freepublish/submit", json!({ "media_id": draft })).await?;
        text(&answer, "publish_id")
    }

    /// What became of a task.
    pub async fn outcome(&self, publish_id: &str) -> Result<Outcome, CallError> {
        let answer = self
            .json("freepublish/get", json!({ "publish_id": publish_id }))
            .await?;
        outcome(&answer).ok_or_else(|| CallError::Lost("答复里没有 publish_status".to_owned()))
    }

    async fn find(&self, path: &str, articles: &[Article]) -> Result<Option<Value>, CallError> {
        for page in 0..PAGES {
            let body = json!({"offset": page * PAGE, "count": PAGE, "no_content": 1});
            let answer = self.json(path, body).await?;
            let items = answer["item"].as_array().cloned().unwrap_or_default();
            let last = items.len() < PAGE;
            if let Some(item) = items.into_iter().find(|item| same(&listed(item), articles)) {
                return Ok(Some(item));
            }
            if last {
                break;
            }
        }
        Ok(None)
    }

    async fn json(&self, path: &str, body: Value) -> Result<Value, CallError> {
        self.call(path, "", Body::Json(body)).await
    }

    async fn call(&self, path: &str, more: &str, body: Body) -> Result<Value, CallError> {
        let token = self.token(None).await?;
        match self.send(path, more, &token, &body).await {
            Err(error) if error.rule() == Some(Rule::NewToken) => {
                let token = self.token(Some(&token)).await?;
                self.send(path, more, &token, &body).await
            }
            done => done,
        }
    }

    async fn send(&self, path: &str, more: &str, token: &str, body: &Body) -> Result<Value, CallError> {
        let url = format!("{}/cgi-bin/{path}?access_token={token}{more}", self.base);
        let request = match body {
            // Raw UTF-8: the account does not read \u escapes.
            Body::Json(value) => self.http.post(url).json(value),
            Body::Picture { name, mime, bytes } => {
                let part = reqwest::multipart::Part::bytes(bytes.clone()).file_name(*name);
                let part = part.mime_str(mime).map_err(|error| CallError::NotSent(kind(&error)))?;
                self.http
                    .post(url)
                    .multipart(reqwest::multipart::Form::new().part("media", part))
            }
        };
        answered(request).await
    }

    /// The token; a new one where there is none, it runs out, or it is the one that was `refused`.
    async fn token(&self, refused: Option<&str>) -> Result<String, CallError> {
        let mut issued = self.issued.lock().await;
        let now = self.clock.now();
        let usable = !issued.token.is_empty() && issued.until > now && refused != Some(&issued.token);
        if usable {
            return Ok(issued.token.clone());
        }
        let (mut token, mut until) = self.fetch_token(false).await?;
        let apart = issued.forced.is_none_or(|forced| now.since(forced) >= FORCED_APART_MS);
        if refused == Some(&token) && apart {
            issued.forced = Some(now);
            (token, until) = self.fetch_token(true).await?;
        }
        issued.token.clone_from(&token);
        issued.until = until;
        Ok(token)
    }

    async fn fetch_token(&self, force: bool) -> Result<(String, Millis), CallError> {
        let body = json!({
            "grant_type": "client_credential", "appid": &*self.appid, "secret": self.secret.expose(),
            "force_refresh": force,
        });
        let url = format!("{}/cgi-bin/stable_token", self.base);
        let answer = match answered(self.http.post(url).json(&body)).await {
            // A token that did not come changed nothing.
            Err(CallError::Lost(said)) => return Err(CallError::NotSent(said)),
            answer => answer?,
        };
        let seconds = answer["expires_in"].as_i64().unwrap_or(0);
        let until = self.clock.now().plus(seconds * 1_000 - MARGIN_MS);
        Ok((text(&answer, "access_token")?, until))
    }
}

async fn answered(request: reqwest::RequestBuilder) -> Result<Value, CallError> {
    let failed = |error: reqwest::Error| {
        if error.is_connect() || error.is_builder() {
            CallError::NotSent(kind(&error))
        } else {
            CallError::Lost(kind(&error))
        }
    };
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| CallError::Lost(kind(&error)))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > ANSWER {
            return Err(CallError::Lost("答复太长".to_owned()));
        }
    }
    if !status.is_success() {
        return Err(CallError::Lost(format!("HTTP {}", status.as_u16())));
    }
    // JSON, whatever the header calls it.
    let answer: Value = serde_json::from_slice(&bytes).map_err(|_| CallError::Lost("答复不是 JSON".to_owned()))?;
    match answer["errcode"].as_i64() {
        None | Some(0) => Ok(answer),
        Some(code) => Err(CallError::Refused {
            code,
            said: answer["errmsg"].as_str().unwrap_or_default().to_owned(),
        }),
    }
}

/// What `freepublish/get` and the event PUBLISHJOBFINISH say; both have the same fields.
pub fn outcome(answer: &Value) -> Option<Outcome> {
    let failed = |why: &str| {
        let which: Vec<String> = answer["fail_idx"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|at| format!("第 {at} 篇"))
            .collect();
        Outcome::Failed {
            why: format!("{why}{}", which.join("、")),
        }
    };
    Some(match answer["publish_status"].as_i64()? {
        0 => Outcome::Published {
            urls: answer["article_detail"]["item"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|item| text(item, "article_url").ok())
                .collect(),
        },
        1 => Outcome::Running,
        2 => failed("原创审核没有通过"),
        3 => failed("公众号说发布失败"),
        4 => failed("平台审核没有通过"),
        5 => failed("发布成功后被人删除"),
        6 => failed("发布成功后被平台封禁"),
        other => failed(&format!("公众号给了不认识的结果 {other}")),
    })
}

fn sent(article: &Article, cover: &str) -> Value {
    json!({
        "article_type": "news", "title": article.title, "author": article.author, "digest": article.digest,
        "content": article.content, "content_source_url": "", "thumb_media_id": cover,
        "need_open_comment": 0, "only_fans_can_comment": 0,
    })
}

fn listed(item: &Value) -> Vec<Value> {
    item["content"]["news_item"].as_array().cloned().unwrap_or_default()
}

fn same(listed: &[Value], articles: &[Article]) -> bool {
    listed.len() == articles.len()
        && listed
            .iter()
            .zip(articles)
            .all(|(there, ours)| there["title"] == ours.title.as_str() && there["digest"] == ours.digest.as_str())
}

/// A field that is a text, or a number written as one.
fn text(answer: &Value, name: &str) -> Result<String, CallError> {
    match &answer[name] {
        Value::String(text) if !text.is_empty() => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(CallError::Lost(format!("答复里没有 {name}"))),
    }
}

/// What went wrong, without the address: the token stands in it.
fn kind(error: &reqwest::Error) -> String {
    let words = if error.is_timeout() {
        "超时"
    } else if error.is_connect() {
        "连接不上"
    } else {
        "连接断开"
    };
    words.to_owned()
}

type Kind = (&'static [u8], &'static str, &'static str);
const JPG: Kind = (&[0xff, 0xd8, 0xff], "picture.jpg", "image/jpeg");
const PNG: Kind = (b"\x89PNG\r\n\x1a\n", "picture.png", "image/png");
const GIF: Kind = (b"GIF8", "picture.gif", "image/gif");
const BMP: Kind = (b"BM", "picture.bmp", "image/bmp");

fn picture(
    bytes: &[u8],
    kinds: &[Kind],
    most: usize,
    what: &str,
    limit: &str,
) -> Result<(&'static str, &'static str), CallError> {
    let known = kinds.iter().find(|(mark, _, _)| bytes.starts_with(mark));
    let Some((_, name, mime)) = known else {
        let names: Vec<&str> = kinds.iter().filter_map(|(_, name, _)| name.split('.').nth(1)).collect();
        return Err(CallError::Picture(format!(
            "{what}不是 {} 图片，没有上传。请换一张",
            names.join("、")
        )));
    };
    if bytes.len() > most {
        #[expect(clippy::cast_precision_loss, reason = "a size for people")]
        let size = bytes.len() as f64 / f64::from(1 << 20);
        return Err(CallError::Picture(format!(
            "{what}有 {size:.1} MB，公众号只收 {limit} 以内的，没有上传。请压缩后再来"
        )));
    }
    Ok((name, mime))
}
