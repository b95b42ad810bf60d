//! Somebody who reaches the program over the network, well-meaning or not.

use std::time::Duration;

use reqwest::header::{COOKIE, HeaderMap, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde_json::{Value, json};
use sqlx::Connection as _;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::program::Home;

/// A proxy stands before the program, as in every real installation: it says from where somebody comes.
pub const BEHIND_PROXY: &str = "[web]\ntrusted_proxies = [\"127.0.0.1\"]\n";

/// Somebody with an address and perhaps a cookie.
pub struct Guest {
    pub http: Client,
    pub url: String,
    pub address: String,
    pub cookie: String,
}

impl Guest {
    pub fn from(home: &Home, address: &str) -> Guest {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Guest {
            http,
            url: home.http.clone(),
            address: address.to_owned(),
            cookie: String::new(),
        }
    }

    /// With a name in a room.
    pub async fn named(home: &Home, address: &str, room: &str) -> Guest {
        let mut guest = Guest::from(home, address);
        let answer = guest
            .post(&format!("{room}/name"), json!({ "nickname": "南关小店" }))
            .await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        guest.cookie = cookie(answer.headers());
        guest
    }

    /// Of staff, by a link of the command line.
    pub async fn staff(home: &Home, name: &str) -> Guest {
        let mut guest = Guest::from(home, "10.9.9.9");
        let answer = guest.enter(&link(home, name)).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        guest.cookie = cookie(answer.headers());
        guest
    }

    pub fn request(&self, request: RequestBuilder) -> RequestBuilder {
        request
            .header(COOKIE, &self.cookie)
            .header(ORIGIN, &self.url)
            .header("x-forwarded-for", &self.address)
    }

    pub async fn get(&self, path: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url));
        self.request(request).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.http.post(format!("{}{path}", self.url)).json(&body);
        self.request(request).send().await.unwrap()
    }

    /// Signs in with a link's secret, as the page's script does.
    pub async fn enter(&self, link: &str) -> Response {
        self.bring("/in", link).await
    }

    /// Brings a link's secret.
    pub async fn bring(&self, path: &str, link: &str) -> Response {
        let request = self.http.post(format!("{}{path}", self.url)).header("x-link", link);
        self.request(request).send().await.unwrap()
    }

    pub async fn say(&self, room: &str, words: &str) -> u16 {
        let answer = self.post(&format!("{room}/say"), json!({ "text": words })).await;
        answer.status().as_u16()
    }

    /// Sends a picture; gives the answer.
    pub async fn picture(&self, room: &str, bytes: Vec<u8>) -> Response {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("a.jpg");
        let form = reqwest::multipart::Form::new().part("picture", part);
        let request = self.http.post(format!("{}{room}/picture", self.url)).multipart(form);
        self.request(request).send().await.unwrap()
    }

    /// The head of a request, as it goes over the wire; what belongs at its end is left to the attacker.
    pub fn head(&self, method: &str, path: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nX-Forwarded-For: {}\r\nCookie: {}\r\n",
            self.url.trim_start_matches("http://"),
            self.url,
            self.address,
            self.cookie
        )
    }
}

/// The cookie a response sets.
pub fn cookie(headers: &HeaderMap) -> String {
    let set = headers[SET_COOKIE].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// The secret of a new link.
pub fn link(home: &Home, name: &str) -> String {
    let (code, said) = home.says(&["link", name]);
    assert_eq!(code, 0, "{said}");
    secret_in(&said)
}

/// The secret of the link in what was printed.
pub fn secret_in(said: &str) -> String {
    let at = said.find("/in#").unwrap() + "/in#".len();
    said[at..].split_whitespace().next().unwrap().to_owned()
}

/// The program's database, past the program.
pub async fn database(home: &Home) -> sqlx::SqliteConnection {
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    sqlx::SqliteConnection::connect(&url).await.unwrap()
}

/// A row of the audit.
#[derive(Debug, sqlx::FromRow)]
pub struct Audited {
    #[sqlx(rename = "person_id")]
    pub person: Option<i64>,
    pub object: String,
    pub note: String,
}

impl Audited {
    /// The person it is about.
    pub fn of(&self) -> i64 {
        self.object.trim_start_matches("person ").parse().unwrap()
    }
}

/// What was written down of an action, oldest first.
pub async fn audited(home: &Home, action: &str) -> Vec<Audited> {
    sqlx::query_as("SELECT person_id, object, note FROM audit WHERE action = $1 ORDER BY seq")
        .bind(action)
        .fetch_all(&mut database(home).await)
        .await
        .unwrap()
}

/// A socket on which this was written.
pub async fn socket(url: &str, written: &str) -> TcpStream {
    let mut socket = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
    socket.write_all(written.as_bytes()).await.unwrap();
    socket
}

/// A page of staff that stands open.
pub async fn open_page(staff: &Guest, room: &str) -> TcpStream {
    let head = staff.head("GET", &format!("{room}/events"));
    socket(&staff.url, &format!("{head}\r\n")).await
}

/// What a stream says until these words.
pub async fn hears(stream: &mut TcpStream, words: &str) -> String {
    let mut told = String::new();
    let mut piece = [0; 4096];
    while !told.contains(words) {
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut piece)).await;
        let read = read.unwrap_or_else(|_| panic!("no {words} in {told}")).unwrap();
        assert!(read > 0, "ended without {words}: {told}");
        told.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
    told
}

/// How the other side answers before it closes, within a time; none if it does not close.
pub async fn closed_within(socket: &mut TcpStream, patience: Duration) -> Option<String> {
    let mut read = Vec::new();
    let ended = tokio::time::timeout(patience, socket.read_to_end(&mut read)).await;
    // A reset is an end too.
    ended.is_ok().then(|| String::from_utf8_lossy(&read).into_owned())
}

/// A room of the sample city, and its path.
pub async fn help_room(home: &Home) -> String {
    let page = reqwest::get(&home.http).await.unwrap().text().await.unwrap();
    let at = page.find("\"/g/").unwrap() + 1;
    page[at..].split('"').next().unwrap().to_owned()
}
