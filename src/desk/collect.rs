//! Every question goes into a cluster of those that ask the same, with what the list made of it; enough askers make a
//! candidate, and replies that contradict each other a dispute for the city desk (许工商〔2018〕103号 四(三)).

use super::curate::dispute_line;
use super::{Desk, Result, Sitting};
use crate::domain::chat::group::GroupKind;
use crate::domain::duty;
use crate::domain::list::candidate::{Asking, Reason};
use crate::domain::list::contradiction::{self, About, Reply};
use crate::domain::roster::people::BureauId;
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::faq::cluster::{Clusters, nearest_entry};
use crate::faq::decide;
use crate::faq::{Audience, EntryId};
use crate::store::clusters::{Dispute, Fresh};

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
    /// What keeps the list in step with what people ask: collects questions, tests approved drafts. Safe to run beside
    /// everything else; does nothing while there is nothing.
    pub async fn keep_list(&self) -> Result<()> {
        while self.collect_some().await? {}
        self.see_to_drafts().await
    }

    /// Collects a few questions; whether there were any.
    async fn collect_some(&self) -> Result<bool> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let fresh = tx.uncollected(now.plus(-SETTLED_MS), BATCH).await?;
        drop(tx);
        if fresh.is_empty() {
            return Ok(false);
        }
        let mut memory = self.clusters.lock().await;
        let mut sitting = self.sit().await?;
        // Two instances take turns: the counter's row is held until the commit.
        sitting.tx.count_up("collecting", 1).await?;
        let mut clusters = sitting.remembered(memory.take()).await?;
        for question in &fresh {
            sitting.collect(question, &mut clusters).await?;
        }
        let read_at = (sitting.served.version(), sitting.tx.clusters_version().await?);
        sitting.tx.commit().await?;
        *memory = Some(Memory { read_at, clusters });
        Ok(true)
    }

    /// The most central way a cluster was asked.
    pub(super) async fn title_of(&self, askings: &[Asking]) -> String {
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

impl Sitting<'_> {
    /// The clusters as they are in the database now: those in memory if nobody else was at them, else read anew.
    async fn remembered(&mut self, memory: Option<Memory>) -> Result<Clusters> {
        let now = (self.served.version(), self.tx.clusters_version().await?);
        if let Some(memory) = memory.filter(|memory| memory.read_at == now) {
            return Ok(memory.clusters);
        }
        let mut clusters = Clusters::new(self.served.faq());
        let members = self.tx.members_since(self.now.plus(-KEPT_MS)).await?;
        let mut askings: Vec<(i64, Asking)> = members
            .into_iter()
            .flat_map(|(cluster, askings)| askings.into_iter().map(move |asking| (cluster, asking)))
            .collect();
        askings.sort_by_key(|(_, asking)| asking.question);
        for (cluster, asking) in askings.iter().filter(|(_, asking)| !asking.text.is_empty()) {
            let entry = asking.entry.as_ref().map(|entry| EntryId(entry.clone()));
            clusters.restore(*cluster, &asking.text, entry.as_ref());
        }
        Ok(clusters)
    }

    async fn collect(&mut self, fresh: &Fresh, clusters: &mut Clusters) -> Result<()> {
        let Some(question) = self.tx.question(fresh.id).await? else {
            return Ok(());
        };
        let (reason, entry) = self.reason(&fresh.text, fresh.staff, question.bureau)?;
        let near = clusters.nearest(&fresh.text, entry.as_ref());
        let cluster = match near {
            Some(near) => near.cluster,
            None => self.tx.open_cluster(self.now).await?,
        };
        clusters.restore(cluster, &fresh.text, entry.as_ref());
        let entry = entry.as_ref().map(EntryId::as_str);
        Ok(self.tx.collect(fresh.id, cluster, reason, entry).await?)
    }

    /// What the list makes of a question, and the entry it is near to.
    fn reason(&self, text: &str, staff: bool, bureau: BureauId) -> Result<(Reason, Option<EntryId>)> {
        let audience = if staff { Audience::Staff } else { Audience::Public };
        let faq = self.served.faq();
        let reading = faq.read(text, audience);
        let first = nearest_entry(&reading).cloned();
        let outcome = faq.decide(&reading, self.desk.day(self.now));
        let reason = match outcome.decision {
            decide::Decision::Sure(entry) => match self.said(&entry, &self.bureau(bureau)?) {
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

    /// Tells editors of clusters that became candidates since they were last told; each once.
    pub(super) async fn tell_of_candidates(&mut self) -> Result<()> {
        let waiting = self.waiting_candidates().await?;
        let new: Vec<_> = waiting
            .into_iter()
            .filter(|(cluster, ..)| cluster.told_at.is_none())
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let lines: Vec<_> = new.iter().take(NAMED).map(|(_, _, line)| line.clone()).collect();
        for (mut cluster, ..) in new {
            cluster.told_at = Some(self.now);
            self.tx.save_cluster(&cluster).await?;
        }
        let editors = self.keepers_of_list(Right::Curate);
        self.tell_privately(&editors, &wording::new_candidates(&lines)).await
    }

    /// Compares what helpers replied inside each cluster; a contradiction is a dispute for the city desk.
    pub(super) async fn look_for_disputes(&mut self, since: crate::clock::Millis) -> Result<()> {
        for cluster in self.tx.clusters_replied_since(since).await? {
            let replies = self.tx.replies_in(cluster, self.now.plus(-REPLIES_MS)).await?;
            let newest = replies.len().saturating_sub(COMPARED);
            let compared: Vec<Reply<'_>> = replies[newest..]
                .iter()
                .map(|(question, bureau, text)| Reply {
                    question: *question,
                    bureau: *bureau,
                    text,
                })
                .collect();
            for found in contradiction::contradictions(&compared) {
                let about = match found.about {
                    About::TimeLimit => "time_limit",
                    About::Fee => "fee",
                    About::Material => "material",
                    About::Place => "place",
                };
                let mut dispute = Dispute {
                    id: 0,
                    cluster,
                    about: about.to_owned(),
                    one: found.one,
                    other: found.other,
                };
                if let Some(id) = self.tx.open_dispute(&dispute, self.now).await? {
                    dispute.id = id;
                    self.tell_of_dispute(&dispute).await?;
                }
            }
        }
        Ok(())
    }

    /// The guidance group hears of a dispute, and whoever keeps the list.
    async fn tell_of_dispute(&mut self, dispute: &Dispute) -> Result<()> {
        let text = wording::dispute_opened(&dispute_line(dispute));
        if let Some(city) = self.roster.city_bureau().map(|city| city.id) {
            for group in self.tx.groups_of(city, GroupKind::Guidance).await? {
                let place = crate::domain::chat::message::Place::chat(&group.channel, &group.chat);
                self.say(&place, None, text.clone()).await?;
            }
        }
        let keepers = self.keepers_of_list(Right::Curate);
        self.tell_privately(&keepers, &text).await
    }

    /// When something must be done by, in words.
    pub(super) fn by_when(&self, at: crate::clock::Millis) -> String {
        duty::when_said(at, self.now, self.time())
    }
}
