//! Two small learners over named measures: which of several is meant, and whether something is true.
//! The same samples give the same weights.

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

const ROUNDS: usize = 800;
const STEP: f32 = 0.05;
/// The samples are gone through in so many parts beside each other.
const PARTS: usize = 16;

/// Alternatives of which the right ones are known.
pub struct Choice {
    /// The values of each, one after another.
    pub options: Vec<f32>,
    pub right: Vec<bool>,
    pub weight: f32,
}

/// Something that is or is not so.
pub struct Case {
    pub values: Vec<f32>,
    pub is: bool,
    pub weight: f32,
}

/// Weights that put the right option first.
pub fn choose(choices: &[Choice], size: usize, decay: f32, tick: &dyn Fn()) -> Vec<f32> {
    let total: f32 = choices
        .iter()
        .map(|choice| choice.weight)
        .sum::<f32>()
        .max(f32::EPSILON);
    descend(size, decay, tick, choices, &|choice, weights, slope| {
        let mut shares: Vec<f32> = choice
            .options
            .chunks_exact(size)
            .map(|option| dot(option, weights))
            .collect();
        super::classes::log_softmax(&mut shares);
        let right: f32 = shares
            .iter()
            .zip(&choice.right)
            .filter(|(_, right)| **right)
            .map(|(share, _)| share.exp())
            .sum();
        for ((option, share), is) in choice.options.chunks_exact(size).zip(&shares).zip(&choice.right) {
            let share = share.exp();
            let wanted = if *is { share / right.max(1e-9) } else { 0.0 };
            let force = (share - wanted) * choice.weight / total;
            slope
                .iter_mut()
                .zip(option)
                .for_each(|(slope, value)| *slope += force * value);
        }
    })
}

/// Weights that tell what is so from what is not.
pub fn tell(cases: &[Case], size: usize, decay: f32, tick: &dyn Fn()) -> Vec<f32> {
    let total: f32 = cases.iter().map(|case| case.weight).sum::<f32>().max(f32::EPSILON);
    descend(size, decay, tick, cases, &|case, weights, slope| {
        let share = 1.0 / (1.0 + (-dot(&case.values, weights)).exp());
        let force = (share - f32::from(u8::from(case.is))) * case.weight / total;
        slope
            .iter_mut()
            .zip(&case.values)
            .for_each(|(slope, value)| *slope += force * value);
    })
}

/// Adds to the slope what a sample says of the weights.
type AddSlope<'a, S> = &'a (dyn Fn(&S, &[f32], &mut [f32]) + Sync);

/// Follows the slope that the samples add up to down, with steps that adapt to each weight (Adam).
fn descend<S: Sync>(size: usize, decay: f32, tick: &dyn Fn(), samples: &[S], add_slope: AddSlope<'_, S>) -> Vec<f32> {
    // Always the same parts, added in the same order: the weights do not depend on how many processors there are.
    let part = samples.len().div_ceil(PARTS).max(1);
    let mut weights = vec![0.0_f32; size];
    let (mut mean, mut square) = (vec![0.0_f32; size], vec![0.0_f32; size]);
    for round in 1..=ROUNDS {
        let of_part = |part: &[S]| {
            let mut slope = vec![0.0; size];
            part.iter().for_each(|sample| add_slope(sample, &weights, &mut slope));
            slope
        };
        let slopes: Vec<Vec<f32>> = samples.par_chunks(part).map(of_part).collect();
        let mut slope: Vec<f32> = weights.iter().map(|weight| decay * weight).collect();
        for of_part in slopes {
            slope.iter_mut().zip(of_part).for_each(|(slope, part)| *slope += part);
        }
        let step = STEP * (1.0 - round as f32 / (ROUNDS as f32 + 1.0));
        for i in 0..size {
            mean[i] = 0.9 * mean[i] + 0.1 * slope[i];
            square[i] = 0.99 * square[i] + 0.01 * slope[i] * slope[i];
            weights[i] -= step * mean[i] / (square[i].sqrt() + 1e-8);
        }
        if round % 100 == 0 {
            tick();
        }
    }
    weights
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_gets_the_weight() {
        let case = |a: f32, b: f32, is| Case {
            values: vec![1.0, a, b],
            is,
            weight: 1.0,
        };
        let cases = [
            case(0.9, 0.1, true),
            case(0.8, 0.9, true),
            case(0.1, 0.2, false),
            case(0.2, 0.8, false),
        ];
        let weights = tell(&cases, 3, 1e-3, &|| ());
        assert!(weights[1] > 2.0 && weights[2].abs() < weights[1] / 2.0, "{weights:?}");
        let choice = Choice {
            options: vec![0.9, 0.5, 0.1, 0.6],
            right: vec![true, false],
            weight: 1.0,
        };
        assert!(choose(&[choice], 2, 1e-3, &|| ())[0] > 1.0);
    }
}
