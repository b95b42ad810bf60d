//! What the program tells about itself: the log on stderr, figures for Prometheus, health for a supervisor.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use tracing_subscriber::EnvFilter;

use crate::desk::Desk;
use crate::store::StoreError;

/// Work that waits longer than this is a stall.
const STALL_MS: i64 = 60_000;

/// Starts the log: RUST_LOG as usual, `info` without it. Nothing people wrote is ever logged.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // A second start in one process (tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}

/// What health and figures look at.
pub struct Health {
    /// The database and the clock.
    pub desk: Arc<Desk>,
    /// Time (ms) of Telegram's last successful poll; none without Telegram.
    pub telegram: Option<Arc<AtomicI64>>,
    /// When this process began to serve, ms.
    pub started: i64,
}

/// `/healthz` (the process serves), `/readyz` (nothing is stalled), `/metrics` (Prometheus).
pub fn routes(health: Arc<Health>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(health)
}

async fn ready(State(health): State<Arc<Health>>) -> Response {
    let mut stalls = health.stalls().await;
    if stalls.is_empty() {
        return "ok\n".into_response();
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

impl Health {
    /// What is stalled, in words; empty if all is well.
    async fn stalls(&self) -> String {
        let now = self.desk.clock.now();
        let mut stalls = String::new();
        if let Some(polled) = &self.telegram {
            let last = polled.load(Ordering::Relaxed).max(self.started);
            if now.0 - last > STALL_MS {
                // Writing to a String cannot fail.
                let _ = write!(stalls, "telegram: no successful poll for {} s; ", (now.0 - last) / 1000);
            }
        }
        let oldest = async {
            let mut tx = self.desk.db.read().await?;
            let outbox = tx.oldest_unsent().await?;
            let inbox = tx.oldest_waiting().await?;
            Ok::<_, StoreError>((outbox, inbox))
        };
        match tokio::time::timeout(std::time::Duration::from_secs(5), oldest).await {
            Ok(Ok((outbox, inbox))) => {
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
        drop(tx);
        let entries = Gauge::<i64>::default();
        entries.set(i64::try_from(self.desk.faq().faq().entries().len()).unwrap_or(i64::MAX));
        registry.register("faq_entries", "Entries served", entries);
        if let Some(polled) = &self.telegram {
            let last = Gauge::<i64>::default();
            last.set(polled.load(Ordering::Relaxed) / 1000);
            registry.register(
                "telegram_last_poll_seconds",
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
