//! What an edition looks like taken apart, kept in a folder: a program that starts again reads it back instead of taking
//! every phrasing apart anew. It only saves time: what was kept by another program, of another list, or damaged is made
//! anew and kept in its place.

use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};
use tantivy::directory::{MmapDirectory, RamDirectory};

use super::analyzer::Unit;
use super::corpus::Phrasing;
use super::entry::Entry;
use super::lexicon::Lexicon;
use super::written::written;

const APART: &str = "apart.json";
const INDEX: &str = "index";

/// Units in the order of their numbers, phrasings, and the units of each entry's answer.
pub(super) type Apart = (Vec<Unit>, Vec<Phrasing>, Vec<Box<[u32]>>);
/// The same, not owned.
pub(super) type Parts<'a> = (Vec<&'a Unit>, &'a [Phrasing], &'a [Box<[u32]>]);

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

    /// What was kept, with its index; none if it was not, or not whole.
    pub(super) fn read(&self) -> Option<(Apart, tantivy::Index)> {
        let place = self.folder.join(&self.name);
        let text = std::fs::read(place.join(APART)).ok()?;
        let apart = serde_json::from_slice(&text);
        let index = tantivy::Index::open_in_dir(place.join(INDEX));
        let whole = apart
            .map_err(io::Error::from)
            .and_then(|apart| Ok((apart, index.map_err(io::Error::other)?)));
        whole
            .inspect_err(|error| tracing::warn!(%error, place = %place.display(), "kept edition damaged, made anew"))
            .ok()
    }

    /// Keeps it in the place of all others.
    pub(super) fn write(&self, parts: &Parts<'_>, index: &RamDirectory) {
        let begun = self.folder.join(format!("begun-{}", std::process::id()));
        if let Err(error) = self.written(&begun, parts, index) {
            tracing::warn!(%error, folder = %self.folder.display(), "edition not kept, the next start takes longer");
            let _ = std::fs::remove_dir_all(&begun);
        }
    }

    fn written(&self, begun: &Path, parts: &Parts<'_>, index: &RamDirectory) -> io::Result<()> {
        // Entries for staff are in it too.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(begun.join(INDEX))?;
        std::fs::write(begun.join(APART), serde_json::to_vec(parts)?)?;
        let directory = MmapDirectory::open(begun.join(INDEX)).map_err(io::Error::other)?;
        index.persist(&directory).map_err(io::Error::other)?;
        for old in std::fs::read_dir(&self.folder)? {
            let old = old?.path();
            if old != begun {
                std::fs::remove_dir_all(old)?;
            }
        }
        std::fs::rename(begun, self.folder.join(&self.name))
    }
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
        let damages: [&dyn Fn(); 4] = [
            &|| std::fs::write(place.join(APART), "[[").unwrap(),
            &|| std::fs::write(place.join(APART), "[[],[],[]]").unwrap(),
            &|| std::fs::remove_dir_all(place.join(INDEX)).unwrap(),
            &|| std::fs::write(place.join(INDEX).join("meta.json"), "").unwrap(),
        ];
        for damage in damages {
            Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
            damage();
            let faq = Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
            assert_eq!(read(&faq), plain);
            assert_eq!(kept.read().unwrap().0.1.len(), 6);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_only_time() {
        let folder = tempfile::NamedTempFile::new().unwrap();
        let (entries, lexicon) = edition();
        let faq = Faq::build_kept(entries.clone(), lexicon.clone(), folder.path());
        assert_eq!(read(&faq), read(&Faq::build(entries, lexicon)));
    }
}
