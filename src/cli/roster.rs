//! `bangban roster …`: takes a roster over from YAML or from the official form, after showing what it changes; checks,
//! exports and publishes it. A mobile number is never printed whole.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::roster::changes::Changed;
use crate::domain::roster::losses::Loss;
use crate::domain::roster::people::Roster;
use crate::roster::annex::{self, AnnexError, CellProblem};
use crate::roster::sentences;
pub use crate::roster::sentences::shortfall_said;
use crate::setup::proposal::{Differences, Proposal};
use crate::setup::{self, real_roster};
use crate::store::Db;
use crate::{roster, workbook};

mod check;
mod export;

const ARGS_HELP: &str = super::ARGS_HELP;

#[derive(Subcommand)]
pub enum RosterCommand {
    /// 导入名册（YAML）或情况表（.xlsx）：先显示改动，再写入；真名册会换掉示例数据
    #[command(help_template = ARGS_HELP, override_usage = "bangban roster import [选项] 文件")]
    Import {
        /// 名册 YAML，或《帮办员及审核员情况表》.xlsx
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 情况表是哪个单位的（表里已写明就不用）
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
        /// 不再询问，直接写入
        #[arg(long, alias = "yes")]
        apply: bool,
        /// 人数低于要求、值班没人时也写入
        #[arg(long)]
        force: bool,
    },
    /// 导出：.xlsx 是附件样式的情况表，.yaml 是整本名册
    #[command(help_template = super::PLAIN_HELP, override_usage = "bangban roster export [选项] --to 文件")]
    Export {
        /// 只导出这个单位
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
        /// 写到哪个文件（.xlsx 或 .yaml）
        #[arg(long, value_name = "文件")]
        to: PathBuf,
        /// 文件已在也覆盖
        #[arg(long)]
        force: bool,
    },
    /// 检查：文件里的每个问题都带位置；不写文件就查正在用的名册和报送情况
    #[command(help_template = ARGS_HELP, override_usage = "bangban roster check [选项] [文件]")]
    Check {
        /// 名册 YAML 或情况表 .xlsx
        #[arg(value_name = "文件")]
        file: Option<PathBuf>,
        /// 情况表是哪个单位的（表里已写明就不用）
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
    },
    /// 公开名单：只有姓名和固定电话
    #[command(help_template = super::PLAIN_HELP, override_usage = "bangban roster public [选项]")]
    Public {
        /// 只列这个单位
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
        /// 写到文件（.xlsx、.csv 或 .md）
        #[arg(long, value_name = "文件")]
        to: Option<PathBuf>,
        /// 文件已在也覆盖
        #[arg(long)]
        force: bool,
    },
}

/// What was asked for beside the file.
#[derive(Clone, Copy)]
struct Wish<'a> {
    bureau: Option<&'a str>,
    apply: bool,
    force: bool,
}

/// Does what a roster command says.
pub async fn run(command: RosterCommand, config: &Config) -> anyhow::Result<u8> {
    match command {
        RosterCommand::Import {
            file,
            bureau,
            apply,
            force,
        } => {
            let bureau = bureau.as_deref();
            import(config, &file, Wish { bureau, apply, force }).await
        }
        RosterCommand::Export { bureau, to, force } => export::export(config, bureau.as_deref(), &to, force).await,
        RosterCommand::Check { file, bureau } => check::check(config, file.as_deref(), bureau.as_deref()).await,
        RosterCommand::Public { bureau, to, force } => {
            export::public(config, bureau.as_deref(), to.as_deref(), force).await
        }
    }
}

async fn import(config: &Config, file: &Path, wish: Wish<'_>) -> anyhow::Result<u8> {
    if workbook::looks_like_workbook(file) {
        let read = match annex::read_file(file, wish.bureau) {
            Ok(read) => read,
            Err(AnnexError::Workbook(error)) => {
                eprintln!("没有导入。{error}");
                return Ok(1);
            }
            Err(AnnexError::Problems(problems)) => return Ok(refuse(&problems)),
        };
        let db = super::open(config).await?;
        let Some((before, seen)) = real_roster(&db).await? else {
            bail!("还没有正式名册。情况表只有人员，请先导入写明单位和作息的名册：bangban roster import 名册.yaml");
        };
        let proposal = match Proposal::of_form(&read, before, seen, file, wish.bureau) {
            Ok(proposal) => proposal,
            Err(problems) => return Ok(refuse(&problems)),
        };
        let code = decide(&db, proposal, wish, &config.timezone).await?;
        db.close().await;
        return Ok(code);
    }
    if wish.bureau.is_some() {
        eprintln!("用法不对：--bureau 只用于情况表（.xlsx）；名册 YAML 里已写明各单位");
        return Ok(2);
    }
    let submitted = match roster::read_file(file, &config.timezone) {
        Ok(submitted) => submitted,
        Err(problems) => {
            eprintln!("名册有 {} 处要改，没有导入：\n{problems}", problems.0.len());
            return Ok(1);
        }
    };
    let db = super::open(config).await?;
    let proposal = Proposal::of_yaml(submitted, real_roster(&db).await?);
    let code = decide(&db, proposal, wish, &config.timezone).await?;
    db.close().await;
    Ok(code)
}

fn refuse(problems: &[CellProblem]) -> u8 {
    let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
    eprintln!(
        "情况表有 {} 处要改，没有导入，名册没有变：\n{}",
        list.len(),
        list.join("\n")
    );
    1
}

/// Shows what would change, asks where it must, takes it over.
async fn decide(db: &Db, mut proposal: Proposal, wish: Wish<'_>, zone: &TimeZone) -> anyhow::Result<u8> {
    let now = Clock::System.now();
    let Differences { changed, losses } = proposal.differences(now);
    for reminder in &proposal.reminders {
        println!("提醒：{reminder}");
    }
    if proposal.before.is_some() {
        print!("{}", sentences::changes(&changed, zone));
    }
    for loss in &losses {
        println!("注意：{}", sentences::loss(loss));
    }
    if let Some(code) = refused(db, &proposal, &changed, &losses, wish).await? {
        return Ok(code);
    }
    proposal.decided(&changed, wish.force);
    let real = setup::take_over(db, &proposal.after, &proposal.with, now).await?;
    told(&real, &proposal);
    Ok(0)
}

/// The exit code with which nothing is taken over; none if it may be.
async fn refused(
    db: &Db,
    proposal: &Proposal,
    changed: &[Changed],
    losses: &[Loss],
    wish: Wish<'_>,
) -> anyhow::Result<Option<u8>> {
    let grave = losses.iter().any(Loss::needs_force);
    let terminal = std::io::stdin().is_terminal();
    if grave && !wish.force && (wish.apply || !terminal) {
        eprintln!("没有导入。请先补人或改好值班表再导入；确要这样，请加 --force。");
        return Ok(Some(1));
    }
    if wish.apply {
        return Ok(None);
    }
    if terminal {
        let question = if setup::is_sample(db).await? {
            "导入真名册会换掉示例城市，示例问题和示例登录都会删除。继续吗？[y/N]"
        } else if grave {
            "上面“注意”的事会发生。仍要写入吗？[y/N]"
        } else if proposal.before.is_none() {
            return Ok(None);
        } else if proposal.from_form && changed.is_empty() {
            "没有改动。记为已报送吗？[y/N]"
        } else if changed.is_empty() {
            return Ok(None);
        } else {
            "写入以上改动吗？[y/N]"
        };
        if confirmed(question)? {
            return Ok(None);
        }
        println!("没有导入，名册还是原来的。");
        return Ok(Some(1));
    }
    if proposal.from_form {
        println!("以上只是预览，没有写入。确认无误后加 --apply 再运行一次。");
        return Ok(Some(u8::from(!changed.is_empty())));
    }
    Ok(None)
}

fn confirmed(question: &str) -> anyhow::Result<bool> {
    println!("{question}");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("读不到回答")?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes" | "是"))
}

fn told(real: &Roster, proposal: &Proposal) {
    let helpers = real.people.iter().filter(|person| person.is_helper()).count();
    println!(
        "已导入：{} 个单位、{} 个窗口和工商所、{helpers} 名帮办员。",
        real.bureaus.len(),
        real.offices.len()
    );
    if !proposal.with.handed_in.is_empty() {
        println!("已记下 {} 个单位报送了情况表。", proposal.with.handed_in.len());
    }
    println!("正在运行的帮办 5 秒内会用上新名册。下一步：bangban link 姓名，给帮办员登录链接。");
}
