//! The helpdesk's rules. Pure: values and a moment in, values out; no IO, no async, no clock, no log.

pub mod alarm;
pub mod asking;
pub mod chat;
pub mod clean;
pub mod duty;
pub mod fit;
pub mod list;
pub mod privacy;
pub mod replay;
pub mod roster;
pub mod supervision;
pub mod time;
pub mod wording;
