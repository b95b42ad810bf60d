//! Stories of the helpdesk, told in verbs, each on SQLite and on PostgreSQL.

mod answers;
mod choices;
mod helpers;
mod places;
mod races;
mod time;
