//! Finds the phrasings that may fit a message. One document per phrasing, in memory, never changed.
//! Queries are built from units, never parsed from text, so no message can mean anything to the engine.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, ReloadPolicy, SingleSegmentIndexWriter, TantivyDocument, Term};

use super::analyzer::{Parsed, Unit};

/// How many phrasings are looked at closely.
pub const CANDIDATES: usize = 60;
/// Fields in the order word, pair, character, sound, and what a hit in each counts for.
const BOOSTS: [f32; 4] = [1.0, 0.5, 1.5, 0.25];
/// What a word only meant counts for beside one that was said.
const MEANT: f32 = 0.4;
/// A term in more than this share of the phrasings, and in more than so many, tells too little for the time it takes …
const COMMON: f32 = 0.015;
const COMMON_LEAST: f32 = 200.0;
/// … where so many rarer ones are left.
const ENOUGH_TERMS: usize = 14;
const WRITER_BYTES: usize = 20_000_000;

/// Why an index could not be built or asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error("cannot build the search index")]
    Build(#[source] tantivy::TantivyError),
    #[error("cannot search the index")]
    Search(#[source] tantivy::TantivyError),
}

/// The searchable phrasings, by their positions.
pub struct Index {
    reader: IndexReader,
    fields: [Field; 4],
    documents: usize,
}

impl Index {
    /// Begins an index in memory.
    pub fn begin() -> Result<Writer, IndexError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = ["word", "pair", "char", "sound"].map(|name| schema.add_text_field(name, options.clone()));
        let directory = tantivy::directory::RamDirectory::create();
        let writer = tantivy::Index::builder()
            .schema(schema.build())
            .single_segment_index_writer(directory, WRITER_BYTES)
            .map_err(IndexError::Build)?;
        Ok(Writer {
            writer,
            fields,
            documents: 0,
        })
    }

    /// Positions of the likeliest phrasings with their BM25 scores, best first. `used` tells in how many phrasings a
    /// unit occurs.
    pub fn candidates(
        &self,
        message: &Parsed,
        used: &dyn Fn(&Unit) -> Option<u32>,
        limit: usize,
    ) -> Result<Vec<(usize, f32)>, IndexError> {
        let clauses: Vec<(Occur, Box<dyn Query>)> = self
            .terms(message, used)
            .into_iter()
            .map(|(unit, weight)| (Occur::Should, self.clause(unit, weight)))
            .collect();
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = self
            .reader
            .searcher()
            .search(&BooleanQuery::new(clauses), &top)
            .map_err(IndexError::Search)?;
        // One segment, written in order: the document number is the position.
        Ok(found
            .into_iter()
            .map(|(score, address)| (address.doc_id as usize, score))
            .collect())
    }

    /// What is searched for: known units, the rarest first, common ones only while there are few others.
    fn terms<'a>(&self, message: &'a Parsed, used: &dyn Fn(&Unit) -> Option<u32>) -> Vec<(&'a Unit, f32)> {
        let said = message.units.iter().map(|unit| (unit, 1.0));
        let meant = message.meant.iter().map(|unit| (unit, MEANT));
        let mut terms: Vec<(u32, &Unit, f32)> = said
            .chain(meant)
            .filter_map(|(unit, weight)| Some((used(unit)?, unit, weight)))
            .collect();
        terms.sort_by_key(|(count, _, _)| *count);
        let limit = (COMMON * self.documents as f32).max(COMMON_LEAST);
        let kept = terms
            .into_iter()
            .enumerate()
            .filter(|(i, (count, _, _))| *i < ENOUGH_TERMS || (*count as f32) <= limit);
        kept.map(|(_, (_, unit, weight))| (unit, weight)).collect()
    }

    fn clause(&self, unit: &Unit, weight: f32) -> Box<dyn Query> {
        let (place, text) = field(unit).unwrap_or((0, ""));
        let term = Term::from_field_text(self.fields[place], text);
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), BOOSTS[place] * weight))
    }
}

/// Where a unit is searched for, if it is.
fn field(unit: &Unit) -> Option<(usize, &str)> {
    match unit {
        Unit::Word(text) => Some((0, text)),
        Unit::Pair(text) => Some((1, text)),
        Unit::Char(text) => Some((2, text)),
        Unit::Sound(text) => Some((3, text)),
        Unit::Skip(_) => None,
    }
}

/// An index that is still being written: one document a phrasing, in order.
pub struct Writer {
    writer: SingleSegmentIndexWriter,
    fields: [Field; 4],
    documents: usize,
}

impl Writer {
    /// Adds a phrasing.
    pub fn add(&mut self, phrasing: &Parsed) -> Result<(), IndexError> {
        let mut document = TantivyDocument::default();
        let mut texts: [Vec<&str>; 4] = Default::default();
        for (place, text) in phrasing.units.iter().filter_map(field) {
            texts[place].push(text);
        }
        for (field, texts) in self.fields.into_iter().zip(texts) {
            document.add_text(field, texts.join(" "));
        }
        self.documents += 1;
        self.writer.add_document(document).map_err(IndexError::Build)
    }

    /// The index of what was added.
    pub fn finish(self) -> Result<Index, IndexError> {
        let index = self.writer.finalize().map_err(IndexError::Build)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        Ok(Index {
            reader: reader.map_err(IndexError::Build)?,
            fields: self.fields,
            documents: self.documents,
        })
    }
}
