//! Clusters that may ask the same in other words, beside each other: too unlike to be put together by the program, an
//! editor sees at a glance whether they are one.

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::standing::{self, Open, samples};
use crate::domain::asking::question::QuestionId;
use crate::domain::list::candidate::Asking;
use crate::domain::list::{beside, candidate};
use crate::domain::wording::CandidateLine;
use crate::faq::EntryId;
use crate::faq::resemblance::{ALIKE_FROM, Ways, similarities};

/// Clusters compared with each other, the newest; and ways of asking of each.
const COMPARED: usize = 300;
const WAYS: usize = 3;
/// Clusters shown beside one, and clusters of one group.
const BESIDE: usize = 5;
/// Groups shown at once.
const GROUPS: usize = 5;

/// A cluster as it is shown beside another: with how it was asked.
#[derive(Clone, Debug)]
pub struct Alike {
    /// What is asked, by how many.
    pub line: CandidateLine,
    /// Some ways it was asked, with their questions.
    pub samples: Vec<(QuestionId, String)>,
}

/// Of the open clusters the most similar to one of them, the most similar first.
pub(in crate::desk) async fn beside(sitting: &Sitting<'_>, mut open: Vec<Open>, id: i64) -> Vec<Alike> {
    let Some(place) = open.iter().position(|open| open.cluster.id == id) else {
        return Vec::new();
    };
    let one = open.remove(place);
    newest(&mut open);
    open.insert(0, one);
    let alike = similarities(sitting.served.faq(), &ways(&open));
    let mut found: Vec<(usize, f32)> = alike[0].iter().copied().enumerate().collect();
    found.retain(|(_, similarity)| *similarity >= ALIKE_FROM);
    found.sort_by(|(place, one), (other_place, other)| other.total_cmp(one).then(place.cmp(other_place)));
    let mut shown = Vec::new();
    for (place, _) in found.into_iter().take(BESIDE) {
        shown.push(as_shown(sitting, &open[place]).await);
    }
    shown
}

/// Groups of small clusters that many people asked if they are one, most people first.
pub(in crate::desk) async fn groups(sitting: &Sitting<'_>, mut small: Vec<Open>) -> Vec<Vec<Alike>> {
    newest(&mut small);
    if small.len() < 2 {
        return Vec::new();
    }
    let alike = similarities(sitting.served.faq(), &ways(&small));
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for mut group in beside::groups(&alike, ALIKE_FROM, BESIDE) {
        // The later ones go into the first.
        group.sort_by_key(|place| small[*place].cluster.id);
        let askings: Vec<_> = group.iter().flat_map(|place| small[*place].askings.clone()).collect();
        let period = sitting.desk.config.candidates.period_ms;
        let together = candidate::seen(0, &askings, sitting.now, period);
        if let Some(seen) = together.filter(|seen| standing::is_candidate(sitting, seen)) {
            groups.push((seen.askers, group));
        }
    }
    groups.sort_by_key(|(askers, _)| std::cmp::Reverse(*askers));
    let mut shown = Vec::new();
    for (_, group) in groups.into_iter().take(GROUPS) {
        let mut lines = Vec::new();
        for place in group {
            lines.push(as_shown(sitting, &small[place]).await);
        }
        shown.push(lines);
    }
    shown
}

/// Leaves as many as are compared.
fn newest(open: &mut Vec<Open>) {
    open.sort_by_key(|open| std::cmp::Reverse(open.askings.last().map(|asking| asking.question)));
    open.truncate(COMPARED);
}

fn ways(open: &[Open]) -> Vec<Ways<'_>> {
    open.iter().map(|open| ways_of(&open.askings)).collect()
}

fn ways_of(askings: &[Asking]) -> Ways<'_> {
    let said = askings.iter().rev().filter(|asking| !asking.text.is_empty());
    let entry = |entry: &Option<String>| entry.as_ref().map(|entry| EntryId(entry.clone()));
    said.take(WAYS)
        .map(|asking| (asking.text.as_str(), entry(&asking.entry)))
        .collect()
}

async fn as_shown(sitting: &Sitting<'_>, open: &Open) -> Alike {
    Alike {
        line: standing::candidate_line(sitting, &open.cluster, &open.seen, &open.askings).await,
        samples: samples(&open.askings).into_iter().take(WAYS).collect(),
    }
}
