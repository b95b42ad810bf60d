//! Questions that ask the same, put together one by one: by the pairs of characters they share, for now.

use super::entry::EntryId;
use super::service::Faq;
use crate::domain::alike::alike;

/// From this share of common pairs on, two questions ask the same.
const SAME: f64 = 0.4;

/// Clusters in memory; their numbers are the caller's.
#[derive(Default)]
pub struct Clusters(Vec<(i64, String)>);

/// The cluster a question belongs to.
pub struct Near {
    /// Its number.
    pub cluster: i64,
    /// From 0 to 1.
    pub similarity: f64,
}

impl Clusters {
    /// No clusters yet.
    pub fn new(_: &Faq) -> Clusters {
        Clusters::default()
    }

    /// Puts a question into a cluster.
    pub fn restore(&mut self, _: &Faq, cluster: i64, text: &str, _: Option<&EntryId>) {
        self.0.push((cluster, text.to_owned()));
    }

    /// The cluster a question belongs to; none where it opens one.
    pub fn nearest(&self, _: &Faq, text: &str, _: Option<&EntryId>) -> Option<Near> {
        let near = self.0.iter().map(|(cluster, known)| Near {
            cluster: *cluster,
            similarity: alike(known, text),
        });
        near.filter(|near| near.similarity >= SAME)
            .max_by(|one, other| one.similarity.total_cmp(&other.similarity))
    }

    /// The shortest text.
    pub fn title<'a>(_: &Faq, texts: &[&'a str]) -> Option<&'a str> {
        texts.iter().copied().min_by_key(|text| text.len())
    }
}
