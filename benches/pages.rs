//! How long the program takes for each page with many questions in the database, and how soon 200 visitors who have a room
//! open see what one of them says. SQLite, one program, everything over real sockets of this machine; ms.
//!
//! `cargo bench --bench pages`; `QUESTIONS=1000 VISITORS=50 cargo bench --bench pages` for a smaller look.

#[path = "../tests/support/history.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod history;

use std::collections::HashSet;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use bangban::clock::{Clock, Millis};
use bangban::store::Db;
use history::{DAY_MS, Past};
use reqwest::{Client, header};
use serde_json::{Value, json};

const PAGES: [(&str, &[&str]); 4] = [
    (
        "",
        &["/", "/faq", "/faq?q=注销", "/faq/103", "/contacts", "/g/{g}", "/me"],
    ),
    (
        "张晓明",
        &[
            "/staff/work",
            "/staff/q/1",
            "/staff/rooms",
            "/staff/account",
            "/staff/me/sessions",
            "/staff/g/{g}",
        ],
    ),
    (
        "陈立新",
        &[
            "/staff/list",
            "/staff/list/103",
            "/staff/candidates",
            "/staff/approvals",
            "/staff/editions",
            "/staff/publications",
        ],
    ),
    (
        "王敏",
        &[
            "/staff/figures",
            "/staff/figures/period",
            "/staff/figures/reported",
            "/staff/people",
            "/staff/groups",
            "/staff/system",
        ],
    ),
];
/// The program, ended when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (address, group) = (free(), prepared(folder.path()).await);
    let url = format!("http://{address}");
    let _running = serve(folder.path(), address).await;
    println!("{} questions", number("QUESTIONS", 10_000));
    for (who, pages) in PAGES {
        let client = client(folder.path(), &url, who).await;
        for page in pages {
            timed(&client, &url, &page.replace("{g}", &group.to_string())).await;
        }
    }
    delivered(&url, group, number("VISITORS", 200)).await;
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bangban"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env("BANGBAN_FAQ", Path::new(env!("CARGO_MANIFEST_DIR")).join("faq"));
    command.env("RUST_LOG", "error");
    command
}

/// The sample city with its past; gives the number of a help group.
async fn prepared(folder: &Path) -> i64 {
    std::fs::write(
        folder.join("bangban.toml"),
        "[web]\ntrusted_proxies = [\"127.0.0.1\"]\n",
    )
    .unwrap();
    drop(serve(folder, free()).await);
    let db = Db::open(&format!("sqlite:{}", folder.join("data/bangban.db").display()))
        .await
        .unwrap();
    let groups = db.read().await.unwrap().groups().await.unwrap();
    let groups: Vec<(i64, i64)> = groups
        .iter()
        .filter_map(|group| Some((group.id.0, group.bureau()?.0)))
        .collect();
    let today = Clock::System.now().0 / DAY_MS * DAY_MS;
    let days = 100;
    let past = Past {
        from: Millis(today - days * DAY_MS),
        days,
        a_day: i64::try_from(number("QUESTIONS", 10_000)).unwrap() / days / 10 * 10,
        groups: &groups,
        entries: &["geti-001", "geti-002", "geti-003"],
        first: 1,
    };
    history::write(&db, &past).await;
    db.close().await;
    groups[1].0
}

async fn serve(folder: &Path, address: SocketAddr) -> Running {
    let mut command = command(folder, &["serve"]);
    command
        .env("BANGBAN_HTTP", address.to_string())
        .env("BANGBAN_MONITOR", free().to_string());
    let running = Running(command.stdout(Stdio::null()).spawn().unwrap());
    let begun = Instant::now();
    while reqwest::get(format!("http://{address}/healthz")).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(120), "the program does not serve");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    running
}

/// A browser of its own, of a member of staff where one is named.
async fn client(folder: &Path, url: &str, who: &str) -> Client {
    let mut headers = header::HeaderMap::new();
    headers.insert(header::ORIGIN, url.parse().unwrap());
    headers.insert(header::ACCEPT, "text/html".parse().unwrap());
    if !who.is_empty() {
        let secret = secret(folder, who);
        let request = Client::new().post(format!("{url}/in")).header("x-link", secret);
        let answer = request.header(header::ORIGIN, url).send().await.unwrap();
        headers.insert(header::COOKIE, cookie(&answer).parse().unwrap());
    }
    Client::builder().no_proxy().default_headers(headers).build().unwrap()
}

/// The secret of a new link; asked for again where the program holds the database for long.
fn secret(folder: &Path, who: &str) -> String {
    let begun = Instant::now();
    loop {
        let said = command(folder, &["link", who]).output().unwrap();
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        if let Some(secret) = text
            .split("/in#")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next())
        {
            return secret.to_owned();
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "no link: {said:?}");
    }
}

fn cookie(answer: &reqwest::Response) -> String {
    let set = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// A page's time, the median and the worst of eleven after one.
async fn timed(client: &Client, url: &str, page: &str) {
    let mut times = Vec::new();
    for turn in 0..12 {
        let begun = Instant::now();
        let answer = client.get(format!("{url}{page}")).send().await.unwrap();
        assert!(answer.status().is_success(), "{page}: {}", answer.status());
        answer.bytes().await.unwrap();
        if turn > 0 {
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    times.sort_by(f64::total_cmp);
    println!(
        "  {page:<28}{:7.1}{:7.1}",
        times[times.len() / 2],
        times[times.len() - 1]
    );
}

/// Who heard which message, when.
type Heard = tokio::sync::mpsc::UnboundedSender<(usize, usize, Instant)>;

/// A visitor comes from an address of their own and has the room open; gives what their browser sends along.
async fn comes(http: &Client, (url, base): (&str, &str), visitor: usize, heard: Heard) -> [(&'static str, String); 3] {
    let from = format!("203.0.{}.{}", visitor / 200, visitor % 200 + 1);
    let named = http
        .post(format!("{base}/name"))
        .header("origin", url)
        .header("x-forwarded-for", &from);
    let named = named
        .json(&json!({ "nickname": format!("小店{visitor}") }))
        .send()
        .await
        .unwrap();
    assert!(named.status().is_success(), "{}", named.status());
    let along = [
        ("origin", url.to_owned()),
        ("x-forwarded-for", from),
        ("cookie", cookie(&named)),
    ];
    let open = along
        .iter()
        .fold(http.get(format!("{base}/events")), |open, (name, value)| {
            open.header(*name, value)
        });
    let mut stream = open.send().await.unwrap();
    assert!(stream.status().is_success(), "{}", stream.status());
    tokio::spawn(async move {
        let mut last = Vec::new();
        while let Ok(Some(chunk)) = stream.chunk().await {
            last.extend_from_slice(&chunk);
            let text = String::from_utf8_lossy(&last).into_owned();
            for part in text.split("第轮").skip(1) {
                if let Some((turn, _)) = part.split_once('。') {
                    let _ = heard.send((visitor, turn.parse().unwrap(), Instant::now()));
                    last.clear();
                }
            }
        }
    });
    along
}

/// Many have a room open; one after another says something, and each sees it.
async fn delivered(url: &str, group: i64, visitors: usize) {
    let http = Client::builder().no_proxy().build().unwrap();
    let base = format!("{url}/g/{group}");
    let (heard, mut hearing) = tokio::sync::mpsc::unbounded_channel();
    let mut there = Vec::new();
    for visitor in 0..visitors {
        there.push(comes(&http, (url, &base), visitor, heard.clone()).await);
    }
    let turns = 20;
    let mut times = Vec::new();
    for (turn, along) in there.iter().take(turns).enumerate() {
        let begun = Instant::now();
        let say = http
            .post(format!("{base}/say"))
            .json(&json!({ "text": format!("大家好，第轮{turn}。") }));
        let say = along.iter().fold(say, |say, (name, value)| say.header(*name, value));
        let said: Value = say.send().await.unwrap().json().await.unwrap();
        assert!(said["id"].is_i64(), "{said}");
        let mut reached = HashSet::new();
        while reached.len() < visitors {
            let one = tokio::time::timeout(Duration::from_secs(10), hearing.recv()).await;
            let (who, of, at) = one.expect("somebody never heard").unwrap();
            if of == turn && reached.insert(who) {
                times.push(at.duration_since(begun).as_secs_f64() * 1e3);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let (half, most_of_all, most) = (at(0.5), at(0.99), at(1.0));
    println!("{visitors} visitors, {turns} messages: p50 {half:.0}, p99 {most_of_all:.0}, most {most:.0}");
}
