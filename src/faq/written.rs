//! What a base is taught with: the bureau's phrasings of its entries and the questions people asked, each with its class.

use std::collections::HashMap;

use super::entry::Entry;
use super::lexicon::Lexicon;
use super::questions::Expect;

/// The class, the text, and where it stands among the questions.
pub(super) type Written = (usize, String, Option<usize>);

/// Every phrasing with its class, and its position among the questions where somebody asked it.
pub(super) fn written(entries: &[Entry], lexicon: &Lexicon) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    for (class, entry) in entries.iter().enumerate() {
        written.extend(entry.phrasings().map(|text| (class, text.to_string(), None)));
    }
    let places: HashMap<&str, usize> = entries.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
    for (i, asked) in lexicon.learnt.asked.iter().enumerate() {
        let class = match &asked.expect {
            Expect::Answer(id) => places.get(id.as_str()).copied(),
            Expect::Escalate => Some(entries.len()),
            Expect::Silent => Some(entries.len() + 1),
        };
        written.extend(class.map(|class| (class, asked.text.clone(), Some(i))));
    }
    written
}

/// The classes' names in the model's file: the entries' ids, and two that no id can be.
pub(super) fn class_names(entries: &[Entry]) -> Vec<String> {
    let ids = entries.iter().map(|entry| entry.id.as_str().to_string());
    ids.chain(["-escalate".to_string(), "-silent".to_string()]).collect()
}
