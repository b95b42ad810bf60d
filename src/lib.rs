//! 帮办 Bangban: a helpdesk in the chat groups where enterprises ask about business registration.

pub mod clock;
pub mod config;
pub mod domain;
pub mod roster;
pub mod yaml;
