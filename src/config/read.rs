//! Walks the TOML table by table, so that every mistake is said with its line and column.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parse::{
    SAY_ADMINS, SAY_API, SAY_DATABASE, SAY_DAY, SAY_DURATION, SAY_HTTP, SAY_MODE, SAY_PASSWORD, SAY_URL, database,
    has_password, is_readable_on_the_way, url,
};
use super::{Config, ConfigError, Receive, Token, duration_ms};
use crate::domain::asking::clocks::Clocks;
use crate::domain::chat::mode::Mode;

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

const TOP: [&str; 20] = [
    "alarms",
    "web",
    "allow_plain",
    "official_account",
    "list",
    "candidates",
    "roster",
    "mode",
    "data",
    "database",
    "http",
    "public_url",
    "faq",
    "timezone",
    "sample_city",
    "telegram",
    "clocks",
    "limits",
    "keep",
    "fill",
];
const TELEGRAM: [&str; 4] = ["api_url", "token_file", "admins", "receive"];
const SAY_RECEIVE: &str = "应为 polling（自己去取消息）或 webhook（Telegram 推到 public_url）";
const CLOCKS: [&str; 7] = [
    "remind",
    "all_helpers",
    "bureau_admin",
    "guidance",
    "first_reply",
    "lapse",
    "burst",
];
const LIST: [&str; 1] = ["issuer"];
const CANDIDATES: [&str; 3] = ["askers", "period", "review"];
const ROSTER: [&str; 1] = ["deadline"];
const KEEP: [&str; 3] = ["questions", "media", "dead_updates"];

/// Sets in `config` what `text` says.
pub fn read(config: &mut Config, text: &str, file: &Path) -> Result<(), ConfigError> {
    let mut page = Page {
        text,
        file,
        allow_plain: false,
    };
    let table = DeTable::parse(text).map_err(|error| {
        page.wrong(
            error.span().unwrap_or(0..0),
            format!("TOML 写法有误，请检查引号、等号和方括号（{}）", error.message()),
        )
    })?;
    // Addresses are judged by it, wherever it stands.
    page.allow_plain = table
        .get_ref()
        .iter()
        .any(|(key, value)| key.get_ref() == "allow_plain" && value.get_ref().as_bool() == Some(true));
    for (key, value) in table.get_ref() {
        page.top(config, key, value)?;
    }
    Ok(())
}

pub(super) struct Page<'a> {
    text: &'a str,
    file: &'a Path,
    allow_plain: bool,
}

impl Page<'_> {
    fn top(&self, config: &mut Config, key: &Key<'_>, value: &Value<'_>) -> Result<(), ConfigError> {
        match key.get_ref().as_ref() {
            "data" => config.data = self.filled(key, value)?.into(),
            "database" => config.database = self.database(key, value)?,
            "allow_plain" => config.allow_plain = self.yes_or_no(key, value)?,
            "http" => config.http = self.parsed(key, value, SAY_HTTP, |text| text.parse().ok())?,
            "public_url" => config.public_url = self.address(key, value)?,
            "faq" => config.faq = self.filled(key, value)?.into(),
            "timezone" => {
                let say = "没有这个时区，请写 IANA 名称，如 \"Asia/Shanghai\"";
                config.timezone = self.parsed(key, value, say, |name| TimeZone::get(name).ok())?;
            }
            "sample_city" => config.sample_city = self.yes_or_no(key, value)?,
            "official_account" => self.official_account(&mut config.official_account, self.table(key, value)?)?,
            "telegram" => self.telegram(config, self.table(key, value)?)?,
            "clocks" => self.all_clocks(config, self.table(key, value)?)?,
            "limits" => {
                let table = self.table(key, value)?;
                self.limits(&mut config.questions_per_asker, &mut config.quotas, table)?;
            }
            "web" => self.web(&mut config.web, self.table(key, value)?)?,
            "keep" => {
                for (key, value) in self.table(key, value)? {
                    match key.get_ref().as_ref() {
                        "questions" => config.keep.questions_ms = self.duration(key, value)?,
                        "media" => config.keep.media_ms = self.duration(key, value)?,
                        "dead_updates" => config.keep.dead_updates_ms = self.duration(key, value)?,
                        _ => return Err(self.unknown(key, &KEEP)),
                    }
                }
            }
            "list" => {
                for (key, value) in self.table(key, value)? {
                    match key.get_ref().as_ref() {
                        "issuer" => config.issuer = self.text(key, value)?.map(str::to_owned),
                        _ => return Err(self.unknown(key, &LIST)),
                    }
                }
            }
            "alarms" => self.alarms(&mut config.alarms, self.table(key, value)?)?,
            "candidates" => self.candidates(config, self.table(key, value)?)?,
            "roster" => self.roster(config, self.table(key, value)?)?,
            "fill" => self.fill(config, self.table(key, value)?)?,
            "mode" => self.modes(config, self.table(key, value)?)?,
            _ => return Err(self.unknown(key, &TOP)),
        }
        Ok(())
    }

    fn candidates(&self, config: &mut Config, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "askers" => {
                    let count = match value.get_ref() {
                        DeValue::Integer(count) => count.as_str().parse().ok().filter(|count| *count > 0),
                        _ => None,
                    };
                    let wrong = || self.wrong(value.span(), "askers 应是人数，如 3".to_owned());
                    config.candidates.askers = count.ok_or_else(wrong)?;
                }
                "period" => config.candidates.period_ms = self.duration(key, value)?,
                "review" => config.candidates.review_ms = self.duration(key, value)?,
                _ => return Err(self.unknown(key, &CANDIDATES)),
            }
        }
        Ok(())
    }

    fn roster(&self, config: &mut Config, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "deadline" => {
                    let day = self.parsed(key, value, SAY_DAY, |text| text.parse().ok())?;
                    config.roster_deadline = Some(day);
                }
                _ => return Err(self.unknown(key, &ROSTER)),
            }
        }
        Ok(())
    }

    /// `default` for all, and bureaus by name.
    fn modes(&self, config: &mut Config, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            let mode = self.parsed(key, value, SAY_MODE, Mode::from_word)?;
            match key.get_ref().as_ref() {
                "default" => config.mode = mode,
                bureau => {
                    config.bureau_modes.insert(bureau.to_owned(), mode);
                }
            }
        }
        Ok(())
    }

    fn database(&self, key: &Key<'_>, value: &Value<'_>) -> Result<Option<Token>, ConfigError> {
        if self.text(key, value)?.is_none() {
            return Ok(None);
        }
        let url = self.parsed(key, value, SAY_DATABASE, database)?;
        let safe = |url: &str| (!has_password(url)).then(|| Token(url.to_owned()));
        self.parsed(key, value, SAY_PASSWORD, |_| safe(&url)).map(Some)
    }

    fn telegram(&self, config: &mut Config, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "api_url" => config.telegram.api_url = self.api(key, value)?,
                "token_file" => config.telegram.token_file = self.text(key, value)?.map(Into::into),
                "admins" => config.telegram.admins = self.accounts(value)?,
                "receive" => {
                    config.telegram.receive = self.parsed(key, value, SAY_RECEIVE, |text| match text {
                        "polling" => Some(Receive::Polling),
                        "webhook" => Some(Receive::Webhook),
                        _ => None,
                    })?;
                }
                _ => return Err(self.unknown(key, &TELEGRAM)),
            }
        }
        Ok(())
    }

    /// The limits of all first: a bureau's own table starts from them wherever it stands.
    fn all_clocks(&self, config: &mut Config, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table.iter().filter(|(_, value)| value.get_ref().as_table().is_none()) {
            self.clock(&mut config.clocks, key, value)?;
        }
        for (bureau, value) in table {
            if let Some(own) = value.get_ref().as_table() {
                let mut clocks = config.clocks;
                for (key, value) in own {
                    self.clock(&mut clocks, key, value)?;
                }
                config.bureau_clocks.insert(bureau.get_ref().to_string(), clocks);
            }
        }
        Ok(())
    }

    fn clock(&self, clocks: &mut Clocks, key: &Key<'_>, value: &Value<'_>) -> Result<(), ConfigError> {
        let clock = match key.get_ref().as_ref() {
            "remind" => &mut clocks.remind_ms,
            "all_helpers" => &mut clocks.all_helpers_ms,
            "bureau_admin" => &mut clocks.bureau_admin_ms,
            "guidance" => &mut clocks.guidance_ms,
            "first_reply" => &mut clocks.first_reply_ms,
            "lapse" => &mut clocks.lapse_ms,
            "burst" => &mut clocks.burst_ms,
            _ => return Err(self.unknown(key, &CLOCKS)),
        };
        *clock = self.duration(key, value)?;
        Ok(())
    }

    /// `"platform.name" = ""` and `platform.name = ""` mean the same; a table without text in it is a bureau's
    /// only if its name has no dot and no Latin letter.
    fn fill(&self, config: &mut Config, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match value.get_ref().as_table() {
                Some(own) if !name.is_ascii() => {
                    let fill = config.bureau_fill.entry(name.to_owned()).or_default();
                    for (key, value) in own {
                        self.placeholder(fill, key.get_ref(), key, value)?;
                    }
                }
                Some(_) | None => self.placeholder(&mut config.fill, name, key, value)?,
            }
        }
        Ok(())
    }

    fn placeholder(
        &self,
        fill: &mut BTreeMap<String, String>,
        name: &str,
        key: &Key<'_>,
        value: &Value<'_>,
    ) -> Result<(), ConfigError> {
        match value.get_ref().as_table() {
            Some(inner) => inner
                .iter()
                .try_for_each(|(key, value)| self.placeholder(fill, &format!("{name}.{}", key.get_ref()), key, value)),
            None => {
                fill.insert(name.to_owned(), self.text(key, value)?.unwrap_or_default().to_owned());
                Ok(())
            }
        }
    }

    fn table<'v, 't>(&self, key: &Key<'_>, value: &'v Value<'t>) -> Result<&'v DeTable<'t>, ConfigError> {
        let say = || self.wrong(value.span(), format!("{0} 应写成一节 [{0}]", key.get_ref()));
        value.get_ref().as_table().ok_or_else(say)
    }

    /// The text of a value; empty is not set.
    pub(super) fn text<'v>(&self, key: &Key<'_>, value: &'v Value<'_>) -> Result<Option<&'v str>, ConfigError> {
        let say = || self.wrong(value.span(), format!("{} 应为加引号的文字", key.get_ref()));
        let text = value.get_ref().as_str().ok_or_else(say)?;
        Ok(Some(text).filter(|text| !text.trim().is_empty()))
    }

    fn filled<'v>(&self, key: &Key<'_>, value: &'v Value<'_>) -> Result<&'v str, ConfigError> {
        let say = || {
            self.wrong(
                value.span(),
                format!("{} 不能为空；不想改动就删去这一行", key.get_ref()),
            )
        };
        self.text(key, value)?.ok_or_else(say)
    }

    pub(super) fn parsed<T>(
        &self,
        key: &Key<'_>,
        value: &Value<'_>,
        say: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        read(self.filled(key, value)?.trim())
            .ok_or_else(|| self.wrong(value.span(), format!("{} 写法有误：{say}", key.get_ref())))
    }

    pub(super) fn address(&self, key: &Key<'_>, value: &Value<'_>) -> Result<Option<String>, ConfigError> {
        match self.text(key, value)? {
            Some(_) => self.parsed(key, value, SAY_URL, url).map(Some),
            None => Ok(None),
        }
    }

    /// An address that secrets are sent to.
    pub(super) fn api(&self, key: &Key<'_>, value: &Value<'_>) -> Result<Option<String>, ConfigError> {
        let url = self.address(key, value)?;
        if !self.allow_plain && url.as_deref().is_some_and(is_readable_on_the_way) {
            return Err(self.wrong(value.span(), format!("{} {SAY_API}", key.get_ref())));
        }
        Ok(url)
    }

    pub(super) fn duration(&self, key: &Key<'_>, value: &Value<'_>) -> Result<i64, ConfigError> {
        self.parsed(key, value, SAY_DURATION, duration_ms)
    }

    fn yes_or_no(&self, key: &Key<'_>, value: &Value<'_>) -> Result<bool, ConfigError> {
        let say = || self.wrong(value.span(), format!("{} 应为 true 或 false，不加引号", key.get_ref()));
        value.get_ref().as_bool().ok_or_else(say)
    }

    fn accounts(&self, value: &Value<'_>) -> Result<Vec<i64>, ConfigError> {
        let say = |span| self.wrong(span, format!("admins {SAY_ADMINS}；在本文件中写作 [10001, 10002]"));
        let list = value.get_ref().as_array().ok_or_else(|| say(value.span()))?;
        list.iter()
            .map(|id| {
                let number = id.get_ref().as_integer();
                let number = number.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
                number.filter(|id| *id > 0).ok_or_else(|| say(id.span()))
            })
            .collect()
    }

    /// Secrets do not belong into a file that is copied and mailed.
    pub(super) fn unknown(&self, key: &Key<'_>, known: &[&str]) -> ConfigError {
        let name = key.get_ref();
        if ["secret", "app_secret", "appsecret"].contains(&name.to_ascii_lowercase().as_str()) {
            let say = "密钥不能写在配置文件里；请放进单独的文件并写 secret_file = \"路径\"，或设环境变量 BANGBAN_WECHAT_SECRET";
            return self.wrong(key.span(), say.to_owned());
        }
        if ["token", "bot_token", "telegram_token", "teloxide_token"].contains(&name.to_ascii_lowercase().as_str()) {
            let say = "令牌不能写在配置文件里；请放进单独的文件并写 token_file = \"路径\"，或设环境变量 TELOXIDE_TOKEN";
            return self.wrong(key.span(), say.to_owned());
        }
        let hint = match crate::yaml::nearest(name, known) {
            Some(near) => format!("，是不是想写“{near}”？"),
            None => format!("；这里可用的有：{}", known.join("、")),
        };
        self.wrong(key.span(), format!("不认识的配置项“{name}”{hint}"))
    }

    pub(super) fn wrong(&self, span: Range<usize>, message: String) -> ConfigError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        ConfigError::InFile {
            file: self.file.to_path_buf(),
            line: small(line),
            column: small(column),
            message,
        }
    }
}
