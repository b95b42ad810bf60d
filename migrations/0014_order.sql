-- Order in web groups: what is held back from other visitors and why, how a group is kept, who may not write.
ALTER TABLE room_messages ADD COLUMN veil TEXT NOT NULL DEFAULT '';
CREATE INDEX room_veil ON room_messages (room, veil) WHERE veil <> '';
ALTER TABLE groups ADD COLUMN approval BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
CREATE TABLE blocked (
    channel TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, by_person BIGINT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (channel, account)
);
