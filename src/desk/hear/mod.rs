//! What is heard, sorted and passed on: by place, by sender, by what it asks for.

pub(in crate::desk) mod acts;
pub(in crate::desk) mod chats;
pub(in crate::desk) mod command;
pub(in crate::desk) mod curation;
pub(in crate::desk) mod edited;
pub(in crate::desk) mod heard;
pub(in crate::desk) mod member;
pub(in crate::desk) mod mode;
pub(in crate::desk) mod private;
