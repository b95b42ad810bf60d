//! The helpdesk's rules. Pure: values and a moment in, values out; no IO, no async, no clock, no log.

pub mod calendar;
pub mod clocks;
pub mod duty;
pub mod group;
pub mod hours;
pub mod message;
pub mod owed;
pub mod people;
pub mod phone;
pub mod privacy;
pub mod question;
pub mod request;
pub mod rich;
pub mod wording;
