//! What was asked about each item of the list, and whether its answer was enough.

use std::collections::HashMap;

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history;
use crate::domain::list::helped::Asked;
use crate::faq::EntryId;

impl Tx {
    /// The questions since a moment that each entry is about: those it was nearest to, and those of the candidate it
    /// came from, also before there was the entry.
    pub async fn asked_about(&mut self, since: Millis) -> Result<HashMap<EntryId, Vec<Asked>>> {
        type Row = (String, i64, String, i64, i64);
        let text = format!(
            "SELECT COALESCE(d.entry_id, c.entry_id), q.asked_at, c.reason,
             (SELECT COUNT(*) FROM steps s WHERE s.question_id = q.id AND s.kind IN ({answers})),
             (SELECT COUNT(*) FROM steps s WHERE s.question_id = q.id AND s.kind IN ({did_not_do})
              AND s.id > (SELECT MIN(a.id) FROM steps a WHERE a.question_id = q.id AND a.kind IN ({answers})))
             FROM collected c JOIN questions q ON q.id = c.question_id JOIN clusters k ON k.id = c.cluster_id
             LEFT JOIN drafts d ON d.id = k.draft_id AND d.phase = 'done'
             WHERE q.id IN (SELECT id FROM questions WHERE asked_at > $1) AND COALESCE(d.entry_id, c.entry_id) IS NOT NULL
             ORDER BY q.id",
            answers = listed(history::ANSWERS),
            did_not_do = listed(history::DID_NOT_DO),
        );
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(since.0)
            .fetch_all(conn)
            .await)?;
        let mut found: HashMap<EntryId, Vec<Asked>> = HashMap::new();
        for (entry, at, reason, answered, unsolved) in rows {
            found.entry(EntryId(entry)).or_default().push(Asked {
                at: Millis(at),
                sure: reason == "answered",
                answered: (answered > 0).then_some(unsolved > 0),
            });
        }
        Ok(found)
    }

    /// When each served entry was published as it is: frozen into an edition, else approved.
    pub async fn published_at(&mut self) -> Result<HashMap<EntryId, Millis>> {
        let rows: Vec<(String, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT e.id, r.revision, r.at FROM entries e
             JOIN revisions r ON r.entry_id = e.id AND r.revision = e.revision WHERE e.active = 1"
        )
        .fetch_all(conn)
        .await)?;
        let mut published: HashMap<EntryId, Millis> = HashMap::new();
        let mut revisions: HashMap<EntryId, i64> = HashMap::new();
        for (id, revision, at) in rows {
            published.insert(EntryId(id.clone()), Millis(at));
            revisions.insert(EntryId(id), revision);
        }
        let editions: Vec<(i64, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT at, body FROM editions ORDER BY number DESC"
        )
        .fetch_all(conn)
        .await)?;
        for (at, body) in editions {
            let edition: crate::domain::list::edition::Edition =
                serde_json::from_str(&body).map_err(|error| super::StoreError::inconsistent("editions", at, error))?;
            // The oldest edition that prints the revision comes last and stays.
            for item in edition.items {
                let id = EntryId(item.id);
                if revisions.get(&id) == Some(&item.revision) {
                    published.insert(id, Millis(at));
                }
            }
        }
        Ok(published)
    }
}
