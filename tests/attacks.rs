//! Attacks on the running program, over real sockets: each was possible once.

mod approval;
mod echo;
mod files;
mod flood;
mod forgotten;
mod guest;
mod history;
mod idle;
mod leaving;
mod noisy;
pub mod pictures;
mod programs;
mod slow;
mod strangers;
mod tokens;
