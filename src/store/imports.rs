//! Taking the files of the knowledge base over. What was edited in the files and here since is a conflict: told, and
//! nothing is written (PRODUCT §4).

use std::collections::{BTreeMap, HashMap};

use super::entries::FIRST;
use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::faq::{Entry, EntryId, Lexicon, homeless};

/// What an import did, in numbers of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New entries.
    pub added: usize,
    /// Entries with a new revision.
    pub changed: usize,
    /// Entries as they were.
    pub same: usize,
    /// Entries that are no longer in the files and are no longer served.
    pub withdrawn: usize,
    /// Entries that were edited here and whose files did not change: they stay as they are here.
    pub kept: usize,
    /// Entries edited on both sides, or whose number another one has. Where there are any, nothing was written.
    pub conflicts: Vec<Conflict>,
}

/// Why an entry of the files cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Changed in the files and here since the last import.
    BothEdited(EntryId),
    /// Edited here, and gone from the files.
    GoneFromFiles(EntryId),
    /// Its number belongs to another entry that was made here.
    Number { entry: EntryId, no: u32, holder: EntryId },
}

/// An entry as the database has it.
struct Known {
    no: u32,
    revision: i64,
    file: String,
    here: String,
    active: bool,
    withdrawn_here: bool,
}

/// What is done with one entry.
enum Step<'a> {
    /// Taken over with that revision; `Some` text is a new one.
    Take {
        entry: &'a Entry,
        digest: String,
        revision: i64,
        new: bool,
        /// It was served no longer.
        again: bool,
    },
    /// Stays as it is here.
    Keep(String),
    /// Served no longer.
    Withdraw { id: String, revision: i64 },
}

impl Tx {
    /// Takes checked entries over as approved revisions by `operator`: an entry whose words changed gets its next
    /// revision, one that is missing is no longer served; nothing that was approved is ever overwritten. Where files and
    /// database were both edited nothing is written and the conflicts are given back, but for the `merged` entries: of
    /// those the files hold both.
    pub async fn import_entries(
        &mut self,
        (entries, lexicon): (&[Entry], &Lexicon),
        merged: &[EntryId],
        operator: &str,
        now: Millis,
    ) -> Result<Imported> {
        let mut known = self.known_entries().await?;
        let mut done = Imported::default();
        let steps = plan(entries, merged, &mut known, &mut done);
        if !done.conflicts.is_empty() {
            return Ok(done);
        }
        // Numbers may be swapped between entries of one import: only served entries' numbers are unique.
        on!(self, |conn| sqlx::query(
            "UPDATE entries SET active = 0 WHERE file_digest <> ''"
        )
        .execute(conn)
        .await
        .map(drop))?;
        for step in steps {
            match step {
                Step::Keep(id) => self.serve_again(&id).await?,
                Step::Withdraw { id, revision } => self.recall_gone(&id, revision, now).await?,
                Step::Take {
                    entry,
                    digest,
                    revision,
                    new,
                    again,
                } => {
                    self.save_entry(entry, revision, &digest).await?;
                    if new {
                        if self.says_otherwise(entry, revision - 1).await? {
                            self.recall(entry.id.as_str(), revision, now).await?;
                        }
                        self.add_revision(entry, revision, operator, now).await?;
                    }
                    if new || again {
                        self.recall_returned(entry.id.as_str(), revision, now).await?;
                    }
                }
            }
        }
        self.save_imported_lexicon(lexicon, now).await?;
        self.list_changed().await?;
        Ok(done)
    }

    /// What the files teach, and the sentences of entries that were withdrawn here.
    async fn save_imported_lexicon(&mut self, lexicon: &Lexicon, now: Millis) -> Result<()> {
        let (entries, before) = self.served_entries().await?;
        let entries: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
        let mut lexicon = lexicon.clone();
        homeless::take_over(&mut lexicon, &before);
        homeless::given_homes(&mut lexicon, &entries);
        self.save_lexicon(&lexicon, now).await
    }

    async fn serve_again(&mut self, id: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "UPDATE entries SET active = 1 - withdrawn_here WHERE id = $1"
        )
        .bind(id)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    async fn known_entries(&mut self) -> Result<BTreeMap<String, Known>> {
        type Row = (String, i64, i64, String, i64, i64, String);
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(
            "SELECT e.id, e.no, e.revision, e.file_digest, e.active, e.withdrawn_here, r.body FROM entries e
             JOIN revisions r ON r.entry_id = e.id AND r.revision = e.revision"
        )
        .fetch_all(conn)
        .await)?;
        rows.into_iter()
            .map(|(id, no, revision, file, active, withdrawn, body)| {
                let entry: Entry =
                    serde_json::from_str(&body).map_err(|error| StoreError::inconsistent("revisions", &id, error))?;
                let known = Known {
                    no: u32::try_from(no).map_err(|error| StoreError::inconsistent("entries", &id, error))?,
                    revision,
                    file,
                    here: entry.digest(),
                    active: active != 0,
                    withdrawn_here: withdrawn != 0,
                };
                Ok((id, known))
            })
            .collect()
    }
}

/// What to do with each entry of the files and of the database.
fn plan<'a>(
    entries: &'a [Entry],
    merged: &[EntryId],
    known: &mut BTreeMap<String, Known>,
    done: &mut Imported,
) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut numbers: HashMap<u32, EntryId> = HashMap::new();
    for entry in entries {
        let digest = entry.digest();
        let Some(known) = known.remove(entry.id.as_str()) else {
            done.added += 1;
            numbers.insert(entry.no, entry.id.clone());
            steps.push(take(entry, digest, FIRST, (true, false)));
            continue;
        };
        let edited_here = (known.withdrawn_here || known.here != known.file) && !merged.contains(&entry.id);
        let (as_here, as_imported) = (known.here == digest && !known.withdrawn_here, known.file == digest);
        let number = match (as_here, edited_here, as_imported) {
            (false, true, true) => known.no,
            _ => entry.no,
        };
        numbers.insert(number, entry.id.clone());
        match (as_here, edited_here, as_imported) {
            (true, _, _) => {
                done.same += 1;
                steps.push(take(entry, digest, known.revision, (false, !known.active)));
            }
            (false, false, _) => {
                done.changed += 1;
                steps.push(take(entry, digest, known.revision + 1, (true, !known.active)));
            }
            (false, true, true) => {
                done.kept += 1;
                steps.push(Step::Keep(entry.id.as_str().to_owned()));
            }
            (false, true, false) => done.conflicts.push(Conflict::BothEdited(entry.id.clone())),
        }
    }
    for (id, known) in std::mem::take(known) {
        if known.file.is_empty() {
            done.kept += usize::from(known.active);
            if let (Some(entry), true) = (numbers.get(&known.no), known.active) {
                done.conflicts.push(Conflict::Number {
                    entry: entry.clone(),
                    no: known.no,
                    holder: EntryId(id),
                });
            }
        } else if known.active && known.here != known.file && !merged.iter().any(|one| one.as_str() == id) {
            done.conflicts.push(Conflict::GoneFromFiles(EntryId(id)));
        } else if known.active {
            done.withdrawn += 1;
            steps.push(Step::Withdraw {
                id,
                revision: known.revision,
            });
        }
    }
    steps
}

fn take(entry: &Entry, digest: String, revision: i64, (new, again): (bool, bool)) -> Step<'_> {
    Step::Take {
        entry,
        digest,
        revision,
        new,
        again,
    }
}
