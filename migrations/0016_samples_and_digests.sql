-- What was asked in each hour of each bureau and what became of it, and which entries answered, day by day: summed up from
-- courses, so that a board over a month reads some thousand rows and not a million. Made anew at any time.
CREATE TABLE board_hours (
    at BIGINT NOT NULL, bureau_id BIGINT NOT NULL, asked BIGINT NOT NULL, sure BIGINT NOT NULL, unsolved BIGINT NOT NULL,
    handed BIGINT NOT NULL, replied BIGINT NOT NULL, PRIMARY KEY (at, bureau_id)
);
CREATE TABLE board_entries (
    at BIGINT NOT NULL, bureau_id BIGINT NOT NULL, entry_id TEXT NOT NULL, asked BIGINT NOT NULL,
    PRIMARY KEY (at, bureau_id, entry_id)
);
-- Which days are summed up, by their first moment, and when that was done last.
CREATE TABLE board_days (at BIGINT NOT NULL PRIMARY KEY, made_at BIGINT NOT NULL);
CREATE INDEX board_questions ON questions (asked_at);
-- Answers of a week that were drawn to be judged by helpers of another bureau; the week by its Monday.
CREATE TABLE samples (week TEXT NOT NULL PRIMARY KEY, pool BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE sample_items (
    question_id BIGINT NOT NULL PRIMARY KEY, week TEXT NOT NULL, bureau_id BIGINT NOT NULL, entry_id TEXT NOT NULL,
    revision BIGINT NOT NULL, verdict TEXT, judged_by BIGINT, judged_at BIGINT
);
CREATE INDEX sample_items_week ON sample_items (week);
-- Who had the week's digest of which bureau, and who does not want it.
CREATE TABLE digests (
    person_id BIGINT NOT NULL, bureau_id BIGINT NOT NULL, week TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (person_id, bureau_id, week)
);
CREATE TABLE digests_off (person_id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL);
