//! All tests that need more than one module, in one binary: it links once and shares its helpers.

mod attacks;
mod cli;
mod conversations;
mod editions;
mod examples;
mod fake_bot_api;
mod fake_wechat;
mod faults;
mod fuzz;
mod roster;
mod store;
mod supervision;
mod support;
mod telegram;
mod telegram_adapter;
mod tidy;
mod web;
mod wechat;
