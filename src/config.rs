//! What the operator sets: `bangban.toml`, then the environment over it. Every key has a default, unknown keys are
//! refused with a suggestion, and secrets are never read from the file itself.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::alarm;
use crate::domain::asking::clocks::Clocks;
use crate::domain::chat::message::{Account, Channel};
use crate::domain::chat::mode::Mode;
use crate::platform::telegram;
use parse::{duration_ms, limit};

mod alarms;
mod official_account;
mod parse;
mod read;
mod web;

pub use official_account::OfficialAccount;
pub use web::{Pictures, Quotas, Web};

const DEFAULT_FILE: &str = "bangban.toml";

/// A secret that never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A secret read from somewhere else than the settings, e.g. the token file.
    pub fn new(secret: &str) -> Token {
        Token(secret.to_owned())
    }

    /// The secret itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Where and whether the bot is on Telegram.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Telegram {
    /// Another Bot API server than Telegram's own.
    pub api_url: Option<String>,
    /// Where the token stands, read at start.
    pub token_file: Option<PathBuf>,
    /// From TELOXIDE_TOKEN; wins over `token_file`.
    pub token: Option<Token>,
    /// Numeric accounts that keep the installation.
    pub admins: Vec<i64>,
    /// How messages come from there.
    pub receive: Receive,
}

/// How messages come from Telegram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Receive {
    /// This program asks for them: needs no address that others reach.
    #[default]
    Polling,
    /// Telegram posts them to the public address.
    Webhook,
}

/// So many of something in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub count: u32,
    pub within_ms: i64,
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    pub questions_ms: i64,
    pub media_ms: i64,
    pub dead_updates_ms: i64,
}

/// When a cluster of questions becomes a candidate for the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidates {
    /// Different askers it needs (PRODUCT §5).
    pub askers: u32,
    /// The period that is looked at.
    pub period_ms: i64,
    /// How long the keepers of a frozen entry have to look at it.
    pub review_ms: i64,
}

/// Everything the operator can set.
#[derive(Clone, PartialEq)]
pub struct Config {
    pub data: PathBuf,
    /// DATABASE_URL may carry a password: never printed. `None`: SQLite in the data folder.
    pub database: Option<Token>,
    /// Plain text that leaves this machine is taken: to a database, to a platform, and of the pages.
    pub allow_plain: bool,
    pub http: std::net::SocketAddr,
    pub public_url: Option<String>,
    pub faq: PathBuf,
    pub timezone: TimeZone,
    pub sample_city: bool,
    pub telegram: Telegram,
    pub official_account: OfficialAccount,
    pub questions_per_asker: Limit,
    pub web: Web,
    pub quotas: Quotas,
    pub keep: Keep,
    pub candidates: Candidates,
    /// From when on whoever keeps the installation is told.
    pub alarms: alarm::Limits,
    /// The day by which bureaus hand in their form; none: 1 August of each year.
    pub roster_deadline: Option<Date>,
    /// Who issues the published list, in full; none: the city bureau as the roster names it.
    pub issuer: Option<String>,
    mode: Mode,
    bureau_modes: BTreeMap<String, Mode>,
    clocks: Clocks,
    bureau_clocks: BTreeMap<String, Clocks>,
    fill: BTreeMap<String, String>,
    bureau_fill: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why the configuration cannot be used: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Something in the file, with line and column from 1.
    #[error("{}:{line}:{column}: {message}", file.display())]
    InFile {
        file: PathBuf,
        line: u32,
        column: u32,
        message: String,
    },
    /// Something in the environment. The value is not repeated; it may be secret.
    #[error("环境变量 {name}：{message}")]
    InEnvironment { name: &'static str, message: String },
    /// The file cannot be read.
    #[error("配置文件 {} 打不开，请检查路径和读取权限：{message}", file.display())]
    Unreadable { file: PathBuf, message: String },
    /// No time zone data, which is a fault of the build.
    #[error("找不到时区 {0} 的数据，请在配置中改写 timezone，或安装系统时区数据")]
    NoTimeZone(String),
    /// Telegram cannot post to this program as it is set up.
    #[error("[telegram] receive = \"webhook\"：{0}。改好它，或写 receive = \"polling\"")]
    Webhook(&'static str),
}

impl Config {
    /// Whether a channel is connected whose servers are abroad (个人信息保护法 第三十九条: people are told).
    pub fn speaks_abroad(&self) -> bool {
        self.telegram.token.is_some() || self.telegram.token_file.is_some()
    }

    /// Whether BANGBAN_ADMINS names an account; those are accounts of Telegram.
    pub fn names_admin(&self, account: &Account) -> bool {
        let id = account.id.parse();
        account.channel.0 == telegram::NAME && id.is_ok_and(|id: i64| self.telegram.admins.contains(&id))
    }

    /// The accounts that BANGBAN_ADMINS names.
    pub fn named_admins(&self) -> impl Iterator<Item = Account> {
        let account = |id: &i64| Account {
            channel: Channel::new(telegram::NAME),
            id: id.to_string(),
        };
        self.telegram.admins.iter().map(account)
    }

    /// Reads `path`, else ./bangban.toml if it exists, then the environment, which wins.
    pub fn load(path: Option<&Path>, env: &dyn Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
        let mut config = Config::standard()?;
        let file = match path {
            Some(path) => Some(path.to_path_buf()),
            None => Some(PathBuf::from(DEFAULT_FILE)).filter(|file| file.exists()),
        };
        if let Some(file) = file {
            let text = std::fs::read_to_string(&file).map_err(|error| ConfigError::Unreadable {
                file: file.clone(),
                message: error.to_string(),
            })?;
            read::read(&mut config, &text, &file)?;
        }
        config.environment(env)?;
        Ok(config)
    }

    /// Reads TOML text over the defaults, without any environment; `file` is only for the messages.
    pub fn from_text(text: &str, file: &Path) -> Result<Config, ConfigError> {
        let mut config = Config::standard()?;
        read::read(&mut config, text, file)?;
        Ok(config)
    }

    /// The defaults of `bangban.example.toml`.
    pub fn standard() -> Result<Config, ConfigError> {
        const ZONE: &str = "Asia/Shanghai";
        const DAY: i64 = 86_400_000;
        Ok(Config {
            data: "./data".into(),
            database: None,
            allow_plain: false,
            http: std::net::SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            faq: "./faq".into(),
            timezone: TimeZone::get(ZONE).map_err(|_| ConfigError::NoTimeZone(ZONE.to_owned()))?,
            sample_city: true,
            telegram: Telegram::default(),
            official_account: OfficialAccount::default(),
            questions_per_asker: Limit {
                count: 20,
                within_ms: 600_000,
            },
            web: Web::default(),
            quotas: Quotas::default(),
            keep: Keep {
                questions_ms: 730 * DAY,
                media_ms: 30 * DAY,
                dead_updates_ms: 7 * DAY,
            },
            candidates: Candidates {
                askers: 3,
                period_ms: 30 * DAY,
                review_ms: 5 * DAY,
            },
            alarms: alarm::Limits::default(),
            roster_deadline: None,
            issuer: None,
            mode: Mode::Auto,
            bureau_modes: BTreeMap::new(),
            clocks: Clocks::default(),
            bureau_clocks: BTreeMap::new(),
            fill: BTreeMap::new(),
            bureau_fill: BTreeMap::new(),
        })
    }

    /// The limits of a bureau: its own where set, else those of all.
    pub fn clocks_for(&self, bureau_name: &str) -> Clocks {
        self.bureau_clocks.get(bureau_name).copied().unwrap_or(self.clocks)
    }

    /// The public address that Telegram posts under; none where it is polled. The error says what is missing for it.
    pub fn webhook(&self) -> Result<Option<&str>, ConfigError> {
        if self.telegram.receive == Receive::Polling {
            return Ok(None);
        }
        let url = self
            .public_url
            .as_deref()
            .ok_or(ConfigError::Webhook("还没有写 public_url"))?;
        // An own server of the Bot API (--local) takes every address.
        if self.telegram.api_url.is_none() && !parse::telegram_reaches(url) {
            return Err(ConfigError::Webhook(
                "public_url 要是 https，端口 443、80、88 或 8443：Telegram 只连这些",
            ));
        }
        Ok(Some(url))
    }

    /// How the bot may speak in a bureau's groups that chose nothing themselves.
    pub fn mode_for(&self, bureau_name: &str) -> Mode {
        self.bureau_modes.get(bureau_name).copied().unwrap_or(self.mode)
    }

    /// What stands for a placeholder in this bureau's answers; `None` while it is not filled.
    pub fn fill(&self, bureau_name: &str, placeholder: &str) -> Option<&str> {
        let own = self.bureau_fill.get(bureau_name).and_then(|fill| fill.get(placeholder));
        [own, self.fill.get(placeholder)]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|text| !text.trim().is_empty())
    }

    /// The bureaus that have own tables, so that a name the roster does not know can be reported.
    pub fn named_bureaus(&self) -> impl Iterator<Item = &str> {
        self.bureau_clocks
            .keys()
            .chain(self.bureau_fill.keys())
            .chain(self.bureau_modes.keys())
            .map(String::as_str)
    }

    fn environment(&mut self, env: &dyn Fn(&str) -> Option<String>) -> Result<(), ConfigError> {
        let get = |name| {
            env(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let wrong = |name, message: &str| ConfigError::InEnvironment {
            name,
            message: message.to_owned(),
        };
        if let Some(value) = get("BANGBAN_DATA") {
            self.data = value.into();
        }
        if let Some(value) = get("DATABASE_URL") {
            let url = parse::database(&value).ok_or_else(|| wrong("DATABASE_URL", parse::SAY_DATABASE))?;
            self.database = Some(Token(url));
        }
        if let Some(value) = get("BANGBAN_HTTP") {
            self.http = value.parse().map_err(|_| wrong("BANGBAN_HTTP", parse::SAY_HTTP))?;
        }
        if let Some(value) = get("BANGBAN_FAQ") {
            self.faq = value.into();
        }
        if let Some(value) = get("BANGBAN_SAMPLE") {
            self.sample_city = match value.as_str() {
                "0" => false,
                "1" => true,
                _ => return Err(wrong("BANGBAN_SAMPLE", "只能是 0（不用示例城市）或 1（使用示例城市）")),
            };
        }
        if let Some(value) = get("BANGBAN_ADMINS") {
            self.telegram.admins = admins(&value).ok_or_else(|| wrong("BANGBAN_ADMINS", parse::SAY_ADMINS))?;
        }
        if let Some(value) = get("BANGBAN_BURST_MS") {
            let burst = value
                .parse()
                .ok()
                .filter(|ms: &i64| (0..=parse::LONGEST_MS).contains(ms));
            let burst = burst.ok_or_else(|| wrong("BANGBAN_BURST_MS", "应为毫秒数，如 4000"))?;
            self.clocks.burst_ms = burst;
            self.bureau_clocks
                .values_mut()
                .for_each(|clocks| clocks.burst_ms = burst);
        }
        self.web.environment(&get)?;
        if let Some(value) = get("TELOXIDE_TOKEN") {
            self.telegram.token = Some(Token(value));
        }
        if let Some(value) = get("BANGBAN_WECHAT_SECRET") {
            self.official_account.secret = Some(Token(value));
        }
        if let Some(value) = get("TELOXIDE_API_URL") {
            let url = parse::url(&value).ok_or_else(|| wrong("TELOXIDE_API_URL", parse::SAY_URL))?;
            if !self.allow_plain && parse::is_readable_on_the_way(&url) {
                return Err(wrong("TELOXIDE_API_URL", parse::SAY_API));
            }
            self.telegram.api_url = Some(url);
        }
        Ok(())
    }
}

/// Account numbers with commas or blanks between them; none if one is no number.
fn admins(value: &str) -> Option<Vec<i64>> {
    let ids = value
        .split(|c: char| c == ',' || c == '，' || c.is_whitespace())
        .filter(|id| !id.is_empty());
    let ids: Option<Vec<i64>> = ids.map(|id| id.parse().ok()).collect();
    ids.filter(|ids| ids.iter().all(|id| *id > 0))
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .field("database", &self.database)
            .field("http", &self.http)
            .field("faq", &self.faq)
            .field("timezone", &self.timezone.iana_name())
            .field("sample_city", &self.sample_city)
            .field("telegram", &self.telegram)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
