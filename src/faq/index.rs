//! Finds the phrasings that may fit a message. One document per phrasing, in memory, never changed.
//! Queries are built from units, never parsed from text, so no message can mean anything to the engine.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument, Term};

use super::analyzer::{Analyzer, Parsed, Unit};
use super::entry::Entry;
use super::lexicon::Lexicon;

/// How many phrasings are looked at closely.
const CANDIDATES: usize = 60;
const WORD_BOOST: f32 = 1.0;
const PAIR_BOOST: f32 = 0.5;
const CHAR_BOOST: f32 = 1.5;
/// What a word only meant counts for beside one that was said.
const MEANT: f32 = 0.4;
const WRITER_BYTES: usize = 20_000_000;

/// Why an index could not be built or asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error("cannot build the search index")]
    Build(#[source] tantivy::TantivyError),
    #[error("cannot search the index")]
    Search(#[source] tantivy::TantivyError),
}

/// A phrasing of an entry, by their positions.
#[derive(Debug, Clone)]
pub struct Phrasing {
    pub entry: usize,
    pub text: String,
    pub parsed: Parsed,
}

/// The searchable phrasings of one edition.
pub struct Index {
    reader: IndexReader,
    word: Field,
    pair: Field,
    single: Field,
    pub(super) analyzer: Analyzer,
    pub(super) phrasings: Vec<Phrasing>,
}

impl Index {
    /// Indexes question and variants; what must be hit is left out, or testing it would prove nothing.
    pub fn build(entries: &[Entry], lexicon: &Lexicon) -> Result<Index, IndexError> {
        let analyzer = Analyzer::new(lexicon);
        let phrasings: Vec<Phrasing> = entries
            .iter()
            .enumerate()
            .flat_map(|(entry, e)| e.phrasings().map(move |text| (entry, text)))
            .map(|(entry, text)| Phrasing {
                entry,
                text: text.to_string(),
                parsed: analyzer.parse(text),
            })
            .collect();
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let word = schema.add_text_field("word", options.clone());
        let pair = schema.add_text_field("pair", options.clone());
        let single = schema.add_text_field("char", options);
        let reader = write(schema.build(), [word, pair, single], &phrasings).map_err(IndexError::Build)?;
        Ok(Index {
            reader,
            word,
            pair,
            single,
            analyzer,
            phrasings,
        })
    }

    /// Positions of the likeliest phrasings with their BM25 scores, best first.
    pub fn candidates(&self, message: &Parsed) -> Result<Vec<(usize, f32)>, IndexError> {
        let said = message.units.iter().map(|unit| (unit, 1.0));
        let meant = message
            .swaps
            .iter()
            .flat_map(|swap| &swap.means)
            .map(|unit| (unit, MEANT));
        let clauses: Vec<(Occur, Box<dyn Query>)> = said
            .chain(meant)
            .map(|(unit, weight)| (Occur::Should, self.clause(unit, weight)))
            .collect();
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(CANDIDATES).order_by_score();
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

    fn clause(&self, unit: &Unit, weight: f32) -> Box<dyn Query> {
        let (field, text, boost) = match unit {
            Unit::Word(text) => (self.word, text, WORD_BOOST),
            Unit::Pair(text) => (self.pair, text, PAIR_BOOST),
            Unit::Char(text) => (self.single, text, CHAR_BOOST),
        };
        let term = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(term), boost * weight))
    }
}

fn write(schema: Schema, fields: [Field; 3], phrasings: &[Phrasing]) -> tantivy::Result<IndexReader> {
    let directory = tantivy::directory::RamDirectory::create();
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .single_segment_index_writer(directory, WRITER_BYTES)?;
    for phrasing in phrasings {
        let mut document = TantivyDocument::default();
        let mut texts: [Vec<&str>; 3] = Default::default();
        for unit in &phrasing.parsed.units {
            match unit {
                Unit::Word(text) => texts[0].push(text),
                Unit::Pair(text) => texts[1].push(text),
                Unit::Char(text) => texts[2].push(text),
            }
        }
        for (field, texts) in fields.into_iter().zip(texts) {
            document.add_pre_tokenized_text(field, tokens(&texts));
        }
        writer.add_document(document)?;
    }
    writer
        .finalize()?
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
}

fn tokens(texts: &[&str]) -> PreTokenizedString {
    let token = |(position, text): (usize, &&str)| Token {
        offset_from: position,
        offset_to: position + 1,
        position,
        text: (*text).to_string(),
        position_length: 1,
    };
    PreTokenizedString {
        text: String::new(),
        tokens: texts.iter().enumerate().map(token).collect(),
    }
}
