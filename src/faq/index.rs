//! Finds the phrasings that may fit a message: tantivy's BM25 over words, pairs, characters and sounds, one document per
//! phrasing, in memory, never changed. Queries are built from units, never parsed from text, so no message can mean
//! anything to the engine.

use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocId, IndexReader, ReloadPolicy, Score, SegmentReader, TantivyDocument, TantivyError, Term};

use super::corpus::{Corpus, Message};

/// How many phrasings are looked at closely.
pub const CANDIDATES: usize = 60;
/// Kinds that are searched, in the corpus's order.
const FIELDS: [&str; 4] = ["word", "pair", "char", "sound"];
/// What a hit in each counts for.
const BOOSTS: [f32; FIELDS.len()] = [1.0, 0.5, 1.5, 0.25];
/// What a word only meant counts for beside one that was said.
const MEANT: f32 = 0.4;
/// A term in more than this share of the phrasings, and in more than so many, tells too little for the time it takes …
const COMMON: f32 = 0.015;
const COMMON_LEAST: u32 = 200;
/// … where so many rarer ones are left.
const ENOUGH_TERMS: usize = 14;
const WRITER_BYTES: usize = 20_000_000;

/// The searchable phrasings, by their positions.
pub struct Index {
    /// None if it could not be built: nothing is found then, and every question is handed over.
    reader: Option<(IndexReader, [Field; FIELDS.len()])>,
    phrasings: usize,
}

impl Index {
    /// The index of a corpus's phrasings.
    pub fn new(corpus: &Corpus) -> Index {
        Index::new_in(RamDirectory::create(), corpus)
    }

    /// The same, written into a directory.
    pub(super) fn new_in(directory: RamDirectory, corpus: &Corpus) -> Index {
        let reader = built(directory, corpus);
        let reader = reader.inspect_err(|error| tracing::error!(%error, "no search index, all is handed over"));
        Index {
            reader: reader.ok(),
            phrasings: corpus.phrasings.len(),
        }
    }

    /// The index of a corpus's phrasings that was written before; none if it is of another form.
    pub(super) fn again(directory: RamDirectory, corpus: &Corpus) -> Option<Index> {
        let (schema, fields) = schema();
        let written = tantivy::Index::open(directory).ok()?;
        let reader = (written.schema() == schema).then(|| reader(&written))?.ok()?;
        let same = reader.searcher().num_docs() == corpus.phrasings.len() as u64;
        same.then(|| Index {
            reader: Some((reader, fields)),
            phrasings: corpus.phrasings.len(),
        })
    }

    /// Positions of the likeliest phrasings with their BM25 scores, best first.
    pub fn candidates(&self, corpus: &Corpus, message: &Message, limit: usize) -> Vec<(usize, f32)> {
        let Some((reader, fields)) = &self.reader else {
            return Vec::new();
        };
        let clauses: Vec<(Occur, Box<dyn Query>)> = self
            .terms(corpus, message)
            .into_iter()
            .map(|(unit, weight)| (Occur::Should, clause(corpus, fields, unit, weight)))
            .collect();
        if clauses.is_empty() {
            return Vec::new();
        }
        // By a score that is only copied every phrasing is scored: with so many terms, each in few phrasings, that takes
        // half the time of finding out which ones need not be.
        let top = TopDocs::with_limit(limit).tweak_score(|_: &SegmentReader| |_: DocId, score: Score| score);
        let found = reader.searcher().search(&BooleanQuery::new(clauses), &top);
        let found = found.inspect_err(|error| tracing::error!(%error, "search failed, question handed over"));
        // One segment, written in order: the document number is the position.
        let places = found.unwrap_or_default().into_iter();
        places
            .map(|(score, address)| (address.doc_id as usize, score))
            .collect()
    }

    /// What is searched for: the rarest units first, common ones only while there are few others.
    fn terms(&self, corpus: &Corpus, message: &Message) -> Vec<(u32, f32)> {
        let said = message.said.iter().map(|unit| (*unit, 1.0));
        let meant = message.meant.iter().map(|unit| (*unit, MEANT));
        let mut terms: Vec<(u32, f32)> = said
            .chain(meant)
            .filter(|(unit, _)| corpus.kind(*unit) < FIELDS.len() && corpus.used(*unit) > 0)
            .collect();
        terms.sort_by_key(|(unit, _)| corpus.used(*unit));
        let limit = ((COMMON * self.phrasings as f32) as u32).max(COMMON_LEAST);
        let kept = terms
            .into_iter()
            .enumerate()
            .filter(|(i, (unit, _))| *i < ENOUGH_TERMS || corpus.used(*unit) <= limit);
        kept.map(|(_, term)| term).collect()
    }
}

/// One document a phrasing, in order; units by their numbers, which are shorter than their words.
fn built(directory: RamDirectory, corpus: &Corpus) -> Result<(IndexReader, [Field; FIELDS.len()]), TantivyError> {
    let (schema, fields) = schema();
    let index = tantivy::Index::builder().schema(schema);
    let mut writer = index.single_segment_index_writer(directory, WRITER_BYTES)?;
    for phrasing in &corpus.phrasings {
        let mut texts: [String; FIELDS.len()] = Default::default();
        for unit in phrasing.said.iter().filter(|unit| corpus.kind(**unit) < FIELDS.len()) {
            let text = &mut texts[corpus.kind(*unit)];
            text.push_str(&unit.to_string());
            text.push(' ');
        }
        let mut document = TantivyDocument::default();
        for (field, text) in fields.into_iter().zip(texts) {
            document.add_text(field, text);
        }
        writer.add_document(document)?;
    }
    Ok((reader(&writer.finalize()?)?, fields))
}

fn schema() -> (Schema, [Field; FIELDS.len()]) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        // A unit is said once in a phrasing.
        .set_index_option(IndexRecordOption::Basic);
    let options = TextOptions::default().set_indexing_options(indexing);
    let fields = FIELDS.map(|name| schema.add_text_field(name, options.clone()));
    (schema.build(), fields)
}

fn reader(index: &tantivy::Index) -> Result<IndexReader, TantivyError> {
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
}

fn clause(corpus: &Corpus, fields: &[Field; FIELDS.len()], unit: u32, weight: f32) -> Box<dyn Query> {
    let place = corpus.kind(unit);
    let term = Term::from_field_text(fields[place], &unit.to_string());
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    Box::new(BoostQuery::new(Box::new(query), BOOSTS[place] * weight))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn the_phrasing_that_says_most_comes_first() {
        let entries = [
            entry("a", 1, "公司注销要公示多少天", &["营业执照丢了怎么补"]),
            entry("b", 2, "公司名称怎么变更", &[]),
        ];
        let corpus = Corpus::new(&entries, &Lexicon::default());
        let index = Index::new(&corpus);
        let positions = |text: &str, limit| -> Vec<usize> {
            let found = index.candidates(&corpus, &corpus.read(text), limit);
            found.into_iter().map(|(position, _)| position).collect()
        };
        assert_eq!(positions("公司要注销", 9), [0, 2]);
        assert_eq!(positions("公司要注销", 1), [0]);
        assert_eq!(positions("执照丢了", 9), [1]);
        assert_eq!(positions("hello", 9), [0_usize; 0]);
    }
}
