//! Helpers of the tests. Not every test uses every helper.
#![allow(dead_code, unused_imports, reason = "one support library, several users")]

pub mod browser;
pub mod forms;
pub mod history;
pub mod kept;
pub mod plain;
pub mod plans;
pub mod program;
pub mod proxy;
pub mod site;
pub mod telegram_server;
pub mod town;
pub mod wire;
