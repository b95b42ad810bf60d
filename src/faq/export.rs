//! Writes entries back into the folder people edit: what is the same stays as it is, comments and all; only the
//! block of a changed entry is replaced, and a new entry goes to the end of its topic's file.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::entry::{Basis, Entry, EntryId, Tests};
use super::load::Base;
use super::{Answer, Audience, Confidence};
use crate::yaml::{self, Problem};

/// What was done, in numbers of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As in the files already.
    pub same: usize,
    /// Their block was replaced.
    pub rewritten: usize,
    /// Appended.
    pub added: usize,
    /// Edited in the files since they were last imported, and not here: left as they are.
    pub newer: usize,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder has mistakes; writing into it could lose what somebody is working on.
    #[error("{} 里有 {} 处错误，先改好再导出，没有写任何文件。第一处：{first}", folder.display(), count)]
    Broken {
        /// Where.
        folder: PathBuf,
        /// How many problems.
        count: usize,
        /// The first one.
        first: Box<Problem>,
    },
    /// A file cannot be written.
    #[error("{} 写不了，请检查权限和磁盘", file.display())]
    Unwritable {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Entries were edited in the files and here since the last import (PRODUCT §4).
    #[error("{} 条两边都改过，什么都没有写：{}。请先导出到别处对照：bangban faq export --to 目录", entries.len(), list(entries))]
    BothEdited {
        /// Which.
        entries: Vec<EntryId>,
    },
    /// An entry cannot be written as YAML.
    #[error("条目 {entry} 写不成 YAML：{message}")]
    Unwritten {
        /// Which.
        entry: EntryId,
        /// Why.
        message: String,
    },
}

/// An entry in the form and order of the files.
#[derive(Serialize)]
struct Block<'a> {
    id: &'a EntryId,
    no: u32,
    category: &'a str,
    applies_to: &'a [String],
    business: &'a [String],
    question: &'a str,
    variants: &'a [String],
    answer: &'a Answer,
    basis: &'a [Basis],
    confidence: Confidence,
    audience: Audience,
    owner: &'a str,
    valid_from: jiff::civil::Date,
    valid_until: Option<jiff::civil::Date>,
    review_by: Option<jiff::civil::Date>,
    depends_on: &'a [String],
    tests: &'a Tests,
}

fn list(entries: &[EntryId]) -> String {
    entries.iter().map(EntryId::as_str).collect::<Vec<_>>().join("、")
}

/// Writes `entries` into `folder`, each file whole and at once; `imported` are the digests of what the files said when
/// they were last imported. Errors before the first write change nothing.
pub fn write_back(
    folder: &Path,
    entries: &[Entry],
    imported: &HashMap<EntryId, String>,
) -> Result<Written, ExportError> {
    let unwritable = |file: &Path| {
        let file = file.to_path_buf();
        move |source| ExportError::Unwritable { file, source }
    };
    std::fs::create_dir_all(folder).map_err(unwritable(folder))?;
    let base = Base::load(folder).map_err(|mut problems| ExportError::Broken {
        folder: folder.to_path_buf(),
        count: problems.len(),
        first: Box::new(problems.swap_remove(0)),
    })?;
    let (files, written) = changes(folder, &base, entries, imported)?;
    for (file, text) in files {
        let beside = file.with_extension("yaml.new");
        std::fs::write(&beside, text).map_err(unwritable(&beside))?;
        // The list is for everybody.
        crate::system::open_to_readers(&beside).map_err(unwritable(&beside))?;
        std::fs::rename(&beside, &file).map_err(unwritable(&file))?;
    }
    Ok(written)
}

/// The files that change, with their new text.
fn changes(
    folder: &Path,
    base: &Base,
    entries: &[Entry],
    imported: &HashMap<EntryId, String>,
) -> Result<(BTreeMap<PathBuf, String>, Written), ExportError> {
    let known: HashMap<&EntryId, usize> = base
        .entries
        .iter()
        .enumerate()
        .map(|(at, entry)| (&entry.id, at))
        .collect();
    let mut written = Written::default();
    let mut replaced: BTreeMap<PathBuf, Vec<(u32, String)>> = BTreeMap::new();
    let mut appended: BTreeMap<PathBuf, Vec<&Entry>> = BTreeMap::new();
    let mut conflicts = Vec::new();
    for entry in entries {
        let there = known
            .get(&entry.id)
            .and_then(|at| Some((base.entries.get(*at)?, base.origin(*at)?)));
        match there {
            Some((old, _)) if old == entry => written.same += 1,
            Some((old, _)) if edited(old, imported) && !edited(entry, imported) => written.newer += 1,
            Some((old, _)) if edited(old, imported) => conflicts.push(entry.id.clone()),
            Some((_, origin)) => {
                written.rewritten += 1;
                replaced
                    .entry(origin.file.clone())
                    .or_default()
                    .push((origin.place.line, block(entry)?));
            }
            None => {
                written.added += 1;
                appended
                    .entry(folder.join(format!("{}.yaml", entry.topic)))
                    .or_default()
                    .push(entry);
            }
        }
    }
    if !conflicts.is_empty() {
        return Err(ExportError::BothEdited { entries: conflicts });
    }
    let mut files = BTreeMap::new();
    for (file, blocks) in replaced {
        let text = current(&file)?;
        files.insert(file, spliced(&text, blocks));
    }
    for (file, entries) in appended {
        let mut text = match files.remove(&file) {
            Some(text) => text,
            None if file.exists() => current(&file)?,
            None => format!(
                "topic: {}\nentries:\n",
                entries.first().map_or("", |entry| entry.topic.as_str())
            ),
        };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        for entry in entries {
            text.push_str(&block(entry)?);
        }
        files.insert(file, text);
    }
    Ok((files, written))
}

/// Whether an entry differs from what its file said when it was last imported; what never was imported does not.
fn edited(entry: &Entry, imported: &HashMap<EntryId, String>) -> bool {
    imported.get(&entry.id).is_some_and(|digest| *digest != entry.digest())
}

fn current(file: &Path) -> Result<String, ExportError> {
    std::fs::read_to_string(file).map_err(|source| ExportError::Unwritable {
        file: file.to_path_buf(),
        source,
    })
}

/// The text with the block that begins at each line replaced. A block ends where the next entry begins.
fn spliced(text: &str, blocks: Vec<(u32, String)>) -> String {
    let blocks: HashMap<usize, String> = blocks.into_iter().map(|(line, block)| (line as usize, block)).collect();
    let mut new = String::with_capacity(text.len());
    let mut skipping = false;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if let Some(block) = blocks.get(&number) {
            new.push_str(block);
            skipping = true;
        } else if begins_entry(line) || begins_part(line) {
            skipping = false;
            new.push_str(line);
        } else if !skipping {
            new.push_str(line);
        }
    }
    new
}

fn begins_entry(line: &str) -> bool {
    line.trim_start().starts_with("- id:")
}

/// A comment between entries or a key of the file itself.
fn begins_part(line: &str) -> bool {
    line.starts_with(|first: char| !first.is_whitespace() && first != '-')
}

fn block(entry: &Entry) -> Result<String, ExportError> {
    let block = Block {
        id: &entry.id,
        no: entry.no,
        category: &entry.category,
        applies_to: &entry.applies_to,
        business: &entry.business,
        question: &entry.question,
        variants: &entry.variants,
        answer: &entry.answer,
        basis: &entry.basis,
        confidence: entry.confidence,
        audience: entry.audience,
        owner: &entry.owner,
        valid_from: entry.valid_from,
        valid_until: entry.valid_until,
        review_by: entry.review_by,
        depends_on: &entry.depends_on,
        tests: &entry.tests,
    };
    let text = yaml::write(&block).map_err(|message| ExportError::Unwritten {
        entry: entry.id.clone(),
        message,
    })?;
    let mut lines = text.lines();
    let first = lines.next().map(|line| format!("  - {line}\n")).unwrap_or_default();
    Ok(lines.fold(first, |block, line| block + "    " + line + "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::testing::entry;

    #[test]
    fn only_the_changed_entry_is_rewritten_and_comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        let mut entries = vec![
            entry("a-1", 1, "怎么设立？", &["设立公司"]),
            entry("a-2", 2, "怎么注销？", &["注销公司"]),
        ];
        let mut imported = HashMap::new();
        assert_eq!(
            write_back(folder.path(), &entries, &imported).unwrap(),
            Written {
                added: 2,
                ..Written::default()
            }
        );
        imported.extend(entries.iter().map(|entry| (entry.id.clone(), entry.digest())));
        let file = folder.path().join("测试.yaml");
        let commented = std::fs::read_to_string(&file)
            .unwrap()
            .replace("  - id: a-2", "# 下一条：注销\n  - id: a-2");
        std::fs::write(&file, format!("# 本所编\n{commented}")).unwrap();
        entries[0].answer = Answer::Text("新答案：先核名。".into());
        assert_eq!(
            write_back(folder.path(), &entries, &imported).unwrap(),
            Written {
                same: 1,
                rewritten: 1,
                ..Written::default()
            }
        );
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("# 本所编\n") && text.contains("# 下一条：注销\n  - id: a-2"),
            "{text}"
        );
        assert_eq!(Base::load(folder.path()).unwrap().entries, entries);
        assert_eq!(
            write_back(folder.path(), &entries, &imported).unwrap(),
            Written {
                same: 2,
                ..Written::default()
            }
        );
    }
    #[test]
    fn what_both_sides_edited_is_told_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let before = vec![
            entry("a-1", 1, "怎么设立？", &["设立公司"]),
            entry("a-2", 2, "怎么注销？", &["注销公司"]),
        ];
        write_back(folder.path(), &before, &HashMap::new()).unwrap();
        let imported: HashMap<EntryId, String> =
            before.iter().map(|entry| (entry.id.clone(), entry.digest())).collect();
        let file = folder.path().join("测试.yaml");
        let by_hand = std::fs::read_to_string(&file)
            .unwrap()
            .replace("怎么设立？", "如何设立？");
        std::fs::write(&file, &by_hand).unwrap();
        let mut here = before.clone();
        here[1].question = "如何注销？".into();
        // Only the file was edited: the hand's work stays, the other entry is written.
        let written = write_back(folder.path(), &here, &imported).unwrap();
        assert_eq!((written.newer, written.rewritten), (1, 1));
        std::fs::write(&file, &by_hand).unwrap();
        here[0].question = "设立怎么办？".into();
        let error = write_back(folder.path(), &here, &imported).unwrap_err();
        assert!(error.to_string().contains("a-1"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), by_hand);
    }
}
