-- Channels differ: the order of a question's messages is ours, never read out of a platform's ids.

ALTER TABLE links ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
-- Earlier rows keep the order they were read in so far; new ones come after them.
UPDATE links SET seq = (
    SELECT COUNT(*) FROM links other WHERE other.question_id = links.question_id
        AND (LENGTH(other.message_id) < LENGTH(links.message_id)
             OR (LENGTH(other.message_id) = LENGTH(links.message_id) AND other.message_id < links.message_id))
) - 1000000;
