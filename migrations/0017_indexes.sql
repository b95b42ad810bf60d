-- What is looked for at each message, each hour or each start is found without going through everything ever asked.

-- Forgetting what is over.
CREATE INDEX questions_ended ON questions (ended_at);
CREATE INDEX room_at ON room_messages (at);
-- How many questions of a group are open; groups that nobody asked in.
CREATE INDEX questions_group ON questions (group_id, phase);
-- What happened lately: entries that answered, clusters in which somebody replied.
CREATE INDEX steps_at ON steps (at);
