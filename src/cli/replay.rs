//! `bangban replay`: what a change of the list, its thresholds or the roster would have done to the questions that were
//! asked. Reads the database beside a running server, writes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::desk::Served;
use crate::desk::list::replay::{Replay, Replayed, Seen, Side};
use crate::domain::replay::Totals;
use crate::domain::replay::waits::{DutyTotals, imported};
use crate::domain::roster::city::City;
use crate::domain::roster::people::Roster;
use crate::domain::time::zone;
use crate::store::Db;
use crate::store::replay::Stretch;
use crate::{calendar, roster, setup, workbook};
use report::Told;

mod report;

/// What to replay.
#[derive(clap::Args)]
pub struct Wanted {
    /// 从什么时候起：30d（天前）、12h（小时前）或 2026-11-01
    #[arg(long, value_name = "时间", default_value = "30d", hide_default_value = true)]
    since: String,
    /// 到什么时候止（默认现在）：写法同上，写日期时含那一天
    #[arg(long, value_name = "时间")]
    until: Option<String>,
    /// 换成这个目录里的清单和门槛（model.json）
    #[arg(long, value_name = "目录")]
    faq: Option<PathBuf>,
    /// 换成这份名册（YAML）
    #[arg(long, value_name = "文件")]
    roster: Option<PathBuf>,
    /// 每一类举几个例子
    #[arg(long, value_name = "个数", default_value_t = 5, hide_default_value = true)]
    show: usize,
    /// 逐条输出 JSON，最后一行是合计
    #[arg(long)]
    json: bool,
}

/// Asks the questions again and prints what differs.
pub async fn replay(config: &Config, wanted: &Wanted) -> anyhow::Result<u8> {
    let now = Clock::System.now();
    let until = wanted.until.as_deref().unwrap_or("0h");
    let moments = [(wanted.since.as_str(), End::Begins), (until, End::Ends)];
    let [Some(since), Some(until)] = moments.map(|(written, end)| moment(written, end, now, config)) else {
        eprintln!("用法不对：--since、--until 要写成 30d（天前）、12h（小时前）或 2026-11-01");
        return Ok(2);
    };
    if since >= until {
        eprintln!("用法不对：--since 要早于 --until");
        return Ok(2);
    }
    let stretch = Stretch { since, until };
    // What is wrong with the files is told before the database is touched.
    let file = wanted
        .roster
        .as_deref()
        .map(|file| roster_of(file, config))
        .transpose()?;
    let base = wanted.faq.as_deref().map(base_of).transpose()?;
    let db = super::open(config).await?;
    let done = Run {
        config,
        wanted,
        db: &db,
        stretch,
        now,
    }
    .run(base, file)
    .await;
    db.close().await;
    done
}

/// One replay.
struct Run<'a> {
    config: &'a Config,
    wanted: &'a Wanted,
    db: &'a Db,
    stretch: Stretch,
    now: Millis,
}

impl Run<'_> {
    async fn run(&self, base: Option<crate::faq::Base>, file: Option<Roster>) -> anyhow::Result<u8> {
        let mut tx = self.db.read().await?;
        let count = tx.count_asked(self.stretch).await?;
        let current = Arc::new(tx.city().await?);
        let imported = tx.faq_version().await? > 0;
        drop(tx);
        if count == 0 {
            bail!("这段时间没有人提问，没有可重放的。请用 --since 往前放，例如 bangban replay --since 90d");
        }
        if !imported && base.is_none() {
            bail!("数据库里还没有清单。请先导入：bangban faq import，或用 --faq 指明目录");
        }
        let replay = self.replay_of(base, file, &current).await?;
        let with_duties = replay.roster_before.is_some();
        let mut told = Told::new(self.wanted.show, self.faq_folder(), current);
        let mut totals = Totals {
            duty: with_duties.then(DutyTotals::default),
            ..Totals::default()
        };
        let bar = super::eval::progress("重放", count.unsigned_abs());
        let replay = Arc::new(replay);
        let mut see = |seen: Seen| {
            bar.inc(1);
            match seen {
                Seen::Erased => totals.erased += 1,
                Seen::Unsaid => totals.unsaid += 1,
                Seen::Replayed(one) => {
                    count_one(&mut totals, &one);
                    match self.wanted.json {
                        true => println!("{}", told.line(&one)),
                        false => told.keep(*one),
                    }
                }
            }
        };
        Arc::clone(&replay).run(self.db, self.stretch, &mut see).await?;
        bar.finish_and_clear();
        if self.wanted.json {
            println!("{}", serde_json::json!({ "totals": totals }));
        } else {
            print!("{}", told.report(&replay, &totals, self.stretch));
        }
        Ok(0)
    }

    async fn replay_of(
        &self,
        base: Option<crate::faq::Base>,
        file: Option<Roster>,
        current: &Arc<City>,
    ) -> anyhow::Result<Replay> {
        let served = Side {
            served: Arc::new(Served::load(self.db, &self.config.data).await?),
            roster: Arc::clone(current),
        };
        let mut after = served.clone();
        let changed = base.is_some() || file.is_some();
        if let Some(base) = base {
            after.served = Arc::new(Served::instead(self.db, base.entries, base.lexicon).await?);
        }
        let roster_before = file.is_some().then(|| Arc::clone(current));
        if let Some(file) = file {
            let there = imported(file, current, self.now)?;
            after.roster = Arc::new(City::of(there).context("名册里没有市局")?);
        }
        Ok(Replay {
            before: changed.then_some(served),
            after,
            roster_before,
            config: Arc::new(self.config.clone()),
            calendar: calendar::load_kept(&self.config.data, &calendar::Kept::new()).calendar,
            now: self.now,
        })
    }

    /// The folder in which `faq search` finds the list that answers now; none where it is the served one.
    fn faq_folder(&self) -> Option<PathBuf> {
        self.wanted.faq.clone()
    }
}

fn count_one(totals: &mut Totals, one: &Replayed) {
    totals.count(&one.before, &one.after);
    if let (Some(duty), Some([before, after])) = (&mut totals.duty, &one.duties) {
        duty.count(one.called, before, after);
    }
}

fn base_of(folder: &Path) -> anyhow::Result<crate::faq::Base> {
    if !folder.is_dir() {
        bail!(
            "--faq 要写清单的目录，{} 不是目录。请核对路径，例如 --faq ./faq",
            folder.display()
        );
    }
    let base = setup::load_base(folder)?;
    if base.entries.is_empty() {
        bail!("{} 里没有条目。请写放着清单 .yaml 的目录", folder.display());
    }
    Ok(base)
}

fn roster_of(file: &Path, config: &Config) -> anyhow::Result<Roster> {
    if workbook::looks_like_workbook(file) {
        bail!(
            "{} 是情况表，没有作息和值班。请先写出名册再改：bangban roster export --to 名册.yaml",
            file.display()
        );
    }
    let submitted = roster::read_file(file, &config.timezone)
        .map_err(|problems| anyhow::anyhow!("名册有 {} 处要改，没有重放：\n{problems}", problems.0.len()))?;
    Ok(submitted.roster)
}

/// Which end of a day a date stands for.
#[derive(Clone, Copy)]
enum End {
    Begins,
    Ends,
}

/// `30d`, `12h` before now, or a day.
fn moment(written: &str, end: End, now: Millis, config: &Config) -> Option<Millis> {
    const HOUR: i64 = 3_600_000;
    let written = written.trim();
    let ago = |unit: char, ms: i64| {
        let count: i64 = written.strip_suffix(unit)?.parse::<u32>().ok()?.into();
        Some(now.plus(-count.checked_mul(ms)?))
    };
    let day = || {
        let day: Date = written.parse().ok()?;
        let day = match end {
            End::Begins => day,
            End::Ends => day.checked_add(1.day()).ok()?,
        };
        zone::moment(&config.timezone, day)
    };
    ago('d', 24 * HOUR).or_else(|| ago('h', HOUR)).or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days_or_hours_ago_or_days() {
        let config = Config::from_text("", Path::new("bangban.toml")).unwrap();
        // 2026-11-23 10:00 in Asia/Shanghai.
        let now = Millis(1_795_399_200_000);
        let hours = |hours: i64| Some(now.plus(-hours * 3_600_000));
        for (written, begins, ends) in [
            ("30d", hours(720), hours(720)),
            (" 12h ", hours(12), hours(12)),
            ("0h", hours(0), hours(0)),
            ("2026-11-23", hours(10), hours(-14)),
            ("2026-11-22", hours(34), hours(10)),
            ("30", None, None),
            ("-3d", None, None),
            ("d", None, None),
            ("11-23", None, None),
            ("", None, None),
            ("2026-02-30", None, None),
        ] {
            assert_eq!(moment(written, End::Begins, now, &config), begins, "{written}");
            assert_eq!(moment(written, End::Ends, now, &config), ends, "{written}");
        }
    }
}
