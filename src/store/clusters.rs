//! What people keep asking: every question in a cluster, with what the list made of it, and the replies that
//! contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Result, StoreError, Tx, holds, listed};

use crate::clock::Millis;
use crate::domain::asking::history;
use crate::domain::asking::question::QuestionId;
use crate::domain::list::candidate::{Asking, Reason};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};

/// A question that is not in a cluster yet.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// The question.
    pub id: QuestionId,
    /// Its words, masked.
    pub text: String,
    /// Whether it was asked among staff.
    pub staff: bool,
    /// Whose it is.
    pub bureau: BureauId,
}

/// A question's place in a cluster, and what the list made of it.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The question.
    pub question: QuestionId,
    /// Its cluster.
    pub cluster: i64,
    /// What the list made of it.
    pub reason: Reason,
    /// The entry it is near to.
    pub entry: Option<String>,
}

/// Questions that ask the same thing, and what became of them as a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its number, as editors type it: 候选 12.
    pub id: i64,
    /// The name a curator gave it.
    pub name: Option<String>,
    /// Where it stands: open, drafted, listed, dismissed.
    pub standing: String,
    /// Why it was dismissed.
    pub note: String,
    /// The draft that came of it.
    pub draft: Option<i64>,
    /// When editors were told of it.
    pub told_at: Option<Millis>,
}

/// Two replies that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Its number, as editors type it: 口径 3.
    pub id: i64,
    /// The cluster.
    pub cluster: i64,
    /// What about: time_limit, fee, material, place.
    pub about: String,
    /// The two questions and what was replied to each.
    pub one: (QuestionId, String),
    pub other: (QuestionId, String),
}

const STAFF: &str = "CAST(CASE WHEN g.kind IN ('guidance', 'duty') THEN 1 ELSE 0 END AS BIGINT)";

impl Tx {
    /// Questions asked before a moment that are in no cluster yet, oldest first.
    pub async fn uncollected(&mut self, before: Millis, limit: i64) -> Result<Vec<Fresh>> {
        // Numbers are given before the commit: the newest thousand are looked at again, older ones are all collected.
        let text = format!(
            "SELECT q.id, q.text, {STAFF}, q.bureau_id FROM questions q JOIN groups g ON g.id = q.group_id
             WHERE q.id > (SELECT COALESCE(MAX(question_id), 0) - 1000 FROM collected) AND q.asked_at <= $1 AND q.text <> ''
             AND NOT EXISTS (SELECT 1 FROM collected c WHERE c.question_id = q.id) ORDER BY q.id LIMIT $2"
        );
        let rows: Vec<(i64, String, i64, i64)> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(before.0)
            .bind(limit)
            .fetch_all(conn)
            .await)?;
        let fresh = |(id, text, staff, bureau)| Fresh {
            id: QuestionId(id),
            text,
            staff: staff != 0,
            bureau: BureauId(bureau),
        };
        Ok(rows.into_iter().map(fresh).collect())
    }

    /// The next cluster's number, its row written.
    pub async fn open_cluster(&mut self, now: Millis) -> Result<i64> {
        let id = self.count_up("clusters", 1).await?;
        self.add_cluster(id, now).await?;
        Ok(id)
    }

    /// The number of the cluster that was opened last.
    pub async fn last_cluster(&mut self) -> Result<i64> {
        self.counter("clusters").await
    }

    async fn add_cluster(&mut self, id: i64, now: Millis) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO clusters (id, standing, note, made_at) VALUES ($1, 'open', '', $2)"
        )
        .bind(id)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Puts questions into clusters. Those that are numbered after `last` ([`Tx::last_cluster`]) are opened.
    pub async fn collect(&mut self, placed: &[Placed], last: i64, now: Millis) -> Result<()> {
        let opened = placed.iter().map(|one| one.cluster).max().unwrap_or(last).max(last);
        if opened > last {
            self.count_up("clusters", opened - last).await?;
        }
        for id in last + 1..=opened {
            self.add_cluster(id, now).await?;
        }
        let kept = self.still_kept(placed).await?;
        let placed: Vec<&Placed> = placed.iter().filter(|one| kept.contains(&one.question.0)).collect();
        if placed.is_empty() {
            return Ok(());
        }
        let row = |at: usize| format!("(${}, ${}, ${}, ${})", at * 4 + 1, at * 4 + 2, at * 4 + 3, at * 4 + 4);
        let rows: Vec<String> = (0..placed.len()).map(row).collect();
        let text = format!(
            "INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES {} ON CONFLICT (question_id)
             DO UPDATE SET cluster_id = excluded.cluster_id, reason = excluded.reason, entry_id = excluded.entry_id",
            rows.join(", ")
        );
        on!(self, |conn| {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(text.clone()));
            for one in &placed {
                query = query.bind(one.question.0).bind(one.cluster);
                query = query.bind(one.reason.key()).bind(one.entry.as_deref());
            }
            query.execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    /// Those of these questions that were not forgotten meanwhile.
    async fn still_kept(&mut self, placed: &[Placed]) -> Result<BTreeSet<i64>> {
        let ids = || placed.iter().map(|one| one.question.0);
        let (first, last) = (ids().min().unwrap_or_default(), ids().max().unwrap_or_default());
        let rows: Vec<(i64,)> = on!(self, |conn| {
            sqlx::query_as("SELECT id FROM questions WHERE id >= $1 AND id <= $2")
                .bind(first)
                .bind(last)
                .fetch_all(conn)
                .await
        })?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Changes with every question that is collected and every merge or split: who holds clusters in memory reads them
    /// anew where somebody else was at them.
    pub async fn clusters_version(&mut self) -> Result<(i64, i64)> {
        let newest: (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COALESCE(MAX(question_id), 0) FROM collected"
        )
        .fetch_one(conn)
        .await)?;
        Ok((self.counter("clusters_changed").await?, newest.0))
    }

    /// The members of every cluster asked since a moment, by cluster, each in the order of asking.
    pub async fn members_since(&mut self, since: Millis) -> Result<BTreeMap<i64, Vec<Asking>>> {
        self.members(None, since).await
    }

    /// The members of one cluster since a moment.
    pub async fn members_of(&mut self, cluster: i64, since: Millis) -> Result<Vec<Asking>> {
        Ok(self
            .members(Some(cluster), since)
            .await?
            .remove(&cluster)
            .unwrap_or_default())
    }

    async fn members(&mut self, cluster: Option<i64>, since: Millis) -> Result<BTreeMap<i64, Vec<Asking>>> {
        type Row = (i64, i64, String, String, String, i64, i64, String, Option<String>, i64);
        // Of one cluster only its own questions are looked at, of all of them only the late ones.
        let which = match cluster {
            Some(_) => "c.cluster_id = $2",
            None => "q.id IN (SELECT id FROM questions WHERE asked_at > $1) AND $2 = $2",
        };
        let text = format!(
            "SELECT c.cluster_id, q.id, q.text, q.channel, q.account, q.bureau_id, q.asked_at, c.reason, c.entry_id, {STAFF}
             FROM collected c JOIN questions q ON q.id = c.question_id JOIN groups g ON g.id = q.group_id
             WHERE q.asked_at > $1 AND {which} ORDER BY q.id"
        );
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(since.0)
            .bind(cluster.unwrap_or_default())
            .fetch_all(conn)
            .await)?;
        let mut wishers = self.wishers_of_collected(since).await?;
        let mut found: BTreeMap<i64, Vec<Asking>> = BTreeMap::new();
        for (cluster, question, text, channel, account, bureau, at, reason, entry, staff) in rows {
            let reason = Reason::from_key(&reason)
                .ok_or_else(|| StoreError::inconsistent("collected", question, format!("reason {reason}")))?;
            found.entry(cluster).or_default().push(Asking {
                question: QuestionId(question),
                text,
                asker: (!account.is_empty()).then(|| format!("{channel}:{account}")),
                also: wishers.remove(&question).unwrap_or_default(),
                bureau: BureauId(bureau),
                at: Millis(at),
                reason,
                entry,
                staff: staff != 0,
            });
        }
        Ok(found)
    }

    /// Every cluster by its number.
    pub async fn clusters(&mut self) -> Result<BTreeMap<i64, Cluster>> {
        type Row = (i64, Option<String>, String, String, Option<i64>, Option<i64>);
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(
            "SELECT id, name, standing, note, draft_id, told_at FROM clusters"
        )
        .fetch_all(conn)
        .await)?;
        let cluster = |(id, name, standing, note, draft, told_at): Row| {
            let cluster = Cluster {
                id,
                name,
                standing,
                note,
                draft,
                told_at: told_at.map(Millis),
            };
            (id, cluster)
        };
        Ok(rows.into_iter().map(cluster).collect())
    }

    /// Writes what became of a cluster: its name, standing, note, draft, and when editors were told.
    pub async fn save_cluster(&mut self, cluster: &Cluster) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE clusters SET name = $2, standing = $3, note = $4, draft_id = $5, told_at = $6 WHERE id = $1"
        )
        .bind(cluster.id)
        .bind(&cluster.name)
        .bind(&cluster.standing)
        .bind(&cluster.note)
        .bind(cluster.draft)
        .bind(cluster.told_at.map(|at| at.0))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Moves questions into another cluster: all of `from`, or only those named. Returns how many were moved.
    pub async fn move_members(&mut self, from: i64, to: i64, only: Option<&BTreeSet<QuestionId>>) -> Result<u64> {
        let mut moved = 0;
        let named: Vec<Option<QuestionId>> = match only {
            Some(only) => only.iter().copied().map(Some).collect(),
            None => vec![None],
        };
        for question in named {
            moved += on!(self, |conn| sqlx::query(
                "UPDATE collected SET cluster_id = $2 WHERE cluster_id = $1 AND (question_id = $3 OR $4 = 1)"
            )
            .bind(from)
            .bind(to)
            .bind(question.map(|question| question.0))
            .bind(i64::from(question.is_none()))
            .execute(conn)
            .await
            .map(|done| done.rows_affected()))?;
        }
        self.count_up("clusters_changed", 1).await?;
        Ok(moved)
    }

    /// What helpers replied to the questions of a cluster since a moment: question, bureau and words, in order.
    pub async fn replies_in(&mut self, cluster: i64, since: Millis) -> Result<Vec<(QuestionId, BureauId, String)>> {
        let text = format!(
            "SELECT q.id, q.bureau_id, s.note FROM collected c JOIN questions q ON q.id = c.question_id
             JOIN steps s ON s.question_id = q.id
             WHERE c.cluster_id = $1 AND s.at > $2 AND s.note <> '' AND s.kind IN ({}) AND {} ORDER BY s.id",
            listed(history::REPLIES),
            holds()
        );
        let rows: Vec<(i64, i64, String)> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(cluster)
            .bind(since.0)
            .fetch_all(conn)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(question, bureau, note)| (QuestionId(question), BureauId(bureau), note))
            .collect())
    }

    /// Clusters in which somebody replied since a moment.
    pub async fn clusters_replied_since(&mut self, since: Millis) -> Result<Vec<i64>> {
        let text = format!(
            "SELECT DISTINCT c.cluster_id FROM steps s JOIN collected c ON c.question_id = s.question_id
             WHERE s.at > $1 AND s.kind IN ({}) ORDER BY c.cluster_id",
            listed(history::REPLIES)
        );
        let rows: Vec<(i64,)> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(since.0)
            .fetch_all(conn)
            .await)?;
        Ok(rows.into_iter().map(|(cluster,)| cluster).collect())
    }

    /// Opens a dispute of a cluster; none if one about the same is open or was settled with the same two replies.
    pub async fn open_dispute(&mut self, dispute: &Dispute, now: Millis) -> Result<Option<i64>> {
        let known: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT id FROM disputes WHERE cluster_id = $1 AND about = $2
             AND (closed_at IS NULL OR (one_says = $3 AND other_says = $4))"
        )
        .bind(dispute.cluster)
        .bind(&dispute.about)
        .bind(&dispute.one.1)
        .bind(&dispute.other.1)
        .fetch_optional(conn)
        .await)?;
        if known.is_some() {
            return Ok(None);
        }
        let id = self.count_up("disputes", 1).await?;
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(id)
        .bind(dispute.cluster)
        .bind(&dispute.about)
        .bind(dispute.one.0.0)
        .bind(&dispute.one.1)
        .bind(dispute.other.0.0)
        .bind(&dispute.other.1)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(Some(id))
    }

    /// Disputes nobody has settled.
    pub async fn open_disputes(&mut self) -> Result<Vec<Dispute>> {
        type Row = (i64, i64, String, i64, String, i64, String);
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(
            "SELECT id, cluster_id, about, one_question, one_says, other_question, other_says FROM disputes
             WHERE closed_at IS NULL ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        let dispute = |(id, cluster, about, one, one_says, other, other_says): Row| Dispute {
            id,
            cluster,
            about,
            one: (QuestionId(one), one_says),
            other: (QuestionId(other), other_says),
        };
        Ok(rows.into_iter().map(dispute).collect())
    }

    /// Settles a dispute; false if it was settled before.
    pub async fn close_dispute(&mut self, id: i64, by: PersonId, note: &Masked, now: Millis) -> Result<bool> {
        let closed = on!(self, |conn| sqlx::query(
            "UPDATE disputes SET closed_at = $2, closed_by = $3, note = $4 WHERE id = $1 AND closed_at IS NULL"
        )
        .bind(id)
        .bind(now.0)
        .bind(by.0)
        .bind(note.as_str())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(closed == 1)
    }
}
