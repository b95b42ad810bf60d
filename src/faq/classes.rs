//! What each unit says for and against each entry, learnt from all phrasings together: softmax regression.
//! Its weights are sums over phrasings, so the fitted file holds how hard each phrasing pulls, and nothing hidden.

use super::corpus::Corpus;

/// Rounds over all examples. More brought nothing in `faq/EVALUATION.md`.
const ROUNDS: usize = 14;
const FIRST_STEP: f32 = 6.0;
/// The inverse of how much an example may pull; larger is smoother.
const DECAY: f32 = 8e-6;
/// A class that gets less than this of an example is not pushed away by it: of hundreds, nearly all get next to nothing.
const SHARE_MIN: f32 = 2e-4;
/// Weaker pulls are dropped.
const PULL_MIN: f32 = 0.08;
/// The pull on its own entry of a phrasing that was not there when the model was fitted.
const PULL_NEW: f32 = 6.0;

/// For a phrasing: which classes it pulls up or down, and how hard.
pub type Pull = Vec<(usize, f32)>;

/// The weights of every unit for every class. Most units pull towards few classes: only those are kept.
pub struct Classes {
    /// For each row where its weights begin, and one more for the end of the last.
    begins: Vec<u32>,
    /// The classes each row pulls up or down, and how hard.
    weights: Vec<(u32, f32)>,
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
        let mut classes = Classes {
            begins: vec![0],
            weights: Vec::new(),
            count,
        };
        let (mut row, mut touched) = (vec![None; count], Vec::new());
        for uses in Uses::of(corpus).rows() {
            for (phrasing, value) in uses {
                let new = [(corpus.phrasings[*phrasing as usize].class, PULL_NEW)];
                let pull = pulls[*phrasing as usize].as_deref().unwrap_or(&new);
                for (class, strength) in pull {
                    let weight: &mut Option<f32> = &mut row[*class];
                    if weight.is_none() {
                        touched.push(*class);
                    }
                    *weight = Some(weight.unwrap_or(0.0) + strength * value);
                }
            }
            touched.sort_unstable();
            let weights = touched
                .drain(..)
                .map(|class| (class as u32, row[class].take().unwrap_or(0.0)));
            classes.weights.extend(weights);
            classes.begins.push(classes.weights.len() as u32);
        }
        classes.weights.shrink_to_fit();
        classes
    }

    /// The log of each class's share for the units of a message; classes in the corpus's order.
    pub fn shares(&self, corpus: &Corpus, said: &[u32], meant: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.count];
        for (row, value) in corpus.vector(said, meant) {
            let [begin, end] = [row, row + 1].map(|row| self.begins[row as usize] as usize);
            for (class, weight) in &self.weights[begin..end] {
                scores[*class as usize] += weight * value;
            }
        }
        log_softmax(&mut scores);
        scores
    }
}

/// Which phrasings use the unit of each row, in order, and how much it weighs in each.
struct Uses {
    ends: Vec<usize>,
    uses: Vec<(u32, f32)>,
}

impl Uses {
    fn of(corpus: &Corpus) -> Uses {
        let mut counts = vec![0_usize; corpus.rows()];
        for phrasing in &corpus.phrasings {
            for (row, _) in corpus.vector(&phrasing.said, &phrasing.meant) {
                counts[row as usize] += 1;
            }
        }
        let mut ends: Vec<usize> = counts;
        let mut end = 0;
        for begins in &mut ends {
            end += std::mem::replace(begins, end);
        }
        let mut uses = vec![(0, 0.0); end];
        for (place, phrasing) in (0..).zip(&corpus.phrasings) {
            for (row, value) in corpus.vector(&phrasing.said, &phrasing.meant) {
                let next = &mut ends[row as usize];
                uses[*next] = (place, value);
                *next += 1;
            }
        }
        Uses { ends, uses }
    }

    fn rows(&self) -> impl Iterator<Item = &[(u32, f32)]> {
        let begins = std::iter::once(&0).chain(&self.ends);
        begins.zip(&self.ends).map(|(begin, end)| &self.uses[*begin..*end])
    }
}

/// How hard each example pulls which classes, without what is too weak to tell.
pub fn strong(pulls: &[f32], classes: usize) -> Vec<Pull> {
    let strong = |pull: &[f32]| {
        let all = pull.iter().copied().enumerate();
        all.filter(|(_, strength)| strength.abs() >= PULL_MIN).collect()
    };
    pulls.chunks_exact(classes).map(strong).collect()
}

/// Learns how hard each example pulls each class, example after example; `tick` hears of every round. The same examples
/// give the same pulls.
pub fn teach(examples: &[Example], classes: usize, rows: usize, tick: &dyn Fn()) -> Vec<f32> {
    let mut weights = vec![0.0_f32; rows * classes];
    let mut pulls = vec![0.0_f32; examples.len() * classes];
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
            let pulled = shares.iter().enumerate().filter_map(|(class, share)| {
                let pull = f32::from(u8::from(class == example.class)) - share.exp();
                (pull.abs() >= SHARE_MIN).then_some((class, force * pull))
            });
            let own = &mut pulls[i * classes..][..classes];
            pulled.clone().for_each(|(class, pull)| own[class] += pull);
            let pulled: Vec<(usize, f32)> = pulled.collect();
            for (row, value) in &example.units {
                let row = &mut weights[*row as usize * classes..][..classes];
                pulled.iter().for_each(|(class, pull)| row[*class] += pull * value);
            }
        }
        tick();
    }
    pulls.iter_mut().for_each(|strength| *strength *= scale);
    pulls
}

/// Turns scores into logs of shares that add up to one.
pub fn log_softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    let shift = most + sum.ln();
    scores.iter_mut().for_each(|score| *score -= shift);
}

/// The classes with the largest shares, likeliest first.
pub fn likeliest(shares: &[f32], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let likelier = |a: &usize, b: &usize| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b));
    if order.len() > count {
        order.select_nth_unstable_by(count, likelier);
        order.truncate(count);
    }
    order.sort_unstable_by(likelier);
    order
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
