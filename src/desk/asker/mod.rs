//! What askers do: ask, go on, end, rate, see and erase what is kept of them.

pub(in crate::desk) mod acts;
pub(in crate::desk) mod answer;
pub(in crate::desk) mod ask;
mod crowded;
pub(in crate::desk) mod follow;
pub(in crate::desk) mod letter;
pub(in crate::desk) mod mydata;
pub(in crate::desk) mod own;
pub(in crate::desk) mod rate;
