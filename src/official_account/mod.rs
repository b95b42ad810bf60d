//! 微信公众号: an edition as articles, into the draft box, on a person's word published, and followed to what became of
//! it. Only this room knows the account's API (developers.weixin.qq.com).

pub mod callback;
pub mod client;
pub mod crypt;
pub mod errors;
pub mod worker;
mod xml;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use axum::Router;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::{Config, Token};
use crate::desk::Desk;
use crate::domain::list::publication::Way;
use crate::publish::article::{self, Look};
use crate::store::Db;
use client::Client;
use worker::Publisher;

/// The official server.
pub const OFFICIAL: &str = "https://api.weixin.qq.com";

/// How the account is used, as the operator set it. Without a mode, editions are written as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialAccount {
    pub mode: Way,
    pub appid: Option<String>,
    /// Where the secret stands, read when it is needed.
    pub secret_file: Option<PathBuf>,
    /// From BANGBAN_WECHAT_SECRET; wins over the file.
    pub secret: Option<Token>,
    pub api_url: Option<String>,
    /// The author under each title; none: who issues the edition.
    pub author: Option<String>,
    /// What each title begins with.
    pub title: String,
    /// The picture a draft shows in lists.
    pub cover: Option<PathBuf>,
    /// A picture at the end of each article, such as the code of the web group.
    pub picture: Option<PathBuf>,
    /// The token and the AES key of the callback, as set on the account's console.
    pub token_file: Option<PathBuf>,
    pub aes_key_file: Option<PathBuf>,
    /// Characters of an article's HTML from which on it is divided.
    pub content_limit: usize,
}

impl Default for OfficialAccount {
    fn default() -> OfficialAccount {
        OfficialAccount {
            mode: Way::Files,
            appid: None,
            secret_file: None,
            secret: None,
            api_url: None,
            author: None,
            title: "【帮办问答】企业登记常见问题".to_owned(),
            cover: None,
            picture: None,
            token_file: None,
            aes_key_file: None,
            content_limit: article::CONTENT,
        }
    }
}

impl OfficialAccount {
    /// What is missing for the mode and the callback, each said with what to do.
    pub fn lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        let mut need = |there: bool, say: &str| {
            if !there {
                lacks.push(say.to_owned());
            }
        };
        if self.mode != Way::Files {
            need(
                self.appid.is_some(),
                "缺 appid：在公众平台“设置与开发 → 基本配置”里抄来",
            );
            need(
                self.secret.is_some() || self.secret_file.is_some(),
                "缺密钥：写 secret_file = \"文件\"，或设环境变量 BANGBAN_WECHAT_SECRET",
            );
            need(
                self.cover.is_some(),
                "缺封面：写 cover = \"图片\"（bmp、png、jpg、gif，不超过 10 MB）",
            );
        }
        need(
            self.token_file.is_some() == self.aes_key_file.is_some(),
            "接收消息要 token_file 和 aes_key_file 两个都写",
        );
        need(self.token_file.is_none() || self.appid.is_some(), "接收消息要写 appid");
        lacks
    }

    /// How articles look.
    pub fn look(&self) -> Look {
        Look {
            title: self.title.clone(),
            author: self.author.clone(),
            limit: self.content_limit,
            picture: self.picture.is_some() && self.mode != Way::Files,
        }
    }

    /// The secret: from the environment, else the file.
    pub fn secret(&self) -> anyhow::Result<Token> {
        match (&self.secret, &self.secret_file) {
            (Some(secret), _) => Ok(secret.clone()),
            (None, Some(file)) => Ok(Token::new(&read_secret(file)?)),
            (None, None) => bail!("没有公众号密钥：写 secret_file = \"文件\"，或设环境变量 BANGBAN_WECHAT_SECRET"),
        }
    }
}

/// A secret that stands alone in a file.
pub fn read_secret(file: &std::path::Path) -> anyhow::Result<String> {
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
    let client = Client::new(base, &appid, account.secret()?, clock.clone())?;
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
/// log and by `bangban check`; the help groups do not wait for it.
pub fn start(desk: &Arc<Desk>, stopping: &watch::Receiver<bool>) -> (Option<JoinHandle<()>>, Router) {
    let unusable = |error: &anyhow::Error| tracing::warn!("official account: {error:#}");
    let publisher = publisher(&desk.db, &desk.clock, &desk.config)
        .inspect_err(unusable)
        .unwrap_or_default();
    let routes = callback::routes(desk, publisher.as_ref())
        .inspect_err(unusable)
        .unwrap_or_default();
    let working = publisher.map(|publisher| tokio::spawn(publisher.run(stopping.clone())));
    (working, routes)
}
