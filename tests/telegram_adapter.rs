//! The Telegram adapter against the strict fake of the Bot API: what is taken in, what is sent, what is lost (nothing).

mod receiving;
mod sending;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use bangban::clock::Clock;
use bangban::domain::chat::message::{Channel, Incoming, Place};
use bangban::domain::chat::owed::Owed;
use bangban::domain::chat::rich::Rich;
use bangban::intake::{Failure, Intake};
use bangban::platform::telegram::{Api, Me, Patience, Receiver, Telegram, Token, parse};
use bangban::platform::{Parcel, Platform, SendError};
use bangban::store::Db;
use bangban::store::inbox::Waiting;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::support::telegram_server::{BOT, BOT_USERNAME, GroupKind, TelegramServer};

const GROUP: i64 = -1001;
const FORUM: i64 = -1002;
const ZHANG: i64 = 11;
const SOON: Duration = Duration::from_secs(10);

/// A server with a group, a forum and 张三, who pressed start.
async fn server() -> TelegramServer {
    let server = TelegramServer::start().await;
    furnish(&server);
    server
}

fn furnish(server: &TelegramServer) {
    server.slow_repeated_polls(false);
    server.add_group(GROUP, "魏都帮办群", GroupKind::Supergroup { forum: false });
    server.add_group(FORUM, "建安帮办群", GroupKind::Supergroup { forum: true });
    server.add_user(ZHANG, "张三");
    server.add_private(ZHANG);
}

fn api(server: &TelegramServer) -> Api {
    Api::new(Token::new(server.token()), Some(server.api_url())).unwrap()
}

fn telegram(server: &TelegramServer) -> Telegram {
    Telegram::new(api(server))
}

fn me() -> Me {
    Me {
        id: BOT,
        username: BOT_USERNAME.to_owned(),
        can_read_all_group_messages: true,
    }
}

fn place(chat: i64) -> Place {
    Place::chat(&Channel::new("telegram"), &chat.to_string())
}

fn words(text: &str) -> Owed {
    Owed::Message {
        text: Rich::from(text),
        buttons: vec![],
        quote: None,
        whom: None,
        ask_contact: false,
    }
}

async fn send_to(telegram: &Telegram, place: Place, owed: Owed) -> Result<Option<String>, SendError> {
    let parcel = Parcel {
        id: 1,
        place,
        owed,
        at: Clock::System.now(),
    };
    telegram.send(&parcel).await
}

async fn send(telegram: &Telegram, chat: i64, owed: Owed) -> Result<Option<String>, SendError> {
    send_to(telegram, place(chat), owed).await
}

/// Short waits, so that tests need none of their own.
fn impatient() -> Patience {
    let short = Duration::from_millis(20);
    Patience {
        poll: Duration::from_secs(2),
        first: short,
        most: short,
        conflict: short,
        wrong_token: short,
    }
}

/// A database in a directory of its own.
struct Home {
    db: Db,
    _directory: tempfile::TempDir,
}

async fn database() -> Home {
    let directory = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", directory.path().join("bangban.db").display()))
        .await
        .unwrap();
    Home {
        db,
        _directory: directory,
    }
}

/// A receiver at work, whose handler marks each update handled and passes it on to the test.
struct Running {
    handled: mpsc::UnboundedReceiver<Waiting>,
    heartbeat: Arc<AtomicI64>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

fn run(api: Api, db: &Db, patience: Patience) -> Running {
    let (passed, handled) = mpsc::unbounded_channel();
    let handler_db = db.clone();
    let handler = move |waiting: Waiting| {
        let (db, passed) = (handler_db.clone(), passed.clone());
        let handled = async move {
            let mut tx = db.begin().await?;
            if tx.mark_handled(waiting.id, Clock::System.now()).await? {
                tx.commit().await?;
                let _ = passed.send(waiting);
            }
            anyhow::Ok(())
        };
        let handled = async move { handled.await.map_err(Failure::Update) };
        Box::pin(handled) as std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>
    };
    let intake = Intake::new(db.clone(), Clock::System, Arc::new(handler));
    let heartbeat = Arc::new(AtomicI64::new(0));
    let receiver =
        Receiver::new(api, db.clone(), Clock::System, intake, Arc::clone(&heartbeat)).with_patience(patience);
    let (stop, shutdown) = watch::channel(false);
    Running {
        handled,
        heartbeat,
        stop,
        task: tokio::spawn(receiver.run(shutdown)),
    }
}

impl Running {
    /// The next update that was handled.
    async fn next(&mut self) -> Waiting {
        tokio::time::timeout(SOON, self.handled.recv())
            .await
            .expect("an update was handed on")
            .unwrap()
    }

    /// The next update, understood.
    async fn hears(&mut self) -> Option<Incoming> {
        let waiting = self.next().await;
        parse(&waiting.raw, &me()).unwrap()
    }

    async fn stops(self) {
        self.stop.send_replace(true);
        tokio::time::timeout(SOON, self.task)
            .await
            .expect("stops in order")
            .unwrap();
    }

    /// As a SIGKILL would end it.
    async fn dies(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}
