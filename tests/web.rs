//! The web group as people meet it: over HTTP, and in two real browser windows.

mod bad_days;
mod board;
mod bulletins;
mod console;
mod curating;
mod cuts;
mod every_page;
mod figures;
mod leaving;
mod list;
mod long_rooms;
mod order;
mod people;
mod publishing;
mod readable;
mod real_hands;
mod requests;
mod sample;
mod sheet;
mod sorting;
mod standing;
mod windows;
