//! What pages of the list's keepers show: candidates, entries, and what must be looked after.

use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

use crate::clock::Millis;
use crate::desk::curating::drafts::Fields;
use crate::desk::curating::said::as_said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::helper::why;
use crate::desk::list::curate::alike::{self, Alike};
use crate::desk::list::curate::overview::{self, CandidateView};
use crate::desk::list::curate::revisions;
use crate::desk::list::notices::{by_when, dispute_line};
use crate::desk::list::standing::{self, Open, samples};
use crate::desk::list::upkeep;
use crate::desk::{Desk, Result};
use crate::domain::asking::question::QuestionId;
use crate::domain::list::candidate::Asking;
use crate::domain::list::draft::DraftId;
use crate::domain::wording::{self, CandidateLine, DisputeLine, Explained};
use crate::faq::{Entry, EntryId};

/// Candidates of one page; the rest follows when these are seen to.
const SHOWN: usize = 40;
/// Ways of asking shown of one, to be chosen from.
const WAYS: usize = 60;
/// Days of a sparkline.
const DAYS: i64 = 30;
/// For so long it is not counted anew how many candidates wait.
const COUNTED_MS: i64 = 30_000;

/// A candidate as its line shows it.
#[derive(Clone, Debug)]
pub struct CandidateRow {
    /// What is asked, by how many.
    pub line: CandidateLine,
    /// How often on each day, the oldest first.
    pub days: Vec<(Date, usize)>,
    /// What became of it; none while it waits.
    pub standing: Option<String>,
}

/// Everything that is asked often and not in the list.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// Most askers first.
    pub rows: Vec<CandidateRow>,
    /// Candidates beyond those.
    pub more: usize,
    /// Small ones that may be one, beside each other.
    pub alike: Vec<Vec<Alike>>,
    /// Replies that contradict each other.
    pub disputes: Vec<DisputeLine>,
}

/// One candidate with all that is needed to decide about it.
#[derive(Clone, Debug)]
pub struct CandidatePage {
    /// As it is.
    pub view: CandidateView,
    /// What became of it; none while it waits.
    pub standing: Option<String>,
    /// How often on each day, the oldest first.
    pub days: Vec<(Date, usize)>,
    /// The ways it was asked.
    pub ways: Vec<(QuestionId, String)>,
    /// Replies that contradict each other.
    pub disputes: Vec<DisputeLine>,
}

/// One entry of the list with its past.
#[derive(Clone, Debug)]
pub struct EntryPage {
    /// Its newest approved words.
    pub entry: Entry,
    /// The revision that is served; none where it is withdrawn.
    pub revision: Option<i64>,
    /// As it is said in the city bureau's groups.
    pub said: Vec<String>,
    /// Revisions, the oldest first: number, who approved it, when.
    pub revisions: Vec<(i64, String, Date)>,
    /// A draft of it is open.
    pub draft: Option<DraftId>,
    /// It waits for its owner: why, and by when it is to be looked at.
    pub frozen: Option<(String, String)>,
    /// What it must not have answered.
    pub defects: Vec<String>,
}

/// What of the list must be looked after.
#[derive(Clone, Debug)]
pub struct Upkeep {
    /// Past their review date, and due soon: number, question, date.
    pub overdue: Vec<(u32, String, Date)>,
    /// Due within thirty days.
    pub due: Vec<(u32, String, Date)>,
    /// Not said until somebody has looked: number, why, by when.
    pub frozen: Vec<(u32, String, String)>,
    /// Corrected by helpers: number, what it must not answer, what was said instead or found wrong.
    pub defects: Vec<(u32, String, String)>,
    /// Do not help: number, why.
    pub weak: Vec<(u32, String)>,
}

impl Desk {
    /// What is asked often; with `words` everything that was asked with them.
    pub async fn candidates(&self, words: &str) -> Result<Candidates> {
        let mut sitting = self.only_look().await?;
        if !words.trim().is_empty() {
            return found(&mut sitting, words).await;
        }
        let open = standing::open_clusters(&mut sitting).await?;
        let (waiting, small): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|open| standing::is_candidate(&sitting, &open.seen));
        let mut rows = Vec::new();
        for open in waiting.iter().take(SHOWN) {
            rows.push(row(&sitting, open).await);
        }
        let disputes = sitting.tx.open_disputes().await?;
        Ok(Candidates {
            more: waiting.len().saturating_sub(SHOWN),
            rows,
            alike: alike::groups(&sitting, small).await,
            disputes: disputes.iter().map(dispute_line).collect(),
        })
    }

    /// One candidate; none of that number, or nothing of it is left.
    pub async fn candidate(&self, id: i64) -> Result<Option<CandidatePage>> {
        let mut sitting = self.only_look().await?;
        let Some((_, askings)) = standing::cluster(&mut sitting, id).await? else {
            return Ok(None);
        };
        let Ok(view) = overview::show_candidate(&mut sitting, id).await? else {
            return Ok(None);
        };
        let note = view.cluster.note.as_str().into();
        Ok(Some(CandidatePage {
            standing: wording::candidate_standing(&view.cluster.standing, view.cluster.draft, &note),
            days: days(&sitting, &askings),
            ways: samples(&askings).into_iter().take(WAYS).collect(),
            disputes: view.disputes.iter().map(dispute_line).collect(),
            view,
        }))
    }

    /// How many candidates wait; counted anew once in a while.
    pub async fn candidates_waiting(&self) -> Result<usize> {
        let now = self.clock.now();
        let known = *self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, count)) = known.filter(|(at, _)| (0..COUNTED_MS).contains(&now.since(*at))) {
            return Ok(count);
        }
        let count = standing::waiting_candidates(&mut self.only_look().await?).await?;
        self.counted(Some((now, count)));
        Ok(count)
    }

    /// Remembers, or forgets, how many wait.
    pub(super) fn counted(&self, count: Option<(Millis, usize)>) {
        *self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = count;
    }

    /// What words would be answered with, and why.
    pub async fn explain(&self, words: &str) -> Result<Option<Explained>> {
        let sitting = self.only_look().await?;
        Ok(why::explained(&sitting, None, words, None))
    }

    /// One entry by its number, also one that was withdrawn.
    pub async fn entry_page(&self, no: u32) -> Result<Option<EntryPage>> {
        let mut sitting = self.only_look().await?;
        let Ok(past) = revisions::list_revisions(&mut sitting, no).await? else {
            return Ok(None);
        };
        let (Some(id), Some((newest, _, _))) = (sitting.tx.entry_numbered(no).await?, past.rows.last()) else {
            return Ok(None);
        };
        let Some(entry) = sitting.tx.revision(&id, *newest).await? else {
            return Ok(None);
        };
        let open = sitting.tx.open_drafts().await?;
        let frozen = sitting.tx.frozen().await?;
        let frozen = frozen.into_iter().find(|freeze| freeze.entry == id);
        let defects = sitting.tx.open_defects().await?;
        Ok(Some(EntryPage {
            said: as_said(&mut sitting, &entry).await?,
            revision: sitting.tx.entry_revision(id.as_str()).await?,
            revisions: past.rows,
            draft: open
                .iter()
                .find(|kept| kept.proposal.entry_id() == Some(&id))
                .map(|kept| kept.draft.id),
            frozen: frozen.map(|freeze| (freeze.why, by_when(&sitting, freeze.due_at))),
            defects: defects
                .into_iter()
                .filter(|(entry, ..)| *entry == id)
                .map(|(_, _, words)| words)
                .collect(),
            entry,
        }))
    }

    /// The fields in which two revisions of an entry differ; none where there are no such revisions.
    pub async fn compared(&self, no: u32, one: i64, other: i64) -> Result<Option<Fields>> {
        let mut sitting = self.only_look().await?;
        Ok(revisions::compare_revisions(&mut sitting, no, one, other).await?.ok())
    }

    /// What of the list must be looked after.
    pub async fn upkeep(&self) -> Result<Upkeep> {
        let mut sitting = self.only_look().await?;
        let (overdue, due) = crate::desk::list::reviews::reviews(&sitting);
        let line = |review: crate::desk::list::reviews::Review| (review.no, review.question, review.by);
        let numbers: HashMap<EntryId, u32> = sitting
            .served
            .faq()
            .entries()
            .iter()
            .map(|entry| (entry.id.clone(), entry.no))
            .collect();
        let mut frozen = Vec::new();
        for freeze in sitting.tx.frozen().await? {
            let by = by_when(&sitting, freeze.due_at);
            frozen.extend(numbers.get(&freeze.entry).map(|no| (*no, freeze.why, by)));
        }
        let defects = sitting.tx.open_defects().await?.into_iter();
        let helped = upkeep::helped(&mut sitting).await?.into_iter();
        Ok(Upkeep {
            overdue: overdue.into_iter().map(line).collect(),
            due: due.into_iter().map(line).collect(),
            frozen,
            defects: defects
                .filter_map(|(entry, instead, asked)| Some((*numbers.get(&entry)?, asked, instead)))
                .collect(),
            weak: helped
                .filter_map(|(entry, helped)| Some((entry.no, wording::weak(helped.weak()?))))
                .collect(),
        })
    }
}

/// What was asked with these words, however few asked.
async fn found(sitting: &mut Sitting<'_>, words: &str) -> Result<Candidates> {
    let (lines, more) = overview::find_candidates(sitting, words).await?;
    let mut rows = Vec::new();
    for (line, cluster) in lines {
        let askings = standing::cluster(sitting, cluster.id)
            .await?
            .map(|(_, askings)| askings);
        let note = cluster.note.as_str().into();
        rows.push(CandidateRow {
            line,
            days: days(sitting, &askings.unwrap_or_default()),
            standing: wording::candidate_standing(&cluster.standing, cluster.draft, &note),
        });
    }
    Ok(Candidates {
        rows,
        more,
        alike: Vec::new(),
        disputes: Vec::new(),
    })
}

async fn row(sitting: &Sitting<'_>, open: &Open) -> CandidateRow {
    CandidateRow {
        line: standing::candidate_line(sitting, &open.cluster, &open.seen, &open.askings).await,
        days: days(sitting, &open.askings),
        standing: None,
    }
}

/// How often it was asked on each of the last days, the oldest first.
fn days(sitting: &Sitting<'_>, askings: &[Asking]) -> Vec<(Date, usize)> {
    let today = sitting.desk.day(sitting.now);
    let mut counts: BTreeMap<Date, usize> = (0..DAYS)
        .map(|back| (today.saturating_sub(jiff::Span::new().days(back)), 0))
        .collect();
    for asking in askings {
        if let Some(count) = counts.get_mut(&sitting.desk.day(asking.at)) {
            *count += 1;
        }
    }
    counts.into_iter().collect()
}
