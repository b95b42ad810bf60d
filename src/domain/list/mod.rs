//! The 常见问题清单: what is asked often, drafts and their approval, contradictions, editions and their way to the public.

pub mod amount;
pub mod annexed;
pub mod beside;
pub mod candidate;
pub mod contradiction;
pub mod curation;
pub mod draft;
pub mod edition;
pub mod ground;
pub mod helped;
pub mod lesson;
pub mod publication;
pub mod sample;
