//! Opens the pages to the network, and the figures where they have an address of their own.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::{Config, Token};
use crate::system;
use crate::telemetry::{self, Health};
use crate::web::{self, Web, doors};

/// Files that are no connections: the database, the list, what talks to platforms.
const OWN_FILES: u64 = 64;
/// A connection may need a picture's file too.
const FILES_EACH: u64 = 2;
const FEWEST: usize = 16;
/// Who watches the figures needs few.
const WATCHERS: usize = 32;

/// Where the pages and the figures are listened for.
pub(super) struct Listening {
    pages: TcpListener,
    monitor: Option<TcpListener>,
}

/// Takes both addresses before anything else is done.
pub(super) fn listen(config: &Config) -> anyhow::Result<Listening> {
    if let Some(why) = in_the_open(config).filter(|_| !config.allow_plain) {
        bail!(why);
    }
    let pages = doors::listen(config.http).with_context(|| taken(config.http, "BANGBAN_HTTP=127.0.0.1:8081"))?;
    let monitor = config.web.monitor.map(|address| {
        doors::listen(address).with_context(|| taken(address, "[web] monitor 或 BANGBAN_MONITOR=127.0.0.1:9181"))
    });
    Ok(Listening {
        pages,
        monitor: monitor.transpose()?,
    })
}

/// Why the pages may not be listened for at this address: what people say would cross the network readable.
pub fn in_the_open(config: &Config) -> Option<String> {
    let (address, url) = (config.http, config.public_url.as_deref().unwrap_or_default());
    let https = url.starts_with("https://");
    if address.ip().is_loopback() || (https && !config.web.trusted_proxies.is_empty()) {
        return None;
    }
    Some(match https {
        false => format!(
            "网页：{address} 别的机器也连得到，而没有 https，登录和人说的话在网络上谁都能看。请让 http 只听 127.0.0.1，前面放 https 反向代理，写上 public_url 和 [web] trusted_proxies；中间的网络确实可信的，写 allow_plain = true"
        ),
        true => format!(
            "网页：{address} 别的机器也连得到，却没写 [web] trusted_proxies，分不出谁是代理。请写上代理的地址，或让 http 只听 127.0.0.1"
        ),
    })
}

fn taken(address: SocketAddr, other: &str) -> String {
    format!("{address} 这个地址用不了，可能端口已被占用。请停掉占用它的程序，或换一个：{other}")
}

/// The token with which the figures are read beside the pages: BANGBAN_MONITOR_TOKEN, else the file.
pub fn monitor_token(config: &Config) -> anyhow::Result<Option<Token>> {
    let web = &config.web;
    match (&web.monitor_token, &web.monitor_token_file) {
        (Some(token), _) => Ok(Some(token.clone())),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("monitor_token_file {} 读不了，请检查路径和权限", file.display()))?;
            Ok(Some(Token::new(text.trim())).filter(|token| !token.expose().is_empty()))
        }
        (None, None) => Ok(None),
    }
}

/// Serves until told to stop. `beside`: what is served with the pages and comes from elsewhere.
pub(super) fn open(
    listening: Listening,
    web: &Arc<Web>,
    health: Arc<Health>,
    beside: Router,
    token: Option<Token>,
    stopping: &watch::Receiver<bool>,
) -> Vec<JoinHandle<()>> {
    let config = Arc::clone(&web.desk.config);
    web::sweep(&config.data.join("media"));
    let mut beside = beside.merge(telemetry::alive());
    if let Some(token) = token.clone() {
        beside = beside.merge(telemetry::figures(Arc::clone(&health), Some(token)));
    }
    let app = web::router(Arc::clone(web), beside);
    let places = doors::Places::new(ceiling(&config), Arc::clone(&web.tally));
    let trusted = config.web.trusted_proxies.clone();
    let trusted = move |address| web::is_trusted(address, &trusted);
    let pages = doors::serve(listening.pages, app, places, trusted, stopping.clone());
    let mut serving = vec![tokio::spawn(pages)];
    if let Some(listener) = listening.monitor {
        // From this very machine figures are read without a token; over a network who has one brings it.
        let token = token.filter(|_| config.web.monitor.is_some_and(|address| !address.ip().is_loopback()));
        let app = web::plain(telemetry::figures(health, token).merge(telemetry::alive()));
        let places = doors::Places::new(WATCHERS, Arc::clone(&web.tally));
        serving.push(tokio::spawn(doors::serve(
            listener,
            app,
            places,
            |_| false,
            stopping.clone(),
        )));
    }
    serving
}

/// As many connections as are wished, and as there are files for.
fn ceiling(config: &Config) -> usize {
    let files = system::files();
    let can = usize::try_from(files.saturating_sub(OWN_FILES) / FILES_EACH).unwrap_or(usize::MAX);
    let wished = config.web.connections;
    if can < wished {
        tracing::warn!(
            files,
            wished,
            can,
            "too few open files are allowed for so many connections"
        );
    }
    wished.min(can).max(FEWEST)
}
