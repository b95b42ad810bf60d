//! `[official_account]`: the 公众号 that editions are published in.

use toml::de::{DeTable, DeValue};

use super::ConfigError;
use super::read::Page;
use crate::domain::list::publication::Way;
use crate::official_account::OfficialAccount;
use crate::publish::article::{CONTENT, TITLE};

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
                "api_url" => account.api_url = self.address(key, value)?,
                "author" => account.author = text()?,
                "title" => {
                    let say = format!("应为 1 到 {TITLE} 个字，后面还要加上期数");
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
                    let fits = limit.filter(|limit| (LEAST..=CONTENT).contains(limit));
                    let say = || {
                        self.wrong(
                            value.span(),
                            format!("content_limit 应是 {LEAST} 到 {CONTENT} 之间的字数"),
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
