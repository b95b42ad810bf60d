//! What `serve` holds in memory as days go by, and what a message costs: the sample city with the bureau's list, 1 000
//! questions, approvals that fit the list again, imports. The release program runs as a process of its own against the
//! strict fake Bot API on 127.0.0.1, on SQLite, and is ended at the end.
//!
//! `cargo bench --bench memory`; `PROGRAM=path` for another build of it, `APPROVALS=2 IMPORTS=5 TALK=3000` for less or
//! more.

#[allow(dead_code, reason = "the tests' support, used here in part")]
#[path = "../tests/support/program.rs"]
mod program;
#[allow(dead_code, unused_imports, reason = "the tests' support, used here in part")]
#[path = "../tests/support/telegram_server.rs"]
mod telegram_server;

use std::time::Duration;

use program::{Home, Running};
use telegram_server::{GroupKind, Sent, TelegramServer};

const GROUPS: i64 = 120;
const QUESTIONS: usize = 1000;
const ADMIN: i64 = 900;
const EDITOR: i64 = 901;
const APPROVER: i64 = 902;
/// The first entry whose date of review the approvals move; each has one of its own.
const FIRST_ENTRY: u64 = 68;
const TALK: [&str; 3] = ["收到，谢谢老师", "好的", "各位老师辛苦了"];
/// Freed memory is given back a little later, and the list is kept every five seconds.
const REST: Duration = Duration::from_secs(8);
/// A fit takes a minute on a slow machine.
const PATIENCE: Duration = Duration::from_secs(600);

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() {
    let number = |name: &str, default: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (approvals, imports, talk) = (number("APPROVALS", 5), number("IMPORTS", 20), number("TALK", 3000));
    let server = TelegramServer::start().await;
    let home = home(&server);
    let program = home.serve().await;
    tell("started", &program).await;
    for group in 0..GROUPS {
        server.says(-5000 - group, ADMIN, "/bind 魏都分局");
    }
    done(&server, &home).await;
    tell("groups bound", &program).await;
    let asked = asked();
    for turn in 0..QUESTIONS {
        // No more than may be sent in a second.
        says(&server, turn, &asked[turn * 7 % asked.len()], 40).await;
    }
    done(&server, &home).await;
    let answered = tell("1000 questions", &program).await;
    let before = program.processor_ms();
    for turn in 0..talk as usize {
        let question = &asked[(turn * 7 + 3) % asked.len()];
        let text = if turn % 10 == 0 {
            question.as_str()
        } else {
            TALK[turn % TALK.len()]
        };
        says(&server, turn, text, 10).await;
    }
    done(&server, &home).await;
    let spent = (program.processor_ms() - before) / talk.max(1) as f64;
    println!("{talk} messages, one in ten a question: {spent:.2} ms of processor time each");
    tell("talk", &program).await;
    for (user, name) in [(EDITOR, "赵岩"), (APPROVER, "陈立新")] {
        server.user_starts(user);
        let (code, said) = home.says(&["link", name]);
        assert_eq!(code, 0, "{said}");
        let secret = said.split("?start=").nth(1).and_then(|rest| rest.lines().next());
        server.says(
            user,
            user,
            &format!("/start {}", secret.expect("a link for Telegram").trim()),
        );
        hears(&server, user, "已和名册对上").await;
    }
    for approval in 1..=approvals {
        approved(&server, approval).await;
        tell(&format!("approval {approval}"), &program).await;
    }
    let mut last = 0.0;
    for import in 1..=imports {
        let (code, said) = home.says(&["faq", "import"]);
        assert_eq!(code, 0, "{said}");
        last = tell(&format!("import {import}"), &program).await;
    }
    println!("grew by {:.0} MiB since the 1000 questions", last - answered);
    assert!(server.violations().is_empty(), "{:#?}", server.violations());
    program.kill();
}

/// A home with the sample city and the bureau's list, on a server with people and groups.
fn home(server: &TelegramServer) -> Home {
    server.set_reads_all(true);
    for (user, name) in [(ADMIN, "管理员甲"), (EDITOR, "赵"), (APPROVER, "陈")] {
        server.add_user(user, name);
    }
    for group in 0..GROUPS {
        server.add_group(-5000 - group, "群", GroupKind::Supergroup { forum: false });
    }
    let home = Home::new("")
        .on_telegram(server, ADMIN)
        .with("BANGBAN_FAQ", concat!(env!("CARGO_MANIFEST_DIR"), "/faq"))
        .with("RUST_LOG", "warn");
    match std::env::var("PROGRAM") {
        Ok(program) => home.of(program.into()),
        Err(_) => home,
    }
}

/// The questions people asked, as the bureau keeps them.
fn asked() -> Vec<String> {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/faq"));
    let asked = bangban::faq::Asked::of_folder(folder).expect("the bureau's questions");
    asked.into_iter().map(|asked| asked.text).collect()
}

/// Somebody new says something, evenly over the groups; then so many milliseconds pass.
async fn says(server: &TelegramServer, turn: usize, text: &str, pause: u64) {
    let asker = 10_000 + turn as i64;
    server.add_user(asker, "企业");
    server.says(-5000 - turn as i64 % GROUPS, asker, text);
    tokio::time::sleep(Duration::from_millis(pause)).await;
}

/// A small edit, sent in by one and approved by another; returns when the list is fitted again.
async fn approved(server: &TelegramServer, approval: u64) {
    let entry = FIRST_ENTRY + approval;
    server.says(EDITOR, EDITOR, &format!("改 {entry} 复核 2027-06-{:02}", 10 + approval));
    hears(server, EDITOR, &format!("草稿 {approval}")).await;
    server.says(EDITOR, EDITOR, &format!("送审 {approval}"));
    hears(server, EDITOR, &format!("草稿 {approval} 已送审")).await;
    server.says(APPROVER, APPROVER, &format!("批准 {approval}"));
    let passed = |server: &TelegramServer| {
        let said = server.sent(APPROVER);
        let count = said.iter().filter(|sent| sent.text.contains("通过检验")).count();
        (count as u64 >= approval).then_some(())
    };
    server.wait_for(passed, PATIENCE).await;
}

async fn hears(server: &TelegramServer, chat: i64, words: &str) -> Sent {
    let said = |server: &TelegramServer| server.sent(chat).into_iter().rfind(|sent| sent.text.contains(words));
    server.wait_for(said, Duration::from_secs(30)).await
}

/// Returns when everything that came in was taken and everything owed was sent.
async fn done(server: &TelegramServer, home: &Home) {
    server.wait_idle(PATIENCE).await;
    home.settled_within(PATIENCE).await;
}

/// Prints what is resident, and the most there ever was, after a rest; gives the first.
async fn tell(after: &str, program: &Running) -> f64 {
    tokio::time::sleep(REST).await;
    let resident = program.resident_mib();
    println!(
        "{after}: {resident:.0} MiB resident ({:.0} at most)",
        program.status_mib("VmHWM:")
    );
    resident
}
