//! How what goes to PostgreSQL travels: to another machine only where nobody reads along.

use std::net::IpAddr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::StoreError;

/// Whether plain text to another machine is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plain {
    /// It is not.
    #[default]
    Refused,
    /// The operator says that the network between is safe.
    Allowed,
}

/// How it travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    /// Within this machine.
    Here,
    /// Encrypted, and the other side proves who it is.
    Proven,
    /// Encrypted, to whoever answers.
    Encrypted,
    /// Perhaps or surely not encrypted.
    Plain,
}

/// How it travels with these options. What is only preferred can be talked out of it by whoever stands between.
pub(super) fn travel(options: &PgConnectOptions) -> Travel {
    let host = options.get_host();
    let numbers = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || numbers.is_ok_and(|address| address.to_canonical().is_loopback());
    match options.get_ssl_mode() {
        _ if here => Travel::Here,
        PgSslMode::VerifyFull => Travel::Proven,
        PgSslMode::VerifyCa | PgSslMode::Require => Travel::Encrypted,
        PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer => Travel::Plain,
    }
}

/// Refuses what would travel readable.
pub(super) fn check(options: &PgConnectOptions, plain: Plain) -> Result<(), StoreError> {
    if travel(options) != Travel::Plain || plain == Plain::Allowed {
        return Ok(());
    }
    Err(StoreError::Unusable(format!(
        "数据库在另一台机器（{}）上，连接没有要求加密，已拒绝。请在地址后面写 ?sslmode=verify-full（自己的证书再加 \
         &sslrootcert=证书文件）；中间的网络确实可信的，在 bangban.toml 里写 allow_plain = true",
        options.get_host()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_on_this_machine() {
        for (url, way) in [
            ("postgres://u@localhost/b", Travel::Here),
            ("postgres://u@127.0.0.1:5433/b?sslmode=disable", Travel::Here),
            ("postgres://u@%2Fvar%2Frun%2Fpostgresql/b", Travel::Here),
            ("postgres:///b?host=/var/run/postgresql", Travel::Here),
            ("postgres://u@10.0.0.5/b", Travel::Plain),
            ("postgres://u@db.local/b?sslmode=prefer", Travel::Plain),
            ("postgres://u@db.local/b?sslmode=disable", Travel::Plain),
            ("postgres://u@127.0.0.1.bad.cn/b", Travel::Plain),
            ("postgres://u@db.local/b?sslmode=require", Travel::Encrypted),
            ("postgres://u@db.local/b?sslmode=verify-full", Travel::Proven),
        ] {
            let options: PgConnectOptions = url.parse().unwrap();
            assert_eq!(travel(&options), way, "{url}");
            assert_eq!(check(&options, Plain::Refused).is_ok(), way != Travel::Plain, "{url}");
            assert!(check(&options, Plain::Allowed).is_ok());
        }
        let options: PgConnectOptions = "postgres://u:SECRET@10.0.0.5/b".parse().unwrap();
        let said = check(&options, Plain::Refused).unwrap_err().to_string();
        assert!(
            said.contains("sslmode=verify-full") && !said.contains("SECRET"),
            "{said}"
        );
    }
}
