//! How long PostgreSQL is waited for. A connection over which nothing comes any more (a firewall forgot it, the machine
//! behind it is gone) would be waited on for a quarter of an hour: nobody closes it. So every statement has a limit on
//! both sides, a connection that rested is asked whether it lives before it is used, and what does not answer is closed.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Executor as _, PgConnection, PgPool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// For one statement. The server ends it itself a little earlier.
const STATEMENT: Duration = Duration::from_secs(30);
/// For the answer of a connection that has nothing to do.
const ALIVE: Duration = Duration::from_secs(2);
/// A connection that was used just now lives.
const RESTED: Duration = Duration::from_secs(1);
/// For the first connection of all.
pub(super) const CONNECT: Duration = Duration::from_secs(10);
/// For a turn at the pool while all its connections are busy: many at once wait rather than be refused.
const TURN: Duration = Duration::from_secs(15);
/// For a connection of the pool, asked or made. Who waits over a line that swallows everything finds out no sooner that
/// it carries again: everything has to go on within 10 s.
const READY: Duration = Duration::from_secs(6);
const CONNECTIONS: usize = 16;

/// Begins a transaction that may write: one that stands still in the middle of it holds others up no longer than this.
pub(super) const WRITE: &str =
    "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '8s'; SET LOCAL statement_timeout = '25s'";
/// Begins a transaction that only reads. It may rest between two statements: what it read is looked through meanwhile.
pub(super) const READ: &str = "BEGIN; SET LOCAL statement_timeout = '25s'";
/// The server notices within a minute that this side is gone, and lets go what it held; its probes also keep a firewall
/// from forgetting the connection. Not every server knows the last.
const KEPT_ALIVE: [&str; 2] = [
    "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4",
    "SET tcp_user_timeout = 30000",
];

/// What `work` gives, if it comes in time; else an outage.
pub(super) async fn within<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    in_time(STATEMENT, work).await
}

/// The same with another limit.
pub(super) async fn in_time<T>(limit: Duration, work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    let late = || sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database does not answer"));
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| Err(late()))
}

/// A pool of connections that are known to live.
pub(super) async fn pool(options: PgConnectOptions) -> sqlx::Result<PgPool> {
    living(CONNECTIONS).connect_with(options).await
}

/// Turns at a pool: so many may want a connection at once.
pub(super) fn turns() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(CONNECTIONS))
}

/// Waits for a turn. It is over when what is given is dropped.
pub(super) async fn turn(turns: &Arc<Semaphore>) -> sqlx::Result<OwnedSemaphorePermit> {
    let turn = tokio::time::timeout(TURN, Arc::clone(turns).acquire_owned()).await;
    turn.ok().and_then(Result::ok).ok_or(sqlx::Error::PoolTimedOut)
}

/// A pool of one connection, for whoever keeps it and may have to leave it hanging.
pub(super) fn alone(options: PgConnectOptions) -> PgPool {
    living(1).connect_lazy_with(options)
}

fn living(connections: usize) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(u32::try_from(connections).unwrap_or(u32::MAX))
        .acquire_timeout(READY)
        .after_connect(|connection, _| {
            Box::pin(async move {
                for set in KEPT_ALIVE {
                    if let Err(error) = in_time(ALIVE, connection.execute(set)).await {
                        tracing::debug!(%error, "the server cannot {set}");
                    }
                }
                Ok(())
            })
        })
        // Asked below, where it is worth it, and not for ever.
        .test_before_acquire(false)
        .before_acquire(|connection, used| {
            let rested = used.idle_for > RESTED;
            Box::pin(async move {
                if rested {
                    answers(connection).await?;
                }
                Ok(true)
            })
        })
        // What is given back in the middle of something may hang; the pool itself would wait for it.
        .after_release(|connection, _| Box::pin(async move { answers(connection).await.map(|()| true) }))
}

/// Whether a connection answers and may write. One that does not is closed: after a failover it may still lead to a server
/// that can only be read, and lives there for ever.
async fn answers(connection: &mut PgConnection) -> sqlx::Result<()> {
    let asked = sqlx::query_scalar("SHOW transaction_read_only").fetch_one(connection);
    let only_read: String = in_time(ALIVE, asked).await?;
    match only_read.as_str() {
        "on" => Err(sqlx::Error::Io(io::Error::new(
            io::ErrorKind::ReadOnlyFilesystem,
            "the database can only be read",
        ))),
        _ => Ok(()),
    }
}
