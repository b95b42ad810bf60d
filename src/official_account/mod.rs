//! 微信公众号: the articles of an edition into the draft box, on a person's word published, and followed to what became
//! of them. Only this room knows the account's API (developers.weixin.qq.com).

pub mod callback;
pub mod client;
pub mod crypt;
pub mod errors;
pub mod worker;
pub mod xml;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use axum::Router;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::{Config, OfficialAccount, Token};
use crate::desk::Desk;
use crate::domain::list::publication::Way;
use crate::leases::Leases;
use crate::publish::article::Look;
use crate::store::Db;
use client::Client;
use worker::Publisher;

/// What it is called where the bot is switched off; nothing is kept of what is written to it.
pub const CHANNEL: &str = "wechat";
/// The official server.
pub const OFFICIAL: &str = "https://api.weixin.qq.com";

/// How articles look.
pub fn look(account: &OfficialAccount) -> Look {
    Look {
        title: account.title.clone(),
        author: account.author.clone(),
        limit: account.content_limit,
        picture: account.picture.is_some() && account.mode != Way::Files,
    }
}

/// The account's secret: from the environment, else the file.
fn secret(account: &OfficialAccount) -> anyhow::Result<Token> {
    match (&account.secret, &account.secret_file) {
        (Some(secret), _) => Ok(secret.clone()),
        (None, Some(file)) => Ok(Token::new(&read_secret(file)?)),
        (None, None) => bail!("没有公众号密钥：写 secret_file = \"文件\"，或设环境变量 BANGBAN_WECHAT_SECRET"),
    }
}

/// A secret that stands alone in a file.
pub fn read_secret(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} 读不了，请检查路径和权限", file.display()))?;
    Ok(text.trim().to_owned())
}

/// What moves editions on, where the account is reached by its API; none in the mode of files. The error names what is
/// missing.
pub fn publisher(db: &Db, clock: &Clock, config: &Config) -> anyhow::Result<Option<Arc<Publisher>>> {
    let account = &config.official_account;
    let lacks = account.lacks();
    if !lacks.is_empty() {
        bail!("[official_account] 还不能用：{}", lacks.join("；"));
    }
    if account.mode == Way::Files {
        return Ok(None);
    }
    let appid = account.appid.clone().unwrap_or_default();
    let base = account.api_url.as_deref().unwrap_or(OFFICIAL);
    let client = Client::new(base, &appid, secret(account)?, clock.clone())?;
    Ok(Some(Arc::new(Publisher {
        db: db.clone(),
        clock: clock.clone(),
        client,
        cover: account.cover.clone().unwrap_or_default(),
        picture: account.picture.clone(),
        zone: config.timezone.clone(),
    })))
}

/// Moves editions on until it is told to stop, and gives the callback's routes. What is not set up well is said in the
/// log and by `bangban check`; the help groups do not wait for it. Of several programs the one that has the clock's lease
/// moves them.
pub fn start(desk: &Arc<Desk>, leases: &Leases, stopping: &watch::Receiver<bool>) -> (Option<JoinHandle<()>>, Router) {
    let unusable = |error: &anyhow::Error| tracing::warn!("official account: {error:#}");
    let publisher = publisher(&desk.db, &desk.clock, &desk.config)
        .inspect_err(unusable)
        .unwrap_or_default();
    let routes = callback::routes(desk, publisher.as_ref())
        .inspect_err(unusable)
        .unwrap_or_default();
    let working = publisher.map(|publisher| tokio::spawn(publisher.run(leases.clone(), stopping.clone())));
    (working, routes)
}
