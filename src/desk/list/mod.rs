//! The list's use cases: what is asked often, candidates, drafts, approval, upkeep, editions and their announcement.
//! They return what came of it, or why it was refused, as values; words are put to them where they were asked.

use crate::desk::Result;

mod about;
pub mod announce;
pub mod approval;
pub(in crate::desk) mod collect;
pub(in crate::desk) mod curate;
pub mod issue;
pub(in crate::desk) mod keepers;
mod learn;
pub(in crate::desk) mod notices;
pub mod publishing;
pub mod replay;
pub(in crate::desk) mod reviews;
mod rounds;
pub(in crate::desk) mod standing;
pub(in crate::desk) mod upkeep;

/// What a use case did, or why it was refused; the outer error is the desk's own.
pub type Attempt<Done, Refusal> = Result<std::result::Result<Done, Refusal>>;

/// No entry of the number that was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct NoEntry;
