//! The web group as people meet it: over HTTP, and in two real browser windows.

mod requests;
mod windows;
