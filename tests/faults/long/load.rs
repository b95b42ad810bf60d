//! Two programs under fifty messages a second, one of which is stopped, started anew and killed meanwhile.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use crate::faults::instances::{Pair, copies};
use crate::support::program::Running;
use crate::support::telegram_server::{GroupKind, Sent, TelegramServer};
use crate::telegram::{ADMIN, SURE};

/// Messages a second, and how many of them are questions: Telegram lets a bot write about thirty times a second over all
/// its chats, so not everything can be one.
const PER_SECOND: u64 = 50;
const QUESTIONS: u64 = 20;
/// Enough that no group asks more often than a group may be written to (twenty times a minute): six times.
const GROUPS: i64 = 200;
const FIRST: i64 = -9_000;

/// What is done to the one that has the channel.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// It is told to stop, and started again.
    Restart,
    /// It is killed, and stays away for a while.
    Kill,
}

/// When, in seconds after the beginning, and what.
const ACTS: [(u64, Act); 3] = [(6, Act::Restart), (14, Act::Restart), (22, Act::Kill)];
const SECONDS: u64 = 40;
/// Longer than it takes until somebody follows.
const AWAY: Duration = Duration::from_secs(10);

/// What was asked: where, as which message, and when (ms).
type Asked = HashMap<(i64, i64), i64>;

async fn groups() -> Pair {
    let server = TelegramServer::start().await;
    server.set_reads_all(true);
    server.add_user(ADMIN, "管理员甲");
    for group in 0..GROUPS {
        server.add_group(FIRST - group, "群", GroupKind::Supergroup { forum: false });
    }
    Pair::on(server).await
}

/// Binds all groups, as fast as the bot may confirm it.
async fn bind(server: &TelegramServer) {
    for group in 0..GROUPS {
        server.says(FIRST - group, ADMIN, "/bind 魏都分局");
    }
    let begun = Instant::now();
    while (0..GROUPS).any(|group| server.sent(FIRST - group).is_empty()) {
        assert!(begun.elapsed() < Duration::from_secs(60), "not all groups are bound");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Steadily, whoever listens; what was asked.
async fn talks(server: &TelegramServer, begun: Instant) -> Asked {
    let mut asked = Asked::new();
    let mut said = [0_u64; 2];
    while begun.elapsed() < Duration::from_secs(SECONDS) {
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap();
        for (count, (per_second, words)) in said
            .iter_mut()
            .zip([(QUESTIONS, SURE), (PER_SECOND - QUESTIONS, "大家好")])
        {
            while *count < ms * per_second / 1_000 {
                let number = i64::try_from(*count).unwrap();
                let asker = number + if words == SURE { 20_000 } else { 40_000 };
                server.add_user(asker, "企业");
                let group = FIRST - number % GROUPS;
                let message = server.says(group, asker, words);
                if words == SURE {
                    asked.insert((group, message), server.now());
                }
                *count += 1;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    asked
}

async fn acts(pair: &Pair, programs: &mut [Option<Running>; 2], begun: Instant) {
    for (at, act) in ACTS {
        tokio::time::sleep(Duration::from_secs(at).saturating_sub(begun.elapsed())).await;
        let leader = pair.leader(programs).await.unwrap();
        let program = programs[leader].take().unwrap();
        match act {
            Act::Kill => {
                program.kill();
                tokio::time::sleep(AWAY).await;
            }
            Act::Restart => assert_eq!(program.signal("TERM").await, Some(0)),
        }
        programs[leader] = Some(pair.homes[leader].serve().await);
    }
}

/// The answers to what was asked, in the order they came.
async fn answers(server: &TelegramServer, asked: &Asked) -> Vec<Sent> {
    let begun = Instant::now();
    loop {
        let mut sent = server.all_sent();
        sent.retain(|sent| sent.reply_to.is_some_and(|id| asked.contains_key(&(sent.chat, id))));
        let answered: HashSet<_> = sent.iter().map(|sent| (sent.chat, sent.reply_to)).collect();
        if answered.len() == asked.len() {
            return sent;
        }
        let missing = asked.len() - answered.len();
        // On a machine that is busy with something else they come late, but they come.
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "{missing} were not answered"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_and_a_kill_under_fifty_messages_a_second_lose_nothing_on_postgres() {
    let pair = groups().await;
    let mut programs = pair.start().await.map(Some);
    bind(&pair.server).await;
    pair.server.limit_floods(true);
    let begun = Instant::now();
    let (asked, ()) = tokio::join!(talks(&pair.server, begun), acts(&pair, &mut programs, begun));
    let answers = answers(&pair.server, &asked).await;
    let mut first = HashMap::new();
    for sent in &answers {
        let of = (sent.chat, sent.reply_to.unwrap());
        first.entry(of).or_insert(sent.at - asked[&of]);
    }
    let mut waits: Vec<i64> = first.into_values().collect();
    waits.sort_unstable();
    let share = |share: usize| waits[(waits.len() - 1) * share / 100];
    let copies = copies(&answers);
    println!(
        "{} questions of {}: answered after {} ms (half), {} ms (99 %), {} ms at most; {copies} copies",
        asked.len(),
        PER_SECOND * SECONDS,
        share(50),
        share(99),
        share(100)
    );
    assert!(share(99) <= 8_000, "{} ms", share(99));
    assert!(copies <= 1, "{copies} copies");
    assert!(pair.server.pending().is_empty());
    assert!(pair.server.violations().is_empty(), "{:?}", pair.server.violations());
}
