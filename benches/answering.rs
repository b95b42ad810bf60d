//! How fast the program answers on Telegram, and what it needs: start to first answer, update to reply under load,
//! resident memory. The release program runs as a process of its own against the strict fake Bot API on 127.0.0.1,
//! on SQLite with `synchronous=FULL`.
//!
//! `cargo bench --bench answering`; `RUNS=5 SECONDS=120 cargo bench --bench answering` for longer ones.

#[allow(dead_code, reason = "the tests' support, used here in part")]
#[path = "../tests/support/program.rs"]
mod program;
#[allow(dead_code, unused_imports, reason = "the tests' support, used here in part")]
#[path = "../tests/support/telegram_server.rs"]
mod telegram_server;

use std::time::{Duration, Instant};

use program::{Home, Running};
use telegram_server::{GroupKind, Sent, TelegramServer};

const GROUPS: i64 = 120;
/// Updates a second; of every five, two are questions that are answered at once.
const UPDATES: u64 = 50;
const ADMIN: i64 = 900;
const SURE: [&str; 4] = [
    "简易注销要公示多少天，公示完什么时候提交？",
    "公司一般注销要走哪些步骤？",
    "什么样的公司可以走简易注销？",
    "开一家有限公司要准备哪些材料？",
];
const TALK: [&str; 3] = ["收到，谢谢老师", "好的", "各位老师辛苦了"];

/// What one run showed.
struct Figures {
    first_answer_ms: f64,
    waits_ms: Vec<f64>,
    silent_wrongly: usize,
    resident_mib: f64,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() {
    let number = |name: &str, default: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (runs, seconds) = (number("RUNS", 3), number("SECONDS", 60));
    println!("{GROUPS} groups, {UPDATES} updates/s, 20/s of them answered, {seconds} s, {runs} runs");
    let mut all = Vec::new();
    for run in 1..=runs {
        let figures = once(seconds).await;
        println!(
            "run {run}: first answer {:.0} ms; update to reply p50 {:.1} ms, p95 {:.1}, p99 {:.1}, max {:.1} ({} answers, {} missing); {:.0} MiB resident",
            figures.first_answer_ms,
            share(&figures.waits_ms, 0.50),
            share(&figures.waits_ms, 0.95),
            share(&figures.waits_ms, 0.99),
            share(&figures.waits_ms, 1.0),
            figures.waits_ms.len(),
            figures.silent_wrongly,
            figures.resident_mib,
        );
        all.push(figures);
    }
    let told = |name: &str, of: &dyn Fn(&Figures) -> f64| {
        let mut values: Vec<f64> = all.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        println!(
            "{name}: median {:.1} ({:.1}–{:.1})",
            share(&values, 0.5),
            values[0],
            values[values.len() - 1]
        );
    };
    told("start to first answer, ms", &|figures| figures.first_answer_ms);
    told("update to reply p50, ms", &|figures| share(&figures.waits_ms, 0.50));
    told("update to reply p99, ms", &|figures| share(&figures.waits_ms, 0.99));
    told("resident memory, MiB", &|figures| figures.resident_mib);
}

async fn once(seconds: u64) -> Figures {
    let server = TelegramServer::start().await;
    server.set_reads_all(true);
    server.add_user(ADMIN, "管理员甲");
    for group in 0..GROUPS {
        server.add_group(-5000 - group, "群", GroupKind::Supergroup { forum: false });
    }
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/faq");
    let home = Home::new("")
        .on_telegram(&server, ADMIN)
        .with("BANGBAN_FAQ", list)
        .with("RUST_LOG", "warn");
    let program = home.serve().await;
    for group in 0..GROUPS {
        server.says(-5000 - group, ADMIN, "/bind 魏都分局");
    }
    let bound = |server: &TelegramServer| (server.all_sent().len() >= GROUPS as usize).then_some(());
    server.wait_for(bound, Duration::from_secs(60)).await;
    home.settled().await;
    program.kill();

    let (program, first_answer_ms) = first_answer(&server, &home).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let asked = load(&server, seconds).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let sent = server.all_sent();
    let wait = |(chat, message, at): &(i64, i64, i64)| {
        let answer = sent
            .iter()
            .find(|sent| sent.chat == *chat && sent.reply_to == Some(*message));
        answer.map(|answer: &Sent| (answer.at - at) as f64)
    };
    let waits_ms: Vec<f64> = asked.iter().filter_map(wait).collect();
    let silent_wrongly = asked.len() - waits_ms.len();
    assert!(server.violations().is_empty(), "{:#?}", server.violations());
    let resident_mib = program.resident_mib();
    Figures {
        first_answer_ms,
        waits_ms,
        silent_wrongly,
        resident_mib,
    }
}

/// From the program's start to its reply to a question that waits already.
async fn first_answer(server: &TelegramServer, home: &Home) -> (Running, f64) {
    server.add_user(1, "企业");
    let asked = server.says(-5000, 1, SURE[0]);
    let start = Instant::now();
    let program = home.serve().await;
    let answered = |server: &TelegramServer| server.sent(-5000).into_iter().find(|sent| sent.reply_to == Some(asked));
    server.wait_for(answered, Duration::from_secs(30)).await;
    (program, start.elapsed().as_secs_f64() * 1e3)
}

/// Questions and talk at an even pace; gives the questions: chat, message, when (ms).
async fn load(server: &TelegramServer, seconds: u64) -> Vec<(i64, i64, i64)> {
    let mut asked = Vec::new();
    let mut tick = tokio::time::interval(Duration::from_micros(1_000_000 / UPDATES));
    for turn in 0..seconds * UPDATES {
        tick.tick().await;
        let turn = i64::try_from(turn).unwrap_or(0);
        let asker = 10_000 + turn;
        server.add_user(asker, "企业");
        let pick = usize::try_from(turn).unwrap_or(0);
        let at = server.now();
        if turn % 5 < 2 {
            // Evenly over the groups: ten answers a minute in each, within Telegram's twenty.
            let chat = -5000 - i64::try_from(asked.len()).unwrap_or(0) % GROUPS;
            let message = server.says(chat, asker, SURE[pick % SURE.len()]);
            asked.push((chat, message, at));
        } else {
            server.says(-5000 - turn % GROUPS, asker, TALK[pick % TALK.len()]);
        }
    }
    asked
}

/// The value below which this share of sorted or unsorted values lies.
fn share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 - 1.0) * share).round();
    sorted.get(at as usize).copied().unwrap_or(f64::NAN)
}
