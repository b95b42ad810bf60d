//! What people showed by a question: which were looked at, which were proposed to be learnt, and how they are forgotten.

use std::collections::HashMap;

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::Account;
use crate::domain::list::lesson::Curated;
use crate::domain::roster::people::BureauId;
use crate::faq::Asked;
use crate::faq::edit::Proposal;

/// An ended question that may show something.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub question: QuestionId,
    /// Its words, masked.
    pub text: String,
    /// Who asked, as one word.
    pub asker: String,
    pub bureau: BureauId,
    /// Where its cluster stands; empty for one in none.
    pub standing: String,
    /// What editors made of its cluster.
    pub curated: Option<Curated>,
}

impl Tx {
    /// Questions of enterprises that ended between two moments and were not looked at since their cluster stands as it
    /// does, oldest first.
    pub async fn unlearnt(&mut self, since: Millis, until: Millis, limit: i64) -> Result<Vec<Candidate>> {
        type Row = (i64, String, String, String, i64, String, Option<String>);
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT q.id, q.text, q.channel, q.account, q.bureau_id, COALESCE(k.standing, ''), d.entry_id
             FROM questions q JOIN groups g ON g.id = q.group_id AND g.kind = 'help'
             LEFT JOIN collected c ON c.question_id = q.id LEFT JOIN clusters k ON k.id = c.cluster_id
             LEFT JOIN drafts d ON d.id = k.draft_id AND d.phase = 'done' AND k.standing = 'listed'
             LEFT JOIN lessons l ON l.question_id = q.id
             WHERE q.ended_at > $1 AND q.ended_at <= $2 AND q.text <> ''
             AND (l.question_id IS NULL OR l.draft_id IS NULL AND l.standing <> COALESCE(k.standing, ''))
             ORDER BY q.id LIMIT $3",
            )
            .bind(since.0)
            .bind(until.0)
            .bind(limit)
            .fetch_all(conn)
            .await
        })?;
        let candidate = |(id, text, channel, account, bureau, standing, entry): Row| Candidate {
            question: QuestionId(id),
            text,
            asker: format!("{channel}:{account}"),
            bureau: BureauId(bureau),
            curated: match standing.as_str() {
                "dismissed" => Some(Curated::Dismissed),
                _ => entry.map(Curated::Joined),
            },
            standing,
        };
        Ok(rows.into_iter().map(candidate).collect())
    }

    /// Notes that a question was looked at as its cluster stands, and the draft that proposes what it showed, if any.
    pub async fn note_lesson(&mut self, question: QuestionId, standing: &str, draft: Option<i64>) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO lessons (question_id, standing, draft_id) VALUES ($1, $2, $3)
             ON CONFLICT (question_id) DO UPDATE SET standing = $2, draft_id = $3"
        )
        .bind(question.0)
        .bind(standing)
        .bind(draft)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// How many lines of each asker were ever proposed.
    pub async fn proposed_of_askers(&mut self) -> Result<HashMap<String, usize>> {
        let rows: Vec<(String, String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT q.channel, q.account, COUNT(*) FROM lessons l CROSS JOIN questions q
             WHERE q.id = l.question_id AND l.draft_id IS NOT NULL GROUP BY q.channel, q.account"
        )
        .fetch_all(conn)
        .await)?;
        let count = |count: i64| usize::try_from(count).unwrap_or(usize::MAX);
        Ok(rows
            .into_iter()
            .map(|(channel, account, lines)| (format!("{channel}:{account}"), count(lines)))
            .collect())
    }

    /// Erases the words of an asker's questions wherever they were proposed or learnt.
    pub(super) async fn erase_lessons(&mut self, asker: &Account, now: Millis) -> Result<()> {
        type Row = (i64, i64, String);
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT l.question_id, d.id, d.proposal FROM lessons l JOIN questions q ON q.id = l.question_id
             JOIN drafts d ON d.id = l.draft_id OR d.id IN (SELECT u.id FROM drafts u WHERE u.proposal LIKE '{\"Unlearn\"%')
             WHERE q.channel = $1 AND q.account = $2 AND l.draft_id IS NOT NULL"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .fetch_all(conn)
        .await
        })?;
        if rows.is_empty() {
            return Ok(());
        }
        let theirs = |asked: &Asked| {
            let from = asked.confirmed.as_ref().map(|confirmed| confirmed.question);
            from.is_some_and(|from| rows.iter().any(|(question, ..)| *question == from))
        };
        let drafts: HashMap<i64, &String> = rows.iter().map(|(_, draft, proposal)| (*draft, proposal)).collect();
        for (draft, proposal) in drafts {
            let wrong = |error| StoreError::inconsistent("drafts", draft, error);
            let mut proposal: Proposal = serde_json::from_str(proposal).map_err(wrong)?;
            if let Proposal::Learn(lines) | Proposal::Unlearn { lines, .. } = &mut proposal {
                lines.retain(|line| !theirs(line));
            }
            let body = serde_json::to_string(&proposal).map_err(wrong)?;
            on!(self, |conn| sqlx::query(
                "UPDATE drafts SET proposal = $2, version = version + 1 WHERE id = $1"
            )
            .bind(draft)
            .bind(&body)
            .execute(conn)
            .await
            .map(drop))?;
        }
        let mut lexicon = self.served_entries().await?.1;
        if lexicon.learnt.forget(theirs) {
            self.save_lexicon(&lexicon, now).await?;
            self.list_changed().await?;
        }
        Ok(())
    }
}
