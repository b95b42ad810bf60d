//! The long poll: raw updates are written down and committed before they are confirmed to Telegram, then handed on.
//! Understands nothing of an update but whose lane it belongs to; an update nobody can read is written down as well.

mod called;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::Serialize;
use teloxide::payloads;
use tokio::sync::watch;

use super::api::{Api, ApiError, Me};
use super::batch::{Split, next_offset, split};
use super::menu;
use super::webhook::{ALLOWED, Webhook};
use crate::backoff::{backoff_ms, jittered_ms};
use crate::clock::Clock;
use crate::intake::Intake;
use crate::leases::Leases;
use crate::store::inbox::Waiting;
use crate::store::leases::Term;
use crate::store::{Db, StoreError};

/// Updates of one poll (Telegram's limit).
const BATCH: usize = 100;

/// How long the receiver waits for what.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The long poll itself; below the HTTP client's patience and the server's 50 s.
    pub poll: Duration,
    /// At most after a first failure; doubled with each further one.
    pub first: Duration,
    /// The most between two tries: people wait meanwhile.
    pub most: Duration,
    /// While another program polls under the same token.
    pub conflict: Duration,
    /// While the token is not accepted.
    pub wrong_token: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            poll: Duration::from_secs(10),
            first: Duration::from_secs(1),
            most: Duration::from_secs(5),
            conflict: Duration::from_secs(30),
            wrong_token: Duration::from_secs(60),
        }
    }
}

/// Fetches updates for as long as it runs. One per token: Telegram serves only the newest poll.
pub struct Receiver {
    api: Api,
    db: Db,
    clock: Clock,
    intake: Intake,
    heartbeat: Arc<AtomicI64>,
    me: watch::Sender<Option<Arc<Me>>>,
    patience: Patience,
    /// In whose term it receives.
    term: Option<(Leases, Term)>,
    /// Where Telegram posts, if it does.
    webhook: Option<Webhook>,
}

/// What ends a wait or a poll early.
struct Stopped;

#[derive(Debug, thiserror::Error)]
enum PollError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Serialize)]
struct GetUpdates {
    // Own payload: teloxide's offset is an i32, update ids are not promised to be.
    offset: i64,
    limit: usize,
    timeout: u64,
    allowed_updates: [&'static str; 5],
}

/// Where the next poll begins and how much it asks for.
struct Cursor {
    offset: i64,
    limit: usize,
    failures: u32,
    webhooks_removed: u32,
}

impl Receiver {
    /// A receiver that writes to `db`, hands to `intake` and notes each successful poll's time (ms) in `heartbeat`.
    pub fn new(api: Api, db: Db, clock: Clock, intake: Intake, heartbeat: Arc<AtomicI64>) -> Receiver {
        let (me, _) = watch::channel(None);
        Receiver {
            api,
            db,
            clock,
            intake,
            heartbeat,
            me,
            patience: Patience::default(),
            term: None,
            webhook: None,
        }
    }

    /// The same receiver, which receives as long as this term counts: a second one would take the polls of the first.
    #[must_use]
    pub fn in_term(self, leases: Leases, term: Term) -> Receiver {
        Receiver {
            term: Some((leases, term)),
            ..self
        }
    }

    /// The same receiver, which lets Telegram post to `webhook` instead of polling.
    #[must_use]
    pub fn called_at(self, webhook: Webhook) -> Receiver {
        Receiver {
            webhook: Some(webhook),
            ..self
        }
    }

    /// The same receiver with other waiting times.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Receiver {
        Receiver { patience, ..self }
    }

    /// Who the bot is, once Telegram has told. Before that no update of this channel can be understood: a handler
    /// leaves such a row waiting, and all waiting rows are handed in again as soon as the name is known.
    pub fn me(&self) -> watch::Receiver<Option<Arc<Me>>> {
        self.me.subscribe()
    }

    /// Receives until `shutdown` says true. No failure ends it: the net, the token or the database may come back.
    pub async fn run(self, mut shutdown: watch::Receiver<bool>) {
        if self.receive(&mut shutdown).await.is_err() {
            tracing::info!("telegram: stopped receiving");
        }
    }

    async fn receive(&self, shutdown: &mut watch::Receiver<bool>) -> Result<(), Stopped> {
        self.introduce(shutdown).await?;
        tokio::spawn(menu::publish(self.api.clone()));
        match &self.webhook {
            Some(webhook) => self.be_called(webhook, shutdown).await,
            None => self.poll_for_ever(shutdown).await,
        }
    }

    /// A program that was stopped for a while wakes up here.
    fn in_its_term(&self) -> Result<(), Stopped> {
        match &self.term {
            Some((leases, term)) if !leases.stands(term) => Err(Stopped),
            Some(_) | None => Ok(()),
        }
    }

    async fn poll_for_ever(&self, shutdown: &mut watch::Receiver<bool>) -> Result<(), Stopped> {
        let mut cursor = Cursor {
            offset: 0,
            limit: BATCH,
            failures: 0,
            webhooks_removed: 0,
        };
        loop {
            self.in_its_term()?;
            let polled = tokio::select! {
                biased;
                () = told_to_stop(shutdown) => return Err(Stopped),
                polled = self.poll(&cursor) => polled,
            };
            let wait = match polled {
                Ok(body) => self.take(&body, &mut cursor).await,
                Err(error) => self.after_failure(error, &mut cursor).await,
            };
            if let Some(wait) = wait {
                pause(wait, shutdown).await?;
            }
        }
    }

    /// Asks who the bot is until Telegram answers, then hands in what an earlier run left waiting.
    async fn introduce(&self, shutdown: &mut watch::Receiver<bool>) -> Result<(), Stopped> {
        let mut failures = 0;
        loop {
            let asked = tokio::select! {
                biased;
                () = told_to_stop(shutdown) => return Err(Stopped),
                asked = self.api.me() => asked,
            };
            let error = match asked {
                Ok(me) => {
                    tracing::info!(bot.id = me.id, bot.username = me.username, "telegram: connected");
                    self.me.send_replace(Some(Arc::new(me)));
                    match self.intake.resume(super::NAME).await {
                        Ok(_) => return Ok(()),
                        Err(error) => PollError::Store(error),
                    }
                }
                Err(error) => PollError::Api(error),
            };
            failures += 1;
            pause(self.wait_after(&error, failures), shutdown).await?;
        }
    }

    async fn poll(&self, cursor: &Cursor) -> Result<String, PollError> {
        let payload = GetUpdates {
            offset: cursor.offset,
            limit: cursor.limit,
            timeout: self.patience.poll.as_secs(),
            allowed_updates: ALLOWED,
        };
        Ok(self.api.updates(&payload, self.patience.poll).await?)
    }

    /// Writes a batch down, commits, moves the offset on, hands on. Not interrupted by a shutdown.
    async fn take(&self, body: &str, cursor: &mut Cursor) -> Option<Duration> {
        let batch = match split(body) {
            Ok(batch) => batch,
            Err(error) => return self.after_failure(PollError::Api(error), cursor).await,
        };
        let handed = match self.write_down(&batch).await {
            Ok(handed) => handed,
            Err(error) => return self.after_failure(PollError::Store(error), cursor).await,
        };
        self.heartbeat.store(self.clock.now().0, Ordering::SeqCst);
        *cursor = Cursor {
            offset: next_offset(&batch, cursor.offset),
            limit: BATCH,
            failures: 0,
            webhooks_removed: 0,
        };
        for waiting in handed {
            self.intake.hand(waiting);
        }
        // Updates without a readable id cannot be confirmed; the server gives them again and again.
        let stuck = !batch.is_empty() && batch.iter().all(|one| one.update_id.is_none());
        stuck.then_some(self.patience.most)
    }

    async fn write_down(&self, batch: &[Split]) -> Result<Vec<Waiting>, StoreError> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let mut new = Vec::with_capacity(batch.len());
        let mut tx = self.db.begin().await?;
        for one in batch {
            if let Some(id) = tx.take_in(super::NAME, &one.update, now).await? {
                new.push(Waiting {
                    id,
                    channel: super::NAME.to_owned(),
                    lane: one.update.lane.clone(),
                    raw: one.update.raw.clone(),
                    attempts: 0,
                });
            }
        }
        tx.commit().await?;
        Ok(new)
    }

    /// What to do about a failed poll, and how long to wait before the next.
    async fn after_failure(&self, error: PollError, cursor: &mut Cursor) -> Option<Duration> {
        cursor.failures += 1;
        if let PollError::Api(api) = &error {
            if api.code() == Some(409) && api.says(&["webhook"]) {
                return self.remove_webhook(cursor).await;
            }
            if matches!(api, ApiError::Unknown(_) | ApiError::NotSent(_)) {
                // Perhaps one update breaks the body or makes it too large, also for a gateway: ask for fewer.
                cursor.limit = (cursor.limit / 2).max(1);
            }
        }
        Some(self.wait_after(&error, cursor.failures))
    }

    /// Telegram refuses polls while a webhook is set. Removed at once the first time; if somebody sets it again and
    /// again, only now and then, and loudly.
    async fn remove_webhook(&self, cursor: &mut Cursor) -> Option<Duration> {
        cursor.webhooks_removed += 1;
        tracing::error!(
            times = cursor.webhooks_removed,
            "telegram: 这个机器人设置了 webhook，消息被送到了别处；正在删除 webhook。如果反复出现，说明有另一个程序在用同一个 token"
        );
        let removed = self.api.call(&payloads::DeleteWebhook::new()).await;
        match removed {
            Ok(_) if cursor.webhooks_removed == 1 => None,
            Ok(_) => Some(self.patience.conflict),
            Err(error) => Some(self.wait_after(&PollError::Api(error), cursor.failures)),
        }
    }

    /// Says what is wrong and how long to wait.
    fn wait_after(&self, error: &PollError, failures: u32) -> Duration {
        let ms = |wait: Duration| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        let (first, most) = (ms(self.patience.first), ms(self.patience.most));
        let most = backoff_ms(first, failures.saturating_sub(1), most);
        let wait = Duration::from_millis(jittered_ms(most).unsigned_abs());
        match error {
            PollError::Api(api) if api.wrong_token() => {
                tracing::error!(
                    "telegram: token 不对，Telegram 不认。请检查 token 是否与 BotFather 给的完全一致，改好后重启"
                );
                self.patience.wrong_token
            }
            PollError::Api(api) if api.code() == Some(409) => {
                tracing::error!(
                    "telegram: 另一个程序正在用同一个 token 收消息（Conflict）。请停掉其中一个；这里稍后再试"
                );
                self.patience.conflict
            }
            PollError::Api(ApiError::Api {
                retry_after: Some(seconds),
                ..
            }) => Duration::from_secs((*seconds).clamp(1, 3600).unsigned_abs()),
            PollError::Api(error) => {
                tracing::warn!(%error, failures, "telegram: no updates");
                wait
            }
            PollError::Store(error) => {
                tracing::error!(%error, failures, "telegram: updates not written down, so not confirmed");
                wait
            }
        }
    }
}

async fn told_to_stop(shutdown: &mut watch::Receiver<bool>) {
    // A dropped sender means that the program ends as well.
    let _ = shutdown.wait_for(|stop| *stop).await;
}

async fn pause(wait: Duration, shutdown: &mut watch::Receiver<bool>) -> Result<(), Stopped> {
    tokio::select! {
        biased;
        () = told_to_stop(shutdown) => Err(Stopped),
        () = tokio::time::sleep(wait) => Ok(()),
    }
}
