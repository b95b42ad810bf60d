//! Two programs on one PostgreSQL, one of which dies or stands still for a while; one program on SQLite that dies while
//! it sends. Real processes, ended by their ids.

use std::collections::HashSet;
use std::process::Command;
use std::time::{Duration, Instant};

use bangban::clock::{Clock, Millis};
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::json;
use sqlx::{Connection as _, PgConnection};

use crate::support::program::{Home, Running};
use crate::support::telegram_server::{Fault, GroupKind, Sent, TelegramServer};
use crate::support::town::postgres_schema;
use crate::telegram::{ADMIN, GROUP, SURE, ZHANG, hears, no_mistakes, ready};

const GROUPS: i64 = 5;

/// Two programs of two data folders on one database.
pub(super) struct Pair {
    pub server: TelegramServer,
    url: String,
    pub homes: [Home; 2],
}

impl Pair {
    async fn new() -> Pair {
        let server = TelegramServer::start().await;
        server.set_reads_all(true);
        server.add_user(ADMIN, "管理员甲");
        for group in 0..GROUPS {
            server.add_group(-2000 - group, "群", GroupKind::Supergroup { forum: false });
        }
        Pair::on(server).await
    }

    /// The two of them on this server.
    pub(super) async fn on(server: TelegramServer) -> Pair {
        let url = postgres_schema().await;
        let homes = [(); 2].map(|()| {
            Home::new("[clocks]\nburst = \"300ms\"\n")
                .on_telegram(&server, ADMIN)
                .with("BANGBAN_SAMPLE", "0")
                .with("DATABASE_URL", &url)
        });
        let roster = format!("{}/tests/data/town.yaml", env!("CARGO_MANIFEST_DIR"));
        let (code, said) = homes[0].says(&["roster", "import", &roster]);
        assert_eq!(code, 0, "{said}");
        Pair { server, url, homes }
    }

    /// Both serve, the first of them leads, and its groups are bound.
    async fn serve(&self) -> [Option<Running>; 2] {
        let programs = self.start().await;
        for group in (0..GROUPS).map(|group| -2000 - group) {
            self.server.says(group, ADMIN, "/bind 魏都分局");
            hears(&self.server, group, "本群是魏都分局的帮办群").await;
        }
        programs.map(Some)
    }

    /// Both serve, the first of them leads.
    pub(super) async fn start(&self) -> [Running; 2] {
        [self.homes[0].serve().await, self.homes[1].serve().await]
    }

    fn asks(&self, asker: i64) {
        self.server.add_user(asker, "企业");
        self.server.says(-2000 - asker % GROUPS, asker, SURE);
    }

    /// Waits until so many questions are answered; gives all answers.
    async fn answered(&self, questions: usize) -> Vec<Sent> {
        let all = |server: &TelegramServer| {
            let answers: Vec<Sent> = answers(server);
            let distinct: HashSet<_> = answers.iter().map(|sent| (sent.chat, sent.reply_to)).collect();
            (distinct.len() == questions).then_some(answers)
        };
        self.server.wait_for(all, Duration::from_secs(90)).await
    }

    /// Which of the programs has the channel.
    pub(super) async fn leader(&self, programs: &[Option<Running>; 2]) -> Option<usize> {
        leader(&self.url, programs).await
    }

    /// What arrived as which message, as the outbox has it.
    async fn results(&self) -> Vec<(i64, String, Option<String>)> {
        let mut db = PgConnection::connect(&self.url).await.unwrap();
        let text = "SELECT id, state, message_id FROM outbox WHERE state NOT IN ('waiting', 'sending') ORDER BY id";
        sqlx::query_as(text).fetch_all(&mut db).await.unwrap()
    }
}

/// Which of two programs has Telegram's channel.
async fn leader(url: &str, programs: &[Option<Running>; 2]) -> Option<usize> {
    let mut db = PgConnection::connect(url).await.unwrap();
    let text = "SELECT holder FROM leases WHERE name = 'channel telegram'";
    let (holder,): (String,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
    programs.iter().position(|program| {
        let program = program.as_ref();
        program.is_some_and(|program| holder.contains(&format!(".{}-", program.id())))
    })
}

fn answers(server: &TelegramServer) -> Vec<Sent> {
    let groups = (0..GROUPS).map(|group| -2000 - group);
    groups
        .flat_map(|group| server.sent(group))
        .filter(|sent| sent.text.contains("公示 20 天"))
        .collect()
}

/// No answer came twice without saying so; how many said so.
pub(super) fn copies(answers: &[Sent]) -> usize {
    let mut seen = HashSet::new();
    let again = answers.iter().filter(|sent| !seen.insert((sent.chat, sent.reply_to)));
    let copies: Vec<&Sent> = again.collect();
    let unmarked: Vec<_> = copies.iter().filter(|sent| !sent.text.contains("重发")).collect();
    assert!(unmarked.is_empty(), "answered twice without saying so: {unmarked:#?}");
    copies.len()
}

pub(super) fn signal(program: &Running, name: &str) {
    let id = program.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_that_is_killed_is_followed_within_eight_seconds_and_nothing_is_lost_on_postgres() {
    const KILLS: i64 = 5;
    let pair = Pair::new().await;
    let mut programs = pair.serve().await;
    let mut asker = 7000;
    let mut slowest = Duration::ZERO;
    for _ in 0..KILLS {
        for _ in 0..5 {
            pair.asks(asker);
            asker += 1;
        }
        tokio::time::sleep(Duration::from_millis(400)).await;
        let leader = pair.leader(&programs).await.unwrap();
        programs[leader].take().unwrap().kill();
        let killed = Instant::now();
        let follower = 1 - leader;
        while pair.leader(&programs).await != Some(follower) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        slowest = slowest.max(killed.elapsed());
        pair.asks(asker);
        asker += 1;
        pair.answered(usize::try_from(asker - 7000).unwrap()).await;
        programs[leader] = Some(pair.homes[leader].serve().await);
    }
    let answers = pair.answered(usize::try_from(asker - 7000).unwrap()).await;
    let copies = copies(&answers);
    eprintln!("followed after at most {slowest:?}; {copies} copies in {KILLS} kills");
    assert!(slowest < Duration::from_secs(8), "{slowest:?}");
    assert!(copies <= usize::try_from(KILLS).unwrap(), "{copies} copies");
    assert!(pair.server.pending().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_that_stood_still_overwrites_nothing_on_postgres() {
    let pair = Pair::new().await;
    let programs = pair.serve().await;
    for asker in 7000..7010 {
        pair.asks(asker);
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    let leader = pair.leader(&programs).await.unwrap();
    let stopped = programs[leader].as_ref().unwrap();
    signal(stopped, "STOP");
    let begun = Instant::now();
    for asker in 7010..7020 {
        pair.asks(asker);
    }
    pair.answered(20).await;
    assert_eq!(pair.leader(&programs).await, Some(1 - leader));
    tokio::time::sleep(Duration::from_secs(15).saturating_sub(begun.elapsed())).await;
    let before = pair.results().await;
    signal(stopped, "CONT");
    for asker in 7020..7025 {
        pair.asks(asker);
    }
    let answers = pair.answered(25).await;
    let after = pair.results().await;
    for row in &before {
        assert!(after.contains(row), "{row:?} was overwritten");
    }
    assert_eq!(
        pair.leader(&programs).await,
        Some(1 - leader),
        "it does not take it back"
    );
    eprintln!("{} copies", copies(&answers));
}

/// The answer arrived, the result did not.
#[tokio::test]
async fn what_is_in_doubt_goes_out_again_within_two_seconds_after_the_start() {
    let (server, home, program) = ready().await;
    server.fail_next("sendMessage", Some(GROUP), Fault::AnswerLate(Duration::from_secs(30)));
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    program.kill();
    let _program = home.serve().await;
    let begun = Instant::now();
    hears(&server, GROUP, "重发").await;
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    no_mistakes(&server);
}

/// Whoever asks on a page of one program reads on a page of the other, whichever of them handles it.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_one_program_shows_within_a_second_what_another_handled_on_postgres() {
    let pair = Pair::new().await;
    let _programs = pair.serve().await;
    let mut db = PgConnection::connect(&pair.url).await.unwrap();
    let text = "SELECT id FROM groups WHERE channel = 'web' AND title = '魏都分局帮办群'";
    let (group,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (one, other) in [(0, 1), (1, 0)] {
        let [one, other] = [one, other].map(|at: usize| pair.homes[at].http.clone());
        let text = "SELECT COALESCE(MAX(revision), 0) FROM room_messages";
        let (newest,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
        let page = format!("{other}/g/{group}/events?after={newest}");
        let mut events = http.get(page).send().await.unwrap();
        let named = http
            .post(format!("{one}/g/{group}/name"))
            .header(ORIGIN, &one)
            .json(&json!({ "nickname": "企业甲" }));
        let named = named.send().await.unwrap();
        let cookie = named.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let said = http
            .post(format!("{one}/g/{group}/say"))
            .header(ORIGIN, &one)
            .header(COOKIE, cookie)
            .json(&json!({ "text": SURE }));
        assert!(said.send().await.unwrap().status().is_success());
        let mut shown = String::new();
        while !shown.contains("20 天") {
            let more = tokio::time::timeout(Duration::from_secs(10), events.chunk()).await;
            let more = more.unwrap_or_else(|_| panic!("{shown}")).unwrap().unwrap();
            shown += &String::from_utf8_lossy(&more);
        }
        let seen = Clock::System.now();
        let text = "SELECT MAX(at) FROM room_messages WHERE author = 'bot'";
        let (at,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
        eprintln!("shown {} ms after it was written", seen.since(Millis(at)));
        assert!(seen.since(Millis(at)) < 1_000);
    }
}
