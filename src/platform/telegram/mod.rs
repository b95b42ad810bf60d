//! Telegram: receives by long polling or a webhook into the inbox, understands updates, sends what the outbox owes. Decides nothing
//! about questions, and waits for nothing but the poll: pauses between sends are the courier's business.

mod alone;
mod api;
mod batch;
mod blocks;
mod errors;
mod menu;
mod parse;
mod receive;
mod render;
mod rights;
mod send;
mod shape;
mod target;
pub mod webhook;
mod words;

pub use api::{Api, ApiError, Me, Token};
pub use parse::{ParseError, parse};
pub use receive::{Patience, Receiver};
pub use rights::diagnose;
pub use send::{CAPABILITIES, Telegram};

/// The channel's name in the database.
pub const NAME: &str = "telegram";
