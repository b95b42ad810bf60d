//! Keeping the list: candidates, drafts, approval, revisions. What a change would break is looked into by `testing`,
//! outside the message that asked for it.

pub(in crate::desk) mod alike;
pub(in crate::desk) mod candidates;
mod concluded;
pub(in crate::desk) mod decide;
pub(in crate::desk) mod drafts;
pub(in crate::desk) mod form;
pub(in crate::desk) mod learning;
mod news;
pub(in crate::desk) mod overview;
mod progress;
pub(in crate::desk) mod revisions;
pub(in crate::desk) mod shown;
mod testing;
