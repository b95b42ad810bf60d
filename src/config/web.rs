//! `[web]` and `[limits]`: who stands in front of the pages, who may look at the figures, and how much may come in.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use toml::de::{DeTable, DeValue};

use super::read::Page;
use super::{ConfigError, Limit, Token, limit};

const WEB: [&str; 6] = [
    "trusted_proxies",
    "pictures",
    "connections",
    "staff_idle",
    "monitor",
    "monitor_token_file",
];
const LIMITS: [&str; 7] = [
    "questions_per_asker",
    "sessions_per_address",
    "messages_per_address",
    "open_per_group",
    "pictures_per_account",
    "pictures_in_all",
    "free_disk",
];
const SAY_PROXIES: &str =
    "应为反向代理的地址，写作 [\"127.0.0.1\", \"10.0.0.0/8\"]；不要写 0.0.0.0/0，那样谁都能冒充别的地址";
const SAY_PICTURES: &str = "应为 staff（访客的图片只给工作人员和本人看）、all（群里都看得到）或 off（访客不能发）";
pub(super) const SAY_SIZE: &str = "应为大小，如 \"30MB\"、\"2GB\"";
const SAY_CONNECTIONS: &str = "connections 应是整数，20 到 100000";
const SAY_OPEN: &str = "open_per_group 应是问题数，如 300";
const SAY_MONITOR: &str = "应为监听地址和端口，如 127.0.0.1:9180";
const SAY_IDLE: &str = "应为 5 分钟到 12 小时，如 \"30m\"";
/// A page left open on a shared computer ends at the latest with the working day; less than five minutes helps nobody.
const IDLE_MS: std::ops::RangeInclusive<i64> = 300_000..=12 * 3_600_000;
const FEWEST: usize = 20;
const MOST: usize = 100_000;

/// Who sees pictures that visitors send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// Staff and the author: people photograph identity cards.
    Staff,
    /// Everybody in the room.
    All,
    /// Visitors send none.
    Off,
}

/// How the pages stand in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Web {
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Who sees visitors' pictures.
    pub pictures: Pictures,
    /// Connections at once, at most.
    pub connections: usize,
    /// A member of staff who does nothing this long signs in anew.
    pub staff_idle_ms: i64,
    /// Where `/metrics` and `/readyz` are answered apart from the pages.
    pub monitor: Option<SocketAddr>,
    /// The token with which they are answered beside the pages.
    pub monitor_token_file: Option<PathBuf>,
    /// From BANGBAN_MONITOR_TOKEN; wins over the file.
    pub monitor_token: Option<Token>,
}

impl Default for Web {
    fn default() -> Web {
        Web {
            trusted_proxies: Vec::new(),
            pictures: Pictures::Staff,
            connections: 2_000,
            staff_idle_ms: 30 * 60_000,
            monitor: None,
            monitor_token_file: None,
            monitor_token: None,
        }
    }
}

impl Web {
    /// What the environment says over the file.
    pub(super) fn environment(&mut self, get: &dyn Fn(&'static str) -> Option<String>) -> Result<(), ConfigError> {
        if let Some(value) = get("BANGBAN_MONITOR") {
            let address = value.parse().map_err(|_| ConfigError::InEnvironment {
                name: "BANGBAN_MONITOR",
                message: SAY_MONITOR.to_owned(),
            })?;
            self.monitor = Some(address);
        }
        if let Some(value) = get("BANGBAN_MONITOR_TOKEN") {
            self.monitor_token = Some(Token(value));
        }
        Ok(())
    }
}

/// How much may come in and be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// New visitors from one address.
    pub sessions_per_address: Limit,
    /// What visitors behind one address say.
    pub messages_per_address: Limit,
    /// Questions of one group that wait for a helper or are with one.
    pub open_per_group: u32,
    /// Bytes of pictures kept of one account.
    pub pictures_per_account: u64,
    /// Bytes of pictures kept in all.
    pub pictures_in_all: u64,
    /// Bytes of the disk that pictures leave free.
    pub free_disk: u64,
}

impl Default for Quotas {
    fn default() -> Quotas {
        const MB: u64 = 1 << 20;
        const HOUR: i64 = 3_600_000;
        let per = |count, within_ms| Limit { count, within_ms };
        Quotas {
            sessions_per_address: per(100, HOUR),
            messages_per_address: per(120, HOUR / 6),
            open_per_group: 300,
            pictures_per_account: 30 * MB,
            pictures_in_all: 2048 * MB,
            free_disk: 1024 * MB,
        }
    }
}

impl Page<'_> {
    /// Sets what `[web]` says.
    pub(super) fn web(&self, web: &mut Web, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "trusted_proxies" => web.trusted_proxies = self.proxies(value)?,
                "pictures" => {
                    web.pictures = self.parsed(key, value, SAY_PICTURES, |text| match text {
                        "staff" => Some(Pictures::Staff),
                        "all" => Some(Pictures::All),
                        "off" => Some(Pictures::Off),
                        _ => None,
                    })?;
                }
                "connections" => {
                    let count = whole(value).filter(|count| (FEWEST..=MOST).contains(count));
                    web.connections = count.ok_or_else(|| self.wrong(value.span(), SAY_CONNECTIONS.to_owned()))?;
                }
                "staff_idle" => {
                    let read = |text: &str| super::duration_ms(text).filter(|ms| IDLE_MS.contains(ms));
                    web.staff_idle_ms = self.parsed(key, value, SAY_IDLE, read)?;
                }
                "monitor" => {
                    web.monitor = match self.text(key, value)? {
                        Some(_) => Some(self.parsed(key, value, SAY_MONITOR, |text| text.parse().ok())?),
                        None => None,
                    };
                }
                "monitor_token_file" => web.monitor_token_file = self.text(key, value)?.map(Into::into),
                _ => return Err(self.unknown(key, &WEB)),
            }
        }
        Ok(())
    }

    /// Sets what `[limits]` says; `per_asker` is the desk's own.
    pub(super) fn limits(
        &self,
        per_asker: &mut Limit,
        quotas: &mut Quotas,
        table: &DeTable<'_>,
    ) -> Result<(), ConfigError> {
        use super::parse::SAY_LIMIT;
        for (key, value) in table {
            let bytes = || self.parsed(key, value, SAY_SIZE, size);
            match key.get_ref().as_ref() {
                "questions_per_asker" => *per_asker = self.parsed(key, value, SAY_LIMIT, limit)?,
                "sessions_per_address" => quotas.sessions_per_address = self.parsed(key, value, SAY_LIMIT, limit)?,
                "messages_per_address" => quotas.messages_per_address = self.parsed(key, value, SAY_LIMIT, limit)?,
                "open_per_group" => {
                    let count = whole(value).filter(|count| *count > 0);
                    quotas.open_per_group = count.ok_or_else(|| self.wrong(value.span(), SAY_OPEN.to_owned()))?;
                }
                "pictures_per_account" => quotas.pictures_per_account = bytes()?,
                "pictures_in_all" => quotas.pictures_in_all = bytes()?,
                "free_disk" => quotas.free_disk = bytes()?,
                _ => return Err(self.unknown(key, &LIMITS)),
            }
        }
        Ok(())
    }

    fn proxies(&self, value: &toml::Spanned<DeValue<'_>>) -> Result<Vec<IpNet>, ConfigError> {
        let say = |span| self.wrong(span, format!("trusted_proxies {SAY_PROXIES}"));
        let array = value.get_ref().as_array().ok_or_else(|| say(value.span()))?;
        let read = |one: &toml::Spanned<DeValue<'_>>| {
            let text = one.get_ref().as_str()?.trim();
            let alone = || text.parse::<IpAddr>().ok().map(IpNet::from);
            // Everybody trusted is nobody told apart.
            text.parse()
                .ok()
                .or_else(alone)
                .filter(|net: &IpNet| net.prefix_len() > 0)
        };
        array
            .iter()
            .map(|one| read(one).ok_or_else(|| say(one.span())))
            .collect()
    }
}

pub(super) fn whole<T: std::str::FromStr>(value: &toml::Spanned<DeValue<'_>>) -> Option<T> {
    match value.get_ref() {
        DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}

/// "30MB", "2GB".
pub(super) fn size(written: &str) -> Option<u64> {
    let written = written.trim();
    let (number, unit) = written.split_at(written.find(|c: char| !c.is_ascii_digit())?);
    let unit: u64 = match unit.trim().to_ascii_uppercase().as_str() {
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}
