//! `bangban edition …`: looks at the next issue of the list, freezes it, writes it in every form, has it announced.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;

use super::files::{Readers, folder, put};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::list::announce;
use crate::desk::list::issue::{self, LeaveOut, Maker, NextEdition, NotFrozen, Spot, Unfilled};
use crate::domain::list::edition::{Change, Edition};
use crate::publish::{self, FORMS};

/// Items shown of each kind in a preview; more are counted.
const SHOWN: usize = 20;

#[derive(Subcommand)]
pub enum EditionCommand {
    /// 预览下一期：新增、修订、撤下哪些，还缺什么；什么也不写
    #[command(help_template = super::PLAIN_HELP, override_usage = "bangban edition next [选项]")]
    Next,
    /// 冻结下一期：从此不再改
    #[command(help_template = super::PLAIN_HELP, override_usage = "bangban edition freeze [选项]")]
    Freeze {
        /// 占位没填的那一节这一期不收（结论没填的，整条不收）
        #[arg(long)]
        leave_out: bool,
    },
    /// 列出各期
    #[command(help_template = super::PLAIN_HELP, override_usage = "bangban edition list [选项]")]
    List,
    /// 把一期写成网页、公文、Markdown、表格和 12345 知识库导入表
    #[command(help_template = super::ARGS_HELP, override_usage = "bangban edition render [选项] 期数")]
    Render {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 写到哪个目录（默认“第N期”）
        #[arg(long, value_name = "目录")]
        to: Option<PathBuf>,
        /// 已有的文件也覆盖
        #[arg(long)]
        force: bool,
    },
    /// 在愿意听的群里说一声新一期发布了，每个群一期只说一次
    #[command(help_template = super::ARGS_HELP, override_usage = "bangban edition announce [选项] 期数")]
    Announce {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 全文在哪里看（默认是 public_url 下的清单页）
        #[arg(long, value_name = "网址")]
        link: Option<String>,
    },
}

/// Does what an edition command says.
pub async fn run(command: EditionCommand, config: &Config) -> anyhow::Result<u8> {
    match command {
        EditionCommand::Next => next(config).await,
        EditionCommand::Freeze { leave_out } => {
            let leave_out = if leave_out {
                LeaveOut::Unfilled
            } else {
                LeaveOut::Nothing
            };
            freeze(config, leave_out).await
        }
        EditionCommand::List => list(config).await,
        EditionCommand::Render { number, to, force } => {
            let edition = one(config, number).await?;
            let folder = to.unwrap_or_else(|| PathBuf::from(edition.name()));
            render(&edition, &folder, force)
        }
        EditionCommand::Announce { number, link } => tell(config, number, link).await,
    }
}

async fn next(config: &Config) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let mut tx = db.read().await?;
    let draft = issue::next(&mut tx, config, Clock::System.now()).await?;
    drop(tx);
    db.close().await;
    let draft = match draft {
        Ok(draft) => draft,
        Err(reason) => {
            eprintln!("{}", refused(&reason));
            return Ok(1);
        }
    };
    println!("下一期是{}，{}", draft.edition.name(), publish::summary(&draft.edition));
    preview(&draft);
    match draft.refused(LeaveOut::Nothing) {
        Some(reason) => {
            println!("{}", refused(&reason));
            Ok(1)
        }
        None => {
            println!("以上只是预览，没有写入。冻结：bangban edition freeze");
            Ok(0)
        }
    }
}

fn preview(draft: &NextEdition) {
    let edition = &draft.edition;
    show_waiting(&draft.waiting);
    if let Some(before) = &draft.before {
        let items = |change| -> Vec<(u32, &str)> {
            let items = edition.items_that(change);
            items.map(|item| (item.no, item.question.as_str())).collect()
        };
        show("新增", &items(Change::Added));
        show("修订", &items(Change::Changed));
        let gone = edition.withdrawn.iter();
        show(
            "撤下",
            &gone.map(|item| (item.no, item.question.as_str())).collect::<Vec<_>>(),
        );
        if before.windows != edition.windows {
            println!("窗口表有变动。");
        }
    }
}

fn show_waiting(waiting: &[(u32, String)]) {
    for (no, question) in waiting {
        println!("口径更新中，不收 {no:03} {question}");
    }
}

fn show(what: &str, items: &[(u32, &str)]) {
    for (no, question) in items.iter().take(SHOWN) {
        println!("{what} {no:03} {question}");
    }
    if items.len() > SHOWN {
        println!("{what} 还有 {} 条", items.len() - SHOWN);
    }
}

async fn freeze(config: &Config, leave_out: LeaveOut) -> anyhow::Result<u8> {
    let operator = crate::system::operator();
    let db = super::open(config).await?;
    let frozen = issue::freeze(&db, config, &Clock::System, Maker::Operator(&operator), leave_out).await?;
    db.close().await;
    let frozen = match frozen {
        Ok(frozen) => frozen,
        Err(reason) => {
            eprintln!("没有冻结。{}", refused(&reason));
            return Ok(1);
        }
    };
    let edition = &frozen.edition;
    println!("已冻结{}，{}", edition.name(), publish::summary(edition));
    show_waiting(&frozen.waiting);
    if !frozen.left_out.is_empty() {
        println!(
            "没收进来的（占位没填的那一节，结论没填的整条）：\n{}",
            lacking(&frozen.left_out)
        );
    }
    println!("下一步：bangban edition render {}", edition.number);
    Ok(0)
}

/// Why nothing was frozen, and what to do.
fn refused(reason: &NotFrozen) -> String {
    match reason {
        NotFrozen::NoIssuer => "还没有名册，不知道由谁发布。请先导入：bangban roster import 文件".to_owned(),
        NotFrozen::Nothing => "清单里没有能公开、今天有效的条目。请先导入：bangban faq import".to_owned(),
        NotFrozen::Unfilled(lacks) => format!(
            "有 {} 条的占位没填：\n{}\n请在 bangban.toml 的 [fill] 里填好，例如：\"{}\" = \"…\"；这一期先不收没填的那一节，加 --leave-out。",
            lacks.len(),
            lacking(lacks),
            lacks
                .first()
                .and_then(|first| first.names.first())
                .map_or("", String::as_str),
        ),
        NotFrozen::Personal(found) => {
            let lines = found.iter().map(|found| {
                let names: Vec<&str> = found.hidden.iter().map(|hidden| hidden.name()).collect();
                let place = match &found.place {
                    Spot::Item { no, question } => format!("{no:03} {question}"),
                    Spot::Window { bureau } => format!("{bureau}的窗口"),
                };
                format!("  {place}：里面有{}", names.join("、"))
            });
            let lines: Vec<String> = lines.collect();
            format!(
                "有 {} 处不能公开的号码，清单里只放单位的座机：\n{}\n请改好条目、[fill] 或名册再来。",
                lines.len(),
                lines.join("\n")
            )
        }
        NotFrozen::Unchanged(number) => format!("与第{number}期相比没有变化，不用再出一期。"),
        NotFrozen::Taken(number) => format!("第{number}期刚被别人冻结。请看一看：bangban edition list"),
    }
}

fn lacking(lacks: &[Unfilled]) -> String {
    let lines = lacks.iter().map(|lack| {
        let names: Vec<String> = lack.names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
        format!("  {:03} {}：{}", lack.no, lack.question, names.join("、"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn list(config: &Config) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let editions = db.read().await?.editions().await?;
    db.close().await;
    if editions.is_empty() {
        println!("还没有冻结过。先看下一期：bangban edition next");
    }
    for edition in &editions {
        println!("{}  {}  {}", edition.name(), edition.date, publish::summary(edition));
    }
    Ok(0)
}

/// The edition of that number.
async fn one(config: &Config, number: u32) -> anyhow::Result<Edition> {
    let db = super::open(config).await?;
    let edition = db.read().await?.edition(number).await?;
    db.close().await;
    edition.with_context(|| format!("没有第{number}期。看有哪些：bangban edition list"))
}

fn render(edition: &Edition, folder: &Path, force: bool) -> anyhow::Result<u8> {
    let bar = super::eval::progress("写出", FORMS.len() as u64);
    let mut code = 0;
    for form in FORMS {
        match form.render(edition) {
            Ok(files) => {
                for file in files {
                    let path = folder.join(&file.path);
                    write(&path, &file.bytes, force)?;
                    bar.suspend(|| println!("{}：{}", form.chinese(), path.display()));
                }
            }
            Err(error) => {
                bar.suspend(|| eprintln!("{}没有写：{}", form.chinese(), super::told(&error.into())));
                code = 1;
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(code)
}

/// A file that is there already with these very bytes is as good as written.
fn write(path: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(above) = path.parent() {
        folder(above)?;
    }
    put(path, bytes, force, Readers::Anyone)
}

async fn tell(config: &Config, number: u32, link: Option<String>) -> anyhow::Result<u8> {
    let edition = one(config, number).await?;
    let own = config.public_url.as_ref();
    let link = link.or_else(|| own.map(|url| format!("{}/list/{number}/", url.trim_end_matches('/'))));
    if link
        .as_ref()
        .is_some_and(|link| !link.starts_with("http://") && !link.starts_with("https://"))
    {
        bail!("--link 应为 http:// 或 https:// 开头的网址");
    }
    let db = super::open(config).await?;
    let done = announce::announce(&db, &edition, link.as_deref(), None, Clock::System.now()).await?;
    db.close().await;
    match (done.told, done.before) {
        (0, 0) => println!("没有群要听。请单位管理员在群里发：/announce 开"),
        (0, before) => println!("{} 个群都说过了，没有再发。", before),
        (told, before) => {
            println!("已交给 {told} 个群（之前说过的 {before} 个没有再发），正在运行的帮办马上发出。");
            if link.is_none() {
                println!("消息里没有网址：没设 public_url，也没写 --link。");
            }
        }
    }
    Ok(0)
}
