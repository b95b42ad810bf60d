//! What a message costs as the store grows: the release program as a process of its own against the strict fake Bot API
//! on 127.0.0.1, with so many questions of two years in its database and so many groups. From its start the slowest answer
//! counts too: nothing the program keeps up beside its work may hold an answer up.
//!
//! `cargo bench --bench growth`; `QUESTIONS=1000,1000000 GROUPS=120 SECONDS=60` for other sizes, each with each; with
//! `POSTGRES` set to an address, in schemas of its own there, which stay; `PROGRAM=path` for another build.

#[allow(dead_code, reason = "the tests' support, used here in part")]
#[path = "../tests/support/history.rs"]
mod history;
#[allow(dead_code, reason = "the tests' support, used here in part")]
#[path = "../tests/support/program.rs"]
mod program;
#[allow(dead_code, unused_imports, reason = "the tests' support, used here in part")]
#[path = "../tests/support/telegram_server.rs"]
mod telegram_server;

use std::time::{Duration, Instant};

use bangban::clock::Clock;
use bangban::store::Db;
use history::{DAY_MS, Past};
use program::{Home, Running};
use sqlx::{AssertSqlSafe, Connection as _};
use telegram_server::{GroupKind, Sent, TelegramServer};

/// Messages a second; one in ten is a question the list answers.
const MESSAGES: u64 = 50;
const DAYS: i64 = 730;
const ADMIN: i64 = 900;
const SURE: [&str; 4] = [
    "简易注销要公示多少天，公示完什么时候提交？",
    "公司一般注销要走哪些步骤？",
    "什么样的公司可以走简易注销？",
    "开一家有限公司要准备哪些材料？",
];
const TALK: [&str; 3] = ["收到，谢谢老师", "好的", "各位老师辛苦了"];
/// Questions of the past are written in one transaction, and entries answered them.
const ENTRIES: [&str; 3] = ["dereg-001", "dereg-002", "dereg-003"];
const PATIENCE: Duration = Duration::from_secs(600);

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() {
    let numbers = |name: &str, default: &str| -> Vec<i64> {
        let said = std::env::var(name).unwrap_or_else(|_| default.to_owned());
        said.split(',')
            .filter_map(|number| number.trim().parse().ok())
            .collect()
    };
    let seconds = numbers("SECONDS", "60")[0].unsigned_abs();
    println!("{MESSAGES} messages/s for {seconds} s from the start, one in ten a question; then {seconds} s of rest");
    for groups in numbers("GROUPS", "120") {
        for questions in numbers("QUESTIONS", "1000,100000,1000000") {
            one(questions, groups, seconds).await;
        }
    }
}

async fn one(questions: i64, groups: i64, seconds: u64) {
    let server = TelegramServer::start().await;
    let (home, url) = home(&server, questions, groups).await;
    let program = home.serve().await;
    for group in 0..groups {
        server.says(-5000 - group, ADMIN, "/bind 魏都分局");
    }
    server.wait_idle(PATIENCE).await;
    home.settled_within(PATIENCE).await;
    assert_eq!(program.signal("TERM").await, Some(0));
    remember(&url, questions).await;
    println!("{questions} questions, {groups} groups");
    let (program, begun) = (started(&server, &home).await, Instant::now());
    let waits = load(&server, groups, seconds, 10_000).await;
    tell("while histories are read for the first time", &waits);
    caught_up(&url).await;
    println!("  they are read after {:.0} s", begun.elapsed().as_secs_f64());
    program.kill();

    let program = started(&server, &home).await;
    let before = program.processor_ms();
    let waits = load(&server, groups, seconds, 500_000).await;
    let spent = program.processor_ms() - before;
    tell("afterwards", &waits);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let rest = rest(&program, seconds).await;
    let each = (spent - rest * seconds as f64).max(0.0) / (seconds * MESSAGES) as f64;
    println!(
        "  {each:.2} ms of processor time a message, beside {rest:.0} ms a second at rest; {:.0} MiB resident",
        program.resident_mib()
    );
    program.kill();
    assert!(server.violations().is_empty(), "{:#?}", server.violations());
}

/// Starts the program while a question waits; returns when it is answered.
async fn started(server: &TelegramServer, home: &Home) -> Running {
    server.add_user(1, "企业");
    let asked = server.says(-5000, 1, SURE[0]);
    let begun = Instant::now();
    let program = home.serve().await;
    let served = begun.elapsed().as_secs_f64();
    let answered = |server: &TelegramServer| server.sent(-5000).into_iter().find(|sent| sent.reply_to == Some(asked));
    server.wait_for(answered, PATIENCE).await;
    println!(
        "  served after {served:.2} s, first answer after {:.2} s",
        begun.elapsed().as_secs_f64()
    );
    program
}

fn tell(when: &str, waits: &[f64]) {
    println!(
        "  {when}: update to reply p50 {:.0} ms, p99 {:.0}, slowest {:.0} ({} answers)",
        share(waits, 0.5),
        share(waits, 0.99),
        share(waits, 1.0),
        waits.len()
    );
}

/// A home with the sample city and the bureau's list, and the address of its database.
async fn home(server: &TelegramServer, questions: i64, groups: i64) -> (Home, String) {
    server.set_reads_all(true);
    server.add_user(ADMIN, "管理员甲");
    for group in 0..groups {
        server.add_group(-5000 - group, "群", GroupKind::Supergroup { forum: false });
    }
    let home = Home::new("")
        .on_telegram(server, ADMIN)
        .with("BANGBAN_FAQ", concat!(env!("CARGO_MANIFEST_DIR"), "/faq"))
        .with("RUST_LOG", "warn");
    let home = match std::env::var("PROGRAM") {
        Ok(program) => home.of(program.into()),
        Err(_) => home,
    };
    let Ok(postgres) = std::env::var("POSTGRES") else {
        let url = format!("sqlite:{}", home.path("data/bangban.db").display());
        return (home.with("DATABASE_URL", &url), url);
    };
    let schema = format!("growth_{}_{questions}_{groups}", std::process::id());
    on_postgres(&postgres, format!("CREATE SCHEMA {schema}")).await;
    let url = format!("{postgres}?options=-c%20search_path%3D{schema}");
    (home.with("DATABASE_URL", &url), url)
}

async fn on_postgres(url: &str, text: String) {
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(&mut connection)
        .await
        .unwrap();
}

/// Writes the questions of two years into the database of a program that is not running: in the words people used, each
/// with its cluster.
async fn remember(url: &str, questions: i64) {
    let db = Db::open(url).await.unwrap();
    let today = Clock::System.now().0 / DAY_MS * DAY_MS;
    let groups = db.read().await.unwrap().groups().await.unwrap();
    let groups: Vec<(i64, i64)> = groups
        .iter()
        .filter_map(|group| Some((group.id.0, group.bureau()?.0)))
        .collect();
    let past = Past {
        from: bangban::clock::Millis(today - DAYS * DAY_MS),
        days: DAYS,
        a_day: (questions / DAYS / 10 * 10).max(10),
        groups: &groups,
        entries: &ENTRIES,
        first: 1_000_000,
    };
    history::write(&db, &past).await;
    let mut tx = db.begin().await.unwrap();
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/faq"));
    let asked = bangban::faq::Asked::of_folder(folder).unwrap();
    let many = asked.len();
    let words = asked.iter().enumerate();
    let rows: Vec<String> = words
        .map(|(at, asked)| format!("({at}, '{}')", asked.text.replace('\'', "’")))
        .collect();
    for text in [
        "CREATE TABLE growth_words (id BIGINT PRIMARY KEY, text TEXT NOT NULL)".to_owned(),
        format!("INSERT INTO growth_words (id, text) VALUES {}", rows.join(", ")),
        format!("UPDATE questions SET text = (SELECT w.text FROM growth_words w WHERE w.id = questions.id % {many})"),
        "INSERT INTO clusters (id, standing, note, made_at) SELECT id + 1, 'listed', '', 0 FROM growth_words"
            .to_owned(),
        format!("INSERT INTO counters (name, value) VALUES ('clusters', {many})"),
        format!(
            "INSERT INTO collected (question_id, cluster_id, reason, entry_id) SELECT id, id % {many} + 1, 'answered', NULL FROM questions"
        ),
        "DROP TABLE growth_words".to_owned(),
    ] {
        history::run(&mut tx, text).await;
    }
    tx.commit().await.unwrap();
    db.close().await;
    if let Ok(postgres) = std::env::var("POSTGRES") {
        on_postgres(&postgres, "ANALYZE".to_owned()).await;
    }
}

/// Returns when what is kept beside the questions is up to date; how long that took, s.
async fn caught_up(url: &str) -> f64 {
    let (begun, db) = (Instant::now(), Db::open(url).await.unwrap());
    loop {
        let mut tx = db.read().await.unwrap();
        let (read, all) = tx.courses_read().await.unwrap();
        let fresh = tx.uncollected(Clock::System.now().plus(-120_000), 1).await.unwrap();
        if read >= all - 100 && fresh.is_empty() {
            break;
        }
        drop(tx);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    db.close().await;
    begun.elapsed().as_secs_f64()
}

/// Messages at an even pace; how long the answers took, ms.
async fn load(server: &TelegramServer, groups: i64, seconds: u64, first_asker: i64) -> Vec<f64> {
    let mut asked = Vec::new();
    let mut tick = tokio::time::interval(Duration::from_micros(1_000_000 / MESSAGES));
    for turn in 0..seconds * MESSAGES {
        tick.tick().await;
        let turn = turn.cast_signed();
        let asker = first_asker + turn;
        let pick = usize::try_from(turn).unwrap_or(0);
        server.add_user(asker, "企业");
        if turn % 10 == 0 {
            // Evenly over the groups: no more in each than the platform lets out.
            let (at, chat) = (server.now(), -5000 - asked.len() as i64 % groups);
            asked.push((chat, server.says(chat, asker, SURE[pick / 10 % SURE.len()]), at));
        } else {
            server.says(-5000 - turn % groups, asker, TALK[pick % TALK.len()]);
        }
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let sent = server.all_sent();
    let wait = |(chat, message, at): &(i64, i64, i64)| {
        let to = |sent: &&Sent| sent.chat == *chat && sent.reply_to == Some(*message);
        sent.iter().find(to).map(|answer| (answer.at - at) as f64)
    };
    asked.iter().filter_map(wait).collect()
}

/// Processor time while nothing is said, ms a second: ticks, refreshes, what is kept up.
async fn rest(program: &Running, seconds: u64) -> f64 {
    let before = program.processor_ms();
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    (program.processor_ms() - before) / seconds as f64
}

/// The value below which this share of the values lies.
fn share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 - 1.0) * share).round();
    sorted.get(at as usize).copied().unwrap_or(f64::NAN)
}
