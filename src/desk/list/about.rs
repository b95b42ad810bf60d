//! What a draft is about, for whoever reads of it.

use crate::desk::ground::sitting::Sitting;
use crate::faq::EntryId;
use crate::faq::edit::Proposal;

/// What a draft proposes, with the number its entry has in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum DraftAbout {
    /// A new entry, by its question.
    New(String),
    /// Other content of an entry, by its question.
    Edit(u32, String),
    /// An entry that is no longer said, by its number while it still is, and why.
    Withdraw(Option<u32>, String),
    /// The value of a placeholder, for one bureau or for all.
    Fill {
        bureau: Option<String>,
        name: String,
        value: String,
    },
    /// So many lines that people confirmed in groups.
    Learn(usize),
    /// So many lines that the draft of this number taught.
    Unlearn(usize, i64),
}

/// What a proposal is about.
pub(in crate::desk) fn about(sitting: &Sitting<'_>, proposal: &Proposal) -> DraftAbout {
    let no = |id: &EntryId| sitting.served.faq().entry(id).map(|entry| entry.no);
    match proposal {
        Proposal::New(entry) => DraftAbout::New(entry.question.clone()),
        Proposal::Edit { entry, .. } => DraftAbout::Edit(entry.no, entry.question.clone()),
        Proposal::Withdraw { entry, why, .. } => DraftAbout::Withdraw(no(entry), why.clone()),
        Proposal::Fill { bureau, name, value } => DraftAbout::Fill {
            bureau: bureau.clone(),
            name: name.clone(),
            value: value.clone(),
        },
        Proposal::Learn(lines) => DraftAbout::Learn(lines.len()),
        Proposal::Unlearn { draft, lines } => DraftAbout::Unlearn(lines.len(), *draft),
    }
}
