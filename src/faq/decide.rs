//! Decides whether an answer found is good enough to say. A wrong answer costs more than a hand-over.

use super::entry::EntryId;
use super::judge::Scales;

/// An offered entry is believed at least this part as much as the first.
const OFFERED_SHARE: f32 = 0.08;
const OFFERED: usize = 3;
/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Say this answer.
    Sure(EntryId),
    /// Offer these, best first, at most three.
    Unsure(Vec<EntryId>),
    /// Hand over.
    Unknown(Reason),
}

/// Why there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    NothingFits,
    /// This entry would have been the answer, but its text is out of date.
    Expired(EntryId),
    /// This entry would have been the answer, but it takes effect later.
    NotYetValid(EntryId),
}

/// The answer to say, the entries to offer, or nothing. Hits come best first; `probability` is the first one's.
pub fn decide(hits: &[super::Hit], probability: f32, scales: &Scales) -> Decision {
    let Some(best) = hits.first() else {
        return Decision::Unknown(Reason::NothingFits);
    };
    let vetoed = best.features.vetoed();
    if best.features.exact > 0.0 || (probability >= scales.sure_from && !vetoed) {
        return Decision::Sure(best.entry.clone());
    }
    if probability < scales.unsure_from {
        return Decision::Unknown(Reason::NothingFits);
    }
    let near = hits.iter().filter(|hit| hit.score >= best.score * OFFERED_SHARE);
    Decision::Unsure(near.take(OFFERED).map(|hit| hit.entry.clone()).collect())
}
