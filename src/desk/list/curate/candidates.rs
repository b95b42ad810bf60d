//! Candidates: taken into drafts, dismissed, merged, split, renamed; disputes settled.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::Attempt;
use crate::desk::list::curate::drafts;
use crate::desk::list::curate::drafts::{Begun, NotEditable};
use crate::desk::list::standing::{self, NotOpen, samples};
use crate::domain::asking::question::QuestionId;
use crate::domain::privacy;
use crate::domain::roster::people::Person;
use crate::faq::edit::Proposal;
use crate::faq::{Answer, Audience};
use std::collections::BTreeSet;

/// Ways of asking that a draft takes over.
const VARIANTS: usize = 12;

/// Why a candidate was not joined to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotJoined {
    NotOpen(NotOpen),
    NotEditable(NotEditable),
}

/// A candidate is not wanted in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Dismissed;

/// Why a candidate was not dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotDismissed {
    /// It must say why.
    NoReason,
    NotOpen(NotOpen),
}

/// So many questions of one candidate went over to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Merged {
    pub moved: u64,
}

/// There is no candidate of this number, or it was to be merged into itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct NotMerged(pub i64);

/// So many questions went over to a new candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Split {
    pub to: i64,
    pub moved: u64,
}

/// Why a candidate was not split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotSplit {
    /// No candidate of that number.
    NoCandidate,
    /// None of the questions named is in it.
    NotInIt,
}

/// A candidate has another name, masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Renamed {
    pub name: String,
}

/// No candidate of that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct NoCandidate;

/// A dispute has its conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Settled;

/// Why a dispute was not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotSettled {
    /// It needs a conclusion.
    NoWords,
    /// No dispute of that number is open.
    NotOpen,
}

/// The newest helper's reply becomes the first text of a new entry; the ways of asking its variants.
pub(in crate::desk) async fn take_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
) -> Attempt<Begun, NotOpen> {
    let (cluster, askings) = match standing::open_cluster(sitting, id).await? {
        Ok(open) => open,
        Err(refused) => return Ok(Err(refused)),
    };
    let title = match &cluster.name {
        Some(name) => name.clone(),
        None => sitting.desk.title_of(&askings).await,
    };
    let mut entry = drafts::blank_entry(sitting, &title).await?;
    let samples = samples(&askings).into_iter().map(|(_, text)| text);
    entry.variants = samples.filter(|text| *text != title).take(VARIANTS).collect();
    if askings.iter().all(|asking| asking.staff) {
        entry.audience = Audience::Staff;
    }
    let replies = sitting
        .tx
        .replies_in(id, sitting.now.plus(-sitting.desk.config.candidates.period_ms))
        .await?;
    if let Some((_, _, words)) = replies.last() {
        entry.answer = Answer::Text(words.clone());
    }
    let begun = drafts::begin_draft(sitting, person, Proposal::New(entry), Some(id)).await?;
    standing::set_standing(sitting, cluster, "drafted", "", Some(begun.id.0)).await?;
    drafted(sitting, person, "candidate_taken", id, &begun).await?;
    Ok(Ok(begun))
}

/// The ways of asking become variants of an entry that exists.
pub(in crate::desk) async fn join_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    no: u32,
) -> Attempt<Begun, NotJoined> {
    let (cluster, askings) = match standing::open_cluster(sitting, id).await? {
        Ok(open) => open,
        Err(refused) => return Ok(Err(NotJoined::NotOpen(refused))),
    };
    let (base, mut entry) = match drafts::entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(Err(NotJoined::NotEditable(refused))),
    };
    for (_, text) in samples(&askings).into_iter().take(VARIANTS) {
        if !entry.phrasings().any(|known| known == text) {
            entry.variants.push(text);
        }
    }
    let begun = drafts::begin_draft(sitting, person, Proposal::Edit { base, entry }, Some(id)).await?;
    standing::set_standing(sitting, cluster, "drafted", "", Some(begun.id.0)).await?;
    drafted(sitting, person, "candidate_joined", id, &begun).await?;
    Ok(Ok(begun))
}

/// Writes down which draft came of a candidate.
async fn drafted(sitting: &mut Sitting<'_>, person: &Person, action: &str, cluster: i64, begun: &Begun) -> Result<()> {
    let (object, note) = (format!("cluster {cluster}"), format!("draft {}", begun.id.0));
    sitting.audit(Some(person.id), action, &object, &note).await
}

/// A candidate is not wanted, with the reason.
pub(in crate::desk) async fn dismiss_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    why: &str,
) -> Attempt<Dismissed, NotDismissed> {
    if why.trim().is_empty() {
        return Ok(Err(NotDismissed::NoReason));
    }
    let (cluster, _) = match standing::open_cluster(sitting, id).await? {
        Ok(open) => open,
        Err(refused) => return Ok(Err(NotDismissed::NotOpen(refused))),
    };
    standing::set_standing(sitting, cluster, "dismissed", why, None).await?;
    sitting
        .audit(Some(person.id), "candidate_dismissed", &format!("cluster {id}"), "")
        .await?;
    Ok(Ok(Dismissed))
}

/// The questions of all of `from` go over to `into`, or of none.
pub(in crate::desk) async fn merge_candidates(
    sitting: &mut Sitting<'_>,
    person: &Person,
    into: i64,
    from: &[i64],
) -> Attempt<Merged, NotMerged> {
    for id in [into].iter().chain(from) {
        if from.contains(&into) || standing::cluster(sitting, *id).await?.is_none() {
            return Ok(Err(NotMerged(*id)));
        }
    }
    let mut moved = 0;
    for from in from {
        moved += sitting.tx.move_members(*from, into, None).await?;
        let (object, note) = (format!("cluster {into}"), format!("from {from}"));
        sitting
            .audit(Some(person.id), "candidates_merged", &object, &note)
            .await?;
    }
    Ok(Ok(Merged { moved }))
}

/// The questions named go over to a new candidate.
pub(in crate::desk) async fn split_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    from: i64,
    questions: &[i64],
) -> Attempt<Split, NotSplit> {
    let Some((_, askings)) = standing::cluster(sitting, from).await? else {
        return Ok(Err(NotSplit::NoCandidate));
    };
    let named: BTreeSet<QuestionId> = questions.iter().copied().map(QuestionId).collect();
    let there: BTreeSet<QuestionId> = askings.iter().map(|asking| asking.question).collect();
    let named: BTreeSet<QuestionId> = named.intersection(&there).copied().collect();
    if named.is_empty() {
        return Ok(Err(NotSplit::NotInIt));
    }
    let to = sitting.tx.open_cluster(sitting.now).await?;
    let moved = sitting.tx.move_members(from, to, Some(&named)).await?;
    sitting
        .audit(
            Some(person.id),
            "candidate_split",
            &format!("cluster {from}"),
            &format!("to {to}"),
        )
        .await?;
    Ok(Ok(Split { to, moved }))
}

/// Gives a candidate a name.
pub(in crate::desk) async fn rename_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    name: &str,
) -> Attempt<Renamed, NoCandidate> {
    let Some((mut cluster, _)) = standing::cluster(sitting, id).await? else {
        return Ok(Err(NoCandidate));
    };
    let name = privacy::mask(&privacy::printable(name)).as_str().to_owned();
    cluster.name = Some(name.clone());
    sitting.tx.save_cluster(&cluster).await?;
    sitting
        .audit(Some(person.id), "candidate_renamed", &format!("cluster {id}"), "")
        .await?;
    Ok(Ok(Renamed { name }))
}

/// Closes a dispute with its conclusion.
pub(in crate::desk) async fn settle_dispute(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    words: &str,
) -> Attempt<Settled, NotSettled> {
    if words.trim().is_empty() {
        return Ok(Err(NotSettled::NoWords));
    }
    let words = privacy::mask(&privacy::printable(words));
    let done = sitting.tx.close_dispute(id, person.id, &words, sitting.now).await?;
    sitting
        .audit(Some(person.id), "dispute_settled", &format!("dispute {id}"), "")
        .await?;
    Ok(if done { Ok(Settled) } else { Err(NotSettled::NotOpen) })
}
