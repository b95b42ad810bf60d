//! Questions whose label the others contradict: for a person to look at again.

use super::super::judge::{self, Scales};
use super::{Sample, is_right, signs};

/// From this probability on a contradiction is worth a look.
const DOUBTED: f32 = 0.85;

/// A question that others like it contradict.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub text: String,
    pub expected: String,
    pub found: String,
    pub probability: f32,
}

/// What is contradicted with high probability, the likeliest first.
pub(super) fn doubts(samples: &[Sample], scales: &Scales, names: &[String]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for sample in samples.iter().filter(|sample| !is_right(sample)) {
        let probability = judge::probability(&signs(sample).values(), &scales.sure);
        if probability < scales.sure_from.min(DOUBTED) {
            continue;
        }
        let Some(first) = sample.found.entries.first() else {
            continue;
        };
        let expected = match sample.right.first() {
            Some(entry) => names[*entry].clone(),
            None if sample.is_silent => "silent".to_string(),
            None => "escalate".to_string(),
        };
        doubts.push(Doubt {
            text: sample.text.clone(),
            expected,
            found: names[first.entry].clone(),
            probability,
        });
    }
    doubts.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    doubts
}
