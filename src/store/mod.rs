//! The database: one store in one SQL text over SQLite and PostgreSQL. Nobody else sees rows.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::Millis;
use crate::domain::asking::replies;

/// Expands one expression for the driver that the transaction is on: one SQL text, two native drivers. What waits for the
/// database is on the heap: a use case waits dozens of times, and a thread's stack has two megabytes.
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(transaction, _) => {
                let $conn = &mut **transaction;
                Box::pin(async { $body }).await
            }
            $crate::store::Tx::Postgres(transaction, _) => {
                let $conn = &mut **transaction;
                $crate::store::patience::within(Box::pin(async { $body })).await
            }
        }
    };
}

/// Keys as a list of SQL. They are the program's own, never something people wrote.
fn listed(keys: &[&str]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("'{key}'")).collect();
    quoted.join(", ")
}

/// Of steps `s` with replies those that hold: neither changed since nor taken back.
fn holds() -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM steps b WHERE b.question_id = s.question_id AND b.id > s.id AND b.kind = '{}' AND b.note = s.note)",
        replies::TAKEN_BACK
    )
}

pub mod access;
pub mod accounts;
pub mod alarms;
pub mod aside;
pub mod audit;
pub mod backup;
pub mod board;
pub mod bulletins;
mod changing;
pub mod clusters;
pub mod console;
pub mod courses;
pub mod digests;
pub mod drafts;
pub mod duty;
pub mod each;
pub mod editions;
pub mod entries;
pub mod erase;
pub mod figures;
mod forget;
pub mod groups;
pub mod helped;
mod ids;
pub mod imports;
pub mod inbox;
pub mod lately;
pub mod leases;
pub mod lessons;
pub mod links;
pub mod off;
pub mod order;
pub mod outbox;
mod owing;
mod pace;
mod patience;
pub mod people;
pub mod pictures;
mod places;
pub mod publications;
pub mod questions;
pub mod ratings;
pub mod recalls;
pub mod replay;
mod reported;
mod reread;
pub mod rooms;
pub mod samples;
pub mod sends;
mod steps;
pub mod submissions;
pub mod tidings;
mod times;
mod transport;
mod trouble;
pub mod undelivered;
pub mod upkeep;
pub mod windows;
mod wishes;

pub use ids::Ids;
use ids::row_id;
pub use transport::{Plain, Travel};
pub use trouble::StoreError;
use trouble::unusable;

/// How long SQLite waits for another program's write.
const BUSY: Duration = Duration::from_secs(5);

/// What the store gives back.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A pool of connections to one of the two databases.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    /// At the pool of PostgreSQL.
    turns: Arc<Semaphore>,
    ids: Arc<Ids>,
    moves: tidings::Moves,
}

#[derive(Clone, Debug)]
enum Pools {
    /// One writer (SQLite has one at a time anyway) and readers beside it.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// A transaction on either database. Dropping it without [`Tx::commit`] undoes it.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>, Beside),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>, Beside),
}

/// What a transaction carries with it; opaque outside the store.
pub struct Beside {
    ids: Arc<Ids>,
    told: tidings::Told,
    moved: tidings::Moved,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Db {
    /// Opens `url` (`sqlite:PATH` or `postgres://…`), creating an SQLite file that is not there, and brings the
    /// schema up to date. The error says in Chinese what is wrong and what to do.
    pub async fn open(url: &str) -> Result<Db> {
        Db::open_over(url, Plain::Refused).await
    }

    /// The same, and whether plain text to another machine is taken.
    pub async fn open_over(url: &str, plain: Plain) -> Result<Db> {
        let db = Db::connect(url, plain).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// How what goes to this database travels; none where it is a file.
    pub fn travels(url: &str) -> Option<Travel> {
        let options = || PgConnectOptions::from_str(url).ok();
        sqlite_file(url)
            .is_none()
            .then(options)
            .flatten()
            .as_ref()
            .map(transport::travel)
    }

    /// Opens `url` without touching its schema.
    async fn connect(url: &str, plain: Plain) -> Result<Db> {
        let pools = if let Some(file) = sqlite_file(url) {
            open_sqlite(&file).await?
        } else {
            let options = PgConnectOptions::from_str(url).map_err(|error| unusable(url, &error))?;
            transport::check(&options, plain)?;
            // The pool would only say that it timed out.
            let first = patience::in_time(patience::CONNECT, PgConnection::connect_with(&options)).await;
            let _ = first.map_err(|error| unusable(url, &error))?.close().await;
            let pool = patience::pool(options).await.map_err(|error| unusable(url, &error))?;
            Pools::Postgres(pool)
        };
        Ok(Db {
            pools,
            turns: patience::turns(),
            ids: Arc::new(Ids::default()),
            moves: tidings::Moves::default(),
        })
    }

    async fn migrate(&self) -> Result<()> {
        let mut migrator = steps::migrations();
        let done = match &self.pools {
            Pools::Sqlite { writer, .. } => migrator.run(writer).await,
            Pools::Postgres(pool) => {
                migrator.set_locking(true);
                migrator.run(pool).await
            }
        };
        done.map_err(|error| match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => StoreError::Unusable(format!(
                "数据库比这个程序新（有第 {version} 步升级，本程序不认识）。请换用新版程序；不要用旧版打开，以免损坏数据。"
            )),
            MigrateError::VersionMismatch(version) => StoreError::Unusable(format!(
                "数据库第 {version} 步升级与本程序不一致，可能是另一个分支的版本建的。请用原来的程序，或换一个数据目录。"
            )),
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => unusable("", &error),
            other => StoreError::Unusable(format!("数据库升级失败：{other}。数据没有改动，请把这句话交给管理员。")),
        })
    }

    /// A transaction that may write. On SQLite it takes the writer at once (`BEGIN IMMEDIATE`).
    pub async fn begin(&self) -> Result<Tx> {
        // In a transaction of its own: one that is undone later must not give the same number out again.
        let number = async {
            let mut tx = self.writing().await?;
            let number = tx.count_up("writers", 1).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(number)
        };
        self.ids.writer.get_or_try_init(|| Box::pin(number)).await?;
        self.writing().await
    }

    // What waits for a connection takes tens of kilobytes, and would lie on the stack of everybody who begins or ends a
    // transaction: here and below it is on the heap.
    async fn writing(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => {
                let begun = Box::pin(writer.begin_with("BEGIN IMMEDIATE")).await?;
                Tx::Sqlite(begun, self.beside(None))
            }
            Pools::Postgres(pool) => {
                let turn = patience::turn(&self.turns).await?;
                let begun = Box::pin(pool.begin_with(patience::WRITE));
                Tx::Postgres(patience::within(begun).await?, self.beside(Some(turn)))
            }
        })
    }

    fn beside(&self, turn: Option<OwnedSemaphorePermit>) -> Beside {
        Beside {
            ids: Arc::clone(&self.ids),
            told: tidings::Told::new(),
            moved: self.moves.none_yet(),
            _turn: turn,
        }
    }

    /// A transaction for reading only.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(Box::pin(readers.begin()).await?, self.beside(None)),
            Pools::Postgres(pool) => {
                let turn = patience::turn(&self.turns).await?;
                let begun = Box::pin(pool.begin_with(patience::READ));
                Tx::Postgres(patience::within(begun).await?, self.beside(Some(turn)))
            }
        })
    }

    /// `sqlite` or `postgres`, for people and figures.
    pub fn kind(&self) -> &'static str {
        match &self.pools {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgres",
        }
    }

    /// Whether several programs can serve it at once.
    pub fn is_shared(&self) -> bool {
        match &self.pools {
            Pools::Sqlite { .. } => false,
            Pools::Postgres(_) => true,
        }
    }

    /// Ends every connection, the last writes safely on disk.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in it durable.
    pub async fn commit(mut self) -> Result<()> {
        Box::pin(self.tell_all()).await?;
        let beside = match self {
            Tx::Sqlite(transaction, beside) => Box::pin(transaction.commit()).await.map(|()| beside)?,
            Tx::Postgres(transaction, beside) => {
                let committed = Box::pin(transaction.commit());
                patience::within(committed).await.map(|()| beside)?
            }
        };
        beside.moved.tell();
        Ok(())
    }

    /// What [`row_id`] needs for a row written at `at`.
    fn propose_id(&self, at: Millis) -> i64 {
        let (Tx::Sqlite(_, beside) | Tx::Postgres(_, beside)) = self;
        beside.ids.propose(at)
    }

    /// Adds `by` to a named counter and returns its new value; the counter starts at 0.
    pub async fn count_up(&mut self, name: &str, by: i64) -> Result<i64> {
        let (value,): (i64,) = on!(self, |conn| sqlx::query_as(
            "INSERT INTO counters (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = counters.value + $2 RETURNING value"
        )
        .bind(name)
        .bind(by)
        .fetch_one(conn)
        .await)?;
        Ok(value)
    }

    /// A named counter's value, 0 if it never counted.
    pub async fn counter(&mut self, name: &str) -> Result<i64> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT value FROM counters WHERE name = $1"
        )
        .bind(name)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map_or(0, |(value,)| value))
    }
}

/// The file of an `sqlite:` address; none for PostgreSQL.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let postgres = url.starts_with("postgres:") || url.starts_with("postgresql:");
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (!postgres).then(|| PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

async fn open_sqlite(file: &Path) -> Result<Pools> {
    let path = &file.display().to_string();
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .pragma("secure_delete", "ON");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        // A connection is a thread of this process: it need not be asked first whether it is alive.
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(async move { Ok(is_whole(connection)) }))
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options.clone())
        .await
        .map_err(|error| unusable(path, &error))?;
    let readers = SqlitePoolOptions::new()
        .max_connections(4)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(async move { Ok(is_whole(connection)) }))
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options)
        .await
        .map_err(|error| unusable(path, &error))?;
    Ok(Pools::Sqlite { writer, readers })
}

/// SQLite undoes a transaction by itself where a write fails (disk full, i/o error). The driver does not notice and
/// believes to be inside it for ever, so that nothing could be begun any more: such a connection is not used again.
fn is_whole(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}
