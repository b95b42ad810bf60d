//! How well questions that ask the same are put together, and how fast. The entries of the bureau's list are the topics;
//! half of them are not in the served list, and of the others only every second phrasing is, so that each question of the
//! stream is new. The threshold is taken where it does best on one half of the topics and quoted on the other.
//!
//! `cargo bench --bench clusters`; `CURVE=1` prints every threshold, `FROM=0.3` takes another one, `COUNT=5000` asks another
//! number of questions, `BANGBAN_CLUSTERS=list.jsonl,queries.jsonl` takes a foreign set in the form of `bangban eval`.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use bangban::faq::classes::Dice;
use bangban::faq::cluster::{JOIN_FROM, nearest_entry};
use bangban::faq::fit::fit;
use bangban::faq::perturb::SPOILS;
use bangban::faq::{Asked, Audience, Base, Clusters, Entry, EntryId, Expect, Faq, evaluate};
use indicatif::{ProgressBar, ProgressStyle};

/// A question whose topic is known.
#[derive(Clone)]
struct Labelled {
    topic: usize,
    text: String,
    /// Written into the list, not asked by somebody.
    variant: bool,
    nearest: Option<EntryId>,
}

/// Questions of one half of the topics, in the order they are asked.
struct Streams {
    variants: Vec<Labelled>,
    /// With the labelled messages of `questions.jsonl`, most of which share no word with each other.
    all: Vec<Labelled>,
    /// Variants asked again and again with mistakes, some much more often than others.
    repeated: Vec<Labelled>,
}

const MESSAGES: &str = "with messages";

fn main() {
    let foreign = std::env::var("BANGBAN_CLUSTERS").ok();
    let Some((base, queries)) = foreign.as_deref().map_or_else(own, of_others) else {
        eprintln!("the list or its queries cannot be read, see bangban faq check");
        std::process::exit(1);
    };
    let count = std::env::var("COUNT")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(50_000);
    let quarters = quarters(base.entries.len());
    let (faq, mut unseen) = served(base, &quarters);
    unseen.extend(queries);
    let tuned = streams(&faq, &unseen, &quarters, 0);
    let quoted = streams(&faq, &unseen, &quarters, 1);
    let best = tune(&faq, &tuned);
    let from = std::env::var("FROM")
        .ok()
        .and_then(|from| from.parse().ok())
        .unwrap_or(JOIN_FROM);
    println!("best threshold on the first half of the topics {best:.2}; in the program {JOIN_FROM}; taken {from}");
    for (name, half) in [("first half", &tuned), ("other half", &quoted)] {
        for (stream, questions) in half.named() {
            let clusters = clustered(&faq, questions, from);
            let unserved = |question: &Labelled| quarters[question.topic] % 2 == 1;
            let (all, unknown) = (
                b_cubed(questions, &clusters, |_| true),
                b_cubed(questions, &clusters, unserved),
            );
            println!(
                "{name}, {stream}: {} questions in {} clusters; {}; unanswered topics {}",
                questions.len(),
                clusters.iter().max().map_or(0, |most| most + 1),
                show(all),
                show(unknown)
            );
        }
    }
    fast(&faq, &quoted.variants, &tuned.variants, (count, from));
}

impl Streams {
    fn named(&self) -> Vec<(&'static str, &[Labelled])> {
        let mut named: Vec<(&'static str, &[Labelled])> =
            vec![("variants", &self.variants), ("repeated", &self.repeated)];
        if self.all.len() > self.variants.len() {
            named.push((MESSAGES, &self.all));
        }
        named
    }
}

/// The bureau's list.
fn own() -> Option<(Base, Vec<Labelled>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq");
    let folder = std::env::var("BANGBAN_FAQ").map_or(folder, Into::into);
    Some((Base::load(&folder).ok()?, Vec::new()))
}

/// A foreign list and its queries, which all are new: one question an entry leaves none to serve.
fn of_others(paths: &str) -> Option<(Base, Vec<Labelled>)> {
    let (list, queries) = paths.split_once(',')?;
    let base = evaluate::base(Path::new(list)).ok()?;
    let topics = topics(&base);
    let mut unseen = Vec::new();
    for asked in Asked::load(Path::new(queries)).ok()? {
        if let Expect::Answer(id) = &asked.expect {
            unseen.push(Labelled::new(*topics.get(id)?, &asked.text, true));
        }
    }
    Some((base, unseen))
}

fn topics(base: &Base) -> HashMap<EntryId, usize> {
    let ids = base.entries.iter().enumerate();
    ids.map(|(topic, entry)| (entry.id.clone(), topic)).collect()
}

impl Labelled {
    fn new(topic: usize, text: &str, variant: bool) -> Labelled {
        Labelled {
            topic,
            text: text.to_string(),
            variant,
            nearest: None,
        }
    }
}

/// For each entry 0 to 3: even ones are served, 2 and 3 are the half that figures are quoted on.
fn quarters(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    Dice(0x9e37_79b9_7f4a_7c15).shuffle(&mut order);
    let mut quarters = vec![0; count];
    for (place, entry) in order.into_iter().enumerate() {
        quarters[entry] = place % 4;
    }
    quarters
}

/// The served list, and the questions it does not hold.
fn served(base: Base, quarters: &[usize]) -> (Faq, Vec<Labelled>) {
    let mut unseen = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let topics = topics(&base);
    for (topic, entry) in base.entries.iter().enumerate() {
        let is_served = quarters[topic].is_multiple_of(2);
        let mut kept: Vec<String> = Vec::new();
        for (i, text) in entry.phrasings().enumerate() {
            if is_served && i % 2 == 0 {
                kept.push(text.to_string());
            } else {
                unseen.push(Labelled::new(topic, text, true));
            }
        }
        let first = (!kept.is_empty()).then(|| kept.remove(0));
        entries.extend(first.map(|first| Entry {
            question: first,
            variants: kept,
            ..entry.clone()
        }));
    }
    let mut lexicon = base.lexicon;
    let mut place = 0_usize;
    lexicon.learnt.asked.retain(|asked| {
        let Expect::Answer(id) = &asked.expect else { return true };
        let Some(topic) = topics.get(id).copied() else {
            return false;
        };
        place += 1;
        let keep = quarters[topic].is_multiple_of(2) && place.is_multiple_of(2);
        if !keep {
            unseen.push(Labelled::new(topic, &asked.text, false));
        }
        keep
    });
    // What was fitted to phrasings that are not served would pull with half its weight; foreign sets have no model.
    if lexicon.learnt.model.is_some() {
        lexicon.learnt.model = Some(fit(&entries, &lexicon, &|_, _| {}).model);
    }
    (Faq::build(entries, lexicon), unseen)
}

fn streams(faq: &Faq, unseen: &[Labelled], quarters: &[usize], half: usize) -> Streams {
    let mut dice = Dice(0xbf58_476d_1ce4_e5b9 + half as u64);
    let own = unseen.iter().filter(|question| quarters[question.topic] / 2 == half);
    let mut all: Vec<Labelled> = own.cloned().collect();
    dice.shuffle(&mut all);
    let variants: Vec<Labelled> = all.iter().filter(|question| question.variant).cloned().collect();
    let mut repeated = Vec::new();
    for i in 0..3000 {
        // Some are drawn far more often than others.
        let place = dice.below(variants.len()) * (dice.below(1000) + 1) / 1000;
        let question = variants[place].clone();
        let spoil = SPOILS[dice.below(SPOILS.len())];
        repeated.push(Labelled {
            text: spoil.spoil(&question.text, i),
            ..question
        });
    }
    let mut streams = Streams {
        variants,
        all,
        repeated,
    };
    let bar = bar(
        "reading",
        streams.variants.len() + streams.all.len() + streams.repeated.len(),
    );
    for question in [&mut streams.variants, &mut streams.all, &mut streams.repeated]
        .into_iter()
        .flatten()
    {
        let reading = faq.read(&question.text, Audience::Staff);
        question.nearest = nearest_entry(&reading).cloned();
        bar.inc(1);
    }
    bar.finish_and_clear();
    streams
}

/// The threshold with the best mean F1 over variants and repeated ones; messages that share no words would ask for one
/// at which everything joins.
fn tune(faq: &Faq, streams: &Streams) -> f32 {
    let mut best = (0.0, 0.0);
    let steps: Vec<f32> = (8..=40).map(|step| step as f32 * 0.02).collect();
    let bar = bar("tuning", steps.len());
    for from in steps {
        let mut sum = 0.0;
        let mut line = format!("{from:.2}");
        for (name, questions) in streams.named() {
            let figures = b_cubed(questions, &clustered(faq, questions, from), |_| true);
            sum += if name == MESSAGES { 0.0 } else { figures.2 };
            line += &format!("; {name} {}", show(figures));
        }
        if std::env::var_os("CURVE").is_some() {
            println!("{line}");
        }
        if sum > best.0 {
            best = (sum, from);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    best.1
}

/// The cluster of each question, asked one after the other.
fn clustered(faq: &Faq, questions: &[Labelled], from: f32) -> Vec<i64> {
    let mut clusters = Clusters::joining_from(faq, from);
    let mut next = 0;
    let mut of = Vec::with_capacity(questions.len());
    for question in questions {
        of.push(take(&mut clusters, question, &mut next));
    }
    of
}

fn take(clusters: &mut Clusters, question: &Labelled, next: &mut i64) -> i64 {
    let near = clusters.nearest(&question.text, question.nearest.as_ref());
    let cluster = near.map_or(*next, |near| near.cluster);
    *next += i64::from(near.is_none());
    clusters.restore(cluster, &question.text, question.nearest.as_ref());
    cluster
}

/// B-cubed precision, recall and F1 over some of the questions.
fn b_cubed(questions: &[Labelled], clusters: &[i64], counts: impl Fn(&Labelled) -> bool) -> (f64, f64, f64) {
    let mut both: HashMap<(usize, i64), f64> = HashMap::new();
    let (mut topics, mut sizes): (HashMap<usize, f64>, HashMap<i64, f64>) = Default::default();
    let mut total = 0.0;
    for (question, cluster) in questions.iter().zip(clusters).filter(|(question, _)| counts(question)) {
        *both.entry((question.topic, *cluster)).or_default() += 1.0;
        *topics.entry(question.topic).or_default() += 1.0;
        *sizes.entry(*cluster).or_default() += 1.0;
        total += 1.0;
    }
    let precision: f64 = both.iter().map(|((_, cluster), n)| n * n / sizes[cluster]).sum::<f64>() / total;
    let recall: f64 = both.iter().map(|((topic, _), n)| n * n / topics[topic]).sum::<f64>() / total;
    (precision, recall, 2.0 * precision * recall / (precision + recall))
}

fn show((precision, recall, f1): (f64, f64, f64)) -> String {
    format!("P {precision:.3} R {recall:.3} F1 {f1:.3}")
}

/// How long so many questions take, one after the other on one thread.
fn fast(faq: &Faq, some: &[Labelled], others: &[Labelled], (count, from): (usize, f32)) {
    let mut dice = Dice(0x94d0_49bb_1331_11eb);
    let questions: Vec<&Labelled> = some.iter().chain(others).collect();
    let mut stream: Vec<Labelled> = Vec::with_capacity(count);
    for i in 0..count {
        let question = questions[i % questions.len()];
        let spoil = SPOILS[dice.below(SPOILS.len())];
        stream.push(Labelled {
            text: spoil.spoil(&question.text, i),
            ..question.clone()
        });
    }
    dice.shuffle(&mut stream);
    let bar = bar("clustering", count);
    let mut clusters = Clusters::joining_from(faq, from);
    let mut next = 0;
    let start = Instant::now();
    let mut of = Vec::with_capacity(count);
    for question in &stream {
        of.push(take(&mut clusters, question, &mut next));
        bar.inc(1);
    }
    let took = start.elapsed();
    bar.finish_and_clear();
    println!(
        "{count} questions clustered in {:.1} s ({:.2} ms each), {next} clusters; {}; {:.0} MiB at most",
        took.as_secs_f64(),
        took.as_secs_f64() * 1e3 / count as f64,
        show(b_cubed(&stream, &of, |_| true)),
        peak_mib()
    );
}

fn bar(what: &'static str, length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} {eta}");
    let bar = ProgressBar::new(length as u64).with_message(what);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(f64::NAN) / 1024.0
}
