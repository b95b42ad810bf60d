//! `bangban eval`: how well a base answers a file of labelled messages. Needs no database and sends nothing.

mod learning;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::faq::apart::near_copies;
use crate::faq::evaluate::{self, Figures, Row, Totals, interval};
use crate::faq::fit::{Progress, fit_foreign};
use crate::faq::judge::Scales;
use crate::faq::perturb::SPOILS;
use crate::faq::{Asked, Base, Faq};
use crate::yaml::Problem;

/// Near copies that are shown.
const COPIES: usize = 10;

/// What to evaluate.
#[derive(clap::Args)]
pub struct Wanted {
    /// 知识库目录，或一行一条的 JSONL
    #[arg(long, value_name = "目录")]
    faq: PathBuf,
    /// 标注过的提问，一行一条 JSON；写了 "first"（同一个人的上一问）的，连着上一问读
    #[arg(long, value_name = "文件")]
    queries: PathBuf,
    /// 先在这个文件上拟合权重（外来的题库）
    #[arg(long, value_name = "文件")]
    fit: Option<PathBuf>,
    /// 把这个文件里标注过的话当作群里确认过的，学到 0、50、100、200 句和全部时各评一遍
    #[arg(long, value_name = "文件", conflicts_with_all = ["fit", "json", "min", "perturb"])]
    learn: Option<PathBuf>,
    /// 逐条输出 JSON，最后一行是合计
    #[arg(long)]
    json: bool,
    /// 低于这些数就算不合格，如 hit1=.8,hit3=.9
    #[arg(long, value_name = "指标", value_delimiter = ',')]
    min: Vec<String>,
    /// 另测错别字、漏字、叠字、繁体、客套之后掉多少
    #[arg(long)]
    perturb: bool,
}

/// Asks every message, prints what came of it, and fails below the bars.
pub fn eval(wanted: &Wanted, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let bars = bars(&wanted.min)?;
    let base = match evaluate::base(&wanted.faq) {
        Ok(base) => base,
        Err(problems) => return Ok(told(&problems)),
    };
    let queries = match Asked::load(&wanted.queries) {
        Ok(queries) => queries,
        Err(problem) => return Ok(told(&[problem])),
    };
    if let Some(path) = &wanted.learn {
        let stream = match Asked::load(path) {
            Ok(stream) => stream,
            Err(problem) => return Ok(told(&[problem])),
        };
        learning::curve(&base, &stream, &queries, today);
        return Ok(0);
    }
    if !wanted.json {
        tell_copies(&base, &queries);
    }
    let mut faq = Faq::build(base.entries, base.lexicon);
    if let Some(path) = &wanted.fit {
        let asked = match Asked::load(path) {
            Ok(asked) => asked,
            Err(problem) => return Ok(told(&[problem])),
        };
        let model = fitting("拟合", |hears| fit_foreign(&faq, &asked, hears));
        faq.set_scales(Scales::new(&model));
    }
    let rows = ask(&faq, &queries, today, "提问");
    let totals = evaluate::totals(&rows);
    if wanted.json {
        for row in &rows {
            println!("{}", serde_json::to_string(row)?);
        }
    } else {
        print(&totals);
    }
    if wanted.perturb {
        perturbed(&faq, &queries, today, wanted.json)?;
    }
    if wanted.json {
        println!("{}", serde_json::json!({ "totals": totals }));
    }
    Ok(u8::from(!reached(&totals, &bars)?))
}

/// Queries the list was taught say nothing of strangers: they are named first. A list of others was taught nothing.
fn tell_copies(base: &Base, queries: &[Asked]) {
    if base.lexicon.learnt.is_empty() {
        return;
    }
    let found = near_copies(
        &base.entries,
        &base.lexicon,
        queries.iter().map(|asked| asked.text.as_str()),
    );
    if found.is_empty() {
        return;
    }
    println!("{} 句和清单学过的话几乎一样，量出来的数会偏好看：", found.len());
    for copy in found.iter().take(COPIES) {
        println!("  “{}” ← “{}”", copy.measured, copy.known);
    }
}

fn ask(faq: &Faq, queries: &[Asked], today: jiff::civil::Date, what: &str) -> Vec<Row> {
    let bar = progress(what, queries.len() as u64);
    let rows = evaluate::run(faq, queries, today, &|| bar.inc(1));
    bar.finish_and_clear();
    rows
}

/// A bar on the error output, shown on a terminal only.
pub fn progress(what: &str, length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length).with_message(what.to_owned());
    let style = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Runs what fits something, with a bar of the parts it has done.
pub fn fitting<T>(what: &str, run: impl FnOnce(Progress<'_>) -> T) -> T {
    let bar = progress(what, 0);
    let fitted = run(&|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    fitted
}

fn perturbed(faq: &Faq, queries: &[Asked], today: jiff::civil::Date, json: bool) -> anyhow::Result<()> {
    for spoil in SPOILS {
        let spoilt: Vec<Asked> = queries
            .iter()
            .enumerate()
            .map(|(i, asked)| Asked {
                text: spoil.spoil(&asked.text, i),
                ..asked.clone()
            })
            .collect();
        let totals = evaluate::totals(&ask(faq, &spoilt, today, spoil.name()));
        let f = &totals.all;
        if json {
            let figures =
                serde_json::json!({ "perturbed": spoil.name(), "figures": f, "silent_reacted": totals.silent_reacted });
            println!("{figures}");
        } else {
            println!(
                "{:12} hit1 {:.3}  hit3 {:.3}  有把握 {:.3}  准确 {:.3}  闲话误应 {}",
                spoil.name(),
                f.hit1,
                f.hit3,
                f.coverage,
                f.precision,
                totals.silent_reacted
            );
        }
    }
    Ok(())
}

fn print(t: &Totals) {
    let f = &t.all;
    println!(
        "{} 条消息，{} 条有答案。hit1 {}，hit3 {}，MRR {:.3}，各条平均 hit1 {:.3}",
        f.messages,
        f.answerable,
        within(f.hit1, f.answerable),
        within(f.hit3, f.answerable),
        f.mrr,
        f.macro_hit1
    );
    println!(
        "有把握的准确率 {}，有答案的里直接答对 {}",
        within(f.precision, f.sure),
        within(f.coverage, f.answerable)
    );
    println!(
        "门：该应的没理 {}，该安静的有反应 {}",
        within(f.passed, f.asks),
        within(f.reacted, f.silent)
    );
    for (band, figures) in &t.bands {
        println!(
            "{:8} 占 {:.3}，对 {:.3}",
            format!("{band:?}").to_lowercase(),
            figures.share,
            figures.precision
        );
    }
    println!(
        "该转人工 {} 条：直接答了 {}，没理 {}",
        t.escalate, t.escalate_sure, t.escalate_silent
    );
    println!(
        "该安静 {} 条：有反应 {}，直接答了 {}；有答案却没理 {}",
        t.silent, t.silent_reacted, t.silent_sure, t.answerable_silent
    );
    t.origins
        .iter()
        .chain(&t.styles)
        .for_each(|(part, f)| print_part(part, f));
    for (expected, found, count) in &t.confusions {
        println!("该答 {expected}，却是 {found}：{count} 次");
    }
    let memory = t
        .peak_mib
        .map_or(String::new(), |mib| format!("，内存最高 {mib:.0} MiB"));
    println!("一次判断 p50 {:.2} ms，p99 {:.2} ms{memory}", t.p50_ms, t.p99_ms);
}

/// One part of the messages: what is no figure of it is a dash.
fn print_part(part: &str, f: &Figures) {
    let or_none = |share: f64, of: usize| {
        if of == 0 {
            "  –  ".to_owned()
        } else {
            format!("{share:.3}")
        }
    };
    println!(
        "{part:12} {:4} 条  hit1 {}  hit3 {}  有把握 {}  准确 {}  没理 {}  误应 {}",
        f.messages,
        or_none(f.hit1, f.answerable),
        or_none(f.hit3, f.answerable),
        or_none(f.coverage, f.answerable),
        or_none(f.precision, f.sure),
        or_none(f.passed, f.asks),
        or_none(f.reacted, f.silent)
    );
}

/// A share with the interval it lies in.
fn within(share: f64, of: usize) -> String {
    let (low, high) = interval(share, of);
    format!("{share:.3}（{low:.3}–{high:.3}）")
}

fn told(problems: &[Problem]) -> u8 {
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    1
}

/// `hit1=.8` as name and figure.
fn bars(written: &[String]) -> anyhow::Result<Vec<(String, f64)>> {
    let bar = |text: &String| {
        let (name, figure) = text
            .split_once('=')
            .with_context(|| format!("--min 要写成 hit1=.8，不是“{text}”"))?;
        let figure = figure
            .trim()
            .parse()
            .with_context(|| format!("--min 里的“{figure}”不是数"))?;
        Ok((name.trim().to_owned(), figure))
    };
    written.iter().filter(|text| !text.trim().is_empty()).map(bar).collect()
}

fn reached(totals: &Totals, bars: &[(String, f64)]) -> anyhow::Result<bool> {
    let mut all = true;
    for (name, least) in bars {
        let Some(figure) = figure(totals, name) else {
            bail!("--min 不认识“{name}”，可写 hit1、hit3、mrr、coverage、precision、escalate、silent");
        };
        if figure < *least {
            eprintln!("没达到：{name} {figure:.3}，要 {least}");
            all = false;
        }
    }
    Ok(all)
}

/// The figures a bar can be put on; all are better when larger.
fn figure(t: &Totals, name: &str) -> Option<f64> {
    let kept = |wrong: usize, of: usize| 1.0 - wrong as f64 / of.max(1) as f64;
    match name {
        "hit1" => Some(t.all.hit1),
        "hit3" => Some(t.all.hit3),
        "mrr" => Some(t.all.mrr),
        "coverage" => Some(t.all.coverage),
        "precision" => Some(t.all.precision),
        "escalate" => Some(kept(t.escalate_sure, t.escalate)),
        "silent" => Some(kept(t.silent_reacted, t.silent)),
        _ => None,
    }
}
