//! The knowledge base: entries, their immutable approved revisions, and the vocabulary they were approved with.

use std::collections::HashMap;

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::faq::{Defect, Entry, EntryId, Lexicon};

/// Counter that grows with each import, so that a running server sees it.
const VERSION: &str = "faq";
/// Note that holds the library of common defects.
const DEFECTS: &str = "defects";

/// What an import did, in numbers of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New entries.
    pub added: usize,
    /// Entries with a new revision.
    pub changed: usize,
    /// Entries as they were.
    pub same: usize,
    /// Entries that are no longer in the files and are no longer served.
    pub withdrawn: usize,
}

impl Tx {
    /// Grows with each change of the knowledge base.
    pub async fn faq_version(&mut self) -> Result<i64> {
        self.counter(VERSION).await
    }

    /// The served entries with their revision, by number, and the vocabulary.
    pub async fn served_entries(&mut self) -> Result<(Vec<(Entry, i64)>, Lexicon)> {
        let rows: Vec<(String, i64, String)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT e.id, e.revision, r.body FROM entries e JOIN revisions r ON r.entry_id = e.id AND r.revision = e.revision
             WHERE e.active = 1 ORDER BY e.no"
        )
        .fetch_all(conn)
        .await
        })?;
        let mut entries = Vec::with_capacity(rows.len());
        for (id, revision, body) in rows {
            let entry: Entry =
                serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("revisions", &id, error))?;
            entries.push((entry, revision));
        }
        let lexicon: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM lexicons ORDER BY id DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?;
        let lexicon = match lexicon {
            Some((body,)) => {
                serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("lexicons", "newest", error))?
            }
            None => Lexicon::default(),
        };
        Ok((entries, lexicon))
    }

    /// Takes checked entries over as approved revisions by `operator`: an entry whose words changed gets its next
    /// revision, one that is missing is no longer served; nothing that was approved is ever overwritten.
    pub async fn import_entries(
        &mut self,
        entries: &[Entry],
        lexicon: &Lexicon,
        operator: &str,
        now: Millis,
    ) -> Result<Imported> {
        let known: Vec<(String, i64, String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, revision, file_digest, active FROM entries"
        )
        .fetch_all(conn)
        .await)?;
        let mut known: HashMap<String, (i64, String, bool)> = known
            .into_iter()
            .map(|(id, revision, digest, active)| (id, (revision, digest, active != 0)))
            .collect();
        let mut done = Imported::default();
        // Numbers may be swapped between entries of one import: only served entries' numbers are unique.
        on!(self, |conn| sqlx::query("UPDATE entries SET active = 0")
            .execute(conn)
            .await
            .map(drop))?;
        for entry in entries {
            let digest = entry.digest();
            let before = known.remove(entry.id.as_str());
            let revision = match &before {
                Some((revision, old, _)) if *old == digest => {
                    done.same += 1;
                    *revision
                }
                Some((revision, _, _)) => {
                    done.changed += 1;
                    revision + 1
                }
                None => {
                    done.added += 1;
                    1
                }
            };
            self.save_entry(entry, revision, &digest).await?;
            if before.is_none_or(|(_, old, _)| old != digest) {
                if self.says_otherwise(entry, revision - 1).await? {
                    self.recall(entry.id.as_str(), revision, now).await?;
                }
                self.add_revision(entry, revision, operator, now).await?;
            }
        }
        for (id, (revision, _, _)) in known.into_iter().filter(|(_, (_, _, active))| *active) {
            done.withdrawn += 1;
            self.recall(&id, revision + 1, now).await?;
        }
        self.save_lexicon(lexicon, now).await?;
        self.count_up(VERSION, 1).await?;
        Ok(done)
    }

    /// Whether an entry's answer differs from what an older revision of it says; variants and tests do not count.
    async fn says_otherwise(&mut self, entry: &Entry, revision: i64) -> Result<bool> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM revisions WHERE entry_id = $1 AND revision = $2"
        )
        .bind(entry.id.as_str())
        .bind(revision)
        .fetch_optional(conn)
        .await)?;
        let Some((body,)) = row else { return Ok(false) };
        let old: Entry = serde_json::from_str(&body)
            .map_err(|error| StoreError::inconsistent("revisions", entry.id.as_str(), error))?;
        Ok(old.answer != entry.answer)
    }

    async fn save_entry(&mut self, entry: &Entry, revision: i64, digest: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES ($1, $2, $3, $4, $5, 1)
             ON CONFLICT (id) DO UPDATE SET no = $2, revision = $3, topic = $4, file_digest = $5, active = 1"
        )
        .bind(entry.id.as_str())
        .bind(i64::from(entry.no))
        .bind(revision)
        .bind(&entry.topic)
        .bind(digest)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    async fn add_revision(&mut self, entry: &Entry, revision: i64, operator: &str, now: Millis) -> Result<()> {
        let body = serde_json::to_string(entry)
            .map_err(|error| StoreError::inconsistent("revisions", entry.id.as_str(), error))?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES ($1, $2, $3, $4, $5)"
        )
        .bind(entry.id.as_str())
        .bind(revision)
        .bind(body)
        .bind(operator)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Keeps the library of common defects that came with an import.
    pub async fn save_defects(&mut self, defects: &[Defect]) -> Result<()> {
        let body = serde_json::to_string(defects).map_err(|error| StoreError::inconsistent("notes", DEFECTS, error))?;
        self.set_note(DEFECTS, &body).await
    }

    /// The library of common defects.
    pub async fn defects(&mut self) -> Result<Vec<Defect>> {
        match self.note(DEFECTS).await? {
            Some(body) => {
                serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("notes", DEFECTS, error))
            }
            None => Ok(Vec::new()),
        }
    }

    async fn save_lexicon(&mut self, lexicon: &Lexicon, now: Millis) -> Result<()> {
        let body =
            serde_json::to_string(lexicon).map_err(|error| StoreError::inconsistent("lexicons", "new", error))?;
        let id = self.count_up("lexicons", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO lexicons (id, body, at) VALUES ($1, $2, $3)"
        )
        .bind(id)
        .bind(body)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// One approved revision of an entry.
    pub async fn revision(&mut self, entry: &EntryId, revision: i64) -> Result<Option<Entry>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM revisions WHERE entry_id = $1 AND revision = $2"
        )
        .bind(entry.as_str())
        .bind(revision)
        .fetch_optional(conn)
        .await)?;
        row.map(|(body,)| {
            serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("revisions", entry.as_str(), error))
        })
        .transpose()
    }
}
