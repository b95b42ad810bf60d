//! What others can reach: files of this machine, the figures, the way to the database, and whose address is believed.

use std::path::Path;

use super::Finding;
use crate::config::Config;
use crate::store::{Db, Travel};
use crate::{serve, setup, system};

/// Looks at it.
pub(super) fn exposure(config: &Config, findings: &mut Vec<Finding>) {
    files(config, findings);
    database(config, findings);
    pages(config, findings);
    proxies(config, findings);
    monitor(config, findings);
}

/// Who reads the figures.
fn monitor(config: &Config, findings: &mut Vec<Finding>) {
    let token = serve::monitor_token(config);
    let open = config.web.monitor.filter(|address| !address.ip().is_loopback());
    if let (Some(address), Ok(None)) = (open, &token) {
        let say = format!(
            "监控：{address} 别的机器也连得到，又没有令牌，谁都看得到。请改成 127.0.0.1，或写 monitor_token_file"
        );
        findings.push(Finding::Bad(say));
    }
    if let Err(error) = token {
        findings.push(Finding::Bad(format!("监控：{error:#}")));
    } else if config.web.monitor.is_none()
        && config.web.monitor_token.is_none()
        && config.web.monitor_token_file.is_none()
    {
        let say =
            "监控：/metrics 和 /readyz 没有开。要用就写 [web] monitor = \"127.0.0.1:9180\"，或 monitor_token_file";
        findings.push(Finding::Good(say.to_owned()));
    }
}

/// The data folder, the database beside it, and what holds a secret.
fn files(config: &Config, findings: &mut Vec<Finding>) {
    let before = findings.len();
    let mut look = |what: &str, path: &Path| {
        if let Some(mode) = system::open_to_others(path) {
            let keep = if path.is_dir() { "700" } else { "600" };
            findings.push(Finding::Bad(format!(
                "权限：{what} {} 别的用户也能读（{mode:03o}）。请运行：chmod {keep} {}",
                path.display(),
                path.display()
            )));
        }
    };
    look("数据目录", &config.data);
    let inside = |path: &Path| path.starts_with(&config.data);
    if let Some(file) = crate::store::sqlite_file(&setup::database_url(config)).filter(|file| !inside(file)) {
        look("数据库", &file);
    }
    let account = &config.official_account;
    for (what, file) in [
        ("token_file", &config.telegram.token_file),
        ("secret_file", &account.secret_file),
        ("公众号的 token_file", &account.token_file),
        ("aes_key_file", &account.aes_key_file),
        ("monitor_token_file", &config.web.monitor_token_file),
    ] {
        if let Some(file) = file {
            look(what, file);
        }
    }
    if findings.len() == before {
        findings.push(Finding::Good("权限：数据目录和密钥文件只有本人可读".to_owned()));
    }
}

fn database(config: &Config, findings: &mut Vec<Finding>) {
    let said = match Db::travels(&setup::database_url(config)) {
        None | Some(Travel::Here) => return,
        Some(Travel::Proven) => Finding::Good("数据库：连接加密，并核对对方证书（verify-full）".to_owned()),
        Some(Travel::Encrypted) => {
            Finding::Advice("数据库：连接加密，但没有核对对方是谁。请在地址后面写 ?sslmode=verify-full".to_owned())
        }
        Some(Travel::Plain) if config.allow_plain => Finding::Advice(
            "数据库：allow_plain 开着，到另一台机器的连接可能是明文。能加密就写 ?sslmode=verify-full".to_owned(),
        ),
        // Said already where the database was opened.
        Some(Travel::Plain) => return,
    };
    findings.push(said);
}

/// What people say must not cross the network readable.
fn pages(config: &Config, findings: &mut Vec<Finding>) {
    if let Some(why) = serve::in_the_open(config) {
        findings.push(match config.allow_plain {
            true => Finding::Advice(format!("{why}（allow_plain 开着，现在照样开）")),
            false => Finding::Bad(why),
        });
    }
}

/// Behind a proxy that is not named, everybody is one address.
fn proxies(config: &Config, findings: &mut Vec<Finding>) {
    let behind = config
        .public_url
        .as_deref()
        .is_some_and(|url| url.starts_with("https://"));
    if behind && config.web.trusted_proxies.is_empty() {
        let say = "网页：前面有反向代理（public_url 是 https），却没写 [web] trusted_proxies：所有访客会被当成同一个地址，一个人发得太快，大家都发不了。请写上代理的地址，如 [\"127.0.0.1\"]，并让代理设 X-Forwarded-For";
        findings.push(Finding::Bad(say.to_owned()));
    }
}
