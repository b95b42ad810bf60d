//! How the databases find what figures need: by an index, never by looking through every question.

use bangban::clock::Millis;
use bangban::store::courses::{ALONE, HANDED, OF_BUREAU};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

use super::same::{desk, groups, run};
use crate::support::town::postgres_schema;

const NOW: Millis = Millis(1_795_399_200_000);
const QUERIES: [(&str, &str); 3] = [
    (ALONE, "courses_alone"),
    (HANDED, "courses_handed"),
    (OF_BUREAU, "courses_bureau"),
];

/// Forty thousand courses over four years.
const COURSES: &str = "INSERT INTO courses (question_id, bureau_id, asked_at, handed_at, marks)
    WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
    SELECT i, 1 + i % 3, 1650000000000 + i * 3000000, CASE WHEN i % 3 = 0 THEN 1650000000000 + i * 3000000 END, 1 FROM n;";

#[tokio::test]
async fn sqlite_finds_a_period_by_its_indices() {
    let data = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", data.path().join("plans.db").display());
    let desk = desk(&url, data.path(), "Asia/Shanghai", NOW).await;
    run(&url, &groups(&desk, NOW)).await;
    run(&url, COURSES).await;
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    for (query, index) in QUERIES {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}")));
        let plan = plan.bind(1_i64).bind(1_767_000_000_000_i64).bind(1_769_000_000_000_i64);
        let plan: Vec<String> = plan
            .fetch_all(&mut connection)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(3))
            .collect();
        let plan = plan.join("\n");
        assert!(
            plan.contains(index) && !plan.contains("SCAN courses"),
            "{query}\n{plan}"
        );
    }
}

#[tokio::test]
async fn postgres_finds_a_period_by_its_indices() {
    let data = tempfile::tempdir().unwrap();
    let url = postgres_schema().await;
    let desk = desk(&url, data.path(), "Asia/Shanghai", NOW).await;
    run(&url, &groups(&desk, NOW)).await;
    run(&url, COURSES).await;
    run(&url, "ANALYZE courses;").await;
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    for (query, index) in QUERIES {
        let query = match query {
            OF_BUREAU => query
                .replace("$1", "1")
                .replace("$2", "1767000000000")
                .replace("$3", "1769000000000"),
            _ => query.replace("$1", "1767000000000").replace("$2", "1769000000000"),
        };
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN {query}")));
        let plan: Vec<String> = plan
            .fetch_all(&mut connection)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
        let plan = plan.join("\n");
        assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{query}\n{plan}");
    }
}
