//! The list's use cases: what is asked often, candidates, drafts, approval, upkeep, editions and their announcement.

mod about;
pub mod announce;
pub(in crate::desk) mod collect;
pub(in crate::desk) mod curate;
pub mod issue;
mod keepers;
pub(in crate::desk) mod notices;
pub mod replay;
mod reviews;
mod rounds;
mod standing;
pub(in crate::desk) mod upkeep;
