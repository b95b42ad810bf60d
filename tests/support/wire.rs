//! A line between the program and something it speaks to, which can be slow, cut, or swallow what goes over it: nobody
//! closes anything, and nothing arrives any more, as with a firewall that forgot a session. Several ends take turns.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What becomes of what goes over a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Open,
    /// Each way takes so long.
    Slow(Duration),
    /// Requests arrive, answers do not.
    NoAnswers,
    /// Nothing arrives; nothing is closed.
    Swallowed,
    /// Closed.
    Cut,
}

/// The line. What it carries ends with it.
pub struct Wire {
    address: SocketAddr,
    ends: Arc<Mutex<Vec<SocketAddr>>>,
    /// Of new connections.
    mode: Arc<watch::Sender<Mode>>,
    /// Of each connection that there is.
    lines: Arc<Mutex<Vec<watch::Sender<Mode>>>>,
    /// From which ports the other side is reached.
    ports: Arc<Mutex<Vec<u16>>>,
}

impl Wire {
    /// In front of `ends`, one after the other.
    pub async fn before(ends: Vec<SocketAddr>) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire {
            address: listener.local_addr().unwrap(),
            ends: Arc::new(Mutex::new(ends)),
            mode: Arc::new(watch::Sender::new(Mode::Open)),
            lines: Arc::default(),
            ports: Arc::default(),
        };
        let ports = Arc::clone(&wire.ports);
        let (ends, mode, lines) = (Arc::clone(&wire.ends), Arc::clone(&wire.mode), Arc::clone(&wire.lines));
        let turn = AtomicUsize::new(0);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let now = *mode.borrow();
                if now == Mode::Cut {
                    continue;
                }
                let end = {
                    let ends = ends.lock().unwrap();
                    ends[turn.fetch_add(1, Ordering::SeqCst) % ends.len()]
                };
                let line = watch::Sender::new(now);
                let (there, back) = (line.subscribe(), line.subscribe());
                lines.lock().unwrap().push(line);
                let ports = Arc::clone(&ports);
                tokio::spawn(async move {
                    let Ok(server) = TcpStream::connect(end).await else {
                        return;
                    };
                    ports.lock().unwrap().push(server.local_addr().unwrap().port());
                    let ((from_client, to_client), (from_server, to_server)) =
                        (client.into_split(), server.into_split());
                    tokio::spawn(carry(from_client, to_server, there, false));
                    tokio::spawn(carry(from_server, to_client, back, true));
                });
            }
        });
        wire
    }

    /// Before the server of a `postgres://` address; gives the address through the line as well.
    pub async fn before_postgres(url: &str) -> (Wire, String) {
        let host = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let wire = Wire::before(vec![host.parse().unwrap()]).await;
        let through = url.replacen(host, &wire.address.to_string(), 1);
        (wire, through)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From which ports the other side was reached so far.
    pub fn ports(&self) -> Vec<u16> {
        self.ports.lock().unwrap().clone()
    }

    /// Other ends from now on.
    pub fn lead_to(&self, ends: Vec<SocketAddr>) {
        *self.ends.lock().unwrap() = ends;
    }

    /// Every connection is closed, and every new one.
    pub fn cut(&self) {
        self.all(Mode::Cut);
    }

    /// Nothing arrives over any connection, nor over a new one.
    pub fn swallow(&self) {
        self.all(Mode::Swallowed);
    }

    /// Nothing arrives over the connections that there are; new ones are as they should be.
    pub fn forget(&self) {
        self.lines.lock().unwrap().iter().for_each(|line| {
            line.send_replace(Mode::Swallowed);
        });
    }

    /// Requests arrive, answers do not.
    pub fn swallow_answers(&self) {
        self.all(Mode::NoAnswers);
    }

    /// Everything takes so long each way.
    pub fn slow(&self, by: Duration) {
        self.all(Mode::Slow(by));
    }

    /// New connections are as they should be; what was swallowed stays so.
    pub fn heal(&self) {
        self.mode.send_replace(Mode::Open);
        for line in self.lines.lock().unwrap().iter() {
            line.send_if_modified(|mode| {
                let was_slow = matches!(mode, Mode::Slow(_));
                if was_slow {
                    *mode = Mode::Open;
                }
                was_slow
            });
        }
    }

    fn all(&self, mode: Mode) {
        self.mode.send_replace(mode);
        self.lines.lock().unwrap().iter().for_each(|line| {
            line.send_replace(mode);
        });
    }
}

/// Carries bytes one way for as long as the line does.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut mode: watch::Receiver<Mode>, answers: bool) {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let cut = async { mode.wait_for(|mode| *mode == Mode::Cut).await.map(drop) };
        let count = tokio::select! {
            _ = cut => return,
            read = from.read(&mut bytes) => match read {
                Ok(count @ 1..) => count,
                Ok(_) | Err(_) => 0,
            },
        };
        let now = *mode.borrow();
        match now {
            Mode::Swallowed => swallowed(&mut mode).await,
            Mode::NoAnswers if answers => swallowed(&mut mode).await,
            Mode::Slow(by) => tokio::time::sleep(by).await,
            Mode::Open | Mode::NoAnswers | Mode::Cut => {}
        }
        if *mode.borrow() == Mode::Cut || count == 0 || to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

/// Not even the end of it is told, until the line is cut.
async fn swallowed(mode: &mut watch::Receiver<Mode>) {
    if mode.wait_for(|mode| *mode == Mode::Cut).await.is_err() {
        std::future::pending::<()>().await;
    }
}
