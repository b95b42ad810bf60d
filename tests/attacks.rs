//! Attacks on the running program, over real sockets: each was possible once.

mod echo;
mod files;
mod flood;
mod forgotten;
mod guest;
mod history;
mod pictures;
mod slow;
mod strangers;
