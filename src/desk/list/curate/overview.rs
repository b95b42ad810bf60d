//! What editors and approvers look at: everything that waits for them, and one candidate in full.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::curate::alike::{self, Alike};
use crate::desk::list::curate::candidates::NoCandidate;
use crate::desk::list::curate::shown;
use crate::desk::list::curate::shown::DraftLine;
use crate::desk::list::reviews::{Review, reviews};
use crate::desk::list::standing::{self, samples};
use crate::desk::list::{Attempt, upkeep};
use crate::domain::asking::question::QuestionId;
use crate::domain::list::candidate;
use crate::domain::list::candidate::Reason;
use crate::domain::list::helped::Weak;
use crate::domain::privacy::Masked;
use crate::domain::wording::CandidateLine;
use crate::faq::EntryId;
use crate::store::clusters::{Cluster, Dispute};

/// Lines of one section of the overview.
const SHOWN: usize = 10;

/// Ways of asking and replies shown of one candidate.
const SAMPLES: usize = 6;

/// Everything that waits for an editor or approver.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Overview {
    /// The candidates most people asked.
    pub candidates: Vec<CandidateLine>,
    /// Candidates beyond those.
    pub more: usize,
    /// Small clusters that may ask the same, beside each other.
    pub alike: Vec<Vec<Alike>>,
    pub disputes: Vec<Dispute>,
    pub drafts: Vec<DraftLine>,
    pub frozen: Vec<FrozenLine>,
    /// Entries that helpers corrected: number, what it must not answer.
    pub defects: Vec<(u32, String)>,
    /// Entries that do not help: number, why.
    pub weak: Vec<(u32, Weak)>,
    /// Overdue ones first.
    pub reviews: Vec<Review>,
}

/// An entry that is not said until somebody has looked.
#[derive(Clone, Debug)]
pub(in crate::desk) struct FrozenLine {
    pub no: u32,
    /// What happened.
    pub why: String,
    pub due_at: Millis,
}

/// One candidate in full.
#[derive(Clone, Debug)]
pub struct CandidateView {
    /// What is asked, by how many.
    pub line: CandidateLine,
    /// What became of it.
    pub cluster: Cluster,
    /// How often in the period.
    pub asks: usize,
    /// How it fared: how often for which reason.
    pub reasons: Vec<(Reason, usize)>,
    /// Some ways it was asked, with their questions.
    pub samples: Vec<(QuestionId, String)>,
    /// What helpers replied.
    pub replies: Vec<(QuestionId, String)>,
    /// The nearest entry: number and question.
    pub nearest: Option<(u32, String)>,
    /// Other clusters that may ask the same.
    pub alike: Vec<Alike>,
    /// Replies that contradict each other.
    pub disputes: Vec<Dispute>,
}

/// Everything that waits for an editor or approver.
pub(in crate::desk) async fn overview(sitting: &mut Sitting<'_>) -> Result<Overview> {
    let open = standing::open_clusters(sitting).await?;
    let (waiting, small): (Vec<_>, Vec<_>) = open
        .into_iter()
        .partition(|open| standing::is_candidate(sitting, &open.seen));
    let mut candidates = Vec::new();
    for open in waiting.iter().take(SHOWN) {
        candidates.push(standing::candidate_line(sitting, &open.cluster, &open.seen, &open.askings).await);
    }
    let alike = alike::groups(sitting, small).await;
    let disputes = sitting.tx.open_disputes().await?;
    let drafts = shown::list_drafts(sitting).await?;
    let no = |sitting: &Sitting<'_>, id: &EntryId| sitting.served.faq().entry(id).map(|entry| entry.no);
    let mut frozen = Vec::new();
    for freeze in sitting.tx.frozen().await? {
        let (why, due_at) = (freeze.why, freeze.due_at);
        frozen.extend(no(sitting, &freeze.entry).map(|no| FrozenLine { no, why, due_at }));
    }
    let mut defects = Vec::new();
    for (entry, _, words) in sitting.tx.open_defects().await? {
        defects.extend(no(sitting, &entry).map(|no| (no, words)));
    }
    let helped = upkeep::helped(sitting).await?.into_iter();
    let weak = helped.filter_map(|(entry, helped)| Some((entry.no, helped.weak()?)));
    let (overdue, due) = reviews(sitting);
    Ok(Overview {
        more: waiting.len().saturating_sub(SHOWN),
        candidates,
        alike,
        disputes,
        drafts,
        frozen,
        defects,
        weak: weak.take(SHOWN).collect(),
        reviews: overdue.into_iter().chain(due).take(SHOWN).collect(),
    })
}

/// Clusters of the last two periods that were asked or named with all of these words, the most asked first, with what
/// became of each; and how many more there are.
pub(in crate::desk) async fn find_candidates(
    sitting: &mut Sitting<'_>,
    words: &str,
) -> Result<(Vec<(CandidateLine, Cluster)>, usize)> {
    let period = sitting.desk.config.candidates.period_ms;
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let holds = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let members = sitting.tx.members_since(sitting.now.plus(-2 * period)).await?;
    let clusters = sitting.tx.clusters().await?;
    let mut found = Vec::new();
    for (id, askings) in members {
        let Some(cluster) = clusters.get(&id) else { continue };
        let named = cluster.name.as_deref().is_some_and(holds);
        if (named || askings.iter().any(|asking| holds(&asking.text)))
            && let Some(seen) = candidate::seen(id, &askings, sitting.now, period)
        {
            found.push((seen, cluster, askings));
        }
    }
    found.sort_by_key(|(seen, cluster, _)| (std::cmp::Reverse(seen.asks), cluster.id));
    let more = found.len().saturating_sub(SHOWN);
    let mut lines = Vec::new();
    for (seen, cluster, askings) in found.into_iter().take(SHOWN) {
        lines.push((
            standing::candidate_line(sitting, cluster, &seen, &askings).await,
            cluster.clone(),
        ));
    }
    Ok((lines, more))
}

/// A candidate with how it was asked, what was replied, and the entry it is nearest to.
pub(in crate::desk) async fn show_candidate(sitting: &mut Sitting<'_>, id: i64) -> Attempt<CandidateView, NoCandidate> {
    let Some((cluster, askings)) = standing::cluster(sitting, id).await? else {
        return Ok(Err(NoCandidate));
    };
    let period = sitting.desk.config.candidates.period_ms;
    let Some(seen) = candidate::seen(id, &askings, sitting.now, period) else {
        return Ok(Err(NoCandidate));
    };
    let mut line = standing::candidate_line(sitting, &cluster, &seen, &askings).await;
    line.title = cluster.name.clone().map_or(line.title, Masked::from);
    let replies = sitting.tx.replies_in(id, sitting.now.plus(-period)).await?;
    let nearest = seen
        .entry
        .as_ref()
        .and_then(|entry| sitting.served.faq().entry(&EntryId(entry.clone())));
    let nearest = nearest.map(|entry| (entry.no, entry.question.clone()));
    let mut disputes = sitting.tx.open_disputes().await?;
    disputes.retain(|dispute| dispute.cluster == id);
    let replies = replies.into_iter().take(SAMPLES);
    let open = standing::open_clusters(sitting).await?;
    let alike = alike::beside(sitting, open, id).await;
    Ok(Ok(CandidateView {
        line,
        cluster,
        asks: seen.asks,
        reasons: seen.reasons.iter().map(|(reason, count)| (*reason, *count)).collect(),
        samples: samples(&askings).into_iter().take(SAMPLES).collect(),
        replies: replies.map(|(id, _, words)| (id, words)).collect(),
        nearest,
        alike,
        disputes,
    }))
}
