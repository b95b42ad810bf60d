-- From where a member of staff signed in, so that they know which of their sessions is which.
ALTER TABLE sessions ADD COLUMN came_from TEXT NOT NULL DEFAULT '';
-- A link typed into a chat of the pages made whoever held that page's cookie a person, and could make a signed-in person
-- another: there an account is whose session it is, and nobody else's.
DELETE FROM bindings WHERE channel = 'web' AND EXISTS (
    SELECT 1 FROM sessions s WHERE s.account = bindings.account AND (s.person_id IS NULL OR s.person_id <> bindings.person_id)
);
-- Order in web groups: what is held back from other visitors and why, how a group is kept, who may not write.
ALTER TABLE room_messages ADD COLUMN veil TEXT NOT NULL DEFAULT '';
CREATE INDEX room_veil ON room_messages (room, veil) WHERE veil <> '';
ALTER TABLE groups ADD COLUMN approval BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
CREATE TABLE blocked (
    channel TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, by_person BIGINT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (channel, account)
);
