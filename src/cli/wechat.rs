//! `bangban wechat …`: an edition into the official account: looked at, drafted, approved by a person, published, followed.
//! All of it works beside a running server, which goes on where a command ends.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;

use super::files::{Readers, folder, put};
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::desk::DeskError;
use crate::desk::list::publishing::{self, By, NotDone};
use crate::domain::list::edition::Edition;
use crate::domain::list::publication::{Article, Publication, REST, State, Way};
use crate::domain::time::zone;
use crate::official_account;
use crate::publish::article;
use crate::store::{Db, StoreError};

use super::ARGS_HELP;

mod approving;
mod drafting;
mod refusing;

#[derive(Subcommand)]
pub enum WechatCommand {
    /// 看文章的样子：写成网页文件，什么也不发
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat preview [选项] --to 目录 期数")]
    Preview {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 写到哪个目录
        #[arg(long, value_name = "目录")]
        to: PathBuf,
        /// 已有的文件也覆盖
        #[arg(long)]
        force: bool,
    },
    /// 存成草稿；草稿已在就更新
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat draft [选项] 期数")]
    Draft {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 谁存的（名册里的姓名，默认是 USER）；本人不能再审批
        #[arg(long = "as", value_name = "姓名")]
        who: Option<String>,
        /// 上次没有发布成，重新存草稿
        #[arg(long)]
        again: bool,
    },
    /// 审批：替市局审批担保（审计里写明），不能审批自己冻结或存的；本人审批请用网页
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat approve [选项] --as 姓名 期数")]
    Approve {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 审批人（名册里的姓名）
        #[arg(long = "as", value_name = "姓名")]
        who: String,
    },
    /// 撤回审批：还没有提交的回到等审批，可以再改草稿
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat unapprove [选项] --as 姓名 期数")]
    Unapprove {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 谁撤回（市局审批，名册里的姓名）
        #[arg(long = "as", value_name = "姓名")]
        who: String,
    },
    /// 发布审批过的草稿，等到结果
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat publish [选项] 期数")]
    Publish {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 谁做的（名册里的姓名，默认是 USER），审计里记在名下
        #[arg(long = "as", value_name = "姓名")]
        who: Option<String>,
    },
    /// 各期到了哪一步，缺什么
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat status [选项] [期数]")]
    Status {
        /// 只看这一期
        #[arg(value_name = "期数")]
        number: Option<u32>,
    },
    /// 记下人工发表的网址和时间
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat record [选项] --url 网址 --at 时间 期数")]
    Record {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 文章的网址
        #[arg(long, value_name = "网址")]
        url: String,
        /// 发表时间，如 "2026-03-01 10:00"
        #[arg(long, value_name = "时间")]
        at: String,
        /// 一期分几组时，第几组
        #[arg(long, value_name = "组")]
        part: Option<u32>,
        /// 谁做的（名册里的姓名，默认是 USER），审计里记在名下
        #[arg(long = "as", value_name = "姓名")]
        who: Option<String>,
    },
    /// 待核实的，人已看过公众号：没有发表，可以再发布一次
    #[command(help_template = ARGS_HELP, override_usage = "bangban wechat unpublished [选项] --confirm-not-published 期数")]
    Unpublished {
        /// 第几期
        #[arg(value_name = "期数")]
        number: u32,
        /// 我在公众平台上看过，确实没有发表
        #[arg(long, required = true)]
        confirm_not_published: bool,
        /// 谁做的（名册里的姓名，默认是 USER），审计里记在名下
        #[arg(long = "as", value_name = "姓名")]
        who: Option<String>,
    },
}

/// Does what a command says.
pub async fn run(command: WechatCommand, config: &Config) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let desk = Console { db, config };
    let done = match command {
        WechatCommand::Preview { number, to, force } => desk.preview(number, &to, force).await,
        WechatCommand::Draft { number, who, again } => desk.draft(number, who.as_deref(), again).await,
        WechatCommand::Approve { number, who } => desk.approve(number, &who).await,
        WechatCommand::Unapprove { number, who } => desk.unapprove(number, &who).await,
        WechatCommand::Publish { number, who } => desk.publish(number, who.as_deref()).await,
        WechatCommand::Status { number } => desk.status(number).await,
        WechatCommand::Record {
            number,
            url,
            at,
            part,
            who,
        } => desk.record(number, (&url, &at), part, who.as_deref()).await,
        WechatCommand::Unpublished { number, who, .. } => desk.unpublished(number, who.as_deref()).await,
    };
    desk.db.close().await;
    done
}

struct Console<'a> {
    db: Db,
    config: &'a Config,
}

impl Console<'_> {
    fn way(&self) -> Way {
        self.config.official_account.mode
    }

    fn now(&self) -> Millis {
        Clock::System.now()
    }

    async fn edition(&self, number: u32) -> anyhow::Result<Edition> {
        let edition = self.db.read().await?.edition(number).await?;
        edition.with_context(|| format!("没有第{number}期。看有哪些：bangban edition list"))
    }

    /// The articles, or why there are none: nothing was sent then.
    fn drafts(&self, edition: &Edition) -> anyhow::Result<Vec<Vec<Article>>> {
        let drafts = article::drafts(edition, &official_account::look(&self.config.official_account));
        drafts.with_context(|| format!("{}排不成公众号文章，什么也没有发出", edition.name()))
    }

    async fn preview(&self, number: u32, to: &Path, force: bool) -> anyhow::Result<u8> {
        let edition = self.edition(number).await?;
        folder(to)?;
        let articles = self.drafts(&edition)?.concat();
        let bar = super::eval::progress("写出", articles.len() as u64);
        for (at, one) in articles.iter().enumerate() {
            let path = to.join(format!("{}-{}.html", edition.name(), at + 1));
            put(&path, article::page(one).as_bytes(), force, Readers::Anyone)?;
            bar.suspend(|| println!("{}  {} 字  {}", one.title, one.content.chars().count(), path.display()));
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(0)
    }

    async fn publish(&self, number: u32, who: Option<&str>) -> anyhow::Result<u8> {
        if self.way() != Way::Api {
            return Err(refusing::moved(&NotDone::ByHand, number));
        }
        let publisher = official_account::publisher(&self.db, &Clock::System, self.config)?;
        let publisher = publisher.context("[official_account] 没有配置")?;
        let person = self.who(who).await?;
        let by = By::Operator(Some(&person));
        let goes_on = |state: &State| {
            matches!(
                state,
                State::Submitting { .. } | State::Submitted { .. } | State::Published { .. }
            )
        };
        let mut tx = self.db.begin().await?;
        for publication in self.there(number).await? {
            if !goes_on(&publication.state) {
                let done = publishing::publish(&mut tx, publication, by, self.way(), self.now()).await?;
                done.map_err(|why| refusing::published(&why, number))?;
            }
        }
        tx.commit().await?;
        let all_done = self.drive(&publisher, number, "发布").await?;
        Ok(self.status(Some(number)).await? | u8::from(!all_done))
    }

    async fn status(&self, number: Option<u32>) -> anyhow::Result<u8> {
        let all = match number {
            Some(number) => self.there(number).await?,
            None => self.db.read().await?.publications().await?,
        };
        if all.is_empty() {
            println!("还没有哪一期存过草稿。下一步：bangban wechat draft 期数");
        }
        let mut code = 0;
        for publication in &all {
            println!("{}  {}", publication.name(), publication.state.chinese());
            if let State::Published { urls, at } = &publication.state {
                println!("  发布时间 {}", self.local(*at));
                urls.iter().for_each(|url| println!("  {url}"));
            }
            if let State::Unclear { .. } = &publication.state {
                println!(
                    "  请到公众平台看有没有这篇文章：有，就 bangban wechat record；没有，就 bangban wechat unpublished {} --confirm-not-published",
                    publication.edition
                );
            }
            if let (State::ByHand { why, .. }, true) = (&publication.state, publication.trouble.is_empty()) {
                println!("  {why}");
            }
            code |= u8::from(matches!(
                publication.state,
                State::Unclear { .. } | State::Failed { .. }
            ));
            if !publication.trouble.is_empty() {
                println!("  {}", publication.trouble);
                code = 1;
            }
            if publication.next_at < REST && !publication.trouble.is_empty() {
                println!("  下次自动再试：{}", self.local(publication.next_at));
            }
        }
        Ok(code)
    }

    async fn record(
        &self,
        number: u32,
        (url, at): (&str, &str),
        part: Option<u32>,
        who: Option<&str>,
    ) -> anyhow::Result<u8> {
        let (at, person) = (self.moment(at)?, self.who(who).await?);
        let by = By::Operator(Some(&person));
        let there = self.there(number).await?;
        if there.len() > 1 && part.is_none() {
            bail!("第{number}期分成 {} 组，请用 --part 写明是第几组", there.len());
        }
        let one = there
            .into_iter()
            .find(|publication| part.is_none_or(|part| publication.part == part));
        let publication = one.context("没有这一组")?;
        let name = publication.name();
        let mut tx = self.db.begin().await?;
        let done = publishing::record(&mut tx, publication, (url, at), by, self.now()).await?;
        done.map_err(|why| refusing::moved(&why, number))?;
        tx.commit().await?;
        println!("已记下{name}的发布时间和网址。");
        Ok(0)
    }

    async fn unpublished(&self, number: u32, who: Option<&str>) -> anyhow::Result<u8> {
        let person = self.who(who).await?;
        let by = By::Operator(Some(&person));
        let there = self.there(number).await?;
        let unclear = |one: &Publication| matches!(one.state, State::Unclear { .. });
        let unclear: Vec<Publication> = there.into_iter().filter(unclear).collect();
        if unclear.is_empty() {
            bail!("第{number}期没有待核实的");
        }
        let mut tx = self.db.begin().await?;
        let mut names = Vec::with_capacity(unclear.len());
        for publication in unclear {
            names.push(publication.name());
            let done = publishing::unpublished(&mut tx, publication, by, self.now()).await?;
            done.map_err(|why| refusing::moved(&why, number))?;
        }
        tx.commit().await?;
        for name in names {
            println!("{name}记为没有发表，审批仍在。再发布：bangban wechat publish {number}");
        }
        Ok(0)
    }

    async fn there(&self, number: u32) -> anyhow::Result<Vec<Publication>> {
        let there = self.db.read().await?.publications_of(number).await?;
        if there.is_empty() {
            bail!("第{number}期还没有存过草稿。下一步：bangban wechat draft {number}");
        }
        Ok(there)
    }

    fn local(&self, at: Millis) -> String {
        let local = zone::local(&self.config.timezone, at);
        local.strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn moment(&self, written: &str) -> anyhow::Result<Millis> {
        let at = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", written.trim());
        let at = at.ok().and_then(|at| zone::moment(&self.config.timezone, at));
        at.context("--at 应写成 \"2026-03-01 10:00\"")
    }
}

/// Why a publication could not be saved; mostly that somebody else was quicker.
fn moved_on(error: DeskError, name: &str) -> anyhow::Error {
    let DeskError::Store(store) = error;
    match store {
        StoreError::Stale => anyhow::anyhow!("{name}刚被别人动过，没有改。请再看一眼：bangban wechat status"),
        other => other.into(),
    }
}
