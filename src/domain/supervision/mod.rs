//! 督导: figures of a period, each defined once. What happened to a question is read from its history (`course`), judged
//! by hours and limits (`judge`), counted (`tally`), said (`measures`), and compared (`ranking`). No rows, no pages.

pub mod bulletin;
pub mod course;
pub mod figures;
pub mod halves;
pub mod judge;
pub mod measures;
pub mod period;
pub mod ranking;
pub mod reported;
pub mod tally;
pub mod value;
