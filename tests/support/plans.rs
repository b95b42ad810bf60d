//! Every statement a story leads to, and how SQLite would run it: none that a message, a tick or a page leads to may go
//! through a table from end to end that grows with what people say.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use bangban::store::{Db, Tx};
use sqlx::AssertSqlSafe;
use sqlx::Row as _;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// Tables that grow with every question for as long as questions are kept.
const GROWING: [&str; 7] = [
    "questions",
    "steps",
    "links",
    "courses",
    "collected",
    "audit",
    "room_messages",
];

/// Parts of statements that may, and why.
const MAY: [(&str, &str); 6] = [
    (
        "SELECT phase, COUNT(*)",
        "of an index alone, when somebody asks for the program's figures",
    ),
    (
        "FROM audit ORDER BY seq DESC LIMIT 1",
        "the first row it comes to is the one",
    ),
    (
        "ORDER BY s.id DESC LIMIT $2",
        "from the newest step back, until a few replies are found",
    ),
    (
        "INSERT INTO people",
        "a person's number is never changed, for which their questions would be looked for",
    ),
    ("UPDATE people", "the same"),
    (
        "COALESCE(k.standing, '')",
        "once a day, some of them at a time, in the order of their numbers",
    ),
];

static HEARD: OnceLock<Mutex<BTreeSet<String>>> = OnceLock::new();

struct Listening;

impl<S: Subscriber> Layer<S> for Listening {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Statement);
    }
}

struct Statement;

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        // The one field has the whole statement where it is long, the other where it is short.
        if ["db.statement", "summary"].contains(&field.name()) && !value.is_empty() && !value.ends_with('…') {
            let heard = HEARD.get_or_init(Mutex::default);
            heard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(value.trim().to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// Listens from now on; each test is a process of its own.
pub fn listen() {
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Listening));
}

/// What would be gone through from end to end, with its statement.
pub async fn whole(db: &Db) -> Vec<String> {
    let heard = std::mem::take(
        &mut *HEARD
            .get_or_init(Mutex::default)
            .lock()
            .unwrap_or_else(PoisonError::into_inner),
    );
    let mut tx = db.read().await.unwrap();
    let Tx::Sqlite(connection, _) = &mut tx else {
        return Vec::new();
    };
    assert!(!heard.is_empty(), "the database is not listened to");
    let mut found = Vec::new();
    for statement in heard {
        let begins = |word: &&str| statement.starts_with(*word);
        if !["SELECT", "UPDATE", "DELETE", "INSERT", "WITH"].iter().any(begins) {
            continue;
        }
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")));
        let steps = plan.fetch_all(&mut **connection).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|row| row.get::<String, _>(3)).collect();
        for step in steps.iter().filter(|step| goes_through(&statement, step)) {
            found.push(format!("{step}\n    {statement}"));
        }
    }
    found
}

fn goes_through(statement: &str, step: &str) -> bool {
    let Some(name) = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) else {
        return false;
    };
    let growing = |table: &str| {
        table == name
            || [format!(" {table} {name} "), format!(" {table} AS {name} ")]
                .iter()
                .any(|named| statement.contains(named))
    };
    GROWING.iter().any(|table| growing(table)) && !MAY.iter().any(|(part, _)| statement.contains(part))
}
