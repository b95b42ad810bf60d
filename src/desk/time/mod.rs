//! What the clock does: hand-overs, the ladder, reminders, what did not arrive, what is kept only for a time.

pub(in crate::desk) mod ahead;
pub(crate) mod alarms;
pub(in crate::desk) mod calls;
pub(in crate::desk) mod digest;
pub(in crate::desk) mod hand_over;
pub(in crate::desk) mod ladder;
pub(in crate::desk) mod recall;
pub(in crate::desk) mod refresh;
pub(in crate::desk) mod review;
pub(in crate::desk) mod rounds;
pub(in crate::desk) mod tidy;
pub(in crate::desk) mod undelivered;
