-- What whoever keeps the installation is told of once, until it is over.
CREATE TABLE alarms (
    name TEXT NOT NULL PRIMARY KEY, since BIGINT NOT NULL, figure BIGINT NOT NULL, seen BIGINT NOT NULL, calm BIGINT,
    told BIGINT NOT NULL
);
-- Where the bot is switched off, and why: in one group, or with group 0 in a channel as a whole.
CREATE TABLE switched_off (
    channel TEXT NOT NULL, group_id BIGINT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (channel, group_id)
);
