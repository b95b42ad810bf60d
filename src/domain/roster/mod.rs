//! Who works where and what they may do: the city's people and offices, their form, and what a new one changes.

pub mod away;
pub mod changes;
pub mod city;
pub mod flaws;
pub mod form;
pub mod gazetteer;
pub mod ids;
pub mod likeness;
pub mod losses;
pub mod names;
pub mod numbers;
pub mod people;
pub mod phone;
pub mod plan;
pub mod rights;
pub mod submission;
