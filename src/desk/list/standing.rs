//! Clusters as candidates: what waits, where each stands, and what becomes of it.

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::Attempt;
use crate::desk::{Desk, Result};
use crate::domain::asking::question::QuestionId;
use crate::domain::list::candidate;
use crate::domain::list::candidate::{Asking, Seen};
use crate::domain::wording::CandidateLine;
use crate::faq::cluster::Clusters;
use crate::store::clusters::Cluster;
use std::collections::BTreeSet;

/// Why nothing can be made of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotOpen {
    /// No candidate of that number.
    NoCandidate,
    /// Somebody has decided about it: what became of it.
    Decided(Cluster),
}

/// What was asked in the period, is not in the list, and nobody has decided about.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Open {
    pub cluster: Cluster,
    pub seen: Seen,
    /// Of the last two periods.
    pub askings: Vec<Asking>,
}

/// Every open cluster of the period, however few asked, most askers first.
pub(in crate::desk) async fn open_clusters(sitting: &mut Sitting<'_>) -> Result<Vec<Open>> {
    let period = sitting.desk.config.candidates.period_ms;
    let members = sitting.tx.members_since(sitting.now.plus(-2 * period)).await?;
    let mut clusters = sitting.tx.clusters().await?;
    let mut found = Vec::new();
    for (id, askings) in members {
        let Some(cluster) = clusters.remove(&id).filter(is_open) else {
            continue;
        };
        if let Some(seen) = candidate::seen(id, &askings, sitting.now, period).filter(|seen| !seen.is_in_list()) {
            found.push(Open { cluster, seen, askings });
        }
    }
    found.sort_by_key(|open| (std::cmp::Reverse(open.seen.askers), open.cluster.id));
    Ok(found)
}

/// Whether enough people asked to make it a candidate.
pub(in crate::desk) fn is_candidate(sitting: &Sitting<'_>, seen: &Seen) -> bool {
    seen.askers >= sitting.desk.config.candidates.askers as usize
}

/// How many candidates of the period nobody has seen to.
pub(in crate::desk) async fn waiting_candidates(sitting: &mut Sitting<'_>) -> Result<usize> {
    let open = open_clusters(sitting).await?;
    Ok(open.iter().filter(|open| is_candidate(sitting, &open.seen)).count())
}

pub(in crate::desk) async fn candidate_line(
    sitting: &Sitting<'_>,
    cluster: &Cluster,
    seen: &Seen,
    askings: &[Asking],
) -> CandidateLine {
    let title = match &cluster.name {
        Some(name) => name.clone(),
        None => sitting.desk.title_of(askings).await,
    };
    let bureau = |id| sitting.roster.bureau(id).map(|bureau| bureau.name.clone());
    CandidateLine {
        id: cluster.id,
        title: shortened_to(&title, 30).into(),
        askers: seen.askers,
        askers_before: seen.askers_before,
        bureaus: seen.bureaus.iter().copied().filter_map(bureau).collect(),
    }
}

impl Desk {
    /// The most central way a cluster was asked.
    pub(in crate::desk) async fn title_of(&self, askings: &[Asking]) -> String {
        let texts: Vec<&str> = askings
            .iter()
            .map(|asking| asking.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        let served = self.faq();
        let clusters = Clusters::new(served.faq());
        let title = clusters.title(&texts);
        title.map_or(String::new(), |title| title.replace('\n', " "))
    }
}

/// A cluster with what was asked in the last two periods.
pub(in crate::desk) async fn cluster(sitting: &mut Sitting<'_>, id: i64) -> Result<Option<(Cluster, Vec<Asking>)>> {
    let Some(cluster) = sitting.tx.clusters().await?.remove(&id) else {
        return Ok(None);
    };
    let since = sitting.now.plus(-2 * sitting.desk.config.candidates.period_ms);
    let askings = sitting.tx.members_of(id, since).await?;
    Ok((!askings.is_empty()).then_some((cluster, askings)))
}

/// The same, if nobody has decided about it.
pub(in crate::desk) async fn open_cluster(
    sitting: &mut Sitting<'_>,
    id: i64,
) -> Attempt<(Cluster, Vec<Asking>), NotOpen> {
    let Some((cluster, askings)) = cluster(sitting, id).await? else {
        return Ok(Err(NotOpen::NoCandidate));
    };
    Ok(if is_open(&cluster) {
        Ok((cluster, askings))
    } else {
        Err(NotOpen::Decided(cluster))
    })
}

pub(in crate::desk) fn is_open(cluster: &Cluster) -> bool {
    cluster.standing == "open"
}

/// Writes down what became of a cluster.
pub(in crate::desk) async fn set_standing(
    sitting: &mut Sitting<'_>,
    mut cluster: Cluster,
    standing: &str,
    note: &str,
    draft: Option<i64>,
) -> Result<()> {
    standing.clone_into(&mut cluster.standing);
    note.clone_into(&mut cluster.note);
    cluster.draft = draft;
    Ok(sitting.tx.save_cluster(&cluster).await?)
}

/// The candidate a draft came from waits again.
pub(in crate::desk) async fn reopen_cluster(sitting: &mut Sitting<'_>, cluster: Option<i64>) -> Result<()> {
    if let Some(id) = cluster
        && let Some(cluster) = sitting.tx.clusters().await?.remove(&id)
    {
        set_standing(sitting, cluster, "open", "", None).await?;
    }
    Ok(())
}

/// The ways it was asked, the newest first, each once.
pub(in crate::desk) fn samples(askings: &[Asking]) -> Vec<(QuestionId, String)> {
    let mut seen = BTreeSet::new();
    let texts = askings.iter().rev().filter(|asking| !asking.text.is_empty());
    texts
        .filter(|asking| seen.insert(asking.text.as_str()))
        .map(|asking| (asking.question, asking.text.replace('\n', " ")))
        .collect()
}

fn shortened_to(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
