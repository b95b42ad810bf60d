-- What a helper is writing as an answer, kept over devices until it is sent or the question is over.
CREATE TABLE reply_drafts (
    person_id BIGINT NOT NULL,
    question_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, question_id)
);
-- Who else waits for the answer to a question (我也想问), and when they were told of one.
CREATE TABLE wishes (
    question_id BIGINT NOT NULL,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (question_id, channel, account)
);
-- The open questions of a bureau, which every page of the console counts.
CREATE INDEX questions_at ON questions (bureau_id, phase);
-- How far somebody has read a room of the pages: the number of the last message.
CREATE TABLE room_reads (
    account TEXT NOT NULL,
    room TEXT NOT NULL,
    upto BIGINT NOT NULL,
    PRIMARY KEY (account, room)
);
-- What whoever keeps the installation is told of once, until it is over.
CREATE TABLE alarms (
    name TEXT NOT NULL PRIMARY KEY, since BIGINT NOT NULL, figure BIGINT NOT NULL, seen BIGINT NOT NULL, calm BIGINT,
    told BIGINT NOT NULL
);
-- Where the bot is switched off, and why: in one group, or with group 0 in a channel as a whole.
CREATE TABLE switched_off (
    channel TEXT NOT NULL, group_id BIGINT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (channel, group_id)
);
