//! The official account's server as its documentation describes it, strict: it refuses what the real one refuses, and
//! counts how often anything was published.

mod calls;
mod checks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::Value;
use tokio::sync::Notify;

pub const APPID: &str = "wx0000000000bangban";
pub const SECRET: &str = "fake-secret-0123456789";

/// What goes wrong at one call.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// It answers with this error and does nothing.
    Code(i64),
    /// It happened, and is refused with this code all the same.
    CodeAfter(i64),
    /// The line is cut before anything happens.
    CutBefore,
    /// The line is cut after it happened.
    CutAfter,
    /// It happened, and the answer never comes.
    HangAfter,
    /// Nothing happens and no answer comes.
    HangBefore,
}

/// One draft.
pub struct Draft {
    pub articles: Vec<Value>,
    pub updated: i64,
}

/// One task of publication.
pub struct Task {
    pub media_id: String,
    pub articles: Vec<Value>,
    /// Looks until it is at its end.
    pub looks: u32,
    pub end: i64,
}

/// The account.
#[derive(Default)]
pub struct World {
    /// Tokens that are good.
    pub tokens: BTreeSet<String>,
    pub newest: String,
    /// How often a token was asked for.
    pub issued: u32,
    pub drafts: BTreeMap<String, Draft>,
    pub tasks: BTreeMap<String, Task>,
    pub covers: BTreeSet<String>,
    pub pictures: BTreeSet<String>,
    /// Accepted submissions, by the first article's title.
    pub published: BTreeMap<String, u32>,
    /// Faults by path, the next one first.
    pub faults: BTreeMap<String, Vec<Fault>>,
    /// Every call, by path.
    pub calls: Vec<String>,
    /// Calls left today.
    pub quota: Option<u32>,
    pub listed: bool,
    pub may_publish: bool,
    /// How the next publications end, and after how many looks.
    pub end: i64,
    pub looks: u32,
    /// The time there; none: the machine's.
    pub clock: Option<bangban::clock::Clock>,
    count: u64,
}

/// The server. Ends with the test's runtime.
pub struct FakeWechat {
    pub url: String,
    world: Arc<Mutex<World>>,
    /// Told when a call hangs.
    pub hung: Arc<Notify>,
}

impl FakeWechat {
    pub async fn start() -> FakeWechat {
        let world = World {
            listed: true,
            may_publish: true,
            looks: 1,
            ..World::default()
        };
        let world = Arc::new(Mutex::new(world));
        let hung = Arc::new(Notify::new());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = calls::router(Arc::clone(&world), Arc::clone(&hung));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        FakeWechat { url, world, hung }
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// The next calls of a path go wrong so.
    pub fn fails(&self, path: &str, faults: &[Fault]) {
        self.world().faults.insert(path.to_owned(), faults.to_vec());
    }

    pub fn called(&self, path: &str) -> usize {
        self.world().calls.iter().filter(|call| *call == path).count()
    }
}

impl World {
    /// Seconds, as the account counts them.
    fn now(&self) -> i64 {
        let clock = self.clock.clone().unwrap_or(bangban::clock::Clock::System);
        clock.now().0 / 1_000
    }

    fn new_id(&mut self, what: &str) -> String {
        self.count += 1;
        format!("{what}_{}", self.count)
    }
}
