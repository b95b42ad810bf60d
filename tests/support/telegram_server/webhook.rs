//! setWebhook and what follows from it: each update is posted until somebody answers with 2xx; of one chat one at a
//! time, of several beside each other (tdlib/telegram-bot-api, `WebhookActor`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::Shared;
use super::faults::ApiError;
use super::http::Params;
use super::world::World;

/// The real server waits longer; a test does not.
const PATIENCE: Duration = Duration::from_secs(3);
const FIRST: Duration = Duration::from_millis(200);
const MOST: Duration = Duration::from_secs(2);

/// Where updates are posted, and how that goes.
#[derive(Default)]
pub struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: usize,
    /// When a post failed last (seconds UTC), and how.
    pub last_error: Option<(i64, String)>,
    /// Updates that are being posted, with their chats.
    posting: BTreeMap<i64, Option<i64>>,
    /// When those that failed are posted again, and how long they waited for it.
    again: BTreeMap<i64, (Instant, Duration)>,
}

impl Webhook {
    pub fn to(url: &str) -> Webhook {
        Webhook {
            url: url.to_owned(),
            max_connections: 40,
            ..Webhook::default()
        }
    }
}

/// Why a post failed, in the server's words, and how long it was asked to wait.
struct Failed {
    message: String,
    retry_after: Duration,
}

impl Failed {
    fn because(message: impl Into<String>) -> Failed {
        Failed {
            message: message.into(),
            retry_after: Duration::ZERO,
        }
    }
}

/// One update on its way.
struct Errand {
    id: i64,
    url: String,
    secret: Option<String>,
    body: Vec<u8>,
    copies: u64,
}

impl World {
    /// Like an own server, it takes http and every port.
    pub fn set_webhook(&mut self, params: &Params) -> Result<Value, ApiError> {
        let url = params.text("url").unwrap_or_default();
        if params.yes("drop_pending_updates") {
            self.polling.queue.clear();
        }
        if url.is_empty() {
            self.webhook = None;
            return Ok(json!(true));
        }
        let address: reqwest::Url = url
            .parse()
            .map_err(|_| ApiError::mistake("bad webhook: invalid webhook URL specified"))?;
        if !["http", "https"].contains(&address.scheme()) || address.host_str().is_none() {
            return Err(ApiError::mistake(
                "bad webhook: An HTTPS URL must be provided for webhook",
            ));
        }
        let secret = params.text("secret_token").filter(|secret| !secret.is_empty());
        if let Some(secret) = &secret {
            if secret.len() > 256 {
                return Err(ApiError::mistake("secret token is too long"));
            }
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            if !secret.chars().all(fits) {
                return Err(ApiError::mistake("secret token contains unallowed characters"));
            }
        }
        self.allow(params)?;
        let max_connections = params.int("max_connections").unwrap_or(40).clamp(1, 100) as usize;
        self.webhook = Some(Webhook {
            secret,
            max_connections,
            ..Webhook::to(&url)
        });
        Ok(json!(true))
    }

    pub fn delete_webhook(&mut self, params: &Params) -> Value {
        self.webhook = None;
        if params.yes("drop_pending_updates") {
            self.polling.queue.clear();
        }
        json!(true)
    }

    pub fn webhook_info(&self) -> Value {
        let mut info = json!({
            "url": self.webhook.as_ref().map_or("", |webhook| &webhook.url),
            "has_custom_certificate": false,
            "pending_update_count": self.polling.queue.len(),
        });
        if let Some(webhook) = &self.webhook {
            info["max_connections"] = json!(webhook.max_connections);
            if let Some((at, message)) = &webhook.last_error {
                info["last_error_date"] = json!(at);
                info["last_error_message"] = json!(message);
            }
        }
        if let Some(allowed) = &self.polling.allowed {
            info["allowed_updates"] = json!(allowed);
        }
        info
    }

    /// The next update to be posted.
    fn next_errand(&mut self) -> Option<Errand> {
        let copies = self.polling.delivery.extra_copies;
        let webhook = self.webhook.as_mut()?;
        if webhook.posting.len() >= webhook.max_connections {
            return None;
        }
        let mut held: Vec<Option<i64>> = webhook.posting.values().copied().collect();
        for update in &mut self.polling.queue {
            let chat = chat_of(&update.body);
            let waits = webhook
                .again
                .get(&update.id)
                .is_some_and(|(at, _)| *at > Instant::now());
            if webhook.posting.contains_key(&update.id) || (chat.is_some() && held.contains(&chat)) {
                continue;
            }
            if waits {
                // What follows in the same chat waits with it.
                held.push(chat);
                continue;
            }
            update.delivered = true;
            webhook.posting.insert(update.id, chat);
            return Some(Errand {
                id: update.id,
                url: webhook.url.clone(),
                secret: webhook.secret.clone(),
                body: update.body.clone(),
                copies,
            });
        }
        None
    }

    /// What came of a post; nothing if the webhook is another one by now.
    fn posted(&mut self, errand: &Errand, result: Result<(), Failed>) {
        let seconds = self.seconds();
        let Some(webhook) = self.webhook.as_mut().filter(|webhook| webhook.url == errand.url) else {
            return;
        };
        webhook.posting.remove(&errand.id);
        match result {
            Ok(()) => {
                webhook.again.remove(&errand.id);
                self.polling.queue.retain(|update| update.id != errand.id);
                self.polling.confirmed.push(errand.id);
            }
            Err(Failed { message, retry_after }) => {
                let waited = webhook
                    .again
                    .get(&errand.id)
                    .map_or(FIRST, |(_, waited)| (*waited * 2).min(MOST));
                let wait = waited.max(retry_after);
                webhook.again.insert(errand.id, (Instant::now() + wait, waited));
                webhook.last_error = Some((seconds, message));
            }
        }
    }
}

/// The chat an update belongs to, where it has one.
fn chat_of(body: &[u8]) -> Option<i64> {
    let update: Value = serde_json::from_slice(body).ok()?;
    let content = update.as_object()?.values().find(|value| value.is_object())?;
    content["chat"]["id"]
        .as_i64()
        .or_else(|| content["message"]["chat"]["id"].as_i64())
}

/// Posts for as long as the server runs.
pub async fn post_for_ever(shared: Arc<Shared>) {
    // Each over a connection of its own: a balancer spreads them.
    let http = reqwest::Client::builder()
        .no_proxy()
        .timeout(PATIENCE)
        .pool_max_idle_per_host(0);
    let http = http.build().expect("a client");
    let mut changes = shared.changes.subscribe();
    loop {
        while let Some(errand) = shared.next_errand() {
            let (shared, http) = (Arc::clone(&shared), http.clone());
            tokio::spawn(async move {
                for _ in 0..errand.copies {
                    tokio::spawn(post(&http, &errand));
                }
                let result = post(&http, &errand).await;
                shared.world().posted(&errand, result);
                shared.changed();
            });
        }
        // What failed is looked at again without a change, too.
        let _ = tokio::time::timeout(FIRST / 2, changes.changed()).await;
    }
}

impl Shared {
    fn next_errand(&self) -> Option<Errand> {
        self.world().next_errand()
    }
}

fn post(http: &reqwest::Client, errand: &Errand) -> impl Future<Output = Result<(), Failed>> + Send + 'static {
    let mut request = http
        .post(&errand.url)
        .header("content-type", "application/json")
        .body(errand.body.clone());
    if let Some(secret) = &errand.secret {
        request = request.header("x-telegram-bot-api-secret-token", secret);
    }
    // Nobody outside this machine is spoken to.
    let here = errand.url.starts_with("http://127.0.0.1:");
    async move {
        if !here {
            return Err(Failed::because("Connection refused"));
        }
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => {
                let asked = answer
                    .headers()
                    .get("retry-after")
                    .and_then(|value| value.to_str().ok());
                Err(Failed {
                    message: format!("Wrong response from the webhook: {}", answer.status()),
                    retry_after: Duration::from_secs(asked.and_then(|asked| asked.parse().ok()).unwrap_or(0)),
                })
            }
            Err(error) if error.is_timeout() => Err(Failed::because("Read timeout expired")),
            Err(_) => Err(Failed::because("Connection refused")),
        }
    }
}
