//! The knowledge base: entries, their immutable approved revisions, and the vocabulary they were approved with.

use std::collections::HashMap;

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::faq::{Defect, Entry, EntryId, Lexicon};

/// Counter that grows with each import, so that a running server sees it.
const VERSION: &str = "faq";
/// Revisions of an entry count from here.
pub const FIRST: i64 = 1;
/// Note that holds the library of common defects.
const DEFECTS: &str = "defects";

impl Tx {
    /// The list is to be read anew by whoever serves it.
    pub async fn list_changed(&mut self) -> Result<()> {
        self.count_up(VERSION, 1).await.map(drop)
    }

    /// Grows with each change of the knowledge base.
    pub async fn faq_version(&mut self) -> Result<i64> {
        self.counter(VERSION).await
    }

    /// The served entries with their revision, by number, and the vocabulary.
    pub async fn served_entries(&mut self) -> Result<(Vec<(Entry, i64)>, Lexicon)> {
        Ok((self.served_list().await?, self.served_lexicon().await?))
    }

    /// The served entries alone: the vocabulary is megabytes of taught lines.
    pub async fn served_list(&mut self) -> Result<Vec<(Entry, i64)>> {
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
        Ok(entries)
    }

    /// The vocabulary the list is served with, and what it is taught with.
    pub async fn served_lexicon(&mut self) -> Result<Lexicon> {
        let lexicon: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT body FROM lexicons ORDER BY id DESC LIMIT 1"
        )
        .fetch_optional(conn)
        .await)?;
        match lexicon {
            Some((body,)) => {
                serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("lexicons", "newest", error))
            }
            None => Ok(Lexicon::default()),
        }
    }

    /// Whether an entry's answer differs from what an older revision of it says; variants and tests do not count.
    pub(super) async fn says_otherwise(&mut self, entry: &Entry, revision: i64) -> Result<bool> {
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

    pub(super) async fn save_entry(&mut self, entry: &Entry, revision: i64, digest: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES ($1, $2, $3, $4, $5, 1)
             ON CONFLICT (id) DO UPDATE SET no = $2, revision = $3, topic = $4, file_digest = $5, active = 1,
             withdrawn_here = 0"
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

    pub(super) async fn add_revision(
        &mut self,
        entry: &Entry,
        revision: i64,
        operator: &str,
        now: Millis,
    ) -> Result<()> {
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

    /// Keeps the vocabulary, questions and weights that the list is served with from now on, in place of those before:
    /// nobody reads older ones, and they may hold what somebody wanted to be forgotten.
    pub async fn save_lexicon(&mut self, lexicon: &Lexicon, now: Millis) -> Result<()> {
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
        on!(self, |conn| sqlx::query("DELETE FROM lexicons WHERE id < $1")
            .bind(id)
            .execute(conn)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Takes an approved text as the entry's next revision and serves it; `base` is the revision it was drawn from, none
    /// for a new entry. None, and nothing is written, if the entry has changed since. Who was told otherwise hears of it.
    pub async fn approve_entry(
        &mut self,
        entry: &Entry,
        base: Option<i64>,
        approver: &str,
        now: Millis,
    ) -> Result<Option<i64>> {
        let id = entry.id.as_str();
        if self.entry_revision(id).await? != base {
            return Ok(None);
        }
        let revision = base.map_or(FIRST, |base| base + 1);
        on!(self, |conn| sqlx::query(
            "INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES ($1, $2, $3, $4, '', 1)
             ON CONFLICT (id) DO UPDATE SET no = $2, revision = $3, topic = $4, active = 1, withdrawn_here = 0"
        )
        .bind(id)
        .bind(i64::from(entry.no))
        .bind(revision)
        .bind(&entry.topic)
        .execute(conn)
        .await
        .map(drop))?;
        if let Some(base) = base
            && self.says_otherwise(entry, base).await?
        {
            self.recall(id, revision, now).await?;
        }
        self.add_revision(entry, revision, approver, now).await?;
        self.recall_returned(id, revision, now).await?;
        self.list_changed().await?;
        Ok(Some(revision))
    }

    /// Serves an entry no longer; who was told it in the last thirty days hears of it. False if it has changed since.
    pub async fn withdraw_entry(&mut self, id: &EntryId, base: i64, now: Millis) -> Result<bool> {
        let gone = on!(self, |conn| sqlx::query(
            "UPDATE entries SET active = 0, withdrawn_here = 1 WHERE id = $1 AND revision = $2 AND active = 1"
        )
        .bind(id.as_str())
        .bind(base)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if gone == 1 {
            self.recall_gone(id.as_str(), base, now).await?;
            self.list_changed().await?;
        }
        Ok(gone == 1)
    }

    /// The newest approved revision of an entry, served or not.
    pub async fn entry_revision(&mut self, id: &str) -> Result<Option<i64>> {
        let row: Option<(i64,)> = on!(self, |conn| sqlx::query_as(
            "SELECT revision FROM entries WHERE id = $1"
        )
        .bind(id)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(revision,)| revision))
    }

    /// An entry's id by its number in the list, also one that is no longer served.
    pub async fn entry_numbered(&mut self, no: u32) -> Result<Option<EntryId>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT id FROM entries WHERE no = $1 ORDER BY active DESC, revision DESC LIMIT 1"
        )
        .bind(i64::from(no))
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(id,)| EntryId(id)))
    }

    /// The next free number of the list; numbers of withdrawn entries are not given again.
    pub async fn next_entry_number(&mut self) -> Result<u32> {
        let row: (i64,) = on!(self, |conn| sqlx::query_as("SELECT COALESCE(MAX(no), 0) FROM entries")
            .fetch_one(conn)
            .await)?;
        u32::try_from(row.0 + 1).map_err(|error| StoreError::inconsistent("entries", row.0, error))
    }

    /// Every approved revision of an entry: its number, who approved it, and when.
    pub async fn revisions_of(&mut self, entry: &EntryId) -> Result<Vec<(i64, String, Millis)>> {
        let rows: Vec<(i64, String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT revision, approved_by, at FROM revisions WHERE entry_id = $1 ORDER BY revision"
        )
        .bind(entry.as_str())
        .fetch_all(conn)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(revision, by, at)| (revision, by, Millis(at)))
            .collect())
    }

    /// The served revisions that were approved last, newest first: the entry's number, its revision, and when.
    pub async fn newest_revisions(&mut self, limit: i64) -> Result<Vec<(u32, i64, Millis)>> {
        let rows: Vec<(i64, i64, i64)> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT e.no, r.revision, r.at FROM entries e JOIN revisions r ON r.entry_id = e.id AND r.revision = e.revision
             WHERE e.active = 1 ORDER BY r.at DESC, e.no LIMIT $1"
        )
        .bind(limit)
        .fetch_all(conn)
        .await
        })?;
        let known = rows.into_iter();
        Ok(known
            .filter_map(|(no, revision, at)| Some((u32::try_from(no).ok()?, revision, Millis(at))))
            .collect())
    }

    /// What each entry's file said when it was last imported or written, as digests.
    pub async fn file_digests(&mut self) -> Result<HashMap<EntryId, String>> {
        let rows: Vec<(String, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, file_digest FROM entries WHERE file_digest <> ''"
        )
        .fetch_all(conn)
        .await)?;
        Ok(rows.into_iter().map(|(id, digest)| (EntryId(id), digest)).collect())
    }

    /// Notes that the files say what is served, after it was written there.
    pub async fn note_written(&mut self, entries: &[EntryId], digests: &[String]) -> Result<()> {
        for (entry, digest) in entries.iter().zip(digests) {
            on!(self, |conn| sqlx::query(
                "UPDATE entries SET file_digest = $2 WHERE id = $1"
            )
            .bind(entry.as_str())
            .bind(digest)
            .execute(conn)
            .await
            .map(drop))?;
        }
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
