-- A message that a page sends again, because the answer was lost, is the first one: what its number and words make,
-- one way, so that nothing can be read from it. None for what has no number: the bot's, and an older program's.
ALTER TABLE room_messages ADD COLUMN once TEXT;
CREATE UNIQUE INDEX room_once ON room_messages (room, author, once);
