-- Channels differ: the order of a question's messages is ours, never read out of a platform's ids.

ALTER TABLE links ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
-- Earlier rows keep the order they were read in so far; new ones come after them.
UPDATE links SET seq = (
    SELECT COUNT(*) FROM links other WHERE other.question_id = links.question_id
        AND (LENGTH(other.message_id) < LENGTH(links.message_id)
             OR (LENGTH(other.message_id) = LENGTH(links.message_id) AND other.message_id < links.message_id))
) - 1000000;

-- What a channel lets out only in answer waits here until the person writes again.
ALTER TABLE outbox ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_held ON outbox (held, channel, chat);
-- When somebody wrote last in a chat of such a channel, and how many messages went out since.
CREATE TABLE windows (
    channel TEXT NOT NULL, chat TEXT NOT NULL, wrote_at BIGINT NOT NULL, used BIGINT NOT NULL, PRIMARY KEY (channel, chat)
);
