//! What the classes believe of a message beside what they believe of any: a place among all matters of the list, also
//! for questions that no entry answers. Says how alike two questions are, not which entry fits.

use std::sync::Arc;

use super::classes::Classes;
use super::corpus::{Corpus, Message};

/// Phrasings that show what is usual.
const SAMPLE: usize = 1000;
/// A message of words no class knows leaves every share the same, but for rounding.
const NOTHING: f32 = 1e-3;

/// The classes of an edition with what they usually say.
pub struct Beliefs {
    classes: Arc<Classes>,
    /// For each class the mean over phrasings, and the inverse of the deviation.
    usual: Vec<(f32, f32)>,
}

impl Beliefs {
    /// Looks at phrasings spread over the whole corpus.
    pub fn new(classes: &Arc<Classes>, corpus: &Corpus) -> Beliefs {
        let every = corpus.phrasings.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<Vec<f32>> = corpus
            .phrasings
            .iter()
            .step_by(every)
            .map(|phrasing| centred(classes.shares(corpus, &phrasing.said, &phrasing.meant)))
            .collect();
        let count = sample.len().max(1) as f32;
        let usual = (0..corpus.class_count()).map(|class| {
            let mean = sample.iter().map(|shares| shares[class]).sum::<f32>() / count;
            let square = sample.iter().map(|shares| (shares[class] - mean).powi(2)).sum::<f32>() / count;
            (mean, 1.0 / square.sqrt().max(NOTHING))
        });
        Beliefs {
            classes: Arc::clone(classes),
            usual: usual.collect(),
        }
    }

    /// A vector of length one, or of zeros where there is nothing to go by.
    pub fn of(&self, corpus: &Corpus, message: &Message) -> Vec<f32> {
        let mut beliefs = centred(self.classes.shares(corpus, &message.said, &message.meant));
        if beliefs.iter().all(|belief| belief.abs() < NOTHING) {
            return vec![0.0; beliefs.len()];
        }
        for (belief, (mean, narrow)) in beliefs.iter_mut().zip(&self.usual) {
            *belief = (*belief - mean) * narrow;
        }
        let square: f32 = beliefs.iter().map(|belief| belief * belief).sum();
        let length = square.sqrt().max(f32::EPSILON);
        beliefs.iter_mut().for_each(|belief| *belief /= length);
        beliefs
    }
}

/// Logs of shares tell how sure the surest is; what remains tells only of the others beside each other.
fn centred(mut shares: Vec<f32>) -> Vec<f32> {
    let mean = shares.iter().sum::<f32>() / shares.len().max(1) as f32;
    shares.iter_mut().for_each(|share| *share -= mean);
    shares
}
