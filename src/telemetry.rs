//! What the program tells about itself: the log on stderr, figures for Prometheus, health for a supervisor.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use subtle::ConstantTimeEq as _;
use tokio::sync::Mutex;
use tracing_subscriber::EnvFilter;

use crate::clock::Millis;
use crate::config::Token;
use crate::desk::Desk;
use crate::domain::alarm::{Alarm, DEAF_MS, PUT_ASIDE_MS};
use crate::leases::{self, Leases};
use crate::store::StoreError;
use crate::store::alarms::Raised;

/// Work that waits longer than this is a stall.
const STALL_MS: i64 = 60_000;
/// A database that does not take a write for so long is a stall.
const WRITE: Duration = Duration::from_secs(5);
/// A write that was tried so long ago still counts: whoever asks often does not make the disk busy.
const TRIED_MS: u64 = 5_000;
/// Where the write that readiness tries goes.
const TRIED: &str = "ready";

/// Starts the log: RUST_LOG as usual, `info` without it. Nothing people wrote is ever logged.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // A second start in one process (tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        // A log that cannot be written (its disk is full) would be said on the same stderr, and that panics.
        .log_internal_errors(false)
        .try_init();
}

/// Counts what happened since the program started, by name.
#[derive(Default)]
pub struct Tally(std::sync::Mutex<BTreeMap<&'static str, i64>>);

impl Tally {
    /// One more.
    pub fn add(&self, what: &'static str) {
        *self.counts().entry(what).or_default() += 1;
    }

    /// All of them.
    pub fn rows(&self) -> Vec<(String, i64)> {
        self.counts()
            .iter()
            .map(|(what, count)| ((*what).to_owned(), *count))
            .collect()
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<&'static str, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Moments of something that happens, as far as they are of late.
#[derive(Default)]
pub struct Lately(std::sync::Mutex<VecDeque<Millis>>);

impl Lately {
    /// More are not kept; whoever asks knows that it is much.
    const MOST: usize = 1_000;

    /// It happened.
    pub fn note(&self, now: Millis) {
        let mut moments = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        moments.truncate(Lately::MOST - 1);
        moments.push_front(now);
    }

    /// How often within so long before now.
    pub fn within(&self, ms: i64, now: Millis) -> i64 {
        let moments = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = moments.iter().filter(|at| now.since(**at) < ms).count();
        i64::try_from(lately).unwrap_or(i64::MAX)
    }
}

/// What health and figures look at.
pub struct Health {
    /// The database and the clock.
    pub desk: Arc<Desk>,
    /// Channels that are polled, by name, with the time (ms) of each one's last successful poll.
    pub polled: Vec<(&'static str, Arc<AtomicI64>)>,
    /// What this program does and another does not.
    pub leases: Leases,
    /// What the pages turned away.
    pub tally: Arc<Tally>,
    /// When this process began to serve, ms.
    pub started: i64,
    /// The last write that was tried, and whether it went through.
    tried: Mutex<Option<(Millis, bool)>>,
}

/// `/healthz`: the process serves. Tells nothing else, so everybody may ask.
pub fn alive() -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" }))
}

/// `/readyz` (nothing is stalled, a write was tried) and `/metrics` (Prometheus); with a token for who brings it only.
pub fn figures(health: Arc<Health>, token: Option<Token>) -> Router {
    let routes = Router::new()
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(health);
    match token {
        Some(token) => routes.layer(middleware::from_fn(move |request: Request, next: Next| {
            let known = brings(request.headers(), &token);
            async move {
                match known {
                    true => next.run(request).await,
                    false => StatusCode::UNAUTHORIZED.into_response(),
                }
            }
        })),
        None => routes,
    }
}

/// Whether a request brings the token; how long it takes to see tells nothing about it.
fn brings(headers: &HeaderMap, token: &Token) -> bool {
    let brought = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    brought.is_some_and(|brought| brought.ct_eq(token.expose().as_bytes()).into())
}

async fn ready(State(health): State<Arc<Health>>) -> Response {
    let mut stalls = health.stalls().await;
    if stalls.is_empty() {
        // Still ready: nobody is better served by a program that is taken away.
        let problems = health.desk.calendar_problems();
        let degraded = problems
            .iter()
            .map(|problem| format!("degraded: calendar: {problem}\n"));
        return format!("ok\n{}", degraded.collect::<String>()).into_response();
    }
    stalls.push('\n');
    (StatusCode::SERVICE_UNAVAILABLE, stalls).into_response()
}

async fn metrics(State(health): State<Arc<Health>>) -> Response {
    match health.figures().await {
        Ok(text) => (
            [(
                header::CONTENT_TYPE,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
            )],
            text,
        )
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "figures cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Every alarm with whether it is raised, so that a watcher sees the 0 too.
fn register_alarms(registry: &mut Registry, raised: &[Raised]) {
    let gauges = Family::<Vec<(String, String)>, Gauge>::default();
    for alarm in Alarm::ALL {
        let count = raised.iter().filter(|raised| raised.alarm == alarm).count();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let labels = vec![("alarm".to_owned(), alarm.key().to_owned())];
        gauges.get_or_create(&labels).set(count);
    }
    let help = "Alarms that are raised: how many of each kind";
    registry.register("alarms_raised", help, gauges);
}

impl Health {
    /// The health of a desk that serves from now on. `polled`: the channels that are polled, by name, each with the time
    /// (ms) of its last successful poll.
    pub fn new(
        desk: Arc<Desk>,
        polled: Vec<(&'static str, Arc<AtomicI64>)>,
        leases: Leases,
        tally: Arc<Tally>,
    ) -> Health {
        let started = desk.clock.now().0;
        Health {
            desk,
            polled,
            leases,
            tally,
            started,
            tried: Mutex::default(),
        }
    }

    /// Whether the database takes a write, tried now or just before: one that can only be read keeps nothing.
    async fn can_write(&self) -> bool {
        let mut tried = self.tried.lock().await;
        let now = self.desk.clock.now();
        if let Some((at, done)) = *tried
            && now.since(at).unsigned_abs() < TRIED_MS
        {
            return done;
        }
        let write = async {
            let mut tx = self.desk.db.begin().await?;
            tx.set_note(TRIED, &now.0.to_string()).await?;
            tx.commit().await
        };
        let done = matches!(tokio::time::timeout(WRITE, write).await, Ok(Ok(())));
        *tried = Some((self.desk.clock.now(), done));
        done
    }

    /// What is stalled, in words; empty if all is well.
    async fn stalls(&self) -> String {
        let now = self.desk.clock.now();
        let mut stalls = String::new();
        let own = |channel: &str| self.leases.held(&leases::channel(channel)).is_some();
        for (channel, polled) in self.polled.iter().filter(|(channel, _)| own(channel)) {
            let last = polled.load(Ordering::Relaxed).max(self.started);
            if now.0 - last > DEAF_MS {
                // Writing to a String cannot fail.
                let _ = write!(
                    stalls,
                    "{channel}: no successful poll for {} s; ",
                    (now.0 - last) / 1000
                );
            }
        }
        let oldest = async {
            let mut tx = self.desk.db.read().await?;
            let outbox = tx.oldest_unsent().await?;
            let inbox = tx.oldest_waiting().await?;
            let aside = tx.aside_since(now.plus(-PUT_ASIDE_MS)).await?;
            Ok::<_, StoreError>((outbox, inbox, aside))
        };
        if !self.can_write().await {
            stalls.push_str("database: cannot be written; ");
        }
        match tokio::time::timeout(WRITE, oldest).await {
            Ok(Ok((outbox, inbox, aside))) => {
                let set_aside = [
                    ("inbox", aside.inbox),
                    ("outbox", aside.outbox),
                    ("questions", aside.questions),
                ];
                for (what, rows) in set_aside.into_iter().filter(|(_, rows)| *rows > 0) {
                    let _ = write!(stalls, "{what}: {rows} rows set aside; ");
                }
                for (what, oldest) in [("outbox", outbox), ("inbox", inbox)] {
                    if let Some(age) = oldest.map(|oldest| now.since(oldest)).filter(|age| *age > STALL_MS) {
                        let _ = write!(stalls, "{what}: oldest row waits for {} s; ", age / 1000);
                    }
                }
            }
            Ok(Err(_)) | Err(_) => stalls.push_str("database: cannot be read; "),
        }
        stalls
    }

    async fn figures(&self) -> Result<String, StoreError> {
        let mut tx = self.desk.db.read().await?;
        let mut registry = Registry::with_prefix("bangban");
        let family = |registry: &mut Registry, name: &str, help: &str, rows: Vec<(String, i64)>| {
            let gauges = Family::<Vec<(String, String)>, Gauge>::default();
            for (state, count) in rows {
                gauges.get_or_create(&vec![("state".to_owned(), state)]).set(count);
            }
            registry.register(name, help, gauges);
        };
        let (waiting, aside) = tx.inbox_counts().await?;
        let inbox = vec![("waiting".to_owned(), waiting), ("aside".to_owned(), aside)];
        family(
            &mut registry,
            "inbox_updates",
            "Updates that wait or were kept aside",
            inbox,
        );
        family(
            &mut registry,
            "outbox_messages",
            "Messages owed, by state",
            tx.outbox_counts().await?,
        );
        family(&mut registry, "questions", "Questions by phase", tx.phases().await?);
        let audited = tx.audited().await?;
        family(&mut registry, "audited", "Rows of the audit, by what was done", audited);
        let raised = tx.alarms().await?;
        drop(tx);
        register_alarms(&mut registry, &raised);
        let refused = self.tally.rows();
        family(&mut registry, "refused", "Turned away since the start, by why", refused);
        let entries = Gauge::<i64>::default();
        entries.set(i64::try_from(self.desk.faq().faq().entries().len()).unwrap_or(i64::MAX));
        registry.register("faq_entries", "Entries served", entries);
        for (channel, polled) in &self.polled {
            let last = Gauge::<i64>::default();
            last.set(polled.load(Ordering::Relaxed) / 1000);
            registry.register(
                format!("{channel}_last_poll_seconds"),
                "Unix time of the last successful poll",
                last,
            );
        }
        let mut text = String::new();
        // Encoding into a String cannot fail.
        let _ = encode(&mut text, &registry);
        Ok(text)
    }
}
