//! Fits weights and thresholds to questions. Every phrasing is judged by a base that does not hold it: left out of the
//! closeness, and unknown to the classes that judge it. Otherwise the weights would learn to trust repetition.

mod doubt;
mod threshold;

use std::sync::{Arc, Mutex};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::classes::{Classes, Dice, Example, Pull, strong, teach};
use super::corpus::{Corpus, Message, Phrasing};
use super::entry::{Audience, Entry};
use super::gate;
use super::judge::{self, QuestionSigns, Scales, SureSigns};
use super::learn::{Case, Choice, choose, tell};
use super::lexicon::Lexicon;
use super::model::{FOREIGN, Model, PullOf, TELLS, named, rounded};
use super::questions::{Asked, Expect};
use super::rank::{Features, Found, Scored, Without, ranked};
use super::read::length;
use super::service::Faq;
use super::taught::Taught;
use super::tone::{self, Sound, Tone};
use super::written::class_names;
pub use doubt::Doubt;
use doubt::doubts;
use threshold::{curve, judged, question_threshold, sure_threshold};

/// Parts of the phrasings; each is judged by classes taught with the others.
const FOLDS: usize = 6;
/// Steps of fitting an edition's own model: the folds, and what is made of all of them.
pub const STEPS: usize = FOLDS + 5;
/// A bureau's phrasing tells less of how people write than a question somebody asked.
const WRITTEN: f32 = 0.3;
/// Precision the sure threshold must reach on questions left out of their own base. They were written to be hard and to
/// miss an entry by one thing; what people ask is answered somewhat worse all the same (`faq/EVALUATION.md`).
const SURE_PRECISION: f32 = 0.96;
/// Part of what no entry answers, silent messages included, that may be answered: half of it is silent and stopped
/// before, and most of the rest was written to miss an entry by one thing, so the bar of .03 on messages to hand over is
/// held.
const HANDED_SAID: f32 = 0.05;
/// Foreign sets have the bars of .95, and of .085 for what no entry answers.
const FOREIGN_PRECISION: f32 = 0.958;
const FOREIGN_SAID: f32 = 0.085;
/// Of all messages so many are to hand over or to stay silent on, each.
const OTHERS: f32 = 0.2;
/// Below this probability nothing is offered.
const UNSURE_FROM: f32 = 0.12;
/// Holds the weights of features and of signs down.
const DECAY: f32 = 2e-5;
const SIGN_DECAY: f32 = 1e-4;
/// Foreign sets are fitted on few messages and asked others.
const FOREIGN_DECAY: f32 = 3e-4;

/// Hears how far the fitting is: steps done, steps in all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// A message with what was found for it.
struct Sample {
    message: Message,
    text: String,
    found: Found,
    /// Positions of the entries that answer it.
    right: Vec<usize>,
    is_silent: bool,
    /// Whether thresholds are chosen by it: the bureau's own phrasings tell little of how people write, and what was
    /// learnt in a group teaches words, never how sure to be.
    counts: bool,
    weight: f32,
}

/// A model, and what to look at again.
pub struct Fitted {
    pub model: Model,
    /// Questions whose entry the others contradict with high probability: mislabelled, or answered by two entries.
    pub doubts: Vec<Doubt>,
}

/// Fits a model to an edition's own phrasings and questions.
pub fn fit(entries: &[Entry], lexicon: &Lexicon, progress: Progress<'_>) -> Fitted {
    let mut bare = lexicon.clone();
    bare.learnt.model = None;
    let faq = Faq::build(entries.to_vec(), bare);
    let corpus = &faq.ranker().corpus;
    let done = Mutex::new(0);
    let tick = || {
        let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *done += 1;
        progress(*done, STEPS);
    };
    let (folds, asked) = (folds(corpus), &lexicon.learnt.asked[..]);
    let names = class_names(entries);
    let (samples, pulls) = if corpus.teaches() {
        let samples = in_parallel(FOLDS, &|fold| {
            let kept: Vec<usize> = (0..folds.len()).filter(|i| folds[*i] != fold).collect();
            let learnt = taught(&faq, &kept);
            let own = (0..folds.len()).filter(|i| folds[*i] == fold);
            let samples = samples(&faq, asked, own, Some(&learnt));
            tick();
            samples
        });
        let all: Vec<usize> = (0..folds.len()).collect();
        (
            samples,
            pulls(corpus, &all).into_iter().zip(sounding(&faq, &all)).collect(),
        )
    } else {
        (samples(&faq, asked, 0..corpus.phrasings.len(), None), Vec::new())
    };
    tick();
    let (mut model, samples) = weigh(&faq, samples, SURE_PRECISION, true, &tick);
    let doubts = doubts(&samples, &Scales::new(&model), &names);
    model.pulls = corpus
        .phrasings
        .iter()
        .zip(pulls)
        .map(|(phrasing, (pull, [tells, foreign]))| PullOf {
            entry: names[phrasing.class].as_str().into(),
            text: phrasing.text.clone(),
            pulls: pull
                .into_iter()
                .map(|(class, strength)| (names[class].as_str().into(), (strength * 100.0).round() / 100.0))
                .chain([(TELLS, tells), (FOREIGN, foreign)].map(|(name, pull)| (name.into(), rounded(pull))))
                .collect(),
        })
        .collect();
    model.fitted_on = format!(
        "{} 条，{} 句问法，{} 句提问",
        entries.len(),
        corpus.phrasings.len(),
        asked.len()
    );
    Fitted { model, doubts }
}

/// Fits only weights and thresholds, to messages that are no part of the base; for sets of others.
pub fn fit_foreign(faq: &Faq, asked: &[Asked], progress: Progress<'_>) -> Model {
    let done = Mutex::new(0);
    let tick = || {
        let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *done += 1;
        progress(*done, 6);
    };
    let half = asked.len().div_ceil(2);
    let samples = in_parallel(2, &|part| {
        let own = asked.iter().skip(part * half).take(half);
        own.map(|asked| foreign(faq, asked)).collect()
    });
    tick();
    let (mut model, _) = weigh(faq, samples, FOREIGN_PRECISION, false, &tick);
    model.fitted_on = format!("{} 句提问", asked.len());
    model
}

fn weigh(faq: &Faq, mut samples: Vec<Sample>, precision: f32, own: bool, tick: &dyn Fn()) -> (Model, Vec<Sample>) {
    let names = Features::names();
    let ranking = choose(
        &choices(&samples),
        names.len(),
        if own { DECAY } else { FOREIGN_DECAY },
        &|| (),
    );
    tick();
    for sample in &mut samples {
        sample.found.entries = ranked(std::mem::take(&mut sample.found.entries), &ranking);
    }
    if own {
        balance(&mut samples);
    }
    let sure = tell(
        &sure_cases(&samples),
        SureSigns::names().len(),
        if own { SIGN_DECAY } else { FOREIGN_DECAY },
        &|| (),
    );
    tick();
    let asks = samples.iter().any(|sample| sample.is_silent);
    let question_cases = question_cases(faq, &samples, &sure);
    let question = asks.then(|| tell(&question_cases, QuestionSigns::names().len(), SIGN_DECAY, &|| ()));
    tick();
    let mut model = Model::new(String::new());
    model.ranking = named(&ranking, &names);
    model.sure = named(&sure, &SureSigns::names());
    model.question = question.as_ref().map(|weights| named(weights, &QuestionSigns::names()));
    let scales = Scales::new(&model);
    if let Some(weights) = &scales.question {
        let silent = samples
            .iter()
            .zip(&question_cases)
            .filter(|(sample, _)| sample.is_silent && sample.counts);
        model.question_from = question_threshold(silent.map(|(_, case)| case), weights);
    }
    let passes: Vec<bool> = question_cases
        .iter()
        .map(|case| {
            scales
                .question
                .as_ref()
                .is_none_or(|weights| judge::probability(&case.values, weights) >= model.question_from)
        })
        .collect();
    let judged = judged(&samples, &scales, &passes);
    model.sure_from = sure_threshold(&judged, precision, if own { HANDED_SAID } else { FOREIGN_SAID });
    model.unsure_from = UNSURE_FROM;
    model.curve = curve(&judged);
    tick();
    (model, samples)
}

fn folds(corpus: &Corpus) -> Vec<usize> {
    let mut folds: Vec<usize> = (0..corpus.phrasings.len()).map(|i| i % FOLDS).collect();
    Dice(0x2545_f491_4f6c_dd1d).shuffle(&mut folds);
    folds
}

fn pulls(corpus: &Corpus, kept: &[usize]) -> Vec<Pull> {
    let example = |i: &usize| {
        let phrasing = &corpus.phrasings[*i];
        Example {
            units: corpus.vector(&phrasing.said, &phrasing.meant),
            class: phrasing.class,
            weight: 1.0,
        }
    };
    let examples: Vec<Example> = kept.iter().map(example).collect();
    let classes = corpus.class_count();
    strong(&teach(&examples, classes, corpus.rows(), &|| ()), classes)
}

/// How hard each phrasing sounds like telling, and like others' matters: what is silent because it tells says nothing of
/// whose matter it is.
fn sounding(faq: &Faq, kept: &[usize]) -> Vec<Sound> {
    let corpus = &faq.ranker().corpus;
    let phrasings = || kept.iter().map(|i| &corpus.phrasings[*i]);
    let is_silent = |phrasing: &Phrasing| phrasing.class == corpus.silent();
    let asks: Vec<bool> = phrasings()
        .map(|phrasing| !is_silent(phrasing) || gate::asks_at_all(&faq.words(&phrasing.text)))
        .collect();
    let tells = tone::pulls(phrasings().zip(&asks).map(|(phrasing, asks)| (phrasing.whole(), !asks)));
    let asking = phrasings().zip(&asks).filter(|(_, asks)| **asks);
    let mut foreign = tone::pulls(asking.map(|(phrasing, _)| (phrasing.whole(), is_silent(phrasing)))).into_iter();
    let foreign = asks
        .iter()
        .map(|asks| if *asks { foreign.next().unwrap_or(0.0) } else { 0.0 });
    tells
        .into_iter()
        .zip(foreign)
        .map(|(tells, foreign)| [tells, foreign])
        .collect()
}

fn taught(faq: &Faq, kept: &[usize]) -> Taught {
    let corpus = &faq.ranker().corpus;
    let mut by_phrasing: Vec<Option<Pull>> = vec![Some(Vec::new()); corpus.phrasings.len()];
    for (i, pull) in kept.iter().zip(pulls(corpus, kept)) {
        by_phrasing[*i] = Some(pull);
    }
    let wholes = kept.iter().map(|i| corpus.phrasings[*i].whole());
    Taught {
        classes: Arc::new(Classes::assemble(corpus, &by_phrasing)),
        beliefs: Arc::default(),
        tone: Tone::assemble(wholes.zip(sounding(faq, kept))),
    }
}

/// The phrasings at these places as messages; `asked` are the lexicon's questions.
fn samples(faq: &Faq, asked: &[Asked], of: impl Iterator<Item = usize>, learnt: Option<&Taught>) -> Vec<Sample> {
    let corpus = &faq.ranker().corpus;
    let is_public = |entry: usize| {
        faq.entries()
            .get(entry)
            .is_none_or(|entry| entry.audience == Audience::Public)
    };
    of.filter(|i| is_public(corpus.phrasings[*i].class))
        .map(|i| {
            let phrasing = &corpus.phrasings[i];
            let message = corpus.read(&phrasing.text);
            let mut found = faq.ranker().find(
                &message,
                Without {
                    phrasing: Some(i),
                    learnt,
                },
            );
            found.entries.retain(|scored| is_public(scored.entry));
            let own = Some(phrasing.class).filter(|class| *class < corpus.hand_over());
            let asked = phrasing.asked.map(|at| &asked[at]);
            Sample {
                message,
                text: phrasing.text.clone(),
                found,
                right: asked.map_or_else(|| own.into_iter().collect(), |asked| faq.positions(asked)),
                is_silent: phrasing.class == corpus.silent(),
                counts: asked.is_some_and(|asked| asked.confirmed.is_none()),
                weight: if phrasing.asked.is_some() { 1.0 } else { WRITTEN },
            }
        })
        .collect()
}

fn foreign(faq: &Faq, asked: &Asked) -> Sample {
    let message = faq.ranker().corpus.read(&asked.text);
    let found = faq.ranker().find(&message, Without::default());
    let right = faq.positions(asked);
    Sample {
        message,
        text: asked.text.clone(),
        found,
        right,
        is_silent: asked.expect == Expect::Silent,
        counts: true,
        weight: 1.0,
    }
}

fn choices(samples: &[Sample]) -> Vec<Choice> {
    let asked = samples.iter().filter(|sample| !sample.right.is_empty());
    let choice = |sample: &Sample| Choice {
        options: sample
            .found
            .entries
            .iter()
            .flat_map(|scored| scored.features.values())
            .collect(),
        right: sample
            .found
            .entries
            .iter()
            .map(|scored| sample.right.contains(&scored.entry))
            .collect(),
        weight: sample.weight,
    };
    asked
        .map(choice)
        .filter(|choice| choice.right.contains(&true))
        .collect()
}

/// Gives messages to hand over and to stay silent on the part they have in a group, whatever their number here.
fn balance(samples: &mut [Sample]) {
    let sum = |samples: &[Sample], of: &dyn Fn(&Sample) -> bool| -> f32 {
        samples
            .iter()
            .filter(|sample| of(sample))
            .map(|sample| sample.weight)
            .sum()
    };
    let answered = sum(samples, &|sample| !sample.right.is_empty());
    let handed = sum(samples, &|sample| sample.right.is_empty() && !sample.is_silent);
    let silent = sum(samples, &|sample| sample.is_silent);
    for sample in samples.iter_mut().filter(|sample| sample.right.is_empty()) {
        let own = if sample.is_silent { silent } else { handed };
        sample.weight *= OTHERS * answered / own.max(f32::EPSILON);
    }
}

fn is_right(sample: &Sample) -> bool {
    sample
        .found
        .entries
        .first()
        .is_some_and(|first: &Scored| sample.right.contains(&first.entry))
}

fn signs(sample: &Sample) -> SureSigns {
    judge::sure_signs(
        &sample.found.entries,
        &sample.found.beside,
        length(&sample.message.parsed),
    )
}

fn sure_cases(samples: &[Sample]) -> Vec<Case> {
    let case = |sample: &Sample| Case {
        values: signs(sample).values(),
        is: is_right(sample),
        weight: sample.weight,
    };
    samples.iter().filter(|sample| !sample.is_silent).map(case).collect()
}

fn question_cases(faq: &Faq, samples: &[Sample], sure: &[f32]) -> Vec<Case> {
    let case = |sample: &Sample| {
        let words = faq.words(&sample.text);
        let sure = judge::probability(&signs(sample).values(), sure);
        Case {
            values: judge::question_signs(&words, &sample.found.entries, &sample.found.beside, sure).values(),
            is: !sample.is_silent,
            weight: sample.weight,
        }
    };
    samples.iter().map(case).collect()
}

/// Runs the parts on all processors and joins what they give, in order.
fn in_parallel(parts: usize, run: &(dyn Fn(usize) -> Vec<Sample> + Sync)) -> Vec<Sample> {
    (0..parts).into_par_iter().flat_map_iter(run).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn the_same_list_gives_the_same_file_and_the_file_is_read_back() {
        let entries = vec![
            entry(
                "dereg-001",
                1,
                "公司注销要多久？",
                &["公司注销几天办完", "注销公司多长时间", "注销办多久"],
            ),
            entry(
                "chg-002",
                2,
                "变更法人要什么材料？",
                &["换法人带什么", "法人变更的材料", "改法人交啥"],
            ),
        ];
        let mut lexicon = Lexicon::default();
        let asked = |text: &str, expect| Asked {
            first: None,
            text: text.into(),
            expect,
            also: Vec::new(),
            style: None,
            origin: None,
            confirmed: None,
        };
        lexicon.learnt.asked = vec![
            asked("俺公司想注销得多久", Expect::Answer("dereg-001".into())),
            asked("换个法人要啥", Expect::Answer("chg-002".into())),
            asked("商品条码在哪办", Expect::Escalate),
            asked("收到谢谢", Expect::Silent),
        ];
        let text = |progress| fit(&entries, &lexicon, progress).model.text();
        let once = text(&|_, _| ());
        assert_eq!(once, text(&|_, _| ()));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(super::super::model::FILE), &once).unwrap();
        let model = Model::of_folder(folder.path()).unwrap().unwrap();
        assert_eq!(model.text(), once);
        lexicon.learnt.model = Some(model);
        let faq = Faq::build(entries.clone(), lexicon);
        assert_eq!(
            faq.read("注销要多久", Audience::Public).hits[0].entry.as_str(),
            "dereg-001"
        );
    }
}
