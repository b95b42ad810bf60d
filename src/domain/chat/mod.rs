//! What is heard and said in chats, in words that no product knows: messages, groups, the way the bot may speak.

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
