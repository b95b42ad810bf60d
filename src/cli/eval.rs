//! `bangban eval`: how well a base answers a file of labelled messages. Needs no database and sends nothing.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::faq::evaluate::{self, Row, Totals};
use crate::faq::fit::fit_foreign;
use crate::faq::judge::Scales;
use crate::faq::perturb::SPOILS;
use crate::faq::{Asked, Faq};
use crate::yaml::Problem;

/// What to evaluate.
pub struct Wanted {
    pub faq: PathBuf,
    pub queries: PathBuf,
    pub fit: Option<PathBuf>,
    pub json: bool,
    pub min: Vec<String>,
    pub perturb: bool,
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
    let mut faq = Faq::build(base.entries, base.lexicon);
    if let Some(path) = &wanted.fit {
        let asked = match Asked::load(path) {
            Ok(asked) => asked,
            Err(problem) => return Ok(told(&[problem])),
        };
        let bar = progress("拟合", 0);
        let model = fit_foreign(&faq, &asked, &|done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
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
        "{} 条消息，{} 条有答案。hit1 {:.3}，hit3 {:.3}，MRR {:.3}",
        f.messages, f.answerable, f.hit1, f.hit3, f.mrr
    );
    println!(
        "有把握的准确率 {:.3}，有答案的里直接答对 {:.3}",
        f.precision, f.coverage
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
    for (style, f) in &t.styles {
        println!(
            "{style:12} {:4} 条  hit1 {:.3}  hit3 {:.3}  有把握 {:.3}  准确 {:.3}",
            f.messages, f.hit1, f.hit3, f.coverage, f.precision
        );
    }
    for (expected, found, count) in &t.confusions {
        println!("该答 {expected}，却是 {found}：{count} 次");
    }
    let memory = t
        .peak_mib
        .map_or(String::new(), |mib| format!("，内存最高 {mib:.0} MiB"));
    println!("一次判断 p50 {:.2} ms，p99 {:.2} ms{memory}", t.p50_ms, t.p99_ms);
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
