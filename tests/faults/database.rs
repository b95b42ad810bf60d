//! A database that is locked, gone, forgotten by a firewall, failed over or only to be read: nothing is confirmed that is
//! not kept, people read why, and all goes on by itself.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use super::becomes;
use crate::support::program::{Home, Running, says};
use crate::support::telegram_server::{GroupKind, TelegramServer};
use crate::support::town::postgres_schema;
use crate::support::wire::Wire;
use crate::telegram::{ADMIN, GROUP, SURE, ZHANG, hears, ready};

/// A visitor of the help group's page, who chose a name.
struct Visitor {
    http: reqwest::Client,
    site: String,
    room: String,
    cookie: String,
}

impl Visitor {
    async fn of(home: &Home) -> Visitor {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let page = http.get(format!("{}/", home.http)).send().await.unwrap();
        let page = page.text().await.unwrap();
        let (_, after) = page.split_once("href=\"/g/").unwrap();
        let room = format!("/g/{}", after.split('"').next().unwrap());
        let named = http
            .post(format!("{}{room}/name", home.http))
            .header(ORIGIN, &home.http)
            .json(&json!({ "nickname": "企业甲" }));
        let named = named.send().await.unwrap();
        let cookie = named.headers()[SET_COOKIE].to_str().unwrap();
        Visitor {
            http,
            site: home.http.clone(),
            room,
            cookie: cookie.split(';').next().unwrap().to_owned(),
        }
    }

    /// Says something; what the page answers.
    async fn says(&self, text: &str) -> (u16, String) {
        let said = self
            .http
            .post(format!("{}{}/say", self.site, self.room))
            .header(ORIGIN, &self.site)
            .header(COOKIE, &self.cookie)
            .json(&json!({ "text": text }));
        let answer = said.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

/// Groups in which is asked: each may hear so much a minute.
const GROUPS: [i64; 5] = [GROUP, -3001, -3002, -3003, -3004];

/// What was asked: where, and its number there.
pub(super) type Asked = (i64, i64);

/// Waits until all that was asked is answered; how long that took.
pub(super) async fn answered(server: &TelegramServer, asked: &[Asked], patience: Duration) -> Duration {
    let begun = Instant::now();
    let all = |server: &TelegramServer| {
        let sent = server.all_sent();
        let told: HashSet<_> = sent
            .iter()
            .filter_map(|sent| Some((sent.chat, sent.reply_to?)))
            .collect();
        asked.iter().all(|asked| told.contains(asked)).then_some(())
    };
    server.wait_for(all, patience).await;
    begun.elapsed()
}

/// Somebody new asks in this group what is surely answered.
fn asks(server: &TelegramServer, group: i64, asker: i64) -> Asked {
    server.add_user(ZHANG + 100 + asker, "企业");
    (group, server.says(group, ZHANG + 100 + asker, SURE))
}

/// One program on PostgreSQL, which it reaches over a line.
pub(super) struct Far {
    pub server: TelegramServer,
    pub home: Home,
    pub wire: Wire,
    pub program: Running,
    /// Past the line.
    pub url: String,
}

impl Far {
    pub async fn new() -> Far {
        Far::reaching(postgres_schema().await).await
    }

    /// `url` is how the program goes there.
    async fn reaching(url: String) -> Far {
        let (wire, through) = Wire::before_postgres(&url).await;
        let server = TelegramServer::start().await;
        server.set_reads_all(true);
        server.add_user(ADMIN, "管理员甲");
        for group in GROUPS {
            server.add_group(group, "魏都帮办群", GroupKind::Supergroup { forum: false });
        }
        let home = Home::new("[clocks]\nburst = \"300ms\"\n")
            .on_telegram(&server, ADMIN)
            .with("BANGBAN_SAMPLE", "0")
            .with("DATABASE_URL", &through);
        let roster = format!("{}/tests/data/town.yaml", env!("CARGO_MANIFEST_DIR"));
        says(&home, &["roster", "import", &roster], 0, &[]);
        let program = home.serve().await;
        for group in GROUPS {
            server.says(group, ADMIN, "/bind 魏都分局");
            hears(&server, group, "本群是魏都分局的帮办群").await;
        }
        Far {
            server,
            home,
            wire,
            program,
            url,
        }
    }

    /// Asks `count` times while all is well.
    pub async fn works(&self, from: i64, count: i64) {
        let asked: Vec<Asked> = (from..from + count).map(|asker| self.asks(asker)).collect();
        answered(&self.server, &asked, Duration::from_secs(20)).await;
    }

    pub fn asks(&self, asker: i64) -> Asked {
        asks(
            &self.server,
            GROUPS[asker.unsigned_abs() as usize % GROUPS.len()],
            asker,
        )
    }

    /// Nothing was answered twice without saying so, nothing was put aside.
    pub async fn is_whole(&self) {
        self.home.settled_within(Duration::from_secs(60)).await;
        let mut seen = HashSet::new();
        for sent in self.server.all_sent() {
            let answer = sent.reply_to.is_some() && sent.text.contains("公示 20 天");
            let again = answer && !seen.insert((sent.chat, sent.reply_to));
            assert!(!again || sent.text.contains("重发"), "{sent:?}");
        }
        let mut db = PgConnection::connect(&self.url).await.unwrap();
        let text = "SELECT COUNT(*) FROM inbox WHERE state <> 'handled'";
        let (left,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
        assert_eq!(left, 0, "not handled");
    }
}

/// Locks an SQLite database as another program would; 12 s here, minutes in `long`.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_a_pause_and_pages_say_so() {
    locked_for(Duration::from_secs(12)).await;
}

pub(super) async fn locked_for(time: Duration) {
    let (server, home, _program) = ready().await;
    let visitor = Visitor::of(&home).await;
    assert_eq!(visitor.says("大家好").await.0, 200);
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let begun = Instant::now();
    let asked: Vec<Asked> = (0..3).map(|asker| asks(&server, GROUP, asker)).collect();
    let (status, said) = visitor.says("还在吗").await;
    assert_eq!(status, 503, "{said}");
    assert!(said.contains("没有收下") && said.contains("请拨打窗口电话"), "{said}");
    becomes(&home, 503, "cannot be written").await;
    assert!(begun.elapsed() < Duration::from_secs(30), "readiness told it too late");
    tokio::time::sleep(time.saturating_sub(begun.elapsed())).await;
    assert_eq!(server.pending().len(), 3, "confirmed without being kept");
    other.execute("ROLLBACK").await.unwrap();
    let took = answered(&server, &asked, Duration::from_secs(30)).await;
    println!("answered {took:?} after it was free again");
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert_eq!(visitor.says("又好了").await.0, 200);
    becomes(&home, 200, "ok").await;
    says(&home, &["aside", "list"], 0, &["没有搁在一边的消息"]);
}

/// What could not be handled comes back by command, beside the program that runs.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_aside_is_handled_again_by_command() {
    let (server, home, _program) = ready().await;
    let asked = asks(&server, GROUP, 1);
    answered(&server, &[asked], Duration::from_secs(10)).await;
    home.settled().await;
    // Two questions whose handling fails because a row they need is broken by hand.
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let mut db = SqliteConnection::connect(&url).await.unwrap();
    db.execute("CREATE TRIGGER broken BEFORE INSERT ON questions BEGIN SELECT RAISE(ABORT, 'broken'); END")
        .await
        .unwrap();
    let lost = [asks(&server, GROUP, 2), asks(&server, GROUP, 3)];
    let aside = async {
        loop {
            let text = "SELECT id FROM inbox WHERE state = 'aside' ORDER BY id";
            let rows: Vec<(i64,)> = sqlx::query_as(text).fetch_all(&mut db).await.unwrap();
            if rows.len() == 2 {
                return rows;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let rows = tokio::time::timeout(Duration::from_secs(20), aside).await.unwrap();
    becomes(&home, 503, "rows set aside").await;
    let number = rows[0].0.to_string();
    let listed = says(&home, &["aside", "list"], 0, &[&number, "telegram", "aside again"]);
    assert!(!listed.contains("简易注销"), "{listed}");
    db.execute("DROP TRIGGER broken").await.unwrap();
    says(&home, &["aside", "again", "7"], 1, &["没有搁在一边的：7"]);
    says(&home, &["aside", "again", "x"], 2, &[]);
    says(&home, &["aside", "again", &number], 0, &["1 条重新处理"]);
    answered(&server, &lost[..1], Duration::from_secs(15)).await;
    says(&home, &["aside", "again", "all"], 0, &["1 条重新处理"]);
    answered(&server, &lost, Duration::from_secs(15)).await;
    becomes(&home, 200, "ok").await;
    let text = "SELECT COUNT(*) FROM audit WHERE action = 'aside'";
    let (audited,): (i64,) = sqlx::query_as(text).fetch_one(&mut db).await.unwrap();
    assert_eq!(audited, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_the_server_ends_again_and_again_lose_nothing_on_postgres() {
    let far = Far::new().await;
    let mut db = PgConnection::connect(&far.url).await.unwrap();
    let mut asked = Vec::new();
    for round in 0..15 {
        asked.push(far.asks(round));
        end_sessions(&mut db, &far).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let took = answered(&far.server, &asked, Duration::from_secs(30)).await;
    println!("answered {took:?} after the last");
    far.is_whole().await;
}

/// Ends the sessions that come over this test's line.
async fn end_sessions(db: &mut PgConnection, far: &Far) {
    let ports: Vec<i32> = far.wire.ports().into_iter().map(i32::from).collect();
    sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)")
        .bind(ports)
        .execute(db)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_a_pause_on_postgres() {
    gone_for(Duration::from_secs(12)).await;
}

pub(super) async fn gone_for(time: Duration) {
    let far = Far::new().await;
    far.works(0, 3).await;
    let before = far.program.resident_mib();
    far.wire.cut();
    let begun = Instant::now();
    let asked: Vec<Asked> = (10..13).map(|asker| far.asks(asker)).collect();
    becomes(&far.home, 503, "cannot be").await;
    assert!(begun.elapsed() < Duration::from_secs(30), "readiness told it too late");
    tokio::time::sleep(time.saturating_sub(begun.elapsed())).await;
    assert_eq!(far.server.pending().len(), 3, "confirmed without being kept");
    far.wire.heal();
    let took = answered(&far.server, &asked, Duration::from_secs(30)).await;
    let grown = far.program.resident_mib() - before;
    println!("answered {took:?} after it was back; {grown:.0} MiB more");
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(grown < 64.0, "{grown} MiB");
    far.is_whole().await;
}

/// After a failover the sessions of before lead to a server that can only be read.
#[tokio::test(flavor = "multi_thread")]
async fn a_failover_is_a_pause_on_postgres() {
    let url = postgres_schema().await;
    let mut db = PgConnection::connect(&url).await.unwrap();
    let (schema,): (String,) = sqlx::query_as("SELECT current_schema()")
        .fetch_one(&mut db)
        .await
        .unwrap();
    let mut run = async |text: String| db.execute(AssertSqlSafe(text)).await.map(drop).unwrap();
    run(format!("CREATE ROLE {schema} LOGIN")).await;
    run(format!("ALTER SCHEMA {schema} OWNER TO {schema}")).await;
    let far = Far::reaching(url.replacen("postgres@", &format!("{schema}@"), 1)).await;
    far.works(0, 3).await;
    run(format!("ALTER ROLE {schema} SET default_transaction_read_only = on")).await;
    far.wire.cut();
    far.wire.heal();
    let asked: Vec<Asked> = (10..13).map(|asker| far.asks(asker)).collect();
    becomes(&far.home, 503, "cannot be").await;
    assert_eq!(far.server.pending().len(), 3, "confirmed without being kept");
    run(format!("ALTER ROLE {schema} RESET default_transaction_read_only")).await;
    let took = answered(&far.server, &asked, Duration::from_secs(30)).await;
    println!("answered {took:?} after it could be written again");
    assert!(took < Duration::from_secs(10), "{took:?}");
    far.is_whole().await;
}
