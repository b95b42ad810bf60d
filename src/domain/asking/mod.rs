//! One question and its life: what a message asks for, where a question stands, who answers for it, how long it may wait.

pub mod alike;
pub mod clocks;
pub mod history;
pub mod news;
pub mod next;
pub mod pointing;
pub mod question;
pub mod rating;
pub mod replies;
pub mod request;
pub mod responsible;
pub mod transitions;
