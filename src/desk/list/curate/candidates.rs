//! Candidates: seen, taken into drafts, dismissed, merged, split, renamed; disputes settled.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::desk::list::curate::drafts;
use crate::desk::list::{notices, reviews, standing, upkeep};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::list::candidate;
use crate::domain::list::candidate::Asking;
use crate::domain::roster::people::Person;
use crate::domain::wording::{CandidateShown, Desk};
use crate::domain::{privacy, wording};
use crate::faq::edit::Proposal;
use crate::faq::{Answer, Audience, EntryId};
use std::collections::BTreeSet;

/// Lines of one section of the overview.
const SHOWN: usize = 10;

/// Ways of asking and replies shown of one candidate.
const SAMPLES: usize = 6;

/// Ways of asking that a draft takes over.
const VARIANTS: usize = 12;

pub(in crate::desk) async fn overview(sitting: &mut Sitting<'_>) -> Result<Rich> {
    let waiting = standing::waiting_candidates(sitting).await?;
    let mut desk = Desk {
        more: waiting.len().saturating_sub(SHOWN),
        candidates: waiting.into_iter().take(SHOWN).map(|(_, _, line)| line).collect(),
        ..Desk::default()
    };
    desk.disputes = sitting
        .tx
        .open_disputes()
        .await?
        .iter()
        .map(notices::dispute_line)
        .collect();
    desk.drafts = drafts::draft_lines(sitting).await?;
    let no = |sitting: &Sitting<'_>, id: &EntryId| sitting.served.faq().entry(id).map(|entry| entry.no);
    for freeze in sitting.tx.frozen().await? {
        let by = notices::by_when(sitting, freeze.due_at);
        desk.frozen
            .extend(no(sitting, &freeze.entry).map(|no| (no, freeze.why, by)));
    }
    for (entry, _, words) in sitting.tx.open_defects().await? {
        desk.defects
            .extend(no(sitting, &entry).map(|no| (no, shortened(&words))));
    }
    for (entry, helped) in upkeep::helped(sitting).await? {
        desk.weak
            .extend(helped.weak().map(|weak| (entry.no, wording::weak(weak))));
    }
    desk.weak.truncate(SHOWN);
    let (overdue, due) = reviews::reviews(sitting);
    let reviews: Vec<_> = overdue.into_iter().chain(due).take(SHOWN).collect();
    desk.reviews = notices::review_lines(&reviews);
    Ok(wording::curation(&desk))
}

pub(in crate::desk) async fn show_candidate(sitting: &mut Sitting<'_>, id: i64) -> Result<Rich> {
    let Some((cluster, askings)) = standing::cluster(sitting, id).await? else {
        return Ok(wording::no_candidate(id));
    };
    let period = sitting.desk.config.candidates.period_ms;
    let Some(seen) = candidate::seen(id, &askings, sitting.now, period) else {
        return Ok(wording::no_candidate(id));
    };
    let mut line = standing::candidate_line(sitting, &cluster, &seen, &askings).await;
    line.title = cluster.name.clone().unwrap_or(line.title);
    let replies = sitting.tx.replies_in(id, sitting.now.plus(-period)).await?;
    let nearest = seen
        .entry
        .as_ref()
        .and_then(|entry| sitting.served.faq().entry(&EntryId(entry.clone())));
    let disputes = sitting.tx.open_disputes().await?;
    let shown = CandidateShown {
        line,
        asks: seen.asks,
        reasons: seen.reasons.iter().map(|(reason, count)| (*reason, *count)).collect(),
        samples: samples(&askings).into_iter().take(SAMPLES).collect(),
        replies: replies
            .into_iter()
            .take(SAMPLES)
            .map(|(id, _, words)| (id, words))
            .collect(),
        nearest: nearest.map(|entry| (entry.no, entry.question.clone())),
        disputes: disputes
            .iter()
            .filter(|dispute| dispute.cluster == id)
            .map(notices::dispute_line)
            .collect(),
        standing: standing::standing(&cluster),
    };
    Ok(wording::candidate(&shown))
}

/// The newest helper's reply becomes the first text of a new entry; the ways of asking its variants.
pub(in crate::desk) async fn take_candidate(sitting: &mut Sitting<'_>, person: &Person, id: i64) -> Result<Rich> {
    let (cluster, askings) = match standing::open_cluster(sitting, id).await? {
        Ok(open) => open,
        Err(refused) => return Ok(refused),
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
    let (draft, missing) = drafts::begin_draft(sitting, person, Proposal::New(entry), Some(id)).await?;
    standing::set_standing(sitting, cluster, "drafted", "", Some(draft)).await?;
    sitting
        .audit(
            Some(person.id),
            "candidate_taken",
            &format!("cluster {id}"),
            &format!("draft {draft}"),
        )
        .await?;
    Ok(wording::candidate_taken(id, draft, &missing))
}

/// The ways of asking become variants of an entry that exists.
pub(in crate::desk) async fn join_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    no: u32,
) -> Result<Rich> {
    let (cluster, askings) = match standing::open_cluster(sitting, id).await? {
        Ok(open) => open,
        Err(refused) => return Ok(refused),
    };
    let (base, mut entry) = match drafts::entry_to_edit(sitting, no).await? {
        Ok(entry) => entry,
        Err(refused) => return Ok(refused),
    };
    for (_, text) in samples(&askings).into_iter().take(VARIANTS) {
        if !entry.phrasings().any(|known| known == text) {
            entry.variants.push(text);
        }
    }
    let (draft, missing) = drafts::begin_draft(sitting, person, Proposal::Edit { base, entry }, Some(id)).await?;
    standing::set_standing(sitting, cluster, "drafted", "", Some(draft)).await?;
    sitting
        .audit(
            Some(person.id),
            "candidate_joined",
            &format!("cluster {id}"),
            &format!("draft {draft}"),
        )
        .await?;
    Ok(wording::candidate_taken(id, draft, &missing))
}

pub(in crate::desk) async fn dismiss_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    why: &str,
) -> Result<Rich> {
    if why.trim().is_empty() {
        return Ok(wording::reason_please(wording::DISMISS, id));
    }
    let (cluster, _) = match standing::open_cluster(sitting, id).await? {
        Ok(open) => open,
        Err(refused) => return Ok(refused),
    };
    standing::set_standing(sitting, cluster, "dismissed", why, None).await?;
    sitting
        .audit(Some(person.id), "candidate_dismissed", &format!("cluster {id}"), "")
        .await?;
    Ok(wording::candidate_dismissed(id))
}

pub(in crate::desk) async fn merge_candidates(
    sitting: &mut Sitting<'_>,
    person: &Person,
    into: i64,
    from: i64,
) -> Result<Rich> {
    for id in [into, from] {
        if into == from || standing::cluster(sitting, id).await?.is_none() {
            return Ok(wording::no_candidate(id));
        }
    }
    let moved = sitting.tx.move_members(from, into, None).await?;
    sitting
        .audit(
            Some(person.id),
            "candidates_merged",
            &format!("cluster {into}"),
            &format!("from {from}"),
        )
        .await?;
    Ok(wording::candidates_merged(into, from, moved))
}

pub(in crate::desk) async fn split_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    from: i64,
    questions: &[i64],
) -> Result<Rich> {
    let Some((_, askings)) = standing::cluster(sitting, from).await? else {
        return Ok(wording::no_candidate(from));
    };
    let named: BTreeSet<QuestionId> = questions.iter().copied().map(QuestionId).collect();
    let there: BTreeSet<QuestionId> = askings.iter().map(|asking| asking.question).collect();
    let named: BTreeSet<QuestionId> = named.intersection(&there).copied().collect();
    if named.is_empty() {
        return Ok(wording::candidate_split(from, 0, 0));
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
    Ok(wording::candidate_split(from, to, moved))
}

pub(in crate::desk) async fn rename_candidate(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    name: &str,
) -> Result<Rich> {
    let Some((mut cluster, _)) = standing::cluster(sitting, id).await? else {
        return Ok(wording::no_candidate(id));
    };
    let name = privacy::mask(&privacy::printable(name)).as_str().to_owned();
    cluster.name = Some(name.clone());
    sitting.tx.save_cluster(&cluster).await?;
    sitting
        .audit(Some(person.id), "candidate_renamed", &format!("cluster {id}"), "")
        .await?;
    Ok(wording::candidate_renamed(id, &name))
}

pub(in crate::desk) async fn settle_dispute(
    sitting: &mut Sitting<'_>,
    person: &Person,
    id: i64,
    words: &str,
) -> Result<Rich> {
    if words.trim().is_empty() {
        return Ok(wording::dispute_needs_words(id));
    }
    let words = privacy::mask(&privacy::printable(words));
    let done = sitting
        .tx
        .close_dispute(id, person.id, words.as_str(), sitting.now)
        .await?;
    sitting
        .audit(Some(person.id), "dispute_settled", &format!("dispute {id}"), "")
        .await?;
    Ok(wording::dispute_settled(id, done))
}

/// The ways it was asked, the newest first, each once.
fn samples(askings: &[Asking]) -> Vec<(QuestionId, String)> {
    let mut seen = BTreeSet::new();
    let texts = askings.iter().rev().filter(|asking| !asking.text.is_empty());
    texts
        .filter(|asking| seen.insert(asking.text.as_str()))
        .map(|asking| (asking.question, asking.text.replace('\n', " ")))
        .collect()
}
