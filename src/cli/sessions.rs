//! `bangban sessions …`: by what people of the roster get in — browsers, bound accounts, links nobody opened — and its end.

use clap::Subcommand;

use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::domain::chat::access::{Access, Way};
use crate::domain::roster::people::{Person, Roster};
use crate::domain::time::zone;
use crate::platform;
use crate::system;

#[derive(Subcommand)]
pub enum SessionsCommand {
    /// 结束一个人的登录和绑定：立刻不能再用；不写号就全部结束
    #[command(help_template = super::ARGS_HELP, override_usage = "bangban sessions end [选项] 姓名 [号…]")]
    End {
        /// 名册里的姓名
        #[arg(value_name = "姓名")]
        name: String,
        /// 要结束的号（bangban sessions 姓名 会列出来）
        #[arg(value_name = "号")]
        keys: Vec<String>,
        /// 重名时指明单位
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
    },
}

/// Lists by what everybody gets in, or one person.
pub async fn list(config: &Config, name: Option<&str>, bureau: Option<&str>) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let mut tx = db.read().await?;
    let roster = tx.roster().await?;
    let person = name.map(|name| super::find(&roster, name, bureau)).transpose()?;
    let mut accesses = tx.accesses(person.map(|person| person.id)).await?;
    drop(tx);
    db.close().await;
    let now = Clock::System.now();
    accesses.retain(|access| access.way.holds(config.web.staff_idle_ms, now) && is_of_its_own(access));
    let people: Vec<&Person> = match person {
        Some(person) => vec![person],
        None => roster.people.iter().collect(),
    };
    let mut lines = 0;
    for person in people {
        let own: Vec<&Access> = accesses.iter().filter(|access| access.person == person.id).collect();
        if own.is_empty() {
            continue;
        }
        println!("{}（{}）", person.name, place(person, &roster));
        own.iter()
            .for_each(|access| println!("  {}  {}", access.key, said(access, config)));
        lines += own.len();
    }
    if lines == 0 {
        println!("没有登录，没有绑定，也没有没打开过的链接。");
    } else {
        println!("要结束：bangban sessions end 姓名 号（不写号就全部结束）");
    }
    Ok(0)
}

/// Does what a command says.
pub async fn run(command: SessionsCommand, config: &Config) -> anyhow::Result<u8> {
    let SessionsCommand::End { name, keys, bureau } = command;
    let db = super::open(config).await?;
    let mut tx = db.begin().await?;
    let roster = tx.roster().await?;
    let person = super::find(&roster, &name, bureau.as_deref())?;
    let wanted: Vec<&str> = keys.iter().map(String::as_str).collect();
    let known = tx.accesses(Some(person.id)).await?;
    if let Some(unknown) = wanted.iter().find(|key| known.iter().all(|access| access.key != **key)) {
        anyhow::bail!("{name}没有号为 {unknown} 的登录或绑定，什么也没有结束。看有哪些：bangban sessions {name}");
    }
    let keys = (!wanted.is_empty()).then_some(&wanted[..]);
    let by = format!("by operator {}", system::operator());
    let ended = tx
        .end_accesses(person.id, keys, (None, &by), Clock::System.now())
        .await?;
    tx.commit().await?;
    db.close().await;
    let ended: Vec<&Access> = ended.iter().filter(|access| is_of_its_own(access)).collect();
    if ended.is_empty() {
        println!("{name}没有登录，也没有绑定。");
    }
    for access in &ended {
        println!("已结束 {name} 的{}", said(access, config));
    }
    if !ended.is_empty() {
        println!("立刻不能再用了。要再进来，给本人一个新链接：bangban link {name}");
    }
    Ok(0)
}

/// Whether it is anything without a session.
fn is_of_its_own(access: &Access) -> bool {
    match &access.way {
        Way::Account { account, .. } => platform::channels().can(&account.channel).vouches,
        Way::Session { .. } | Way::Link { .. } | Way::Token { .. } => true,
    }
}

fn place(person: &Person, roster: &Roster) -> String {
    let bureau = roster.bureau(person.bureau).map_or("", |bureau| bureau.name.as_str());
    let office = roster.office(person.office).map_or("", |office| office.name.as_str());
    format!("{bureau}{office}")
}

fn said(access: &Access, config: &Config) -> String {
    let at = |at: Millis| {
        let local = zone::local(&config.timezone, at);
        local.strftime("%-m月%-d日 %H:%M").to_string()
    };
    match &access.way {
        Way::Session { since, seen, from } => {
            let from = if from.is_empty() {
                String::new()
            } else {
                format!("，从 {from}")
            };
            format!("网页登录    {} 登录，{} 用过{from}", at(*since), at(*seen))
        }
        Way::Account { account, since } => {
            format!(
                "绑定的账号  {} {}，{} 绑定",
                account.channel.0,
                account.shown(),
                at(*since)
            )
        }
        Way::Token { since, seen } => format!("接口令牌    {} 生成，{} 用过", at(*since), at(*seen)),
        Way::Link { until } => format!("没打开的链接  到 {} 为止", at(*until)),
    }
}
