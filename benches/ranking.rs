//! How fast one thread decides, how long an index takes to build and what it holds, for 10 000 and 100 000 entries of
//! one phrasing each. The entries are halves of the bureau's own phrasings joined; the messages are asked questions.
//!
//! `cargo bench --bench ranking`; `COUNTS=10000 cargo bench --bench ranking` for one size.

use std::path::Path;
use std::time::Instant;

use bangban::faq::{Audience, Entry, Faq, Lexicon};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq");
    let folder = std::env::var("BANGBAN_FAQ").map_or(folder, Into::into);
    let base = match bangban::faq::Base::load(&folder) {
        Ok(base) => base,
        Err(problems) => {
            eprintln!(
                "{} problems in {}, see bangban faq check",
                problems.len(),
                folder.display()
            );
            std::process::exit(1);
        }
    };
    let asked: Vec<String> = base
        .lexicon
        .learnt
        .asked
        .iter()
        .map(|asked| asked.text.clone())
        .collect();
    let lexicon = Lexicon {
        learnt: bangban::faq::Learnt::default(),
        ..base.lexicon.clone()
    };
    let counts = std::env::var("COUNTS").unwrap_or_else(|_| "10000,100000".to_string());
    for count in counts.split(',').filter_map(|count| count.trim().parse().ok()) {
        one(&base.entries, &asked, &lexicon, count);
    }
    let start = Instant::now();
    let faq = Faq::build(base.entries, base.lexicon);
    let built = start.elapsed();
    report("the bureau's list", built.as_secs_f64() * 1e3, &faq, &asked);
}

fn one(entries: &[Entry], asked: &[String], lexicon: &Lexicon, count: usize) {
    let made = made(entries, count);
    // The word dictionary is loaded once a process and not counted here.
    let _ = Faq::build(made[..1].to_vec(), lexicon.clone());
    let start = Instant::now();
    let faq = Faq::build(made, lexicon.clone());
    report(
        &format!("{count} entries"),
        start.elapsed().as_secs_f64() * 1e3,
        &faq,
        asked,
    );
}

fn report(what: &str, built_ms: f64, faq: &Faq, asked: &[String]) {
    let today = jiff::civil::date(2026, 11, 25);
    let mut times: Vec<f64> = Vec::with_capacity(asked.len());
    for round in 0..2 {
        for text in asked {
            let start = Instant::now();
            std::hint::black_box(faq.ask(text, Audience::Public, today));
            if round > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times
            .get(((times.len() as f64 - 1.0) * share) as usize)
            .copied()
            .unwrap_or(f64::NAN)
    };
    println!(
        "{what}: built in {built_ms:.0} ms; decision p50 {:.2} ms, p99 {:.2} ms ({} messages); {:.0} MiB at most",
        at(0.5),
        at(0.99),
        times.len(),
        peak_mib()
    );
}

/// Halves of phrasings joined: texts as long and as alike as the real ones, none twice.
fn made(entries: &[Entry], count: usize) -> Vec<Entry> {
    let texts: Vec<Vec<char>> = entries
        .iter()
        .flat_map(|e| e.phrasings().map(|t| t.chars().collect()))
        .collect();
    let mut made = Vec::with_capacity(count);
    for i in 0..count {
        let a = &texts[i % texts.len()];
        let b = &texts[(i * 31 + i / texts.len() * 7 + 11) % texts.len()];
        let text: String = a[..a.len().div_ceil(2)].iter().chain(&b[b.len() / 2..]).collect();
        made.push(Entry {
            id: format!("made-{i}").as_str().into(),
            no: u32::try_from(i + 1).unwrap_or(u32::MAX),
            question: text,
            variants: Vec::new(),
            answer: bangban::faq::Answer::Text(String::new()),
            ..entries[i % entries.len()].clone()
        });
    }
    made
}

fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(f64::NAN) / 1024.0
}
