//! The helpdesk's rules. Pure: values and a moment in, values out; no IO, no async, no clock, no log.

pub mod alike;
pub mod calendar;
pub mod changes;
pub mod clocks;
pub mod coverage;
pub mod duty;
pub mod flaws;
pub mod form;
pub mod gazetteer;
pub mod group;
pub mod hours;
pub mod leave;
pub mod losses;
pub mod message;
pub mod mode;
pub mod owed;
pub mod people;
pub mod phone;
pub mod privacy;
pub mod question;
pub mod request;
pub mod responsible;
pub mod rich;
pub mod rights;
pub mod submission;
pub mod wording;
