//! Questions of the past by the thousand, written as rows at once, of which every figure is known beforehand.

use bangban::clock::Millis;
use bangban::store::{Db, Tx};
use sqlx::AssertSqlSafe;

pub const DAY_MS: i64 = 86_400_000;
/// Of ten questions the list answered so many at once; one of those was handed over later, and the others were at once.
pub const SURE_OF_TEN: i64 = 6;
pub const UNSOLVED_OF_TEN: i64 = 1;
pub const HANDED_OF_TEN: i64 = 5;

/// What was asked in a time.
pub struct Past<'a> {
    /// The first moment of its first day.
    pub from: Millis,
    pub days: i64,
    /// A multiple of ten.
    pub a_day: i64,
    /// In these groups (and bureaus) in turn.
    pub groups: &'a [(i64, i64)],
    /// These entries answered, in turn.
    pub entries: &'a [&'a str],
    /// The number of the first question.
    pub first: i64,
}

/// Runs a statement of the tests.
pub async fn run(tx: &mut Tx, text: String) -> u64 {
    match tx {
        Tx::Sqlite(connection, _) => {
            let done = sqlx::query(AssertSqlSafe(text)).execute(&mut **connection).await;
            done.unwrap().rows_affected()
        }
        Tx::Postgres(connection, _) => {
            let done = sqlx::query(AssertSqlSafe(text)).execute(&mut **connection).await;
            done.unwrap().rows_affected()
        }
    }
}

/// The rows of a query's one text column, or of the column of this place.
pub async fn texts(tx: &mut Tx, text: String, column: usize) -> Vec<String> {
    use sqlx::Row as _;
    match tx {
        Tx::Sqlite(connection, _) => {
            let rows = sqlx::query(AssertSqlSafe(text))
                .fetch_all(&mut **connection)
                .await
                .unwrap();
            rows.iter().map(|row| row.get::<String, _>(column)).collect()
        }
        Tx::Postgres(connection, _) => {
            let rows = sqlx::query(AssertSqlSafe(text))
                .fetch_all(&mut **connection)
                .await
                .unwrap();
            rows.iter().map(|row| row.get::<String, _>(column)).collect()
        }
    }
}

fn chosen<T: std::fmt::Display>(by: &str, from: impl ExactSizeIterator<Item = T>) -> String {
    let many = from.len();
    let cases: String = from
        .enumerate()
        .map(|(place, value)| format!(" WHEN {place} THEN {value}"))
        .collect();
    format!("CASE ({by}) % {many}{cases} END")
}

/// Writes them down: asked between 8:30 and 17:30, evenly. Answers, hand-overs and replies follow the digits above.
pub async fn write(db: &Db, past: &Past<'_>) {
    let Past {
        from,
        days,
        a_day,
        groups,
        entries,
        first,
    } = past;
    let all = days * a_day;
    let numbers =
        format!("WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {all})");
    let at = format!(
        "{} + (i / {a_day}) * {DAY_MS} + 30600000 + (i % {a_day}) * {}",
        from.0,
        9 * 3_600_000 / a_day
    );
    let group = chosen("i / 10", groups.iter().map(|(group, _)| group));
    let bureau = chosen("i / 10", groups.iter().map(|(_, bureau)| bureau));
    let entry = chosen("i", entries.iter().map(|entry| format!("'{entry}·1'")));
    let mut tx = db.begin().await.unwrap();
    let made = run(&mut tx, format!(
        "{numbers} INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text,
             media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder)
         SELECT {first} + i, 1, 'web', 'old' || i, '访客', {group}, {bureau}, NULL, 'old' || i, '简易注销要公示多少天？第' || i || '次问', '[]',
             NULL, NULL, 'ended', '{{\"Ended\":{{\"how\":\"Lapsed\",\"at\":0,\"by\":null}}}}', NULL, {at}, {at}, {at} + 60000, NULL FROM n"
    ))
    .await;
    assert_eq!(made, u64::try_from(all).unwrap());
    let sure = SURE_OF_TEN;
    let handed = format!(
        "(i % 10 >= {} OR i % 10 < {UNSOLVED_OF_TEN})",
        10 - HANDED_OF_TEN + UNSOLVED_OF_TEN
    );
    let somebody = "(SELECT MIN(id) FROM people)";
    for (place, kind, person, note, which) in [
        (1, "asked", "NULL", "''".to_owned(), "1 = 1".to_owned()),
        (2, "answered", "NULL", entry, format!("i % 10 < {sure}")),
        (3, "handed_over", "NULL", "''".to_owned(), handed.clone()),
        (4, "replied", somebody, "'请带身份证到窗口'".to_owned(), handed),
    ] {
        run(&mut tx, format!(
            "{numbers} INSERT INTO steps (id, question_id, at, kind, person_id, note)
             SELECT ({first} + i) * 10 + {place}, {first} + i, {at} + {place} * 1000, '{kind}', {person}, {note} FROM n WHERE {which}"
        ))
        .await;
    }
    let counters = format!(
        "UPDATE counters SET value = {} WHERE name = 'questions' AND value < {}",
        first + all,
        first + all
    );
    run(&mut tx, counters).await;
    tx.commit().await.unwrap();
}
