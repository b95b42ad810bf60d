//! Where to draw the lines: from which probability on an answer is said, and from which on a message is a question.

use super::super::judge::{self, Scales};
use super::super::learn::Case;
use super::super::model::{Point, rounded};
use super::{Sample, is_right, signs};

/// Silent messages that may pass as questions. Those written to be fitted to are picked to look like questions, and
/// silence to somebody who asks costs more than a word too many.
const PASSED: f32 = 0.13;

/// The lowest threshold that lets no more than the allowed part of these silent messages pass.
pub(super) fn question_threshold<'a>(silent: impl Iterator<Item = &'a Case>, weights: &[f32]) -> f32 {
    let mut silent: Vec<f32> = silent.map(|case| judge::probability(&case.values, weights)).collect();
    silent.sort_by(|a, b| b.total_cmp(a));
    let allowed = (silent.len() as f32 * PASSED) as usize;
    rounded(silent.get(allowed).copied().unwrap_or(0.5) + 0.001)
}

/// Probability, whether it was right, whether some entry was meant, weight.
pub(super) type Judged = (f32, bool, bool, f32);

/// What could be said, likeliest first. What the gate stops or a veto holds back cannot be said.
pub(super) fn judged(samples: &[Sample], scales: &Scales, passes: &[bool]) -> Vec<Judged> {
    let asked = samples.iter().zip(passes).filter(|(sample, _)| sample.counts);
    let mut judged: Vec<Judged> = asked
        .map(|(sample, passes)| {
            let vetoed = sample.found.entries.first().is_none_or(|first| first.features.vetoed());
            let said = *passes && !vetoed;
            let probability = if said {
                judge::probability(&signs(sample).values(), &scales.sure)
            } else {
                0.0
            };
            (probability, is_right(sample), !sample.right.is_empty(), sample.weight)
        })
        .collect();
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    judged
}

/// The lowest threshold with the wanted precision above it, and no more than `said` of the unanswerable answered.
pub(super) fn sure_threshold(judged: &[Judged], wanted: f32, said: f32) -> f32 {
    let unanswerable = judged.iter().filter(|(_, _, answerable, _)| !answerable);
    let allowed = said * unanswerable.map(|(_, _, _, weight)| weight).sum::<f32>();
    let (mut right, mut all, mut from, mut wrong) = (0.0, 0.0, 1.0, 0.0);
    for (probability, is_right, answerable, weight) in judged {
        all += weight;
        wrong += if *answerable { 0.0 } else { *weight };
        if wrong > allowed {
            break;
        }
        right += if *is_right { *weight } else { 0.0 };
        if right / all >= wanted {
            from = *probability;
        }
    }
    rounded(from)
}

pub(super) fn curve(judged: &[Judged]) -> Vec<Point> {
    let answerable: f32 = judged
        .iter()
        .filter(|(_, _, answerable, _)| *answerable)
        .map(|(_, _, _, weight)| weight)
        .sum();
    let point = |from: f32| {
        let said = judged.iter().filter(|(probability, ..)| *probability >= from);
        let (mut all, mut right, mut covered) = (0.0, 0.0, 0.0);
        for (_, is_right, is_answerable, weight) in said {
            all += weight;
            right += if *is_right { *weight } else { 0.0 };
            covered += if *is_answerable { *weight } else { 0.0 };
        }
        Point {
            from,
            precision: rounded(if all > 0.0 { right / all } else { 1.0 }),
            coverage: rounded(covered / answerable.max(f32::EPSILON)),
        }
    };
    [
        0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99,
    ]
    .map(point)
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_drawn_where_precision_still_holds() {
        let judged = [
            (0.9, true, true, 1.0),
            (0.8, true, true, 1.0),
            (0.7, false, false, 1.0),
            (0.6, true, true, 1.0),
        ];
        assert_eq!(sure_threshold(&judged, 0.9, 1.0), 0.8);
        assert_eq!(sure_threshold(&judged, 0.7, 1.0), 0.6);
        // One unanswerable message answered is already too much.
        assert_eq!(sure_threshold(&judged, 0.5, 0.1), 0.8);
        let curve = curve(&judged);
        let half = curve.iter().find(|point| point.from == 0.5).unwrap();
        assert_eq!((half.precision, half.coverage), (0.75, 1.0));
    }
}
