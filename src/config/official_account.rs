//! `[official_account]`: the 公众号 that editions are published in.

use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use super::read::Page;
use super::{ConfigError, Token};
use crate::domain::list::publication::{CONTENT_MOST, TITLE_MOST, Way};

const KEYS: [&str; 11] = [
    "mode",
    "appid",
    "secret_file",
    "api_url",
    "author",
    "title",
    "cover",
    "picture",
    "token_file",
    "aes_key_file",
    "content_limit",
];
const SAY_MODE: &str = "应为 api（存草稿并发布）、draft（只存草稿，人工发表）或 files（只写文件）";
/// Less leaves no room for an answer beside the frame of an article.
const LEAST: usize = 2_000;

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
            content_limit: CONTENT_MOST,
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
}

impl Page<'_> {
    /// Sets what the section says.
    pub(super) fn official_account(
        &self,
        account: &mut OfficialAccount,
        table: &DeTable<'_>,
    ) -> Result<(), ConfigError> {
        for (key, value) in table {
            let text = || Ok(self.text(key, value)?.map(str::to_owned));
            let path = || Ok(self.text(key, value)?.map(Into::into));
            match key.get_ref().as_ref() {
                "mode" => {
                    account.mode = self.parsed(key, value, SAY_MODE, |text| match text {
                        "api" => Some(Way::Api),
                        "draft" => Some(Way::Draft),
                        "files" => Some(Way::Files),
                        _ => None,
                    })?;
                }
                "appid" => account.appid = text()?,
                "secret_file" => account.secret_file = path()?,
                "api_url" => account.api_url = self.api(key, value)?,
                "author" => account.author = text()?,
                "title" => {
                    let say = format!("应为 1 到 {TITLE_MOST} 个字，后面还要加上期数");
                    account.title = self.parsed(key, value, &say, |title| Some(title.to_owned()))?;
                }
                "cover" => account.cover = path()?,
                "picture" => account.picture = path()?,
                "token_file" => account.token_file = path()?,
                "aes_key_file" => account.aes_key_file = path()?,
                "content_limit" => {
                    let limit = match value.get_ref() {
                        DeValue::Integer(limit) => limit.as_str().parse().ok(),
                        _ => None,
                    };
                    let fits = limit.filter(|limit| (LEAST..=CONTENT_MOST).contains(limit));
                    let say = || {
                        self.wrong(
                            value.span(),
                            format!("content_limit 应是 {LEAST} 到 {CONTENT_MOST} 之间的字数"),
                        )
                    };
                    account.content_limit = fits.ok_or_else(say)?;
                }
                _ => return Err(self.unknown(key, &KEYS)),
            }
        }
        Ok(())
    }
}
