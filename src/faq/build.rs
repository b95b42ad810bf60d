//! Makes what an edition is ranked with: the phrasings taken apart, their index, the classes and the answers' words, on
//! all processors; or the same read back from where it was kept.

use std::path::Path;
use std::sync::Arc;

use tantivy::directory::RamDirectory;

use super::analyzer::Analyzer;
use super::corpus::Corpus;
use super::entry::Entry;
use super::index::Index;
use super::kept::Kept;
use super::lexicon::Lexicon;
use super::measure::Weight;
use super::rank::Ranker;
use super::taught::Taught;
use super::together::Together;

impl Ranker {
    /// Takes everything apart.
    pub(super) fn new(entries: &[Entry], lexicon: &Lexicon) -> Ranker {
        Ranker::new_in(RamDirectory::create(), entries, lexicon)
    }

    /// What was kept of this very edition; made anew and kept if nothing was.
    pub(super) fn kept(entries: &[Entry], lexicon: &Lexicon, folder: &Path) -> Ranker {
        let Some(kept) = Kept::of(folder, entries, lexicon) else {
            return Ranker::new(entries, lexicon);
        };
        if let Some(ranker) = Ranker::again(&kept, entries, lexicon) {
            return ranker;
        }
        let directory = RamDirectory::create();
        let ranker = Ranker::new_in(directory.clone(), entries, lexicon);
        let parts = (ranker.corpus.units(), &*ranker.corpus.phrasings, &*ranker.answers);
        kept.write(&parts, &directory);
        ranker
    }

    fn new_in(directory: RamDirectory, entries: &[Entry], lexicon: &Lexicon) -> Ranker {
        let corpus = Corpus::new(entries, lexicon);
        let said = || entries.iter().map(|entry| corpus.answer(entry)).collect();
        let (taught, (index, answers)) = rayon::join(
            || Taught::of(&corpus, entries, lexicon),
            || (Index::new_in(directory, &corpus), said()),
        );
        Ranker {
            weights: Weight::of_all(&corpus),
            together: Together::of(&corpus),
            corpus: Arc::new(corpus),
            index,
            taught,
            answers,
        }
    }

    fn again(kept: &Kept, entries: &[Entry], lexicon: &Lexicon) -> Option<Ranker> {
        let (read, analyzer) = rayon::join(|| kept.read(), || Analyzer::new(lexicon));
        let ((units, phrasings, answers), directory) = read?;
        if answers.len() != entries.len() {
            return None;
        }
        let corpus = Corpus::again(analyzer, entries.len(), lexicon, units, phrasings)?;
        let (taught, together) = rayon::join(|| Taught::of(&corpus, entries, lexicon), || Together::of(&corpus));
        Some(Ranker {
            index: Index::again(directory, &corpus)?,
            taught,
            together,
            answers,
            weights: Weight::of_all(&corpus),
            corpus: Arc::new(corpus),
        })
    }
}
