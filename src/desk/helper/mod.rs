//! What helpers and bureau admins do with a question, and with their duty.

pub(in crate::desk) mod acts;
pub(in crate::desk) mod advice;
pub(in crate::desk) mod away;
pub(in crate::desk) mod bench;
pub(in crate::desk) mod changed;
pub(in crate::desk) mod fix;
pub(in crate::desk) mod guidance;
pub(in crate::desk) mod inform;
pub(in crate::desk) mod moved;
pub(in crate::desk) mod queue;
pub(in crate::desk) mod reply;
pub(in crate::desk) mod review;
pub(in crate::desk) mod transfer;
pub(in crate::desk) mod why;
