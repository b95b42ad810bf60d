//! 帮办 Bangban: a helpdesk in the chat groups where enterprises ask about business registration.

pub mod backoff;
pub mod calendar;
pub mod cli;
pub mod clock;
pub mod config;
pub mod courier;
pub mod desk;
pub mod domain;
pub mod faq;
pub mod intake;
pub mod leases;
pub mod official_account;
pub mod platform;
pub mod publish;
pub mod roster;
pub mod secret;
pub mod serve;
pub mod setup;
pub mod store;
mod system;
pub mod telemetry;
pub mod web;
pub mod workbook;
pub mod yaml;
