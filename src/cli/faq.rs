//! `bangban faq …`: check, import, export and search the knowledge base.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config::Config;
use crate::desk::{Desk, preview};
use crate::domain::time::zone;
use crate::domain::wording;
use crate::faq::check::{Severity, check as lint, coverage};
use crate::faq::decide::{Decision, Reason};
use crate::faq::explain::{Block, Explanation, named};
use crate::faq::gate::Gate;
use crate::faq::{Audience, Base, EntryId, Faq};
use crate::setup;
use crate::store::sqlite_file;

/// Hits shown for a search.
const SHOWN: usize = 5;

/// `faq check`: every problem with file, line and column.
pub fn check(config: &Config) -> anyhow::Result<u8> {
    let base = match Base::load(&config.faq) {
        Ok(base) => base,
        Err(problems) => {
            for problem in &problems {
                println!("{problem}");
            }
            println!("共 {} 处要改。改好再查一遍：bangban faq check", problems.len());
            return Ok(1);
        }
    };
    let findings = lint(&base, today(config));
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    for finding in &findings {
        println!("{finding}");
    }
    let table = coverage(&base.entries);
    let holes = table.holes();
    println!("{table}");
    for hole in &holes {
        println!("缺口：{hole}");
    }
    if let Some(unknown) = base.lexicon.learnt.unfitted(&base.entries).filter(|count| *count > 0) {
        println!("提醒：有 {unknown} 句问法是拟合之后加的，请再跑一遍：bangban faq fit");
    }
    println!(
        "{} 条，{errors} 处错误，{} 处提醒，覆盖表缺 {} 格。",
        base.entries.len(),
        findings.len() - errors,
        holes.len()
    );
    Ok(u8::from(errors > 0))
}

/// `faq import`: approved revisions by the operator who runs it; what does not pass the gate of an approval is not
/// imported, unless the operator says why.
pub async fn import(config: &Config, merged: &[String], force: Option<&str>) -> anyhow::Result<u8> {
    if force.is_some_and(|why| why.trim().is_empty()) {
        eprintln!("用法不对：--force 后面请写原因，会记进审计");
        return Ok(2);
    }
    let base = setup::load_base(&config.faq)?;
    let db = super::open(config).await?;
    let merged: Vec<EntryId> = merged.iter().map(|id| id.as_str().into()).collect();
    let how = setup::Import { merged: &merged, force };
    let passed = setup::import_passing(&db, &base, &how, (today(config), Clock::System.now())).await;
    db.close().await;
    let done = match passed? {
        setup::Passed::Imported(done) => done,
        setup::Passed::Broken(found) => {
            found.iter().for_each(|finding| println!("{finding}"));
            println!(
                "共 {} 处通不过，什么都没有改。改好再来；一定要导入就写明原因：bangban faq import --force 原因",
                found.len()
            );
            return Ok(1);
        }
    };
    println!(
        "已导入：新增 {} 条，更新 {} 条，没变 {} 条，停用 {} 条。正在运行的帮办 5 秒内会用上。",
        done.added, done.changed, done.same, done.withdrawn
    );
    if done.kept > 0 {
        println!(
            "{} 条是在库里改过的，保留库里的样子；要写回文件：bangban faq export",
            done.kept
        );
    }
    Ok(0)
}

/// `faq export`: writes entries back; entries that are as in the files stay untouched, comments and all.
pub async fn export(config: &Config, to: Option<&Path>) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let mut tx = db.read().await?;
    let entries = tx.served_list().await?;
    let imported = tx.file_digests().await?;
    drop(tx);
    let folder = to.unwrap_or(&config.faq);
    let entries: Vec<_> = entries.into_iter().map(|(entry, _)| entry).collect();
    let done = crate::faq::export::write_back(folder, &entries, &imported)?;
    if to.is_none() && done.newer == 0 {
        let digests: Vec<String> = entries.iter().map(crate::faq::Entry::digest).collect();
        let ids: Vec<_> = entries.into_iter().map(|entry| entry.id).collect();
        let mut tx = db.begin().await?;
        tx.note_written(&ids, &digests).await?;
        tx.commit().await?;
    }
    db.close().await;
    println!(
        "{} 条没变，{} 条写回，{} 条新写到 {}。",
        done.same,
        done.rewritten,
        done.added,
        folder.display()
    );
    if done.newer > 0 {
        println!(
            "{} 条在文件里改过、还没导入，没有动它们：bangban faq import",
            done.newer
        );
    }
    Ok(0)
}

/// `faq measure`: whether each item helps since it was published; those that do not come first.
pub async fn measure(config: &Config) -> anyhow::Result<u8> {
    let desk = open_desk(config).await?;
    let mut rows = desk.helped().await?;
    desk.db.close().await;
    rows.retain(|(_, helped)| helped.before + helped.after > 0);
    rows.sort_by_key(|(entry, helped)| (helped.weak().is_none(), std::cmp::Reverse(helped.after), entry.no));
    if rows.is_empty() {
        println!("还没有人问过清单里的条目，过些日子再来看。");
        return Ok(0);
    }
    println!("发布前 30 天  发布后    直接答  没解决  条目");
    for (entry, helped) in &rows {
        let weak = helped
            .weak()
            .map_or(String::new(), |weak| format!("  ← {}", wording::weak(weak)));
        println!(
            "{:>8} 次  {:>4} 次/{:<2}天  {:>4.0}%  {:>4.0}%  第 {:03} 条 {}{weak}",
            helped.before,
            helped.after,
            helped.days,
            helped.sure * 100.0,
            helped.unsolved * 100.0,
            entry.no,
            entry.question
        );
    }
    Ok(0)
}

/// `faq event`: entries that rest on something that changed are not said until somebody has looked.
/// More than a tenth of the list has to be meant.
pub async fn event(config: &Config, what: &str, dry_run: bool, yes: bool) -> anyhow::Result<u8> {
    const PART: usize = 10;
    /// So few are looked through at a glance, however short the list.
    const FEW: usize = 2;
    let desk = open_desk(config).await?;
    let resting = desk.resting_on(what);
    let all = desk.faq().faq().entries().len();
    let too_many = resting.len() > FEW.max(all / PART) && !yes && !dry_run;
    let entries = if dry_run || too_many {
        resting
    } else {
        desk.event(what).await?
    };
    desk.db.close().await;
    for entry in &entries {
        println!("第 {:03} 条 {}  {}", entry.no, entry.id, entry.question);
    }
    if too_many {
        println!(
            "“{what}”会停下 {} 条，清单一共 {all} 条，超过十分之一，没有改动。写得具体些，或确定就加 --yes 再来一遍。",
            entries.len()
        );
        return Ok(1);
    }
    match (entries.len(), dry_run) {
        (0, _) => println!("没有条目依赖“{what}”（对照 depends_on 和依据），没有改动。"),
        (count, true) => println!("以上 {count} 条会停下来。确定就去掉 --dry-run 再来一遍。"),
        (count, false) => {
            println!("以上 {count} 条口径更新中，问到就转人工；责任人已通知，核对后发“解冻 条号”或改条目。")
        }
    }
    Ok(0)
}

/// `faq fit`: fits weights and thresholds to phrasings and asked questions, and writes them to `model.json`.
pub fn fit(config: &Config) -> anyhow::Result<u8> {
    let base = setup::load_base(&config.faq)?;
    let fitted = super::eval::fitting("拟合", |hears| {
        crate::faq::fit::fit(&base.entries, &base.lexicon, hears)
    });
    let model = &fitted.model;
    let path = config.faq.join(crate::faq::model::FILE);
    std::fs::write(&path, model.text()).with_context(|| format!("写不进 {}", path.display()))?;
    for doubt in &fitted.doubts {
        println!(
            "请核对标注：“{}”写的是 {}，像是 {}（{:.2}）",
            doubt.text, doubt.expected, doubt.found, doubt.probability
        );
    }
    println!("门槛    准确率  直接答的占比");
    for point in &model.curve {
        println!("{:.2}    {:.3}   {:.3}", point.from, point.precision, point.coverage);
    }
    println!(
        "{}：已写入 {}，{:.3} 起直接答。再评测一遍：bangban eval",
        model.fitted_on,
        path.display(),
        model.sure_from
    );
    Ok(0)
}

/// `faq search`: what the bot would make of some words, by the served list or by a folder's.
pub async fn search(config: &Config, words: &str, explain: bool, folder: Option<&Path>) -> anyhow::Result<u8> {
    if words.trim().is_empty() {
        eprintln!("用法不对：请写要查的词，例如：bangban faq search 简易注销");
        return Ok(2);
    }
    if let Some(folder) = folder {
        found(config, &of_folder(folder)?, words, explain);
        return Ok(0);
    }
    // Looking something up makes no database.
    let missing = sqlite_file(&setup::database_url(config)).is_some_and(|file| !file.exists());
    if !missing {
        let db = super::open(config).await?;
        let (entries, lexicon) = db.read().await?.served_entries().await?;
        db.close().await;
        if !entries.is_empty() {
            let entries = entries.into_iter().map(|(entry, _)| entry).collect();
            found(config, &Faq::build(entries, lexicon), words, explain);
            return Ok(0);
        }
    }
    println!("还没有导入过清单，查的是 {}。", config.faq.display());
    found(config, &of_folder(&config.faq)?, words, explain);
    Ok(0)
}

fn of_folder(folder: &Path) -> anyhow::Result<Faq> {
    let base = setup::load_base(folder)?;
    Ok(Faq::build(base.entries, base.lexicon))
}

pub(super) fn found(config: &Config, faq: &Faq, words: &str, explain: bool) {
    let today = today(config);
    let reading = faq.read(words, Audience::Public);
    let outcome = faq.decide(&reading, today);
    let gate = match reading.gate() {
        Gate::Question => "是提问".to_owned(),
        Gate::Chatter => "不像提问，群里会保持安静（@帮办 或 /ask 时照答）".to_owned(),
        Gate::Direction { name, phone } => format!("{name}的事，指到 {phone}"),
    };
    println!("判断：{gate}");
    println!("结果：{}", decided(&outcome.decision));
    for hit in outcome.hits.iter().take(SHOWN) {
        let Some(entry) = faq.entry(&hit.entry) else { continue };
        println!(
            "  {:.2}  第 {:03} 条 {}  {}（近“{}”）",
            hit.score,
            entry.no,
            entry.id.as_str(),
            entry.question,
            hit.phrasing
        );
    }
    if explain {
        print_reasons(&faq.explain(&reading, &outcome));
    }
    if let Decision::Sure(id) = &outcome.decision
        && let Some(entry) = faq.entry(id)
    {
        match preview(entry, config) {
            Some(lines) => println!("\n{}\n{}", entry.question, lines.join("\n")),
            None => println!("\n结论里还有没填的占位，见 bangban.toml 的 [fill]；没填之前这一条转帮办员。"),
        }
    }
}

fn print_reasons(why: &Explanation) {
    println!("读成：{}", why.understood);
    let mark = |(term, found): &(String, bool)| format!("{term}{}", if *found { "✓" } else { "✗" });
    println!(
        "词（✓ 最近的问法里有）：{}",
        why.terms.iter().map(mark).collect::<Vec<_>>().join(" ")
    );
    println!("把握 {:.3}，{:.3} 起直接答", why.probability, why.needed);
    if let Some((asks, needed)) = why.question {
        println!("是提问 {asks:.3}，{needed:.3} 起回应");
    }
    for reasons in &why.entries {
        let added: Vec<String> = reasons
            .added
            .iter()
            .map(|(name, value)| format!("{} {value:+.2}", named(name)))
            .collect();
        println!("  第 {:03} 条 {:.2}：{}", reasons.no, reasons.score, added.join("，"));
    }
    for block in &why.blocks {
        println!(
            "拦住：{}",
            match block {
                Block::Unsure => "把握没到门槛".to_owned(),
                Block::Opposites(ours, theirs) => format!("问的是“{ours}”，这条说的是“{theirs}”"),
                Block::Denied => "一边说要办，一边说不办".to_owned(),
                Block::LikeHandedOver => "更像该转人工的问题".to_owned(),
                Block::NotCurrent => "不在有效期内".to_owned(),
                Block::NotAQuestion => "不像提问".to_owned(),
            }
        );
    }
}

fn decided(decision: &Decision) -> String {
    match decision {
        Decision::Sure(id) => format!("有把握，直接答 {}", id.as_str()),
        Decision::Unsure(ids) => {
            let ids: Vec<&str> = ids.iter().map(crate::faq::EntryId::as_str).collect();
            format!("拿不准，让提问人选：{}", ids.join("、"))
        }
        Decision::Unknown(Reason::NothingFits) => "答不了，转值班帮办员".to_owned(),
        Decision::Unknown(Reason::Expired(id)) => format!("{} 已过期，转值班帮办员", id.as_str()),
        Decision::Unknown(Reason::NotYetValid(id)) => format!("{} 还没生效，转值班帮办员", id.as_str()),
    }
}

/// The desk beside a running server, which sends what is owed.
pub(super) async fn open_desk(config: &Config) -> anyhow::Result<Desk> {
    let db = super::open(config).await?;
    let bell = Arc::new(Notify::new());
    Ok(Desk::open(
        db,
        Clock::System,
        Arc::new(config.clone()),
        bell,
        crate::platform::channels(),
    )
    .await?)
}

/// Today where the bureau is.
pub fn today(config: &Config) -> jiff::civil::Date {
    zone::day(&config.timezone, Clock::System.now())
}
