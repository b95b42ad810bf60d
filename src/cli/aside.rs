//! `bangban aside`: what was put aside because it could not be handled, and handling it again.

use clap::Subcommand;

use super::PLAIN_HELP;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::time::zone;
use crate::store::aside::{PutAside, RESTORED};
use crate::system;

/// More are not listed at once.
const MOST: i64 = 200;

#[derive(Subcommand)]
pub enum AsideCommand {
    /// 列出搁在一边的：编号、渠道、时间、原因（不显示内容）
    #[command(help_template = PLAIN_HELP, override_usage = "bangban aside list")]
    List,
    /// 重新处理：写编号只处理那几条，写 all 处理全部（备份带回来的除外）
    #[command(help_template = super::ARGS_HELP, override_usage = "bangban aside again 编号…|all")]
    Again {
        /// list 里的编号，或 all
        #[arg(value_name = "编号", required = true)]
        which: Vec<String>,
    },
}

/// Does what the command says; 1 if something was not found.
pub async fn run(command: AsideCommand, config: &Config) -> anyhow::Result<u8> {
    match command {
        AsideCommand::List => list(config).await,
        AsideCommand::Again { which } => again(config, &which).await,
    }
}

async fn list(config: &Config) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let mut tx = db.read().await?;
    let (updates, messages) = (tx.updates_aside(MOST).await?, tx.messages_aside(MOST).await?);
    drop(tx);
    let said = |row: &PutAside| {
        let at = zone::local(&config.timezone, row.since()).strftime("%-m月%-d日 %H:%M");
        let why = match row.error.as_deref() {
            Some(RESTORED) => "备份时还没处理，也许后来处理过",
            Some(why) => why,
            None => "原因没有记下",
        };
        format!("{}  {}  {at} 搁下：{why}", row.id, row.channel)
    };
    for row in &updates {
        println!("{}", said(row));
    }
    for row in &messages {
        println!("{}（要发的消息，读不懂：请把编号交给开发人员）", said(row));
    }
    match (updates.is_empty(), messages.is_empty()) {
        (true, true) => println!("没有搁在一边的消息。"),
        (false, _) => println!("原因排除以后重新处理：bangban aside again 编号（或 all）"),
        (true, false) => {}
    }
    db.close().await;
    Ok(0)
}

async fn again(config: &Config, which: &[String]) -> anyhow::Result<u8> {
    let all = which.iter().any(|one| one == "all");
    let ids: Result<Vec<i64>, _> = which
        .iter()
        .filter(|one| *one != "all")
        .map(|one| one.parse())
        .collect();
    let Ok(ids) = ids else {
        eprintln!("用法不对：写 bangban aside list 里的编号，或 all");
        return Ok(2);
    };
    let db = super::open(config).await?;
    let now = Clock::System.now();
    let mut tx = db.begin().await?;
    let (mut count, mut missing) = (0, Vec::new());
    for id in ids {
        match tx.handle_again(id).await? {
            true => count += 1,
            false => missing.push(id.to_string()),
        }
    }
    if all {
        count += tx.handle_all_again().await?;
    }
    if count > 0 {
        let note = format!("{count} by operator {}", system::operator());
        tx.audit(None, "aside", "again", &note, now).await?;
    }
    tx.commit().await?;
    db.close().await;
    println!("{count} 条重新处理，正在运行的帮办 5 秒内接着办；再不成又会搁在一边。");
    if missing.is_empty() {
        return Ok(0);
    }
    eprintln!("没有搁在一边的：{}。请看 bangban aside list", missing.join("、"));
    Ok(1)
}
