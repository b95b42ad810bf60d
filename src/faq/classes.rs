//! What each unit says for and against each entry, learnt from all phrasings together: softmax regression.
//! Its weights are sums over phrasings, so the fitted file holds how hard each phrasing pulls, and nothing hidden.

use super::corpus::Corpus;

/// Rounds over all examples. More brought nothing in `faq/EVALUATION.md`.
const ROUNDS: usize = 24;
const FIRST_STEP: f32 = 6.0;
/// The inverse of how much an example may pull; larger is smoother.
const DECAY: f32 = 8e-6;
/// Weaker pulls are dropped.
const PULL_MIN: f32 = 0.08;
/// The pull on its own entry of a phrasing that was not there when the model was fitted.
const PULL_NEW: f32 = 6.0;

/// For a phrasing: which classes it pulls up or down, and how hard.
pub type Pull = Vec<(usize, f32)>;

/// The weights of every unit for every class.
pub struct Classes {
    /// One row of `count` weights for each unit that two phrasings use.
    weights: Vec<f32>,
    count: usize,
}

/// A phrasing to learn from.
pub struct Example {
    pub units: Vec<(u32, f32)>,
    pub class: usize,
    /// How much it matters beside others.
    pub weight: f32,
}

impl Classes {
    /// Rebuilds the weights from the pulls of a corpus's phrasings; none for one unknown to the model.
    pub fn assemble(corpus: &Corpus, pulls: &[Option<Pull>]) -> Classes {
        let count = corpus.class_count();
        let mut weights = vec![0.0; corpus.rows() * count];
        for (phrasing, pull) in corpus.phrasings.iter().zip(pulls) {
            let new = [(phrasing.class, PULL_NEW)];
            let pull = pull.as_deref().unwrap_or(&new);
            for (row, value) in corpus.vector(&phrasing.said, &phrasing.meant) {
                let row = &mut weights[row as usize * count..][..count];
                for (class, strength) in pull {
                    row[*class] += strength * value;
                }
            }
        }
        Classes { weights, count }
    }

    /// The log of each class's share for the units of a message; classes in the corpus's order.
    pub fn shares(&self, corpus: &Corpus, said: &[u32], meant: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.count];
        for (row, value) in corpus.vector(said, meant) {
            let row = &self.weights[row as usize * self.count..][..self.count];
            scores
                .iter_mut()
                .zip(row)
                .for_each(|(score, weight)| *score += weight * value);
        }
        log_softmax(&mut scores);
        scores
    }
}

/// Learns how hard each example pulls; `tick` hears of every round. The same examples give the same pulls.
pub fn teach(examples: &[Example], classes: usize, rows: usize, tick: &dyn Fn()) -> Vec<Pull> {
    let mut weights = vec![0.0_f32; rows * classes];
    let mut pulls = vec![vec![0.0_f32; classes]; examples.len()];
    // Everything decays alike at each step: one factor for all.
    let mut scale = 1.0_f32;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut step_number = 0.0_f32;
    for _ in 0..ROUNDS {
        dice.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            let step = FIRST_STEP / (1.0 + step_number / (3.0 * examples.len() as f32));
            step_number += 1.0;
            let mut shares = vec![0.0; classes];
            for (row, value) in &example.units {
                let row = &weights[*row as usize * classes..][..classes];
                shares
                    .iter_mut()
                    .zip(row)
                    .for_each(|(share, weight)| *share += weight * value);
            }
            shares.iter_mut().for_each(|share| *share *= scale);
            log_softmax(&mut shares);
            scale *= 1.0 - step * DECAY;
            let force = step * example.weight / scale;
            for (class, share) in shares.iter_mut().enumerate() {
                *share = force * (f32::from(u8::from(class == example.class)) - share.exp());
            }
            pulls[i]
                .iter_mut()
                .zip(&shares)
                .for_each(|(pull, share)| *pull += share);
            for (row, value) in &example.units {
                let row = &mut weights[*row as usize * classes..][..classes];
                row.iter_mut()
                    .zip(&shares)
                    .for_each(|(weight, share)| *weight += share * value);
            }
        }
        tick();
    }
    let strong = |pull: Vec<f32>| {
        let scaled = pull.into_iter().map(|strength| strength * scale).enumerate();
        scaled.filter(|(_, strength)| strength.abs() >= PULL_MIN).collect()
    };
    pulls.into_iter().map(strong).collect()
}

/// Turns scores into logs of shares that add up to one.
pub fn log_softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    let shift = most + sum.ln();
    scores.iter_mut().for_each(|score| *score -= shift);
}

/// A repeatable shuffle; nothing here may depend on chance.
pub struct Dice(pub u64);

impl Dice {
    /// The next number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }

    /// Puts values into another order.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for i in (1..values.len()).rev() {
            values.swap(i, self.below(i + 1));
        }
    }
}
