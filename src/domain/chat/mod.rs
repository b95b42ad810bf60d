//! What is heard and said in chats, in words that no product knows: messages, groups, the way the bot may speak,
//! by what an account passes for a person.

pub mod access;
pub mod capabilities;
pub mod group;
pub mod listed;
pub mod message;
pub mod mode;
pub mod order;
pub mod owed;
pub mod rich;
pub mod role;
pub mod tappable;
