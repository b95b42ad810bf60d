//! A network between a browser and the site that dies without a word, as a phone's does: what is sent still arrives, or
//! not, and nothing comes back; nobody closes anything.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// One connection through it.
#[derive(Default)]
struct Line {
    /// Nothing comes back any more.
    dead: AtomicBool,
    /// It carries a room's events.
    events: AtomicBool,
}

/// The network.
pub struct Proxy {
    /// Where browsers go instead of the site.
    pub url: String,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    lines: Mutex<Vec<Arc<Line>>>,
    /// New lines are dead from the start.
    down: AtomicBool,
}

impl Proxy {
    /// In front of the site at `url`.
    pub async fn before(url: &str) -> Proxy {
        let site: SocketAddr = url.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inner = Arc::new(Inner::default());
        let proxy = Proxy {
            url: format!("http://{}", listener.local_addr().unwrap()),
            inner: Arc::clone(&inner),
        };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(site).await else {
                    continue;
                };
                let line = Arc::new(Line::default());
                line.dead.store(inner.down.load(Ordering::SeqCst), Ordering::SeqCst);
                inner.lines.lock().unwrap().push(Arc::clone(&line));
                let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
                tokio::spawn(there(from_client, to_server, Arc::clone(&line)));
                tokio::spawn(back(from_server, to_client, line));
            }
        });
        proxy
    }

    /// The address of a page through it.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Every line dies, and every new one is dead, until [`Proxy::up`].
    pub fn down(&self) {
        self.inner.down.store(true, Ordering::SeqCst);
        self.kill(|_| true);
    }

    /// New lines live; the dead ones stay dead.
    pub fn up(&self) {
        self.inner.down.store(false, Ordering::SeqCst);
    }

    /// The lines that carry events die; the others live.
    pub fn kill_events(&self) {
        self.kill(|line| line.events.load(Ordering::SeqCst));
    }

    /// The lines that carry events live; the others, and every new one, die.
    pub fn kill_answers(&self) {
        self.inner.down.store(true, Ordering::SeqCst);
        self.kill(|line| !line.events.load(Ordering::SeqCst));
    }

    fn kill(&self, which: impl Fn(&Line) -> bool) {
        for line in self.inner.lines.lock().unwrap().iter().filter(|line| which(line)) {
            line.dead.store(true, Ordering::SeqCst);
        }
    }
}

async fn there(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, line: Arc<Line>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if bytes[..count].starts_with(b"GET ") {
            let events = bytes[..count].windows(8).any(|part| part == b"/events?");
            line.events.store(events, Ordering::SeqCst);
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            break;
        }
    }
}

async fn back(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, line: Arc<Line>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if !line.dead.load(Ordering::SeqCst) && to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
    if line.dead.load(Ordering::SeqCst) {
        // Not even the end of it is told.
        std::future::pending::<()>().await;
    }
}
