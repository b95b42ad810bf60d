//! 督导: figures that are equal to a slow, obvious count; formulas that stand in the documents as in the program; plans of
//! the queries.

mod document;
mod histories;
mod plans;
mod reference;
mod same;
