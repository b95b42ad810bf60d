//! The doors of the pages: who is let in, how long somebody may take, and how many there may be. What a request asks for
//! is not looked at here. Written over hyper itself, because `axum::serve` knows neither deadlines nor a ceiling.

mod pace;
mod places;
mod stay;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::server::conn::http1;
use hyper::service::Service as _;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use pace::Paced;
pub use places::{Place, Places, Stay, Turned};
pub use stay::{Timely, held};

/// A head has to be there after this long, and a connection that is kept open is used again.
const HEAD: Duration = Duration::from_secs(15);
/// The same of a reverse proxy, which keeps connections for a minute: who closes first loses a request on its way.
const PROXY_HEAD: Duration = Duration::from_secs(75);
/// What is read ahead and written behind of one connection; also the largest head.
const BUFFER: usize = 64 * 1024;
const HEADERS: usize = 64;
/// What the system keeps for a reader that is slow, in bytes; it takes twice this.
const UNSENT: u32 = 128 * 1024;
const WAITING: u32 = 1024;
/// How long open pages may take to end.
const GOODBYE: Duration = Duration::from_secs(3);
/// After a connection that could not be taken, such as for want of files.
const BREATH: Duration = Duration::from_millis(50);

/// Listens, with what the system keeps for slow readers bounded.
pub fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(UNSENT)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Serves until told to stop; then open pages are given a moment, and cut. `trusted` says of whom the long deadline is.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    places: Arc<Places>,
    trusted: impl Fn(IpAddr) -> bool,
    mut stopping: watch::Receiver<bool>,
) {
    let mut guests = JoinSet::new();
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            Some(_) = guests.join_next() => continue,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match taken {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        // Nobody can be sent away for this one: it is closed unheard.
        let Some(place) = places.enter() else { continue };
        let head = if trusted(peer.ip()) { PROXY_HEAD } else { HEAD };
        let guest = receive(stream, peer, app.clone(), place, head, stopping.clone());
        guests.spawn(guest);
    }
    drop(listener);
    let gone = async { while guests.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(GOODBYE, gone).await;
}

/// One connection, to its end.
async fn receive(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    place: Place,
    head: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let place = Arc::new(place);
    let seat = Arc::clone(&place);
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(Arc::clone(&seat));
        TowerToHyperService::new(app.clone()).call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(BUFFER)
        .max_headers(HEADERS);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(Paced::new(stream)), service));
    let mut stopped = false;
    loop {
        tokio::select! {
            // How it ended is the guest's affair.
            _ = connection.as_mut() => return,
            () = place.sent_away() => return,
            _ = stopping.wait_for(|stop| *stop), if !stopped => {
                stopped = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
