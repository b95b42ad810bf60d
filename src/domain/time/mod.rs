//! Days and hours: holidays, make-up workdays, opening hours, working time.

pub mod calendar;
pub mod hours;
pub mod zone;
