//! 帮办: answers registration questions in help groups and hands the rest to the helper on duty.

pub mod faq;
pub mod yaml;
