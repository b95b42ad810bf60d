//! Everything that is kept: each byte of a folder, or each text of each table.

use std::path::Path;

use sqlx::{Connection as _, PgConnection};

/// All that a town keeps: the files of its database, freed pages and the log with them, or on PostgreSQL the texts of all
/// columns.
pub async fn everything(url: &str) -> Vec<u8> {
    match url.strip_prefix("sqlite:") {
        Some(file) => files(Path::new(file).parent().unwrap()),
        None => texts(url).await,
    }
}

/// Every byte under a folder.
pub fn files(folder: &Path) -> Vec<u8> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.extend(std::fs::read(&path).unwrap()),
        }
    }
    found
}

async fn texts(url: &str) -> Vec<u8> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()
         AND data_type IN ('text', 'character varying')",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(columns.len() > 80, "{columns:?}");
    let mut found = Vec::new();
    for (table, column) in columns {
        let sql = format!("SELECT COALESCE(\"{column}\", '') FROM \"{table}\"");
        let rows: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        for (text,) in rows {
            found.extend(text.into_bytes());
            found.push(b'\n');
        }
    }
    found
}

/// Whether the bytes hold these.
pub fn holds(kept: &[u8], wanted: &[u8]) -> bool {
    kept.windows(wanted.len()).any(|window| window == wanted)
}
