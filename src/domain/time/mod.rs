//! Days and hours: holidays, make-up workdays, opening hours, working time; whether the clock is believed.

pub mod calendar;
pub mod hours;
pub mod ruler;
pub mod trust;
pub mod zone;
