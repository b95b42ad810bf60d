//! The command line: what it understands, in Chinese, and what each command does and prints.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::desk::DeskError;
use crate::domain::roster::people::{Person, Roster};
use crate::store::{Db, StoreError};
use crate::{serve, setup, system, telemetry};

mod aside;
mod audit;
mod backup;
mod check;
mod clock;
mod edition;
mod eval;
mod faq;
mod files;
mod link;
mod off;
mod replay;
mod roster;
mod sessions;
mod trace;
mod usage;
mod wechat;

const HELP: &str = "{about}\n\n用法：bangban [选项] [命令]\n\n命令：\n{subcommands}\n\n选项：\n{options}\n\n\
环境变量：TELOXIDE_TOKEN、TELOXIDE_API_URL、DATABASE_URL、BANGBAN_HTTP、BANGBAN_FAQ、BANGBAN_ADMINS、\n\
BANGBAN_SAMPLE、BANGBAN_DATA、BANGBAN_BURST_MS、BANGBAN_WECHAT_SECRET、\n\
BANGBAN_MONITOR、BANGBAN_MONITOR_TOKEN、RUST_LOG（说明见 README.md）\n\
退出码：0 正常，1 有问题，2 用法不对";
const GROUP_HELP: &str = "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}";
const ARGS_HELP: &str = "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}";
const SESSIONS_HELP: &str =
    "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n参数：\n{positionals}\n\n选项：\n{options}";
const PLAIN_HELP: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}";

/// 帮办：企业登记帮办群里的问答与值班助手
#[derive(Parser)]
#[command(name = "bangban", disable_help_flag = true, disable_help_subcommand = true, disable_version_flag = true, help_template = HELP)]
struct Cli {
    /// 配置文件（默认 ./bangban.toml，没有就用默认值）
    #[arg(long, global = true, value_name = "文件")]
    config: Option<PathBuf>,
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// 启动帮办（不写命令就是它）
    #[command(help_template = PLAIN_HELP, override_usage = "bangban serve [选项]")]
    Serve,
    /// 名册：导入、导出、检查情况表，公开名单
    #[command(help_template = GROUP_HELP, override_usage = "bangban roster [选项] 命令", subcommand_required = true)]
    Roster {
        #[command(subcommand)]
        command: roster::RosterCommand,
    },
    /// 给帮办员一个一次性的登录、绑定链接
    #[command(help_template = ARGS_HELP, override_usage = "bangban link [选项] 姓名")]
    Link {
        /// 名册里的姓名
        #[arg(value_name = "姓名")]
        name: String,
        /// 重名时指明单位
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
    },
    /// 谁在哪里登录着、绑定了什么账号；结束它
    #[command(help_template = SESSIONS_HELP, override_usage = "bangban sessions [选项] [姓名]", args_conflicts_with_subcommands = true)]
    Sessions {
        /// 只看这个人（名册里的姓名）
        #[arg(value_name = "姓名")]
        name: Option<String>,
        /// 重名时指明单位
        #[arg(long, value_name = "单位")]
        bureau: Option<String>,
        #[command(subcommand)]
        command: Option<sessions::SessionsCommand>,
    },
    /// 体检：配置、数据库、知识库、日历、Telegram，每一条都说怎么办
    #[command(help_template = PLAIN_HELP, override_usage = "bangban check [选项]")]
    Check,
    /// 知识库：检查、导入、导出、查询
    #[command(help_template = GROUP_HELP, override_usage = "bangban faq [选项] 命令", subcommand_required = true)]
    Faq {
        #[command(subcommand)]
        command: FaqCommand,
    },
    /// 常见问题清单：预览、冻结一期，写成网页、公文和表格，在群里播报
    #[command(help_template = GROUP_HELP, override_usage = "bangban edition [选项] 命令", subcommand_required = true)]
    Edition {
        #[command(subcommand)]
        command: edition::EditionCommand,
    },
    /// 公众号：把一期清单存成草稿，审批后发布，查结果
    #[command(help_template = GROUP_HELP, override_usage = "bangban wechat [选项] 命令", subcommand_required = true)]
    Wechat {
        #[command(subcommand)]
        command: wechat::WechatCommand,
    },
    /// 审计：谁做过什么，一环扣一环
    #[command(help_template = GROUP_HELP, override_usage = "bangban audit [选项] 命令", subcommand_required = true)]
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// 评测：用标注过的提问检验知识库，不用数据库
    #[command(help_template = PLAIN_HELP, override_usage = "bangban eval --faq 目录 --queries 文件 [选项]")]
    Eval(eval::Wanted),
    /// 重放：把问过的问题再问一遍，看换了清单、门槛或名册会怎样；不写数据库
    #[command(help_template = PLAIN_HELP, override_usage = "bangban replay [--since 30d] [选项]")]
    Replay(replay::Wanted),
    /// 确认本机现在的时间是对的：时钟跳过以后，马上照它到期和清理
    #[command(help_template = PLAIN_HELP, override_usage = "bangban clock [选项]")]
    Clock,
    /// 停用机器人：在一个群或一个渠道里不再说话，先说一声请打窗口电话；不写群名就列出停用的
    #[command(help_template = ARGS_HELP, override_usage = "bangban off [群名或渠道 --reason 原因]")]
    Off {
        /// 帮办群的全名或编号，或渠道：web、telegram、wechat
        #[arg(value_name = "群名或渠道")]
        place: Option<String>,
        /// 为什么停，群里的人会看到
        #[arg(long, value_name = "原因")]
        reason: Option<String>,
    },
    /// 恢复停用的机器人
    #[command(help_template = ARGS_HELP, override_usage = "bangban on 群名或渠道")]
    On {
        /// 帮办群的全名或编号，或渠道
        #[arg(value_name = "群名或渠道")]
        place: String,
    },
    /// 一个问题从提问到现在的每一步：谁做的、发到哪里、多久送到
    #[command(help_template = ARGS_HELP, override_usage = "bangban trace 编号")]
    Trace {
        /// 如 Q1024
        #[arg(value_name = "编号")]
        question: String,
    },
    /// 备份：把数据库完整地复制一份，服务不用停
    #[command(help_template = ARGS_HELP, override_usage = "bangban backup 文件")]
    Backup {
        /// 写到哪个文件
        #[arg(value_name = "文件")]
        to: PathBuf,
    },
    /// 恢复：用备份换下现在的数据库；以前要发的不会再发一遍
    #[command(help_template = ARGS_HELP, override_usage = "bangban restore [文件]")]
    Restore {
        /// 备份的文件；用别的工具恢复好了就不写，只做善后
        #[arg(value_name = "文件")]
        from: Option<PathBuf>,
    },
    /// 搁在一边的消息：处理了三次都不成的，看原因，重新处理
    #[command(help_template = GROUP_HELP, override_usage = "bangban aside [选项] 命令", subcommand_required = true)]
    Aside {
        #[command(subcommand)]
        command: aside::AsideCommand,
    },
    /// 显示版本
    #[command(help_template = PLAIN_HELP, override_usage = "bangban version")]
    Version,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// 核对审计记录有没有被改过
    #[command(help_template = PLAIN_HELP, override_usage = "bangban audit verify [选项]")]
    Verify {
        /// 服务日志里记下的尾号，它必须还在
        #[arg(long, value_name = "尾号")]
        tail: Option<String>,
    },
}

#[derive(Subcommand)]
enum FaqCommand {
    /// 检查 faq/ 里的每个文件，问题带行号列号
    #[command(help_template = PLAIN_HELP, override_usage = "bangban faq check [选项]")]
    Check,
    /// 把 faq/ 导入数据库，成为已批准的版本
    #[command(help_template = PLAIN_HELP, override_usage = "bangban faq import [选项]")]
    Import {
        /// 文件和库里都改过、已经合成一份写进文件的条目（可写几次）
        #[arg(long, value_name = "条目")]
        merged: Vec<String>,
        /// 通不过检验也导入；原因记进审计
        #[arg(long, value_name = "原因")]
        force: Option<String>,
    },
    /// 把数据库里的条目写回 faq/，没改的条目和注释不动
    #[command(help_template = PLAIN_HELP, override_usage = "bangban faq export [选项]")]
    Export {
        /// 写到哪个目录（默认就是 faq/）
        #[arg(long, value_name = "目录")]
        to: Option<PathBuf>,
    },
    /// 用问法和 questions.jsonl 拟合权重和门槛，写进 model.json
    #[command(help_template = PLAIN_HELP, override_usage = "bangban faq fit [选项]")]
    Fit,
    /// 每一条发布前后问的人、直接答的占比、没解决的占比
    #[command(help_template = PLAIN_HELP, override_usage = "bangban faq measure [选项]")]
    Measure,
    /// 平台升级、文件废止：相关条目先停下来，通知责任人核对
    #[command(help_template = ARGS_HELP, override_usage = "bangban faq event [选项] 事项")]
    Event {
        /// 如 平台升级 签名模块，或废止的文件名；和条目的 depends_on、依据对照
        #[arg(value_name = "事项", required = true)]
        what: Vec<String>,
        /// 只看会停哪些条目
        #[arg(long)]
        dry_run: bool,
        /// 超过清单的十分之一也停
        #[arg(long)]
        yes: bool,
    },
    /// 查一查：机器人会怎么答
    #[command(help_template = ARGS_HELP, override_usage = "bangban faq search [选项] 词")]
    Search {
        /// 说明为什么：词、各项得分、把握、被什么拦住
        #[arg(long)]
        explain: bool,
        /// 查这个目录里的清单（默认查正在用的）
        #[arg(long, value_name = "目录")]
        faq: Option<PathBuf>,
        /// 一个词，或一整句话
        #[arg(value_name = "词")]
        words: Vec<String>,
    },
}

/// Reads the command line and does what it says. Gives the exit code: 0 done, 1 a problem, 2 wrong use.
pub fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::wrong_use(&error),
    };
    system::keep_private();
    let env = |name: &str| std::env::var(name).ok();
    let config = match Config::load(cli.config.as_deref(), &env) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("配置有问题：{error}");
            return 1;
        }
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("启动不了：{error}");
            return 1;
        }
    };
    let wanted = cli.command.unwrap_or(Command::Serve);
    if matches!(
        wanted,
        Command::Faq { .. } | Command::Eval { .. } | Command::Replay { .. } | Command::Roster { .. }
    ) {
        // `bangban faq check | head` ends quietly when head has seen enough. What talks to platforms must not: a
        // connection that is closed is no reason to end.
        sigpipe::reset();
    }
    let done = runtime.block_on(command(wanted, config));
    // What still computes on a thread of its own has nothing to write.
    runtime.shutdown_background();
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", told(&explained(error)));
            1
        }
    }
}

/// A failure of the database in words that say what to do.
fn explained(error: anyhow::Error) -> anyhow::Error {
    let error = match error.downcast::<DeskError>() {
        Ok(DeskError::Store(store)) => store.into(),
        Err(error) => error,
    };
    match error.downcast::<StoreError>() {
        Ok(store) => store.told().into(),
        Err(error) => error,
    }
}

/// An error as people read it: each cause once.
fn told(error: &anyhow::Error) -> String {
    let mut told: Vec<String> = Vec::new();
    for cause in error.chain() {
        let said = cause.to_string();
        if !told.iter().any(|before| before.contains(&said)) {
            told.push(said);
        }
    }
    told.join("：")
}

async fn command(command: Command, config: Config) -> anyhow::Result<u8> {
    match command {
        Command::Serve => {
            telemetry::start_log();
            serve::serve(config).await?;
            Ok(0)
        }
        Command::Roster { command } => roster::run(command, &config).await,
        Command::Link { name, bureau } => link::link(&config, &name, bureau.as_deref()).await,
        Command::Sessions { name, bureau, command } => match command {
            Some(command) => sessions::run(command, &config).await,
            None => sessions::list(&config, name.as_deref(), bureau.as_deref()).await,
        },
        Command::Check => check::check(&config).await,
        Command::Faq { command } => match command {
            FaqCommand::Check => faq::check(&config),
            FaqCommand::Import { merged, force } => faq::import(&config, &merged, force.as_deref()).await,
            FaqCommand::Export { to } => faq::export(&config, to.as_deref()).await,
            FaqCommand::Fit => faq::fit(&config),
            FaqCommand::Measure => faq::measure(&config).await,
            FaqCommand::Event { what, dry_run, yes } => faq::event(&config, &what.join(" "), dry_run, yes).await,
            FaqCommand::Search { explain, faq, words } => {
                faq::search(&config, &words.join(" "), explain, faq.as_deref()).await
            }
        },
        Command::Edition { command } => edition::run(command, &config).await,
        Command::Wechat { command } => wechat::run(command, &config).await,
        Command::Audit {
            command: AuditCommand::Verify { tail },
        } => audit::verify(&config, tail.as_deref()).await,
        Command::Eval(wanted) => eval::eval(&wanted, faq::today(&config)),
        Command::Replay(wanted) => replay::replay(&config, &wanted).await,
        Command::Clock => clock::confirm(&config).await,
        Command::Off { place, reason } => off::off(&config, place.as_deref(), reason.as_deref()).await,
        Command::On { place } => off::on(&config, &place).await,
        Command::Trace { question } => trace::trace(&config, &question).await,
        Command::Backup { to } => backup::backup(&config, &to).await,
        Command::Restore { from } => backup::restore(&config, from.as_deref()).await,
        Command::Aside { command } => aside::run(command, &config).await,
        Command::Version => {
            println!("帮办 bangban {}", env!("CARGO_PKG_VERSION"));
            Ok(0)
        }
    }
}

/// The database beside a running server, made if it is not there.
async fn open(config: &Config) -> anyhow::Result<Db> {
    setup::data_folder(config)?;
    Ok(setup::open_database(config).await?)
}

fn find<'a>(roster: &'a Roster, name: &str, bureau: Option<&str>) -> anyhow::Result<&'a Person> {
    let place = |person: &Person| {
        roster
            .bureau(person.bureau)
            .map_or("", |bureau| bureau.name.as_str())
            .to_owned()
    };
    let named: Vec<&Person> = roster
        .people_named(name)
        .filter(|person| bureau.is_none_or(|bureau| place(person) == bureau))
        .collect();
    match named.as_slice() {
        [person] => Ok(person),
        [] if roster.people.is_empty() => bail!("还没有名册。请先导入：bangban roster import 文件"),
        [] => bail!("名册里没有“{name}”。请核对姓名，或先导入名册：bangban roster import 文件"),
        several => {
            let places: Vec<String> = several.iter().map(|person| place(person)).collect();
            bail!(
                "有 {} 位“{name}”：{}。请加 --bureau 单位 指明是哪一位。",
                several.len(),
                places.join("、")
            )
        }
    }
}
