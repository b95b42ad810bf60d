//! What all phrasings and questions of an edition teach together, put together from the pulls that its model holds.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::belief::Beliefs;
use super::classes::{Classes, Pull};
use super::corpus::Corpus;
use super::entry::Entry;
use super::lexicon::Lexicon;
use super::model::{FOREIGN, Model, Pulls, TELLS};
use super::tone::Tone;
use super::written::class_names;

/// What all phrasings together teach.
pub struct Taught {
    /// Shared with what clusters the questions of its day.
    pub classes: Arc<Classes>,
    /// What they usually believe; made for the first question that is put into a cluster.
    pub beliefs: Arc<OnceLock<Beliefs>>,
    pub tone: Tone,
}

impl Taught {
    /// What a model of the lexicon learnt; none where nothing was fitted.
    pub fn of(corpus: &Corpus, entries: &[Entry], lexicon: &Lexicon) -> Option<Taught> {
        let model = lexicon.learnt.model.as_ref()?;
        let names = class_names(entries);
        let of_phrasing = known(model, corpus, &names);
        let places: HashMap<&str, usize> = names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        let pull = |of: &Pulls| {
            let pairs = of
                .iter()
                .filter_map(|(name, strength)| Some((*places.get(name)?, strength)));
            pairs.collect::<Pull>()
        };
        let pulls: Vec<Option<Pull>> = of_phrasing.iter().map(|of| of.map(pull)).collect();
        let sound = |of: &Option<&Pulls>| [TELLS, FOREIGN].map(|name| of.and_then(|of| of.get(name)).unwrap_or(0.0));
        let wholes = corpus.phrasings.iter().map(|phrasing| phrasing.whole());
        let (classes, tone) = rayon::join(
            || Classes::assemble(corpus, &pulls),
            || Tone::assemble(wholes.zip(of_phrasing.iter().map(sound))),
        );
        Some(Taught {
            classes: Arc::new(classes),
            beliefs: Arc::default(),
            tone,
        })
    }
}

/// What a model holds for each of a corpus's phrasings; none for one it never saw.
fn known<'a>(model: &'a Model, corpus: &Corpus, names: &[String]) -> Vec<Option<&'a Pulls>> {
    let known: HashMap<(&str, &str), &Pulls> = model
        .pulls
        .iter()
        .map(|pull| ((pull.entry.as_str(), pull.text.as_str()), &pull.pulls))
        .collect();
    let of_phrasing = corpus.phrasings.iter().map(|phrasing| {
        known
            .get(&(names[phrasing.class].as_str(), phrasing.text.as_str()))
            .copied()
    });
    of_phrasing.collect()
}
