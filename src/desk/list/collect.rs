//! Every question goes into a cluster of those that ask the same, with what the list made of it; enough askers make a
//! candidate, and replies that contradict each other a dispute for the city desk (许工商〔2018〕103号 四(三)).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clock::Millis;
use crate::desk::ground::served::Served;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::{notices, standing};
use crate::desk::{Desk, Result};
use crate::domain::list::candidate::{Asking, Reason};
use crate::domain::list::contradiction;
use crate::domain::list::contradiction::{About, Contradiction, Reply};
use crate::domain::roster::people::BureauId;
use crate::domain::wording::CandidateLine;
use crate::faq::cluster::{Clusters, nearest_entry};
use crate::faq::{Audience, EntryId, decide};
use crate::store::StoreError;
use crate::store::clusters::{Dispute, Fresh, Placed};

/// A question is collected once its burst and first corrections are over.
const SETTLED_MS: i64 = 60_000;

/// Questions of one transaction.
const BATCH: i64 = 50;

/// How long back clusters are kept in memory: what nobody asks any more opens a new one.
const KEPT_MS: i64 = 180 * 86_400_000;

/// New candidates named in one note.
const NAMED: usize = 8;

/// Replies compared with each other.
const REPLIES_MS: i64 = 90 * 86_400_000;

/// Replies of one cluster that are compared.
const COMPARED: usize = 40;

/// Clusters in memory, and the state of the database they were read from.
pub(crate) struct Memory {
    /// Of the list, of curators' changes, of the newest question collected.
    read_at: (i64, (i64, i64)),
    clusters: Clusters,
}

impl Desk {
    /// Collects a few questions; whether there were any. They are read and placed before anything is written.
    pub(in crate::desk) async fn collect_some(&self) -> Result<bool> {
        let begun = self.clock.steady();
        let mut looking = self.only_look().await?;
        let before = looking.now.plus(-SETTLED_MS);
        let fresh = looking.tx.uncollected(before, BATCH).await?;
        if fresh.is_empty() {
            return Ok(false);
        }
        let mut kept = self.clusters.lock().await;
        let Memory { read_at, mut clusters } = self.remembered(kept.take()).await?;
        let last = looking.tx.last_cluster().await?;
        let placed = placed(&looking, &fresh, &mut clusters, last)?;
        drop(looking);
        let mut sitting = self.sit().await?;
        // Two instances take turns: the counter's row is held until the commit.
        sitting.tx.count_up("collecting", 1).await?;
        if version(&mut sitting).await? != read_at || sitting.tx.last_cluster().await? != last {
            // Somebody was at them meanwhile; they are read anew in the next round.
            return Ok(false);
        }
        sitting.tx.collect(&placed, last, sitting.now).await?;
        let read_at = version(&mut sitting).await?;
        sitting.tx.commit().await?;
        *kept = Some(Memory { read_at, clusters });
        drop(kept);
        self.rest_since(begun).await;
        Ok(true)
    }

    /// The clusters as they are in the database now: those in memory if nobody else was at them, else read anew. That
    /// takes long where there are many, and nobody who writes waits for it.
    async fn remembered(&self, memory: Option<Memory>) -> Result<Memory> {
        let mut looking = self.only_look().await?;
        let read_at = version(&mut looking).await?;
        if let Some(memory) = memory.filter(|memory| memory.read_at == read_at) {
            return Ok(memory);
        }
        let members = looking.tx.members_since(looking.now.plus(-KEPT_MS)).await?;
        let served = Arc::clone(&looking.served);
        drop(looking);
        let reading = tokio::task::spawn_blocking(move || clusters_of(&served, members));
        let clusters = reading
            .await
            .map_err(|panic| StoreError::inconsistent("collected", 0, panic))?;
        Ok(Memory { read_at, clusters })
    }
}

/// The clusters of questions that were collected before, put together in the order of asking.
fn clusters_of(served: &Served, members: BTreeMap<i64, Vec<Asking>>) -> Clusters {
    let mut clusters = Clusters::new(served.faq());
    let mut askings: Vec<(i64, Asking)> = members
        .into_iter()
        .flat_map(|(cluster, askings)| askings.into_iter().map(move |asking| (cluster, asking)))
        .collect();
    askings.sort_by_key(|(_, asking)| asking.question);
    for (cluster, asking) in askings.iter().filter(|(_, asking)| !asking.text.is_empty()) {
        let entry = asking.entry.as_ref().map(|entry| EntryId(entry.clone()));
        clusters.restore(*cluster, &asking.text, entry.as_ref());
    }
    clusters
}

/// What the clusters depend on: the list, curators' changes, the newest question collected.
async fn version(sitting: &mut Sitting<'_>) -> Result<(i64, (i64, i64))> {
    Ok((sitting.served.version(), sitting.tx.clusters_version().await?))
}

/// Each question's cluster: the nearest, or a new one, numbered after `last`.
fn placed(looking: &Sitting<'_>, fresh: &[Fresh], clusters: &mut Clusters, last: i64) -> Result<Vec<Placed>> {
    let mut opened = last;
    let mut place = |question: &Fresh| {
        let (reason, entry) = reason(looking, &question.text, question.staff, question.bureau)?;
        let cluster = clusters
            .nearest(&question.text, entry.as_ref())
            .map(|near| near.cluster);
        let cluster = cluster.unwrap_or_else(|| {
            opened += 1;
            opened
        });
        clusters.restore(cluster, &question.text, entry.as_ref());
        Ok(Placed {
            question: question.id,
            cluster,
            reason,
            entry: entry.map(|entry| entry.as_str().to_owned()),
        })
    };
    fresh.iter().map(&mut place).collect()
}

/// What the list makes of a question, and the entry it is near to.
fn reason(sitting: &Sitting<'_>, text: &str, staff: bool, bureau: BureauId) -> Result<(Reason, Option<EntryId>)> {
    let audience = if staff { Audience::Staff } else { Audience::Public };
    let faq = sitting.served.faq();
    let reading = faq.read(text, audience);
    let first = nearest_entry(&reading).cloned();
    let outcome = faq.decide(&reading, sitting.desk.day(sitting.now));
    let reason = match outcome.decision {
        decide::Decision::Sure(entry) => match sitting.said(&entry, &sitting.bureau(bureau)) {
            Some(_) => Reason::Answered,
            None => Reason::Unfilled,
        },
        decide::Decision::Unsure(_) => Reason::Ambiguous,
        decide::Decision::Unknown(decide::Reason::Expired(_) | decide::Reason::NotYetValid(_)) => Reason::Expired,
        decide::Decision::Unknown(decide::Reason::NothingFits) => match first {
            Some(_) => Reason::Low,
            None => Reason::NoHit,
        },
    };
    Ok((reason, first))
}

/// Clusters that became candidates since editors were last told, and replies that contradict each other: looked for
/// before anything is written.
pub(in crate::desk) struct Found {
    candidates: Vec<(i64, CandidateLine)>,
    disputes: Vec<Dispute>,
}

/// Looks for them; of replies only in clusters in which somebody replied since a moment.
pub(in crate::desk) async fn look(sitting: &mut Sitting<'_>, since: Millis) -> Result<Found> {
    let mut candidates = Vec::new();
    for open in standing::open_clusters(sitting).await? {
        if open.cluster.told_at.is_none() && standing::is_candidate(sitting, &open.seen) {
            let line = standing::candidate_line(sitting, &open.cluster, &open.seen, &open.askings).await;
            candidates.push((open.cluster.id, line));
        }
    }
    let mut disputes = Vec::new();
    for cluster in sitting.tx.clusters_replied_since(since).await? {
        disputes.extend(disputes_in(sitting, cluster).await?);
    }
    Ok(Found { candidates, disputes })
}

/// Tells what was found, each once: candidates that still are, disputes that are new.
pub(in crate::desk) async fn tell(sitting: &mut Sitting<'_>, found: &Found) -> Result<()> {
    for dispute in &found.disputes {
        let mut dispute = dispute.clone();
        if let Some(id) = sitting.tx.open_dispute(&dispute, sitting.now).await? {
            dispute.id = id;
            notices::dispute_opened(sitting, &dispute).await?;
        }
    }
    if found.candidates.is_empty() {
        return Ok(());
    }
    let mut clusters = sitting.tx.clusters().await?;
    let mut lines = Vec::new();
    for (id, line) in &found.candidates {
        let cluster = clusters.remove(id).filter(standing::is_open);
        if let Some(mut cluster) = cluster.filter(|cluster| cluster.told_at.is_none()) {
            cluster.told_at = Some(sitting.now);
            sitting.tx.save_cluster(&cluster).await?;
            lines.push(line.clone());
        }
    }
    match lines.is_empty() {
        true => Ok(()),
        false => notices::new_candidates(sitting, &lines[..lines.len().min(NAMED)]).await,
    }
}

/// What helpers replied inside a cluster, compared; a contradiction is a dispute for the city desk.
async fn disputes_in(sitting: &mut Sitting<'_>, cluster: i64) -> Result<Vec<Dispute>> {
    let replies = sitting.tx.replies_in(cluster, sitting.now.plus(-REPLIES_MS)).await?;
    let newest = replies.len().saturating_sub(COMPARED);
    let compared: Vec<Reply<'_>> = replies[newest..]
        .iter()
        .map(|(question, bureau, text)| Reply {
            question: *question,
            bureau: *bureau,
            text,
        })
        .collect();
    let dispute = |found: Contradiction| Dispute {
        id: 0,
        cluster,
        about: about(found.about).to_owned(),
        one: found.one,
        other: found.other,
    };
    Ok(contradiction::contradictions(&compared)
        .into_iter()
        .map(dispute)
        .collect())
}

fn about(about: About) -> &'static str {
    match about {
        About::TimeLimit => "time_limit",
        About::Fee => "fee",
        About::Material => "material",
        About::Place => "place",
    }
}
