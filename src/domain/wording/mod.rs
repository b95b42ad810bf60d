//! Every sentence the bot says in chat, in plain, warm, short Chinese, by who is spoken to. The bureau proofreads this one
//! folder.

mod admin;
mod alarms;
mod answers;
mod asker;
mod board;
pub mod button;
mod candidates;
mod cards;
mod city;
mod commands;
mod drafts;
mod group;
mod helper;
mod ladder;
mod leave;
mod lessons;
mod lookup;
mod parts;
mod plain;
mod times;
mod upkeep;
mod why;

pub use admin::*;
pub use alarms::*;
pub use answers::*;
pub use asker::*;
pub use board::*;
pub use candidates::*;
pub use cards::*;
pub use city::*;
pub use commands::*;
pub use drafts::*;
pub use group::*;
pub use helper::*;
pub use ladder::*;
pub use leave::*;
pub use lessons::*;
pub use lookup::*;
pub use parts::*;
pub use plain::*;
pub use times::*;
pub use upkeep::*;
pub use why::*;
