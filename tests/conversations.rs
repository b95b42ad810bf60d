//! Stories of the helpdesk, told in verbs, each on SQLite and on PostgreSQL.

mod answers;
mod helpers;
mod time;
