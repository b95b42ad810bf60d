//! What an edition looks like taken apart, kept in a folder: a program that starts again reads it back instead of taking
//! every phrasing apart anew. It only saves time: what was kept by another program, of another list, or damaged is made
//! anew and kept in its place.

use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};
use tantivy::Directory as _;
use tantivy::directory::{MmapDirectory, RamDirectory};

use super::corpus::Phrasing;
use super::entry::Entry;
use super::lexicon::Lexicon;
use super::units::Units;
use super::written::written;

const APART: &str = "apart.json";
/// The sum of all other files.
const SUM: &str = "sum";
/// Begins the name of what is being written.
const BEGUN: &str = "begun-";

/// Units, phrasings, and the units of each entry's answer.
pub(super) type Apart = (Units, Vec<Phrasing>, Vec<Box<[u32]>>);
/// The same, not owned.
pub(super) type Parts<'a> = (&'a Units, &'a [Phrasing], &'a [Box<[u32]>]);

/// The place of one edition in the folder.
pub(super) struct Kept {
    folder: PathBuf,
    name: String,
}

impl Kept {
    /// Named by the program and by everything that decides how the edition is taken apart; none where the program does
    /// not know itself.
    pub(super) fn of(folder: &Path, entries: &[Entry], lexicon: &Lexicon) -> Option<Kept> {
        let program = std::env::current_exe().and_then(std::fs::metadata).ok()?;
        let made = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let mut print = Sha256::new();
        let mut takes = |text: &str| {
            print.update((text.len() as u64).to_le_bytes());
            print.update(text);
        };
        takes(&format!("{} {}", program.len(), made.as_nanos()));
        for words in [&lexicon.words, &lexicon.strip, &lexicon.stop]
            .into_iter()
            .chain(&lexicon.opposites)
        {
            takes(&words.len().to_string());
            words.iter().for_each(|word| takes(word));
        }
        for synonym in &lexicon.synonyms {
            takes(&format!("{} {}", synonym.say, synonym.means.len()));
            synonym.means.iter().for_each(|meaning| takes(meaning));
        }
        for (class, text, asked) in written(entries, lexicon) {
            takes(&format!("{class} {asked:?}"));
            takes(&text);
        }
        for entry in entries {
            takes(entry.id.as_str());
            entry.answer.each_text(&mut takes);
        }
        Some(Kept {
            folder: folder.to_path_buf(),
            name: hex::encode(print.finalize()),
        })
    }

    /// What was kept, with its index, all of it in memory; none if it was not, or is not what was written.
    pub(super) fn read(&self) -> Option<(Apart, RamDirectory)> {
        let place = self.folder.join(&self.name);
        let read = self.read_from(&place);
        read.inspect_err(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(%error, place = %place.display(), "kept edition not used, made anew");
            }
        })
        .ok()
    }

    fn read_from(&self, place: &Path) -> io::Result<(Apart, RamDirectory)> {
        let files = files(place)?;
        if std::fs::read_to_string(place.join(SUM))? != sum(&files) {
            return Err(io::Error::other("damaged: its files are not those that were written"));
        }
        let directory = RamDirectory::create();
        let mut apart = None;
        for (name, bytes) in &files {
            match name.as_str() {
                APART => apart = Some(serde_json::from_slice(bytes)?),
                name => directory.atomic_write(Path::new(name), bytes)?,
            }
        }
        Ok((apart.ok_or(io::ErrorKind::NotFound)?, directory))
    }

    /// Keeps it in the place of all others.
    pub(super) fn write(&self, parts: &Parts<'_>, index: &RamDirectory) {
        let begun = self.folder.join(format!("{BEGUN}{}", std::process::id()));
        if let Err(error) = self.write_to(&begun, parts, index) {
            tracing::warn!(%error, folder = %self.folder.display(), "edition not kept, the next start takes longer");
            let _ = std::fs::remove_dir_all(&begun);
        }
    }

    fn write_to(&self, begun: &Path, parts: &Parts<'_>, index: &RamDirectory) -> io::Result<()> {
        // Entries for staff are in it too.
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(begun)?;
        let directory = MmapDirectory::open(begun).map_err(io::Error::other)?;
        index.persist(&directory).map_err(io::Error::other)?;
        std::fs::write(begun.join(APART), serde_json::to_vec(parts)?)?;
        std::fs::write(begun.join(SUM), sum(&files(begun)?))?;
        let place = self.folder.join(&self.name);
        if place.exists() {
            std::fs::remove_dir_all(&place)?;
        }
        std::fs::rename(begun, &place)?;
        for old in std::fs::read_dir(&self.folder)?.flatten() {
            if old.path() != place && is_ours(&old.file_name().to_string_lossy()) {
                let _ = std::fs::remove_dir_all(old.path());
            }
        }
        Ok(())
    }
}

/// Whether a name in the folder is one given here: nothing else there is touched.
fn is_ours(name: &str) -> bool {
    let print = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    print || name.starts_with(BEGUN)
}

/// Every file of a place but the sum and locks, by name.
fn files(place: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for file in std::fs::read_dir(place)? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name != SUM && !name.ends_with(".lock") {
            files.push((name, std::fs::read(file.path())?));
        }
    }
    files.sort();
    Ok(files)
}

/// What tells whether files are those that were written.
fn sum(files: &[(String, Vec<u8>)]) -> String {
    let mut sum = Sha256::new();
    for (name, bytes) in files {
        sum.update(format!("{name} {}\n", bytes.len()));
        sum.update(bytes);
    }
    hex::encode(sum.finalize())
}

#[cfg(test)]
mod tests {
    use super::super::Audience;
    use super::super::service::Faq;
    use super::super::testing::entry;
    use super::*;

    fn edition() -> (Vec<Entry>, Lexicon) {
        let entries = vec![
            entry("a", 1, "公司注销要公示多少天", &["注销公示几天", "注销的公示期"]),
            entry("b", 2, "公司名称怎么变更", &["改名字", "换个公司名"]),
        ];
        (entries, Lexicon::default())
    }

    fn read(faq: &Faq) -> Vec<String> {
        let texts = ["注消公示几天", "我想换个名字", "在吗", "公司名称变更要公示吗"];
        let one = |text: &&str| format!("{:?}", faq.read(text, Audience::Public));
        texts.iter().map(one).collect()
    }

    #[test]
    fn what_was_kept_reads_every_message_alike() {
        let folder = tempfile::tempdir().unwrap();
        let (entries, lexicon) = edition();
        let kept = Kept::of(folder.path(), &entries, &lexicon).unwrap();
        assert!(kept.read().is_none());
        let first = Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        assert!(kept.read().is_some());
        let again = Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        let plain = Faq::build(entries, lexicon);
        assert_eq!(read(&first), read(&plain));
        assert_eq!(read(&again), read(&plain));
    }

    #[test]
    fn another_word_or_answer_is_another_edition_and_takes_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let (mut entries, mut lexicon) = edition();
        let old = Kept::of(folder.path(), &entries, &lexicon).unwrap();
        Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        lexicon.words = vec!["公示期".into()];
        Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        assert!(old.read().is_none());
        let words = Kept::of(folder.path(), &entries, &lexicon).unwrap();
        assert!(words.read().is_some());
        entries[0].answer = super::super::Answer::Text("二十天。".into());
        assert_ne!(Kept::of(folder.path(), &entries, &lexicon).unwrap().name, words.name);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_damaged_is_made_anew_and_kept_again() {
        let folder = tempfile::tempdir().unwrap();
        let (entries, lexicon) = edition();
        let plain = read(&Faq::build(entries.clone(), lexicon.clone()));
        let kept = Kept::of(folder.path(), &entries, &lexicon).unwrap();
        let place = folder.path().join(&kept.name);
        Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        let count = files(&place).unwrap().len();
        assert!(count > 5, "{count}");
        for i in 0..=count {
            for damage in 0..4 {
                // The index names its files anew each time.
                let name = files(&place)
                    .unwrap()
                    .get(i)
                    .map_or(SUM.to_owned(), |(name, _)| name.clone());
                let mut bytes = std::fs::read(place.join(&name)).unwrap();
                let middle = bytes.len() / 2;
                match damage {
                    0 => bytes[middle] ^= 1,
                    1 => bytes.fill(0),
                    2 => bytes.truncate(middle),
                    _ => bytes.clear(),
                }
                std::fs::write(place.join(&name), bytes).unwrap();
                assert!(kept.read().is_none(), "{name}");
                let faq = Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
                assert_eq!(read(&faq), plain, "{name}");
                assert!(kept.read().is_some(), "{name}");
            }
        }
    }

    #[test]
    fn what_others_put_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("第一期")).unwrap();
        std::fs::write(folder.path().join(".DS_Store"), "x").unwrap();
        let (entries, mut lexicon) = edition();
        Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        lexicon.words = vec!["公示期".into()];
        Faq::build_kept(entries, lexicon, folder.path());
        let names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .flatten()
            .map(|file| file.file_name())
            .collect();
        assert_eq!(names.len(), 3, "{names:?}");
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_only_time() {
        let folder = tempfile::NamedTempFile::new().unwrap();
        let (entries, lexicon) = edition();
        let faq = Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        assert_eq!(read(&faq), read(&Faq::build(entries, lexicon)));
    }
}
