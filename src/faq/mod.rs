//! The knowledge base: from the YAML the bureau writes to a decision about one message.
//! Nothing here waits for a disk or a network once an edition is built.

pub mod analyzer;
pub mod answer;
pub mod apart;
mod belief;
mod build;
mod builtin;
pub mod check;
pub mod classes;
pub mod cluster;
pub mod concepts;
pub mod context;
pub mod corpus;
pub mod decide;
pub mod defects;
mod denial;
pub mod documents;
pub mod edit;
pub mod entry;
pub mod evaluate;
pub mod explain;
pub mod export;
mod feature;
mod find;
pub mod fit;
mod form;
pub mod gate;
pub mod homeless;
pub mod index;
pub mod judge;
mod kept;
mod learn;
pub mod lexicon;
pub mod load;
pub mod measure;
pub mod model;
pub mod perturb;
pub mod questions;
pub mod rank;
mod read;
pub mod reading;
pub mod resemblance;
pub mod service;
pub mod sheet;
mod sound;
mod spotter;
mod taught;
mod together;
mod tone;
mod units;
mod written;

pub use answer::{Answer, Part, Section};
pub use check::{Finding, Severity, check};
pub use cluster::{Clusters, Near};
pub use decide::{Decision, Reason, decide};
pub use defects::Defect;
pub use entry::{Audience, Basis, Confidence, Entry, EntryId, PLACEHOLDERS, Tests};
pub use gate::Gate;
pub use index::Index;
pub use lexicon::{Direction, Lexicon, Synonym};
pub use load::{Base, Origin};
pub use model::{Learnt, Model};
pub use questions::{Asked, Confirmed, Expect};
pub use rank::Features;
pub use reading::{Hit, Reading};
pub use service::{Faq, Outcome};

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A valid public entry.
    pub fn entry(id: &str, no: u32, question: &str, variants: &[&str]) -> Entry {
        Entry {
            id: id.into(),
            no,
            topic: "测试".into(),
            category: "测试/一般".into(),
            applies_to: vec!["企业".into()],
            business: vec!["设立".into()],
            question: question.into(),
            variants: variants.iter().map(ToString::to_string).collect(),
            answer: Answer::Text("答案。".into()),
            basis: vec![Basis {
                source: "条例".into(),
                article: None,
            }],
            confidence: Confidence::High,
            audience: Audience::Public,
            owner: "注册科".into(),
            valid_from: jiff::civil::date(2022, 3, 1),
            valid_until: None,
            review_by: None,
            depends_on: Vec::new(),
            tests: Tests::default(),
        }
    }
}
