//! Asks a base a file of labelled messages and counts what comes of it. The same for the bureau's list and foreign sets.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::decide::Decision;
use super::entry::{Audience, Basis, Confidence, Entry, EntryId, Tests};
use super::gate::Gate;
use super::lexicon::Lexicon;
use super::load::Base;
use super::questions::{Asked, Expect, lines};
use super::reading::Hit;
use super::service::Faq;
use crate::yaml::Problem;

/// Entries listed for each message.
const LISTED: usize = 10;
/// Confusions that are told.
const CONFUSIONS: usize = 20;

/// What the bot would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    Sure,
    Unsure,
    Unknown,
    Silent,
}

/// One message and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub text: String,
    pub expect: Expect,
    pub band: Band,
    /// Best first, also where the band is silent or unknown.
    pub ids: Vec<EntryId>,
    pub scores: Vec<f32>,
    /// That the first entry is meant.
    pub probability: f32,
    /// Milliseconds from the text to the decision.
    pub ms: f64,
    #[serde(skip)]
    pub style: String,
    #[serde(skip)]
    pub origin: String,
    /// At which place an accepted entry stands, from 1.
    #[serde(skip)]
    pub rank: Option<usize>,
}

/// The figures of a part of the messages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    pub messages: usize,
    pub answerable: usize,
    /// Shares among the answerable.
    pub hit1: f64,
    pub hit3: f64,
    pub mrr: f64,
    /// `Sure` and right, among the answerable.
    pub coverage: f64,
    /// `Sure` at all.
    pub sure: usize,
    /// Correct `Sure` among all `Sure`.
    pub precision: f64,
    /// The mean of hit1 over the expected entries: no entry counts more for being asked often.
    pub macro_hit1: f64,
    /// To be answered or handed over, and the share of them that was passed over in silence.
    pub asks: usize,
    pub passed: f64,
    /// To stay silent on, and the share of them that was reacted to.
    pub silent: usize,
    pub reacted: f64,
}

/// A band's part of all messages, and how often its first entry is right (unsure: one of the offered three).
#[derive(Debug, Clone, Default, Serialize)]
pub struct BandFigures {
    pub share: f64,
    pub precision: f64,
}

/// All figures.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Totals {
    #[serde(flatten)]
    pub all: Figures,
    pub bands: BTreeMap<Band, BandFigures>,
    pub escalate: usize,
    /// Answered though it was to hand over.
    pub escalate_sure: usize,
    pub escalate_silent: usize,
    pub silent: usize,
    /// Any reaction to what asks nothing.
    pub silent_reacted: usize,
    pub silent_sure: usize,
    /// Silence for what an entry answers.
    pub answerable_silent: usize,
    pub styles: BTreeMap<String, Figures>,
    pub origins: BTreeMap<String, Figures>,
    /// Expected, found first, how often.
    pub confusions: Vec<(EntryId, EntryId, usize)>,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// The process's own peak; none where the system does not tell.
    pub peak_mib: Option<f64>,
}

/// A base of one JSON value a line.
#[derive(Deserialize)]
struct Foreign {
    id: String,
    question: String,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    variants: Vec<String>,
}

/// Reads a folder of topics, or a file of one entry a line.
pub fn base(path: &Path) -> Result<Base, Vec<Problem>> {
    if path.is_dir() {
        return Base::load(path);
    }
    let foreign = lines::<Foreign>(path).map_err(|problem| vec![problem])?;
    let entries = (1..).zip(foreign).map(|(no, foreign)| entry(no, foreign)).collect();
    Ok(Base::new(entries, Lexicon::default()))
}

/// An entry of a foreign set; what such sets do not say is filled with what hinders nothing.
fn entry(no: u32, foreign: Foreign) -> Entry {
    Entry {
        id: EntryId(foreign.id),
        no,
        topic: String::new(),
        category: String::new(),
        applies_to: Vec::new(),
        business: Vec::new(),
        question: foreign.question,
        variants: foreign.variants,
        answer: Answer::Text(foreign.answer.unwrap_or_default()),
        basis: vec![Basis {
            source: String::new(),
            article: None,
        }],
        confidence: Confidence::High,
        audience: Audience::Public,
        owner: String::new(),
        valid_from: Date::MIN,
        valid_until: None,
        review_by: None,
        depends_on: Vec::new(),
        tests: Tests::default(),
    }
}

/// Asks every message; `tick` hears of each.
pub fn run(faq: &Faq, queries: &[Asked], today: Date, tick: &dyn Fn()) -> Vec<Row> {
    let mut rows = Vec::with_capacity(queries.len());
    for query in queries {
        let start = Instant::now();
        let reading = faq.read(&query.text, Audience::Public);
        let decision = match &query.first {
            Some(first) => {
                let followed = faq.follow(first, &reading, today);
                followed.decision
            }
            None => faq.decide(&reading, today).decision,
        };
        let ms = start.elapsed().as_secs_f64() * 1e3;
        let band = match (reading.gate(), &decision) {
            (Gate::Chatter, _) => Band::Silent,
            (Gate::Direction { .. }, _) => Band::Unknown,
            (Gate::Question, Decision::Sure(_)) => Band::Sure,
            (Gate::Question, Decision::Unsure(_)) => Band::Unsure,
            (Gate::Question, Decision::Unknown(_)) => Band::Unknown,
        };
        let order = in_order(&decision, &reading.hits);
        rows.push(Row {
            text: query.text.clone(),
            expect: query.expect.clone(),
            band,
            scores: order.iter().take(LISTED).map(|(_, score)| *score).collect(),
            ids: order.iter().take(LISTED).map(|(entry, _)| (*entry).clone()).collect(),
            probability: reading.probability,
            ms,
            style: query.style.clone().unwrap_or_default(),
            origin: query.origin.clone().unwrap_or_default(),
            rank: order
                .iter()
                .position(|(entry, _)| query.accepts(entry))
                .map(|place| place + 1),
        });
        tick();
    }
    rows
}

/// What was found, with its score; what is offered because of the question before comes first.
fn in_order<'a>(decision: &'a Decision, hits: &'a [Hit]) -> Vec<(&'a EntryId, f32)> {
    let offered: &[EntryId] = match decision {
        Decision::Unsure(ids) => ids,
        Decision::Sure(_) | Decision::Unknown(_) => &[],
    };
    let score = |id: &EntryId| hits.iter().find(|hit| hit.entry == *id).map_or(0.0, |hit| hit.score);
    let first = offered.iter().map(|id| (id, score(id)));
    let rest = hits.iter().filter(|hit| !offered.contains(&hit.entry));
    first.chain(rest.map(|hit| (&hit.entry, hit.score))).collect()
}

/// Counts.
pub fn totals(rows: &[Row]) -> Totals {
    let all: Vec<&Row> = rows.iter().collect();
    let count = |of: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| of(row)).count();
    let mut times: Vec<f64> = rows.iter().map(|row| row.ms).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times
            .get(((times.len() as f64 - 1.0).max(0.0) * share).round() as usize)
            .copied()
            .unwrap_or(0.0)
    };
    let bands = [Band::Sure, Band::Unsure, Band::Unknown, Band::Silent].map(|band| (band, band_figures(rows, band)));
    Totals {
        all: figures(&all),
        bands: bands.into_iter().collect(),
        escalate: count(&|row| row.expect == Expect::Escalate),
        escalate_sure: count(&|row| row.expect == Expect::Escalate && row.band == Band::Sure),
        escalate_silent: count(&|row| row.expect == Expect::Escalate && row.band == Band::Silent),
        silent: count(&|row| row.expect == Expect::Silent),
        silent_reacted: count(&|row| row.expect == Expect::Silent && row.band != Band::Silent),
        silent_sure: count(&|row| row.expect == Expect::Silent && row.band == Band::Sure),
        answerable_silent: count(&|row| answerable(row) && row.band == Band::Silent),
        styles: by(rows, |row| &row.style),
        origins: by(rows, |row| &row.origin),
        confusions: confusions(rows),
        p50_ms: at(0.5),
        p99_ms: at(0.99),
        peak_mib: peak_mib(),
    }
}

/// The figures of each part of the messages; what has no name for its part is left out.
fn by(rows: &[Row], name: fn(&Row) -> &String) -> BTreeMap<String, Figures> {
    let mut parts: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !name(row).is_empty()) {
        parts.entry(name(row).clone()).or_default().push(row);
    }
    parts.into_iter().map(|(part, rows)| (part, figures(&rows))).collect()
}

/// Where the true share lies with a confidence of .95, for one seen among `of` (Wilson 1927).
pub fn interval(share: f64, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (of as f64, 1.96_f64);
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

fn macro_hit1(rows: &[&Row]) -> f64 {
    let mut entries: BTreeMap<&EntryId, (usize, usize)> = BTreeMap::new();
    for row in rows {
        if let Expect::Answer(id) = &row.expect {
            let (right, all) = entries.entry(id).or_default();
            *right += usize::from(is_right(row));
            *all += 1;
        }
    }
    let shares = entries.values().map(|(right, all)| *right as f64 / *all as f64);
    shares.sum::<f64>() / entries.len().max(1) as f64
}

fn answerable(row: &Row) -> bool {
    matches!(row.expect, Expect::Answer(_))
}

fn is_right(row: &Row) -> bool {
    row.rank == Some(1)
}

fn figures(rows: &[&Row]) -> Figures {
    let asked = || rows.iter().filter(|row| answerable(row));
    let answerable = asked().count();
    let asks = || rows.iter().filter(|row| row.expect != Expect::Silent);
    let silent = || rows.iter().filter(|row| row.expect == Expect::Silent);
    let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
    let sure = rows.iter().filter(|row| row.band == Band::Sure).count();
    let right = rows
        .iter()
        .filter(|row| row.band == Band::Sure && is_right(row))
        .count();
    Figures {
        messages: rows.len(),
        answerable,
        hit1: share(asked().filter(|row| is_right(row)).count(), answerable),
        hit3: share(
            asked().filter(|row| row.rank.is_some_and(|rank| rank <= 3)).count(),
            answerable,
        ),
        mrr: asked()
            .filter_map(|row| row.rank)
            .map(|rank| 1.0 / rank as f64)
            .sum::<f64>()
            / answerable.max(1) as f64,
        coverage: share(right, answerable),
        sure,
        precision: if sure == 0 { 1.0 } else { share(right, sure) },
        macro_hit1: macro_hit1(rows),
        asks: asks().count(),
        passed: share(asks().filter(|row| row.band == Band::Silent).count(), asks().count()),
        silent: silent().count(),
        reacted: share(
            silent().filter(|row| row.band != Band::Silent).count(),
            silent().count(),
        ),
    }
}

fn band_figures(rows: &[Row], band: Band) -> BandFigures {
    let own: Vec<&Row> = rows.iter().filter(|row| row.band == band).collect();
    let right = own.iter().filter(|row| match band {
        Band::Sure => is_right(row),
        Band::Unsure => row.rank.is_some_and(|rank| rank <= 3),
        Band::Unknown => row.expect == Expect::Escalate,
        Band::Silent => row.expect == Expect::Silent,
    });
    BandFigures {
        share: own.len() as f64 / rows.len().max(1) as f64,
        precision: right.count() as f64 / own.len().max(1) as f64,
    }
}

fn confusions(rows: &[Row]) -> Vec<(EntryId, EntryId, usize)> {
    let mut counts: BTreeMap<(EntryId, EntryId), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !is_right(row)) {
        if let (Expect::Answer(expected), Some(first)) = (&row.expect, row.ids.first()) {
            *counts.entry((expected.clone(), first.clone())).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> = counts.into_iter().map(|((a, b), count)| (a, b, count)).collect();
    pairs.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    pairs.truncate(CONFUSIONS);
    pairs
}

fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
