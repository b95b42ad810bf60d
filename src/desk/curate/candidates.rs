//! Candidates: seen, taken into drafts, dismissed, merged, split, renamed; disputes settled.

use std::collections::BTreeSet;

use super::super::queue::shortened;
use super::super::{Result, Sitting};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::duty;
use crate::domain::list::candidate::{self, Asking, Seen};
use crate::domain::privacy;
use crate::domain::roster::people::Person;
use crate::domain::wording::{self, CandidateLine, CandidateShown, Desk, DisputeLine};
use crate::faq::edit::Proposal;
use crate::faq::{Answer, Audience, EntryId};
use crate::store::clusters::{Cluster, Dispute};

/// Lines of one section of the overview.
const SHOWN: usize = 10;
/// Ways of asking and replies shown of one candidate.
const SAMPLES: usize = 6;
/// Ways of asking that a draft takes over.
const VARIANTS: usize = 12;

impl Sitting<'_> {
    /// The candidates of the period that nobody has seen to, most askers first.
    pub(in crate::desk) async fn waiting_candidates(&mut self) -> Result<Vec<(Cluster, Seen, CandidateLine)>> {
        let settings = self.desk.config.candidates;
        let since = self.now.plus(-2 * settings.period_ms);
        let members = self.tx.members_since(since).await?;
        let clusters = self.tx.clusters().await?;
        let mut found = Vec::new();
        for (id, askings) in members {
            let Some(cluster) = clusters.get(&id).filter(|cluster| cluster.standing == "open") else {
                continue;
            };
            let Some(seen) = candidate::seen(id, &askings, self.now, settings.period_ms) else {
                continue;
            };
            if seen.askers >= settings.askers as usize && !seen.is_in_list() {
                let line = self.candidate_line(cluster, &seen, &askings).await;
                found.push((cluster.clone(), seen, line));
            }
        }
        found.sort_by_key(|(cluster, seen, _)| (std::cmp::Reverse(seen.askers), cluster.id));
        Ok(found)
    }

    async fn candidate_line(&self, cluster: &Cluster, seen: &Seen, askings: &[Asking]) -> CandidateLine {
        let title = match &cluster.name {
            Some(name) => name.clone(),
            None => self.desk.title_of(askings).await,
        };
        let bureau = |id| self.roster.bureau(id).map(|bureau| bureau.name.clone());
        CandidateLine {
            id: cluster.id,
            title: shortened_to(&title, 30),
            askers: seen.askers,
            askers_before: seen.askers_before,
            bureaus: seen.bureaus.iter().copied().filter_map(bureau).collect(),
        }
    }

    pub(super) async fn overview(&mut self) -> Result<Rich> {
        let waiting = self.waiting_candidates().await?;
        let mut desk = Desk {
            more: waiting.len().saturating_sub(SHOWN),
            candidates: waiting.into_iter().take(SHOWN).map(|(_, _, line)| line).collect(),
            ..Desk::default()
        };
        desk.disputes = self.tx.open_disputes().await?.iter().map(dispute_line).collect();
        desk.drafts = self.draft_lines().await?;
        let no = |sitting: &Self, id: &EntryId| sitting.served.faq().entry(id).map(|entry| entry.no);
        for freeze in self.tx.frozen().await? {
            let by = duty::when_said(freeze.due_at, self.now, self.time());
            desk.frozen
                .extend(no(self, &freeze.entry).map(|no| (no, freeze.why, by)));
        }
        for (entry, _, words) in self.tx.open_defects().await? {
            desk.defects.extend(no(self, &entry).map(|no| (no, shortened(&words))));
        }
        for (entry, helped) in self.helped().await? {
            desk.weak
                .extend(helped.weak().map(|weak| (entry.no, wording::weak(weak))));
        }
        desk.weak.truncate(SHOWN);
        let (overdue, due) = self.reviews();
        desk.reviews = overdue.into_iter().chain(due).take(SHOWN).collect();
        Ok(wording::curation(&desk))
    }

    pub(super) async fn show_candidate(&mut self, id: i64) -> Result<Rich> {
        let Some((cluster, askings)) = self.cluster(id).await? else {
            return Ok(wording::no_candidate(id));
        };
        let period = self.desk.config.candidates.period_ms;
        let Some(seen) = candidate::seen(id, &askings, self.now, period) else {
            return Ok(wording::no_candidate(id));
        };
        let mut line = self.candidate_line(&cluster, &seen, &askings).await;
        line.title = cluster.name.clone().unwrap_or(line.title);
        let replies = self.tx.replies_in(id, self.now.plus(-period)).await?;
        let nearest = seen
            .entry
            .as_ref()
            .and_then(|entry| self.served.faq().entry(&EntryId(entry.clone())));
        let disputes = self.tx.open_disputes().await?;
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
                .map(dispute_line)
                .collect(),
            standing: standing(&cluster),
        };
        Ok(wording::candidate(&shown))
    }

    /// The newest helper's reply becomes the first text of a new entry; the ways of asking its variants.
    pub(super) async fn take_candidate(&mut self, person: &Person, id: i64) -> Result<Rich> {
        let (cluster, askings) = match self.open_cluster(id).await? {
            Ok(open) => open,
            Err(refused) => return Ok(refused),
        };
        let title = match &cluster.name {
            Some(name) => name.clone(),
            None => self.desk.title_of(&askings).await,
        };
        let mut entry = self.blank_entry(&title).await?;
        let samples = samples(&askings).into_iter().map(|(_, text)| text);
        entry.variants = samples.filter(|text| *text != title).take(VARIANTS).collect();
        if askings.iter().all(|asking| asking.staff) {
            entry.audience = Audience::Staff;
        }
        let replies = self
            .tx
            .replies_in(id, self.now.plus(-self.desk.config.candidates.period_ms))
            .await?;
        if let Some((_, _, words)) = replies.last() {
            entry.answer = Answer::Text(words.clone());
        }
        let (draft, missing) = self.begin_draft(person, Proposal::New(entry), Some(id)).await?;
        self.set_standing(cluster, "drafted", "", Some(draft)).await?;
        self.audit(
            Some(person.id),
            "candidate_taken",
            &format!("cluster {id}"),
            &format!("draft {draft}"),
        )
        .await?;
        Ok(wording::candidate_taken(id, draft, &missing))
    }

    /// The ways of asking become variants of an entry that exists.
    pub(super) async fn join_candidate(&mut self, person: &Person, id: i64, no: u32) -> Result<Rich> {
        let (cluster, askings) = match self.open_cluster(id).await? {
            Ok(open) => open,
            Err(refused) => return Ok(refused),
        };
        let (base, mut entry) = match self.entry_to_edit(no).await? {
            Ok(entry) => entry,
            Err(refused) => return Ok(refused),
        };
        for (_, text) in samples(&askings).into_iter().take(VARIANTS) {
            if !entry.phrasings().any(|known| known == text) {
                entry.variants.push(text);
            }
        }
        let (draft, missing) = self
            .begin_draft(person, Proposal::Edit { base, entry }, Some(id))
            .await?;
        self.set_standing(cluster, "drafted", "", Some(draft)).await?;
        self.audit(
            Some(person.id),
            "candidate_joined",
            &format!("cluster {id}"),
            &format!("draft {draft}"),
        )
        .await?;
        Ok(wording::candidate_taken(id, draft, &missing))
    }

    pub(super) async fn dismiss_candidate(&mut self, person: &Person, id: i64, why: &str) -> Result<Rich> {
        if why.trim().is_empty() {
            return Ok(wording::reason_please(wording::DISMISS, id));
        }
        let (cluster, _) = match self.open_cluster(id).await? {
            Ok(open) => open,
            Err(refused) => return Ok(refused),
        };
        self.set_standing(cluster, "dismissed", why, None).await?;
        self.audit(Some(person.id), "candidate_dismissed", &format!("cluster {id}"), "")
            .await?;
        Ok(wording::candidate_dismissed(id))
    }

    pub(super) async fn merge_candidates(&mut self, person: &Person, into: i64, from: i64) -> Result<Rich> {
        for id in [into, from] {
            if into == from || self.cluster(id).await?.is_none() {
                return Ok(wording::no_candidate(id));
            }
        }
        let moved = self.tx.move_members(from, into, None).await?;
        self.audit(
            Some(person.id),
            "candidates_merged",
            &format!("cluster {into}"),
            &format!("from {from}"),
        )
        .await?;
        Ok(wording::candidates_merged(into, from, moved))
    }

    pub(super) async fn split_candidate(&mut self, person: &Person, from: i64, questions: &[i64]) -> Result<Rich> {
        let Some((_, askings)) = self.cluster(from).await? else {
            return Ok(wording::no_candidate(from));
        };
        let named: BTreeSet<QuestionId> = questions.iter().copied().map(QuestionId).collect();
        let there: BTreeSet<QuestionId> = askings.iter().map(|asking| asking.question).collect();
        let named: BTreeSet<QuestionId> = named.intersection(&there).copied().collect();
        if named.is_empty() {
            return Ok(wording::candidate_split(from, 0, 0));
        }
        let to = self.tx.open_cluster(self.now).await?;
        let moved = self.tx.move_members(from, to, Some(&named)).await?;
        self.audit(
            Some(person.id),
            "candidate_split",
            &format!("cluster {from}"),
            &format!("to {to}"),
        )
        .await?;
        Ok(wording::candidate_split(from, to, moved))
    }

    pub(super) async fn rename_candidate(&mut self, person: &Person, id: i64, name: &str) -> Result<Rich> {
        let Some((mut cluster, _)) = self.cluster(id).await? else {
            return Ok(wording::no_candidate(id));
        };
        let name = privacy::mask(&privacy::printable(name)).as_str().to_owned();
        cluster.name = Some(name.clone());
        self.tx.save_cluster(&cluster).await?;
        self.audit(Some(person.id), "candidate_renamed", &format!("cluster {id}"), "")
            .await?;
        Ok(wording::candidate_renamed(id, &name))
    }

    pub(super) async fn settle_dispute(&mut self, person: &Person, id: i64, words: &str) -> Result<Rich> {
        if words.trim().is_empty() {
            return Ok(wording::dispute_needs_words(id));
        }
        let words = privacy::mask(&privacy::printable(words));
        let done = self.tx.close_dispute(id, person.id, words.as_str(), self.now).await?;
        self.audit(Some(person.id), "dispute_settled", &format!("dispute {id}"), "")
            .await?;
        Ok(wording::dispute_settled(id, done))
    }

    /// A cluster with what was asked in the last two periods.
    async fn cluster(&mut self, id: i64) -> Result<Option<(Cluster, Vec<Asking>)>> {
        let Some(cluster) = self.tx.clusters().await?.remove(&id) else {
            return Ok(None);
        };
        let since = self.now.plus(-2 * self.desk.config.candidates.period_ms);
        let askings = self.tx.members_of(id, since).await?;
        Ok((!askings.is_empty()).then_some((cluster, askings)))
    }

    /// The same, if nobody has decided about it; else what to say.
    async fn open_cluster(&mut self, id: i64) -> Result<std::result::Result<(Cluster, Vec<Asking>), Rich>> {
        let Some((cluster, askings)) = self.cluster(id).await? else {
            return Ok(Err(wording::no_candidate(id)));
        };
        Ok(match standing(&cluster) {
            Some(said) => Err(wording::candidate_closed(id, &said)),
            None => Ok((cluster, askings)),
        })
    }

    /// Writes down what became of a cluster.
    pub(super) async fn set_standing(
        &mut self,
        mut cluster: Cluster,
        standing: &str,
        note: &str,
        draft: Option<i64>,
    ) -> Result<()> {
        standing.clone_into(&mut cluster.standing);
        note.clone_into(&mut cluster.note);
        cluster.draft = draft;
        Ok(self.tx.save_cluster(&cluster).await?)
    }
}

/// What became of a cluster, in words; none while it is open.
fn standing(cluster: &Cluster) -> Option<String> {
    wording::candidate_standing(&cluster.standing, cluster.draft, &cluster.note)
}

/// A dispute as its line shows it.
pub(in crate::desk) fn dispute_line(dispute: &Dispute) -> DisputeLine {
    DisputeLine {
        id: dispute.id,
        cluster: dispute.cluster,
        about: wording::dispute_about(&dispute.about).to_owned(),
        one: dispute.one.clone(),
        other: dispute.other.clone(),
    }
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

fn shortened_to(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
