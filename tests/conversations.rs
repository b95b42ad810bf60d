//! Stories of the helpdesk, told in verbs, each on SQLite, on PostgreSQL and on a plain channel.

mod always_somebody;
mod answers;
mod channels;
mod choices;
mod city;
mod collecting;
mod corrections;
mod curating;
mod duties;
mod duty;
mod editions;
mod follow_ups;
mod helpers;
mod learning;
mod leaving;
mod letters;
mod messages;
mod modes;
mod places;
mod races;
mod ratings;
mod replay;
mod responsible;
mod staff;
mod supplements;
mod time;
