//! The web group as people meet it: over HTTP, and in two real browser windows.

mod cuts;
mod list;
mod real_hands;
mod requests;
mod windows;
