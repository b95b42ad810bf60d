//! What can go wrong with the database, and what the operator reads then.

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The driver or the database failed.
    #[error("database failed")]
    Sql(#[from] sqlx::Error),
    /// A row that cannot be, never guessed at.
    #[error("inconsistent row in {table}, id {id}: {what}")]
    Inconsistent {
        /// Table.
        table: &'static str,
        /// Row.
        id: String,
        /// What is impossible about it.
        what: String,
    },
    /// Somebody else changed the row since it was read; the step is run again.
    #[error("row changed since it was read")]
    Stale,
    /// The database cannot be used; the text is for the person who started the program.
    #[error("{0}")]
    Unusable(String),
}

impl StoreError {
    /// Somebody else was quicker (a version conflict, PostgreSQL's deadlock or serialisation failure, two first writers
    /// of one row): the step is run again.
    pub fn is_conflict(&self) -> bool {
        match self {
            StoreError::Stale => true,
            StoreError::Sql(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("40P01" | "40001" | "23505"))
            }
            StoreError::Sql(_) | StoreError::Inconsistent { .. } | StoreError::Unusable(_) => false,
        }
    }

    /// The database is away, busy, full or failing as a whole: what was tried may well work later.
    pub fn is_outage(&self) -> bool {
        match self {
            StoreError::Sql(sqlx::Error::Database(error)) => outage_code(error.code().as_deref().unwrap_or_default()),
            StoreError::Sql(error) => matches!(
                error,
                sqlx::Error::Io(_)
                    | sqlx::Error::Tls(_)
                    | sqlx::Error::Protocol(_)
                    | sqlx::Error::PoolTimedOut
                    | sqlx::Error::PoolClosed
                    | sqlx::Error::WorkerCrashed
                    | sqlx::Error::BeginFailed
                    | sqlx::Error::InvalidSavePointStatement
            ),
            StoreError::Stale | StoreError::Inconsistent { .. } | StoreError::Unusable(_) => false,
        }
    }

    /// The same error as the person who runs the program reads it: what is wrong and what to do.
    #[must_use]
    pub fn told(self) -> StoreError {
        match self {
            StoreError::Sql(error) => unusable("", &error),
            StoreError::Stale | StoreError::Inconsistent { .. } | StoreError::Unusable(_) => self,
        }
    }

    /// An impossible value in `table`, row `id`.
    pub(crate) fn inconsistent(table: &'static str, id: impl ToString, what: impl ToString) -> StoreError {
        StoreError::Inconsistent {
            table,
            id: id.to_string(),
            what: what.to_string(),
        }
    }
}

/// PostgreSQL's codes and classes for lost connections, read-only and idle transactions, resources, locks, operators and
/// the system; SQLite's busy, locked, out of memory, read-only, i/o, corrupt, full, cannot open and protocol
/// (its extended codes carry them in the low byte).
fn outage_code(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "25", "53", "55", "57", "58", "XX"]
            .iter()
            .any(|class| code.starts_with(class));
    }
    code.parse::<u32>()
        .is_ok_and(|code| matches!(code & 0xff, 5..=8 | 10 | 11 | 13..=15))
}

/// What the operator reads when the database does not open.
pub(super) fn unusable(place: &str, error: &sqlx::Error) -> StoreError {
    let said = error.to_string();
    let advice = if said.contains("readonly") || said.contains("read-only") {
        "数据库只能读、不能写。请检查数据目录的权限和磁盘是否只读。"
    } else if said.contains("locked") || said.contains("busy") {
        "数据库被别的程序占用。请关掉另一个帮办或正在打开这个文件的工具，再启动。"
    } else if said.contains("unable to open") || said.contains("No such file") {
        "数据库文件打不开。请检查数据目录是否存在、有没有写权限。"
    } else if said.contains("refused") || said.contains("timed out") || said.contains("does not answer") {
        "数据库没有在运行，或地址端口不对。请启动数据库，检查 DATABASE_URL。"
    } else if said.contains("password") || said.contains("authentication") || said.contains("role") {
        "用户名或密码不对。请检查 DATABASE_URL。"
    } else if said.contains("not a database") || said.contains("malformed") {
        "这个文件不是可用的数据库，或已损坏。请换回最近的备份；原文件不要删。"
    } else if said.contains("full") {
        "磁盘满了。请腾出空间再启动。"
    } else {
        "请检查 DATABASE_URL 是否正确、数据库是否在运行。"
    };
    let place = if place.contains("://") { "" } else { place };
    StoreError::Unusable(format!("数据库{place}用不了：{advice}（{said}）"))
}
