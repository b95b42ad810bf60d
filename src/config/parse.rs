//! The small forms in which values are written: durations, limits, addresses.

use std::net::IpAddr;

use super::Limit;

pub const SAY_HTTP: &str = "应为监听地址和端口，如 127.0.0.1:8080";
pub const SAY_ADMINS: &str = "应为数字账号，用逗号或空格分开，如 10001,10002";
pub const SAY_URL: &str = "应以 http:// 或 https:// 开头，如 https://bangban.example.cn";
pub const SAY_API: &str =
    "里有密钥，走 http 到另一台机器就是明文，已拒绝。请写 https://；中间的网络确实可信的，写 allow_plain = true";
pub const SAY_DATABASE: &str = "应为 sqlite:文件路径 或 postgres://用户@主机/库名";
pub const SAY_PASSWORD: &str = "密码不要写在配置文件里：请用环境变量 DATABASE_URL，或 PostgreSQL 的 ~/.pgpass";
pub const SAY_MODE: &str = "应为 旁听、提议、被@才答 或 自动";
pub const SAY_DURATION: &str = "应为时长，如 \"30s\"、\"3m\"、\"24h\"、\"730d\" 或 \"1500ms\"";
pub const SAY_DAY: &str = "应为日期，如 \"2026-08-01\"";
pub const SAY_LIMIT: &str = "应为“次数/时长”，如 \"20/10m\"";

/// A hundred years; longer is a slip of the pen.
pub const LONGEST_MS: i64 = 100 * 366 * 86_400_000;

/// "1500ms", "30s", "3m", "24h", "730d".
pub fn duration_ms(written: &str) -> Option<i64> {
    let written = written.trim();
    let unit_at = written.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = written.split_at(unit_at);
    let unit_ms = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number
        .parse::<i64>()
        .ok()?
        .checked_mul(unit_ms)
        .filter(|ms| *ms <= LONGEST_MS)
}

/// "20/10m".
pub fn limit(written: &str) -> Option<Limit> {
    let (count, within) = written.split_once('/')?;
    let limit = Limit {
        count: count.trim().parse().ok()?,
        within_ms: duration_ms(within)?,
    };
    (limit.count > 0 && limit.within_ms > 0).then_some(limit)
}

/// The address of a database of one of the two kinds.
pub fn database(written: &str) -> Option<String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    let written = written.trim();
    known
        .iter()
        .any(|scheme| written.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
        .then(|| written.to_owned())
}

/// Whether an address carries a password.
pub fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('@').is_some_and(|(user, _)| user.contains(':')) || url.contains("password=")
}

/// An address without the slash at its end.
pub fn url(written: &str) -> Option<String> {
    let rest = written
        .strip_prefix("https://")
        .or_else(|| written.strip_prefix("http://"))?;
    (!rest.is_empty() && !rest.contains(char::is_whitespace)).then(|| written.trim_end_matches('/').to_owned())
}

/// Whether Telegram's own servers post to an address (Bot API `setWebhook`).
pub fn telegram_reaches(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An IPv6 address has colons of its own.
    let port = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
    port.is_none_or(|(_, port)| ["443", "80", "88", "8443"].contains(&port))
}

/// Whether what is sent to an address can be read on the way: plain HTTP that leaves this machine.
pub fn is_readable_on_the_way(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    let bare = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    bare != "localhost" && !bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{is_readable_on_the_way, telegram_reaches};

    #[test]
    fn telegram_posts_to_https_on_four_ports() {
        for good in [
            "https://help.cn",
            "https://help.cn:8443/a",
            "https://help.cn/a:1",
            "https://[2001:db8::1]",
        ] {
            assert!(telegram_reaches(good), "{good}");
        }
        for bad in ["http://help.cn", "https://help.cn:8080", "https://[2001:db8::1]:444"] {
            assert!(!telegram_reaches(bad), "{bad}");
        }
    }

    #[test]
    fn only_what_leaves_the_machine_in_plain_text_is_readable() {
        for url in [
            "https://api.example.org",
            "http://127.0.0.1:9000/bot",
            "http://localhost:8081",
            "http://[::1]:8081/x",
            "http://u@127.0.0.1",
        ] {
            assert!(!is_readable_on_the_way(url), "{url}");
        }
        for url in [
            "http://api.example.org",
            "http://192.0.2.1:8081",
            "http://127.0.0.1@example.org/",
            "http://localhost.example.org",
            "http://example.org\\@127.0.0.1/",
            "http://[2001:db8::1]/",
        ] {
            assert!(is_readable_on_the_way(url), "{url}");
        }
    }
}
